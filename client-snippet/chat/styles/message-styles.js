/** One message. What somebody wrote never leaves its bubble: neither by its length, nor by marks piled on a letter. */
export const messageStyles = `
.row { position: relative; display: flex; gap: 10px; margin-block-start: 14px; border-radius: 12px; animation: appear .18s ease-out; }
.entry > .day + .row { margin-block-start: 8px; }
@keyframes appear { from { opacity: 0; transform: translateY(4px); } }
.continued .row, .pending + .pending { margin-block-start: 3px; }
.panel .row:focus-visible { outline-offset: 4px; }
.panel .row:focus:not(:focus-visible) { outline: none; }
.row > .avatar { margin-block-start: 1px; }
.continued .row > .avatar { visibility: hidden; block-size: 0; }
.stack { min-inline-size: 0; max-inline-size: 86%; display: flex; flex-direction: column; align-items: flex-start; }
.meta { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 7px; margin-block-end: 3px; font-size: 12px; line-height: 1.5; color: var(--muted); max-inline-size: 100%; }
.by { display: flex; align-items: baseline; gap: 5px; min-inline-size: 0; max-inline-size: 100%; overflow: hidden; }
.author { font-size: 13.5px; font-weight: 630; line-height: 1.5; overflow-wrap: anywhere; color: var(--name); unicode-bidi: isolate; }
.mine .author { color: var(--muted); font-weight: 600; font-size: 12px; }
.continued .meta { position: absolute; inset-inline-start: 0; inset-block-start: 8px; inline-size: 34px; margin: 0; opacity: 0; font-size: 10.5px; line-height: 1; white-space: nowrap; }
.continued .mine .meta { inset-inline: auto 0; }
.continued .meta :is(.by, .author) { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.continued .row:not(.mine):is(:hover, :focus-within) .meta { opacity: 1; }
time { font-variant-numeric: tabular-nums; }
.bubble { position: relative; max-inline-size: 100%; min-inline-size: 0; padding: 8px 13px; border-start-start-radius: 6px; border-start-end-radius: 17px; border-end-end-radius: 17px; border-end-start-radius: 17px;
  background: var(--quiet); overflow: clip; }
.continued .bubble { border-end-start-radius: 17px; border-start-start-radius: 6px; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; text-align: start; tab-size: 4; line-height: 1.45; }
.text strong { font-weight: 680; }
.text > code, .text :is(strong, em) > code, .text span > code { padding: 1px 5px; border-radius: 5px; font: .88em/1.4 var(--mono); background: color-mix(in srgb, currentColor 9%, transparent); white-space: pre-wrap; }
.text a { color: var(--accent-text); text-underline-offset: 2px; text-decoration-color: color-mix(in srgb, currentColor 45%, transparent); }
.text a:hover { text-decoration-color: currentColor; }
.mine .bubble .text code, .mine .bubble .place { background: rgb(0 0 0 / .2); }
.link-host { color: var(--muted); font-size: .88em; }
.panel .place { padding: 1px 5px; border-radius: 5px; font: .88em/1.4 var(--mono); background: color-mix(in srgb, currentColor 9%, transparent); overflow-wrap: anywhere; white-space: pre-wrap; }
.panel button.place { color: var(--accent-text); text-decoration: underline; text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); text-underline-offset: 2px; }
.panel button.place:hover { text-decoration-color: currentColor; }
.reference { display: flex; align-items: center; gap: 5px; margin-block-start: 5px; font-size: 13px; }
.reference .icon { inline-size: 15px; block-size: 15px; opacity: .7; }
.row .quote .author { color: var(--name); }
.gone { font-style: italic; color: var(--muted); }
.edited { margin: 2px 4px 0; font-size: 11px; color: var(--muted); }
.panel .quote { display: block; max-inline-size: 100%; margin-block-end: 6px; padding: 4px 10px; border-inline-start: 3px solid var(--name); border-radius: 5px; background: color-mix(in srgb, var(--name) 8%, var(--ground)); color: var(--text);
  font-size: 12.5px; line-height: 1.4; overflow: hidden; }
.quote .author { font-size: 12px; }
.excerpt { display: block; min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; unicode-bidi: plaintext; }

.mine { flex-direction: row-reverse; }
.mine > .avatar { display: none; }
.mine .stack { align-items: flex-end; }
.mine .meta { justify-content: flex-end; }
.mine .bubble { color: #fff; background: linear-gradient(165deg, var(--accent), var(--accent-deep)); border-start-start-radius: 17px; border-start-end-radius: 6px; }
.mine .bubble :is(.text a, .place, .gone, .link-host) { color: #fff; }
.panel .mine .bubble button.place { color: #fff; }
.mine, .pending { animation: none; }
.pending .bubble { opacity: .82; }
.sending { animation: late 1.2s step-end; }
@keyframes late { from { opacity: 0; } }
.mine:is(.failed, .unsent) .bubble { opacity: 1; color: var(--text); background: var(--ground); box-shadow: inset 0 0 0 1.5px color-mix(in srgb, var(--danger) 60%, transparent); }
.mine:is(.failed, .unsent) .bubble :is(.text a, .place, .link-host) { color: var(--accent-text); }
.mine:is(.failed, .unsent) .stack { max-inline-size: 92%; }
.reason { color: var(--danger); font-weight: 570; }

.code-block { max-inline-size: 100%; min-inline-size: 0; margin-block: 4px; border-radius: 11px; border: 1px solid var(--line); background: var(--code); color: var(--text); overflow: hidden; white-space: normal; }
.bubble > .code-block:only-child { margin: 0; }
.row .bubble:has(> .code-block:only-child) { padding: 0; background: none; box-shadow: none; border-radius: 11px; }
.stack:has(.code-block) { flex: 0 1 auto; }
.code-head { display: flex; align-items: center; justify-content: space-between; gap: 12px; padding-block: 4px; padding-inline: 12px 6px; border-block-end: 1px solid var(--line); font-size: 11.5px; line-height: 1.5; color: var(--muted); }
.lang { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.panel .copy { flex: none; padding: 2px 8px; border-radius: 7px; font-weight: 600; color: var(--muted); }
.panel .copy:hover { background: var(--quiet); color: var(--text); }
.panel .done { color: var(--good); }
pre { padding: 9px 12px !important; overflow: auto; max-block-size: 320px; overscroll-behavior-x: contain; font: 12.5px/1.55 var(--mono); white-space: pre; tab-size: 4; scrollbar-width: thin; }
pre code { font: inherit; }
.panel pre:focus-visible { outline-offset: -2px; }
.control { unicode-bidi: isolate; }
.control::before { content: attr(data-name); padding: 0 4px; border-radius: 4px; font-size: .85em; color: #fff; background: #b4123a; }

.actions { position: absolute; z-index: 1; inset-block-start: -10px; inset-inline-end: 2px; display: flex; align-items: center; padding: 2px; border-radius: 11px; border: 1px solid var(--line); background: var(--ground);
  box-shadow: 0 4px 14px rgb(20 18 50 / .12); }
.mine .actions { inset-inline: 2px auto; }
.panel .actions .icon-button { inline-size: 28px; block-size: 28px; border-radius: 8px; }
.actions .icon { inline-size: 16px; block-size: 16px; }
.full .stack { max-inline-size: min(86%, 62ch); }
.full .stack:has(.code-block) { max-inline-size: min(86%, 84ch); }
`;
