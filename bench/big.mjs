// Measures a big site: 40,000 files in 4,000 folders under node_modules, and
// 200 sources. Spawn to first 200, memory after 5 s, inotify watches, and write
// to message.
// Goal: none in numbers; close to the small site. node_modules is not watched.
import fs from 'node:fs';
import path from 'node:path';
import { complain, fix, listen, makeSite, median, page, rssMiB, saves, sleep, start, table, tools, watches } from './lib.mjs';

const root = makeSite(200);
for (let d = 0; d < 4000; d++) {
  const dir = path.join(root, 'node_modules', `p${d >> 4}`, `d${d}`);
  fs.mkdirSync(dir, { recursive: true });
  for (let f = 0; f < 10; f++) fs.writeFileSync(path.join(dir, `f${f}.js`), `module.exports = ${f};\n`);
}

const rows = [];
for (const name of tools) {
  const times = [];
  for (let round = 0; round < 5; round++) {
    const server = await start(name, root);
    times.push(server.first200);
    if (round < 4) { await server.stop(); continue; }
    await sleep(5000);
    const row = [name, fix(median(times)), fix(rssMiB(server.pid)), watches(server.pid)];
    if (name === 'vite') row.push('–', '–');
    else {
      const client = await listen(server);
      const { times: told, missed } = await saves(client, 20, i => fs.writeFileSync(path.join(root, 'index.html'), page(`big ${i}`)));
      row.push(fix(median(told)), `${missed} of 20`);
      client.close();
    }
    rows.push(row);
    complain(server);
    await server.stop();
  }
}
table('Big site', ['Tool', 'first 200, median of 5 (ms)', 'memory after 5 s (MiB)', 'inotify watches', 'write to message, median (ms)', 'missed'], rows);
process.exit(0);
