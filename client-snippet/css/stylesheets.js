import { localPath, stampAddress } from '../paths.js';
import { claimLatest } from '../latest.js';
import { loadsOf } from '../loads.js';
import { fileName, gravest, overtaken, pageWish } from '../outcomes.js';
import { readByScript } from '../assets/script-data.js';
import { rewriteImports } from './css-urls.js';
import { readyCssPictures } from './css-pictures.js';
import { replaceModuleSheet } from './module-sheets.js';
import { patchSheet, readRules } from './patch-sheet.js';
import { isBeingReplaced, replaceElement } from './replace-element.js';
import { findSheetUses } from './sheet-uses.js';

/**
 * Brings the new version of a stylesheet into the page without a moment in which neither version applies: its rules are changed in place
 * where that is exact, else the element that brings it is replaced.
 *
 * @param {{ url: string, text?: string }} item
 * @param {number} version what the server versions addresses with, Unix milliseconds
 * @returns {Promise<import('../outcomes.js').Outcome>} `ignored` when the page does not use it
 */
export async function swapStylesheet(item, version) {
  const path = localPath(item.url);
  const isLatest = claimLatest(`css ${path}`);
  if (item.text !== undefined) await readyCssPictures(item.text, new URL(item.url, location.href).href);
  if (!isLatest()) return overtaken;
  // No waiting between finding and patching: meanwhile the page could have changed what was found.
  const uses = findSheetUses(path);
  const jobs = uses.map(use => swapUse(use, item, version));
  if (loadsOf(path).some(({ types }) => types.has('script'))) jobs.push(replaceModuleSheet(item, version));
  return jobs.length > 0 ? gravest(await Promise.all(jobs)) : readByScript(item, version, ['fetch', 'xmlhttprequest']);
}

/** @param {import('./sheet-uses.js').SheetUse} use */
async function swapUse({ sheet, owner, imported }, { url, text }, version) {
  const wish = pageWish(owner);
  if (wish) return wish;
  // The hash in the page is that of the old bytes. A reload would meet the same refusal.
  if (owner.integrity && !imported) return refusedFor(owner);
  if (sheet && text !== undefined && !isBeingReplaced(owner)) {
    const rules = readRules(text, sheet.href);
    if (rules && patchSheet(sheet, rules)) return { result: 'swap' };
  }
  const outcome = await replaceOwner(owner, version);
  return outcome.result === 'failed' ? { why: `${fileName(url)} did not load`, ...outcome } : outcome;
}

/** Loads the sheet anew. The server versions the imports of a sheet that is asked for with `?t`. */
function replaceOwner(owner, version) {
  if (owner instanceof HTMLLinkElement) return replaceLink(owner, version);
  if (owner.localName !== 'style') return { result: 'reload', why: 'a stylesheet is not there by a link or style element' };

  // Each of its imports may be the one that leads there, over others. A version more does no harm.
  const stamp = address => (localPath(address, owner.baseURI) === null ? address : stampAddress(address, version));
  return replaceElement(owner, clone => { clone.textContent = rewriteImports(clone.textContent, stamp); });
}

function replaceLink(link, version) {
  if (link.integrity) return refusedFor(link);
  const change = element => element.setAttribute('href', stampAddress(element.getAttribute('href'), version));
  if (!link.disabled || link.sheet) return replaceElement(link, change);
  change(link);   // loaded only when somebody enables it, so nothing is to be awaited
  return { result: 'swap' };
}

function refusedFor(link) {
  return { result: 'failed', why: `${link.getAttribute('href')} has an integrity attribute: the new version is refused` };
}
