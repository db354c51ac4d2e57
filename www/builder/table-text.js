// @ts-check
// Tables as text, and what an editor does to one: turn it, say which of two readings of its numbers
// is meant, leave a column out.

/** @import { Table } from './page.js' */

// A table as text: separated by tabs, as spreadsheets put tables on the clipboard, or by semicolons
// where it was, because commas mean something else there. What stood above it stands above it.
/** @param {Table} table */
export const toText = ({ caption, unit, semicolon, head, rows }) => {
  const mark = semicolon ? ";" : "\t";
  const quoted = (/** @type {unknown} */ cell) => {
    const text = String(cell ?? "");
    return /[\r\n]|^\s*"/.test(text) || text.includes(mark)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  };
  const above = [caption, unit && `(단위: ${unit})`].filter(Boolean);
  const lines = [...above.map((text) => [text]), head, ...rows].filter(
    (line) => line.length,
  );
  return lines.map((row) => row.map(quoted).join(mark)).join("\n") + "\n";
};

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
