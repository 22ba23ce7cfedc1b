import { createHost, keepEventsInside } from './chat-host.js';
import { hadPins, hasNews, rememberOpen, rememberPins, rememberSeen, wasOpen } from './chat-memory.js';

const mostCounted = 99;

// The room's other words are in chat/words.js, which is loaded with the panel.
const launcherWords = {
  room: 'Room',
  open: 'Open the room',
  count: count => `Open the room, ${count} new`,
  uncounted: 'Open the room, there is something new',
};

/**
 * Offers the room: as a button in pages, or at once on the room's own page. Nothing of the room is loaded before that.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {import('./settings.js').Settings} settings
 */
export function startChat(connection, settings) {
  const wanted = settings.chat && (settings.room || (settings.launcher && settings.top));
  if (!wanted) return;
  const hostKey = settings.room ? takeHostKey() : undefined;
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', () => placeChat(connection, settings, hostKey), { once: true });
  } else {
    placeChat(connection, settings, hostKey);
  }
}

/** The printed link proves the host by `#host=KEY`. It goes at once: an address bar is read, and copied, by others. */
function takeHostKey() {
  const key = /^#host=(.+)$/.exec(location.hash)?.[1];
  if (key) history.replaceState(history.state, '', location.pathname + location.search);
  try {
    return key && decodeURIComponent(key);
  } catch {
    return key;   // a key with a percent sign of its own
  }
}

function placeChat(connection, settings, hostKey) {
  // Drawings, framesets and XML without a body have no place for a button.
  if (!(document.body instanceof HTMLBodyElement)) return;
  const root = createHost(settings.room);
  if (settings.room) return void loadPanel(connection, settings, root, { full: true, hostKey, onSeen: rememberSeen });

  keepEventsInside(root);
  const { button, showUnread } = createButton();
  root.append(button);
  let loading = null;

  const load = () => (loading ??= loadPanel(connection, settings, root, {
    full: false, onClose: close, onOpen: () => open(true), onUnread: showUnread, onPins: rememberPins, onSeen: rememberSeen,
  }));

  async function open(focus) {
    let panel;
    try {
      panel = await load();
    } catch {
      // The page's policy allows our script by nonce only, which an import cannot carry.
      window.open(new URL('chat', settings.base), 'liveserve-chat');
      return;
    }
    rememberOpen(true);
    button.hidden = true;
    panel.show(focus);
  }

  async function close() {
    rememberOpen(false);
    (await load()).hide();
    button.hidden = false;
    button.focus();
  }

  button.addEventListener('click', () => open(true));
  const greet = ({ room } = {}) => { if (room && !loading && hasNews(room)) showUnread(Infinity); };
  connection.on('connected', greet);
  greet(connection.greeting ?? undefined);
  if (wasOpen()) open(false);   // a reload must not end a conversation, nor take the page's focus
  else if (hadPins()) load().then(panel => panel.hide(), () => {});
}

async function loadPanel(connection, settings, root, options) {
  const { openPanel } = await import(new URL('chat/panel.js', settings.base).href);
  return openPanel({ root, connection, settings, ...options });
}

function createButton() {
  const button = document.createElement('button');
  const mark = document.createElement('span');
  const unread = document.createElement('span');
  button.type = 'button';
  button.className = 'launcher';
  mark.className = 'mark';
  unread.className = 'unread';
  button.title = launcherWords.room;
  button.append(mark, unread);
  showUnread(0);

  /** @param {number} count Infinity when nobody has counted */
  function showUnread(count) {
    unread.hidden = count === 0;
    unread.textContent = count === Infinity ? '' : count > mostCounted ? `${mostCounted}+` : String(count);
    button.setAttribute('aria-label', count === 0 ? launcherWords.open : count === Infinity ? launcherWords.uncounted : launcherWords.count(count));
  }

  return { button, showUnread };
}
