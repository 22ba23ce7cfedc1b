import { codeBlock } from './code-block.js';
import { colourFor, initialOf } from './colours.js';
import { make, makeButton, makeHidden, makeIcon, makeName } from './dom.js';
import { fileLink } from './file-link.js';
import { richText } from './rich-text.js';
import { clockTime, exactTime } from './times.js';
import { words } from './words.js';

const groupMs = 5 * 60_000;
const mostExcerpt = 140;

/**
 * What rows need to know of the room.
 *
 * @typedef {object} RowContext
 * @property {(message: object) => boolean} isMine
 * @property {(author: object) => string} tagOf           empty when the name says who it is
 * @property {(id: string) => any} find                   a message that is shown
 * @property {(id: string) => void} goTo
 * @property {((ref: object) => void) | undefined} openFile
 * @property {(message: object) => Node | null} pinOf
 */

/**
 * One message of the conversation.
 *
 * @param {any} message
 * @param {RowContext} context
 * @returns {HTMLElement}
 */
export function messageRow(message, context) {
  const { from, at } = message;
  const mine = context.isMine(message);
  const meta = make('div', { class: 'meta' }, author(from, mine, context), timeOf(at));
  const row = assemble(from, mine, meta, make('div', { class: 'bubble' }, ...content(message, context)));
  row.dataset.id = message.id;
  if (message.edited && !message.deleted) row.querySelector('.stack').append(editedMark(message.edited));
  return row;
}

/** A message of ours that the server has not confirmed; what is said about it is set by its owner. */
export function pendingRow(frame, name, context) {
  const message = { ...frame, from: { user: '', name }, id: '' };
  const row = assemble(message.from, true, make('div', { class: 'meta' }), make('div', { class: 'bubble' }, ...content(message, context)));
  row.classList.add('pending');
  return row;
}

/** Whether a message continues the one above it, so that the author's name need not stand there twice. */
export function continues(above, message) {
  return Boolean(above && message) && above.from.user === message.from.user && above.from.name === message.from.name
    && Date.parse(message.at) - Date.parse(above.at) < groupMs;
}

/** The beginning of what somebody said, on one line. */
export const excerptOf = message => (message.deleted ? words.deleted : message.body.slice(0, mostExcerpt * 2).replace(/\s+/g, ' ').trim().slice(0, mostExcerpt));

function assemble(from, mine, meta, bubble) {
  const avatar = make('span', { class: 'avatar', 'aria-hidden': 'true' }, initialOf(from.name));
  const row = colourFor(make('div', { class: mine ? 'row mine' : 'row', tabindex: '-1' }, avatar, make('div', { class: 'stack' }, meta, bubble)), from.user);
  if (mine) row.setAttribute('aria-live', 'off');   // who has just written it need not hear it
  return row;
}

function author(from, mine, context) {
  if (mine) return make('span', { class: 'author' }, words.me);
  const tag = context.tagOf(from);
  return make('span', { class: 'by' }, makeName(from.name), tag ? make('span', { class: 'tag' }, tag) : null);
}

function timeOf(at) {
  return make('time', { dir: 'auto', datetime: at, title: exactTime(at) }, clockTime(at));
}

const editedMark = at => make('span', { class: 'edited', dir: words.dir, title: words.editedAt(exactTime(at)) }, words.edited);

function content(message, context) {
  if (message.deleted) {
    const by = message.deletedBy;
    return [make('div', { class: 'gone', dir: words.dir }, by ? words.deletedBy(by) : words.deleted)];
  }
  return [quote(message, context), context.pinOf(message), body(message, context), reference(message, context)];
}

function body(message, context) {
  if (message.format === 'code') return codeBlock(message.body, message.lang);
  return make('div', { class: 'text', dir: 'auto' }, ...richText(message.body, { ref: message.ref, openFile: context.openFile }));
}

/** The place in a file, when the text does not say it itself. */
function reference({ ref, body: text, format }, { openFile }) {
  if (!ref?.file) return null;
  const name = ref.line ? `${ref.file}:${ref.line}` : ref.file;
  if (format !== 'code' && text.includes(name)) return null;
  return make('div', { class: 'reference' }, makeIcon('file'), fileLink(ref, name, openFile));
}

function quote({ replyTo }, context) {
  if (!replyTo) return null;
  const original = context.find(replyTo);
  const button = makeButton('', 'quote', () => context.goTo(replyTo));
  if (original) {
    colourFor(button, original.from.user);
    const who = context.isMine(original) ? words.me : original.from.name;
    button.append(makeName(who), make('bdi', { class: 'excerpt' }, excerptOf(original)));
  } else {
    button.append(makeHidden('span', words.replyingTo), make('bdi', { class: 'excerpt' }, words.original));
  }
  return button;
}
