/**
 * How far the page and everything in it is scrolled.
 *
 * @type {import('./page-state.js').Keeper}
 */
export const scrollPlaces = {
  name: 'scroll',
  *collect(roots) {
    const page = document.scrollingElement;
    if (page && (window.scrollX || window.scrollY)) yield [page, [window.scrollX, window.scrollY]];
    for (const element of roots.flatMap(root => [...root.querySelectorAll('*')])) {
      if (element !== page && (element.scrollLeft || element.scrollTop)) yield [element, [element.scrollLeft, element.scrollTop]];
    }
  },
  put(element, [left, top]) {
    // Such a page looks after its own place, as it would after any reload. Its scrollers are not meant by that.
    if (element === document.scrollingElement && history.scrollRestoration === 'manual') return;
    element.scrollTo({ left, top, behavior: 'instant' });
  },
};
