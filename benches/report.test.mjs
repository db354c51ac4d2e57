// A bench that measured nothing must not look like one that did.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { faults } from "./report.mjs";

// Runs a bench that is made of these words; returns its exit status and what it complained about.
const bench = (expected, body, form = "short") => {
  const code = `import { report } from ${JSON.stringify(new URL("./report.mjs", import.meta.url).href)};
    import { beside } from ${JSON.stringify(new URL("./beside.mjs", import.meta.url).href)};
    const line = report(${JSON.stringify(expected)}); ${body}`;
  // Anything that loads: no wasm is asked.
  const wasm = fileURLToPath(new URL("./package.json", import.meta.url));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", code],
    {
      encoding: "utf8",
      env: { ...process.env, BENCH: form, BENCH_WASM: wasm },
    },
  );
  return { status, stdout, stderr };
};
const RUN = `const busy = () => { for (let i = 0; i < 1e5; i++); };`;

test("a bench that measured all of its lines passes and says them", () => {
  const { status, stdout, stderr } = bench(
    ["a", "b"],
    `${RUN} line('a', { measured: beside([{ name: 'ours', run: busy }, { name: 'peer', run: busy }], 3) }); line('b', { measured: { n: 1 }, right: true });`,
  );
  assert.equal(status, 0, stderr);
  assert.equal(
    stdout
      .trim()
      .split("\n")
      .map((one) => JSON.parse(one)).length,
    2,
  );
});

test("a bench that measured nothing fails and says what", () => {
  for (const [what, expected, body, fault] of [
    [
      "no runs",
      ["a"],
      `${RUN} line('a', { measured: beside([{ name: 'ours', run: busy }, { name: 'peer', run: busy }], 0) });`,
      "measured.ms is undefined",
    ],
    [
      "no bytes",
      ["a"],
      `line('a', { measured: { bytes: 0 }, goal: 8, ok: true });`,
      "measured.bytes is 0",
    ],
    [
      "no number",
      ["a"],
      `line('a', { measured: { ms: 0 / 0 } });`,
      "measured.ms is NaN",
    ],
    [
      "less than nothing",
      ["a"],
      `line('a', { measured: { count: -1 } });`,
      "measured.count is -1",
    ],
    [
      "a ratio to nothing",
      ["a"],
      `line('a', { measured: { ms: 1 }, ratio: 1 / 0 });`,
      "line.ratio is Infinity",
    ],
    [
      "a text for a number",
      ["a"],
      `line('a', { measured: { ms: '12' } });`,
      "measured.ms is 12",
    ],
    [
      "no measure at all",
      ["a"],
      `line('a', { goal: 8, ok: true });`,
      "nothing was measured",
    ],
    [
      "a missing line",
      ["a", "b"],
      `line('a', { measured: { n: 1 } });`,
      "«b» was not measured",
    ],
    [
      "a line twice",
      ["a"],
      `line('a', { measured: { n: 1 } }); line('a', { measured: { n: 1 } });`,
      "said twice",
    ],
    [
      "a line that nobody expects",
      ["a"],
      `line('a', { measured: { n: 1 } }); line('c', { measured: { n: 1 } });`,
      "was not expected",
    ],
    ["no lines", [], "", "no line was expected"],
    ["a missing peer", ["a"], `await import('no-such-peer');`, "no-such-peer"],
    [
      "a wait that never ends",
      ["a"],
      `await new Promise(() => {});`,
      "«a» was not measured",
    ],
    [
      "an end before the last line",
      ["a"],
      `process.exit(0);`,
      "«a» was not measured",
    ],
    [
      "what was never compared",
      ["a"],
      `line('a', { measured: { n: 1 }, right: undefined });`,
      "is not right",
    ],
    [
      "what is wrong at any speed",
      ["a"],
      `line('a', { measured: { n: 1 }, right: 1 > 2 });`,
      "is not right",
    ],
  ]) {
    const { status, stderr } = bench(expected, body);
    assert.notEqual(status, 0, what);
    assert.ok(stderr.includes(fault), `${what}: ${stderr}`);
  }
});

test("a goal of speed that is missed is said in the long form and fails nothing", () => {
  const body = `line('a', { measured: { ms: 9 }, goal: 8, ok: false });`;
  const [long, short, nothing] = [
    bench(["a"], body, ""),
    bench(["a"], body),
    bench(["a", "b"], body, ""),
  ];
  assert.notEqual(nothing.status, 0);
  assert.deepEqual([long.status, JSON.parse(long.stdout).ok], [0, false]);
  assert.deepEqual(
    [short.status, "ok" in JSON.parse(short.stdout)],
    [0, false],
  );
  assert.deepEqual(faults({ measured: { ms: 1 } }), []);
});
