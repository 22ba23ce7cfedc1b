/**
 * The edits of an inline style as single properties: a script has set others, which stay.
 *
 * @param {HTMLElement} old
 * @param {HTMLElement} next
 * @param {HTMLElement} live
 * @returns {import('./plan-page.js').Operation[]}
 */
export function planStyle(old, next, live) {
  const names = new Set([...old.style, ...next.style]);
  return [...names]
    .map(name => ({ name, was: declared(old, name), value: declared(next, name) }))
    .filter(({ was, value }) => was !== value)
    .map(({ name }) => ({
      do: 'style', node: live, name, value: next.style.getPropertyValue(name), priority: next.style.getPropertyPriority(name),
    }));
}

function declared(element, name) {
  return `${element.style.getPropertyValue(name)} !${element.style.getPropertyPriority(name)}`;
}
