// One Chromium for all tools; tabs that note what they show, and when, by their own clock.
import { need } from './servers.mjs';
import { tellsChange } from './messages.mjs';
import { now, sleep } from './numbers.mjs';

export function launch() {
  return need('playwright-core').chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
}

// Runs in the page, in each new document again. Reports each new state once. Between saves the frames and the mutations are enough; around
// one, messages to itself let it look several times in a frame.
function look(describe) {
  if (window !== top || location.protocol === 'about:') return;
  const clock = () => performance.timeOrigin + performance.now();
  window.benchSeen('load', performance.timeOrigin, clock());
  let last = null, until = 0, looping = false;
  const check = () => {
    const state = document.body && describe();
    if (!state || state === last) return;
    last = state;
    window.benchShows = { state, at: clock() };
    window.benchSeen('state', state, window.benchShows.at);
  };
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    check();
    looping = performance.now() < until;
    if (looping) channel.port2.postMessage(0);
  };
  const frame = () => { check(); requestAnimationFrame(frame); };
  new MutationObserver(check).observe(document, { childList: true, subtree: true, characterData: true });
  window.benchClock = clock;
  window.benchLook = ms => {
    until = performance.now() + ms;
    if (!looping) { looping = true; channel.port2.postMessage(0); }
  };
  frame();
  window.benchLook(3000);
}

// A tab of its own profile. `describe` runs in the page: what it shows, as a string, or null while parts are missing.
export async function openTab(browser, server, describe, path = '/index.html') {
  const context = await browser.newContext();
  const page = await context.newPage();
  const tab = { page, server, loads: [], states: [], told: 0, troubles: [], frames: [], close: () => context.close() };
  let waiting = null;
  await page.exposeFunction('benchSeen', (kind, value, at) => {
    if (kind === 'load') { if (!tab.loads.includes(value)) tab.loads.push(value); return; }
    tab.states.push({ state: value, at });
    if (waiting?.done(value)) waiting.seen(at);
  });
  page.on('websocket', socket => {
    const note = way => ({ payload }) => {
      if (way === '<' && tellsChange(server.name, `${payload}`)) tab.told++;
      tab.frames.push(`${new Date().toISOString().slice(17, 23)} ${way} ${`${payload}`.slice(0, 300)}`);
      if (tab.frames.length > 30) tab.frames.shift();
    };
    socket.on('framereceived', note('<')).on('framesent', note('>'));
  });
  page.on('pageerror', error => tab.troubles.push(`${new Date().toISOString().slice(17, 23)} ${error}`));
  await page.addInitScript(`(${look})(${describe})`);
  await page.goto(`${server.origin}${path}`, { waitUntil: 'load' });

  // Looks closely from now on.
  tab.watch = done => {
    const shown = new Promise(seen => { waiting = { done, seen }; });
    return { shown, begin: () => page.evaluate(() => window.benchLook(5000)) };
  };
  tab.rest = async () => { waiting = null; await inPage(page, () => window.benchLook?.(0)); };
  // What it shows now, and since when. A report from a document that has just begun may get lost, so the page is asked.
  tab.shows = () => inPage(page, () => window.benchShows);
  // Until no document has been loaded and no state has changed for this long, and the document is complete.
  tab.settled = async (quietMs = 400, atMostMs = 15_000) => {
    const began = now();
    for (let seen = -1, since = now(); now() - since < quietMs && now() - began < atMostMs; await sleep(20)) {
      const count = tab.loads.length * 1e6 + tab.states.length;
      if (count !== seen) [seen, since] = [count, now()];
    }
    await inPage(page, () => document.readyState);
  };
  return tab;
}

// A page may be between two documents, and then there is nobody to ask.
export async function inPage(page, action, argument) {
  for (let attempt = 0; ; attempt++) {
    try { return await page.evaluate(action, argument); } catch (gone) {
      if (attempt === 20 || !/navigat|context|destroyed|Cannot find/i.test(`${gone}`)) throw gone;
      await sleep(25);
    }
  }
}

// Times of two processes are compared, so their clocks must agree. Complains when the page's lies outside of the question and the answer.
export async function checkClock(tab) {
  let off = Infinity;
  for (let i = 0; i < 10; i++) {
    const before = now(), there = await inPage(tab.page, () => window.benchClock()), after = now();
    off = Math.min(off, Math.max(0, before - there, there - after));
  }
  if (off > 0.5) console.error(`${tab.server.name}: the page's clock is ${off.toFixed(1)} ms off; do not use this run's times`);
}
