// Readers with large text, with a magnifier, and those who asked for no motion.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { LANES, TAGS, finish, open, serve, settle } from "./harness.mjs";

// A reader who has set the browser's text to twice its size.
LANES.large = { args: ["--blink-settings=defaultFontSize=32"] };

let server;
before(async () => {
  server = await serve();
});
after(finish);

// Text that is cut, over another text, or outside: of everything but the labels of the picture,
// which have a test of their own.
const faults = (tag) => {
  const { shadowRoot } = document.querySelector(tag);
  const wrong = [];
  for (const node of shadowRoot.querySelectorAll(
    "h3,p,button,label,summary,th,td,footer,select",
  )) {
    if (!node.checkVisibility() || node.closest(".stage,.live,.scroll"))
      continue;
    const box = node.getBoundingClientRect();
    const text = node.textContent.trim().slice(0, 30);
    if (box.right > innerWidth + 1 || box.left < -1)
      wrong.push(
        `«${text}» leaves the page: ${Math.round(box.left)} to ${Math.round(box.right)}`,
      );
    if (
      node.localName !== "select" &&
      (node.scrollWidth > node.clientWidth + 1.5 ||
        node.scrollHeight > node.clientHeight + 4) &&
      getComputedStyle(node).overflow !== "visible"
    )
      wrong.push(`«${text}» is cut`);
  }
  return wrong;
};

for (const [name, view, css, lane = "null"] of [
  ["200 % text", { width: 1200, height: 900 }, "", "large"],
  ["200 % text on a phone", { width: 360, height: 800 }, "", "large"],
  [
    "400 % page zoom of 1280 px",
    { width: 320, height: 256, deviceScaleFactor: 4 },
    "",
  ],
  [
    "text spacing (WCAG 1.4.12)",
    { width: 360, height: 800 },
    "body *{letter-spacing:.12em;word-spacing:.16em;line-height:1.5}",
  ],
]) {
  for (const lang of ["ko", "en"]) {
    test(`with ${name} in ${lang} nothing is cut, outside or to be scrolled sideways`, async () => {
      const page = await open(
        lane,
        `${server.url}/?renderer=canvas&lang=${lang}`,
        view,
      );
      if (css) await page.addStyleTag({ content: css });
      await settle(page);
      for (const tag of TAGS)
        assert.deepEqual(await page.evaluate(faults, tag), [], tag);
      const [inner, scroll] = await page.evaluate(() => [
        innerWidth,
        document.documentElement.scrollWidth,
      ]);
      assert.ok(
        scroll <= inner,
        `the page is ${scroll} px wide in a window of ${inner}`,
      );
      await page.context().close();
    });
  }
}

test("text that the reader has doubled is doubled around the pictures and in them; what a page does to its root is its own", async () => {
  const sizes = async (lane, css) => {
    const page = await open(lane, `${server.url}/?renderer=canvas`, {
      width: 1200,
    });
    if (css) await page.addStyleTag({ content: css });
    await settle(page);
    const out = await page.evaluate(
      (tags) =>
        tags.map((tag) => {
          const { shadowRoot } = document.querySelector(tag);
          const label = shadowRoot.querySelector(".labels span");
          const item = shadowRoot
            .querySelector("[part=item]")
            .getBoundingClientRect();
          const stage = shadowRoot
            .querySelector(".stage")
            .getBoundingClientRect();
          return {
            around: parseFloat(
              getComputedStyle(shadowRoot.querySelector(".sub")).fontSize,
            ),
            title: parseFloat(
              getComputedStyle(shadowRoot.querySelector("h3")).fontSize,
            ),
            label:
              (label.getBoundingClientRect().height / label.offsetHeight) *
              parseFloat(label.style.fontSize),
            inside:
              item.right <= stage.right + 1 && item.bottom <= stage.bottom + 1,
          };
        }),
      TAGS,
    );
    const picked = await page.evaluate((tag) => {
      const { shadowRoot } = document.querySelector(tag);
      const { left, top, width, height } = shadowRoot
        .querySelectorAll("[part=item]")[1]
        .getBoundingClientRect();
      scrollTo(0, top + scrollY - 200);
      const now = shadowRoot
        .querySelectorAll("[part=item]")[1]
        .getBoundingClientRect();
      return [
        left + width / 2,
        now.top + height / 2,
        shadowRoot.querySelectorAll("[part=item]")[1].ariaLabel,
      ];
    }, TAGS[1]);
    await page.mouse.click(picked[0], picked[1]);
    await settle(page);
    const chosen = await page.evaluate(
      (tag) =>
        document.querySelector(tag).shadowRoot.querySelector(".card b")
          ?.textContent,
      TAGS[1],
    );
    assert.ok(
      picked[2].startsWith(chosen),
      `a click on «${picked[2]}» tells of «${chosen}»`,
    );
    await page.context().close();
    return out;
  };
  const [plain, large, page] = [
    await sizes("null"),
    await sizes("large"),
    await sizes("null", "html{font-size:62.5%}"),
  ];
  for (const [i, tag] of TAGS.entries()) {
    for (const key of ["around", "title"])
      assert.equal(large[i][key], plain[i][key] * 2, `${tag}: ${key}`);
    assert.ok(large[i].label >= 22, `${tag}: a label of ${large[i].label} px`);
    assert.ok(plain[i].inside && large[i].inside, tag);
    assert.deepEqual(page[i].around, plain[i].around);
  }
});

// Frames that are asked for, pictures that are painted, transitions that run.
const init = () => {
  window.counted = { frames: 0, pictures: 0, animations: 0 };
  const raf = window.requestAnimationFrame;
  window.requestAnimationFrame = (run) => {
    if (/ai-atlas\.js/.test(Error().stack)) window.counted.frames++;
    return raf(run);
  };
  for (const name of ["drawImage", "putImageData"]) {
    const real = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...args) {
      if (this.canvas.getRootNode() instanceof ShadowRoot)
        window.counted.pictures++;
      return real.apply(this, args);
    };
  }
};
// What a reader does, one thing after the other, without a pointer over the picture.
const ACTS = [
  (root) =>
    root
      .querySelector(
        ".tab:not([aria-pressed=true]), .zoom button, .legend button",
      )
      ?.click(),
  (root) => root.querySelector(".zoom button")?.click(),
  (root) => root.querySelectorAll(".zoom button")[2]?.click(),
  (root) => root.querySelector(".legend button")?.click(),
  (root) => root.querySelector("[part=item]")?.click(),
];
const walk = async (reducedMotion, renderer) => {
  const page = await open(
    renderer === "canvas" ? "null" : "gpu",
    `${server.url}/?renderer=${renderer}`,
    { init, reducedMotion },
  );
  await page.waitForTimeout(500);
  const total = { acts: 0, frames: 0, pictures: 0, most: 0, running: 0 };
  for (const tag of TAGS) {
    for (const act of ACTS) {
      await page.evaluate(() =>
        Object.assign(window.counted, { frames: 0, pictures: 0 }),
      );
      await page.evaluate(
        ([tag, act]) =>
          (0, eval)(`(${act})`)(document.querySelector(tag).shadowRoot),
        [tag, act.toString()],
      );
      await page.waitForTimeout(450);
      await page.evaluate(
        (tag) => document.querySelector(tag).updateComplete,
        tag,
      );
      const { frames, pictures } = await page.evaluate(() => window.counted);
      total.acts++;
      total.frames += frames;
      total.pictures += pictures;
      total.most = Math.max(total.most, pictures);
      total.running += await page.evaluate(
        (tag) => document.querySelector(tag).shadowRoot.getAnimations().length,
        tag,
      );
    }
  }
  // At rest nothing is painted at all.
  await page.evaluate(() =>
    Object.assign(window.counted, { frames: 0, pictures: 0 }),
  );
  await page.waitForTimeout(1500);
  total.rest = await page.evaluate(
    () => window.counted.frames + window.counted.pictures,
  );
  await page.context().close();
  return total;
};

for (const renderer of ["canvas", "webgpu"]) {
  test(`under reduced motion every act is one picture a widget and no animation frame, at rest none (${renderer})`, async () => {
    const total = await walk("reduce", renderer);
    console.log(
      `# reduced motion, ${renderer}: ${total.acts} acts, ${total.pictures} pictures, ${total.frames} animation frames, ${total.rest} at rest`,
    );
    assert.ok(total.pictures >= 8, `${total.pictures} pictures`);
    // A choice is shown by all three widgets of the group, and the focus may light what it stands
    // on.
    assert.ok(total.most <= 6, `${total.most} pictures after one act`);
    assert.deepEqual([total.frames, total.running, total.rest], [0, 0, 0]);
  });
}

test("the count sees motion where motion is wanted", async () => {
  const total = await walk("no-preference", "canvas");
  assert.ok(total.most > 6, `${total.most} pictures after one act`);
  assert.equal(total.rest, 0);
});
