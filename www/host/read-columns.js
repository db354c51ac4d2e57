// @ts-check
// Columns, as columns.js leaves them, on their way into the engine: name, numbers, codes, names,
// for `column` of src/web/.

/** @import { ArrowChunk, ArrowColumn, Columns, EngineColumn, ListCell } from './messages.d.ts' */
/**
 * An array of any kind, and what is asked of one.
 * @typedef {(test: (cell: any) => boolean) => any} Ask
 * @typedef {ArrayLike<any> & Iterable<any> & { some: Ask, find: Ask }} List
 * @typedef {{ list: List, codes?: undefined, names?: undefined }} Plain
 * @typedef {{ list?: undefined, codes: List, names: List }} Dictionary
 */

/** @param {string} code @param {string} [detail] @returns {never} */
const fail = (code, detail) => {
  throw Object.assign(Error(code), { code, detail });
};

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

// Those that are names; all others that are known are numbers.
const NAMES =
  /^(?:label|levels\.\d+|type|target|lane|nodes\.(?:label|layer|sublayer|country)|links\.type)$/;
const NUMBERS =
  /^(?:value|color|date|dateEnd|amount|amountUsd|valuation|links\.(?:from|to|amount))$/;
const DATES = /^date(?:End)?$/;
const ENDS = /^links\.(?:from|to)$/;
const NO_CODE = 2 ** 32 - 1;
const WRONG_CODE = NO_CODE - 1; // no dictionary is that long
const MOST_ODD = 1e4; // cells that are told
const DAY =
  /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/; // to the day, or a moment that needs no time zone

/** @param {unknown} one @returns {one is Date} */
const isDate = (one) => Object.prototype.toString.call(one) === "[object Date]";

// A code, where it can be one.
/** @param {unknown} code */
const codeOf = (code) => {
  const number = code == null ? NaN : Number(code);
  if (Number.isNaN(number) || number === -1) return NO_CODE;
  return Number.isInteger(number) && number >= 0 && number < WRONG_CODE
    ? number
    : WRONG_CODE;
};
/** @param {List} list */
const codesOf = (list) =>
  list instanceof Uint32Array ? list : Uint32Array.from(list, codeOf);

// A cell as a number; nothing where it says that there is none, and its text where it is something
// else.
/** @param {ListCell} cell @param {boolean} dates @returns {number | string} */
const numberOf = (cell, dates) => {
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
const textOf = (cell) =>
  cell == null
    ? ""
    : isDate(cell)
      ? Number.isNaN(+cell)
        ? ""
        : cell.toISOString()
      : String(cell);

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

/** @param {number} bits */
const HALF = (bits) => {
  const [sign, exponent, part] = [
    bits >> 15 ? -1 : 1,
    (bits >> 10) & 31,
    bits & 1023,
  ];
  return (
    sign *
    (exponent === 31
      ? part
        ? NaN
        : Infinity
      : exponent
        ? 2 ** (exponent - 15) * (1 + part / 1024)
        : 2 ** -14 * (part / 1024))
  );
};

// An Arrow vector: { list } of numbers or texts, null where there is nothing, or { codes, names }.
/**
 * @param {ArrowColumn} column
 * @param {string} where
 * @param {number} most
 * @returns {Plain | Dictionary}
 */
const fromArrow = (
  { typeId, bitWidth, unit, precision, scale, name, length, chunks },
  where,
  most,
) => {
  if (length > most) fail("too-large", `rows ${length} > ${most}`);
  // How older versions keep 64 bits.
  /** @typedef {any} Values what `ArrowChunk.values` is */
  /** @param {Values} values @param {number} i @returns {number} */
  const pair = (values, i) =>
    (values[2 * i] >>> 0) + values[2 * i + 1] * 2 ** 32;
  /** @param {Values} values @param {number} i @returns {number} */
  const whole = (values, i) =>
    typeof values[0] === "bigint" ||
    !(values.length >= 2 * length && length) ||
    bitWidth <= 32
      ? Number(values[i])
      : pair(values, i);
  /** @param {Values} values @param {number} i */
  const decimal = (values, i) => {
    const words = bitWidth / 32;
    let number = 0n;
    for (let at = words; at--;)
      number = (number << 32n) | BigInt(values[i * words + at] >>> 0);
    return Number(BigInt.asIntN(bitWidth, number)) / 10 ** scale;
  };
  const utf8 = new TextDecoder();
  /** @param {Values} values @param {number} i */
  const moment = (values, i) => {
    if (typeof values[i] === "bigint")
      return unit === 3
        ? Number(values[i] / 1000n) / 1000
        : Number(values[i]) / [1e-3, 1, 1e3][unit];
    return pair(values, i) / [1e-3, 1, 1e3, 1e6][unit];
  };
  /** @typedef {(chunk: ArrowChunk & { ends?: any }, i: number) => number | string | null} ReadCell */
  /** @type {Record<number, ReadCell>} */
  const read = {
    1: () => null,
    2: ({ values }, i) => Number(values[i]),
    3: ({ values }, i) => (precision === 0 ? HALF(values[i]) : values[i]),
    5: ({ values, ends }, i) =>
      utf8.decode(
        values.subarray(
          Number(ends[i] - ends[0]),
          Number(ends[i + 1] - ends[0]),
        ),
      ),
    7: ({ values }, i) => decimal(values, i),
    8: ({ values }, i) => (unit === 0 ? values[i] * 864e5 : whole(values, i)),
    10: ({ values }, i) => moment(values, i),
  };
  read[20] = read[5];
  /** @param {ArrowChunk} chunk @param {number} i */
  const here = ({ nulls, bit = 0 }, i) =>
    !nulls || (nulls[(bit + i) >> 3] >> ((bit + i) & 7)) & 1;
  if (typeId === -1) {
    // Chunks may have dictionaries of their own.
    const known = new Map();
    const codes = new Uint32Array(length);
    let row = 0;
    for (const chunk of chunks) {
      const own = chunk.dictionary
        ? Array.from(arrowList(chunk.dictionary.arrow, where, most), (text) =>
            text === null
              ? NO_CODE
              : (known.has(text) || known.set(text, known.size),
                known.get(text)),
          )
        : [];
      for (let i = 0; i < chunk.length; i++)
        codes[row++] = here(chunk, i)
          ? (own[Number(chunk.values[i])] ?? WRONG_CODE)
          : NO_CODE;
    }
    return { codes, names: [...known.keys()] };
  }
  const one = read[typeId];
  if (!one) fail("column-kind", `${where} (${name})`);
  const plain =
    typeId === 2 ||
    typeId === 3 ||
    typeId === 7 ||
    typeId === 8 ||
    typeId === 10;
  const list = plain ? new Float64Array(length) : Array(length);
  let row = 0;
  for (const chunk of chunks)
    for (let i = 0; i < chunk.length; i++)
      list[row++] = here(chunk, i) ? one(chunk, i) : plain ? NaN : null;
  return { list };
};

/** @param {ArrowColumn} column @param {string} where @param {number} most */
const arrowList = (column, where, most) =>
  /** @type {Plain} */ (fromArrow(column, where, most)).list;

/**
 * @param {Columns} columns
 * @param {number[]} limits of bytes, objects, values and rows
 * @returns {EngineColumn[]}
 */
export const readColumns = (columns, [, , , maxRows]) => {
  /** @type {EngineColumn[]} */
  const out = [];
  const count = (/** @type {List} */ list, /** @type {string} */ what) =>
    list.length > maxRows &&
    fail("too-large", `${what} ${list.length} > ${maxRows}`);
  /** @param {unknown} list @returns {list is List} */
  const isList = (list) =>
    Array.isArray(list) ||
    (ArrayBuffer.isView(list) && !(list instanceof DataView));
  const text = (/** @type {List} */ names) =>
    names.length
      ? Array.from(names, (name) => textOf(name).replaceAll("\0", "")).join(
          "\0",
        ) + "\0"
      : "";
  /**
   * @param {string} name
   * @param {Float64Array | null} [numbers]
   * @param {Uint32Array | null} [codes]
   * @param {List} [names]
   */
  const push = (name, numbers, codes, names) =>
    out.push([
      name,
      numbers ?? new Float64Array(),
      codes ?? new Uint32Array(),
      text(names ?? []),
    ]);

  // What a column holds: { list }, or { codes, names }; nothing where it is a group of columns.
  /** @param {string} name @param {Columns} column @returns {Plain | Dictionary | null} */
  const read = (name, column) => {
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
    count(names, "names");
    return { codes, names };
  };
  // The same row by row; codes without names are numbers.
  /** @param {Plain | Dictionary} held @returns {List} */
  const cells = ({ list, codes, names }) =>
    list ??
    (names.length ? Array.from(codes, (code) => names[code] ?? null) : codes);

  // The rows of those that have a name of their own.
  /** @type {Map<string, number | null> | undefined} */
  let known;
  const rowsByName = () => {
    if (known) return known;
    const rows = (known = new Map());
    const label =
      columns.nodes?.label && read("nodes.label", columns.nodes.label);
    if (label)
      Array.from(cells(label), textOf).forEach((name, row) =>
        rows.set(name, rows.has(name) ? null : row),
      );
    return rows;
  };

  // Numbers, and what stands in their place.
  /** @param {string} name @param {List} list */
  const plain = (name, list) => {
    if (ArrayBuffer.isView(list))
      return push(
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
          ? (rowsByName().get(cell) ?? cell)
          : numberOf(cell, dates);
      if (typeof number === "number") {
        seen += +(number === number);
        return number;
      }
      if (rows.length < MOST_ODD)
        (rows.push(row), odd.push(number.slice(0, 100)));
      return NaN;
    });
    // A list of nothing else is another column.
    if (rows.length && !seen && !ends)
      fail("column-kind", `${name}[${rows[0]}]: ${odd[0]}`);
    push(name, numbers, Uint32Array.from(rows), odd);
  };
  /** @param {string} name @param {List} list */
  const words = (name, list) => {
    // Codes without names: the engine says so.
    if (ArrayBuffer.isView(list)) return plain(name, list);
    if (/label$/.test(name)) return push(name, null, null, list);
    const { codes, names } = dictionary(Array.from(list, textOf));
    push(name, null, codes, names);
  };
  /** @param {string} name @param {Columns | null | undefined} column */
  const put = (name, column, depth = 3) => {
    if (!depth) fail("column-kind", name);
    if (column == null) return;
    if (typeof column !== "object" || column instanceof DataView)
      fail("column-kind", name);
    const held = read(name, column);
    if (!held)
      return Object.entries(column).forEach(([key, part]) =>
        put(name ? `${name}.${key}` : key, part, depth - 1),
      );
    count(held.list ?? held.codes, "rows");
    if (NUMBERS.test(name)) plain(name, cells(held));
    else if (held.codes) push(name, null, codesOf(held.codes), held.names);
    // Numbers of Arrow that are names, such as years.
    else if (NAMES.test(name))
      words(
        name,
        column.arrow
          ? Array.from(held.list, (cell) => (cell === cell ? cell : null))
          : held.list,
      );
    else
      typeof held.list.find((cell) => cell != null && cell !== "") === "string"
        ? words(name, held.list)
        : plain(name, held.list);
  };
  put("", columns);
  return out;
};
