const mostEntries = 5000;

/**
 * What the page knows: the sockets, and the newest entries of the timeline. Bounded, whatever the server tells.
 *
 * @typedef {ReturnType<typeof createStore>} Store
 */
export function createStore() {
  /** @type {any[]} in the order of their times */
  let entries = [];
  const keys = new Set();
  /** @type {Map<string, any>} */
  const sockets = new Map();
  const listeners = new Set();
  let skipped = 0;

  function tell(change) {
    for (const listener of listeners) listener(change);
  }

  /** @returns {any[]} those that are new */
  function add(list) {
    const fresh = list.filter(entry => !keys.has(keyOf(entry)));
    if (!fresh.length) return fresh;
    const inOrder = !entries.length || fresh[0].at >= entries.at(-1).at;
    for (const entry of fresh) keys.add(keyOf(entry));
    entries.push(...fresh);
    if (!inOrder) entries.sort((one, other) => one.at - other.at);
    const surplus = entries.length - mostEntries;
    if (surplus > 0) {
      for (const entry of entries.slice(0, surplus)) keys.delete(keyOf(entry));
      entries = entries.slice(surplus);
    }
    return fresh;
  }

  return {
    get entries() { return entries; },
    get skipped() { return skipped; },
    sockets,
    onChange: listener => listeners.add(listener),
    /** News of the server. */
    take({ sockets: changed, gone, entries: list, skipped: more }) {
      for (const info of changed) sockets.set(info.id, info);
      for (const id of gone) sockets.delete(id);
      skipped += more;
      const fresh = add(list);
      tell({ entries: fresh.length > 0 || more > 0, sockets: changed.length > 0 || gone.length > 0 });
    },
    /** The frames of one socket, asked for. */
    merge(list) {
      if (add(list).length) tell({ entries: true, sockets: false });
    },
    /** Forgets the timeline; the sockets stay. */
    clearEntries() {
      entries = [];
      skipped = 0;
      keys.clear();
      tell({ entries: true, sockets: false });
    },
    clear() {
      sockets.clear();
      this.clearEntries();
      tell({ entries: false, sockets: true });
    },
  };
}

/** Names an entry for good. */
export function keyOf({ kind, socket, n }) {
  return `${kind} ${socket ?? ''} ${n ?? ''}`;
}
