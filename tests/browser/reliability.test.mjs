// What a page may rely on, whatever its data is: every question settles, data without anything to
// place has its words, and one widget's data, however slow it is, ends no other widget.
// tests/browser/faults/ strikes the same in every lane.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import {
  KINDS,
  SCRIPT,
  TAGS,
  finish,
  open,
  pageOf,
  serve,
  shipped,
} from "./harness.mjs";
import { atReading } from "./reading.js";

// Stands in the engine's thread. Data of which one text is «slow-data» keeps it busy while it is
// read, a view with a key `busy` while it is laid out: for so many ms as these say, or for ever.
const BUSY = `{
  const busy = (ms) => { for (const end = Date.now() + ms; Date.now() < end; ); };
  (${atReading})((text) => busy(+(/slow-data-(\\d+)/.exec(text)?.[1] ?? 0)));
  const entries = Object.entries;
  Object.entries = (one) => { if (one && typeof one.busy === 'string') busy(+one.busy); return entries(one); };
}
`;
const FOR_EVER = 1e9;

let server;
before(async () => {
  server = await serve((path) => {
    if (path === "/page") return { body: pageOf(SCRIPT, { lang: "en" }) };
    if (path === "/never.json") return { raw: () => {} };
    if (path === "/bad.json") return { body: "{", type: "application/json" };
    if (/\/engine[^/]*\.js$/.test(path))
      return {
        body: BUSY + readFileSync(shipped(path.split("/").pop())),
        type: "text/javascript",
      };
  });
});
after(finish);

const DATA = {
  "value-chain": {
    kind: "ai-atlas/value-chain",
    entities: [{ id: "a" }, { id: "b" }, { id: "c" }],
    links: [
      { from: "a", to: "b" },
      { from: "a", to: "c" },
    ],
  },
  "market-share": {
    kind: "ai-atlas/market-share",
    items: [
      { label: "a", value: 1 },
      { label: "b", value: 2 },
    ],
  },
  "funding-timeline": {
    kind: "ai-atlas/funding-timeline",
    events: [
      { date: "2024-02-01", label: "a" },
      { date: "2024-05", label: "b" },
    ],
  },
};

const blank = async (lane = "null") => {
  const page = await open(lane, server.url + "/page", { ready: false });
  await page.evaluate(async (tags) => {
    await Promise.all(tags.map((tag) => customElements.whenDefined(tag)));
    globalThis.make = (tag, properties = {}, to = document.body) => {
      const element = Object.assign(document.createElement(tag), {
        renderer: "canvas",
        loading: "eager",
        ...properties,
      });
      to?.append(element);
      return element;
    };
    globalThis.pause = (ms) => new Promise((done) => setTimeout(done, ms));
    globalThis.until = async (check, ms) => {
      for (
        const end = performance.now() + ms;
        performance.now() < end;
        await pause(25)
      )
        if (await check()) return true;
      return false;
    };
    globalThis.sees = (element) => {
      const { shadowRoot } = element;
      const text = (part) =>
        [...shadowRoot.querySelectorAll(`[part=${part}]`)]
          .map((node) => (node.getClientRects().length ? node.textContent : ""))
          .join("");
      const canvas = shadowRoot.querySelector("canvas");
      return {
        ...element.status,
        height: canvas.height,
        title: text("title"),
        lead: text("takeaway"),
        words: text("error"),
        items: shadowRoot.querySelectorAll("[part=item]").length,
        rows: [...shadowRoot.querySelectorAll(".still tr")].filter(
          (row) => row.getClientRects().length,
        ).length,
      };
    };
  }, TAGS);
  return page;
};

// ---- nothing to place

const SPARSE = {
  "a timeline of undated events": [
    "funding-timeline",
    { kind: "ai-atlas/funding-timeline", undated: [{ label: "Alpha" }] },
    /without a date/,
  ],
  "a timeline without a usable date": [
    "funding-timeline",
    { kind: "ai-atlas/funding-timeline", events: [{ label: "Alpha" }] },
    /without a date/,
  ],
  "a market share of which no value is known": [
    "market-share",
    {
      kind: "ai-atlas/market-share",
      items: [{ label: "Alpha", value: null }, { label: "b" }],
    },
  ],
  "a value chain of layers alone": [
    "value-chain",
    { kind: "ai-atlas/value-chain", layers: [{ id: "data", label: "Data" }] },
  ],
};
for (const lane of ["null", "gpu"])
  for (const [what, [kind, data, words]] of Object.entries(SPARSE))
    test(`${what} is a picture with its words, or an error in words (${lane})`, async () => {
      const page = await blank(lane);
      const renderers = lane === "gpu" ? ["webgpu", "webgl2"] : ["canvas"];
      for (const renderer of renderers) {
        const said = await page.evaluate(
          async ([kind, data, renderer]) => {
            const element = make("atlas-" + kind, { data, renderer });
            const settled = await until(
              () => element.status.tier || element.status.error,
              8000,
            );
            const done = await Promise.race([
              element.updateComplete.then(() => true),
              pause(8000).then(() => false),
            ]);
            const within = (answer) =>
              Promise.race([answer, pause(6000).then(() => "HANGS")]);
            const [svg, csv] = [
              await within(element.toSVG()),
              await within(element.toCSV().catch((error) => error.code)),
            ];
            return { settled, done, ...sees(element), svg, csv };
          },
          [kind, data, renderer],
        );
        assert.ok(said.settled && said.done, JSON.stringify(said));
        if (!words) {
          assert.equal(said.error, "empty");
          assert.match(said.words, /nothing that can be drawn/);
          continue;
        }
        assert.equal(said.error, null, said.words);
        assert.match(said.title, words);
        assert.ok(said.items >= 1 && said.height > 0, JSON.stringify(said));
        assert.match(said.svg, /Alpha/);
        assert.match(said.csv, /Alpha/);
      }
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });

test("a picture of no size is shown as its words, and settles", async () => {
  const page = await open("null", server.url + "/page", { ready: false });
  const said = await page.evaluate(async () => {
    await customElements.whenDefined("atlas-market-share");
    // Less than one CSS px of width, as the engine counts them: a reader with very large letters
    // has fewer of them.
    const real = getComputedStyle;
    globalThis.getComputedStyle = (node, ...rest) => {
      const style = real(node, ...rest);
      return node.className === "probe"
        ? new Proxy(style, {
            get: (_, key) =>
              key === "fontSize"
                ? "40px"
                : typeof style[key] === "function"
                  ? style[key].bind(style)
                  : style[key],
          })
        : style;
    };
    const box = document.body.appendChild(
      Object.assign(document.createElement("div"), { style: "width:1px" }),
    );
    const element = Object.assign(
      document.createElement("atlas-market-share"),
      {
        data: {
          kind: "ai-atlas/market-share",
          items: [{ label: "a", value: 1 }],
        },
        loading: "eager",
      },
    );
    box.append(element);
    const done = await Promise.race([
      new Promise((done) => element.addEventListener("load", () => done(true))),
      new Promise((done) => setTimeout(done, 6000, false)),
    ]);
    if (!done) return { done };
    await element.updateComplete;
    box.style.width = "600px";
    await new Promise((done) => setTimeout(done, 300));
    await element.updateComplete;
    const canvas = element.shadowRoot.querySelector("canvas");
    return { done, width: canvas.width, height: canvas.height };
  });
  assert.equal(said.done, true);
  assert.ok(said.width > 300 && said.height > 100, JSON.stringify(said));
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

// ---- questions

const METHODS = ["toCSV", "toJSON", "toSVG", "toBlob"];
const SITUATIONS = {
  "that was just made": (kind, data) => make("atlas-" + kind, { data }),
  "that was just made and fetches its data": async (kind, data) => {
    // All else that it needs is here already, so nothing makes it wait but the data.
    globalThis.warm ??= make("atlas-" + kind, { data });
    await warm.updateComplete;
    await warm.toCSV();
    return make("atlas-" + kind, { src: `/data/${kind}.json` });
  },
  "that loads lazily and that nobody has come near": (kind, data) => {
    document.body.append(
      Object.assign(document.createElement("div"), { style: "height:6000px" }),
    );
    return make("atlas-" + kind, { data, loading: "lazy" });
  },
  "that nobody has scrolled to": (kind, data) => {
    document.body.append(
      Object.assign(document.createElement("div"), { style: "height:6000px" }),
    );
    return make("atlas-" + kind, { data, loading: "" });
  },
  "that nobody can see": (kind, data) =>
    make(
      "atlas-" + kind,
      { data },
      document.body.appendChild(
        Object.assign(document.createElement("div"), { style: "display:none" }),
      ),
    ),
  "that is in no page": (kind, data) => make("atlas-" + kind, { data }, null),
  "that has left the page": async (kind, data) => {
    const element = make("atlas-" + kind, { data });
    await element.updateComplete;
    element.remove();
    await pause(50);
    return element;
  },
  "that leaves the page meanwhile": async (kind, data) => {
    const element = make("atlas-" + kind, { data });
    await until(() => element.status.tier, 8000);
    setTimeout(() => element.remove());
    return element;
  },
  "that leaves the page at once": (kind, data) => {
    const element = make("atlas-" + kind, { data });
    queueMicrotask(() => element.remove());
    return element;
  },
  "that moves in the page meanwhile": async (kind, data) => {
    const element = make("atlas-" + kind, { data });
    setTimeout(() => document.body.prepend(element));
    return element;
  },
  "that comes back into the page": async (kind, data) => {
    const element = make("atlas-" + kind, { data });
    await element.updateComplete;
    element.remove();
    await pause(50);
    document.body.append(element);
    return element;
  },
  "whose data never comes": (kind) =>
    make("atlas-" + kind, { src: "/never.json" }),
  "whose data is bad": (kind) => make("atlas-" + kind, { src: "/bad.json" }),
  "whose data is missing": (kind) =>
    make("atlas-" + kind, { src: "/none.json" }),
};
const THERE = /just made|lazily|scrolled|can see|moves|comes back/;
const SETTLE_MS = 12_000;
for (const [what, make] of Object.entries(SITUATIONS))
  test(`every question to an element ${what} settles: with the data, or saying why there is none`, async () => {
    const page = await blank();
    const answers = await page.evaluate(
      async ([body, all, methods, ms]) => {
        const situation = (0, eval)(`(${body})`);
        const ask = async (kind, method, data) => {
          const element = await situation(kind, data);
          const answer = element[method]().then(
            (value) =>
              value instanceof Blob
                ? `Blob ${value.size}`
                : value === null
                  ? "null"
                  : typeof value === "string"
                    ? value
                    : JSON.stringify(value),
            (error) => `Error ${error.code}: ${error.message}`,
          );
          const said = await Promise.race([
            answer,
            pause(ms).then(() => "HANGS"),
          ]);
          element.remove();
          return [kind, method, said];
        };
        const answers = [];
        for (const [kind, data] of Object.entries(all))
          answers.push(
            ...(await Promise.all(
              methods.map((method) => ask(kind, method, data)),
            )),
          );
        return answers;
      },
      [String(make), DATA, METHODS, SETTLE_MS],
    );
    assert.equal(answers.length, KINDS.length * METHODS.length);
    for (const [kind, method, said] of answers) {
      const line = `${method} of ${kind}: ${said.slice(0, 300)}`;
      assert.notEqual(said, "HANGS", line);
      if (THERE.test(what)) {
        if (method === "toCSV")
          assert.ok(
            said.split("\n").length >= (kind === "value-chain" ? 2 : 3),
            line,
          );
        if (method === "toJSON")
          assert.ok(
            JSON.parse(said).rows.length >= (kind === "value-chain" ? 1 : 2),
            line,
          );
        if (method === "toSVG") assert.match(said, /^<svg/, line);
        if (method === "toBlob") assert.match(said, /^Blob [1-9]/, line);
      } else if (/toCSV|toJSON/.test(method))
        assert.match(said, /^Error [a-z-]+: \S.{10}|,/, line);
      else assert.match(said, /^(null|<svg|Blob)/, line);
    }
    assert.deepEqual(
      page.faults.filter((text) => !/404|Failed to load/.test(text)),
      [],
    );
    await page.context().close();
  });

test("arguments that no method can use throw nothing and leave the view as it was", async () => {
  const page = await blank();
  const wrong = await page.evaluate(async (data) => {
    const element = make("atlas-market-share", { data });
    await until(() => element.status.tier, 8000);
    element.restore({ selected: "#1", table: "x", at: "here", hidden: ["a"] });
    const before = JSON.stringify(element.save());
    const trap = (name) =>
      new Proxy(
        {},
        {
          [name]: () => {
            throw Error("of the test");
          },
        },
      );
    const loud = {
      toString: () => {
        throw Error("of the test");
      },
    };
    const hostile = {
      null: null,
      undefined: undefined,
      symbol: Symbol("x"),
      bare: Object.create(null),
      loud,
      keys: trap("ownKeys"),
      get: trap("get"),
      descriptor: trap("getOwnPropertyDescriptor"),
      has: trap("has"),
      revoked: (() => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      })(),
      function: () => {},
      big: 10n,
      list: [1, 2],
      getter: {
        get selected() {
          throw Error("of the test");
        },
      },
      selected: { table: "other", selected: Symbol("x") },
      at: { at: Object.create(null), table: "other" },
      hidden: { table: "other", hidden: [Symbol("x")] },
      from: { table: "other", from: loud },
      width: { width: Symbol("x") },
      widthBig: { width: 10n },
      widthLoud: {
        width: {
          valueOf() {
            throw Error("of the test");
          },
        },
      },
      lang: { lang: Symbol("x") },
      langLoud: { lang: loud },
      theme: { theme: Symbol("x") },
      scale: { scale: Symbol("x"), type: loud, quality: 3n },
    };
    const wrong = [];
    for (const [name, argument] of Object.entries(hostile)) {
      for (const method of ["select", "restore", "toSVG", "toBlob"]) {
        try {
          const answer = element[method](argument);
          const said = await Promise.race([
            answer,
            pause(8000).then(() => "HANGS"),
          ]);
          if (said === "HANGS" || (/^to/.test(method) && !said))
            wrong.push(`${method}(${name}): ${said}`);
        } catch (error) {
          wrong.push(`${method}(${name}): ${error}`);
        }
        const view = JSON.stringify(element.save());
        const may =
          (method === "select" &&
            !/symbol|bare|loud|get$|revoked/.test(name)) ||
          (method === "restore" &&
            /null|undefined|symbol|bare|loud|descriptor|has|function|big|list|width|lang|theme|scale/.test(
              name,
            ));
        if (!may && view !== before)
          wrong.push(`${method}(${name}) changed the view: ${view}`);
        element.restore({
          selected: "#1",
          table: "x",
          at: "here",
          hidden: ["a"],
        });
      }
    }
    return wrong;
  }, DATA["market-share"]);
  assert.deepEqual(wrong, []);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

// ---- slow data

const others = {
  "atlas-market-share": DATA["market-share"],
  "atlas-funding-timeline": DATA["funding-timeline"],
};
const slow = async (how, ms) => {
  const page = await blank();
  const said = await page.evaluate(
    async ([how, ms, chain, others]) => {
      const rows = Array.from({ length: 20 }, (_, i) => ({
        from: "a",
        to: "b",
        label: "relation " + i,
      }));
      const data = { ...chain, links: rows };
      const bad = make(
        "atlas-value-chain",
        how === "data"
          ? { data: { ...data, note: `slow-data-${ms}` } }
          : { data },
      );
      if (how === "picture") bad.restore({ busy: String(ms) });
      const good = Object.entries(others).map(([tag, data]) =>
        make(tag, { data }),
      );
      // What came as columns went to the engine that is given up: it comes back too.
      const columned = make("atlas-funding-timeline");
      columned.setColumns({
        date: new Float64Array([1.7e12, 1.71e12]),
        amount: new Float64Array([1e9, 2e9]),
      });
      good.push(columned);
      const all = [bad, ...good];
      if (how === "later") {
        await Promise.all(
          all.map((one) => until(() => one.status.tier, 10_000)),
        );
        await Promise.all(all.map((one) => one.updateComplete));
        bad.restore({ busy: String(ms) });
      }
      if (how === "svg") {
        await Promise.all(
          all.map((one) => until(() => one.status.tier, 10_000)),
        );
        await bad.updateComplete;
      }
      const begin = performance.now();
      const times = {};
      for (const one of good)
        until(
          () => one.status.tier && one.status.tier !== "static",
          40_000,
        ).then(() => (times[one.localName] = performance.now() - begin));
      await until(
        () =>
          bad.status.error ||
          bad.status.tier === "static" ||
          (ms < 1e6 && bad.status.tier),
        45_000,
      );
      const took = performance.now() - begin;
      await pause(1500);
      // They are alive: they follow the reader.
      const alive = await Promise.all(
        good.map(async (one) => {
          one.theme = "dark";
          await pause(100);
          return Promise.race([
            one.updateComplete.then(
              async () => (await one.toCSV()).length > 20,
            ),
            pause(8000).then(() => false),
          ]);
        }),
      );
      return { bad: sees(bad), good: good.map(sees), alive, times, took };
    },
    [how, ms, DATA["value-chain"], others],
  );
  return { page, ...said };
};

for (const how of ["data", "picture", "later"])
  test(`${how === "data" ? "data that is never read" : `a picture that is never done${how === "later" ? ", of data that was drawn before" : ""}`} costs its own widget its data, with words and rows, and no other`, async (t) => {
    const { page, bad, good, alive, times, took } = await slow(how, FOR_EVER);
    t.diagnostic(JSON.stringify({ times, took, bad }));
    assert.equal(bad.error, "too-slow", JSON.stringify(bad));
    assert.match(bad.words, /took too long/);
    assert.equal(good.length, 3);
    if (how === "later") assert.ok(bad.height > 0, "its picture stays");
    else assert.ok(bad.rows > 5, `${bad.rows} rows instead of the picture`);
    for (const one of good)
      assert.deepEqual(
        [one.tier, one.error, one.height > 50],
        ["canvas", null, true],
        JSON.stringify(one),
      );
    assert.deepEqual(alive, [true, true, true]);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

for (const how of ["data", "picture"])
  test(`a ${how} that takes two seconds is slow and is drawn: nobody is blamed`, async () => {
    const { page, bad, good, alive } = await slow(how, 2000);
    for (const one of [bad, ...good])
      assert.deepEqual(
        [one.tier, one.error, one.height > 50],
        ["canvas", null, true],
        JSON.stringify(one),
      );
    assert.deepEqual(alive, [true, true, true]);
    await page.context().close();
  });

test("a picture that took too long once is tried again and drawn when the machine has time", async () => {
  const page = await blank();
  const said = await page.evaluate(
    async ([chain, others]) => {
      const bad = make("atlas-value-chain", { data: chain });
      bad.restore({ busy: "6000" }); // more than is waited for at first, less than the second time
      const good = Object.entries(others).map(([tag, data]) =>
        make(tag, { data }),
      );
      await until(
        () =>
          bad.status.error || (bad.status.tier && bad.status.tier !== "static"),
        40_000,
      );
      await bad.updateComplete;
      return [bad, ...good].map(sees);
    },
    [DATA["value-chain"], others],
  );
  for (const one of said)
    assert.deepEqual(
      [one.tier, one.error, one.height > 50],
      ["canvas", null, true],
      JSON.stringify(one),
    );
  await page.context().close();
});

test("an element that gave up its data draws the next", async () => {
  const { page } = await slow("data", FOR_EVER);
  const said = await page.evaluate(async (data) => {
    const bad = document.querySelector("atlas-value-chain");
    bad.data = data;
    await until(() => bad.status.tier, 10_000);
    await bad.updateComplete;
    return sees(bad);
  }, DATA["value-chain"]);
  assert.deepEqual(
    [said.tier, said.error, said.words, said.rows, said.height > 50],
    ["canvas", null, "", 0, true],
    JSON.stringify(said),
  );
  await page.context().close();
});
