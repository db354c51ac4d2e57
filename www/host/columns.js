// @ts-check
// Columns as a page has them, on the page's side: typed arrays, lists, dictionaries, Arrow's
// vectors and tables (also DuckDB's), Arquero's tables. Told by what they have and not by their
// class, since each page brings a library of its own. Nothing is worked out here: `readColumns` in
// read-columns.js does that in the worker.
//
// A buffer goes to the worker without a copy where the page handed over an array that is all of it.
// Of a buffer that holds more, of Arrow's and of shared memory the part that is meant is copied:
// what the page did not hand over stays as it is.

/** @import { ArrowChunk, ArrowColumn, Columns, ListCell } from './messages.d.ts' */
/** @import { ColumnsInput } from './types.d.ts' */
/**
 * What a page hands over, of which nothing is known: it is told by what it has.
 * @typedef {any} Foreign
 * @typedef {Set<ArrayBufferLike>} Transfer
 */

/** @type {WeakSet<ArrayBufferLike>} */
const handed = new WeakSet(); // buffers that were given away

/** @param {string} code @param {string} detail @returns {never} */
const fail = (code, detail) => {
  throw Object.assign(Error(code), { code, detail });
};

/** @param {Foreign} one @returns {boolean} */
const isArrow = (one) =>
  typeof one.get === "function" &&
  Array.isArray(one.data) &&
  one.type &&
  one.data.every((/** @type {object} */ chunk) => "nullBitmap" in chunk);
/** @param {Foreign} one @returns {boolean} */
const isTable = (one) =>
  Array.isArray(one.schema?.fields) && typeof one.getChild === "function";
/** @param {Foreign} one @returns {boolean} */
const isArquero = (one) =>
  typeof one.columnNames === "function" && typeof one.array === "function";

// What read-columns.js needs of an Arrow vector: buffers of its own, cut to what the vector covers.
/**
 * @param {Foreign} vector
 * @param {string} name
 * @param {Transfer} transfer
 * @returns {{ arrow: ArrowColumn }}
 */
const arrow = (vector, name, transfer) => {
  /** @param {Foreign} view @param {number} from @param {number} to */
  const own = (view, from, to) => {
    let copy;
    try {
      copy = view.slice(from, to);
    } catch {
      fail("column-gone", name); // given away by somebody else
    }
    transfer.add(copy.buffer);
    return copy;
  };
  const { typeId, bitWidth, unit, precision, scale } = vector.type;
  const chunks = vector.data
    .filter((/** @type {Foreign} */ { length }) => length)
    .map((/** @type {Foreign} */ chunk) => {
      const {
        length,
        offset,
        nullCount,
        nullBitmap,
        values,
        valueOffsets,
        dictionary,
      } = chunk;
      for (const view of [values, valueOffsets, nullBitmap])
        if (view && gone(view)) fail("column-gone", name);
      /** @type {ArrowChunk} */
      const part = { length };
      if (nullCount > 0 && nullBitmap?.length)
        Object.assign(part, {
          bit: offset % 8,
          nulls: own(nullBitmap, offset >> 3, (offset + length + 7) >> 3),
        });
      if (valueOffsets?.length > length) {
        const [from, to] = [
          Number(valueOffsets[0]),
          Number(valueOffsets[length]),
        ];
        Object.assign(part, {
          ends: own(valueOffsets, 0, length + 1),
          values: own(values, from, to),
        });
      } else if (values) {
        // Some values are pairs or fours of numbers.
        const stride = typeId === 7 ? bitWidth / 32 : (vector.stride ?? 1);
        part.values = own(values, 0, length * stride);
      }
      if (dictionary) part.dictionary = arrow(dictionary, name, transfer);
      return part;
    });
  return {
    arrow: {
      typeId,
      bitWidth,
      unit,
      precision,
      scale,
      name: String(vector.type).slice(0, 40),
      length: vector.length,
      chunks,
    },
  };
};

// Whether the buffer of a view was given away before.
/** @param {ArrayBufferView & { length?: number }} view */
const gone = ({ buffer, length }) =>
  /** @type {{ detached?: boolean }} */ (buffer).detached ??
  (!length && handed.has(buffer));

// A cell of a list; what cannot be copied is a text.
/** @param {Foreign} one @returns {ListCell} */
const cell = (one) =>
  typeof one === "function" || typeof one === "symbol" ? String(one) : one;
/** @param {ListCell} one */
const isCell = (one) =>
  one === null ||
  typeof one !== "object" ||
  Object.prototype.toString.call(one) === "[object Date]";

/**
 * @param {Foreign} one
 * @param {string} name
 * @param {number} depth
 * @param {Transfer} transfer
 * @returns {Columns}
 */
const prepare = (one, name, depth, transfer) => {
  if (one == null) return one;
  if (typeof one !== "object" || one instanceof DataView || !depth)
    fail("column-kind", name);
  if (ArrayBuffer.isView(one)) {
    const { buffer } = one;
    if (gone(one)) fail("column-gone", name);
    const all =
      buffer instanceof ArrayBuffer &&
      one.byteLength === buffer.byteLength &&
      !(/** @type {{ resizable?: boolean }} */ (buffer).resizable);
    const own = all ? one : /** @type {Uint8Array} */ (one).slice();
    transfer.add(own.buffer);
    return /** @type {Columns} */ (own);
  }
  const under = (/** @type {string | number} */ key) =>
    name ? `${name}.${key}` : `${key}`;
  const each = (/** @type {[string, Foreign][]} */ entries) =>
    Object.fromEntries(
      entries.map(([key, part]) => [
        key,
        prepare(part, under(key), depth - 1, transfer),
      ]),
    );
  if (isArrow(one) && !one.type.children?.length)
    return arrow(one, name, transfer);
  if (isTable(one))
    return each(
      one.schema.fields.map((/** @type {Foreign} */ { name: key }) => [
        key,
        one.getChild(key),
      ]),
    );
  if (isArquero(one))
    return each(
      one
        .columnNames()
        .map((/** @type {string} */ key) => [key, one.array(key)]),
    );
  // Lists, also those that only behave like one; `at` is what columns of other libraries have.
  const list =
    Array.isArray(one) || typeof one[Symbol.iterator] === "function"
      ? Array.from(one, cell)
      : typeof one.at === "function" && one.length >= 0
        ? Array.from({ length: one.length }, (_, i) => cell(one.at(i)))
        : null;
  if (list)
    return list.every(isCell)
      ? list
      : list.map((part, i) => prepare(part, under(i), depth - 1, transfer));
  return each(Object.entries(one));
};

const SPARE = 8 << 20; // bytes of columns of which the page keeps a copy, for another engine

// What columns take, about: a cell of a list is a pointer and a number.
/** @param {Foreign} one @returns {number} */
const bytesOf = (one) => {
  if (one === null || typeof one !== "object") return 0;
  if (ArrayBuffer.isView(one)) return one.byteLength;
  const parts = Array.isArray(one) ? one : Object.values(one);
  return Array.isArray(one) &&
    !parts.some((part) => part && typeof part === "object")
    ? 16 * one.length
    : parts.reduce((sum, part) => sum + bytesOf(part), 0);
};

// Columns with the buffers that go to the engine along with them, and a copy of what is small.
/** @param {object} columns @returns {ColumnsInput & { transfer: Transferable[] }} */
export const withBuffers = (columns) => {
  /** @type {Transfer} */
  const transfer = new Set();
  const ready = prepare(columns, "", 4, transfer);
  const spare = bytesOf(ready) <= SPARE ? structuredClone(ready) : undefined;
  return {
    columns: ready,
    transfer: /** @type {ArrayBuffer[]} */ ([...transfer]),
    spare,
    format: "columns",
  };
};

// From now on these are gone.
/** @param {Transferable[]} transfer */
export const markTransferred = (transfer) =>
  /** @type {ArrayBuffer[]} */ (transfer).forEach((buffer) =>
    handed.add(buffer),
  );
