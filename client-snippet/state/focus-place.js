const otherDocuments = new Set(['iframe', 'frame', 'object', 'embed']);   // they keep their own

/**
 * The element that has the focus, and what is selected in it.
 *
 * @type {import('./page-state.js').Keeper}
 */
export const focusPlace = {
  name: 'focus',
  *collect() {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body || element === document.documentElement || !frameHasFocus()) return;
    if (otherDocuments.has(element.localName) || element.localName.startsWith('liveserve-')) return;
    yield [element, selectionIn(element)];
  },
  put(element, selected) {
    if (!frameHasFocus()) return;
    element.focus({ preventScroll: true });
    if (selected && selectionIn(element)) element.setSelectionRange(...selected);
  },
};

function selectionIn(element) {
  const { selectionStart: start, selectionEnd: end, selectionDirection } = element;
  return typeof start === 'number' && typeof element.setSelectionRange === 'function' ? [start, end, selectionDirection ?? 'none'] : null;
}

/** A frame must not take the focus out of the page around it. Whether the window is in front does not matter: the editor is. */
function frameHasFocus() {
  try {
    return window.parent === window || window.parent.document.activeElement === window.frameElement;
  } catch {
    return false;   // the page around is of another origin
  }
}
