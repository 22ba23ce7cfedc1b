import { make, makeButton } from './dom.js';

const groupMs = 5 * 60_000;

/**
 * One message of the conversation.
 *
 * @param {{ from: { user: string, name: string, tag?: string }, body: string, format?: string, at: string }} message
 * @param {boolean} mine
 */
export function messageRow({ from, body, format, at }, mine) {
  const when = new Date(at);
  const time = make('time', { datetime: at, title: when.toLocaleString() }, when.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  const meta = make('div', { class: 'meta' },
    make('bdi', { class: 'author' }, from.name), make('span', { class: 'tag' }, from.tag ?? ''), time);
  return assemble(meta, from, body, mine, format === 'code' ? 'bubble code' : 'bubble');
}

/** A message of ours that the server has not confirmed. */
export function pendingRow(name, body) {
  const meta = make('div', { class: 'meta' }, make('span', { class: 'sending' }, 'Sending\u2026'));
  const row = assemble(meta, { user: '', name }, body, true, 'bubble');
  row.classList.add('pending');
  return row;
}

/** Turns a pending row into one that says why it failed, and offers what can be done. */
export function markFailed(row, reason, { again, edit }) {
  row.classList.add('failed');
  row.querySelector('.meta').replaceChildren(
    make('span', { class: 'reason' }, reason), makeButton('Try again', 'link', again), makeButton('Edit', 'link', edit));
}

function assemble(meta, from, body, mine, bubbleClass) {
  const avatar = make('span', { class: 'avatar', 'aria-hidden': 'true' }, [...from.name][0]?.toUpperCase() ?? '?');
  const text = make('div', { class: bubbleClass, dir: 'auto' }, body);
  const row = make('div', { class: mine ? 'row mine' : 'row' }, avatar, make('div', { class: 'stack' }, meta, text));
  // Through the style object: a style attribute would need a looser Content-Security-Policy.
  row.style.setProperty('--hue', String(hueOf(from.user)));
  if (mine) row.setAttribute('aria-live', 'off');   // who has just written it need not hear it
  return row;
}

/** Whether a message continues the one above it, so that the author's name need not stand there twice. */
export function continues(above, message) {
  return above !== undefined && above.from.user === message.from.user && above.from.name === message.from.name
    && Date.parse(message.at) - Date.parse(above.at) < groupMs;
}

function hueOf(user) {
  let sum = 7;
  for (const character of user) sum = (sum * 31 + character.codePointAt(0)) % 3600;
  return sum % 12 * 30;
}
