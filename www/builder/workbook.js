// @ts-check
// Workbooks of Excel as text, a sheet each. A script of its own: only who brings a workbook loads
// it.
import { readXlsx } from "hucre/xlsx";
import { toText } from "./table-text.js";

const MAX_ROWS = 100_001; // as many as a table may have, and its headings
const DIGITS = 15; // as many as Excel keeps

/** @param {string} format */
const plainFormat = (format) =>
  format
    .split(";")[0]
    .replace(/"[^"]*"|\[[^\]]*\]|\\./g, "")
    .toLowerCase();

// The day, or as much of it as the sheet shows: a month has no day.
/** @param {Date} date @param {string} format */
const dateText = (date, format) => {
  const text = date.toISOString();
  const shown = plainFormat(format);
  if (/y/.test(shown) && !/d/.test(shown))
    return text.slice(0, /m/.test(shown) ? 7 : 4);
  return text.slice(0, text.endsWith("T00:00:00.000Z") ? 10 : 16);
};

/** @param {number} value */
const digits = (value) => String(Number(value.toPrecision(DIGITS)));

// A cell as its sheet means it: 0.525 in a column of per cents is 52.5%.
/** @param {unknown} value @param {string} format */
const cellText = (value, format) => {
  if (value === null || value === undefined) return "";
  if (value instanceof Date)
    return Number.isNaN(+value) ? "" : dateText(value, format);
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value !== "number") return String(value);
  return plainFormat(format).includes("%")
    ? digits(value * 100) + "%"
    : digits(value);
};

// Without what is empty around it.
/** @param {string[][]} rows */
const trimmed = (rows) => {
  const full = rows.filter((row) => row.some((cell) => cell.trim()));
  const width = Math.max(0, ...full.map((row) => row.length));
  const used = Array.from({ length: width }, (_, at) =>
    full.some((row) => row[at]?.trim()),
  );
  return full.map((row) =>
    used.flatMap((is, at) => (is ? [row[at] ?? ""] : [])),
  );
};

/** @param {Uint8Array} bytes @returns {Promise<{ name: string, text: string }[]>} */
export const readWorkbook = async (bytes) => {
  const { sheets } = await readXlsx(bytes, {
    readStyles: true,
    maxRows: MAX_ROWS,
    sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden,
  });
  return sheets
    .map(({ name, rows, cells }) => ({
      name,
      rows: trimmed(
        rows.map((row, y) =>
          row.map((value, x) =>
            cellText(value, cells?.get(`${y},${x}`)?.style?.numFmt ?? ""),
          ),
        ),
      ),
    }))
    .filter(({ rows }) => rows.length)
    .map(({ name, rows }) => ({ name, text: toText({ head: [], rows }) }));
};
