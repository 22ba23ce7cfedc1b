/**
 * Which update this page shows, and since when: what goes wrong soon after it, most likely comes from it.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {{ seq: number } | null} reloaded the update that this page was reloaded for
 * @returns {() => { seq: number, at: number } | null} `at` on the clock of `performance.now()`
 */
export function trackLastUpdate(connection, reloaded) {
  let last = reloaded && { seq: reloaded.seq, at: performance.now() };
  connection.on('updated', ({ seq }) => { last = { seq, at: performance.now() }; });
  return () => last;
}
