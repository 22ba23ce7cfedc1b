import { openRoots, stampAddress } from '../paths.js';
import { pluginChange } from './plugins.js';
import { mediaChange } from './media.js';

/**
 * One place in the page that names an asset.
 *
 * @typedef {object} AssetUse
 * @property {Node | null} node     whose `data-liveserve` counts
 * @property {boolean} shows        whether the asset is seen, heard or used there, not only announced
 * @property {string[]} pictures    absolute addresses, to be loaded and decoded before the change
 * @property {string | null} [crossOrigin]
 * @property {number} mostPatienceMs how long to wait for them
 * @property {() => import('../outcomes.js').Outcome | void} apply
 */

const mostPictureMs = 15_000;   // the old picture stays on the screen meanwhile

const svgPaint = { form: 'css', elements: null };
const svgReference = { form: 'address', elements: new Set(['image', 'use', 'feimage']) };

/** @type {Map<string, { form: 'address' | 'candidates' | 'css', elements: Set<string> | null }>} where HTML and SVG name files, scripts and sheets apart */
const namingAttributes = new Map(Object.entries({
  src: { form: 'address', elements: new Set(['img', 'input', 'audio', 'video', 'source', 'track', 'embed', 'iframe', 'frame']) },
  srcset: { form: 'candidates', elements: new Set(['img', 'source']) },
  imagesrcset: { form: 'candidates', elements: new Set(['link']) },
  href: { form: 'address', elements: new Set([...svgReference.elements, 'link']) },
  'xlink:href': svgReference,
  poster: { form: 'address', elements: new Set(['video']) },
  data: { form: 'address', elements: new Set(['object']) },
  background: { form: 'address', elements: null },
  fill: svgPaint, stroke: svgPaint, filter: svgPaint, mask: svgPaint, 'clip-path': svgPaint, cursor: svgPaint,
  'marker-start': svgPaint, 'marker-mid': svgPaint, 'marker-end': svgPaint,
}));

/**
 * @param {import('./restamp.js').Restamp} restamp
 * @returns {AssetUse[]}
 */
export function findAttributeUses(restamp) {
  const uses = [];
  for (const root of openRoots()) {
    for (const element of root.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        const naming = namingAttributes.get(name);
        if (!naming || (naming.elements && !naming.elements.has(element.localName.toLowerCase()))) continue;
        const found = restamp[naming.form](value, element.baseURI);
        if (found && namesFile(element)) uses.push(useOf(element, name, found, restamp));
      }
    }
  }
  return uses;
}

/** Links mostly lead somewhere. Sheets come as items of their own, and modules with their scripts. */
function namesFile(element) {
  if (element.localName !== 'link') return true;
  return [...element.relList].some(rel => rel.includes('icon') || rel === 'manifest') || isAnnouncement(element);
}

function isAnnouncement(element) {
  return element.localName === 'link' && element.relList.contains('preload') && ['image', 'font'].includes(element.as);
}

/** @returns {AssetUse} */
function useOf(element, name, { text, addresses }, restamp) {
  return {
    node: element,
    shows: !isAnnouncement(element),
    pictures: picturesOf(element, name, addresses, restamp),
    crossOrigin: element.crossOrigin,
    mostPatienceMs: mostPictureMs,
    apply: pluginChange(element, name, text) ?? mediaChange(element, name, text, restamp) ?? (() => element.setAttribute(name, text)),
  };
}

/** Which of the addresses are on the screen, or will be. Of several candidates it is the one that the browser has chosen. */
function picturesOf(element, name, addresses, { version }) {
  const image = element.localName === 'source' ? element.closest('picture')?.querySelector('img') : element;
  switch (image?.localName) {
    case 'img': return addresses.filter(address => image.currentSrc && address === stampAddress(image.currentSrc, version));
    case 'input': case 'image': return addresses;
    default: return name === 'poster' || name === 'background' ? addresses : [];
  }
}
