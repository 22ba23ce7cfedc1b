import { createHost, keepEventsInside } from './chat-host.js';
import { rememberOpen, wasOpen } from './chat-memory.js';

/**
 * Offers the room: as a button in pages, or at once on the room's own page. Nothing of the room is loaded before that.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {import('./settings.js').Settings} settings
 */
export function startChat(connection, settings) {
  const wanted = settings.chat && (settings.room || (settings.launcher && settings.top));
  if (!wanted) return;
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', () => placeChat(connection, settings), { once: true });
  } else {
    placeChat(connection, settings);
  }
}

function placeChat(connection, settings) {
  // Drawings, framesets and XML without a body have no place for a button.
  if (!(document.body instanceof HTMLBodyElement)) return;
  const root = createHost(settings.room);
  if (settings.room) return void loadPanel(connection, settings, root, { full: true });

  keepEventsInside(root);
  const button = createButton();
  root.append(button);
  let panel = null;

  async function open(focus) {
    try {
      panel ??= await loadPanel(connection, settings, root, { full: false, onClose: close });
    } catch {
      // The page's policy allows our script by nonce only, which an import cannot carry.
      window.open(new URL('chat', settings.base), 'liveserve-chat');
      return;
    }
    rememberOpen(true);
    button.classList.remove('unread');
    button.hidden = true;
    panel.show(focus);
  }

  function close() {
    rememberOpen(false);
    panel.hide();
    button.hidden = false;
    button.focus();
  }

  button.addEventListener('click', () => open(true));
  connection.on('chat', () => { if (!button.hidden) button.classList.add('unread'); });
  if (wasOpen()) open(false);   // a reload must not end a conversation, nor take the page's focus
}

async function loadPanel(connection, settings, root, options) {
  const { openPanel } = await import(new URL('chat/panel.js', settings.base).href);
  return openPanel({ root, connection, settings, ...options });
}

function createButton() {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'launcher';
  button.setAttribute('aria-label', 'Open the room');
  button.title = 'Room';
  const mark = document.createElement('span');
  mark.className = 'mark';
  button.append(mark);
  return button;
}
