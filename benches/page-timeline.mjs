// A million events in Chromium, this library beside uPlot in one run, as JSON lines. Frames are timed where they are made: uPlot's on the page, ours in
// the engine, which for that runs on an otherwise idle page instead of in its worker. Long tasks are those of a page with the element itself.
// Usage: node benches/page-timeline.mjs [LANE], with the lanes of benches/page-treemap.mjs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SCRIPT, finish, open, pageOf, serve } from '../tests/browser/harness.mjs';

const file = (name) => ({ body: readFileSync(join(process.env.PEERS, 'node_modules/uplot/dist', name)) });
const server = await serve((path) => {
  if (path === '/uplot.js') return { ...file('uPlot.iife.min.js'), type: 'text/javascript' };
  if (path === '/uplot.css') return { ...file('uPlot.min.css'), type: 'text/css' };
  if (path === '/peer') return { body: pageOf('<div id="at"></div><script src="/uplot.js"></script>', { head: '<link rel="stylesheet" href="/uplot.css">' }) };
  if (path === '/engine') return { body: pageOf('<p>engine</p>') };
  if (path === '/element') return { body: pageOf(SCRIPT + '<atlas-funding-timeline loading="eager" renderer="canvas" lang="en"></atlas-funding-timeline>') };
});
const lane = process.argv[2] ?? 'null';
const line = (of, ok, more) => console.log(JSON.stringify({ lane, of, ...more, ok }));

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
    const date = Float64Array.from({ length: n }, () => Math.round(FROM + Math.sqrt(next()) * (TO - FROM)));
    if (sorted) date.sort();
    const amount = Float64Array.from({ length: n }, () => (next() < 0.1 ? NaN : Math.round(10 ** (4 + 5.3 * next()))));
    const dictionary = (count, name) => ({ codes: Uint32Array.from({ length: n }, () => (next() * count) | 0), names: Array.from({ length: count }, (_, i) => name + ' ' + (i + 1)) });
    return { date, amountUsd: amount, type: dictionary(9, 'Type'), target: dictionary(50_000, 'Company') };
  };
  // Nearer and farther around a place that moves, days: from all events to an eighth of the time.
  window.views = Array.from({ length: 60 }, (_, i) => {
    const part = 0.5 ** ((i % 30) / 10);
    const at = 0.3 + 0.6 * (i / 60);
    const length = (TO - FROM) * part;
    return [FROM + (TO - FROM - length) * at, FROM + (TO - FROM - length) * at + length].map((ms) => ms / DAY);
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
  const page = await open(lane, server.url + '/peer', { ready: false, init: shared });
  await page.evaluate(
    ([kind, n]) => {
      const { date, amountUsd } = columns(n);
      const x = Array.from(date, (ms) => ms / 1000);
      const y = Array.from(amountUsd, (v) => (Number.isNaN(v) ? null : v));
      const series = kind === 'line' ? { stroke: 'blue', points: { show: false } } : { stroke: 'blue', paths: () => null, points: { show: true, size: 4 } };
      let plot;
      let drawn;
      // A canvas keeps what is asked of it until it is looked at: one pixel makes it paint all of them.
      const painted = () => new Promise((done) => (drawn = done)).then(() => plot.ctx.getImageData(0, 0, 1, 1));
      window.first = async () => {
        plot?.destroy();
        const begin = performance.now();
        const wait = painted();
        plot = new uPlot({ width: 1184, height: 620, scales: { y: { distr: 3 } }, series: [{}, series], hooks: { draw: [() => drawn()] } }, [x, y], document.getElementById('at'));
        await wait;
        return performance.now() - begin;
      };
      const show = async (from, to) => {
        const wait = painted();
        plot.setScale('x', { min: (from * DAY) / 1000, max: (to * DAY) / 1000 });
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
      window.zoom = () => timed(views.filter((_, i) => kind === 'line' || i % 15 === 0).map(([from, to]) => () => show(from, to)));
      window.deep = () => deeper(show);
    },
    [kind, n],
  );
  return page;
};

// The same for the engine, and what else it can: act, pan, filter, bytes, counts.
const engine = async (n, sorted = true) => {
  const page = await open(lane, server.url + '/engine', { ready: false, init: shared });
  await page.evaluate(
    async ([n, sorted]) => {
      let memory;
      const instantiate = WebAssembly.instantiate;
      WebAssembly.instantiate = async (...all) => {
        const one = await instantiate.apply(WebAssembly, all);
        memory ??= Object.values((one.instance ?? one).exports).find((part) => part instanceof WebAssembly.Memory);
        return one;
      };
      const { start } = await import('/engine.js');
      let answer;
      const take = start((message) => !['ready', 'compiled', 'opening', 'opened'].includes(message.type) && answer?.(message));
      const ask = (message) =>
        new Promise((done, fail) => {
          // The page gives the memory of a picture back once it is shown.
          answer = (reply) => (reply.pixels && take({ type: 'back', pixels: reply.pixels }), reply.type === 'failed' || reply.reply?.error ? fail(Error(JSON.stringify(reply))) : done(reply));
          take(message);
        });
      take({ type: 'boot', avoid: [], compiled: {} });
      take({ type: 'open', id: 1, kind: 'funding-timeline', renderer: 'canvas' });
      const base = { width: 1184, height: 0, dpr: 1, lang: 'en', theme: 'light', hidden: [], metrics: [], selected: '', table: '', framework: '', scale: '', from: '', to: '', today: 20_000, hover: -1, state: {} };
      let seq = 0;
      const view = (more, acts = []) => ask({ type: 'view', id: 1, acts, view: { ...base, ...more, seq: ++seq } });
      const load = (data) => ask({ type: 'load', id: 1, seq: 0, kind: 'funding-timeline', columns: data, format: 'columns' });
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
      window.zoom = (acts) => timed(views.map(([from, to]) => () => view({ from, to }, acts)));
      window.deep = () => deeper((from, to) => view({ from, to }));
      window.pan = () => timed(views.map((_, i) => () => view({ from: views[12][0], to: views[12][1] }, [['drag', 600, 300, 600 - 3 * i, 300]])));
      window.filter = () => timed(Array.from({ length: 9 }, (_, i) => () => view({ hidden: ['type:Type ' + (i + 1)] })));
      // What is left is counted by a plain loop.
      window.counted = async () => {
        const [from, to] = views[3];
        const { reply } = await view({ from, to, hidden: ['type:Type 2'], state: { least: '1e8' } });
        let want = 0;
        for (let i = 0; i < n; i++) want += data.date[i] >= Math.ceil(from * DAY - 1e-4) && data.date[i] < Math.ceil(to * DAY - 1e-4) && data.type.codes[i] !== 1 && Math.fround(data.amountUsd[i]) >= 1e8;
        return { status: reply.status, want: want.toLocaleString('en') };
      };
    },
    [n, sorted],
  );
  return page;
};

const inElement = async (n) => {
  const page = await open(lane, server.url + '/element', { ready: false, init: shared });
  const out = await page.evaluate(async (n) => {
    await customElements.whenDefined('atlas-funding-timeline');
    const element = document.querySelector('atlas-funding-timeline');
    await element.updateComplete;
    const data = columns(n);
    await new Promise((done) => setTimeout(done, 300));
    const long = [];
    new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ['longtask'] });
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
    return { first, frame: median(took), long, tier: element.status.tier, rows: element.status.rows };
  }, n);
  out.faults = page.faults;
  await page.context().close();
  return out;
};

const million = 1_000_000;
const round = (v) => Math.round(v * 100) / 100;
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const ask = (page, what) => page.evaluate((what) => window[what](), what);

const [ours, uplot] = [await engine(million), await peer('line', million)];
const cold = [await ask(uplot, 'first'), await ask(ours, 'first')];
// In turn, so that a busy machine slows both.
const took = { first: [[], []], zoom: [[], []], deep: [[], []] };
for (let turn = 0; turn < 5; turn++)
  for (const what of Object.keys(took)) {
    took[what][0].push(await ask(uplot, what));
    took[what][1].push(await ask(ours, what));
  }
const beside = (what) => {
  const [theirs, own] = took[what].map(median);
  return { ms: round(own), uPlot: round(theirs), ratio: round(theirs / own) };
};
const zoom = beside('zoom');
line('zoom frame of 1,000,000 beside uPlot line', zoom.ratio >= 12, { ...zoom, goal: '≥ 12 × faster' });
line('zoom frame of 1,000,000', zoom.ms <= 8, { ms: zoom.ms, goal: '≤ 8 ms' });
line('zoom frame from 1/16 of the time down to an hour', true, beside('deep'));
const first = beside('first');
line('first paint of 1,000,000 beside uPlot line', first.ratio >= 4, { ...first, cold: { ms: round(cold[1]), uPlot: round(cold[0]), ratio: round(cold[0] / cold[1]) }, goal: '≥ 4 × faster' });
line('pan by a drag, act and frame', true, { ms: round(await ask(ours, 'pan')) });
const filter = await ask(ours, 'filter');
line('filter change of 1,000,000, recounted and painted', filter <= 30, { ms: round(filter), goal: '≤ 30 ms' });
const counted = await ask(ours, 'counted');
line('counts equal a plain loop', counted.status.startsWith(counted.want + ' events'), counted);
line('memory of the wasm an event, with all that loading took', true, { bytes: round(await ask(ours, 'bytes')), note: 'columns come in as 24 bytes a row; what is kept is in make bench-timeline, goal 16' });
const seen = [];
for (let turn = 0; turn < 3; turn++) {
  const fresh = await peer('line', million);
  seen.push(await ask(fresh, 'presented'));
  await fresh.context().close();
}
await uplot.context().close();
const points = await peer('points', million);
await ask(points, 'first');
const dots = await ask(points, 'zoom');
line('zoom frame of 1,000,000 beside uPlot points', dots / zoom.ms >= 50, { ms: zoom.ms, uPlot: round(dots), ratio: round(dots / zoom.ms), goal: '≥ 50 × faster' });
await points.context().close();
const shuffled = await engine(million, false);
line('first paint of 1,000,000 in no order', true, { ms: round(await ask(shuffled, 'first')) });
await shuffled.context().close();
const many = await engine(10 * million);
const loaded = await ask(many, 'first');
const [ten, one] = [[], []];
for (let turn = 0; turn < 3; turn++) ten.push(await ask(many, 'zoom')), one.push(await ask(ours, 'zoom'));
line('zoom frame of 10,000,000 beside 1,000,000', median(ten) / median(one) <= 1.5, { ms: round(median(ten)), million: round(median(one)), ratio: round(median(ten) / median(one)), first: round(loaded), goal: '≤ 1.5 ×' });
await many.context().close();
await ours.context().close();
const [element, ...again] = [await inElement(million), await inElement(million), await inElement(million)];
line('first picture on the screen, fresh pages, beside uPlot line', true, { ms: round(median([element, ...again].map(({ first }) => first))), uPlot: round(median(seen)), note: 'ours on the worker, the page free meanwhile; uPlot has its arrays ready and blocks the page' });
line('long tasks of the page while a million events load and zoom', element.long.length === 0 && !element.faults.length, { ...element, goal: 0 });
await finish();
