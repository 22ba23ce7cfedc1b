import { parseJsonPath } from './json-path.js';

/** What the chips are called, and which entries are theirs. */
export const entryTypes = {
  text: entry => entry.kind === 'frame' && (entry.op === 'text' || entry.op === 'continuation'),
  binary: entry => entry.op === 'binary',
  ping: entry => entry.op === 'ping' || entry.op === 'pong',
  close: entry => entry.op === 'close' || entry.kind === 'opened' || entry.kind === 'ended',
  http: entry => entry.kind === 'http',
};

const parsed = new WeakMap();

/**
 * From what was typed to a test of an entry: `/regular expression/`, `$.json.path`, or a part of the text.
 *
 * @param {string} query
 * @returns {{ test: (entry: any) => boolean, problem?: string }}
 */
export function parseQuery(query) {
  const typed = query.trim();
  if (!typed) return { test: () => true };
  if (typed.startsWith('$')) {
    const matches = parseJsonPath(typed);
    if (matches) return { test: entry => holds(matches, jsonOf(entry)) };
    return { test: () => true, problem: 'A path is written like $.from.name or $.type = chat' };
  }
  const expression = /^\/(.+)\/([imsu]*)$/s.exec(typed);
  if (expression) {
    try {
      const pattern = new RegExp(expression[1], expression[2]);
      return { test: entry => pattern.test(textOf(entry)) };
    } catch (error) {
      return { test: () => true, problem: error.message };
    }
  }
  const part = typed.toLowerCase();
  return { test: entry => textOf(entry).toLowerCase().includes(part) };
}

/**
 * @param {{ query: string, direction: 'all' | 'in' | 'out', types: Set<string>, socket: string | null }} wanted
 * @returns {{ test: (entry: any) => boolean, problem?: string }}
 */
export function createFilter({ query, direction, types, socket }) {
  const { test, problem } = parseQuery(query);
  const kinds = [...types].map(type => entryTypes[type]).filter(Boolean);
  return {
    problem,
    test: entry => (socket === null || entry.socket === socket)
      && (direction === 'all' || entry.dir === direction || (entry.kind === 'http' && direction === 'in'))
      && (!kinds.length || kinds.some(isKind => isKind(entry)))
      && test(entry),
  };
}

function holds(matches, json) {
  try {
    return json !== undefined && matches(json);
  } catch {
    return false;   // nested deeper than a script can follow
  }
}

function textOf(entry) {
  switch (entry.kind) {
    case 'frame': return `${entry.text ?? entry.hex ?? ''} ${entry.reason ?? ''} ${entry.code ?? ''} ${entry.op}`;
    case 'http': return `${entry.method} ${entry.target} ${entry.status} ${entry.by}`;
    default: return `${entry.kind} ${entry.target ?? ''} ${entry.by ?? ''}`;
  }
}

/** The payload as JSON; undefined when it is none. */
export function jsonOf(entry) {
  if (entry.text === undefined) return undefined;
  if (!parsed.has(entry)) {
    let value;
    try {
      value = JSON.parse(entry.text);
    } catch { /* no JSON */ }
    parsed.set(entry, value);
  }
  return parsed.get(entry);
}
