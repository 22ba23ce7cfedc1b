const quotedText = String.raw`"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'`;

// What can hold an address or hide one: comments, url() and src(), strings, and the functions around strings (CSS Syntax Level 3, section 4).
const addressTokens = new RegExp(
  String.raw`/\*[^]*?\*/|(?<![\w-])(?:url|src)\(\s*(?:(${quotedText})|((?:\\[^]|[^\s"'()\\])*))\s*\)|(${quotedText})|([\w-]*)\(|\)`, 'gi');
const importStart = new RegExp(String.raw`/\*[^]*?\*/|(@import(?:\s|/\*[^]*?\*/)*(?:url\(\s*)?)(${quotedText}|[^\s"');]+)`, 'gi');

/**
 * Rewrites the addresses in CSS: `url()`, `src()`, and the strings of `image-set()`. Everything else stays as it is written.
 *
 * @param {string} text
 * @param {(address: string) => string} rewrite
 */
export function rewriteUrls(text, rewrite) {
  const functions = [];
  return text.replace(addressTokens, (whole, quoted, bare, string, name) => {
    if (name !== undefined) functions.push(name.toLowerCase());
    if (whole === ')') functions.pop();
    const written = quoted ?? bare ?? (functions.at(-1)?.endsWith('image-set') ? string : undefined);
    if (written === undefined) return whole;
    const address = unescapeCss(written);
    const next = rewrite(address);
    if (next === address) return whole;
    return string === undefined ? `${whole.slice(0, 3)}(${quoteCss(next)})` : quoteCss(next);
  });
}

/**
 * Rewrites the addresses that a sheet imports with `@import`.
 *
 * @param {string} text
 * @param {(address: string) => string} rewrite
 */
export function rewriteImports(text, rewrite) {
  return text.replace(importStart, (whole, start, written) => {
    if (start === undefined) return whole;
    const address = unescapeCss(written);
    const next = rewrite(address);
    return next === address ? whole : start + quoteCss(next);
  });
}

/** The addresses in CSS, in their order. */
export function urlsIn(text) {
  const found = [];
  rewriteUrls(text, address => {
    found.push(address);
    return address;
  });
  return found;
}

function unescapeCss(written) {
  const text = /^["']/.test(written) ? written.slice(1, -1) : written;
  return text.replace(/\\(?:([0-9a-f]{1,6})\s?|\r?\n|([^]))/gi, (_, hex, sign) => (hex ? fromCodePoint(Number.parseInt(hex, 16)) : sign ?? ''));
}

function fromCodePoint(code) {
  return code === 0 || code > 0x10FFFF ? '\uFFFD' : String.fromCodePoint(code);
}

function quoteCss(address) {
  return `"${address.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\a ')}"`;
}
