// @ts-check
// The data as a table that can be sorted. Fetched by readers who ask for it, and by those who get
// no picture.
import { h, link, scroller } from "./dom.js";

/** @import { Cell, TableRows } from './types.d.ts' */

const PAGE = 500; // rows put into the document at a time: more would be a long task

/** @param {Cell} cell */
const numeric = (cell) => typeof cell === "number";

// How much a cell says, for sorting: `130억 달러`, `US$1.3bn`, `54`, `7억 5,000만`; NaN where it begins
// with no number, or where a date follows it.
/** @type {Record<string, number>} */
const UNITS = {
  만: 1e4,
  억: 1e8,
  조: 1e12,
  경: 1e16,
  k: 1e3,
  m: 1e6,
  b: 1e9,
  t: 1e12,
};
/** @param {Cell} cell @param {(cell: string) => string} [plain] */
export const amount = (cell, plain = String) => {
  const text = plain(String(cell))
    .replace(
      /^(?:[≈≤≥~$₩€¥£\s]|약|최대|최소|(?:at least|up to|about|more than|less than)\b|[A-Z]{2,3}(?=[\s$¥]))*/,
      "",
    )
    .replaceAll(",", "");
  if (!/^[-−]?\d/.test(text) || /^\d+(년|[-–~〜]\d)/.test(text)) return NaN;
  let sum = 0;
  for (const [, number, unit = ""] of text.matchAll(
    /(\d+(?:\.\d+)?)([만억조경]|[kmbt](?![a-z])|bn|tn)?/gi,
  ))
    sum += +number * (UNITS[unit[0]?.toLowerCase()] ?? 1);
  return /^[-−]/.test(text) ? -sum : sum;
};

// Rows in the order of a column: by amount where most of it is amounts, else as words; what is
// empty comes last either way.
/**
 * @param {Cell[][]} rows
 * @param {number} column
 * @param {boolean} down
 * @param {string} [lang]
 * @param {(cell: string) => string} [plain]
 */
export const sorted = (rows, column, down, lang, plain) => {
  const isFull = (/** @type {Cell[]} */ row) => (row[column] ?? "") !== "";
  const full = rows.filter(isFull).map((row) => ({
    row,
    text: `${row[column]}`,
    sum: amount(row[column], plain),
  }));
  const sums = full.filter(({ sum }) => sum === sum).length * 2 > full.length;
  const words = new Intl.Collator(lang, { numeric: true });
  full.sort(
    ({ sum: a, text: x }, { sum: b, text: y }) =>
      (sums ? +(a !== a) - +(b !== b) || (down ? b - a : a - b) : 0) ||
      (sums ? 0 : down ? words.compare(y, x) : words.compare(x, y)),
  );
  return [...full.map(({ row }) => row), ...rows.filter((row) => !isFull(row))];
};

// `say(key)` has the words, `plain` makes of a cell in a language of its own one that can be read
// as an amount.
/**
 * @param {TableRows} table
 * @param {string} lang
 * @param {(key: string) => string} say
 * @param {(cell: string) => string} [plain]
 */
export const tableNode = ({ caption, head, rows }, lang, say, plain) => {
  const cell = (/** @type {Cell} */ value, /** @type {number} */ i) =>
    i
      ? h(
          "td",
          { class: numeric(value) && "n" },
          /^https?:/.test(`${value}`)
            ? link(`${value}`, `${value}`)
            : String(value ?? ""),
        )
      : h("th", { scope: "row" }, String(value ?? ""));
  const body = h("tbody");
  const order = rows;
  const columns = head.map((text, i) => {
    const button = h(
      "button",
      { type: "button", class: "sort", title: say("sort") },
      text,
    );
    const column = h(
      "th",
      { scope: "col", class: numeric(rows[0]?.[i]) && "n" },
      button,
    );
    button.addEventListener("click", () => {
      const down = column.ariaSort === "ascending";
      for (const other of columns) other.removeAttribute("aria-sort");
      column.setAttribute("aria-sort", down ? "descending" : "ascending");
      rows = sorted(order, i, down, lang, plain);
      body.replaceChildren();
      shown = 0;
      box.append(more);
      grow();
    });
    return column;
  });
  const table = h(
    "table",
    {},
    h("caption", {}, caption ?? ""),
    h("thead", {}, h("tr", {}, ...columns)),
    body,
  );
  const box = scroller(caption || say("table"), table);
  const more = h("button", { type: "button" }, say("more"));
  let shown = 0;
  const grow = () => {
    body.append(
      ...rows
        .slice(shown, (shown += PAGE))
        .map((row) => h("tr", {}, ...row.map(cell))),
    );
    if (shown >= rows.length) more.remove();
  };
  more.addEventListener("click", grow);
  box.append(more);
  grow();
  return box;
};
