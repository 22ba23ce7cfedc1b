// What a page shows, as lines of text: the document, the computed styles and sizes of its markers, the sizes of its pictures. Runs in the page.
// What our client leaves out of a fresh copy is left out here: its own elements and the versions in addresses.
export function snapshot() {
  const lines = [];
  const plain = text => text.replaceAll(location.origin, '').replace(/([?&])t=\d+(&?)/g, (_, before, after) => after ? before : '');
  const walk = (node, depth) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.previousSibling?.nodeType === Node.TEXT_NODE) return; // a run of text is one text, however it is cut
      let run = '';
      for (let at = node; at?.nodeType === Node.TEXT_NODE; at = at.nextSibling) run += at.data;
      const text = run.replace(/\s+/g, ' ').trim();
      if (text) lines.push(`${'  '.repeat(depth)}"${text}"`);
    } else if (node.nodeType === Node.COMMENT_NODE) lines.push(`${'  '.repeat(depth)}<!--${node.data}-->`);
    else if (node.nodeType === Node.ELEMENT_NODE && !node.localName.startsWith('liveserve-')) {
      const attributes = [...node.attributes].map(({ name, value }) => ` ${name}="${plain(value)}"`).sort().join('');
      lines.push(`${'  '.repeat(depth)}<${node.localName}${attributes}>`);
      for (const child of node.childNodes) walk(child, depth + 1);
    }
  };
  walk(document.documentElement, 0);
  for (const marker of document.querySelectorAll('[data-m]')) {
    const { paddingLeft, marginLeft, textIndent } = getComputedStyle(marker);
    const { width } = marker.getBoundingClientRect();
    lines.push(`style of .${marker.className}: ${paddingLeft} ${marginLeft} ${textIndent}, ${marker.textContent ? '' : `${Math.round(width)} wide`}`);
  }
  for (const image of document.images)
    lines.push(`picture ${plain(image.getAttribute('src'))} shows ${plain(image.currentSrc)}: ${image.complete ? `${image.naturalWidth} x ${image.naturalHeight}` : 'loading'}`);
  return lines;
}

// The lines that only one of them has, or has more often.
export function difference(live, disk) {
  const left = new Map();
  for (const line of disk) left.set(line, (left.get(line) ?? 0) + 1);
  const lines = [];
  for (const line of live) left.get(line) ? left.set(line, left.get(line) - 1) : lines.push(`  shows ${line.trim()}`);
  for (const [line, times] of left) for (let i = 0; i < times; i++) lines.push(`  disk  ${line.trim()}`);
  return lines.length || live.join('\n') === disk.join('\n') ? lines : ['  the same lines in another order'];
}
