/**
 * Counts what was said while nobody was looking.
 *
 * @param {{ isSeen: () => boolean, show: (count: number) => void }} options
 */
export function createUnread({ isSeen, show }) {
  let count = 0;

  function set(next) {
    if (next === count) return;
    count = next;
    show(count);
  }

  return {
    add: () => set(isSeen() ? 0 : count + 1),
    clear: () => set(0),
  };
}

/** In the title of the room's own page, and only while it is hidden. In other pages the title belongs to the page. */
export function countInTitle() {
  const title = document.title;
  return count => { document.title = count ? `(${count}) ${title}` : title; };
}
