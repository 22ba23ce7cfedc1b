import { make, makeButton, makeIconButton } from './dom.js';
import { words } from './words.js';

const editMs = 5 * 60_000;

/**
 * What can be done with a message: one toolbar that goes to the row under the pointer or with the focus.
 *
 * @param {import('./conversation.js').Conversation} conversation
 * @param {{ isMine: (message: any) => boolean, isHost: () => boolean, reply: (message: any) => void, edit: (message: any) => void,
 *   remove: (message: any) => void, copy: (message: any, button: HTMLElement) => void }} actions
 */
export function attachRowActions(conversation, actions) {
  let message = null;
  const reply = makeIconButton('reply', words.reply, '', () => actions.reply(message));
  const copy = makeIconButton('copy', words.copyText, '', () => actions.copy(message, copy));
  const edit = makeIconButton('edit', words.edit, '', () => actions.edit(message));
  const remove = makeIconButton('remove', words.remove, 'danger', askFirst);
  const sure = makeButton(words.removeSure, 'sure', () => actions.remove(message));
  const bar = make('div', { class: 'actions', role: 'toolbar', 'aria-live': 'off' }, reply, copy, edit, remove, sure);
  sure.hidden = true;

  function askFirst() {
    sure.hidden = false;
    remove.hidden = true;
    sure.focus();
  }

  function show(event) {
    const row = event.target.closest?.('.row');
    const next = row && conversation.message(row.dataset.id);
    if (!next || next.deleted || (row.contains(bar) && message === next)) return;
    message = next;
    const fresh = Date.now() - Date.parse(next.at) < editMs;
    edit.hidden = !(actions.isMine(next) && (fresh || actions.isHost()));
    remove.hidden = !((actions.isMine(next) && fresh) || actions.isHost());
    sure.hidden = true;
    row.append(bar);
  }

  function leave() {
    if (conversation.log.querySelector('.row:focus-within')) return;
    bar.remove();
    message = null;
  }

  conversation.log.addEventListener('pointerover', show);
  conversation.log.addEventListener('focusin', show);
  conversation.log.addEventListener('pointerleave', leave);
  conversation.log.addEventListener('keydown', event => walk(conversation.log, event));
}

/** Arrow keys go from message to message; Tab goes on to what a message holds. */
function walk(log, event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.target.matches('input, textarea')) return;
  const rows = [...log.querySelectorAll('.row')];
  const at = rows.indexOf(event.target.closest('.row'));
  const next = at < 0 ? rows.at(-1) : rows[at + step];
  if (!next || (at < 0 && step > 0)) return;
  event.preventDefault();
  next.focus();
}
