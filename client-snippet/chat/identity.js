import { readStored, writeStored } from './storage.js';

/**
 * Who this browser is in the room, and what it was about to say. One identity per origin: all tabs of a browser are one person.
 *
 * @typedef {ReturnType<typeof createIdentity>} Identity
 */
export function createIdentity() {
  const guest = `Guest ${100 + crypto.getRandomValues(new Uint16Array(1))[0] % 900}`;

  return {
    guest,
    /** The chosen name, empty when none was chosen yet. */
    get name() { return readStored('localStorage', 'name'); },
    set name(value) { writeStored('localStorage', 'name', value); },
    /** The name to join with: one has to have a name to listen, too. */
    get shownName() { return this.name || guest; },
    /** What proves to the server that we are the same person as before. Never shown. */
    get key() { return readStored('localStorage', 'key') || undefined; },
    set key(value) { writeStored('localStorage', 'key', value ?? ''); },
    /** What proves that this browser is the host's. */
    get hostKey() { return readStored('localStorage', 'host') || undefined; },
    set hostKey(value) { writeStored('localStorage', 'host', value ?? ''); },
    /** A message that is not sent yet: it survives the reloads that this tool is made for. */
    get draft() { return readStored('sessionStorage', 'draft'); },
    set draft(value) { writeStored('sessionStorage', 'draft', value); },
  };
}
