// Statistics, seeded chance, and tables in Markdown.
export const sleep = ms => new Promise(done => setTimeout(done, ms));

// One clock for this process and for pages: ms since 1970, in fractions.
export const now = () => performance.timeOrigin + performance.now();

export function quantile(values, q) {
  if (!values.length) return NaN;
  const all = [...values].sort((a, b) => a - b);
  const at = (all.length - 1) * q, low = Math.floor(at);
  return all[low] + ((all[low + 1] ?? all[low]) - all[low]) * (at - low);
}
export const median = values => quantile(values, 0.5);
export const most = values => quantile(values, 1);
export const fix = (n, digits = 1) => Number.isFinite(n) ? n.toFixed(digits) : '–';
export const spread = values => [fix(median(values)), fix(quantile(values, 0.95)), fix(most(values))];

export function table(title, head, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  console.log([`### ${title}`, '', line(head), line(head.map((_, i) => i ? '---:' : '---')), ...rows.map(line), ''].join('\n'));
}

// The same numbers for the same seed, so that a failed run can be run again.
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => { // mulberry32
    state = state + 0x6d2b79f5 >>> 0;
    let t = Math.imul(state ^ state >>> 15, state | 1);
    t ^= t + Math.imul(t ^ t >>> 7, t | 61);
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
  const below = n => Math.floor(next() * n);
  return {
    next, below,
    between: (low, high) => low + below(high - low + 1),
    pick: list => list[below(list.length)],
    weighted(table) { // [[weight, value], ...]
      let left = next() * table.reduce((sum, [weight]) => sum + weight, 0);
      return table.find(([weight]) => (left -= weight) < 0)[1];
    },
  };
}
