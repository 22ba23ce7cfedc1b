/**
 * What the server says through the attributes of our script element, and where we are.
 *
 * @typedef {object} Settings
 * @property {string} base       where our own files live; ends with a slash
 * @property {string} [boot]     the server process that sent this page
 * @property {number} [seq]      the last batch of changes that this page already contains
 * @property {string} [doc]      the hash of the source that the page shows now
 * @property {boolean} plainParse whether the page names no policy, so that text may be parsed in any way
 * @property {string} transport  `auto`, `ws`, `sse` or `poll`
 * @property {string} console   what of the page's console goes to the terminal: `off`, `error`, `warn`, `info`, `debug`
 * @property {boolean} chat      whether there is a room at all
 * @property {boolean} launcher  whether pages get a button for it
 * @property {boolean} top       whether this is the page of a tab, not a frame
 * @property {boolean} room      whether this is the room's own page
 */

/** Where our own files live; ends with a slash. Never relative to the document: a <base> element must not move us. */
export const ownBase = new URL('./', scriptAddress(document.currentScript)).href;

/** In SVG the address stands in href. */
function scriptAddress(script) {
  return new URL(script?.src ?? script?.href?.baseVal ?? '/__liveserve/client.js', location.href);
}

/**
 * Reads the settings and takes our element out of the page, so that the page's selectors see only its own elements.
 *
 * @returns {Settings | null} null when a client already runs in this window
 */
export function readSettings() {
  const script = document.currentScript;
  const data = script?.dataset ?? {};
  script?.remove();
  if (!claimWindow()) return null;

  const seq = Number.parseInt(data.seq ?? '', 10);
  return {
    base: ownBase,
    boot: data.boot,
    seq: Number.isNaN(seq) ? undefined : seq,
    doc: data.doc,
    plainParse: data.policy !== 'yes',
    transport: data.transport ?? 'auto',
    console: data.console ?? 'error',
    chat: data.chat !== 'off',
    launcher: data.launcher !== 'off',
    top: window.top === window,
    room: document.documentElement.hasAttribute('data-liveserve-room'),
  };
}

/** A page may carry our script twice: from the server, and from a copy of the served page that somebody saved. */
function claimWindow() {
  const mark = Symbol.for('liveserve.client');
  if (window[mark]) return false;
  Object.defineProperty(window, mark, { value: true });   // not enumerable: invisible to whoever lists the globals
  return true;
}
