import { openRoots } from '../paths.js';
import { mostCssPictureMs } from '../css/css-pictures.js';
import { replaceElement } from '../css/replace-element.js';

/**
 * The places where the page's own styles name an asset: style attributes, style elements, sheets made by scripts. A sheet that has an
 * address comes from the server with its new addresses.
 *
 * @param {import('./restamp.js').Restamp} restamp
 * @returns {import('./attribute-uses.js').AssetUse[]}
 */
export function findStyleUses(restamp) {
  const roots = openRoots();
  const sheets = new Set(roots.flatMap(root => [...root.styleSheets, ...(root.adoptedStyleSheets ?? [])]).filter(sheet => !sheet.href));
  return [
    ...roots.flatMap(root => Array.from(root.querySelectorAll('[style]'), element => inlineUse(element, restamp))),
    ...Array.from(sheets).flatMap(sheet => sheetUses(sheet, restamp)),
  ].filter(Boolean);
}

function inlineUse(element, restamp) {
  const found = restamp.css(element.style?.cssText, element.baseURI);
  return found && styleUse(element, found.addresses, () => { element.style.cssText = found.text; });
}

function sheetUses(sheet, restamp) {
  const uses = rulesOf(sheet).flatMap(rule => ruleUse(rule, sheet.ownerNode, restamp) ?? []);
  const owner = sheet.ownerNode;
  if (uses.length > 0 || owner?.localName !== 'style') return uses;
  // The object model does not show the text of a shorthand with var() that is overridden in part.
  const found = restamp.css(owner.textContent, owner.baseURI);
  return found ? [styleUse(owner, [], () => { replaceElement(owner, clone => { clone.textContent = found.text; }); })] : [];
}

function ruleUse(rule, owner, restamp) {
  const base = owner?.baseURI ?? document.baseURI;
  if (!rule.style) return null;
  const found = restamp.css(rule.style.cssText, base);
  if (!found) return null;
  // A font is loaded by its rule, not by a declaration in it.
  if (rule instanceof CSSFontFaceRule) return styleUse(owner, [], () => exchangeRule(rule, restamp.css(rule.cssText, base).text));
  return styleUse(owner, found.addresses, () => { rule.style.cssText = restamp.css(rule.style.cssText, base)?.text ?? found.text; });
}

function exchangeRule(rule, text) {
  const parent = rule.parentRule ?? rule.parentStyleSheet;
  const index = Array.from(parent?.cssRules ?? []).indexOf(rule);
  if (index < 0) return;   // a script took it away meanwhile
  parent.insertRule(text, index);
  parent.deleteRule(index + 1);
}

/** All rules at any depth. */
function rulesOf(group) {
  try {
    return Array.from(group.cssRules ?? []).flatMap(rule => [rule, ...rulesOf(rule)]);
  } catch {
    return [];   // a sheet of another origin does not tell
  }
}

/** Whether a sheet that came from an address, or through an import, names the asset. */
export function isNamedBySheets(restamp) {
  const names = (sheet, base) => rulesOf(sheet).some(rule => (rule.styleSheet
    ? names(rule.styleSheet, rule.styleSheet.href)
    : rule.style && restamp.css(rule.style.cssText, base)));
  return openRoots().some(root => Array.from(root.styleSheets).some(sheet => names(sheet, sheet.href ?? document.baseURI)));
}

/** @returns {import('./attribute-uses.js').AssetUse} */
function styleUse(node, pictures, apply) {
  return { node, shows: true, pictures, mostPatienceMs: mostCssPictureMs, apply };
}
