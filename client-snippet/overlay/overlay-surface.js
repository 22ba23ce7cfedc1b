import { keepEventsInside } from '../chat-host.js';
import { makePart } from './overlay-parts.js';
import { overlayStyles } from './overlay-styles.js';

/**
 * Where the overlay is drawn: an element that stands in the page only while there is something to see, above everything, in the top layer
 * where the browser has one. It takes neither focus nor scroll.
 *
 * @param {HTMLElement} card
 */
export function createOverlaySurface(card) {
  const host = makePart('liveserve-overlay', '');
  host.removeAttribute('class');
  const shadow = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();   // neither a CSP for styles nor Trusted Types object to it
  sheet.replaceSync(overlayStyles);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(card);
  keepEventsInside(shadow);
  if ('popover' in host) host.popover = 'manual';

  /** The last one to enter the top layer stands above the others: above a modal dialog, too. */
  function raise() {
    const arrives = !host.isConnected;
    card.classList.toggle('arrives', arrives);
    if (arrives) document.documentElement.append(host);
    if (!host.popover) return;
    if (host.matches(':popover-open')) host.hidePopover();
    host.showPopover();
  }

  function raiseAgain(event) {
    if (event.target !== host && event.newState === 'open') raise();
  }

  return {
    show() {
      raise();
      document.addEventListener('toggle', raiseAgain, true);
    },
    hide() {
      document.removeEventListener('toggle', raiseAgain, true);
      host.remove();
    },
  };
}
