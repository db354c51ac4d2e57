// The entry of the npm package. Bundlers take a file along where its address is written out like this; what stands in them is left as it is, so that
// the engine still takes the wasm that it was built with.
import { define } from './host/element.js';
import { places } from './host/places.js';

const DATA = {
  'value-chain': new URL('./data/value-chain.json', import.meta.url).href,
  'market-share': new URL('./data/market-share.json', import.meta.url).href,
  'funding-timeline': new URL('./data/funding-timeline.json', import.meta.url).href,
};
places.engine = new URL('./engine.js', import.meta.url).href;
places.still = new URL('./still.js', import.meta.url).href;
places.language = new URL('./language.js', import.meta.url).href;
places.export = new URL('./export.js', import.meta.url).href;
places.files = {
  'core.wasm': new URL('./core.wasm', import.meta.url).href,
  'value-chain.wasm': new URL('./value-chain.wasm', import.meta.url).href,
  'value-chain-columns.wasm': new URL('./value-chain-columns.wasm', import.meta.url).href,
  'market-share.wasm': new URL('./market-share.wasm', import.meta.url).href,
  'market-share-columns.wasm': new URL('./market-share-columns.wasm', import.meta.url).href,
  'funding-timeline.wasm': new URL('./funding-timeline.wasm', import.meta.url).href,
  'funding-timeline-columns.wasm': new URL('./funding-timeline-columns.wasm', import.meta.url).href,
  'webgpu.wasm': new URL('./webgpu.wasm', import.meta.url).href,
  'webgpu.js': new URL('./webgpu.js', import.meta.url).href,
  'webgl2.wasm': new URL('./webgl2.wasm', import.meta.url).href,
  'webgl2.js': new URL('./webgl2.js', import.meta.url).href,
};
places.data = (kind) => DATA[kind];
// tools/npm.mjs writes the languages that there are here, in the same way.
const WORDS = {};
places.words = (language) => WORDS[language];
places.languages = LANGUAGES;
places.integrity = INTEGRITY;

for (const kind of Object.keys(DATA)) define(kind);
