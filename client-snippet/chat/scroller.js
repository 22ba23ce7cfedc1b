import { make, makeButton } from './dom.js';

const nearPx = 48;

/**
 * Keeps a growing log at its end while the reader is there, and leaves the reader alone otherwise.
 *
 * @param {HTMLElement} log
 * @param {() => void} onNew what the "New messages" button does
 */
export function createScroller(log, onNew) {
  const button = makeButton('New messages', 'new-messages', onNew);
  let atEnd = true;
  button.hidden = true;

  function toEnd() {
    atEnd = true;
    button.hidden = true;
    log.scrollTop = log.scrollHeight;
  }

  log.addEventListener('scroll', () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < nearPx;
    if (atEnd) button.hidden = true;
  }, { passive: true });
  // The log shrinks when the message field grows, and has no height at all while the panel is closed.
  new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(log);

  return {
    element: make('div', { class: 'conversation' }, log, button),
    toEnd,
    notice() { button.hidden = false; },
    /** Runs a change of the log; afterwards the reader sees what was seen before, or the end. */
    keepPlace({ live, older }, change) {
      const stay = older || !atEnd;
      const fromTop = log.scrollTop;
      const height = log.scrollHeight;
      change();
      if (!stay) toEnd();
      else if (older) log.scrollTop = fromTop + log.scrollHeight - height;
      if (stay && live) button.hidden = false;
    },
  };
}
