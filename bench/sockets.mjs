// Measures sockets by the thousand, beside a broadcast server on ws (Node), a SignalR hub and the least that the system itself takes (a loop of send(2) in C):
// from the sending of a message to its last receiver, messages a second, memory for each socket; from a file's write to the last of 5,000 open pages;
// and what a reader that never reads costs the others. The room takes 256 sockets, so it is measured with 250. Needs cc and the .NET SDK.
// Goals: ahead of both. An update reaches the last of 5,000 sockets within 60 ms of the write, at under 120 MiB. The one that never reads costs nothing.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { fix, freePort, get, makeFolder, median, quantile, rssMiB, runs, sleep, table } from './lib.mjs';

const here = path.join(import.meta.dirname, 'sockets');
const work = path.join(process.env.BENCH_WORK, 'sockets');
const sizes = (process.env.SOCKETS ?? '1000 5000').split(/[ ,]+/).map(Number);
const deliveries = 200_000; // in one burst
fs.mkdirSync(work, { recursive: true });
const load = path.join(work, 'load');
execFileSync('cc', ['-O2', '-o', load, path.join(here, 'load.c')], { stdio: 'inherit' });
execFileSync('dotnet', ['build', path.join(here, 'signalr'), '-c', 'Release', '-o', path.join(work, 'signalr'), '--nologo', '-v', 'quiet'], { stdio: ['ignore', 2, 2] });

const children = new Set();
process.on('exit', () => { for (const child of children) child.kill('SIGKILL'); });

function run(file, args, cwd = work) {
  const child = spawn(file, args, { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  children.add(child);
  const gone = new Promise(done => child.on('exit', () => { children.delete(child); done(); }));
  const lines = readline.createInterface({ input: child.stdout });
  const waiting = [], come = [];
  lines.on('line', line => waiting.length ? waiting.shift()(line) : come.push(line));
  return {
    pid: child.pid,
    line: () => come.length ? Promise.resolve(come.shift()) : new Promise((done, fail) => { waiting.push(done); gone.then(() => fail(new Error(`${file} ended`))); }),
    write: text => child.stdin.write(text),
    stop: async () => { child.kill('SIGTERM'); setTimeout(() => child.kill('SIGKILL'), 3000).unref(); await gone; },
  };
}

// Each server: how it is started, where its socket is, what a client says first, and how it says a text.
const plain = text => text;
const servers = {
  'loopback (C)': { start: port => run(load, ['floor', `${port}`]), path: '/', frame: plain },
  'liveserve --relay': { start: (port, root) => run(process.env.BENCH_TOOL, [root, '--port', `${port}`, '--strict-port', '--relay', '/relay', '--no-chat']), path: '/relay', frame: plain },
  'ws (Node)': { start: port => run(process.execPath, [path.join(here, 'ws-server.mjs'), `${port}`]), path: '/', frame: plain },
  SignalR: {
    start: port => run('dotnet', [path.join(work, 'signalr', 'signalr.dll'), `${port}`]), path: '/hub', hello: '{"protocol":"json","version":1}\\x1e',
    frame: text => `{"type":1,"target":"Send","arguments":["${text}"]}\\x1e`,
  },
};

async function begin(server, root) {
  const port = await freePort();
  const child = server.start(port, root);
  for (let line = ''; !/ready/.test(line);) line = await child.line();
  await sleep(1500);
  const client = run(load, [`${port}`, server.path]);
  const ask = async command => { client.write(`${command}\n`); return JSON.parse(await client.line()); };
  return { port, ask, rss: () => rssMiB(child.pid), stop: async () => { await client.stop(); await child.stop(); } };
}

let number = 0;
const mark = () => `mark${String(++number).padStart(6, '0')}`;
const filler = 'x'.repeat(100);

async function broadcast(name, size) {
  const server = servers[name], it = await begin(server, makeFolder());
  const empty = it.rss();
  await it.ask(`open ${size}`);
  if (server.hello) await it.ask(`hello ${server.hello}`);
  await sleep(2000);
  const idle = it.rss(), times = [], rates = [];
  for (let i = 0; i <= runs; i++) {
    const m = mark(), { last, got, of } = await it.ask(`send ${m} ${server.frame(`${m} ${filler}`)}`);
    if (got !== of) console.error(`${name}, ${size}: ${of - got} of ${of} did not get it`);
    if (i > 0) times.push(last);
    await sleep(50);
  }
  for (let i = 0; i < 5; i++) {
    const m = mark(), { last, got, of } = await it.ask(`burst ${Math.round(deliveries / size)} ${m} ${server.frame(`${m} ${filler}`)}`);
    if (got !== of) console.error(`${name}, ${size}: ${of - got} of ${of} of the burst did not come`);
    rates.push(got / last * 1000);
    await sleep(300);
  }
  const full = it.rss();
  await it.stop();
  return [name, fix(median(times)), fix(quantile(times, 0.95)), `${Math.round(median(rates) / 1000)}`, fix((idle - empty) * 1024 / size), fix(full)];
}

for (const size of sizes) {
  const rows = [];
  for (const name of Object.keys(servers)) rows.push(await broadcast(name, size));
  table(`One says 110 bytes, ${size - 1} hear it (${runs} times; ${Math.round(deliveries / size)} in a row for the rate)`,
    ['Server', 'to the last, median (ms)', 'p95', 'thousand messages a second', 'KiB for each socket, idle', 'memory after it all (MiB)'], rows);
}

const site = { start: (port, root) => run(process.env.BENCH_TOOL, [root, '--port', `${port}`, '--strict-port']), path: '/__liveserve/ws' };

async function updates(size, mute) {
  const root = makeFolder(), file = path.join(root, 'data.txt');
  fs.writeFileSync(file, 'start');
  const it = await begin(site, root);
  const empty = it.rss();
  await it.ask(`open ${size}`);
  if (mute) await it.ask(`open ${mute} mute`);
  await sleep(2000);
  const idle = it.rss(), times = [], firsts = [];
  for (let i = 0; i <= runs; i++) {
    const { first, last, got, of } = await it.ask(`write ${file} "updated" save ${i} ${'y'.repeat(i % 5)}`);
    if (got !== of) console.error(`update, ${size}: ${of - got} of ${of} did not get it`);
    if (i > 0) { times.push(last); firsts.push(first); }
    await sleep(200);
  }
  const full = it.rss();
  await it.stop();
  return [`${size}${mute ? ` and ${mute} that never read` : ''}`, fix(median(firsts)), fix(median(times)), fix(quantile(times, 0.95)), fix((idle - empty) * 1024 / size), fix(full)];
}

const rows = [];
for (const size of sizes) rows.push(await updates(size, 0));
rows.push(await updates(sizes[0], 1), await updates(sizes[0], 20));
table(`From the write of a file to the update at open pages (${runs} saves)`,
  ['Sockets', 'to the first, median (ms)', 'to the last, median', 'p95', 'KiB for each socket, idle', 'memory after it all (MiB)'], rows);

// The relay under load: 16 KiB at a time, so that what is not read fills its queue soon.
async function slow(mute) {
  const server = servers['liveserve --relay'], it = await begin(server, makeFolder()), times = [];
  await it.ask('open 250');
  if (mute) await it.ask(`open ${mute} mute`);
  for (let i = 0; i < 600; i++) {
    const m = mark(), { last } = await it.ask(`send ${m} ${m}${'z'.repeat(16_000)}`);
    if (i > 20) times.push(last);
  }
  await sleep(1500);
  const { clients } = JSON.parse(await get({ port: it.port }, '/__liveserve/status'));
  await it.stop();
  return [mute ? `250 and ${mute} that never reads` : '250', fix(median(times)), fix(quantile(times, 0.95)), fix(quantile(times, 0.99)), mute ? (clients === 250 ? 'yes' : 'no') : '–'];
}

table('One that never reads, in the relay: 600 messages of 16 KB', ['Sockets', 'to the last, median (ms)', 'p95', 'p99', 'was it cut'], [await slow(0), await slow(1)]);

// The room: every message is kept on disk, numbered and acknowledged before anybody sees it.
async function room(history) {
  const root = makeFolder(), state = makeFolder();
  const it = await begin({ ...site, start: (port, folder) => run('env', [`XDG_STATE_HOME=${state}`, process.env.BENCH_TOOL, folder, '--port', `${port}`, '--strict-port', ...history]) }, root);
  await it.ask('open 250');
  await it.ask('hello {"type":"join","name":"Bench"}');
  await sleep(3000);
  const times = [];
  for (let i = 0; i <= runs; i++) {
    const m = mark(), { last, got, of } = await it.ask(`send-all ${m} {"type":"chat","cid":"${m}","body":"${filler}"}`);
    if (got < of) console.error(`room: ${of - got} of ${of} did not get it`);
    if (i > 0) times.push(last);
    await sleep(50);
  }
  await it.stop();
  return [history.length ? history.join(' ') : 'in SQLite', fix(median(times)), fix(quantile(times, 0.95))];
}

table(`The room: from sending to the last of 250 people (${runs} messages)`, ['History', 'median (ms)', 'p95'], [await room([])]);
process.exit(0);
