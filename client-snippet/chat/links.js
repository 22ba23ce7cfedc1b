// No control, format or other invisible character belongs to an address.
const address = /https?:\/\/[^\s<>"'`\p{C}]{1,2000}/giu;

/**
 * Finds the addresses in a plain text. Only http and https: nothing else becomes a link, whatever it looks like.
 *
 * @param {string} text
 * @returns {import('./markdown.js').Part[]}
 */
export function findLinks(text) {
  const parts = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const href = withoutTail(found);
    if (/[\p{L}\p{N}_]/u.test(text[index - 1] ?? ' ') || !linkTarget(href)) continue;
    if (index > from) parts.push({ kind: 'text', text: text.slice(from, index) });
    parts.push({ kind: 'link', text: href, href });
    from = index + href.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}

/** @returns {URL | null} where it really leads; null when that is nowhere we would send anybody */
export function linkTarget(href) {
  try {
    const url = new URL(href);
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname ? url : null;
  } catch {
    return null;
  }
}

/**
 * Whether a link's words already say where it leads. They do not when they are somebody's own words, when a user name stands before the host, or
 * when the host is written in letters that look like others.
 */
export function saysItsHost(text, url) {
  const lower = text.toLowerCase();
  return lower === url.origin || lower.startsWith(`${url.origin}/`) || lower.startsWith(`${url.origin}?`) || lower.startsWith(`${url.origin}#`);
}

/** A sentence's full stop is no part of the address, nor is the bracket around it. */
function withoutTail(found) {
  let surplus = found.split(')').length - found.split('(').length;
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1];
    if (last === ')' ? surplus-- <= 0 : !/[.,;:!?*_~]/.test(last)) break;
  }
  return found.slice(0, end);
}
