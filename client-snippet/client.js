import { readSettings } from './settings.js';
import { createConnection } from './connection.js';
import { startHello } from './hello.js';
import { startUpdates } from './updates.js';
import { startResources } from './resources.js';
import { startChat } from './chat-launcher.js';
import { startConsole } from './console.js';
import { trackLastUpdate } from './last-update.js';
import { createOverlay } from './overlay/overlay.js';
import { startPageErrors } from './page-errors.js';
import { tellReloadsTo } from './reload.js';
import { startServerProblems } from './server-problems.js';
import { restorePageState } from './state/page-state.js';

const settings = readSettings();
if (settings) start(settings);

function start(settings) {
  const reloaded = restorePageState();
  const connection = createConnection(settings.base, settings.transport);
  const overlay = createOverlay({ open: place => connection.send({ type: 'custom', event: 'liveserve:open', data: place }) });
  tellReloadsTo(overlay);
  // Subscribed in this order: on each connection the server hears what the page uses, then where it stands.
  startResources(connection, settings);
  const progress = startHello(connection, settings);
  const context = { base: settings.base, lastUpdate: trackLastUpdate(connection, reloaded), overlay };
  const doubtAtStart = startPageErrors(connection, context);
  startServerProblems(connection, overlay);
  startConsole(connection, settings, context);
  startUpdates(connection, progress, settings, overlay, doubtAtStart);
  startChat(connection, settings);
  connection.connect();
}
