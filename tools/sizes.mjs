// Prints what readers download, as JSON: raw and brotli 11 bytes of every file; the sums of a page with one widget and with all three, by tier; what comes
// only with what a page or a reader asks for. It fails where a page with one widget or with all three is over its limit, in whatever tier, or weighs nothing.
import { readFileSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

import { languages } from './dist.mjs';

// Brotli, without data.
const LIMIT_ONE_WIDGET = 200_000;
const LIMIT_ALL = 290_000;
const WIDGETS = ['value-chain', 'market-share', 'funding-timeline'];
const ALWAYS = ['ai-atlas.js', 'engine.js', 'core.wasm'];
const TIERS = { canvas: [], webgl2: ['webgl2.js', 'webgl2.wasm'], webgpu: ['webgpu.js', 'webgpu.wasm'] };
const STATIC = ['ai-atlas.js', 'engine.js', 'still.js']; // no WebAssembly: the table is made without it
const FOREIGN = 'a language besides Korean and English';
const ON_DEMAND = {
  'export.js': 'a download',
  ...Object.fromEntries(WIDGETS.map((kind) => [`${kind}-columns.wasm`, '`setColumns`'])),
  ...Object.fromEntries(['language.js', ...Object.keys(languages()).map((language) => `lang/${language}.json`)].map((file) => [file, FOREIGN])),
};

// What is wrong with the sums of pages, in words; nothing where all is well.
export const faults = (pages) =>
  Object.entries(pages).flatMap(([name, tiers]) => {
    const limit = name === 'all three' ? LIMIT_ALL : LIMIT_ONE_WIDGET;
    return Object.entries(tiers).flatMap(([tier, bytes]) =>
      !(bytes > 0) ? [`${name}, ${tier}: nothing was measured`] : bytes > limit ? [`${name}, ${tier}: ${bytes} B, the limit is ${limit}`] : [],
    );
  });

export const measure = () => {
  const { folder } = JSON.parse(readFileSync(new URL('../dist/manifest.json', import.meta.url)));
  const weigh = (file) => {
    const bytes = readFileSync(new URL(file === 'ai-atlas.js' ? `../dist/${file}` : `../dist/${folder}/${file}`, import.meta.url));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    return { raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
  };
  const wasm = readdirSync(new URL(`../dist/${folder}`, import.meta.url)).filter((file) => file.endsWith('.wasm'));
  const names = new Set([...ALWAYS, ...STATIC, ...Object.values(TIERS).flat(), ...Object.keys(ON_DEMAND), ...wasm].sort());
  const files = Object.fromEntries([...names].map((file) => [file, weigh(file)]));
  const sum = (list) => list.reduce((sum, file) => sum + files[file].brotli, 0);
  const page = (kinds) => Object.fromEntries(Object.entries(TIERS).map(([tier, own]) => [tier, sum([...ALWAYS, ...kinds.map((kind) => kind + '.wasm'), ...own])]));
  const pages = { ...Object.fromEntries(WIDGETS.map((kind) => [kind, page([kind])])), 'all three': page(WIDGETS), static: { static: sum(STATIC) } };
  return { files, pages, onDemand: ON_DEMAND, everything: sum(Object.keys(files)), limits: { one: LIMIT_ONE_WIDGET, all: LIMIT_ALL }, faults: faults(pages) };
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const measured = measure();
  console.log(JSON.stringify(measured, null, 2));
  for (const fault of measured.faults) console.error('sizes: ' + fault);
  if (measured.faults.length) process.exitCode = 1;
}
