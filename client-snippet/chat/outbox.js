/**
 * Messages that the server has not acknowledged. The same `cid` again is the same message there, so sending one twice is safe
 * and dropping one silently is not.
 *
 * @param {import('../connection.js').Connection} connection
 */
export function createOutbox(connection) {
  /** @type {Map<string, string>} */
  const waiting = new Map();
  const transmit = (cid, body) => connection.send({ type: 'chat', cid, body, format: 'text' });

  return {
    /** @returns {string} the new message's id */
    add(body, sendNow) {
      const cid = randomId();
      waiting.set(cid, body);
      if (sendNow) transmit(cid, body);
      return cid;
    },
    acknowledge: cid => waiting.delete(cid),
    bodyOf: cid => waiting.get(cid),
    resend(cid) {
      if (waiting.has(cid)) transmit(cid, waiting.get(cid));
    },
    resendAll() {
      for (const [cid, body] of waiting) transmit(cid, body);
    },
  };
}

// Not crypto.randomUUID: a page on the local network without https does not have it.
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('');
}
