// 200 x 200: exact where people edit, bounded where a generator wrote everything anew.
const mostComparisons = 40_000;

/**
 * Pairs equal keys of two lists so that no two pairs cross: as many as possible when the lists are short, else by the keys that occur once.
 *
 * @param {string[]} before
 * @param {string[]} after
 * @returns {[number, number][]} positions in the two lists
 */
export function pairInOrder(before, after) {
  const pairs = [];
  let start = 0;
  let endBefore = before.length;
  let endAfter = after.length;
  while (start < endBefore && start < endAfter && before[start] === after[start]) pairs.push([start, start++]);
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) pairs.push([--endBefore, --endAfter]);

  const inner = pairMiddle(before.slice(start, endBefore), after.slice(start, endAfter));
  return [...pairs, ...inner.map(([i, j]) => [i + start, j + start])];
}

function pairMiddle(before, after) {
  if (before.length === 0 || after.length === 0) return [];
  if (before.length * after.length <= mostComparisons) return longestCommon(before, after);

  const anchors = uniquePairs(before, after);
  if (anchors.length === 0) return firstFit(before, after);
  return [...anchors, [before.length, after.length]].flatMap(([i, j], n) => {
    const [fromI, fromJ] = n === 0 ? [0, 0] : [anchors[n - 1][0] + 1, anchors[n - 1][1] + 1];
    const inner = pairInOrder(before.slice(fromI, i), after.slice(fromJ, j)).map(([a, b]) => [a + fromI, b + fromJ]);
    return n < anchors.length ? [...inner, [i, j]] : inner;
  });
}

function longestCommon(before, after) {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] = before[i] === after[j]
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i] === after[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i++;
    else j++;
  }
  return pairs;
}

function uniquePairs(before, after) {
  const places = uniquePlaces(before);
  const theirs = uniquePlaces(after);
  const found = after.map((key, j) => (theirs.get(key) === j ? places.get(key) ?? -1 : -1));
  return [...increasingPlaces(found)].map(j => [found[j], j]);
}

/** Where the keys stand that occur once; -1 for those that occur again. */
export function uniquePlaces(keys) {
  const places = new Map();
  keys.forEach((key, i) => places.set(key, places.has(key) ? -1 : i));
  return places;
}

function firstFit(before, after) {
  const places = new Map();
  before.forEach((key, i) => places.has(key) ? places.get(key).push(i) : places.set(key, [i]));
  const pairs = [];
  let last = -1;
  after.forEach((key, j) => {
    const waiting = places.get(key) ?? [];
    while (waiting.length > 0 && waiting[0] <= last) waiting.shift();
    if (waiting.length > 0) pairs.push([last = waiting.shift(), j]);
  });
  return pairs;
}

/**
 * The positions of a longest increasing run of numbers, in order; negative numbers do not count.
 *
 * @param {number[]} numbers
 * @returns {Set<number>}
 */
export function increasingPlaces(numbers) {
  const ends = [];   // the position at which the best run of each length ends
  const earlier = new Array(numbers.length).fill(-1);
  numbers.forEach((number, place) => {
    if (number < 0) return;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]] < number) low = middle + 1;
      else high = middle;
    }
    earlier[place] = low > 0 ? ends[low - 1] : -1;
    ends[low] = place;
  });
  const run = [];
  for (let place = ends.at(-1) ?? -1; place >= 0; place = earlier[place]) run.push(place);
  return new Set(run.reverse());
}
