/**
 * The path that an address names on this origin, in one spelling, without its query; null when it is elsewhere.
 *
 * @param {string} address
 * @param {string} [base] what a relative address is relative to
 */
export function localPath(address, base = location.href) {
  try {
    const url = new URL(address, base);
    if (url.origin !== location.origin) return null;
    return decodeURIComponent(url.pathname.replace(/\/{2,}/g, '/'));   // the server serves `/a//b` as `/a/b`
  } catch {
    return null;   // not an address at all, or a stray percent sign
  }
}

/**
 * The same address with `t=<seq>`, instead of an earlier one. Other parameters stay as they are written.
 *
 * @param {string} address
 * @param {number} seq
 */
export function stampAddress(address, seq) {
  const [, path, query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(address);
  const kept = query.split('&').filter(part => part && !/^t=\d+$/.test(part));
  return `${path}?${[...kept, `t=${seq}`].join('&')}${fragment}`;
}

/** The document and all open shadow roots in it. */
export function openRoots(root = document) {
  const roots = [root];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) roots.push(...openRoots(element.shadowRoot));
  }
  return roots;
}
