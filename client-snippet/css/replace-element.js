import { overtaken } from '../outcomes.js';

const loadMs = 15_000;

/**
 * @typedef {object} Replacement
 * @property {((clone: Element) => void)[]} changes
 * @property {(later: Promise<import('../outcomes.js').Outcome>) => void} giveWay
 */

/** @type {WeakMap<Node, Replacement>} elements that are being replaced */
const replacements = new WeakMap();
const unfinishedClones = new WeakSet();

/** Whether an element is a copy that has not loaded yet. */
export function isUnfinished(node) {
  return unfinishedClones.has(node);
}

/** Whether a copy of an element is on its way: what is done to the element itself would be gone with it. */
export function isBeingReplaced(node) {
  return replacements.has(node);
}

/**
 * Puts a changed copy of a link or style element after it, waits until the copy has loaded, then takes the old one away.
 * In this order there is no unstyled frame and the cascade stays as it was. When the copy fails, the old one stays.
 * A later call for the same element takes the place of an earlier one that is still loading, and makes that one's changes as well.
 *
 * @param {Element} old
 * @param {(clone: Element) => void} change
 * @returns {Promise<import('../outcomes.js').Outcome>} `failed` without a reason when the copy did not load
 */
export function replaceElement(old, change) {
  const earlier = replacements.get(old);
  const changes = [...(earlier?.changes ?? []), change];
  const clone = changedCopy(old, changes);
  unfinishedClones.add(clone);

  const loading = new Promise(resolve => {
    const timer = setTimeout(resolve, loadMs, 'failed');
    const end = result => {
      clearTimeout(timer);
      resolve(result);
    };
    clone.addEventListener('load', () => end('loaded'), { once: true });
    // An import that is missing is an error of the whole element, which has its own rules all the same.
    clone.addEventListener('error', () => end(hasRules(clone.sheet) ? 'loaded' : 'failed'), { once: true });
    replacements.set(old, { changes, giveWay: later => {
      clone.remove();
      end(later);
    } });
  });
  const done = finishReplacement(old, clone, loading);
  earlier?.giveWay(done);
  old.after(clone);
  return done;
}

function hasRules(sheet) {
  try {
    return sheet?.cssRules.length > 0;
  } catch {
    return false;
  }
}

function changedCopy(old, changes) {
  const clone = /** @type {Element} */ (old.cloneNode(true));
  clone.removeAttribute('id');         // not twice in one document; it comes back when the old element goes
  clone.nonce = old.nonce;
  for (const change of changes) change(clone);
  return clone;
}

async function finishReplacement(old, clone, loading) {
  const loaded = await loading;
  unfinishedClones.delete(clone);
  if (typeof loaded === 'object') return loaded;   // the outcome of the one that took our place
  replacements.delete(old);
  // The page may have taken the old one away meanwhile; then it does not want a new one either.
  if (loaded === 'failed' || !old.isConnected) {
    clone.remove();
    return loaded === 'failed' ? { result: 'failed' } : overtaken;
  }
  if (old.sheet && clone.sheet) clone.sheet.disabled = old.sheet.disabled;   // set by script, so no attribute tells
  old.remove();
  if (old.hasAttribute('id')) clone.setAttribute('id', old.getAttribute('id'));
  return { result: 'swap' };
}
