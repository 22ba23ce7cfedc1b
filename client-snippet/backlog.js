/**
 * Sends what must not be lost while there is no connection: it waits for one, the newest `most` of it.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {number} most
 */
export function createBacklog(connection, most) {
  let waiting = [];

  connection.on('connected', () => {
    const ready = waiting;
    waiting = [];
    for (const message of ready) send(message);
  });

  function send(message) {
    if (connection.send(message)) return;
    waiting.push(message);
    if (waiting.length > most) waiting.shift();
  }

  return { send };
}
