import { localPath } from '../paths.js';
import { loadsOf } from '../loads.js';
import { fileName } from '../outcomes.js';

/**
 * What a script has read it may show in any way. It is asked first: `liveserve:data` on `window`, and `preventDefault()` says that the page
 * brings itself up to date. Else only a reload does.
 *
 * @param {{ url: string, seq?: number }} item
 * @param {number} version
 * @param {string[]} [initiators] which kinds of load count (Resource Timing, initiatorType); without it all but those of elements and sheets
 * @returns {import('../outcomes.js').Outcome} `ignored` when no script has read it
 */
export function readByScript(item, version, initiators) {
  const path = localPath(item.url);
  const types = loadsOf(path).flatMap(load => [...load.types]);
  if (isPreloadedData(path)) types.push('fetch');
  if (!types.some(type => (initiators ? initiators.includes(type) : !shownByMarkup.has(type)))) return { result: 'ignored' };
  const event = new CustomEvent('liveserve:data', { cancelable: true, detail: { url: item.url, seq: item.seq, version } });
  if (!window.dispatchEvent(event)) return { result: 'hot' };
  return { result: 'reload', why: `${fileName(item.url)} was read by a script` };
}

const shownByMarkup = new Set([
  'audio', 'body', 'css', 'embed', 'feimage', 'frame', 'icon', 'iframe', 'image', 'img', 'input', 'link', 'object', 'source', 'track', 'use', 'video',
]);

/** A fetch that finds its answer preloaded leaves no trace of its own. */
function isPreloadedData(path) {
  return Array.from(document.querySelectorAll('link[rel~=preload][as=fetch]')).some(link => localPath(link.href) === path);
}
