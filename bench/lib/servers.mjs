// The five tools, and two servers without live reload: how each is started, and stopped.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { sleep } from './numbers.mjs';

const work = process.env.BENCH_WORK;
const tool = process.env.BENCH_TOOL;
if (!work || !tool) { console.error('Start this with bench/run.sh.'); process.exit(2); }

export const need = createRequire(path.join(work, 'package.json'));

const running = new Set();
process.on('exit', () => { for (const child of running) child.kill('SIGKILL'); });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

export function freePort() {
  return new Promise((done, fail) => {
    const probe = net.createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => { const { port } = probe.address(); probe.close(() => done(port)); });
  });
}

// Each with its defaults; only the port, and no browser.
function command(name, root, port) {
  const js = (file, ...args) => [process.execPath, [path.join(work, 'node_modules', file), ...args]];
  switch (name) {
    case 'liveserve':
      return [tool, [root, '--port', `${port}`, '--strict-port']];
    case 'live-server':
      return js('live-server/live-server.js', `--port=${port}`, '--host=127.0.0.1', '--no-browser', root);
    case 'five-server':
      return js('five-server/lib/bin.js', `--port=${port}`, '--host=127.0.0.1', '--open=false');
    case 'browser-sync':
      return js('browser-sync/dist/bin.js', 'start', '--server', root, '--files', root, '--port', `${port}`, '--no-open', '--no-ui', '--no-online');
    case 'serve':
      return js('serve/build/main.js', root, '-l', `tcp://127.0.0.1:${port}`, '--no-clipboard', '--no-request-logging');
    case 'nginx':
      return ['nginx', ['-c', nginxConfiguration(root, port), '-g', 'daemon off;']];
    case 'vite':
      return js('vite/bin/vite.js', root, '--port', `${port}`, '--host', '127.0.0.1', '--strictPort');
  }
}

// As it is set up for static files: a worker for each core, sendfile, nothing logged.
function nginxConfiguration(root, port) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'liveserve-bench-nginx-'));
  process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(kind => `${kind}_temp_path ${dir}/${kind};`).join(' ');
  fs.writeFileSync(path.join(dir, 'nginx.conf'), `user root;\nworker_processes auto;\npid ${dir}/pid;\nerror_log ${dir}/error.log;\nevents { worker_connections 1024; }\n` +
    `http { include /etc/nginx/mime.types; access_log off; sendfile on; tcp_nopush on; ${temporary}\nserver { listen 127.0.0.1:${port}; root ${root}; } }\n`);
  return path.join(dir, 'nginx.conf');
}

// Starts a server; first200 is the time in ms from just before spawn to the first 200.
export async function start(name, root, port) {
  port ??= await freePort();
  const [file, args] = command(name, root, port);
  const before = performance.now();
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', data => { output = (output + data).slice(-100_000); });
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

// What a server printed that looks like trouble goes to stderr.
export function complain(server) {
  const lines = server.output().split('\n').filter(l => /warn|error|fail|exception/i.test(l));
  if (lines.length) console.error(`${server.name} printed:\n${lines.slice(0, 10).join('\n')}`);
}
