/**
 * Where films and sounds stand, and how loud.
 *
 * @type {import('./page-state.js').Keeper}
 */
export const mediaTimes = {
  name: 'media',
  *collect(roots) {
    for (const media of roots.flatMap(root => [...root.querySelectorAll('audio, video')])) {
      const { currentTime, volume, muted, playbackRate } = media;
      const paused = media.paused || media.ended;
      const asBrought = currentTime === 0 && paused && volume === 1 && muted === media.defaultMuted && playbackRate === media.defaultPlaybackRate;
      if (!asBrought) yield [media, { currentTime, paused, volume, muted, playbackRate }];
    }
  },
  put(media, { currentTime, paused, volume, muted, playbackRate }) {
    Object.assign(media, { volume, muted, playbackRate });
    if (currentTime > 0) goTo(media, currentTime);
    if (paused) media.pause();
    else media.play().catch(() => { /* the browser wants a click first: it stays paused, at the right place */ });
  },
};

/** Before its length is known, a browser may take the wish or forget it. */
function goTo(media, time) {
  media.currentTime = time;
  if (media.readyState === 0) media.addEventListener('loadedmetadata', () => { media.currentTime = time; }, { once: true });
}
