/**
 * All of the room's looks. Logical properties, so that it turns round with the writing direction. Each text colour has a
 * contrast of at least 4.5:1 on its ground.
 */
export const roomStyles = `
.panel {
  --ground: #ffffff; --raised: #f8f8fc; --text: #1d1b2c; --muted: #5f5c78; --line: #e5e4ee; --quiet: #f1f0f8;
  --accent: #4f46e5; --accent-deep: #4338ca; --accent-text: #4338ca; --danger: #b4123a; --good: #0f9d66; --wait: #c77700;
  --name-light: 28%; --avatar-ground: 91%; --avatar-colour: 62%;
  all: unset;
  pointer-events: auto;
  position: fixed;
  inset-block-end: 18px;
  inset-inline-end: 18px;
  inline-size: min(384px, calc(100vw - 36px));
  block-size: min(620px, calc(100dvh - 36px));
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
  box-shadow: 0 2px 6px rgb(20 18 50 / .08), 0 24px 64px rgb(20 18 50 / .22);
}
@media (prefers-color-scheme: dark) {
  .panel {
    --ground: #14131d; --raised: #1b1a27; --text: #edecf6; --muted: #a9a6c0; --line: #2c2a3c; --quiet: #252336;
    --accent: #5d54ea; --accent-deep: #534ae0; --accent-text: #b3aeff; --danger: #ff8fa6; --good: #3ddc97; --wait: #ffb547;
    --name-light: 78%; --avatar-ground: 25%; --avatar-colour: 30%;
    box-shadow: 0 2px 6px rgb(0 0 0 / .4), 0 24px 64px rgb(0 0 0 / .55);
  }
}
.panel[hidden], .panel [hidden] { display: none !important; }
.panel *, .panel *::before, .panel *::after { box-sizing: border-box; }
.panel :is(button, input, textarea) { font: inherit; color: inherit; margin: 0; }
.panel button { cursor: pointer; border: 0; background: none; padding: 0; }
.panel :focus-visible { outline: 2px solid var(--accent-text); outline-offset: 2px; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

header { position: relative; z-index: 1; display: flex; align-items: center; gap: 10px; padding: 13px 16px; border-block-end: 1px solid var(--line); }
.title { flex: 1; min-inline-size: 0; }
h1 { margin: 0; font-size: 16px; line-height: 1.25; font-weight: 650; letter-spacing: -.01em; }
.status { display: flex; align-items: center; gap: 6px; font-size: 12.5px; line-height: 1.4; color: var(--muted); }
.status::before { content: ""; flex: none; inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--wait); }
.status[data-state="joined"]::before { background: var(--good); }
.status[data-state="lost"]::before { background: var(--danger); animation: pulse 1.2s ease-in-out infinite; }
@keyframes pulse { 50% { opacity: .25; } }
.count { list-style: none; cursor: pointer; padding: 5px 12px; border-radius: 99px; background: var(--quiet); color: var(--text);
  font-size: 13px; font-weight: 550; white-space: nowrap; user-select: none; font-variant-numeric: tabular-nums; }
.count::-webkit-details-marker { display: none; }
.count:hover { background: var(--line); }
.names { position: absolute; inset-inline-end: 14px; inset-block-start: calc(100% - 6px); margin: 0; padding: 6px; list-style: none;
  min-inline-size: 200px; max-inline-size: calc(100% - 28px); max-block-size: 260px; overflow: auto; overscroll-behavior: contain;
  border-radius: 14px; border: 1px solid var(--line); background: var(--ground); box-shadow: 0 12px 36px rgb(20 18 50 / .2); }
.names li { display: flex; align-items: baseline; gap: 7px; padding: 6px 10px; font-size: 14px; }
.names .author { color: var(--text); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.pages { margin-inline-start: auto; max-inline-size: 55%; font-size: 12px; color: var(--muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; direction: ltr; }
.close { position: relative; flex: none; inline-size: 30px; block-size: 30px; border-radius: 50%; color: var(--muted); }
.panel .close { color: var(--muted); }
.close:hover { background: var(--quiet); }
.close::before, .close::after { content: ""; position: absolute; left: 9px; right: 9px; top: 14px; block-size: 2px; border-radius: 1px; background: currentColor; }
.close::before { transform: rotate(45deg); }
.close::after { transform: rotate(-45deg); }

.conversation { position: relative; flex: 1; min-block-size: 0; display: flex; }
.log { flex: 1; min-inline-size: 0; overflow-y: auto; overflow-anchor: none; overscroll-behavior: contain; padding: 14px 16px 10px; scrollbar-width: thin;
  scrollbar-color: var(--line) transparent; }
.panel .log:focus-visible { outline-offset: -3px; border-radius: 6px; }
.empty { margin: 22% auto 0; max-inline-size: 26ch; text-align: center; color: var(--muted); }
.panel .older { display: block; margin: 0 auto 12px; padding: 5px 14px; border-radius: 99px; font-size: 13px; font-weight: 550; color: var(--accent-text); background: var(--quiet); }
.panel .new-messages { position: absolute; inset-block-end: 12px; left: 50%; transform: translateX(-50%); padding: 7px 16px; border-radius: 99px;
  font-size: 13px; font-weight: 600; color: #fff; background: var(--accent); box-shadow: 0 6px 20px rgb(30 25 90 / .35); white-space: nowrap; }
.row { position: relative; display: flex; gap: 10px; margin-block-start: 14px; animation: appear .18s ease-out; }
.rows:first-of-type > .row:first-child { margin-block-start: 0; }
@keyframes appear { from { opacity: 0; transform: translateY(4px); } }
.row.continued { margin-block-start: 3px; }
.avatar { flex: none; inline-size: 30px; block-size: 30px; margin-block-start: 1px; display: grid; place-items: center; border-radius: 50%; font-size: 13px; font-weight: 650;
  user-select: none; color: hsl(var(--hue) 65% var(--name-light)); background: hsl(var(--hue) var(--avatar-colour) var(--avatar-ground)); }
.continued .avatar { visibility: hidden; block-size: 0; }
.stack { min-inline-size: 0; max-inline-size: 84%; display: flex; flex-direction: column; align-items: flex-start; }
.meta { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 7px; margin-block-end: 3px; font-size: 12.5px; color: var(--muted); max-inline-size: 100%; }
.continued .meta { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.author { font-size: 13.5px; font-weight: 620; overflow-wrap: anywhere; color: hsl(var(--hue) 65% var(--name-light)); }
.tag { font-size: 11.5px; color: var(--muted); }
.tag:empty { display: none; }
time { font-variant-numeric: tabular-nums; }
.row .bubble { max-inline-size: 100%; padding: 7px 12px; border-radius: 5px 16px 16px 16px; background: var(--quiet); white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
.row .bubble:dir(rtl) { text-align: start; }
.row .bubble.code { font: 13px/1.5 ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, monospace; overflow-x: auto; }
.row.continued .bubble { border-radius: 5px 16px 16px 5px; }
.mine { flex-direction: row-reverse; }
.mine .avatar, .mine .author, .mine .tag { display: none; }
.mine .stack { align-items: flex-end; }
.mine .bubble { color: #fff; background: linear-gradient(160deg, var(--accent), var(--accent-deep)); border-radius: 16px 5px 16px 16px; }
.mine.continued .bubble { border-radius: 16px 5px 5px 16px; }
.panel:dir(rtl) .bubble { border-radius: 16px 5px 16px 16px; }
.panel:dir(rtl) .mine .bubble { border-radius: 5px 16px 16px 16px; }
.pending { animation: none; }
.sending { animation: late 1.2s step-end; }
@keyframes late { from { opacity: 0; } }
.mine.failed .bubble { color: var(--text); background: none; box-shadow: inset 0 0 0 1.5px var(--danger); }
.reason { color: var(--danger); font-weight: 550; }
.panel .link { color: var(--accent-text); font-weight: 600; text-decoration: underline; text-underline-offset: 2px; }

.problem { margin: 0; padding: 8px 16px; font-size: 13.5px; color: var(--danger); background: var(--raised); border-block-start: 1px solid var(--line); overflow-wrap: anywhere; }
.problem:empty { display: none; }
.composer { padding: 10px 14px 14px; border-block-start: 1px solid var(--line); background: var(--raised); }
.who { display: flex; align-items: center; gap: 8px; margin-block-end: 8px; font-size: 13px; color: var(--muted); }
.panel input { inline-size: 15ch; min-inline-size: 8ch; padding: 3px 9px; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); color: var(--text); font-weight: 600; text-overflow: ellipsis; }
.panel input:hover { border-color: var(--muted); }
.panel :is(input, textarea)::placeholder { color: var(--muted); opacity: 1; font-weight: 400; }
.keys { margin-inline-start: auto; font-size: 12px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.panel:not(.full) .keys { position: absolute; inline-size: 1px; block-size: 1px; clip-path: inset(50%); }
.write { display: flex; align-items: flex-end; gap: 6px; padding: 5px; border: 1px solid var(--line); border-radius: 18px; background: var(--ground); transition: border-color .15s, box-shadow .15s; }
.write:focus-within { border-color: var(--accent); box-shadow: 0 0 0 3px color-mix(in srgb, var(--accent) 22%, transparent); }
.panel textarea { flex: 1; min-inline-size: 0; resize: none; border: 0; background: none; padding: 6px 9px; line-height: 1.45; field-sizing: content; max-block-size: min(9.5em, 30dvh); overscroll-behavior: contain; }
.panel textarea:focus-visible { outline: none; }
@supports not (field-sizing: content) { .panel textarea { block-size: 4em; } }
.panel .send { flex: none; inline-size: 34px; block-size: 34px; display: grid; place-items: center; border-radius: 50%; color: #fff; background: var(--accent); transition: background .15s; }
.send:hover { background: var(--accent-deep); }
.arrow { position: relative; inline-size: 14px; block-size: 14px; }
.arrow::before { content: ""; position: absolute; left: 6px; top: 1px; inline-size: 2px; block-size: 13px; border-radius: 1px; background: currentColor; }
.arrow::after { content: ""; position: absolute; left: 2.5px; top: 2px; inline-size: 9px; block-size: 9px; border: solid currentColor; border-width: 2px 0 0 2px; border-radius: 2px 0 0 0; transform: rotate(45deg); }

.panel.full { inset: 0; inline-size: auto; block-size: auto; border: 0; border-radius: 0; box-shadow: none; }
.full header, .full .composer, .full .log, .full .problem { padding-inline: max(16px, calc((100% - 820px) / 2)); }
.full header { padding-block: 16px; }
.full h1 { font-size: 19px; }
.full .names { inset-inline-end: max(16px, calc((100% - 820px) / 2)); }
.full .log { padding-block: 20px; }
.full .stack { max-inline-size: min(84%, 60ch); }
.full .composer { padding-block-end: 18px; }
@media (max-width: 440px) {
  .panel:not(.full) { inset-block-end: 8px; inset-inline-end: 8px; inline-size: calc(100vw - 16px); block-size: min(620px, calc(100dvh - 16px)); border-radius: 16px; }
  .full .keys { position: absolute; inline-size: 1px; block-size: 1px; clip-path: inset(50%); }
}
@media (prefers-reduced-motion: reduce) {
  .panel, .panel *, .panel *::before, .panel *::after { animation: none !important; transition: none !important; }
}
@media (forced-colors: active) {
  .bubble, .avatar, .send, .count { border: 1px solid CanvasText; }
}
`;
