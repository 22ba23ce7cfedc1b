import { isSheet } from './plan-attributes.js';
import { isBeingReplaced, replaceElement } from '../css/replace-element.js';

/** What each operation does to the page. Those that have to be waited for return a promise. */
const doers = {
  insert(operation) {
    const { next, parent } = operation;
    operation.made = parent.ownerDocument.importNode(next, true);
    const wait = isSheet(operation.made) && !operation.made.disabled ? untilLoaded(operation.made) : undefined;
    const fill = emptyDataBlocks(operation.made);
    parent.insertBefore(operation.made, referenceOf(operation));
    fill();
    return wait;
  },
  move(operation) {
    const reference = referenceOf(operation);
    if (reference === operation.node) return;
    // Frames, media and focus survive this one.
    if (operation.parent.moveBefore && operation.node.nodeType !== Node.COMMENT_NODE) operation.parent.moveBefore(operation.node, reference);
    else operation.parent.insertBefore(operation.node, reference);
  },
  remove({ node }) {
    node.remove();
  },
  attribute({ node, attribute, value }) {
    return onLatest(node, element => writeAttribute(element, attribute, value));
  },
  style({ node, name, value, priority }) {
    if (value === '') node.style.removeProperty(name);
    else node.style.setProperty(name, value, priority);
  },
  /** Only the part that differs, so that a selection in the rest stays. */
  text({ node, text }) {
    writeText(node, text);
  },
  /** In one step where that can be: a policy that knows styles by their hash would judge the emptied one, too. */
  content({ node, text }) {
    return onLatest(node, element => {
      if (text && element.childNodes.length === 1 && element.firstChild.nodeType === Node.TEXT_NODE) writeText(element.firstChild, text);
      else element.textContent = text;
    });
  },
  /** What somebody typed stays. */
  default({ node, text }) {
    node.defaultValue = text;
  },
  load({ node }) {
    node.load();
  },
  async sheet({ node, attributes }) {
    const write = element => attributes.forEach(({ attribute, value }) => writeAttribute(element, attribute, value));
    const { result } = await replaceElement(node, write);
    if (result === 'failed') write(node);   // the page then has no sheet, as after a reload; and its repair is found by this address
  },
};

/**
 * Carries operations out, in order.
 *
 * @param {import('./plan-page.js').Operation[]} operations
 * @returns {Promise<void>[]} what should have loaded before the page is looked at
 */
export function applyOperations(operations) {
  return operations.map(operation => doers[operation.do](operation)).filter(Boolean);
}

function referenceOf({ parent, after, before }) {
  const place = after ?? before;
  if (!place) return null;
  const node = place.do ? place.made ?? place.node : place;
  if (node.parentNode !== parent) throw new Error('a node was moved while the page was being updated');
  return after ? node.nextSibling : node;
}

/** A sheet whose newer copy is still loading gets the change in a copy, too: the element itself will go. */
function onLatest(element, change) {
  if (isBeingReplaced(element)) return replaceElement(element, change);
  change(element);
  return undefined;
}

/** As a copy of the parser's attribute: the parser allows names, `@click` and the like, that `setAttribute` refuses. */
function writeAttribute(element, attribute, value) {
  if (value === null) return element.removeAttributeNS(attribute.namespaceURI, attribute.localName);
  const copy = element.ownerDocument.importNode(attribute, true);
  copy.value = value;
  element.setAttributeNodeNS(copy);
}

function writeText(node, text) {
  const now = node.data;
  const most = Math.min(now.length, text.length);
  let start = 0;
  while (start < most && now[start] === text[start]) start++;
  let end = 0;
  while (end < most - start && now[now.length - 1 - end] === text[text.length - 1 - end]) end++;
  node.replaceData(start, now.length - start - end, text.slice(start, text.length - end));
}

/**
 * A script element with text calls for a trusted type when it enters a page, even when it is data that never runs; text that is written
 * into it afterwards does not.
 *
 * @returns {() => void} writes the text back
 */
function emptyDataBlocks(tree) {
  if (tree.nodeType !== Node.ELEMENT_NODE) return () => {};
  const texts = [tree, ...tree.querySelectorAll('script')]
    .filter(element => element.localName === 'script' && element.firstChild)
    .map(({ firstChild }) => [firstChild, firstChild.data]);
  for (const [node] of texts) node.data = '';
  return () => texts.forEach(([node, text]) => writeText(node, text));
}

function untilLoaded(link) {
  return new Promise(resolve => {
    for (const type of ['load', 'error']) link.addEventListener(type, () => resolve(), { once: true });
  });
}
