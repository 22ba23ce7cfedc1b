// Important rules of a shadow tree win over those of the page, and over what the browser gives a popover.
const surfaceStyles = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: 0 !important;
  inline-size: auto !important;
  block-size: auto !important;
  z-index: 2147483647 !important;
  display: flex !important;
  align-items: flex-end !important;
  overflow: visible !important;
  background: none !important;
  pointer-events: none !important;
  color-scheme: light dark !important;
}
@media print { :host { display: none !important; } }
`;

/** All of the overlay's looks. Each text colour has a contrast of at least 4.5:1 on its ground. */
export const overlayStyles = `${surfaceStyles}
.card {
  --ground: #ffffff; --text: #1d1b2c; --muted: #5f5c78; --line: #e9e8f1; --quiet: #f5f4fa;
  --accent-text: #4338ca; --danger: #c81e4a; --notice: #9a5b00;
  all: unset;
  pointer-events: auto;
  box-sizing: border-box;
  margin: 18px;
  inline-size: min(560px, calc(100vw - 36px));
  max-block-size: min(60dvh, 520px);
  display: flex;
  flex-direction: column;
  overflow: hidden;
  border: 1px solid var(--line);
  border-radius: 16px;
  background: var(--ground);
  color: var(--text);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  text-align: start;
  box-shadow: 0 2px 6px rgb(20 18 50 / .08), 0 20px 56px rgb(20 18 50 / .22);
}
.card.arrives { animation: arrive .2s cubic-bezier(.2, .8, .3, 1); }
@keyframes arrive { from { opacity: 0; transform: translateY(10px); } }
@media (prefers-color-scheme: dark) {
  .card {
    --ground: #16151f; --text: #edecf6; --muted: #a9a6c0; --line: #2c2a3c; --quiet: #201e2d;
    --accent-text: #b3aeff; --danger: #ff8fa6; --notice: #ffb547;
    box-shadow: 0 2px 6px rgb(0 0 0 / .4), 0 20px 56px rgb(0 0 0 / .55);
  }
}
.card *, .card *::before { box-sizing: border-box; margin: 0; }
.card button { all: unset; box-sizing: border-box; cursor: pointer; }
.card :focus-visible { outline: 2px solid var(--accent-text); outline-offset: 2px; border-radius: 5px; }

.head { flex: none; display: flex; align-items: center; gap: 10px; padding: 11px 12px 11px 18px; border-block-end: 1px solid var(--line); }
.head::before { content: ""; flex: none; inline-size: 8px; block-size: 8px; border-radius: 50%; background: var(--danger);
  box-shadow: 0 0 0 4px color-mix(in srgb, var(--danger) 16%, transparent); }
.card.mild .head::before { background: var(--notice); box-shadow: 0 0 0 4px color-mix(in srgb, var(--notice) 18%, transparent); }
.count { flex: 1; font-size: 13.5px; font-weight: 620; letter-spacing: -.005em; }
.hint { font-size: 12px; color: var(--muted); }
.hint kbd { font: inherit; font-size: 11px; padding: 1px 6px; border: 1px solid var(--line); border-radius: 5px; background: var(--quiet); }
.card .close { position: relative; flex: none; inline-size: 28px; block-size: 28px; border-radius: 50%; color: var(--muted); }
.close:hover { background: var(--quiet); color: var(--text); }
.close::before, .close::after { content: ""; position: absolute; left: 8px; right: 8px; top: 13px; block-size: 2px; border-radius: 1px; background: currentColor; }
.close::before { transform: rotate(45deg); }
.close::after { transform: rotate(-45deg); }

.problems { overflow: auto; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--line) transparent; }
.problem { padding: 14px 18px 15px; }
.problem + .problem { border-block-start: 1px solid var(--line); }
.top { display: flex; flex-wrap: wrap; align-items: baseline; gap: 2px 10px; }
.title { flex: 1 1 auto; font-size: 12.5px; line-height: 1.5; font-weight: 620; color: var(--danger); }
.problem.mild .title { color: var(--notice); }
.card .place { min-inline-size: 0; font: 12.5px/1.5 ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace; color: var(--accent-text);
  overflow-wrap: anywhere; text-decoration: underline; text-decoration-color: transparent; text-underline-offset: 3px; transition: text-decoration-color .15s; }
.place:hover { text-decoration-color: currentColor; }
.message { margin-block-start: 3px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 14.5px; line-height: 1.45; }
.frame { margin-block-start: 10px; padding: 10px 13px; border-radius: 10px; background: var(--quiet); overflow-x: auto; overscroll-behavior-x: contain;
  font: 12.5px/1.6 ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace; white-space: pre; tab-size: 2; scrollbar-width: thin; }
.card .action { margin-block-start: 11px; padding: 5px 14px; border-radius: 99px; background: var(--quiet); color: var(--accent-text); font-size: 13px; font-weight: 600; }
.action:hover { background: var(--line); }

@media (max-width: 560px) {
  .card { margin: 8px; inline-size: calc(100vw - 16px); max-block-size: 56dvh; border-radius: 14px; }
  .head { padding: 9px 9px 9px 15px; }
  .problem { padding: 12px 15px 13px; }
  .card .close { inline-size: 36px; block-size: 36px; }
  .close::before, .close::after { left: 12px; right: 12px; top: 17px; }
}
@media (hover: none) { .hint { display: none; } }
@media (prefers-reduced-motion: reduce) { .card, .card * { animation: none !important; transition: none !important; } }
@media (forced-colors: active) { .head::before { forced-color-adjust: none; } .card .action { border: 1px solid ButtonText; } }
`;
