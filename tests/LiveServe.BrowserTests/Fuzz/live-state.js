/**
 * Does to a page what scripts and visitors do, at random places: nodes of their own, classes, attributes, styles, typed text.
 *
 * @param {Document} live
 * @param {ReturnType<typeof import('./random-pages.js').dice>} random
 */
export function disturb(live, { roll, pick }) {
  const elements = [...live.body.querySelectorAll('*')].filter(element => element instanceof live.defaultView.HTMLElement);
  const parents = [live.body, ...elements.filter(element => ['DIV', 'SECTION', 'UL', 'P', 'TD', 'LI', 'DD'].includes(element.nodeName))];
  const made = Array.from({ length: roll(4) }, () => {
    const parent = pick(parents);
    const node = live.createElement(pick(['x-made', parent.nodeName === 'UL' ? 'li' : 'div']));
    node.setAttribute('made-by', 'script');
    node.append(pick(['made', 'x', '']));
    parent.insertBefore(node, parent.childNodes[roll(parent.childNodes.length + 1)] ?? null);
    return { node, parent };
  });
  const dressed = Array.from({ length: Math.min(roll(5), elements.length) }, () => pick(elements));
  for (const element of dressed) {
    element.classList.add('js-on');
    element.setAttribute('js-state', 'on');
    element.style.setProperty('--js', '1');
  }
  const typed = [...live.querySelectorAll('input, textarea')].filter(() => roll(2) === 0);
  for (const field of typed) field.value = 'typed by the visitor';

  return {
    /** What was lost although the element it belongs to is still there; null when nothing was. */
    check() {
      if (made.some(({ node, parent }) => parent.isConnected && node.parentNode !== parent)) return 'a node that a script made is gone';
      if (dressed.some(element => !element.classList.contains('js-on') || element.getAttribute('js-state') !== 'on')) return 'a class or attribute of a script is gone';
      if (dressed.some(element => element.style.getPropertyValue('--js') !== '1')) return 'a style that a script set is gone';
      return typed.some(field => field.value !== 'typed by the visitor') ? 'typed text is gone' : null;
    },
    /** Takes it all away again: what is left must be the new source. */
    undo() {
      for (const { node } of made) node.remove();
      for (const element of dressed) {
        element.classList.remove('js-on');
        if (element.classList.length === 0) element.removeAttribute('class');
        element.removeAttribute('js-state');
        element.style.removeProperty('--js');
        if (element.getAttribute('style') === '') element.removeAttribute('style');
      }
    },
  };
}
