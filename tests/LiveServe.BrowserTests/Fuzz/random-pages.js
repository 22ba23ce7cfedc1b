// Makes pairs of pages that differ by a few edits, always the same pair for a seed. No scripts: the page is what the parser makes of it.

/** A generator of numbers below a limit (mulberry32). */
export function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const roll = limit => next() % limit;
  return { roll, pick: list => list[roll(list.length)] };
}

const words = ['fox', 'a &amp; b', '&lt;tag&gt;', '&nbsp;', '\u65e5\u672c', '&eacute;', 'dog', '1 &gt; 0', 'x', 'end.'];
const classes = ['a', 'b', 'c', 'wide'];

function text({ roll, pick }) {
  return Array.from({ length: 1 + roll(4) }, () => pick(words)).join(' ');
}

function attributes(random) {
  const { roll, pick } = random;
  return [
    roll(4) === 0 ? ` id="i${roll(1000)}"` : '',
    roll(3) === 0 ? ` class="${pick(classes)} ${pick(classes)}"` : '',
    roll(6) === 0 ? ` style="color: ${pick(['red', 'blue'])}; margin: ${roll(9)}px"` : '',
    roll(6) === 0 ? ` @click="${text(random)}"` : '',
    roll(6) === 0 ? ` data-n="${roll(9)}" v-on:x="y"` : '',
  ].join('');
}

const leaves = [
  r => text(r),
  r => `<!-- ${r.roll(99)} -->`,
  r => `<b${attributes(r)}>${text(r)}</b>`,
  r => `<p${attributes(r)}>${text(r)} <i>${text(r)}</i> ${text(r)}</p>`,
  r => `<input${attributes(r)} name="n${r.roll(50)}" value="${r.roll(9)}">`,
  r => `<textarea>\n${text(r)}</textarea>`,
  r => `<select>${'<option>o</option>'.repeat(1 + r.roll(3))}<option${r.roll(2) ? ' selected' : ''}>${text(r)}</option></select>`,
  r => `<svg${attributes(r)} viewBox="0 0 9 9"><title>${text(r)}</title><path d="M0 0h${r.roll(9)}"/><a xlink:href="#${r.roll(9)}"><text>${text(r)}</text></a></svg>`,
  r => `<math><mi>${r.pick(['x', 'y'])}</mi><mn>${r.roll(9)}</mn></math>`,
  r => `<pre>\n  ${text(r)}\n\n</pre>`,
  r => `<noscript><img alt="${text(r)}"></noscript>`,
  r => `<script type="application/ld+json">{"n": ${r.roll(9)}}</script>`,
  () => '<br>',
  () => '\n   ',
];

const holders = [
  (r, inner) => `<div${attributes(r)}>${inner}</div>`,
  (r, inner) => `<section${attributes(r)}>\n${inner}\n</section>`,
  (r, inner) => `<ul>${Array.from({ length: 1 + r.roll(4) }, () => `\n  <li${attributes(r)}>${text(r)}</li>`).join('')}<li>${inner}</li></ul>`,
  (r, inner) => `<table>${Array.from({ length: 1 + r.roll(4) }, () => `<tr${attributes(r)}><td>${text(r)}<td>${r.roll(9)}</tr>`).join('')}<tr><td>${inner}</table>`,
  (r, inner) => `<template${attributes(r)}>${inner}<i>${text(r)}</i></template>`,
  (r, inner) => `<details${attributes(r)}${r.roll(2) ? ' open' : ''}><summary>${text(r)}</summary>${inner}</details>`,
  (r, inner) => `<dl><dt>${text(r)}<dd>${inner}</dl>`,
];

function blocks(random, depth, count) {
  return Array.from({ length: count }, () => depth === 0 || random.roll(2) === 0
    ? random.pick(leaves)(random)
    : random.pick(holders)(random, blocks(random, depth - 1, 1 + random.roll(4)))).join(random.pick(['', '\n', ' ']));
}

function page(random) {
  const doctype = random.pick(['<!doctype html>', '<!DOCTYPE html>\n<!-- top -->', '']);
  const head = `<title>${text(random)}</title>\n<meta name="description" content="${text(random)}">\n<style>b { color: ${random.pick(['red', 'blue'])} }</style>`;
  return `${doctype}<html${attributes(random)}><head>${head}</head><body${attributes(random)}>${blocks(random, 3, 2 + random.roll(7))}</body></html>`;
}

const parse = html => new DOMParser().parseFromString(html, 'text/html');

function allNodes(root, found = []) {
  for (const node of root.childNodes) {
    found.push(node);
    allNodes(node.content instanceof DocumentFragment ? node.content : node, found);
  }
  return found;
}

const fixed = new Set(['HTML', 'HEAD', 'BODY', 'META', 'STYLE', 'TITLE', 'SCRIPT', 'NOSCRIPT', 'TEXTAREA', 'OPTION']);

/** One edit somewhere in the page; what the parser makes of it in the end is its affair. */
function edit(tree, random) {
  const { roll, pick } = random;
  const nodes = allNodes(tree.documentElement);
  const elements = nodes.filter(node => node.nodeType === 1);
  const movable = nodes.filter(node => !fixed.has(node.nodeName) && !fixed.has(node.parentNode.nodeName.replace('BODY', '')));
  const spots = [tree.body, ...movable.filter(node => node.nodeType === 1 && !['INPUT', 'BR', 'SELECT'].includes(node.nodeName))].map(node => node.content ?? node);
  const spot = pick(spots);
  const place = spot.childNodes[roll(spot.childNodes.length + 1)] ?? null;
  const victim = movable.length > 0 ? pick(movable) : null;
  switch (roll(8)) {
    case 0: return void spot.insertBefore(parse(`<body>${blocks(random, 1, 1)}`).body.firstChild ?? tree.createTextNode('z'), place);
    case 1: return void victim?.remove();
    case 2: return victim && !victim.contains(spot) && !(victim.content?.contains(spot)) && victim !== place ? void spot.insertBefore(victim, place) : undefined;
    case 3: return victim ? void victim.parentNode.insertBefore(victim, pick([...victim.parentNode.childNodes])) : undefined;
    case 4: return void pick(elements).setAttribute(pick(['class', 'id', 'title', 'hidden', 'value', 'lang', 'style', 'name']), pick(['a', 'a b', 'c', 'color: red', 'color: green; top: 1px']));
    case 5: {
      const element = pick(elements.filter(({ localName }) => localName !== 'script'));   // without its type it would be one that runs
      return element.attributes.length > 0 ? void element.removeAttributeNode(pick([...element.attributes])) : undefined;
    }
    case 6: {
      const data = pick(nodes.filter(node => node.nodeType === 3 || node.nodeType === 8));
      if (data) data.data = pick([`${data.data}!`, 'new', ' ', data.data.slice(1), `< ${data.data}`]);
      return undefined;
    }
    default: {
      const wrap = tree.createElement(pick(['div', 'section', 'span']));
      if (!victim) return undefined;
      victim.replaceWith(wrap);
      return void wrap.append(victim);
    }
  }
}

/** Two sources of one page: one to four edits lie between them. */
export function randomPair(seed) {
  const random = dice(seed);
  const before = page(random);
  const tree = parse(before);
  for (let left = 1 + random.roll(4); left > 0; left--) edit(tree, random);
  return { before, after: `${before.startsWith('<!') ? '<!doctype html>' : ''}${tree.documentElement.outerHTML}`, random };
}
