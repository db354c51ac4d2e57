// @ts-check
// The graphic as readers get it, and the room that it takes in an article.
import { address, h } from "../host/dom.js";
import { own, state, ui } from "./page.js";
import { sourceOf, worded } from "./snippets.js";

/** @import { Data, Drawn } from './page.js' */

const COLUMN = 680; // px of an article's column
const LATE_MS = 5000;

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy(
  "ai-atlas-builder",
  { createScript: String },
);
/** @param {string} json */
const scriptNode = (json) => {
  const node = h("script", { type: "application/json" });
  node.text = policy?.createScript(json) ?? json;
  return node;
};

/** @param {any} element @param {Data | undefined} data */
const fill = (element, data) => {
  if (data?.table) element.data = data.table;
  else if (data?.json) element.append(scriptNode(data.json));
  else if (data)
    element.setAttribute(
      "src",
      "data:text/csv;charset=utf-8," + encodeURIComponent(data.text ?? ""),
    );
  else element.setAttribute("src", "shipped");
};

// Notes and source of the editor's own data, at the end of the graphic as in the snippet.
/** @param {any} element */
export const showOwn = (element) => {
  element.querySelector(':scope > [slot="footer"]')?.remove();
  /** @type {(Node | string)[][]} */
  const lines = ui.notes.value
    .split(/\n+/)
    .filter((/** @type {string} */ line) => line.trim())
    .map((/** @type {string} */ line) => [line]);
  const { text, url } = sourceOf(ui.source.value.trim());
  const href = url && address(url);
  if (text)
    lines.push([worded("source", own()), href ? h("a", { href }, text) : text]);
  const parts = lines.flatMap((line, i) => (i ? [h("br"), ...line] : line));
  if (parts.length) element.append(h("p", { slot: "footer" }, ...parts));
};

// One try with one kind: what the element says of the data. The try before it, if it is still on,
// ends without a word. `told` is what the author says of the table.
let giveUp = () => {};
/**
 * @param {string} kind
 * @param {Data | undefined} data
 * @param {{ columns?: string, unit?: string }} told
 * @returns {Promise<Drawn>}
 */
export const attempt = (kind, data, told) =>
  new Promise((done) => {
    giveUp();
    /** @type {any} */
    const element = h(/** @type {any} */ ("atlas-" + kind), {
      loading: "eager",
      lang: ui.lang.value || null,
      theme: ui.theme.value || null,
      columns: told.columns || null,
      unit: told.unit || null,
    });
    fill(element, data);
    if (data) showOwn(element);
    /** @type {any[]} */
    let issues = [];
    let count = 0;
    const watch = new MutationObserver(() => {
      if (element.dataset.tier === "static") end({ still: true });
    });
    const end = (/** @type {Partial<Drawn>} */ more) => {
      watch.disconnect();
      done({ kind, element, data, issues, count, ...more });
    };
    giveUp = () => end({});
    element.addEventListener("issues", (/** @type {any} */ { detail }) => {
      ({ issues, count } = detail);
    });
    element.addEventListener("error", (/** @type {any} */ { detail }) => {
      if (detail?.code) end({ error: detail });
    });
    element.addEventListener("load", () => end({ ok: true }));
    watch.observe(element, {
      attributes: true,
      attributeFilter: ["data-tier"],
    });
    ui.preview.replaceChildren(element);
  });

// The height that the whole figure takes in the column of an article. A preview as narrow as a
// phone says nothing about that: the same figure is laid out beside it, unseen.
/** @type {{ stamp?: string, end?: (value?: unknown) => void, height?: Promise<number> }} */
const column = {};
/** @param {Element} node @param {boolean} whole with notes and source, which an iframe has outside */
const height = (node, whole) => {
  const room = (/** @type {Element} */ one) =>
    one.getBoundingClientRect().height;
  const more = whole ? [] : node.querySelectorAll(':scope > [slot="footer"]');
  return Math.ceil(
    [...more].reduce((rest, one) => rest - room(one), room(node)),
  );
};

/** @param {boolean} whole */
export const tall = async (whole) => {
  const { element } = state.now;
  if (element.clientWidth >= COLUMN) return height(element, whole);
  const stamp = JSON.stringify([
    state.runs,
    whole,
    ui.notes.value,
    ui.source.value,
    document.documentElement.lang,
    element.lang,
    element.save(),
  ]);
  if (column.stamp !== stamp) {
    column.stamp = stamp;
    const twin = element.cloneNode(true);
    delete twin.dataset.tier;
    Object.assign(twin, { loading: "eager", noMetadata: true });
    // A property, so the clone has none.
    if (element.data !== undefined) twin.data = element.data;
    column.end?.();
    const drawn = new Promise((done) => {
      column.end = done; // of the one that gives way to this one
      for (const type of ["load", "error"]) twin.addEventListener(type, done);
      setTimeout(done, LATE_MS);
    });
    ui.column.replaceChildren(twin);
    twin.restore(element.save());
    column.height = drawn
      .then(() => twin.updateComplete)
      .then(() => new Promise(requestAnimationFrame))
      .then(() => height(twin, whole));
    column.height.then(() => twin.remove());
  }
  return column.height;
};
