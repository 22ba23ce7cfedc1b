import { joinStream } from './shared-stream.js';
import { createPoster } from './poster.js';

/**
 * A connection made of requests: opened by one, told by a stream or by polls, and posting what it says.
 *
 * @param {'sse' | 'poll'} kind
 * @param {string} base
 * @param {import('./web-socket.js').TransportListener} listener
 * @returns {import('./web-socket.js').Transport}
 */
export function open(kind, base, { onMessage, onEnd }) {
  let id = '';
  let over = false;
  let poster = null;
  let stream = null;
  const address = query => new URL(`open?${query}`, base);

  async function begin() {
    try {
      const answer = await fetch(address('protocol=liveserve.1'), { method: 'POST', priority: 'high' });
      if (!answer.ok) return end('unreachable');
      id = (await answer.json()).id;
    } catch {
      return end('unreachable');
    }
    if (over) return leave();
    poster = createPoster(base, id, () => end('ended'));
    stream = joinStream({ kind, base, id, onEnd: () => end('ended'), onMessage: take });
  }

  function take(message) {
    if (message.type === 'closed') end('ended', message.code);
    else if (!over) onMessage(message);
  }

  function end(how, code) {
    if (over) return;
    close();
    onEnd(how, code);
  }

  function close() {
    if (over) return;
    over = true;
    window.removeEventListener('pagehide', hide);
    stream?.close();
    leave();
  }

  /** So that nobody is thought to be here for half a minute more. */
  function leave() {
    if (id) fetch(address(`id=${id}`), { method: 'DELETE', keepalive: true }).catch(() => {});
  }

  const hide = () => end('ended');   // a page that is kept for the way back hears nothing meanwhile
  window.addEventListener('pagehide', hide);
  begin();
  return { send: text => !over && Boolean(poster?.send(text)), close };
}
