const mostSelected = 2000;

/**
 * Selected text, found again only where it still reads the same.
 *
 * @type {import('./page-state.js').Keeper}
 */
export const textSelection = {
  name: 'selection',
  *collect() {
    const selection = document.getSelection();
    if (selection?.type !== 'Range' || selectionIsInField()) return;
    const range = selection.getRangeAt(0);
    const inside = range.commonAncestorContainer;
    const element = inside instanceof Element ? inside : inside.parentElement;
    if (!element) return;
    const text = range.toString();
    const backward = selection.anchorNode !== range.startContainer || selection.anchorOffset !== range.startOffset;
    yield [element, {
      start: [stepsTo(range.startContainer, element), range.startOffset],
      end: [stepsTo(range.endContainer, element), range.endOffset],
      text: text.slice(0, mostSelected), length: text.length, backward,
    }];
  },
  put(element, { start, end, text, length, backward }) {
    const [from, to] = [start, end].map(([steps, offset]) => [steps.reduce((node, index) => node?.childNodes[index], element), offset]);
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    const now = range.toString();
    if (now.length !== length || !now.startsWith(text)) return;
    document.getSelection().setBaseAndExtent(...(backward ? to : from), ...(backward ? from : to));
  },
};

function selectionIsInField() {
  return document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
}

function stepsTo(node, ancestor) {
  const steps = [];
  for (; node !== ancestor; node = node.parentNode) steps.unshift([...node.parentNode.childNodes].indexOf(node));
  return steps;
}
