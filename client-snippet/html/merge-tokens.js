/**
 * A token list as scripts left it, with what the author added and took away.
 *
 * @param {string} was   in the old source
 * @param {string} next  in the new source
 * @param {string} now   in the page
 */
export function mergeTokens(was, next, now) {
  const [old, wanted, present] = [was, next, now].map(tokensOf);
  const kept = present.filter(token => wanted.includes(token) || !old.includes(token));
  const added = wanted.filter(token => !old.includes(token) && !kept.includes(token));
  return [...kept, ...added].join(' ');
}

function tokensOf(value) {
  return [...new Set(value.split(/[\t\n\f\r ]+/).filter(Boolean))];
}
