// The room keeps it under the same name: one key for both.
const storageName = 'liveserve.room.host';

/**
 * The key that proves the host. It comes by the link that the terminal prints (`#host=KEY`), leaves the address at once, and is kept by this browser.
 *
 * @typedef {ReturnType<typeof createHostKey>} HostKey
 */
export function createHostKey() {
  let kept = '';
  const given = new URLSearchParams(location.hash.slice(1)).get('host');
  if (given) {
    history.replaceState(null, '', location.pathname + location.search);
    keep(given);
  }

  function keep(value) {
    kept = value;
    try {
      if (value) localStorage.setItem(storageName, value);
      else localStorage.removeItem(storageName);
    } catch { /* kept for as long as the page lives */ }
  }

  return {
    get value() {
      try {
        return localStorage.getItem(storageName) || kept;
      } catch {
        return kept;
      }
    },
    keep,
    /** It is one of an earlier run. */
    forget: () => keep(''),
  };
}
