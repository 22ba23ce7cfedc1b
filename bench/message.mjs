// Measures: from just before the write to the tool's own message on its socket, at a plain client, and the number of messages to a burst
// of 500 files.
// Goals: a lone save is on the socket within 10 ms (median). None is missed. A burst is one message.
import fs from 'node:fs';
import path from 'node:path';
import { complain, fix, forEachTool, inTurn, listen, makeSite, median, now, page, runs, sheet, sleep, spread, start, table, told, tools } from './lib.mjs';

const kinds = {
  'HTML, written in place': (root, n) => fs.writeFileSync(path.join(root, 'index.html'), page(`save ${n}`)),
  'CSS, written in place': (root, n) => fs.writeFileSync(path.join(root, 'site.css'), sheet(n + 2)),
  'HTML, written aside and renamed': (root, n) => {
    fs.writeFileSync(path.join(root, 'index.html.tmp'), page(`renamed ${n}`));
    fs.renameSync(path.join(root, 'index.html.tmp'), path.join(root, 'index.html'));
  },
};

const clients = await forEachTool(async name => {
  const server = await start(name, makeSite(500));
  return Object.assign(await listen(server), { server });
});
await sleep(3000); // Some are not yet watching when they first answer.

for (const [kind, save] of Object.entries(kinds)) {
  const results = new Map(tools.map(name => [name, { times: [], missed: 0, messages: 0 }]));
  await inTurn(runs + 1, async (name, round) => {
    const client = clients.get(name), before = client.got.length;
    const time = await told(client, () => save(client.server.root, round));
    await sleep(150 + Math.random() * 250); // And what comes late counts as one more message.
    if (round === 0) return; // It warms up.
    const result = results.get(name);
    if (time === undefined) result.missed++; else result.times.push(time);
    result.messages += client.got.length - before;
  });
  table(`Write to message, ${kind} (ms, ${runs} saves)`, ['Tool', 'median', 'p95', 'max', 'missed', 'messages'],
    tools.map(name => { const { times, missed, messages } = results.get(name); return [name, ...spread(times), `${missed} of ${runs}`, messages]; }));
}

const bursts = new Map(tools.map(name => [name, { wrote: [], count: [], first: [], last: [] }]));
const rounds = Math.max(1, Math.round(runs / 4));
await inTurn(rounds, async (name, round) => {
  const client = clients.get(name), before = client.got.length, began = now();
  for (let i = 0; i < 500; i++) fs.writeFileSync(path.join(client.server.root, `src/f${i}.js`), `export const n = ${-i - 1 - round};\n`);
  const wrote = now();
  await sleep(3000);
  const got = client.got.slice(before), burst = bursts.get(name);
  burst.wrote.push(wrote - began);
  burst.count.push(got.length);
  if (got.length) { burst.first.push(got[0].at - began); burst.last.push(got.at(-1).at - wrote); }
});
table(`Burst of 500 files (medians of ${rounds})`,
  ['Tool', 'writing took (ms)', 'messages', 'first message after first write (ms)', 'last message after last write (ms)'],
  tools.map(name => { const b = bursts.get(name); return [name, fix(median(b.wrote), 0), fix(median(b.count), 0), fix(median(b.first)), fix(median(b.last))]; }));

for (const client of clients.values()) {
  if (process.env.VERBOSE) console.error(client.all.map(text => text.slice(0, 300)).join('\n'));
  client.close();
  complain(client.server);
  await client.server.stop();
}
process.exit(0);
