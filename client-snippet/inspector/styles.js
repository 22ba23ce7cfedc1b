/** All of the inspector's looks. Each text colour has a contrast of at least 4.5:1 on its ground. */
export const inspectorStyles = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f7f7fb; --text: #1d1b2c; --muted: #5f5c78; --line: #e5e4ee; --quiet: #f1f0f8; --chosen: #ebe9fe;
  --accent: #4f46e5; --accent-text: #4338ca; --danger: #b4123a; --good: #0b7a4f; --wait: #9a5b00;
  --in: #0b6b8f; --out: #7a2ea0; --http: #56607a;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "JetBrains Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14131d; --raised: #1b1a27; --text: #edecf6; --muted: #a9a6c0; --line: #2c2a3c; --quiet: #252336; --chosen: #2e2a55;
    --accent: #5d54ea; --accent-text: #b3aeff; --danger: #ff8fa6; --good: #3ddc97; --wait: #ffb547;
    --in: #6fd0f2; --out: #dba6f7; --http: #a7b2cf;
  }
}
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html, body { margin: 0; block-size: 100%; }
body { background: var(--ground); color: var(--text); font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
button, input, select, textarea { font: inherit; color: inherit; margin: 0; }
:focus-visible { outline: 2px solid var(--accent-text); outline-offset: 1px; }
.gap { flex: 1; }
.hint { margin: 0; color: var(--muted); font-size: 13px; }
.with-button { display: flex; align-items: center; justify-content: space-between; gap: 8px; }

.inspector { block-size: 100dvh; display: grid; grid-template: auto minmax(0, 1fr) / minmax(250px, 320px) minmax(0, 1fr); grid-template-areas: "bar bar" "side main"; }
.bar { grid-area: bar; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; padding: 10px 16px; border-block-end: 1px solid var(--line); }
h1 { display: flex; align-items: center; gap: 9px; margin: 0; font-size: 16px; font-weight: 650; letter-spacing: -.01em; }
.mark { inline-size: 20px; block-size: 20px; border-radius: 6px; background:
  linear-gradient(#fff, #fff) 4px 6px / 12px 2px no-repeat, linear-gradient(#fff, #fff) 4px 12px / 8px 2px no-repeat, linear-gradient(145deg, #6d5df6, #4f46e5); }
.status { display: flex; align-items: center; gap: 6px; font-size: 13px; color: var(--muted); }
.status::before { content: ""; inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--wait); }
.status[data-state="open"]::before { background: var(--good); }
.status[data-state="lost"]::before { background: var(--danger); animation: pulse 1.2s ease-in-out infinite; }
@keyframes pulse { 50% { opacity: .25; } }
.counts { font-size: 13px; color: var(--muted); font-variant-numeric: tabular-nums; }

.small, .primary, .chip { display: inline-flex; align-items: center; padding: 4px 11px; border-radius: 8px; border: 1px solid var(--line); background: var(--raised); color: var(--text);
  font-size: 13px; font-weight: 550; text-decoration: none; white-space: nowrap; cursor: pointer; }
.small:hover, .chip:hover { background: var(--quiet); }
.primary { color: #fff; background: var(--accent); border-color: transparent; }
.danger { color: var(--danger); }
.chip { border-radius: 99px; padding: 3px 10px; }
.chip[aria-pressed="true"], .small[aria-pressed="true"] { background: var(--chosen); border-color: var(--accent-text); color: var(--accent-text); }
:is(.small, .primary, .chip):disabled, fieldset:disabled :is(button, input, select, textarea, label) { opacity: .55; cursor: default; }
input:not([type="checkbox"]), select, textarea { padding: 5px 9px; border-radius: 8px; border: 1px solid var(--line); background: var(--ground); min-inline-size: 0; font-size: 13px; }
input[aria-invalid="true"] { border-color: var(--danger); }
textarea { resize: vertical; font-family: var(--mono); font-size: 12.5px; inline-size: 100%; }
.toggle { display: inline-flex; align-items: center; gap: 6px; font-size: 13px; white-space: nowrap; cursor: pointer; }
.toggle input { accent-color: var(--accent); }

aside { grid-area: side; min-block-size: 0; display: flex; flex-direction: column; overflow-y: auto; border-inline-end: 1px solid var(--line); background: var(--raised); scrollbar-width: thin; }
.socket-list { flex: 1 1 auto; min-block-size: 190px; display: flex; flex-direction: column; }
.find { padding: 10px 12px 6px; }
.find input { inline-size: 100%; }
.sockets { flex: 1 1 0; min-block-size: 0; overflow-y: auto; padding: 2px 8px 8px; scrollbar-width: thin; }
.sockets:focus-visible { outline-offset: -3px; border-radius: 8px; }
.socket { display: flex; flex-direction: column; padding: 6px 10px; border-radius: 10px; cursor: pointer; border: 1px solid transparent; overflow: hidden; }
.socket:hover { background: var(--quiet); }
.socket[aria-selected="true"] { background: var(--chosen); border-color: var(--accent-text); }
.socket.closed { opacity: .72; }
.socket.suffers .id::after { content: " \\25cf"; color: var(--wait); }
.socket .top { display: flex; align-items: baseline; gap: 7px; font-size: 12.5px; }
.socket .id { font-family: var(--mono); font-weight: 650; color: var(--accent-text); }
.socket .kind { padding: 0 7px; border-radius: 99px; background: var(--quiet); color: var(--muted); font-size: 11.5px; font-weight: 600; }
.socket.proxy .kind { color: var(--out); }
.socket.relay .kind { color: var(--in); }
.socket.echo .kind { color: var(--good); }
.socket .trip { margin-inline-start: auto; color: var(--muted); font-variant-numeric: tabular-nums; }
.socket .name { font-weight: 550; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; direction: ltr; }
.socket .meta { font-size: 12px; color: var(--muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-variant-numeric: tabular-nums; }
.queue { margin-inline-start: 8px; color: var(--wait); font-weight: 600; }
.more { margin: 0; padding: 4px 18px 10px; font-size: 12.5px; color: var(--muted); }

.card { flex: none; border-block-start: 1px solid var(--line); padding: 0 14px; }
.card[open] { padding-block-end: 12px; }
.card > summary { padding: 10px 0; font-weight: 600; font-size: 13.5px; cursor: pointer; }
.card > * + * { margin-block-start: 7px; }
fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; display: flex; flex-direction: column; gap: 7px; align-items: flex-start; }
.line { display: flex; gap: 7px; align-items: center; inline-size: 100%; }
.line > :is(input, select) { flex: 1; }
.code { margin: 0; padding: 9px 11px; border-radius: 9px; background: var(--ground); border: 1px solid var(--line); font: 11.5px/1.5 var(--mono); overflow-x: auto; scrollbar-width: thin; }
.lines { max-block-size: 130px; overflow-y: auto; font: 12px/1.5 var(--mono); overflow-wrap: anywhere; }
.lines:empty { display: none; }
.lines time { color: var(--muted); }
.lines .state { color: var(--muted); }
.lines .sent { color: var(--in); }
.lines .received { color: var(--out); }
.problem { margin: 0; color: var(--danger); font-size: 12.5px; }
.note { margin: 0; color: var(--muted); font-size: 12.5px; }
.note:empty, .problem:empty { display: none; }

main { grid-area: main; min-inline-size: 0; min-block-size: 0; display: flex; flex-direction: column; }
.toolbar { display: flex; flex-wrap: wrap; align-items: center; gap: 7px; padding: 10px 14px; border-block-end: 1px solid var(--line); }
.query { flex: 1 1 230px; max-inline-size: 440px; display: flex; flex-direction: column; }
.query input { inline-size: 100%; font-family: var(--mono); }
.chips { display: flex; flex-wrap: wrap; gap: 5px; }
.skipped { color: var(--wait); font-size: 12.5px; font-variant-numeric: tabular-nums; }

.socket-panel { display: flex; flex-direction: column; gap: 8px; padding: 11px 14px; border-block-end: 1px solid var(--line); background: var(--raised); }
.legs { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; }
.end { display: flex; flex-direction: column; padding: 4px 12px; border-radius: 9px; border: 1px solid var(--line); background: var(--ground); font-size: 12.5px; max-inline-size: 100%; }
.end bdi { color: var(--muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-family: var(--mono); font-size: 11.5px; }
.end.us { border-color: var(--accent-text); }
.leg { color: var(--muted); font-size: 17px; }
.facts { display: flex; flex-wrap: wrap; gap: 2px 20px; margin: 0; font-size: 12.5px; }
.facts div { display: flex; gap: 6px; min-inline-size: 0; }
.facts dt { color: var(--muted); flex: none; }
.facts dd { margin: 0; min-inline-size: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.acts { flex-direction: row; flex-wrap: wrap; align-items: center; }
.acts legend { float: inline-start; padding: 0; font-weight: 600; font-size: 13px; }
.acts input[type="number"] { inline-size: 82px; }
.acts input[type="text"] { inline-size: 130px; }

.split { flex: 1; min-block-size: 0; display: flex; }
.timeline-frame { position: relative; flex: 1; min-inline-size: 0; display: flex; }
.timeline { flex: 1; min-inline-size: 0; overflow: auto; overflow-anchor: none; font: 12.5px/30px var(--mono); scrollbar-width: thin; }
.timeline:focus-visible { outline-offset: -3px; }
.timeline .space { position: relative; overflow: hidden; }
.timeline .rows { position: absolute; inset-inline: 0; inset-block-start: 0; }
.empty { margin: 18vh auto 0; max-inline-size: 34ch; text-align: center; color: var(--muted); font: 15px/1.5 system-ui, sans-serif; }
.entry { block-size: 30px; display: flex; align-items: baseline; gap: 10px; padding-inline: 14px; border-block-end: 1px solid var(--quiet); white-space: nowrap; overflow: hidden; cursor: pointer; }
.entry:hover { background: var(--raised); }
.entry[aria-selected="true"] { background: var(--chosen); }
.entry time { flex: none; color: var(--muted); font-variant-numeric: tabular-nums; }
.entry .who { flex: none; inline-size: 4.5ch; color: var(--accent-text); font-weight: 600; overflow: hidden; text-overflow: ellipsis; }
.entry .arrow { flex: none; inline-size: 1.2ch; font-weight: 700; color: var(--muted); }
.arrow.in { color: var(--in); } .arrow.out { color: var(--out); }
.entry .what { flex: none; min-inline-size: 6ch; color: var(--muted); }
.entry .text { flex: 1 1 0; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; unicode-bidi: isolate; }
.entry .by { flex: none; padding: 0 8px; border-radius: 99px; background: var(--quiet); color: var(--http); font-size: 11.5px; line-height: 20px; max-inline-size: 40%; overflow: hidden; text-overflow: ellipsis; }
.entry .size { flex: none; min-inline-size: 9ch; text-align: end; color: var(--muted); font-variant-numeric: tabular-nums; }
.is-binary .what { color: var(--wait); }
.is-close .text, .failed .reply { color: var(--danger); font-weight: 600; }
.entry:is(.is-ping, .is-pong, .is-opened, .is-ended) .text { color: var(--muted); }
.is-http .what { color: var(--http); font-weight: 600; }
.reply { color: var(--good); font-weight: 600; }
.entry.dropped .text { text-decoration: line-through; }
.newer { position: absolute; inset-block-end: 14px; left: 50%; transform: translateX(-50%); padding: 6px 15px; border: 0; border-radius: 99px; color: #fff; background: var(--accent);
  font-size: 13px; font-weight: 600; cursor: pointer; box-shadow: 0 6px 20px rgb(30 25 90 / .35); }

.detail { flex: 0 0 min(420px, 44%); min-inline-size: 0; display: flex; flex-direction: column; gap: 9px; padding: 12px 14px; border-inline-start: 1px solid var(--line); overflow: hidden; }
.detail header { display: flex; align-items: center; }
h2 { flex: 1; margin: 0; font-size: 15px; font-weight: 650; overflow-wrap: anywhere; }
.shut { inline-size: 28px; block-size: 28px; border: 0; border-radius: 50%; background: none; color: var(--muted); font-size: 18px; line-height: 1; cursor: pointer; }
.shut:hover { background: var(--quiet); }
.detail .facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 12px; }
.detail .facts div { display: contents; }
.tools { display: flex; flex-wrap: wrap; gap: 6px; }
.tools:empty { display: none; }
.payload { flex: 0 1 auto; min-block-size: 0; margin: 0; padding: 11px 12px; overflow: auto; border-radius: 10px; border: 1px solid var(--line); background: var(--raised); font: 12.5px/1.5 var(--mono);
  white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; scrollbar-width: thin; tab-size: 2; }
.dialog { inline-size: min(420px, calc(100vw - 32px)); padding: 20px; border: 1px solid var(--line); border-radius: 16px; background: var(--ground); color: var(--text); box-shadow: 0 24px 64px rgb(20 18 50 / .3); }
.dialog::backdrop { background: rgb(15 13 35 / .45); }
.dialog > * + * { margin-block-start: 12px; }
.dialog p { margin-block-end: 0; color: var(--muted); }
.dialog .problem { color: var(--danger); }
.dialog input { inline-size: 100%; }

@media (max-width: 820px) {
  .inspector { block-size: auto; min-block-size: 100dvh; display: flex; flex-direction: column; }
  aside { display: contents; }
  .socket-list { order: 1; flex: none; min-block-size: 0; background: var(--raised); border-block-end: 1px solid var(--line); }
  .sockets { flex: none; max-block-size: 26dvh; }
  main { order: 2; flex: none; }
  .card { order: 3; background: var(--raised); }
  .split { flex-direction: column; block-size: 72dvh; flex: none; }
  .detail { flex: 0 0 52%; border-inline-start: 0; border-block-start: 1px solid var(--line); }
  .entry { gap: 7px; padding-inline: 10px; }
  .entry time { inline-size: 8ch; overflow: hidden; }
  .entry .by { display: none; }
  .entry .size { min-inline-size: 6ch; }
  .query { max-inline-size: none; }
}
@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; } }
@media (forced-colors: active) { .socket[aria-selected="true"], .entry[aria-selected="true"] { outline: 2px solid Highlight; outline-offset: -2px; } }
`;
