import { alignLists } from './align-lists.js';
import { fingerprint, isBlank, sameNode } from './nodes.js';

const isElement = node => node.nodeType === Node.ELEMENT_NODE;
const tagAndId = node => `${node.nodeName} ${node.id} ${node.getAttribute('name') ?? ''}`;

/** @type {import('./align-lists.js').Pass[]} */
const sourcePasses = [
  { key: node => (isElement(node) && node.id ? `${node.nodeName} ${node.id}` : null), anywhere: true },
  { key: node => (isBlank(node) ? null : fingerprint(node)), whole: true },
  { key: node => (isElement(node) ? fingerprint(node) : null), anywhere: true, whole: true },
  { key: node => (isElement(node) ? `${tagAndId(node)} ${node.textContent}` : null) },
  { key: node => (isElement(node) ? shape(node) : null) },
  { key: node => (isElement(node) ? tagAndId(node) : null) },
  // Its id was edited, or its name. Only where there is no choice: what somebody typed must not end in another field.
  { key: node => (isElement(node) ? node.nodeName : null), when: (before, after) => before === 1 && after === 1 },
  { key: node => (isBlank(node) ? node.data : null) },
  { key: node => (isElement(node) ? null : `${node.nodeName} ${isBlank(node)}`) },
];

/**
 * Which children of the new source are which children of the old one.
 *
 * @param {Node[]} before
 * @param {Node[]} after
 */
export function alignSources(before, after) {
  return alignLists(before, after, sameNode, sourcePasses);
}

function shape(element) {
  return [element.nodeName, ...[...element.attributes].map(({ name, value }) => `${name}=${value}`)].join('\n');
}
