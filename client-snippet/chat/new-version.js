import { words } from './words.js';

/**
 * The room's own page is not reloaded under somebody's fingers: while text stands in its field, it offers the new version instead.
 *
 * @param {{ hasText: boolean, say: (text: string, action: { label: string, run: () => void }) => void }} view
 */
export function keepWhileTyping(view) {
  window.addEventListener('liveserve:before', event => {
    if (!view.hasText) return;
    event.preventDefault();
    view.say(words.newVersion, { label: words.loadIt, run: () => location.reload() });
  });
}
