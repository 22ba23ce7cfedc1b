import { createCarrier } from './carrier.js';
import { eventReader } from './event-stream.js';
import { pollReader } from './long-poll.js';

/**
 * One stream per browser, not per tab: over HTTP/1.1 a browser opens six connections to a server, and the seventh tab would never load. The tab that
 * holds the lock reads for all of them. When it closes another gets the lock, and goes on where each of them is.
 *
 * @param {{ kind: 'sse' | 'poll', base: string, id: string, onMessage: (message: any) => void, onEnd: () => void }} options
 */
export function joinStream({ kind, base, id, onMessage, onEnd }) {
  const shares = Boolean(navigator.locks && window.BroadcastChannel);
  const read = kind === 'sse' ? eventReader(base) : pollReader(base, shares);
  let heard = 0;

  function take(message, number) {
    if (number <= heard) return;
    if (number > heard + 1) return void onEnd();   // something was lost on the way from the other tab
    heard = number;
    onMessage(message);
  }

  if (!shares) {
    const carrier = createCarrier(read, (_, message, number) => take(message, number), onEnd);
    carrier.add(id, heard);
    return carrier;
  }

  const name = `liveserve ${kind} ${base}`;
  const channel = new BroadcastChannel(name);
  const waiting = new AbortController();
  let carrier = null;
  let stopLeading = () => {};

  const say = message => channel.postMessage(message);
  const ask = () => say({ type: 'want', id, heard });

  function lead() {
    carrier = createCarrier(read, (to, message, number) => {
      if (to === id) take(message, number);
      else say({ type: 'told', id: to, message, number });
    }, () => {
      say({ type: 'lost' });
      onEnd();
    });
    carrier.add(id, heard);
    say({ type: 'lead' });
    return new Promise(done => { stopLeading = done; });
  }

  channel.onmessage = ({ data }) => {
    switch (data.type) {
      case 'lead': return ask();
      case 'lost': return onEnd();
      case 'want': return carrier?.add(data.id, data.heard);
      case 'done': return carrier?.remove(data.id);
      case 'told': if (data.id === id) take(data.message, data.number);
    }
  };
  navigator.locks.request(name, { signal: waiting.signal }, lead).catch(() => {});   // it is no longer wanted
  ask();

  return {
    close() {
      say({ type: 'done', id });
      waiting.abort();
      carrier?.close();
      channel.close();
      stopLeading();
    },
  };
}
