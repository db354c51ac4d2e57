// Text over the pictures: nothing cut, nothing over another text, nothing outside, at 360 and 1200
// px, in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { TAGS, finish, open, serve, settle } from "./harness.mjs";

let server;
before(async () => {
  server = await serve();
});
after(finish);

// Runs in the page: what is wrong with the visible labels of one widget, in words.
const check = (tag) => {
  const { shadowRoot } = document.querySelector(tag);
  const stage = shadowRoot.querySelector(".stage").getBoundingClientRect();
  const wrong = [];
  const seen = [];
  const hidden = [];
  for (const node of shadowRoot.querySelectorAll(".labels > span")) {
    const style = getComputedStyle(node);
    if (!node.textContent.trim()) continue;
    if (style.visibility === "hidden") {
      hidden.push(node.textContent);
      continue;
    }
    const size = parseFloat(style.fontSize);
    if (size < 10.9) wrong.push(`«${node.textContent}» is ${size} px small`);
    const range = document.createRange();
    range.selectNodeContents(node);
    // One box per line; a line of text is as high as its font size, whatever room the font claims
    // above and below.
    const boxes = [...range.getClientRects()]
      .filter(({ width }) => width > 0)
      .map(({ left, right, top, bottom }) => {
        const middle = (top + bottom) / 2;
        return {
          left,
          right,
          top: middle - size / 2,
          bottom: middle + size / 2,
        };
      });
    const own = node.getBoundingClientRect();
    const text = node.textContent;
    // What was shortened by rule ends at a word, not inside a bracket.
    if (text.split("(").length !== text.split(")").length)
      wrong.push(`«${text}» ends inside its brackets`);
    for (const box of boxes) {
      if (
        box.left < own.left - 1.5 ||
        box.right > own.right + 1.5 ||
        box.top < own.top - 3 ||
        box.bottom > own.bottom + 3
      )
        wrong.push(`«${text}» is cut`);
      if (
        box.left < stage.left - 1 ||
        box.right > stage.right + 1 ||
        box.top < stage.top - 1 ||
        box.bottom > stage.bottom + 1
      )
        wrong.push(`«${text}» leaves the picture`);
    }
    seen.push({ text, boxes });
  }
  for (let i = 0; i < seen.length; i++)
    for (let j = 0; j < i; j++)
      for (const a of seen[i].boxes)
        for (const b of seen[j].boxes) {
          const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (x > 1 && y > 1)
            wrong.push(
              `«${seen[j].text}» and «${seen[i].text}» overlap by ${x.toFixed(1)}×${y.toFixed(1)}`,
            );
        }
  return { count: seen.length, hidden, wrong: [...new Set(wrong)] };
};

for (const width of [360, 1200]) {
  for (const lang of ["ko", "en"]) {
    test(`no label is cut, covered or outside at ${width} px in ${lang}`, async (t) => {
      const page = await open(
        "null",
        `${server.url}/?renderer=canvas&lang=${lang}`,
        { width },
      );
      await settle(page);
      const all = [];
      for (const tag of TAGS) {
        const { count, hidden, wrong } = await page.evaluate(check, tag);
        t.diagnostic(
          `${tag}: ${count} labels, ${hidden.length} more hidden because they did not fit after all: ${hidden.slice(0, 5).join(" | ")}`,
        );
        assert.deepEqual(
          hidden,
          [],
          `${tag}: the engine's measure of text is off, these labels had to be hidden`,
        );
        assert.ok(count >= 4, `${tag} shows ${count} labels`);
        all.push(...wrong.map((line) => `${tag}: ${line}`));
      }
      const [inner, scroll] = await page.evaluate(() => [
        innerWidth,
        document.documentElement.scrollWidth,
      ]);
      if (scroll > inner)
        all.push(`the page scrolls sideways: ${scroll} px wide`);
      assert.deepEqual(all, []);
      await page.context().close();
    });
  }
}

test("the check sees two labels that overlap and one that is cut", async () => {
  const page = await open("null", `${server.url}/?renderer=canvas`);
  const { wrong } = await page.evaluate((body) => {
    const check = (0, eval)("(" + body + ")");
    const [a, b, c] = document
      .querySelector("atlas-market-share")
      .shadowRoot.querySelectorAll(".labels > span:not([style*=hidden])");
    b.style.translate = a.style.translate;
    c.style.width = "3px";
    return check("atlas-market-share");
  }, check.toString());
  assert.ok(
    wrong.some((line) => line.includes("overlap")) &&
      wrong.some((line) => line.includes("cut")),
    wrong.join("\n"),
  );
  await page.context().close();
});
