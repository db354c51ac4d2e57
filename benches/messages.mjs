// A scene of many labels on its way from the wasm into script objects: packed, as the engine does
// it, beside JSON text and beside a call for every field. And what it costs the page's thread to
// take it from a worker.
import { deepEqual } from "node:assert/strict";
import { beside, ours } from "./beside.mjs";
import { labelsOf, outlineOf } from "./packed.js";
import { report, short } from "./report.mjs";

const COUNTS = short ? [100] : [200, 2_000];
const made = (n) =>
  `${n} labels and ${n} stops of the keyboard, packed, beside JSON text and beside objects field by field`;
const taken = (n) =>
  `the same, out of a worker's message: packed, and made objects of, beside objects`;
const line = report(COUNTS.flatMap((n) => [made(n), `${n}: ${taken(n)}`]));

const unpack = ({ labels, outline }) => ({
  labels: labelsOf(labels),
  outline: outlineOf(outline),
});
const same = (...all) =>
  all.every((one) => (deepEqual(one, all[0]), one.labels.length > 0));
for (const n of COUNTS) {
  ours.make(n);
  const [packed, text, objects] = [
    () => unpack(ours.packed()),
    () => JSON.parse(ours.text()),
    () => ours.objects(),
  ];
  const right = same(objects(), text(), packed());
  const run = beside(
    [
      { name: "packed", run: packed },
      { name: "JSON text", run: text },
      { name: "field by field", run: objects },
    ],
    31,
    20,
  );
  const [{ ratio }] = run.peers;
  line(made(n), {
    measured: { n, ...run },
    right,
    goal: "ratio to JSON text ≥ 1",
    ok: ratio >= 1,
  });
  const [few, many] = [ours.packed(), objects()];
  line(`${n}: ${taken(n)}`, {
    measured: {
      n,
      ...beside(
        [
          { name: "packed", run: () => unpack(structuredClone(few)) },
          { name: "objects", run: () => structuredClone(many) },
        ],
        31,
        20,
      ),
    },
  });
}
