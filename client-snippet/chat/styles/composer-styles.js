/** The fields: outlined, each with its name in the line. */
export const composerStyles = `
.foot { flex: none; display: flex; flex-direction: column; gap: 14px; padding: 14px 14px 14px; border-block-start: 1px solid var(--line); background: var(--raised); }
.notice { display: flex; flex-wrap: wrap; gap: 2px 10px; margin-block-end: -4px; padding: 8px 12px; border-radius: 11px; font-size: 13px; line-height: 1.4; color: var(--danger); background: var(--danger-tint); overflow-wrap: anywhere; }
.notice:empty { display: none; }
.notice > span { flex: 1 1 auto; min-inline-size: 0; }
.panel .notice .link { color: inherit; }
.who { display: flex; align-items: center; gap: 12px; }
.keys { flex: 1; min-inline-size: 0; font-size: 12px; line-height: 1.35; color: var(--muted); text-align: end; }
.field { position: relative; border: 1px solid var(--line); border-radius: 13px; background: var(--ground); transition: border-color .15s, box-shadow .15s; }
.field:hover { border-color: color-mix(in srgb, var(--muted) 45%, var(--line)); }
.field:focus-within { border-color: var(--accent); box-shadow: 0 0 0 3px color-mix(in srgb, var(--accent) 18%, transparent); }
.field > :is(label, .legend) { position: absolute; z-index: 1; inset-block-start: -8px; inset-inline-start: 11px; padding-inline: 5px; border-radius: 5px; font-size: 11.5px; line-height: 16px; font-weight: 600; color: var(--muted);
  background: linear-gradient(var(--raised) 50%, var(--ground) 50%); pointer-events: none; }
.field:focus-within > :is(label, .legend) { color: var(--accent-text); }
.name { flex: 0 1 190px; min-inline-size: 120px; }
.panel .name input { display: block; inline-size: 100%; padding: 8px 15px 7px; border: 0; border-radius: 13px; background: none; font-size: 14px; font-weight: 600; text-overflow: ellipsis; text-align: start; }
.panel .name input:focus-visible, .panel textarea:focus-visible, .panel .lang-field:focus-visible { outline: none; }
.field:has([aria-invalid]) { border-color: var(--danger); }
.write { display: flex; flex-direction: column; padding-block: 4px 6px; }
.panel textarea { display: block; inline-size: 100%; resize: none; border: 0; background: none; padding: 8px 15px 4px; line-height: 1.45; field-sizing: content; min-block-size: 2.4em; max-block-size: min(11em, 26dvh); overscroll-behavior: contain;
  unicode-bidi: plaintext; text-align: start; scrollbar-width: thin; }
.as-code textarea { font: 13px/1.5 var(--mono) !important; tab-size: 4; white-space: pre; overflow-x: auto; }
@supports not (field-sizing: content) { .panel textarea { block-size: 4em; } }
.tools { display: flex; align-items: center; gap: 2px; padding-inline: 7px; }
.panel .tools .icon-button[aria-pressed="true"] { color: var(--accent-text); background: var(--tint); }
.panel .lang-field { inline-size: 12ch; padding: 3px 9px; border: 1px solid var(--line); border-radius: 8px; background: var(--ground); font-size: 12.5px; }
.panel .lang-field:focus { border-color: var(--accent); }
.panel .send { display: flex; align-items: center; gap: 7px; margin-inline-start: auto; block-size: 34px; padding: 0 13px 0 15px; border-radius: 10px; font-size: 14px; font-weight: 620; color: #fff;
  background: linear-gradient(165deg, var(--accent), var(--accent-deep)); transition: filter .15s, background .15s; }
.panel:dir(rtl) .send { padding: 0 15px 0 13px; }
.send .icon { inline-size: 16px; block-size: 16px; }
.panel .send:hover { filter: brightness(1.08); }
.panel .send:disabled { color: var(--muted); background: var(--quiet); filter: none; cursor: default; }
.off { background: var(--raised); }
.off textarea { cursor: not-allowed; }
.chip { display: flex; align-items: center; gap: 6px; margin: 6px 8px 0; padding: 4px 4px 4px 11px; border-radius: 9px; font-size: 12.5px; line-height: 1.4; color: var(--text); background: var(--tint); min-inline-size: 0; white-space: nowrap; }
.panel:dir(rtl) .chip { padding: 4px 11px 4px 4px; }
.chip .icon { inline-size: 15px; block-size: 15px; color: var(--accent-text); }
.chip .author { color: var(--accent-text); font-size: 12.5px; overflow: hidden; text-overflow: ellipsis; flex: 0 1 auto; max-inline-size: 40%; }
.chip .excerpt { flex: 1; color: var(--muted); }
.chip > .icon-button { margin-inline-start: auto; }
.full .foot { padding-block-end: 18px; }
@media (max-width: 480px) {
  .keys { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
  .name { flex: 1; }
  .panel :is(.name input, textarea) { font-size: 16px; }
}
`;
