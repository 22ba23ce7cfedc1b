const gapMs = 200;
const documents = new Set(['iframe', 'frame']);   // pages of their own, each with a client of its own
const mostPaths = 300;   // keeps a frame far below the limit of 128 KiB

/**
 * Tells the server what this page has loaded, so that it hears of changes in these files and of no others. On a new connection all of it goes
 * out before `hello` does: what the page missed is judged by what it uses.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {import('./settings.js').Settings} settings
 */
export function startResources(connection, settings) {
  const all = new Set();
  let waiting = [];
  let timer = 0;

  function add(entries) {
    for (const { name, initiatorType } of entries) {
      if (documents.has(initiatorType)) continue;
      if (!name.startsWith(`${location.origin}/`) || name.startsWith(settings.base)) continue;
      const path = new URL(name).pathname;   // escaped, as in a request
      if (all.has(path)) continue;
      all.add(path);
      waiting.push(path);
    }
  }

  function send() {
    while (waiting.length > 0 && connection.send({ type: 'resources', add: waiting.slice(0, mostPaths) })) {
      waiting = waiting.slice(mostPaths);
    }
  }

  // Buffered: what the parser found before we ran counts as well.
  const observer = new PerformanceObserver(list => {
    add(list.getEntries());
    timer ||= setTimeout(() => {
      timer = 0;
      send();
    }, gapMs);
  });
  observer.observe({ type: 'resource', buffered: true });

  connection.on('connected', () => {
    add(performance.getEntriesByType('resource'));   // the observer is told a little later
    waiting = [...all];
    send();
  });
}
