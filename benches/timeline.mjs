// The timeline's layouts beside their peers, one JSON line a measurement. uPlot needs a page:
// benches/page-timeline.mjs.
import { AccurateBeeswarm } from "accurate-beeswarm-plot";
import { beside, median, ours, random } from "./beside.mjs";
import { report, short } from "./report.mjs";

const frameOnly = process.argv.includes("frame");
const DODGED = frameOnly ? [] : short ? [1_000] : [1_000, 10_000, 100_000];
const COUNTED = frameOnly ? [] : short ? [10_000] : [1_000_000, 10_000_000];
const DRAWN = short ? 10_000 : 1_000_000;
const dodge = (n) => `dodge of ${n} points beside accurate-beeswarm-plot`;
const zoomed = (n) =>
  `zoom frame of ${n} events: 1200 columns × 12 lanes, count, sum, least, most, and the 60 largest of each lane`;
const bytesOf = (n) => `bytes an event, of ${n}`;
const filtered = (n) => `filter change: recount of all ${n} rows`;
const PARTS = `frame of ${DRAWN} events in parts: layout, message, pixels`;
const line = report([
  ...DODGED.map(dodge),
  ...COUNTED.flatMap((n) => [zoomed(n), bytesOf(n), filtered(n)]),
  PARTS,
]);
const took = (times, run) =>
  median(
    Array.from({ length: times }, (_, i) => {
      const start = performance.now();
      run(i);
      return performance.now() - start;
    }),
  );

// ---- dodge
for (const n of DODGED) {
  const next = random(7);
  const xs = Float64Array.from(
    { length: n },
    () => next() * 960 * (n / 10_000),
  );
  const radius = 2;
  const peer = () =>
    new AccurateBeeswarm(Array.from(xs), radius, (x) => x)
      .withTiesBrokenByArrayOrder()
      .oneSided()
      .calculateYPositions();
  const ys = ours.dodge(xs, radius);
  // No overlap and x exact: x is the input's, and boxes stand apart sideways or up and down.
  const order = Array.from(xs.keys()).sort((a, b) => xs[a] - xs[b]);
  let overlaps = 0;
  for (let i = 0; i < n; i++)
    for (
      let j = i + 1;
      j < n && xs[order[j]] - xs[order[i]] < 2 * radius - 1e-9;
      j++
    )
      overlaps += Math.abs(ys[order[j]] - ys[order[i]]) < 2 * radius - 1e-9;
  const height = ys.reduce((a, b) => Math.max(a, b), 0) + 2 * radius;
  const swarm = peer();
  const theirs = swarm.reduce((a, b) => Math.max(a, b.y), 0) + 2 * radius;
  const run = beside(
    [
      { name: "dodge", run: () => ours.dodge(xs, radius) },
      { name: "accurate-beeswarm-plot", run: peer },
    ],
    n > 50_000 ? 3 : 7,
  );
  const [{ ratio }] = run.peers;
  line(dodge(n), {
    measured: { n, height: height / theirs, ...run },
    overlaps,
    right: ys.length === n && swarm.length === n && overlaps === 0,
    goal: n < 100_000 ? undefined : "ratio ≥ 51, aim 100",
    ok: ratio >= 51,
  });
}

// ---- density
const DAY = 86_400_000;
const [FROM, TO] = [10_957 * DAY, 20_454 * DAY]; // 2000 to 2025
const columns = (n) => {
  const next = random(11);
  const [ms, amount, kind, target] = [
    new Float64Array(n),
    new Float64Array(n),
    new Uint32Array(n),
    new Uint32Array(n),
  ];
  for (let i = 0; i < n; i++) {
    // More of them every year, as there are.
    ms[i] = Math.round(FROM + Math.sqrt(next()) * (TO - FROM));
    amount[i] = next() < 0.1 ? NaN : Math.round(10 ** (4 + 5.3 * next()));
    kind[i] = (next() * 12) | 0;
    target[i] = (next() * 50_000) | 0;
  }
  return [ms, amount, kind, target];
};
// Zooms in at a place and out again, and pans.
const views = Array.from({ length: 120 }, (_, i) => {
  const part = 0.5 ** ((i % 60) / 5);
  const at = 0.3 + 0.6 * (i / 120);
  const width = (TO - FROM) * part;
  return [
    FROM + (TO - FROM - width) * at,
    FROM + (TO - FROM - width) * at + width,
  ];
});
const zoom = {};
for (const n of COUNTED) {
  const data = columns(n);
  const start = performance.now();
  const bytes = ours.load(...data);
  const load = performance.now() - start;
  const order = took(3, () => ours.order(data[0]));
  // The plainest loop over all rows, for two of the views.
  let [wrong, rows] = [0, 0];
  for (const [from, to] of [views[0], views[37]]) {
    const W = 1200;
    const want = new Float64Array(W * 12 * 4);
    for (let i = 0; i < want.length; i += 4)
      ((want[i + 2] = Infinity), (want[i + 3] = -Infinity));
    const bounds = Float64Array.from(
      { length: W + 1 },
      (_, i) => from + ((to - from) * i) / W,
    );
    const [ms, amount, kind] = data;
    for (let i = 0; i < n; i++) {
      if (!(ms[i] >= bounds[0] && ms[i] < bounds[W])) continue;
      let c = Math.min(W - 1, Math.floor(((ms[i] - from) / (to - from)) * W));
      while (c > 0 && ms[i] < bounds[c]) c--;
      while (c < W - 1 && ms[i] >= bounds[c + 1]) c++;
      const at = (c * 12 + kind[i]) * 4;
      want[at]++;
      rows++;
      const a = Math.fround(amount[i]);
      if (a >= 0)
        ((want[at + 1] += a),
          (want[at + 2] = Math.min(want[at + 2], a)),
          (want[at + 3] = Math.max(want[at + 3], a)));
    }
    const got = ours.frame(from, to, W);
    for (let i = 0; i < want.length; i++) wrong += got[i] !== want[i];
  }
  zoom[n] = took(views.length, (i) => ours.frame(...views[i], 1200));
  // The whole frames are beside each other in make bench-timeline-page.
  line(zoomed(n), {
    measured: {
      n,
      ms: zoom[n],
      load,
      order,
      rows,
      ratioToFirst: zoom[n] / zoom[COUNTED[0]],
    },
    wrong,
    right: wrong === 0,
  });
  line(bytesOf(n), { measured: { n, bytes }, goal: 16, ok: bytes <= 16 });
  const [, amount, kind] = data;
  const recount = took(7, (i) => ours.filter(i, i * 1e5));
  const want = amount.reduce(
    (s, a, i) => s + (kind[i] !== 3 && Math.fround(a) >= 3e5),
    0,
  );
  const got = ours.filter(3, 3e5);
  line(filtered(n), {
    measured: { n, ms: recount, got, want },
    right: got === want,
    goal: n > 1e6 ? undefined : "≤ 30 ms with the painting",
    ok: recount <= 30,
  });
}

// ---- the whole frame: layout, message, pixels
{
  const [ms, amount, kind, target] = columns(DRAWN);
  const names = (n, word) =>
    Array.from({ length: n }, (_, i) => `${word} ${i}\0`).join("");
  const start = performance.now();
  const rows = ours.widget(
    ms,
    amount,
    kind,
    names(12, "Type"),
    target,
    names(50_000, "Company"),
  );
  const load = performance.now() - start;
  const parts = [[], [], []];
  let [marks, said, painted] = [0, Infinity, Infinity];
  for (const [from, to] of views) {
    const at = performance.now();
    marks = Math.max(marks, ours.scene(from / DAY, to / DAY));
    const laid = performance.now();
    said = Math.min(said, ours.words());
    const told = performance.now();
    painted = Math.min(painted, ours.pixels());
    (parts[0].push(laid - at),
      parts[1].push(told - laid),
      parts[2].push(performance.now() - told));
  }
  const [layout, message, pixels] = parts.map(median);
  line(PARTS, {
    measured: {
      rows,
      load,
      layout,
      message,
      pixels,
      marks,
      bytes_said: said,
      bytes_painted: painted,
    },
    right: rows === DRAWN,
  });
}
