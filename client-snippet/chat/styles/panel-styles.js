/** Colours, the panel's place, and what holds for all of it. The layers that lie over the page have the same colours. */
export const panelStyles = `
.panel, .markers, .pick-sheet {
  --ground: #ffffff; --raised: #fafafd; --text: #1c1a2b; --muted: #5e5b76; --line: #e4e3ee; --quiet: #f2f1f9; --code: #f7f7fc;
  --accent: #5046e4; --accent-deep: #4338ca; --accent-text: #4338ca; --tint: #eeecfd; --danger: #b4123a; --danger-tint: #fdecf0; --good: #0c8f5c; --wait: #b96a00;
  --shadow: 0 1px 3px rgb(20 18 50 / .07), 0 10px 24px -6px rgb(20 18 50 / .14), 0 32px 72px -12px rgb(20 18 50 / .28);
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "Segoe UI Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  .panel, .markers, .pick-sheet {
    --ground: #14131c; --raised: #1a1924; --text: #eeedf7; --muted: #aaa7c0; --line: #2d2b3d; --quiet: #242232; --code: #0e0d15;
    --accent: #6258ee; --accent-deep: #5248d8; --accent-text: #b7b2ff; --tint: #25224a; --danger: #ff91a8; --danger-tint: #3a1722; --good: #3ddc97; --wait: #ffb547;
    --shadow: 0 1px 3px rgb(0 0 0 / .4), 0 32px 72px -8px rgb(0 0 0 / .7);
  }
}
.row, .avatar, .quote { --name: oklch(46% .15 var(--hue)); --face: oklch(92% .055 var(--hue)); --face-text: oklch(40% .14 var(--hue)); }
@media (prefers-color-scheme: dark) {
  .row, .avatar, .quote { --name: oklch(80% .11 var(--hue)); --face: oklch(36% .085 var(--hue)); --face-text: oklch(91% .08 var(--hue)); }
}
.panel {
  all: unset;
  pointer-events: auto;
  position: fixed;
  inset-block-end: 18px;
  inset-inline-end: 18px;
  inline-size: min(400px, calc(100vw - 36px));
  block-size: min(660px, calc(100dvh - 36px));
  display: flex;
  flex-direction: column;
  overflow: hidden;
  box-sizing: border-box;
  border-radius: 20px;
  border: 1px solid var(--line);
  background: var(--ground);
  color: var(--text);
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  text-align: start;
  box-shadow: var(--shadow);
}
.panel[hidden], .panel [hidden] { display: none !important; }
.panel *, .panel *::before, .panel *::after { box-sizing: border-box; }
.panel :is(button, input, textarea, select) { font: inherit; color: inherit; margin: 0; letter-spacing: inherit; }
.panel button { cursor: pointer; border: 0; background: none; padding: 0; text-align: start; }
.panel :focus-visible { outline: 2px solid var(--accent-text); outline-offset: 2px; }
.panel :is(input, textarea)::placeholder { color: var(--muted); opacity: 1; font-weight: 400; }
.panel :is(h1, h2, p, ul, pre) { margin: 0; padding: 0; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { display: block; flex: none; inline-size: 18px; block-size: 18px; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.icon-more { stroke-width: 2.6; }
.panel:dir(rtl) :is(.icon-send, .icon-reply) { transform: scaleX(-1); }
.panel .icon-button { flex: none; display: grid; place-items: center; inline-size: 32px; block-size: 32px; border-radius: 10px; color: var(--muted); transition: background .12s, color .12s; }
.panel .icon-button:hover, .panel .icon-button[aria-expanded="true"] { background: var(--quiet); color: var(--text); }
.panel .icon-button.small { inline-size: 22px; block-size: 22px; border-radius: 7px; }
.icon-button.small .icon { inline-size: 14px; block-size: 14px; }
.panel .icon-button.danger:hover { color: var(--danger); background: var(--danger-tint); }
.panel .link { color: var(--accent-text); font-weight: 600; text-decoration: underline; text-decoration-color: color-mix(in srgb, currentColor 35%, transparent); text-underline-offset: 3px; }
.panel .link:hover { text-decoration-color: currentColor; }
.panel .link.danger { color: var(--danger); }
.panel .sure { padding: 4px 10px; border-radius: 8px; font-size: 13px; font-weight: 600; color: var(--danger); background: var(--danger-tint); white-space: nowrap; }
.avatar { flex: none; inline-size: 30px; block-size: 30px; display: grid; place-items: center; overflow: hidden; border-radius: 50%; font-size: 13px; line-height: 1;
  font-weight: 650; user-select: none; color: var(--face-text); background: var(--face); }
.tag { font-size: 11.5px; font-weight: 500; color: var(--muted); font-variant-numeric: tabular-nums; }
.tag::before { content: "#"; }

.panel.full { inset: 0; inline-size: auto; block-size: auto; border: 0; border-radius: 0; box-shadow: none; }
.full header, .full .foot, .full .log, .full .typing { padding-inline: max(16px, calc((100% - 800px) / 2)); }
@media (max-width: 480px) {
  .panel:not(.full) { inset: auto 0 0 0; inline-size: 100vw; block-size: min(88dvh, 700px); border-radius: 20px 20px 0 0; border-inline: 0; border-block-end: 0; }
}
@media (prefers-reduced-motion: reduce) {
  .panel, .panel *, .panel *::before, .panel *::after { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
  .bubble, .avatar, .send, .people-button, .code-block { border: 1px solid CanvasText; }
  .icon { stroke: CanvasText; }
}
`;
