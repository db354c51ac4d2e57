// The tiers of the engine without a browser, on devices that do what the test says: when kernels
// reach a renderer, and what becomes of one that traps over them.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";

import { bundle } from "../../tools/dist.mjs";

// What a script is waited for keeps no test waiting.
const real = setTimeout;
globalThis.setTimeout = (run, ms, ...rest) => {
  const timer = real(run, ms, ...rest);
  return ms > 1000 ? timer.unref() : timer;
};

const folder = mkdtempSync(join(tmpdir(), "atlas-tiers-"));
after(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(
  join(folder, "bindings.js"),
  "export const openGpu = (...given) => gpu.open(...given), openGl = () => {};",
);
writeFileSync(join(folder, "shaders-webgpu.js"), "export default {};");
const text = `export { TierManager } from "./host/tiers.js"; export { assets } from "./host/assets.js";`;
writeFileSync(
  join(folder, "tiers.mjs"),
  bundle("www/tiers-test.js", {}, "esm", text, {
    bindings: join(folder, "bindings.js"),
  }),
);

// A canvas whose pixels are those that the engine's test picture has.
const PIXELS = { 26: [25, 121, 121], 30: [170, 102, 30], 60: [240, 236, 224] };
globalThis.OffscreenCanvas = class extends EventTarget {
  getContext() {
    const data = [];
    for (const [at, colour] of Object.entries(PIXELS))
      colour.forEach((one, i) => (data[4 * at + i] = one));
    return { drawImage() {}, getImageData: () => ({ data }) };
  }
  transferToImageBitmap() {
    return { close() {} };
  }
};
globalThis.location = new URL("https://example.org/");
Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: { gpu: { requestAdapter: async () => ({}) } },
});

const { TierManager, assets } = await import(
  pathToFileURL(join(folder, "tiers.mjs"))
);
Object.assign(assets, { folder: pathToFileURL(folder + "/").href });

const begin = (teach = () => {}) => {
  const opened = [];
  const waiting = [];
  globalThis.gpu = {
    open: async (canvas, force, shaders) => {
      const gpuRenderer = { probe() {}, release() {}, taught: [] };
      gpuRenderer.teach = (kernels) => (
        gpuRenderer.taught.push(kernels),
        teach()
      );
      opened.push({ gpuRenderer, shaders });
      await new Promise((done) => waiting.push(done));
      return gpuRenderer;
    },
  };
  const queue = [];
  const failures = [];
  const tiers = new TierManager({
    post() {},
    enqueue: (message) => queue.push(message),
    fail: (error) => failures.push(error),
  });
  return { tiers, opened, waiting, queue, failures };
};
const until = async (there) => {
  while (!there()) await new Promise((done) => setTimeout(done, 5));
};
const KERNELS = { "tween.wgsl": "…" };

test("a renderer that was opened before the kernels came is taught them once", async () => {
  const { tiers, opened, waiting } = begin();
  const choice = tiers.probeTiers("webgpu");
  await until(() => waiting.length);
  waiting[0]();
  assert.equal((await choice).tier, "webgpu");
  await tiers.setKernels(KERNELS);
  await tiers.setKernels(KERNELS);
  assert.deepEqual(opened[0].gpuRenderer.taught, [KERNELS]);
});

test("a renderer that is opened anew while the kernels come is taught them when it is there, and one that came after them has them", async () => {
  const { tiers, opened, waiting, queue } = begin();
  const choice = tiers.probeTiers("webgpu");
  await until(() => waiting.length);
  waiting[0]();
  await choice;
  // Lost and opened again, behind the picture.
  await tiers.close("webgpu", "lost");
  await tiers.probeTiers("webgpu");
  await until(() => waiting.length === 2);
  await tiers.setKernels(KERNELS);
  waiting[1]();
  await until(() => queue.length);
  await tiers.onOpened(queue[0]);
  assert.deepEqual(opened[1].shaders, {});
  assert.deepEqual(opened[1].gpuRenderer.taught, [KERNELS]);
  await tiers.releaseGpu();
  const again = tiers.probeTiers("webgpu");
  await until(() => waiting.length === 3);
  waiting[2]();
  await again;
  await tiers.setKernels(KERNELS);
  assert.deepEqual(opened[2].shaders, KERNELS);
  assert.deepEqual(opened[2].gpuRenderer.taught, []);
});

test("a renderer that traps over the kernels is a trap of the engine", async () => {
  const { tiers, waiting } = begin(() => {
    throw new RangeError("unreachable");
  });
  const choice = tiers.probeTiers("webgpu");
  await until(() => waiting.length);
  waiting[0]();
  await choice;
  await assert.rejects(tiers.setKernels(KERNELS), { trap: true });
});
