// The engine works in its worker: the page's own thread stays free while the demo loads.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { finish, open, pageOf, serve } from './harness.mjs';

const LOADS = 5;
after(finish);

const init = () => {
  globalThis.longTasks = [];
  const take = (entries) => longTasks.push(...entries.map(({ duration, startTime, name }) => ({ duration, startTime, name })));
  globalThis.watching = new PerformanceObserver((list) => take(list.getEntries()));
  watching.observe({ type: 'longtask', buffered: true });
  // All that the browser has noted by the next idle moment.
  globalThis.tasksSoFar = async () => {
    await new Promise((done) => requestIdleCallback(done, { timeout: 1000 }));
    take(watching.takeRecords());
    return longTasks;
  };
};

test('the check sees a task of 80 ms', async () => {
  const server = await serve(() => ({ body: pageOf('<script>const end = performance.now() + 80; while (performance.now() < end);</script>') }));
  const page = await open('null', server.url + '/', { init, ready: false });
  assert.ok((await page.evaluate(() => tasksSoFar())).length >= 1);
  await page.context().close();
});

test('the demo loads without a long task of the page, median of five loads', async (t) => {
  const server = await serve();
  const counts = [];
  for (let load = 0; load < LOADS; load++) {
    const page = await open('null', server.url + '/', { init });
    // «self»: of this page and not of a frame in it.
    const tasks = (await page.evaluate(() => tasksSoFar())).filter(({ name }) => name === 'self' || name === 'unknown');
    counts.push(tasks.length);
    t.diagnostic(`load ${load + 1}: ${tasks.length} long tasks ${tasks.map(({ startTime, duration }) => `${Math.round(duration)} ms at ${Math.round(startTime)}`).join(', ')}`);
    assert.equal(page.workers().length, 1, 'the engine runs in one worker');
    await page.context().close();
  }
  const median = counts.toSorted((a, b) => a - b)[LOADS >> 1];
  console.log(`long tasks per load: ${counts.join(', ')}; median ${median}`);
  assert.equal(median, 0);
});
