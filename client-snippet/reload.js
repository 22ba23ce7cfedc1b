import { framePlace } from './frame-place.js';
import { savePageState } from './state/page-state.js';

const shortestGapMs = 300;
const windowMs = 3000;
const mostReloads = 5;

let reloadedFor = -1;
let reloadTimer = 0;
/** @type {import('./overlay/overlay.js').Overlay | undefined} */
let loopOverlay;

/**
 * Reloads the page: once per batch, not faster than anyone can look, and slower when something keeps changing files. A reload is put off,
 * never dropped: a page that stayed old would be worse than any loop.
 *
 * @param {number} seq the batch that asks for it
 */
export function reload(seq) {
  if (reloadTimer || seq === reloadedFor) return;
  reloadedFor = seq;
  const recent = recentReloads();
  const sinceLast = Date.now() - (recent.at(-1) ?? 0);
  const tooMany = recent.length >= mostReloads;
  const wait = Math.max(0, shortestGapMs - sinceLast, tooMany ? windowMs - (Date.now() - recent[0]) : 0);
  reloadTimer = setTimeout(reloadNow, wait);
  if (tooMany) tellLoop(recent.length);

  function reloadNow() {
    clearTimeout(reloadTimer);
    reloadTimer = 0;   // the page may veto (beforeunload), or come back from the back/forward cache
    remember([...recent, Date.now()]);
    savePageState(seq);
    location.reload();
  }

  function tellLoop(count) {
    const message = `${count} reloads within ${windowMs / 1000} s: something keeps changing files. The next reload waits a moment.`;
    console.warn(`[liveserve] ${message}`);
    loopOverlay?.show({
      key: 'reload-loop', title: 'Reloading slowly', message, notice: true, source: 'reload', action: { label: 'Reload now', run: reloadNow },
    });
  }
}

/**
 * Where a loop of reloads is told, besides the console.
 *
 * @param {import('./overlay/overlay.js').Overlay} overlay
 */
export function tellReloadsTo(overlay) {
  loopOverlay = overlay;
}

// Frames of one origin share the storage, so each counts for itself.
const reloadsKey = `liveserve.reloads ${framePlace()} ${location.pathname}`;

function recentReloads() {
  try {
    const times = JSON.parse(sessionStorage.getItem(reloadsKey) ?? '[]');
    return times.filter(time => Date.now() - time < windowMs);
  } catch {
    return [];   // storage is blocked (sandboxed frame, private mode): no loop guard, but still a working reload
  }
}

function remember(times) {
  try {
    sessionStorage.setItem(reloadsKey, JSON.stringify(times.slice(-mostReloads)));
  } catch { /* as above */ }
}
