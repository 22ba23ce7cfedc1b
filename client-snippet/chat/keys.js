/**
 * Enter as "done". While an input method composes, Enter chooses a candidate; Safari ends the composition first, and its key code still tells.
 *
 * @param {KeyboardEvent} event
 */
export const isPlainEnter = event => event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
