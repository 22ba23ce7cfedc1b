// Measures a big site: 40,000 files in 4,000 folders under node_modules, which git ignores, and 200 sources. Spawn to first 200; then, once all
// watches are armed, memory, inotify watches, and write to message.
// Goal: none in numbers; close to the small site. node_modules is not watched.
import fs from 'node:fs';
import path from 'node:path';
import { complain, fix, inTurn, listen, makeSite, median, page, put, rssMiB, runs, sleep, start, table, told, tools, watchesArmed } from './lib.mjs';

const root = makeSite(200);
put(root, '.gitignore', 'node_modules/\n');
for (let d = 0; d < 4000; d++) {
  const dir = path.join(root, 'node_modules', `p${d >> 4}`, `d${d}`);
  fs.mkdirSync(dir, { recursive: true });
  for (let f = 0; f < 10; f++) fs.writeFileSync(path.join(dir, `f${f}.js`), `module.exports = ${f};\n`);
}

// One server at a time, since all watch the same tree. Five saves to each start make as many saves as elsewhere.
const saves = 5;
const rounds = Math.max(1, Math.round(runs / saves));
const results = new Map(tools.map(name => [name, { first: [], armed: [], memory: [], watches: [], told: [], missed: 0 }]));
await inTurn(rounds + 1, async (name, round) => {
  const result = results.get(name);
  const server = await start(name, root);
  if (round === 0) return server.stop(); // It warms the disk cache.
  result.first.push(server.first200);
  const { count, ms } = await watchesArmed(server.pid);
  result.watches.push(count);
  result.armed.push(server.first200 + ms);
  result.memory.push(rssMiB(server.pid));
  const client = await listen(server);
  for (let i = 0; i < saves; i++) {
    const time = await told(client, () => fs.writeFileSync(path.join(root, 'index.html'), page(`big ${round} ${i}`)));
    if (time === undefined) result.missed++; else result.told.push(time);
    await sleep(200 + Math.random() * 200);
  }
  client.close();
  complain(server);
  await server.stop();
});

table(`Big site (medians of ${rounds} starts, and of ${rounds * saves} saves)`,
  ['Tool', 'first 200 (ms)', 'all watches armed (ms)', 'memory then (MiB)', 'inotify watches', 'write to message (ms)', 'missed'],
  tools.map(name => {
    const r = results.get(name);
    return [name, fix(median(r.first)), fix(median(r.armed), 0), fix(median(r.memory)), median(r.watches), fix(median(r.told)), `${r.missed} of ${rounds * saves}`];
  }));
process.exit(0);
