// @ts-check
// The element: its attributes, properties, methods and events. What it does is in controllers/.
import { assets } from "./assets.js";
import { ControllerHost } from "./controllers/host.js";
import { engineClient } from "./engine-client.js";

/** @import { AtlasFile, AtlasPaper, AtlasReadOptions, AtlasStatus } from './public-types.d.ts' */
/** @import { AtlasTable, AtlasTableOf, AtlasView } from './public-types.d.ts' */
/** @import { FigureElement, Kind } from './types.d.ts' */

// Attributes by the names of their properties, each with what it reads as where it is absent: the
// empty string is what the engine takes for «default». What one kind alone looks at the others take
// as well, and leave alone. The published types and custom-elements.json say what is said here.
/** @satisfies {Record<Kind | "every", Record<string, string | boolean>>} */
const ATTRIBUTES = {
  every: {
    /** A JSON or CSV file, or `shipped`: the data that come with the library. */
    src: "",
    /**
     * `auto` follows the ground that is painted under the element, else the colour scheme of the page.
     * @type {"" | "auto" | "light" | "dark"}
     */
    theme: "",
    /**
     * What the headings of a table mean that do not say it themselves: `회사=label;
     * 투자금(억원)=amount`.
     */
    columns: "",
    /** What the numbers of a table count, where no heading says it: `억원`, `US$m`, `%`. */
    unit: "",
    /** Elements of one group share the selection. */
    group: "",
    /** An organisation's id, or `#` and a row. */
    selected: "",
    /** A saved view as a query string, for deep links. */
    view: "",
    /**
     * `eager` does not wait until the element is near the reader.
     * @type {"" | "auto" | "lazy" | "eager"}
     */
    loading: "",
    /** An image until the picture is there. */
    poster: "",
    /**
     * Keeps to one tier.
     * @type {"" | "auto" | "webgpu" | "webgl2" | "canvas"}
     */
    renderer: "",
    /** What a finger on the picture does; the default is `pan-y`. */
    touchAction: "",
    /**
     * Takes zoom away.
     * @type {boolean}
     */
    disableZoom: false,
    /**
     * The page describes its data sets itself: no JSON-LD from the element.
     * @type {boolean}
     */
    noMetadata: false,
  },
  /** The AI value chain: layers, organisations in them, typed relations between them. */
  "value-chain": {
    /** `nia`, `mckinsey`, `adl`, `ubs`: whose names the layers bear. */
    framework: "",
  },
  /** Market shares as treemaps. */
  "market-share": {
    /** The id of one table; without it, an overview. */
    table: "",
  },
  /** Rounds, valuations, acquisitions and programmes in time. */
  "funding-timeline": {
    /** Where the period begins: a year, quarter, month or day. */
    from: "",
    /** Where it ends. */
    to: "",
    /**
     * Areas by the logarithm of the amount, or by the amount.
     * @type {"" | "log" | "linear"}
     */
    scale: "",
  },
};

/**
 * @typedef {typeof ATTRIBUTES} Attributes
 */

/** @type {Record<string, string | boolean>} */
const DEFAULTS = Object.assign({}, ...Object.values(ATTRIBUTES));

/** @param {string} name */
const kebab = (name) => name.replace(/[A-Z]/g, (c) => "-" + c.toLowerCase());

// What a page hands over as a text; undefined for what can be none: symbols, and objects that throw
// when they are asked.
/** @param {any} value */
const textOf = (value) => {
  try {
    return value == null ? "" : `${value}`;
  } catch {}
};

/**
 * What the three elements have in common. Attributes have the same names in kebab-case; `lang` is
 * the page's own attribute.
 *
 * @template Columns
 * @attr {string} lang - `ko`, `en` or a language that has a file, such as `ja`; without it the
 *   nearest `lang` in the page.
 * @slot - The data where there is no `src`: a `<table>` or a `<script type="application/json">`; a
 *   table is also what readers without JavaScript see
 * @slot poster - Shown until the picture is there, in place of `poster`
 * @slot progress - Shown while the data loads
 * @slot footer - What the page adds to the end of the footer
 * @csspart figure - All of the widget
 * @csspart title - The finding
 * @csspart takeaway - One sentence that says what the picture says
 * @csspart subline - Measure, unit, period
 * @csspart controls - What a reader can set, above the picture
 * @csspart tabs - Tables or frameworks to choose from, while they are few
 * @csspart tab - One of them
 * @csspart zoom - Buttons that zoom
 * @csspart stage - The box of picture, labels and outline
 * @csspart canvas - The picture
 * @csspart poster - The image until then
 * @csspart label - A label in the picture
 * @csspart outline - What keyboard and screen reader walk through
 * @csspart item - One of its items
 * @csspart card - What is known of one mark
 * @csspart status - What is in view, in numbers
 * @csspart legend - What colours and forms mean
 * @csspart error - What is wrong, in words
 * @csspart issues - Rows that were left out
 * @csspart list - A folded list below the picture
 * @csspart notes - How to read it, and notes
 * @csspart download - Takes the data or the picture away as a file
 * @csspart footer - Sources, credits, table and CSV
 * @csspart table - The data as a table
 * @cssprop --atlas-ground - Ground
 * @cssprop --atlas-ink - Text and lines
 * @cssprop --atlas-secondary - Text of second rank
 * @cssprop --atlas-hairline - Thin lines
 * @cssprop --atlas-card - Ground of cards
 * @cssprop --atlas-data - Layer: data
 * @cssprop --atlas-infra - Layer: computing infrastructure
 * @cssprop --atlas-model - Layer: models
 * @cssprop --atlas-service - Layer: services
 * @cssprop --atlas-context - Layer: capital, policy and what else stands around
 * @cssprop --atlas-accent - Data that name no layer, group or known organisation
 */
export class AtlasElement
  extends /** @type {new () => HTMLElement & Attributes["every"]} */ (
    HTMLElement
  )
{
  /** @internal */
  static observedAttributes = [...Object.keys(DEFAULTS).map(kebab), "lang"];

  static #assets = "";
  /**
   * The folder in which the library's other files lie, for bundlers that move them; relative
   * addresses count from the page. '' is where the entry says. `data-ai-atlas-assets` on a script
   * element says the same.
   *
   * @returns {string}
   */
  static get assets() {
    return AtlasElement.#assets;
  }

  /** @param {string | URL | null} address */
  static set assets(address) {
    engineClient.move(address);
    AtlasElement.#assets = "" + (address ?? "");
  }

  /**
   * What a file is, before it is anybody's data, as the builder asks it: `format` (`json`, `csv`),
   * `text`; of a table `head`, `rows` and the `lines` in which they begin, the `kind` of data that
   * fits it best, what its `columns` are taken for, and the `issues`: what is not used of it; or
   * `error`. Where there is no engine it rejects.
   *
   * @param {Uint8Array} bytes
   * @param {string} [name]
   * @param {AtlasReadOptions} [options] what the author says of it: the kind of data, what headings
   *   mean (`회사=label`), and what numbers count
   * @returns {Promise<AtlasFile>}
   */
  static async read(bytes, name = "", options = {}) {
    const { kind, columns: headings, unit } = options;
    const more = { kind, headings, unit };
    const reply = await engineClient.read(bytes, name, more);
    if (!reply) throw Error("assets");
    return /** @type {AtlasFile} */ (reply);
  }

  // ---- properties

  /**
   * Anything that JSON can say; replaces `src` and the element's own children. null: there is none
   * yet, and what ships is not shown either.
   *
   * @type {unknown}
   */
  get data() {
    return this.#host.data.value;
  }

  set data(value) {
    this.#host.data.set(value);
  }

  /**
   * What is shown, and why so.
   *
   * @readonly
   * @type {AtlasStatus}
   */
  status = { tier: null, reason: "", rows: 0, issues: 0, error: null };
  #host = new ControllerHost(
    /** @type {FigureElement} */ (/** @type {unknown} */ (this)),
  );

  /**
   * Resolves when the newest data and view are painted.
   *
   * @type {Promise<void>}
   */
  get updateComplete() {
    return this.#host.view.updateComplete;
  }

  // ---- methods

  /**
   * Selects an organisation or a row; null lets go.
   *
   * @param {string | number | null} id what can be no text selects nothing else
   * @returns {void}
   */
  select(id) {
    const key = typeof id === "number" ? "#" + id : textOf(id);
    if (key !== undefined) this.selected = key;
  }

  /**
   * Back to the whole picture.
   *
   * @returns {void}
   */
  fit() {
    this.#host.view.act([["key", "0", -1]]);
  }

  /**
   * The view as plain data.
   *
   * @returns {AtlasView}
   */
  save() {
    return this.#host.view.save();
  }

  /**
   * Takes a saved view.
   *
   * @param {AtlasView} view
   * @returns {void}
   */
  restore(view) {
    this.#host.view.restore(view);
  }

  /**
   * Big data. An array that is all of its buffer is handed over without a copy and is empty
   * afterwards; what is a part of a larger buffer, Arrow's or shared memory is copied, and stays.
   *
   * @param {Columns | AtlasTableOf} columns
   * @returns {Promise<void>}
   */
  setColumns(columns) {
    this.#host.data.setColumns(/** @type {object} */ (columns));
    return this.updateComplete;
  }

  /**
   * The rows with their sources, day and version; with a byte order mark, and nothing that a
   * spreadsheet would run. Waits for the data; rejects with an error with a `code` where there are
   * none.
   *
   * @returns {Promise<string>}
   */
  async toCSV() {
    return this.#host.downloads.toCSV();
  }

  /**
   * The same rows as one object, with title, sources, day and version. Waits and rejects as
   * `toCSV()`.
   *
   * @returns {Promise<AtlasTable>}
   */
  async toJSON() {
    return this.#host.downloads.toJSON();
  }

  /**
   * The picture with its words and sources, text as text; null without WebAssembly or data. `width`
   * in CSS px; what is left out is as shown.
   *
   * @param {AtlasPaper} [options]
   * @returns {Promise<string | null>}
   */
  async toSVG(options) {
    return this.#host.downloads.toSVG(options);
  }

  /**
   * The same as an image; `scale` in device px per CSS px.
   *
   * @param {AtlasPaper & { type?: string, scale?: number, quality?: number }} [options]
   * @returns {Promise<Blob | null>}
   */
  async toBlob(options) {
    return this.#host.downloads.toBlob(options);
  }

  // ---- life

  /** @internal */
  connectedCallback() {
    this.#host.guard(() => {
      this.#upgradeProperties();
      this.#host.connect();
    });
  }

  /** @internal */
  disconnectedCallback() {
    this.#host.disconnect();
  }

  /**
   * @internal
   * @param {string} name
   * @param {string | null} old
   * @param {string | null} value
   */
  attributeChangedCallback(name, old, value) {
    if (old !== value)
      this.#host.guard(() => this.#host.attributeChanged(name, value));
  }

  // Set before the definition came: an own property that hides the accessor.
  #upgradeProperties() {
    if (this.#host.abort) return;
    const self = /** @type {Record<string, unknown>} */ (
      /** @type {unknown} */ (this)
    );
    for (const name of ["data", ...Object.keys(DEFAULTS)]) {
      if (!Object.hasOwn(this, name)) continue;
      const value = self[name];
      delete self[name];
      self[name] = value;
    }
  }
}

// Every attribute has its property.
for (const [property, absent] of Object.entries(DEFAULTS)) {
  const name = kebab(property);
  const isFlag = absent === false;
  Object.defineProperty(AtlasElement.prototype, property, {
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
      /** @extends {AtlasElement<never>} */
      class extends AtlasElement {
        static kind = kind;
      },
    );
};
