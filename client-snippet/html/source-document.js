import { templatesIn } from './nodes.js';

/**
 * Fetches a version of this page and parses it with the browser's own parser. Through XMLHttpRequest, because no policy for scripts or
 * types has a say in that: nothing in such a document runs, loads or is reported.
 *
 * @param {string} base  where our own files live
 * @param {string} hash  of the version's bytes
 * @returns {Promise<Document | null>} null when the server does not have it any more, or when it is not well-formed XML
 */
export function fetchSource(base, hash) {
  return new Promise(resolve => {
    const request = new XMLHttpRequest();
    request.open('GET', `${base}source/${hash}`);
    request.responseType = 'document';
    // In the encoding in which the page itself was read, whatever its bytes say.
    request.overrideMimeType(`${document.contentType};charset=${document.characterSet}`);
    request.onload = () => resolve(request.status === 200 ? settle(request.responseXML) : null);
    request.onerror = () => resolve(null);
    request.send();
  });
}

/** The same from text that is already here. Only for pages without a policy: with trusted types this is forbidden. */
export function parseSource(text) {
  return settle(new DOMParser().parseFromString(text.replace(/^\ufeff/, ''), document.contentType));
}

function settle(source) {
  if (source?.contentType === 'text/html') {
    settleNoscript(source);
    return source;
  }
  // From text, the complaint about XML that is not well-formed comes as a document.
  return source?.getElementsByTagName('parsererror').length === 0 ? source : null;
}

/** Where scripts run, as in the page, the parser leaves a noscript's content as text. Here it made elements of it. */
function settleNoscript(tree) {
  for (const element of tree.querySelectorAll('noscript')) element.replaceChildren(element.innerHTML);
  for (const template of templatesIn(tree)) settleNoscript(template.content);
}
