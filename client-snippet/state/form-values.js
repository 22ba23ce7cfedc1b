const fieldSelector = 'input, textarea, select, [contenteditable]';
const neverKept = new Set(['password', 'file', 'hidden', 'submit', 'button', 'reset', 'image']);
const secretPurpose = /\b(?:cc-|one-time-code|current-password|new-password)/i;
const secretName = /passw|cvc|cvv/i;

const touchedFields = new WeakSet();
const secretFields = new WeakSet();

/** Notes what is typed into. Some frameworks keep a field's default equal to its value, so a comparison alone would miss it. */
export function watchTyping() {
  window.addEventListener('input', event => {
    const field = event.composedPath()[0];
    if (!(field instanceof Element)) return;
    touchedFields.add(field);
    if (field.type === 'password') secretFields.add(field);   // "show password" turns it into a text field later
  }, { capture: true, passive: true });
}

/**
 * What the user entered: never passwords, card data, codes, files or hidden fields, and never what stands in the source anyway.
 *
 * @type {import('./page-state.js').Keeper}
 */
export const formValues = {
  name: 'value',
  *collect(roots) {
    for (const field of roots.flatMap(root => [...root.querySelectorAll(fieldSelector)])) {
      const value = isSecretField(field) ? undefined : changedValue(field);
      if (value !== undefined) yield [field, value];
    }
  },
  // A field that somebody has filled since the page came (a script, the browser) is left to them.
  put(field, value) {
    if (isSecretField(field)) return;
    if (field instanceof HTMLSelectElement) putChoice(field, value);
    else if (isCheckable(field)) putCheck(field, value);
    else if (isText(field)) putText(field, value);
    else if (isPlainEditor(field) && field.textContent !== value) announceInput(field, () => { field.textContent = value; });
  },
};

function isSecretField(field) {
  return secretFields.has(field) || neverKept.has(field.type) || secretPurpose.test(field.getAttribute('autocomplete') ?? '')
    || secretName.test(`${field.getAttribute('name')} ${field.getAttribute('id')}`);
}

function changedValue(field) {
  const touched = touchedFields.has(field);
  if (field instanceof HTMLSelectElement) return touched || !isDefaultChoice(field) ? [...field.selectedOptions].map(option => option.value) : undefined;
  if (isCheckable(field)) {
    if (field.type === 'radio' && !field.checked) return undefined;   // follows from the one that is chosen
    return touched || field.checked !== field.defaultChecked ? field.checked : undefined;
  }
  if (isText(field)) return touched || field.value !== initialValue(field) ? field.value : undefined;
  return touched && isPlainEditor(field) ? field.textContent : undefined;
}

function putText(field, value) {
  if (field.value === value || field.value !== initialValue(field)) return;
  announceInput(field, () => setNatively(field, 'value', value));
}

function putCheck(field, checked) {
  if (field.checked === checked || (field.type === 'checkbox' && field.checked !== field.defaultChecked)) return;
  announceInput(field, () => setNatively(field, 'checked', checked), 'change');
}

function putChoice(select, values) {
  const options = [...select.options];
  const known = new Set(options.map(option => option.value));
  const same = values.length === select.selectedOptions.length && values.every((value, i) => select.selectedOptions[i].value === value);
  if (same || !isDefaultChoice(select) || !values.every(value => known.has(value))) return;
  announceInput(select, () => {
    const left = [...values];
    for (const option of options) {
      const at = left.indexOf(option.value);
      option.selected = at >= 0;
      if (at >= 0) left.splice(at, 1);
    }
  }, 'change');
}

/**
 * Frameworks hold a copy of what a field holds and learn of it by `input`, for choices by `change`; without these the field would show one
 * thing and the program know another. Only when the value really differs, only what a browser sends at such an entry, and never a click:
 * a click is an act that may send, buy or delete something.
 */
function announceInput(field, enter, ...further) {
  enter();
  for (const type of ['input', ...further]) field.dispatchEvent(new Event(type, { bubbles: true, composed: type === 'input' }));
}

// A framework may have laid a property of its own over the element's, to see who sets it. It must see an entry, not an assignment.
function setNatively(field, property, value) {
  const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, property).set.call(field, value);
}

function isCheckable(field) {
  return field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio');
}

function isText(field) {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
}

/** Text that is nothing but text can be put back as text; markup cannot, and what is not editable is not the user's. */
function isPlainEditor(field) {
  return field.isContentEditable && field.childElementCount === 0;
}

/** The value without any entry; for a slider without a value, for example, the middle. */
function initialValue(field) {
  if (field instanceof HTMLTextAreaElement) return field.defaultValue;
  const fresh = document.createElement('input');
  for (const name of ['type', 'min', 'max', 'step', 'value']) {
    if (field.hasAttribute(name)) fresh.setAttribute(name, field.getAttribute(name));
  }
  return fresh.value;
}

function isDefaultChoice(select) {
  const options = [...select.options];
  if (options.every(option => option.selected === option.defaultSelected)) return true;
  const shown = options.find(option => !option.disabled) ?? options[0];
  return !select.multiple && options.every(option => !option.defaultSelected) && options.every(option => option.selected === (option === shown));
}
