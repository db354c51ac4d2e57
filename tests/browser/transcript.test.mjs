// Walks through each widget as a screen reader's user takes them, in Korean and English, from
// Chromium's accessibility tree: golden files to be read by people. ATLAS_GOLDEN=1 writes them
// anew: then read them.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { finish, open, root, serve, settle } from "./harness.mjs";
import { listener } from "./accessibility-tree.mjs";

const fresh = process.env.ATLAS_GOLDEN;
let server;
before(async () => {
  server = await serve();
});
after(finish);

// Keys of the walks; a word of two letters or more is typed.
const WALKS = {
  "value-chain": [
    "Tab",
    "Tab",
    "PageDown",
    "ArrowDown",
    "ArrowRight",
    "ArrowRight",
    "ArrowLeft",
    "End",
    "Home",
    "openai",
    "Enter",
    "Tab",
    "ArrowRight",
    "Shift+Tab",
    "Escape",
    "+",
    "0",
    "*",
    "ArrowRight",
    "Enter",
    "Escape",
    "Shift+Tab",
    "ArrowRight",
    "Enter",
    "Tab",
    "Tab",
    "ArrowRight",
    "Enter",
  ],
  "market-share": [
    "Tab",
    "Tab",
    "ArrowDown",
    "ArrowRight",
    "ArrowUp",
    "ArrowRight",
    "PageDown",
    "End",
    "tsmc",
    "Enter",
    "Escape",
    "ArrowUp",
    "Enter",
    "ArrowRight",
    "*",
    "Escape",
    "Escape",
    "Escape",
    "Shift+Tab",
    "ArrowDown",
  ],
  "funding-timeline": [
    "Tab",
    "Tab",
    "ArrowRight",
    "End",
    "ArrowLeft",
    "ArrowUp",
    "ArrowDown",
    "Home",
    "stargate",
    "Enter",
    "Escape",
    "+",
    "PageDown",
    "0",
    "*",
    "Escape",
    "Shift+Tab",
    "ArrowRight",
    "ArrowRight",
    "ArrowRight",
    "ArrowDown",
  ],
};
const TYPED = {
  openai: { ko: "오픈", en: "opena" },
  tsmc: { ko: "tsm", en: "tsm" },
  stargate: { ko: "ㅅㅌㄱㅇㅌ", en: "starg" },
};

// Widths of no particular font, so that every machine lays out the same.
const init = () => {
  CanvasRenderingContext2D.prototype.measureText = function (text) {
    const bold = /^600/.test(this.font) ? 1.06 : 1;
    return {
      width:
        bold * [...text].reduce((sum, c) => sum + (c < "\u1100" ? 56 : 94), 0),
    };
  };
};

const record = async (kind, lang) => {
  const tag = "atlas-" + kind;
  const page = await open(
    "null",
    `${server.url}/?renderer=canvas&lang=${lang}&theme=light`,
    { init },
  );
  const hears = await listener(page);
  const out = [
    `# ${kind}, ${lang}: the document`,
    ...(await hears.document(tag)),
    "",
    `# ${kind}, ${lang}: a walk by keys`,
  ];
  // The last thing before the widget has the focus.
  await page.evaluate((tag) => {
    const element = document.querySelector(tag);
    const live = element.shadowRoot.querySelector(".live[aria-live]");
    window.said = [];
    new MutationObserver(() => window.said.push(live.textContent)).observe(
      live,
      { childList: true, characterData: true, subtree: true },
    );
    const anchor = document.createElement("span");
    anchor.tabIndex = -1;
    element.before(anchor);
    anchor.focus();
  }, tag);
  let stood = [];
  for (const step of WALKS[kind]) {
    const typed = TYPED[step]?.[lang] ?? step;
    if (TYPED[step])
      for (const letter of typed)
        await page.evaluate(
          ([tag, key]) =>
            document.querySelector(tag).shadowRoot.activeElement.dispatchEvent(
              new KeyboardEvent("keydown", {
                key,
                bubbles: true,
                cancelable: true,
              }),
            ),
          [tag, letter],
        );
    else await page.keyboard.press(typed);
    await settle(page);
    await page.waitForTimeout(320); // what moves has arrived
    await settle(page);
    const at = await hears.focus();
    out.push("", `[${typed}]`);
    // What the focus has entered is said before it.
    for (const one of at?.path ?? [])
      if (!stood.includes(one)) out.push("  " + one);
    out.push(at ? "  " + at.words : "  (the page)");
    stood = at?.path ?? [];
    for (const said of await page.evaluate(() => window.said.splice(0)))
      if (said) out.push("  (says) " + said);
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
  return out.join("\n") + "\n";
};

for (const kind of Object.keys(WALKS)) {
  for (const lang of ["ko", "en"]) {
    test(`a walk through ${kind} reads in ${lang} as its transcript says`, async () => {
      const file = join(root, "tests/golden", `spoken-${kind}-${lang}.txt`);
      const now = await record(kind, lang);
      if (fresh) return writeFileSync(file, now);
      assert.ok(
        existsSync(file),
        `${file} is missing: ATLAS_GOLDEN=1 writes it`,
      );
      const [then, lines] = [
        readFileSync(file, "utf8").split("\n"),
        now.split("\n"),
      ];
      const at = lines.findIndex((line, i) => line !== then[i]);
      assert.ok(
        at < 0 && lines.length === then.length,
        `line ${at + 1}\n  was: ${then[at]}\n  is:  ${lines[at]}`,
      );
    });
  }
}
