import { make } from '../dom.js';
import { words } from '../words.js';
import { pinFor } from './element-place.js';

/**
 * Lets somebody choose an element of the page. The page sees nothing of it: a sheet of ours lies above.
 *
 * @param {ShadowRoot} root
 * @returns {Promise<import('./element-place.js').Pin | null>} null when they changed their mind
 */
export function pickElement(root) {
  const outline = make('div', { class: 'pick-outline' });
  const label = make('span', { class: 'pick-label' });
  const hint = make('div', { class: 'pick-hint', role: 'status' });
  const sheet = make('div', { class: 'pick-sheet', tabindex: '0', role: 'application', 'aria-label': words.pick }, outline, hint);
  let target = document.body;
  outline.append(label);
  root.append(sheet);
  sheet.focus();
  hint.textContent = words.pick;
  show(target);

  return new Promise(resolve => {
    function end(pin) {
      removeEventListener('scroll', follow, true);
      sheet.remove();
      resolve(pin);
    }

    function follow() {
      show(target);
    }

    sheet.addEventListener('pointermove', event => show(elementAt(event)));
    sheet.addEventListener('click', event => end(pinFor(elementAt(event) ?? target)));
    sheet.addEventListener('keydown', event => {
      event.stopPropagation();
      if (event.key === 'Escape') return end(null);
      if (event.key === 'Enter') return end(pinFor(target));
      const next = neighbour(target, event.key);
      if (!next) return;
      event.preventDefault();
      next.scrollIntoView({ block: 'nearest' });
      show(next);
    });
    addEventListener('scroll', follow, true);
  });

  function show(element) {
    if (!element) return;
    target = element;
    const { left, top, width, height } = element.getBoundingClientRect();
    Object.assign(outline.style, { translate: `${left}px ${top}px`, width: `${width}px`, height: `${height}px` });
    label.textContent = `<${element.localName}>`;
    outline.classList.toggle('low', top < 28);
  }
}

function elementAt({ clientX, clientY }) {
  return document.elementsFromPoint(clientX, clientY).find(element => isOfPage(element)) ?? null;
}

const isOfPage = element => Boolean(element) && !element.localName.startsWith('liveserve-') && element !== document.documentElement;

function neighbour(element, key) {
  switch (key) {
    case 'ArrowUp': return element === document.body ? null : element.parentElement;
    case 'ArrowDown': return element.firstElementChild;
    case 'ArrowLeft': return element === document.body ? null : element.previousElementSibling;
    case 'ArrowRight': return element === document.body ? null : element.nextElementSibling;
    default: return null;
  }
}
