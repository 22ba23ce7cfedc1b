import { alignRules, mergeRules, sameRules } from './rule-diff.js';

/** @type {WeakMap<CSSStyleSheet, string[]>} the rules that the file had when we last patched a sheet */
const patchedSources = new WeakMap();

// Where the object model is not the whole truth: imports load, namespaces cannot be changed among rules, escapes could spell either,
// and another encoding gives other letters.
const beyondRules = /@(?:import|namespace|[\w-]*\\)|@charset\s+["'](?!utf-8["'])/i;

/**
 * The rules of a sheet's text as this browser reads them.
 *
 * @param {string} text
 * @param {string | null} base the address of the sheet
 * @returns {string[] | null} null when they do not say all that the text says
 */
export function readRules(text, base) {
  if (beyondRules.test(text)) return null;
  if (document.characterSet !== 'UTF-8' && /[^\0-\x7f]/.test(text)) return null;
  try {
    const rules = parseRules(text, base);
    // A shorthand with var() that is overridden in part has no text of its own: what comes back then is less than what went in.
    return sameRules(rules, parseRules(rules.join('\n'), base)) && readsQuirks() ? rules : null;
  } catch {
    return null;   // no constructable sheets here
  }
}

/**
 * Makes the rules of a sheet that is in use those of its new text, in place and within one task: no request, no frame in between, and
 * animations, disabled states and the cascade stay as they are. Rules that did not change are not touched.
 *
 * @param {CSSStyleSheet} sheet
 * @param {string[]} next
 * @returns {boolean} false when the sheet is not exactly what was wanted; it needs to be loaded anew then
 */
export function patchSheet(sheet, next) {
  try {
    const live = ruleTexts(sheet);
    if (Array.from(sheet.cssRules).some(rule => rule instanceof CSSImportRule || rule instanceof CSSNamespaceRule)) return false;
    const base = patchedSources.get(sheet);
    const target = base && !sameRules(base, live) ? mergeRules(base, live, next) : next;
    exchangeRules(sheet, live, target);
    patchedSources.set(sheet, next);
    return sameRules(ruleTexts(sheet), target);
  } catch {
    return false;   // the sheet does not show its rules, or did not take one
  }
}

/**
 * Tells that we have rewritten rules of a sheet where it stands: not a script's doing, and so no reason to keep them.
 *
 * @param {CSSStyleSheet} sheet
 * @param {(rule: string) => string} rewrite
 */
export function rewriteSource(sheet, rewrite) {
  const source = patchedSources.get(sheet);
  if (source) patchedSources.set(sheet, source.map(rewrite));
}

function exchangeRules(sheet, live, target) {
  const partners = alignRules(live, target);
  const present = new Set(partners);
  for (let index = live.length - 1; index >= 0; index--) if (partners[index] < 0) sheet.deleteRule(index);
  target.forEach((rule, index) => { if (!present.has(index)) sheet.insertRule(rule, index); });
}

function parseRules(text, base) {
  const sheet = new CSSStyleSheet({ baseURL: base ?? document.baseURI });
  sheet.replaceSync(text);
  return ruleTexts(sheet);
}

function ruleTexts(sheet) {
  return Array.from(sheet.cssRules, rule => rule.cssText);
}

/** In a quirks document sheets may say `width: 9`. Whether a constructed one may as well is up to the browser. */
function readsQuirks() {
  return document.compatMode !== 'BackCompat' || parseRules('a { width: 9 }', null)[0].includes('9px');
}
