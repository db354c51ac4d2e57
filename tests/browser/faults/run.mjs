// `make test-faults`: every fault in every lane it applies to, as a table. Arguments choose faults
// by id and lanes by name.
import { finish as finishServers } from "../harness.mjs";
import { FAULTS } from "./faults.mjs";
import { MATRIX, finish } from "./lanes.mjs";
import { plan, strike } from "./matrix.mjs";

const only = process.argv.slice(2);
const ids = new Set(only.filter((one) => FAULTS.some(({ id }) => id === one)));
const lanes = new Set(only.filter((one) => one in MATRIX));
const core = only.includes("--core");
const short = {
  recovered: "recovered",
  "lower tier": "lower tier",
  static: "static",
};

// After a trap the picture comes from the new instance at once; after a loss the last word is the
// GPU's.
const timeOf = ({ timed }, cell) => (timed === "trap" ? cell.first : cell.ms);

const results = [];
let last;
for (const [fault, name] of plan(core)) {
  if ((ids.size && !ids.has(fault.id)) || (lanes.size && !lanes.has(name)))
    continue;
  const result = await strike(fault, name);
  results.push(result);
  if (fault !== last) console.log(`\n${fault.id}: ${fault.what}`);
  last = fault;
  const cells = result.absent
    ? ["not installed"]
    : ["chain", "share", "timeline"].map((word) => {
        const cell = result.cells.find(({ tag }) => tag.endsWith(word));
        return cell
          ? (short[cell.outcome] ?? cell.outcome) +
              (fault.timed && cell.ms != null
                ? ` ${timeOf(fault, cell)} ms`
                : "")
          : "–";
      });
  const reason =
    result.cells.map((cell) => cell.reason || cell.error).find(Boolean) ?? "";
  console.log(
    `  ${name.padEnd(15)} ${cells.map((cell) => cell.padEnd(19)).join(" ")} ${String(result.ms ?? "").padStart(6)} ms  ${result.look === 2 ? "(second look) " : ""}${reason.slice(0, 90)}`,
  );
  for (const wrong of result.wrong ?? []) console.log(`      ✗ ${wrong}`);
}
const p95 = (all) =>
  all.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(all.length * 0.95) - 1)];
const slackest = Math.max(1, ...results.map(({ slack }) => slack ?? 1));
const LABELS = {
  true: "loss → painted again",
  kill: "GPU process killed → painted again",
  trap: "trap → painted again",
};
const times = (kind, most, { of = "", lanes, gate = true } = {}) => {
  const struck = results.filter(
    ({ fault, lane, cells }) =>
      fault.timed === kind && cells.length && (!lanes || lanes.includes(lane)),
  );
  const all = struck
    .flatMap(({ fault, cells }) => cells.map((cell) => timeOf(fault, cell)))
    .filter((ms) => ms != null && ms >= 0);
  if (all.length)
    console.log(
      `${LABELS[kind]}${of}: p95 ${p95(all)} ms of ${all.length} (asked: ${most} ms)`,
    );
  if (all.length && kind !== "trap")
    console.log(
      `  of that the first picture, in whatever tier: p95 ${p95(struck.flatMap(({ cells }) => cells.map(({ first }) => first)).filter((ms) => ms >= 0))} ms`,
    );
  if (struck.length && !all.length) return false; // nothing was timed
  return !gate || !all.length || p95(all) <= most * slackest;
};
// One engine holds all three: one time a run.
const mounted = (most) => {
  const struck = results.filter(
    ({ fault, cells }) => fault.timed === "trap" && cells.length,
  );
  const all = struck
    .map(({ cells }) => cells[0].mounted)
    .filter((ms) => ms >= 0);
  if (all.length)
    console.log(
      `trap → all data back in a fresh engine: p95 ${p95(all)} ms of ${all.length} runs (asked: ${most} ms)`,
    );
  return (
    all.length === struck.length && (!all.length || p95(all) <= most * slackest)
  );
};
console.log();
// A software GPU that composes the page takes the processor from the engine that starts: there the
// picture's time is said, the data's is held to.
const composed = ["webgpu", "webgl2", "auto"];
const quick = [
  times(true, 1000),
  times("kill", 3000),
  mounted(300),
  times("trap", 300, {
    lanes: Object.keys(MATRIX).filter((lane) => !composed.includes(lane)),
  }),
  times("trap", 300, {
    of: ", beside a software GPU",
    lanes: composed,
    gate: false,
  }),
];
const cells = results.reduce((sum, { cells }) => sum + cells.length, 0);
const wrong = results.filter((result) => result.wrong?.length);
const absent = new Set(
  results.filter((result) => result.absent).map(({ lane }) => lane),
);
console.log(
  `${new Set(results.map(({ fault }) => fault.id)).size} faults, ${results.length} runs, ${cells} cells; ${wrong.length} runs with something wrong${absent.size ? `; NOT RUN, not installed: ${[...absent].join(", ")}` : ""}`,
);
if (slackest > 1)
  console.log(
    `this machine had other work: times were allowed to be up to ${slackest.toFixed(1)} times as long`,
  );
await finish();
await finishServers();
process.exit(wrong.length || absent.size || quick.includes(false) ? 1 : 0);
