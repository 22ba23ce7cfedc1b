import { make, makeButton } from '../chat/dom.js';

/**
 * Asks for the host's key.
 *
 * @param {{ ask: (wish: object) => Promise<any>, key: import('./host-key.js').HostKey, onHost: (state: any) => void }} options
 */
export function createHostDialog({ ask, key, onHost }) {
  const input = make('input', { type: 'password', autocomplete: 'off', 'aria-label': 'Host key', spellcheck: 'false' });
  const problem = make('p', { class: 'problem', role: 'alert' });
  const element = /** @type {HTMLDialogElement} */ (make('dialog', { class: 'dialog', 'aria-label': 'Act as host' },
    make('h2', {}, 'Act as host'),
    make('p', {}, 'Everybody may look. Who sends, simulates, closes or sees masked values shows the key that the terminal prints.'),
    input, problem, make('div', { class: 'line' }, makeButton('Cancel', 'small', () => element.close()), make('span', { class: 'gap' }), makeButton('Unlock', 'primary', unlock))));

  async function unlock() {
    const typed = input.value.trim();
    try {
      onHost(await ask({ type: 'host', key: typed }));
      key.keep(typed);
      element.close();
    } catch (error) {
      problem.textContent = error.message;
      input.select();
    }
  }

  input.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing) unlock();
  });

  return {
    element,
    open() {
      input.value = problem.textContent = '';
      element.showModal();
    },
  };
}
