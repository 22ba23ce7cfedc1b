const mostLength = 300;

/** Where we are, as others may see it: no query, since there are secrets in queries. */
export function pageAddress() {
  return (location.pathname + location.hash).slice(0, mostLength);
}

/**
 * Tells the room when its reader goes to another place in a page that stays, hides it, or comes back.
 *
 * @param {import('./room.js').Room} room
 */
export function reportPage(room) {
  let told = '';

  function tell() {
    const now = { url: pageAddress(), title: document.title.slice(0, 100), visible: !document.hidden };
    const text = JSON.stringify(now);
    if (text === told || !room.send({ type: 'page', ...now })) return;
    told = text;
  }

  room.on('welcome', () => {
    told = '';
    queueMicrotask(tell);   // when the room has let us in
  });
  document.addEventListener('visibilitychange', tell);
  window.addEventListener('popstate', tell);
  window.addEventListener('hashchange', tell);
  window.navigation?.addEventListener('currententrychange', tell);
}
