import { make } from './dom.js';
import { isPlainEnter } from './keys.js';
import { storageWorks } from './storage.js';
import { words } from './words.js';

/**
 * The field for one's name.
 *
 * @param {{ identity: import('./identity.js').Identity, onName: (name: string) => void, onDone: () => void }} options
 */
export function createNameField({ identity, onName, onDone }) {
  const field = make('input', { id: 'name', type: 'text', autocomplete: 'nickname', maxlength: '64', dir: 'auto', spellcheck: 'false', placeholder: identity.guest });
  field.value = identity.name;
  if (!storageWorks()) field.title = words.temporary;

  const take = () => onName(field.value.trim());
  field.addEventListener('change', take);
  field.addEventListener('keydown', event => {
    if (!isPlainEnter(event)) return;
    event.preventDefault();
    take();
    if (field.value.trim()) onDone();
  });

  return {
    element: make('div', { class: 'field name' }, make('label', { for: 'name' }, words.myName), field),
    focus: () => field.focus(),
    /** The name that the others see now, unless another one is being typed. */
    show(name) {
      if (!field.matches(':focus')) field.value = identity.name && name;
    },
    /** A name that the server did not take stays to be mended. */
    setInvalid(isInvalid) {
      if (isInvalid) field.setAttribute('aria-invalid', 'true');
      else field.removeAttribute('aria-invalid');
    },
  };
}
