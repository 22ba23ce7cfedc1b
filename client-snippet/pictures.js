import { noteOwnRequest } from './loads.js';

/**
 * Loads and decodes pictures ahead of their use: what is then shown from the same addresses appears in one frame.
 *
 * @param {string[]} addresses absolute
 * @param {number} mostMs how long to wait at most
 * @param {string | null} [crossOrigin] as the element has it that will show them; with another mode they would be loaded twice
 * @returns {Promise<boolean>} false when one of them did not load or is no picture; true also when time was up
 */
export async function readyPictures(addresses, mostMs, crossOrigin = null) {
  if (addresses.length === 0) return true;
  let timer = 0;
  const patience = new Promise(resolve => { timer = setTimeout(resolve, mostMs, true); });
  const all = Promise.all(addresses.map(address => {
    noteOwnRequest(address);
    const picture = new Image();
    picture.crossOrigin = crossOrigin;
    picture.src = address;
    return picture.decode();
  })).then(() => true, () => false);
  const ready = await Promise.race([all, patience]);
  clearTimeout(timer);
  return ready;
}
