const answerMs = 10_000;

/**
 * Notices sockets that are dead without having been closed (sleep, a changed network). Only while the page is visible:
 * timers of hidden pages come late, and nobody is looking.
 *
 * @param {{ ping: () => void, dead: () => void }} actions
 */
export function createHeartbeat({ ping, dead }) {
  let every = 15_000;
  let interval = 0;
  let deadline = 0;

  function seen() {
    clearTimeout(deadline);
    deadline = 0;
  }

  function check() {
    if (!interval || document.hidden) return;
    deadline ||= setTimeout(dead, every + answerMs);
    ping();
  }

  function stop() {
    seen();
    clearInterval(interval);
    interval = 0;
  }

  return {
    start(ms) {
      stop();
      if (ms > 0) every = ms;
      interval = setInterval(check, every);
    },
    /** Any frame is a sign of life. */
    seen,
    /** Asks now. */
    check,
    /** Stops waiting for an answer, not asking: a hidden page does not judge. */
    pause: seen,
    stop,
  };
}
