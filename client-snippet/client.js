import { readSettings } from './settings.js';
import { createConnection } from './connection.js';
import { startHello } from './hello.js';
import { startUpdates } from './updates.js';
import { startResources } from './resources.js';
import { startChat } from './chat-launcher.js';

const settings = readSettings();
if (settings) start(settings);

function start(settings) {
  const connection = createConnection(settings.base);
  // Subscribed in this order: on each connection the server hears what the page uses, then where it stands.
  startResources(connection, settings);
  const progress = startHello(connection, settings);
  startUpdates(connection, progress);
  startChat(connection, settings);
  connection.connect();
}
