// Whoever walks by keyboard gets in, about and out again: random walks, counted tab stops, and no
// listener on the document.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { TAGS, finish, open, serve, settle } from "./harness.mjs";

const WALKS = 500;
const SEED = Number(process.env.SEED ?? Date.now() % 1e9);
const KEYS = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Enter",
  " ",
  "Escape",
  "+",
  "-",
  "0",
  "*",
  "s",
  "g",
  "Tab",
  "Shift+Tab",
];

let server;
before(async () => {
  server = await serve();
});
after(finish);

// mulberry32
const random = (seed) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

// Focus before or behind a widget; presses until it has been left, or nothing if it was not
// entered.
const beside = (page, tag, behind) =>
  page.evaluate(
    ([tag, behind]) => {
      document.querySelector("#anchor")?.remove();
      const anchor = document.createElement("button");
      anchor.id = "anchor";
      anchor.textContent = ".";
      document.querySelector(tag)[behind ? "after" : "before"](anchor);
      anchor.focus();
    },
    [tag, behind],
  );
const inside = (page, tag) =>
  page.evaluate(
    (tag) =>
      document.activeElement === document.querySelector(tag) &&
      (document
        .querySelector(tag)
        .shadowRoot.activeElement?.outerHTML.slice(0, 120) ??
        "host"),
    tag,
  );
const leave = async (page, tag, key, met = []) => {
  for (let presses = 1; presses <= 12; presses++) {
    await page.keyboard.press(key);
    const at = await inside(page, tag);
    if (!at) return presses;
    met.push(at);
  }
  return Infinity;
};

test(`${WALKS} random walks by keys, none of which is trapped (SEED=${SEED})`, async () => {
  console.log(`# SEED=${SEED}`);
  const next = random(SEED);
  const any = (list) => list[Math.floor(next() * list.length)];
  const page = await open("null", server.url + "/?renderer=canvas");
  // A link of a card or a table leads away: not part of the walk.
  await page.evaluate(() =>
    addEventListener(
      "click",
      (event) =>
        event.composedPath().some((node) => node.localName === "a") &&
        event.preventDefault(),
      true,
    ),
  );
  const most = { Tab: 0, "Shift+Tab": 0 };
  for (let walk = 0; walk < WALKS; walk++) {
    const tag = any(TAGS);
    const way = any(["Tab", "Shift+Tab"]);
    await beside(page, tag, way !== "Tab");
    await page.keyboard.press(way);
    assert.ok(
      await inside(page, tag),
      `walk ${walk}: ${way} does not enter ${tag} but ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120))}`,
    );
    const taken = [];
    for (
      let step = Math.floor(next() * 12);
      step >= 0 && (await inside(page, tag));
      step--
    ) {
      taken.push(any(KEYS));
      await page.keyboard.press(taken.at(-1));
      // The browser's own list of a select is open now, and the first Tab would only close it.
      if (
        /^[ E]/.test(taken.at(-1)) &&
        /^<select/.test(await inside(page, tag))
      )
        await page.keyboard.press("Escape");
    }
    if (!(await inside(page, tag))) continue;
    // On a busy machine an answer to these keys may come later than the next ones; that it does no
    // harm then is the next test. The engine answers in order.
    await page.evaluate(async (tag) => {
      const element = document.querySelector(tag);
      await element.toCSV();
      await element.updateComplete;
    }, tag);
    for (const key of ["Tab", "Shift+Tab"]) {
      // Back in at the other end.
      if (!(await inside(page, tag)))
        await page.keyboard.press(key === "Tab" ? "Shift+Tab" : "Tab");
      const at = await inside(page, tag);
      const met = [at];
      const presses = await leave(page, tag, key, met);
      most[key] = Math.max(most[key], presses);
      assert.ok(
        presses <= 2,
        `walk ${walk}, ${tag}: ${presses} times ${key} after ${way} ${taken.join(" ")}, by way of ${met.join(", ")}`,
      );
    }
    if (walk % 50 === 49)
      await page.evaluate(
        (tags) =>
          tags.forEach((tag) =>
            document.querySelector(tag).restore({
              framework: "",
              table: "",
              from: "",
              to: "",
              selected: "",
              hidden: [],
            }),
          ),
        TAGS,
      );
  }
  console.log(
    `# at most ${most.Tab} Tab and ${most["Shift+Tab"]} Shift+Tab to leave a widget`,
  );
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("an answer that comes late takes nobody along who has gone on meanwhile", async () => {
  // The engine's answers wait until they are let through.
  const init = () => {
    const { get, set } = Object.getOwnPropertyDescriptor(
      Worker.prototype,
      "onmessage",
    );
    let held;
    Object.defineProperty(Worker.prototype, "onmessage", {
      get,
      set(hear) {
        set.call(this, (event) =>
          held ? held.push(() => hear(event)) : hear(event),
        );
      },
    });
    globalThis.hold = () => (held = []);
    globalThis.letGo = async (element) => {
      const all = held;
      held = null;
      for (const one of all) one();
      await element.updateComplete;
    };
  };
  for (const [key, shown] of [
    ["Enter", ".card.pin"],
    ["*", ".panel table"],
  ]) {
    const page = await open("null", server.url + "/?renderer=canvas", { init });
    const [tag] = TAGS;
    await page.locator(`${tag} [part=item][tabindex="0"]`).focus();
    await settle(page);
    await page.waitForTimeout(300); // the card of the focused item
    await page.evaluate(() => hold());
    await page.keyboard.press(key);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    assert.match(String(await inside(page, tag)), /part="item"/);
    await page.evaluate((tag) => letGo(document.querySelector(tag)), tag);
    await page.locator(`${tag} ${shown}`).waitFor();
    assert.match(String(await inside(page, tag)), /part="item"/, key);
    assert.equal(
      await leave(page, tag, "Tab"),
      1,
      `after ${key} the one stop around the picture is where it was, before it`,
    );
    await page.context().close();
  }
});

test("the walk sees a trap: one more tab stop is one press too many", async () => {
  const page = await open("null", server.url + "/?renderer=canvas");
  const [tag] = TAGS;
  await page.evaluate((tag) => {
    const { shadowRoot } = document.querySelector(tag);
    for (let i = 0; i < 2; i++)
      shadowRoot.querySelector(".stage").append(
        Object.assign(document.createElement("div"), {
          tabIndex: 0,
          textContent: ".",
        }),
      );
  }, tag);
  await beside(page, tag);
  await page.keyboard.press("Tab");
  assert.ok((await leave(page, tag, "Tab")) > 2);
  await page.context().close();
});

test("names are found by letters, by initial consonants, and by the keys of initial consonants", async () => {
  const page = await open("null", server.url + "/?renderer=canvas");
  const [tag] = TAGS;
  const here = () =>
    page.evaluate(
      (tag) => document.querySelector(tag).shadowRoot.activeElement?.ariaLabel,
      tag,
    );
  for (const [letters, name] of [
    ["ㅅㅅ", "삼성"],
    ["tt", "삼성"],
    ["tsm", "TSMC"],
  ]) {
    await page.locator(`${tag} [part=item][tabindex="0"]`).focus();
    await page.keyboard.press("Home");
    await page.waitForTimeout(900); // what was typed before is forgotten
    const before = await here();
    for (const key of letters)
      await page.evaluate(
        ([tag, key]) =>
          document.querySelector(tag).shadowRoot.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {
              key,
              bubbles: true,
              cancelable: true,
            }),
          ),
        [tag, key],
      );
    assert.ok(
      (await here()).startsWith(name),
      `${letters} leads from ${before} to ${await here()}`,
    );
  }
  await page.context().close();
});

test("arrows alone lead to every control around a picture", async () => {
  const page = await open("null", server.url + "/?renderer=canvas");
  for (const tag of TAGS) {
    await page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.querySelector(".bar :is(button,select,input)")
          .focus(),
      tag,
    );
    const seen = new Set();
    const all = await page.evaluate(
      (tag) =>
        [
          ...document
            .querySelector(tag)
            .shadowRoot.querySelectorAll("button,select,input,summary,a[href]"),
        ].filter((node) => node.checkVisibility({ visibilityProperty: true }))
          .length,
      tag,
    );
    const here = () =>
      page.evaluate((tag) => {
        const { shadowRoot } = document.querySelector(tag);
        return [...shadowRoot.querySelectorAll("*")].indexOf(
          shadowRoot.activeElement,
        );
      }, tag);
    for (const key of ["ArrowLeft", "ArrowRight"]) {
      for (let i = 0; i < all + 2; i++) {
        seen.add(await here());
        await page.keyboard.press(key);
      }
    }
    assert.equal(seen.size, all, tag);
  }
  await page.context().close();
});

test("no key is listened to on the document or the window, and two widgets do not hear each other’s keys", async () => {
  const init = () => {
    window.heard = [];
    const real = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (type, ...rest) {
      if (
        (this === window ||
          this === document ||
          this === document.documentElement ||
          this === document.body) &&
        /ai-atlas\.js/.test(Error().stack)
      )
        window.heard.push(type);
      return real.call(this, type, ...rest);
    };
  };
  const page = await open("null", server.url + "/?renderer=canvas", { init });
  // That the page is about to be printed, that a policy held something up and that the page's
  // ground may have changed is told there alone.
  const allowed = [
    "beforeprint",
    "afterprint",
    "securitypolicyviolation",
    "click",
    "change",
    "load",
    "transitionend",
    "resize",
  ];
  const heard = await page.evaluate(() => window.heard);
  assert.ok(heard.includes("beforeprint"));
  assert.deepEqual(
    heard.filter((type) => !allowed.includes(type)),
    [],
  );
  await page.locator(`${TAGS[1]} [part=item][tabindex="0"]`).focus();
  const others = () =>
    page.evaluate(
      ([, , tag]) =>
        document
          .querySelector(tag)
          .shadowRoot.querySelector('[part=item][tabindex="0"]').ariaLabel ??
        "",
      TAGS,
    );
  const before = await others();
  for (const key of ["ArrowRight", "ArrowDown", "End", "+"])
    await page.keyboard.press(key);
  await settle(page);
  assert.equal(await others(), before);
  await page.context().close();
});

test("what can be pressed is at least 24 px high and wide", async () => {
  for (const width of [360, 1200]) {
    const page = await open("null", server.url + "/?renderer=canvas", {
      width,
    });
    for (const tag of TAGS) {
      await page.locator(`${tag} .do button`).first().click();
      await page.locator(`${tag} .panel table`).waitFor();
      const small = await page.evaluate((tag) => {
        const { shadowRoot } = document.querySelector(tag);
        // Links within a sentence are as high as its line (WCAG 2.5.8, inline).
        return [...shadowRoot.querySelectorAll("button,select,input,summary")]
          .filter((node) => node.checkVisibility())
          .map((node) => [
            node.textContent.slice(0, 20) || node.localName,
            node.getBoundingClientRect(),
          ])
          .filter(([, { width, height }]) => width < 24 || height < 24)
          .map(([name, { width, height }]) => `${name}: ${width}×${height}`);
      }, tag);
      assert.deepEqual(small, [], `${tag} at ${width} px`);
    }
    await page.context().close();
  }
});

test("whoever leaves the table by Escape sees what has the focus then", async () => {
  const page = await open("null", server.url + "/", {
    width: 360,
    height: 800,
  });
  const tag = "atlas-market-share";
  const held = () =>
    page.evaluate((tag) => {
      const one = document.querySelector(tag).shadowRoot.activeElement;
      const { top, bottom } = one.getBoundingClientRect();
      return {
        role: one.getAttribute("role"),
        seen: bottom > 0 && top < innerHeight,
      };
    }, tag);
  await page.evaluate(
    (tag) =>
      document
        .querySelector(tag)
        .shadowRoot.querySelector('[role=treeitem][tabindex="0"]')
        .focus(),
    tag,
  );
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("*");
  await page.waitForFunction(
    (tag) =>
      document
        .querySelector(tag)
        .shadowRoot.activeElement.getAttribute("role") === "group",
    tag,
  );
  await page.keyboard.press("Escape");
  assert.deepEqual(await held(), { role: "treeitem", seen: true });
  await page.context().close();
});
