const xhtml = 'http://www.w3.org/1999/xhtml';   // a page that is XML makes other elements by default

/**
 * Makes an element. Text only ever becomes a text node.
 *
 * @param {string} tag
 * @param {string} className
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function makePart(tag, className, ...children) {
  const part = document.createElementNS(xhtml, tag);
  part.className = className;
  part.append(...children);
  return part;
}

/**
 * @param {string} className
 * @param {string} label
 * @param {() => void} press
 */
export function makeOverlayButton(className, label, press) {
  const button = makePart('button', className, label);
  button.type = 'button';
  button.addEventListener('click', press);
  return button;
}
