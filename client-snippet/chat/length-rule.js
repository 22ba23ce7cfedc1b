// What the server takes (its limits are told for text only).
const mostGraphemes = 4000;
const mostCodeBytes = 32 * 1024;
const encoder = new TextEncoder();
const segmenter = new Intl.Segmenter();

/**
 * Whether a message is too long, before the server has to say it.
 *
 * @param {string} text
 * @param {boolean} isCode
 * @param {number} mostTextBytes
 * @returns {{ graphemes: number, bytes: number, most: number, mostBytes: number } | null} null when it fits
 */
export function excessOf(text, isCode, mostTextBytes) {
  const mostBytes = isCode ? mostCodeBytes : mostTextBytes;
  const most = isCode ? Infinity : mostGraphemes;
  if (text.length * 3 <= mostBytes && text.length <= most) return null;
  const bytes = text.length > mostBytes * 4 ? text.length : encoder.encode(text).length;
  const graphemes = isCode || bytes > mostBytes * 2 || text.length <= most ? 0 : countGraphemes(text);
  return bytes > mostBytes || graphemes > most ? { graphemes, bytes, most, mostBytes } : null;
}

/** The longest beginning that fits, cut between what people see as characters. */
export function cutToLimit(text, isCode, mostTextBytes) {
  const mostBytes = isCode ? mostCodeBytes : mostTextBytes;
  let bytes = 0;
  let graphemes = 0;
  for (const { segment, index } of segmenter.segment(text.slice(0, mostBytes))) {
    bytes += encoder.encode(segment).length;
    if (bytes > mostBytes || (!isCode && ++graphemes > mostGraphemes)) return text.slice(0, index);
  }
  return text.slice(0, mostBytes);
}

function countGraphemes(text) {
  let count = 0;
  for (const part of segmenter.segment(text)) count += part.segment ? 1 : 0;
  return count;
}
