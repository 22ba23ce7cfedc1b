import { localPath } from './paths.js';

/** @type {Map<string, Map<string, Set<string>>>} what loaded a path: the addresses, and the initiators of each */
const loadsByPath = new Map();
const ownAddresses = new Set();

/** @type {Map<string, Set<(began: number) => void>>} who waits for the end of a load, by path */
const waitingByPath = new Map();

// An observer, since the page's own list ends after 250 entries, and a page may clear it. Buffered: the parser was faster than we.
new PerformanceObserver(list => noteLoads(list.getEntries())).observe({ type: 'resource', buffered: true });

function noteLoads(entries) {
  for (const { name, initiatorType, startTime } of entries) {
    const path = ownAddresses.has(name) ? null : localPath(name);
    if (path === null) continue;
    const addresses = loadsByPath.get(path) ?? new Map();
    loadsByPath.set(path, addresses.set(name, (addresses.get(name) ?? new Set()).add(initiatorType)));
    for (const tell of waitingByPath.get(path) ?? []) tell(startTime);
  }
}

/**
 * Marks a request as ours, so that nobody takes it for one of the page's scripts.
 *
 * @param {string} address absolute
 */
export function noteOwnRequest(address) {
  ownAddresses.add(address);
}

/**
 * The exact addresses under which the page loaded a path, and what asked for them: `img`, `css`, `fetch`, `script` (Resource Timing,
 * initiatorType).
 *
 * @param {string} path
 * @returns {{ address: string, types: Set<string> }[]}
 */
export function loadsOf(path) {
  return Array.from(loadsByPath.get(path) ?? [], ([address, types]) => ({ address, types }));
}

/**
 * A load that is under way leaves its trace only when it ends. This waits for one.
 *
 * @param {string} path
 * @param {number} ms for so long at the most
 * @returns {Promise<boolean>} whether one ended that had begun before this was called
 */
export function loadUnderWay(path, ms) {
  const now = performance.now();
  const waiting = waitingByPath.get(path) ?? new Set();
  waitingByPath.set(path, waiting);
  return new Promise(resolve => {
    const timer = setTimeout(end, ms, false);
    waiting.add(tell);

    function tell(began) {
      if (began <= now) end(true);
    }

    function end(found) {
      clearTimeout(timer);
      waiting.delete(tell);
      if (waiting.size === 0) waitingByPath.delete(path);
      resolve(found);
    }
  });
}
