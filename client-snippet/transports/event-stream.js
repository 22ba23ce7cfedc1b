/**
 * Reads server-sent events. By fetch, because an EventSource tells neither a server that has forgotten us from one that is not there, nor takes a
 * place to begin at.
 *
 * @param {string} base
 * @returns {import('./carrier.js').Read}
 */
export function eventReader(base) {
  return async (ids, after, signal, tell) => {
    const answer = await fetch(new URL(`events?id=${ids}&after=${after}`, base), { signal, cache: 'no-store', priority: 'high' });
    if (answer.status === 410) return 'unknown';
    if (!answer.ok || !answer.body) return 'ended';
    const chunks = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await chunks.read();
      if (done) return 'ended';
      const events = (rest + value).split('\n\n');
      rest = events.pop();
      for (const event of events) {
        const { place, data } = parseEvent(event);
        if (data) tell(ids[place], JSON.parse(data));
      }
    }
  };
}

function parseEvent(text) {
  let place = 0;
  let data = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('event: ')) place = Number(line.slice(7));
    else if (line.startsWith('data: ')) data = line.slice(6);
  }
  return { place, data };
}
