import { alignLists } from './align-lists.js';
import { fingerprint, isBlank } from './nodes.js';
import { isUnfinished } from '../css/replace-element.js';

const sureAttributes = ['id', 'src', 'href', 'name', 'content', 'rel', 'for'];
const inElements = key => node => (node.nodeType === Node.ELEMENT_NODE ? key(node) : null);
const asOften = (before, live) => before === live;

// A script may have put nodes among ours, and changed ours. The weaker a key, the more it asks for: without a sure answer there is none.
/** @type {import('./align-lists.js').Pass[]} */
const livePasses = [
  { key: inElements(element => (element.id ? `${element.nodeName} ${element.id}` : null)), anywhere: true },
  { key: inElements(sureKey), when: (before, live) => before === 1 && live === 1 },
  { key: node => (isBlank(node) ? null : fingerprint(node)), whole: true },
  { key: inElements(fingerprint), anywhere: true, whole: true },
  { key: inElements(element => `${sureKey(element)} ${element.textContent}`) },
  { key: inElements(sureKey), when: asOften },
  { key: inElements(element => element.nodeName), when: asOften },
  { key: node => (isBlank(node) ? node.data : null) },
  { key: node => (node.nodeType === Node.ELEMENT_NODE ? null : `${node.nodeName} ${isBlank(node)}`), when: asOften },
  { key: node => (node.nodeType === Node.ELEMENT_NODE ? null : node.nodeName), when: asOften },
];

/**
 * Where the nodes of the old source are in the page now. Looked for only when asked, so only along paths that changed.
 *
 * @typedef {ReturnType<typeof createLiveTree>} LiveTree
 * @param {Document} base
 * @param {Document} live
 */
export function createLiveTree(base, live) {
  /** @type {Map<Node, Node | null>} */
  const counterparts = new Map([[base, live]]);

  function of(node) {
    if (!counterparts.has(node)) alignChildren(node.parentNode);
    return counterparts.get(node) ?? null;
  }

  function alignChildren(parent) {
    const before = [...parent.childNodes];
    for (const child of before) counterparts.set(child, null);
    const liveParent = of(parent);
    if (!liveParent) return;
    const now = foreignChildren(liveParent);
    alignLists(before, now, (one, other) => one.isEqualNode(other), livePasses)
      .forEach((i, j) => { if (i >= 0) counterparts.set(before[i], now[j]); });
  }

  return {
    of,
    /** The content of a template is a tree of its own. */
    pair: (node, liveNode) => counterparts.set(node, liveNode),
  };
}

/** The children that are not ours: our own elements are in no source. Nor is the copy of a sheet that is still loading. */
export function foreignChildren(parent) {
  return [...parent.childNodes].filter(node => !node.localName?.startsWith('liveserve-') && !isOurScript(node) && !isUnfinished(node));
}

function isOurScript(node) {
  return node.localName === 'script' && /\/__liveserve\/client\.js$/.test(node.getAttribute('src') ?? '');
}

function sureKey(element) {
  return [element.nodeName, ...sureAttributes.map(name => unversioned(element.getAttribute(name) ?? ''))].join('\n');
}

/** Without the `t=<digits>` that an exchange of the file left in the address. */
function unversioned(value) {
  return value.replace(/([?&])t=\d+(&|(?=#|$))/, (_, lead, next) => (next ? lead : ''));
}
