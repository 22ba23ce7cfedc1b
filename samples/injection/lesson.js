// `ran` is a function of the two chats: a message that calls it was no text to them.
const payloads = [
  ['A script', '<script>ran("script")</script>', 'innerHTML does not run script elements, so this one looks harmless. It is the only one that is.'],
  ['A picture', '<img src=x onerror=\'ran("picture")\'>', 'A picture that does not load runs its error handler. This is the classic.'],
  ['Details', '<details open ontoggle=\'ran("details")\'>hello</details>', 'An open details element tells at once that it was opened.'],
  ['A film', '<video><source onerror=\'ran("film")\'></video>', 'So does a film without a source.'],
  ['A trap', '<u onclick=\'ran("trap")\'>my notes</u>', 'This one waits until somebody clicks it. Do.'],
  ['A frame', '<iframe srcdoc=\'<script>parent.postMessage({ ran: "frame" }, "*")</script>\'></iframe>', 'A frame brings a whole page of its own, and there scripts run.'],
  ['A style', '<style>body { background: gold }</style>', 'Nothing runs, and yet the whole page is another. Rules can also send what they see to another server.'],
  ['A false sender', '<div class=line><b>teacher</b> There is no homework.</div>', 'No script at all: just a line that looks like one of somebody else.'],
];

const chats = ['unsafe', 'safe'].map(id => document.getElementById(id));
const lesson = document.getElementById('lesson');
const buttons = document.querySelector('.payloads');

function send(text, explanation) {
  for (const chat of chats) {
    sayOf(chat, 'Nothing has run.', false);
    chat.contentWindow.postMessage({ message: text }, '*');   // a sandboxed page has no origin to name
  }
  lesson.textContent = `${text}\n${explanation}`;
}

function sayOf(chat, text, hasRun) {
  const status = chat.parentElement.querySelector('[role=status]');
  status.textContent = text;
  status.classList.toggle('ran', hasRun);
}

for (const [label, text, explanation] of payloads) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  button.addEventListener('click', () => send(text, explanation));
  buttons.append(button);
}

document.getElementById('own').addEventListener('submit', event => {
  event.preventDefault();
  send(document.getElementById('text').value, 'Your own message.');
});

// The chats tell when one of their messages has run. What they say is text here, too.
addEventListener('message', event => {
  const chat = chats.find(one => one.contentWindow === event.source);
  if (chat && typeof event.data?.ran === 'string') sayOf(chat, `A message ran as a program: ${event.data.ran}`, true);
});
