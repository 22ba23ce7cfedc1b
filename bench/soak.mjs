// Looks for stale pages: ten tabs of a site of 300 pages, thousands of random edits of every kind, short bursts of them, and after each burst
// every tab must show exactly what a plain server of the same disk shows. LiveServe only.
//
//   SOAK_EDITS=3000     how many edits
//   SOAK_RESTART=1000   the server is stopped and started again after this many; 0: never
//   SEED=1              the same seed makes the same edits (their timing is the machine's)
//
// Exits 1 when a tab stays stale, or the server's memory grows.
import { chance, complain, fix, launch, makeFolder, most, quantile, median, rssMiB, sleep, start, table } from './lib.mjs';
import { openDisk } from './soak/disk.mjs';
import { makeEdits } from './soak/edits.mjs';
import { makeModel } from './soak/site.mjs';
import { difference } from './soak/snapshot.mjs';
import { openTabs } from './soak/tabs.mjs';

const total = Number(process.env.SOAK_EDITS ?? 3000);
const restartAfter = Number(process.env.SOAK_RESTART ?? 1000);
const seed = Number(process.env.SEED ?? 1);
const settleMs = 30_000, calmMs = 150, mostViolations = 20;

const random = chance(seed);
const root = makeFolder();
const model = makeModel(root, random);
let server = await start('liveserve', root);
const browser = await launch();
const disk = await openDisk(browser, root);
const openPages = model.pages.filter(page => page.number === page.section * 2);
const edit = makeEdits(model, openPages);
const { tabs, reasons, results, troubles, loads } = await openTabs(browser, server.origin, openPages);

const kinds = new Map(), memory = [], processes = [], settling = [];
let done = 0, violations = 0, bursts = 0, nextRestart = restartAfter || Infinity, nextSample = 0;
let born = { at: 0, early: NaN };
const began = performance.now();

while (done < total && violations < mostViolations) {
  const log = [];
  if (done >= nextRestart) { await restart(log); nextRestart += restartAfter; }
  for (let left = random.between(1, 12); left > 0 && done < total; left--, done++) {
    log.push(await oneEdit());
    await sleep(random.pick([0, 0, 2, 10, 25]));
  }
  bursts++;
  await compare(log);
  await sample();
}

async function oneEdit() {
  const { name, what } = await edit();
  kinds.set(name, (kinds.get(name) ?? 0) + 1);
  return `${name}: ${what}`;
}

// While the server is away the site goes on changing, and the pages wait.
async function restart(log) {
  processes.push([born.at, done, born.early, rssMiB(server.pid)]);
  complain(server);
  await server.stop();
  log.push('the server stopped');
  for (let left = random.below(4); left > 0; left--) log.push(await oneEdit());
  server = await start('liveserve', root, server.port);
  log.push('the server started');
  born = { at: done, early: NaN };
}

async function compare(log) {
  const ended = performance.now();
  const wanted = [];
  for (const tab of tabs) wanted.push(await disk(tab.model.file));
  await Promise.all(tabs.map(async (tab, i) => {
    if (!await shows(tab, wanted[i], ended)) await violation(tab, wanted[i], log, 'is stale');
  }));
  settling.push(performance.now() - ended);
  await sleep(calmMs); // What comes late must not undo it.
  await Promise.all(tabs.map(async (tab, i) => {
    if (difference(await tab.shows(), wanted[i]).length && !await shows(tab, wanted[i], performance.now())) await violation(tab, wanted[i], log, 'was right and is stale again');
  }));
}

async function shows(tab, wanted, since) {
  for (;;) {
    if (!difference(await tab.shows(), wanted).length) return true;
    if (performance.now() - since > settleMs) return false;
    await sleep(60);
  }
}

async function violation(tab, wanted, log, what) {
  violations++;
  console.error(`${tab.model.file} ${what} after ${done} edits (seed ${seed}):\n${difference(await tab.shows(), wanted).slice(0, 12).join('\n')}\n  the burst:\n${log.map(line => `    ${line.slice(0, 160)}`).join('\n')}\n  the page: ${await tab.state()}\n  its socket:\n${tab.frames.map(line => `    ${line}`).join('\n')}`);
  await tab.page.reload({ waitUntil: 'load' }); // So that the next burst is judged by itself.
}

async function sample() {
  if (Number.isNaN(born.early) && done >= born.at + 100) born.early = rssMiB(server.pid);
  if (done < nextSample && done < total) return;
  const heaps = await Promise.all(tabs.map(tab => tab.heapMiB()));
  memory.push([done, fix(rssMiB(server.pid)), fix(median(heaps)), fix(most(heaps)), loads(), violations]);
  nextSample = memory.length * total / 4;
  if (process.env.VERBOSE) console.error(memory.at(-1).join('  '));
}

processes.push([born.at, done, born.early, rssMiB(server.pid)]);
for (const [what, times] of troubles) console.error(`in a page, ${times} times: ${what}`);
complain(server);
await server.stop();
await browser.close();

// A young heap grows somewhat; half as much again, and 8 MiB, is no longer that.
const grown = processes.filter(([, , early, end]) => end > early * 1.5 + 8).length;
const byCount = map => [...map].sort((a, b) => b[1] - a[1]);
table(`Soak (seed ${seed}, ${fix((performance.now() - began) / 1000, 0)} s)`,
  ['Edits', 'bursts', 'pages compared', 'stale', 'end of a burst to the last tab compared, median (ms)', 'p95', 'page loads'],
  [[done, bursts, bursts * tabs.length, violations, fix(median(settling), 0), fix(quantile(settling, 0.95), 0), loads()]]);
table('Soak: memory', ['After edits', 'server (MiB)', 'heap of a tab, median (MiB)', 'heap of a tab, most (MiB)', 'page loads', 'stale'], memory);
table('Soak: memory of each server process', ['Process', 'from edit', 'to edit', 'after 100 edits (MiB)', 'at its end (MiB)'],
  processes.map(([from, to, early, end], i) => [i + 1, from, to, fix(early), fix(end)]));
table('Soak: what pages did', ['Result', 'times'], byCount(results));
table('Soak: why pages were loaded again', ['Reason', 'times'], byCount(reasons));
table('Soak: edits', ['Edit', 'times'], byCount(kinds));
process.exit(violations || grown ? 1 : 0);
