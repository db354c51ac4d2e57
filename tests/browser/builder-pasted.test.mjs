// What an editor brings, in the ways that editors have, and what readers see of it: the code, pasted
// into an article of another site, shows the graphic of the preview.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import {
  difference,
  finish,
  open,
  picture,
  ready,
  root,
  serve,
} from "./harness.mjs";
import { number, text, workbook } from "./workbook.mjs";

let server;
before(async () => {
  server = await serve();
});
after(finish);

const settled = async (page) => {
  await page.waitForTimeout(350);
  await page.waitForFunction(
    () =>
      document.querySelector("#preview").getAttribute("aria-busy") === "false",
  );
};

// The clipboard as a spreadsheet fills it.
const paste = (plain, html) => async (page) => {
  await page.evaluate(
    ([plain, html]) => {
      const blob = (text, type) => new Blob([text], { type });
      return navigator.clipboard.write([
        new ClipboardItem({
          "text/plain": blob(plain, "text/plain"),
          ...(html && { "text/html": blob(html, "text/html") }),
        }),
      ]);
    },
    [plain, html],
  );
  await page.locator("#text").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+v");
};
const file = (name, buffer) => (page) =>
  page
    .locator("#file")
    .setInputFiles({ name, mimeType: "application/octet-stream", buffer });
const ofGallery = (name) =>
  file(name, readFileSync(join(root, "www/articles/gallery", name)));
const menu = (at, field) => async (page) => {
  await settled(page);
  await page.locator(`#grid [data-column="${at}"]`).selectOption(field);
};

const SHEETS =
  "<google-sheets-html-origin><table><tbody><tr><td>회사</td><td>점유율</td></tr><tr><td>가상전자</td><td>61.5%</td></tr><tr><td>허구칩스</td><td>38.5%</td></tr></tbody></table>";

// How it comes, what is done then, and what the graphic says: a part of its title, and cells of a row.
const CASES = {
  "rows of Excel with a title and a unit above them": {
    bring: paste(
      "우리가 지어낸 자료\t\t\n(단위: 억원)\t\t\n업체\t2023\t2024\n가상전자\t1,200\t1,500\n허구칩스\t800\t650\n합계\t2,000\t2,150\n",
    ),
    row: ["2024년", "가상전자", "150,000,000,000"],
    code: / unit="억원"/,
  },
  "cells of Google Sheets": {
    bring: paste("회사\t점유율\n가상전자\t61.5%\n허구칩스\t38.5%\n", SHEETS),
    row: ["가상전자", "61.5"],
  },
  "a workbook": {
    bring: file(
      "몫.xlsx",
      workbook({
        몫: [
          [text("업체"), text("점유율")],
          [text("가상전자"), number(0.525, 1)],
          [text("허구칩스"), number(0.475, 1)],
        ],
      }),
    ),
    row: ["가상전자", "52.5"],
  },
  "a CSV of a Korean Excel, with a column that a menu names": {
    bring: async (page) => {
      await ofGallery("korean.csv")(page);
      await menu(1, "group")(page);
    },
    row: ["가상전자", "185,000,000,000"],
  },
  "rounds as a vendor exports them": {
    bring: ofGallery("rounds.csv"),
    row: ["Theta Maps", "1억 4,000만 달러"],
  },
  "a German file whose headings menus name": {
    bring: async (page) => {
      await ofGallery("budget.csv")(page);
      await menu(1, "label")(page);
      await menu(0, "group")(page);
      await menu(2, "value")(page);
    },
    row: ["Miete", "1,250"],
  },
  "a chronology as JSON": {
    bring: ofGallery("chronology.json"),
    row: ["2018년 6월 4일"],
  },
};

const shown = (page, tag, inside = "") =>
  page.evaluate(async (selector) => {
    const element = document.querySelector(selector);
    await element.updateComplete;
    const { columns, rows, title } = await element.toJSON();
    const words = (part) =>
      element.shadowRoot.querySelector(`[part~="${part}"]`)?.textContent;
    return {
      columns,
      rows,
      title,
      words: ["title", "takeaway", "subline"].map(words),
      error: element.status.error,
    };
  }, `${inside} ${tag}`);

for (const [name, { bring, row, code = /./ }] of Object.entries(CASES))
  for (const inline of [true, false])
    test(`${name}: the code shows the graphic of the preview, ${inline ? "with the data in it" : "with a file of its own"}`, async () => {
      const page = await open("null", `${server.url}/builder.html`, {
        ready: false,
        permissions: ["clipboard-read", "clipboard-write"],
      });
      await settled(page);
      await bring(page);
      await settled(page);
      const tag = await page.evaluate(
        () => document.querySelector("#preview > *").localName,
      );
      const files = {};
      if (!inline) {
        await page.locator("#inline").uncheck();
        await settled(page);
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.locator("#save-data").click(),
        ]);
        const { pathname } = new URL(await page.locator("#src").inputValue());
        files[pathname] = readFileSync(await download.path());
      }
      const drawn = await shown(page, tag, "#preview >");
      assert.ok(
        drawn.rows.some((cells) =>
          row.every((part) =>
            cells.some((cell) => String(cell).includes(part)),
          ),
        ),
        `${row} in ${JSON.stringify(drawn.rows)}`,
      );
      await page.locator("#copy").click();
      const pasted = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(pasted, code);
      // The room that the code keeps is in whole px: the picture may be one px higher in it.
      const bare = pasted
        .replace(/ style="display:block;min-height:\d+px"/, "")
        .replaceAll(server.url, "");
      assert.notEqual(bare.length, pasted.length);
      const site = await serve((path) =>
        path === "/article"
          ? {
              body: `<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>t</title><link rel="stylesheet" href="/demo.css"><style>figure{margin:0}main{width:680px}</style></head><body><main>${bare}</main></body></html>`,
            }
          : files[path] && { body: files[path] },
      );
      const article = await open("null", site.url + "/article");
      assert.deepEqual(await shown(article, tag), drawn);
      assert.deepEqual(article.faults, []);
      const [here, there] = [
        await picture(page, `#preview > ${tag}`),
        await picture(article, tag),
      ];
      const size = ({ width, height }) => `${width} × ${height}`;
      assert.equal(size(there), size(here));
      const off = difference(here, there);
      assert.ok(off < 0.001, `${off} of the pixels differ`);
      await article.context().close();
      await page.context().close();
    });

test("another file takes the place of the first with all its words: title, unit, roles, notes of what is wrong", async () => {
  const page = await open("null", `${server.url}/builder.html?lang=en`, {
    ready: false,
  });
  await settled(page);
  await CASES["a German file whose headings menus name"].bring(page);
  await settled(page);
  await page.locator("#unit").fill("US$m");
  await settled(page);
  await file(
    "shares.csv",
    Buffer.from("label,value\nAleph,60\nBeth,40\n"),
  )(page);
  await settled(page);
  const code = await page.locator("#code").innerText();
  assert.doesNotMatch(code, /Miete|Bereich|unit=|columns=/i);
  assert.equal(await page.locator("#unit").inputValue(), "");
  for (const id of ["alt", "takeaway"])
    assert.doesNotMatch(await page.locator(`#${id}`).inputValue(), /Miete/);
  assert.equal(await page.locator("#faults li").count(), 0);
  await page.context().close();
});

for (const width of [320, 680, 1200])
  test(`nothing of the preview is cut at ${width} px`, async () => {
    const page = await open("null", `${server.url}/builder.html?lang=en`, {
      ready: false,
    });
    await settled(page);
    await ofGallery("years.csv")(page);
    await settled(page);
    await page.locator(`input[name=width][value="${width}"]`).check();
    await settled(page);
    await ready(page, "#preview > *");
    const cut = await page.evaluate(() => {
      const box = document.querySelector("#window");
      const figure = document
        .querySelector("#preview > *")
        .shadowRoot.querySelector("[part~=figure]");
      return {
        below: box.scrollHeight - box.clientHeight,
        inside: figure.scrollWidth - figure.clientWidth,
        width: figure.parentNode.clientWidth,
        reached: box.scrollWidth >= figure.offsetWidth,
      };
    });
    assert.ok(
      cut.below <= 1 && cut.inside <= 1 && cut.reached,
      JSON.stringify(cut),
    );
    await page.context().close();
  });
