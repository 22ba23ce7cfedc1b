import { readyPictures } from '../pictures.js';
import { urlsIn } from './css-urls.js';

export const mostCssPictureMs = 1000;
const otherThanRules = /@font-face\s*\{[^}]*\}|@import[^;]*;/gi;

/**
 * Has the new pictures of a sheet ready before the sheet names them, so that no background is empty for a moment. Waits one second at most.
 *
 * @param {string} text with versioned addresses; those without a version are what the page shows already
 * @param {string} base the address of the sheet
 */
export async function readyCssPictures(text, base) {
  const addresses = urlsIn(text.replace(otherThanRules, ''))
    .filter(address => /[?&]t=\d+(?:[&#]|$)/.test(address) && URL.canParse(address, base))
    .map(address => new URL(address, base))
    .filter(url => url.origin === location.origin)
    .map(url => url.href);
  await readyPictures([...new Set(addresses)], mostCssPictureMs);
}
