import { make, makeButton } from './dom.js';
import { words } from './words.js';

// UAX #9: they change the order of what is around them, and so can make code look like other code.
const controls = /[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const copiedMs = 1500;

/**
 * Code as it is: tabs and spaces stay, nothing in it changes the order of its characters unseen.
 *
 * @param {string} code
 * @param {string} [lang] as its writer named it
 */
export function codeBlock(code, lang) {
  const copy = makeButton(words.copy, 'copy', () => copyText(code, copy));
  return make('div', { class: 'code-block' },
    make('div', { class: 'code-head' }, make('bdi', { class: 'lang' }, (lang || words.code).slice(0, 40)), copy),
    make('pre', { dir: 'ltr', tabindex: '0' }, make('code', {}, ...visibleControls(code))));
}

/** The control stays where it is, so that what is selected and copied is exact; its name stands before it. */
function visibleControls(code) {
  const nodes = [];
  let from = 0;
  for (const { 0: control, index } of code.matchAll(controls)) {
    const name = `U+${control.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    nodes.push(code.slice(from, index), make('span', { class: 'control', 'data-name': name, title: name }, control));
    from = index + 1;
  }
  nodes.push(code.slice(from));
  return nodes;
}

/**
 * @param {string} text
 * @param {HTMLElement} button says that it is done
 */
export async function copyText(text, button) {
  const label = button.textContent;
  if (!await writeClipboard(text)) return;
  if (label) button.textContent = words.copied;
  button.classList.add('done');
  setTimeout(() => {
    if (label) button.textContent = label;
    button.classList.remove('done');
  }, copiedMs);
}

async function writeClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByEvent(text);   // not there on plain http from another machine
  }
}

/** The older way: what a copy takes is written into its event. */
function copyByEvent(text) {
  const onCopy = event => {
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener('copy', onCopy, true);
  try {
    return document.execCommand('copy');
  } finally {
    window.removeEventListener('copy', onCopy, true);
  }
}
