// `make bench-treemap-page`: the element in headless Chromium beside ECharts, in one run. Each
// measurement is a browser of its own that nobody watches: a debugger, as test drivers attach one,
// holds up every worker that starts and every request. So nothing is cached and no wasm compiled.
// Data are made before the clock starts, in each one's own form. Usage: node
// benches/page-treemap.mjs [LANE [ROUNDS]]; `BENCH=short`: benches/report.mjs.
//
// Lanes: `null`, a browser without a GPU, which draws canvases itself; `gpu`, one that gives
// canvases to its GPU, here a software device.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  LANES,
  QUIET,
  SCRIPT,
  cache,
  executablePath,
  finish,
  pageOf,
  serve,
} from "../tests/browser/harness.mjs";
import { report, short } from "./report.mjs";

const echarts = readFileSync(
  join(cache, "peers/node_modules/echarts/dist/echarts.min.js"),
  "utf8",
);
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const [, , lane = "null", rounds = short ? 1 : 5] = process.argv;
const START_MS = short ? 500 : 2000; // in which a browser is through with starting
// Leaves of ours, of an element that has stood in the page, and of the peer; how many of ours are
// held against how many of the peer's; zooms that are told.
const SIZES = short
  ? { ours: [2_000], standing: [2_000], theirs: [2_000] }
  : {
      ours: [10_000, 100_000, 1_000_000],
      standing: [10_000, 1_000_000],
      theirs: [10_000, 100_000],
    };
const BESIDE = short
  ? [[2_000, 2_000]]
  : [
      [10_000, 10_000, 0.1],
      [1_000_000, 100_000, 0.06],
    ];
const ZOOMED = short
  ? [[2_000]]
  : [
      [100_000, 12],
      [1_000_000, 24],
    ];
const WAYS = [
  ["ours", "a cold page: the element comes with them"],
  ["standing", "an element that stands in the page"],
];
const handed = (n, what, beside) =>
  `columns handed over → painted, ${n} leaves, ${what}, beside ECharts with ${beside}`;
const zoomed = (n) =>
  `zoom frame of ${n} leaves, view posted to the worker → picture back`;
const LONG = "long tasks on the main thread";
const tell = report([
  ...BESIDE.flatMap(([n, beside]) =>
    WAYS.map(([, what]) => handed(n, what, beside)),
  ),
  ...ZOOMED.map(([n]) => zoomed(n)),
  LONG,
]);
const say = (what, told) => tell(what, { lane, ...told });
const LATEST_MS = 6e4;

// In the page: values as `benches/treemap.mjs` has them.
const make = (n) => {
  let seed = 7;
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const groups = Math.round(Math.sqrt(n));
  const names = Array.from({ length: groups }, (_, g) => "Group " + g);
  const labels = Array.from({ length: 1000 }, (_, i) => "Leaf " + i);
  return {
    names,
    labels,
    value: Float64Array.from({ length: n }, () => next() ** 4 + 1e-6),
    codes: Uint32Array.from({ length: n }, (_, i) =>
      Math.floor((i * groups) / n),
    ),
    label: Uint32Array.from({ length: n }, (_, i) => i % 1000),
  };
};

// In the page, before and after what is timed.
const settled = (ms) => new Promise((done) => setTimeout(done, ms));
const longTasks = () => {
  const all = [];
  const watch = new PerformanceObserver((list) =>
    all.push(...list.getEntries()),
  );
  watch.observe({ type: "longtask" });
  return (since) =>
    [...all, ...watch.takeRecords()]
      .filter((task) => task.startTime + task.duration > since)
      .map((task) => task.duration);
};
// The next frame has been made: the task after it.
const painted = () =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    requestAnimationFrame(() => port2.postMessage(0));
  });

// `standing`: the element has been in the page for a while, with the shipped data; else it is made
// when the clock starts.
const ours = async (n, standing) => {
  await customElements.whenDefined("atlas-market-share");
  const { names, labels, value, codes, label } = make(n);
  // How long the worker took to answer each view: until its message is here, before the page does
  // anything with it.
  const asked = [];
  const frames = [];
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.type === "view") asked.push(performance.now());
    return post.call(this, message, ...rest);
  };
  window.Worker = class extends Worker {
    constructor(...rest) {
      super(...rest);
      this.addEventListener("message", (event) => {
        const now = performance.now();
        if (event.data.type === "scene" && asked.length)
          frames.push(now - asked.shift());
      });
    }
  };
  const put = () => {
    const element = document.createElement("atlas-market-share");
    Object.assign(element.style, { width: "960px", minHeight: "540px" });
    Object.assign(element, {
      src: "shipped",
      loading: "eager",
      renderer: "canvas",
    });
    document.querySelector("main").append(element);
    return element;
  };
  const before = standing && put();
  await settled(START_MS);
  const long = longTasks();
  const begin = performance.now();
  const element = before || put();
  const [root, shown] = [".root", "canvas"].map((one) =>
    element.shadowRoot.querySelector(one),
  );
  // The first picture waits out of sight for its first labels; one after another is put into the
  // canvas.
  const seen = new Promise((done) => {
    if (!standing)
      new MutationObserver(
        () => root.classList.contains("first") || done(),
      ).observe(root, { attributeFilter: ["class"] });
    else
      shown.getContext("2d").putImageData = function (...all) {
        CanvasRenderingContext2D.prototype.putImageData.apply(this, all);
        if (element.status.rows === n) done(); // not one more of the shipped data
      };
  });
  const whole = element.setColumns({
    value,
    levels: [{ codes, names }],
    label: { codes: label, names: labels },
  });
  await seen;
  await painted();
  const ms = performance.now() - begin;
  await whole;
  await element.updateComplete;
  const complete = performance.now() - begin;
  const stage = element.shadowRoot.querySelector("[part=stage]");
  const box = stage.getBoundingClientRect();
  frames.length = 0;
  const zooms = [];
  for (let i = 0; i < 24; i++) {
    const start = performance.now();
    stage.dispatchEvent(
      new WheelEvent("wheel", {
        ctrlKey: true,
        deltaY: i < 14 ? -60 : 60,
        clientX: box.x + 400,
        clientY: box.y + 250,
        bubbles: true,
        cancelable: true,
      }),
    );
    await Promise.resolve();
    await element.updateComplete;
    zooms.push(performance.now() - start);
    await painted();
  }
  if (
    getComputedStyle(shown).visibility !== "visible" ||
    element.status.rows !== n ||
    element.status.tier !== "canvas"
  )
    throw Error(JSON.stringify(element.status));
  return { ms, complete, frames, zooms, long: long(begin) };
};

const theirs = async (n) => {
  const { names, value, codes, label, labels } = make(n);
  const data = names.map((name) => ({ name, children: [] }));
  value.forEach((v, i) =>
    data[codes[i]].children.push({ name: labels[label[i]], value: v }),
  );
  await settled(START_MS);
  const long = longTasks();
  const begin = performance.now();
  const chart = echarts.init(document.querySelector("main"), null, {
    renderer: "canvas",
  });
  const finished = new Promise((done) => chart.on("finished", done));
  chart.setOption({
    animation: false,
    series: [
      {
        type: "treemap",
        data,
        left: 0,
        top: 0,
        right: 0,
        bottom: 0,
        breadcrumb: { show: false },
      },
    ],
  });
  await finished;
  await painted();
  const ms = performance.now() - begin;
  await settled(200);
  return { ms, long: long(begin) };
};

// Pages: what stands in them, and what is timed there.
const PAGES = {
  ours: [SCRIPT, "ours(n)"],
  standing: [SCRIPT, "ours(n, true)"],
  theirs: ['<script src="/echarts.js"></script>', "theirs(n)"],
};
let take;
const server = await serve((path, request) => {
  if (path === "/echarts.js") return { type: "text/javascript", body: echarts };
  const [, name, n] = path.split("/");
  if (name === "took") {
    let text = "";
    request
      .on("data", (part) => (text += part))
      .on("end", () => take(JSON.parse(text)));
    return { body: "" };
  }
  const [script, call] = PAGES[name] ?? [];
  if (!call) return;
  const code = Object.entries({
    make,
    settled,
    longTasks,
    painted,
    ours,
    theirs,
  }).map(([name, value]) => `const ${name} = ${value};`);
  const timed = `<script type="module">
    const n = ${Number(n)}, START_MS = ${START_MS};
    ${code.join("")}
    const send = (took) => fetch('/took', { method: 'POST', body: JSON.stringify(took) });
    addEventListener('error', ({ message }) => send({ wrong: message }));
    ${call}.then(send, (error) => send({ wrong: String(error) }));
  </script>`;
  return {
    body: pageOf(`${script}<main></main>${timed}`, {
      lang: "en",
      head: "<style>body{margin:0}main{width:960px;height:540px}</style>",
    }),
  };
});
const run = async (name, n) => {
  const folder = mkdtempSync(join(tmpdir(), "atlas-bench-"));
  const child = spawn(
    executablePath,
    [
      "--headless=new",
      ...QUIET,
      ...LANES[lane].args,
      "--window-size=1000,800",
      "--user-data-dir=" + folder,
      `${server.url}/${name}/${n}`,
    ],
    { stdio: "ignore" },
  );
  const gone = new Promise((done) => child.on("exit", done));
  const took = await new Promise((done) => {
    take = done;
    gone.then(() => done({ wrong: "the browser ended" }));
    setTimeout(done, LATEST_MS, { wrong: "no answer" }).unref();
  });
  child.kill();
  await gone;
  await settled(500); // its other processes follow
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  if (took.wrong) throw Error(`${name} ${n}: ${took.wrong}`);
  return took;
};

const took = {};
for (let round = 0; round < rounds; round++)
  for (const [name, all] of Object.entries(SIZES))
    for (const n of all) (took[name + n] ??= []).push(await run(name, n));
await finish();
const of = (key, what = "ms") =>
  median((took[key] ?? []).flatMap((one) => one[what]));
const round = (v) => Math.round(v * 1000) / 1000;
for (const [n, beside, goal] of BESIDE) {
  const echarts_ms = of("theirs" + beside);
  for (const [name, what] of WAYS) {
    const ms = of(name + n);
    const ratio = round(ms / echarts_ms);
    say(handed(n, what, beside), {
      measured: {
        ms,
        complete_ms: of(name + n, "complete"),
        echarts_ms,
        ratio,
        runs: took[name + n]?.length,
      },
      goal,
      ok: ratio <= goal,
    });
  }
}
for (const [n, goal] of ZOOMED) {
  const frame = of("ours" + n, "frames");
  say(zoomed(n), {
    measured: { ms: frame, event_to_shown_ms: of("ours" + n, "zooms") },
    goal,
    ok: frame <= goal,
  });
}
const long = Object.entries(took).flatMap(([key, list]) =>
  key.startsWith("theirs") ? [] : list.flatMap((one) => one.long),
);
const most = SIZES.theirs.at(-1);
const theirLong = median(
  (took["theirs" + most] ?? []).map((one) =>
    one.long.reduce((a, b) => a + b, 0),
  ),
);
say(LONG, {
  measured: { pages: Object.values(took).flat().length },
  count: long.length,
  longest_ms: Math.max(0, ...long),
  echarts_ms: theirLong,
  goal: 0,
  ok: !long.length,
});
