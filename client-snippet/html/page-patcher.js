import { fetchSource, parseSource } from './source-document.js';
import { planPage } from './plan-page.js';
import { applyOperations } from './apply-operations.js';
import { holdChoices } from './user-choices.js';
import { ReloadNeeded } from './reload-reasons.js';
import { createComebacks } from './comebacks.js';

const sheetsMs = 2000;
const scriptsMs = 2000;
const mostAheadBytes = 2_000_000;

/**
 * Brings the edits of the page's own source into the live page, and leaves alone what visitors and scripts did there. It knows the version
 * that the page was made of: the edits are the difference to that one, not to what the page looks like now.
 *
 * @typedef {{ kind: 'html', url: string, from: string, to: string, text?: string }} PageItem
 * @param {import('../settings.js').Settings} settings  `doc` is the version in the page, and moves on with each patch
 * @param {(catchingUp: boolean) => string | null} doubtAtStart  why a patch would not do, as far as the page's start goes
 */
export function createPagePatcher(settings, doubtAtStart) {
  /** @type {{ hash: string, source: Promise<Document | null> } | null} a version that is parsed, or on its way */
  let held = null;
  const comebacks = createComebacks(document);
  let broken = false;   // an update stopped half way: the page is neither version
  let queue = Promise.resolve();

  const sourceOf = hash => (held?.hash === hash ? held.source : fetchSource(settings.base, hash));

  async function run(item, catchingUp) {
    if (settings.doc === item.to) return { result: 'ignored', why: 'the page already shows this version' };
    if (!settings.doc || broken) return { result: 'reload', why: 'it is not known which version the page shows' };
    await untilStarted();
    const [base, next] = await Promise.all([
      sourceOf(settings.doc),
      settings.plainParse === true && item.text !== undefined ? parseSource(item.text) : fetchSource(settings.base, item.to),
    ]);
    if (!base || !next) return { result: 'reload', why: 'a version of the page could not be read' };
    const doubt = doubtAtStart(catchingUp);
    if (doubt !== null) return { result: 'reload', why: doubt };
    await bring(base, next);
    settings.doc = item.to;
    held = { hash: item.to, source: Promise.resolve(next) };
    return { result: 'patch' };
  }

  async function bring(base, next) {
    let plan = planPage(base, next, document);
    comebacks.refuse([...plan.head, ...plan.body]);
    comebacks.note([...plan.head, ...plan.body]);
    broken = true;
    // What no longer styles the page goes when what does instead has come.
    const leaving = plan.head.filter(operation => operation.do === 'remove');
    const sheets = applyOperations(plan.head.filter(operation => operation.do !== 'remove'));
    if (sheets.length > 0) {
      await untilStyled(sheets);
      plan = planPage(base, next, document, true);   // scripts went on meanwhile
    }
    const restore = holdChoices(document);
    const others = applyOperations([...plan.body, ...leaving]);
    restore();
    broken = false;
    if (others.length > 0) await untilStyled(others);
  }

  return {
    /**
     * Patches, one after the other.
     *
     * @param {PageItem} item
     * @param {boolean} catchingUp  whether it was missed: it is older than this page's connection
     * @returns {Promise<import('../outcomes.js').Outcome>}
     */
    patch(item, catchingUp) {
      const outcome = queue.then(() => run(item, catchingUp)).catch(error => ({
        result: 'reload',
        why: error instanceof ReloadNeeded ? error.message : `the page could not be updated in place: ${error.message}`,
      }));
      queue = outcome;
      return outcome;
    },

    /** Fetches the version in the page ahead of the first patch. To be called when the page has nothing else to do. */
    prepare() {
      const bytes = performance.getEntriesByType('navigation')[0]?.decodedBodySize ?? 0;
      if (held || !settings.doc || bytes > mostAheadBytes) return;
      const source = fetchSource(settings.base, settings.doc).then(found => found ?? (held = null));   // the patch then asks again
      held = { hash: settings.doc, source };
    },
  };
}

/** A sheet that takes longer comes when it comes. */
function untilStyled(sheets) {
  return Promise.race([Promise.allSettled(sheets), new Promise(resolve => setTimeout(resolve, sheetsMs))]);
}

/**
 * The scripts that wait for the whole document are to find the version that brought them, and whether they did is to be known. One that does
 * not load holds up nothing.
 */
function untilStarted() {
  if (document.readyState === 'complete' || performance.getEntriesByType('navigation')[0]?.domContentLoadedEventStart > 0) return undefined;
  const started = new Promise(resolve => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  return document.readyState === 'loading' ? started : Promise.race([started, new Promise(resolve => setTimeout(resolve, scriptsMs))]);
}
