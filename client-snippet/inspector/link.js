const firstDelayMs = 250;
const longestDelayMs = 4000;

/**
 * The page's own socket: opened again for ever, with questions and their answers.
 *
 * @typedef {ReturnType<typeof createLink>} Link
 * @param {URL} address
 * @param {{ onState: (state: 'connecting' | 'open' | 'lost') => void, onMessage: (message: any) => void }} listener
 */
export function createLink(address, { onState, onMessage }) {
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  /** @type {WebSocket | undefined} */
  let socket;
  let delay = firstDelayMs;
  let asked = 0;
  /** @type {Map<string, { resolve: (answer: any) => void, reject: (error: Error) => void }>} */
  const questions = new Map();

  function open() {
    onState(socket ? 'lost' : 'connecting');
    socket = new WebSocket(address);
    socket.onopen = () => {
      delay = firstDelayMs;
      onState('open');
    };
    socket.onmessage = ({ data }) => receive(JSON.parse(data));
    socket.onclose = () => {
      onState('lost');
      for (const { reject } of questions.values()) reject(new Error('The connection was lost.'));
      questions.clear();
      setTimeout(open, delay);
      delay = Math.min(longestDelayMs, delay * 2);
    };
  }

  function receive(message) {
    const question = questions.get(message.ref);
    questions.delete(message.ref);
    if (message.type === 'error') question?.reject(Object.assign(new Error(message.message), { code: message.code }));
    else question?.resolve(message);
    onMessage(message);
  }

  /**
   * Asks for something; the promise fails with the server's own words.
   *
   * @param {{ type: string }} wish
   * @returns {Promise<any>}
   */
  function ask(wish) {
    return new Promise((resolve, reject) => {
      if (socket?.readyState !== WebSocket.OPEN) return void reject(new Error('There is no connection.'));
      const ref = `${++asked}`;
      questions.set(ref, { resolve, reject });
      socket.send(JSON.stringify({ ...wish, ref }));
    });
  }

  return { open, ask };
}
