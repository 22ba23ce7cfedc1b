import { make, makeButton, makeIcon, makeIconButton, makeName } from './dom.js';
import { findFileReference } from './file-link.js';
import { isPlainEnter } from './keys.js';
import { cutToLimit, excessOf } from './length-rule.js';
import { wholeFence } from './markdown.js';
import { excerptOf } from './message-row.js';
import { words } from './words.js';

const mostPasted = 100_000;

/**
 * The field for a message, and what belongs to it: a reply, an edit, code, a pin. No form element: a sandboxed page may not submit any.
 *
 * @typedef {ReturnType<typeof createComposer>} Composer
 * @param {{
 *   identity: import('./identity.js').Identity,
 *   limit: () => number,
 *   onSend: (frame: object) => void,
 *   onTyping: (on: boolean) => void,
 *   onEditLast: () => void,
 *   onPick: (() => void) | undefined,
 *   notice: ReturnType<typeof import('./notice.js').createNotice>,
 * }} options
 */
export function createComposer({ identity, limit, onSend, onTyping, onEditLast, onPick, notice }) {
  let editing = null;
  let replyTo = null;
  let pin = null;
  let isCode = false;
  let writable = false;
  let excess = null;
  let saved = '';   // what stood in the field before an edit began

  const field = make('textarea', { id: 'message', rows: '1', dir: 'auto', 'aria-label': words.message, 'aria-describedby': 'keys' });
  const lang = make('input', { class: 'lang-field', type: 'text', maxlength: '40', placeholder: words.language, 'aria-label': words.language, spellcheck: 'false' });
  const code = makeIconButton('code', words.asCode, 'code', () => setCode(!isCode));
  const pick = onPick && makeIconButton('pin', words.pin, 'pick', onPick);
  const sendLabel = make('span', {}, words.send);
  const button = makeButton(sendLabel, 'send', send);
  const chip = make('div', { class: 'chip' });
  const offer = make('div', { class: 'chip offer' });
  button.append(makeIcon('send'));
  code.title = words.asCodeHint;
  if (pick) pick.title = words.pinHint;
  field.value = identity.draft;
  chip.hidden = offer.hidden = lang.hidden = true;

  const tools = make('div', { class: 'tools' }, code, lang, pick, button);
  const box = make('div', { class: 'field write', role: 'group', 'aria-label': words.chat },
    make('span', { class: 'legend', 'aria-hidden': 'true' }, words.chat), chip, offer, field, tools);

  function send() {
    if (!writable || excess || field.value.trim() === '') return;
    const frame = frameOf(field.value);
    notice.clear();
    editing = replyTo = pin = null;
    setCode(false);
    setText(saved);
    saved = '';
    onTyping(false);
    onSend(frame);
    field.focus();
  }

  function frameOf(text) {
    if (editing) return { type: 'edit', target: editing.id, body: editing.format === 'code' ? text : text.trim() };
    const fence = isCode ? { text, lang: lang.value.trim() } : wholeFence(text);
    const body = fence ? fence.text.replace(/\r\n?/g, '\n') : text.trim();
    return {
      type: 'chat', body, format: fence ? 'code' : 'text', lang: fence?.lang || undefined, replyTo: replyTo?.id,
      ref: fence ? undefined : findFileReference(body), pin: pin ?? undefined,
    };
  }

  function setText(text) {
    field.value = text;
    onInput(false);
  }

  function setCode(on) {
    isCode = on;
    code.setAttribute('aria-pressed', String(on));
    box.classList.toggle('as-code', on);
    lang.hidden = !on;
    offer.hidden = true;
    if (!on) lang.value = '';
    field.focus();
    update();
  }

  function onInput(byUser = true) {
    if (!editing) identity.draft = field.value.length <= mostPasted ? field.value : '';
    if (byUser && !editing) onTyping(field.value.trim() !== '');
    judgeLength();
    update();
  }

  function judgeLength() {
    const before = excess;
    excess = excessOf(field.value, isCode, limit());
    if (excess) {
      notice.say(words.tooLong(excess.graphemes, excess.bytes, excess.most, excess.mostBytes), {
        label: words.trim,
        run() {
          setText(cutToLimit(field.value, isCode, limit()));
          field.focus();
        },
      });
    } else if (before) {
      notice.clear();
    }
  }

  function update() {
    button.disabled = !writable || Boolean(excess) || field.value.trim() === '';
    sendLabel.textContent = editing ? words.save : words.send;
    showChip();
  }

  function showChip() {
    const about = editing ? [words.editing] : replyTo ? [words.replyingTo, makeName(replyTo.from.name), make('bdi', { class: 'excerpt' }, excerptOf(replyTo))]
      : pin ? [makeIcon('pin'), words.pinnedTo, make('bdi', { class: 'excerpt' }, pin.text || pin.selector)] : [];
    chip.hidden = about.length === 0;
    chip.replaceChildren(...about, makeIconButton('close', words.cancel, 'small', leaveMode));
  }

  /** @returns {boolean} whether there was something to leave */
  function leaveMode() {
    if (!editing && !replyTo && !pin && offer.hidden) return false;
    if (editing) {
      editing = null;
      setText(saved);
      saved = '';
    }
    replyTo = pin = null;
    offer.hidden = true;
    update();
    field.focus();
    return true;
  }

  function onPaste(event) {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (text.length > mostPasted) {
      event.preventDefault();   // a field with megabytes in it would hold up the page
      const { bytes, mostBytes } = excessOf(text, isCode, limit());
      notice.say(words.tooLong(0, bytes, Infinity, mostBytes), {
        label: words.trim,
        run() {
          setText(cutToLimit(field.value + text, isCode, limit()));
          notice.clear();
          field.focus();
        },
      });
      return;
    }
    const lines = text.split('\n');
    if (isCode || editing || lines.length < 2 || !lines.some(line => /^(?:\t| {2,})\S/.test(line))) return;
    offer.replaceChildren(makeIcon('code'), words.codeOffer, makeButton(words.codeAccept, 'link', () => setCode(true)),
      makeIconButton('close', words.cancel, 'small', () => {
        offer.hidden = true;
        field.focus();
      }));
    offer.hidden = false;
  }

  field.addEventListener('keydown', event => {
    if (isPlainEnter(event)) {
      event.preventDefault();
      send();
    } else if (event.key === 'ArrowUp' && field.value === '' && !editing) {
      event.preventDefault();
      onEditLast();
    } else if (event.key === 'Escape' && !event.isComposing && leaveMode()) {
      event.stopPropagation();
    }
  });
  field.addEventListener('input', () => onInput());
  field.addEventListener('paste', onPaste);
  field.addEventListener('blur', () => onTyping(false));
  update();

  return {
    element: box,
    focus: () => field.focus(),
    get isEmpty() { return field.value.trim() === ''; },
    setWritable(value, placeholder) {
      writable = value;
      field.readOnly = !value;   // not disabled: the focus and what is typed stay
      field.setAttribute('aria-disabled', String(!value));
      field.placeholder = placeholder;
      box.classList.toggle('off', !value);
      update();
    },
    reply(message) {
      leaveMode();
      replyTo = message;
      update();
      field.focus();
    },
    edit(message) {
      leaveMode();
      saved = field.value;
      editing = message;
      field.value = message.body;
      field.setSelectionRange(message.body.length, message.body.length);
      judgeLength();
      update();
      field.focus();
    },
    pinTo(place) {
      leaveMode();
      pin = place;
      update();
      field.focus();
    },
    /** Brings a message back that could not be sent, without losing what has been typed since. */
    putBack(frame) {
      setText(field.value ? `${frame.body}\n${field.value}` : frame.body);
      if (frame.format === 'code') setCode(true);
      pin = frame.pin ?? null;
      update();
      field.focus();
    },
  };
}
