import { localPath } from './paths.js';

/** @type {Map<string, Map<string, Set<string>>>} what loaded a path: the addresses, and the initiators of each */
const loadsByPath = new Map();
const ownAddresses = new Set();

// An observer, since the page's own list ends after 250 entries, and a page may clear it. Buffered: the parser was faster than we.
new PerformanceObserver(list => noteLoads(list.getEntries())).observe({ type: 'resource', buffered: true });

function noteLoads(entries) {
  for (const { name, initiatorType } of entries) {
    const path = ownAddresses.has(name) ? null : localPath(name);
    if (path === null) continue;
    const addresses = loadsByPath.get(path) ?? new Map();
    loadsByPath.set(path, addresses.set(name, (addresses.get(name) ?? new Set()).add(initiatorType)));
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
