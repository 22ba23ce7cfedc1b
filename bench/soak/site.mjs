// The site of the soak: 300 pages in 10 sections with navigation, shared sheets that import others, pictures, scripts and data. The model in
// memory says what each file holds; a file is its rendering. Every version of everything shows as a number somewhere in a page.
import { png, put } from '../lib.mjs';

export const sections = 10, pagesEach = 30;
const pictures = 40, datas = 20;
const numbers = count => Array.from({ length: count }, (_, i) => i);
export const words = 'river stone window quiet lamp garden paper bridge winter copper thread meadow signal harbour candle'.split(' ');

export function makeModel(root, random) {
  const model = { root, random, files: new Map(), pages: [], pictures: [], datas: [], sheets: [], counter: 10 };
  model.next = () => ++model.counter;
  model.sentence = () => numbers(random.between(3, 12)).map(() => random.pick(words)).join(' ');
  model.block = () => ({ id: `b${model.next()}`, kind: random.pick(['p', 'section', 'list']), name: random.pick(words), text: model.sentence(), more: [] });
  model.put = file => put(root, file, model.files.get(file)());

  const hold = (list, file, item, render) => {
    list.push(Object.assign(item, { file }));
    model.files.set(file, () => render(item, model));
    return item;
  };
  model.newPicture = () => hold(model.pictures, `img/set${model.pictures.length % 4}/i${model.next()}.png`, { n: random.between(1, 60) }, picture => png(picture.n, 1 + picture.n % 3));
  for (const _ of numbers(pictures)) model.newPicture();
  for (const i of numbers(datas)) hold(model.datas, `data/d${i}.json`, { n: i }, data => `{ "n": ${data.n} }\n`);

  const sheet = (file, marker, imports = []) => hold(model.sheets, file, { marker, imports, n: 1, extra: [], picture: random.pick(model.pictures), up: '../'.repeat(file.split('/').length - 1) }, renderSheet);
  sheet('css/base.css', 'base');
  sheet('css/theme/colors.css', 'colors');
  sheet('css/theme/theme.css', 'theme', ['"colors.css"']);
  sheet('css/site.css', 'site', ['"base.css"', 'url("theme/theme.css")']);
  for (const s of numbers(sections)) sheet(`css/section-${s}.css`, 'section');

  model.script = hold([], 'js/site.js', { n: 1 }, renderScript);
  model.library = hold([], 'js/lib.js', { n: 1 }, library => `export const version = ${library.n};\n`);
  hold([], 'js/page.js', {}, () => `import { version } from './lib.js';\ndocument.documentElement.dataset.lib = version;\n`);
  hold([], 'index.html', {}, () => '<!doctype html>\n<title>Index</title>\n<p><a href="/s0/page-0.html">Pages</a></p>\n');

  for (const s of numbers(sections)) for (const p of numbers(pagesEach)) {
    hold(model.pages, `s${s}/page-${p}.html`, {
      section: s, number: p, title: `Page ${p}`, inline: 1, data: random.pick(model.datas),
      blocks: numbers(8).map(model.block), pictures: numbers(3).map(() => random.pick(model.pictures)),
    }, renderPage);
  }
  for (const file of model.files.keys()) model.put(file);
  return model;
}

function renderSheet({ marker, imports, n, extra, picture, up }) {
  return imports.map(name => `@import ${name};\n`).join('') + `.${marker} { padding-left: ${n}px }\n.${marker}-picture::before { content: url("${up}${picture.file}") }\n` +
    `@media (min-width: 1px) {\n  .${marker} { margin-left: ${n % 7}px }\n}\n${extra.map(n => `.${marker}-extra { text-indent: ${n}px }\n`).join('')}`;
}

function renderScript({ n }) {
  return `document.documentElement.dataset.site = '${n}';\nconst item = document.createElement('li');\nitem.textContent = 'made by script ${n}';\ndocument.getElementById('made').append(item);\n` +
    `fetch(document.body.dataset.json).then(answer => answer.json()).then(data => { document.getElementById('data').textContent = data.n; document.documentElement.dataset.done = 'yes'; });\n`;
}

const markers = ['base', 'colors', 'theme', 'site', 'section'];

function renderPage(page) {
  const { section, number, title, inline, data, blocks } = page;
  const links = [...numbers(sections).map(s => [`/s${s}/page-${number}.html`, `Section ${s}`]), ...numbers(5).map(i => [`page-${(number + i + 1) % pagesEach}.html`, `Next ${i}`])];
  const spans = markers.flatMap(name => [`<span data-m class="${name} ${name}-extra">${name}</span>`, `<span data-m class="${name}-picture"></span>`]);
  const images = page.pictures.map((picture, i) => i === 1
    ? `<picture><source srcset="/${picture.file} 1x"><img alt="" src="../${picture.file}"></picture>`
    : `<img alt="" src="${i ? '../' : '/'}${picture.file}">`);
  return `<!doctype html>\n<html lang="en">\n<head>\n  <meta charset="utf-8">\n  <title>${title}</title>\n  <link rel="stylesheet" href="/css/site.css">\n` +
    `  <link rel="stylesheet" href="../css/section-${section}.css">\n  <style>\n    .inline { padding-left: ${inline}px }\n  </style>\n  <script src="/js/site.js" defer></script>\n` +
    `  <script type="module" src="/js/page.js"></script>\n</head>\n<body data-json="/${data.file}">\n  <nav>\n    <ul>\n${links.map(([to, name]) => `      <li><a href="${to}">${name}</a></li>\n`).join('')}    </ul>\n  </nav>\n` +
    `  <main>\n    <h1>${title}</h1>\n${blocks.map(renderBlock).join('')}  </main>\n  <p>${spans.join(' ')} <span data-m class="inline">inline</span></p>\n` +
    `  <p>${images.join(' ')}</p>\n  <output id="data"></output>\n  <ul id="made"></ul>\n</body>\n</html>\n`;
}

function renderBlock({ id, kind, name, text, more }) {
  const extra = more.map(([key, value]) => ` ${key}="${value}"`).join('');
  switch (kind) {
    case 'p': return `    <p id="${id}" class="${name}"${extra}>${text} <em>${name}</em></p>\n`;
    case 'section': return `    <section id="${id}" class="${name}"${extra}>\n      <h2>${name}</h2>\n      <p>${text}</p>\n    </section>\n`;
    default: return `    <ul id="${id}" class="${name}"${extra}>\n${text.split(' ').map(word => `      <li>${word}</li>\n`).join('')}    </ul>\n`;
  }
}
