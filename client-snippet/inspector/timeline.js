import { make, makeButton } from '../chat/dom.js';
import { keyOf } from './store.js';
import { timelineRow } from './timeline-row.js';

const rowPx = 30;
const spareRows = 8;
const nearPx = 40;

/**
 * The timeline as a list of which only the visible rows exist. It stays at its end while the reader is there.
 *
 * @param {{ socketOf: (id: string) => any, onSelect: (entry: any | null) => void }} options
 */
export function createTimeline({ socketOf, onSelect }) {
  const rows = make('div', { class: 'rows' });
  const space = make('div', { class: 'space' }, rows);
  const empty = make('p', { class: 'empty' });
  const list = make('div', { class: 'timeline', role: 'listbox', tabindex: '0', 'aria-label': 'Timeline' }, empty, space);
  const newer = makeButton('', 'newer', () => toEnd());
  let shown = [];
  let selected = null;     // the key of an entry
  let atEnd = true;
  let seen = 0;            // how many there were when the reader left the end
  let waiting = false;
  newer.hidden = true;

  function draw() {
    waiting = false;
    space.style.height = `${shown.length * rowPx}px`;
    if (atEnd) list.scrollTop = list.scrollHeight;
    const first = Math.max(0, Math.floor(list.scrollTop / rowPx) - spareRows);
    const last = Math.min(shown.length, Math.ceil((list.scrollTop + list.clientHeight) / rowPx) + spareRows);
    rows.style.transform = `translateY(${first * rowPx}px)`;
    rows.replaceChildren(...shown.slice(first, last).map((entry, i) => {
      const row = timelineRow(entry, socketOf(entry.socket));
      const isSelected = keyOf(entry) === selected;
      row.id = `row-${first + i}`;
      row.setAttribute('aria-selected', String(isSelected));
      row.setAttribute('aria-setsize', String(shown.length));
      row.setAttribute('aria-posinset', String(first + i + 1));
      row.dataset.index = String(first + i);
      if (isSelected) list.setAttribute('aria-activedescendant', row.id);
      return row;
    }));
    const more = shown.length - seen;
    newer.hidden = atEnd || more <= 0;
    newer.textContent = `${more} newer`;
  }

  function drawSoon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(draw);
  }

  function toEnd() {
    atEnd = true;
    drawSoon();
    list.focus();
  }

  function select(index, { scroll = true } = {}) {
    const entry = shown[index];
    selected = entry ? keyOf(entry) : null;
    if (!entry) list.removeAttribute('aria-activedescendant');
    else if (scroll) {
      atEnd = false;
      seen = shown.length;
      const top = index * rowPx;
      if (top < list.scrollTop) list.scrollTop = top;
      else if (top + rowPx > list.scrollTop + list.clientHeight) list.scrollTop = top + rowPx - list.clientHeight;
    }
    onSelect(entry ?? null);
    drawSoon();
  }

  const indexOfSelected = () => shown.findLastIndex(entry => keyOf(entry) === selected);

  list.addEventListener('scroll', () => {
    const wasAtEnd = atEnd;
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearPx;
    if (wasAtEnd && !atEnd) seen = shown.length;
    drawSoon();
  }, { passive: true });
  list.addEventListener('click', event => {
    const row = event.target.closest('[data-index]');
    if (row) select(Number(row.dataset.index), { scroll: false });
  });
  list.addEventListener('keydown', event => {
    const page = Math.max(1, Math.floor(list.clientHeight / rowPx) - 1);
    const at = indexOfSelected();
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? shown.length - 1 : at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: shown.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    select(Math.min(Math.max(to, 0), shown.length - 1));
  });
  new ResizeObserver(drawSoon).observe(list);

  return {
    element: make('div', { class: 'timeline-frame' }, list, newer),
    /**
     * @param {any[]} entries
     * @param {string} nothing what is said when there are none
     */
    show(entries, nothing) {
      shown = entries;
      empty.hidden = entries.length > 0;
      empty.textContent = nothing;
      drawSoon();
    },
    unselect: () => select(-1),
    focus: () => list.focus(),
  };
}
