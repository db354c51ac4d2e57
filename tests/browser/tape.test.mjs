// What the host makes of a file before it crosses into the wasm. Needs no browser.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cellNumber, readData, readFile, readTable, tape } from '../../www/host/tape.js';

const LIMITS = [1e6, 100, 1000];
const read = (text) => readFile(new TextEncoder().encode(text), LIMITS);
const refused = (run) => {
  try {
    run();
  } catch ({ code, detail }) {
    return [code, detail];
  }
};

test('a cell reads as a number where people mean one', () => {
  const cells = Object.entries(JSON.parse(readFileSync(new URL('../fixtures/cells.json', import.meta.url))));
  assert.ok(cells.length > 30);
  for (const [text, number] of cells) assert.equal(cellNumber(text), number ?? NaN, JSON.stringify(text));
});

test('a value is written mark by mark, an object with its keys first', () => {
  assert.deepEqual(tape({ a: [null, true, false, 7.5], 'b\0': 'x\0y', c: undefined }), [[6, 3, 5, 4, 0, 2, 1, 4, 7.5, 3, 0], 'a\0b\0c\x007.5\0xy\0']);
  assert.deepEqual(tape({ rows: [['92%', 'x', '2024']] }, true), [[6, 1, 5, 1, 5, 3, 4, 92, 3, 4, 2024], 'rows\x0092%\0x\x002024\0']);
  assert.deepEqual(tape([]), [[5, 0], '']);
  assert.deepEqual(tape(JSON.parse('{"__proto__":1}')), [[6, 1, 4, 1], '__proto__\x001\0']);
});

test('too much is refused', () => {
  assert.deepEqual(refused(() => readFile(new Uint8Array(1e6 + 1), LIMITS)), ['too-large', 'bytes 1000001 > 1000000']);
  assert.deepEqual(refused(() => readData('x'.repeat(1e6), LIMITS)), ['too-large', 'bytes 1000002 > 1000000']);
  assert.deepEqual(refused(() => tape(Array(101).fill({}), false, LIMITS)), ['too-large', 'objects 101 > 100']);
  assert.equal(refused(() => tape(Array(2000).fill(0), false, LIMITS))[0], 'too-large');
  assert.equal(tape(Array(999).fill(0), false, LIMITS)[0].length, 2000);
});

test('numbers that are none cost a field and not the file', () => {
  assert.deepEqual(read('\uFEFF{"a":NaN,"b":[-Infinity,1e999],"c":"say \\"NaN, inf\\""}'), { a: 'NaN', b: ['-Infinity', Infinity], c: 'say "NaN, inf"' });
});

test('a file that is no JSON says where', () => {
  assert.deepEqual(refused(() => read('')), ['not-json', '1:1']);
  assert.deepEqual(refused(() => read('{"kind":\n  oops}')), ['not-json', '2:3']);
  assert.deepEqual(refused(() => read('<!doctype html>')), ['not-json', '1:1']);
  assert.deepEqual(refused(() => read('{"a":1,\n\n"b" 2}')), ['not-json', '3:5']);
  assert.deepEqual(refused(() => read('[1,\n2')), ['not-json', '2:2']);
  assert.deepEqual(refused(() => read('[1,]')), ['not-json', '1:4']);
  assert.deepEqual(refused(() => read(`[${'"a",\n'.repeat(5000)}oops]`)), ['not-json', '5001:1']);
  assert.equal(refused(() => read('['.repeat(100_000)))[0], 'not-json');
  assert.equal(refused(() => readFile(new Uint8Array([34, 255, 34]), LIMITS))[0], 'not-text');
  assert.deepEqual(refused(() => readTable(new TextEncoder().encode('a,b\n1,"2'), LIMITS)), ['bad-table', 'line 2']);
  const circle = {};
  circle.circle = circle;
  assert.deepEqual(refused(() => readData({ items: [{ label: 'a', up: circle }] }, LIMITS)), ['circle', 'items[0].up.circle']);
});

test('a page may set anything that JSON can say', () => {
  assert.deepEqual(readData({ date: new Date(0), none: undefined, list: [() => 1] }, LIMITS), { date: '1970-01-01T00:00:00.000Z', list: [null] });
});
