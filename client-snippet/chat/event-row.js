import { make, makeName } from './dom.js';
import { clockTime, exactTime } from './times.js';
import { words } from './words.js';

const foldMs = 60_000;

/**
 * A line about what happened, between the messages. Saves that follow one another are one line.
 *
 * @param {any} event
 */
export function createEventRow(event) {
  const paths = new Set();
  let more = 0;
  let last = 0;
  const text = make('span', { class: 'happened', dir: words.dir });
  const time = make('time', { dir: 'auto' });
  const element = make('div', { class: Object.hasOwn(words.events, event.kind) ? `event ${event.kind}` : 'event', 'aria-live': 'off' }, text, time);

  function add(next) {
    last = Date.parse(next.at);
    if (next.path) paths.add(next.path);
    more += next.count ?? 0;
    text.replaceChildren(...partsOf({ ...next, more: more + Math.max(0, paths.size - 1) }));
    time.setAttribute('datetime', next.at);
    time.title = [exactTime(next.at), ...[...paths].slice(0, 20)].join('\n');
    time.textContent = clockTime(next.at);
  }

  add(event);
  return {
    element,
    at: event.at,
    /** Takes another event into the same line, or says that it needs its own. */
    fold(next) {
      if (next.kind !== 'saved' || event.kind !== 'saved' || !(Date.parse(next.at) - last < foldMs)) return false;
      add(next);
      return true;
    },
  };
}

function partsOf(event) {
  const line = Object.hasOwn(words.events, event.kind) ? words.events[event.kind](event) : [event.text ?? event.path ?? ''];
  return line.map((part, i) => (i % 2 ? make('bdi', {}, part ?? '') : makeName(part ?? '', 'what')));
}
