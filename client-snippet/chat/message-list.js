import { make, makeButton } from './dom.js';
import { continues, messageRow } from './message-row.js';
import { createScroller } from './scroller.js';

const mostRows = 500;

/**
 * The conversation: rows in the order of their numbers, however they arrive, and never more than a browser likes.
 *
 * @param {{ onOlder: (before: number) => void, onLatest: () => void, isMine: (message: object) => boolean }} actions
 */
export function createMessageList({ onOlder, onLatest, isMine }) {
  const older = makeButton('Load older messages', 'older', () => onOlder(rows[0]?.message.seq));
  const empty = make('p', { class: 'empty' }, 'Nobody has said anything yet. Say hello!');
  const list = make('div', { class: 'rows' });
  const pending = make('div', { class: 'rows' });
  const log = make('div', { class: 'log', role: 'log', 'aria-label': 'Conversation', 'aria-live': 'polite', tabindex: '0' },
    older, empty, list, pending);
  const scroller = createScroller(log, () => (cut ? onLatest() : scroller.toEnd()));
  /** @type {{ message: any, element: HTMLElement }[]} */
  let rows = [];
  let cut = false;      // the newest rows were dropped while reading far above
  older.hidden = empty.hidden = true;

  function insert(message) {
    let at = rows.length;
    while (at > 0 && rows[at - 1].message.seq > message.seq) at--;
    if (rows[at - 1]?.message.seq === message.seq) return;
    const element = messageRow(message, isMine(message));
    list.insertBefore(element, rows[at]?.element ?? null);
    rows.splice(at, 0, { message, element });
    regroup(at);
    regroup(at + 1);
  }

  function regroup(at) {
    rows[at]?.element.classList.toggle('continued', continues(rows[at - 1]?.message, rows[at].message));
  }

  /** Drops what is farthest from the reader. */
  function trim(keepOld) {
    const surplus = rows.length - mostRows;
    if (surplus <= 0) return;
    const gone = keepOld ? rows.splice(mostRows) : rows.splice(0, surplus);
    for (const { element } of gone) element.remove();
    if (keepOld) cut = true;
    else older.hidden = false;
    regroup(0);
  }

  /** What was said before we came is read when the reader goes there, not announced. */
  function quietly(work) {
    log.setAttribute('aria-live', 'off');
    work();
    setTimeout(() => log.setAttribute('aria-live', 'polite'), 500);
  }

  return {
    element: scroller.element,
    pending,
    toEnd: () => (cut ? onLatest() : scroller.toEnd()),
    /** @param {{ live: boolean, older: boolean, more?: boolean }} info */
    add(messages, info) {
      if (info.live && cut) return void scroller.notice();
      const work = () => {
        for (const message of messages) insert(message);
        trim(info.older);
        if (!info.live) older.hidden = !info.more;
        empty.hidden = rows.length > 0;
      };
      scroller.keepPlace(info, () => (info.live ? work() : quietly(work)));
    },
    clear() {
      rows = [];
      cut = false;
      list.replaceChildren();
      older.hidden = empty.hidden = true;
      scroller.toEnd();
    },
  };
}
