// Files and views on their way into the wasm: the browser parses JSON, and what comes of it crosses as a tape of numbers and texts.
// src/data/value.rs says what a tape is and reads it.

import { circleIn } from './circle.js';
import { decode, readCsv } from './csv.js';

export const fail = (code, detail) => {
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
