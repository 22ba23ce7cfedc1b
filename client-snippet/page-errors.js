import { createBacklog } from './backlog.js';
import { localPath } from './paths.js';
import { isOurStack, placeInStack, placeOf } from './stack-place.js';

const mostErrors = 20;
const mostProblemCharacters = 2000;
const soonMs = 2000;
const lateSaveMs = 10_000;
const watchedTags = new Set(['script', 'link', 'img']);

/**
 * Tells the terminal what goes wrong in the page, and the page itself what went wrong because of an update.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {object} context
 * @param {string} context.base where our own files live
 * @param {() => { seq: number, at: number } | null} context.lastUpdate
 * @param {import('./overlay/overlay.js').Overlay} context.overlay
 * @returns {(catchingUp: boolean) => string | null} why a patch would not do, as far as the page's start goes: its scripts may not have found what they look for
 */
export function startPageErrors(connection, { base, lastUpdate, overlay }) {
  const backlog = createBacklog(connection, mostErrors);
  const told = new Set();
  let shown = [];
  /** @type {string | null} */
  let failureAtLoad = null;
  const sawStart = document.readyState === 'loading';

  function tell(problem, title) {
    problem.message = problem.message.slice(0, mostProblemCharacters);
    const key = JSON.stringify(problem);
    if (told.has(key) || told.size >= mostErrors) return;
    told.add(key);
    const update = lastUpdate();
    backlog.send({ type: 'problem', seq: update?.seq, ...problem });
    if (!update || performance.now() - update.at > soonMs) return;
    shown.push(key);
    overlay.show({ key, title, ...problem });
  }

  function tellThrown(error, message, place, title) {
    if (isOurStack(stackOf(error), base)) return;
    tell({ source: 'page', message, ...place ?? placeInStack(stackOf(error), base) }, title);
  }

  function tellMissing(address) {
    const file = address.startsWith(base) ? null : localPath(address);
    if (file !== null) tell({ source: 'resource', message: `${file} did not load`, file, url: address }, 'A file did not load');
  }

  window.addEventListener('error', event => {
    if (event instanceof ErrorEvent) {
      if (event.filename.startsWith(base)) return;
      // Of a script of another origin not even the name is told, and no edit here puts it right.
      if (document.readyState !== 'complete' && event.filename) failureAtLoad ??= event.message;
      tellThrown(event.error, event.message.replace(/^Uncaught /, ''), placeOf(event.filename, event.lineno, event.colno, base), 'Error in the page');
    } else if (event.target instanceof Element && watchedTags.has(event.target.localName)) {
      tellMissing(event.target.src || event.target.href || '');
    }
  }, true);
  window.addEventListener('unhandledrejection', ({ reason }) => {
    tellThrown(reason, `Unhandled rejection: ${describeReason(reason)}`, null, 'A promise was rejected');
  });
  // What failed before we were here is still on record.
  for (const { name, initiatorType, responseStatus } of performance.getEntriesByType('resource')) {
    if (responseStatus >= 400 && watchedTags.has(initiatorType)) tellMissing(name);
  }
  // An update may have repaired it; what is still wrong will say so again.
  connection.on('updated', () => {
    for (const key of shown) {
      overlay.clear(key);
      told.delete(key);
    }
    shown = [];
  });
  return catchingUp => {
    if (failureAtLoad !== null) return `a script failed when the page was loaded, which this edit may put right: ${failureAtLoad}`;
    const isFresh = catchingUp && !sawStart && performance.now() < lateSaveMs && document.scripts.length > 0;
    return isFresh ? 'the page was saved while it was being loaded' : null;
  };
}

// A page may throw anything, even something that throws when it is looked at.
function stackOf(error) {
  try {
    return error?.stack;
  } catch {
    return undefined;
  }
}

function describeReason(reason) {
  try {
    return String(reason);
  } catch {
    return 'something that has no text';
  }
}
