// Workbooks of Excel in the builder: the first sheet becomes text, dates are days, per cents are per
// cents, and the script that reads them is loaded by nobody else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { finish, open, serve } from "./harness.mjs";
import { number, text, workbook, zip } from "./workbook.mjs";

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
const drop = async (page, bytes, name = "몫.xlsx") => {
  await page.locator("#file").setInputFiles({
    name,
    mimeType: "application/octet-stream",
    buffer: Buffer.from(bytes),
  });
  await page.waitForFunction(
    () =>
      document.querySelector("#text").value ||
      !document.querySelector("#faults").hidden,
  );
  await settled(page);
};
const begin = async () => {
  const page = await open("null", server.url + "/builder.html", {
    ready: false,
  });
  await settled(page);
  return page;
};
const asked = () =>
  server.log.filter((path) => path.includes("builder-workbook")).length;

test("a workbook becomes the text of its first sheet, and its other sheets are a menu", async () => {
  const page = await begin();
  assert.equal(asked(), 0, "nobody else loads what reads workbooks");
  await drop(
    page,
    workbook({
      몫: [
        ["업체", "점유율"].map(text),
        [text("가나"), number(0.525, 1)],
        [text("다라"), number(0.3, 1)],
      ],
      투자: [
        ["날짜", "회사", "투자금(억원)", "비고"].map(text),
        [
          number(45356, 2),
          text("가나"),
          number(1234567.891),
          number(0.30000000000000004),
        ],
        [number(45413, 3), text("다라 &amp; 마"), number(850), text("a\tb")],
      ],
    }),
  );
  assert.equal(asked(), 1);
  assert.equal(
    await page.locator("#text").inputValue(),
    "업체\t점유율\n가나\t52.5%\n다라\t30%\n",
  );
  assert.match(
    await page.locator("#verdict").innerText(),
    /^항목 2개를 그렸습니다/,
  );
  assert.deepEqual(await page.locator("#sheet option").allInnerTexts(), [
    "몫",
    "투자",
  ]);
  await page.locator("#sheet").selectOption("1");
  await settled(page);
  assert.equal(
    await page.locator("#text").inputValue(),
    '날짜\t회사\t투자금(억원)\t비고\n2024-03-05\t가나\t1234567.891\t0.3\n2024-05\t다라 & 마\t850\t"a\tb"\n',
  );
  assert.equal(
    await page.locator("#preview atlas-funding-timeline").count(),
    1,
  );
  await page.locator("#text").fill("업체,점유율\n가,60\n나,40\n");
  await settled(page);
  assert.ok(await page.locator("#sheet-field").isHidden());
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("what only looks like a workbook is refused in words", async () => {
  const page = await begin();
  await drop(page, zip({ "a.txt": "no workbook" }));
  assert.match(
    await page.locator("#faults").innerText(),
    /엑셀 파일을 읽지 못했습니다/,
  );
  assert.equal(await page.locator("#alt").inputValue(), "");
  await page.context().close();
});
