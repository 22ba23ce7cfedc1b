/**
 * Makes an element. Text only ever becomes a text node, and no attribute here can hold a script.
 *
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {string} label
 * @param {string} className
 * @param {() => void} onClick
 */
export function makeButton(label, className, onClick) {
  const element = make('button', { type: 'button', class: className }, label);
  element.addEventListener('click', onClick);
  return element;
}
