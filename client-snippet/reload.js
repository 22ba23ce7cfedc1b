const shortestGapMs = 300;
const windowMs = 3000;
const mostReloads = 5;

let reloadedFor = -1;
let reloadTimer = 0;

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
  if (tooMany) console.warn(`[liveserve] ${recent.length} reloads within ${windowMs / 1000} s: something keeps changing files. Slowing down.`);
  const wait = Math.max(0, shortestGapMs - sinceLast, tooMany ? windowMs - (Date.now() - recent[0]) : 0);
  reloadTimer = setTimeout(() => {
    remember([...recent, Date.now()]);
    reloadTimer = 0;   // the page may veto (beforeunload), or come back from the back/forward cache
    location.reload();
  }, wait);
}

// Frames of one origin share the storage, so each counts for itself.
const reloadsKey = `liveserve.reloads ${frameIndex()} ${location.pathname}`;

function frameIndex() {
  if (window.parent === window) return 'top';
  return Array.from({ length: window.parent.length }, (_, i) => window.parent[i]).indexOf(window);
}

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
