// This revision's layouts, frames and first pictures beside another's, as tools/bench-against.sh
// has built them: one JSON line each, a summary at the end. Usage: BENCH_BASE=FOLDER
// BENCH_HERE=FOLDER node --expose-gc benches/against.mjs DIST_OF_THE_OTHER [--short]
import { createRequire } from "node:module";
import { join } from "node:path";

import { firstPictures } from "./first-picture.mjs";

const WORST = 1.15;
const short = process.argv.includes("--short");
const require = createRequire(import.meta.url);
const sides = { here: process.env.BENCH_HERE, base: process.env.BENCH_BASE };
const load = (name) =>
  Object.fromEntries(
    Object.entries(sides).map(([side, folder]) => [
      side,
      require(join(folder, name, "bench.js")),
    ]),
  );
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
// Processor time, not time that went by: what else the machine does counts for nobody. The least of
// all rounds has had the fewest other things in its caches.
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const ratios = [];
const say = (what, times, of) => {
  const [here_ms, base_ms] = ["here", "base"].map((side) => of(times[side]));
  const ratio = here_ms / base_ms;
  if (!(ratio > 0)) throw Error(`${what}: nothing was measured`);
  ratios.push({ what, ratio });
  console.log(
    JSON.stringify({
      what,
      here_ms,
      base_ms,
      ratio: Math.round(ratio * 1000) / 1000,
      ok: ratio <= WORST,
    }),
  );
};

// Deterministic numbers in [0, 1): mulberry32.
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};

// Runs the same on both in turn; which comes first alternates. The first round does not count.
const compare = (what, both, run, times) => {
  const took = { here: [], base: [] };
  for (let round = -1; round < (short ? 5 : times); round++) {
    for (const side of round & 1 ? ["here", "base"] : ["base", "here"]) {
      globalThis.gc?.();
      const start = cpuMs();
      run(both[side]);
      if (round >= 0) took[side].push(cpuMs() - start);
    }
  }
  say(what, took, (list) => Math.min(...list));
};

// ---- treemap
{
  const both = load("treemap");
  for (const [n, groups, times] of [
    [10_000, 100, 61],
    [100_000, 100, 31],
    ...(short ? [] : [[1_000_000, 1_000, 11]]),
  ]) {
    const next = random(7);
    const values = Float64Array.from({ length: n }, () => next() ** 4 + 1e-6);
    const codes = Uint32Array.from({ length: n }, (_, i) =>
      Math.floor((i * groups) / n),
    );
    const labels = Uint32Array.from(codes, (_, i) => i % 1000);
    compare(
      `treemap: ${n} leaves grouped, summed, sorted, laid out`,
      both,
      (ours) => new ours.Treemap(values, codes, groups, 960, 540).free(),
      times,
    );
    compare(
      `treemap: widget with ${n} leaves, columns and picture`,
      both,
      (ours) => {
        const kept = new ours.Kept(values, codes, groups, labels);
        kept.draw();
        kept.free();
      },
      times,
    );
    const kept = {
      here: new both.here.Kept(values, codes, groups, labels),
      base: new both.base.Kept(values, codes, groups, labels),
    };
    compare(
      `treemap: picture of ${n} leaves`,
      kept,
      (widget) => widget.draw(),
      times,
    );
    for (const widget of Object.values(kept)) widget.free();
    if (n < 1e6)
      compare(
        `treemap: ${n} values flat`,
        both,
        (ours) => ours.flat(values, 960, 540),
        times,
      );
  }
}

// ---- chain
{
  const both = load("chain");
  const LAYERS = 8;
  const chain = (nodes) => {
    const next = random(11);
    const layer = Uint32Array.from({ length: nodes }, (_, i) =>
      Math.floor((i * LAYERS) / nodes),
    );
    const links = Math.round(nodes * 2.6);
    const [from, to, weight] = [
      new Uint32Array(links),
      new Uint32Array(links),
      new Float32Array(links),
    ];
    for (let i = 0; i < links; i++) {
      from[i] = Math.floor(next() * nodes * (1 - 1 / LAYERS));
      const first = Math.ceil(((layer[from[i]] + 1) * nodes) / LAYERS);
      to[i] = first + Math.floor(next() * (nodes - first));
      weight[i] = 1 + 99 * next() ** 4;
    }
    return { layer, from, to, weight };
  };
  for (const [n, times] of [
    [1_000, 61],
    [10_000, 31],
    ...(short ? [] : [[100_000, 7]]),
  ]) {
    const { layer, from, to, weight } = chain(n);
    compare(
      `chain: flows, ${n} nodes`,
      both,
      (ours) => ours.flow(layer, from, to, weight, n / 2, 2),
      times,
    );
  }
  for (const [n, times] of [[500, 41], ...(short ? [] : [[2_000, 15]])]) {
    const { layer, from, to } = chain(n);
    compare(
      `chain: layers with few crossings, ${n} nodes`,
      both,
      (ours) => ours.layers(layer, from, to),
      times,
    );
  }
  const n = short ? 10_000 : 100_000;
  const { layer, from, to, weight } = chain(n);
  const next = random(5);
  const sublayer = layer.map((_, i) => Math.floor((i * 40) / n));
  const country = layer.map(() => Math.floor(next() * next() * 20));
  const large = Object.fromEntries(
    Object.entries(both).map(([side, ours]) => [
      side,
      new ours.Large(
        layer,
        sublayer,
        country,
        from,
        to,
        Float64Array.from(weight),
      ),
    ]),
  );
  compare(
    `chain: picture of ${n} nodes`,
    large,
    (widget) => widget.picture(0xffffffff),
    11,
  );
  compare(`chain: hover, ${n} nodes`, large, (widget) => widget.picture(3), 11);
  compare(
    `chain: 40,000 picks, ${n} nodes`,
    large,
    (widget) => widget.picks(200),
    11,
  );
}

// ---- timeline
{
  const both = load("timeline");
  const DAY = 86_400_000;
  const [FROM, TO] = [10_957 * DAY, 20_454 * DAY];
  const columns = (n) => {
    const next = random(11);
    const [ms, amount, kind, target] = [
      new Float64Array(n),
      new Float64Array(n),
      new Uint32Array(n),
      new Uint32Array(n),
    ];
    for (let i = 0; i < n; i++) {
      ms[i] = Math.round(FROM + Math.sqrt(next()) * (TO - FROM));
      amount[i] = next() < 0.1 ? NaN : Math.round(10 ** (4 + 5.3 * next()));
      kind[i] = (next() * 12) | 0;
      target[i] = (next() * 50_000) | 0;
    }
    return [ms, amount, kind, target];
  };
  const views = Array.from({ length: 24 }, (_, i) => {
    const part = 0.5 ** ((i % 12) / 1.2);
    const width = (TO - FROM) * part;
    const at = FROM + (TO - FROM - width) * (0.3 + 0.6 * (i / 24));
    return [at, at + width];
  });
  for (const [n, times] of [[10_000, 31], ...(short ? [] : [[100_000, 15]])]) {
    const next = random(7);
    const xs = Float64Array.from(
      { length: n },
      () => next() * 960 * (n / 10_000),
    );
    compare(
      `timeline: dodge of ${n}`,
      both,
      (ours) => ours.dodge(xs, 2),
      times,
    );
  }
  for (const [n, times] of [
    [100_000, 21],
    [1_000_000, 9],
    ...(short ? [] : [[10_000_000, 5]]),
  ]) {
    const data = columns(n);
    compare(
      `timeline: order of ${n} dates`,
      both,
      (ours) => ours.order(data[0]),
      times,
    );
    compare(
      `timeline: load of ${n}`,
      both,
      (ours) => ours.load(...data),
      times,
    );
    compare(
      `timeline: 24 zoom frames of ${n}`,
      both,
      (ours) => views.forEach((view) => ours.frame(...view, 1200)),
      times,
    );
    compare(
      `timeline: recount of ${n}`,
      both,
      (ours) => ours.filter(3, 3e5),
      times,
    );
  }
  const [ms, amount, kind, target] = columns(short ? 100_000 : 1_000_000);
  const names = (n, word) =>
    Array.from({ length: n }, (_, i) => `${word} ${i}\0`).join("");
  for (const ours of Object.values(both))
    ours.widget(
      ms,
      amount,
      kind,
      names(12, "Type"),
      target,
      names(50_000, "Company"),
    );
  compare(
    "timeline: widget, 24 layouts",
    both,
    (ours) => views.forEach(([from, to]) => ours.scene(from / DAY, to / DAY)),
    11,
  );
  compare(
    "timeline: 24 pictures by the raster",
    both,
    (ours) => views.forEach(() => ours.pixels()),
    11,
  );
}

// ---- pages
for (const { what, ...times } of await firstPictures(
  { here: "dist", base: process.argv[2] },
  short ? 2 : 9,
))
  say(what, times, median);

const worst = ratios.toSorted((a, b) => b.ratio - a.ratio);
console.log(
  JSON.stringify({
    what: "all",
    measured: ratios.length,
    worst: worst.slice(0, 5),
    goal: WORST,
    ok: worst[0].ratio <= WORST,
  }),
);
if (!short && worst[0].ratio > WORST) process.exitCode = 1;
