import { createHeartbeat } from './heartbeat.js';
import { createDispatcher } from './dispatcher.js';
import { createChoice } from './transports/choice.js';
import { openFallback } from './transports/lazy-fallback.js';
import { openWebSocket, socketUrl } from './transports/web-socket.js';

// Short enough that a restarted server is found at once, bounded so that a stopped one costs nothing.
const firstRetryMs = 100;
const lastRetryMs = 2000;
// What answers later is not us, or does not get through.
const greetingMs = 3000;
const socketAgainMs = 60_000;

/** @typedef {'connecting' | 'open' | 'lost'} ConnectionState */

/**
 * The one connection of this page, over whatever gets through. It never gives up; it is `open` from the server's first message on.
 *
 * @typedef {ReturnType<typeof createConnection>} Connection
 * @param {string} base where our own files live
 * @param {string} wanted `auto`, or the only transport: `ws`, `sse`, `poll`
 */
export function createConnection(base, wanted = 'auto') {
  const socketOrigin = socketUrl(base).origin;
  const messages = createDispatcher();
  const states = createDispatcher();
  const choice = createChoice(wanted);
  /** @type {import('./transports/web-socket.js').Transport | null} */
  let current = null;
  /** @type {ConnectionState} */
  let state = 'connecting';
  let kind = choice.kind;
  let delay = firstRetryMs;
  let timer = 0;
  let socketTimer = 0;
  let refused = false;
  let greeting = null;
  let closeCode = 0;
  let retryAt = 0;

  const heartbeat = createHeartbeat({ ping: () => send({ type: 'ping', t: Date.now() }), dead: () => drop('ended', 0, 0) });

  function send(message) {
    return state === 'open' && current !== null && current.send(JSON.stringify(message));
  }

  function connect() {
    clearTimeout(timer);
    if (current || refused) return;
    kind = choice.kind;
    timer = setTimeout(drop, greetingMs, 'hung');
    try {
      const mine = current = open(kind, {
        onMessage: message => { if (current === mine) receive(message); },
        onEnd: (how, code) => { if (current === mine) drop(how, code); },
      });
    } catch {
      drop('ended');
    }
  }

  const open = (which, listener) => (which === 'ws' ? openWebSocket(base, listener) : openFallback(which, base, listener));

  function receive(message) {
    heartbeat.seen();
    if (typeof message?.type !== 'string') return;
    if (message.type === 'connected') {
      clearTimeout(timer);
      delay = firstRetryMs;
      greeting = message;
      choice.works(kind);
      heartbeat.start(message.heartbeatMs);
      trySocketLater();
      become('open');
    }
    messages.emit(message.type, message);
  }

  /** Lets go of the transport and comes back later; jitter keeps fifty tabs from coming back in one instant. */
  function drop(how, code = 0, wait = delay * (0.75 + Math.random() / 2)) {
    const old = current;
    const another = state !== 'open' && choice.failed(how);
    current = null;
    old?.close();
    heartbeat.stop();
    clearTimeout(timer);
    clearTimeout(socketTimer);
    if (another) wait = 0;
    [closeCode, retryAt] = [code, refused ? 0 : Date.now() + wait];
    become('lost');
    if (refused) return;
    timer = setTimeout(connect, wait);
    delay = Math.min(delay * 2, lastRetryMs);
  }

  function trySocketLater() {
    clearTimeout(socketTimer);
    if (choice.prefersSocket) socketTimer = setTimeout(trySocket, socketAgainMs);
  }

  /** The network may have become another. What is in use stays so until the socket has said its first word. */
  function trySocket() {
    const patience = setTimeout(() => {
      trial.close();
      trySocketLater();
    }, greetingMs);
    const trial = openWebSocket(base, {
      onMessage(message) {
        if (current !== trial) {
          clearTimeout(patience);
          current?.close();
          current = trial;
          kind = 'ws';
        }
        receive(message);
      },
      onEnd(how, code) {
        clearTimeout(patience);
        if (current === trial) drop(how, code);
        else trySocketLater();
      },
    });
  }

  function become(next) {
    if (state === next) return;
    state = next;
    states.emit('state', next);
  }

  /** The moments at which waiting any longer makes no sense. A socket that seems open may have died in its sleep. */
  function wake() {
    if (current) return void heartbeat.check();
    delay = firstRetryMs;
    connect();
  }

  window.addEventListener('online', wake);
  window.addEventListener('pageshow', event => { if (event.persisted) wake(); });
  document.addEventListener('visibilitychange', () => (document.hidden ? heartbeat.pause() : wake()));
  document.addEventListener('securitypolicyviolation', ({ disposition, effectiveDirective, blockedURI }) => {
    if (refused || disposition !== 'enforce' || !(blockedURI.startsWith(socketOrigin) || blockedURI.startsWith(base))) return;
    refused = effectiveDirective === 'connect-src';   // no retry would succeed, each would be one more red line
    if (refused) console.warn(`[liveserve] this page's Content-Security-Policy forbids ${blockedURI}: no live updates here`);
  });

  return {
    connect,
    send,
    get state() { return state; },
    /** What is in use, or being tried: `ws`, `sse` or `poll`. */
    get transport() { return kind; },
    /** Why it was lost the last time: the code of the close frame, or 0. */
    get closeCode() { return closeCode; },
    /** When it is tried again, as `Date.now()` counts; 0 when it is not. */
    get retryAt() { return state === 'open' ? 0 : retryAt; },
    /** The last `connected` frame, for those who subscribe after it came. */
    get greeting() { return greeting; },
    on: messages.on,
    onState: handler => states.on('state', handler),
  };
}
