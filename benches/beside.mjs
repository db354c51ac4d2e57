// Runs contenders in turn, so that a busy machine slows all of them, and keeps the medians. A
// contender is { name, run }, run() does the work once.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
export const ours = require(process.env.BENCH_WASM);
// Another instance of the same wasm: its memory holds nothing yet.
export const fresh = () => {
  const path = require.resolve(process.env.BENCH_WASM);
  const kept = require.cache[path];
  delete require.cache[path];
  const made = require(path);
  require.cache[path] = kept;
  return made;
};

export const median = (list) =>
  list.toSorted((a, b) => a - b)[list.length >> 1];

// The first contender is ours; `times` says how often each runs after one run that does not count.
// Returns ms and ratios to the first. `warm` runs before each that counts: for work that fills the
// caches, where one contender would else pay for the other's litter.
export const beside = (contenders, times, warm = 0) => {
  const took = contenders.map(() => []);
  for (let round = -1; round < times; round++) {
    contenders.forEach(({ run }, i) => {
      globalThis.gc?.();
      for (let i = 0; i < warm; i++) run();
      const start = performance.now();
      run();
      if (round >= 0) took[i].push(performance.now() - start);
    });
  }
  const [first, ...others] = contenders.map(({ name }, i) => ({
    name,
    ms: median(took[i]),
  }));
  return {
    ...first,
    peers: others.map((o) => ({ ...o, ratio: o.ms / first.ms })),
  };
};

// Deterministic numbers in [0, 1): mulberry32.
export const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
