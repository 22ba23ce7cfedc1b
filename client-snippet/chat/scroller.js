import { make, makeButton, makeIcon } from './dom.js';
import { words } from './words.js';

const nearPx = 48;
const loadPx = 240;

/**
 * Keeps a growing log at its end while the reader is there, and leaves the reader alone otherwise.
 *
 * @param {HTMLElement} log
 * @param {{ onNewest: () => void, onTop: () => void, onBottom: () => void }} actions
 */
export function createScroller(log, { onNewest, onTop, onBottom }) {
  const label = make('span');
  const button = makeButton(label, 'new-messages', onNewest);
  button.append(makeIcon('down'));
  let atEnd = true;
  let top = 0;
  let news = 0;
  button.hidden = true;

  function toEnd() {
    atEnd = true;
    setNews(0);
    log.scrollTop = log.scrollHeight;
  }

  function setNews(count) {
    news = count;
    label.textContent = count > 0 ? words.newMessages(count) : words.latest;
    button.hidden = count === 0 && (atEnd || log.scrollHeight - log.scrollTop - log.clientHeight < log.clientHeight);
  }

  function onScroll() {
    if (log.clientHeight === 0) return;
    top = log.scrollTop;
    atEnd = log.scrollHeight - top - log.clientHeight < nearPx;
    setNews(atEnd ? 0 : news);
    if (top < loadPx) onTop();
    if (log.scrollHeight - top - log.clientHeight < loadPx) onBottom();
  }

  log.addEventListener('scroll', onScroll, { passive: true });
  // The log shrinks when the message field grows, and has no height at all while the panel is closed.
  new ResizeObserver(() => {
    if (log.clientHeight === 0) return;
    if (atEnd) toEnd();
    else if (log.scrollTop === 0 && top > 0) log.scrollTop = top;
  }).observe(log);

  /** The first row in sight: what the reader looks at. */
  function anchor() {
    for (const row of log.querySelectorAll('.entry')) {
      if (row.offsetTop + row.offsetHeight > log.scrollTop) return row;
    }
    return null;
  }

  return {
    element: make('div', { class: 'conversation' }, log, button),
    toEnd,
    get atEnd() { return atEnd; },
    /** Counts a message that the reader has not seen. */
    notice: () => setNews(news + 1),
    /** Whether there is room for more in sight. */
    get hasRoom() { return log.clientHeight > 0 && log.scrollHeight <= log.clientHeight; },
    /** Runs a change of the log; afterwards the reader sees what was seen before, or the end. */
    keepPlace(change) {
      if (atEnd) {
        change();
        toEnd();
        return;
      }
      const row = anchor();
      const before = row?.getBoundingClientRect().top;
      change();
      if (row?.isConnected) log.scrollTop += row.getBoundingClientRect().top - before;
      top = log.scrollTop;
    },
  };
}
