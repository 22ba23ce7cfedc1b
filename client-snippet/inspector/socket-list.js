import { make } from '../chat/dom.js';
import { formatBytes, formatMs, formatSpan } from './format.js';

const mostSockets = 200;
const kindNames = { page: 'page', echo: 'echo', relay: 'relay', proxy: 'proxied' };

/**
 * The sockets, the open ones first. Of very many the newest are shown, and a field finds the others.
 *
 * @param {{ sockets: Map<string, any>, now: () => number, onSelect: (id: string | null) => void }} options
 */
export function createSocketList({ sockets, now, onSelect }) {
  const find = make('input', { type: 'search', placeholder: 'Find a socket', 'aria-label': 'Find a socket', autocomplete: 'off', spellcheck: 'false' });
  const list = make('div', { class: 'sockets', role: 'listbox', 'aria-label': 'Sockets', tabindex: '0' });
  const more = make('p', { class: 'more' });
  let selected = null;
  let order = [];

  function draw() {
    const part = find.value.trim().toLowerCase();
    const all = [...sockets.values()].filter(info => !part || words(info).toLowerCase().includes(part))
      .sort((one, other) => Number(one.closed !== undefined) - Number(other.closed !== undefined) || other.since - one.since);
    order = [null, ...all.slice(0, mostSockets).map(info => info.id)];
    const top = list.scrollTop;
    list.replaceChildren(allRow(sockets.size, selected === null), ...all.slice(0, mostSockets).map(info => socketRow(info, info.id === selected, now())));
    list.scrollTop = top;
    more.hidden = all.length <= mostSockets;
    more.textContent = `${all.length - mostSockets} more; find them by a part of their name.`;
    list.setAttribute('aria-activedescendant', `socket-${selected ?? 'all'}`);
  }

  function select(id) {
    selected = id;
    draw();
    list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    onSelect(id);
  }

  find.addEventListener('input', draw);
  list.addEventListener('click', event => {
    const row = event.target.closest('[data-socket]');
    if (row) select(row.dataset.socket || null);
  });
  list.addEventListener('keydown', event => {
    const at = order.indexOf(selected);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: order.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    select(order[Math.min(Math.max(to, 0), order.length - 1)]);
  });

  return { element: make('section', { class: 'socket-list', 'aria-label': 'Sockets' }, make('div', { class: 'find' }, find), list, more), draw, select };
}

const words = info => `${info.id} ${info.kind} ${info.target} ${info.page ?? ''} ${info.browser} ${info.address} ${info.backEnd ?? ''}`;

function allRow(count, isSelected) {
  return make('div', { class: 'socket all', role: 'option', id: 'socket-all', 'data-socket': '', 'aria-selected': String(isSelected) },
    make('span', { class: 'name' }, 'Everything'), make('span', { class: 'meta' }, `${count} ${count === 1 ? 'socket' : 'sockets'} and all requests`));
}

function socketRow(info, isSelected, now) {
  const isClosed = info.closed !== undefined;
  const row = make('div', { class: `socket ${info.kind} ${isClosed ? 'closed' : ''}`, role: 'option', id: `socket-${info.id}`, 'data-socket': info.id, 'aria-selected': String(isSelected) },
    make('span', { class: 'top' },
      make('span', { class: 'id' }, info.id), make('span', { class: 'kind' }, kindNames[info.kind] ?? info.kind),
      make('span', { class: 'trip', title: 'Round trip: from a ping to its pong' }, isClosed ? 'ended' : info.roundTrip === undefined ? '' : formatMs(info.roundTrip))),
    make('bdi', { class: 'name' }, info.page ?? (info.backEnd ? `${info.target} \u21c4 ${info.backEnd}` : info.target)),
    make('span', { class: 'meta' }, [info.browser || 'unknown program', info.address, formatSpan((info.closed ?? now) - info.since)].join(' \u00b7 ')),
    make('span', { class: 'meta counts' }, `\u2191 ${info.cameFrames} (${formatBytes(info.cameBytes)})  \u2193 ${info.wentFrames} (${formatBytes(info.wentBytes)})`,
      info.queueFrames ? make('span', { class: 'queue' }, `${info.queueFrames} waiting, ${formatBytes(info.queueBytes)}`) : ''));
  if (info.suffers) row.classList.add('suffers');
  return row;
}
