// Measures: just before the write to the new text in the DOM (HTML) and to the
// new computed style (CSS), in Chromium. The page itself looks, about every 4 ms.
// Goal: none in numbers; not slower than the others, and none is missed.
// LiveServe's page stops reloading after 5 reloads within 3 s. Lone saves are
// spaced to stay below that. The fast row is not, so it shows what is lost.
// Times are of the saves that became visible; the others are counted as missed.
import fs from 'node:fs';
import path from 'node:path';
import { complain, fix, makeSite, median, need, page as html, quantile, sheet, sleep, start, table, tools } from './lib.mjs';

const count = Number(process.env.SAVES ?? 20);
const { chromium } = need('playwright-core');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});

// Runs in the page, again after each reload. Reports each new state once.
function look() {
  let last = '';
  const check = () => {
    const mark = document.getElementById('mark');
    if (!mark) return;
    const state = `${mark.textContent}|${getComputedStyle(mark).paddingLeft}`;
    if (state !== last) { last = state; window.benchSeen(state, Date.now()); }
  };
  new MutationObserver(check).observe(document, { childList: true, subtree: true, characterData: true });
  setInterval(check, 4);
}

const rows = [];
for (const name of tools) {
  const root = makeSite();
  const server = await start(name, root);
  const page = await (await browser.newContext()).newPage();
  let seen = () => {}, loads = 0;
  await page.exposeFunction('benchSeen', (state, at) => seen(state, at));
  await page.addInitScript(look);
  page.on('load', () => { loads++; });
  await page.goto(`${server.origin}/index.html`);
  await sleep(2500);

  const kinds = {
    'HTML, 800–1100 ms apart': i => ['index.html', html(`save ${i}`), state => state.startsWith(`save ${i}|`), 800],
    'HTML, 300–600 ms apart': i => ['index.html', html(`fast ${i}`), state => state.startsWith(`fast ${i}|`), 300],
    'CSS, 300–600 ms apart': i => ['site.css', sheet(i + 10), state => state.endsWith(`|${i + 10}px`), 300],
  };
  for (const [kind, plan] of Object.entries(kinds)) {
    await sleep(3500); // Lets the reload guard forget the row before.
    const times = [];
    const loadsBefore = loads;
    let missed = 0;
    for (let i = 0; i < count; i++) {
      const [file, content, done, gap] = plan(i);
      const shown = new Promise(yes => { seen = (state, at) => { if (done(state)) yes(at); }; });
      const began = Date.now();
      fs.writeFileSync(path.join(root, file), content);
      const at = await Promise.race([shown, sleep(3000)]);
      if (at === undefined) missed++; else times.push(at - began);
      await sleep(gap + Math.random() * 300);
    }
    rows.push([name, kind, fix(median(times)), fix(quantile(times, 0.95)), fix(Math.max(...times)), `${missed} of ${count}`, loads - loadsBefore]);
  }
  complain(server);
  await page.close();
  await server.stop();
}
await browser.close();
table(`Write to visible in Chromium (ms, ${count} saves)`, ['Tool', 'Edit', 'median', 'p95', 'max', 'missed', 'page loads'], rows);
process.exit(0);
