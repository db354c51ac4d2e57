// @ts-check
// What embed-guard.js fetches where no module comes: the shipped data as a table.
import { tableNode } from "./host/data-table.js";
import { staticTable } from "./host/static-table.js";
import { errorText, translate, t } from "./host/i18n.js";

/** @import { Kind } from './host/types.d.ts' */

/** @type {Kind[]} */
const KINDS = ["value-chain", "market-share", "funding-timeline"];
const asked = new URLSearchParams(location.search.replaceAll("&amp;", "&"));
const kind = KINDS.find((one) => one === asked.get("kind"));
const { lang } = document.documentElement;
/** @type {Record<symbol, Record<string, unknown> | undefined>} */
const shipped = /** @type {any} */ (globalThis);
const data = kind && shipped[Symbol.for("ai-atlas-data")]?.[kind];
const table =
  kind && data
    ? staticTable(kind, { data, format: "json" }, lang, translate)
    : null;
if (table && "rows" in table) {
  const note = document.createElement("p");
  note.textContent = errorText("away", lang);
  const main = document.createElement("main");
  main.append(
    note,
    tableNode(table, lang, (key) => t(key, lang)),
  );
  document.body.append(main);
  document.documentElement.classList.add("tabled");
}
const tell = () =>
  parent.postMessage(
    {
      source: "ai-atlas",
      type: "height",
      height: Math.ceil(document.body.getBoundingClientRect().height),
    },
    "*",
  );
if (parent !== window) {
  new ResizeObserver(tell).observe(document.body);
  addEventListener(
    "message",
    ({ source, data: said }) =>
      source === parent &&
      said?.source === "ai-atlas" &&
      said.type === "ask" &&
      tell(),
  );
}
