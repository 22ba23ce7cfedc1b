import { findLinks } from './links.js';

/**
 * @typedef {{ kind: 'text', text: string } | { kind: 'code', text: string } | { kind: 'fence', text: string, lang: string }
 *   | { kind: 'link', text: string, href: string } | { kind: 'strong' | 'em', parts: Part[] }} Part
 */

/**
 * Reads the few marks that a message may have: fences, inline code, links, bold, italic. What is not closed is what it looks like. Linear in the
 * length of the text, and never more than three levels deep.
 *
 * @param {string} text
 * @returns {Part[]}
 */
export function readMarkdown(text) {
  const parts = [];
  let plain = [];
  let fence = null;

  function endPlain() {
    if (plain.length) parts.push(...readInline(plain.join('\n')));
    plain = [];
  }

  for (const line of text.split('\n')) {
    const mark = /^(`{3,})[ \t]*([^`]*)$/.exec(line);
    if (!fence && mark) {
      endPlain();
      fence = { size: mark[1].length, lang: mark[2].trim(), lines: [], opening: line };
    } else if (fence && mark && mark[1].length >= fence.size && !mark[2].trim()) {
      parts.push({ kind: 'fence', lang: fence.lang, text: fence.lines.join('\n') });
      fence = null;
    } else {
      (fence?.lines ?? plain).push(line);
    }
  }
  const isEmpty = fence?.lines.every(line => !line.trim());   // never closed, and nothing in it
  if (isEmpty) plain.push(fence.opening, ...fence.lines);
  endPlain();
  if (fence && !isEmpty) parts.push({ kind: 'fence', lang: fence.lang, text: fence.lines.join('\n') });
  return parts;
}

/** A message that is one fence and nothing else. */
export function wholeFence(text) {
  const parts = /^\s*```/.test(text) ? readMarkdown(text.trim()) : [];
  return parts.length === 1 && parts[0].kind === 'fence' && parts[0].text.trim() ? parts[0] : null;
}

function readInline(text) {
  const top = { parts: [] };
  const stack = [top];   // at most one `strong` and one `em` are open
  const closers = backtickRuns(text);
  // An address is read over: its underscores are its own.
  const special = /https?:\/\/[^\s<>"'`*]+|(`+)|\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s()<>]{1,2000})\)|(\*{1,3})(?!\*)|(_)(?!_)/g;
  let from = 0;

  const add = part => stack.at(-1).parts.push(part);
  function addText(to) {
    if (to > from) for (const part of findLinks(text.slice(from, to))) add(part);
  }

  for (let match = special.exec(text); match; match = special.exec(text)) {
    const at = match.index;
    const [all, ticks, label, address, stars, line] = match;
    if (ticks) {
      const end = closers.after(at, ticks.length);
      if (end < 0) continue;
      addText(at);
      add({ kind: 'code', text: trimCode(text.slice(at + ticks.length, end)) });
      from = special.lastIndex = end + ticks.length;
    } else if (label) {
      addText(at);
      add({ kind: 'link', text: label, href: address });
      from = special.lastIndex;
    } else if (stars || line) {
      if (text[at - 1] === all[0]) continue;   // the end of a longer row is no mark
      const marks = all !== '***' ? [all] : stack.at(-1).mark === '*' ? ['*', '**'] : ['**', '*'];
      if (!isMark(text, at, all.length, all !== '**')) continue;
      addText(at);
      from = special.lastIndex;
      toggle(stack, marks, text, at, all.length);
    }
  }
  addText(text.length);
  while (stack.length > 1) unwrap(stack);
  return top.parts;
}

/** Beside something to mark. Within a word an underscore is a part of the name, and a star multiplies. */
function isMark(text, at, length, notInWord) {
  const before = text[at - 1] ?? ' ';
  const after = text[at + length] ?? ' ';
  if (/\s/.test(before) && /\s/.test(after)) return false;
  return !notInWord || !(/\w/.test(before) && /\w/.test(after));
}

function toggle(stack, marks, text, at, length) {
  for (const mark of marks) {
    const open = stack.findIndex(level => level.mark === mark);
    if (open > 0 && !/\s/.test(text[at - 1] ?? ' ')) {
      while (stack.length > open + 1) unwrap(stack);
      const { parts } = stack.pop();
      stack.at(-1).parts.push({ kind: mark === '**' ? 'strong' : 'em', parts });
    } else if (open < 0 && !/\s/.test(text[at + length] ?? ' ')) {
      stack.push({ mark, parts: [] });
    } else {
      stack.at(-1).parts.push({ kind: 'text', text: mark });
    }
  }
}

/** What was opened and never closed stands there as it was typed. */
function unwrap(stack) {
  const { mark, parts } = stack.pop();
  stack.at(-1).parts.push({ kind: 'text', text: mark });
  for (const part of parts) stack.at(-1).parts.push(part);
}

/** Where the rows of backticks are, by length, so that looking for a partner never reads the text again. */
function backtickRuns(text) {
  const byLength = new Map();
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const all = byLength.get(run.length) ?? { places: [], next: 0 };
    all.places.push(index);
    byLength.set(run.length, all);
  }
  return {
    after(at, length) {
      const all = byLength.get(length);
      while (all && all.places[all.next] <= at) all.next++;
      return all?.places[all.next] ?? -1;
    },
  };
}

const trimCode = code => (/^ .*\S.* $/s.test(code) ? code.slice(1, -1) : code);
