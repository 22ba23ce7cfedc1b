import { localPath, openRoots, stampAddress } from './paths.js';
import { replaceElement } from './replace-element.js';
import { findImports } from './stylesheet-imports.js';

/**
 * Brings the new version of a stylesheet into the page without a moment in which neither version applies.
 *
 * @param {string} url
 * @param {number} seq
 * @returns {Promise<import('./updates.js').Outcome>} `ignored` when the page does not use it
 */
export async function swapStylesheet(url, seq) {
  const path = localPath(url);
  const roots = openRoots();
  const links = roots.flatMap(root => [...root.querySelectorAll('link[href]')])
    .filter(link => link.relList.contains('stylesheet') && localPath(link.href) === path);

  const jobs = links.length > 0
    ? links.map(link => swapLink(link, seq))
    : findImports(roots, path).map(found => swapImport(found, seq));
  const outcomes = await Promise.all(jobs);
  for (const result of ['reload', 'failed', 'swap']) {
    const found = outcomes.find(outcome => outcome.result === result);
    if (found) return found;
  }
  return { result: 'ignored' };
}

async function swapLink(link, seq) {
  const wish = pageWish(link);
  if (wish) return wish;
  // The hash in the page is that of the old bytes. A reload would meet the same refusal.
  if (link.integrity) return { result: 'failed', why: `${link.getAttribute('href')} has an integrity attribute: the new version is refused` };

  return replaceElement(link, clone => clone.setAttribute('href', stampAddress(link.getAttribute('href'), seq)));
}

/** The sheet comes in through another one. The server stamps the imports of a sheet that is asked for with `?t`. */
async function swapImport({ owner, written }, seq) {
  if (owner instanceof HTMLLinkElement) return swapLink(owner, seq);
  const wish = pageWish(owner);
  if (wish) return wish;
  const text = owner.textContent ?? '';
  if (owner.localName !== 'style' || !text.includes(written)) return { result: 'reload', why: 'imported in a way that cannot be swapped' };

  return replaceElement(owner, clone => { clone.textContent = text.replace(written, () => stampAddress(written, seq)); });
}

/** @returns {import('./updates.js').Outcome | undefined} */
function pageWish(element) {
  switch (element.closest?.('[data-liveserve]')?.getAttribute('data-liveserve')) {
    case 'ignore': return { result: 'ignored', why: 'data-liveserve="ignore"' };
    case 'reload': return { result: 'reload', why: 'data-liveserve="reload"' };
    default: return undefined;
  }
}
