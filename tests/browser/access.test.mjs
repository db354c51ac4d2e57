// axe finds nothing to complain about on the demo.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { finish, open, require, serve } from './harness.mjs';

after(finish);

test('axe-core finds no violation on the demo in Korean, light', async (t) => {
  const server = await serve();
  const page = await open('null', server.url + '/?renderer=canvas&lang=ko&theme=light');
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') + ';0');
  const { violations, passes } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  t.diagnostic(`${passes.length} rules passed`);
  assert.ok(passes.length >= 20, 'axe looked at the page');
  assert.deepEqual(
    violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.slice(0, 5).map(({ target, failureSummary }) => [target.flat().join(' '), failureSummary]), count: nodes.length })),
    [],
  );
  await page.context().close();
});
