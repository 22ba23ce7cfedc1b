import { planPage } from '/html/plan-page.js';
import { applyOperations } from '/html/apply-operations.js';
import { holdChoices } from '/html/user-choices.js';
import { parseSource } from '/html/source-document.js';
import { dice, randomPair } from './random-pages.js';
import { disturb } from './live-state.js';

/** The page as the browser makes it, in a frame: there scripts could run, so a noscript is text as in any page. */
function show(html) {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  frame.contentDocument.open();
  frame.contentDocument.write(html);
  frame.contentDocument.close();
  return frame;
}

/** One spelling for what is the same to a reader: order of attributes and classes, neighbouring text
 * nodes, the spelling of a style, references in a noscript. */
export function normalForm(node) {
  switch (node.nodeType) {
    case 3: return node.data.replace(/[<&]/g, c => `&${c.charCodeAt(0)};`);
    case 8: return `<!--${node.data}-->`;
    case 10: return `<!doctype ${node.name} ${node.publicId} ${node.systemId}>`;
    case 1: {
      const written = ({ name, value }) =>
        `${name}=${name === 'class' ? [...new Set(value.split(/\s+/))].sort().join(' ') : name === 'style' ? node.style?.cssText : value}`;
      const attributes = [...node.attributes].map(written).filter(text => text !== 'style=').sort().join('|');
      if (node.localName === 'noscript') return `<noscript>${normalForm(new DOMParser().parseFromString(node.textContent, 'text/html'))}</>`;
      const typed = node.localName === 'textarea' ? node.defaultValue : '';
      return `<${node.namespaceURI}:${node.localName} ${attributes} ${typed}>${children(node.content?.nodeType === 11 ? node.content : node)}</>`;
    }
    default: return children(node);
  }
}

function children(node) {
  return [...node.childNodes].map(normalForm).join('');
}

/**
 * Patches the pages of many seeds.
 *
 * @param {number} from  the first seed
 * @param {number} count
 * @param {boolean} withState  whether scripts and a visitor have been in the page before
 * @returns {{ patched: number, reloads: number, failures: string[] }}
 */
export function fuzz(from, count, withState) {
  const result = { patched: 0, reloads: 0, failures: [] };
  for (let seed = from; seed < from + count; seed++) {
    const { before, after } = randomPair(seed);
    const live = show(before);
    const wanted = show(after);
    try {
      const state = withState ? disturb(live.contentDocument, dice(~seed)) : null;
      const plan = planned(before, after, live.contentDocument);
      if (!plan) {
        result.reloads++;
        continue;
      }
      const restore = holdChoices(live.contentDocument);
      applyOperations([...plan.head, ...plan.body]);
      restore();
      result.patched++;
      const lost = state?.check();
      state?.undo();
      if (lost) result.failures.push(`seed ${seed}: ${lost}`);
      else if (normalForm(live.contentDocument) !== normalForm(wanted.contentDocument)) {
        result.failures.push(`seed ${seed}: ${difference(normalForm(live.contentDocument), normalForm(wanted.contentDocument))}`);
      }
    } catch (error) {
      result.failures.push(`seed ${seed}: ${error.stack}`);
    } finally {
      live.remove();
      wanted.remove();
    }
  }
  return result;
}

function planned(before, after, live) {
  try {
    return planPage(parseSource(before), parseSource(after), live);
  } catch (error) {
    if (error.constructor.name === 'ReloadNeeded') return null;
    throw error;
  }
}

function difference(one, other) {
  let at = 0;
  while (one[at] === other[at]) at++;
  return `${one.slice(Math.max(0, at - 80), at + 80)} instead of ${other.slice(Math.max(0, at - 80), at + 80)}`;
}
