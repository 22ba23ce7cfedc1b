import { swapStylesheet } from './css/stylesheets.js';
import { replaceModuleSheet } from './css/module-sheets.js';
import { swapAsset } from './assets/assets.js';
import { createPagePatcher } from './html/page-patcher.js';
import { gravest } from './outcomes.js';
import { reload } from './reload.js';

/**
 * @typedef {{ kind: string, url?: string, text?: string, from?: string, to?: string, why?: string }} UpdateItem
 * @typedef {{ seq: number, time: string, files: string[], items: UpdateItem[] }} Update
 */

const partsMs = 1000;

/** What does not touch the document's own source. A kind that is neither here nor `html` is safely a reload. */
const partAppliers = { css: swapStylesheet, sheet: replaceModuleSheet, asset: swapAsset };

/**
 * Applies `updated` messages. Parts (sheets, pictures) start in the order of arrival and none waits for those of an earlier message: a slow
 * stylesheet must hold up neither a reload nor its own newer version. Documents are patched one after the other, each after its own parts.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {ReturnType<typeof import('./hello.js').startHello>} progress
 * @param {import('./settings.js').Settings} settings
 * @param {ReturnType<typeof import('./overlay/overlay.js').createOverlay>} overlay
 * @param {(catchingUp: boolean) => string | null} doubtAtStart  why a patch would not do, as far as the page's start goes
 */
export function startUpdates(connection, progress, settings, overlay, doubtAtStart) {
  const patcher = createPagePatcher(settings, doubtAtStart);
  /** @type {Map<string, { seq: number, version: number, item: UpdateItem }>} parts that did not load, by address */
  const failed = new Map();
  let documents = Promise.resolve();

  async function apply(update, catchingUp) {
    const started = performance.now();
    const detail = { seq: update.seq, files: update.files ?? [], items: update.items ?? [] };

    if (!announce('liveserve:before', detail, true)) return void report(update.seq, started, { result: 'ignored', why: 'prevented by the page' });
    const outcome = await applyItems(detail.items, update.seq, Date.parse(update.time), catchingUp);
    report(update.seq, started, outcome);
    announce('liveserve:after', { ...detail, result: outcome.result, why: outcome.why }, false);
    if (outcome.result === 'reload') reload(update.seq);
  }

  function report(seq, started, { result, why }) {
    connection.send({ type: 'applied', seq, ms: Math.round((performance.now() - started) * 10) / 10, result, why });
  }

  async function applyItems(items, seq, version, catchingUp) {
    // Whatever else the batch holds, a reload brings it too.
    const forced = items.find(item => item.kind !== 'html' && !Object.hasOwn(partAppliers, item.kind));
    if (forced) return { result: 'reload', why: forced.why ?? forced.url ?? forced.kind };

    const parts = items.filter(item => item.kind !== 'html').map(item => applyPart({ item, seq, version }));
    const html = items.find(item => item.kind === 'html');
    if (html) parts.push(documents = patchAfter(documents, parts.slice(), html, catchingUp));
    return firstReloadOrAll(parts);
  }

  async function applyPart(part) {
    const { item, seq, version } = part;
    const key = `${item.kind} ${item.url}`;
    failed.delete(key);
    const started = performance.now();
    const outcome = await partAppliers[item.kind]({ ...item, seq }, version);
    outcome.later?.then(late => {
      if (late.result !== 'reload') return;
      report(seq, started, late);
      reload(seq);
    });
    if (outcome.result !== 'failed') {
      overlay.clear(key);
      return outcome;
    }
    failed.set(key, part);
    connection.send({ type: 'problem', seq, source: 'update', url: item.url, message: outcome.why });
    overlay.show({ key, title: 'A file could not be brought up to date', message: outcome.why, file: decodeURI(item.url).slice(1), source: 'update' });
    return { result: 'ignored', why: outcome.why };
  }

  /** The new document may need what its parts bring; a part that hangs must not keep it away. */
  async function patchAfter(earlier, parts, item, catchingUp) {
    await earlier;
    await Promise.race([Promise.all(parts), new Promise(resolve => setTimeout(resolve, partsMs))]);
    return patcher.patch(item, catchingUp);
  }

  connection.on('updated', update => { if (progress.take(update)) apply(update, !progress.isCaughtUp); });

  // A part that failed because the server went away is not sent again: for the server we have seen that update.
  connection.on('connected', () => {
    const again = [...failed.values()];
    failed.clear();
    for (const part of again) applyPart(part);
  });

  whenIdle(() => patcher.prepare());
}

/** A reload brings all of it, so it waits for nothing. */
function firstReloadOrAll(parts) {
  return new Promise(resolve => {
    for (const part of parts) part.then(outcome => { if (outcome.result === 'reload') resolve(outcome); });
    Promise.all(parts).then(outcomes => resolve(gravest(outcomes)));
  });
}

/** Once the page has loaded and has nothing better to do. */
function whenIdle(action) {
  const later = () => ('requestIdleCallback' in window ? requestIdleCallback(action, { timeout: 2000 }) : setTimeout(action, 200));
  if (document.readyState === 'complete') later();
  else window.addEventListener('load', later, { once: true });
}

function announce(type, detail, cancelable) {
  return window.dispatchEvent(new CustomEvent(type, { cancelable, detail }));
}
