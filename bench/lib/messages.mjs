// What each tool says to its pages when a file has changed, and a plain client that listens to it.
import http from 'node:http';
import { need } from './servers.mjs';
import { now, sleep } from './numbers.mjs';

// Whether a frame tells of a change.
export function tellsChange(name, text) {
  switch (name) {
    case 'liveserve': return text.includes('"type":"updated"');
    case 'live-server': case 'five-server': return text === 'reload' || text.startsWith('refreshcss');
    case 'browser-sync': return /^42\/browser-sync,\["(browser:reload|file:reload)"/.test(text);
    case 'vite': return /^\{"type":"(full-reload|update|prune)"/.test(text);
  }
}

// Whether the tool has said that it will tell us from now on.
const greets = (name, text) => ({
  liveserve: text.includes('"type":"connected"'),
  'live-server': text === 'connected',
  'five-server': text === 'connected',
  'browser-sync': text.startsWith('40/browser-sync,'),
  vite: text.includes('"type":"connected"'),
})[name];

async function address(server) {
  const host = `ws://127.0.0.1:${server.port}`;
  switch (server.name) {
    case 'liveserve': return [`${host}/__liveserve/ws`];
    case 'browser-sync': return [`${host}/browser-sync/socket.io/?EIO=4&transport=websocket`];
    case 'vite': {
      // Vite tells only of what was asked for, and only to those who know its token.
      for (const file of ['/index.html', '/base.css', '/site.css', '/site.js']) await get(server, file, file.endsWith('.css') ? 'text/css' : 'text/html');
      const token = /const wsToken = "([^"]+)"/.exec(await get(server, '/@vite/client', '*/*'))?.[1];
      return [`${host}/?token=${token}`, 'vite-hmr'];
    }
    default: return [`${host}/bench/ws`];
  }
}

export function get(server, file, accept = '*/*') {
  return new Promise((done, fail) => {
    http.get({ host: '127.0.0.1', port: server.port, path: file, agent: false, headers: { Accept: accept } }, answer => {
      let text = '';
      answer.setEncoding('latin1').on('data', part => { text += part; }).on('end', () => done(text));
    }).on('error', fail);
  });
}

// A plain socket client. Notes each frame that tells of a change.
export async function listen(server) {
  const WebSocket = need('ws');
  const [url, protocol] = await address(server);
  const socket = new WebSocket(url, protocol ? [protocol] : [], { origin: server.origin });
  const client = { got: [], all: [], next: null, close: () => socket.terminate() };
  let greeted;
  const greeting = new Promise(done => { greeted = done; });
  socket.on('message', data => {
    const at = now(), text = `${data}`;
    client.all.push(text);
    if (server.name === 'browser-sync') {
      if (text[0] === '0') return socket.send('40/browser-sync,'); // engine.io is open: enter the namespace
      if (text === '2') return socket.send('3'); // its ping
    }
    if (greets(server.name, text)) return greeted();
    if (!tellsChange(server.name, text)) return;
    client.got.push({ at, text });
    client.next?.(at);
  });
  await new Promise((done, fail) => { socket.on('open', done); socket.on('error', fail); });
  if (await Promise.race([greeting, sleep(30_000).then(() => 'late')]) === 'late') throw new Error(`${server.name} did not greet:\n${client.all.join('\n')}`);
  return client;
}

// Saves once; the time in ms until the message to it, or undefined when none comes within three seconds.
export async function told(client, save) {
  const message = new Promise(done => { client.next = done; });
  const began = now();
  save();
  const at = await Promise.race([message, sleep(3000)]);
  client.next = null;
  return at === undefined ? undefined : at - began;
}
