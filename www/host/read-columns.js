// @ts-check
// Columns, as columns.js leaves them, on their way into the engine: name, numbers, codes, names,
// for `column` of src/web/.
import { arrowList, fromArrow } from "./arrow-columns.js";
import {
  codeOf,
  fail,
  isDate,
  NO_CODE,
  numberOf,
  textOf,
} from "./cell-values.js";

/** @import { Columns, EngineColumn } from './messages.d.ts' */
/**
 * An array of any kind, and what is asked of one.
 * @typedef {(test: (cell: any) => boolean) => any} Ask
 * @typedef {ArrayLike<any> & Iterable<any> & { some: Ask, find: Ask }} List
 * @typedef {{ list: List, codes?: undefined, names?: undefined }} Plain
 * @typedef {{ list?: undefined, codes: List, names: List }} Dictionary
 */

// Those that are names; all others that are known are numbers.
const NAMES =
  /^(?:label|levels\.\d+|type|target|lane|nodes\.(?:label|layer|sublayer|country)|links\.type)$/;
const NUMBERS =
  /^(?:value|color|date|dateEnd|amount|amountUsd|valuation|links\.(?:from|to|amount))$/;
const DATES = /^date(?:End)?$/;
const ENDS = /^links\.(?:from|to)$/;
const MAX_TOLD = 1e4; // cells that are no numbers
const MAX_DEPTH = 3; // of groups of columns

/** @param {unknown} list @returns {list is List} */
const isList = (list) =>
  Array.isArray(list) ||
  (ArrayBuffer.isView(list) && !(list instanceof DataView));

/** @param {List} list */
const codesOf = (list) =>
  list instanceof Uint32Array ? list : Uint32Array.from(list, codeOf);

// Texts row by row as a dictionary.
/** @param {string[]} texts */
const dictionary = (texts) => {
  const known = new Map();
  const codes = Uint32Array.from(texts, (text) => {
    if (text === "") return NO_CODE;
    if (!known.has(text)) known.set(text, known.size);
    return known.get(text);
  });
  return { codes, names: [...known.keys()] };
};

// Row by row; codes without names are numbers.
/** @param {Plain | Dictionary} held @returns {List} */
const cellsOf = ({ list, codes, names }) =>
  list ??
  (names.length ? Array.from(codes, (code) => names[code] ?? null) : codes);

/** @param {List} names */
const joined = (names) =>
  names.length
    ? Array.from(names, (name) => textOf(name).replaceAll("\0", "")).join(
        "\0",
      ) + "\0"
    : "";

class ColumnReader {
  /** @type {EngineColumn[]} */
  out = [];
  /** The rows of nodes that have a name of their own. @type {Map<string, number | null> | undefined} */
  #rowsByName;

  /** @param {Columns} columns @param {number} maxRows */
  constructor(columns, maxRows) {
    this.columns = columns;
    this.maxRows = maxRows;
  }

  /** @param {List} list @param {string} what */
  #limit(list, what) {
    if (list.length > this.maxRows)
      fail("too-large", `${what} ${list.length} > ${this.maxRows}`);
  }

  /**
   * @param {string} name
   * @param {Float64Array | null} [numbers]
   * @param {Uint32Array | null} [codes]
   * @param {List} [names]
   */
  #push(name, numbers, codes, names) {
    this.out.push([
      name,
      numbers ?? new Float64Array(),
      codes ?? new Uint32Array(),
      joined(names ?? []),
    ]);
  }

  // What a column holds: { list }, or { codes, names }; nothing where it is a group of columns.
  /** @param {string} name @param {Columns} column @returns {Plain | Dictionary | null} */
  #read(name, column) {
    const { maxRows } = this;
    if (column.arrow) return fromArrow(column.arrow, name, maxRows);
    if (isList(column))
      return ArrayBuffer.isView(column) ||
        !column.some((one) => one && typeof one === "object" && !isDate(one))
        ? { list: column }
        : null;
    if (column.codes === undefined) return null;
    const [codes, names] = [
      column.codes,
      column.names ?? /** @type {Columns} */ ([]),
    ].map((part) =>
      part?.arrow
        ? arrowList(part.arrow, name, maxRows)
        : /** @type {List} */ (part),
    );
    if (!isList(codes)) fail("column-kind", name);
    this.#limit(names, "names");
    return { codes, names };
  }

  #nodeRows() {
    if (this.#rowsByName) return this.#rowsByName;
    const rows = (this.#rowsByName = new Map());
    const column = this.columns.nodes?.label;
    const label = column && this.#read("nodes.label", column);
    if (label)
      Array.from(cellsOf(label), textOf).forEach((name, row) =>
        rows.set(name, rows.has(name) ? null : row),
      );
    return rows;
  }

  // Numbers, and what stands in their place.
  /** @param {string} name @param {List} list */
  #putNumbers(name, list) {
    if (ArrayBuffer.isView(list))
      return this.#push(
        name,
        list instanceof Float64Array ? list : Float64Array.from(list, Number),
      );
    /** @type {number[]} */
    const rows = [];
    /** @type {string[]} */
    const odd = [];
    const [dates, ends] = [DATES.test(name), ENDS.test(name)];
    let seen = 0;
    const numbers = Float64Array.from(list, (cell, row) => {
      const number =
        ends && typeof cell === "string" && cell
          ? (this.#nodeRows().get(cell) ?? cell)
          : numberOf(cell, dates);
      if (typeof number === "number") {
        seen += +(number === number);
        return number;
      }
      if (rows.length < MAX_TOLD)
        (rows.push(row), odd.push(number.slice(0, 100)));
      return NaN;
    });
    // A list of nothing else is another column.
    if (rows.length && !seen && !ends)
      fail("column-kind", `${name}[${rows[0]}]: ${odd[0]}`);
    this.#push(name, numbers, Uint32Array.from(rows), odd);
  }

  /** @param {string} name @param {List} list */
  #putNames(name, list) {
    // Codes without names: the engine says so.
    if (ArrayBuffer.isView(list)) return this.#putNumbers(name, list);
    if (/label$/.test(name)) return this.#push(name, null, null, list);
    const { codes, names } = dictionary(Array.from(list, textOf));
    this.#push(name, null, codes, names);
  }

  // A column, or a group of them.
  /** @param {string} name @param {Columns | null | undefined} column */
  put(name, column, depth = MAX_DEPTH) {
    if (!depth) fail("column-kind", name);
    if (column == null) return;
    if (typeof column !== "object" || column instanceof DataView)
      fail("column-kind", name);
    const held = this.#read(name, column);
    if (!held)
      return Object.entries(column).forEach(([key, part]) =>
        this.put(name ? `${name}.${key}` : key, part, depth - 1),
      );
    this.#limit(held.list ?? held.codes, "rows");
    if (NUMBERS.test(name)) this.#putNumbers(name, cellsOf(held));
    else if (held.codes)
      this.#push(name, null, codesOf(held.codes), held.names);
    // Numbers of Arrow that are names, such as years.
    else if (NAMES.test(name))
      this.#putNames(
        name,
        column.arrow
          ? Array.from(held.list, (cell) => (cell === cell ? cell : null))
          : held.list,
      );
    else if (
      typeof held.list.find((cell) => cell != null && cell !== "") === "string"
    )
      this.#putNames(name, held.list);
    else this.#putNumbers(name, held.list);
  }
}

/**
 * @param {Columns} columns
 * @param {number[]} limits of bytes, objects, values and rows
 * @returns {EngineColumn[]}
 */
export const readColumns = (columns, [, , , maxRows]) => {
  const reader = new ColumnReader(columns, maxRows);
  reader.put("", columns);
  return reader.out;
};
