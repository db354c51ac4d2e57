// Stands before the engine, in its worker or on the page's thread: keeps hold of what the browser
// gave it, so that it can be taken away, and counts. What is done to it is real: contexts are lost,
// devices destroyed, memory overwritten.
const faultsHold = (globalThis.faultsHold ??= {
  contexts: [],
  devices: [],
  instances: [],
  counts: {
    tries: 0,
    contexts: 0,
    devices: 0,
    destroyed: 0,
    adapters: 0,
    compiles: 0,
    frames: 0,
    bitmaps: 0,
  },
  low: [],
});
{
  const { contexts, devices, instances, counts, low } = faultsHold;
  const bus = new BroadcastChannel("faults");
  if (typeof OffscreenCanvas === "function") {
    const getContext = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (kind, options) {
      if (/webgl/.test(kind)) counts.tries++;
      if (faultsHold.refuse === "now" && /webgl/.test(kind)) return null;
      const context = getContext.call(this, kind, options);
      if (context && /webgl/.test(kind) && !contexts.includes(context)) {
        contexts.push(context);
        counts.contexts++;
        low.push(options?.powerPreference);
      }
      return context;
    };
    const bitmap = OffscreenCanvas.prototype.transferToImageBitmap;
    OffscreenCanvas.prototype.transferToImageBitmap = function () {
      if (faultsHold.noBitmaps) throw Error("of the test");
      counts.bitmaps++;
      return bitmap.call(this);
    };
  }
  const frame = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = (run) => (counts.frames++, frame(run));
  if (globalThis.GPU) {
    const requestAdapter = GPU.prototype.requestAdapter;
    GPU.prototype.requestAdapter = function (options) {
      counts.adapters++;
      low.push(options?.powerPreference);
      return requestAdapter.call(this, options);
    };
    const requestDevice = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (...rest) {
      const device = await requestDevice.apply(this, rest);
      devices.push(device);
      device.lost.then(() => counts.destroyed++);
      counts.devices++;
      return device;
    };
  }
  if (typeof WebAssembly === "object") {
    for (const name of ["compile", "compileStreaming"]) {
      const real = WebAssembly[name];
      if (real)
        WebAssembly[name] = (...rest) => (counts.compiles++, real(...rest));
    }
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const real = WebAssembly[name];
      WebAssembly[name] = async (source, imports) => {
        if (!(source instanceof WebAssembly.Module)) counts.compiles++;
        const made = await real(source, imports);
        instances.push(made.instance ?? made);
        return made;
      };
    }
  }
  const acts = {
    refuse: () => (faultsHold.refuse = "now") && 1,
    clock: (ms) => {
      const now = Date.now;
      Date.now = () => now() + ms;
    },
    noBitmaps: () => (faultsHold.noBitmaps = true) && 1,
    lose: () =>
      contexts.map((gl) => gl.getExtension("WEBGL_lose_context")?.loseContext())
        .length,
    restore: () =>
      contexts.map((gl) =>
        gl.isContextLost()
          ? gl.getExtension("WEBGL_lose_context")?.restoreContext()
          : 0,
      ).length,
    destroy: () => devices.map((device) => device.destroy()).length,
    internal: () =>
      devices.map((device) =>
        device.dispatchEvent(
          new GPUUncapturedErrorEvent("uncapturederror", {
            error: new GPUInternalError("of the test"),
            cancelable: true,
          }),
        ),
      ).length,
    // A call that WebGPU refuses by its own rules, not waited for.
    invalid: () =>
      devices.map((device) => device.createBuffer({ size: 4, usage: 0 }))
        .length,
    // Everything the wasm remembers becomes nonsense: what it does next ends in a trap.
    trap: () =>
      instances.map(({ exports }) => {
        for (const memory of Object.values(exports))
          if (memory instanceof WebAssembly.Memory)
            new Uint8Array(memory.buffer).fill(0xff, 1024);
      }).length,
    counts: () => ({
      ...counts,
      alive: contexts.filter((gl) => !gl.isContextLost()).length,
      low,
    }),
    hang: (ms) => {
      for (const end = Date.now() + ms; Date.now() < end;);
    },
    stop: () => {
      for (;;);
    },
  };
  bus.onmessage = ({ data: { number, what, arg } }) => {
    if (!acts[what]) return;
    let said;
    try {
      said = acts[what](arg);
    } catch (error) {
      said = String(error);
    }
    bus.postMessage({ answer: number, said });
  };
}
