import { localPath } from './paths.js';

/** @typedef {{ file: string, line: number, column: number }} Place a path on this origin; line and column from 1 */

/**
 * The place on this origin that an address, a line and a column name; null when it is elsewhere, or ours.
 *
 * @returns {Place | null}
 */
export function placeOf(address, line, column, base) {
  if (!address || address.startsWith(base)) return null;
  const file = localPath(address);
  return file === null ? null : { file, line, column };
}

/**
 * The first place in a stack that is the page's own; null when there is none.
 *
 * @param {unknown} stack as `Error.stack` has it, in any browser's spelling
 * @param {string} base where our own files live
 */
export function placeInStack(stack, base) {
  for (const [, address, line, column] of addressesIn(stack)) {
    const place = placeOf(address, Number(line), Number(column), base);
    if (place) return place;
  }
  return null;
}

/** Whether an error came out of our own code. */
export function isOurStack(stack, base) {
  return addressesIn(stack)[0]?.[1].startsWith(base) ?? false;
}

function addressesIn(stack) {
  return typeof stack === 'string' ? [...stack.slice(0, 4000).matchAll(/(https?:\/\/[^\s()]+?):(\d+):(\d+)/g)] : [];
}
