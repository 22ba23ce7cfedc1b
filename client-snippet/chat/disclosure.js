import { make } from './dom.js';

/**
 * A button with something below it that opens and closes.
 *
 * @param {HTMLElement} button
 * @param {HTMLElement} content
 * @param {() => void} [onOpen]
 */
export function createDisclosure(button, content, onOpen) {
  const element = make('div', { class: 'disclosure' }, button, content);

  function set(open) {
    content.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    if (open) onOpen?.();
  }

  button.addEventListener('click', () => set(content.hidden));
  element.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || content.hidden) return;
    event.stopPropagation();
    set(false);
    button.focus();
  });
  element.addEventListener('focusout', event => {
    if (event.relatedTarget && !element.contains(event.relatedTarget)) set(false);
  });
  set(false);
  return { element, close: () => set(false), get isOpen() { return !content.hidden; } };
}
