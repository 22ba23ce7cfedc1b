// Measures: spawn to the first 200 of /index.html, memory 5 s later, and what
// an idle server costs (no client). All three tools in turn, in one run.
// Goals: first 200 at least 8 times faster than live-server, about 30–36 ms;
// memory 25 MiB; about one idle wake-up a second.
import { complain, fix, idle, makeSite, median, rssMiB, sleep, start, table, tools } from './lib.mjs';

const rounds = Number(process.env.ROUNDS ?? 9);
const root = makeSite();
const times = Object.fromEntries(tools.map(t => [t, []]));

for (let round = -1; round < rounds; round++) {
  for (const name of tools) {
    const server = await start(name, root);
    if (round >= 0) times[name].push(server.first200); // The first round warms the disk cache.
    complain(server);
    await server.stop();
    await sleep(200);
  }
}

const ours = median(times.liveserve);
table(`Spawn to first 200 (ms, ${rounds} rounds)`, ['Tool', 'median', 'min', 'max', 'times LiveServe'],
  tools.map(t => [t, fix(median(times[t])), fix(Math.min(...times[t])), fix(Math.max(...times[t])), fix(median(times[t]) / ours)]));

const rows = [];
for (const name of tools) {
  const server = await start(name, root);
  await sleep(5000);
  const memory = rssMiB(server.pid);
  const { perSecond, cpu } = await idle(server.pid, 10);
  rows.push([name, fix(memory), fix(perSecond), fix(cpu)]);
  await server.stop();
}
table('Idle', ['Tool', 'memory after 5 s (MiB)', 'wake-ups a second', 'CPU in 10 s (ms)'], rows);
process.exit(0);
