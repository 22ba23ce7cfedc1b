// Measures a git checkout that changes 500 files, 51 of which an open page uses: the messages that the page gets, the documents that it loads,
// and from the end of the git process until it shows nothing but the new branch, and goes on doing so. Negative: before git had ended. The page
// looks in each frame.
// Goals: one message, no load, and what was typed is kept.
import { complain, fix, forEachTool, inPage, inTurn, launch, median, most, now, openTab, quantile, runs, sleep, start, table, tools } from './lib.mjs';
import { describeVersions, makeRepository } from './lib/repository.mjs';

const browser = await launch();
const repositories = new Map();
const tabs = await forEachTool(async name => {
  const repository = makeRepository();
  repositories.set(name, repository);
  return openTab(browser, await start(name, repository.root), describeVersions);
});
await sleep(3000); // Some are not yet watching when they first answer.

const results = new Map(tools.map(name => [name, { times: [], told: [], loads: [], mixed: 0, kept: 0, git: [] }]));
await inTurn(runs + 1, async (name, round) => {
  const tab = tabs.get(name), result = results.get(name);
  const [branch, version] = round % 2 ? ['one', '1'] : ['two', '2'];
  const typed = `typed ${round}`;
  await tab.page.fill('#typed', typed);
  const [told, loads] = [tab.told, tab.loads.length];
  const began = now();
  repositories.get(name).checkout(branch);
  const ended = now();
  await sleep(1000); // The slowest waits half of it before it says anything.
  await tab.settled(2000);
  const kept = await inPage(tab.page, () => document.getElementById('typed')?.value) === typed;
  if (round === 0) return; // It warms up.
  const final = await tab.shows();
  if (final?.state === version) result.times.push(final.at - ended); else result.mixed++;
  result.told.push(tab.told - told);
  result.loads.push(tab.loads.length - loads);
  result.git.push(ended - began);
  result.kept += kept ? 1 : 0;
});

for (const tab of tabs.values()) { complain(tab.server); await tab.server.stop(); }
await browser.close();
table(`Checkout of 500 files (${runs} checkouts; git takes ${fix(median([...results.values()].flatMap(r => r.git)), 0)} ms)`,
  ['Tool', 'end of git to final state, median (ms)', 'p95', 'never final', 'messages, median', 'messages, most', 'page loads, median', 'page loads, most', 'kept what was typed'],
  tools.map(name => {
    const r = results.get(name);
    return [name, fix(median(r.times)), fix(quantile(r.times, 0.95)), `${r.mixed} of ${runs}`, fix(median(r.told), 0), most(r.told), fix(median(r.loads), 0), most(r.loads), `${r.kept} of ${runs}`];
  }));
process.exit(0);
