import { make } from './dom.js';
import { words } from './words.js';

/**
 * A page of this site, to go there. Anything else that claims to be one is text.
 *
 * @param {string} path
 */
export function pageLink(path) {
  const url = path.startsWith('/') ? ownUrl(path) : null;
  if (!url) return make('bdi', { class: 'page' }, path);
  return make('a', { class: 'page', href: url.href, title: words.goTo(path) }, make('bdi', {}, path));
}

function ownUrl(path) {
  try {
    const url = new URL(path, location.origin);
    return url.origin === location.origin ? url : null;   // `//elsewhere` begins with a slash, too
  } catch {
    return null;
  }
}
