import { localPath } from '../paths.js';
import { claimLatest } from '../latest.js';
import { loadsOf, loadUnderWay } from '../loads.js';
import { fileName, gravest, overtaken, pageWish } from '../outcomes.js';
import { readyPictures } from '../pictures.js';
import { findAttributeUses } from './attribute-uses.js';
import { createRestamp } from './restamp.js';
import { readByScript } from './script-data.js';
import { findStyleUses } from './style-uses.js';

const longestLoadMs = 60_000;

/**
 * Shows the new version of a picture, font, film, or whatever else the page uses, wherever the page names it. What is shown stays until
 * the new version can be shown.
 *
 * @param {{ url: string, seq?: number }} item
 * @param {number} version what addresses are versioned with, Unix milliseconds
 * @returns {Promise<import('../outcomes.js').Outcome>} `ignored` when the page does not use it
 */
export async function swapAsset(item, version) {
  const path = localPath(item.url);
  const isLatest = claimLatest(`asset ${path}`);
  const restamp = createRestamp(path, version);
  const uses = [...findAttributeUses(restamp), ...findStyleUses(restamp)];
  const outcomes = await Promise.all(uses.map(use => applyUse(use, item, isLatest)));
  if (uses.some(use => use.shows)) return gravest(outcomes);
  const outcome = unseen(item, version);
  // The page may be reading the old file at this moment.
  return outcome.result !== 'ignored' ? outcome : {
    ...outcome, later: loadUnderWay(path, longestLoadMs).then(found => (found && isLatest() ? unseen(item, version) : outcome)),
  };
}

/** @param {import('./attribute-uses.js').AssetUse} use */
async function applyUse({ node, pictures, mostPatienceMs, crossOrigin, apply }, { url }, isLatest) {
  const wish = pageWish(node);
  if (wish) return wish;
  if (!await readyPictures(pictures, mostPatienceMs, crossOrigin)) return { result: 'failed', why: `${fileName(url)} cannot be shown` };
  if (!isLatest()) return overtaken;
  return apply() ?? { result: 'swap' };
}

/** Nothing in the page names it. Then either a script has made something of it, or it is not in use any more. */
function unseen(item, version) {
  const types = loadsOf(localPath(item.url)).flatMap(load => [...load.types]);
  if (types.includes('css') && /\.(?:woff2?|ttf|otf|eot)$/i.test(localPath(item.url))) {
    return { result: 'reload', why: `${fileName(item.url)} was loaded by a script as a font` };
  }
  if (types.some(type => ['img', 'audio', 'video'].includes(type))) {
    return { result: 'reload', why: `${fileName(item.url)} was loaded by a script` };
  }
  return readByScript(item, version);
}
