// What the browser keeps for us. Merely touching a blocked storage throws; then it is kept in memory, for as long as the page lives.
const prefix = 'liveserve.room.';
const kept = new Map();

/**
 * @param {'localStorage' | 'sessionStorage'} area one per origin, or one per tab
 * @param {string} key without our prefix
 * @returns {string} empty when nothing is kept
 */
export function readStored(area, key) {
  try {
    return window[area].getItem(prefix + key) ?? kept.get(key) ?? '';
  } catch {
    return kept.get(key) ?? '';
  }
}

/**
 * @param {'localStorage' | 'sessionStorage'} area
 * @param {string} key
 * @param {string} value empty removes it
 */
export function writeStored(area, key, value) {
  kept.set(key, value);
  try {
    if (value) window[area].setItem(prefix + key, value);
    else window[area].removeItem(prefix + key);
  } catch { /* blocked or full: kept in memory */ }
}

/** Whether what is written will be there after a reload. */
export function storageWorks() {
  try {
    window.localStorage.getItem(prefix);
    return true;
  } catch {
    return false;
  }
}
