// The chain's layouts beside d3-sankey, dagre and elkjs. `--quick` leaves out what takes minutes,
// `--only=sankey` or `--only=layered` the other half. `BENCH=short`: benches/report.mjs.
//
// Synthetic chains: `chain(nodes, layers, perNode, near)` is deterministic (mulberry32, seed 11).
// Node i stands in layer floor(i · layers / nodes). Each of perNode · nodes links starts at a
// random node that is not in the last layer and ends in a random node of the next layer with chance
// `near`, else of any later layer; amounts are 1 + 99 · r⁴. Every node but those of the first layer
// gets at least one link from the layer before, so that a layering by the links alone finds the
// same layers.
import { readFileSync } from "node:fs";

import dagre from "@dagrejs/dagre";
import { sankey } from "d3-sankey";
import ELK from "elkjs/lib/elk.bundled.js";
import { beside, fresh, median, ours, random } from "./beside.mjs";
import { report, short } from "./report.mjs";

const quick = process.argv.includes("--quick");
const only = process.argv.find((word) => word.startsWith("--only="))?.slice(7);
const LAYERS = 8;
const FLOWS = short ? [1000] : quick ? [1000, 10_000] : [1000, 10_000, 100_000];
const LAYERED = short
  ? [
      ["dagre", 100],
      ["elkjs", 100],
    ]
  : [
      ["dagre", 200],
      ["dagre", 500, 300],
      ["elkjs", 500],
      ["elkjs", 2000, 500],
    ].filter(([name, n]) => !quick || n <= (name === "dagre" ? 200 : 500));
const LARGE = short ? 10_000 : 100_000;
const flowed = (n) => `flows of ${n} nodes beside d3-sankey`;
const layered = (name, n) => `layers of ${n} nodes beside ${name}`;
const SHIPPED = "the shipped chain, free, beside elkjs";
const [FIRST, MEMORY] = [
  `a chain of ${LARGE} nodes in the widget`,
  `memory of a chain of ${LARGE} nodes in the widget`,
];
const line = report([
  ...(only === "layered" ? [] : FLOWS.map(flowed)),
  ...(only === "sankey"
    ? []
    : [...LAYERED.map(([name, n]) => layered(name, n)), SHIPPED]),
  ...(only ? [] : [FIRST, MEMORY]),
]);

export const chain = (nodes, layers, perNode, near) => {
  const next = random(11);
  const layer = Uint32Array.from({ length: nodes }, (_, i) =>
    Math.floor((i * layers) / nodes),
  );
  const first = Array.from({ length: layers + 1 }, (_, l) =>
    Math.ceil((l * nodes) / layers),
  );
  const pick = (from, to) => from + Math.floor(next() * (to - from));
  const links = Math.round(nodes * perNode);
  const from = new Uint32Array(links),
    to = new Uint32Array(links),
    weight = new Float32Array(links);
  for (let i = 0; i < links; i++) {
    const target = first[1] + i;
    if (target < nodes) {
      to[i] = target;
      from[i] = pick(first[layer[target] - 1], first[layer[target]]);
    } else {
      from[i] = pick(0, first[layers - 1]);
      const l = layer[from[i]];
      to[i] =
        next() < near
          ? pick(first[l + 1], first[l + 2])
          : pick(first[l + 1], nodes);
    }
    weight[i] = 1 + 99 * next() ** 4;
  }
  return { nodes, layer, from, to, weight };
};

// Crossings between each layer and the next: pairs of links whose order is not the same on both
// sides. `rows`: for each link its place at each layer.
const crossings = (graph, rows) => {
  let sum = 0;
  for (let l = 0; l + 1 < LAYERS; l++) {
    const pairs = [];
    for (let i = 0; i < graph.from.length; i++) {
      const at = l - graph.layer[graph.from[i]];
      if (at >= 0 && at + 1 < rows[i].length)
        pairs.push([rows[i][at], rows[i][at + 1]]);
    }
    pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    // Merge sort counts the inversions of the other side.
    const count = (list) => {
      if (list.length < 2) return list;
      const half = list.length >> 1,
        a = count(list.slice(0, half)),
        b = count(list.slice(half)),
        out = [];
      let i = 0,
        j = 0;
      while (i < a.length || j < b.length) {
        if (j >= b.length || (i < a.length && a[i] <= b[j] + 1e-6))
          out.push(a[i++]);
        else ((sum += a.length - i), out.push(b[j++]));
      }
      return out;
    };
    count(pairs.map((p) => p[1]));
  }
  return sum;
};
// A polyline's y at the x of each layer between its ends.
const along = (points, xs) =>
  xs.map((x) => {
    for (let i = 1; i < points.length; i++) {
      const [a, b] = [points[i - 1], points[i]];
      if (x <= b.x + 1e-6)
        return b.x - a.x < 1e-9
          ? b.y
          : a.y +
              (b.y - a.y) * Math.min(1, Math.max(0, (x - a.x) / (b.x - a.x)));
    }
    return points.at(-1).y;
  });

// ---- sankey
const reach = (graph, top, height) => {
  // How far links climb or fall, weighted: what the relaxation is there to make small.
  let sum = 0,
    all = 0;
  graph.from.forEach((a, i) => {
    sum +=
      graph.weight[i] *
      Math.abs(
        top(a) + height(a) / 2 - top(graph.to[i]) - height(graph.to[i]) / 2,
      );
    all += graph.weight[i];
  });
  return sum / all;
};
for (const n of only === "layered" ? [] : FLOWS) {
  const graph = chain(n, LAYERS, 2.6, 0.6);
  const size = [1200, n / 2];
  const d3 = () => {
    const nodes = Array.from(graph.layer, () => ({}));
    const links = Array.from(graph.from, (source, i) => ({
      source,
      target: graph.to[i],
      value: graph.weight[i],
    }));
    return sankey()
      .nodeAlign((node) => graph.layer[node.index])
      .nodePadding(2)
      .size(size)({ nodes, links });
  };
  const own = () =>
    ours.flow(graph.layer, graph.from, graph.to, graph.weight, size[1], 2);
  let peer, mine;
  // Both warm: each has just run once, so that neither pays for what the other left in the caches.
  const took = beside(
    [
      { name: "sankey", run: () => (mine = own()) },
      { name: "d3-sankey", run: () => (peer = d3()) },
    ],
    n > 50_000 ? 3 : 7,
    1,
  );
  const ratio = took.peers[0].ratio;
  const goal = n === 10_000 ? 56 : undefined;
  const reached = {
    ours: reach(
      graph,
      (i) => mine[2 * i],
      (i) => mine[2 * i + 1],
    ),
    d3: reach(
      graph,
      (i) => peer.nodes[i].y0,
      (i) => peer.nodes[i].y1 - peer.nodes[i].y0,
    ),
  };
  line(flowed(n), {
    measured: { n, links: graph.from.length, ...took, reach: reached },
    goal: goal ? `${goal}x` : n === 100_000 ? "111 ms" : undefined,
    ok: goal ? ratio >= goal : took.ms <= 111,
  });
}

// ---- layered
const mine = (graph) => {
  const flat = ours.layers(graph.layer, graph.from, graph.to);
  let at = 0;
  return Array.from(graph.from, (a, i) =>
    Array.from(
      flat.subarray(at, (at += graph.layer[graph.to[i]] - graph.layer[a] + 1)),
    ),
  );
};
const viaDagre = (graph) => {
  const g = new dagre.graphlib.Graph({ multigraph: true })
    .setGraph({ rankdir: "LR", ranksep: 50, nodesep: 10, edgesep: 5 })
    .setDefaultEdgeLabel(() => ({}));
  graph.layer.forEach((_, i) =>
    g.setNode(String(i), { width: 20, height: 20 }),
  );
  graph.from.forEach((a, i) =>
    g.setEdge(
      String(a),
      String(graph.to[i]),
      { minlen: graph.layer[graph.to[i]] - graph.layer[a] },
      String(i),
    ),
  );
  dagre.layout(g);
  const xs = Array.from({ length: LAYERS }, () => 0);
  graph.layer.forEach((l, i) => (xs[l] = g.node(String(i)).x));
  return Array.from(graph.from, (a, i) => {
    const b = graph.to[i],
      ends = [g.node(String(a)), g.node(String(b))];
    return along(
      [
        ends[0],
        ...g
          .edge({ v: String(a), w: String(b), name: String(i) })
          .points.slice(1, -1),
        ends[1],
      ],
      xs.slice(graph.layer[a], graph.layer[b] + 1),
    );
  });
};
const viaElk = async (graph) => {
  const laid = await new ELK().layout({
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.edgeRouting": "POLYLINE",
      "elk.partitioning.activate": "true",
    },
    children: Array.from(graph.layer, (l, i) => ({
      id: "n" + i,
      width: 20,
      height: 20,
      layoutOptions: { "elk.partitioning.partition": String(l) },
    })),
    edges: Array.from(graph.from, (a, i) => ({
      id: "e" + i,
      sources: ["n" + a],
      targets: ["n" + graph.to[i]],
    })),
  });
  const xs = Array.from({ length: LAYERS }, () => 0);
  laid.children.forEach((n, i) => (xs[graph.layer[i]] = n.x + 10));
  const centre = (n) => ({ x: n.x + 10, y: n.y + 10 });
  return laid.edges.map((e, i) => {
    const { bendPoints = [] } = e.sections[0];
    return along(
      [
        centre(laid.children[graph.from[i]]),
        ...bendPoints,
        centre(laid.children[graph.to[i]]),
      ],
      xs.slice(graph.layer[graph.from[i]], graph.layer[graph.to[i]] + 1),
    );
  });
};
for (const [name, n, goal] of only === "sankey" ? [] : LAYERED) {
  const run = { dagre: viaDagre, elkjs: viaElk }[name];
  const graph = chain(n, LAYERS, 2.6, 0.6);
  const times = [];
  let own;
  for (let i = 0; i < 6; i++) {
    const start = performance.now();
    own = mine(graph);
    if (i) times.push(performance.now() - start);
  }
  const start = performance.now();
  const theirs = await run(graph);
  const took = performance.now() - start,
    ms = median(times),
    ratio = took / ms;
  const counts = {
    ours: crossings(graph, own),
    theirs: crossings(graph, theirs),
  };
  line(layered(name, n), {
    measured: {
      n,
      links: graph.from.length,
      ms,
      peer_ms: took,
      ratio,
      crossings: counts,
    },
    goal: goal && `${goal}x, crossings ≤ 1.05x`,
    ok: ratio >= goal && counts.ours <= counts.theirs * 1.05,
  });
}

// ---- the shipped chain as a bare graph, layers by the links: no sublayers, no chips, every place
// free
if (only !== "sankey") {
  const file = JSON.parse(readFileSync("data/value-chain.json", "utf8"));
  const at = Object.fromEntries(file.entities.map(({ id }, i) => [id, i]));
  const from = Uint32Array.from(file.links, (l) => at[l.from]),
    to = Uint32Array.from(file.links, (l) => at[l.to]);
  const start = performance.now();
  const counted = ours.free(file.entities.length, from, to);
  const ms = performance.now() - start;
  const laid = await new ELK().layout({
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.edgeRouting": "POLYLINE",
    },
    children: file.entities.map((_, i) => ({
      id: "n" + i,
      width: 90,
      height: 20,
    })),
    edges: file.links.map((_, i) => ({
      id: "e" + i,
      sources: ["n" + from[i]],
      targets: ["n" + to[i]],
    })),
  });
  // Drawn lines, pair by pair.
  const lines = laid.edges.map(({ sections: [s] }) => [
    s.startPoint,
    ...(s.bendPoints ?? []),
    s.endPoint,
  ]);
  const side = (p, q, r) =>
    (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
  const cross = (a, b, c, d) =>
    side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
  let theirs = 0;
  lines.forEach((a, i) =>
    lines.slice(0, i).forEach((b) => {
      for (let m = 1; m < a.length; m++)
        for (let n = 1; n < b.length; n++)
          theirs += cross(a[m - 1], a[m], b[n - 1], b[n]);
    }),
  );
  line(SHIPPED, {
    measured: {
      nodes: file.entities.length,
      links: from.length,
      ms,
      crossings: { ours: counted, elkjs: theirs },
    },
    goal: "ours ≤ elkjs",
    ok: counted <= theirs,
  });
}

// ---- a large chain in the widget: memory that stays, the first picture, a hover, a pick
if (!only) {
  const n = LARGE,
    graph = chain(n, LAYERS, 2.62, 0.6),
    next = random(5);
  const sublayer = graph.layer.map((_, i) => Math.floor((i * 40) / n)),
    country = graph.layer.map(() => Math.floor(next() * next() * 20)),
    amount = Float64Array.from(graph.weight);
  const make = (wasm) =>
    new wasm.Large(
      graph.layer,
      sublayer,
      country,
      graph.from,
      graph.to,
      amount,
    );
  const large = make(ours);
  const time = (run) => {
    const start = performance.now();
    const out = run();
    return [performance.now() - start, out];
  };
  const [first, ribbons] = time(() => large.picture(0xffffffff));
  const [hover] = time(() => large.picture(3));
  const side = short ? 50 : 200;
  large.picks(side);
  const [picks, hits] = time(() => large.picks(side));
  line(FIRST, {
    measured: {
      nodes: n,
      links: graph.from.length,
      first_ms: first,
      hover_ms: hover,
      ribbons,
      pick_us: (picks * 1000) / side ** 2,
      hits,
    },
    goal: "≤ 20 µs",
    ok: (picks * 1000) / side ** 2 <= 20,
  });
  // The peak, with the columns on their way in and the first picture in the making. In an instance
  // of its own: memory that layouts before have left behind is not grown again.
  const alone = fresh();
  const before = alone.held();
  const kept = make(alone);
  const drawn = kept.picture(0xffffffff);
  const bytes = alone.held() - before,
    room = 64 * n + 24 * graph.from.length;
  line(MEMORY, {
    measured: { peak: bytes, ribbons: drawn },
    goal: `≤ ${room} over a base of 16 MiB`,
    ok: bytes <= room + (16 << 20),
  });
  kept.free();
}
