import { make, makeButton } from '../chat/dom.js';
import { formatTime } from './format.js';

const mostLines = 100;

/**
 * A socket of one's own: three lines to paste into the console of any page, and a form that does the same here.
 */
export function createTryCard() {
  const address = make('input', { type: 'text', list: 'addresses', value: '/__liveserve/ws', 'aria-label': 'Address', autocomplete: 'off', spellcheck: 'false' });
  const known = make('datalist', { id: 'addresses' });
  const code = make('pre', { class: 'code', tabindex: '0', 'aria-label': 'Paste this in the console' });
  const copyButton = makeButton('Copy', 'small', copy);
  const connect = makeButton('Connect', 'primary', () => (socket ? socket.close(1000) : open()));
  const message = make('input', { type: 'text', placeholder: 'I am listening', 'aria-label': 'Message', autocomplete: 'off' });
  const send = makeButton('Send', 'small', sendOne);
  const lines = make('div', { class: 'lines', role: 'log', 'aria-label': 'What the socket said', tabindex: '0' });
  /** @type {WebSocket | null} */
  let socket = null;

  function urlOf(path) {
    const url = new URL(path, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    return url;
  }

  function drawCode() {
    const path = address.value.trim() || '/';
    code.textContent = [
      `const socket = new WebSocket(location.origin.replace("http", "ws") + ${JSON.stringify(path)});`,
      'socket.onmessage = event => console.log("received: " + event.data);',
      'socket.onopen = () => socket.send("I am listening");',
    ].join('\n');
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(code.textContent);
      copyButton.textContent = 'Copied';
      setTimeout(() => { copyButton.textContent = 'Copy'; }, 2000);
    } catch {
      getSelection()?.selectAllChildren(code);
    }
  }

  function say(kind, text) {
    lines.append(make('div', { class: kind }, make('time', {}, formatTime(Date.now())), ' ', make('span', {}, text)));
    while (lines.childElementCount > mostLines) lines.firstElementChild.remove();
    lines.scrollTop = lines.scrollHeight;
  }

  function open() {
    try {
      socket = new WebSocket(urlOf(address.value.trim() || '/'));
    } catch (error) {
      return say('problem', error.message);
    }
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      say('state', 'connected');
      draw();
    };
    socket.onmessage = ({ data }) => say('received', `received: ${typeof data === 'string' ? data : decode(data)}`);
    socket.onclose = ({ code: closeCode, reason }) => {
      say('state', `disconnected (${closeCode}${reason ? ` ${reason}` : ''})`);
      socket = null;
      draw();
    };
    draw();
  }

  function sendOne() {
    if (socket?.readyState !== WebSocket.OPEN) return;
    const text = message.value || message.placeholder;
    socket.send(text);
    say('sent', `sent: ${text}`);
    message.value = '';
    message.focus();
  }

  function draw() {
    const isOpen = socket?.readyState === WebSocket.OPEN;
    connect.textContent = socket ? (isOpen ? 'Disconnect' : 'Connecting\u2026') : 'Connect';
    address.disabled = socket !== null;
    message.disabled = send.disabled = !isOpen;
  }

  let isTyped = false;
  address.addEventListener('input', () => {
    isTyped = true;
    drawCode();
  });
  message.addEventListener('keydown', event => {
    if (event.key === 'Enter' && !event.isComposing) sendOne();
  });
  drawCode();
  draw();

  return {
    element: make('details', { class: 'card', ...(matchMedia('(min-width: 821px) and (min-height: 800px)').matches ? { open: '' } : {}) }, make('summary', {}, 'Open a socket yourself'),
      make('p', { class: 'hint with-button' }, 'Paste this in the console of a page:', copyButton), code,
      make('p', { class: 'hint' }, 'Or do the same here:'),
      make('div', { class: 'line' }, address, known, connect), make('div', { class: 'line' }, message, send), lines),
    /** @param {string[]} addresses */
    setAddresses(addresses) {
      known.replaceChildren(...addresses.map(value => make('option', { value })));
      if (isTyped || !addresses.length) return;
      address.value = addresses[0];
      drawCode();
    },
  };
}

function decode(data) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return `${data.byteLength} bytes`;
  }
}
