import { describeNode, templatesIn } from './nodes.js';

/** Thrown while planning: only a reload shows this edit. Nothing has been touched then. */
export class ReloadNeeded extends Error {}

const decisive = 'script, base, meta, template[shadowrootmode], [data-liveserve="reload"]';

// Languages that a script in the page compiles when it starts. Other unknown types are data: no browser and hardly a library runs them.
const compiled = /babel|jsx|tsx|typescript|coffee|livescript|python|^m?py$|hyperscript|config/i;
const javascript = /^(?:module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma)script|text\/(?:javascript1\.[0-5]|jscript|livescript))$/i;

/**
 * Throws when a tree that is added or removed as a whole holds something that only a reload can start or stop.
 *
 * @param {Node} node
 * @param {'new' | 'gone'} fate
 */
export function refuseTree(node, fate) {
  if (node.nodeType === Node.DOCUMENT_TYPE_NODE) throw new ReloadNeeded(`the doctype is ${fate}`);
  if (node.nodeType === Node.PROCESSING_INSTRUCTION_NODE) throw new ReloadNeeded(`<?${node.target}?> is ${fate}`);
  if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return;
  for (const element of [node, ...node.querySelectorAll(decisive)]) {
    if (element.nodeType === Node.ELEMENT_NODE && needsReload(element)) throw new ReloadNeeded(`${describeNode(element)} is ${fate}`);
  }
  for (const template of templatesIn(node)) refuseTree(template.content, fate);
}

/** Throws when an element that stays was changed in a way that only a reload shows. */
export function refuseChange(base, next) {
  if (needsReload(base) || needsReload(next)) throw new ReloadNeeded(`${describeNode(next)} has changed`);
}

function needsReload(element) {
  if (element.getAttribute('data-liveserve') === 'reload') return true;
  switch (element.localName) {
    case 'script': return isExecutable(element);
    case 'base': return true;
    case 'meta': return element.hasAttribute('http-equiv') || element.hasAttribute('charset') || element.getAttribute('name')?.toLowerCase() === 'liveserve';
    case 'template': return element.hasAttribute('shadowrootmode');
    default: return false;
  }
}

/** Whether a browser, or a script in the page, would run it. */
export function isExecutable(script) {
  const language = script.getAttribute('language');
  const type = (script.getAttribute('type') ?? (language ? `text/${language}` : '')).trim();
  return type === '' || javascript.test(type) || compiled.test(type);
}
