const mostSelector = 1000;
const mostText = 200;
const mostCompared = 3000;

// What `selectorOf` writes, and nothing else: a selector from somebody else must not cost the page an expensive search.
const step = /^(?:#(?:[\w-]|[^\x00-\x7f]|\\[0-9a-f]{1,6} |\\[^0-9a-f])+|(?:[\w-]|[^\x00-\x7f])+(?::nth-of-type\(\d{1,5}\))?)$/;

/**
 * Where a comment stands: how to find its element again, what it said, where it was in the document.
 *
 * @typedef {{ selector: string, text: string, box: number[] }} Pin
 *
 * @param {Element} element
 * @returns {Pin}
 */
export function pinFor(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { selector: selectorOf(element), text: textOf(element), box: [left + scrollX, top + scrollY, width, height].map(Math.round) };
}

/** @returns {string} from the nearest element with an id of its own, or from the body */
export function selectorOf(element) {
  const steps = [];
  for (let node = element; node; node = node.parentElement) {
    const id = node.getAttribute('id');
    if (id && document.querySelectorAll(`#${CSS.escape(id)}`).length === 1) {
      steps.unshift(`#${CSS.escape(id)}`);
      break;
    }
    const name = CSS.escape(node.localName);
    const same = node.parentElement ? [...node.parentElement.children].filter(child => child.localName === node.localName) : [];
    steps.unshift(same.length > 1 ? `${name}:nth-of-type(${same.indexOf(node) + 1})` : name);
    if (node === document.body) break;
  }
  return steps.join(' > ').slice(0, mostSelector);
}

/** What an element says, for people: the beginning of its text, or the words that stand for it. */
export function textOf(element) {
  const text = element.textContent || element.getAttribute('alt') || element.getAttribute('aria-label') || '';
  return text.slice(0, mostText * 4).replace(/\s+/g, ' ').trim().slice(0, mostText);
}

/**
 * The element that a comment is about, if it is still there. One that stands at its place and says something else is another one, unless its id
 * says that it is the same; one with its words is the same at another place, when there is only one.
 *
 * @param {Pin} pin
 * @returns {Element | null}
 */
export function findPinned({ selector, text }) {
  const there = query(selector);
  const hasOwnId = selector.startsWith('#') && !selector.includes(' > ');
  if (there && (hasOwnId || textOf(there) === text)) return there;
  return findByText(selector, text) ?? (there && alike(textOf(there), text) ? there : null);
}

function findByText(selector, text) {
  const name = /(?:^| > )([\w-]+)(?::nth-of-type\(\d+\))?$/.exec(selector)?.[1];
  if (!name || !text) return null;
  const all = [...document.body.getElementsByTagName(name)];
  const same = all.length > mostCompared ? [] : all.filter(element => textOf(element) === text);
  return same.length === 1 ? same[0] : null;
}

function query(selector) {
  if (typeof selector !== 'string' || selector.length > mostSelector || !selector.split(' > ').every(part => step.test(part))) return null;
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

/** At least three quarters of the words are the same: some were edited. */
function alike(one, other) {
  const words = new Set(one.toLowerCase().split(' '));
  const wanted = other.toLowerCase().split(' ').filter(Boolean);
  return wanted.length > 0 && wanted.filter(word => words.has(word)).length * 4 >= 3 * Math.max(wanted.length, words.size);
}
