// The ordinary build: `wasm-pack build --target web` alone, without a tool of this repository, makes a library that draws.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { finish, open, root, serve } from './harness.mjs';

const out = mkdtempSync(join(tmpdir(), 'ai-atlas-pack-'));
after(finish);
after(() => rmSync(out, { recursive: true, force: true }));

test('both builds allow wasm-opt the same features', () => {
  const features = (file) => [...readFileSync(join(root, file), 'utf8').matchAll(/--enable-[a-z-]+/g)].map(([one]) => one).toSorted();
  assert.ok(features('Cargo.toml').length > 3);
  assert.deepEqual(features('Cargo.toml'), features('tools/wasm.sh'));
});

test('what wasm-pack builds reads data, lays it out and paints it', async () => {
  const { status, stderr } = spawnSync('wasm-pack', ['build', '--target', 'web', '--out-dir', out], { cwd: root, encoding: 'utf8', timeout: 900_000 });
  assert.equal(status, 0, stderr);
  assert.deepEqual(readdirSync(out).filter((name) => /\.(js|wasm|d\.ts)$/.test(name)).toSorted(), ['ai_atlas.d.ts', 'ai_atlas.js', 'ai_atlas_bg.wasm', 'ai_atlas_bg.wasm.d.ts']);
  const server = await serve((path) => {
    if (path === '/page') return { body: '<!doctype html><title>plain</title>' };
    const [, name] = /^\/pack\/(\w+\.(?:js|wasm))$/.exec(path) ?? [];
    return name && { body: readFileSync(join(out, name)), type: name.endsWith('wasm') ? 'application/wasm' : 'text/javascript' };
  });
  const page = await open('null', server.url + '/page', { ready: false });
  const { table, colours } = await page.evaluate(async () => {
    const { default: init, Engine } = await import('/pack/ai_atlas.js');
    await init();
    const engine = new Engine();
    engine.open(1, 'market-share');
    engine.column(1, 'value', Float64Array.of(70, 30), new Uint32Array(), '');
    engine.column(1, 'label', new Float64Array(), new Uint32Array(), 'A\0B\0');
    engine.loadColumns(1);
    // What has another shape than a view or an act has none of it, and is no trap.
    for (const view of [7, null, 'x', {}, { width: 'wide', hidden: 'a', colors: [-1, 'red'], state: { at: 7 }, metrics: {}, lang: 1, hover: 'x' }]) engine.scene(1, view, true);
    for (const act of [7, null, [], ['zoom', 1], ['key', 3], ['open', 'x']]) {
      const { state, ...own } = engine.act(1, {}, act);
      if (Object.keys({ ...own, ...state }).length) throw Error(JSON.stringify(act));
    }
    engine.scene(1, { width: 300 }, false);
    const { width, height } = engine.pixels(1, 1);
    const pixels = new Uint8Array(4 * width * height);
    engine.picture(1, 1, pixels);
    return { table: engine.table(1, 'en'), colours: new Set(new Uint32Array(pixels.buffer)).size };
  });
  assert.deepEqual(table.rows.map(([, label]) => label).toSorted(), ['A', 'B']);
  assert.ok(colours > 3, `${colours} colours`);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
