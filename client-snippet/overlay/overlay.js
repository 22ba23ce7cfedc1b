import { makeOverlayButton, makePart } from './overlay-parts.js';
import { createOverlaySurface } from './overlay-surface.js';
import { problemEntry } from './problem-entry.js';

const mostProblems = 20;

/**
 * @typedef {object} Problem
 * @property {string} key        the same problem again has the same key
 * @property {string} title
 * @property {string} message
 * @property {string} [file]     a path on this origin, or relative to its root
 * @property {number} [line]     from 1
 * @property {number} [column]   from 1
 * @property {string} [frame]    lines of source around the place
 * @property {string} source     who found it: `page`, `resource`, `stylesheet` ...
 * @property {boolean} [notice]  a warning: nothing is broken
 * @property {{ label: string, run: () => void }} [action]
 */

/**
 * Shows problems over the page, which goes on below. It is closed by its button or by Escape until a new problem comes, and goes by itself when
 * the last cause is gone. It never throws: a page must not break because something is wrong with it.
 *
 * @typedef {ReturnType<typeof createOverlay>} Overlay
 * @param {{ open: (place: { file: string, line?: number, column?: number }) => void }} actions
 */
export function createOverlay({ open }) {
  /** @type {Map<string, Problem>} the newest last */
  const problems = new Map();
  let surface = null;
  let shown = false;

  const count = makePart('span', 'count');
  const list = makePart('div', 'problems');
  const close = makeOverlayButton('close', '', hide);
  close.setAttribute('aria-label', 'Close');
  const hint = makePart('span', 'hint', makePart('kbd', '', 'Esc'), ' closes');
  const card = makePart('div', 'card', makePart('div', 'head', count, hint, close), list);
  // A dialog that takes no focus: read out when it comes, and not in the way of what is being typed.
  card.setAttribute('role', 'dialog');
  card.setAttribute('aria-label', 'Problems');

  function render() {
    const all = [...problems.values()];
    const mild = all.every(problem => problem.notice);
    count.textContent = mild ? 'LiveServe' : all.length === 1 ? '1 problem' : `${all.length} problems`;
    card.classList.toggle('mild', mild);
    list.setAttribute('role', mild ? 'status' : 'alert');
    list.replaceChildren(...all.reverse().map(problem => problemEntry(problem, open)));
  }

  function reveal() {
    surface ??= createOverlaySurface(card);
    surface.show();
    shown = true;
    window.addEventListener('keydown', onKey, true);
  }

  function hide() {
    window.removeEventListener('keydown', onKey, true);
    if (shown) surface.hide();
    shown = false;
  }

  // What lies on top is closed first: the same key must not close the page's dialog below.
  function onKey(event) {
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    hide();
  }

  function update(change) {
    try {
      change();
    } catch (error) {
      console.warn('[liveserve] the overlay could not be shown', error);
    }
  }

  function settle() {
    if (problems.size === 0) hide();
    else if (shown) render();
  }

  return {
    /** @param {Problem} problem */
    show: problem => update(() => {
      const known = problems.get(problem.key);
      const isNew = !known || known.message !== problem.message;
      problems.delete(problem.key);
      problems.set(problem.key, problem);
      if (problems.size > mostProblems) problems.delete(problems.keys().next().value);
      if (!isNew && !shown) return;   // closed by the user, who has read it
      render();
      reveal();
    }),
    /** @param {string} key */
    clear: key => update(() => {
      if (problems.delete(key)) settle();
    }),
    clearAll: () => update(() => {
      problems.clear();
      settle();
    }),
  };
}
