// Columns on their way to the engine: what pages and Arrow hand over becomes numbers, codes and
// names, and nothing hostile gets through.
import assert from "node:assert/strict";
import { test } from "node:test";

import { readColumns } from "../../www/host/read-columns.js";

const LIMITS = [0, 0, 0, 1000];
const read = (columns) =>
  readColumns(columns, LIMITS).map(([name, numbers, codes, names]) => [
    name,
    [...numbers],
    [...codes],
    names,
  ]);

test("typed arrays go through as they are, other widths become the two that the engine takes", () => {
  const value = new Float64Array([1, NaN]);
  const codes = new Uint32Array([0, 1]);
  const [first, second] = readColumns(
    { value, type: { codes, names: ["a", "b"] } },
    LIMITS,
  );
  assert.equal(first[1], value);
  assert.equal(second[2], codes);
  assert.deepEqual(
    read({
      date: new BigInt64Array([5n, 6n]),
      amount: new Float32Array([0.5]),
      lane: { codes: new Int8Array([1]), names: ["x", "y"] },
    }),
    [
      ["date", [5, 6], [], ""],
      ["amount", [0.5], [], ""],
      ["lane", [], [1], "x\0y\0"],
    ],
  );
});

test("groups, lists of levels and plain lists have their names", () => {
  const level = { codes: [0], names: ["g"] };
  assert.deepEqual(
    read({
      nodes: { label: ["a", "b"], layer: level },
      levels: [level, level],
      from: [0, 1],
    }),
    [
      ["nodes.label", [], [], "a\0b\0"],
      ["nodes.layer", [], [0], "g\0"],
      ["levels.0", [], [0], "g\0"],
      ["levels.1", [], [0], "g\0"],
      ["from", [0, 1], [], ""],
    ],
  );
});

test("names are texts without NUL", () => {
  assert.deepEqual(read({ label: ["a\0b", null, 3] }), [
    ["label", [], [], "ab\0\x003\0"],
  ]);
  assert.deepEqual(read({ label: [null, "a"] }), [["label", [], [], "\0a\0"]]);
});

test("too many rows are refused before memory is taken, and so is what is no column", () => {
  const code = (columns) => {
    try {
      readColumns(columns, LIMITS);
    } catch (error) {
      return error.code;
    }
  };
  assert.equal(code({ value: new Float64Array(1001) }), "too-large");
  assert.equal(
    code({ value: { codes: { length: 4e9 }, names: [] } }),
    "column-kind",
  );
  assert.equal(
    code({ value: { codes: [0], names: { length: 4e9 } } }),
    "too-large",
  );
  assert.equal(
    code({ value: new DataView(new ArrayBuffer(8)) }),
    "column-kind",
  );
  const circle = {};
  circle.circle = circle;
  assert.equal(code({ circle }), "column-kind");
  assert.equal(code({ value: new Float64Array(1000) }), undefined);
});
