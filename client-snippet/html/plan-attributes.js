import { ReloadNeeded } from './reload-reasons.js';
import { mergeTokens } from './merge-tokens.js';
import { planStyle } from './plan-style.js';
import { describeNode } from './nodes.js';

const tokenLists = new Set(['class', 'part', 'rel']);

// Setting these calls for a trusted type; a copy of the whole element does not. They start anew in any case.
const startAnew = { iframe: ['srcdoc'], embed: ['src'], object: ['data'] };

/**
 * The operations for the attributes that the author edited; null when the element has to be replaced.
 *
 * @param {Element} old
 * @param {Element} next
 * @param {Element} live
 * @returns {import('./plan-page.js').Operation[] | null}
 */
export function planAttributes(old, next, live) {
  const changed = changedAttributes(old, next);
  if (changed.some(({ name }) => name === 'is' || startAnew[next.localName]?.includes(name))) return null;
  const handler = changed.find(({ name }) => /^on/i.test(name));
  if (handler) throw new ReloadNeeded(`${handler.name} of ${describeNode(next)} is a script that changed`);
  if (isSheet(old) && isSheet(next) && isSheet(live) && changed.some(({ name }) => name === 'href')) {
    return [{ do: 'sheet', node: live, attributes: changed }];
  }
  return changed.flatMap(change => {
    const { name, was, value } = change;
    const now = live.getAttribute(name);
    if (now !== was && now !== null) {
      if (tokenLists.has(name)) return [{ do: 'attribute', node: live, ...change, value: mergeTokens(was ?? '', value ?? '', now) }];
      if (name === 'style' && live.style) return planStyle(old, next, live);
    }
    return [{ do: 'attribute', node: live, ...change }];
  });
}

export function isSheet(element) {
  return element instanceof HTMLLinkElement && element.relList.contains('stylesheet') && element.hasAttribute('href');
}

/**
 * @typedef {{ name: string, was: string | null, value: string | null, attribute: Attr }} AttributeChange  null where there is none
 * @returns {AttributeChange[]}
 */
function changedAttributes(old, next) {
  const gone = [...old.attributes]
    .filter(({ namespaceURI, localName }) => !next.hasAttributeNS(namespaceURI, localName))
    .map(attribute => ({ name: attribute.name, was: attribute.value, value: null, attribute }));
  const edited = [...next.attributes]
    .map(attribute => ({ name: attribute.name, was: old.getAttributeNS(attribute.namespaceURI, attribute.localName), value: attribute.value, attribute }))
    .filter(({ was, value }) => was !== value);
  return [...gone, ...edited];
}
