import { createDispatcher } from '../dispatcher.js';
import { createOutbox } from './outbox.js';
import { createPeople } from './people.js';
import { pageAddress } from './page-report.js';

const pageSize = 50;
const kickedCode = 4103;

/**
 * The room's protocol without any picture of it: joins, resumes, acknowledges. What happens is told by these events: `state`, `welcome`, `history`
 * (`messages`, `more`, `kind`), `chat`, `edited`, `deleted`, `event`, `renamed`, `people`, `typing`, `rules`, `unsent`, `error`, `reset` (the newest page
 * follows).
 *
 * @typedef {ReturnType<typeof createRoom>} Room
 * @param {import('../connection.js').Connection} connection
 * @param {import('./identity.js').Identity} identity
 */
export function createRoom(connection, identity) {
  const { on, emit } = createDispatcher();
  const people = createPeople();
  const outbox = createOutbox({ transmit: frame => connection.send(frame), onChange: () => emit('unsent', outbox) });
  let you = null;
  let epoch;            // which history our numbers belong to
  let lastSeq = 0;      // the newest frame seen of it
  let joined = false;
  let kicked = false;
  let goodName = '';    // the last name that the server took
  /** @type {{ kind: 'latest' | 'older' | 'newer', range: object } | null} the one open request for history */
  let asked = null;
  let rules = { readOnly: false, slowMs: 0 };

  function join() {
    if (connection.state !== 'open' || kicked) return;
    const resume = epoch && lastSeq ? { epoch, after: lastSeq } : undefined;
    connection.send({ type: 'join', name: identity.shownName, key: identity.key, hostKey: identity.hostKey, page: pageAddress(), resume });
  }

  function ask(kind, range) {
    if (asked) return;
    asked = { kind, range };
    if (!connection.send({ type: 'history', ...range, limit: pageSize })) asked = null;
  }

  function askAgain(afterMs) {
    const { kind, range } = asked;
    setTimeout(() => {
      if (asked?.range !== range) return;
      asked = null;
      ask(kind, range);
    }, afterMs);
  }

  function startOver() {
    lastSeq = 0;
    asked = null;
    emit('reset');
    ask('latest', { before: Number.MAX_SAFE_INTEGER });   // before the end of all numbers: the newest
  }

  function become(isJoined) {
    joined = isJoined;
    outbox.setOpen(isJoined);
    emit('state');
  }

  function setRules(next) {
    rules = { readOnly: Boolean(next?.readOnly), slowMs: Number(next?.slowMs) || 0 };
    outbox.pace.slowDown(you?.host ? 0 : rules.slowMs);
    emit('rules', rules);
  }

  function onWelcome(welcome) {
    you = welcome.you;
    if (welcome.key) identity.key = welcome.key;
    goodName = identity.name;
    people.reset(welcome.people);
    emit('welcome', welcome);
    setRules(welcome.rules);
    emit('people', people.list());
    if (!welcome.recovered) startOver();
    become(true);
  }

  function onNumbered(frame) {
    if (frame.seq <= lastSeq && frame.type !== 'chat') return;
    lastSeq = Math.max(lastSeq, frame.seq);
    if (frame.cid) outbox.remove(frame.cid);
    emit(frame.type, frame);
  }

  function onHistory({ messages = [], more }) {
    const kind = asked?.kind ?? 'latest';
    asked = null;
    for (const { seq, cid } of messages) {
      lastSeq = Math.max(lastSeq, seq);
      if (cid) outbox.remove(cid);
    }
    emit('history', { messages, kind, more: Boolean(more) });
  }

  function onReset({ room }) {
    if (room) epoch = room.epoch;
    if (joined) startOver();   // before `welcome`: that says the same
  }

  function onError(error) {
    if (error.code === 'history_gone') {
      asked = null;
      emit('history', { messages: [], kind: 'older', more: false });
    }
    if (error.code === 'not_joined') become(false);
    if (error.code === 'forbidden' && !joined && !error.field) {
      kicked = true;   // sent out before, and not to come back yet
      emit('state');
    }
    if (error.code === 'busy' && !joined) setTimeout(join, error.retryMs ?? 10_000);
    if (error.field === 'hostKey') identity.hostKey = '';
    if (error.field === 'name' || error.code === 'bad_name' || error.code === 'name_reserved') onNameRefused();
    if (error.code === 'rate_limited' && !error.cid && asked) return askAgain(error.retryMs ?? 1000);
    emit('error', { ...error, refused: error.cid ? outbox.refuse(error.cid, error) : undefined });
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
  for (const type of ['chat', 'edited', 'deleted']) connection.on(type, onNumbered);
  connection.on('history', onHistory);
  connection.on('error', onError);
  connection.on('reset', onReset);
  connection.on('typing', frame => emit('typing', frame));
  connection.on('event', event => {
    if (event.rules) setRules(event.rules);
    if (event.kind === 'rename' && event.user === you?.user) {
      goodName = event.name;   // here, or in another tab of ours
      you = { ...you, name: event.name };
      emit('renamed', event.name);
    }
    emit('event', event);
  });
  connection.on('presence', frame => {
    people.apply(frame);
    emit('people', people.list());
  });
  connection.onState(state => {
    if (state === 'lost') kicked ||= connection.closeCode === kickedCode;
    if (state !== 'open') become(false);
    else emit('state');
  });

  return {
    on,
    people,
    outbox,
    get you() { return you; },
    get joined() { return joined; },
    get kicked() { return kicked; },
    get rules() { return rules; },
    get connection() { return connection; },
    get epoch() { return epoch; },
    /** The newest message's number, as far as we know. */
    get head() { return lastSeq || connection.greeting?.room?.head || 0; },
    /** Enters the room, now when the socket is open, and again after each reconnect. */
    enter() {
      kicked = false;
      epoch ??= connection.greeting?.room?.epoch;
      emit('state');
      join();
    },
    older: before => ask('older', { before }),
    newer: after => ask('newer', { after }),
    latest: startOver,
    rename(name) {
      if (name === identity.name) return;
      identity.name = name;
      if (!joined) join();
      else connection.send({ type: 'rename', cid: `n${Date.now()}`, name: identity.shownName });
      emit('state');
    },
    /** What only the host may do. */
    asHost: action => connection.send({ type: 'host', cid: `h${Date.now()}`, ...action }),
    send: message => joined && connection.send(message),
  };
}
