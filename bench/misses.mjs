// Counts what is missed: 1,000 saves of five files at random gaps of 0–30 ms. LiveServe only. A save is missed when no message on a plain
// socket leads to its content or a newer one of that file. A page is stale when, some seconds after a pause, it does not show the last save of
// each file. Both must be 0, or this exits 1.
import fs from 'node:fs';
import path from 'node:path';
import { chance, complain, get, inPage, launch, listen, makeFolder, now, openTab, png, put, sleep, spread, start, table } from './lib.mjs';

const count = Number(process.env.MISSES_SAVES ?? 1000);
const seed = Number(process.env.SEED ?? 1);
const { below, pick, next } = chance(seed);
const pauseAfter = 100, waitMs = 10_000;

// The content with number n, and the number in a content as it is served: -1 when it was caught between emptied and written.
const number = pattern => text => Number(pattern.exec(text)?.[1] ?? -1);
const files = {
  'index.html': [n => `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Misses</title>\n<link rel="stylesheet" href="/site.css">\n</head>\n` +
    `<body>\n<h1 id="mark">${n}</h1>\n<img id="pic" alt="" src="/pic.png">\n<script src="/app.js"></script>\n</body>\n</html>\n`, number(/mark">(\d+)/)],
  'site.css': [n => `#mark { padding-left: ${n}px }\n`, number(/left: (\d+)/)],
  'app.js': [n => `document.documentElement.dataset.js = '${n}';\nfetch('/data.json').then(answer => answer.json()).then(data => { document.documentElement.dataset.json = data.n; });\n`, number(/js = '(\d+)/)],
  'pic.png': [n => png(n), text => text.length < 24 ? -1 : Buffer.from(text, 'latin1').readUInt32BE(16)],
  'data.json': [n => `{ "n": ${n} }\n`, number(/"n": (\d+)/)],
};
function describe() {
  const mark = document.getElementById('mark'), { dataset } = document.documentElement, pic = document.getElementById('pic');
  if (!mark || !pic) return null;
  return [mark.textContent, parseFloat(getComputedStyle(mark).paddingLeft), dataset.js, pic.complete ? pic.naturalWidth : 0, dataset.json].join(' ');
}

// Runs in the page.
function resources() {
  return performance.getEntriesByType('resource').map(({ name, startTime, responseEnd, responseStatus, encodedBodySize }) =>
    `  ${new Date(performance.timeOrigin + startTime).toISOString().slice(17, 23)} + ${Math.round(responseEnd - startTime)} ms ${name} ${responseStatus} ${encodedBodySize} bytes`);
}

const root = makeFolder();
const newest = {};
for (const [file, [make]] of Object.entries(files)) put(root, file, make(newest[file] = 1));
const server = await start('liveserve', root);
const browser = await launch();
const tab = await openTab(browser, server, describe);
const client = await listen(server);

// Each message is followed by asking for the files it names: that is what a page would have got.
const asked = [];
client.next = at => {
  for (const file of JSON.parse(client.got.at(-1).text).files)
    if (files[file]) asked.push(get(server, `/${file}`).then(text => ({ file, at, n: files[file][1](text) })));
};

const saves = [];
let stale = 0;
for (let n = 2; n < count + 2; n++) {
  const file = pick(Object.keys(files)), full = path.join(root, file), content = files[file][0](n);
  saves.push({ file, n, at: now() });
  if (next() < 0.2) { fs.writeFileSync(`${full}.tmp`, content); fs.renameSync(`${full}.tmp`, full); } else fs.writeFileSync(full, content);
  newest[file] = n;
  await sleep(below(31));
  if ((n - 1) % pauseAfter === 0 || n === count + 1) await pause();
}

async function pause() {
  const expected = Object.keys(files).map(file => newest[file]).join(' ');
  const becomesRight = async () => {
    for (const since = now(); now() - since < waitMs; await sleep(50)) if (await inPage(tab.page, describe) === expected) return true;
    return false;
  };
  const wasRight = await becomesRight();
  await tab.settled(700); // A reload that waits its turn may come yet, and what comes late must not undo it.
  if (wasRight && await becomesRight()) return;
  stale++;
  console.error(`stale after ${saves.length} saves (seed ${seed}): shows "${await inPage(tab.page, describe)}", the disk has "${expected}"\nits last saves:\n` +
    saves.slice(-12).map(({ file, n, at }) => `  ${new Date(at).toISOString().slice(17, 23)} ${n} ${file}`).join('\n') +
    `\nwhat the page loaded:\n${(await inPage(tab.page, resources)).join('\n')}\nits last frames:\n${tab.frames.map(line => `  ${line}`).join('\n')}`);
}

await sleep(500);
const answers = await Promise.all(asked);
const times = [];
let missed = 0;
for (const { file, n, at } of saves) {
  const covered = answers.filter(answer => answer.file === file && answer.n >= n && answer.at >= at).map(answer => answer.at);
  if (covered.length) times.push(Math.min(...covered) - at);
  else { missed++; console.error(`missed: save ${n} of ${file} (seed ${seed})`); }
}
for (const trouble of tab.troubles) console.error(`in the page: ${trouble}`);
complain(server);
await server.stop();
await browser.close();
table(`Misses (${count} saves, 0–30 ms apart, seed ${seed})`,
  ['Saves', 'missed', 'stale pages', 'messages', 'page loads', 'save to the message that covers it, median (ms)', 'p95', 'max'],
  [[count, missed, `${stale} of ${Math.ceil(count / pauseAfter)} pauses`, client.got.length, tab.loads.length - 1, ...spread(times)]]);
process.exit(missed || stale ? 1 : 0);
