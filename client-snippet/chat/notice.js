import { make, makeButton } from './dom.js';

/**
 * One sentence beside the field about what went wrong, and what can be done.
 *
 * @returns {{ element: HTMLElement, say: (text: string, action?: { label: string, run: () => void }) => void, clear: () => void }}
 */
export function createNotice() {
  const element = make('div', { class: 'notice', role: 'alert' });

  return {
    element,
    say(text, action) {
      element.replaceChildren(make('span', { dir: 'auto' }, text));
      if (action) element.append(makeButton(action.label, 'link', action.run));
    },
    clear: () => element.replaceChildren(),
  };
}
