/** @type {Map<string, object>} who came last, by what is changed */
const latestClaims = new Map();

/**
 * Every update waits for something on its way: pictures, a file. Whoever has waited asks whether a newer update of the same thing came
 * meanwhile, and then leaves it to that one.
 *
 * @param {string} key
 * @returns {() => boolean} whether nobody has claimed it since
 */
export function claimLatest(key) {
  const mine = {};
  latestClaims.set(key, mine);
  return () => latestClaims.get(key) === mine;
}
