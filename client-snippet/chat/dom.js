/**
 * Makes an element. Text only ever becomes a text node, and no attribute here can hold a script.
 *
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string | null | undefined)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/**
 * @param {string | Node} label
 * @param {string} className
 * @param {() => void} onClick
 */
export function makeButton(label, className, onClick) {
  const element = make('button', { type: 'button', class: className }, label);
  element.addEventListener('click', onClick);
  return element;
}

/**
 * A button that is a picture, with its name for those who do not see it.
 *
 * @param {keyof typeof iconPaths} icon
 * @param {string} label
 * @param {string} className
 * @param {() => void} onClick
 */
export function makeIconButton(icon, label, className, onClick) {
  const element = makeButton(makeIcon(icon), `icon-button ${className}`, onClick);
  element.setAttribute('aria-label', label);
  element.title = label;
  return element;
}

const svg = 'http://www.w3.org/2000/svg';

// Lines on a grid of 20, drawn with the colour of the text.
const iconPaths = {
  close: 'M5 5 15 15M15 5 5 15',
  more: 'M4 10h.01M10 10h.01M16 10h.01',
  send: 'M3.5 10 16.5 4 13 16.5 9.6 11.2ZM9.6 11.2 16.5 4',
  code: 'M7 5.5 2.5 10 7 14.5M13 5.5 17.5 10 13 14.5',
  pin: 'M10 17.5s5.5-4.9 5.5-9.2a5.5 5.5 0 0 0-11 0c0 4.300 5.5 9.2 5.5 9.2ZM10 10.300a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  reply: 'M8 5 3.500 9.500 8 14M3.500 9.500H12a4.500 4.500 0 0 1 4.500 4.500v1.500',
  edit: 'M4 16l.7-3.300L13.300 4.100a1.400 1.400 0 0 1 2 0l.6.6a1.400 1.400 0 0 1 0 2L7.300 15.300Z',
  remove: 'M4 6h12M8 6V4h4v2M5.500 6l.8 10.500h7.400L14.500 6',
  copy: 'M7.500 7.500h8.500v9H7.500ZM12.500 7.500V4H4v9h3.500',
  down: 'M10 4v11M5.500 10.500 10 15l4.500-4.500',
  file: 'M5 3h6.500L15 6.500V17H5ZM11.500 3v3.500H15',
};

/** @param {keyof typeof iconPaths} name */
export function makeIcon(name) {
  const icon = document.createElementNS(svg, 'svg');
  for (const [key, value] of [['viewBox', '0 0 20 20'], ['class', `icon icon-${name}`], ['aria-hidden', 'true']]) icon.setAttribute(key, value);
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', iconPaths[name]);
  icon.append(path);
  return icon;
}

/** What a screen reader reads and nobody sees. */
export const makeHidden = (tag, text) => make(tag, { class: 'hidden' }, text);

/** A name keeps its own direction, whatever stands next to it. */
export const makeName = (name, className = 'author') => make('bdi', { class: className }, name);
