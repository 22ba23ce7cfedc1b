import { createComposer } from './composer.js';
import { make, makeButton } from './dom.js';
import { createMessageList } from './message-list.js';
import { markFailed, pendingRow } from './message-row.js';

const words = { connecting: 'Connecting\u2026', lost: 'Connection lost, trying again\u2026', joining: 'Joining\u2026', joined: 'Connected' };

/**
 * The picture of the room. It knows the room only through `actions`.
 *
 * @typedef {object} ViewActions
 * @property {(body: string) => string} say       answers with the id of the message
 * @property {(cid: string) => void} again
 * @property {(cid: string) => string} forget     answers with the message's text
 * @property {(name: string) => void} rename
 * @property {(before: number) => void} older
 * @property {() => void} latest
 * @property {(() => void) | undefined} close
 *
 * @param {import('./identity.js').Identity} identity
 * @param {ViewActions} actions
 */
export function createView(identity, actions) {
  let you = null;
  /** @type {Map<string, HTMLElement>} rows of messages that are not confirmed */
  const pendingRows = new Map();
  const list = createMessageList({ onOlder: actions.older, onLatest: actions.latest, isMine: message => message.from.user === you?.user });
  const composer = createComposer({ identity, onSend: say, onName: name => { problem.textContent = ''; actions.rename(name); } });
  const status = make('span', { class: 'status', role: 'status' });
  const problem = make('p', { class: 'problem', role: 'alert' });
  const count = make('summary', { class: 'count' }, '0 here');
  const names = make('ul', { class: 'names' });
  const header = make('header', {},
    make('div', { class: 'title' }, make('h1', {}, 'Room'), status), make('details', { class: 'people' }, count, names));
  if (actions.close) {
    const close = makeButton('', 'close', actions.close);
    close.setAttribute('aria-label', 'Close the room');
    header.append(close);
  }

  function say(body) {
    problem.textContent = '';
    const cid = actions.say(body);
    const row = pendingRow(identity.shownName, body);
    pendingRows.set(cid, row);
    list.pending.append(row);
    list.toEnd();
  }

  function settle(cid) {
    pendingRows.get(cid)?.remove();
    pendingRows.delete(cid);
  }

  function refuse(cid, reason) {
    markFailed(pendingRows.get(cid), reason, {
      again() {
        const body = actions.forget(cid);
        settle(cid);
        say(body);
      },
      edit() {
        composer.putBack(actions.forget(cid));
        settle(cid);
      },
    });
    list.toEnd();
  }

  return {
    element: make('section', { class: 'panel', 'aria-label': 'Room' }, header, list.element, problem, composer.element),
    focus: composer.focus,
    onState({ joined, connection }) {
      const state = connection === 'open' ? (joined ? 'joined' : 'joining') : connection;
      status.textContent = words[state];
      status.dataset.state = state;
    },
    onWelcome(me) { you = me; },
    onMessages(messages, info) {
      for (const { cid } of messages) if (cid) settle(cid);
      list.add(messages, info);
    },
    onPeople(people) {
      count.textContent = `${people.length} here`;
      names.replaceChildren(...people.map(person => personRow(person, person.user === you?.user)));
    },
    onError({ message, cid, field }) {
      const reason = message || 'That did not work.';
      if (cid && pendingRows.has(cid)) return refuse(cid, reason);
      problem.textContent = reason;
      if (field === 'name') composer.focusName();
    },
    onReset: list.clear,
  };
}

function personRow({ name, tag, pages }, isYou) {
  return make('li', {}, make('bdi', { class: 'author' }, name), make('span', { class: 'tag' }, isYou ? 'you' : tag ?? ''),
    make('span', { class: 'pages' }, (pages ?? []).join(' ')));
}
