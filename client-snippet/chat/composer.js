import { make, makeButton } from './dom.js';

/**
 * The fields for one's name and message. No form element: a sandboxed page may not submit any.
 *
 * @param {{ identity: import('./identity.js').Identity, onSend: (body: string) => void, onName: (name: string) => void }} options
 */
export function createComposer({ identity, onSend, onName }) {
  const name = make('input', { id: 'name', type: 'text', autocomplete: 'nickname', maxlength: '64', dir: 'auto', placeholder: identity.guest });
  const message = make('textarea', { id: 'message', rows: '1', dir: 'auto', placeholder: 'Write a message', 'aria-describedby': 'keys' });
  const button = makeButton('', 'send', send);
  button.setAttribute('aria-label', 'Send');
  button.append(make('span', { class: 'arrow', 'aria-hidden': 'true' }));
  name.value = identity.name;
  message.value = identity.draft;

  function send() {
    const body = message.value.trim() === '' ? '' : message.value;
    message.focus();
    if (!body) return;
    setText('');
    onSend(body);
  }

  function setText(text) {
    message.value = text;
    identity.draft = text;
  }

  // While an input method composes, Enter chooses a candidate. Safari ends the composition first; its key code still tells.
  const isPlainEnter = event => event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
  message.addEventListener('keydown', event => {
    if (!isPlainEnter(event)) return;
    event.preventDefault();
    send();
  });
  message.addEventListener('input', () => { identity.draft = message.value; });
  name.addEventListener('change', () => onName(name.value.trim()));
  name.addEventListener('keydown', event => {
    if (!isPlainEnter(event)) return;
    onName(name.value.trim());
    message.focus();
  });

  return {
    element: make('div', { class: 'composer' },
      make('div', { class: 'who' }, make('label', { for: 'name' }, 'Name'), name,
        make('span', { id: 'keys', class: 'keys' }, 'Enter sends, Shift+Enter starts a new line')),
      make('div', { class: 'write' }, make('label', { for: 'message', class: 'hidden' }, 'Message'), message, button)),
    focus: () => message.focus(),
    focusName: () => name.focus(),
    /** Brings a refused message back, without losing what has been typed since. */
    putBack: body => {
      setText(message.value ? `${body}\n${message.value}` : body);
      message.focus();
    },
  };
}
