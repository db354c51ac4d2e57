// Workbooks of Excel in the builder: the first sheet becomes text, dates are days, per cents are per
// cents, and the script that reads them is loaded by nobody else.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { crc32, deflateRawSync } from "node:zlib";

import { finish, open, serve } from "./harness.mjs";

let server;
before(async () => {
  server = await serve();
});
after(finish);

// A ZIP as Excel writes it.
const zip = (files) => {
  const parts = [];
  const list = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, raw] = [Buffer.from(name), Buffer.from(text)];
    const data = deflateRawSync(raw);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(raw), 10);
    about.writeUInt32LE(data.length, 14);
    about.writeUInt32LE(raw.length, 18);
    about.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(4);
    place.writeUInt32LE(at);
    parts.push(Buffer.from("PK\x03\x04"), about, path, data);
    list.push(
      Buffer.concat([
        Buffer.from("PK\x01\x02\x14\0"),
        about,
        Buffer.alloc(10),
        place,
        path,
      ]),
    );
    at += 30 + path.length + data.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(list.length, 4);
  end.writeUInt16LE(list.length, 6);
  end.writeUInt32LE(Buffer.concat(list).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...list, Buffer.from("PK\x05\x06"), end]);
};

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE =
  "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const FORMATS = ["0.0%", "yyyy\\-mm\\-dd", 'yyyy"년" m"월"']; // of cells with s="1", "2", "3"

// Sheets by their names; a cell is its XML without its address.
const workbook = (sheets) => {
  const names = Object.keys(sheets);
  const each = (text) => names.map((name, i) => text(i + 1, name)).join("");
  const sheet = (rows) =>
    `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows
      .map(
        (cells, y) =>
          `<row r="${y + 1}">${cells
            .map((cell, x) =>
              cell.replace("<c", `<c r="${"ABCDE"[x]}${y + 1}"`),
            )
            .join("")}</row>`,
      )
      .join("")}</sheetData></worksheet>`;
  return zip({
    "[Content_Types].xml": `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}styles+xml"/>${each((i) => `<Override PartName="/xl/worksheets/sheet${i}.xml" ContentType="${TYPE}worksheet+xml"/>`)}</Types>`,
    "_rels/.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((i, name) => `<sheet name="${name}" sheetId="${i}" r:id="rId${i}"/>`)}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each((i) => `<Relationship Id="rId${i}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i}.xml"/>`)}<Relationship Id="rId99" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${FORMATS.length}">${FORMATS.map((format, i) => `<numFmt numFmtId="${164 + i}" formatCode="${format.replaceAll('"', "&quot;")}"/>`).join("")}</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${FORMATS.length + 1}"><xf numFmtId="0"/>${FORMATS.map((_, i) => `<xf numFmtId="${164 + i}" applyNumberFormat="1"/>`).join("")}</cellXfs></styleSheet>`,
    ...Object.fromEntries(
      names.map((name, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        sheet(sheets[name]),
      ]),
    ),
  });
};
const text = (words) => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
const number = (value, format = 0) => `<c s="${format}"><v>${value}</v></c>`;

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
