let failures = 0;

/**
 * A transport whose script is loaded only when it is needed.
 *
 * @param {'sse' | 'poll'} kind
 * @param {string} base
 * @param {import('./web-socket.js').TransportListener} listener
 * @returns {import('./web-socket.js').Transport}
 */
export function openFallback(kind, base, listener) {
  let inner = null;
  let closed = false;
  const url = new URL('transports/fallback.js', base);
  if (failures) url.search = `?${failures}`;   // browsers remember what did not load

  import(url.href).then(
    ({ open }) => { if (!closed) inner = open(kind, base, listener); },
    () => {
      failures++;
      // Blocked by the page's policy, or just not there now: whoever can have it would get it by fetch.
      fetch(url).then(answer => listener.onEnd(answer.ok ? 'unavailable' : 'unreachable'), () => listener.onEnd('unreachable'));
    });

  return {
    send: text => inner?.send(text) ?? false,
    close() {
      closed = true;
      inner?.close();
    },
  };
}
