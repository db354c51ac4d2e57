// @ts-check
// The element: its attributes, properties, methods and events. What it does is in controllers/.
import { assets } from "./assets.js";
import { ControllerHost } from "./controllers/host.js";
import { VIEW_ATTRIBUTES } from "./controllers/view.js";
import { engineClient } from "./engine-client.js";

/** @import { FigureElement, Kind, Status } from './types.d.ts' */

const ATTRIBUTES = [
  ...VIEW_ATTRIBUTES,
  "src",
  "theme",
  "group",
  "view",
  "loading",
  "poster",
  "renderer",
  "touch-action",
  "disable-zoom",
  "no-metadata",
];
const FLAGS = ["disable-zoom", "no-metadata"];

/** @param {string} name */
const camelCase = (name) => name.replace(/-(.)/g, (_, c) => c.toUpperCase());

// What a page hands over as a text; undefined for what can be none: symbols, and objects that throw
// when they are asked.
/** @param {any} value */
const textOf = (value) => {
  try {
    return value == null ? "" : `${value}`;
  } catch {}
};

export class AtlasElement extends HTMLElement {
  static observedAttributes = [...ATTRIBUTES, "lang"];

  // What the engine reads in the bytes of a file: `{ format, kinds, head, rows, lines }`, or `{
  // format, error }`. The builder asks it. Only the entry with all widgets can tell what a file is.
  /** @param {ArrayBuffer} bytes */
  static read(bytes, name = "") {
    return assets.entry === "ai-atlas"
      ? engineClient.read(bytes, name)
      : Promise.reject(Error("AtlasElement.read is in ai-atlas.js"));
  }

  // Where the other files lie, for pages whose bundler has moved them; '' is where the entry says.
  static #assets = "";
  static get assets() {
    return AtlasElement.#assets;
  }

  static set assets(address) {
    engineClient.move(address);
    AtlasElement.#assets = "" + (address ?? "");
  }

  /** @type {Status} */
  status = { tier: null, reason: "", rows: 0, issues: 0, error: null };
  #host = new ControllerHost(
    /** @type {FigureElement} */ (/** @type {unknown} */ (this)),
  );

  // ---- properties

  get data() {
    return this.#host.data.value;
  }

  set data(value) {
    this.#host.data.set(value);
  }

  // Typed arrays and dictionaries; their buffers are transferred.
  /** @param {object} columns */
  setColumns(columns) {
    this.#host.data.setColumns(columns);
    return this.updateComplete;
  }

  get updateComplete() {
    return this.#host.view.updateComplete;
  }

  // ---- methods

  // What can be no text selects nothing else.
  /** @param {unknown} id */
  select(id) {
    const key = typeof id === "number" ? "#" + id : textOf(id);
    if (key !== undefined) /** @type {any} */ (this).selected = key;
  }

  fit() {
    this.#host.view.act([["key", "0", -1]]);
  }

  // The view as plain data: attributes that are set, switched off legend keys, and the widget's own
  // keys.
  save() {
    return this.#host.view.save();
  }

  /** @param {unknown} view */
  restore(view) {
    this.#host.view.restore(view);
  }

  // The rows with their sources, as a spreadsheet takes them.
  async toCSV() {
    return this.#host.downloads.toCSV();
  }

  // The same rows as one object. `JSON.stringify(element)` does not wait for it.
  async toJSON() {
    return this.#host.downloads.toJSON();
  }

  // The picture with its words and sources, as wide as the reader sees it or as asked; null where
  // there is none to be had.
  /** @param {unknown} [options] */
  async toSVG(options) {
    return this.#host.downloads.toSVG(options);
  }

  // The same as an image; scale in device pixels per CSS pixel.
  /** @param {unknown} [options] */
  async toBlob(options) {
    return this.#host.downloads.toBlob(options);
  }

  // ---- life

  connectedCallback() {
    this.#host.guard(() => {
      this.#upgradeProperties();
      this.#host.connect();
    });
  }

  disconnectedCallback() {
    this.#host.disconnect();
  }

  /** @param {string} name @param {string | null} old @param {string | null} value */
  attributeChangedCallback(name, old, value) {
    if (old !== value)
      this.#host.guard(() => this.#host.attributeChanged(name, value));
  }

  // Set before the definition came: an own property that hides the accessor.
  #upgradeProperties() {
    if (this.#host.abort) return;
    const self = /** @type {any} */ (this);
    for (const name of ["data", ...ATTRIBUTES.map(camelCase)]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = self[name];
      delete self[name];
      self[name] = value;
    }
  }
}

// Every attribute has its property; absent reads as the empty string, which is what the engine
// takes for «default».
for (const name of ATTRIBUTES) {
  const isFlag = FLAGS.includes(name);
  Object.defineProperty(AtlasElement.prototype, camelCase(name), {
    configurable: true,
    enumerable: true,
    get() {
      return isFlag ? this.hasAttribute(name) : (this.getAttribute(name) ?? "");
    },
    set(value) {
      if (isFlag) this.toggleAttribute(name, !!value);
      else if (value == null || value === "") this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

/** @param {Kind} kind */
export const define = (kind) => {
  const tag = "atlas-" + kind;
  if (!customElements.get(tag))
    customElements.define(
      tag,
      class extends AtlasElement {
        static kind = kind;
      },
    );
};
