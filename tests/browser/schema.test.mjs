// The shipped data sets are what their schemas say, and the schemas notice when they are not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { KINDS, require, root } from "./harness.mjs";

const { default: Ajv } = require("ajv/dist/2020");
const read = (path) => JSON.parse(readFileSync(`${root}/data/${path}.json`));

const SPOIL = {
  "value-chain": (file) => delete file.links[0].to,
  "market-share": (file) => (file.tables[0].items[0].value = "ninety-two"),
  "funding-timeline": (file) => (file.events[0].date = "2024-13-45"),
};

for (const kind of KINDS) {
  const check = () =>
    new Ajv({ allErrors: true, strict: false }).compile(
      read(`schema/${kind}.schema`),
    );

  test(`data/${kind}.json is valid by its schema`, () => {
    const valid = check();
    assert.ok(
      valid(read(kind)),
      JSON.stringify(valid.errors?.slice(0, 5), null, 1),
    );
  });

  test(`a spoilt copy of data/${kind}.json is not`, () => {
    const file = read(kind);
    SPOIL[kind](file);
    assert.equal(check()(file), false);
  });
}
