import { make, makeButton } from './dom.js';
import { pendingRow } from './message-row.js';
import { words } from './words.js';

/**
 * Our messages that are on their way, below the conversation: what becomes of them, and what can be done.
 *
 * @param {import('./room.js').Room} room
 * @param {import('./conversation.js').Conversation} conversation
 * @param {{ context: import('./message-row.js').RowContext, name: () => string, onEdit: (frame: object) => void }} options
 */
export function showUnsent(room, conversation, { context, name, onEdit }) {
  const { outbox } = room;
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  let timer = 0;

  function show() {
    const entries = outbox.entries.filter(entry => entry.frame.type === 'chat');
    const wanted = new Set(entries.map(entry => entry.cid));
    for (const [cid, row] of rows) {
      if (wanted.has(cid)) continue;
      row.remove();
      rows.delete(cid);
    }
    entries.forEach((entry, i) => {
      if (!rows.has(entry.cid)) addRow(entry);
      describe(rows.get(entry.cid), entry, i === 0);
    });
    clearTimeout(timer);
    if (room.joined && outbox.waitMs > 0 && entries.some(entry => entry.state === 'waiting')) timer = setTimeout(show, 250);
  }

  function addRow(entry) {
    const row = pendingRow(entry.frame, name(), context);
    rows.set(entry.cid, row);
    conversation.keepPlace(() => conversation.pending.append(row));
  }

  function describe(row, entry, isFirst) {
    const isFailed = entry.state === 'failed';
    row.classList.toggle('failed', isFailed);
    row.classList.toggle('unsent', !isFailed && !room.joined);
    const said = isFailed ? [make('span', { class: 'reason', dir: words.dir }, `${words.notSent}: ${words.errors[entry.code] ?? entry.reason ?? words.didNotWork}`), ...tools(entry)]
      : [make('span', { class: room.joined ? 'sending' : 'reason', dir: words.dir }, stateOf(entry, isFirst))];
    const text = said.map(part => part.textContent).join();
    if (row.dataset.said === text) return;
    row.dataset.said = text;
    row.querySelector('.meta').replaceChildren(...said);
  }

  function stateOf(entry, isFirst) {
    if (!room.joined) return isFirst ? words.notSentYet : words.notSent;
    const seconds = Math.ceil(outbox.waitMs / 1000);
    return entry.state === 'waiting' && seconds > 0 ? words.waits(seconds) : words.sending;
  }

  const tools = ({ cid, frame }) => [
    makeButton(words.again, 'link', () => outbox.again(cid)),
    makeButton(words.edit, 'link', () => {
      outbox.remove(cid);
      onEdit(frame);
    }),
    makeButton(words.discard, 'link', () => outbox.remove(cid)),
  ];

  room.on('unsent', show);
  room.on('state', show);
  show();
}
