/**
 * Remembers what a visitor has chosen where an edit elsewhere would take the choice away: an option or a radio button that becomes the
 * default turns off the chosen one beside it. What is typed, or ticked alone, the browser keeps by itself. Remembers the focus, too.
 *
 * @param {Document} live
 * @returns {() => void} brings the choices back, as far as they still exist
 */
export function holdChoices(live) {
  const radios = [...live.querySelectorAll('input[type=radio]')].filter(radio => radio.checked && !radio.defaultChecked);
  const selects = [...live.querySelectorAll('select')].filter(isChosen).map(select => [select, [...select.selectedOptions]]);
  const focused = live.activeElement;
  return () => {
    // Where nodes cannot be moved, only taken out and put in again, they lose it.
    if (focused !== live.activeElement && focused?.isConnected) focused.focus({ preventScroll: true });
    for (const radio of radios) if (!radio.checked) radio.checked = true;
    for (const [select, options] of selects) {
      const left = options.filter(option => select.contains(option));
      if (left.length === 0 && options.length > 0) continue;
      if (select.multiple) for (const option of select.options) option.selected = left.includes(option);
      else if (left.length > 0) left[0].selected = true;
    }
  };
}

/** Whether the choice differs from what the source says. */
function isChosen(select) {
  const options = [...select.options];
  if (select.multiple) return options.some(option => option.selected !== option.defaultSelected);
  const standard = options.filter(option => option.defaultSelected).at(-1) ?? (select.size > 1 ? undefined : options.find(option => !option.disabled));
  return select.selectedOptions[0] !== standard;
}
