// @ts-check
// Every widget in every state, for developers: `make watch` serves it, tests/browser/states.test.mjs
// opens it. A state is reached as a page or a reader reaches it: by attributes, properties and
// methods, by clicks and keys on the parts that the documentation names.

/** @typedef {"value-chain" | "market-share" | "funding-timeline"} Kind */
/** @import { AtlasElement } from './ai-atlas.d.ts' */
/** @typedef {{ shadowRoot: ShadowRoot, [attribute: string]: any }} Shown */
/** @typedef {AtlasElement<any> & Shown} Widget */
/**
 * `attributes` are set before the element is in the page (null: not at all), `set` is called then;
 * `reach` does the rest and resolves to whether the element is in that state. `around` is a class of
 * the box around it, `alone` a page of its own.
 * @typedef {object} State
 * @property {Record<string, string | null>} [attributes]
 * @property {(element: Widget, kind: Kind) => unknown} [set]
 * @property {(element: Widget, kind: Kind) => Promise<boolean>} reach
 * @property {string} [around]
 * @property {boolean} [alone]
 */

/** @type {Kind[]} */
const KINDS = ["value-chain", "market-share", "funding-timeline"];
const asked = new URLSearchParams(location.search);

/** @param {number} ms @returns {Promise<void>} */
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
// Polls, because some states are reached by the engine in its worker, and say so by no event.
/** @param {() => unknown} reached */
const until = async (reached, ms = 15_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await pause(50))
    if (reached()) return true;
  return false;
};
/** @param {Widget} element @param {string} name @returns {HTMLElement | null} */
const part = (element, name) =>
  element.shadowRoot?.querySelector(`[part~="${name}"]`);
/** @param {Element | null | undefined} node */
const seen = (node) => !!node && node.checkVisibility();
/** @param {Widget} element */
const items = (element) => [
  ...element.shadowRoot.querySelectorAll('[part~="item"]'),
];

/** @param {Widget} element */
const drawn = (element) =>
  ["webgpu", "webgl2", "canvas"].includes(element.dataset.tier ?? "") &&
  !element.status.error;
/** @param {Widget} element */
const settled = async (element) => {
  await until(() => drawn(element) || element.status.error);
  if (!drawn(element)) return false;
  await element.updateComplete;
  await pause(350); // a transition
  await element.updateComplete;
  return drawn(element);
};

/** @param {Widget} element */
const waiting = (element) =>
  element.shadowRoot.querySelector('[name="progress"]')?.firstElementChild;
/** @param {Widget} element @returns {HTMLElement | null} */
const tableButton = (element) =>
  element.shadowRoot.querySelector('[aria-keyshortcuts="*"]');

// A file that begins and never ends. No server is asked for it.
const ENDLESS = "endless.json";
const ask = globalThis.fetch;
/** @type {typeof fetch} */
globalThis.fetch = (address, options) => {
  if (!`${address}`.endsWith(ENDLESS)) return ask(address, options);
  const body = new ReadableStream({
    pull: async (stream) => {
      await pause(500);
      stream.enqueue(new Uint8Array([32]));
    },
  });
  return Promise.resolve(new Response(body));
};

// A file of each widget with three rows, of which one cannot be right.
/** @type {Record<Kind, object>} */
const FLAWED = {
  "value-chain": {
    kind: "ai-atlas/value-chain",
    layers: [
      { id: "data", label: "Data" },
      { id: "model", label: "Models" },
    ],
    sublayers: [
      { id: "text", layer: "data", label: "Texts" },
      { id: "large", layer: "model", label: "Large models" },
    ],
    entities: [
      { id: "a", name: "Aleph", roles: [{ sublayer: "text" }] },
      { id: "b", name: "Beth", roles: [{ sublayer: "large" }] },
      { id: "c", name: "Gimel", roles: [{ sublayer: "nowhere" }] },
    ],
    links: [{ id: "l", from: "a", to: "b", type: "supplies" }],
  },
  "market-share": {
    kind: "ai-atlas/market-share",
    tables: [
      {
        id: "t",
        title: "Shares",
        unit: "%",
        items: [
          { label: "Aleph", value: 60 },
          { label: "Beth", value: 30 },
          { label: "Gimel", value: "much" },
        ],
      },
    ],
  },
  "funding-timeline": {
    kind: "ai-atlas/funding-timeline",
    events: [
      { id: "a", date: "2023-05", type: "investment", label: "Aleph" },
      { id: "b", date: "2024-02", type: "investment", label: "Beth" },
      { id: "c", date: "soon", type: "investment", label: "Gimel" },
    ],
  },
};
/** @type {Record<Kind, object>} */
const EMPTY = {
  "value-chain": { kind: "ai-atlas/value-chain", layers: [], entities: [] },
  "market-share": { kind: "ai-atlas/market-share", tables: [] },
  "funding-timeline": { kind: "ai-atlas/funding-timeline", events: [] },
};
/** @type {Record<Kind, () => object>} */
const COLUMNS = {
  "value-chain": () => ({
    nodes: {
      label: ["Aleph", "Beth", "Gimel", "Daleth"],
      layer: ["Data", "Models", "Models", "Services"],
    },
    links: { from: [0, 0, 1, 2], to: [1, 2, 3, 3] },
  }),
  "market-share": () => ({
    value: Float64Array.from({ length: 10_000 }, (_, i) => 1 + (i % 97)),
    label: Array.from({ length: 10_000 }, (_, i) => `Row ${i}`),
    levels: [
      {
        codes: Uint32Array.from({ length: 10_000 }, (_, i) => i % 12),
        names: Array.from({ length: 12 }, (_, i) => `Group ${i}`),
      },
    ],
  }),
  "funding-timeline": () => ({
    date: Float64Array.from(
      { length: 10_000 },
      (_, i) => Date.UTC(2015, 0, 1) + i * 3e7,
    ),
    amount: Float64Array.from(
      { length: 10_000 },
      (_, i) => 1e6 * (1 + (i % 89)),
    ),
  }),
};
/** @type {Record<Kind, object>} */
const OTHER_VIEW = {
  "value-chain": { framework: "mckinsey" },
  "market-share": { table: "hbm-2023" },
  "funding-timeline": { scale: "log" },
};

/** @param {string} code @returns {State["reach"]} */
const fails = (code) => (element) =>
  until(() => element.status.error === code && seen(part(element, "error")));
/** @param {string} lang @param {RegExp} sign @returns {State} */
const language = (lang, sign) => ({
  attributes: { lang },
  reach: async (element) =>
    (await settled(element)) &&
    sign.test(part(element, "title")?.textContent ?? "") &&
    element.shadowRoot.querySelector("[lang]")?.getAttribute("lang") === lang,
});
/** @param {Widget} element */
const hover = async (element) => {
  if (!(await settled(element))) return false;
  const stage = part(element, "stage");
  if (!stage) return false;
  // The pointer looks for a mark along lines, as a reader's hand does.
  for (let y = 0.1; y < 1; y += 0.1) {
    for (let x = 0.1; x < 1; x += 0.1) {
      const box = stage.getBoundingClientRect();
      const at = {
        clientX: box.left + box.width * x,
        clientY: box.top + box.height * y,
        pointerType: "mouse",
        bubbles: true,
        composed: true,
      };
      stage.dispatchEvent(new PointerEvent("pointermove", at));
      if (await until(() => seen(part(element, "card")), 150)) return true;
    }
  }
  return false;
};
/** @param {Widget} element */
const zoomIn = async (element) => {
  if (!(await settled(element))) return false;
  const before = JSON.stringify(element.save());
  part(element, "zoom")?.querySelector("button")?.click();
  return until(() => JSON.stringify(element.save()) !== before);
};
/** @param {Widget} element @param {Kind} kind */
const filter = async (element, kind) => {
  if (!(await settled(element))) return false;
  const rows = items(element).length;
  if (kind === "market-share") element.table = "hbm-2023";
  else element.restore({ ...element.save(), country: "KR" });
  return (await until(() => items(element).length !== rows)) && drawn(element);
};

/** @type {Record<string, State>} */
const STATES = {
  plain: { reach: settled },
  loading: {
    attributes: { src: ENDLESS },
    reach: (element) =>
      until(() => !element.dataset.tier && seen(waiting(element))),
  },
  "no data": { attributes: { src: null }, reach: fails("no-data") },
  empty: {
    attributes: { src: null },
    set: (element, kind) => (element.data = EMPTY[kind]),
    reach: fails("empty"),
  },
  "wrong kind of data": {
    attributes: { src: null },
    set: (element) => (element.data = { kind: "nothing" }),
    reach: fails("wrong-kind"),
  },
  "file not found": {
    attributes: { src: "nowhere.json" },
    reach: fails("fetch-failed"),
  },
  issues: {
    attributes: { src: null },
    set: (element, kind) => (element.data = FLAWED[kind]),
    reach: async (element) =>
      (await settled(element)) &&
      element.status.issues > 0 &&
      seen(part(element, "issues")),
  },
  selected: {
    attributes: { selected: "sk-hynix" },
    reach: async (element) =>
      (await settled(element)) &&
      items(element).some(
        (item) => item.ariaSelected === "true" || item.ariaPressed === "true",
      ),
  },
  "card open": { reach: hover },
  "table open": {
    reach: async (element) => {
      if (!(await settled(element))) return false;
      tableButton(element)?.click();
      return until(() => seen(part(element, "table")?.querySelector("table")));
    },
  },
  filtered: { reach: filter },
  "another view": {
    set: (element, kind) => Object.assign(element, OTHER_VIEW[kind]),
    reach: settled,
  },
  zoomed: {
    // A treemap can be zoomed where it has more than thirty leaves.
    set: (element, kind) =>
      kind === "market-share" && void element.setColumns(COLUMNS[kind]()),
    reach: zoomIn,
  },
  "without zoom": {
    attributes: { "disable-zoom": "" },
    reach: async (element) =>
      (await settled(element)) && !seen(part(element, "zoom")),
  },
  columns: {
    attributes: { src: null },
    set: (element, kind) => void element.setColumns(COLUMNS[kind]()),
    reach: async (element) =>
      (await settled(element)) && element.status.rows > 3,
  },
  dark: { attributes: { theme: "dark" }, around: "dark", reach: settled },
  "house style": { around: "house", reach: settled },
  "narrow, 360 px": {
    around: "narrow",
    reach: async (element) =>
      (await settled(element)) && element.offsetWidth === 360,
  },
  "in Korean": language("ko", /[가-힣]/),
  "in English": language("en", /[A-Za-z]/),
  "in Japanese": language("ja", /./),
  "canvas tier": {
    attributes: { renderer: "canvas" },
    reach: async (element) =>
      (await settled(element)) && element.dataset.tier === "canvas",
  },
  "static tier": {
    alone: true,
    reach: (element) =>
      until(
        () =>
          element.dataset.tier === "static" &&
          seen(element.shadowRoot.querySelector("table")),
      ),
  },
};

// What is forbidden to a page is forbidden to all of it: such a state has a page of its own.
/** @param {Kind} kind @param {string} name @param {Element} box */
const framed = (kind, name, box) => {
  const frame = document.createElement("iframe");
  frame.title = `${kind}, ${name}`;
  frame.src = addressOf(kind, name) + "&framed";
  box.append(frame);
  return until(() =>
    frame.contentDocument?.querySelector('[data-reached="true"]'),
  );
};

/** @param {Kind} kind @param {string} name @param {Element} box */
const bring = async (kind, name, box) => {
  const { attributes, set, reach, alone } = STATES[name];
  if (alone && !asked.has("framed")) return framed(kind, name, box);
  const element = /** @type {Widget} */ (
    document.createElement(`atlas-${kind}`)
  );
  const all = { src: "shipped", loading: "eager", ...attributes };
  for (const [key, value] of Object.entries(all))
    if (value !== null) element.setAttribute(key, value);
  box.append(element);
  await set?.(element, kind);
  return reach(element, kind);
};

/** @param {Kind} kind @param {string} name */
const addressOf = (kind, name) =>
  `?${new URLSearchParams({ widget: kind, state: name })}`;
/** @param {Kind} kind @param {string} name */
const idOf = (kind, name) => `${kind}-${name.replaceAll(/\W+/g, "-")}`;
/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} text
 * @param {object} [attributes]
 */
const tag = (name, text, attributes = {}) =>
  Object.assign(
    document.createElement(name),
    { textContent: text },
    attributes,
  );

/** What brings a section into its state. @type {WeakMap<Element, () => Promise<void>>} */
const begins = new WeakMap();
/** @param {Kind} kind @param {string} name */
const section = (kind, name) => {
  const node = tag("section", "", { id: idOf(kind, name) });
  const said = tag("output", "");
  const head = tag("h2", "");
  head.append(
    tag("a", `${kind}: ${name}`, { href: addressOf(kind, name) }),
    " ",
    said,
  );
  const box = tag("div", "", { className: STATES[name].around ?? "" });
  node.append(head, box);
  begins.set(node, async () => {
    said.textContent = "…";
    const reached = await bring(kind, name, box).catch((error) => {
      reportError(error);
      return false;
    });
    node.dataset.reached = String(!!reached);
    said.textContent = reached ? "" : "not reached";
  });
  return node;
};

/** @template {string} Name @param {Name[]} list @param {string} name */
const wanted = (list, name) =>
  asked.has(name) ? list.filter((one) => asked.get(name) === one) : list;
/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const index = byId("index");
for (const name of Object.keys(STATES)) {
  index.append(
    tag("a", name, { href: `?${new URLSearchParams({ state: name })}` }),
  );
  for (const kind of KINDS)
    index.append(tag("a", kind, { href: `#${idOf(kind, name)}` }));
}

if (asked.has("framed")) {
  const policy = tag("meta", "", { httpEquiv: "Content-Security-Policy" });
  policy.content = "script-src 'self'; worker-src 'none'";
  document.head.append(policy);
  byId("header").hidden = true;
}
await import("./ai-atlas.js");

// One engine draws them all: those that nobody looks at wait until somebody does.
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      begins.get(target)?.();
    }
  },
  { rootMargin: "300px" },
);
for (const name of wanted(Object.keys(STATES), "state"))
  for (const kind of wanted(KINDS, "widget")) {
    const node = section(kind, name);
    byId("states").append(node);
    if (asked.has("state")) begins.get(node)?.();
    else near.observe(node);
  }
