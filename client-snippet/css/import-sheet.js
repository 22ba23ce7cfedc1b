/**
 * The sheet of a CSS module script that the page has imported; for the same address a browser gives the same object. A file of its own,
 * since browsers that do not know import attributes would refuse to read the whole client.
 *
 * @param {string} address absolute
 * @returns {Promise<CSSStyleSheet>}
 */
export async function importSheet(address) {
  return (await import(address, { with: { type: 'css' } })).default;
}
