// @ts-check
// The step between data and picture: the table as it was read, over each column a menu of what it
// is, and below what is left out and why.
import { h } from "../host/dom.js";
import { lang, tell, ui } from "./page.js";
import { menuOf, missing, roleName, unitName } from "./roles.js";
import { DOUBTFUL, settledNumber } from "./table-text.js";
import { word } from "./words.js";

/** @import { AtlasFileColumn } from '../host/public-types.d.ts' */
/** @import { Reading } from './reading.js' */

const SHOWN = 10; // rows

/**
 * What the editor does in the table.
 * @typedef {object} Answers
 * @property {(at: number, field: string) => void} role
 * @property {(at: number, thousands: boolean) => void} numbers
 */

/** @param {string} heading @param {number} at */
const nameOf = (heading, at) =>
  heading.trim() || word("nameless", lang(), at + 1);

/** @param {AtlasFileColumn} column @param {string} kind */
const fillMenu = (/** @type {HTMLSelectElement} */ menu, column, kind) => {
  const fields = [...menuOf(kind, column.field), ""];
  menu.replaceChildren(
    ...fields.map((field) =>
      h(
        "option",
        { value: field },
        field ? roleName(field, kind, lang()) : word("unused", lang()),
      ),
    ),
  );
  menu.value = column.field;
};

// What a unit that stands above the headings is the unit of.
const COUNTED = ["value", "amount", "valuation"];

// What stands below a menu: the unit, or what else the column might be.
/** @param {AtlasFileColumn} column @param {string} kind @param {string} stated */
const hintOf = (column, kind, stated) => {
  const own = unitName(column.unit, column.power, lang());
  const unit = own || (COUNTED.includes(column.field) ? stated : "");
  if (column.field)
    return [column.period, unit, column.guessed ? word("guessed", lang()) : ""]
      .filter(Boolean)
      .join(" · ");
  return column.nearest
    ? word("nearest", lang(), roleName(column.nearest, kind, lang()))
    : "";
};

// Two readings of a number, as two buttons.
/**
 * @param {Reading} reading
 * @param {number} at
 * @param {Answers} answers
 */
const doubt = ({ table, columns }, at, answers) => {
  if (!columns[at].doubtful) return [];
  const cell = table.rows
    .map((row) => String(row[at] ?? ""))
    .find((text) => DOUBTFUL.test(text));
  if (!cell) return [];
  const buttons = [true, false].map((thousands) => {
    const button = h(
      "button",
      { type: "button" },
      `${cell} = ${settledNumber(cell, thousands).replace(/0$/, (end) => (thousands ? end : ""))}`,
    );
    button.addEventListener("click", () => answers.numbers(at, thousands));
    return button;
  });
  return [h("p", {}, word("doubtful", lang())), ...buttons];
};

/** @param {Reading} reading @param {Set<number>} marked lines that have an issue */
const bodyOf = ({ table }, marked) =>
  table.rows.slice(0, SHOWN).map((row, at) => {
    const line = table.lines?.[at] ?? at + 2;
    return h(
      "tr",
      { class: marked.has(line) ? "marked" : null },
      h("th", { scope: "row" }, String(line)),
      ...table.head.map((_, i) => h("td", {}, String(row[i] ?? ""))),
    );
  });

// A menu that is being used stays where it is: only its choice and what stands below change.
/** @type {string} */
let stamp = "";

/** @param {Reading} reading @param {Answers} answers */
const build = (reading, answers) => {
  const { table } = reading;
  const at = /** @type {any} */ (document.activeElement)?.dataset?.column;
  const menus = table.head.map((heading, i) => {
    const menu = h("select", {
      "data-column": i,
      "aria-label": word("column", lang(), nameOf(heading, i)),
      "aria-describedby": `hint-${i}`,
    });
    menu.addEventListener("change", () => answers.role(i, menu.value));
    return h(
      "td",
      {},
      menu,
      h("div", { class: "note", id: `hint-${i}` }),
      h("div", { class: "doubt" }),
    );
  });
  const heads = table.head.map((heading, i) =>
    h("th", { scope: "col" }, nameOf(heading, i)),
  );
  ui.grid.replaceChildren(
    h(
      "table",
      {},
      h("caption", {}),
      h(
        "thead",
        {},
        h("tr", { class: "menus" }, h("td"), ...menus),
        h("tr", {}, h("th", { scope: "col" }, word("lines", lang())), ...heads),
      ),
      h("tbody"),
    ),
  );
  if (at !== undefined) ui.grid.querySelector(`[data-column="${at}"]`)?.focus();
};

/** @param {Reading | undefined} reading @param {Answers} answers */
export const showTable = (reading, answers) => {
  ui.table.hidden = !reading;
  if (!reading) {
    stamp = "";
    return ui.grid.replaceChildren();
  }
  const { table, kind, columns, issues } = reading;
  const next = JSON.stringify([table.head, lang()]);
  if (next !== stamp) build(reading, answers);
  stamp = next;
  columns.forEach((column, at) => {
    const menu = ui.grid.querySelector(`select[data-column="${at}"]`);
    fillMenu(menu, column, kind);
    menu.parentNode.classList.toggle("out", !column.field);
    const stated = ui.unit.value.trim() || (table.unit ?? "");
    tell(menu.nextElementSibling, hintOf(column, kind, stated));
    menu.parentNode.lastChild.replaceChildren(...doubt(reading, at, answers));
  });
  const marked = new Set(issues.map(({ line }) => line));
  ui.grid.querySelector("tbody").replaceChildren(...bodyOf(reading, marked));
  const { length } = table.rows;
  tell(
    ui.grid.querySelector("caption"),
    word("rows", lang(), length, table.head.length) +
      (length > SHOWN ? " " + word("first", lang(), SHOWN) : ""),
  );
};

// What is missing, in the words of the menus.
/** @param {Reading | undefined} reading */
export const question = (reading) => {
  if (!reading) return "";
  const { kind, columns } = reading;
  const found = columns.map(({ field }) => field);
  const fields = missing(kind, found).map((one) => roleName(one, kind, lang()));
  return fields.length ? word("ask", lang(), fields.join(", ")) : "";
};

/** @typedef {{ line: number, words: string }} Fault */

/** @param {any} issue @returns {Fault} */
const faultOf = (issue) => ({
  line: issue.line,
  // The line stands before the words; two readings of a number are two lines.
  words: String(issue[lang()] ?? issue.en)
    .replace(/^(?:line \d+|\d+번째 줄|\d+行目)[,:] /, "")
    .replace(/\n/g, " / "),
});

// Issues of the reader of tables, and what the element says besides.
/** @param {any[]} read @param {any[]} [shown] @returns {Fault[]} */
export const faultsOf = (read, shown = []) => {
  const faults = read.map(faultOf);
  const key = (/** @type {Fault} */ { line, words }) => `${line} ${words}`;
  const known = new Set(faults.map(key));
  const later = shown.map(faultOf).filter((fault) => !known.has(key(fault)));
  // In the order of lines, as the command line says them; those of JSON come so.
  return faults.length
    ? [...faults, ...later].sort((a, b) => a.line - b.line)
    : later;
};

/** @param {Fault[]} faults @param {(line: number) => void} mark */
export const showFaults = (faults, mark) => {
  ui.text.setAttribute("aria-invalid", String(!!faults.length));
  ui.faults.hidden = ui.left.hidden = !faults.length;
  ui.faults.replaceChildren(
    ...faults.map(({ line, words }) => {
      if (!line) return h("li", {}, h("span", {}, words));
      const button = h(
        "button",
        { type: "button" },
        h("b", {}, word("line", lang(), line)),
        " ",
        h("span", {}, words),
      );
      button.addEventListener("click", () => mark(line));
      return h("li", {}, button);
    }),
  );
};
