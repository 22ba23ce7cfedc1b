import { describeNode } from './nodes.js';
import { ReloadNeeded, isExecutable } from './reload-reasons.js';

// What scripts listen to, draw on or keep a state for. Custom elements start by themselves.
const worked = 'button, input, select, textarea, form, canvas, dialog, video, audio';
const mostKept = 2000;

/**
 * Remembers what left the page with something of a script on it (an undone deletion brings it back, as does the second half of a slow save).
 * Made anew from its source, it would be without that: only a reload shows what the author means.
 *
 * @param {Document} live
 */
export function createComebacks(live) {
  /** @type {Set<string>} */
  const gone = new Set();

  return {
    /**
     * @param {import('./plan-page.js').Operation[]} operations  not carried out yet
     * @throws {ReloadNeeded}
     */
    refuse(operations) {
      if (gone.size === 0) return;
      for (const { do: what, next } of operations) {
        if (what !== 'insert' || next.nodeType !== Node.ELEMENT_NODE) continue;
        const back = [next, ...next.querySelectorAll('[id]')].find(element => gone.has(keyOf(element)));
        if (back) throw new ReloadNeeded(`${describeNode(back)} is back, and a script may have worked on the one that went`);
      }
    },

    /** @param {import('./plan-page.js').Operation[]} operations  not carried out yet */
    note(operations) {
      for (const { do: what, node, old } of operations) {
        if (what !== 'remove' || old?.nodeType !== Node.ELEMENT_NODE || gone.size > mostKept) continue;
        if (old.isEqualNode(node) && !(isWorkedOn(old) && runsScripts())) continue;
        for (const element of [old, ...old.querySelectorAll('[id]')]) gone.add(keyOf(element));
      }
    },
  };

  function runsScripts() {
    return [...live.scripts].some(script => script.isConnected && isExecutable(script));
  }
}

function isWorkedOn(element) {
  return element.matches(worked) || element.querySelector(worked) !== null;
}

function keyOf(element) {
  return element.id ? `#${element.id}` : element.outerHTML;
}
