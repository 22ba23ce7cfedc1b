// A git repository of 500 files on two branches that differ in all of them. A page uses one document, 20 sheets and 30 pictures; it shows
// each one's version by a number.
import { execFileSync } from 'node:child_process';
import { makeFolder, png, put } from './sites.mjs';

const sheets = 20, pictures = 30, others = 449;
const numbers = count => Array.from({ length: count }, (_, i) => i);

function write(root, version) {
  const spans = numbers(sheets).map(i => `<span class="s${i}">${i}</span>`).join('\n');
  const links = numbers(sheets).map(i => `<link rel="stylesheet" href="/css/s${i}.css">`).join('\n');
  const images = numbers(pictures).map(i => `<img alt="" src="/img/i${i}.png">`).join('\n');
  put(root, 'index.html', `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Checkout</title>\n${links}\n</head>\n<body>\n` +
    `<h1 id="mark">${version}</h1>\n<p><input id="typed"></p>\n<p>\n${spans}\n</p>\n<p>\n${images}\n</p>\n</body>\n</html>\n`);
  for (const i of numbers(sheets)) put(root, `css/s${i}.css`, `.s${i} { padding-left: ${version}px }\n`);
  for (const i of numbers(pictures)) put(root, `img/i${i}.png`, png(version, 1 + i));
  for (const i of numbers(others)) put(root, `lib/${i % 20}/f${i}.${['js', 'txt', 'json'][i % 3]}`, `${JSON.stringify({ i, version })}\n`);
}

export function makeRepository() {
  const root = makeFolder();
  const git = (...args) => execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@localhost', '-c', 'core.fsync=none', ...args], { cwd: root, stdio: 'pipe' });
  git('init', '--quiet', '--initial-branch=one');
  for (const [version, branch] of [[1, 'one'], [2, 'two']]) {
    if (version > 1) git('checkout', '--quiet', '-b', branch);
    write(root, version);
    git('add', '--all');
    git('commit', '--quiet', '--message', branch);
  }
  git('checkout', '--quiet', 'one');
  git('gc', '--quiet');
  return { root, checkout: branch => git('checkout', '--quiet', branch) };
}

// Runs in the page: all versions that it shows, each once.
export function describeVersions() {
  const spans = [...document.querySelectorAll('span')], images = [...document.images];
  if (spans.length < 20 || images.length < 30) return null;
  return [...new Set([
    document.getElementById('mark').textContent,
    ...spans.map(span => `${parseFloat(getComputedStyle(span).paddingLeft)}`),
    ...images.map(image => `${image.complete ? image.naturalWidth : 0}`),
  ])].sort().join(' ');
}
