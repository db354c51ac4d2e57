// What readers download does not grow unnoticed. This is a ratchet, not the budget: `make sizes` holds the sum against the budget.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { measure } from '../../tools/sizes.mjs';

const MOST = 174_200; // brotli 11, for either compiler that tools/setup.sh may find; lower it when the sum falls; raise it only with a feature that is worth its bytes, and say so

test('readers download no more than they did', () => {
  const { files, sum } = measure();
  console.log(`# ${sum.brotli} B brotli: ${files.map((f) => `${f.file} ${f.brotli}`).join(', ')}`);
  assert.ok(files.length > 3 && files.every((f) => f.brotli > 500), 'a file is missing or empty');
  assert.ok(sum.brotli <= MOST, `${sum.brotli} B brotli, more than ${MOST}`);
});
