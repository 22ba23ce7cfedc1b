// Important rules of a shadow tree win over those of the page, whatever its selectors match.
const hostStyles = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: auto 0 0 auto !important;
  z-index: 2147483647 !important;
  pointer-events: none !important;
  color-scheme: light dark !important;
}
.launcher {
  all: unset;
  pointer-events: auto;
  position: fixed;
  inset-block-end: 18px;
  inset-inline-end: 18px;
  inline-size: 46px;
  block-size: 46px;
  display: grid;
  place-items: center;
  border-radius: 50%;
  cursor: pointer;
  background: linear-gradient(145deg, #6d5df6, #4f46e5);
  box-shadow: 0 1px 2px rgb(15 15 40 / .25), 0 8px 22px rgb(40 30 120 / .3);
  transition: transform .16s ease, box-shadow .16s ease;
}
.launcher[hidden] { display: none; }
.launcher:hover { transform: translateY(-2px); box-shadow: 0 2px 4px rgb(15 15 40 / .25), 0 12px 28px rgb(40 30 120 / .38); }
.launcher:active { transform: none; }
.launcher:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #4f46e5; }
.mark {
  position: relative;
  inline-size: 21px;
  block-size: 16px;
  border-radius: 7px;
  background:
    radial-gradient(circle at 5.5px 50%, #4f46e5 1.6px, transparent 2px),
    radial-gradient(circle at 10.5px 50%, #4f46e5 1.6px, transparent 2px),
    radial-gradient(circle at 15.5px 50%, #4f46e5 1.6px, transparent 2px),
    #fff;
}
.mark::after {
  content: "";
  position: absolute;
  left: 4px;
  top: 14px;
  border: 4px solid transparent;
  border-block-start: 5px solid #fff;
  border-left: 0;
}
.unread {
  position: absolute;
  inset-block-start: -4px;
  inset-inline-end: -4px;
  box-sizing: border-box;
  min-inline-size: 20px;
  block-size: 20px;
  padding-inline: 5px;
  border-radius: 10px;
  border: 2px solid #fff;
  background: #d11a45;
  color: #fff;
  font: 650 11px/16px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  font-variant-numeric: tabular-nums;
  text-align: center;
}
.unread[hidden] { display: none; }
.unread:empty { min-inline-size: 14px; block-size: 14px; padding: 0; inset-block-start: -1px; inset-inline-end: -1px; }
@media (prefers-reduced-motion: reduce) { .launcher { transition: none; } }
@media (forced-colors: active) { .launcher { border: 2px solid ButtonText; } .mark { forced-color-adjust: none; } }
@media print { :host { display: none !important; } }
`;

const innerEvents = ['keydown', 'keyup', 'keypress', 'beforeinput', 'input', 'change', 'copy', 'cut', 'paste', 'click', 'dblclick',
  'auxclick', 'contextmenu', 'pointerdown', 'pointerup', 'pointermove', 'mousedown', 'mouseup', 'mousemove', 'mouseover', 'mouseout',
  'pointerover', 'pointerout', 'touchstart', 'touchend', 'touchmove', 'wheel', 'focusin', 'focusout', 'dragover', 'drop',
  'compositionstart', 'compositionupdate', 'compositionend'];

/**
 * The one element that we leave in a page: after head and body, out of reach of its selectors and styles.
 *
 * @param {boolean} ownPage the room's own page hides nothing from its visitor's tools
 * @returns {ShadowRoot}
 */
export function createHost(ownPage) {
  const host = document.createElement('liveserve-chat');
  const root = host.attachShadow({ mode: ownPage ? 'open' : 'closed' });
  const sheet = new CSSStyleSheet();   // neither a CSP for styles nor Trusted Types object to it
  sheet.replaceSync(hostStyles);
  root.adoptedStyleSheets = [sheet];
  document.documentElement.append(host);
  return root;
}

/**
 * Typing in the room must not trigger the page's shortcuts, nor clicks there close its menus.
 *
 * @param {ShadowRoot} root
 */
export function keepEventsInside(root) {
  for (const type of innerEvents) root.addEventListener(type, event => event.stopPropagation(), { passive: true });
}
