// One identity per origin: all tabs of a browser are one person in the room.
const nameKey = 'liveserve.room.name';
const secretKey = 'liveserve.room.key';
const draftKey = 'liveserve.room.draft';

/**
 * Who this browser is in the room, and what it was about to say. Works without storage too, for as long as the page lives.
 *
 * @typedef {ReturnType<typeof createIdentity>} Identity
 */
export function createIdentity() {
  const guest = `Guest ${100 + crypto.getRandomValues(new Uint16Array(1))[0] % 900}`;
  const own = new Map();

  return {
    /** The chosen name, empty when none was chosen yet. */
    get name() { return read('localStorage', nameKey, own); },
    set name(value) { write('localStorage', nameKey, value, own); },
    /** The name to join with. */
    get shownName() { return this.name || guest; },
    guest,
    /** What proves to the server that we are the same person as before. Never shown. */
    get key() { return read('localStorage', secretKey, own) || undefined; },
    set key(value) { write('localStorage', secretKey, value, own); },
    /** A message that is not sent yet: it survives the reloads that this tool is made for. */
    get draft() { return read('sessionStorage', draftKey, own); },
    set draft(value) { write('sessionStorage', draftKey, value, own); },
  };
}

function read(storage, key, own) {
  try {
    return window[storage].getItem(key) ?? own.get(key) ?? '';
  } catch {
    return own.get(key) ?? '';   // merely touching a blocked storage throws
  }
}

function write(storage, key, value, own) {
  own.set(key, value);
  try {
    window[storage].setItem(key, value);
  } catch { /* kept in memory */ }
}
