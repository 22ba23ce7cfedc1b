/**
 * What became of one item, for one place in the page or for all of them.
 *
 * @typedef {object} Outcome
 * @property {'swap' | 'patch' | 'hot' | 'reload' | 'ignored' | 'failed'} result
 * @property {string} [why] one plain part of a sentence; it ends up in the terminal
 * @property {Promise<Outcome>} [later] what may yet come of it, where the page is not told in time
 */

const byGravity = ['reload', 'failed', 'hot', 'patch', 'swap', 'ignored'];

/** @type {Outcome} */
export const overtaken = { result: 'ignored', why: 'a newer version came meanwhile' };

/**
 * Of several outcomes the one that counts.
 *
 * @param {Outcome[]} outcomes
 * @returns {Outcome} `ignored` when there are none
 */
export function gravest(outcomes) {
  return byGravity.map(result => outcomes.find(outcome => outcome.result === result)).find(Boolean) ?? { result: 'ignored' };
}

/**
 * What the author of the page wants to happen to an element, `data-liveserve="ignore|reload"` on it or around it.
 *
 * @param {Node | null | undefined} node
 * @returns {Outcome | undefined}
 */
export function pageWish(node) {
  for (let at = node; at; at = at.parentNode ?? /** @type {ShadowRoot} */ (at).host) {
    const wish = /** @type {Element} */ (at).getAttribute?.('data-liveserve');
    if (wish === 'ignore' || wish === 'reload') return { result: wish === 'ignore' ? 'ignored' : 'reload', why: `data-liveserve="${wish}"` };
  }
  return undefined;
}

/** The last part of an address, for people. */
export function fileName(address) {
  return /([^/?#]*)(?:[?#].*)?$/s.exec(address)?.[1] || address;
}
