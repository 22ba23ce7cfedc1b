import { make, makeButton } from '../chat/dom.js';
import { jsonOf } from './filters.js';
import { formatBytes, formatMs, formatTime, hexDump } from './format.js';
import { nameOf } from './timeline-row.js';

/**
 * One entry, whole.
 *
 * @param {{ ask: (wish: object) => Promise<any>, onClose: () => void }} options
 */
export function createDetail({ ask, onClose }) {
  const title = make('h2', {});
  const facts = make('dl', { class: 'facts' });
  const tools = make('div', { class: 'tools' });
  const body = make('pre', { class: 'payload', tabindex: '0', 'aria-label': 'Payload' });
  const note = make('p', { class: 'note' });
  const close = makeButton('\u00d7', 'shut', onClose);
  close.setAttribute('aria-label', 'Close the details');
  const element = make('section', { class: 'detail', 'aria-label': 'Details' }, make('header', {}, title, close), facts, tools, body, note);
  element.hidden = true;
  let shown = null;
  let isPretty = true;

  function drawPayload() {
    const { entry, text, hex, isCut } = shown;
    const json = isPretty ? jsonOf(text === entry.text ? entry : { text }) : undefined;
    body.textContent = text === undefined ? hexDump(hex ?? '') : json === undefined ? text : JSON.stringify(json, null, 2);
    body.hidden = !body.textContent;
    const shownBytes = text === undefined ? (hex ?? '').length / 2 : undefined;
    note.textContent = entry.compressed ? 'The two ends packed this payload (permessage-deflate); it is passed on as it is and not unpacked here.'
      : !isCut ? '' : entry.kept < entry.length ? `Of ${formatBytes(entry.length)} the first ${formatBytes(entry.kept)} were kept.`
        : `Shown in part${shownBytes ? `: ${formatBytes(shownBytes)} of ${formatBytes(entry.length)}` : ''}.`;
    note.hidden = !note.textContent;
    tools.replaceChildren(...[
      text !== undefined && jsonOf({ text }) !== undefined ? makeButton(isPretty ? 'As it came' : 'As JSON', 'small', turn) : null,
      entry.cut && isCut && entry.kept === entry.length ? makeButton(`Show all (${formatBytes(entry.length)})`, 'small', showAll) : null,
      text !== undefined || hex ? makeButton('Copy', 'small', copy) : null,
    ].filter(Boolean));
  }

  function turn() {
    isPretty = !isPretty;
    drawPayload();
    tools.querySelector('button')?.focus();   // the one that was pressed is another one now
  }

  async function showAll() {
    const { entry } = shown;
    try {
      const { text, hex, isCut } = await ask({ type: 'payload', socket: entry.socket, n: entry.n });
      if (shown.entry !== entry) return;
      shown = { entry, text, hex, isCut };
      drawPayload();
    } catch (error) {
      note.hidden = false;
      note.textContent = error.message;
    }
  }

  async function copy({ target }) {
    try {
      await navigator.clipboard.writeText(body.textContent);
      if (target) target.textContent = 'Copied';
    } catch {
      getSelection()?.selectAllChildren(body);   // no clipboard without a secure address: ready for the keyboard
    }
  }

  return {
    element,
    /** @param {any | null} entry */
    show(entry) {
      element.hidden = entry === null;
      if (entry === null) return;
      title.textContent = entry.kind === 'frame' ? nameOf(entry) : entry.kind === 'http' ? `${entry.method} ${entry.status}` : `Socket ${entry.kind}`;
      facts.replaceChildren(...entryFactsOf(entry).map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))));
      shown = { entry, text: entry.text, hex: entry.hex, isCut: Boolean(entry.cut) };
      drawPayload();
    },
  };
}

function entryFactsOf(entry) {
  const time = ['Time', formatTime(entry.at)];
  if (entry.kind === 'http') {
    return [time, ['Address', entry.target], ['Answered by', entry.by], ['Type', entry.type || '\u2013'], ['Took', formatMs(entry.ms)],
      ['Body', entry.bytes === undefined ? 'of a length that was not announced' : formatBytes(entry.bytes)]];
  }
  if (entry.kind !== 'frame') return [time, ['Socket', entry.socket], ...(entry.target ? [['Address', entry.target], ['Answered by', entry.by]] : [])];
  return [
    time, ['Socket', entry.socket], ['Direction', entry.dir === 'in' ? 'from the browser' : 'to the browser'], ['Size', `${entry.length} bytes`],
    ...(entry.fragments ? [['Fragments', String(entry.fragments)]] : []),
    ...(entry.code !== undefined ? [['Code', `${entry.code} ${closeNames[entry.code] ?? ''}`], ['Reason', entry.reason || '\u2013']] : []),
    ...(entry.dropped ? [['Dropped', 'taken out on the host\u2019s wish']] : []),
  ];
}

// RFC 6455, section 7.4.1, and ours.
const closeNames = {
  1000: 'normal', 1001: 'going away', 1002: 'protocol error', 1003: 'unsupported data', 1005: 'no code', 1007: 'not UTF-8', 1008: 'policy', 1009: 'too big',
  1011: 'server error', 1012: 'restart', 1013: 'try again later', 4008: 'reads too slowly', 4103: 'sent out of the room',
};
