import { make, makeButton } from '../chat/dom.js';

/**
 * Sends a frame as the host: to the selected socket, to all of a kind, or to all.
 *
 * @param {{ ask: (wish: object) => Promise<any> }} options
 */
export function createSendCard({ ask }) {
  const to = make('select', { 'aria-label': 'To' });
  const opcode = make('select', { 'aria-label': 'Opcode' }, ...[['text', 'Text'], ['binary', 'Binary (hex)'], ['ping', 'Ping']].map(([value, name]) => make('option', { value }, name)));
  const data = make('textarea', { rows: '3', 'aria-label': 'Data', placeholder: '{"type":"hello"}', spellcheck: 'false' });
  const state = make('p', { class: 'note', role: 'status' });
  const fields = make('fieldset', {}, make('div', { class: 'line' }, to, opcode), data, makeButton('Send as host', 'primary', send));
  let selected = null;

  async function send() {
    const [socket, side] = to.value.split(' ');
    try {
      const { count } = await ask({ type: 'send', to: socket, side, opcode: opcode.value, data: data.value });
      state.textContent = `Sent to ${count} ${count === 1 ? 'socket' : 'sockets'}.`;
    } catch (error) {
      state.textContent = error.message;
    }
  }

  function draw() {
    const before = to.value;
    const choices = [
      ...(selected ? [[selected.id, selected.backEnd ? `${selected.id}, its browser` : selected.id]] : []),
      ...(selected?.backEnd ? [[`${selected.id} backend`, `${selected.id}, its back end`]] : []),
      ['page', 'all pages'], ['relay', 'all of the relay'], ['echo', 'all of the echo'], ['proxy', 'all browsers of proxied ones'], ['all', 'all sockets'],
    ];
    to.replaceChildren(...choices.map(([value, name]) => make('option', { value }, name)));
    to.value = selected || !choices.some(([value]) => value === before) ? choices[0][0] : before;
  }

  draw();
  return {
    element: make('details', { class: 'card' }, make('summary', {}, 'Send as host'), make('p', { class: 'hint' }, 'A frame of your own, as if the other end had sent it.'), fields, state),
    setHost(isHost) { fields.disabled = !isHost; },
    /** @param {any | null} socket */
    show(socket) {
      if (socket?.id === selected?.id) return;
      selected = socket;
      draw();
    },
  };
}
