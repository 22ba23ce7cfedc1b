// Measures requests per second with wrk, 64 connections kept alive, beside nginx, serve and live-server: an injected page of 4 KB, a file of 100 KB,
// one of 5 MB, and 304s. Also the 99th percentile of the latency, CPU per request and memory. Needs wrk and nginx (Debian: wrk, nginx-light).
// Goals: the page at least 10 times live-server; 5 MB at least 80 % of nginx; 100 KB and 304 at least half of nginx.
import { execFile } from 'node:child_process';
import http from 'node:http';
import { promisify } from 'node:util';
import { cpuMs, fix, makeFolder, median, most, put, rssMiB, sleep, start, table } from './lib.mjs';

const servers = ['liveserve', 'nginx', 'serve', 'live-server'];
const seconds = 3, rounds = Math.max(1, Math.round(Number(process.env.RUNS ?? 20) / 6));
const navigation = { Accept: 'text/html', 'Sec-Fetch-Dest': 'document' };

const root = makeFolder();
const page = `<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>Bench</title>\n</head>\n<body>\n${'<p>Some text that stands in a page.</p>\n'.repeat(100)}</body>\n</html>\n`;
put(root, 'index.html', page);
put(root, 'small.js', '// some script that is long enough\n'.repeat(2930));
put(root, 'serve.json', '{ "cleanUrls": false }\n'); // serve would redirect the page
put(root, 'large.bin', Buffer.alloc(5 * 1024 * 1024, 7));

const cases = {
  'HTML, 4 KB': () => ['/index.html', navigation],
  '100 KB': () => ['/small.js', {}],
  '5 MB': () => ['/large.bin', {}],
  '304': async port => ['/small.js', { 'If-None-Match': await tag(port, '/small.js') }],
};

const results = new Map();
for (let round = 0; round <= rounds; round++) { // The first warms up.
  for (let i = 0; i < servers.length; i++) {
    const name = servers[(round + i) % servers.length];
    const server = await start(name, root);
    for (const [what, make] of Object.entries(cases)) {
      const [path, headers] = await make(server.port);
      const before = cpuMs(server.pid);
      const run = await wrk(`${server.origin}${path}`, headers, round === 0 ? 1 : seconds).catch(gone => {
        console.error(`${name}, ${what}, round ${round}: ${gone.stderr ?? gone}\n${server.output().slice(-500)}`);
      });
      if (!run) continue;
      const used = cpuMs(server.pid) - before;
      if (round === 0) continue;
      const all = results.get(`${what} ${name}`) ?? { rate: [], p99: [], cpu: [], memory: [], errors: 0 };
      all.rate.push(run.rate);
      all.p99.push(run.p99);
      all.cpu.push(used * 1000 / run.requests);
      all.memory.push(rssMiB(server.pid));
      all.errors += run.errors;
      results.set(`${what} ${name}`, all);
    }
    await server.stop();
    await sleep(200);
  }
}

for (const what of Object.keys(cases)) {
  const rate = name => median(of(what, name).rate);
  table(`Throughput, ${what} (wrk, 64 connections, medians of ${rounds})`,
    ['Server', 'requests a second', 'of nginx', 'times live-server', 'p99 (ms)', 'CPU per request (µs)', 'memory (MiB)', 'errors'],
    servers.map(name => {
      const { p99, cpu, memory, errors } = of(what, name);
      return [name, fix(rate(name), 0), `${fix(100 * rate(name) / rate('nginx'), 0)} %`, fix(rate(name) / rate('live-server')), fix(median(p99), 2), fix(median(cpu), 0), fix(most(memory)), errors];
    }));
}
process.exit(0);

function of(what, name) {
  return results.get(`${what} ${name}`) ?? { rate: [], p99: [], cpu: [], memory: [], errors: 'did not answer' };
}

async function wrk(url, headers, time) {
  const { stdout } = await promisify(execFile)('wrk', ['-t2', '-c64', `-d${time}s`, '--latency', ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]), url]);
  const [, amount, unit] = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout);
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)[1]),
    requests: Number(/(\d+) requests in/.exec(stdout)[1]),
    p99: amount * { us: 0.001, ms: 1, s: 1000 }[unit],
    errors: Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0) + (/Socket errors: (.*)/.exec(stdout)?.[1].match(/\d+/g) ?? []).reduce((sum, n) => sum + Number(n), 0),
  };
}

function tag(port, path) {
  return new Promise((done, fail) => http.get({ host: '127.0.0.1', port, path, agent: false }, answer => { answer.resume(); done(answer.headers.etag ?? ''); }).on('error', fail));
}
