import { hierarchy, treemap } from "d3-hierarchy";
import { beside, fresh, ours, random } from "./beside.mjs";
import { report, short } from "./report.mjs";

const MANY = short ? [10_000, 100] : [1_000_000, 1_000];
const GROUPED = short
  ? [[1_000, 10]]
  : [
      [10_000, 100],
      [100_000, 100, 28, 50],
      [1_000_000, 1_000, 39, 80],
    ];
const FLAT = short ? [1_000] : [10_000, 100_000];
const MEMORY =
  "memory at most, bytes a leaf: the widget with value, group and label of each, drawn";
const PICK = "pick among all tiles, µs";
const grouped = (n) =>
  `columns grouped, summed, sorted, laid out, all of ${n} leaves, beside d3-hierarchy`;
const flat = (n) => `${n} leaves, flat, beside d3-hierarchy`;
const line = report([
  MEMORY,
  PICK,
  ...GROUPED.map(([n]) => grouped(n)),
  ...FLAT.map(flat),
]);
const make = (n, groups) => {
  const next = random(7);
  const values = Float64Array.from({ length: n }, () => next() ** 4 + 1e-6);
  const codes = Uint32Array.from({ length: n }, (_, i) =>
    Math.floor((i * groups) / n),
  );
  return { values, codes };
};
// The peer's own form of the same columns.
const nest = (values, codes, groups) => {
  const children = Array.from({ length: groups }, () => ({ children: [] }));
  values.forEach((value, i) => children[codes[i]].children.push({ value }));
  return { children };
};
const d3 = (data) =>
  treemap().size([960, 540])(
    hierarchy(data)
      .sum((d) => d.value)
      .sort((a, b) => b.value - a.value),
  );

// In an instance of its own: what the leaves take of the wasm's memory, columns that came in and a
// picture of them included.
{
  const [n, groups] = MANY;
  const alone = fresh();
  const { values, codes } = make(n, groups);
  const labels = Uint32Array.from(codes, (_, i) => i % 1000);
  const before = alone.taken();
  const kept = new alone.Kept(values, codes, groups, labels);
  const marks = kept.draw();
  const bytes = (alone.taken() - before) / n;
  line(MEMORY, { measured: { n, marks, bytes }, goal: 32, ok: bytes <= 32 });
  kept.free();
}

// All tiles of as many leaves: how long a pick in them takes.
{
  const [n, groups] = MANY;
  const { values, codes } = make(n, groups);
  const kept = new ours.Treemap(values, codes, groups, 960, 540);
  const next = random(3);
  const points = Array.from({ length: 20_000 }, () => [
    next() * 960,
    next() * 540,
  ]);
  const start = performance.now();
  let found = 0;
  for (const [x, y] of points) found += kept.pick(x, y) < n;
  const us = ((performance.now() - start) * 1000) / points.length;
  line(PICK, {
    measured: { n, us, found: found / points.length },
    right: found > points.length * 0.99,
    goal: 20,
    ok: us <= 20,
  });
  kept.free();
}

for (const [n, groups, goal, aim] of GROUPED) {
  const { values, codes } = make(n, groups);
  const times = short ? 3 : n < 1e6 ? 25 : 7;
  // Ours first, before the peer's objects exist: their litter is swept by other threads while the
  // next contender runs, and fills the caches.
  const { ms } = beside(
    [{ run: () => new ours.Treemap(values, codes, groups, 960, 540).free() }],
    times,
  );
  const tree = new ours.Treemap(values, codes, groups, 960, 540);
  const rects = tree.rects();
  tree.free();
  const data = nest(values, codes, groups);
  const peers = [
    {
      name: "d3-hierarchy, from the same columns",
      run: () => d3(nest(values, codes, groups)),
    },
    {
      name: "d3-hierarchy, with its objects made before the clock starts",
      run: () => d3(data),
    },
  ].map((peer) => ({ name: peer.name, ms: beside([peer], times).ms }));
  for (const peer of peers) peer.ratio = peer.ms / ms;
  let [off, at, compared] = [0, 0, 0];
  // Leaves of the peer in the order of the input: its own `leaves` are sorted.
  const index = new Map();
  for (const group of data.children)
    for (const leaf of group.children) index.set(leaf, at++);
  for (const { data: leaf, x0, y0, x1, y1 } of d3(data).leaves()) {
    const i = index.get(leaf) * 4;
    compared++;
    off = Math.max(
      off,
      Math.abs(rects[i] - x0),
      Math.abs(rects[i + 1] - y0),
      Math.abs(rects[i + 2] - x1),
      Math.abs(rects[i + 3] - y1),
    );
  }
  line(grouped(n), {
    measured: { n, groups, ms, peers, ns_a_leaf: (ms * 1e6) / n },
    off_px: off,
    right: compared === n && off <= 0.01,
    aim,
    goal,
    ok: peers[1].ratio >= goal,
  });
}

for (const n of FLAT) {
  const { values } = make(n, 1);
  const data = { children: Array.from(values, (value) => ({ value })) };
  line(flat(n), {
    measured: {
      n,
      ...beside(
        [
          { name: "flat", run: () => ours.flat(values, 960, 540) },
          { name: "d3-hierarchy", run: () => d3(data) },
        ],
        5,
      ),
    },
  });
}
