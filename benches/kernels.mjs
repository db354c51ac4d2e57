import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

import { report, short } from "./report.mjs";

const { Lap } = createRequire(import.meta.url)(process.env.BENCH_WASM);
const say = (line) => console.log(JSON.stringify(line));
const KERNELS = ["bin", "cull", "relax", "tree", "tween"];
const SIZES = short ? [1_000] : [1_000, 10_000, 100_000, 262_144, 1_000_000];
const timed = (kernel, n) => `kernel ${kernel}, ${n} rows`;
const measure = report(
  KERNELS.flatMap((kernel) => SIZES.map((n) => timed(kernel, n))),
);

// The native program says how fast the adapter that is here is; what readers without one run is the
// twin as wasm.
const lines = execFileSync(process.env.BENCH_NATIVE, {
  encoding: "utf8",
  stdio: ["ignore", "pipe", "inherit"],
})
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));
const from = new Map();
let software = true;
for (const line of lines) {
  if (line.what === "adapter") software = line.software;
  if (line.what === "kernel") {
    const lap = new Lap(line.kernel, line.n);
    lap.run();
    // Short ones are run as often as the clock needs.
    const often = Math.max(1, Math.ceil(50_000 / line.n));
    line.twin_wasm_ms = Math.min(
      ...Array.from({ length: 7 }, () => {
        const start = performance.now();
        for (let i = 0; i < often; i++) lap.run();
        return (performance.now() - start) / often;
      }),
    );
    lap.free();
    line.ratio_wasm = line.twin_wasm_ms / line.gpu_ms;
    if (line.ratio_wasm <= 1) from.delete(line.kernel);
    else if (!from.has(line.kernel)) from.set(line.kernel, line.n);
    const {
      kernel,
      n,
      gpu_ms,
      each_of_many_ms,
      alone_with_wait_ms,
      twin_native_ms,
      twin_wasm_ms,
      ratio_wasm,
      same_as_twin,
      goal_ms,
      ok,
      ...more
    } = line;
    const measured = {
      n,
      gpu_ms,
      each_of_many_ms,
      alone_with_wait_ms,
      twin_native_ms,
      twin_wasm_ms,
      ratio_wasm,
    };
    measure(timed(kernel, n), {
      ...more,
      kernel,
      measured,
      right: same_as_twin,
      goal: goal_ms,
      ok,
    });
    continue;
  }
  if (line.what === "crossover")
    line.gpu_faster_than_wasm_twin_from = from.get(line.kernel) ?? null;
  say(line);
}
if (software)
  say({
    what: "note",
    text: "this adapter computes on the CPU: the goals were not checked on a real GPU",
  });
