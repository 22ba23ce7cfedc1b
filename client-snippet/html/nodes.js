/** Text that nobody sees: what stands between two tags. XML's whitespace and HTML's are the same five characters. */
export function isBlank(node) {
  return node.nodeType === Node.TEXT_NODE && !/[^\t\n\f\r ]/.test(node.data);
}

/**
 * Whether two trees say the same. `isEqualNode` alone does not look into templates.
 *
 * @param {Node} one
 * @param {Node} other
 * @returns {boolean}
 */
export function sameNode(one, other) {
  if (!one.isEqualNode(other)) return false;
  const others = templatesIn(other);
  return templatesIn(one).every((template, i) => sameNode(template.content, others[i].content));
}

/** A text that only nodes with the same content share. */
export function fingerprint(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.outerHTML : `${node.nodeName} ${node.data}`;
}

/** The templates in a tree, itself included, but not those in other templates. */
export function templatesIn(node) {
  if (!node.querySelectorAll) return [];
  return [node, ...node.querySelectorAll('template')].filter(element => element instanceof HTMLTemplateElement);
}

/** What a person would call this node. */
export function describeNode(node) {
  if (node.localName === 'script') return node.hasAttribute('src') ? `the script ${node.getAttribute('src')}` : 'a script in the page';
  if (node.nodeType !== Node.ELEMENT_NODE) return node.parentElement ? `the text in ${describeNode(node.parentElement)}` : node.nodeName;
  return `<${node.localName}${node.id ? ` id="${node.id}"` : ''}>`;
}
