// @ts-check
// Tables as CSV that spreadsheets neither garble nor run.

/** @import { TableRows } from './types.d.ts' */

// A leading = + - @ would make a spreadsheet run the cell; numbers may keep their sign.
/** @param {unknown} cell */
const safe = (cell) => {
  const text = String(cell ?? "");
  return `"${(/^[=+\-@\t\r]/.test(text) && !Number.isFinite(+text) ? "'" + text : text).replaceAll('"', '""')}"`;
};

/** @param {TableRows} table */
export const writeCsv = ({ head, rows }) =>
  "\uFEFF" +
  [head, ...rows].map((row) => row.map(safe).join(",") + "\r\n").join("");
