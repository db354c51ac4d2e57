// A printed page: every widget as shapes and text, in full, on white, also where nobody scrolled to
// it. Read back from the PDF by poppler.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import {
  SCRIPT,
  TAGS,
  dist,
  finish,
  open,
  pageOf,
  require,
  serve,
} from "./harness.mjs";

const { PNG } = require("pngjs");
const folder = mkdtempSync(join(tmpdir(), "atlas-print-"));
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types 'none'";
const PAGES = {
  "/strict": pageOf(
    SCRIPT + TAGS.map((tag) => `<${tag} src="shipped"></${tag}>`).join(""),
  ),
  "/lazy": pageOf(
    `${SCRIPT}<div style="height:9000px"></div><atlas-market-share loading="lazy"><table><caption>표</caption><thead><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>오직여기만</td><td>7</td></tr></tbody></table></atlas-market-share>`,
  ),
};
let server;
before(async () => {
  server = await serve(
    (path) =>
      PAGES[path] && {
        body: PAGES[path],
        headers: path === "/strict" ? { "content-security-policy": CSP } : {},
      },
  );
});
after(async () => {
  await finish();
  rmSync(folder, { recursive: true });
});

// Korean is set syllable by syllable, so where words end is a reader's guess; and Firefox names no
// signs between words.
const bare = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");
// Text and pixels of every page of a PDF.
const pages = (pdf) => {
  const file = join(folder, "out.pdf");
  writeFileSync(file, pdf);
  const texts = execFileSync("pdftotext", ["-raw", file, "-"])
    .toString()
    .split("\f")
    .slice(0, -1)
    .map(bare);
  execFileSync("pdftoppm", ["-r", "50", "-png", file, join(folder, "page")]);
  const images = readdirSync(folder)
    .filter((name) => name.endsWith(".png"))
    .sort()
    .map((name) => PNG.sync.read(readFileSync(join(folder, name))));
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  assert.equal(images.length, texts.length);
  return texts.map((text, i) => ({ text, image: images[i] }));
};
// Share of pixels that have a colour, and of those that are dark.
const share = ({ image: { data } }, is) => {
  let seen = 0;
  for (let at = 0; at < data.length; at += 4)
    if (is(data[at], data[at + 1], data[at + 2])) seen++;
  return (4 * seen) / data.length;
};
const coloured = (page) =>
  share(page, (r, g, b) => Math.max(r, g, b) - Math.min(r, g, b) > 40);
const dark = (page) => share(page, (r, g, b) => r + g + b < 300);
const bitmaps = (pdf) => {
  writeFileSync(join(folder, "out.pdf"), pdf);
  return (
    execFileSync("pdfimages", ["-list", join(folder, "out.pdf")])
      .toString()
      .trim()
      .split("\n").length - 2
  );
};

// What stands on the sheet of every widget, once it is there; the page then thinks that it was
// printed.
const sheetsOf = async (tags) => {
  const all = {};
  for (const tag of tags) {
    const root = document.querySelector(tag).shadowRoot;
    for (let svg, tries = 0; !all[tag]; tries++) {
      if (tries > 200) throw Error(tag + " has nothing for paper");
      dispatchEvent(new Event("beforeprint"));
      svg = root.querySelector(".paper svg");
      if (svg)
        all[tag] = {
          title: root.querySelector("[part=title]").textContent,
          sources: root.querySelector(".by").textContent,
          labels: [...svg.querySelectorAll("text")].map(
            (node) => node.textContent,
          ),
        };
      dispatchEvent(new Event("afterprint"));
      await new Promise((done) => setTimeout(done, 100));
    }
    if (
      root.querySelector(".paper").firstChild ||
      root.querySelector(".papered")
    )
      throw Error(tag + " stays on paper");
  }
  return all;
};
const sheets = (page) => page.evaluate(sheetsOf, TAGS);
const A4 = {
  format: "A4",
  margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" },
};

// Firefox prints without asking into a file, from the page's own `print()`: { said, pdf }.
const byFirefox = async () => {
  const profile = join(folder, "firefox");
  const file = join(folder, "firefox.out");
  mkdirSync(profile);
  const settings = {
    "print.always_print_silent": true,
    print_printer: "Mozilla Save to PDF",
    "print.printer_Mozilla_Save_to_PDF.print_to_file": true,
    "print.printer_Mozilla_Save_to_PDF.print_to_filename": file,
    ...Object.fromEntries(
      ["header", "footer"].flatMap((line) =>
        ["left", "center", "right"].map((place) => [
          `print.printer_Mozilla_Save_to_PDF.print_${line}${place}`,
          "",
        ]),
      ),
    ),
    "browser.shell.checkDefaultBrowser": false,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": false,
    "app.normandy.enabled": false,
    "app.update.enabled": false,
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
  };
  writeFileSync(
    join(profile, "user.js"),
    Object.entries(settings)
      .map(
        ([key, value]) =>
          `user_pref(${JSON.stringify(key)}, ${JSON.stringify(value)});`,
      )
      .join("\n"),
  );
  const script = `<script type="module">
    const TAGS = ${JSON.stringify(TAGS)};
    const sheets = ${sheetsOf};
    while (!TAGS.every((tag) => document.querySelector(tag).dataset.tier)) await new Promise((done) => setTimeout(done, 100));
    const said = await sheets(TAGS);
    print();
    await fetch('/printed', { method: 'POST', body: JSON.stringify(said) });
  </script></body>`;
  let done;
  const heard = new Promise((resolve) => (done = resolve));
  const here = await serve(async (path, request) => {
    if (path === "/page")
      return {
        body: readFileSync(join(dist, "index.html"), "utf8").replace(
          "</body>",
          script,
        ),
      };
    if (path !== "/printed") return null;
    const parts = [];
    for await (const part of request) parts.push(part);
    done(JSON.parse(Buffer.concat(parts).toString()));
    return { status: 204, body: "" };
  });
  const browser = spawn(
    "firefox-esr",
    ["--headless", "--no-remote", "--profile", profile, here.url + "/page"],
    { stdio: "ignore", env: { ...process.env, HOME: profile } },
  );
  try {
    const said = await Promise.race([
      heard,
      new Promise((_, fail) =>
        setTimeout(
          fail,
          90_000,
          Error("Firefox printed nothing in 90 s"),
        ).unref(),
      ),
    ]);
    for (let size = -1, tries = 0; tries < 100; tries++) {
      const now = existsSync(file) ? readFileSync(file).length : 0;
      if (
        now &&
        now === size &&
        readFileSync(file).subarray(-32).includes("%%EOF")
      )
        break;
      size = now;
      await new Promise((wait) => setTimeout(wait, 200));
    }
    const pdf = readFileSync(file);
    return { said, pdf };
  } finally {
    const ended = new Promise((resolve) => browser.once("exit", resolve));
    browser.kill();
    await ended;
    for (const name of ["firefox", "firefox.out"])
      rmSync(join(folder, name), {
        recursive: true,
        force: true,
        maxRetries: 5,
      });
  }
};

// All that is asked of a printed page with the three widgets.
const holds = (said, printed) => {
  const text = printed.map((one) => one.text).join("");
  for (const [tag, { title, sources, labels }] of Object.entries(said)) {
    assert.ok(labels.length > 15, `${tag}: ${labels.length} labels`);
    assert.deepEqual(
      labels.filter((label) => !text.includes(bare(label))),
      [],
      tag,
    );
    assert.ok(
      text.includes(bare(title)) && text.includes(bare(sources)),
      tag + " without title or sources",
    );
    // The sheet with most of the labels is the one with the picture.
    const here = printed.map(
      (one) => labels.filter((label) => one.text.includes(bare(label))).length,
    );
    const sheet = printed[here.indexOf(Math.max(...here))];
    assert.ok(
      coloured(sheet) > 0.005,
      `${tag}: ${coloured(sheet)} of the sheet is coloured`,
    );
  }
  for (const [at, sheet] of printed.entries())
    assert.ok(dark(sheet) < 0.2, `sheet ${at + 1} is dark`);
};

for (const [lang, theme] of [
  ["ko", "light"],
  ["en", "dark"],
]) {
  test(`the demo prints in full, every label as text, without a bitmap: ${lang}, ${theme}, never scrolled`, async (t) => {
    const page = await open(
      "null",
      `${server.url}/?lang=${lang}&theme=${theme}`,
      { ready: false },
    );
    await page.waitForFunction(
      (tags) => tags.every((tag) => document.querySelector(tag).dataset.tier),
      TAGS,
    );
    const said = await sheets(page);
    const pdf = await page.pdf(A4);
    const printed = pages(pdf);
    holds(said, printed);
    assert.equal(bitmaps(pdf), 0);
    // In full: every organisation of the chain, not only those that a screen shows.
    const names = await page.evaluate(async () => [
      ...new Set(
        (await document.querySelector("atlas-value-chain").toJSON()).rows.map(
          (row) => row[0],
        ),
      ),
    ]);
    assert.ok(names.length > 90);
    const text = printed.map((one) => one.text).join("");
    // A name gives up what stands in brackets before it is left out.
    assert.deepEqual(
      names.filter(
        (name) => !text.includes(bare(name.split(" (")[0].split("(")[0])),
      ),
      [],
    );
    t.diagnostic(
      `${printed.length} sheets, ${Object.values(said).reduce((sum, { labels }) => sum + labels.length, 0)} labels, coloured ${printed.map((one) => (100 * coloured(one)).toFixed(1)).join(" ")} %`,
    );
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test("the demo prints in Firefox as well, every label as text, without a bitmap", async (t) => {
  const { said, pdf } = await byFirefox();
  const printed = pages(pdf);
  // Its PDF leaves some Han characters without their code.
  const hangul = (text) => text.replace(/\p{Script=Han}/gu, "");
  holds(
    JSON.parse(hangul(JSON.stringify(said))),
    printed.map((one) => ({ ...one, text: hangul(one.text) })),
  );
  assert.equal(bitmaps(pdf), 0);
  t.diagnostic(
    `${printed.length} sheets, ${Object.values(said).reduce((sum, { labels }) => sum + labels.length, 0)} labels`,
  );
});

test("a blank figure is found", async () => {
  const page = await open("null", `${server.url}/?lang=ko&theme=light`);
  const said = await sheets(page);
  await page.evaluate(() => {
    const real = document.createElementNS;
    document.createElementNS = (space, name) =>
      real.call(document, space, /rect|path|ellipse/.test(name) ? "g" : name);
  });
  const printed = pages(await page.pdf(A4));
  assert.throws(() => holds(said, printed), /: 0 of the sheet is coloured/);
  await page.context().close();
});

test("a page with the strictest policy prints", async () => {
  const page = await open("null", server.url + "/strict");
  holds(await sheets(page), pages(await page.pdf(A4)));
  await page.context().close();
});

test("what a reader has chosen is so on paper, and a zoom is not", async () => {
  const page = await open("null", server.url + "/strict");
  const labels = async (tag = "atlas-market-share") =>
    (await sheets(page))[tag].labels;
  const whole = await labels("atlas-value-chain");
  const shown = () =>
    page.evaluate(
      () =>
        document
          .querySelector("atlas-value-chain")
          .shadowRoot.querySelectorAll(".labels span").length,
    );
  const many = await shown();
  for (let i = 0; i < 4; i++)
    await page.locator("atlas-value-chain .zoom button").first().click();
  await page.waitForTimeout(1200);
  assert.ok((await shown()) < many, "the page shows a part");
  assert.deepEqual(await labels("atlas-value-chain"), whole);
  const before = await labels();
  await page.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    element.table = "ai-unicorns";
    await element.updateComplete;
  }, "atlas-market-share");
  await page.waitForTimeout(600);
  assert.notDeepEqual(await labels(), before);
  await page.context().close();
});

test("a figure for which the page keeps too little room is whole on the page and on paper", async () => {
  const page = await open("null", server.url + "/strict");
  const look = () =>
    page.evaluate(() => {
      const element = document.querySelector("atlas-market-share");
      element.style.minHeight = "300px";
      const root = element.shadowRoot.querySelector(".root");
      const { maskImage, overflowY } = getComputedStyle(root);
      return {
        masked: maskImage !== "none",
        hidden: overflowY !== "visible",
        whole:
          element.offsetHeight >= root.querySelector("figure").offsetHeight &&
          element.offsetHeight > 310,
      };
    });
  assert.deepEqual(await look(), { masked: false, hidden: false, whole: true });
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await look(), { masked: false, hidden: false, whole: true });
  await page.context().close();
});

test("a picture of more rows than paper could show is printed as it is seen, whole", async () => {
  const page = await open("null", server.url + "/articles/columns.html");
  await page.waitForTimeout(600);
  const pdf = await page.pdf(A4);
  const printed = pages(pdf);
  assert.ok(bitmaps(pdf) >= 3);
  const text = printed.map((one) => one.text).join("");
  for (const tag of TAGS) {
    const labels = await page.evaluate(
      (tag) =>
        [
          ...document
            .querySelector(tag)
            .shadowRoot.querySelectorAll(".labels span"),
        ]
          .filter((node) => !node.style.visibility)
          .map((node) => node.textContent),
      tag,
    );
    assert.ok(labels.length > 5);
    assert.deepEqual(
      labels.filter((label) => !text.includes(bare(label))),
      [],
      tag,
    );
  }
  assert.ok(printed.some((sheet) => coloured(sheet) > 0.05));
  await page.context().close();
});

test("what was never loaded prints the table that stands in the page", async () => {
  const page = await open("null", server.url + "/lazy", { ready: false });
  await page.evaluate(
    (tag) => customElements.whenDefined(tag).then(() => 1),
    "atlas-market-share",
  );
  const printed = pages(await page.pdf(A4));
  assert.ok(
    printed.some((sheet) => sheet.text.includes("오직여기만")),
    JSON.stringify(printed.map((sheet) => sheet.text)),
  );
  await page.context().close();
});
