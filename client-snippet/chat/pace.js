// What the server allows: ten at once, then two a second. A little less is asked for, since clocks differ and a refusal counts as a violation.
const burst = 9;
const refillMs = 520;

/** When the next message may go out: told the time, owns no timer. */
export function createPace() {
  let tokens = burst;
  let last = 0;
  let notBefore = 0;
  let slowMs = 0;

  function refill(now) {
    if (!last || tokens >= burst) last = now;
    const gained = Math.floor((now - last) / refillMs);
    tokens = Math.min(burst, tokens + gained);
    last += gained * refillMs;
  }

  return {
    /** Milliseconds until the next one may go; 0 for now. */
    wait(now) {
      refill(now);
      return Math.max(0, notBefore - now, tokens > 0 ? 0 : refillMs - (now - last));
    },
    take(now) {
      refill(now);
      tokens--;
      if (slowMs) notBefore = now + slowMs;
    },
    /** The server has said when. */
    holdFor(ms, now) {
      tokens = Math.min(tokens, 1);
      notBefore = Math.max(notBefore, now + ms);
    },
    /** @param {number} ms between two messages of one person */
    slowDown(ms) {
      slowMs = ms;
      if (!ms) notBefore = 0;
    },
  };
}
