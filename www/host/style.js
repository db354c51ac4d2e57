// @ts-check
// The one style sheet of all elements, constructed once: no style element, no style attribute, so a
// strict CSP lets it through.

// .hold: the figure before it comes stays in flow: a change from or to `position:absolute` would
// turn off the browser's own keeping of a reader's place (scroll anchoring). .scroll: where more is
// to come its end lies in shade, also where a system shows no scroll bar; at the end of the table
// nothing does. .room: a box that fits its content (flex, float, table cell) would have no width,
// and a picture without width is never drawn.
const CSS = `
:host{all:initial;display:block;contain:layout style;font-family:inherit;color:inherit;color-scheme:inherit;visibility:inherit}
:host([hidden]){display:none}
.root{all:initial;display:block;position:relative;direction:ltr;color-scheme:inherit;visibility:inherit;font-family:inherit;font-size:calc(14*var(--u));line-height:1.5;
--g:var(--atlas-ground,#fff);--i:var(--atlas-ink,#17191c);--s:var(--atlas-secondary,#5b616a);--l:var(--atlas-hairline,#d9dbd6);--c:var(--atlas-card,#f7f7f4);
background:var(--g);color:var(--i);word-break:keep-all;overflow-wrap:break-word;text-wrap:pretty;-webkit-text-size-adjust:100%;text-size-adjust:100%}
.root.dark{--g:var(--atlas-ground,#14171c);--i:var(--atlas-ink,#eceef0);--s:var(--atlas-secondary,#a3abb5);--l:var(--atlas-hairline,#343a43);--c:var(--atlas-card,#1c2027);color-scheme:dark}
.root.light{color-scheme:light}
.root:not(:lang(ko),:lang(en)){word-break:normal;word-break:auto-phrase}
.probe{font-size:medium;position:absolute;bottom:0;width:0;height:0;visibility:hidden;color:light-dark(#000,#fff);border:0 solid;border-color:var(--atlas-ground,#000) var(--atlas-ink,#000) var(--atlas-infra,#000) var(--atlas-service,#000);transition:color .01s,border-color .01s}
.tint{position:absolute;width:0;height:0;visibility:hidden;border:0 solid CanvasText;border-color:light-dark(#000,#fff);transition:color .01s,border-color .01s}
h3,p,figure,ul,dl,dd,dt{margin:0;padding:0}
.slab{--edge:24px}
.slab figure{padding:12px 14px}
ul{list-style:none}
[hidden]{display:none!important}
h3{font-size:calc(18*var(--u));font-weight:600;line-height:1.35;text-wrap:balance}
.lead{margin-top:2px}
.sub,.note,footer,.count{font-size:calc(12*var(--u));color:var(--s)}
.note{margin-top:4px;max-width:720px}
button,select,.save>summary{font:inherit;font-size:calc(12*var(--u));color:inherit;background:none;border:1px solid var(--l);border-radius:2px;padding:3px 10px;margin:0;min-height:28px;cursor:pointer;word-break:keep-all}
button[aria-pressed=true].tab{border-color:var(--i);font-weight:600}
button:hover{border-color:var(--s)}
:focus-visible{outline:2px solid var(--i);outline-offset:2px}
.tabs{display:flex;flex-wrap:wrap;gap:6px;flex-basis:100%}
.bar,.controls{display:flex;flex-wrap:wrap;gap:6px 14px;align-items:center;font-size:calc(12*var(--u))}
.bar .controls{flex:1 1 260px;min-width:0;max-width:100%}
.bar>:not([hidden]){margin-top:8px}
.controls label{word-break:keep-all;max-width:100%;display:inline-flex;gap:6px;align-items:center;color:var(--s)}
.controls label *{color:var(--i)}
.zoom{display:flex;gap:4px;margin-inline-start:auto}
.zoom button{width:32px;padding:0;font-size:calc(16*var(--u));line-height:1}
[aria-disabled=true]{opacity:.4;cursor:default}
.off{visibility:hidden}
.way{order:-1}
ol{list-style:none;margin:0;padding:0}
.crumbs{display:flex;flex-wrap:wrap}
.crumbs li+li::before{content:"›";color:var(--s)}
.crumb,.line{border:0;padding:3px 6px;text-align:start}
.crumb{text-decoration:underline;text-underline-offset:2px}
.crumb[aria-current]{font-weight:600;text-decoration:none;cursor:default}
.search{position:relative}
input[type=search]{font:inherit;font-size:calc(12*var(--u));color:inherit;background:var(--g);border:1px solid var(--l);border-radius:2px;padding:3px 10px;min-height:28px;box-sizing:border-box;width:180px;max-width:100%}
input[type=range]{accent-color:var(--i);width:160px;height:24px;margin:0}
.found{position:absolute;z-index:4;inset-inline-start:0;top:100%;min-width:100%;width:max-content;max-width:280px;max-height:260px;overflow:auto;background:var(--c);border:1px solid var(--l);border-radius:8px;box-shadow:0 4px 18px #0003;padding:4px 0}
.found li{padding:5px 12px;min-height:24px;box-sizing:border-box;cursor:pointer}
.found [aria-selected=true]{background:var(--i);color:var(--g)}
.found .none{color:var(--s);cursor:default}
.lists{margin-top:8px;font-size:calc(12*var(--u))}
.lists ul{margin:4px 0 8px;columns:320px;max-width:960px}
.lists li{break-inside:avoid;padding:2px 0}
.moving .labels,.moving .tree{opacity:0}
.hint{position:absolute;inset:0;display:grid;place-content:center;pointer-events:none;font-size:calc(14*var(--u));font-weight:600;background:color-mix(in srgb,var(--g) 60%,transparent)}
select{max-width:240px;min-width:0;background:var(--g)}
@media (max-width:479px){.controls :is(label,.search){flex:1 1 40%}.controls :is(select,input){width:100%;max-width:none}}
.stage{position:relative;margin-top:10px;overflow:hidden;touch-action:pan-y;cursor:default;forced-color-adjust:none;-webkit-tap-highlight-color:transparent}
.stage.hit{cursor:pointer}
canvas,.poster{display:block;width:100%;height:100%}
.poster{height:auto;max-height:100%}
canvas{position:absolute;inset:0}
.room{position:static;height:0}
.poster{object-fit:contain;object-position:0 0}
.labels{position:absolute;inset:0;pointer-events:none;overflow:hidden}
.labels span{position:absolute;left:0;top:0;overflow:hidden;line-height:1.25;white-space:nowrap;font-variant-numeric:tabular-nums;unicode-bidi:isolate}
.labels .wrap{white-space:normal;overflow-wrap:normal}
.tree{position:absolute;inset:0;pointer-events:none}
.labels,.tree{transform:scale(var(--f));transform-origin:0 0;width:calc(100%/var(--f));height:calc(100%/var(--f))}
.tree [part]{position:absolute;outline:none;border-radius:2px}
.tree [part]:focus-visible{outline:2px solid var(--i);outline-offset:-2px;box-shadow:inset 0 0 0 4px var(--g)}
@media (max-width:479px){.tree [part]{scroll-margin-bottom:52vh}}
.tree .dot:focus-visible{outline-offset:2px;box-shadow:0 0 0 2px var(--g)}
.wait{position:absolute;inset:0;display:grid;place-content:center;color:var(--s);font-size:calc(12*var(--u));pointer-events:none;background:var(--c)}
.wait.own{content-visibility:auto;display:block;align-content:start;overflow:auto;pointer-events:auto}
.first .room{padding-top:var(--room)}
.first{overflow-anchor:none}
.first .hold{height:0;overflow:clip;visibility:hidden}
.legend{display:flex;flex-wrap:wrap;gap:4px 14px;margin-top:10px;font-size:calc(12*var(--u));align-items:center}
.legend li{display:inline-flex;align-items:center}
.legend .break{flex-basis:100%}
.legend button,.key{display:inline-flex;align-items:center;gap:6px;text-align:start}
.legend button{min-height:24px;padding:3px 8px}
.legend button:has(svg){border:0;padding:3px 0}
.key{padding:1px 0}
.legend button[aria-pressed=false]{color:var(--s);text-decoration:line-through}
.legend button[aria-pressed=false] svg{opacity:.35}
.legend svg{flex:none;overflow:visible}
.count{font-variant-numeric:tabular-nums}
footer{display:flex;flex-wrap:wrap;gap:6px 12px;align-items:center;justify-content:space-between;margin-top:10px;padding-top:8px;border-top:1px solid var(--l)}
footer:has(>.by[hidden]):has(>.do[hidden]){border:0;margin:0;padding:0}
footer .by{flex:1 1 260px}
footer .do,.save[open]{display:flex;flex-wrap:wrap;gap:6px}
.save>summary{box-sizing:border-box;list-style:none}
.save>summary::-webkit-details-marker{display:none}
.save[open]>summary{border-color:var(--i)}
:host([data-tier=static]) :is(.svg,.png){display:none}
a{color:inherit;text-decoration:underline;text-underline-offset:2px}
.fault,.issues{margin-top:8px;padding:8px 12px;background:var(--c);border-radius:8px;font-size:calc(12*var(--u));border-inline-start:3px solid var(--i)}
.issues ul{margin-top:6px;max-height:160px;overflow:auto}
summary{cursor:pointer;min-height:24px}
.card{position:absolute;z-index:3;box-sizing:border-box;width:max-content;max-width:min(320px,100%);padding:10px 14px 12px;background:var(--c);color:var(--i);border-radius:8px;border:1px solid var(--l);
box-shadow:0 4px 18px #0003;font-size:calc(12*var(--u));line-height:1.45;pointer-events:none;inset:0 auto auto 0;margin:0;overflow:auto;max-height:calc((100vh - 16px)/var(--k,1))}
.card.pin{pointer-events:auto}
.card b{display:block;font-size:calc(14*var(--u));font-weight:600;padding-inline-end:28px}
.card .big{font-size:calc(22*var(--u));line-height:1.25;font-variant-numeric:tabular-nums}
.card .dim{color:var(--s)}
.card dl{display:grid;grid-template-columns:fit-content(36%) 1fr;gap:2px 10px;margin-top:6px}
.card dt{color:var(--s)}
.card dd{grid-column:2}
.card .cite{margin-top:6px;color:var(--s);font-size:calc(11*var(--u))}
.card .x{position:absolute;top:6px;right:6px;width:28px;padding:0;border:0}
.card:not(.pin) .x{display:none}
.card.sheet{position:fixed;left:0;right:0;bottom:0;top:auto;width:auto;max-width:none;max-height:calc(50vh/var(--k,1));border-radius:8px 8px 0 0;border-width:1px 0 0;padding:14px 16px calc(16px + env(safe-area-inset-bottom))}
.panel{margin-top:10px}
.scroll{overflow:auto;max-height:480px}
.scroll,.wait.own{background:linear-gradient(#0000,var(--g) 60%) 0 100%/100% 48px no-repeat local,linear-gradient(#0000,color-mix(in srgb,var(--i) 28%,#0000)) 0 100%/100% 14px no-repeat}
.still .scroll{max-height:var(--table,480px)}
table,::slotted(table){border-collapse:collapse;font-size:calc(12*var(--u));font-variant-numeric:tabular-nums}
table{width:100%}
caption{text-align:start;font-weight:600;padding:4px 0 8px}
th,td{text-align:start;vertical-align:top;padding:5px 14px 5px 0;border-bottom:1px solid var(--l)}
thead th{position:sticky;top:0;background:var(--g);font-weight:600;color:var(--s)}
tbody th{font-weight:600}
.sort{border:0;padding:3px 0;min-height:24px;font-weight:600;text-align:inherit}
.sort::after{content:" ↕";content:" ↕" / "";opacity:.5}
[aria-sort] .sort::after{opacity:1}
[aria-sort=ascending] .sort::after{content:" ↑";content:" ↑" / ""}
[aria-sort=descending] .sort::after{content:" ↓";content:" ↓" / ""}
td:last-child{min-width:18em}
td:nth-last-child(2){min-width:11em}
td.n,th.n{text-align:end}
.live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (forced-colors:active){.root,.root.dark{--g:Canvas;--i:CanvasText;--s:CanvasText;--l:CanvasText;--c:Canvas;forced-color-adjust:none}button[aria-pressed=true]{border-width:2px}a{color:LinkText}button{color:ButtonText}}
.paper{display:none}
@media print{:host{contain:none}.slab figure{padding:0}.root,.root.dark{--g:#fff;--i:#17191c;--s:#5b616a;--l:#d9dbd6;--c:#fff;color-scheme:light}.stage{width:var(--w);zoom:var(--z)}
.first .room{padding:0}.wait.own{position:static;background:none}.card,.do,.bar,.wait:not(.own),.hint,details:not([open]){display:none!important}:is(.scroll,.still .scroll){max-height:none;overflow:visible;background:none}h3,.lead,.sub{break-after:avoid}h3,.lead,.sub,.note,footer{break-inside:avoid}
.paper{display:block;break-inside:avoid;margin-top:10px}.paper svg{display:block;width:100%;height:auto;max-height:min(85vh,23cm)}.papered :is(.stage,.legend){display:none}}
`;

// A figure that comes above what is being read is no mark by which a browser keeps the reader's
// place.
const PAST = ":host,.root{overflow-anchor:none}";

/** @type {CSSStyleSheet[]} */
let sheets;
/** @param {ShadowRoot} shadow @param {boolean} [past] */
export const applyStyles = (shadow, past) => {
  sheets ??= [CSS, PAST].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  shadow.adoptedStyleSheets = sheets.slice(0, past ? 2 : 1);
};
