import { pause } from './carrier.js';

const shortPauseMs = 1000;
const hiddenPauseMs = 5000;

/**
 * Asks again and again.
 *
 * @param {string} base
 * @param {boolean} held  whether the server may hold the answer until there is news. Where tabs cannot share a request that would soon take all
 *   of the browser's connections: they ask once a second.
 * @returns {import('./carrier.js').Read}
 */
export function pollReader(base, held) {
  let asked = false;
  return async (ids, after, signal, tell) => {
    if (!held && asked) await pause(document.hidden ? hiddenPauseMs : shortPauseMs);
    asked = true;
    const answer = await fetch(new URL(`poll?id=${ids}&after=${after}${held ? '' : '&hold=0'}`, base), { signal, cache: 'no-store' });
    if (answer.status === 410) return 'unknown';
    if (!answer.ok) return 'ended';
    if (answer.status === 204) return 'more';
    const body = await answer.json();
    const lists = ids.length > 1 ? body : [body];
    lists.forEach((messages, place) => { for (const message of messages) tell(ids[place], message); });
    return 'more';
  };
}
