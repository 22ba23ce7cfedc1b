/**
 * Shows what the server says is wrong outside the page: a back end that does not answer. After a lost connection it says again what still is,
 * before its pong; the rest is over.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {import('./overlay/overlay.js').Overlay} overlay
 */
export function startServerProblems(connection, overlay) {
  const shown = new Set();
  let stale = new Set();

  connection.on('problem', ({ source, file, line, column, message, frame, cleared }) => {
    const key = `server ${source} ${file ?? ''}`;
    stale.delete(key);
    if (cleared) return void clear(key);
    shown.add(key);
    overlay.show({ key, title: source?.startsWith('proxy ') ? 'Back end' : 'Server', message, file, line, column, frame, source });
  });
  connection.on('connected', () => { stale = new Set(shown); });
  connection.on('pong', () => {
    stale.forEach(clear);
    stale.clear();
  });

  function clear(key) {
    shown.delete(key);
    overlay.clear(key);
  }
}
