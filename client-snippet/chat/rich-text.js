import { codeBlock } from './code-block.js';
import { make } from './dom.js';
import { fileLink } from './file-link.js';
import { linkTarget, saysItsHost } from './links.js';
import { readMarkdown } from './markdown.js';

/**
 * A message's body as elements: text nodes and a few elements of ours, never markup.
 *
 * @param {string} body
 * @param {{ ref?: object, openFile?: (ref: object) => void }} [context]
 * @returns {Node[]}
 */
export function richText(body, context = {}) {
  return readMarkdown(body).map(part => render(part, context));
}

function render(part, context) {
  switch (part.kind) {
    case 'text': return renderText(part.text, context);
    case 'code': return namesPlace(part.text, context.ref) ? fileLink(context.ref, part.text, context.openFile) : make('code', {}, part.text);
    case 'fence': return codeBlock(part.text, part.lang);
    case 'link': return renderLink(part);
    default: return make(part.kind, {}, ...part.parts.map(inner => render(inner, context)));
  }
}

function renderLink({ text, href }) {
  const url = linkTarget(href);
  if (!url) return document.createTextNode(text === href ? text : `[${text}](${href})`);
  const link = make('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer', title: url.href }, text);
  return saysItsHost(text, url) ? link : make('span', { class: 'link-with-host' }, make('bdi', {}, link), make('bdi', { class: 'link-host' }, ` (${url.host})`));
}

const namesPlace = (text, ref) => Boolean(ref) && text.startsWith(placeName(ref)) && /^(?::\d+)?$/.test(text.slice(placeName(ref).length));
const placeName = ({ file, line }) => (line ? `${file}:${line}` : file);

/** The place in a file that a message names stands in its text: there it can be opened. */
function renderText(text, { ref, openFile }) {
  const name = ref ? placeName(ref) : '';
  const at = name ? text.indexOf(name) : -1;
  if (at < 0) return document.createTextNode(text);
  const end = at + (/^:\d+/.exec(text.slice(at + name.length))?.[0].length ?? 0) + name.length;
  return make('span', {}, text.slice(0, at), fileLink(ref, text.slice(at, end), openFile), text.slice(end));
}
