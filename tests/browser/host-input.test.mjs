// What the host makes of columns and data before they cross into the wasm. Needs no browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { circleIn } from "../../www/host/circle.js";
import { cellNumber } from "../../www/host/cell-values.js";

test("a cell of a column reads as a number where people mean one", () => {
  const cells = Object.entries(
    JSON.parse(
      readFileSync(new URL("../fixtures/cells.json", import.meta.url)),
    ),
  );
  assert.ok(cells.length > 30);
  for (const [text, number] of cells)
    assert.equal(cellNumber(text), number ?? NaN, JSON.stringify(text));
});

test("data that hold themselves are told with the place", () => {
  const circle = {};
  circle.circle = circle;
  assert.equal(
    circleIn({ items: [{ label: "a", up: circle }] }),
    "items[0].up.circle",
  );
});
