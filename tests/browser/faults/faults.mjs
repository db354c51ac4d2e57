// The table of faults. Each is real where a browser can be made to do it, and otherwise what a
// browser that has it would answer.
//
// { id, what, lanes, want, … }: `want` are the outcomes that are right, one for all lanes or by
// lane. Where it strikes: `engine` runs before the engine, in its place (worker or page); `page`
// runs in the page before the library; `serve` answers requests; `head`, `body`, `headers` make the
// page; `args` and `fresh` make the browser. When: those strike while loading; `act` runs in the
// page and `drive` in Chromium's driver once the widgets stand; `asks` is what it makes a widget
// ask for besides. `core`: part of `make test`. `guilty` is the widget whose own fault it is: it
// ends static, and `want` is what is right for the others.
import { readFileSync } from "node:fs";

import { SCRIPT, TAGS, shipped } from "../harness.mjs";
import { atReading } from "../reading.js";

const ENGINE = /\/engine[^/]*\.js$/;
const LIBRARY = /\/ai-atlas[^/]*\.js$/;
const WASM = /\.wasm$/;
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const GL = ["webgl2", "firefox"];
const WEBGPU = ["webgpu", "auto"];
const GPU = ["webgpu", "webgl2", "auto", "firefox"];
const DRAWN = ["webgpu", "webgl2", "canvas", "firefox", "webkit"];
const ALL = ["webgpu", "webgl2", "canvas", "static", "firefox", "webkit"];
const FEW = ["webgl2", "canvas", "firefox", "webkit"]; // delivery does not know tiers
const LOWER = ["lower tier"];
const STATIC = ["static"];
const WELL = ["recovered"];
const EITHER = ["recovered", "lower tier"];

const csp = (policy) => ({ "content-security-policy": policy });
const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
const TYPES = "; require-trusted-types-for 'script'; trusted-types ";
const wasm = (path) =>
  WASM.test(path) && readFileSync(shipped(path.split("/").pop()));
const flipped = (bytes, at) => {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] ^= 1;
  return copy;
};
const once = (of, answer) => (path) => of.test(path) && answer(path);
const never = () => ({ raw: () => {} });
const data = (path) => /\/data\/[a-z-]+\.json$/.test(path);

export const FAULTS = [
  // ---- WebGL2
  {
    id: "gl-lost",
    what: "WebGL2 context lost",
    lanes: GL,
    want: WELL,
    core: true,
    timed: true,
    act: async () => (await faults.tell("lose"), faults.begin(), faults.look()),
  },
  {
    id: "gl-lost-restored",
    what: "context lost, given back after 100 ms",
    lanes: GL,
    want: WELL,
    act: async () => (
      await faults.tell("lose"),
      await faults.sleep(100),
      await faults.tell("restore")
    ),
  },
  {
    id: "gl-lost-twice",
    what: "lost, and lost again at once",
    lanes: GL,
    want: WELL,
    act: async () => (
      await faults.tell("lose"),
      await faults.sleep(300),
      await faults.tell("lose")
    ),
  },
  {
    id: "gl-lost-often",
    what: "lost five times in five seconds",
    lanes: GL,
    want: LOWER,
    core: true,
    act: async () => {
      for (let i = 0; i < 5; i++)
        (await faults.tell("lose"), await faults.sleep(900));
    },
  },
  {
    id: "gl-lost-for-good",
    what: "lost, and no new context can be had",
    lanes: GL,
    want: LOWER,
    core: true,
    act: async () => (await faults.tell("refuse"), await faults.tell("lose")),
  },
  {
    id: "gl-null",
    what: "getContext answers null",
    lanes: GL,
    want: LOWER,
    core: true,
    engine: () =>
      (OffscreenCanvas.prototype.getContext = ((real) =>
        function (kind, options) {
          return kind === "webgl2" ? null : real.call(this, kind, options);
        })(OffscreenCanvas.prototype.getContext)),
  },
  {
    id: "gl-throws",
    what: "getContext throws",
    lanes: GL,
    want: LOWER,
    engine: () =>
      (OffscreenCanvas.prototype.getContext = ((real) =>
        function (kind, options) {
          if (kind === "webgl2") throw Error("of the test");
          return real.call(this, kind, options);
        })(OffscreenCanvas.prototype.getContext)),
  },
  {
    id: "gl-dead",
    what: "contexts are dead on arrival",
    lanes: GL,
    want: LOWER,
    core: true,
    engine: () =>
      (OffscreenCanvas.prototype.getContext = ((real) =>
        function (kind, options) {
          const gl = real.call(this, kind, options);
          if (kind === "webgl2")
            gl?.getExtension("WEBGL_lose_context").loseContext();
          return gl;
        })(OffscreenCanvas.prototype.getContext)),
  },
  {
    id: "gl-shader",
    what: "the driver refuses a shader",
    lanes: GL,
    want: LOWER,
    engine: () =>
      (WebGL2RenderingContext.prototype.shaderSource = ((real) =>
        function (shader, text) {
          real.call(this, shader, text + "\n?");
        })(WebGL2RenderingContext.prototype.shaderSource)),
  },
  {
    id: "gl-black",
    what: "draws nothing and says nothing",
    lanes: GL,
    want: LOWER,
    core: true,
    engine: () => (WebGL2RenderingContext.prototype.drawArrays = () => {}),
  },
  {
    id: "gl-small",
    what: "a smaller drawing buffer than was asked for",
    lanes: GL,
    want: LOWER,
    engine: () =>
      Object.defineProperty(
        WebGL2RenderingContext.prototype,
        "drawingBufferWidth",
        {
          get() {
            return Math.min(this.canvas.width, 64);
          },
        },
      ),
  },
  {
    id: "gl-texture",
    what: "a texture upload throws: no memory",
    lanes: GL,
    want: LOWER,
    engine: () => {
      for (const name of ["texImage2D", "texStorage2D", "texSubImage2D"])
        WebGL2RenderingContext.prototype[name] = () => {
          throw Error("of the test");
        };
    },
  },
  {
    id: "gl-crowd",
    what: "another script opens 20 contexts: ours is the oldest",
    lanes: ["webgl2", "firefox"],
    want: EITHER,
    act: async () => {
      globalThis.crowd = Array.from({ length: 20 }, () =>
        document.createElement("canvas").getContext("webgl2"),
      );
      await faults.sleep(300);
    },
  },

  // ---- WebGPU
  {
    id: "gpu-destroyed",
    what: "device destroyed",
    lanes: WEBGPU,
    want: WELL,
    core: true,
    timed: true,
    act: async () => (
      await faults.tell("destroy"),
      faults.begin(),
      faults.look()
    ),
  },
  {
    id: "gpu-destroyed-twice",
    what: "destroyed, and destroyed again",
    lanes: WEBGPU,
    want: WELL,
    act: async () => (
      await faults.tell("destroy"),
      faults.look(),
      await faults.sleep(1000),
      await faults.tell("destroy"),
      faults.look()
    ),
  },
  {
    id: "gpu-destroyed-often",
    what: "destroyed five times in five seconds",
    lanes: WEBGPU,
    want: LOWER,
    core: true,
    act: async () => {
      for (let i = 0; i < 5; i++)
        (await faults.tell("destroy"), faults.look(), await faults.sleep(900));
    },
  },
  {
    id: "gpu-absent",
    what: "no navigator.gpu",
    lanes: WEBGPU,
    want: LOWER,
    engine: () => Object.defineProperty(navigator, "gpu", { value: undefined }),
  },
  {
    id: "gpu-adapter-null",
    what: "adapter null",
    lanes: WEBGPU,
    want: LOWER,
    core: true,
    engine: () => (GPU.prototype.requestAdapter = async () => null),
  },
  {
    id: "gpu-adapter-rejects",
    what: "requestAdapter rejects",
    lanes: WEBGPU,
    want: LOWER,
    engine: () =>
      (GPU.prototype.requestAdapter = () =>
        Promise.reject(Error("of the test"))),
  },
  {
    id: "gpu-adapter-never",
    what: "requestAdapter never settles",
    lanes: WEBGPU,
    want: LOWER,
    core: true,
    engine: () => (GPU.prototype.requestAdapter = () => new Promise(() => {})),
  },
  {
    id: "gpu-device-rejects",
    what: "requestDevice rejects",
    lanes: WEBGPU,
    want: LOWER,
    engine: () =>
      (GPUAdapter.prototype.requestDevice = () =>
        Promise.reject(Error("of the test"))),
  },
  {
    id: "gpu-device-never",
    what: "requestDevice never settles",
    lanes: WEBGPU,
    want: LOWER,
    engine: () =>
      (GPUAdapter.prototype.requestDevice = () => new Promise(() => {})),
  },
  {
    id: "gpu-device-dead",
    what: "devices are dead on arrival",
    lanes: WEBGPU,
    want: LOWER,
    core: true,
    engine: () =>
      (GPUAdapter.prototype.requestDevice = ((real) =>
        async function (...rest) {
          const device = await real.apply(this, rest);
          device.destroy();
          return device;
        })(GPUAdapter.prototype.requestDevice)),
  },
  {
    id: "gpu-context-null",
    what: "the canvas gives no WebGPU context",
    lanes: WEBGPU,
    want: LOWER,
    engine: () =>
      (OffscreenCanvas.prototype.getContext = ((real) =>
        function (kind, options) {
          return kind === "webgpu" ? null : real.call(this, kind, options);
        })(OffscreenCanvas.prototype.getContext)),
  },
  {
    id: "gpu-configure",
    what: "canvas configure throws",
    lanes: WEBGPU,
    want: LOWER,
    core: true,
    engine: () =>
      (GPUCanvasContext.prototype.configure = () => {
        throw Error("of the test");
      }),
  },
  {
    id: "gpu-texture",
    what: "getCurrentTexture throws",
    lanes: WEBGPU,
    want: LOWER,
    engine: () =>
      (GPUCanvasContext.prototype.getCurrentTexture = () => {
        throw Error("of the test");
      }),
  },
  {
    id: "gpu-scope-never",
    what: "the error scope never answers",
    lanes: WEBGPU,
    want: LOWER,
    engine: () =>
      (GPUDevice.prototype.popErrorScope = () => new Promise(() => {})),
  },
  {
    id: "gpu-shader",
    what: "the browser refuses a shader",
    lanes: WEBGPU,
    want: LOWER,
    engine: () =>
      (GPUDevice.prototype.createShaderModule = ((real) =>
        function (wanted) {
          return real.call(this, { ...wanted, code: wanted.code + "?" });
        })(GPUDevice.prototype.createShaderModule)),
  },
  {
    id: "gpu-submit",
    what: "submit throws",
    lanes: WEBGPU,
    want: LOWER,
    engine: () =>
      (GPUQueue.prototype.submit = () => {
        throw Error("of the test");
      }),
  },
  {
    id: "gpu-black",
    what: "draws nothing and says nothing",
    lanes: WEBGPU,
    want: LOWER,
    core: true,
    engine: () => {
      for (const { prototype } of [
        GPURenderPassEncoder,
        GPURenderBundleEncoder,
      ])
        for (const name of ["draw", "drawIndirect"]) prototype[name] = () => {};
    },
  },
  {
    id: "gpu-internal",
    what: "an internal error that nobody waited for",
    lanes: WEBGPU,
    want: EITHER,
    core: true,
    act: async () => (await faults.tell("internal"), faults.look()),
  },
  {
    id: "gpu-invalid",
    what: "three validation errors",
    lanes: WEBGPU,
    want: EITHER,
    act: async () => {
      for (let i = 0; i < 3; i++)
        (await faults.tell("invalid"), faults.look(), await faults.sleep(300));
    },
  },
  {
    id: "gpu-late",
    what: "an adapter after eight seconds",
    lanes: WEBGPU,
    want: LOWER,
    engine: () =>
      (GPU.prototype.requestAdapter = ((real) =>
        async function (...rest) {
          await new Promise((done) => setTimeout(done, 8000));
          return real.apply(this, rest);
        })(GPU.prototype.requestAdapter)),
  },

  // ---- the GPU's process, bitmaps
  {
    id: "process-killed",
    what: "GPU process killed",
    lanes: ["webgpu", "webgl2", "auto", "canvas"],
    want: WELL,
    fresh: true,
    timed: "kill",
    core: true,
    ms: 7000,
    drive: ({ crash }) => crash(),
  },
  {
    id: "host-blocked",
    what: "killed twice: the browser blocks the host",
    lanes: ["webgpu", "webgl2", "auto", "canvas"],
    want: { webgpu: LOWER, webgl2: LOWER, auto: LOWER, canvas: WELL },
    fresh: true,
    core: true,
    // A browser blocks whoever holds a context when the GPU dies: the second time is when each
    // widget has painted with a new one, or has given up.
    drive: async ({ crash, run }) => {
      const tiers = await run(() =>
        faults.widgets().map(({ status }) => status.tier),
      );
      await crash();
      await sleep(1500);
      await run(
        (tiers) =>
          faults.until(
            () =>
              faults
                .widgets()
                .every(
                  (one, i) =>
                    one.status.tier === tiers[i] &&
                    faults.painted.get(one).at(-1) > faults.begun,
                ),
            15_000,
          ),
        tiers,
      );
      await crash();
      await sleep(500);
    },
  },
  {
    id: "no-3d",
    what: "3-D APIs switched off",
    lanes: ["webgpu", "webgl2", "auto"],
    want: LOWER,
    bare: [
      "--disable-gpu",
      "--disable-software-rasterizer",
      "--disable-3d-apis",
    ],
  },
  {
    id: "bitmap-throws",
    what: "transferToImageBitmap throws",
    lanes: GPU,
    want: LOWER,
    engine: () =>
      (OffscreenCanvas.prototype.transferToImageBitmap = () => {
        throw Error("of the test");
      }),
  },
  {
    id: "bitmap-later",
    what: "transferToImageBitmap throws after a while",
    lanes: GPU,
    want: LOWER,
    act: async () => (await faults.tell("noBitmaps"), faults.look()),
  },
  {
    id: "no-offscreen",
    what: "no OffscreenCanvas",
    lanes: ["webgl2", "canvas", "auto", "firefox", "webkit"],
    want: {
      webgl2: LOWER,
      auto: LOWER,
      firefox: LOWER,
      canvas: WELL,
      webkit: WELL,
    },
    core: true,
    engine: () => delete globalThis.OffscreenCanvas,
  },
  {
    id: "no-present",
    what: "the device dies with the first frame",
    lanes: ["webgpu"],
    want: LOWER,
    fresh: true,
    bare: [
      "--enable-unsafe-webgpu",
      "--enable-unsafe-swiftshader",
      "--use-webgpu-adapter=swiftshader",
    ],
  },

  // ---- wasm
  {
    id: "trap",
    what: "a trap in the wasm",
    lanes: ["webgpu", "webgl2", "canvas", "firefox", "webkit"],
    want: WELL,
    core: true,
    timed: "trap",
    act: async () => (await faults.tell("trap"), faults.begin(), faults.look()),
  },
  {
    id: "traps",
    what: "traps without end",
    lanes: DRAWN,
    want: STATIC,
    core: true,
    act: async () => {
      for (let i = 0; i < 6; i++) {
        await faults.tell("trap");
        for (const one of faults.widgets())
          one.theme = i % 2 ? "light" : "auto";
        await faults.sleep(350);
      }
    },
  },
  {
    id: "no-wasm",
    what: "no WebAssembly",
    lanes: ["webgl2", "canvas", "firefox", "webkit"],
    want: STATIC,
    core: true,
    engine: () => delete globalThis.WebAssembly,
    page: () => delete globalThis.WebAssembly,
  },
  {
    id: "no-streaming",
    what: "no compileStreaming",
    lanes: FEW,
    want: WELL,
    engine: () => delete WebAssembly.compileStreaming,
  },
  {
    id: "wasm-404",
    what: "wasm: 404",
    lanes: FEW,
    want: STATIC,
    core: true,
    serve: once(WASM, () => ({ status: 404, body: "not found" })),
  },
  {
    id: "wasm-500-once",
    what: "wasm: 500, then right",
    lanes: FEW,
    want: WELL,
    serve: (path, run) =>
      WASM.test(path) && !run.count++ && { status: 500, body: "" },
  },
  {
    id: "wasm-mime",
    what: "wasm: wrong MIME type",
    lanes: FEW,
    want: WELL,
    core: true,
    serve: once(WASM, (path) => ({
      body: wasm(path),
      type: "application/octet-stream",
    })),
  },
  {
    id: "wasm-html",
    what: "wasm: an HTML page with status 200",
    lanes: FEW,
    want: STATIC,
    serve: once(WASM, () => ({
      body: "<!doctype html><p>Sorry",
      type: "text/html",
    })),
  },
  {
    id: "wasm-truncated",
    what: "wasm: truncated",
    lanes: FEW,
    want: STATIC,
    core: true,
    serve: once(WASM, (path) => ({
      body: wasm(path).subarray(0, 2000),
      type: "application/wasm",
    })),
  },
  {
    id: "wasm-flipped",
    what: "wasm: one bit flipped",
    lanes: FEW,
    want: STATIC,
    core: true,
    serve: once(WASM, (path) => ({
      body: flipped(wasm(path), -1),
      type: "application/wasm",
    })),
  },
  {
    id: "wasm-empty",
    what: "wasm: no bytes",
    lanes: FEW,
    want: STATIC,
    serve: once(WASM, () => ({ body: "", type: "application/wasm" })),
  },
  {
    id: "wasm-cut",
    what: "wasm: the connection breaks",
    lanes: FEW,
    want: STATIC,
    serve: once(WASM, (path) => ({
      raw: (response) => (
        response.writeHead(200, {
          "content-type": "application/wasm",
          "content-length": 400_000,
        }),
        response.write(wasm(path).subarray(0, 50_000)),
        setTimeout(() => response.destroy(), 100)
      ),
    })),
  },
  {
    id: "wasm-slow",
    what: "wasm: two seconds late",
    lanes: FEW,
    want: WELL,
    serve: async (path) =>
      WASM.test(path) &&
      (await sleep(2000), { body: wasm(path), type: "application/wasm" }),
  },
  {
    id: "wasm-never",
    what: "wasm: never answers",
    lanes: FEW,
    want: STATIC,
    core: true,
    serve: once(WASM, never),
  },
  {
    id: "wasm-late",
    what: "wasm: seven seconds late: a table meanwhile",
    lanes: ["canvas"],
    want: STATIC,
    then: WELL,
    serve: async (path) =>
      WASM.test(path) &&
      (await sleep(7000), { body: wasm(path), type: "application/wasm" }),
  },
  {
    id: "cors",
    what: "library of another origin, wasm without CORS",
    lanes: FEW,
    want: STATIC,
    core: true,
    elsewhere: true,
    serve: (path) =>
      WASM.test(path)
        ? { body: wasm(path), type: "application/wasm" }
        : { headers: { "access-control-allow-origin": "*" } },
  },
  {
    id: "elsewhere",
    what: "library of another origin, with CORS",
    lanes: FEW,
    want: { webgl2: WELL, canvas: WELL, firefox: WELL, webkit: WELL },
    elsewhere: true,
    serve: () => ({ headers: { "access-control-allow-origin": "*" } }),
  },
  {
    id: "memory-start",
    what: "memory refused at the start",
    lanes: ["webgl2", "canvas"],
    want: STATIC,
    args: ["--js-flags=--wasm-max-mem-pages=4"],
  },
  {
    id: "memory-later",
    what: "memory refused while growing",
    lanes: ["webgl2", "canvas"],
    want: STATIC,
    core: true,
    args: ["--js-flags=--wasm-max-mem-pages=24"],
  },

  // ---- scripts and workers
  {
    id: "engine-404",
    what: "engine: 404",
    lanes: FEW,
    want: STATIC,
    core: true,
    serve: once(ENGINE, () => ({ status: 404, body: "not found" })),
  },
  {
    id: "engine-mime",
    what: "engine: wrong MIME type",
    lanes: FEW,
    want: STATIC,
    serve: once(ENGINE, () => ({ body: "x", type: "text/plain" })),
  },
  {
    id: "engine-html",
    what: "engine: an HTML page",
    lanes: FEW,
    want: STATIC,
    serve: once(ENGINE, () => ({ body: "<!doctype html>", type: "text/html" })),
  },
  {
    id: "engine-truncated",
    what: "engine: truncated",
    lanes: FEW,
    want: STATIC,
    serve: once(ENGINE, () => ({
      body: "const x = {",
      type: "text/javascript",
    })),
  },
  {
    id: "engine-never",
    what: "engine: never answers",
    lanes: FEW,
    want: STATIC,
    core: true,
    serve: once(ENGINE, never),
  },
  {
    id: "worker-throws",
    what: "the worker cannot be made",
    lanes: ["webgpu", ...FEW],
    want: WELL,
    core: true,
    page: () =>
      (globalThis.Worker = function () {
        throw Error("of the test");
      }),
  },
  {
    id: "worker-csp",
    what: "CSP: worker-src 'none'",
    lanes: ["webgpu", ...FEW],
    want: WELL,
    headers: csp("worker-src 'none'"),
  },
  {
    id: "worker-mute",
    what: "the worker says nothing",
    lanes: ["webgl2", "canvas", "firefox"],
    want: [...WELL, ...STATIC],
    page: () =>
      (globalThis.Worker = class extends EventTarget {
        postMessage() {}
        terminate() {}
      }),
  },
  {
    id: "engine-stuck",
    what: "the engine hangs for ever while it paints",
    lanes: ["webgpu", "webgl2", "canvas"],
    want: EITHER,
    core: true,
    act: () => (faults.tell("stop"), faults.look(), faults.sleep(100)),
  },

  // ---- policies
  {
    id: "csp-strict",
    what: "the strictest policy that still draws",
    lanes: ALL,
    want: { static: STATIC },
    core: true,
    headers: csp(STRICT),
  },
  {
    id: "csp-types",
    what: "the same, with Trusted Types and our policy named",
    lanes: ALL,
    want: { static: STATIC },
    headers: csp(STRICT + TYPES + "ai-atlas"),
  },
  {
    id: "csp-types-none",
    what: "the same, with no Trusted Types policy at all",
    lanes: ALL,
    want: { static: STATIC },
    core: true,
    headers: csp(STRICT + TYPES + "'none'"),
  },
  {
    id: "csp-no-wasm",
    what: "no wasm-unsafe-eval",
    lanes: ["webgl2", "canvas", "firefox", "webkit"],
    want: STATIC,
    core: true,
    headers: csp("default-src 'self'; script-src 'self'"),
  },
  {
    id: "csp-no-connect",
    what: "connect-src 'none'",
    lanes: FEW,
    want: STATIC,
    headers: csp("connect-src 'none'"),
    // What no fetch may bring comes as a script.
    asks: /^\/data\/[a-z-]+\.js$/,
  },
  {
    id: "csp-no-style",
    what: "style-src 'none'",
    lanes: ["webgl2", "canvas", "static", "firefox", "webkit"],
    want: { static: STATIC },
    headers: csp("style-src 'none'"),
  },
  {
    id: "csp-sandbox",
    what: "a sandbox: opaque origin, no storage",
    lanes: ["canvas", "webgl2"],
    want: WELL,
    headers: csp("sandbox allow-scripts"),
    serve: () => ({ headers: { "access-control-allow-origin": "*" } }),
    deaf: true,
  },
  {
    id: "csp-none",
    what: "a policy that forbids the script",
    lanes: ["canvas", "firefox", "webkit"],
    want: STATIC,
    table: true,
    scriptless: true,
    headers: csp("script-src 'none'"),
  },

  // ---- data
  {
    id: "data-404",
    what: "data: 404",
    lanes: ["webgl2", "canvas", "static", "firefox", "webkit"],
    want: STATIC,
    core: true,
    serve: (path) => data(path) && { status: 404, body: "" },
  },
  {
    id: "data-html",
    what: "data: an HTML page",
    lanes: ["webgl2", "canvas", "firefox", "webkit"],
    want: STATIC,
    serve: (path) =>
      data(path) && { body: "<!doctype html>", type: "text/html" },
  },
  {
    id: "data-never",
    what: "data: never answers",
    lanes: ["webgl2", "canvas", "static", "firefox", "webkit"],
    want: STATIC,
    core: true,
    serve: (path) => data(path) && never(),
  },
  {
    id: "data-cut",
    what: "data: the connection breaks",
    lanes: ["canvas", "firefox", "webkit"],
    want: STATIC,
    serve: (path) =>
      data(path) && {
        raw: (response) => (
          response.writeHead(200, {
            "content-type": "application/json",
            "content-length": 90_000,
          }),
          response.write('{"kind":'),
          setTimeout(() => response.destroy(), 100)
        ),
      },
  },
  {
    id: "data-huge",
    what: "data: 900 MB are promised",
    lanes: ["canvas", "firefox", "webkit"],
    want: STATIC,
    serve: (path) =>
      data(path) && {
        raw: (response) => (
          response.writeHead(200, {
            "content-type": "application/json",
            "content-length": 900e6,
          }),
          response.write('{"kind":'),
          setTimeout(() => response.destroy(), 3000)
        ),
      },
  },
  {
    id: "data-bad-later",
    what: "a new src that is no JSON: the picture stays",
    // An author's own: the picture of the shipped data goes when an author names another file.
    table: true,
    lanes: DRAWN,
    want: { webgpu: WELL },
    serve: (path) =>
      path === "/bad.json" && { body: "{", type: "application/json" },
    act: async () => {
      for (const one of faults.widgets()) one.src = "/bad.json";
      await faults.sleep(300);
    },
    kept: false,
  },
  {
    id: "slow-data",
    what: "data of one widget that is never read to its end",
    lanes: ["webgpu", "webgl2", "canvas", "firefox"],
    want: WELL,
    core: true,
    guilty: "atlas-value-chain",
    loose: true,
    ms: 25_000,
    engine: `() => (${atReading})((text) => { while (text.includes('"ai-atlas/value-chain"')); })`,
  },
  {
    id: "slow-data-while",
    what: "data of one widget that takes two seconds to read",
    lanes: ["webgl2", "canvas", "firefox"],
    want: WELL,
    engine: `() => (${atReading})((text) => { for (const end = Date.now() + 2000; text.includes('"ai-atlas/value-chain"') && Date.now() < end; ); })`,
  },
  {
    id: "slow-picture",
    what: "a picture of one widget that is never laid out",
    lanes: ["webgpu", "webgl2", "canvas", "firefox"],
    want: WELL,
    core: ["canvas", "webgl2"],
    guilty: "atlas-value-chain",
    loose: true,
    ms: 25_000,
    engine: () => {
      const never = new WeakSet();
      let id;
      addEventListener("message", ({ data }) => {
        if (data.kind === "value-chain") id = data.id;
        if (data.type === "view" && data.id === id) never.add(data.view.state);
      });
      const entries = Object.entries;
      Object.entries = (one) => {
        if (never.has(one)) for (;;);
        return entries(one);
      };
    },
  },
  {
    id: "offline",
    what: "offline before the data came",
    lanes: ["canvas"],
    want: STATIC,
    serve: (path) => data(path) && { raw: (response) => response.destroy() },
  },
  {
    id: "offline-later",
    what: "offline once all is there",
    lanes: ["webgpu", "webgl2", "canvas"],
    want: WELL,
    drive: ({ context }) => context.setOffline(true),
  },
  {
    id: "offline-trap",
    what: "a trap, and the network is gone",
    lanes: ["webgl2", "canvas"],
    want: [...EITHER, ...STATIC],
    drive: ({ context }) => context.setOffline(true),
    act: async () => (
      await faults.tell("trap"),
      (faults.widgets()[0].theme = "light"),
      faults.sleep(200)
    ),
  },

  // ---- the page
  {
    id: "hidden-first",
    what: "display:none at first, shown later",
    lanes: ALL,
    want: { static: STATIC },
    core: true,
    style: "#box{display:none}",
    early: () => (document.querySelector("#box").style.display = "block"),
  },
  {
    id: "hidden-later",
    what: "display:none for a while",
    lanes: ALL,
    want: { static: STATIC },
    unwatched: true,
    act: async () => {
      const { style } = document.querySelector("#box");
      style.display = "none";
      await faults.sleep(300);
      style.display = "";
    },
  },
  {
    id: "zero",
    what: "no width for a while",
    lanes: DRAWN,
    want: WELL,
    core: true,
    unwatched: true,
    act: async () => {
      const { style } = document.querySelector("#box");
      style.width = "0";
      await faults.sleep(300);
      style.width = "";
      await faults.sleep(200);
    },
  },
  {
    id: "narrow",
    what: "one pixel, then 20,000 px, then as before",
    lanes: DRAWN,
    want: WELL,
    unwatched: true,
    act: async () => {
      const { style } = document.querySelector("#box");
      for (const width of ["1px", "20000px", ""]) {
        style.width = width;
        await faults.sleep(500);
      }
    },
  },
  {
    id: "resize-storm",
    what: "200 sizes in two seconds",
    lanes: DRAWN,
    want: WELL,
    act: async () => {
      const { style } = document.querySelector("#box");
      for (let i = 0; i < 200; i++) {
        style.width = 400 + ((i * 37) % 500) + "px";
        await faults.sleep(10);
      }
      style.width = "";
      await faults.sleep(200);
    },
  },
  {
    id: "moved",
    what: "60 moves in the document, two ways",
    lanes: ALL,
    want: { static: STATIC },
    core: true,
    unwatched: true,
    act: async () => {
      const box = document.querySelector("#box");
      for (let i = 0; i < 60; i++) {
        const one = faults.widgets()[i % 3];
        i % 2 && box.moveBefore
          ? box.moveBefore(one, box.firstChild)
          : box.prepend(one);
        if (i % 10 === 0) await faults.sleep(20);
      }
    },
  },
  {
    id: "returned",
    what: "removed, put back after 300 ms",
    lanes: ALL,
    want: { static: STATIC },
    core: true,
    unwatched: true,
    act: async () => {
      const all = faults.widgets();
      for (const one of all) one.remove();
      await faults.sleep(300);
      document.querySelector("#box").append(...all);
      await faults.sleep(100);
    },
  },
  {
    id: "removed-early",
    what: "removed and put back while loading",
    lanes: ALL,
    want: { static: STATIC },
    early: async () => {
      const all = faults.widgets();
      for (let i = 0; i < 5; i++) {
        for (const one of all) one.remove();
        await faults.sleep(30);
        document.querySelector("#box").append(...all);
        await faults.sleep(15);
      }
    },
  },
  {
    id: "navigated",
    loose: true,
    what: "a one-page application goes to another page and back",
    lanes: ALL,
    want: { static: STATIC },
    core: true,
    unwatched: true,
    kept: false,
    act: async () => {
      const box = document.querySelector("#box");
      const html = box.cloneNode(true);
      box.replaceChildren("another page");
      await faults.sleep(400);
      box.replaceWith(html);
      await faults.settled(5000);
      await faults.prepare();
    },
  },
  {
    id: "bfcache",
    what: "back from the page cache, with the GPU lost meanwhile",
    lanes: ["webgpu", "webgl2", "canvas", "firefox"],
    want: WELL,
    act: async () => {
      dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
      await faults.tell("lose");
      await faults.tell("destroy");
      await faults.sleep(200);
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      await faults.sleep(50);
    },
  },
  {
    id: "frozen",
    what: "the tab is frozen for a while",
    lanes: ["webgpu", "webgl2", "canvas"],
    want: WELL,
    drive: async ({ context, page }) => {
      const session = await context.newCDPSession(page);
      await session.send("Page.setWebLifecycleState", { state: "frozen" });
      await sleep(500);
      await session.send("Page.setWebLifecycleState", { state: "active" });
    },
  },
  {
    id: "copies",
    what: "three copies of the script in two versions",
    lanes: ALL,
    want: { static: STATIC },
    core: true,
    script:
      '<script type="module" src="/two/ai-atlas.js"></script>' +
      SCRIPT +
      SCRIPT.replace(".js", ".js?again"),
  },
  {
    id: "taken",
    what: "another script has one of the names",
    lanes: ["canvas", "firefox", "webkit"],
    want: WELL,
    only: ["atlas-value-chain", "atlas-funding-timeline"],
    page: () =>
      customElements.define("atlas-market-share", class extends HTMLElement {}),
  },
  {
    id: "styles",
    what: "a hostile style sheet",
    lanes: ALL,
    want: { static: STATIC },
    core: true,
    style:
      "*{all:unset;display:block!important}canvas{max-width:50%!important;filter:invert(1)}*{line-height:0;color:red!important;letter-spacing:2em}",
    loose: true,
  },
  {
    id: "globals",
    what: "a page that has changed what all objects have",
    lanes: ["canvas", "static", "firefox", "webkit"],
    want: { static: STATIC },
    page: () => {
      Array.prototype.last = function () {};
      Object.prototype.junk = "junk";
      Array.prototype.toJSON = function () {
        return "broken";
      };
    },
  },
  {
    id: "calls",
    what: "listeners that call everything from within",
    asks: /^\/export\.js$/,
    lanes: ["webgpu", "webgl2", "canvas", "firefox", "webkit"],
    want: WELL,
    kept: false,
    act: async () => {
      const all = faults.widgets();
      for (const one of all)
        for (const type of [
          "load",
          "issues",
          "error",
          "atlas-select",
          "atlas-view-change",
          "progress",
        ])
          one.addEventListener(
            type,
            () => {
              one.fit();
              one.save();
              one.select("#1");
              one.toCSV();
              one.toBlob();
              one.remove();
              document.querySelector("#box").append(one);
            },
            { once: true },
          );
      for (const one of all) (one.select("#3"), one.fit());
      await faults.sleep(300);
      for (const one of faults.widgets()) one.select("#2");
      await faults.prepare();
    },
  },
  {
    id: "storm",
    what: "300 changes of attributes in one second",
    lanes: DRAWN,
    want: WELL,
    act: async () => {
      const all = faults.widgets();
      for (let i = 0; i < 300; i++) {
        const one = all[i % 3];
        one.theme = ["dark", "light", ""][(i % 9) >> 1] ?? "";
        one.lang = i % 2 ? "en" : "ko";
        if (i % 10 === 0) await faults.sleep(30);
      }
      for (const one of all) ((one.theme = ""), one.removeAttribute("lang"));
      await faults.sleep(100);
    },
  },
  {
    id: "density",
    what: "a screen of 3 px a pixel, then of 1",
    lanes: ["webgpu", "webgl2", "canvas"],
    want: WELL,
    drive: async ({ page, context }) => {
      const session = await context.newCDPSession(page);
      const size = { width: 1000, height: 2800, mobile: false };
      await session.send("Emulation.setDeviceMetricsOverride", {
        ...size,
        deviceScaleFactor: 3,
      });
      await sleep(600);
      await session.send("Emulation.setDeviceMetricsOverride", {
        ...size,
        deviceScaleFactor: 1,
      });
      await sleep(300);
    },
  },
  {
    id: "printed",
    what: "printed",
    lanes: ["webgpu", "webgl2", "canvas", "static"],
    want: { static: STATIC },
    drive: async ({ page }) => {
      await page.emulateMedia({ media: "print" });
      await sleep(200);
      await page.pdf();
      await page.emulateMedia({ media: null });
      await sleep(100);
    },
  },
  {
    id: "insecure",
    what: "http: no navigator.gpu",
    lanes: ["webgpu", "webgl2", "canvas"],
    want: { webgpu: LOWER },
    args: ["--host-resolver-rules=MAP news.test 127.0.0.1"],
    host: "news.test",
  },
  {
    id: "old-clock",
    what: "no AbortSignal.timeout, no toSorted: a browser of 2022",
    lanes: ["canvas", "webgl2"],
    want: WELL,
    engine: () => delete AbortSignal.timeout,
    page: () => {
      delete AbortSignal.timeout;
      delete Array.prototype.toSorted;
      delete Array.prototype.findLast;
      delete Promise.withResolvers;
    },
  },
  {
    id: "crowded",
    what: "48 widgets beside 8 foreign WebGL canvases",
    lanes: ["webgpu", "webgl2", "canvas"],
    want: WELL,
    crowd: 48,
    ms: 9000,
    ready: 25_000,
  },
];

export const PREPARE = { ENGINE, LIBRARY, WASM };
export { TAGS };
