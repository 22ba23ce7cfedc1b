import { createHostKey } from './host-key.js';
import { createLink } from './link.js';
import { createStore } from './store.js';
import { createView } from './view.js';
import { inspectorStyles } from './styles.js';

const sheet = new CSSStyleSheet();   // the page's policy allows no inline styles, and none are needed
sheet.replaceSync(inspectorStyles);
document.adoptedStyleSheets = [sheet];

const base = new URL('./', import.meta.url);   // .../__liveserve/sockets/
const store = createStore();
const key = createHostKey();
const link = createLink(new URL('ws', base), {
  onState: state => view.onState(state),
  onMessage: message => receivers[message.type]?.(message),
});
const view = createView({ store, link, key, base });

let boot;
const receivers = {
  hello(message) {
    if (boot !== undefined) store.clear();   // after a break the server tells what it remembers once more
    boot = message.boot;
    view.onHello(message);
    if (key.value) link.ask({ type: 'host', key: key.value }).catch(({ code }) => { if (code === 'forbidden') key.forget(); });
  },
  feed: message => store.take(message),
  host: message => view.onHost(message),
};

document.body.append(view.element);
link.open();
