const loadMs = 15_000;

/** @type {WeakMap<Element, () => void>} an element that is being replaced, and how to call that off */
const pendingReplacements = new WeakMap();
const pendingClones = new WeakSet();

/**
 * Puts a changed copy of a link or style element after it, waits until the copy has loaded, then takes the old one away.
 * In this order there is no unstyled frame and the cascade stays as it was. When the copy fails, the old one stays.
 *
 * @param {Element} old
 * @param {(clone: Element) => void} change
 * @returns {Promise<import('./updates.js').Outcome>}
 */
export async function replaceElement(old, change) {
  if (pendingClones.has(old)) return { result: 'ignored', why: 'already being replaced' };
  pendingReplacements.get(old)?.();

  const clone = old.cloneNode(true);
  clone.removeAttribute('id');         // not twice in one document; it comes back when the old element goes
  clone.nonce = old.nonce;
  change(clone);
  pendingClones.add(clone);
  const loaded = await load(old, clone);
  pendingClones.delete(clone);

  // The page may have taken the old one away meanwhile; then it does not want a new one either.
  if (loaded !== 'loaded' || !old.isConnected) {
    clone.remove();
    return loaded === 'failed' ? { result: 'failed', why: 'the new version did not load' } : { result: 'ignored', why: 'overtaken' };
  }
  if (old.sheet && clone.sheet) clone.sheet.disabled = old.sheet.disabled;   // set by script, so no attribute tells
  old.remove();
  if (old.hasAttribute('id')) clone.setAttribute('id', old.getAttribute('id'));
  return { result: 'swap' };
}

/** @returns {Promise<'loaded' | 'failed' | 'overtaken'>} */
function load(old, clone) {
  return new Promise(resolve => {
    const end = result => {
      clearTimeout(timer);
      if (pendingReplacements.get(old) === overtake) pendingReplacements.delete(old);
      resolve(result);
    };
    const overtake = () => {
      clone.remove();
      end('overtaken');
    };
    const timer = setTimeout(end, loadMs, 'failed');
    pendingReplacements.set(old, overtake);
    clone.addEventListener('load', () => end('loaded'), { once: true });
    clone.addEventListener('error', () => end('failed'), { once: true });
    old.after(clone);
    if (clone.disabled && clone.localName === 'link') end('loaded');   // fetched only when somebody enables it
  });
}
