import { localPath, stampAddress } from '../paths.js';
import { rewriteUrls } from '../css/css-urls.js';

/**
 * A text that names the asset, with the new version in it.
 *
 * @typedef {object} Restamped
 * @property {string} text
 * @property {string[]} addresses the new addresses in it, absolute
 */

/**
 * Versions the mentions of one asset; whatever else a text names keeps its address.
 *
 * @typedef {ReturnType<typeof createRestamp>} Restamp
 * @param {string} path
 * @param {number} version
 */
export function createRestamp(path, version) {
  /** @returns {Restamped | null} null when the asset is not mentioned */
  function restamp(written, base, walk) {
    const addresses = [];
    const text = walk(written ?? '', address => {
      if (address === '' || address.startsWith('#') || localPath(address, base) !== path) return address;
      const stamped = stampAddress(address, version);
      addresses.push(new URL(stamped, base).href);
      return stamped;
    });
    return addresses.length > 0 ? { text, addresses } : null;
  }

  return {
    path,
    version,
    /** One address, as in `src`. */
    address: (written, base) => restamp(written, base, (text, rewrite) => rewrite(text.trim())),
    /** Image candidates, as in `srcset` (HTML Standard, 4.8.4.3). */
    candidates: (written, base) => restamp(written, base, rewriteCandidates),
    /** CSS, as in `style`. */
    css: (written, base) => restamp(written, base, rewriteUrls),
  };
}

// An address ends at a space; commas at its end part it from the next one, commas within belong to it. Then a descriptor, up to a comma.
const imageCandidate = /([\s,]*)(\S*[^\s,])(,+|[^,]*)/g;

function rewriteCandidates(text, rewrite) {
  return text.replace(imageCandidate, (_, before, address, after) => before + rewrite(address) + after);
}
