const choiceKey = 'liveserve.transport';
const kinds = ['ws', 'sse', 'poll'];

// A socket that never worked here gets a second chance; one that did is far likelier to miss its server than its network.
const triesAtFirst = 2;
const triesOnceItWorked = 8;

/**
 * Which transport is to be tried. A server that is merely down is no reason for another one: only what hangs, or keeps failing where the server can
 * be reached, is passed over. What worked is remembered for the tab's session.
 *
 * @param {string} wanted `auto`, or the only one
 */
export function createChoice(wanted) {
  const worked = new Set([storedChoice()]);
  // Tabs can share a stream only where there are locks (https and localhost). Elsewhere streams would soon take all of a browser's connections.
  const streams = 'locks' in navigator && 'BroadcastChannel' in window;
  let kind = wanted === 'auto' ? storedChoice() ?? 'ws' : wanted;
  let failures = 0;

  function turnTo(next) {
    failures = 0;
    kind = next;
    return true;
  }

  return {
    get kind() { return kind; },
    /** Whether the socket is to be tried again while another transport is in use. */
    get prefersSocket() { return wanted === 'auto' && kind !== 'ws'; },
    /** It is open. */
    works(now) {
      failures = 0;
      kind = now;
      worked.add(now);
      keepChoice(now);
    },
    /**
     * It ended before it was open.
     *
     * @param {'ended' | 'hung' | 'unreachable' | 'unavailable'} how
     * @returns {boolean} whether another one is to be tried at once
     */
    failed(how) {
      if (wanted !== 'auto') return false;
      if (how === 'unavailable') wanted = 'ws';   // the page's policy lets none of our other scripts in
      if (how === 'unavailable' || (how === 'unreachable' && !worked.has(kind))) turnTo('ws');
      if (how === 'unavailable' || how === 'unreachable') return false;
      if (kind !== 'ws') return turnTo(kind === 'sse' ? 'poll' : 'ws');
      failures += how === 'hung' ? triesOnceItWorked / 2 : 1;
      return failures >= (worked.has('ws') ? triesOnceItWorked : triesAtFirst) && turnTo(streams ? 'sse' : 'poll');
    },
  };
}

function storedChoice() {
  try {
    const stored = sessionStorage.getItem(choiceKey);
    return kinds.includes(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

function keepChoice(kind) {
  try {
    sessionStorage.setItem(choiceKey, kind);
  } catch { /* storage is blocked: the next page finds out anew */ }
}
