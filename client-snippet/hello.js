/**
 * Says who we are after each `connected`, and keeps track of what this page has seen, so that the server sends
 * exactly what was missed.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {import('./settings.js').Settings} settings
 */
export function startHello(connection, settings) {
  const known = { boot: settings.boot, seq: settings.seq, time: undefined };
  let greeting = null;
  let isCaughtUp = false;

  connection.on('connected', connected => {
    greeting = connected;
    // What is not known is undefined here, and so left out of the frame.
    connection.send({ type: 'hello', v: 1, ...known, page: describePage(settings) });
    // Its pong comes after everything that the hello caused. Until then we have not caught up, and say so if the socket breaks.
    connection.send({ type: 'ping', t: Date.now() });
  });

  connection.on('pong', () => {
    if (!greeting) return;
    isCaughtUp = true;
    const seq = known.boot === greeting.boot ? Math.max(known.seq ?? 0, greeting.seq) : greeting.seq;
    Object.assign(known, { boot: greeting.boot, seq, time: known.time > greeting.time ? known.time : greeting.time });
  });

  return {
    /** Whether what was saved before the page was connected has come. */
    get isCaughtUp() { return isCaughtUp; },
    /** Notes an update as seen. False when it is old news. The numbers of another server process say nothing about ours. */
    take(update) {
      const run = greeting?.boot;
      if (known.boot === run && update.seq <= (known.seq ?? -1)) return false;
      Object.assign(known, { boot: run, seq: update.seq, time: update.time });
      return true;
    },
  };
}

function describePage(settings) {
  return { url: location.pathname + location.search, doc: settings.doc, top: settings.top, visible: !document.hidden };
}
