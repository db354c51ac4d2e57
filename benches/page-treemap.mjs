// `make bench-treemap-page`: the element in headless Chromium beside ECharts, in one run. Each measurement has a fresh context: nothing is cached, no wasm
// compiled. Data are made before the clock starts, in each one's own form. Usage: node benches/page-treemap.mjs [LANE [ROUNDS]]
//
// Lanes: `null`, a browser without a GPU, which draws canvases itself; `gpu`, one that gives canvases to its GPU, here a software device.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { finish, open, serve } from '../tests/browser/harness.mjs';

const cache = process.env.ATLAS_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ai-atlas');
const echarts = readFileSync(join(cache, 'peers/node_modules/echarts/dist/echarts.min.js'), 'utf8');
const page = (script) => ({ type: 'text/html; charset=utf-8', body: `<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title><style>body{margin:0}main{width:960px;height:540px}</style>${script}<main></main>` });
const server = await serve(
  (path) =>
    ({
      '/ours': page('<script type="module" src="/ai-atlas.js"></script>'),
      '/theirs': page('<script src="/echarts.js"></script>'),
      '/echarts.js': { type: 'text/javascript', body: echarts },
    })[path],
);
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const [, , lane = 'null', rounds = 3] = process.argv;
const say = (line) => console.log(JSON.stringify({ lane, ...line }));

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
  const names = Array.from({ length: groups }, (_, g) => 'Group ' + g);
  const labels = Array.from({ length: 1000 }, (_, i) => 'Leaf ' + i);
  return {
    names,
    labels,
    value: Float64Array.from({ length: n }, () => next() ** 4 + 1e-6),
    codes: Uint32Array.from({ length: n }, (_, i) => Math.floor((i * groups) / n)),
    label: Uint32Array.from({ length: n }, (_, i) => i % 1000),
  };
};

const run = async (path, n, work) => {
  const one = await open(lane, server.url + path, { width: 1000, height: 800, ready: false });
  await one.addScriptTag({ content: `window.make = ${make};` });
  const result = await one.evaluate(work, n);
  const { faults } = one;
  await one.context().close();
  if (faults.length) throw Error(faults.join('; '));
  return result;
};

const ours = async (n) => {
  await customElements.whenDefined('atlas-market-share');
  const { names, labels, value, codes, label } = make(n);
  await new Promise((done) => setTimeout(done, 300));
  const long = [];
  const watch = new PerformanceObserver((list) => long.push(...list.getEntries()));
  watch.observe({ type: 'longtask' });
  // How long the worker took to answer each view: until its message is here, before the page does anything with it.
  const asked = [];
  const frames = [];
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message.type === 'view') asked.push(performance.now());
    return post.call(this, message, ...rest);
  };
  window.Worker = class extends Worker {
    constructor(...rest) {
      super(...rest);
      this.addEventListener('message', (event) => {
        const now = performance.now();
        if (event.data.type === 'scene' && asked.length) frames.push(now - asked.shift());
      });
    }
  };
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const begin = performance.now();
  const element = document.createElement('atlas-market-share');
  Object.assign(element.style, { width: '960px', minHeight: '540px' });
  Object.assign(element, { loading: 'eager', renderer: 'canvas' });
  document.querySelector('main').append(element);
  await element.setColumns({ value, levels: [{ codes, names }], label: { codes: label, names: labels } });
  while (!element.dataset.tier) await new Promise((done) => setTimeout(done, 1));
  await painted();
  const ms = performance.now() - begin;
  await element.updateComplete;
  const stage = element.shadowRoot.querySelector('[part=stage]');
  const box = stage.getBoundingClientRect();
  frames.length = 0;
  const whole = [];
  for (let i = 0; i < 24; i++) {
    const start = performance.now();
    stage.dispatchEvent(new WheelEvent('wheel', { ctrlKey: true, deltaY: i < 14 ? -60 : 60, clientX: box.x + 400, clientY: box.y + 250, bubbles: true, cancelable: true }));
    await Promise.resolve();
    await element.updateComplete;
    whole.push(performance.now() - start);
    await painted();
  }
  long.push(...watch.takeRecords());
  return { ms, frames, whole, long: long.filter((task) => task.startTime + task.duration > begin).map((task) => task.duration), zoom: element.save().zoom ?? '', drawn: element.status };
};

const theirs = async (n) => {
  const { names, value, codes, label, labels } = make(n);
  const data = names.map((name) => ({ name, children: [] }));
  value.forEach((v, i) => data[codes[i]].children.push({ name: labels[label[i]], value: v }));
  await new Promise((done) => setTimeout(done, 300));
  const long = [];
  const watch = new PerformanceObserver((list) => long.push(...list.getEntries()));
  watch.observe({ type: 'longtask' });
  const begin = performance.now();
  const chart = echarts.init(document.querySelector('main'), null, { renderer: 'canvas' });
  const finished = new Promise((done) => chart.on('finished', done));
  chart.setOption({ animation: false, series: [{ type: 'treemap', data, left: 0, top: 0, right: 0, bottom: 0, breadcrumb: { show: false } }] });
  await finished;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const ms = performance.now() - begin;
  await new Promise((done) => setTimeout(done, 200));
  long.push(...watch.takeRecords());
  return { ms, long: long.filter((task) => task.startTime + task.duration > begin).map((task) => task.duration) };
};

const took = {};
// The first round starts the browser and does not count.
for (let round = -1; round < rounds; round++) {
  for (const [path, work, all] of [['/ours', ours, [10_000, 100_000, 1_000_000]], ['/theirs', theirs, [10_000, 100_000]]]) {
    for (const n of all) {
      const result = await run(path, n, work);
      if (round >= 0) (took[path + n] ??= []).push(result);
    }
  }
}
await finish();
const ms = (key) => median(took[key].map((result) => result.ms));
for (const [n, beside, goal] of [[10_000, 10_000, 0.1], [1_000_000, 100_000, 0.06]]) {
  const ratio = ms('/ours' + n) / ms('/theirs' + beside);
  say({ what: `columns handed over → painted, ${n} leaves, cold page, beside ECharts with ${beside}`, ms: ms('/ours' + n), echarts_ms: ms('/theirs' + beside), ratio, goal, ok: ratio <= goal });
}
for (const [n, goal] of [[100_000, 12], [1_000_000, 24]]) {
  const frame = median(took['/ours' + n].flatMap(({ frames }) => frames));
  say({ what: 'zoom frame, view posted to the worker → picture back', n, ms: frame, event_to_shown_ms: median(took['/ours' + n].flatMap(({ whole }) => whole)), goal, ok: frame <= goal });
}
const long = ['/ours10000', '/ours100000', '/ours1000000'].flatMap((key) => took[key].flatMap((result) => result.long));
say({ what: 'long tasks on the main thread', count: long.length, longest_ms: Math.max(0, ...long), echarts: median(took['/theirs100000'].map((result) => result.long.reduce((a, b) => a + b, 0))), goal: 0, ok: !long.length });
