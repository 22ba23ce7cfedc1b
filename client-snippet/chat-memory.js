const openKey = 'liveserve.room.open';
const pinsKey = 'liveserve.room.pins';
const seenKey = 'liveserve.room.seen';

/** Whether the panel stood open before this page was loaded, in this tab. */
export const wasOpen = () => recall('sessionStorage', openKey) === '1';

/** @param {boolean} open */
export const rememberOpen = open => rememberValue('sessionStorage', openKey, open ? '1' : '');

/** Whether there were comments at elements of the page: they are to be there again, with the panel open or not. */
export const hadPins = () => recall('sessionStorage', pinsKey) === location.pathname;

/** @param {boolean} has */
export const rememberPins = has => rememberValue('sessionStorage', pinsKey, has ? location.pathname : '');

/**
 * Whether something was said since this browser last looked. Who was never in the room has missed nothing.
 *
 * @param {{ epoch: string, head: number }} room
 */
export function hasNews({ epoch, head }) {
  const [seenEpoch, seen] = recall('localStorage', seenKey).split(' ');
  return Boolean(seen) && head > 0 && (seenEpoch !== epoch || head > Number(seen));
}

/** @param {{ epoch: string, head: number }} room */
export const rememberSeen = ({ epoch, head }) => rememberValue('localStorage', seenKey, `${epoch} ${head}`);

function recall(area, key) {
  try {
    return window[area].getItem(key) ?? '';
  } catch {
    return '';
  }
}

function rememberValue(area, key, value) {
  try {
    if (value) window[area].setItem(key, value);
    else window[area].removeItem(key);
  } catch { /* storage is blocked: the panel is simply closed after a reload */ }
}
