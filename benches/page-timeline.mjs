// A million events in Chromium, this library beside uPlot in one run, as JSON lines. Frames are timed where they are made: uPlot's on the page, ours in
// the engine, which for that runs on an otherwise idle page instead of in its worker. Long tasks are those of a page with the element itself.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SCRIPT, finish, open, pageOf, serve } from '../tests/browser/harness.mjs';

const peer = (file) => ({ body: readFileSync(join(process.env.PEERS, 'node_modules/uplot/dist', file)) });
const server = await serve((path) => {
  if (path === '/uplot.js') return { ...peer('uPlot.iife.min.js'), type: 'text/javascript' };
  if (path === '/uplot.css') return { ...peer('uPlot.min.css'), type: 'text/css' };
  if (path === '/peer') return { body: pageOf('<div id="at"></div><script src="/uplot.js"></script>', { head: '<link rel="stylesheet" href="/uplot.css">' }) };
  if (path === '/engine') return { body: pageOf('<p>engine</p>') };
  if (path === '/element') return { body: pageOf(SCRIPT + '<atlas-funding-timeline loading="eager" renderer="canvas" lang="en"></atlas-funding-timeline>') };
});
const line = (of, ok, more) => console.log(JSON.stringify({ of, ...more, ok }));

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
    return { date, amount_usd: amount, type: dictionary(9, 'Type'), target: dictionary(50_000, 'Company') };
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
  window.median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
  window.DAY = DAY;
};

const inPeer = async (kind, n) => {
  const page = await open('null', server.url + '/peer', { ready: false, init: shared });
  const out = await page.evaluate(
    async ([kind, n]) => {
      const { date, amount_usd } = columns(n);
      const x = Array.from(date, (ms) => ms / 1000);
      const y = Array.from(amount_usd, (v) => (Number.isNaN(v) ? null : v));
      const series = kind === 'line' ? { stroke: 'blue', points: { show: false } } : { stroke: 'blue', paths: () => null, points: { show: true, size: 4 } };
      let drawn;
      // A canvas keeps what is asked of it until it is looked at: one pixel makes it paint all of them.
      const painted = () => new Promise((done) => (drawn = done)).then(() => plot.ctx.getImageData(0, 0, 1, 1));
      const start = performance.now();
      let plot;
      let wait = painted();
      plot = new uPlot({ width: 1184, height: 620, scales: { y: { distr: 3 } }, series: [{}, series], hooks: { draw: [() => drawn()] } }, [x, y], document.getElementById('at'));
      await wait;
      const first = performance.now() - start;
      const took = [];
      for (const [from, to] of kind === 'line' ? views : views.filter((_, i) => i % 6 === 0)) {
        wait = painted();
        const begin = performance.now();
        plot.setScale('x', { min: (from * DAY) / 1000, max: (to * DAY) / 1000 });
        await wait;
        took.push(performance.now() - begin);
      }
      return { first, zoom: median(took), worst: Math.max(...took), deep: await deeper(async (from, to) => {
        wait = painted();
        plot.setScale('x', { min: (from * DAY) / 1000, max: (to * DAY) / 1000 });
        await wait;
      }) };
    },
    [kind, n],
  );
  await page.context().close();
  return out;
};

const inEngine = async (n, sorted = true) => {
  const page = await open('null', server.url + '/engine', { ready: false, init: shared });
  const out = await page.evaluate(
    async ([n, sorted]) => {
      let memory;
      const instantiate = WebAssembly.instantiate;
      WebAssembly.instantiate = async (...all) => {
        const one = await instantiate.apply(WebAssembly, all);
        memory = Object.values((one.instance ?? one).exports).find((part) => part instanceof WebAssembly.Memory);
        return one;
      };
      const { start } = await import('/engine.js');
      let answer;
      const take = start((message) => message.type !== 'hello' && answer?.(message));
      const ask = (message) =>
        new Promise((done, fail) => {
          answer = (reply) => (reply.type === 'failed' || reply.reply?.error ? fail(Error(JSON.stringify(reply))) : done(reply));
          take(message);
        });
      take({ type: 'boot', avoid: [] });
      take({ type: 'open', id: 1, kind: 'funding-timeline', renderer: 'canvas' });
      const base = { width: 1184, height: 0, dpr: 1, lang: 'en', theme: 'light', hidden: [], metrics: [], selected: '', table: '', framework: '', scale: '', from: '', to: '', today: 20_000, hover: -1, state: {} };
      let seq = 0;
      const view = (more, acts = []) => ask({ type: 'view', id: 1, acts, view: { ...base, ...more, seq: ++seq } });
      const small = columns(10);
      await ask({ type: 'load', id: 1, seq: 0, columns: small, format: 'columns' });
      await view({});
      const before = memory.buffer.byteLength;
      const data = columns(n, sorted);
      const begin = performance.now();
      await ask({ type: 'load', id: 1, seq: 0, columns: data, format: 'columns' });
      const load = performance.now() - begin;
      const first = await view({});
      const painted = performance.now() - begin;
      const bytes = (memory.buffer.byteLength - before) / n;
      const frame = async (list) => {
        const took = [];
        for (const one of list) {
          const at = performance.now();
          await one();
          took.push(performance.now() - at);
        }
        return [median(took), Math.max(...took)];
      };
      const zoomed = (acts) => views.map(([from, to]) => () => view({ from, to }, acts));
      const [zoom, worst] = await frame(zoomed([]));
      const [act] = await frame(zoomed([['zoom', 500, 300, 1.02]]));
      const [pan] = await frame(views.map((_, i) => () => view({ from: views[12][0], to: views[12][1] }, [['drag', 600, 300, 600 - 3 * i, 300]])));
      const [filter] = await frame(Array.from({ length: 9 }, (_, i) => () => view({ hidden: ['type:Type ' + (i + 1)] })));
      const deep = await deeper((from, to) => view({ from, to }));
      // The counts of what is left are those of a plain loop.
      const kept = { from: views[3][0], to: views[3][1] };
      const { reply } = await view({ ...kept, hidden: ['type:Type 2'], state: { least: '1e8' } });
      const reference = columns(n, sorted);
      let want = 0;
      for (let i = 0; i < n; i++) want += reference.date[i] >= Math.ceil(kept.from * DAY - 1e-4) && reference.date[i] < Math.ceil(kept.to * DAY - 1e-4) && reference.type.codes[i] !== 1 && Math.fround(reference.amount_usd[i]) >= 1e8;
      return { load, first: painted, zoom, worst, deep, act, pan, filter, bytes, marks: first.reply.labels.length, status: reply.status, want, height: first.height };
    },
    [n, sorted],
  );
  await page.context().close();
  return out;
};

const inElement = async (n) => {
  const page = await open('null', server.url + '/element', { ready: false, init: shared });
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
const linear = await inPeer('line', million);
const points = await inPeer('points', million);
const ours = await inEngine(million);
const shuffled = await inEngine(million, false);
const round = (v) => Math.round(v * 100) / 100;
line('uPlot line, 1,000,000', true, linear);
line('uPlot points, 1,000,000', true, points);
line('ours, 1,000,000', ours.status.includes(ours.want.toLocaleString('en') + ' events'), { ...ours, goal: 'the count in the status equals a plain loop' });
line('zoom frame', ours.zoom <= 8, { ms: ours.zoom, goal: '≤ 8 ms' });
line('zoom frame beside uPlot line', linear.zoom / ours.zoom >= 12, { ratio: round(linear.zoom / ours.zoom), goal: '≥ 12' });
line('zoom frame beside uPlot points', points.zoom / ours.zoom >= 50, { ratio: round(points.zoom / ours.zoom), goal: '≥ 50' });
line('first paint beside uPlot line', linear.first / ours.first >= 4, { ratio: round(linear.first / ours.first), shuffled: round(linear.first / shuffled.first), goal: '≥ 4' });
line('deep zoom frame beside uPlot line', true, { ours: ours.deep, line: linear.deep, points: points.deep });
line('filter change, recounted and painted', ours.filter <= 30, { ms: ours.filter, goal: '≤ 30 ms' });
line('memory of the wasm an event, with what loading took', ours.bytes <= 16, { bytes: round(ours.bytes), goal: '≤ 16; what is kept is in make bench-timeline' });
const many = await inEngine(10 * million);
line('zoom frame of 10,000,000 beside 1,000,000', many.zoom / ours.zoom <= 1.5, { ...many, ratio: round(many.zoom / ours.zoom), goal: '≤ 1.5' });
const element = await inElement(million);
line('long tasks of the page while a million events load and zoom', element.long.length === 0 && !element.faults.length, { ...element, goal: 0 });
await finish();
