import { words } from './words.js';

const dayMs = 86_400_000;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long', year: 'numeric' });

/** The time of day where the reader is. */
export const clockTime = at => format(clock, at);

/** The exact moment, the same for everyone who reads it. */
export function exactTime(at) {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? '' : `${date.toISOString().replace('T', ' ').replace('Z', '')} UTC`;
}

/** Names a day where the reader is; two moments of the same day have the same key. */
export function dayKey(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}

/** @param {number} now */
export function dayName(at, now) {
  if (dayKey(at) === dayKey(now)) return words.today;
  if (dayKey(at) === dayKey(now - dayMs)) return words.yesterday;
  return format(new Date(at).getFullYear() === new Date(now).getFullYear() ? day : dayAndYear, at);
}

function format(formatter, at) {
  const date = new Date(at);
  return Number.isNaN(date.valueOf()) ? '' : formatter.format(date);   // an invalid date throws
}
