// Counts what a thread asks of WebGPU and WebGL2: put before a script, or evaluated. Every method
// of every prototype counts, also that of a canvas's context; `self.gpuCalls` is { calls, bytes,
// by: { 'GPUQueue.submit': 1, … } } since `take()`.
(() => {
  const fresh = () => ({ calls: 0, bytes: 0, by: {} });
  let now = fresh();
  // Bytes that a call sends to the GPU.
  const sent = {
    "GPUQueue.writeBuffer": (buffer, at, data, from = 0, size = undefined) =>
      (size ?? (data.length ?? data.byteLength) - from) *
      (data.BYTES_PER_ELEMENT ?? 1),
    "GPUQueue.writeTexture": (to, data) => data.byteLength,
    "GPUBuffer.getMappedRange": (at, size) => size,
    "WebGL2RenderingContext.bufferData": (to, data) => data.byteLength ?? data,
    "WebGL2RenderingContext.bufferSubData": (to, at, data) => data.byteLength,
    "WebGL2RenderingContext.texSubImage2D": (...all) => all[8].byteLength,
  };
  for (const name of Object.getOwnPropertyNames(self)) {
    if (
      !/^(GPU[A-Z]|WebGL2RenderingContext$)/.test(name) ||
      !self[name].prototype
    )
      continue;
    const { prototype } = self[name];
    for (const [method, { value }] of Object.entries(
      Object.getOwnPropertyDescriptors(prototype),
    )) {
      if (typeof value !== "function" || method === "constructor") continue;
      const full = `${name}.${method}`;
      prototype[method] = function (...all) {
        now.calls++;
        now.bytes += sent[full]?.(...all) ?? 0;
        now.by[full] = (now.by[full] ?? 0) + 1;
        return value.apply(this, all);
      };
    }
  }
  self.gpuCalls = {
    get now() {
      return now;
    },
    take() {
      const then = now;
      now = fresh();
      return then;
    },
  };
})();
