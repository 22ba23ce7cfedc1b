import { framePlace } from '../frame-place.js';

const freshMs = 10_000;
const mostStateCharacters = 256 * 1024;

/** @typedef {[keeper: string, key: import('./element-finder.js').ElementKey, value: any]} StateEntry */

/**
 * Puts the state away for the page that comes next at this address in this frame. What does not fit is left out, the largest first.
 *
 * @param {StateEntry[]} entries
 * @param {number} [seq] the update that the reload is for
 */
export function storeState(entries, seq) {
  try {
    sessionStorage.setItem(stateName(), `{"at":${Date.now()},"seq":${Number(seq) || 0},"entries":[${fittingTexts(entries).join(',')}]}`);
  } catch { /* storage is blocked or full: the page is reloaded without its state */ }
}

/**
 * Takes the state out again: once, only when it is fresh, and only when this page was reloaded and not visited anew.
 *
 * @returns {{ seq: number, entries: StateEntry[] } | null}
 */
export function takeState() {
  try {
    const text = sessionStorage.getItem(stateName());
    if (text === null) return null;
    sessionStorage.removeItem(stateName());
    const { at, seq, entries } = JSON.parse(text);
    const age = Date.now() - at;
    const reloaded = (performance.getEntriesByType('navigation')[0]?.type ?? 'reload') === 'reload';
    return reloaded && age >= 0 && age < freshMs && Array.isArray(entries) ? { seq, entries } : null;
  } catch {
    return null;
  }
}

// Asked for each time: a page may have changed its address by `pushState`.
function stateName() {
  return `liveserve.state ${framePlace()} ${location.pathname}${location.search}`;
}

function fittingTexts(entries) {
  const texts = entries.map(entry => JSON.stringify(entry));
  let total = texts.reduce((sum, text) => sum + text.length + 1, 0);
  const dropped = new Set();
  for (const text of [...texts].sort((a, b) => b.length - a.length)) {
    if (total <= mostStateCharacters) break;
    dropped.add(text);
    total -= text.length + 1;
  }
  return texts.filter(text => !dropped.has(text));
}
