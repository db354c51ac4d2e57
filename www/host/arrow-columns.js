// @ts-check
// A column of Apache Arrow, as columns.js hands over its parts, cell by cell: lengths of many
// chunks, bits that say what is missing, and the ways in which versions keep 64 bits.
import { NO_CODE, WRONG_CODE, fail } from "./cell-values.js";

/** @import { ArrowChunk, ArrowColumn } from './messages.d.ts' */
/** @import { Dictionary, List, Plain } from './read-columns.js' */
/** @typedef {any} Values what `ArrowChunk.values` is */
/** @typedef {ArrowChunk & { ends?: any }} Chunk */
/** @typedef {(chunk: Chunk, i: number, column: ArrowColumn) => number | string | null} ReadCell */

// Two halves, as older versions keep 64 bits.
/** @param {Values} values @param {number} i @returns {number} */
const pair = (values, i) => (values[2 * i] >>> 0) + values[2 * i + 1] * 2 ** 32;

/** @type {ReadCell} */
const integer = ({ values, length }, i, { bitWidth }) =>
  typeof values[0] !== "bigint" &&
  !(bitWidth <= 32) &&
  values.length >= 2 * length
    ? pair(values, i)
    : Number(values[i]);

/** @param {number} bits */
const half = (bits) => {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent
    ? sign * 2 ** (exponent - 15) * (1 + fraction / 1024)
    : sign * 2 ** -14 * (fraction / 1024);
};

/** @type {ReadCell} */
const decimal = ({ values }, i, { bitWidth, scale }) => {
  const words = bitWidth / 32;
  let number = 0n;
  for (let at = words; at--;)
    number = (number << 32n) | BigInt(values[i * words + at] >>> 0);
  return Number(BigInt.asIntN(bitWidth, number)) / 10 ** scale;
};

const utf8 = new TextDecoder();
/** @type {ReadCell} */
const text = ({ values, ends }, i) =>
  utf8.decode(
    values.subarray(Number(ends[i] - ends[0]), Number(ends[i + 1] - ends[0])),
  );

// Milliseconds, of a unit from seconds (0) to nanoseconds (3).
/** @type {ReadCell} */
const moment = ({ values }, i, { unit }) => {
  if (typeof values[i] !== "bigint")
    return pair(values, i) / [1e-3, 1, 1e3, 1e6][unit];
  return unit === 3
    ? Number(values[i] / 1000n) / 1000
    : Number(values[i]) / [1e-3, 1, 1e3][unit];
};

// By the type ids of Arrow: null, integer, float, text, decimal, date, timestamp, long text.
/** @type {Record<number, ReadCell>} */
const READERS = {
  1: () => null,
  2: integer,
  3: ({ values }, i, { precision }) =>
    precision === 0 ? half(values[i]) : values[i],
  5: text,
  7: decimal,
  8: (chunk, i, column) =>
    column.unit === 0 ? chunk.values[i] * 864e5 : integer(chunk, i, column),
  10: moment,
  20: text,
};
const NUMERIC = new Set([2, 3, 7, 8, 10]);
const DICTIONARY = -1;

/** @param {ArrowChunk} chunk @param {number} i */
const isPresent = ({ nulls, bit = 0 }, i) =>
  !nulls || (nulls[(bit + i) >> 3] >> ((bit + i) & 7)) & 1;

// Chunks may have dictionaries of their own.
/**
 * @param {ArrowColumn} column @param {string} where @param {number} most
 * @returns {Dictionary}
 */
const fromDictionary = ({ length, chunks }, where, most) => {
  /** @type {Map<any, number>} */
  const known = new Map();
  /** @param {any} name */
  const codeOf = (name) => {
    if (name === null) return NO_CODE;
    if (!known.has(name)) known.set(name, known.size);
    return /** @type {number} */ (known.get(name));
  };
  const codes = new Uint32Array(length);
  let row = 0;
  for (const chunk of chunks) {
    const own = chunk.dictionary
      ? Array.from(arrowList(chunk.dictionary.arrow, where, most), codeOf)
      : [];
    for (let i = 0; i < chunk.length; i++)
      codes[row++] = isPresent(chunk, i)
        ? (own[Number(chunk.values[i])] ?? WRONG_CODE)
        : NO_CODE;
  }
  return { codes, names: [...known.keys()] };
};

// { list } of numbers or texts, null where there is nothing, or { codes, names }.
/**
 * @param {ArrowColumn} column @param {string} where @param {number} most rows
 * @returns {Plain | Dictionary}
 */
export const fromArrow = (column, where, most) => {
  const { typeId, name, length, chunks } = column;
  if (length > most) fail("too-large", `rows ${length} > ${most}`);
  if (typeId === DICTIONARY) return fromDictionary(column, where, most);
  const read = READERS[typeId];
  if (!read) fail("column-kind", `${where} (${name})`);
  const numeric = NUMERIC.has(typeId);
  const list = numeric ? new Float64Array(length) : Array(length);
  const nothing = numeric ? NaN : null;
  let row = 0;
  for (const chunk of chunks)
    for (let i = 0; i < chunk.length; i++)
      list[row++] = isPresent(chunk, i) ? read(chunk, i, column) : nothing;
  return { list };
};

/** @param {ArrowColumn} column @param {string} where @param {number} most */
export const arrowList = (column, where, most) =>
  /** @type {Plain} */ (fromArrow(column, where, most)).list;
