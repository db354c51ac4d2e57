// @ts-check
// Tables as text, and what an editor does to one: turn it, say which of two readings of its numbers
// is meant, leave a column out.

/** @import { Table } from './page.js' */

/** @param {unknown} cell */
const quoted = (cell) => {
  const text = String(cell ?? "");
  return /[\t\r\n]|^\s*"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

// Separated by tabs, as spreadsheets put tables on the clipboard.
/** @param {unknown[][]} rows */
export const toText = (rows) =>
  rows.map((row) => row.map(quoted).join("\t")).join("\n") + "\n";

/** @param {{ head: any[], rows: any[][] }} table */
export const turned = ({ head, rows }) => {
  const all = [head, ...rows];
  const width = Math.max(...all.map((row) => row.length));
  return Array.from({ length: width }, (_, at) =>
    all.map((row) => row[at] ?? ""),
  );
};

/** @param {Table} table @param {(at: number) => boolean} keep @returns {Table} */
export const only = (table, keep) => ({
  ...table,
  head: table.head.filter((_, at) => keep(at)),
  rows: table.rows.map((row) => row.filter((_, at) => keep(at))),
});

// Whether semicolons separate the cells, so that a comma may be a decimal one.
/** @param {string} text */
export const hasSemicolons = (text) => {
  const lines = text.replace(/"(?:[^"]|"")*"/g, "").split("\n");
  const first = lines.find((line) => /[;,\t]/.test(line)) ?? "";
  /** @param {string} mark */
  const count = (mark) => first.split(mark).length - 1;
  return count(";") > 0 && count(";") >= count(",") && !count("\t");
};

// A number that can be read in two ways, `1,000` or `1.000`, as only one of them.
/** @param {string} cell @param {boolean} thousands */
export const settledNumber = (cell, thousands) =>
  cell.replace(/\d+(?:[.,]\d+)+/g, (number) => {
    if (thousands) return number.replace(/[.,]/g, "");
    const at = Math.max(number.lastIndexOf(","), number.lastIndexOf("."));
    const decimals = number.slice(at + 1);
    // Three decimals would be in doubt again.
    return `${number.slice(0, at).replace(/[.,]/g, "")}.${decimals}${decimals.length === 3 ? "0" : ""}`;
  });

/** Which cells are in doubt. */
export const DOUBTFUL = /(?:^|[^\d.,])\d{1,3}[.,]\d{3}(?![\d.,])/;

// What an author says of columns, as the attribute has it.
/** @param {Map<string, string>} roles */
export const columnsText = (roles) =>
  [...roles].map(([heading, field]) => `${heading}=${field}`).join("; ");

// Whether the attribute can name a column by its heading.
/** @param {string[]} head @param {number} at */
export const canBeNamed = (head, at) =>
  !!head[at]?.trim() &&
  !/[;\n]/.test(head[at]) &&
  head.filter((one) => one.trim() === head[at].trim()).length === 1;
