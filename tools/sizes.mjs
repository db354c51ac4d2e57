// Prints what a reader downloads for all three widgets, as JSON: raw and brotli 11 bytes of every file, their sum, the budget. A sum over the budget fails.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const BUDGET = 80_000; // brotli, without data; the aim is 64,000
const files = ['ai-atlas.js', 'engine.js', 'ai_atlas_bg.wasm', 'still.js'].map((file) => {
  const bytes = readFileSync(new URL(`../dist/${file}`, import.meta.url));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { file, raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
});
const sum = files.reduce((s, f) => ({ raw: s.raw + f.raw, brotli: s.brotli + f.brotli }), { raw: 0, brotli: 0 });
console.log(JSON.stringify({ files, sum, budget: BUDGET, aim: 64_000, ok: sum.brotli <= BUDGET }, null, 2));
if (sum.brotli > BUDGET) process.exitCode = 1;
