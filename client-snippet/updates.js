import { swapStylesheet } from './css/stylesheets.js';
import { replaceModuleSheet } from './css/module-sheets.js';
import { swapAsset } from './assets/assets.js';
import { gravest } from './outcomes.js';
import { reload } from './reload.js';

/**
 * @typedef {{ kind: string, url?: string, why?: string }} UpdateItem
 * @typedef {{ seq: number, time: string, files: string[], items: UpdateItem[] }} Update
 */

const doers = { css: swapStylesheet, sheet: replaceModuleSheet, asset: swapAsset };

/**
 * Applies `updated` messages. They start in the order of arrival and none waits for the sheets of an earlier one:
 * a slow stylesheet must hold up neither a reload nor its own newer version.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {ReturnType<typeof import('./hello.js').startHello>} progress
 */
export function startUpdates(connection, progress) {
  /** @type {Map<string, Update>} sheets that did not load, by address */
  const failed = new Map();

  async function apply(update) {
    const started = performance.now();
    const detail = { seq: update.seq, time: update.time, files: update.files ?? [], items: update.items ?? [] };
    const report = ({ result, why }) =>
      connection.send({ type: 'applied', seq: update.seq, ms: Math.round(performance.now() - started), result, why });

    if (!announce('liveserve:before', detail, true)) return void report({ result: 'ignored', why: 'prevented by the page' });
    const outcome = gravest(await Promise.all(applyItems(detail)));
    report(outcome);
    announce('liveserve:after', detail, false);
    if (outcome.result === 'reload') reload(update.seq);
  }

  function applyItems({ seq, time, items }) {
    const other = items.find(item => !Object.hasOwn(doers, item.kind));
    // Whatever else the batch holds, the reload brings it too. A kind we do not know is safely a reload.
    if (other) return [{ result: 'reload', why: other.why ?? other.url ?? other.kind }];
    return items.map(async item => {
      failed.delete(item.url);
      const outcome = await doers[item.kind](item, Date.parse(time));
      if (outcome.result !== 'failed') return outcome;
      failed.set(item.url, { seq, time, items: [item] });
      connection.send({ type: 'problem', seq, source: 'stylesheet', url: item.url, message: outcome.why });
      return { result: 'ignored', why: outcome.why };
    });
  }

  connection.on('updated', update => { if (progress.take(update)) apply(update); });

  // A sheet that failed because the server went away is not sent again: for the server we have seen that update.
  connection.on('connected', () => {
    const again = [...failed.values()];
    failed.clear();
    for (const update of again) applyItems(update);
  });
}

function announce(type, detail, cancelable) {
  return window.dispatchEvent(new CustomEvent(type, { cancelable, detail }));
}
