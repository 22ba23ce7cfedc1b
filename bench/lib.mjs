// What the measurements share: sites, servers, /proc, statistics, tables.
// Measures nothing itself. Everything stays on 127.0.0.1.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const work = process.env.BENCH_WORK;
const tool = process.env.BENCH_TOOL;
if (!work || !tool) { console.error('Start this with bench/run.sh.'); process.exit(2); }

export const need = createRequire(path.join(work, 'package.json'));
export const tools = ['liveserve', 'live-server', 'vite'];
export const sleep = ms => new Promise(done => setTimeout(done, ms));

const running = new Set();
const folders = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const dir of folders) fs.rmSync(dir, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

// A small page with a style sheet, a script and some sources.
export function page(text) {
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Bench</title>\n` +
    `<link rel="stylesheet" href="/site.css">\n</head>\n<body>\n<h1 id="mark">${text}</h1>\n` +
    `<p>Some text.</p>\n</body>\n</html>\n`;
}
export const sheet = n => `body { margin: 1rem }\n#mark { padding-left: ${n}px }\n`;

export function makeSite(sources = 20) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'liveserve-bench-'));
  folders.add(root);
  fs.writeFileSync(path.join(root, 'index.html'), page('start'));
  fs.writeFileSync(path.join(root, 'site.css'), sheet(1));
  fs.mkdirSync(path.join(root, 'src'));
  for (let i = 0; i < sources; i++)
    fs.writeFileSync(path.join(root, 'src', `f${i}.js`), `export const n = ${i};\n`);
  return root;
}

export function freePort() {
  return new Promise((done, fail) => {
    const probe = net.createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => done(port)); });
  });
}

function command(name, root, port) {
  const js = file => path.join(work, 'node_modules', file);
  switch (name) {
    case 'liveserve':
      return [tool, [root, '--port', `${port}`, '--strict-port']];
    case 'live-server':
      return [process.execPath, [js('live-server/live-server.js'), `--port=${port}`, '--host=127.0.0.1', '--no-browser', root]];
    case 'vite':
      return [process.execPath, [js('vite/bin/vite.js'), root, '--port', `${port}`, '--host', '127.0.0.1', '--strictPort']];
  }
}

// Starts a server; first200 is the time from just before spawn to the first 200.
export async function start(name, root) {
  const port = await freePort();
  const [file, args] = command(name, root, port);
  const before = performance.now();
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', data => { output += data; });
  const gone = new Promise(done => child.on('exit', () => { running.delete(child); done(); }));
  const server = {
    name, root, port, pid: child.pid, origin: `http://127.0.0.1:${port}`, output: () => output,
    stop: async () => { child.kill('SIGTERM'); const t = setTimeout(() => child.kill('SIGKILL'), 3000); await gone; clearTimeout(t); },
  };
  while (await status(server) !== 200) {
    if (child.exitCode !== null || performance.now() - before > 60_000) throw new Error(`${name} did not start:\n${output}`);
    await sleep(1);
  }
  server.first200 = performance.now() - before;
  return server;
}

function status({ port }) {
  return new Promise(done => {
    const request = http.get({ host: '127.0.0.1', port, path: '/index.html', agent: false, headers: { Accept: 'text/html' } },
      answer => { answer.resume(); done(answer.statusCode); });
    request.on('error', () => done(0));
  });
}

const read = file => { try { return fs.readFileSync(file, 'utf8'); } catch { return ''; } };
const list = dir => { try { return fs.readdirSync(dir); } catch { return []; } };

// The process and all below it.
export function tree(pid) {
  const children = new Map();
  for (const id of list('/proc').filter(n => /^\d+$/.test(n))) {
    const parent = read(`/proc/${id}/stat`).replace(/^.*\) /s, '').split(' ')[1];
    children.set(parent, [...children.get(parent) ?? [], id]);
  }
  const found = [`${pid}`];
  for (let i = 0; i < found.length; i++) found.push(...children.get(found[i]) ?? []);
  return found;
}

export const rssMiB = pid => tree(pid)
  .reduce((sum, id) => sum + Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${id}/status`))?.[1] ?? 0), 0) / 1024;

export const watches = pid => tree(pid).reduce((sum, id) =>
  sum + list(`/proc/${id}/fdinfo`).reduce((n, fd) => n + (read(`/proc/${id}/fdinfo/${fd}`).match(/^inotify wd:/gm)?.length ?? 0), 0), 0);

// Voluntary context switches and CPU time of every thread.
export function threads(pid) {
  const all = new Map();
  for (const id of tree(pid)) for (const task of list(`/proc/${id}/task`)) {
    const dir = `/proc/${id}/task/${task}`;
    const switches = Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(read(`${dir}/status`))?.[1] ?? 0);
    const stat = read(`${dir}/stat`).replace(/^.*\) /s, '').split(' ');
    const exact = read(`${dir}/schedstat`).split(' ')[0];
    const cpu = exact ? Number(exact) / 1e6 : (Number(stat[11]) + Number(stat[12])) * 10;
    all.set(task, { switches, cpu });
  }
  return all;
}

export async function idle(pid, seconds) {
  const first = threads(pid);
  await sleep(seconds * 1000);
  let switches = 0, cpu = 0;
  for (const [task, now] of threads(pid)) {
    switches += now.switches - (first.get(task)?.switches ?? 0);
    cpu += now.cpu - (first.get(task)?.cpu ?? 0);
  }
  return { perSecond: switches / seconds, cpu };
}

export function sorted(values) { return [...values].sort((a, b) => a - b); }
export function quantile(values, q) {
  if (!values.length) return NaN;
  const all = sorted(values);
  const at = (all.length - 1) * q, low = Math.floor(at);
  return all[low] + ((all[low + 1] ?? all[low]) - all[low]) * (at - low);
}
export const median = values => quantile(values, 0.5);
export const fix = (n, digits = 1) => Number.isFinite(n) ? n.toFixed(digits) : '–';

export function table(title, head, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  console.log([`### ${title}`, '', line(head), line(head.map((_, i) => i ? '---:' : '---')), ...rows.map(line), ''].join('\n'));
}

// What a server printed that looks like trouble goes to stderr.
export function complain(server) {
  const lines = server.output().split('\n').filter(l => /warn|error|fail|exception/i.test(l));
  if (lines.length) console.error(`${server.name} printed:\n${lines.slice(0, 10).join('\n')}`);
}

// A plain socket client. Notes each message that tells of a change.
export async function listen(server) {
  const WebSocket = need('ws');
  const place = server.name === 'liveserve' ? '/__liveserve/ws' : '/bench/ws';
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${place}`);
  const client = { got: [], all: [], next: null, close: () => socket.terminate() };
  let greeted;
  const greeting = new Promise(done => { greeted = done; });
  socket.on('message', data => {
    const at = performance.now(), text = `${data}`;
    client.all.push(text);
    if (text === 'connected' || text.includes('"type":"connected"')) return greeted();
    if (text !== 'reload' && text !== 'refreshcss' && !text.includes('"type":"updated"')) return;
    client.got.push({ at, text });
    client.next?.(at);
  });
  await new Promise((done, fail) => { socket.on('open', done); socket.on('error', fail); });
  await Promise.race([greeting, sleep(1000)]);
  return client;
}

// Saves n times and waits for a message to each, at most two seconds.
export async function saves(client, n, save) {
  const times = [];
  const before = client.got.length;
  let missed = 0;
  for (let i = 0; i < n; i++) {
    const told = new Promise(done => { client.next = done; });
    const began = performance.now();
    save(i);
    const gap = sleep(150 + Math.random() * 250);
    const at = await Promise.race([told, sleep(2000)]);
    if (at === undefined) missed++; else times.push(at - began);
    await gap;
  }
  client.next = null;
  await sleep(500);
  return { times, missed, messages: client.got.length - before };
}
