// What readers download does not grow unnoticed. This is a ratchet, not the budget: `make sizes` holds the sum against the budget.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { measure } from '../../tools/sizes.mjs';
import { shipped } from './harness.mjs';

const MOST = 194_000; // brotli 11, for either compiler that tools/setup.sh may find; lower it when the sum falls; raise it only with a feature that is worth its bytes, and say so

test('readers download no more than they did', () => {
  const { files, sum } = measure();
  console.log(`# ${sum.brotli} B brotli: ${files.map((f) => `${f.file} ${f.brotli}`).join(', ')}`);
  assert.ok(files.length > 3 && files.every((f) => f.brotli > 500), 'a file is missing or empty');
  assert.ok(sum.brotli <= MOST, `${sum.brotli} B brotli, more than ${MOST}`);
});

test('kernels that no widget calls are in no file that readers download', () => {
  const wasm = readFileSync(shipped('ai_atlas_bg.wasm'), 'latin1');
  assert.ok(wasm.includes('fn tween(@builtin'), 'the kernels that are called were looked for in the wrong way');
  for (const pass of ['spans', 'relax', 'sum']) assert.ok(!wasm.includes(`fn ${pass}(@builtin`), pass);
});
