import { make, makeName } from './dom.js';
import { words } from './words.js';

const sayEveryMs = 3000;
const silenceMs = 6000;
const mostPeople = 20;

/**
 * Tells that we write, and shows who else does.
 *
 * @param {import('./room.js').Room} room
 */
export function createTyping(room) {
  const line = make('span', { dir: words.dir });
  const element = make('div', { class: 'typing', 'aria-live': 'off' }, line);
  /** @type {Map<string, number>} when to forget each of them */
  const timers = new Map();
  let told = 0;   // when we last said that we write; 0 when we do not

  function forget(user) {
    clearTimeout(timers.get(user));
    if (timers.delete(user)) show();
  }

  function show() {
    const names = [...timers.keys()].map(user => room.people.nameOf(user)).filter(Boolean);
    element.classList.toggle('on', names.length > 0);
    line.replaceChildren(...(names.length ? words.typing(names).map((part, i) => (names.includes(part) && i % 2 === 0 ? makeName(part) : part)) : []));
  }

  room.on('typing', ({ user, on }) => {
    if (user === room.you?.user) return;
    if (!on) return forget(user);
    clearTimeout(timers.get(user));
    timers.set(user, setTimeout(forget, silenceMs, user));
    show();
  });
  room.on('chat', ({ from }) => forget(from.user));
  room.on('people', show);
  room.on('reset', () => { for (const user of [...timers.keys()]) forget(user); });

  return {
    element,
    /** In a large room nobody reads it, and it costs everybody. */
    tell(on) {
      const now = Date.now();
      if (on ? now - told < sayEveryMs || room.people.size > mostPeople : !told) return;
      told = on ? now : 0;
      room.send({ type: 'typing', on });
    },
  };
}
