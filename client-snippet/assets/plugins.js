const clientMark = Symbol.for('liveserve.client');

/**
 * How an element changes that holds a document or a plug-in. Frames are pages with a client of their own, and so may objects be.
 *
 * @param {Element} element
 * @param {string} name
 * @param {string} text
 * @returns {(() => import('../outcomes.js').Outcome | void) | undefined} undefined for other elements
 */
export function pluginChange(element, name, text) {
  switch (element.localName) {
    case 'iframe': case 'frame': return () => ({ result: 'ignored', why: 'a frame is a page of its own' });
    case 'object': case 'embed': return () => exchangePlugin(element, name, text);
    default: return undefined;
  }
}

function exchangePlugin(element, name, text) {
  if (hasClient(element)) return { result: 'ignored', why: 'a frame is a page of its own' };
  // For trusted types these attributes are as dangerous as a script's. We have no policy, and must not cause a report.
  if (demandsTrustedTypes()) return { result: 'reload', why: `this page's policy does not let <${element.localName}> be changed` };
  try {
    element.setAttribute(name, text);
    return undefined;
  } catch {
    return { result: 'reload', why: `this page's policy does not let <${element.localName}> be changed` };   // by a header, which nobody can read
  }
}

function hasClient(element) {
  try {
    return element.contentWindow?.[clientMark] === true || element.getSVGDocument?.()?.defaultView?.[clientMark] === true;
  } catch {
    return false;   // of another origin
  }
}

function demandsTrustedTypes() {
  return Array.from(document.querySelectorAll('meta[http-equiv="Content-Security-Policy" i]'))
    .some(meta => /require-trusted-types-for/i.test(meta.getAttribute('content') ?? ''));
}
