// The engine works in its worker: the page's own thread stays free while the demo loads.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { finish, open, serve } from './harness.mjs';

const LOADS = 5;
after(finish);

test('the demo loads without a long task of the page, median of five loads', async (t) => {
  const server = await serve();
  const init = () => {
    globalThis.longTasks = [];
    globalThis.watching = new PerformanceObserver((list) => {
      for (const { duration, startTime, name, attribution } of list.getEntries()) longTasks.push({ duration, startTime, name, container: attribution[0]?.containerType });
    });
    watching.observe({ type: 'longtask', buffered: true });
  };
  const counts = [];
  for (let load = 0; load < LOADS; load++) {
    const page = await open('null', server.url + '/', { init });
    // «self»: of this page and not of a frame in it; our own evaluations are short.
    const tasks = await page.evaluate(async () => {
      await new Promise((done) => requestIdleCallback(done, { timeout: 1000 }));
      for (const { duration, startTime, name, attribution } of watching.takeRecords()) longTasks.push({ duration, startTime, name, container: attribution[0]?.containerType });
      return longTasks.filter(({ name }) => name === 'self' || name === 'unknown');
    });
    counts.push(tasks.length);
    t.diagnostic(`load ${load + 1}: ${tasks.length} long tasks ${tasks.map(({ startTime, duration }) => `${Math.round(duration)} ms at ${Math.round(startTime)}`).join(', ')}`);
    const worker = page.workers().length;
    assert.equal(worker, 1, 'the engine runs in one worker');
    await page.context().close();
  }
  const median = counts.toSorted((a, b) => a - b)[LOADS >> 1];
  console.log(`long tasks per load: ${counts.join(', ')}; median ${median}`);
  assert.equal(median, 0);
});
