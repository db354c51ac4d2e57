// The schemas and the reader say the same of a file: what is valid is read without a word, and what
// is not has an issue. What a schema cannot say are references inside a file and sums.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { KINDS, require, root } from "./harness.mjs";

const { default: Ajv } = require("ajv/dist/2020");
const folder = mkdtempSync(join(tmpdir(), "ai-atlas-schema-"));
after(() => rmSync(folder, { recursive: true }));
const read = (path) => JSON.parse(readFileSync(`${root}/data/${path}.json`));
const checks = Object.fromEntries(
  KINDS.map((kind) => [
    kind,
    new Ajv({ allErrors: true, strict: false }).compile(
      read(`schema/${kind}.schema`),
    ),
  ]),
);

// What the reader says of files: the code of an error, or its issues.
const said = (files) => {
  const names = files.map((file, i) => {
    const name = join(folder, `${i}.json`);
    writeFileSync(name, JSON.stringify(file));
    return name;
  });
  const args = "run --quiet --bin ai-atlas -- check --json lang=en".split(" ");
  const { stdout, stderr } = spawnSync("cargo", [...args, ...names], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const lines = stdout.trimEnd().split("\n");
  assert.equal(lines.length, files.length, stderr);
  return lines.map((line) => {
    const { error, issues = [] } = JSON.parse(line);
    return error ? [error.code] : issues.map(({ text }) => text);
  });
};

const SPOIL = {
  "value-chain": (file) => delete file.links[0].to,
  "market-share": (file) => (file.tables[0].items[0].value = "ninety-two"),
  "funding-timeline": (file) => (file.events[0].date = "2024-13-45"),
};

for (const kind of KINDS) {
  test(`data/${kind}.json is valid by its schema`, () => {
    const valid = checks[kind];
    assert.ok(
      valid(read(kind)),
      JSON.stringify(valid.errors?.slice(0, 5), null, 1),
    );
  });

  test(`a spoilt copy of data/${kind}.json is not`, () => {
    const file = read(kind);
    SPOIL[kind](file);
    assert.equal(checks[kind](file), false);
  });
}

const share = (more) => ({ kind: "ai-atlas/market-share", ...more });
const item = (value, label = "A") => share({ items: [{ label, value }] });
const event = (more) => ({
  kind: "ai-atlas/funding-timeline",
  events: [{ label: "a", ...more }],
});
const link = (more) => ({
  kind: "ai-atlas/value-chain",
  links: [{ from: "a", to: "b", ...more }],
});
// Files as people write them, and whether they are right.
const FILES = {
  "a number of any size": [item(1e18), true],
  "a number of no size": [item(1e-7), true],
  "a number below zero": [item(-50), false],
  "a number as a word": [item("many"), false],
  "nothing for a number": [item(0), true],
  "a name of markup": [item(1, "<b>A</b>"), true],
  "a name of many letters": [item(1, "가".repeat(4096)), true],
  "a name of blanks": [item(1, "   "), false],
  "no items": [share({ items: [] }), false],
  "a table without items": [
    share({ tables: [{ items: [] }, { items: [{ label: "A", value: 1 }] }] }),
    false,
  ],
  "a tree": [
    share({
      name: "flare",
      children: [{ name: "a", children: [{ name: "b", value: 3 }] }],
    }),
    true,
  ],
  "a tree with a leaf of no value": [
    share({ children: [{ name: "a", value: 1 }, { name: "b" }] }),
    false,
  ],
  "a year": [event({ date: "2024" }), true],
  "a year as a number": [event({ date: 2024 }), true],
  "a year before Christ": [event({ date: "-0044-03-15" }), true],
  "a year of three digits": [event({ date: -500 }), false],
  "a year of two digits": [event({ date: "24" }), false],
  "a year of five digits": [event({ date: "12024" }), false],
  "a month as a number": [event({ date: 2024.8 }), false],
  "the thirtieth of February": [event({ date: "2024-02-30" }), false],
  "the third of February": [event({ date: "2024-2-3" }), true],
  "the thirty-first of April": [event({ date: "2024-04-31" }), false],
  "the thirty-first of March": [event({ date: "2024-03-31T09:30" }), true],
  "about a quarter": [event({ date: "~2024-Q2" }), true],
  "no date": [event({}), false],
  "no date among the undated": [
    { kind: "ai-atlas/funding-timeline", undated: [{ label: "a" }] },
    true,
  ],
  "a relation": [link({}), true],
  "a relation of a kind": [link({ type: "supplies" }), true],
  "a relation of no kind": [link({ type: "loves" }), false],
  "a relation to blanks": [link({ to: " " }), false],
  "a relation on the thirtieth of February": [
    link({ date: "2024-02-30" }),
    false,
  ],
};

test("files as people write them are valid where the reader has nothing to say, and only there", () => {
  const all = Object.entries(FILES);
  const words = said(all.map(([, [file]]) => file));
  for (const [i, [name, [file, right]]] of all.entries()) {
    const valid = checks[file.kind.slice("ai-atlas/".length)];
    const taken = valid(file);
    assert.equal(taken, right, `${name}: ${JSON.stringify(valid.errors)}`);
    assert.equal(!words[i].length, right, `${name}: ${words[i]}`);
  }
});

const JUNK = [
  ...[undefined, null, true, false, -1, 0, 1.5, 1e18, "", " ", "x", "12"],
  ...["2024-13", "2024-05", [], ["x"], {}, { value: -3 }],
];
const LISTS = {
  "value-chain": "layers sublayers frameworks entities links sources",
  "market-share": "tables parties sources",
  "funding-timeline": "events undated eras rates parties sources",
};
// Of each field of each list the first row that has it.
const places = (file, lists) =>
  lists.split(" ").flatMap((list) => {
    const rows = Array.isArray(file[list])
      ? file[list].map((row, at) => [row, (copy) => copy[list][at]])
      : [];
    const items = rows.flatMap(([row, find]) =>
      (row.items ?? []).map((one, at) => [one, (copy) => find(copy).items[at]]),
    );
    const found = new Map();
    for (const [of, all] of Object.entries({ [list]: rows, items }))
      for (const [row, find] of all)
        for (const key of Object.keys(row))
          if (!found.has(`${of}.${key}`))
            found.set(`${of}.${key}`, [find, key]);
    return [...found].map(([name, place]) => [name, ...place]);
  });
// What no schema can say: what a name leads to, what parts add up to, and a kind that follows from
// another field.
const BEYOND =
  /the file has no|add up to more than the whole|in place of|another is used as/;

for (const kind of KINDS)
  test(`what the schema of ${kind} takes in a field the reader takes as well`, () => {
    const file = read(kind);
    const cases = places(file, LISTS[kind]).flatMap(([name, find, key]) =>
      JUNK.map((value) => {
        const copy = structuredClone(file);
        if (value === undefined) delete find(copy)[key];
        else find(copy)[key] = value;
        return [`${name} = ${JSON.stringify(value)}`, copy];
      }),
    );
    const taken = cases.filter(([, copy]) => checks[kind](copy));
    assert.ok(
      taken.length > 150 && cases.length - taken.length > 150,
      `${taken.length} of ${cases.length} are valid`,
    );
    const words = said(taken.map(([, copy]) => copy));
    const wrong = taken.flatMap(([name], i) =>
      words[i]
        .filter((text) => !BEYOND.test(text))
        .map((text) => `${name}: ${text}`),
    );
    assert.deepEqual(wrong, []);
  });
