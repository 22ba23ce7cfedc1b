import { localPath } from '../paths.js';

/**
 * How sound or film changes: it goes on where it was.
 *
 * @param {Element} element
 * @param {string} name
 * @param {string} text
 * @param {import('./restamp.js').Restamp} restamp
 * @returns {(() => void) | undefined} undefined when it is nothing that plays
 */
export function mediaChange(element, name, text, { path }) {
  const media = element.localName === 'source' ? element.parentElement : element;
  if (!(media instanceof HTMLMediaElement) || name === 'poster' || localPath(media.currentSrc) !== path) return undefined;
  return () => {
    const { currentTime, paused, playbackRate } = media;
    element.setAttribute(name, text);
    media.load();   // a source element is looked at only then
    media.playbackRate = playbackRate;
    media.addEventListener('loadedmetadata', () => {
      media.currentTime = Math.min(currentTime, media.duration || 0);
      if (!paused) media.play().catch(() => {});   // the browser may want to be touched first
    }, { once: true });
  };
}
