import { localPath } from './paths.js';

/**
 * The elements whose sheets import a path, at any depth, each with its own import as the author wrote it.
 *
 * @param {(Document | ShadowRoot)[]} roots
 * @param {string} path
 * @returns {{ owner: Element, written: string }[]}
 */
export function findImports(roots, path) {
  return roots.flatMap(root => [...root.styleSheets])
    .filter(sheet => sheet.ownerNode)
    .flatMap(sheet => {
      const rule = importRules(sheet).find(candidate => leadsTo(candidate, path, sheet, new Set()));
      return rule ? [{ owner: sheet.ownerNode, written: rule.href }] : [];
    });
}

function leadsTo(rule, path, parent, seen) {
  if (localPath(rule.href, parent.href ?? document.baseURI) === path) return true;
  const sheet = rule.styleSheet;
  if (!sheet || seen.has(sheet)) return false;
  seen.add(sheet);
  return importRules(sheet).some(inner => leadsTo(inner, path, sheet, seen));
}

function importRules(sheet) {
  try {
    return [...sheet.cssRules].filter(rule => rule instanceof CSSImportRule);
  } catch {
    return [];   // a sheet of another origin does not tell
  }
}
