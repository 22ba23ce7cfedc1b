const units = ['B', 'KiB', 'MiB', 'GiB'];

/** @param {number | undefined} bytes */
export function formatBytes(bytes) {
  if (bytes === undefined || bytes === null) return '\u2013';
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** @param {number | undefined} ms */
export function formatMs(ms) {
  if (ms === undefined || ms === null) return '\u2013';
  return ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1000 ? `${Math.round(ms)} ms` : ms < 60000 ? `${(ms / 1000).toFixed(1)} s` : formatSpan(ms);
}

/** A span as people say it. */
export function formatSpan(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours} h ${minutes} min` : minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** Local time, to the millisecond. */
export function formatTime(at) {
  const time = new Date(at);
  const two = number => String(number).padStart(2, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

/** Control characters as their pictures: a line of the timeline is one line. */
export function onOneLine(text) {
  return text.replace(/[\u0000-\u001f\u007f]/g, character => (character === '\u007f' ? '\u2421' : String.fromCharCode(0x2400 + character.charCodeAt(0))));
}

/** Rows of sixteen bytes: where, what, and as characters. `..` stands for a masked one. */
export function hexDump(hex) {
  const rows = [];
  for (let at = 0; at < hex.length; at += 32) {
    const bytes = hex.slice(at, at + 32).match(/../g) ?? [];
    const characters = bytes.map(byte => {
      const code = Number.parseInt(byte, 16);
      return code >= 32 && code < 127 ? String.fromCharCode(code) : '\u00b7';
    });
    rows.push(`${(at / 2).toString(16).padStart(6, '0')}  ${bytes.join(' ').padEnd(47)}  ${characters.join('')}`);
  }
  return rows.join('\n');
}
