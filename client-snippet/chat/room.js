import { createOutbox } from './outbox.js';
import { createPeople } from './people.js';

const pageSize = 50;

/**
 * The room's protocol without any picture of it: joins, resumes, acknowledges. What happens is told to the listener.
 *
 * @typedef {object} RoomListener
 * @property {(state: { joined: boolean, connection: string }) => void} onState
 * @property {(you: { user: string, name: string, tag: string, host?: boolean }) => void} onWelcome
 * @property {(messages: object[], info: { live: boolean, older: boolean, more?: boolean }) => void} onMessages
 * @property {(people: object[]) => void} onPeople
 * @property {(error: { code: string, message: string, cid?: string, field?: string }) => void} onError
 * @property {() => void} onReset  forget what is shown; the newest page follows
 *
 * @typedef {ReturnType<typeof createRoom>} Room
 * @param {import('../connection.js').Connection} connection
 * @param {import('./identity.js').Identity} identity
 * @param {RoomListener} listener
 */
export function createRoom(connection, identity, listener) {
  const outbox = createOutbox(connection);
  const people = createPeople();
  let epoch;            // which history our numbers belong to
  let lastSeq = 0;      // the newest frame seen of it
  let joined = false;
  let goodName = '';    // the last name that the server took
  let asked = null;     // the one open history request: 'latest' or 'older'

  function join() {
    if (connection.state !== 'open') return;
    const resume = epoch && lastSeq ? { epoch, after: lastSeq } : undefined;
    connection.send({ type: 'join', name: identity.shownName, key: identity.key, page: location.pathname, resume });
  }

  function ask(kind, before) {
    if (asked) return;
    asked = kind;
    if (!connection.send({ type: 'history', before, limit: pageSize })) asked = null;
  }

  function startOver() {
    lastSeq = 0;
    asked = null;
    listener.onReset();
    ask('latest', Number.MAX_SAFE_INTEGER);   // before the end of all numbers: the newest
  }

  const tell = () => listener.onState({ joined, connection: connection.state });

  function onWelcome({ you, key, recovered, people: list }) {
    joined = true;
    if (key) identity.key = key;
    goodName = identity.name;
    people.reset(list);
    listener.onWelcome(you);
    listener.onPeople(people.list());
    tell();
    if (!recovered) startOver();
    outbox.resendAll();
  }

  function onChat(message) {
    lastSeq = Math.max(lastSeq, message.seq);
    if (message.cid) outbox.acknowledge(message.cid);
    listener.onMessages([message], { live: true, older: false });
  }

  function onHistory({ messages = [], more }) {
    const older = asked === 'older';
    asked = null;
    for (const { seq } of messages) lastSeq = Math.max(lastSeq, seq);
    listener.onMessages(messages, { live: false, older, more: Boolean(more) });
  }

  function onError(error) {
    if (error.code === 'history_gone') asked = null;
    if (error.code === 'not_joined') joined = false;
    // Too fast is no reason to bother the author: it goes out when the server has room again.
    if (error.code === 'rate_limited' && error.cid && error.retryMs) return void setTimeout(outbox.resend, error.retryMs, error.cid);
    if (error.field === 'name' || error.code === 'bad_name' || error.code === 'name_reserved') onNameRefused();
    listener.onError(error);
  }

  /** A refused name must not be tried again by the next page; whoever is not in yet comes in as a guest. */
  function onNameRefused() {
    if (identity.name === goodName) return;
    identity.name = goodName;
    if (!joined) join();
  }

  connection.on('connected', ({ room }) => {
    if (room?.epoch !== epoch) lastSeq = 0;   // another history: our numbers mean nothing there
    epoch = room?.epoch;
    asked = null;
    join();
  });
  connection.on('welcome', onWelcome);
  connection.on('chat', onChat);
  connection.on('history', onHistory);
  connection.on('error', onError);
  connection.on('reset', () => { if (joined) startOver(); });   // before `welcome`: that says the same
  connection.on('presence', frame => {
    people.apply(frame);
    listener.onPeople(people.list());
  });
  connection.onState(state => {
    if (state !== 'open') joined = false;
    tell();
  });

  return {
    /** Enters the room, now when the socket is open, and again after each reconnect. */
    enter() {
      epoch = connection.greeting?.room?.epoch;
      tell();
      join();
    },
    /** @returns {string} the id under which the acknowledgement comes */
    say: body => outbox.add(body, joined),
    again: cid => outbox.resend(cid),
    /** Takes a message back that the server refused. */
    forget(cid) {
      const body = outbox.bodyOf(cid);
      outbox.acknowledge(cid);
      return body ?? '';
    },
    older: before => ask('older', before),
    latest: startOver,
    rename(name) {
      if (name === identity.name) return;
      identity.name = name;
      if (!joined) join();
      else connection.send({ type: 'rename', cid: `n${Date.now()}`, name: identity.shownName });
    },
  };
}
