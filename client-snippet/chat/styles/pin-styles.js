/** What lies over the page: markers, the outline of an element, the sheet for choosing one. */
export const pinStyles = `
.markers, .pick-sheet { all: unset; position: fixed; inset: 0; font: 13px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; direction: ltr; }
.markers { pointer-events: none; overflow: clip; }
.marker { all: unset; pointer-events: auto; position: absolute; left: -13px; top: -13px; box-sizing: border-box; min-width: 26px; height: 26px; padding: 0 6px; display: grid; place-items: center; cursor: pointer;
  border-radius: 13px 13px 13px 4px; border: 2px solid #fff; font-size: 12px; font-weight: 680; font-variant-numeric: tabular-nums; color: #fff; background: var(--accent); box-shadow: 0 2px 8px rgb(20 18 50 / .35); }
.marker[hidden] { display: none; }
.marker:hover { background: var(--accent-deep); }
.marker:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.marked, .pick-outline { position: absolute; left: 0; top: 0; box-sizing: border-box; border-radius: 4px; outline: 2px solid var(--accent); outline-offset: 1px; background: color-mix(in srgb, var(--accent) 10%, transparent); pointer-events: none; }
.marked { opacity: 0; transition: opacity .15s; }
.marked.on { opacity: 1; }
.pick-sheet { pointer-events: auto; cursor: crosshair; overflow: clip; }
.pick-outline { transition: translate .06s, width .06s, height .06s; }
.pick-label { position: absolute; left: -1px; bottom: 100%; margin-bottom: 4px; padding: 1px 8px; border-radius: 6px; font: 12px/1.6 var(--mono); color: #fff; background: var(--accent); white-space: nowrap; }
.low .pick-label { bottom: auto; top: 100%; margin: 4px 0 0; }
.pick-hint { position: absolute; left: 50%; bottom: 24px; translate: -50% 0; box-sizing: border-box; max-width: calc(100vw - 32px); padding: 10px 18px; border-radius: 14px; color: #fff; background: #1c1a2b; box-shadow: 0 10px 30px rgb(0 0 0 / .35); pointer-events: none; }
.panel .pin-chip { display: flex; align-items: center; gap: 7px; max-inline-size: 100%; margin-block-end: 5px; padding: 3px 10px 3px 4px; border-radius: 99px; font-size: 12.5px; line-height: 1.5; color: var(--text);
  background: color-mix(in srgb, var(--ground) 72%, transparent); white-space: nowrap; overflow: hidden; }
.mine .pin-chip { color: var(--text); background: var(--ground); }
.panel div.pin-chip { padding-inline-start: 8px; }
.pin-chip .icon { inline-size: 14px; block-size: 14px; }
.number { flex: none; min-inline-size: 20px; padding-inline: 5px; border-radius: 10px 10px 10px 3px; text-align: center; font-size: 11.5px; font-weight: 680; color: #fff; background: var(--accent); }
.pin-chip.gone { color: var(--muted); font-style: normal; }
.pin-chip.gone .excerpt { text-decoration: line-through; }
@media (prefers-reduced-motion: reduce) { .marked, .pick-outline { transition: none; } }
`;
