/**
 * A path into JSON, as in `$.from.name`, `$.people[0]["a b"]`, `$..name` (at any depth), optionally compared: `$.type = chat`, `$.seq != 3`,
 * `$.body ~ hello`.
 *
 * @param {string} source
 * @returns {((value: any) => boolean) | null} null when it is no path
 */
export function parseJsonPath(source) {
  const steps = [];
  const step = /^(?:\.(\.)?([\p{L}\p{N}_$-]+|\*)|\[(\d+|\*)\]|\[(?:"([^"]*)"|'([^']*)')\])/u;
  let rest = source.slice(1);
  for (let match; (match = step.exec(rest)); rest = rest.slice(match[0].length)) {
    const [, deep, name, index, quoted, single] = match;
    steps.push({ deep: Boolean(deep), name: name ?? index ?? quoted ?? single });
  }
  const comparison = /^\s*(?:(!=|==?|~)\s*(.*))?$/su.exec(rest);
  if (!source.startsWith('$') || !comparison || (!steps.length && !comparison[1])) return null;
  const [, operator, wanted = ''] = comparison;
  const expected = wanted.trim().replace(/^(["'])(.*)\1$/su, '$2');
  return value => {
    const found = walk([value], steps);
    if (!operator) return found.length > 0;
    if (operator === '!=') return found.length > 0 && found.every(one => written(one) !== expected);
    return found.some(one => (operator === '~' ? written(one).toLowerCase().includes(expected.toLowerCase()) : written(one) === expected));
  };
}

function walk(values, steps) {
  for (const { deep, name } of steps) {
    const from = deep ? values.flatMap(everythingIn) : values;
    values = from.flatMap(value => {
      if (value === null || typeof value !== 'object') return [];
      if (name === '*') return Object.values(value);
      return Object.hasOwn(value, name) ? [value[name]] : [];
    });
    if (!values.length) return values;
  }
  return values;
}

function everythingIn(value) {
  return value === null || typeof value !== 'object' ? [] : [value, ...Object.values(value).flatMap(everythingIn)];
}

const written = value => (typeof value === 'string' ? value : JSON.stringify(value));
