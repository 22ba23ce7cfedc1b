import { make, makeButton } from '../chat/dom.js';

const typeNames = [['text', 'Text'], ['binary', 'Binary'], ['ping', 'Ping, pong'], ['close', 'Open, close'], ['http', 'HTTP']];
const directions = [['all', 'All'], ['in', '\u2191 From browsers'], ['out', '\u2193 To browsers']];

/**
 * What is to be shown of the timeline.
 *
 * @param {{ onChange: () => void, onClear: () => void, onFreeze: (on: boolean) => void }} options
 */
export function createToolbar({ onChange, onClear, onFreeze }) {
  const query = make('input', { type: 'search', placeholder: 'text, /regex/ or $.path = value', 'aria-label': 'Filter', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'filter-problem' });
  const problem = make('span', { class: 'problem', id: 'filter-problem', role: 'alert' });
  const skipped = make('span', { class: 'skipped' });
  const direction = make('select', { 'aria-label': 'Direction' }, ...directions.map(([value, name]) => make('option', { value }, name)));
  const types = new Set();
  const chips = typeNames.map(([type, name]) => {
    const chip = makeButton(name, 'chip', () => {
      if (!types.delete(type)) types.add(type);
      chip.setAttribute('aria-pressed', String(types.has(type)));
      onChange();
    });
    chip.setAttribute('aria-pressed', 'false');
    return chip;
  });
  let frozen = false;
  const freeze = makeButton('Hold', 'small', () => {
    frozen = !frozen;
    freeze.textContent = frozen ? 'Go on' : 'Hold';
    freeze.setAttribute('aria-pressed', String(frozen));
    onFreeze(frozen);
  });
  freeze.title = 'Holds the view still; what happens meanwhile is not lost.';

  query.addEventListener('input', onChange);
  direction.addEventListener('change', onChange);

  return {
    element: make('div', { class: 'toolbar', role: 'search' }, make('div', { class: 'query' }, query, problem), direction,
      make('div', { class: 'chips', role: 'group', 'aria-label': 'Types' }, ...chips), skipped, make('span', { class: 'gap' }), freeze, makeButton('Clear', 'small', onClear)),
    get wanted() { return { query: query.value, direction: direction.value, types }; },
    focus: () => query.focus(),
    /**
     * @param {string} text what is wrong with the filter
     * @param {number} missed how many entries were too many to be shown
     */
    say(text, missed) {
      problem.textContent = text;
      query.setAttribute('aria-invalid', String(text !== ''));
      skipped.textContent = missed ? `${missed} too many to show` : '';
    },
  };
}
