import { alignSources } from './align-sources.js';
import { increasingPlaces } from './ordered-pairs.js';
import { createLiveTree, foreignChildren } from './live-tree.js';
import { planAttributes } from './plan-attributes.js';
import { ReloadNeeded, refuseChange, refuseTree } from './reload-reasons.js';
import { describeNode, isBlank, sameNode } from './nodes.js';

/**
 * One change of the page. `node` and `parent` are live nodes, `next` is a node of the new source. A place is a live node, or the operation
 * that will make one. What an operation needs besides is described in apply-operations.js, with what it does.
 *
 * @typedef {{ do: string, [detail: string]: any }} Operation
 * @typedef {{ head: Operation[], body: Operation[] }} Plan  what is in the head, and all the rest
 */

// Their text is all they have; in the page it may stand in another number of nodes.
const textElements = new Set(['style', 'title', 'noscript', 'xmp', 'iframe', 'noembed', 'noframes']);

/**
 * Works out how the edits between two sources are brought into the page that was made of the first. Touches nothing.
 *
 * @param {Document} base
 * @param {Document} next
 * @param {Document} live
 * @param {boolean} [headIsDone] only what is outside the head
 * @returns {Plan}
 * @throws {ReloadNeeded}
 */
export function planPage(base, next, live, headIsDone = false) {
  const tree = createLiveTree(base, live);
  /** @type {Plan} */
  const plan = { head: [], body: [] };
  let target = plan.body;

  planChildren(base, next);
  return plan;

  function planChildren(oldParent, newParent) {
    const before = [...oldParent.childNodes];
    const after = [...newParent.childNodes];
    const partners = alignSources(before, after);
    const staying = increasingPlaces(partners);
    const kept = new Set(partners);
    const gone = before.filter((_, i) => !kept.has(i));
    /** @type {(Node | Operation | null)[]} where each new node is, or will be */
    const places = [];

    after.forEach((node, j) => {
      const old = before[partners[j]];
      if (old && !sameNode(old, node)) planPair(old, node);
      if (old && staying.has(j)) return;
      if (old) planMove(old, j);
      else planInsertion(node, j);
    });
    // Last, because what comes may stand where something goes.
    for (const node of gone) planRemoval(node);

    function planMove(old, j) {
      const node = tree.of(old);
      if (!node) return mayBeMissing(old, 'was moved');
      places[j] = put({ do: 'move', node }, j);
    }

    function planInsertion(node, j) {
      if (node === next.documentElement) throw new ReloadNeeded('the root element is another one');
      refuseTree(node, 'new');
      places[j] = put({ do: 'insert', next: node }, j);
    }

    /** After the node before it; else before the one after it, or before one that goes. Between them may be nodes that scripts made. */
    function put(operation, j) {
      const parent = tree.of(oldParent);
      if (!parent) return lost(oldParent);
      const where = beside(j) ?? (foreignChildren(parent).length > 0 ? null : {});
      if (where) target.push(Object.assign(operation, { parent, ...where }));
      else if (!isBlank(operation.next ?? operation.node)) throw new ReloadNeeded(`a script has filled ${describeNode(oldParent)}`);
      return where ? operation : null;
    }

    function beside(j) {
      for (let k = j - 1; k >= 0; k--) {
        const place = places[k] ?? (staying.has(k) ? tree.of(before[partners[k]]) : null);
        if (place) return { after: place };
      }
      for (let k = j + 1; k < after.length; k++) {
        const place = staying.has(k) && tree.of(before[partners[k]]);
        if (place) return { before: place };
      }
      const place = gone.map(tree.of).find(Boolean);
      return place && { before: place };
    }
  }

  function planRemoval(old) {
    refuseTree(old, 'gone');
    const node = tree.of(old);
    if (!node) return mayBeMissing(old, 'was removed');
    if (wish(node) === 'reload') throw new ReloadNeeded(`${describeNode(node)} asks for it`);
    target.push({ do: 'remove', node, old });
  }

  function planPair(old, node) {
    switch (node.nodeType) {
      case Node.ELEMENT_NODE: return old.parentNode === base ? planRoot(old, node) : planElement(old, node);
      case Node.DOCUMENT_TYPE_NODE: throw new ReloadNeeded('the doctype has changed');
      case Node.PROCESSING_INSTRUCTION_NODE: throw new ReloadNeeded(`<?${node.target}?> has changed`);
      default: {
        const text = tree.of(old);
        if (!text) return mayBeMissing(old, 'has changed');
        target.push({ do: 'text', node: text, text: node.data });
      }
    }
  }

  function planRoot(old, node) {
    for (const name of ['manifest', 'xmlns']) {
      if (old.getAttribute(name) !== node.getAttribute(name)) throw new ReloadNeeded(`the ${name} of ${describeNode(node)} has changed`);
    }
    planElement(old, node);
  }

  function planElement(old, node) {
    if (wish(old) === 'ignore' && wish(node) === 'ignore') return;
    if (wish(old) === 'ignore') throw new ReloadNeeded(`${describeNode(node)} is not ignored any more`);
    refuseChange(old, node);
    const element = tree.of(old);
    if (!element) return lost(old);
    if (wish(element) === 'ignore') return;
    if (wish(element) === 'reload') throw new ReloadNeeded(`${describeNode(node)} asks for it`);

    if (headIsDone && element === live.head) return;
    const around = target;
    if (element === live.head) target = plan.head;
    const operations = planAttributes(old, node, element);
    if (operations) {
      target.push(...operations);
      planContent(old, node, element);
    } else {
      replace(node, element);
    }
    target = around;
  }

  function planContent(old, node, element) {
    if (node instanceof HTMLTemplateElement) {
      tree.pair(old.content, element.content);
      planChildren(old.content, node.content);
    } else if (node instanceof HTMLTextAreaElement) {
      if (old.defaultValue !== node.defaultValue) target.push({ do: 'default', node: element, text: node.defaultValue });
    } else if (node instanceof HTMLElement && textElements.has(node.localName) && node.children.length + old.children.length === 0) {
      if (old.textContent !== node.textContent) target.push({ do: 'content', node: element, text: node.textContent });
    } else {
      const sofar = target.length;
      planChildren(old, node);
      // Its sources count only when it starts.
      if (node instanceof HTMLMediaElement && target.length > sofar) target.push({ do: 'load', node: element });
    }
  }

  function replace(node, element) {
    refuseTree(node, 'new');
    target.push({ do: 'insert', next: node, parent: element.parentNode, before: element }, { do: 'remove', node: element });
  }

  function mayBeMissing(old, what) {
    // Nobody sees these; scripts that rewrite a list throw them away.
    if (isBlank(old) || old.nodeType === Node.COMMENT_NODE) return;
    lost(old, what);
  }

  function lost(old, what = 'has changed') {
    throw new ReloadNeeded(`${describeNode(old)} ${what}, and a script has taken it out of the page`);
  }
}

/** What an element asks of us: `ignore`, `reload`, or nothing. */
function wish(node) {
  return node.getAttribute?.('data-liveserve');
}
