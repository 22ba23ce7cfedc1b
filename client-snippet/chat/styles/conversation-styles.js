/** The log, and the lines in it that are no messages. */
export const conversationStyles = `
.conversation { position: relative; flex: 1; min-block-size: 0; display: flex; }
.log { position: relative; flex: 1; min-inline-size: 0; overflow-y: auto; overflow-x: hidden; overflow-anchor: none; overscroll-behavior: contain; padding: 14px 16px 4px; scrollbar-width: thin;
  scrollbar-color: var(--line) transparent; }
.panel .log:focus-visible { outline-offset: -3px; border-radius: 6px; }
.empty, .beginning { unicode-bidi: plaintext; }
.empty { margin: 24% auto 0 !important; max-inline-size: 26ch; text-align: center; color: var(--muted); }
.beginning { padding-block: 2px 10px !important; text-align: center; font-size: 12.5px; color: var(--muted); }
.panel .older { display: block; margin: 0 auto 12px; padding: 5px 14px; border-radius: 99px; font-size: 13px; font-weight: 570; color: var(--accent-text); background: var(--quiet); }
.panel .new-messages { position: absolute; z-index: 1; inset-block-end: 8px; left: 50%; transform: translateX(-50%); display: flex; align-items: center; gap: 6px; padding: 7px 12px 7px 16px; border-radius: 99px;
  font-size: 13px; font-weight: 620; color: #fff; background: var(--accent); box-shadow: 0 6px 20px rgb(30 25 90 / .35); white-space: nowrap; animation: rise .16s ease-out; }
.new-messages .icon { inline-size: 15px; block-size: 15px; }
@keyframes rise { from { opacity: 0; translate: 0 6px; } }
.day { display: flex; align-items: center; gap: 12px; margin-block: 16px 4px; font-size: 12px; font-weight: 570; color: var(--muted); white-space: nowrap; }
.day::before, .day::after { content: ""; flex: 1; block-size: 1px; background: var(--line); }
.rows:first-of-type > .entry:first-child > .day { margin-block-start: 2px; }
.event { display: flex; align-items: baseline; justify-content: center; gap: 7px; margin-block: 12px 2px; padding-inline: 8px; font-size: 12.5px; color: var(--muted); }
.event + .event { margin-block-start: 2px; }
.happened { min-inline-size: 0; overflow-wrap: anywhere; }
.event .what { font-weight: 570; color: var(--text); }
.event.saved .what { font: 12px/1.4 var(--mono); }
.event.problem .what { color: var(--danger); }
.event time { flex: none; font-size: 11.5px; }
.typing { flex: none; block-size: 22px; padding-inline: 20px; font-size: 12px; line-height: 20px; color: var(--muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.typing .author { font-weight: 600; color: var(--muted); font-size: inherit; }
.full .log { padding-block: 20px 6px; }
`;
