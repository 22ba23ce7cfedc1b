import { colourFor, initialOf } from './colours.js';
import { createDisclosure } from './disclosure.js';
import { make, makeButton, makeName } from './dom.js';
import { pageLink } from './page-link.js';
import { words } from './words.js';

const mostFaces = 3;

/**
 * Who is here, and on which page: as a few faces, and as a list below them.
 *
 * @param {import('./room.js').Room} room
 * @param {{ tagOf: (person: object) => string }} context
 */
export function createPeopleList(room, { tagOf }) {
  const faces = make('span', { class: 'faces', 'aria-hidden': 'true' });
  const count = make('span', { class: 'count', dir: words.dir });
  const button = makeButton(faces, 'people-button', () => {});
  const names = make('ul', { class: 'names', 'aria-label': words.whoIsHere });
  const list = createDisclosure(button, make('div', { class: 'popup people' }, names), show);
  const muted = new Set();
  /** @type {Map<string, { key: string, element: Element }>} by person */
  const rows = new Map();
  button.append(count);
  button.title = words.whoIsHere;

  function show() {
    const people = room.people.list();
    count.textContent = words.here(people.length);
    faces.replaceChildren(...people.slice(0, mostFaces).map(face));
    if (list.isOpen) showRows(people);
  }

  /** A row that is the same stays: a press on it must not be lost because somebody else came. */
  function showRows(people) {
    const before = new Map(rows);
    rows.clear();
    for (const person of people) {
      const key = JSON.stringify([person, tagOf(person), muted.has(person.user), room.you?.host, room.you?.user]);
      const old = before.get(person.user);
      rows.set(person.user, old?.key === key ? old : { key, element: row(person) });
    }
    const elements = Array.from(rows.values(), ({ element }) => element);
    for (const child of [...names.children]) if (!elements.includes(child)) child.remove();
    elements.forEach((element, i) => { if (names.children[i] !== element) names.insertBefore(element, names.children[i] ?? null); });
  }

  function row(person) {
    const isYou = person.user === room.you?.user;
    const tag = tagOf(person);
    return make('li', { class: person.state === 'idle' ? 'idle' : '' }, face(person),
      make('div', { class: 'person' },
        make('div', { class: 'called' }, makeName(person.name), tag ? make('span', { class: 'tag' }, tag) : null,
          isYou ? make('span', { class: 'also' }, words.you) : null,
          person.host ? make('span', { class: 'also' }, words.host) : null,
          person.state === 'idle' ? make('span', { class: 'also' }, words.idle) : null),
        make('div', { class: 'pages' }, ...(person.pages ?? []).map(pageLink))),
      room.you?.host && !isYou ? tools(person) : null);
  }

  function tools(person) {
    const isMuted = muted.has(person.user);
    return make('div', { class: 'host-row' },
      makeButton(isMuted ? words.unmute : words.mute, 'link', () => {
        room.asHost({ action: 'mute', user: person.user, on: !isMuted });
        if (!muted.delete(person.user)) muted.add(person.user);
        show();
      }),
      makeButton(words.kick, 'link danger', () => room.asHost({ action: 'kick', user: person.user })));
  }

  room.on('people', show);
  room.on('welcome', show);
  return list.element;
}

const face = person => colourFor(make('span', { class: 'face avatar', 'aria-hidden': 'true' }, initialOf(person.name)), person.user);
