import { make, makeButton } from './dom.js';
import { createEventRow } from './event-row.js';
import { continues, messageRow } from './message-row.js';
import { createScroller } from './scroller.js';
import { dayKey, dayName } from './times.js';
import { words } from './words.js';

const mostRows = 400;
const quietMs = 500;

/**
 * The conversation: rows in the order of their numbers, however they arrive, and never more than a browser likes. What is farthest from the
 * reader goes, and is fetched again when the reader comes near.
 *
 * @typedef {ReturnType<typeof createConversation>} Conversation
 * @param {{ older: (before: number) => void, newer: (after: number) => void, latest: () => void, isMine: (message: object) => boolean }} actions
 * @param {import('./message-row.js').RowContext} context
 */
export function createConversation({ older, newer, latest, isMine }, context) {
  const olderButton = makeButton(words.older, 'older', () => askOlder());
  const beginning = make('p', { class: 'beginning', 'aria-live': 'off' }, words.beginning);
  const empty = make('p', { class: 'empty', 'aria-live': 'off' }, words.nobody);
  const list = make('div', { class: 'rows' });
  const pending = make('div', { class: 'rows', 'aria-live': 'off' });
  const log = make('div', { class: 'log', role: 'log', 'aria-label': words.conversation, 'aria-live': 'polite', tabindex: '0' },
    olderButton, beginning, empty, list, pending);
  const scroller = createScroller(log, { onNewest: toEnd, onTop: askOlder, onBottom: askNewer });
  /** @type {{ seq: number, message?: any, event?: ReturnType<typeof createEventRow>, element: HTMLElement }[]} */
  let rows = [];
  let hasOlder = false;
  let cut = false;      // the newest rows were dropped, or not taken, while reading far above
  let known = false;    // whether the first page has come
  let quietTimer = 0;
  showEnds();

  const firstMessage = () => rows.find(row => row.message);
  const lastMessage = () => rows.findLast(row => row.message);
  const find = id => rows.find(row => row.message?.id === id);
  const atOf = row => row?.message?.at ?? row?.event?.at;

  function askOlder() {
    const first = firstMessage();
    if (hasOlder && first) older(first.seq);
  }

  function askNewer() {
    const last = lastMessage();
    if (cut && last) newer(last.seq);
  }

  function toEnd() {
    if (cut) latest();
    else scroller.toEnd();
  }

  function showEnds() {
    olderButton.hidden = !hasOlder;
    beginning.hidden = !known || hasOlder || !firstMessage();
    empty.hidden = !known || rows.length > 0;
  }

  function insert(seq, made) {
    let at = rows.length;
    while (at > 0 && rows[at - 1].seq > seq) at--;
    if (Number.isInteger(seq) && rows[at - 1]?.seq === seq) return;   // one that we have
    const row = { seq, element: make('div', { class: 'entry' }), ...made() };
    row.element.append(row.event?.element ?? messageRow(row.message, context));
    list.insertBefore(row.element, rows[at]?.element ?? null);
    rows.splice(at, 0, row);
    regroup(at);
    regroup(at + 1);
  }

  /** What depends on the row above: the day, and whether the name stands there again. */
  function regroup(at) {
    const row = rows[at];
    if (!row) return;
    const above = rows[at - 1];
    const newDay = !above || dayKey(atOf(above)) !== dayKey(atOf(row));
    row.element.querySelector('.day')?.remove();
    if (newDay) row.element.prepend(make('div', { class: 'day', 'aria-live': 'off' }, make('span', {}, dayName(atOf(row), Date.now()))));
    row.element.classList.toggle('continued', !newDay && continues(above?.message, row.message));
  }

  function trim(dropNewest) {
    const surplus = rows.length - mostRows;
    if (surplus <= 0) return;
    for (const { element } of dropNewest ? rows.splice(mostRows) : rows.splice(0, surplus)) element.remove();
    if (dropNewest) cut = true;
    else hasOlder = true;
    regroup(0);
  }

  /** What was said before we came is read when the reader goes there, not announced. */
  function quietly(work) {
    log.setAttribute('aria-live', 'off');
    work();
    clearTimeout(quietTimer);
    quietTimer = setTimeout(() => log.setAttribute('aria-live', 'polite'), quietMs);
  }

  function redraw(row) {
    row.element.replaceChildren(messageRow(row.message, context));
    regroup(rows.indexOf(row));
  }

  return {
    element: scroller.element,
    log,
    pending,
    toEnd,
    messages: () => rows.filter(row => row.message).map(row => row.message),
    message: id => find(id)?.message,
    get atEnd() { return scroller.atEnd; },
    /** A message that was said just now. */
    live(message) {
      const mine = isMine(message);
      if (cut || (!scroller.atEnd && rows.length >= mostRows)) {
        cut = true;
        if (!mine) scroller.notice();
        return;
      }
      const isNew = !find(message.id);
      scroller.keepPlace(() => {
        insert(message.seq, () => ({ message }));
        trim(false);
        showEnds();
      });
      if (isNew && !scroller.atEnd && !mine) scroller.notice();
    },
    /** @param {number} head the newest message's number: this came after it, and is not numbered itself */
    happened(event, head) {
      if (cut) return;
      scroller.keepPlace(() => {
        if (rows.at(-1)?.event?.fold(event)) return;
        insert(head + 0.5, () => ({ event: createEventRow(event) }));
        trim(false);
        showEnds();
      });
    },
    /** @param {{ messages: object[], kind: 'latest' | 'older' | 'newer', more: boolean }} page */
    history({ messages, kind, more }) {
      known = true;
      if (kind === 'newer') cut = more;
      else hasOlder = more;
      scroller.keepPlace(() => quietly(() => {
        for (const message of messages) insert(message.seq, () => ({ message }));
        trim(kind === 'older');
        showEnds();
      }));
      if (scroller.hasRoom) askOlder();
    },
    /** A message is another now. */
    change(id, change) {
      const row = find(id);
      if (!row) return;
      Object.assign(row.message, change);
      scroller.keepPlace(() => quietly(() => {
        redraw(row);
        for (const other of rows) if (other.message?.replyTo === id) redraw(other);
      }));
    },
    /** Names, tags or pins are others now. */
    redraw(wanted) {
      scroller.keepPlace(() => quietly(() => { for (const row of rows) if (row.message && wanted(row.message)) redraw(row); }));
    },
    /** @returns {boolean} whether it is there */
    goTo(id) {
      const row = find(id)?.element.querySelector('.row');
      row?.scrollIntoView({ block: 'center' });
      row?.focus({ preventScroll: true });
      return Boolean(row);
    },
    keepPlace: scroller.keepPlace,
    clear() {
      rows = [];
      cut = hasOlder = known = false;
      list.replaceChildren();
      showEnds();
      scroller.toEnd();
    },
  };
}
