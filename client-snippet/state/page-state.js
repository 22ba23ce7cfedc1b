import { openRoots } from '../paths.js';
import { createElementFinder } from './element-finder.js';
import { focusPlace } from './focus-place.js';
import { formValues, watchTyping } from './form-values.js';
import { mediaTimes } from './media-times.js';
import { openThings, rememberOpenThings } from './open-things.js';
import { scrollPlaces } from './scroll-places.js';
import { storeState, takeState } from './state-store.js';
import { textSelection } from './text-selection.js';
import { watchUser } from './user-acts.js';

/**
 * One kind of thing that a reload would lose.
 *
 * @typedef {object} Keeper
 * @property {string} name
 * @property {(roots: (Document | ShadowRoot)[]) => Iterable<[Element, any]>} collect what is not as the source has it
 * @property {(element: Element, value: any) => void} put gives it to the same element of the new page
 */

/** In the order of putting back: a dialog takes the focus when it opens, and what is opened has its height before anything is scrolled. */
const keepers = [openThings, formValues, mediaTimes, scrollPlaces, focusPlace, textSelection];

/**
 * Keeps what the user would lose by a reload. It stays in this tab, for this address, for ten seconds.
 *
 * @param {number} [seq] the update that the reload is for
 */
export function savePageState(seq) {
  const finder = createElementFinder();
  const roots = openRoots();
  const entries = [];
  for (const keeper of keepers) {
    quietly(() => {
      for (const [element, value] of keeper.collect(roots)) entries.push([keeper.name, finder.keyOf(element), value]);
    });
  }
  storeState(entries, seq);
}

/**
 * Gives the page back what `savePageState` kept of its predecessor, as soon as its elements are there; and once more, when all is loaded, what
 * was not there yet and the places in what has grown since. It ends when the user does something.
 *
 * @returns {{ seq: number } | null} the update that this page was reloaded for, or null
 */
export function restorePageState() {
  watchTyping();
  const state = takeState();
  const user = watchUser();
  whenParsed(() => {
    rememberOpenThings();
    const left = state && !user.acted ? putEntries(state.entries) : [];
    if (left.length === 0) return user.stop();
    whenShown(() => {
      if (!user.acted) putEntries(left);
      user.stop();
    });
  });
  return state && { seq: state.seq };
}

/** @returns {import('./state-store.js').StateEntry[]} those to be tried again */
function putEntries(entries) {
  const finder = createElementFinder();
  const found = entries.map(entry => ({ entry, element: quietly(() => finder.find(entry[1])) }));
  for (const keeper of keepers) {
    for (const { entry: [name, , value], element } of found) {
      if (name === keeper.name && element?.isConnected) quietly(() => keeper.put(element, value));
    }
  }
  return found.filter(({ entry, element }) => !element || entry[0] === scrollPlaces.name).map(({ entry }) => entry);
}

/** One thing that cannot be kept must cost neither the others nor the reload. */
function quietly(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function whenParsed(act) {
  // "interactive" is not enough: deferred scripts are still to come, and they make the page what it is.
  const parsed = document.readyState === 'complete' || performance.getEntriesByType('navigation')[0]?.domContentLoadedEventStart > 0;
  if (parsed) act();
  else document.addEventListener('DOMContentLoaded', act, { once: true });
}

function whenShown(act) {
  const nextFrame = () => requestAnimationFrame(act);
  if (document.readyState === 'complete') nextFrame();
  else window.addEventListener('load', nextFrame, { once: true });
}
