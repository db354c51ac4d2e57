// Files and views on their way into the wasm: the browser parses JSON, and what comes of it crosses as a tape of numbers and texts.
// src/data/value.rs says what a tape is and reads it.

import { circleIn } from './circle.js';
import { decode, readCsv } from './csv.js';

const fail = (code, detail) => {
  throw Object.assign(Error(code), { code, detail });
};

// A number as people write it in a cell: 1,234.5, 92%, $5, 약 7. Commas stand before three digits, or they may be decimal ones.
const CELL = /^-?(?:0|[1-9]\d*(?:,\d{3})*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;
export const cellNumber = (text) => {
  let plain = text.trim();
  if (plain.length > 48) return NaN;
  plain = plain.replace(/^(?:[~≈]|약 )\s*/, '').replace(/\s*%+$/, '').replace(/^(?:US)?[$₩+]?/, '');
  return plain.length <= 40 && CELL.test(plain) ? Number(plain.replaceAll(',', '')) : NaN;
};

// Writes a value, as JSON.parse leaves it. `cells`: texts may be numbers as people write them.
export const tape = (value, cells, [, maxObjects, maxValues] = []) => {
  const numbers = [];
  const texts = [];
  const text = (words) => texts.push(words.replaceAll('\0', ''));
  const rest = [value]; // what is still to be written, the next one last
  let objects = 0;
  for (let values = 0; rest.length; values++) {
    if (values + rest.length > maxValues) fail('too-large', `values ${values + rest.length} > ${maxValues}`);
    const one = rest.pop();
    if (one == null) numbers.push(0);
    else if (typeof one === 'boolean') numbers.push(one ? 2 : 1);
    else if (typeof one === 'number') numbers.push(4, one), text(String(one));
    else if (typeof one === 'string') {
      const number = cells ? cellNumber(one) : NaN;
      Number.isNaN(number) ? numbers.push(3) : numbers.push(4, number);
      text(one);
    } else {
      const list = Array.isArray(one) ? one : Object.values(one);
      numbers.push(list === one ? 5 : 6, list.length);
      if (list !== one) {
        if (++objects > maxObjects) fail('too-large', `objects ${objects} > ${maxObjects}`);
        Object.keys(one).forEach(text);
      }
      for (let at = list.length; at--; ) rest.push(list[at]);
    }
  }
  return [numbers, texts.join('\0') + (texts.length ? '\0' : '')];
};

// Some writers put NaN and Infinity into JSON: quoted, they are one bad field of one row and not a bad file.
const quoteInfinities = (text) => {
  let inside = false;
  return text.replace(/\\.|"|[+-]?\b(?:nan|inf|infinity)\b/gis, (part) => {
    if (part === '"') inside = !inside;
    return inside || part === '"' || part[0] === '\\' ? part : `"${part}"`;
  });
};

// Why a text is no JSON, or nothing if it is; `at`: where it stops being JSON, if the browser says so.
const fault = (text) => {
  try {
    JSON.parse(text);
  } catch (error) {
    const { message } = error; // not taken apart above: minifiers go wrong there
    const place = /line (\d+) column (\d+)/.exec(message);
    const at = place ? text.split('\n', place[1] - 1).join('\n').length + (place[1] > 1) + +place[2] - 1 : +(/position (\d+)/.exec(message)?.[1] ?? NaN);
    return /end of|EOF|unterminated/i.test(message) ? { at: text.length } : { at };
  }
};

// line:column of the first fault. Where the browser does not say it, the longest beginning that only lacks its end is sought.
const place = (text) => {
  let { at } = fault(text);
  if (Number.isNaN(at)) {
    let [good, bad] = [0, text.length];
    while (good < bad) {
      const half = (good + bad + 1) >> 1;
      const front = fault(text.slice(0, half));
      if (!front || front.at >= half) good = half;
      else bad = half - 1;
    }
    at = good;
  }
  const lines = text.slice(0, at).split('\n');
  return `${lines.length}:${lines.at(-1).length + 1}`;
};

const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(quoteInfinities(text));
    } catch {
      fail('not-json', place(text));
    }
  }
};

const small = (size, [maxBytes]) => size > maxBytes && fail('too-large', `bytes ${size} > ${maxBytes}`);

// The bytes of a JSON file, which are counted before they become anything else.
export const readFile = (bytes, limits) => {
  small(bytes.byteLength, limits);
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    fail('not-text', '');
  }
  return parse(text);
};

// What a page sets as `.data`. JSON says what it means: dates become texts, functions nothing. told(size) hears how much it is before it is read.
export const readData = (data, limits, told) => {
  let text;
  try {
    text = JSON.stringify(data) ?? 'null';
  } catch {
    fail('circle', circleIn(data));
  }
  small(text.length, limits);
  told?.(text.length);
  return JSON.parse(text);
};

// The bytes of a CSV file.
export const readTable = (bytes, limits) => {
  small(bytes.byteLength, limits);
  return readCsv(decode(bytes));
};

// ---- columns, as columns.js leaves them, for src/web.rs `column`: name, numbers, codes, names

// Those that are names; all others that are known are numbers.
const NAMES = /^(?:label|levels\.\d+|type|target|lane|nodes\.(?:label|layer|sublayer|country)|links\.type)$/;
const NUMBERS = /^(?:value|color|date|dateEnd|amount|amountUsd|valuation|links\.(?:from|to|amount))$/;
const DATES = /^date(?:End)?$/;
const ENDS = /^links\.(?:from|to)$/;
const NO_CODE = 2 ** 32 - 1;
const WRONG_CODE = NO_CODE - 1; // no dictionary is that long
const MOST_ODD = 1e4; // cells that are told
const DAY = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/; // to the day, or a moment that needs no time zone

const isDate = (one) => Object.prototype.toString.call(one) === '[object Date]';

// A code, where it can be one.
const codeOf = (code) => {
  const number = code == null ? NaN : Number(code);
  if (Number.isNaN(number) || number === -1) return NO_CODE;
  return Number.isInteger(number) && number >= 0 && number < WRONG_CODE ? number : WRONG_CODE;
};
const codesOf = (list) => (list instanceof Uint32Array ? list : Uint32Array.from(list, codeOf));

// A cell as a number; nothing where it says that there is none, and its text where it is something else.
const numberOf = (cell, dates) => {
  if (cell == null || cell === '') return NaN;
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'bigint') return Number(cell);
  if (isDate(cell)) return cell.getTime();
  if (typeof cell !== 'string') return String(cell);
  const number = dates ? (DAY.test(cell.trim()) ? Date.parse(cell.trim()) : NaN) : cellNumber(cell);
  return Number.isNaN(number) ? cell : number;
};

const textOf = (cell) => (cell == null ? '' : isDate(cell) ? (Number.isNaN(+cell) ? '' : cell.toISOString()) : String(cell));

// Texts row by row as a dictionary.
const dictionary = (texts) => {
  const known = new Map();
  const codes = Uint32Array.from(texts, (text) => {
    if (text === '') return NO_CODE;
    if (!known.has(text)) known.set(text, known.size);
    return known.get(text);
  });
  return { codes, names: [...known.keys()] };
};

const HALF = (bits) => {
  const [sign, exponent, part] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  return sign * (exponent === 31 ? (part ? NaN : Infinity) : exponent ? 2 ** (exponent - 15) * (1 + part / 1024) : 2 ** -14 * (part / 1024));
};

// An Arrow vector: { list } of numbers or texts, null where there is nothing, or { codes, names }.
const fromArrow = ({ typeId, bitWidth, unit, precision, scale, name, length, chunks }, where, most) => {
  if (length > most) fail('too-large', `rows ${length} > ${most}`);
  const pair = (values, i) => (values[2 * i] >>> 0) + values[2 * i + 1] * 2 ** 32; // how older versions keep 64 bits
  const whole = (values, i) => (typeof values[0] === 'bigint' || !(values.length >= 2 * length && length) || bitWidth <= 32 ? Number(values[i]) : pair(values, i));
  const decimal = (values, i) => {
    const words = bitWidth / 32;
    let number = 0n;
    for (let at = words; at--; ) number = (number << 32n) | BigInt(values[i * words + at] >>> 0);
    return Number(BigInt.asIntN(bitWidth, number)) / 10 ** scale;
  };
  const utf8 = new TextDecoder();
  const moment = (values, i) => {
    if (typeof values[i] === 'bigint') return unit === 3 ? Number(values[i] / 1000n) / 1000 : Number(values[i]) / [1e-3, 1, 1e3][unit];
    return pair(values, i) / [1e-3, 1, 1e3, 1e6][unit];
  };
  const read = {
    1: () => null,
    2: ({ values }, i) => Number(values[i]),
    3: ({ values }, i) => (precision === 0 ? HALF(values[i]) : values[i]),
    5: ({ values, ends }, i) => utf8.decode(values.subarray(Number(ends[i] - ends[0]), Number(ends[i + 1] - ends[0]))),
    7: ({ values }, i) => decimal(values, i),
    8: ({ values }, i) => (unit === 0 ? values[i] * 864e5 : whole(values, i)),
    10: ({ values }, i) => moment(values, i),
  };
  read[20] = read[5];
  const here = ({ nulls, bit }, i) => !nulls || (nulls[(bit + i) >> 3] >> ((bit + i) & 7)) & 1;
  if (typeId === -1) {
    // Chunks may have dictionaries of their own.
    const known = new Map();
    const codes = new Uint32Array(length);
    let row = 0;
    for (const chunk of chunks) {
      const own = chunk.dictionary ? fromArrow(chunk.dictionary.arrow, where, most).list.map((text) => (text === null ? NO_CODE : (known.has(text) || known.set(text, known.size), known.get(text)))) : [];
      for (let i = 0; i < chunk.length; i++) codes[row++] = here(chunk, i) ? (own[Number(chunk.values[i])] ?? WRONG_CODE) : NO_CODE;
    }
    return { codes, names: [...known.keys()] };
  }
  const one = read[typeId];
  if (!one) fail('column-kind', `${where} (${name})`);
  const plain = typeId === 2 || typeId === 3 || typeId === 7 || typeId === 8 || typeId === 10;
  const list = plain ? new Float64Array(length) : Array(length);
  let row = 0;
  for (const chunk of chunks) for (let i = 0; i < chunk.length; i++) list[row++] = here(chunk, i) ? one(chunk, i) : plain ? NaN : null;
  return { list };
};

export const readColumns = (columns, [, , , maxRows]) => {
  const out = [];
  const count = (list, what) => list.length > maxRows && fail('too-large', `${what} ${list.length} > ${maxRows}`);
  const isList = (list) => Array.isArray(list) || (ArrayBuffer.isView(list) && !(list instanceof DataView));
  const text = (names) => (names.length ? Array.from(names, (name) => textOf(name).replaceAll('\0', '')).join('\0') + '\0' : '');
  const push = (name, numbers, codes, names) => out.push([name, numbers ?? new Float64Array(), codes ?? new Uint32Array(), text(names ?? [])]);

  // What a column holds: { list }, or { codes, names }; nothing where it is a group of columns.
  const read = (name, column) => {
    if (column.arrow) return fromArrow(column.arrow, name, maxRows);
    if (isList(column)) return ArrayBuffer.isView(column) || !column.some((one) => one && typeof one === 'object' && !isDate(one)) ? { list: column } : null;
    if (column.codes === undefined) return null;
    const [codes, names] = [column.codes, column.names ?? []].map((part) => (part?.arrow ? fromArrow(part.arrow, name, maxRows).list : part));
    if (!isList(codes)) fail('column-kind', name);
    count(names, 'names');
    return { codes, names };
  };
  // The same row by row; codes without names are numbers.
  const cells = ({ list, codes, names }) => list ?? (names.length ? Array.from(codes, (code) => names[code] ?? null) : codes);

  // The rows of those that have a name of their own.
  let known;
  const rowsByName = () => {
    if (known) return known;
    known = new Map();
    const label = columns.nodes?.label && read('nodes.label', columns.nodes.label);
    if (label) Array.from(cells(label), textOf).forEach((name, row) => known.set(name, known.has(name) ? null : row));
    return known;
  };

  // Numbers, and what stands in their place.
  const plain = (name, list) => {
    if (ArrayBuffer.isView(list)) return push(name, list instanceof Float64Array ? list : Float64Array.from(list, Number));
    const [rows, odd] = [[], []];
    const [dates, ends] = [DATES.test(name), ENDS.test(name)];
    let seen = 0;
    const numbers = Float64Array.from(list, (cell, row) => {
      const number = ends && typeof cell === 'string' && cell ? (rowsByName().get(cell) ?? cell) : numberOf(cell, dates);
      if (typeof number === 'number') {
        seen += number === number;
        return number;
      }
      if (rows.length < MOST_ODD) rows.push(row), odd.push(number.slice(0, 100));
      return NaN;
    });
    // A list of nothing else is another column.
    if (rows.length && !seen && !ends) fail('column-kind', `${name}[${rows[0]}]: ${odd[0]}`);
    push(name, numbers, Uint32Array.from(rows), odd);
  };
  const words = (name, list) => {
    if (ArrayBuffer.isView(list)) return plain(name, list); // codes without names: the engine says so
    if (/label$/.test(name)) return push(name, null, null, list);
    const { codes, names } = dictionary(Array.from(list, textOf));
    push(name, null, codes, names);
  };
  const put = (name, column, depth = 3) => {
    if (!depth) fail('column-kind', name);
    if (column == null) return;
    if (typeof column !== 'object' || column instanceof DataView) fail('column-kind', name);
    const held = read(name, column);
    if (!held) return Object.entries(column).forEach(([key, part]) => put(name ? `${name}.${key}` : key, part, depth - 1));
    count(held.list ?? held.codes, 'rows');
    if (NUMBERS.test(name)) plain(name, cells(held));
    else if (held.codes) push(name, null, codesOf(held.codes), held.names);
    // Numbers of Arrow that are names, such as years.
    else if (NAMES.test(name)) words(name, column.arrow ? Array.from(held.list, (cell) => (cell === cell ? cell : null)) : held.list);
    else typeof held.list.find((cell) => cell != null && cell !== '') === 'string' ? words(name, held.list) : plain(name, held.list);
  };
  put('', columns);
  return out;
};
