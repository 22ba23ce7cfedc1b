import { createDisclosure } from './disclosure.js';
import { make, makeButton, makeIconButton } from './dom.js';
import { words } from './words.js';

const slowSteps = [0, 5, 10, 30, 60];

/**
 * What is seldom needed: the conversation as a file, and the host's tools.
 *
 * @param {import('./room.js').Room} room
 * @param {string} base where our own files live
 */
export function createMenu(room, base) {
  const hostTools = createHostTools(room);
  const content = make('div', { class: 'popup menu' },
    make('div', { class: 'group' }, make('h2', {}, words.download), exportLink(base, 'jsonl', words.asJson), exportLink(base, 'md', words.asMarkdown)),
    hostTools);
  const menu = createDisclosure(makeIconButton('more', words.more, '', () => {}), content);
  return menu.element;
}

function exportLink(base, format, label) {
  const url = new URL('chat/export', base);
  url.searchParams.set('format', format);
  return make('a', { class: 'link', href: url.href, download: '' }, label);
}

function createHostTools(room) {
  const readOnly = make('input', { type: 'checkbox', id: 'read-only' });
  const slow = make('select', { id: 'slow' }, ...slowSteps.map(s => make('option', { value: String(s * 1000) }, s ? words.everySeconds(s) : words.slowOff)));
  const clear = makeButton(words.clear, 'link danger', () => {
    clear.hidden = true;
    sure.hidden = false;
    sure.focus();
  });
  const sure = makeButton(words.clearSure, 'sure', () => {
    room.asHost({ action: 'clear' });
    reset();
    clear.focus();
  });
  const element = make('div', { class: 'group' }, make('h2', {}, words.hostTools),
    make('label', { class: 'option' }, readOnly, words.readOnlyMode),
    make('label', { class: 'option' }, words.slowMode, slow), clear, sure);

  function reset() {
    clear.hidden = false;
    sure.hidden = true;
  }

  function show() {
    element.hidden = !room.you?.host;
    readOnly.checked = room.rules.readOnly;
    const value = String(room.rules.slowMs);
    if (![...slow.options].some(option => option.value === value)) slow.append(make('option', { value }, words.everySeconds(room.rules.slowMs / 1000)));
    slow.value = value;
  }

  readOnly.addEventListener('change', () => room.asHost({ action: 'readonly', on: readOnly.checked }));
  slow.addEventListener('change', () => room.asHost({ action: 'slow', ms: Number(slow.value) }));
  room.on('rules', show);
  room.on('welcome', show);
  reset();
  show();
  return element;
}
