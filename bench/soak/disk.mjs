// The other side of the comparison: a plain server of the same folder that injects nothing and keeps nothing, and one tab that loads from it.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { snapshot } from './snapshot.mjs';

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.json': 'application/json', '.png': 'image/png' };

export async function openDisk(browser, root) {
  const server = http.createServer((request, answer) => {
    const file = path.join(root, new URL(request.url, 'http://x').pathname);
    try {
      const body = fs.readFileSync(file);
      answer.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'text/plain', 'Cache-Control': 'no-store' }).end(body);
    } catch { answer.writeHead(404).end(); }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const page = await (await browser.newContext()).newPage();
  return async file => {
    await page.goto(`${origin}/${file}`, { waitUntil: 'load' });
    await page.waitForFunction(() => document.documentElement.dataset.done && document.documentElement.dataset.lib);
    return page.evaluate(snapshot);
  };
}
