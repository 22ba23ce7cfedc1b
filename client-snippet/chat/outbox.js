import { createPace } from './pace.js';
import { readStored, writeStored } from './storage.js';

const mostKept = 50;
// Refusals after which the same message may go out later, by itself.
const passing = new Set(['rate_limited', 'not_joined']);

/**
 * What we want to say and the server has not acknowledged, in order, one at a time. The same `cid` again is the same message there, so sending
 * one twice is safe and dropping one silently is not. It outlives a reload of the page.
 *
 * @typedef {{ cid: string, frame: object, state: 'waiting' | 'sending' | 'failed', code?: string, reason?: string }} Unsent
 *
 * @param {{ transmit: (frame: object) => boolean, onChange: () => void }} actions
 */
export function createOutbox({ transmit, onChange }) {
  /** @type {Unsent[]} */
  const entries = restore();
  const pace = createPace();
  let open = false;
  let timer = 0;

  function pump() {
    clearTimeout(timer);
    const next = entries.find(entry => entry.state !== 'failed');
    if (!open || !next || next.state === 'sending') return;
    const wait = pace.wait(performance.now());
    if (wait > 0) {
      timer = setTimeout(pump, wait);
      return;
    }
    if (!transmit({ ...next.frame, cid: next.cid })) return;
    pace.take(performance.now());
    next.state = 'sending';
    onChange();
  }

  function changed() {
    writeStored('sessionStorage', 'unsent', entries.length
      ? JSON.stringify(entries.slice(-mostKept).map(({ cid, frame, code, reason }) => ({ cid, frame, code, reason }))) : '');
    onChange();
    pump();
  }

  function remove(cid) {
    const at = entries.findIndex(entry => entry.cid === cid);
    if (at < 0) return undefined;
    const [entry] = entries.splice(at, 1);
    changed();
    return entry;
  }

  return {
    entries,
    pace,
    /** When the first one goes out, in milliseconds from now; 0 when nothing holds it. */
    get waitMs() { return pace.wait(performance.now()); },
    /** @returns {string} the new message's id */
    add(frame) {
      const cid = randomId();
      entries.push({ cid, frame, state: 'waiting' });
      changed();
      return cid;
    },
    /** Whether there is somebody to send to. */
    setOpen(value) {
      open = value;
      for (const entry of entries) if (entry.state === 'sending') entry.state = 'waiting';
      onChange();
      pump();
    },
    /** Acknowledged, or taken back by its author. */
    remove,
    /** @returns {Unsent | undefined} what was refused: `failed` for good, or `waiting` */
    refuse(cid, { code, message, retryMs }) {
      const entry = entries.find(one => one.cid === cid);
      if (!entry) return undefined;
      const later = passing.has(code);
      Object.assign(entry, later ? { state: 'waiting' } : { state: 'failed', code, reason: message });
      if (later) pace.holdFor(retryMs ?? 1000, performance.now());
      changed();
      return entry;
    },
    again(cid) {
      const entry = entries.find(one => one.cid === cid);
      if (!entry) return;
      Object.assign(entry, { state: 'waiting', code: undefined, reason: undefined });
      changed();
    },
  };
}

function restore() {
  try {
    const list = JSON.parse(readStored('sessionStorage', 'unsent') || '[]');
    return list.filter(({ cid, frame }) => typeof cid === 'string' && typeof frame?.type === 'string')
      .map(entry => ({ ...entry, state: entry.code ? 'failed' : 'waiting' }));
  } catch {
    return [];   // not ours any more
  }
}

// Not crypto.randomUUID: a page on the local network without https does not have it.
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('');
}
