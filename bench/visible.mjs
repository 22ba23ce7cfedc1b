// Measures: from just before the write to the new text in the live DOM (HTML), and to the new computed style (CSS), on a typical page in
// Chromium. Counts the documents that were loaded for it, and how often what somebody had typed was still there.
// The same for an edit in the middle of a page of 263 KB with 2,500 siblings; its goal is 100 ms.
// Goals: not slower than any other tool in any; no load; everything typed is kept; none is missed.
import fs from 'node:fs';
import path from 'node:path';
import { checkClock, complain, forEachTool, inPage, inTurn, large, launch, makeSite, now, openTab, page, put, runs, sheet, sleep, spread, start, table, tools } from './lib.mjs';

const kinds = {
  HTML: n => ({ file: 'index.html', content: page(`save ${n}`), done: state => state.startsWith(`save ${n}|`) }),
  CSS: n => ({ file: 'site.css', content: sheet(n + 10), done: state => state.endsWith(`|${n + 10}px`) }),
  'HTML of 263 KB': n => ({ file: 'large.html', content: large(`save ${n}`), done: state => state.startsWith(`save ${n}|`) }),
};
const pages = { '/index.html': ['HTML', 'CSS'], '/large.html': ['HTML of 263 KB'] };

function describe() {
  const mark = document.getElementById('mark');
  return mark && `${mark.textContent}|${getComputedStyle(mark).paddingLeft}`;
}

const browser = await launch();
const servers = await forEachTool(async name => {
  const root = makeSite();
  put(root, 'large.html', large('start'));
  return start(name, root);
});
const results = new Map();
for (const path of Object.keys(pages)) await measure(path);
for (const server of servers.values()) {
  complain(server);
  await server.stop();
}
await browser.close();
for (const kind of Object.keys(kinds))
  table(`Write to visible, ${kind} (ms, ${runs} saves)`, ['Tool', 'median', 'p95', 'max', 'missed', 'page loads', 'kept what was typed'],
    tools.map(name => [name, ...row(results.get(`${name} ${kind}`))]));
process.exit(0);

async function measure(path) {
  const tabs = await forEachTool(name => openTab(browser, servers.get(name), describe, path));
  await sleep(3000); // Some are not yet watching when they first answer.
  for (const tab of tabs.values()) await checkClock(tab);
  for (const kind of pages[path]) {
    for (const name of tools) results.set(`${name} ${kind}`, { times: [], missed: 0, loads: 0, kept: 0 });
    await inTurn(runs + 1, (name, round) => save(tabs.get(name), kinds[kind](round), round > 0 ? results.get(`${name} ${kind}`) : null));
  }
  for (const tab of tabs.values()) {
    await checkClock(tab);
    for (const trouble of tab.troubles) console.error(`${tab.server.name}, in the page: ${trouble}`);
    await tab.close();
  }
}

// `result` is null in the first round, which warms up.
async function save(tab, { file, content, done }, result) {
  const typed = `typed before ${content.length} ${file} ${Math.round(now())}`;
  await tab.page.fill('#typed', typed);
  const loads = tab.loads.length;
  const { shown, begin } = tab.watch(done);
  await begin();
  const began = now();
  fs.writeFileSync(path.join(tab.server.root, file), content);
  let at = await Promise.race([shown, sleep(5000)]);
  if (at === undefined) {
    const now = await tab.shows();
    if (now && done(now.state)) at = now.at;
  }
  await tab.rest();
  await tab.settled();
  const kept = await inPage(tab.page, () => document.getElementById('typed')?.value) === typed;
  if (!result) return;
  if (at === undefined) result.missed++; else result.times.push(at - began);
  result.loads += tab.loads.length - loads;
  result.kept += kept ? 1 : 0;
}

function row({ times, missed, loads, kept }) {
  return [...spread(times), `${missed} of ${runs}`, loads, `${kept} of ${runs}`];
}
