const actTypes = ['pointerdown', 'keydown', 'wheel', 'touchstart', 'beforeinput'];

/** Notices that the user has begun to do something: from then on the page is theirs. */
export function watchUser() {
  const watch = { acted: false, stop };
  const note = event => {
    if (!event.isTrusted) return;
    watch.acted = true;
    stop();
  };
  function stop() {
    for (const type of actTypes) window.removeEventListener(type, note, { capture: true });
  }
  for (const type of actTypes) window.addEventListener(type, note, { capture: true, passive: true });
  return watch;
}
