// The table is the data: every row of every shipped file stands in it with its number, in both
// languages, in order, and as CSV.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import {
  KINDS,
  finish,
  open,
  pageOf,
  root,
  serve,
  SCRIPT,
} from "./harness.mjs";
import { amount, sorted } from "../../www/host/data-table.js";

let server;
before(async () => {
  server = await serve(
    (path) =>
      path.startsWith("/one/") && {
        body: pageOf(
          `${SCRIPT}<atlas-${path.slice(5)} renderer="canvas" src="/data/${path.slice(5)}.json"></atlas-${path.slice(5)}>`,
        ),
      },
  );
});
after(finish);

// What must stand in the table, from the file alone: words that one row has, and its number.
const expected = {
  "market-share": (file, { text, list }) =>
    file.tables.flatMap((table) =>
      list(table.items).map((item) => ({
        words: [text(table, "title"), text(item, "label")],
        number: item.value,
      })),
    ),
  "funding-timeline": (file, { text, list }) =>
    [...list(file.events), ...list(file.undated)].map((event) => ({
      words: [text(event, "label")],
      number: event.amount?.value ?? event.amount_usd,
      unit: event.amount?.currency,
    })),
  "value-chain": (file, { text, list, name }) => [
    ...list(file.entities).flatMap((entity) =>
      list(entity.roles).map((role) => ({
        words: [
          text(entity, "name"),
          text(
            list(file.sublayers).find(({ id }) => id === role.sublayer),
            "label",
          ),
        ],
      })),
    ),
    ...list(file.links).map((link) => ({
      words: [name(link.from), name(link.to)],
      number: link.amount_usd ?? link.amount_krw,
    })),
  ],
};

const near = (a, b) => Math.abs(a - b) <= 1e-3 * Math.abs(b);

for (const kind of KINDS) {
  for (const lang of ["ko", "en"]) {
    test(`the table of ${kind} is its file, ${lang}`, async () => {
      const file = JSON.parse(
        readFileSync(join(root, "data", kind + ".json"), "utf8"),
      );
      const list = (rows) => (Array.isArray(rows) ? rows : []);
      const text = (row, key) =>
        row?.[`${key}_${lang}`] ??
        row?.[`${key}_en`] ??
        row?.[`${key}_ko`] ??
        row?.[key] ??
        "";
      // The remainder of a table has a row of its own.
      const rests = list(file.tables).filter(({ rest }) => rest).length;
      const parties = new Map(
        [...list(file.parties), ...list(file.entities)].map((one) => [
          one.id,
          one,
        ]),
      );
      const wanted = expected[kind](file, {
        text,
        list,
        name: (id) => text(parties.get(id), "name"),
      });
      assert.ok(wanted.length > 30, `${wanted.length} rows in the file`);

      const page = await open("null", `${server.url}/one/${kind}`, {
        locale: lang === "ko" ? "ko-KR" : "en-US",
      });
      const element = page.locator("atlas-" + kind);
      await element.evaluate((one, lang) => (one.lang = lang), lang);
      await element.evaluate((one) => one.updateComplete);
      await element.locator(".do button").first().click();
      await element.locator(".panel table").waitFor();
      // All of it, however long.
      while (await element.locator(".panel .scroll > button").count())
        await element.locator(".panel .scroll > button").click();
      const rows = await element
        .locator(".panel tbody tr")
        .evaluateAll((all) =>
          all.map((row) => [...row.cells].map((cell) => cell.textContent)),
        );
      const used = new Set();
      let numbers = 0;
      for (const { words, number } of wanted) {
        const at = rows.findIndex(
          (row, i) =>
            !used.has(i) &&
            words.every((word) => row.some((cell) => cell.includes(word))) &&
            (number == null || row.some((cell) => near(amount(cell), number))),
        );
        assert.ok(at >= 0, `no row with ${words.join(", ")} and ${number}`);
        used.add(at);
        numbers += number != null;
      }
      console.log(
        `# ${kind} ${lang}: ${rows.length} rows in the table, ${wanted.length} of the file found, ${numbers} with their number`,
      );
      assert.ok(
        rows.length >= wanted.length && rows.length <= wanted.length + rests,
        `${rows.length} rows for ${wanted.length} and ${rests}`,
      );
      // The same rows leave as a file that spreadsheets read.
      const csv = await element.evaluate((one) => one.toCSV());
      assert.equal(csv[0], "\uFEFF");
      assert.equal(csv.trimEnd().split("\r\n").length, rows.length + 1);

      // A press on a heading sorts, a second press turns it round, and nothing gets lost.
      const heading = element
        .locator(".panel th[scope=col] button")
        .nth(kind === "market-share" ? 2 : 0);
      await heading.click();
      const up = await element
        .locator(".panel tbody tr")
        .evaluateAll((all) =>
          all.map((row) => [...row.cells].map((cell) => cell.textContent)),
        );
      await heading.click();
      assert.equal(
        await element.locator(".panel th[aria-sort=descending]").count(),
        1,
      );
      const page1 = up.length; // more than a page stays folded
      assert.deepEqual(
        up,
        sorted(rows, kind === "market-share" ? 2 : 0, false, lang).slice(
          0,
          page1,
        ),
      );
      await page.context().close();
    });
  }
}

test("a table that lacks one row or has one wrong number is found out", () => {
  assert.equal(near(130, 131.5), false);
  assert.equal(near(amount("130억 달러"), 1.31e10), false);
  assert.ok(near(amount("7억 5,000만 달러"), 7.5e8));
});

test("amounts sort by what they are worth, dates and names by their words, and what is empty comes last", () => {
  const cells = [
    "130억 달러",
    "",
    "7억 5,000만 달러",
    "≈ 1,000억 달러",
    "12조 원",
    "500만 달러",
  ];
  const order = (down) =>
    sorted(
      cells.map((cell) => [cell]),
      0,
      down,
      "ko",
    ).map(([cell]) => cell);
  assert.deepEqual(order(false), [
    "500만 달러",
    "7억 5,000만 달러",
    "130억 달러",
    "≈ 1,000억 달러",
    "12조 원",
    "",
  ]);
  assert.deepEqual(order(true), [
    "12조 원",
    "≈ 1,000억 달러",
    "130억 달러",
    "7억 5,000만 달러",
    "500만 달러",
    "",
  ]);
  const english = [
    "US$13bn",
    "about US$750m",
    "up to US$100bn",
    "₩12tn",
    "US$5m",
  ];
  assert.deepEqual(
    sorted(
      english.map((cell) => [cell]),
      0,
      false,
      "en",
    ).map(([cell]) => cell),
    ["US$5m", "about US$750m", "US$13bn", "up to US$100bn", "₩12tn"],
  );
  const dates = ["2024년 10월", "2024년 2월", "2023년", "2024년 2월 17일"];
  assert.deepEqual(
    sorted(
      dates.map((cell) => [cell]),
      0,
      false,
      "ko",
    ).map(([cell]) => cell),
    ["2023년", "2024년 2월", "2024년 2월 17일", "2024년 10월"],
  );
});
