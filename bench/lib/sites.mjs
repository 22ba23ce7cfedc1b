// Sites that are measured, in temporary folders that go away with the process.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';

const folders = new Set();
process.on('exit', () => { for (const dir of folders) fs.rmSync(dir, { recursive: true, force: true }); });

export function makeFolder() {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'liveserve-bench-')));
  folders.add(root);
  return root;
}

export function put(root, file, content) {
  const full = path.join(root, file);
  fs.mkdirSync(path.dirname(full), { recursive: true });
  fs.writeFileSync(full, content);
  return full;
}

const words = 'A page that somebody works on has some prose in it and is not all markup so here is what fills the paragraphs of this one'.split(' ');
const prose = n => Array.from({ length: 40 }, (_, i) => words[(n * 7 + i * (n % 5 + 1)) % words.length]).join(' ');

// A typical page: about 7 KB, two sheets, a script that changes the document, a form.
export function page(text) {
  const articles = Array.from({ length: 16 }, (_, i) =>
    `    <article class="card" id="a${i}">\n      <h2>Part ${i + 1}</h2>\n      <p>${prose(i)}.</p>\n      <a class="more" href="#a${i}">More about part ${i + 1}</a>\n    </article>\n`);
  return `<!doctype html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <meta name="viewport" content="width=device-width">\n  <title>Bench</title>\n` +
    `  <link rel="stylesheet" href="/base.css">\n  <link rel="stylesheet" href="/site.css">\n  <script type="module" src="/site.js"></script>\n</head>\n<body>\n` +
    `  <header><h1 id="mark">${text}</h1><nav><ul id="nav"><li><a href="/">Home</a></li></ul></nav></header>\n  <main>\n${articles.join('')}  </main>\n` +
    `  <form id="form"><label>Name <input id="typed" name="name" autocomplete="off"></label><label>Text <textarea name="text"></textarea></label></form>\n` +
    `  <footer id="foot"></footer>\n</body>\n</html>\n`;
}

// A page of 263 KB: 2,500 siblings, the text in the middle one.
export function large(text) {
  const sections = Array.from({ length: 2500 }, (_, i) =>
    `<section class="card"><h2${i === 1250 ? ' id="mark"' : ''}>${i === 1250 ? text : `Part ${i}`}</h2><p>${prose(i).slice(0, 50).padEnd(50, '.')}</p></section>\n`);
  return `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Bench</title>\n<link rel="stylesheet" href="/site.css">\n</head>\n<body>\n` +
    `<form><input id="typed" autocomplete="off"></form>\n${sections.join('')}</body>\n</html>\n`;
}

export const sheet = n => `body { color: #222 }\n#mark { padding-left: ${n}px }\n` +
  Array.from({ length: 30 }, (_, i) => `.card:nth-child(${i + 1}) h2 { margin-left: ${i % 7}px }\n`).join('');

const base = 'body { margin: 1rem; font: 16px/1.4 sans-serif }\nmain { display: grid; gap: 1rem }\n.card { border: 1px solid #ccc; padding: 0.5rem }\n';
const script = `for (const name of ['About', 'Work', 'Contact']) {\n  const item = document.createElement('li');\n  item.textContent = name;\n` +
  `  document.getElementById('nav').append(item);\n}\ndocument.getElementById('foot').textContent = 'Made by a script';\n`;

export function makeSite(sources = 20) {
  const root = makeFolder();
  put(root, 'index.html', page('start'));
  put(root, 'base.css', base);
  put(root, 'site.css', sheet(1));
  put(root, 'site.js', script);
  for (let i = 0; i < sources; i++) put(root, `src/f${i}.js`, `export const n = ${i};\n`);
  return root;
}

// A grey picture of this many pixels: a page tells its version by its size.
export function png(width, height = 1) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, 0x80);
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head), chunk('IDAT', zlib.deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value >>> 1 ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}
