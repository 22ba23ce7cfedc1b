import { make, makeButton } from '../chat/dom.js';
import { createDetail } from './detail.js';
import { createFilter } from './filters.js';
import { formatBytes } from './format.js';
import { createHostDialog } from './host-dialog.js';
import { createSendCard } from './send-card.js';
import { createSocketList } from './socket-list.js';
import { createSocketPanel } from './socket-panel.js';
import { createTimeline } from './timeline.js';
import { createToolbar } from './toolbar.js';
import { createTryCard } from './try-card.js';

const states = { connecting: 'Connecting\u2026', open: 'Live', lost: 'Connection lost, trying again\u2026' };
const redrawMs = 500;

/**
 * The whole page.
 *
 * @param {{ store: import('./store.js').Store, link: import('./link.js').Link, key: import('./host-key.js').HostKey, base: URL }} options
 */
export function createView({ store, link, key, base }) {
  const { ask } = link;
  let offset = 0;          // the server's clock, seen from ours
  let selected = null;     // a socket's id
  let isHost = false;
  let frozen = null;       // the entries that are shown while the view stands still
  const now = () => Date.now() + offset;

  const status = make('span', { class: 'status', role: 'status' });
  const counts = make('span', { class: 'counts' });
  const hostDialog = createHostDialog({ ask, key, onHost: setHost });
  const reveal = make('input', { type: 'checkbox' });
  const revealLabel = make('label', { class: 'toggle', title: 'Passwords, tokens, cookies and the like' }, reveal, 'Show secrets');
  const hostButton = makeButton('Act as host', 'small', hostDialog.open);
  const timeline = createTimeline({ socketOf: id => store.sockets.get(id), onSelect: entry => detail.show(entry) });
  const detail = createDetail({ ask, onClose: () => { timeline.unselect(); timeline.focus(); } });
  const panel = createSocketPanel({ ask, now });
  const send = createSendCard({ ask });
  const tryCard = createTryCard();
  const toolbar = createToolbar({ onChange: draw, onClear: () => store.clearEntries(), onFreeze: on => { frozen = on ? [...store.entries] : null; draw(); } });
  const list = createSocketList({ sockets: store.sockets, now, onSelect: select });

  const download = (name, words) => make('a', { class: 'small', href: new URL(name, base).href, download: '' }, words);
  const header = make('header', { class: 'bar' },
    make('h1', {}, make('span', { class: 'mark', 'aria-hidden': 'true' }), 'Sockets'), status, counts,
    make('span', { class: 'gap' }), revealLabel, download('export.jsonl', 'JSON lines'), download('export.har', 'HAR'), hostButton);
  const side = make('aside', {}, list.element, send.element, tryCard.element);
  const main = make('main', {}, toolbar.element, panel.element, make('div', { class: 'split' }, timeline.element, detail.element));
  const element = make('div', { class: 'inspector' }, header, side, main, hostDialog.element);
  revealLabel.hidden = true;

  function select(id) {
    selected = id;
    panel.show(store.sockets.get(id) ?? null);
    send.show(store.sockets.get(id) ?? null);
    draw();
    ask({ type: 'follow', socket: id ?? undefined }).catch(() => {});
    if (id) ask({ type: 'frames', socket: id }).then(({ entries }) => store.merge(entries), () => {});
  }

  function draw() {
    const filter = createFilter({ ...toolbar.wanted, socket: selected });
    toolbar.say(filter.problem ?? '', store.skipped);
    const entries = (frozen ?? store.entries).filter(filter.test);
    timeline.show(entries, store.entries.length ? 'Nothing here fits the filter.' : 'Nothing has happened yet. Open a page of this server, or a socket below.');
  }

  function drawSockets() {
    drawn = store.sockets.size;
    list.draw();
    const open = [...store.sockets.values()].filter(info => info.closed === undefined);
    counts.textContent = `${open.length} open`;
    if (selected) panel.show(store.sockets.get(selected) ?? null);
  }

  function setHost({ on, reveals }) {
    isHost = on;
    panel.setHost(isHost);
    send.setHost(isHost);
    revealLabel.hidden = !isHost;
    reveal.checked = reveals;
    hostButton.textContent = isHost ? 'You are the host' : 'Act as host';
    hostButton.disabled = isHost;
  }

  reveal.addEventListener('change', async () => {
    const on = reveal.checked;
    await ask({ type: 'reveal', on }).catch(() => {});
    if (selected) list.select(selected);
  });

  let sockets = false;
  let drawn = 0;
  store.onChange(change => {
    if (change.entries && !frozen) draw();
    if (change.sockets && store.sockets.size !== drawn) drawSockets();   // a new one at once, numbers now and then
    sockets ||= change.sockets;
  });
  setInterval(() => {
    if (sockets || store.sockets.size) drawSockets();   // how long it has been open grows by itself
    sockets = false;
  }, redrawMs);
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !detail.element.hidden && !hostDialog.element.open) {
      timeline.unselect();
      timeline.focus();
    } else if (event.key === '/' && !/^(input|textarea|select)$/i.test(event.target.tagName)) {
      event.preventDefault();
      toolbar.focus();
    }
  });
  setHost({ on: false, reveals: false });
  drawSockets();
  draw();

  return {
    element,
    onState(state) {
      status.textContent = states[state];
      status.dataset.state = state;
    },
    onHello({ now: theirs, addresses, kept }) {
      offset = theirs - Date.now();
      setHost({ on: false, reveals: false });
      tryCard.setAddresses(addresses);
      status.title = `Kept: ${kept.frames} frames of each socket, ${formatBytes(kept.bytes)} in all, ${kept.requests} requests; payloads up to ${formatBytes(kept.whole)} whole, of longer ones ${formatBytes(kept.beginning)}.`;
      if (selected) select(selected);
    },
    onHost: setHost,
  };
}
