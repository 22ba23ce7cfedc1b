import { make, makeButton } from './dom.js';
import { words } from './words.js';

// A path as people write it, with a line: no way up, no drive, no option of a command.
const place = /(?:^|[\s("'`])((?:[\w@][\w@.+-]*\/)*[\w@][\w@.+-]*\.\w{1,8}):(\d{1,6})(?::(\d{1,4}))?(?![\w/:])/;

/** The first place in a file that a text names, as `css/site.css:14`. */
export function findFileReference(text) {
  const found = place.exec(text);
  if (!found || Number(found[2]) === 0) return undefined;
  return { file: found[1], line: Number(found[2]), col: found[3] ? Number(found[3]) : undefined };
}

/**
 * A place in a file: whoever sits at the server's machine, or is the host, opens it in the editor; for others it is text.
 *
 * @param {{ file: string, line?: number, col?: number }} ref
 * @param {string} text
 * @param {((ref: object) => void) | undefined} openFile
 */
export function fileLink(ref, text, openFile) {
  if (!openFile) return make('code', { class: 'place' }, text);
  const button = makeButton(text, 'place', () => openFile(ref));
  button.title = words.openFile(text);
  return button;
}
