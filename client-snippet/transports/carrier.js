const mostFailures = 3;
const retryMs = 200;

/**
 * Reads for one or more connections, one request after another, each from where the last one ended: what is broken off is neither lost nor doubled.
 *
 * @typedef {(ids: string[], after: number[], signal: AbortSignal, tell: (id: string, message: any) => void) => Promise<'more' | 'ended' | 'unknown'>} Read
 *   one request: `more` when all is well, `ended` when it should have gone on, `unknown` when the server knows none of the connections
 * @param {Read} read
 * @param {(id: string, message: any, number: number) => void} deliver
 * @param {() => void} lost  the server cannot be reached, or has forgotten us
 */
export function createCarrier(read, deliver, lost) {
  /** @type {Map<string, number>} the number of the last message of each */
  const after = new Map();
  let request = new AbortController();
  let timer = 0;

  async function run({ signal }) {
    let failures = 0;
    const tell = (id, message) => {
      if (signal.aborted || !after.has(id)) return;
      failures = 0;
      after.set(id, after.get(id) + 1);
      deliver(id, message, after.get(id));
    };
    while (after.size > 0 && !signal.aborted) {
      const how = await read([...after.keys()], [...after.values()], signal, tell).catch(() => 'ended');
      if (signal.aborted || how === 'more') continue;
      if (how === 'unknown' || ++failures > mostFailures) return void lost();
      await pause(failures * retryMs);
    }
  }

  function restart() {
    request.abort();
    run(request = new AbortController());
  }

  return {
    /** Reads for one more, or reads one again from another place. */
    add(id, number) {
      after.set(id, number);
      clearTimeout(timer);
      timer = setTimeout(restart, 10);   // tabs tend to come together
    },
    /** Its messages are no longer wanted. */
    remove: id => after.delete(id),
    close() {
      clearTimeout(timer);
      after.clear();
      request.abort();
    },
  };
}

/** @param {number} ms */
export function pause(ms) {
  return new Promise(done => setTimeout(done, ms));
}
