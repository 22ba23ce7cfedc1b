const gapMs = 200;
const documents = new Set(['iframe', 'frame']);   // pages of their own, each with a client of its own
const mostPaths = 300;   // keeps a frame far below the limit of 128 KiB

/**
 * Tells the server what this page has loaded, so that it hears of changes in these files and of no others.
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
    flush();
  }

  function flush() {
    if (timer || waiting.length === 0) return;
    if (!connection.send({ type: 'resources', add: waiting.slice(0, mostPaths) })) return;   // all of them go after `connected`
    waiting = waiting.slice(mostPaths);
    timer = setTimeout(() => {
      timer = 0;
      flush();
    }, gapMs);
  }

  connection.on('connected', () => {
    waiting = [...all];
    flush();
  });
  // Buffered: what the parser found before we ran counts as well.
  new PerformanceObserver(list => add(list.getEntries())).observe({ type: 'resource', buffered: true });
}
