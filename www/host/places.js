// Addresses of the other files of this version. The entry fills them in, for only it knows how it was delivered: { engine, still, export, language, data(kind),
// languages: tags of those besides Korean and English, words(language), integrity: of the wasm's parts } and, where the engine's own files do not lie beside it,
// { files } by name. The engine is told engine, files and integrity.
import { refused } from './missing.js';

export const places = {};

export const placeOf = (file) => places.files?.[file] ?? new URL(file, places.engine).href;

const SLOW_MS = 3e4;

// A part of the wasm as it was built with this entry: another version's, or one that was changed on the way, is refused.
export const fetchPart = async (name) => {
  const answer = await fetch(placeOf(name + '.wasm'), {
    referrerPolicy: 'no-referrer',
    integrity: places.integrity[name],
    signal: AbortSignal.timeout?.(SLOW_MS),
  });
  if (!answer.ok) throw Error(refused(answer.url || placeOf(name + '.wasm'), answer.status));
  return answer;
};
