import { createIdentity } from './identity.js';
import { createRoom } from './room.js';
import { createView } from './view.js';
import { roomStyles } from './styles.js';

/**
 * Puts the room into a shadow root and enters it.
 *
 * @param {{
 *   root: ShadowRoot,
 *   connection: import('../connection.js').Connection,
 *   settings: import('../settings.js').Settings,
 *   full: boolean,
 *   onClose?: () => void,
 * }} options `full`: the room is the whole page
 */
export function openPanel({ root, connection, full, onClose }) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(roomStyles);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];

  const identity = createIdentity();
  const room = createRoom(connection, identity, {
    onState: state => view.onState(state),
    onWelcome: you => view.onWelcome(you),
    onMessages(messages, info) {
      view.onMessages(messages, info);
      if (full && info.live && document.hidden) showUnread(unread + 1);
    },
    onPeople: people => view.onPeople(people),
    onError: error => view.onError(error),
    onReset: () => view.onReset(),
  });
  const view = createView(identity, { ...room, close: full ? undefined : onClose });
  const panel = view.element;
  panel.classList.toggle('full', full);
  if (!full) panel.setAttribute('role', 'dialog');
  panel.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !event.isComposing && !full) onClose?.();
  });

  // The title is ours only on the room's own page.
  const title = document.title;
  let unread = 0;
  function showUnread(number) {
    unread = number;
    document.title = number ? `(${number}) ${title}` : title;
  }
  if (full) document.addEventListener('visibilitychange', () => { if (!document.hidden) showUnread(0); });

  root.append(panel);
  room.enter();
  if (full) view.focus();

  return {
    show(focus = true) {
      panel.hidden = false;
      if (focus) view.focus();
    },
    hide() { panel.hidden = true; },
  };
}
