/**
 * How an element is found again in the page that the reload brings: by its id, or as the n-th of all that look the same to a reader of the
 * source. When the number of those has changed, nobody can tell which of them it was, and it is not found.
 *
 * @typedef {{ host?: ElementKey, kind: string, id?: string, look?: string, nth?: number, of?: number }} ElementKey
 */

/** One look at the page: what it finds out about groups of elements is kept, so ask a new finder after the page has changed. */
export function createElementFinder() {
  /** @type {Map<Document | ShadowRoot, Map<string, Map<string, Element[]>>>} */
  const known = new Map();

  function lookalikes(root, tag, look) {
    const tags = known.get(root) ?? new Map();
    known.set(root, tags);
    if (!tags.has(tag)) tags.set(tag, groupByLook(root.querySelectorAll(tag)));
    return tags.get(tag).get(look) ?? [];
  }

  /** @returns {ElementKey} */
  function keyOf(element) {
    const root = element.getRootNode();
    const key = { kind: kindOf(element) };
    if (root instanceof ShadowRoot) key.host = keyOf(root.host);
    const id = element.getAttribute('id');
    if (id && onlyOne(root, id) === element) return { ...key, id };
    const look = lookOf(element);
    const same = lookalikes(root, element.localName, look);
    return { ...key, look, nth: same.indexOf(element), of: same.length };
  }

  /** @returns {Element | null} */
  function find(key) {
    const root = key.host ? find(key.host)?.shadowRoot : document;
    if (!root) return null;
    const same = key.id ? [] : lookalikes(root, key.kind.split(' ')[0], key.look);
    const found = key.id ? onlyOne(root, key.id) : same.length === key.of ? same[key.nth] : null;
    return found && found.isConnected && kindOf(found) === key.kind ? found : null;
  }

  return { keyOf, find };
}

function groupByLook(elements) {
  const groups = new Map();
  for (const element of elements) {
    const look = lookOf(element);
    groups.get(look)?.push(element) ?? groups.set(look, [element]);
  }
  return groups;
}

function onlyOne(root, id) {
  const all = root.querySelectorAll(`#${CSS.escape(id)}`);
  return all.length === 1 ? all[0] : null;
}

/** A text field that has become a checkbox is another element, whatever its name. Attributes are asked: a form's properties may be its fields. */
function kindOf(element) {
  return element.localName === 'input' ? `input ${element.getAttribute('type') ?? 'text'}` : element.localName;
}

/** What tells it from its neighbours: where it is, what it is called. Classes count only where nothing else does; scripts change them. */
function lookOf(element) {
  const chain = [];
  for (let node = element; node; node = node.parentElement) chain.push(node.localName);
  const words = ['name', 'type', 'placeholder', 'aria-label'].map(name => element.getAttribute(name) ?? '');
  words.push((element.getAttribute('src') ?? '').split('?')[0].slice(0, 200));   // an exchanged file has another version, and is the same to us
  if (element.localName === 'input') words.push(/^(?:radio|checkbox)$/.test(element.type) ? element.getAttribute('value') ?? '' : '');
  const form = element.form instanceof HTMLFormElement ? element.form : null;
  if (form) words.push(form.getAttribute('id') ?? '', form.getAttribute('name') ?? '', form.getAttribute('action') ?? '');
  if (element.localName === 'details') words.push(element.querySelector('summary')?.textContent.trim().slice(0, 80) ?? '');
  if (words.every(word => !word)) words.push(element.getAttribute('class') ?? '');
  return `${chain.join('<')} ${words.join('|')}`;
}
