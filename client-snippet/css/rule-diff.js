const mostRuleCells = 250_000;   // about 500 by 500 changed rules, some milliseconds

/**
 * Which rule of `from` is which rule of `to`: what both begin and end with, and in between the longest common subsequence. Where that would
 * take too long, nothing in between is the same.
 *
 * @param {string[]} from
 * @param {string[]} to
 * @returns {number[]} for each rule of `from` its place in `to`, or -1
 */
export function alignRules(from, to) {
  const partners = new Array(from.length).fill(-1);
  let start = 0;
  let fromEnd = from.length;
  let toEnd = to.length;
  for (; start < fromEnd && start < toEnd && from[start] === to[start]; start++) partners[start] = start;
  for (; fromEnd > start && toEnd > start && from[fromEnd - 1] === to[toEnd - 1]; fromEnd--, toEnd--) partners[fromEnd - 1] = toEnd - 1;

  const rows = fromEnd - start;
  const columns = toEnd - start;
  if (rows * columns > mostRuleCells) return partners;
  const same = (row, column) => from[start + row] === to[start + column];
  const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row][column] = same(row, column) ? lengths[row + 1][column + 1] + 1 : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
    }
  }
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (same(row, column)) partners[start + row++] = start + column++;
    else if (lengths[row + 1][column] >= lengths[row][column + 1]) row++;
    else column++;
  }
  return partners;
}

/**
 * Three-way: what `live` should become when its source goes from `base` to `next`. What a script added since stays where it stood, what a
 * script took away stays away.
 *
 * @param {string[]} base
 * @param {string[]} live
 * @param {string[]} next
 */
export function mergeRules(base, live, next) {
  const liveOfBase = alignRules(base, live);
  const nextOfBase = alignRules(base, next);
  const kept = new Set(liveOfBase);
  const baseOfNext = new Map(nextOfBase.map((place, index) => [place, index]));
  const merged = [];
  let done = 0;   // up to here the scripts' own rules are placed

  function placeOwnUpTo(end) {
    for (; done < end; done++) if (!kept.has(done)) merged.push(live[done]);
  }

  next.forEach((rule, place) => {
    const index = baseOfNext.get(place);
    if (index === undefined) return void merged.push(rule);
    if (liveOfBase[index] < 0) return;
    placeOwnUpTo(liveOfBase[index]);
    merged.push(rule);
  });
  placeOwnUpTo(live.length);
  return merged;
}

/** Whether two lists of rules are the same, rule by rule. */
export function sameRules(one, other) {
  return one.length === other.length && one.every((rule, index) => rule === other[index]);
}
