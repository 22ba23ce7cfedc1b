import { createHeartbeat } from './heartbeat.js';
import { createDispatcher } from './dispatcher.js';

// Short enough that a restarted server is found at once, bounded so that a stopped one costs nothing.
const firstRetryMs = 100;
const lastRetryMs = 2000;
const greetingMs = 10_000;

/** @typedef {'connecting' | 'open' | 'lost'} ConnectionState */

/**
 * The one socket of this page. It never gives up; it is `open` from the server's first frame on.
 *
 * @typedef {ReturnType<typeof createConnection>} Connection
 * @param {string} base where our own files live
 */
export function createConnection(base) {
  const url = new URL('ws', base);
  url.protocol = url.protocol.replace('http', 'ws');
  const messages = createDispatcher();
  const states = createDispatcher();
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {ConnectionState} */
  let state = 'connecting';
  let delay = firstRetryMs;
  let timer = 0;
  let refused = false;
  let greeting = null;

  const heartbeat = createHeartbeat({ ping: () => send({ type: 'ping', t: Date.now() }), dead: () => drop(0) });

  function send(message) {
    if (state !== 'open' || socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  }

  function connect() {
    clearTimeout(timer);
    if (socket || refused) return;
    try {
      const mine = socket = new WebSocket(url, 'liveserve.1');
      mine.onmessage = event => { if (socket === mine) receive(event.data); };
      mine.onclose = () => { if (socket === mine) drop(); };
      timer = setTimeout(drop, greetingMs);   // something answers the port, but it is not us
    } catch {
      drop();
    }
  }

  function receive(text) {
    heartbeat.seen();
    const message = parse(text);
    if (typeof message?.type !== 'string') return;
    if (message.type === 'connected') {
      clearTimeout(timer);
      delay = firstRetryMs;
      greeting = message;
      heartbeat.start(message.heartbeatMs);
      become('open');
    }
    messages.emit(message.type, message);
  }

  /** Lets go of the socket and comes back later; jitter keeps fifty tabs from coming back in one instant. */
  function drop(after = delay * (0.75 + Math.random() / 2)) {
    const old = socket;
    socket = null;
    old?.close();
    heartbeat.stop();
    clearTimeout(timer);
    become('lost');
    if (refused) return;
    timer = setTimeout(connect, after);
    delay = Math.min(delay * 2, lastRetryMs);
  }

  function become(next) {
    if (state === next) return;
    state = next;
    states.emit('state', next);
  }

  /** The moments at which waiting any longer makes no sense. A socket that seems open may have died in its sleep. */
  function wake() {
    if (socket) return void heartbeat.check();
    delay = firstRetryMs;
    connect();
  }

  window.addEventListener('online', wake);
  window.addEventListener('pageshow', event => { if (event.persisted) wake(); });
  document.addEventListener('visibilitychange', () => (document.hidden ? heartbeat.pause() : wake()));
  document.addEventListener('securitypolicyviolation', event => {
    if (refused || event.disposition !== 'enforce' || !event.blockedURI.startsWith(url.origin)) return;
    refused = event.effectiveDirective === 'connect-src';   // no retry would succeed, each would be one more red line
    if (refused) console.warn(`[liveserve] this page's Content-Security-Policy forbids ${url}: no live updates here`);
  });

  return {
    connect,
    send,
    get state() { return state; },
    /** The last `connected` frame, for those who subscribe after it came. */
    get greeting() { return greeting; },
    on: messages.on,
    onState: handler => states.on('state', handler),
  };
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;   // not ours to complain: unknown frames are ignored
  }
}
