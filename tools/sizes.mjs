// Prints what a reader downloads for all three widgets, as JSON: raw and brotli 11 bytes of every file, their sum, the budget. A sum over the budget fails.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

import { languages } from './dist.mjs';

const BUDGET = 80_000; // brotli, without data
const AIM = 64_000;
const FILES = ['ai-atlas.js', 'engine.js', 'ai_atlas_bg.wasm', 'still.js'];
const ON_DEMAND = ['export.js', 'language.js', ...Object.keys(languages()).map((language) => `lang/${language}.json`)]; // fetched when a reader downloads a file, or reads a language besides Korean and English; in no sum

export const measure = () => {
  const { folder } = JSON.parse(readFileSync(new URL('../dist/manifest.json', import.meta.url)));
  const weigh = (file) => {
    const bytes = readFileSync(new URL(file === 'ai-atlas.js' ? `../dist/${file}` : `../dist/${folder}/${file}`, import.meta.url));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return { file, raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
  };
  const files = FILES.map(weigh);
  const sum = files.reduce((s, f) => ({ raw: s.raw + f.raw, brotli: s.brotli + f.brotli }), { raw: 0, brotli: 0 });
  return { files, onDemand: ON_DEMAND.map(weigh), sum, budget: BUDGET, aim: AIM, ok: sum.brotli <= BUDGET };
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const measured = measure();
  console.log(JSON.stringify(measured, null, 2));
  if (!measured.ok) process.exitCode = 1;
}
