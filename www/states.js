// Every widget in every state, for developers: `make watch` serves it, tests/browser/states.test.mjs
// opens it. A state is reached as a page or a reader reaches it: by attributes, properties and
// methods, by clicks and keys on the parts that the documentation names.
const KINDS = ["value-chain", "market-share", "funding-timeline"];
const asked = new URLSearchParams(location.search);

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
// Polls, because some states are reached by the engine in its worker, and say so by no event.
const until = async (reached, ms = 15_000) => {
  for (const end = Date.now() + ms; Date.now() < end; await pause(50))
    if (reached()) return true;
  return false;
};
const part = (element, name) =>
  element.shadowRoot?.querySelector(`[part~="${name}"]`);
const seen = (node) => !!node && node.checkVisibility();
const items = (element) => [
  ...element.shadowRoot.querySelectorAll('[part~="item"]'),
];

const drawn = (element) =>
  ["webgpu", "webgl2", "canvas"].includes(element.dataset.tier) &&
  !element.status.error;
const settled = async (element) => {
  await until(() => drawn(element) || element.status.error);
  if (!drawn(element)) return false;
  await element.updateComplete;
  await pause(350); // a transition
  await element.updateComplete;
  return drawn(element);
};

const waiting = (element) =>
  element.shadowRoot.querySelector('[name="progress"]')?.firstElementChild;
const tableButton = (element) =>
  element.shadowRoot.querySelector('[aria-keyshortcuts="*"]');

// A file that begins and never ends. No server is asked for it.
const ENDLESS = "endless.json";
const ask = globalThis.fetch;
globalThis.fetch = (address, ...rest) => {
  if (!`${address}`.endsWith(ENDLESS)) return ask(address, ...rest);
  const body = new ReadableStream({
    pull: async (stream) => {
      await pause(500);
      stream.enqueue(new Uint8Array([32]));
    },
  });
  return Promise.resolve(new Response(body));
};

// A file of each widget with three rows, of which one cannot be right.
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
const EMPTY = {
  "value-chain": { kind: "ai-atlas/value-chain", layers: [], entities: [] },
  "market-share": { kind: "ai-atlas/market-share", tables: [] },
  "funding-timeline": { kind: "ai-atlas/funding-timeline", events: [] },
};
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
const OTHER_VIEW = {
  "value-chain": { framework: "mckinsey" },
  "market-share": { table: "hbm-2023" },
  "funding-timeline": { scale: "log" },
};

const fails = (code) => (element) =>
  until(() => element.status.error === code && seen(part(element, "error")));
const language = (lang, sign) => ({
  attributes: { lang },
  reach: async (element) =>
    (await settled(element)) &&
    sign.test(part(element, "title").textContent) &&
    element.shadowRoot.querySelector("[lang]").lang === lang,
});
const hover = async (element) => {
  if (!(await settled(element))) return false;
  const stage = part(element, "stage");
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
const zoomIn = async (element) => {
  if (!(await settled(element))) return false;
  const before = JSON.stringify(element.save());
  element.shadowRoot.querySelector('[part~="zoom"] button').click();
  return until(() => JSON.stringify(element.save()) !== before);
};
const filter = async (element, kind) => {
  if (!(await settled(element))) return false;
  const rows = items(element).length;
  if (kind === "market-share") element.table = "hbm-2023";
  else element.restore({ ...element.save(), country: "KR" });
  return (await until(() => items(element).length !== rows)) && drawn(element);
};

// `attributes` are set before the element is in the page (null: not at all), `set` is called then; `reach` does the
// rest and resolves to whether the element is in that state. `around` is a class of the box around
// it, `alone` a page of its own.
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
      tableButton(element).click();
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
const framed = (kind, name, box) => {
  const frame = document.createElement("iframe");
  frame.title = `${kind}, ${name}`;
  frame.src = addressOf(kind, name) + "&framed";
  box.append(frame);
  return until(() =>
    frame.contentDocument?.querySelector('[data-reached="true"]'),
  );
};

const bring = async (kind, name, box) => {
  const { attributes, set, reach, alone } = STATES[name];
  if (alone && !asked.has("framed")) return framed(kind, name, box);
  const element = document.createElement(`atlas-${kind}`);
  const all = { src: "shipped", loading: "eager", ...attributes };
  for (const [key, value] of Object.entries(all))
    if (value !== null) element.setAttribute(key, value);
  box.append(element);
  await set?.(element, kind);
  return reach(element, kind);
};

const addressOf = (kind, name) =>
  `?${new URLSearchParams({ widget: kind, state: name })}`;
const idOf = (kind, name) => `${kind}-${name.replaceAll(/\W+/g, "-")}`;
const tag = (name, text, attributes = {}) =>
  Object.assign(
    document.createElement(name),
    { textContent: text },
    attributes,
  );

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
  node.begin = async () => {
    said.textContent = "…";
    const reached = await bring(kind, name, box).catch((error) => {
      reportError(error);
      return false;
    });
    node.dataset.reached = String(!!reached);
    said.textContent = reached ? "" : "not reached";
  };
  return node;
};

const wanted = (list, name) =>
  asked.has(name) ? list.filter((one) => asked.get(name) === one) : list;
const index = document.getElementById("index");
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
  document.querySelector("header").hidden = true;
}
await import("./ai-atlas.js");

// One engine draws them all: those that nobody looks at wait until somebody does.
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      target.begin();
    }
  },
  { rootMargin: "300px" },
);
for (const name of wanted(Object.keys(STATES), "state"))
  for (const kind of wanted(KINDS, "widget")) {
    const node = section(kind, name);
    document.getElementById("states").append(node);
    if (asked.has("state")) node.begin();
    else near.observe(node);
  }
