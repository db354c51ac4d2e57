// Columns as the libraries of pages have them: Arrow's vectors and tables, Arquero's tables;
// nothing is lost, nothing invented, and what the page did not hand over stays.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import {
  SCRIPT,
  cache,
  finish,
  open,
  pageOf,
  require,
  serve,
} from "./harness.mjs";

const [SHARE, TIMELINE, CHAIN] = [
  "atlas-market-share",
  "atlas-funding-timeline",
  "atlas-value-chain",
];
let server;
let page;
before(async () => {
  const { outputFiles } = require("esbuild").buildSync({
    stdin: {
      contents:
        "export * as arrow from 'apache-arrow'; export * as aq from 'arquero';",
      resolveDir: join(cache, "node"),
    },
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "error",
  });
  const libraries = { body: outputFiles[0].text, type: "text/javascript" };
  server = await serve((path) =>
    path === "/libraries.js"
      ? libraries
      : path === "/empty" && { body: pageOf(SCRIPT, { lang: "en" }) },
  );
  page = await open("null", server.url + "/empty", { ready: false });
  await page.evaluate(async () =>
    Object.assign(globalThis, await import("/libraries.js")),
  );
});
after(finish);

// Hands columns over, made in the page, and says what became of them: rows of the table, error,
// issues; `more` is asked of the page afterwards.
const given = (tag, make, more = "() => null") =>
  page.evaluate(
    async ([tag, make, more]) => {
      const element = Object.assign(document.createElement(tag), {
        loading: "eager",
        renderer: "canvas",
      });
      document.body.append(element);
      const said = { issues: [], error: null };
      element.addEventListener(
        "issues",
        ({ detail }) => (said.issues = detail.issues.map(({ en }) => en)),
      );
      const end = new Promise((done) => {
        element.addEventListener("load", done, { once: true });
        element.addEventListener(
          "error",
          ({ detail }) => done((said.error = [detail.code, detail.message])),
          { once: true },
        );
      });
      const columns = eval(make)();
      element.setColumns(columns);
      await end;
      const { rows, columns: head } = said.error
        ? { rows: [] }
        : await element.toJSON();
      const after = await eval(more)(columns, element);
      element.remove();
      return { ...said, rows, head, more: after };
    },
    [tag, `(${make})`, `(${more})`],
  );
const cells = ({ rows }, ...at) =>
  rows.map((row) => at.map((i) => row[i]).join("|")).sort();

test("an Arrow table is read as it is, padded dictionaries and all, and stays alive", async () => {
  const seen = await given(
    SHARE,
    () => {
      const table = arrow.tableFromArrays({
        value: new Float64Array([50, 30, 20]),
        label: ["X", "Y", "Z"],
        other: new Float64Array([1, 2, 3]),
      });
      return (globalThis.kept = arrow
        .tableFromIPC(arrow.tableToIPC(table))
        .select(["value", "label"]));
    },
    () => [kept.getChild("value").toJSON(), kept.getChild("label").toJSON()],
  );
  assert.deepEqual(
    [seen.error, seen.issues, cells(seen, 1, 2)],
    [null, [], ["X|50", "Y|30", "Z|20"]],
  );
  assert.deepEqual(seen.more, [
    [50, 30, 20],
    ["X", "Y", "Z"],
  ]);
});

test("vectors with nulls, 64-bit integers, decimals, chunks and slices: null is not disclosed, never 0", async () => {
  for (const [name, make] of Object.entries({
    "Int64 with null": () => ({
      value: arrow.vectorFromArray([50n, null, 20n], new arrow.Int64()),
      label: arrow.vectorFromArray(["X", "Y", "Z"], new arrow.Utf8()),
    }),
    "a slice": () => ({
      value: arrow
        .vectorFromArray([9, 50, null, 20], new arrow.Float64())
        .slice(1),
      label: arrow.vectorFromArray(["W", "X", "Y", "Z"]).slice(1),
    }),
    chunks: () => ({
      value: arrow
        .vectorFromArray([50], new arrow.Float32())
        .concat(arrow.vectorFromArray([null, 20], new arrow.Float32())),
      label: arrow
        .vectorFromArray(["X"])
        .concat(arrow.vectorFromArray(["Y", "Z"])),
    }),
    "a decimal": () => ({
      value: arrow.vectorFromArray(
        [Uint32Array.of(5000, 0, 0, 0), null, Uint32Array.of(2000, 0, 0, 0)],
        new arrow.Decimal(2, 10, 128),
      ),
      label: ["X", "Y", "Z"],
    }),
  })) {
    const seen = await given(SHARE, make);
    assert.deepEqual(
      [seen.error, cells(seen, 1, 2)],
      [null, ["X|50", "Y|", "Z|20"]],
      name,
    );
    assert.ok(!JSON.stringify(seen.rows).includes("%"), name);
    assert.deepEqual(
      seen.issues,
      [
        "value[1]: a required value is missing, so it stands in the table only.",
      ],
      name,
    );
  }
});

test("dates are days and moments of Arrow, lists of Date and ISO days; years alone are refused a day", async () => {
  for (const [name, make] of Object.entries({
    DateDay: () => ({
      date: arrow.vectorFromArray(
        [new Date(Date.UTC(2024, 2, 5)), new Date(Date.UTC(2023, 0, 9))],
        new arrow.DateDay(),
      ),
    }),
    TimestampMicrosecond: () => ({
      date: arrow.vectorFromArray(
        [new Date(Date.UTC(2024, 2, 5)), new Date(Date.UTC(2023, 0, 9))],
        new arrow.TimestampMicrosecond(),
      ),
    }),
    TimestampNanosecond: () => ({
      date: arrow.vectorFromArray(
        [new Date(Date.UTC(2024, 2, 5)), new Date(Date.UTC(2023, 0, 9))],
        new arrow.TimestampNanosecond(),
      ),
    }),
    Date: () => ({
      date: [new Date(Date.UTC(2024, 2, 5)), new Date(Date.UTC(2023, 0, 9))],
    }),
    ISO: () => ({ date: ["2024-03-05", "2023-01-09"] }),
  })) {
    const seen = await given(TIMELINE, make);
    assert.deepEqual(
      [seen.error, seen.issues, cells(seen, 0)],
      [null, [], ["5 March 2024", "9 January 2023"]],
      name,
    );
  }
  const seen = await given(TIMELINE, () => ({
    date: ["2024-03-05", "2024", "2024-03"],
  }));
  assert.deepEqual([cells(seen, 0), seen.issues.length], [["5 March 2024"], 2]);
  assert.match(seen.issues[0], /^date\[1\]: '2024'/);
});

test("Arquero tables and columns are read as they are", async () => {
  for (const make of [
    () => aq.table({ value: [50, null, 20], label: ["X", "Y", "Z"] }),
    () =>
      aq
        .table({ value: [9, 50, null, 20], label: ["W", "X", "Y", "Z"] })
        .filter((row) => row.label > "W"),
    () =>
      aq.fromArrow(
        arrow.tableToIPC(
          new arrow.Table({
            value: arrow.vectorFromArray([50, null, 20], new arrow.Float64()),
            label: arrow.vectorFromArray(["X", "Y", "Z"]),
          }),
        ),
      ),
    () => {
      const table = aq.table({ value: [50, null, 20], label: ["X", "Y", "Z"] });
      return { value: table.column("value"), label: table.column("label") };
    },
  ]) {
    const seen = await given(SHARE, make);
    assert.deepEqual(
      [seen.error, cells(seen, 1, 2)],
      [null, ["X|50", "Y|", "Z|20"]],
      String(make),
    );
  }
});

test("an organisation may be named where a relation ends, and one that is not there is an issue with its row", async () => {
  const seen = await given(CHAIN, () => ({
    nodes: new arrow.Table({
      label: arrow.vectorFromArray(["Alpha", "Beta", "Gamma"]),
      layer: arrow.vectorFromArray(["infra", "model", "model"]),
    }),
    links: {
      from: arrow.vectorFromArray(["Beta", "Gamma", "nobody"]),
      to: ["Alpha", "Alpha", "Alpha"],
      type: ["invests_in", "supplies", "supplies"],
    },
  }));
  assert.equal(seen.error, null);
  assert.deepEqual(seen.issues, [
    "links.from[2]: the file has no organisation 'nobody', so this row is not drawn.",
  ]);
  assert.match(JSON.stringify(seen.rows), /Beta.*invests in.*Alpha/);
  const lost = await given(CHAIN, () => ({
    nodes: { label: ["Alpha", "Beta"], layer: ["infra", "model"] },
    links: { from: [0, 1], to: [7, 0] },
  }));
  assert.deepEqual(lost.issues, [
    "links.to[0]: the file has no organisation '7', so this row is not drawn.",
  ]);
});

test("what is a part of a larger buffer, or shared, is copied; what is all of it is given away, and handing it over again is said", async () => {
  const seen = await given(
    SHARE,
    () => {
      const whole = new Float64Array([50, 20, 7, 7]);
      return {
        value: whole.subarray(0, 2),
        color: whole.subarray(2),
        label: ["X", "Y"],
      };
    },
    ({ value }) => [...new Float64Array(value.buffer)],
  );
  assert.deepEqual(
    [seen.error, cells(seen, 1, 2), seen.more],
    [null, ["X|50", "Y|20"], [50, 20, 7, 7]],
  );
  const again = await given(
    SHARE,
    () => ({ value: new Float64Array([50, 20]), label: ["X", "Y"] }),
    async (columns, element) => {
      const told = new Promise((done) =>
        element.addEventListener(
          "error",
          ({ detail }) => done([detail.code, detail.message]),
          { once: true },
        ),
      );
      element.setColumns(columns);
      return [
        ...(await told),
        element.shadowRoot.querySelector("canvas").checkVisibility(),
      ];
    },
  );
  assert.deepEqual([again.more[0], again.more[2]], ["bad-columns", true]);
  assert.match(again.more[1], /handed over before.*: value\./);
});

test("columns are taken at the call: what the page writes into its arrays afterwards is none of the picture", async () => {
  const rows = await page.evaluate(async (tag) => {
    const element = Object.assign(document.createElement(tag), {
      loading: "eager",
      renderer: "canvas",
    });
    document.body.append(element);
    const both = new Float64Array([70, 30, 0, 0]);
    const label = ["A", "B"];
    const drawn = new Promise((done) => element.addEventListener("load", done));
    element.setColumns({ value: both.subarray(0, 2), label });
    both.fill(1);
    label.fill("C");
    await drawn;
    const { rows } = await element.toJSON();
    element.remove();
    return rows;
  }, SHARE);
  assert.match(JSON.stringify(rows), /"A".*70.*"B".*30/);
});

test("lengths, kinds and codes that do not fit are told by column", async () => {
  const said = async (tag, make) => (await given(tag, make)).error;
  assert.deepEqual(
    await said(SHARE, () => ({
      value: new Float64Array([3, 2, 1]),
      label: ["X", "Y"],
    })),
    [
      "bad-columns",
      "The columns have different numbers of rows: label 2, value 3.",
    ],
  );
  assert.deepEqual(
    await said(SHARE, () => ({
      value: [3, 2, 1],
      label: { codes: new Int32Array([0, 1, 0, 0]), names: ["X", "Y"] },
    })),
    [
      "bad-columns",
      "The columns have different numbers of rows: label 4, value 3.",
    ],
  );
  assert.match(
    (
      await said(SHARE, () => ({
        value: arrow.vectorFromArray([true, false]),
        label: ["X", "Y"],
      }))
    )[1],
    /value \(Bool\)/,
  );
  assert.match(
    (await said(TIMELINE, () => ({ date: ["soon", "later"] })))[1],
    /date\[0\]: soon/,
  );
  assert.match((await said(SHARE, () => ({ label: ["X"] })))[1], /value/);
  const odd = await given(SHARE, () => ({
    value: [50, "1,234", undefined, "n/a?", NaN],
    label: { codes: [0, 1, 9, null, 2], names: ["A", "B", "C"] },
  }));
  assert.deepEqual(cells(odd, 1, 2), [
    "A|50",
    "B|1,234",
    "C|",
    "no name|",
    "no name|",
  ]);
  assert.match(odd.issues.join("\n"), /value\[3\]: 'n\/a\?'/);
  assert.match(odd.issues.join("\n"), /label\[2\]: no name has the code '9'/);
});

test("reactive lists are read too, and nothing of all this stood on the console", async () => {
  const seen = await given(SHARE, () => {
    const deep = (one) =>
      typeof one === "object" && one && !ArrayBuffer.isView(one)
        ? new Proxy(one, {
            get: (target, key, self) => deep(Reflect.get(target, key, self)),
          })
        : one;
    return deep({ value: [50, 20], label: ["X", "Y"], levels: [["G", "H"]] });
  });
  assert.deepEqual([seen.error, cells(seen, 1, 2)], [null, ["X|50", "Y|20"]]);
  assert.deepEqual(page.faults, []);
});
