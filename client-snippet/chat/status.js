import { make } from './dom.js';
import { words } from './words.js';

/**
 * What the connection is doing, in words. The seconds are for the eye: a screen reader would read each of them.
 *
 * @param {import('./room.js').Room} room
 */
export function createStatus(room) {
  const said = make('span', {});
  const seconds = make('span', { 'aria-hidden': 'true' });
  const element = make('div', { class: 'status' }, make('span', { dir: words.dir }, make('span', { role: 'status' }, said), seconds));
  let timer = 0;

  function show() {
    const { state } = room.connection;
    const isOffline = state !== 'open' && navigator.onLine === false;
    const now = room.kicked ? 'kicked' : state === 'open' ? (room.joined ? 'connected' : 'joining') : isOffline ? 'offline' : state === 'connecting' ? 'connecting' : 'reconnecting';
    if (element.dataset.state !== now) {
      element.dataset.state = now;
      said.textContent = words[now];
    }
    if (now === 'connected') element.title = transportName(room.connection.transport);
    clearInterval(timer);
    timer = now === 'reconnecting' ? setInterval(count, 250) : 0;
    if (timer) count();
    else seconds.textContent = now === 'connected' && room.connection.transport && room.connection.transport !== 'ws' ? ` \u00b7 ${transportName(room.connection.transport)}` : '';
  }

  function count() {
    const left = Math.ceil(((room.connection.retryAt ?? 0) - Date.now()) / 1000);
    seconds.textContent = left > 0 ? words.inSeconds(left) : '\u2026';
  }

  room.on('state', show);
  window.addEventListener('online', show);
  window.addEventListener('offline', show);
  show();
  return element;
}

const transportName = transport => words.transports[transport] ?? words.transports.ws;
