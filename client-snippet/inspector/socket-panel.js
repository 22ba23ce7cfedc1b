import { make, makeButton } from '../chat/dom.js';
import { formatBytes, formatMs, formatSpan, formatTime } from './format.js';

const kinds = {
  page: 'A page of this server', echo: 'The echo', relay: 'The relay: each message goes to everyone else', proxy: 'Passed through to a back end',
};

/**
 * The selected socket: its legs, its numbers, and what the host may do to it.
 *
 * @param {{ ask: (wish: object) => Promise<any>, now: () => number }} options
 */
export function createSocketPanel({ ask, now }) {
  const legs = make('div', { class: 'legs' });
  const facts = make('dl', { class: 'facts' });
  const note = make('p', { class: 'note' });
  const state = make('p', { class: 'note', role: 'status' });
  const pause = toggle('Pause reading', 'What the browser sends waits. Of a proxied socket both directions wait.');
  const drop = toggle('Drop messages', 'Messages vanish, both ways. Pings and the goodbye pass.');
  const delay = make('select', { 'aria-label': 'Delay' }, ...[[0, 'No delay'], [100, '100 ms'], [500, '500 ms'], [2000, '2 s'], [5000, '5 s']]
    .map(([ms, name]) => make('option', { value: String(ms) }, name)));
  const code = make('input', { type: 'number', min: '1000', max: '4999', value: '1000', 'aria-label': 'Close code' });
  const reason = make('input', { type: 'text', maxlength: '123', placeholder: 'Reason', 'aria-label': 'Reason' });
  const fields = make('fieldset', { class: 'acts' },
    make('legend', {}, 'Simulate'), pause.element, drop.element, delay, make('span', { class: 'gap' }), code, reason, makeButton('Close it', 'small danger', close));
  const element = make('section', { class: 'socket-panel', 'aria-label': 'Selected socket' }, legs, facts, note, fields, state);
  element.hidden = true;
  let info = null;

  async function wish(message, done) {
    try {
      const { count } = await ask(message);
      state.textContent = done(count);
    } catch (error) {
      state.textContent = error.message;
      draw();
    }
    state.dataset.at = String(Date.now());
  }

  function simulate() {
    const suffers = pause.on || drop.on || delay.value !== '0';
    wish({ type: 'simulate', socket: info.id, pause: pause.on, drop: drop.on, delay: Number(delay.value) },
      () => (suffers ? 'It ends by itself after 5 minutes.' : 'Everything passes again.'));
  }

  function close() {
    wish({ type: 'close', socket: info.id, code: Number(code.value), reason: reason.value }, () => 'It was told to close.');
  }

  pause.onChange(simulate);
  drop.onChange(simulate);
  delay.addEventListener('change', simulate);

  function draw() {
    const suffers = info.suffers;
    pause.on = Boolean(suffers?.paused);
    drop.on = Boolean(suffers?.drops);
    delay.value = String(suffers?.delayMs ?? 0);
    fields.hidden = info.closed !== undefined;
  }

  return {
    element,
    setHost(isHost) { fields.disabled = !isHost; },
    /** @param {any | null} socket */
    show(socket) {
      element.hidden = socket === null;
      const isOther = socket?.id !== info?.id;
      info = socket;
      if (!info) return;
      if (isOther) state.textContent = '';
      legs.replaceChildren(...legsOf(info));
      facts.replaceChildren(...socketFactsOf(info, now()).map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))));
      note.textContent = info.note ? `The frames of this socket are not followed any more: ${info.note} Its bytes pass as before.` : '';
      note.hidden = !info.note;
      draw();
    },
  };
}

function legsOf(info) {
  const browser = make('span', { class: 'end' }, make('b', {}, info.browser || 'A program'), make('bdi', {}, info.address));
  const server = make('span', { class: 'end us' }, make('b', {}, 'liveserve'), make('bdi', {}, info.target));
  const leg = name => make('span', { class: 'leg', 'aria-hidden': 'true' }, name);
  return info.backEnd
    ? [browser, leg('\u21c4'), server, leg('\u21c4'), make('span', { class: 'end' }, make('b', {}, 'back end'), make('bdi', {}, info.backEnd))]
    : [browser, leg('\u21c4'), server];
}

function socketFactsOf(info, now) {
  return [
    ['Kind', kinds[info.kind] ?? info.kind],
    ...(info.page ? [['Page', info.page]] : info.origin ? [['Opened by a page of', info.origin]] : []),
    ['Since', `${formatTime(info.since)} (${formatSpan((info.closed ?? now) - info.since)})`],
    ...(info.closed === undefined ? [['Waiting', info.queueFrames ? framesOf(info.queueFrames, info.queueBytes) : 'nothing']] : [['Ended', formatTime(info.closed)]]),
    ['Round trip', formatMs(info.roundTrip)],
    ['From the browser', framesOf(info.cameFrames, info.cameBytes)],
    ['To the browser', framesOf(info.wentFrames, info.wentBytes)],
    ...(info.suffers ? [['Simulated', `off by itself in ${formatSpan(info.suffers.leftMs)}`]] : []),
  ];
}

const framesOf = (count, bytes) => `${count} ${count === 1 ? 'frame' : 'frames'}, ${formatBytes(bytes)}`;

function toggle(label, title) {
  const input = make('input', { type: 'checkbox' });
  const element = make('label', { class: 'toggle', title }, input, label);
  return {
    element,
    get on() { return input.checked; },
    set on(value) { input.checked = value; },
    onChange: listener => input.addEventListener('change', listener),
  };
}
