import { localPath, stampAddress } from '../paths.js';
import { claimLatest } from '../latest.js';
import { loadsOf, noteOwnRequest } from '../loads.js';
import { fileName, overtaken } from '../outcomes.js';
import { ownBase } from '../settings.js';
import { readyCssPictures } from './css-pictures.js';

/**
 * Gives a CSS module script (HTML Standard, `import sheet from './x.css' with { type: 'css' }`) its new rules, for all who adopted it,
 * closed shadow roots included.
 *
 * @param {{ url: string, text?: string }} item
 * @param {number} version what the server versions addresses with, Unix milliseconds
 * @returns {Promise<import('../outcomes.js').Outcome>}
 */
export async function replaceModuleSheet(item, version) {
  const path = localPath(item.url);
  const isLatest = claimLatest(`sheet ${path}`);
  const text = item.text ?? await fetchText(item.url, version);
  if (text === null) return { result: 'failed', why: `${fileName(item.url)} did not load` };
  try {
    const { importSheet } = await import(new URL('css/import-sheet.js', ownBase).href);
    const addresses = importedAddresses(path, item.url);
    const sheets = await Promise.all(addresses.map(importSheet));
    await readyCssPictures(text, addresses[0]);
    if (!isLatest()) return overtaken;
    for (const sheet of sheets) sheet.replaceSync(text);
    return { result: 'swap' };
  } catch {
    return { result: 'reload', why: `${fileName(item.url)} is imported by a script and cannot be exchanged` };
  }
}

/** With the query that the page gave, since any other would be another module. When nobody saw it load, the server's word counts. */
function importedAddresses(path, url) {
  const seen = loadsOf(path).filter(({ types }) => types.has('script')).map(({ address }) => address);
  return seen.length > 0 ? seen : [new URL(url, location.href).href];
}

async function fetchText(url, version) {
  const address = new URL(stampAddress(url, version), location.href).href;
  noteOwnRequest(address);
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;   // the server is away, or the page's policy forbids it
  }
}
