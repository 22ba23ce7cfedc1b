// The open tabs: what each shows, how often and why it was loaded again, and how much memory its scripts hold.
import { inPage } from '../lib.mjs';
import { snapshot } from './snapshot.mjs';

// Reasons are counted by their kind: names and numbers are left out.
const kindOf = why => `${why ?? 'no reason'}`.replace(/[\w./-]+\.(html|css|js|json|png|txt)\b/g, '*.$1').replace(/\d+/g, 'N');

export async function openTabs(browser, origin, pages) {
  const reasons = new Map(), results = new Map(), troubles = new Map();
  const count = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
  const tabs = await Promise.all(pages.map(async model => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const tab = { model, page, loads: 0, frames: [], session: await context.newCDPSession(page) };
    page.on('load', () => tab.loads++);
    page.on('pageerror', error => count(troubles, `uncaught: ${kindOf(error.message)}`));
    page.on('crash', () => count(troubles, 'the tab crashed'));
    page.on('console', message => { if (message.type() === 'error') count(troubles, `console: ${kindOf(message.text())}`); });
    const note = (way, payload) => {
      tab.frames.push(`${new Date().toISOString().slice(17, 23)} ${way} ${`${payload}`.slice(0, 400)}`);
      if (tab.frames.length > 12) tab.frames.shift();
    };
    page.on('websocket', socket => socket.on('framereceived', ({ payload }) => note('<', payload)).on('framesent', ({ payload }) => {
      note('>', payload);
      if (!`${payload}`.includes('"type":"applied"')) return;
      const { result, why } = JSON.parse(payload);
      count(results, result);
      if (result === 'reload') count(reasons, kindOf(why));
    }));
    await page.goto(`${origin}/${model.file}`, { waitUntil: 'load' });
    tab.shows = () => inPage(page, snapshot);
    // What the page is at, for whoever looks into a stale one.
    tab.state = () => inPage(page, async () => JSON.stringify({
      pictures: await Promise.all([...document.styleSheets].flatMap(sheet => [...sheet.cssRules].flatMap(rule => [rule, ...rule.styleSheet?.cssRules ?? []].flatMap(each => [each, ...each.styleSheet?.cssRules ?? []])).map(rule => [sheet, rule]))
        .filter(([, rule]) => rule.style?.content?.includes('url(')).map(async ([sheet, rule]) => {
          const address = new URL(/url\("(.*?)"\)/.exec(rule.style.content)[1], rule.parentStyleSheet.href ?? document.baseURI).href;
          const [held, fresh] = await Promise.all([address, `${address}${address.includes('?') ? '&' : '?'}fresh`].map(src => new Promise(resolve => {
            const image = new Image();
            image.onload = () => resolve(image.naturalWidth);
            image.onerror = () => resolve('broken');
            image.src = src;
          })));
          return `${new URL(sheet.href).search} ${rule.selectorText} ${address.replace(location.origin, '')}: holds ${held}, on disk ${fresh}`;
        })),
      readyState: document.readyState, age: Math.round(performance.now()), loaded: Math.round(performance.getEntriesByType('navigation')[0]?.loadEventEnd ?? -1),
      last: performance.getEntriesByType('resource').slice(-8).map(entry => `${new URL(entry.name).pathname} ${Math.round(entry.startTime)}-${Math.round(entry.responseEnd)} ${entry.responseStatus}`),
    }));
    tab.heapMiB = async () => {
      await tab.session.send('HeapProfiler.collectGarbage');
      return (await tab.session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
    };
    return tab;
  }));
  return { tabs, reasons, results, troubles, loads: () => tabs.reduce((sum, tab) => sum + tab.loads - 1, 0) };
}
