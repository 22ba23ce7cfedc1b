import { createIdentity } from './identity.js';
import { pickElement } from './pins/pick.js';
import { createRoom } from './room.js';
import { roomStyles } from './styles/room-styles.js';
import { countInTitle, createUnread } from './unread.js';
import { keepWhileTyping } from './new-version.js';
import { createView } from './view.js';

/**
 * Puts the room into a shadow root and enters it.
 *
 * @param {{
 *   root: ShadowRoot,
 *   connection: import('../connection.js').Connection,
 *   settings: import('../settings.js').Settings,
 *   full: boolean,
 *   hostKey?: string,
 *   onClose?: () => void,
 *   onOpen?: () => void,
 *   onUnread?: (count: number) => void,
 *   onPins?: (has: boolean) => void,
 *   onSeen?: (room: { epoch: string, head: number }) => void,
 * }} options `full`: the room is the whole page
 */
export function openPanel({ root, connection, settings, full, hostKey, onClose, onOpen, onUnread, onPins, onSeen }) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(roomStyles);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];

  const identity = createIdentity();
  if (hostKey) identity.hostKey = hostKey;
  const room = createRoom(connection, identity);
  const view = createView({ room, identity, settings, root, full, onClose, onOpen, onPins, onPick: full ? undefined : pick });
  const panel = view.element;
  panel.classList.toggle('full', full);
  panel.setAttribute('role', full ? 'main' : 'dialog');
  panel.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !event.isComposing && !full) onClose?.();
  });

  const isLooking = () => !panel.hidden && !document.hidden;
  const unread = createUnread({ isSeen: isLooking, show: full ? countInTitle() : onUnread ?? (() => {}) });
  function seen() {
    if (!isLooking()) return;
    unread.clear();
    if (room.epoch) onSeen?.({ epoch: room.epoch, head: room.head });
  }
  room.on('chat', message => {
    if (message.from.user !== room.you?.user) unread.add();
    if (isLooking() && view.atEnd) seen();
  });
  room.on('history', seen);
  document.addEventListener('visibilitychange', seen);
  if (full) keepWhileTyping(view);

  async function pick() {
    panel.hidden = true;
    const pin = await pickElement(root);
    panel.hidden = false;
    view.pinTo(pin);
  }

  root.append(panel);
  room.enter();
  if (full) view.focus();

  return {
    show(focus = true) {
      panel.hidden = false;
      seen();
      if (focus) view.focus();
    },
    hide() { panel.hidden = true; },
  };
}
