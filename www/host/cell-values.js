// @ts-check
// One cell of a column as a number, as a text or as a code; and how a column is refused.

/** @import { ListCell } from './messages.d.ts' */

/** @param {string} code @param {string} [detail] @returns {never} */
export const fail = (code, detail) => {
  throw Object.assign(Error(code), { code, detail });
};

/** The code of a row that has nothing, and of one whose code is in no dictionary. */
export const NO_CODE = 2 ** 32 - 1;
export const WRONG_CODE = NO_CODE - 1; // no dictionary is that long

// A number as people write it in a cell: 1,234.5, 92%, $5, 약 7. Commas stand before three digits,
// or they may be decimal ones. Files are read in Rust, src/data/json/number.rs, by the same rule;
// tests/fixtures/cells.json holds both to it.
const CELL =
  /^-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?(?:e[+-]?\d+)?$/i;
/** @param {string} text */
export const cellNumber = (text) => {
  let plain = text.trim();
  if (plain.length > 48) return NaN;
  plain = plain
    .replace(/^(?:[~≈]|약 )\s*/, "")
    .replace(/\s*%+$/, "")
    .replace(/^(?:US)?[$₩+]?/, "");
  return plain.length <= 40 && CELL.test(plain)
    ? Number(plain.replaceAll(",", ""))
    : NaN;
};

// To the day, or a moment that needs no time zone.
const DAY =
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/;

/** @param {unknown} one @returns {one is Date} */
export const isDate = (one) =>
  Object.prototype.toString.call(one) === "[object Date]";

// A code, where it can be one.
/** @param {unknown} code */
export const codeOf = (code) => {
  const number = code == null ? NaN : Number(code);
  if (Number.isNaN(number) || number === -1) return NO_CODE;
  return Number.isInteger(number) && number >= 0 && number < WRONG_CODE
    ? number
    : WRONG_CODE;
};
// A cell as a number; nothing where it says that there is none, and its text where it is something
// else.
/** @param {ListCell} cell @param {boolean} dates @returns {number | string} */
export const numberOf = (cell, dates) => {
  if (cell == null || cell === "") return NaN;
  if (typeof cell === "number") return cell;
  if (typeof cell === "bigint") return Number(cell);
  if (isDate(cell)) return cell.getTime();
  if (typeof cell !== "string") return String(cell);
  const number = dates
    ? DAY.test(cell.trim())
      ? Date.parse(cell.trim())
      : NaN
    : cellNumber(cell);
  return Number.isNaN(number) ? cell : number;
};

/** @param {ListCell} cell */
export const textOf = (cell) =>
  cell == null
    ? ""
    : isDate(cell)
      ? Number.isNaN(+cell)
        ? ""
        : cell.toISOString()
      : String(cell);
