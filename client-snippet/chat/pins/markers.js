import { make, makeButton, makeIcon } from '../dom.js';
import { pageLink } from '../page-link.js';
import { words } from '../words.js';
import { findPinned } from './element-place.js';

const besidePx = 30;
// What moves an element without a trace: animations, fonts that arrive, scripts that write rules.
const lookEveryMs = 1000;

/**
 * The numbers at the elements that comments are about, and what the messages say of them. They live in our own shadow root, follow their elements,
 * and never take another one for theirs.
 *
 * @param {ShadowRoot | null} root null on the room's own page, which has no elements to talk about
 * @param {{ onOpen: (id: string) => void, onChange: (id: string) => void }} actions
 */
export function createMarkers(root, { onOpen, onChange }) {
  const layer = make('div', { class: 'markers' });
  const outline = make('div', { class: 'marked' });
  /** @type {Map<string, { message: any, number: number, element: Element | null, button: HTMLElement }>} by the message's id */
  const marks = new Map();
  const dirty = new MutationObserver(() => schedule(true));
  let frame = 0;
  let timer = 0;
  let lost = false;   // something in the page has changed: what is gone may be back
  layer.append(outline);

  function update(messages) {
    if (!root) return;
    const here = messages.filter(message => message.pin && !message.deleted && isHere(message));
    const wanted = new Set(here.map(message => message.id));
    for (const [id, { button }] of marks) {
      if (wanted.has(id)) continue;
      button.remove();
      marks.delete(id);
    }
    here.forEach((message, i) => mark(message, i + 1));
    if (marks.size > 0) start();
    else stop();
  }

  function mark(message, number) {
    const known = marks.get(message.id);
    if (known?.number === number) return;
    known?.button.remove();
    const button = makeButton(String(number), 'marker', () => onOpen(message.id));
    button.title = message.body.slice(0, 200);
    button.setAttribute('aria-label', words.pinNumber(number));
    button.addEventListener('pointerenter', () => frameOf(message.id));
    button.addEventListener('pointerleave', () => frameOf(null));
    layer.append(button);
    marks.set(message.id, { message, number, element: known?.element ?? findPinned(message.pin), button });
    onChange(message.id);
  }

  function start() {
    if (layer.isConnected) return schedule(false);
    root.prepend(layer);
    dirty.observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['class', 'style', 'hidden', 'open'] });
    addEventListener('liveserve:after', onMove);   // rules change without a change of the document
    timer = setInterval(onMove, lookEveryMs);
    addEventListener('scroll', onMove, { capture: true, passive: true });
    addEventListener('resize', onMove);
    addEventListener('load', onMove, true);
    document.addEventListener('transitionend', onMove, true);
    schedule(false);
  }

  function stop() {
    layer.remove();
    dirty.disconnect();
    clearInterval(timer);
    removeEventListener('liveserve:after', onMove);
    removeEventListener('scroll', onMove, { capture: true });
    removeEventListener('resize', onMove);
    removeEventListener('load', onMove, true);
    document.removeEventListener('transitionend', onMove, true);
  }

  const onMove = () => schedule(false);

  function schedule(changed) {
    lost ||= changed;
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      place();
      lost = false;
    });
  }

  function place() {
    /** @type {Map<Element | null, number>} several comments at one element stand side by side */
    const there = new Map();
    for (const [id, entry] of marks) {
      const old = entry.element;
      if (!old?.isConnected && (old || lost)) entry.element = findPinned(entry.message.pin);
      if (Boolean(old) !== Boolean(entry.element)) onChange(id);
      const before = there.get(entry.element) ?? 0;
      there.set(entry.element, before + 1);
      putAt(entry.button, entry.element, before * besidePx);
    }
  }

  function putAt(button, element, aside) {
    const box = element?.getBoundingClientRect();
    const shown = box && (box.width > 0 || box.height > 0) && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    button.hidden = !shown;
    if (!shown) return;
    const x = Math.min(Math.max(box.right, 16), innerWidth - 16) - aside;
    const y = Math.min(Math.max(box.top, 16), innerHeight - 16);
    button.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
  }

  function frameOf(id) {
    const box = id && marks.get(id)?.element?.getBoundingClientRect();
    outline.classList.toggle('on', Boolean(box));
    if (box) Object.assign(outline.style, { translate: `${box.left}px ${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
  }

  function goTo(id) {
    marks.get(id)?.element?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    frameOf(id);
    setTimeout(frameOf, 1600, null);
  }

  /** What a message says about its pin. */
  function chipOf(message) {
    const { pin, page } = message;
    if (!pin || message.deleted) return null;
    const text = make('bdi', { class: 'excerpt' }, pin.text || pin.selector || '');
    if (!root || !isHere(message)) return make('div', { class: 'pin-chip' }, makeIcon('pin'), text, page ? make('span', {}, ` ${words.onPage} `, pageLink(page)) : null);
    const entry = marks.get(message.id);
    if (entry && !entry.element) return make('div', { class: 'pin-chip gone' }, makeIcon('pin'), make('span', { dir: words.dir }, `${words.pinGone} `), text);
    const button = makeButton(make('span', { class: 'number' }, String(entry?.number ?? '')), 'pin-chip', () => goTo(message.id));
    button.title = words.pinHere;
    button.append(text);
    return button;
  }

  return { update, chipOf, get count() { return marks.size; } };
}

const isHere = ({ page }) => (page ?? '').split(/[?#]/)[0] === location.pathname;
