import { make } from '../chat/dom.js';
import { formatBytes, formatMs, formatTime, onOneLine } from './format.js';

const mostRowText = 300;

/**
 * One line of the timeline.
 *
 * @param {any} entry
 * @param {any} [socket]
 */
export function timelineRow(entry, socket) {
  const row = make('div', { class: `entry is-${entry.op ?? entry.kind}`, role: 'option' },
    make('time', { datetime: new Date(entry.at).toISOString() }, formatTime(entry.at)),
    make('span', { class: 'who' }, entry.socket ?? ''),
    ...({ frame, http, opened, ended }[entry.kind]?.(entry, socket) ?? []));
  if (entry.dropped) row.classList.add('dropped');
  if (entry.kind === 'http' && entry.status >= 400) row.classList.add('failed');
  return row;
}

function frame(entry) {
  return [
    arrow(entry.dir),
    make('span', { class: 'what' }, nameOf(entry)),
    make('span', { class: 'text' }, rowText(entry)),
    make('span', { class: 'size' }, formatBytes(entry.length)),
  ];
}

function http(entry) {
  return [
    make('span', { class: 'arrow', 'aria-hidden': 'true' }, '\u21c4'),
    make('span', { class: 'what' }, entry.method),
    make('span', { class: 'text' }, make('span', { class: 'reply' }, String(entry.status)), ` ${onOneLine(entry.target)}`),
    make('span', { class: 'by' }, entry.by),
    make('span', { class: 'size' }, `${entry.bytes === undefined ? '' : `${formatBytes(entry.bytes)}, `}${formatMs(entry.ms)}`),
  ];
}

function opened(entry) {
  return [mark('\u25b8'), make('span', { class: 'what' }, 'opened'), make('span', { class: 'text' }, onOneLine(entry.target)), make('span', { class: 'by' }, entry.by)];
}

function ended() {
  return [mark('\u25a0'), make('span', { class: 'what' }, 'ended'), make('span', { class: 'text' })];
}

const mark = sign => make('span', { class: 'arrow', 'aria-hidden': 'true' }, sign);

/** @param {'in' | 'out'} dir */
function arrow(dir) {
  const sign = make('span', { class: `arrow ${dir}`, role: 'img', 'aria-label': dir === 'in' ? 'from the browser' : 'to the browser' }, dir === 'in' ? '\u2191' : '\u2193');
  sign.title = dir === 'in' ? 'from the browser' : 'to the browser';
  return sign;
}

/** What a frame is called. */
export function nameOf({ op, unfinished, fragments }) {
  if (op === 'continuation') return unfinished ? 'fragment' : 'last fragment';
  if (unfinished) return `${op}, first fragment`;
  return fragments ? `${op}, ${fragments} fragments` : op;
}

function rowText(entry) {
  if (entry.code !== undefined) return `${entry.code}${entry.reason ? ` ${onOneLine(entry.reason)}` : ''}`;
  if (entry.compressed) return 'compressed';
  if (entry.text !== undefined) return onOneLine(entry.text.slice(0, mostRowText));
  return entry.hex ? entry.hex.slice(0, mostRowText / 2).replace(/../g, '$& ') : '';
}
