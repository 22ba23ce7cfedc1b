const mostText = 2000;
const mostItems = 20;
const mostDepth = 3;
const mostStackLines = 6;

/**
 * Any value as a short text. Looking at it runs none of the page's code as far as that can be helped: getters stay unread, cycles are named.
 *
 * @param {unknown} value
 * @returns {string} at most 2,000 characters
 */
export function valueText(value) {
  try {
    return shortened(typeof value === 'string' ? value : describeValue(value, []));
  } catch {
    return '[unreadable]';   // a proxy that throws, a clobbered element
  }
}

/**
 * The arguments of a console call as texts; `%s` and its kin are filled in, as the console does.
 *
 * @param {unknown[]} args
 */
export function consoleTexts(args) {
  const [first, ...rest] = args.slice(0, mostItems);
  if (typeof first !== 'string' || !first.includes('%')) return args.slice(0, mostItems).map(valueText);
  const text = first.replace(/%([sdifoOc%])/g, (whole, kind) => {
    if (kind === '%') return '%';
    if (rest.length === 0) return whole;
    const value = rest.shift();
    return kind === 'c' ? '' : valueText(value);
  });
  return [shortened(text), ...rest.map(valueText)];
}

function shortened(text) {
  return text.length > mostText ? `${text.slice(0, mostText - 1)}\u2026` : text;
}

function describeValue(value, above) {
  switch (typeof value) {
    case 'string': return JSON.stringify(value.slice(0, mostText));
    case 'bigint': return `${value}n`;
    case 'function': return `function ${ownText(value, 'name')}`;
    case 'object': return value === null ? 'null' : describeObject(value, above);
    default: return String(value);
  }
}

function describeObject(value, above) {
  if (value instanceof Error) return describeError(value);
  if (value instanceof Element) return describeElement(value);
  if (value instanceof Node) return value.nodeName;
  if (value instanceof Date) return Date.prototype.toString.call(value);
  if (value instanceof RegExp) return RegExp.prototype.toString.call(value);
  if (above.includes(value)) return '[circular]';
  if (above.length >= mostDepth) return Array.isArray(value) ? '[\u2026]' : '{\u2026}';
  const inside = [...above, value];
  if (value instanceof Map || value instanceof Set) return `${value instanceof Map ? 'Map' : 'Set'}(${value.size})`;
  if (Array.isArray(value)) {
    const items = Array.from({ length: Math.min(value.length, mostItems) }, (_, i) => describeProperty(value, i, inside));
    return `[${[...items, ...value.length > mostItems ? ['\u2026'] : []].join(', ')}]`;
  }
  const keys = Object.keys(value);
  const items = keys.slice(0, mostItems).map(key => `${key}: ${describeProperty(value, key, inside)}`);
  return `${nameOfKind(value)}{${[...items, ...keys.length > mostItems ? ['\u2026'] : []].join(', ')}}`;
}

function describeProperty(object, key, above) {
  const property = Object.getOwnPropertyDescriptor(object, key);
  return property && 'value' in property ? describeValue(property.value, above) : property ? '[getter]' : '';
}

function describeError(error) {
  const head = `${error.name}: ${error.message}`;
  const stack = typeof error.stack === 'string' ? error.stack.split('\n').filter(line => /:\d+:\d+/.test(line)).slice(0, mostStackLines) : [];
  return [head, ...stack].join('\n');
}

function describeElement(element) {
  const id = element.getAttribute('id');
  const classes = (element.getAttribute('class') ?? '').split(/\s+/).filter(Boolean).map(name => `.${name}`).join('');
  return `<${element.localName}${id ? `#${id}` : ''}${classes}>`;
}

function nameOfKind(value) {
  const prototype = Object.getPrototypeOf(value);
  const name = prototype && prototype !== Object.prototype ? ownText(Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value, 'name') : '';
  return name ? `${name} ` : '';
}

function ownText(object, key) {
  const value = object && Object.getOwnPropertyDescriptor(object, key)?.value;
  return typeof value === 'string' ? value : '';
}
