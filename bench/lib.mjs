// What the measurements share. Measures nothing itself. Everything stays on 127.0.0.1.
export * from './lib/browser.mjs';
export * from './lib/messages.mjs';
export * from './lib/numbers.mjs';
export * from './lib/proc.mjs';
export * from './lib/rounds.mjs';
export * from './lib/servers.mjs';
export * from './lib/sites.mjs';
