const openKey = 'liveserve.room.open';

/** Whether the panel stood open before this page was loaded, in this tab. */
export function wasOpen() {
  try {
    return sessionStorage.getItem(openKey) === '1';
  } catch {
    return false;
  }
}

/** @param {boolean} open */
export function rememberOpen(open) {
  try {
    if (open) sessionStorage.setItem(openKey, '1');
    else sessionStorage.removeItem(openKey);
  } catch { /* storage is blocked: the panel is simply closed after a reload */ }
}
