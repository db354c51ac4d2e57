// A million events in Chromium, this library beside uPlot in one run, as JSON lines. Frames are
// timed where they are made: uPlot's on the page, ours in the engine, which for that runs on an
// otherwise idle page instead of in its worker. Long tasks are those of a page with the element
// itself. Usage: node benches/page-timeline.mjs [LANE], with the lanes of benches/page-treemap.mjs.
// `BENCH=short`: benches/report.mjs.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import {
  SCRIPT,
  finish,
  open,
  pageOf,
  serve,
} from "../tests/browser/harness.mjs";
import { report, short } from "./report.mjs";

const file = (name) => ({
  body: readFileSync(join(process.env.PEERS, "node_modules/uplot/dist", name)),
});
const server = await serve((path) => {
  if (path === "/uplot.js")
    return { ...file("uPlot.iife.min.js"), type: "text/javascript" };
  if (path === "/uplot.css")
    return { ...file("uPlot.min.css"), type: "text/css" };
  if (path === "/peer")
    return {
      body: pageOf('<div id="at"></div><script src="/uplot.js"></script>', {
        head: '<link rel="stylesheet" href="/uplot.css">',
      }),
    };
  if (path === "/engine") return { body: pageOf(SCRIPT) };
  if (path === "/element")
    return {
      body: pageOf(
        SCRIPT +
          '<atlas-funding-timeline src="shipped" loading="eager" renderer="canvas" lang="en"></atlas-funding-timeline>',
      ),
    };
});
const lane = process.argv[2] ?? "null";
const many = short ? 10_000 : 1_000_000;
const more = 10 * many;
const turns = short ? 1 : 5;
const again = short ? 1 : 3;
const WHAT = {
  zoomBeside: `zoom frame of ${many} beside uPlot line`,
  deep: "zoom frame from 1/16 of the time down to an hour",
  first: `first paint of ${many} beside uPlot line`,
  pan: "pan by a drag, act and frame",
  filter: `filter change of ${many}, recounted and painted`,
  counts: "counts equal a plain loop",
  memory: "memory of the wasm an event, with all that loading took",
  points: `zoom frame of ${many} beside uPlot points`,
  shuffled: `first paint of ${many} in no order`,
  tenfold: `zoom frame of ${more} beside ${many}`,
  screen: "first picture on the screen, fresh pages, beside uPlot line",
  long: `long tasks of the page while ${many} events load and zoom`,
};
const say = report(Object.values(WHAT));
const line = (what, told) => say(what, { lane, ...told });

// In every page: the same events, the same views, medians.
const shared = () => {
  const DAY = 864e5;
  window.FROM = 10957 * DAY;
  window.TO = 20454 * DAY;
  window.columns = (n, sorted = true) => {
    let seed = 11;
    const next = () => {
      seed = (seed + 0x6d2b79f5) | 0;
      let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const date = Float64Array.from({ length: n }, () =>
      Math.round(FROM + Math.sqrt(next()) * (TO - FROM)),
    );
    if (sorted) date.sort();
    const amount = Float64Array.from({ length: n }, () =>
      next() < 0.1 ? NaN : Math.round(10 ** (4 + 5.3 * next())),
    );
    const dictionary = (count, name) => ({
      codes: Uint32Array.from({ length: n }, () => (next() * count) | 0),
      names: Array.from({ length: count }, (_, i) => name + " " + (i + 1)),
    });
    return {
      date,
      amountUsd: amount,
      type: dictionary(9, "Type"),
      target: dictionary(50_000, "Company"),
    };
  };
  // Nearer and farther around a place that moves, days: from all events to an eighth of the time.
  window.views = Array.from({ length: 60 }, (_, i) => {
    const part = 0.5 ** ((i % 30) / 10);
    const at = 0.3 + 0.6 * (i / 60);
    const length = (TO - FROM) * part;
    return [
      FROM + (TO - FROM - length) * at,
      FROM + (TO - FROM - length) * at + length,
    ].map((ms) => ms / DAY);
  });
  // And down to an hour: what is far outside the picture must cost nothing.
  window.deeper = async (show) => {
    const took = [];
    for (let i = 0; i < 40; i++) {
      const length = (TO - FROM) * 0.5 ** (4 + i / 3);
      const from = FROM + (TO - FROM - length) * 0.7;
      const begin = performance.now();
      await show(from / DAY, (from + length) / DAY);
      took.push(performance.now() - begin);
    }
    return median(took);
  };
  window.timed = async (list) => {
    const took = [];
    for (const one of list) {
      const begin = performance.now();
      await one();
      took.push(performance.now() - begin);
    }
    return median(took);
  };
  window.median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  window.DAY = DAY;
};

// A page that has window.first(), window.zoom() and window.deep(): ms, the last two medians.
const peer = async (kind, n) => {
  const page = await open(lane, server.url + "/peer", {
    ready: false,
    init: shared,
  });
  await page.evaluate(
    ([kind, n]) => {
      const { date, amountUsd } = columns(n);
      const x = Array.from(date, (ms) => ms / 1000);
      const y = Array.from(amountUsd, (v) => (Number.isNaN(v) ? null : v));
      const series =
        kind === "line"
          ? { stroke: "blue", points: { show: false } }
          : {
              stroke: "blue",
              paths: () => null,
              points: { show: true, size: 4 },
            };
      let plot;
      let drawn;
      // A canvas keeps what is asked of it until it is looked at: one pixel makes it paint all of
      // them.
      const painted = () =>
        new Promise((done) => (drawn = done)).then(() =>
          plot.ctx.getImageData(0, 0, 1, 1),
        );
      window.first = async () => {
        plot?.destroy();
        const begin = performance.now();
        const wait = painted();
        plot = new uPlot(
          {
            width: 1184,
            height: 620,
            scales: { y: { distr: 3 } },
            series: [{}, series],
            hooks: { draw: [() => drawn()] },
          },
          [x, y],
          document.getElementById("at"),
        );
        await wait;
        return performance.now() - begin;
      };
      const show = async (from, to) => {
        const wait = painted();
        plot.setScale("x", {
          min: (from * DAY) / 1000,
          max: (to * DAY) / 1000,
        });
        await wait;
      };
      // Points take seconds a frame: a few views are enough to know.
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      window.presented = async () => {
        const begin = performance.now();
        await window.first();
        await frame();
        await frame();
        return performance.now() - begin;
      };
      window.zoom = () =>
        timed(
          views
            .filter((_, i) => kind === "line" || i % 15 === 0)
            .map(
              ([from, to]) =>
                () =>
                  show(from, to),
            ),
        );
      window.deep = () => deeper(show);
    },
    [kind, n],
  );
  return page;
};

// The same for the engine, and what else it can: act, pan, filter, bytes, counts.
const engine = async (n, sorted = true) => {
  const page = await open(lane, server.url + "/engine", {
    ready: false,
    init: shared,
  });
  await page.evaluate(
    async ([n, sorted]) => {
      // What an element tells its worker first: where this version's files lie, and their hashes.
      const boot = await new Promise((done) => {
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message, ...rest) {
          if (message.type === "boot") done(message);
          return post.call(this, message, ...rest);
        };
        document.body.append(
          Object.assign(document.createElement("atlas-funding-timeline"), {
            loading: "eager",
            renderer: "canvas",
          }),
        );
      });
      document.body.replaceChildren();
      let memory;
      const instantiate = WebAssembly.instantiate;
      WebAssembly.instantiate = async (...all) => {
        const one = await instantiate.apply(WebAssembly, all);
        memory ??= Object.values((one.instance ?? one).exports).find(
          (part) => part instanceof WebAssembly.Memory,
        );
        return one;
      };
      const { start } = await import(new URL("engine.js", boot.assets.folder));
      let answer;
      const take = start(
        (message) =>
          !["ready", "compiled", "opening", "opened", "at"].includes(
            message.type,
          ) && answer?.(message),
      );
      const ask = (message) =>
        new Promise((done, fail) => {
          // The page gives the memory of a picture back once it is shown.
          answer = (reply) => (
            reply.pixels && take({ type: "back", pixels: reply.pixels }),
            reply.type === "failed" || reply.reply?.error
              ? fail(Error(JSON.stringify(reply)))
              : done(reply)
          );
          take(message);
        });
      take({ ...boot, avoid: [], compiled: null });
      take({ type: "wasm" }); // nothing comes with it: the engine fetches its wasm itself
      take({
        type: "open",
        id: 1,
        kind: "funding-timeline",
        renderer: "canvas",
      });
      const base = {
        width: 1184,
        height: 0,
        dpr: 1,
        lang: "en",
        theme: "light",
        hidden: [],
        metrics: [],
        selected: "",
        table: "",
        framework: "",
        scale: "",
        from: "",
        to: "",
        today: 20_000,
        hover: -1,
        state: {},
      };
      let seq = 0;
      // The first moment that counts, as attributes have it.
      const moment = (day) =>
        day ? new Date(Math.ceil(day * DAY - 1e-4)).toISOString() : "";
      const view = ({ from, to, ...more }, acts = []) =>
        ask({
          type: "view",
          id: 1,
          acts,
          view: {
            ...base,
            ...more,
            from: moment(from),
            to: moment(to),
            state: { ...more.state },
            seq: ++seq,
          },
        });
      const load = (data) =>
        ask({
          type: "load",
          id: 1,
          seq: 0,
          kind: "funding-timeline",
          columns: data,
          format: "columns",
        });
      await load(columns(10));
      await view({});
      const before = memory.buffer.byteLength;
      window.bytes = () => (memory.buffer.byteLength - before) / n;
      const data = columns(n, sorted);
      window.first = async () => {
        const begin = performance.now();
        await load(data);
        await view({});
        return performance.now() - begin;
      };
      window.zoom = (acts) =>
        timed(
          views.map(
            ([from, to]) =>
              () =>
                view({ from, to }, acts),
          ),
        );
      window.deep = () => deeper((from, to) => view({ from, to }));
      window.pan = () =>
        timed(
          views.map(
            (_, i) => () =>
              view({ from: views[12][0], to: views[12][1] }, [
                ["drag", 600, 300, 600 - 3 * i, 300],
              ]),
          ),
        );
      window.filter = () =>
        timed(
          Array.from(
            { length: 9 },
            (_, i) => () => view({ hidden: ["type:Type " + (i + 1)] }),
          ),
        );
      // What is left is counted by a plain loop.
      window.counted = async () => {
        const [from, to] = views[3];
        const { reply } = await view({
          from,
          to,
          hidden: ["type:Type 2"],
          state: { least: "1e8" },
        });
        let want = 0;
        for (let i = 0; i < n; i++)
          want +=
            data.date[i] >= Math.ceil(from * DAY - 1e-4) &&
            data.date[i] < Math.ceil(to * DAY - 1e-4) &&
            data.type.codes[i] !== 1 &&
            Math.fround(data.amountUsd[i]) >= 1e8;
        return { status: reply.status, want: want.toLocaleString("en") };
      };
    },
    [n, sorted],
  );
  return page;
};

const inElement = async (n) => {
  const page = await open(lane, server.url + "/element", {
    ready: false,
    init: shared,
  });
  const out = await page.evaluate(async (n) => {
    await customElements.whenDefined("atlas-funding-timeline");
    const element = document.querySelector("atlas-funding-timeline");
    await element.updateComplete;
    const data = columns(n);
    await new Promise((done) => setTimeout(done, 300));
    const long = [];
    new PerformanceObserver((list) =>
      long.push(...list.getEntries().map(({ duration }) => duration)),
    ).observe({ entryTypes: ["longtask"] });
    const begin = performance.now();
    element.setColumns(data);
    await element.updateComplete;
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame();
    await frame();
    const first = performance.now() - begin;
    const took = [];
    for (const [from, to] of views) {
      const at = performance.now();
      element.from = new Date(from * DAY).toISOString();
      element.to = new Date(to * DAY).toISOString();
      await element.updateComplete;
      took.push(performance.now() - at);
    }
    await new Promise((done) => setTimeout(done, 300));
    return {
      first,
      frame: median(took),
      long,
      tier: element.status.tier,
      rows: element.status.rows,
    };
  }, n);
  out.faults = page.faults;
  await page.context().close();
  return out;
};

const round = (v) => Math.round(v * 100) / 100;
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const ask = (page, what) => page.evaluate((what) => window[what](), what);

const [ours, uplot] = [await engine(many), await peer("line", many)];
const cold = [await ask(uplot, "first"), await ask(ours, "first")];
// In turn, so that a busy machine slows both.
const took = { first: [[], []], zoom: [[], []], deep: [[], []] };
for (let turn = 0; turn < turns; turn++)
  for (const what of Object.keys(took)) {
    took[what][0].push(await ask(uplot, what));
    took[what][1].push(await ask(ours, what));
  }
const beside = (what) => {
  const [theirs, own] = took[what].map(median);
  return { ms: round(own), uPlot: round(theirs), ratio: round(theirs / own) };
};
const zoom = beside("zoom");
line(WHAT.zoomBeside, {
  measured: zoom,
  goal: "≥ 12 × faster, ≤ 8 ms",
  ok: zoom.ratio >= 12 && zoom.ms <= 8,
});
line(WHAT.deep, { measured: beside("deep") });
const first = beside("first");
line(WHAT.first, {
  measured: {
    ...first,
    cold: {
      ms: round(cold[1]),
      uPlot: round(cold[0]),
      ratio: round(cold[0] / cold[1]),
    },
  },
  goal: "≥ 4 × faster",
  ok: first.ratio >= 4,
});
line(WHAT.pan, { measured: { ms: round(await ask(ours, "pan")) } });
const filter = await ask(ours, "filter");
line(WHAT.filter, {
  measured: { ms: round(filter) },
  goal: "≤ 30 ms",
  ok: filter <= 30,
});
const counted = await ask(ours, "counted");
line(WHAT.counts, {
  measured: { events: Number(counted.want.replaceAll(",", "")) },
  ...counted,
  right: counted.status.startsWith(counted.want + " events"),
});
line(WHAT.memory, {
  measured: { bytes: round(await ask(ours, "bytes")) },
  note: "columns come in as 24 bytes a row; what is kept is in make bench-timeline, goal 16",
});
const seen = [];
for (let turn = 0; turn < again; turn++) {
  const fresh = await peer("line", many);
  seen.push(await ask(fresh, "presented"));
  await fresh.context().close();
}
await uplot.context().close();
const points = await peer("points", many);
await ask(points, "first");
const dots = await ask(points, "zoom");
line(WHAT.points, {
  measured: { ms: zoom.ms, uPlot: round(dots), ratio: round(dots / zoom.ms) },
  goal: "≥ 50 × faster",
  ok: dots / zoom.ms >= 50,
});
await points.context().close();
const shuffled = await engine(many, false);
line(WHAT.shuffled, { measured: { ms: round(await ask(shuffled, "first")) } });
await shuffled.context().close();
const tenfold = await engine(more);
const loaded = await ask(tenfold, "first");
const [ten, one] = [[], []];
for (let turn = 0; turn < again; turn++)
  (ten.push(await ask(tenfold, "zoom")), one.push(await ask(ours, "zoom")));
const grown = median(ten) / median(one);
line(WHAT.tenfold, {
  measured: {
    ms: round(median(ten)),
    before: round(median(one)),
    ratio: round(grown),
    first: round(loaded),
  },
  goal: "≤ 1.5 ×",
  ok: grown <= 1.5,
});
await tenfold.context().close();
await ours.context().close();
const elements = [];
for (let turn = 0; turn < again; turn++) elements.push(await inElement(many));
const screen = {
  ms: round(median(elements.map(({ first }) => first))),
  uPlot: round(median(seen)),
};
line(WHAT.screen, {
  measured: screen,
  note: "ours on the worker, the page free meanwhile; uPlot has its arrays ready and blocks the page",
});
const [element] = elements;
line(WHAT.long, {
  measured: { first: element.first, frame: element.frame, rows: element.rows },
  tier: element.tier,
  long: element.long,
  faults: element.faults,
  right: element.rows === many && !element.faults.length,
  goal: 0,
  ok: !element.long.length,
});
await finish();
