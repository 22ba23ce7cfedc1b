/**
 * What every transport is: the same messages in the same order, until it ends.
 *
 * @typedef {object} Transport
 * @property {(text: string) => boolean} send  false when it is not open
 * @property {() => void} close  nothing is heard of it any more
 *
 * @typedef {object} TransportListener
 * @property {(message: any) => void} onMessage
 * @property {(how: 'ended' | 'unreachable' | 'unavailable', code?: number) => void} onEnd  at most once; the code is that of a close frame
 */

/** The socket's address. */
export function socketUrl(base) {
  const url = new URL('ws', base);
  url.protocol = url.protocol.replace('http', 'ws');
  return url;
}

/**
 * @param {string} base where our own files live
 * @param {TransportListener} listener
 * @returns {Transport}
 */
export function openWebSocket(base, { onMessage, onEnd }) {
  const socket = new WebSocket(socketUrl(base), 'liveserve.1');
  socket.onmessage = event => onMessage(parseMessage(event.data));
  socket.onclose = ({ code }) => onEnd('ended', code);
  return {
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(text);
      return true;
    },
    close() {
      socket.onmessage = socket.onclose = null;
      socket.close();
    },
  };
}

function parseMessage(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;   // not ours to complain: unknown frames are ignored
  }
}
