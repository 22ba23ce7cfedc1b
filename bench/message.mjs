// Measures: just before the write to the message on a plain WebSocket, and the
// number of messages to a burst of 500 files.
// Goal: a lone save is on the socket within 10 ms (median). None is missed.
// Vite's socket needs a token, so it is not here; see visible.mjs.
import fs from 'node:fs';
import path from 'node:path';
import { complain, fix, listen, makeSite, median, page, quantile, saves, sheet, sleep, start, table } from './lib.mjs';

const count = Number(process.env.SAVES ?? 30);
const rows = [], bursts = [];
for (const name of ['liveserve', 'live-server']) {
  const root = makeSite(500);
  const server = await start(name, root);
  const client = await listen(server);
  await sleep(1500); // live-server is not yet watching when it first answers.
  const html = path.join(root, 'index.html'), css = path.join(root, 'site.css');
  const kinds = {
    'HTML, written in place': i => fs.writeFileSync(html, page(`save ${i}`)),
    'CSS, written in place': i => fs.writeFileSync(css, sheet(i + 2)),
    'HTML, written aside and renamed': i => {
      fs.writeFileSync(`${html}.tmp`, page(`renamed ${i}`));
      fs.renameSync(`${html}.tmp`, html);
    },
  };
  for (const [kind, save] of Object.entries(kinds)) {
    const { times, missed, messages } = await saves(client, count, save);
    rows.push([name, kind, fix(median(times)), fix(quantile(times, 0.95)), fix(Math.max(...times)), `${missed} of ${count}`, messages]);
  }

  const before = client.got.length;
  const began = performance.now();
  for (let i = 0; i < 500; i++) fs.writeFileSync(path.join(root, 'src', `f${i}.js`), `export const n = ${-i - 1};\n`);
  const wrote = performance.now();
  await sleep(4000);
  const got = client.got.slice(before);
  bursts.push([name, fix(wrote - began, 0), got.length, fix(got[0]?.at - began), fix(got.at(-1)?.at - wrote)]);
  if (process.env.VERBOSE) console.error(client.all.map(t => t.slice(0, 300)).join('\n'));
  complain(server);
  client.close();
  await server.stop();
}
table(`Write to message (ms, ${count} saves, 150–400 ms apart)`, ['Tool', 'Save', 'median', 'p95', 'max', 'missed', 'messages'], rows);
table('Burst of 500 files', ['Tool', 'writing took (ms)', 'messages', 'first message after first write (ms)', 'last message after last write (ms)'], bursts);
process.exit(0);
