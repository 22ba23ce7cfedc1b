import { localPath, openRoots } from '../paths.js';
import { isUnfinished } from './replace-element.js';

/**
 * One place where a sheet is in use.
 *
 * @typedef {object} SheetUse
 * @property {CSSStyleSheet | null} sheet its live rules; null when it did not load, or is switched off
 * @property {Node} owner                 the link or style element that brings it, be it through other sheets
 * @property {boolean} imported           whether it comes through `@import`
 */

/**
 * All uses of a sheet, in the document and its open shadow roots: by links, and by `@import` at any depth.
 *
 * @param {string} path
 * @returns {SheetUse[]}
 */
export function findSheetUses(path) {
  return openRoots().flatMap(root => [...linkUses(root, path), ...importUses(root, path)]);
}

function linkUses(root, path) {
  return Array.from(root.querySelectorAll('link[href]'))
    .filter(link => link.relList.contains('stylesheet') && localPath(link.href) === path && !isUnfinished(link))
    .map(link => ({ sheet: link.sheet, owner: link, imported: false }));
}

function importUses(root, path) {
  return Array.from(root.styleSheets)
    .filter(sheet => sheet.ownerNode && !isUnfinished(sheet.ownerNode))
    .flatMap(sheet => {
      const owner = sheet.ownerNode;
      const instruction = owner.nodeType === Node.PROCESSING_INSTRUCTION_NODE && localPath(sheet.href) === path;
      return [
        ...(instruction ? [{ sheet, owner, imported: false }] : []),
        ...importsOf(sheet, path, new Set()).map(found => ({ sheet: found, owner, imported: true })),
      ];
    });
}

/** The sheets behind the imports that name a path. A loop of imports loads nothing twice, but the object model may still show it. */
function importsOf(sheet, path, seen) {
  if (seen.has(sheet)) return [];
  seen.add(sheet);
  return importRules(sheet).flatMap(rule => [
    ...(localPath(rule.href, sheet.href ?? document.baseURI) === path ? [rule.styleSheet] : []),
    ...(rule.styleSheet ? importsOf(rule.styleSheet, path, seen) : []),
  ]);
}

function importRules(sheet) {
  try {
    return Array.from(sheet.cssRules).filter(rule => rule instanceof CSSImportRule);
  } catch {
    return [];   // a sheet of another origin does not tell
  }
}
