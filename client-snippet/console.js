import { createBacklog } from './backlog.js';
import { placeInStack } from './stack-place.js';
import { consoleTexts } from './value-text.js';

const consoleLevels = ['error', 'warn', 'info', 'debug'];
const consoleMethods = { error: 'error', warn: 'warn', info: 'info', log: 'info', debug: 'debug' };
const mostWaiting = 50;
const mostCalls = 99;   // and one line for the rest: the server takes a hundred in this time
const spanMs = 10_000;

/**
 * Shows the page's console in the terminal, too. Only the methods that are wanted are replaced: DevTools names the replacement as the place of
 * the call, unless it honours the ignore list in our source map, as Chromium does.
 *
 * @param {import('./connection.js').Connection} connection
 * @param {import('./settings.js').Settings} settings
 * @param {{ lastUpdate: () => { seq: number } | null }} context
 */
export function startConsole(connection, settings, { lastUpdate }) {
  const last = consoleLevels.indexOf(settings.console);
  const backlog = createBacklog(connection, mostWaiting);
  let calls = 0;
  let leftOut = 0;
  let busy = false;

  function tell(level, args, stack) {
    backlog.send({ type: 'console', level, args, seq: lastUpdate()?.seq, ...placeInStack(stack, settings.base) });
  }

  // Told as loudly as can be: a quieter level may not be wanted.
  function beginSpan() {
    setTimeout(() => {
      if (leftOut > 0) tell(consoleLevels[0], [`${leftOut} more calls of the console were left out`]);
      calls = leftOut = 0;
    }, spanMs);
  }

  function forward(level, args) {
    if (busy || (typeof args[0] === 'string' && args[0].startsWith('[liveserve]'))) return;
    busy = true;   // what we look at may be a proxy that writes to the console
    try {
      if (calls++ === 0) beginSpan();
      if (calls > mostCalls) leftOut++;
      else tell(level, consoleTexts(args), new Error().stack);
    } catch { /* the page's call has been made; only the terminal does without it */ } finally {
      busy = false;
    }
  }

  for (const [method, level] of Object.entries(consoleMethods)) {
    const original = console[method];
    if (consoleLevels.indexOf(level) > last || typeof original !== 'function') continue;
    console[method] = function (...args) {
      const result = Reflect.apply(original, this, args);
      forward(level, args);
      return result;
    };
  }
}
