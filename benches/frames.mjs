// Frames of the WebGPU tier in Chromium on its software adapter, as JSON lines: calls and bytes
// that widgets with a thousand and a million rows ask of the GPU, and marks pulled from a texture
// beside the same marks as instances. What the frame call of the painter takes is in
// tests/gpu_calls.rs, which this bench's target runs too.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { counting, frames } from "../tests/browser/frames.mjs";
import {
  SCRIPT,
  finish,
  open,
  pageOf,
  root,
  serve,
  settle,
} from "../tests/browser/harness.mjs";
import { report, short } from "./report.mjs";

const count = counting();
const server = await serve((path) => {
  const [, tag] = path.split("/");
  if (path === "/quads") return { body: pageOf("<p>quads</p>") };
  return (
    count(path) ||
    (tag?.startsWith("atlas-") && {
      body: pageOf(
        `${SCRIPT}<${tag} src="shipped" loading="eager" lang="en" renderer="webgpu"></${tag}>`,
      ),
    })
  );
});
const ROWS = short ? [1000] : [1000, 1_000_000];
const TIMES = short ? 2 : 8; // the pointer moves, and the reader zooms
const QUADS = short ? 1000 : 10_000;
const widget = (tag, rows) => `${tag}, ${rows.toLocaleString("en")} rows`;
const quads = (of) =>
  `${QUADS.toLocaleString("en")} quads pulled beside instanced, software adapter, ${of}`;
const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];
const round = (v) => Math.round(v * 1000) / 1000;

// Columns of n rows for each widget.
const COLUMNS = {
  "atlas-funding-timeline": (n) => ({
    date: Float64Array.from(
      { length: n },
      (_, i) => 946684800000 + (i / n) * 8e11,
    ),
    amountUsd: Float64Array.from(
      { length: n },
      (_, i) => 10 ** (4 + ((i * 7919) % 5300) / 1000),
    ),
    type: {
      codes: Uint32Array.from({ length: n }, (_, i) => (i * 31) % 7),
      names: ["a", "b", "c", "d", "e", "f", "g"],
    },
    target: {
      codes: Uint32Array.from({ length: n }, (_, i) => i % 1000),
      names: Array.from({ length: 1000 }, (_, i) => "Company " + i),
    },
  }),
  "atlas-market-share": (n) => ({
    value: Float64Array.from({ length: n }, (_, i) => 1 + ((i * 7919) % 1000)),
    levels: [
      {
        codes: Uint32Array.from({ length: n }, (_, i) => i % 100),
        names: Array.from({ length: 100 }, (_, i) => "Group " + i),
      },
    ],
    label: {
      codes: Uint32Array.from({ length: n }, (_, i) => i % 1000),
      names: Array.from({ length: 1000 }, (_, i) => "Leaf " + i),
    },
  }),
  "atlas-value-chain": (n) => {
    const nodes = Math.min(n, 100_000);
    return {
      nodes: {
        label: Array.from({ length: nodes }, (_, i) => "Node " + i),
        layer: {
          codes: Uint32Array.from({ length: nodes }, (_, i) =>
            Math.floor((i * 8) / nodes),
          ),
          names: Array.from({ length: 8 }, (_, i) => "Layer " + i),
        },
      },
      links: {
        from: Uint32Array.from(
          { length: nodes * 2 },
          (_, i) => (i * 31) % Math.floor(nodes / 2),
        ),
        to: Uint32Array.from(
          { length: nodes * 2 },
          (_, i) => Math.floor(nodes / 2) + ((i * 17) % Math.floor(nodes / 2)),
        ),
      },
    };
  },
};

const line = report([
  ...Object.keys(COLUMNS).flatMap((tag) =>
    ROWS.map((rows) => widget(tag, rows)),
  ),
  ...["whole frame", "vertices"].map(quads),
]);
for (const [tag, make] of Object.entries(COLUMNS))
  for (const rows of ROWS) {
    const page = await open("gpu", `${server.url}/${tag}`, {
      height: 1400,
      reducedMotion: "reduce",
    });
    await page.evaluate(
      ([tag, make, rows]) =>
        document.querySelector(tag).setColumns((0, eval)(make)(rows)),
      [tag, `(${make})`, rows],
    );
    await settle(page);
    const sent = (await frames(page)).list.reduce(
      (sum, { bytes }) => sum + bytes,
      0,
    );
    await page.evaluate(
      (tag) =>
        document.querySelector(tag).restore(document.querySelector(tag).save()),
      tag,
    );
    await settle(page);
    const again = (await frames(page)).list.at(-1);
    const stage = await page.locator(`${tag} .stage`).boundingBox();
    const at = [
      stage.x + stage.width / 2,
      stage.y + Math.min(stage.height / 2, 300),
    ];
    const moves = [];
    for (let i = 0; i < TIMES; i++) {
      await page.mouse.move(at[0] - 40 + i * 5, at[1]);
      await settle(page);
      moves.push(...(await frames(page)).list);
    }
    const zooms = [];
    for (let i = 0; i < TIMES; i++) {
      await page.keyboard.down("Control");
      await page.mouse.wheel(0, -50);
      await page.keyboard.up("Control");
      await settle(page);
      zooms.push(...(await frames(page)).list);
    }
    await page.waitForTimeout(1000);
    const rest = await frames(page);
    const worst = (list, key) =>
      Math.max(0, ...list.map((frame) => frame[key]));
    line(widget(tag, rows), {
      measured: {
        rows: await page.evaluate(
          (tag) => document.querySelector(tag).status.rows,
          tag,
        ),
        sentWithTheData: sent,
        redrawCalls: again.calls,
        zoomFrames: zooms.length,
        zoomFrame: [worst(zooms, "calls"), worst(zooms, "bytes")],
      },
      // What a frame asks is counted, not timed, and nothing may be asked while nothing moves.
      right:
        worst(zooms, "calls") <= 24 &&
        rest.list.length === 0 &&
        rest.rest.calls === 0,
      redrawBytes: again.bytes,
      pointerMove: [worst(moves, "calls"), worst(moves, "bytes")],
      rest: rest.rest.calls,
      note: "[calls, bytes], the most of any frame",
    });
    await page.context().close();
  }

// The same shader, once an index of the vertex number and once one of the instance number.
const read = (path) => readFileSync(join(root, "shaders", path), "utf8");
const pulled =
  read("abi.wgsl") + read("draw/common.wgsl") + read("draw/mark.wgsl");
const instanced = pulled
  .replace(
    "fn vertex(@builtin(vertex_index) vertex_index: u32)",
    "fn vertex(@builtin(vertex_index) vertex_index: u32, @builtin(instance_index) instance: u32)",
  )
  .replace("let index = vertex_index / 6u;", "let index = instance;");
if (instanced === pulled || !instanced.includes("let index = instance;"))
  throw Error("the shader has changed: nothing to compare");
// Pixels that cost nothing, for the vertices alone: a software adapter runs all of the fragment
// shader's branches for every pixel.
const plain = (code) =>
  code.slice(0, code.indexOf("@fragment")) +
  "@fragment fn fragment(mark: MarkVertex) -> @location(0) vec4<f32> { return mark.fill; }";
const page = await open("gpu", `${server.url}/quads`, { ready: false });
const beside = (...shaders) =>
  page.evaluate(
    async ([pulled, instanced, quads, turns]) => {
      const device = await (
        await navigator.gpu.requestAdapter()
      ).requestDevice();
      const [width, height, row] = [960, 540, 2046];
      const columns = Math.ceil(Math.sqrt(quads));
      const data = new Uint32Array(row * 4 * Math.ceil((quads * 2) / row));
      const floats = new Float32Array(data.buffer);
      for (let i = 0; i < quads; i++) {
        const [x, y] = [
          ((i % columns) * width) / columns,
          (Math.floor(i / columns) * height) / columns,
        ];
        floats.set(
          [x, y, x + width / columns - 1, y + height / columns - 1],
          i * 8,
        );
        data.set([0xff000000 + i * 7, 0, 0, i], i * 8 + 4);
      }
      const texture = device.createTexture({
        size: [row, data.length / row / 4],
        format: "rgba32uint",
        usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
      });
      device.queue.writeTexture({ texture }, data, { bytesPerRow: row * 16 }, [
        row,
        data.length / row / 4,
      ]);
      const frame = device.createBuffer({
        size: 32,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
      device.queue.writeBuffer(
        frame,
        0,
        new Float32Array([width, height, 1, 0, 1, 1, 0, 0]),
      );
      device.queue.writeBuffer(frame, 12, new Uint32Array([row]));
      const target = device.createTexture({
        size: [width, height],
        format: "rgba8unorm",
        usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
      });
      const view = target.createView();
      const make = (code) => {
        const module = device.createShaderModule({ code });
        const blend = {
          color: { srcFactor: "one", dstFactor: "one-minus-src-alpha" },
          alpha: { srcFactor: "one", dstFactor: "one-minus-src-alpha" },
        };
        const pipeline = device.createRenderPipeline({
          layout: "auto",
          vertex: { module, entryPoint: "vertex" },
          fragment: {
            module,
            entryPoint: "fragment",
            targets: [{ format: "rgba8unorm", blend }],
          },
        });
        const bound = device.createBindGroup({
          layout: pipeline.getBindGroupLayout(0),
          entries: [
            { binding: 0, resource: { buffer: frame } },
            { binding: 1, resource: texture.createView() },
          ],
        });
        return async (...draw) => {
          const encoder = device.createCommandEncoder();
          const pass = encoder.beginRenderPass({
            colorAttachments: [
              {
                view,
                loadOp: "clear",
                storeOp: "store",
                clearValue: [1, 1, 1, 1],
              },
            ],
          });
          pass.setPipeline(pipeline);
          pass.setBindGroup(0, bound);
          pass.draw(...draw);
          pass.end();
          const begin = performance.now();
          device.queue.submit([encoder.finish()]);
          await device.queue.onSubmittedWorkDone();
          return performance.now() - begin;
        };
      };
      const pixels = async () => {
        const buffer = device.createBuffer({
          size: width * 4 * height,
          usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
        });
        const encoder = device.createCommandEncoder();
        encoder.copyTextureToBuffer(
          { texture: target },
          { buffer, bytesPerRow: width * 4 },
          [width, height],
        );
        device.queue.submit([encoder.finish()]);
        await buffer.mapAsync(GPUMapMode.READ);
        return new Uint32Array(buffer.getMappedRange().slice(0));
      };
      const [one, other] = [make(pulled), make(instanced)];
      const out = { pulled: [], instanced: [] };
      await one(quads * 6);
      const first = await pixels();
      await other(6, quads);
      const second = await pixels();
      out.differ = first.filter((pixel, i) => pixel !== second[i]).length;
      out.drawn = first.filter((pixel) => pixel !== 0xffffffff).length;
      for (let turn = 0; turn < turns; turn++) {
        out.pulled.push(await one(quads * 6));
        out.instanced.push(await other(6, quads));
      }
      return out;
    },
    [...shaders, QUADS, short ? 2 : 15],
  );
for (const [of, took] of [
  ["whole frame", await beside(pulled, instanced)],
  ["vertices", await beside(plain(pulled), plain(instanced))],
]) {
  const [ours, theirs] = [median(took.pulled), median(took.instanced)];
  line(quads(of), {
    measured: {
      ms: round(ours),
      instanced: round(theirs),
      ratio: round(ours / theirs),
      drawn: took.drawn,
    },
    differ: took.differ,
    right: took.differ === 0 && took.drawn > 200_000,
    goal: "≤ 0.10 ×",
    ok: ours / theirs <= 0.1,
  });
}
await page.context().close();
await finish();
