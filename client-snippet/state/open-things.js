import { openRoots } from '../paths.js';

/** @type {WeakMap<Element, boolean>} how the page itself brought them */
const broughtOpen = new WeakMap();

/** Notes what stands open before the user has touched anything. */
export function rememberOpenThings() {
  for (const element of openRoots().flatMap(root => [...root.querySelectorAll('details, dialog')])) broughtOpen.set(element, element.open);
}

/**
 * Details that the user opened or closed, dialogs and popovers that stand open. A modal dialog is modal again.
 *
 * @type {import('./page-state.js').Keeper}
 */
export const openThings = {
  name: 'open',
  *collect(roots) {
    const all = selector => roots.flatMap(root => [...root.querySelectorAll(selector)]);
    for (const details of all('details')) {
      if (details.open !== (broughtOpen.get(details) ?? false)) yield [details, details.open ? 'open' : 'closed'];
    }
    for (const dialog of all('dialog[open]')) {
      if (!broughtOpen.get(dialog)) yield [dialog, dialog.matches(':modal') ? 'modal' : 'open'];
    }
    if (!('popover' in HTMLElement.prototype)) return;
    for (const element of all('[popover]')) {
      if (element.matches(':popover-open') && !element.localName.startsWith('liveserve-')) yield [element, 'popover'];
    }
  },
  put(element, how) {
    if (how === 'popover') {
      if (!element.matches(':popover-open')) element.showPopover();
    } else if (element.open !== (how !== 'closed')) {
      if (how === 'modal') element.showModal();
      else if (element instanceof HTMLDialogElement) element.show();
      else element.open = how === 'open';
    }
  },
};
