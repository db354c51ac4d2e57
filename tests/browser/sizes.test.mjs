// What readers download stays within its limits, which are those of `make sizes`, and does not grow unnoticed: a ratchet.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';

import { faults, measure } from '../../tools/sizes.mjs';
import { SCRIPT, finish, open, pageOf, ready, serve, shipped } from './harness.mjs';

// Brotli 11, for either compiler that tools/setup.sh may find; lower them when the sums fall; raise one only with a feature that is worth its bytes, and say so.
const MOST = { 'value-chain': 147_000, 'market-share': 141_700, 'funding-timeline': 152_000, 'all three': 207_900 };

after(finish);

test('readers download no more than they did', () => {
  const { files, pages, faults } = measure();
  console.log(`# B brotli: ${Object.entries(pages).map(([name, tiers]) => `${name} ${Object.entries(tiers).map(([tier, sum]) => `${tier} ${sum}`).join(', ')}`).join('; ')}`);
  assert.deepEqual(faults, []);
  assert.ok(Object.values(files).every(({ brotli }) => brotli > 500), 'a file is missing or empty');
  for (const [name, most] of Object.entries(MOST)) assert.ok(Math.max(...Object.values(pages[name])) <= most, `${name}: more than ${most}`);
});

test('a page that is over its limit is seen, with one widget and with all three, and one that was not measured', () => {
  const all = { 'market-share': { canvas: 199_999, webgpu: 200_000 }, 'all three': { webgl2: 290_000 } };
  assert.deepEqual(faults(all), []);
  assert.match(String(faults({ ...all, 'value-chain': { webgpu: 200_001 } })), /value-chain, webgpu: 200001 B, the limit is 200000/);
  assert.match(String(faults({ 'all three': { canvas: 290_001 } })), /all three, canvas: 290001 B, the limit is 290000/);
  for (const nothing of [0, NaN, undefined]) assert.match(String(faults({ 'market-share': { canvas: nothing } })), /nothing was measured/);
});

test('a page loads what its widgets and its tier need and nothing else', async () => {
  const server = await serve((path) => {
    const [, kind, renderer] = /^\/page-(.*)-(webgpu|webgl2|canvas)$/.exec(path) ?? [];
    return kind && { body: pageOf(`<atlas-${kind} src="shipped" renderer="${renderer}"></atlas-${kind}>${SCRIPT}`) };
  });
  const own = { webgpu: ['/webgpu.js', '/webgpu.wasm'], webgl2: ['/webgl2.js', '/webgl2.wasm'], canvas: [] };
  for (const [kind, tier] of [['market-share', 'canvas'], ['value-chain', 'webgl2'], ['funding-timeline', 'webgpu']]) {
    server.log.length = 0;
    const page = await open('gpu', `${server.url}/page-${kind}-${tier}`, { ready: false });
    await ready(page, 'atlas-' + kind);
    assert.equal(await page.evaluate((tag) => document.querySelector(tag).status.tier, 'atlas-' + kind), tier);
    assert.deepEqual(server.log.toSorted(), [`/ai-atlas.js`, '/core.wasm', `/data/${kind}.json`, '/engine.js', `/${kind}.wasm`, `/page-${kind}-${tier}`, ...own[tier]].toSorted());
    await page.context().close();
  }
});

test('kernels that no widget calls are in no file that readers download', () => {
  const wasm = readFileSync(shipped('webgpu.wasm'), 'latin1');
  assert.ok(wasm.includes('fn tween(@builtin'), 'the kernels that are called were looked for in the wrong way');
  for (const pass of ['spans', 'relax', 'sum']) assert.ok(!wasm.includes(`fn ${pass}(@builtin`), pass);
});
