/**
 * Where a window stands among the frames of its tab: `top`, `top.0`, `top.0.2`. The frames of one origin share the tab's storage, so that what
 * is kept there for one of them needs its place in the name.
 *
 * @param {Window} frame
 * @returns {string}
 */
export function framePlace(frame = window) {
  const { parent } = frame;
  if (parent === frame) return 'top';
  return `${framePlace(parent)}.${Array.from({ length: parent.length }, (_, i) => parent[i]).indexOf(frame)}`;
}
