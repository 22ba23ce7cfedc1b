import { increasingPlaces, pairInOrder, uniquePlaces } from './ordered-pairs.js';

/**
 * One way to recognise nodes. Passes run from the surest to the weakest, each only on what the earlier ones left.
 *
 * @typedef {object} Pass
 * @property {(node: Node) => string | null} key  nodes with one key belong together; null takes no part
 * @property {boolean} [whole]  the key is all that a node is: of two single nodes that are left it is known already that they differ
 * @property {boolean} [anywhere]  pairs may cross earlier ones; only keys that occur once on each side count
 * @property {(before: number, after: number) => boolean} [when]  how often a key may occur in a gap on the two sides
 */

/**
 * Finds which nodes of two lists are the same node.
 *
 * @param {Node[]} before
 * @param {Node[]} after
 * @param {(one: Node, other: Node) => boolean} equal
 * @param {Pass[]} passes
 * @returns {number[]} for each node of `after` the position of its partner in `before`, or -1
 */
export function alignLists(before, after, equal, passes) {
  const partners = new Array(after.length).fill(-1);
  const taken = new Array(before.length).fill(false);
  const pair = (i, j) => {
    partners[j] = i;
    taken[i] = true;
  };

  let start = 0;
  while (start < before.length && start < after.length && equal(before[start], after[start])) pair(start, start++);
  for (let i = before.length - 1, j = after.length - 1; i >= start && j >= start && equal(before[i], after[j]); i--, j--) pair(i, j);

  const left = { before: taken.filter(t => !t).length, after: partners.filter(p => p < 0).length };
  if (left.before === 0 || left.after === 0) return partners;
  const onlyOne = left.before === 1 && left.after === 1;
  for (const pass of passes) {
    if (onlyOne && pass.whole) continue;   // a large body would be written out again and again
    for (const gap of pass.anywhere ? [everything()] : gaps()) {
      const mine = keyed(before, gap.before, pass.key);
      const theirs = keyed(after, gap.after, pass.key);
      if (mine.length === 0 || theirs.length === 0) continue;
      for (const [i, j] of pass.anywhere ? crossing(mine, theirs) : ordered(mine, theirs, pass.when)) pair(i, j);
    }
  }
  return partners;

  function everything() {
    return { before: free(taken, 0, before.length, t => !t), after: free(partners, 0, after.length, p => p < 0) };
  }

  /** What is still free between the pairs that stand in order. */
  function gaps() {
    const found = [];
    let lastI = -1;
    let lastJ = -1;
    for (const j of [...increasingPlaces(partners), after.length]) {
      const i = j < after.length ? partners[j] : before.length;
      if (i - lastI > 1 && j - lastJ > 1) {
        found.push({ before: free(taken, lastI + 1, i, t => !t), after: free(partners, lastJ + 1, j, p => p < 0) });
      }
      [lastI, lastJ] = [i, j];
    }
    return found;
  }
}

function free(marks, from, to, isFree) {
  const places = [];
  for (let place = from; place < to; place++) if (isFree(marks[place])) places.push(place);
  return places;
}

function keyed(nodes, places, key) {
  return places.map(place => ({ place, key: key(nodes[place]) })).filter(entry => entry.key !== null);
}

function ordered(mine, theirs, when) {
  if (when) {
    const counts = new Map();
    for (const { key } of mine) counts.set(key, [(counts.get(key)?.[0] ?? 0) + 1, 0]);
    for (const { key } of theirs) if (counts.has(key)) counts.get(key)[1]++;
    const allowed = ({ key }) => counts.has(key) && when(...counts.get(key));
    [mine, theirs] = [mine.filter(allowed), theirs.filter(allowed)];
  }
  return pairInOrder(mine.map(entry => entry.key), theirs.map(entry => entry.key)).map(([i, j]) => [mine[i].place, theirs[j].place]);
}

function crossing(mine, theirs) {
  const places = uniquePlaces(mine.map(entry => entry.key));
  const others = uniquePlaces(theirs.map(entry => entry.key));
  return [...others].filter(([key, j]) => j >= 0 && (places.get(key) ?? -1) >= 0).map(([key, j]) => [mine[places.get(key)].place, theirs[j].place]);
}
