/** The head of the panel, who is here, and the menu. */
export const headerStyles = `
header { position: relative; z-index: 2; flex: none; display: flex; align-items: center; gap: 4px; padding: 12px 12px 12px 18px; border-block-end: 1px solid var(--line); }
.panel:dir(rtl) header { padding: 12px 18px 12px 12px; }
.title { flex: 1; min-inline-size: 0; }
h1 { font-size: 16px; line-height: 1.25; font-weight: 680; letter-spacing: -.012em; }
.status { padding-inline-start: 3px; margin-inline-start: -3px; font-size: 12.5px; line-height: 1.4; color: var(--muted); font-variant-numeric: tabular-nums; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.status::before { content: ""; display: inline-block; inline-size: 7px; block-size: 7px; margin-inline-end: 6px; border-radius: 50%; background: var(--wait); vertical-align: 1px; }
.status[data-state="connected"]::before { background: var(--good); box-shadow: 0 0 0 3px color-mix(in srgb, var(--good) 18%, transparent); }
.status:is([data-state="reconnecting"], [data-state="offline"], [data-state="kicked"])::before { background: var(--danger); }
.status[data-state="reconnecting"]::before { animation: pulse 1.2s ease-in-out infinite; }
@keyframes pulse { 50% { opacity: .25; } }
.disclosure { position: static; }
.panel .people-button { display: flex; align-items: center; gap: 8px; block-size: 34px; padding: 0 12px 0 5px; border-radius: 99px; font-size: 13px; font-weight: 570; white-space: nowrap;
  font-variant-numeric: tabular-nums; transition: background .12s; }
.panel:dir(rtl) .people-button { padding: 0 5px 0 12px; }
.panel .people-button:hover, .panel .people-button[aria-expanded="true"] { background: var(--quiet); }
.faces { display: flex; }
.face { inline-size: 26px; block-size: 26px; font-size: 11.5px; }
.faces .face { border: 2px solid var(--ground); }
.faces .face + .face { margin-inline-start: -9px; }
.status:not([data-state="connected"]) { white-space: normal; }
header:has(.status:not([data-state="connected"])) .faces { display: none; }
.popup { position: absolute; inset-inline-end: 12px; inset-block-start: calc(100% - 4px); inline-size: min(300px, calc(100% - 24px)); max-block-size: 340px; overflow: auto; overscroll-behavior: contain;
  padding: 6px; border-radius: 16px; border: 1px solid var(--line); background: var(--ground); box-shadow: var(--shadow); animation: drop .14s ease-out; scrollbar-width: thin; }
@keyframes drop { from { opacity: 0; transform: translateY(-5px); } }
.full .popup { inset-inline-end: max(12px, calc((100% - 800px) / 2)); }
.names { list-style: none; }
.names li { display: flex; align-items: center; gap: 10px; padding: 7px 8px; border-radius: 10px; }
.names li:hover { background: var(--raised); }
.names li.idle .face { opacity: .55; }
.person { flex: 1; min-inline-size: 0; }
.called { display: flex; align-items: baseline; gap: 6px; font-size: 14px; line-height: 1.35; }
.called .author { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 570; color: var(--text); }
.also { flex: none; font-size: 11.5px; color: var(--muted); }
.pages { display: flex; flex-wrap: wrap; gap: 0 8px; font-size: 12px; line-height: 1.5; }
.page { max-inline-size: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--muted); text-decoration: none; }
a.page { color: var(--accent-text); }
a.page:hover { text-decoration: underline; text-underline-offset: 2px; }
.host-row { display: flex; gap: 10px; font-size: 12.5px; }
.group { display: flex; flex-direction: column; align-items: flex-start; gap: 8px; padding: 10px 12px; font-size: 13.5px; }
.group + .group { border-block-start: 1px solid var(--line); }
h2 { font-size: 12px; font-weight: 600; color: var(--muted); }
.option { display: flex; align-items: center; gap: 8px; }
.panel select { padding: 3px 8px; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); font-size: 13px; }
.panel input[type="checkbox"] { inline-size: 16px; block-size: 16px; accent-color: var(--accent); }
.full header { padding-block: 15px; }
.full h1 { font-size: 18px; }
@media (max-width: 350px) { .faces { display: none; } .panel .people-button { padding-inline: 10px; } }
`;
