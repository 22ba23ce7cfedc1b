import { copyText } from './code-block.js';
import { createComposer } from './composer.js';
import { createConversation } from './conversation.js';
import { make, makeIconButton } from './dom.js';
import { createMenu } from './menu.js';
import { createNameField } from './name-field.js';
import { createNotice } from './notice.js';
import { pageAddress, reportPage } from './page-report.js';
import { createPeopleList } from './people-list.js';
import { createMarkers } from './pins/markers.js';
import { attachRowActions } from './row-actions.js';
import { createStatus } from './status.js';
import { createTyping } from './typing.js';
import { showUnsent } from './unsent-rows.js';
import { words } from './words.js';

const graceMs = 1500;
const defaultBody = 16 * 1024;

/**
 * The picture of the room: its parts, and who hears of what.
 *
 * @param {{ room: import('./room.js').Room, identity: import('./identity.js').Identity, settings: import('../settings.js').Settings,
 *   root: ShadowRoot, full: boolean, onClose?: () => void, onOpen?: () => void, onPins?: (has: boolean) => void, onPick?: () => void }} options
 */
export function createView({ room, identity, settings, root, full, onClose, onOpen, onPins, onPick }) {
  const isMine = ({ from }) => Boolean(from.user) && from.user === room.you?.user;
  const tagOf = ({ tag, showTag }) => (showTag && tag) || '';
  const context = {
    isMine, tagOf, goTo, openFile: undefined,
    find: id => conversation.message(id),
    pinOf: message => markers.chipOf(message),
  };
  const notice = createNotice();
  const typing = createTyping(room);
  const markers = createMarkers(full ? null : root, { onOpen: openAt, onChange: id => conversation.redraw(message => message.id === id) });
  const conversation = createConversation({ older: room.older, newer: room.newer, latest: room.latest, isMine }, context);
  const composer = createComposer({
    identity, notice, onPick, onTyping: typing.tell, onSend: say, onEditLast: editLast,
    limit: () => room.connection.greeting?.limits?.body ?? defaultBody,
  });
  const name = createNameField({ identity, onName: rename, onDone: composer.focus });
  const header = make('header', {},
    make('div', { class: 'title' }, make('h1', {}, words.room), createStatus(room)),
    createPeopleList(room, { tagOf }), createMenu(room, settings.base),
    onClose ? makeIconButton('close', words.close, '', onClose) : null);
  const element = make('section', { class: 'panel', 'aria-label': words.room }, header, conversation.element, typing.element,
    make('footer', { class: 'foot' }, notice.element,
      make('div', { class: 'who' }, name.element, make('span', { id: 'keys', class: 'keys' }, words.keys)), composer.element));
  let graceTimer = 0;
  let isSlow = false;

  function say(frame) {
    room.outbox.add(frame.type === 'chat' ? { ...frame, page: pageAddress() } : frame);
    conversation.toEnd();
  }

  function rename(value) {
    notice.clear();
    name.setInvalid(false);
    room.rename(value);
    enable();
  }

  function editLast() {
    const last = conversation.messages().findLast(message => isMine(message) && !message.deleted);
    if (last) composer.edit(last);
  }

  function goTo(id) {
    if (!conversation.goTo(id)) notice.say(words.errors.unknown_target);
  }

  function openAt(id) {
    onOpen?.();
    conversation.goTo(id);
  }

  function enable() {
    clearTimeout(graceTimer);
    const readOnly = room.rules.readOnly && !room.you?.host;
    if (room.joined || room.kicked) apply();
    else graceTimer = setTimeout(apply, room.you ? graceMs : 0);   // a server that restarts is back before anybody has stopped typing

    function apply() {
      const placeholder = !identity.name ? words.writeName : !room.joined ? words.writeLater : readOnly ? words.readOnly : words.writeMessage;
      composer.setWritable(room.joined && Boolean(identity.name) && !readOnly, placeholder);
    }
  }

  function onPinsChanged() {
    markers.update(conversation.messages());
    onPins?.(markers.count > 0);
  }

  function onError(error) {
    const reason = words.errors[error.code] ?? error.message ?? words.didNotWork;
    const isName = error.field === 'name' || error.code === 'bad_name' || error.code === 'name_reserved';
    if (isName) {
      name.setInvalid(true);
      name.focus();
      enable();
    }
    if (error.code === 'history_gone' || error.refused?.state === 'waiting') return;   // the conversation and the message's own row say it
    const { cid, frame } = error.refused ?? {};
    if (frame && frame.type !== 'chat') room.outbox.remove(cid);   // it has no row that could say it
    if (frame?.type === 'edit') composer.putBack(frame);
    notice.say(isName || error.code === 'too_long' || !words.errors[error.code] ? error.message || reason : reason);
  }

  room.on('state', () => {
    enable();
    if (room.kicked) notice.say(words.kicked, { label: words.comeBack, run: () => { notice.clear(); room.enter(); } });
  });
  room.on('welcome', () => {
    // The server asks the same: who sits at its machine, or holds the host's key.
    const mayOpen = room.you.host || /^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);
    context.openFile = mayOpen ? ref => room.connection.send({ type: 'custom', event: 'liveserve:open', data: { file: ref.file, line: ref.line, column: ref.col } }) : undefined;
    conversation.redraw(() => true);
  });
  room.on('rules', rules => {
    enable();
    if (rules.slowMs) notice.say(words.slow(rules.slowMs / 1000));
    else if (isSlow) notice.clear();
    isSlow = rules.slowMs > 0;
  });
  room.on('chat', message => {
    conversation.live(message);
    if (message.pin) onPinsChanged();
  });
  room.on('history', page => {
    conversation.history(page);
    onPinsChanged();
  });
  room.on('edited', ({ target, body, at }) => conversation.change(target, { body, edited: at }));
  room.on('deleted', ({ target, at, by }) => {
    const message = conversation.message(target);
    conversation.change(target, { body: '', deleted: at, deletedBy: message && by?.user !== message.from.user ? by?.name : undefined });
    onPinsChanged();
  });
  room.on('event', event => {
    const isOurArrival = event.kind === 'join' && !event.count && event.text === room.you?.name;
    if (!isOurArrival) conversation.happened(event, room.head);
  });
  room.on('renamed', name.show);
  room.on('error', onError);
  room.on('reset', () => {
    conversation.clear();
    onPinsChanged();
  });
  attachRowActions(conversation, {
    isMine, isHost: () => Boolean(room.you?.host), reply: composer.reply, edit: composer.edit,
    remove: ({ id }) => room.outbox.add({ type: 'delete', target: id }),
    copy: ({ body }, button) => copyText(body, button),
  });
  showUnsent(room, conversation, { context, name: () => identity.shownName, onEdit: composer.putBack });
  reportPage(room);
  enable();

  return {
    element,
    focus: () => (identity.name ? composer.focus() : name.focus()),
    pinTo(pin) {
      if (pin) composer.pinTo(pin);
      else composer.focus();
    },
    say: notice.say,
    get hasText() { return !composer.isEmpty; },
    get atEnd() { return conversation.atEnd; },
  };
}
