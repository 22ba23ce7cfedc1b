import { makeOverlayButton, makePart } from './overlay-parts.js';

const mostShown = 4000;

/**
 * One problem in the list.
 *
 * @param {import('./overlay.js').Problem} problem
 * @param {(place: { file: string, line?: number, column?: number }) => void} open
 */
export function problemEntry(problem, open) {
  const { title, message, file, line, column, frame, notice, action } = problem;
  const top = makePart('div', 'top', makePart('h2', 'title', title ?? 'Problem'));
  if (file) {
    const button = makeOverlayButton('place', placeText(problem), () => open({ file, line, column }));
    button.title = 'Open in the editor';
    top.append(button);
  }
  const entry = makePart('section', notice ? 'problem mild' : 'problem', top, makePart('p', 'message', cut(message)));
  if (frame) entry.append(makePart('pre', 'frame', cut(frame)));
  if (action) entry.append(makeOverlayButton('action', action.label, action.run));
  return entry;
}

function placeText({ file, line, column }) {
  const path = file.replace(/^\/(?=.)/, '');
  return line ? `${path}:${line}${column ? `:${column}` : ''}` : path;
}

function cut(text) {
  const whole = String(text ?? '');
  return whole.length > mostShown ? `${whole.slice(0, mostShown)}\u2026` : whole;
}
