// The front end of a chat whose back end only passes messages on: `liveserve samples/chat --relay /ws` is that back end.
const scheme = location.protocol === 'http:' ? 'ws' : 'wss';
const socket = new WebSocket(`${scheme}://${location.host}/ws`);
const [name, controls, message, send, log] = ['#my-name', '#chat-controls', '#new-msg', '#chat-controls button', '#chat-text'].map(at => document.querySelector(at));

socket.onopen = () => show('system', 'websocket', 'connected');
socket.onclose = () => show('system', 'websocket', 'disconnected');
// A relay sends bytes, whatever it was given.
socket.onmessage = async event => {
  const said = JSON.parse(await event.data.text());
  show('received', said.name, said.msg);
};

document.addEventListener('input', enable);
document.querySelector('form').addEventListener('submit', event => {
  event.preventDefault();
  if (message.value.trim() === '') return;
  show('sent', 'me', message.value);
  socket.send(JSON.stringify({ name: name.value, msg: message.value }));
  message.value = '';
  enable();
});

function enable() {
  controls.disabled = name.value.trim() === '' || socket.readyState !== WebSocket.OPEN;
  send.disabled = message.value.trim() === '';
}

/** As text, never as markup: what comes in is written by strangers. */
function show(kind, from, text) {
  const line = document.createElement('div');
  const who = document.createElement('span');
  who.className = kind;
  who.textContent = from;
  line.append(who, ` ${text}`);
  log.append(line);
  enable();
}
