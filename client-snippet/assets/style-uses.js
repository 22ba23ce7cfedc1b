import { openRoots } from '../paths.js';
import { mostCssPictureMs } from '../css/css-pictures.js';
import { rewriteSource } from '../css/patch-sheet.js';
import { replaceElement } from '../css/replace-element.js';

/**
 * The places where styles name an asset: style attributes, and the rules of all sheets that can be seen. The server sends new text for a
 * sheet that it knows to show the asset; it does not know all of them, and what is changed here already is left alone then.
 *
 * @param {import('./restamp.js').Restamp} restamp
 * @returns {import('./attribute-uses.js').AssetUse[]}
 */
export function findStyleUses(restamp) {
  const roots = openRoots();
  const sheets = new Set(roots.flatMap(root => [...root.styleSheets, ...(root.adoptedStyleSheets ?? [])]));
  return [
    ...roots.flatMap(root => Array.from(root.querySelectorAll('[style]'), element => inlineUse(element, restamp)).filter(Boolean)),
    ...Array.from(sheets).flatMap(sheet => [sheet, ...importedBy(sheet)].flatMap(each => sheetUses(each, sheet.ownerNode, restamp))),
  ];
}

function inlineUse(element, restamp) {
  const found = restamp.css(element.style?.cssText, element.baseURI);
  return found && styleUse(element, found.addresses, () => { element.style.cssText = found.text; });
}

/** @param {Node | null} owner the element that brings the sheet; null for a sheet made by a script */
function sheetUses(sheet, owner, restamp) {
  const base = sheet.href ?? owner?.baseURI ?? document.baseURI;
  const uses = rulesOf(sheet).flatMap(rule => ruleUse(rule, sheet, owner, text => restamp.css(text, base)) ?? []);
  if (uses.length > 0 || owner?.localName !== 'style' || sheet.href) return uses;
  // The object model does not show the text of a shorthand with var() that is overridden in part.
  const found = restamp.css(owner.textContent, base);
  return found ? [styleUse(owner, [], () => { replaceElement(owner, clone => { clone.textContent = found.text; }); })] : [];
}

function ruleUse(rule, sheet, owner, restampText) {
  const found = rule.style && restampText(rule.style.cssText);
  if (!found) return null;
  // A font is loaded by its rule, not by a declaration in it.
  const isFont = rule instanceof CSSFontFaceRule;
  return styleUse(owner, isFont ? [] : found.addresses, () => {
    if (isFont) exchangeRule(rule, restampText(rule.cssText)?.text);
    else rule.style.cssText = restampText(rule.style.cssText)?.text ?? rule.style.cssText;
    rewriteSource(sheet, text => restampText(text)?.text ?? text);
  });
}

function exchangeRule(rule, text) {
  const parent = rule.parentRule ?? rule.parentStyleSheet;
  const index = Array.from(parent?.cssRules ?? []).indexOf(rule);
  if (index < 0 || text === undefined) return;   // taken away or changed meanwhile
  parent.insertRule(text, index);
  parent.deleteRule(index + 1);
}

function importedBy(sheet) {
  return rulesOf(sheet).flatMap(rule => (rule.styleSheet ? [rule.styleSheet, ...importedBy(rule.styleSheet)] : []));
}

/** All rules at any depth, those of imported sheets apart. */
function rulesOf(group) {
  try {
    return Array.from(group.cssRules ?? []).flatMap(rule => [rule, ...rulesOf(rule)]);
  } catch {
    return [];   // a sheet of another origin does not tell
  }
}

/** @returns {import('./attribute-uses.js').AssetUse} */
function styleUse(node, pictures, apply) {
  return { node, shows: true, pictures, mostPatienceMs: mostCssPictureMs, apply };
}
