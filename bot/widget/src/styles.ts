/** The panel's style sheet. Sizes are in em of the person's own font size; only lines and shadows are in px. */
export const css = `
:host { all: initial; color-scheme: light; }
*, *::before, *::after { box-sizing: border-box; }

.overturn {
  --ink: #1d2a33; --soft: #51616d; --line: #cbd5dc; --paper: #fff; --ground: #f3f6f7;
  --brand: #0d5560; --brand-dark: #083f48; --tint: #dceef0; --focus: #0b63ce;
  font: 1em/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  color: var(--ink); text-align: left; overflow-wrap: anywhere;
}
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
button[aria-disabled="true"], button:disabled { cursor: default; }
h2, h3, p, ul, ol { margin: 0; padding: 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.icon { width: 1.25em; height: 1.25em; flex: none; fill: none; stroke: currentColor; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.launcher { position: fixed; right: 1em; bottom: 1em; z-index: 2147483000; display: flex; align-items: center; gap: .5em;
  max-width: calc(100vw - 2em); padding: .75em 1.1em; border: 2px solid #fff; border-radius: 2em; background: var(--brand);
  color: #fff; font-weight: 600; box-shadow: 0 4px 16px rgb(0 0 0 / .28); }
.launcher:hover { background: var(--brand-dark); }

.panel { position: fixed; right: 1em; bottom: 1em; z-index: 2147483000; display: flex; flex-direction: column;
  width: min(27em, calc(100vw - 2em)); height: min(52em, calc(100vh - 2em)); height: min(52em, calc(100dvh - 2em));
  overflow: hidden; border: 1px solid var(--line); border-radius: 12px; background: var(--ground);
  box-shadow: 0 8px 32px rgb(0 0 0 / .25); }
.panel > header { display: flex; align-items: center; gap: .25em; padding: .35em .5em .35em 1em; background: var(--brand); color: #fff; }
.panel > header h2 { flex: 1; min-width: 0; font-size: 1.0625em; font-weight: 650; line-height: 1.3; }
.panel > header :focus-visible { outline-color: #fff; outline-offset: -3px; }
.plain { display: inline-flex; align-items: center; justify-content: center; flex: none; min-width: 2.5em; min-height: 2.5em;
  padding: 0; border: 0; border-radius: 8px; background: none; }
.plain:hover { background: rgb(0 0 0 / .12); }
.safety { padding: .35em 1em; border-bottom: 1px solid var(--line); background: #fff8e6; color: #4d3a06; font-size: .8125em; }

.menu { position: relative; }
.menu ul { position: absolute; right: 0; top: 100%; z-index: 2; width: max-content; max-width: 16em; padding: .35em; list-style: none;
  border: 1px solid var(--line); border-radius: 8px; background: var(--paper); color: var(--ink);
  box-shadow: 0 6px 20px rgb(0 0 0 / .22); }
.menu ul button { width: 100%; padding: .55em .75em; border: 0; border-radius: 6px; background: none; text-align: left; }
.menu ul button:hover { background: var(--tint); }
.panel > header .menu ul :focus-visible { outline-color: var(--focus); }

.drop { position: relative; display: flex; flex: 1; flex-direction: column; min-height: 0; }
.drop-here { position: absolute; inset: .5em; z-index: 1; display: flex; align-items: center; justify-content: center;
  border: 3px dashed var(--brand); border-radius: 10px; background: rgb(220 238 240 / .94); color: var(--brand-dark);
  font-weight: 600; pointer-events: none; }
.log-frame { position: relative; flex: 1; min-height: 0; }
.log { position: relative; display: flex; flex-direction: column; gap: .6em; height: 100%; overflow-y: auto; padding: .9em;
  overscroll-behavior: contain; scroll-padding-bottom: 3.5em; }
.log:focus-visible { outline-offset: -3px; }
.loading { color: var(--soft); }
.message { display: flex; flex-direction: column; gap: .5em; max-width: 100%; }
.bot { align-items: flex-start; }
.own { align-items: flex-end; padding-left: 2.5em; }
.bubble { max-width: 100%; padding: .6em .85em; border-radius: 12px; }
.bot .bubble { margin-right: 1em; border: 1px solid var(--line); border-bottom-left-radius: 3px; background: var(--paper); }
.own .bubble { border-bottom-right-radius: 3px; background: var(--brand); color: #fff; white-space: pre-wrap; }
.own .folded { max-height: 6.5em; overflow: hidden; -webkit-mask-image: linear-gradient(#000 70%, transparent);
  mask-image: linear-gradient(#000 70%, transparent); }
.fold { min-height: 2em; padding: 0 .5em; border: 0; border-radius: 6px; background: none; color: #0a4fa6; font-size: .875em; text-decoration: underline; }
.status { color: var(--soft); font-size: .8125em; }
.bubble > * + * { margin-top: .6em; }
.bubble ul, .bubble ol { padding-left: 1.4em; }
.bubble li + li { margin-top: .25em; }
.bubble a { color: #0a4fa6; text-decoration: underline; }

.buttons { display: flex; flex-wrap: wrap; gap: .5em; }
.choice { min-height: 2.5em; padding: .4em .95em; border: 1.5px solid var(--brand); border-radius: 1.3em; background: var(--paper);
  color: var(--brand-dark); font-weight: 600; text-align: left; line-height: 1.35; }
.choice:hover { background: var(--tint); }
.choice[aria-disabled="true"] { background: none; }

.emergency { padding: .8em; gap: .6em; border: 3px solid #a11414; border-radius: 10px; background: #fdeaea; color: #4c0808; }
.emergency-head { display: flex; align-items: center; gap: .45em; color: #8c1010; font-size: 1.0625em; font-weight: 700; }
.emergency .bubble { margin: 0; padding: 0; border: 0; background: none; font-size: 1.0625em; }

.card, .documents { width: 100%; overflow: hidden; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
.card h3 { padding: .55em .85em; border-bottom: 1px solid var(--line); background: #e8eff1; font-size: 1em; font-weight: 650; }
.card ul, .documents ul { list-style: none; }
.row { position: relative; display: flex; flex-wrap: wrap; align-items: flex-start; gap: .3em .75em; padding: .5em .85em; }
.row-read { align-items: center; }
.row + .row, .document + .document { border-top: 1px solid var(--line); }
.row-text { flex: 1 1 10em; min-width: 0; }
.row-side { display: flex; flex-direction: column; align-items: flex-end; gap: .35em; margin-left: auto; }
.row-label { color: var(--soft); font-size: .875em; line-height: 1.35; }
.state { display: inline-flex; align-items: center; gap: .3em; padding: .05em .6em .05em .4em; border: 1px solid currentColor;
  border-radius: 1em; font-size: .8125em; font-weight: 600; white-space: nowrap; }
.state .icon { width: 1em; height: 1em; stroke-width: 2.6; }
.row-confirm .state { background: #e8f0fd; color: #174a96; }
.row-met .state { background: #e5f4ea; color: #17602f; }
.row-missing .state { background: #fdf1dd; color: #7d4300; }
.row-closed .state { background: #ececf0; color: #4a4458; }
.row-conflict .state { background: #fdeaea; color: #98171f; }
.row-value { white-space: pre-line; font-weight: 600; line-height: 1.4; }
.card-check .row-label, .card-draft .row-label { color: var(--ink); font-size: 1em; line-height: 1.4; }
.card-check .row-value, .card-draft .row-value { color: var(--soft); font-size: .875em; font-weight: 400; }
.card-deadline .row-value { font-size: 1.375em; font-weight: 700; line-height: 1.3; }
.row-small { color: var(--soft); font-size: .8125em; white-space: pre-line; }
.change { flex: none; min-height: 2.1em; padding: .1em .9em; border: 1.5px solid var(--brand); border-radius: 1.2em; background: none;
  color: var(--brand-dark); font-size: .875em; font-weight: 600; }
.change:hover { background: var(--tint); }
.change[aria-disabled="true"] { border-color: var(--line); color: var(--soft); }
/* What no longer works goes, but not under the focus: the keyboard would lose its place. */
.change[aria-disabled="true"]:not(:focus), .choice[aria-disabled="true"]:not(.chosen, :focus) { display: none; }

.document { padding: .7em .85em; }
.document-title { display: flex; align-items: flex-start; gap: .5em; font-weight: 600; }
.document-title .icon { margin-top: .12em; color: var(--brand); }
.document-ways { display: flex; flex-wrap: wrap; gap: .5em; margin-top: .5em; }
.small { min-height: 2.4em; padding: .3em 1em; border: 1.5px solid var(--brand); border-radius: 8px; background: var(--paper);
  color: var(--brand-dark); font-weight: 600; }
.small:hover { background: var(--tint); }
.small.primary { background: var(--brand); color: #fff; }
.small.primary:hover { background: var(--brand-dark); }
.small.danger { border-color: #98171f; background: #98171f; color: #fff; }
.small.danger:hover { background: #7a0f16; }
.problem { margin-top: .5em; color: #98171f; }

.typing { display: flex; align-items: center; gap: .6em; min-height: 2em; padding-left: .4em; color: var(--soft); font-size: .875em; }
.dots { display: inline-flex; gap: .3em; }
.dots i { width: .5em; height: .5em; border-radius: 50%; background: var(--soft); animation: beat 1.2s infinite ease-in-out; }
.dots i:nth-child(2) { animation-delay: .2s; }
.dots i:nth-child(3) { animation-delay: .4s; }
@keyframes beat { 0%, 70%, 100% { opacity: .3; } 35% { opacity: 1; } }

/* The last lines fade under it, so that it covers no word half. */
.below { position: absolute; left: 0; right: 0; bottom: 0; display: flex; align-items: flex-end; justify-content: center; gap: .4em;
  min-height: 3.4em; padding: 0 0 .35em; border: 0; color: var(--brand-dark); font-size: .875em; font-weight: 600;
  background: linear-gradient(rgb(243 246 247 / 0), var(--ground) 45%); }
.below:hover { text-decoration: underline; }
.below:focus-visible { outline-offset: -3px; }

.banner { display: flex; align-items: center; gap: .5em; padding: .45em 1em; border-top: 1px solid var(--line); background: #fff8e6;
  color: #4d3a06; font-size: .875em; }
.banner span { flex: 1; }
.banner.error { background: #fdeaea; color: #7a0f16; }
.banner.info { background: #e5f4ea; color: #134f27; }

.gone { flex: 1; display: flex; flex-direction: column; align-items: center; justify-content: center; gap: .8em; overflow-y: auto;
  padding: 1.5em; text-align: center; }

.composer { padding: .6em; border-top: 1px solid var(--line); background: var(--paper); }
.composer-row { display: flex; align-items: flex-end; gap: .35em; }
.composer textarea { flex: 1; min-width: 0; min-height: 2.75em; max-height: min(12em, 30vh); padding: .55em .75em; resize: none;
  border: 1.5px solid #72838f; border-radius: 10px; background: var(--paper); line-height: 1.45; }
.composer textarea::placeholder { color: #5b6b77; opacity: 1; }
.attach { align-self: center; color: var(--brand); }
.send { display: inline-flex; align-items: center; justify-content: center; flex: none; width: 2.75em; height: 2.75em; padding: 0;
  border: 0; border-radius: 50%; background: var(--brand); color: #fff; }
.send:hover:not(:disabled) { background: var(--brand-dark); }
.send:disabled { background: #a9b6be; }
.count { padding: 0 .25em .4em; color: var(--soft); font-size: .8125em; }
.count.over { color: #98171f; font-weight: 600; }

dialog { padding: 0; border: 0; border-radius: 12px; background: var(--paper); color: var(--ink); font-size: 1em; }
dialog::backdrop { background: rgb(16 28 35 / .55); }
.ask { width: min(26em, calc(100vw - 2em)); max-height: calc(100vh - 2em); overflow-y: auto; padding: 1.2em; }
.ask h2 { margin-bottom: .5em; font-size: 1.1875em; line-height: 1.3; }
.ask-ways { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: .6em; margin-top: 1.2em; }
.reader { width: min(56em, calc(100vw - 2em)); height: calc(100vh - 2em); max-width: none; max-height: none; overflow: hidden; }
.reader[open] { display: flex; flex-direction: column; }
.reader header { display: flex; align-items: center; gap: .5em; padding: .3em .5em .3em 1em; border-bottom: 1px solid var(--line); }
.reader h2 { flex: 1; min-width: 0; font-size: 1.0625em; line-height: 1.3; }
.reader iframe { flex: 1; width: 100%; min-height: 0; border: 0; background: #fff; }

@media (max-width: 30em), (max-height: 34em) {
  .panel { right: 0; bottom: 0; width: 100vw; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
  .reader { width: 100vw; height: 100vh; height: 100dvh; border-radius: 0; }
}
@media (max-width: 22em) {
  .log { padding: .6em; }
  .own { padding-left: 1.5em; }
  .bot .bubble { margin-right: 0; }
}
@media (max-height: 22em) {
  .below { min-height: 2em; }
  .below span { display: none; }
  .panel > header { padding-top: 0; padding-bottom: 0; }
  .composer { padding: .25em .5em; }
}
@media (prefers-reduced-motion: reduce) {
  .dots i { animation: none; opacity: .7; }
}
@media (forced-colors: active) {
  .own .bubble, .send, .small, .launcher { border: 1px solid; }
}
`;
