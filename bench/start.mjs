// Measures: spawn to the first 200 of /index.html, memory 5 s later, and what an idle server costs (no client).
// Goals: first 200 at least 8 times faster than live-server, about 30–36 ms; memory 25 MiB; about one idle wake-up a second.
import { complain, fix, idle, inTurn, makeSite, median, most, quantile, rssMiB, runs, sleep, start, table, tools } from './lib.mjs';

const root = makeSite();
const times = Object.fromEntries(tools.map(name => [name, []]));
await inTurn(runs + 1, async (name, round) => {
  const server = await start(name, root);
  if (round > 0) times[name].push(server.first200); // The first round warms the disk cache.
  complain(server);
  await server.stop();
  await sleep(200);
});
const ours = median(times.liveserve ?? []);
table(`Spawn to first 200 (ms, ${runs} starts)`, ['Tool', 'median', 'min', 'max', 'times LiveServe'],
  tools.map(name => [name, fix(median(times[name])), fix(quantile(times[name], 0)), fix(most(times[name])), fix(median(times[name]) / ours)]));

const rounds = Math.max(1, Math.round(runs / 7));
const idles = Object.fromEntries(tools.map(name => [name, { memory: [], wakes: [], cpu: [] }]));
await inTurn(rounds, async name => {
  const server = await start(name, root);
  await sleep(5000);
  idles[name].memory.push(rssMiB(server.pid));
  const { perSecond, cpu } = await idle(server.pid, 10);
  idles[name].wakes.push(perSecond);
  idles[name].cpu.push(cpu);
  await server.stop();
});
table(`Idle (medians of ${rounds})`, ['Tool', 'memory after 5 s (MiB)', 'wake-ups a second', 'CPU in 10 s (ms)'],
  tools.map(name => [name, fix(median(idles[name].memory)), fix(median(idles[name].wakes)), fix(median(idles[name].cpu))]));
process.exit(0);
