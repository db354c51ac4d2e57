// The element: keeps the data and the view, shows what the engine answers, and turns what a reader
// does into attributes and events.
import { give, withBuffers } from "./columns.js";
import { Controls } from "./controls.js";
import { address, boxOf, h, link, say, scroller } from "./dom.js";
import { gestures } from "./gestures.js";
import { groundOf, watchGround } from "./background.js";
import { dataText, hub } from "./engine-client.js";
import { SHIPPED, loadData, movedOut, written } from "./data-source.js";
import { AccessibleTree } from "./accessible-tree.js";
import { nodeOf, read } from "./svg-dom.js";
import { rovingTabindex } from "./roving-tabindex.js";
import { fillCard, place, setLabels, swatch } from "./parts.js";
import { assets } from "./assets.js";
import { dress } from "./style.js";
import {
  catalogs,
  errorText,
  faultOf,
  isMissing,
  mend,
  translate,
  resolveLanguage,
  t,
} from "./i18n.js";

const VIEW = ["framework", "table", "from", "to", "scale", "selected"];
const ATTRIBUTES = [
  ...VIEW,
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
const TAB = {
  "value-chain": "framework",
  "market-share": "table",
  "funding-timeline": "scale",
};
// Height that is kept free where the page keeps none: about that of the shipped data's figure, by
// its width (%), and of most other data's. A wrong one moves what stands below the figure when it
// comes, where that is in sight. Steps are where the pictures take another column; words in other
// languages are longer.
const below = (width, more) => `clamp(0px,(${width}px - 100%)*999,${more})`;
const ROOM = {
  "value-chain": (k) =>
    `(max(1420px,2700px - 105%) + ${below(1000, "105% - 560px")} + ${below(780, "280px")} + ${below(700, "1090px - 120%")} + ${below(430, "585px")})*${k ? 1.1 : 1}`,
  "market-share": (k) => {
    const words = (px) => `(${px})*${k ? 1.2 : 1}`;
    return `clamp(380px,41.3%,600px) + ${words("540px")} + ${below(900, `max(570px,93%) - 380px + ${words("max(677px,1475px - 125%) - 540px")}`)} + ${below(520, `min(372%,1800px) - 570px + ${words("41% - 5px")}`)}`;
  },
  "funding-timeline": (k) =>
    `(max(2410px - 70%,1540px) - ${below(620, "450px")})*${k ? 1.12 : 1}`,
};
const ROOM_OTHER = {
  "value-chain": "540px",
  "market-share": "clamp(260px,50%,460px) + 155px",
  "funding-timeline": `480px + ${below(620, "310px")}`,
};
// As in style.js and src/widget/palette.rs.
const GROUNDS = { light: [255, 255, 255], dark: [20, 23, 28] };
const APART = 4; // from which on two grounds are told apart, of 255: on a screen their edge is seen
const TOUCH = ["auto", "none", "pan-x", "pan-y", "manipulation"];
// Whose picture shows what the pointer is at; the others need no frame for it.
const TRACES = "value-chain";
const SHEET = 480;
const NONE = { head: [], rows: [] };
const SLICE = 60; // labels, or items of the outline, that are made in one task
const STEP = 1.6; // of a button or key that zooms
const WIDE = 680; // of a picture that nobody sees yet, and of one on paper
const MOST_ON_PAPER = 20_000; // rows: more are printed as the bitmap
const LATER = 3000; // when a page has loaded what its reader sees, in ms
const MINE = Symbol.for("ai-atlas");
const idly = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 200));
const FORMATS = ["csv", "json", "svg", "png"];
// Whether the page may have been painted before this code came. That it was is told some time
// later; that it could not is known at once.
const PAINTED = () =>
  performance.getEntriesByType("paint").length > 0 ||
  performance.getEntriesByName(import.meta.url)[0]?.renderBlockingStatus ===
    "non-blocking";
const exporter = () => import(assets.export);
const tableNode = async (table, lang) =>
  (await import(assets.table)).tableNode(
    table,
    lang,
    (key) => t(key, lang),
    catalogs.get(lang)?.plain,
  );
const SOON_MS = 600; // a figure that comes until then is worth no table before it
// Cells of a table: laying out more holds up the page, for the moment until the figure comes.
const MANY = 400;
const LATE_MS = 4000; // then readers get what there is, in words
const HOLD_MS = 8000; // that a page's question waits for data

// Lets go of the page's thread for a moment: what takes long is done in slices, each of them a task
// of its own.
const waiting = [];
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => waiting.shift()();
const breath = () =>
  new Promise((done) => port2.postMessage(waiting.push(done)));

// 95 printable ASCII characters, Hangul or another wide sign, any other; normal then bold; in em.
// Once per font.
const fonts = new Map();
const metricsOf = (family, wide) => {
  let metrics = fonts.get(family + wide);
  if (!metrics) {
    const pen = document.createElement("canvas").getContext("2d");
    const characters = [
      ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
      wide,
      "〇",
    ];
    metrics = [400, 600].flatMap((weight) => {
      pen.font = `${weight} 100px ${family}`;
      return characters.map((c) => pen.measureText(c).width / 100);
    });
    fonts.set(family + wide, metrics);
  }
  return metrics;
};

// What a house style or, with forced colours, the system has to say, in the order of Palette::dress
// in src/widget/palette.rs.
const HOUSE =
  "--atlas-ground|--atlas-card|--atlas-ink|--atlas-secondary|--atlas-hairline|--atlas-data|--atlas-infra|--atlas-model|--atlas-service|--atlas-context".split(
    "|",
  );
const SYSTEM =
  "Canvas|Canvas|CanvasText|CanvasText|color-mix(in srgb,CanvasText 45%,Canvas)|LinkText|LinkText|LinkText|LinkText|LinkText|CanvasText".split(
    "|",
  );

// Any colour that CSS knows, as the engine holds one: red in the lowest byte, 0 for none.
let dot;
const colourOf = (css) => {
  dot ??= Object.assign(document.createElement("canvas"), {
    width: 1,
    height: 1,
  }).getContext("2d", { willReadFrequently: true });
  dot.clearRect(0, 0, 1, 1);
  dot.fillStyle = css;
  dot.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = dot.getImageData(0, 0, 1, 1).data;
  return a ? r + (g << 8) + (b << 16) + 2 ** 24 * 255 : 0;
};
const shown = new Set(); // what mends the canvas of each element in the page

const dark = matchMedia("(prefers-color-scheme:dark)");
const calm = matchMedia("(prefers-reduced-motion:reduce)");
const print = matchMedia("print");
const forced = matchMedia("(forced-colors:active)");
const small = matchMedia(`(width < ${SHEET}px)`); // `innerWidth` would lay the page out
// The end of a tall iframe is nowhere near the reader.
const narrow = () => small.matches && parent === window;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
// What a page hands over as a text; undefined for what can be none: symbols, and objects that throw
// when they are asked.
const textOf = (value) => {
  try {
    return value == null ? "" : `${value}`;
  } catch {}
};
// Of options those that are texts or numbers; reading them may throw too.
const optionsOf = (options, ...names) => {
  const plain = {};
  for (const name of names) {
    try {
      if (/string|number/.test(typeof options[name]))
        plain[name] = options[name];
    } catch {}
  }
  return plain;
};

class Atlas extends HTMLElement {
  static observedAttributes = [...ATTRIBUTES, "lang"];

  // What the engine reads in the bytes of a file: `{ format, kinds, head, rows, lines }`, or `{
  // format, error }`. The builder asks it. Only the entry with all widgets can tell what a file is.
  static read(bytes, name = "") {
    return assets.entry === "ai-atlas"
      ? hub.read(bytes, name)
      : Promise.reject(Error("AtlasElement.read is in ai-atlas.js"));
  }

  // Where the other files lie, for pages whose bundler has moved them; '' is where the entry says.
  static #assets = "";
  static get assets() {
    return Atlas.#assets;
  }

  static set assets(address) {
    hub.move(address);
    Atlas.#assets = "" + (address ?? "");
  }

  #id;
  #life; // aborts every listener and observer of one stay in the document
  #begun;
  #data;
  #columns;
  #given; // the page has set data, be it null: what ships is none of its numbers
  #shipped; // what the engine holds is what ships
  #input; // the newest data, kept for a fresh engine
  #loads = 0;
  #fetching;
  #late;
  #near;
  #kept; // the pixels of the picture, or of the one before it
  #stale;
  #keeping;
  #loaded; // the engine holds valid data of ours
  #sorry; // what was said about bad data stays while the good data comes back
  #good; // the newest data that could be read: what a fresh engine gets after bad data
  #blamed; // the only data there was brought the engine down
  #wrong; // what `status.error` is about: { code, message }
  #coming; // data is on its way to the engine
  #heirs = []; // who waits for it
  #unprinted; // the picture for paper of this data took too long
  #broken; // something was thrown before there was a picture
  #fresh; // no picture of that data yet: it is on its way, or the engine has read it
  #seq = 0;
  #busy; // number of the view that the engine, or this element after it, is at work on
  #painting; // number of the view that is put into the document
  #dirty;
  #queued;
  #done;
  #resolve;
  #scene;
  #draft; // of the first scene: its words are laid out, it has no picture
  #hidden = new Set();
  #state = {}; // what the reader has set besides attributes and legend: the widget's own keys
  #acts = []; // what the reader did and the engine has not heard
  #base; // the view that they apply to, where it is not the present one
  #animate;
  #quiet; // attributes follow the engine: it has drawn them already
  #hover = -1;
  #pinned;
  #picking;
  #nextPick;
  #picks = 0;
  #announce;
  #size = [0, 0]; // for which the last picture was asked
  #text = 1; // the reader's size of text; the engine knows lengths of the default one only
  #lang;
  #learning; // a language whose words are on their way
  #theme;
  #ground; // on which the element stood when it looked last
  #renew; // the ancestors that are watched for it
  #colors = [];
  #soon;
  #lost; // why there is no picture, in words
  #patient; // what was there before the figure has been seen, or the figure takes its time
  #height; // in px, of that
  #known; // the data set in words for search engines
  #paper = ""; // the picture as SVG, made ahead: a printer waits for nobody
  #paperOf; // what it shows
  #waits = new Map(); // table requests
  #pool = [];
  #ui;
  status = { tier: null, reason: "", rows: 0, issues: 0, error: null };

  // ---- properties

  get data() {
    return this.#data;
  }

  set data(value) {
    this.#data = value ?? undefined;
    this.#columns = null;
    this.#given = value !== undefined;
    this.#load();
  }

  // Typed arrays and dictionaries; their buffers are transferred.
  setColumns(columns) {
    this.#data = undefined;
    this.#columns = columns;
    this.#given = true;
    this.#load();
    return this.updateComplete;
  }

  get updateComplete() {
    return this.#done ?? Promise.resolve();
  }

  // ---- methods

  // What can be no text selects nothing else.
  select(id) {
    const key = typeof id === "number" ? "#" + id : textOf(id);
    if (key !== undefined) this.selected = key;
  }

  fit() {
    this.#act([["key", "0", -1]]);
  }

  // The view as plain data: attributes that are set, switched off legend keys, and the widget's own
  // keys.
  save() {
    const view = { ...this.#state, hidden: [...this.#hidden] };
    for (const key of VIEW)
      if (this.getAttribute(key)) view[key] = this.getAttribute(key);
    return view;
  }

  // All of it is read before anything is set: what cannot be read changes nothing.
  restore(view) {
    const attributes = {};
    const state = {};
    let off;
    try {
      const { hidden, ...rest } = Object(view) === view ? view : {};
      for (const [key, value] of Object.entries(rest)) {
        if (VIEW.includes(key))
          attributes[key] = value == null ? "" : `${value}`;
        else if (value != null) state[key] = `${value}`;
      }
      if (Array.isArray(hidden)) off = new Set(hidden.map((key) => `${key}`));
    } catch {
      return;
    }
    Object.assign(this, attributes);
    this.#state = state;
    if (off) this.#hidden = off;
    this.#animate = true;
    this.#ask();
  }

  // The rows with their sources, as a spreadsheet takes them.
  async toCSV() {
    return (await exporter()).csv(await this.#table(), t("saved", this.#lang));
  }

  // The same rows as one object. `JSON.stringify(element)` does not wait for it.
  async toJSON() {
    const { json } = await exporter();
    const { caption, ...table } = await this.#table();
    const { title, subline, sources, credit } = this.#scene ?? {
      title: caption,
    };
    return json(table, { lang: this.#lang, title, subline, sources, credit });
  }

  // The picture with its words and sources, as wide as the reader sees it or as asked; null where
  // there is none to be had.
  async toSVG(options) {
    const { width, theme, lang } = optionsOf(options, "width", "theme", "lang");
    await this.#held();
    await this.updateComplete;
    // One more request, which may get no answer.
    const spoken =
      lang && (await Promise.race([resolveLanguage(lang), pause(LATE_MS)]));
    if (!this.#life || !this.#loaded || this.status.tier === "static")
      return null;
    const font = getComputedStyle(this.#ui.root).fontFamily;
    const view = { ...this.#seen(), ...this.#now(), hover: -1, font };
    Object.assign(
      view,
      width > 0 && { width: +width, height: 0 },
      theme && theme !== this.#theme && { theme, colors: this.#marks() },
      spoken && { lang: spoken },
    );
    view.width ||= WIDE;
    return (await this.#question({ type: "svg", view })) || null;
  }

  // The same as an image; scale in device pixels per CSS pixel.
  async toBlob(options = {}) {
    const svg = await this.toSVG(options);
    return (
      svg &&
      (await exporter()).image(
        read,
        svg,
        optionsOf(options, "type", "scale", "quality"),
      )
    );
  }

  // What search engines read of a data set, in the page itself: data, no script. Not where the page
  // has its own, or says `no-metadata`; one for each file.
  #describe() {
    const { title, subline, takeaway, sources, credit } = this.#scene;
    const url =
      this.src &&
      this.src !== SHIPPED &&
      address(this.src, ["http:", "https:"]);
    const own =
      this.noMetadata ||
      [...document.querySelectorAll('script[type="application/ld+json"]')].some(
        (node) =>
          node !== this.#known &&
          (!(MINE in node)
            ? /"Dataset"/.test(node.textContent)
            : node[MINE] === (url || title)),
      );
    if (own) return this.#known?.remove();
    this.#known ??= h("script", { type: "application/ld+json" });
    this.#known[MINE] = url || title;
    const words = {
      "@context": "https://schema.org",
      "@type": "Dataset",
      name: title,
      description: [takeaway, subline].join(" "),
      inLanguage: this.#lang,
      ...(url && {
        distribution: { "@type": "DataDownload", contentUrl: url },
      }),
      ...(credit && { creditText: credit }),
      citation: sources.map(({ text, url }) =>
        url ? { "@type": "CreativeWork", name: text, url } : text,
      ),
    };
    const text = JSON.stringify(words).replaceAll("<", "\\u003c");
    const safe = dataText(text);
    if (!safe) return;
    if (this.#known.textContent !== text) this.#known.textContent = safe;
    if (!this.#known.isConnected) document.head.append(this.#known);
  }

  // The colours of marks alone, for another ground than the one they are seen on.
  #marks() {
    return forced.matches
      ? []
      : this.#colors.map((color, i) => (i < 5 ? 0 : color));
  }

  // ---- paper

  // The picture for paper, when nothing else is to be done: light, whole, as wide as a sheet, with
  // what the reader has chosen.
  async #prepare() {
    if (
      !this.#life ||
      !this.#loaded ||
      this.#busy ||
      this.#unprinted ||
      this.status.rows > MOST_ON_PAPER
    )
      return;
    const { metrics, ...view } = {
      ...this.#seen(),
      ...this.#now(),
      hover: -1,
      width: WIDE,
      height: 0,
      theme: "light",
      colors: this.#marks(),
      bare: true,
    };
    delete view.state.at;
    delete view.state.zoom;
    const stamp = JSON.stringify([this.#loads, view]);
    if (stamp === this.#paperOf) return;
    this.#paperOf = stamp;
    this.#paper =
      (await this.#question({ type: "svg", view: { ...view, metrics } })) ?? "";
  }

  #toPaper(on) {
    const { paper, root } = this.#ui;
    if (on && paper.firstChild) return;
    if (on && !this.#begun) this.#open(); // too late for this sheet
    // But not for the page's own table.
    this.#patient ||= on;
    this.#first();
    const drawn = on && this.#scene && this.#paper;
    root.classList.toggle("papered", !!drawn);
    paper.replaceChildren(...(drawn ? [nodeOf(this.#paper)] : []));
  }

  // ---- life

  connectedCallback() {
    this.#guard(() => this.#connect());
  }

  #connect() {
    if (this.#life) {
      this.#renew();
      return this.#look();
    }
    for (const name of ["data", ...ATTRIBUTES.map(camel)]) {
      // Set before the definition came: an own property that hides the accessor.
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    // What has been painted already keeps its height.
    this.#patient ??= PAINTED();
    if (!this.#ui && this.#patient && this.querySelector("table,[slot=poster]"))
      this.#height = this.getBoundingClientRect().height / boxOf(this).y;
    this.#ui ??= this.#build();
    this.#life = new AbortController();
    const { signal } = this.#life;
    const mend = () => this.#guard(() => this.#mend());
    shown.add(mend);
    signal.addEventListener("abort", () => shown.delete(mend));
    this.#id = hub.join({
      hear: (message) => this.#guard(() => this.#hear(message)),
      reopen: (moved) =>
        this.#begun &&
        (moved || this.status.tier !== "static") &&
        this.#guard(() => this.#reopen()),
      measure: () => this.#begun && this.#guard(() => this.#metrics()),
      // A reason says that nothing better than what is painted can be had. What the engine has not
      // answered yet it paints with what it has now.
      refresh: (reason) => {
        const answered = !this.#busy || this.#painting === this.#busy;
        if (!reason) answered && this.#ask();
        else if (this.status.reason === "opening") this.status.reason = reason;
      },
      // It is tried once more; what is made ahead for paper is not.
      suspect: (what) => (this.#unprinted ||= what === "svg"),
      blame: (reason) => {
        const bad = this.#input;
        this.#input = this.#good = this.#good === bad ? null : this.#good;
        this.#blamed = !this.#input;
        this.#loaded = false;
        this.#error(reason === "no-answer" ? "too-slow" : "engine", null, {
          reason,
        });
        this.#sorry = !this.#blamed;
        if (this.#blamed) this.#instead(bad);
      },
      fail: (reason, code) => {
        if (code && !this.#scene) this.#error(code, null, { reason });
        this.#fail(reason);
      },
      group: () => this.group,
      choose: (entity) => (this.selected = entity),
    });
    const chosen = this.group && hub.chosen(this.group);
    if (this.selected)
      hub.select(this.#id, this.group, this.#entity(this.selected));
    else if (chosen) this.selected = chosen;

    const watch = (observer) =>
      signal.addEventListener("abort", () => observer.disconnect());
    // The height that a picture takes is no news.
    const size = new ResizeObserver(() =>
      this.#guard(
        () =>
          !this.#ui.stage.hidden &&
          `${this.#room()}` !== `${this.#size}` &&
          this.#ask(),
      ),
    );
    size.observe(this.#ui.stage);
    watch(size);
    const again = () => this.#guard(() => this.#look());
    for (const query of [dark, forced])
      query.addEventListener("change", again, { signal });
    this.#renew = watchGround(this, () => this.#stand(), signal);
    const words = new MutationObserver(again);
    words.observe(document, { subtree: true, attributeFilter: ["lang"] });
    watch(words);
    const children = new MutationObserver(
      () =>
        this.#data === undefined && !this.#columns && !this.src && this.#load(),
    );
    children.observe(this, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    watch(children);
    document.fonts?.addEventListener(
      "loadingdone",
      () => (fonts.clear(), this.#ask()),
      { signal },
    );
    this.#density(signal);
    this.#restoreView();
    // Not before all elements of the page have their shadows: the style of tables that nobody sees
    // would be computed for nothing.
    queueMicrotask(() =>
      this.#guard(() => {
        if (signal.aborted) return;
        this.#look();
        if (this.loading === "eager") this.#begun || this.#open();
      }),
    );

    addEventListener("beforeprint", () => this.#toPaper(true), { signal });
    addEventListener("afterprint", () => this.#toPaper(false), { signal });
    print.addEventListener("change", ({ matches }) => this.#toPaper(matches), {
      signal,
    });
    const near = new IntersectionObserver(
      (entries) =>
        this.#guard(() => {
          this.#near = entries.at(-1).isIntersecting;
          hub.look(this.#id, this.#near);
          if (this.#near && !this.#begun) this.#open();
          if (this.#near) this.#stand();
          this.#keep();
        }),
      { rootMargin: "300px" },
    );
    near.observe(this);
    watch(near);
    // Who prints the page prints what was never scrolled to.
    const late = setTimeout(
      () =>
        this.#guard(() => {
          if (this.#begun) return;
          if (this.loading !== "lazy" && !navigator.connection?.saveData)
            return this.#open();
          this.#patient = true;
          this.#first();
        }),
      LATER,
    );
    signal.addEventListener("abort", () => clearTimeout(late));
  }

  // A move within the document disconnects and connects in one go: only what stays away is torn
  // down.
  disconnectedCallback() {
    setTimeout(() => {
      if (this.isConnected || !this.#life) return;
      this.#life.abort();
      this.#fetching?.abort();
      clearTimeout(this.#late);
      this.#life = this.#fetching = null;
      this.#begun = this.#loaded = false;
      this.#idle();
      this.#come();
      this.#known?.remove();
      this.#settle();
      hub.leave(this.#id);
    });
  }

  attributeChangedCallback(name, old, value) {
    if (old !== value && this.#life)
      this.#guard(() => this.#changedTo(name, value));
  }

  #changedTo(name, value) {
    if (name === "selected")
      hub.select(this.#id, this.group, this.#entity(value ?? ""));
    if (this.#quiet) return;
    if (name === "src") {
      this.#columns = null; // they went to the engine and cannot be read again
      this.#given = false;
      this.#load();
    } else if (name === "view") this.#restoreView();
    else if (name === "selected") this.#ask();
    else if (name === "renderer") {
      hub.send({ type: "renderer", id: this.#id, renderer: this.renderer });
      this.#ask();
    } else this.#look();
  }

  // What is thrown before there is a picture leaves no reader at «Loading…»: they get the table,
  // and the page an `error`.
  #guard(run) {
    const wrong = (error) => this.#broke(error);
    try {
      const done = run();
      done?.catch?.(wrong);
    } catch (error) {
      wrong(error);
    }
  }

  #broke(error) {
    (globalThis.reportError ?? console.error)(error);
    this.#busy = 0;
    if (this.#scene || this.#broken) return this.#settle();
    this.#broken = true;
    const reason = "" + (error?.message ?? error);
    if (!this.#ui) return this.#bare(reason);
    try {
      this.#reveal();
    } catch {
      this.#ui.root.classList.remove("first"); // what failed keeps heights too
    }
    this.#fail(reason);
    this.#error("engine", null, { reason });
  }

  // Not even the figure could be built: what stands in the element is seen as it is, or the data as
  // a table.
  async #bare(reason) {
    Object.assign(this.status, { tier: "static", reason, error: "engine" });
    this.dataset.tier = "static";
    const lang = resolveLanguage(
      this.lang || closestLang(this) || document.documentElement.lang || "",
    );
    this.#lang = typeof lang === "string" ? lang : "en";
    const message = errorText("engine", this.#lang);
    const root = this.shadowRoot ?? this; // a page that has taken shadows away keeps its own table
    if (this.shadowRoot)
      root.replaceChildren(
        h("slot"),
        h("p", { part: "error", role: "status" }, message),
      );
    this.#emit("error", { code: "engine", message, reason });
    if (this.querySelector("table")) return;
    this.#input ??= await loadData(
      this,
      this.constructor.kind,
      new AbortController(),
      () => {},
    ).catch(() => null);
    const table = this.#input && (await this.#stillData());
    if (table) root.append(await tableNode(table, this.#lang));
  }

  // ---- data

  #reopen() {
    if (this.#broken) return;
    // An engine from elsewhere may do what the one before could not.
    if (this.status.tier === "static") {
      Object.assign(this.status, { tier: null, reason: "", error: null });
      delete this.dataset.tier;
      say(this.#ui.fault, "");
    }
    this.#open();
  }

  #open() {
    this.#begun = true;
    this.#loaded = false;
    this.#idle();
    this.#first();
    hub.send({
      type: "open",
      id: this.#id,
      kind: this.constructor.kind,
      renderer: this.renderer || "auto",
    });
    if (this.#input) this.#post();
    else if (!this.#blamed) this.#load();
  }

  #post() {
    this.#loads++;
    this.#coming = true;
    try {
      const { columns, transfer, spare, format } = this.#input;
      if (!columns)
        return (
          hub.send({
            type: "load",
            id: this.#id,
            seq: this.#loads,
            ...this.#input,
          }) || this.#come()
        );
      if (!transfer && !spare) return this.#error("gone");
      // They are ours once: after a trap the page has to hand over again what is large.
      this.#input.transfer = null;
      const message = {
        type: "load",
        id: this.#id,
        seq: this.#loads,
        kind: this.constructor.kind,
        columns: transfer ? columns : spare,
        format,
      };
      if (!hub.send(message, transfer ?? [])) this.#come();
      if (transfer) give(transfer);
    } catch (error) {
      if (error.name !== "DataCloneError") throw error;
      // A reactive proxy, a function or a DOM node inside `.data` cannot be copied, but what JSON
      // says of it can.
      if (this.#input.data === undefined) return this.#error("bad-columns");
      try {
        this.#input = written(this.#input.data);
      } catch (error) {
        return this.#refuse(error);
      }
      hub.send({
        type: "load",
        id: this.#id,
        seq: this.#loads,
        ...this.#input,
      });
    }
  }

  // What the page could not make of its own data the engine says in words.
  #refuse({ code, detail }) {
    if (this.status.tier === "static")
      return this.#error(code === "circle" ? "not-json" : "bad-columns");
    hub.send({
      type: "load",
      id: this.#id,
      seq: ++this.#loads,
      refused: [code, detail],
    });
  }

  async #load() {
    if (!this.#begun) return;
    this.#fetching?.abort();
    const fetching = (this.#fetching = new AbortController());
    const gone = () => fetching !== this.#fetching;
    this.#coming = true;
    const shipped = this.src === SHIPPED && !this.#given;
    if (this.#shipped && !shipped) this.#clear();
    this.#shipped = shipped;
    this.#pending();
    clearTimeout(this.#late);
    this.#late = setTimeout(() => this.#slow(), LATE_MS);
    try {
      if (
        this.#given &&
        this.#data === undefined &&
        !this.#columns &&
        this.src === SHIPPED
      )
        throw Object.assign(Error(), { code: "no-data" });
      const input = this.#columns
        ? withBuffers(this.#columns)
        : await loadData(this, this.constructor.kind, fetching, (part) =>
            this.#emit("progress", { totalProgress: part }),
          );
      await this.#learning;
      if (gone()) return;
      this.#input = input;
      this.#fresh = "sent";
      this.#blamed = this.#unprinted = this.#sorry = false;
      hub.trust(this.#id);
      if (this.status.tier === "static") return (this.#come(), this.#still());
      this.#post();
    } catch (error) {
      await this.#learning;
      if (gone()) return;
      const { code, detail } = error;
      if (["circle", "column-gone", "column-kind"].includes(code))
        return this.#refuse(error);
      const reason = detail?.reason;
      const told = reason && mend(reason, this.#lang, true);
      if (told && this.status.tier !== "static") this.status.reason = told;
      if (code === "no-data") this.#clear();
      const words =
        code === "no-data"
          ? errorText(movedOut(this) ? "moved-out" : "no-data", this.#lang)
          : reason?.startsWith("blocked") &&
            errorText("data-blocked", this.#lang);
      this.#error(
        typeof code === "string" ? code : "fetch-failed",
        words,
        detail,
      );
      if (this.status.tier === "static") this.#still();
    }
  }

  // ---- the view

  // Reads what the page says about language, theme and touch; draws again if it matters.
  #look() {
    const { root, stage, probe } = this.#ui;
    const lang = resolveLanguage(
      this.lang ||
        closestLang(this) ||
        document.documentElement.lang ||
        navigator.language ||
        "",
    );
    if (typeof lang === "string") this.#lang = lang;
    else {
      this.#lang ??= "en";
      this.#learning = lang.then(() => this.#life && this.#look());
    }
    // All that is asked of the page is asked before anything is written: each change of the two
    // would lay it out anew.
    const said = getComputedStyle(this);
    const house = HOUSE.map(
      (name) => said.getPropertyValue(name) && `var(${name})`,
    );
    const ground = groundOf(this, this.#ui.tint);
    this.#ground = JSON.stringify(ground);
    const theme =
      this.theme === "dark" ||
      (this.theme !== "light" && (forced.matches ? dark.matches : ground.dark))
        ? "dark"
        : "light";
    this.#theme = theme;
    // Readers who have set a larger text have it here too, in the picture as around it, whatever
    // size the page is set in.
    this.#text = parseFloat(getComputedStyle(probe).fontSize) / 16 || 1;
    root.lang = this.#lang;
    root.style.setProperty("--u", this.#text + "px");
    root.style.setProperty("--f", this.#text);
    root.classList.toggle("dark", theme === "dark");
    root.classList.toggle("light", theme === "light");
    this.#colors = (forced.matches ? SYSTEM : house).map((css) => {
      if (!css) return 0;
      probe.style.backgroundColor = css;
      return colourOf(getComputedStyle(probe).backgroundColor);
    });
    // On another ground than its own it is a card in the page: words keep away from its edge.
    const own = this.#colors[0]
      ? [0, 8, 16].map((bits) => (this.#colors[0] >>> bits) & 255)
      : GROUNDS[theme];
    root.classList.toggle(
      "slab",
      !forced.matches &&
        !!ground.color?.some((c, i) => Math.abs(c - own[i]) > APART),
    );
    const touch = this.touchAction;
    stage.style.touchAction = TOUCH.includes(touch) ? touch : "pan-y";
    this.#first();
    this.#chrome();
    if (this.status.tier === "static") this.#still();
    else this.#ask();
  }

  // Looks again where the ground under the element is another one.
  #stand() {
    if (
      this.#life &&
      this.isConnected &&
      this.#ground !== JSON.stringify(groundOf(this, this.#ui.tint))
    )
      this.#look();
  }

  // What is seen before the figure, in its place: the poster, the element's own table, or that
  // something is coming. Far from the reader nothing is fetched. The figure is laid out out of
  // sight: what comes all at once pushes nothing about.
  #first() {
    const { root, poster, wait, own, loading } = this.#ui;
    if (!root.classList.contains("first")) return;
    if (!root.style.getPropertyValue("--room")) {
      const px = this.#height || this.#least();
      const { kind } = this.constructor;
      const shipped =
        (this.src === SHIPPED && !this.#given) ||
        (this.src.endsWith(`data/${kind}.json`) &&
          this.#data === undefined &&
          !this.#columns);
      const other = !shipped || this.table;
      root.style.setProperty(
        "--room",
        px
          ? px + "px"
          : `calc(${other ? ROOM_OTHER[kind] : ROOM[kind](this.#lang !== "ko")} + var(--edge,0px))`,
      );
    }
    const image =
      this.#begun &&
      this.poster &&
      address(this.poster, ["http:", "https:", "data:"]);
    if (image && poster.getAttribute("src") !== image) poster.src = image;
    poster.hidden = !image;
    const seen = image || this.querySelector(":scope > [slot=poster]");
    // A table that was seen before this code came stays. Where nothing has been seen yet, it is not
    // laid out for the moment until the figure comes.
    if (!seen && !own.isConnected && this.querySelector("table")) {
      if (this.#patient) wait.append(own);
      else if (this.#begun && this.querySelectorAll("td").length < MANY)
        this.#soon ??= setTimeout(
          () => ((this.#patient = true), this.#first()),
          SOON_MS,
        );
    }
    loading.textContent = t("loading", this.#lang);
    loading.hidden = seen || own.isConnected;
    wait.classList.toggle("own", loading.hidden);
  }

  // The figure comes, whole, and takes the room that it needs: what was kept for it is let go, more
  // or less than that. Only a `min-height` of the page stays.
  #reveal() {
    const { root, wait } = this.#ui;
    if (wait.hidden) return;
    // A table in the figure's place fills its room, but never the window: a finger must find the
    // page beside it. In an iframe the room follows the figure.
    const px = parent === window && root.offsetHeight;
    if (px)
      root.style.setProperty("--table", `min(85vh,max(480px,${px - 160}px))`);
    // Whoever is past its beginning and reads what stands below keeps that place.
    const { top, bottom } = this.getBoundingClientRect();
    if (top < 0 && bottom < innerHeight / 2) {
      dress(this.shadowRoot, true);
      // When it is laid out.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => dress(this.shadowRoot)),
      );
    }
    wait.hidden = true;
    root.classList.remove("first");
  }

  // The height that the page keeps for the element, or 0.
  #least() {
    return parseFloat(getComputedStyle(this).minHeight) || 0;
  }

  // Network or engine take their time: the reader gets the table meanwhile; the picture still comes
  // if it can.
  #slow() {
    // A picture that nobody sees is not asked for: it is not late.
    if (this.#scene || this.status.error || (this.#loaded && !this.#busy))
      return;
    this.status.reason ||= "slow";
    if (this.#ui.own.isConnected)
      this.#settle(); // whoever reads the own table reads on
    else this.#still("slow");
  }

  #density(signal) {
    const query = matchMedia(`(resolution:${devicePixelRatio}dppx)`);
    query.addEventListener(
      "change",
      () => !signal.aborted && (this.#density(signal), this.#ask()),
      { once: true, signal },
    );
  }

  #restoreView() {
    if (!this.view) return;
    const { tab, ...view } = Object.fromEntries(new URLSearchParams(this.view));
    if (tab) view[TAB[this.constructor.kind]] = tab;
    this.restore(view);
  }

  #entity(selected) {
    return selected.startsWith("#") ? "" : selected;
  }

  #pending() {
    this.#done ??= new Promise((resolve) => (this.#resolve = resolve));
  }

  #settle() {
    this.#resolve?.();
    this.#done = this.#resolve = null;
  }

  // The width that there is for the picture, and the height that is given, 0 for none; page px. The
  // table that a reader opens comes below, and takes nothing of it.
  #room() {
    const { stage, figure, panel } = this.#ui;
    const least = this.#least();
    const { offsetTop, offsetHeight } = panel.previousElementSibling;
    return [
      stage.clientWidth,
      least &&
        Math.max(
          0,
          Math.round(
            least -
              (offsetTop + offsetHeight - figure.offsetTop) +
              stage.offsetHeight,
          ),
        ),
    ];
  }

  // One view in flight; whatever changes meanwhile becomes one more view, the newest.
  #ask() {
    if (!this.#loaded || this.#queued) return;
    this.#pending();
    this.#queued = true;
    queueMicrotask(() =>
      this.#guard(() => {
        this.#queued = false;
        if (!this.#life || !this.#loaded) return;
        if (this.#busy) return void (this.#dirty = true);
        this.#size = this.#room();
        const [width, room] = this.#size;
        // Not shown: nothing to wait for, and the resize observer calls again.
        if (!width) return this.#settle();
        this.#dirty = false;
        this.#busy = ++this.#seq;
        const acts = this.#acts.splice(0);
        const animate = !!this.#animate && !calm.matches && !!this.#scene;
        hub.send({
          type: "view",
          id: this.#id,
          acts,
          view: {
            ...this.#seen(),
            seq: this.#seq,
            // As sharp as it is seen. A page that brings it in from small to large wants it sharp
            // in the end.
            dpr: Math.min(
              4,
              Math.max(
                0.5,
                devicePixelRatio *
                  this.#text *
                  Math.max(1, boxOf(this.#ui.stage).x) || 1,
              ),
            ),
            animate,
            draft: room > 0 && !this.#scene && !this.#draft,
            ...((acts.length && this.#base) || this.#now()),
          },
        });
        this.#base = null;
        this.#animate = false;
      }),
    );
  }

  // What acts do not change.
  #seen() {
    return {
      width: this.#ui.stage.clientWidth / this.#text,
      height: this.#size[1] / this.#text,
      lang: this.#lang,
      theme: this.#theme,
      colors: this.#colors,
      hover: this.#hover,
      today: Math.floor(Date.now() / 864e5),
      hidden: [...this.#hidden],
      metrics: this.#metrics(),
    };
  }

  #metrics() {
    return metricsOf(
      getComputedStyle(this.#ui.root).fontFamily,
      this.#lang === "ko" ? "가" : "漢",
    );
  }

  // What acts change.
  #now() {
    return {
      ...Object.fromEntries(
        VIEW.map((key) => [key, this.getAttribute(key) ?? ""]),
      ),
      state: { ...this.#state },
    };
  }

  // The reader did something that the widget understands. With a base it did all of it since then,
  // so it replaces what it did before.
  #act(acts, base, animate) {
    if (!this.#loaded) return;
    if (base) {
      this.#base = base;
      this.#acts = acts;
    } else this.#acts.push(...acts);
    this.#animate ||= animate;
    this.#ask();
  }

  #changedBy({ state, ...own }) {
    if (!Object.keys({ ...own, ...state }).length) return;
    this.#quiet = true;
    Object.assign(this, own);
    for (const [key, value] of Object.entries(state)) this.#put(key, value);
    this.#quiet = false;
    this.#announce = true;
    this.#emit("atlas-view-change", this.save());
  }

  #put(key, value) {
    if (VIEW.includes(key)) this[key] = value;
    else if (value) this.#state[key] = value;
    else delete this.#state[key];
  }

  // The engine has the data, or it is known that it will not get it.
  #come() {
    this.#coming = false;
    for (const done of this.#heirs.splice(0)) done();
  }

  // Waits for that. An element that nobody has come near yet is opened for it.
  async #held() {
    if (this.#life && !this.#begun) this.#open();
    if (this.#coming)
      await Promise.race([
        new Promise((done) => this.#heirs.push(done)),
        pause(HOLD_MS),
      ]);
  }

  // Nothing is on its way any more: the engine failed or is a new one.
  #idle() {
    this.#busy = this.#picking = 0;
    this.#ui.stage.classList.remove("moving");
    for (const done of this.#waits.values()) done();
    this.#waits.clear();
  }

  // ---- answers of the engine

  #hear(message) {
    if (!this.#life || this.#broken) return;
    const { type, reply } = message;
    if (type === "loaded") {
      if (message.seq !== this.#loads) return;
      if (reply.error) {
        this.#input = this.#good;
        const { code, line } = reply.error;
        return this.#error(code, reply.error[this.#lang], line ? { line } : {});
      }
      this.#good = this.#input;
      this.#loaded = true;
      if (this.#fresh) this.#fresh = "read";
      const { stage, show, save } = this.#ui;
      // An error may have hidden them; now there is a width again.
      stage.hidden = show.hidden = save.hidden = false;
      this.#hover = -1;
      Object.assign(this.status, { rows: reply.rows, issues: reply.count });
      if (!this.#sorry) {
        this.status.error = null;
        say(this.#ui.fault, "");
      }
      this.#sorry = false;
      this.#issues(reply);
      if (reply.count)
        this.#emit("issues", { count: reply.count, issues: reply.issues });
      this.#ask();
      this.#come();
    } else if (type === "frame") {
      if (message.seq !== this.#busy) return message.bitmap?.close();
      this.#ui.stage.classList.add("moving");
      this.#ui.stage.style.height = message.size * this.#text + "px";
      this.#show(message);
    } else if (type === "scene") {
      if (message.seq !== this.#busy) return message.bitmap?.close();
      this.#guard(() => this.#paint(message));
    } else if (type === "picked") this.#picked(message);
    else if (this.#waits.has(message.seq)) {
      this.#waits.get(message.seq)(message[type]);
      this.#waits.delete(message.seq);
    } else if (type === "card") {
      if (message.seq === this.#picks)
        message.card ? this.#card(message.card) : this.#hideCard();
    } else if (type === "failed") {
      this.#idle();
      if (message.alone) return this.#fail(message.reason); // the others have what they need
      this.#error("engine", null, { reason: message.reason });
    }
  }

  // The picture alone.
  #show({ bitmap, pixels, width, height }) {
    const { canvas } = this.#ui;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    this.#stale = true;
    // A picture of no size is words alone.
    if (!width || !height) return void (canvas.width = canvas.height = 0);
    // Setting the size clears the canvas, so it is drawn in the same task.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    if (bitmap) {
      pen.clearRect(0, 0, width, height);
      pen.drawImage(bitmap, 0, 0);
      bitmap.close();
    } else {
      pen.putImageData(
        new ImageData(new Uint8ClampedArray(pixels), width, height),
        0,
        0,
      );
      hub.send({ type: "back", id: this.#id, pixels }, [pixels]);
    }
  }

  // A browser that loses its GPU empties every canvas, also those that never saw it, and refuses to
  // draw on them for half a second. A new one works: the picture goes on there. Out of view there
  // is nothing to keep: it is painted again when it is due.
  #keep() {
    if (!this.#near || !this.#scene) return void (this.#kept = null);
    if ((this.#kept && !this.#stale) || this.#keeping) return;
    this.#keeping = true;
    idly(
      () => {
        this.#keeping = false;
        const { canvas } = this.#ui;
        if (!this.#near || this.#busy || !canvas.width) return;
        this.#kept = canvas
          .getContext("2d", { willReadFrequently: true })
          .getImageData(0, 0, canvas.width, canvas.height);
        this.#stale = false;
      },
      { timeout: 1000 },
    );
  }

  #canvas() {
    const canvas = h("canvas", { "aria-hidden": "true", part: "canvas" });
    // All are lost at once, and some hear of it some frames later.
    canvas.addEventListener(
      "contextlost",
      () => canvas.isConnected && shown.forEach((mend) => mend()),
    );
    return canvas;
  }

  #mend() {
    const { canvas } = this.#ui;
    if (
      !this.#scene ||
      !(this.#kept || canvas.getContext("2d").isContextLost())
    )
      return;
    const fresh = (this.#ui.canvas = this.#canvas());
    if (this.#kept) {
      const { width, height } = this.#kept;
      Object.assign(fresh, { width, height })
        .getContext("2d", { willReadFrequently: true })
        .putImageData(this.#kept, 0, 0);
    }
    canvas.replaceWith(fresh);
    this.#ask();
  }

  async #paint(message) {
    const { reply, tier, reason, seq } = message;
    const { root, stage, live } = this.#ui;
    this.#painting = seq;
    stage.classList.remove("moving");
    this.#changedBy(message.changed);
    if (message.draft) {
      this.#draft = reply;
      this.#chrome();
      this.#busy = 0;
      return this.#ask();
    }
    if (!this.#scene) {
      // What was shown while it was late.
      clearTimeout(this.#late);
      this.#ui.still.replaceChildren();
      for (const node of [stage, this.#ui.show, this.#ui.save])
        node.hidden = false;
    }
    this.#show(message);
    stage.style.height = reply.height * this.#text + "px";
    // Labels and picture belong together at this width only.
    stage.style.setProperty("--w", stage.clientWidth + "px");
    stage.style.setProperty("--z", Math.min(1, WIDE / stage.clientWidth));
    Object.assign(this.status, { tier, reason });
    if (this.dataset.tier !== tier) this.dataset.tier = tier;
    const before = this.#scene ?? this.#draft;
    this.#scene = reply;
    this.#draft = null;
    this.#chrome();
    if (this.#announce) {
      // What is new, and how much of it there is.
      const news = ["title", "subline", "status"]
        .filter((key) => key === "status" || reply[key] !== before?.[key])
        .map((key) => reply[key]);
      say(live, news.filter(Boolean).join(". ") || reply.title);
      this.#announce = false;
    }
    // The words around the picture leave another room than was known.
    const again =
      this.#size[1] && (!before || before.subline !== reply.subline);
    const first = root.classList.contains("first");
    // The first time there is much to make, and nobody waits for it with a key in hand: in slices,
    // so that the page goes on.
    if (first) await breath();
    for (const _ of this.#furnish(first ? SLICE : Infinity)) {
      if (!first) continue;
      stage.offsetTop; // laid out now, not all of it in the next frame
      await breath();
      if (this.#painting !== seq || !this.#life) return;
    }
    if (message.first) hub.send({ type: "explore" });
    this.#describe();
    this.#keep();
    if (this.#fresh === "read") {
      this.#fresh = "";
      this.#emit("progress", { totalProgress: 1 });
      this.#emit("load", { rows: this.status.rows });
    }
    if (this.#busy !== seq) return; // by an engine that is no more
    this.#busy = 0;
    if (again || this.#dirty || this.#acts.length) this.#ask();
    else if (!this.#queued) {
      this.#settle();
      idly(() => this.#prepare());
    }
  }

  // What stands over the picture: first what is seen, then what is read out. The picture does not
  // wait for the last label.
  *#furnish(slice) {
    const { labels, outline, groups, keys } = this.#scene;
    const rest = setLabels(this.#ui.labels, labels, this.#pool, slice);
    rest.next();
    this.#reveal();
    yield;
    yield* rest;
    yield* this.#ui.outline.update(
      outline,
      groups,
      keys,
      (item) => this.#isSelected(item),
      this.#lang,
      slice,
    );
  }

  // The words around the picture; only what changed touches the document.
  #chrome() {
    const {
      title,
      lead,
      sub,
      notes,
      by,
      keys,
      controls,
      zoom,
      lists,
      count,
      show,
      save,
      tools,
      figure,
    } = this.#ui;
    const lang = this.#lang;
    const scene = this.#scene ?? this.#draft;
    say(show, t(this.#ui.panel.hidden ? "table" : "hide", lang));
    say(save.firstChild, t("save", lang));
    for (const [node, name] of [
      [this.#ui.bar, "settings"],
      [zoom, "zoom"],
      [keys, "legend"],
    ])
      node.setAttribute("aria-label", t(name, lang));
    tools.hidden = !scene && this.status.tier !== "static";
    if (!scene) return;
    say(title, scene.title);
    say(sub, scene.subline);
    say(lead, scene.takeaway === scene.title ? "" : scene.takeaway);
    figure.setAttribute("aria-label", scene.title);
    const redo = (node, key, make) => {
      const stamp = JSON.stringify([lang, key]);
      if (node.stamp === stamp) return;
      node.stamp = stamp;
      const all = () => [...node.querySelectorAll("button,summary,a[href]")];
      const held = all().indexOf(this.shadowRoot.activeElement);
      node.replaceChildren(...make());
      node.hidden = !node.childNodes.length;
      if (held < 0) return;
      // What was held may be gone, or not to be had now.
      for (const next of [all()[held], ...all()]) {
        next?.focus({ preventScroll: true });
        if (this.shadowRoot.activeElement) return;
      }
      this.#ui.outline.focus();
    };
    const howto = scene.howto && t("how", lang) + scene.howto;
    redo(notes, [howto, scene.notes], () =>
      [howto, ...scene.notes]
        .filter(Boolean)
        .map((text) => h("p", { class: "note" }, text)),
    );
    redo(by, [scene.sources, scene.credit], () => [
      ...(scene.sources.length
        ? [
            t("source", lang),
            ...scene.sources.flatMap(({ text, url }, i) => [
              i ? " · " : "",
              link(text, url),
            ]),
          ]
        : []),
      ...(scene.credit ? [h("div", {}, scene.credit)] : []),
    ]);
    controls.update(scene.controls, lang);
    say(count, scene.status);
    redo(zoom, [scene.zooms && !this.disableZoom, scene.moved], () =>
      this.#zoomers(scene),
    );
    const unfolded = [...lists.children].map(({ open }) => open);
    redo(lists, scene.lists, () =>
      scene.lists.map((list, i) => this.#list(list, unfolded[i])),
    );
    redo(keys, [scene.legend, ...this.#hidden], () =>
      scene.legend.flatMap((key, i, all) =>
        i && sort(key) !== sort(all[i - 1])
          ? [h("li", { class: "break", "aria-hidden": "true" }), this.#key(key)]
          : this.#key(key),
      ),
    );
  }

  #zoomers({ zooms, moved, width, height, keys }) {
    if (!zooms || this.disableZoom) return [];
    const button = (text, name, act, state) => {
      const node = h(
        "button",
        {
          type: "button",
          "aria-label": t(name, this.#lang),
          title: t(name, this.#lang),
          ...state,
        },
        text,
      );
      node.addEventListener("click", () => this.#act([act()], null, true));
      return node;
    };
    // What is nearer can be pushed without dragging. Until then there is room for it, so that
    // nothing jumps under two fingers.
    const out = { class: moved ? "way" : "way off" };
    const push = (text, name, x, y) =>
      button(
        text,
        name,
        () => [
          "drag",
          width / 2,
          height / 2,
          width * (0.5 + x / 2),
          height * (0.5 + y / 2),
        ],
        out,
      );
    const turn = (text, name, key) =>
      button(text, name, () => ["key", key, -1], out);
    const all = { "aria-disabled": !moved && "true" };
    return [
      button("+", "nearer", () => this.#zoomBy(STEP)),
      button("−", "farther", () => this.#zoomBy(1 / STEP), all),
      button("⤢", "fit", () => ["key", "0", -1], all),
      ...(keys.includes("PageUp")
        ? [turn("←", "earlier", "PageUp"), turn("→", "later", "PageDown")]
        : [
            push("←", "left", 1, 0),
            push("→", "right", -1, 0),
            push("↑", "up", 0, 1),
            push("↓", "down", 0, -1),
          ]),
    ];
  }

  // Nearer or farther about the middle.
  #zoomBy(factor) {
    const { width, height } = this.#scene;
    return ["zoom", width / 2, height / 2, factor];
  }

  #list({ title, lines }, open) {
    const items = lines.map(([datum, words]) => {
      if (datum < 0) return h("li", {}, words);
      const button = h("button", { type: "button", class: "line" }, words);
      button.addEventListener("click", () => this.#reach(datum));
      return h("li", {}, button);
    });
    return h(
      "details",
      { part: "list", open },
      h("summary", {}, title),
      h("ul", {}, ...items),
    );
  }

  // A row that was found or listed becomes the selected one, wherever it is.
  async #reach(datum) {
    const card = await this.#question({ type: "card", datum });
    if (!card) return;
    this.#act([["show", datum]], null, true);
    this.#anchor = this.#ui.outline.get(datum);
    if (!this.#isSelected({ entity: card.entity, datum }))
      this.#toggle({ datum, entity: card.entity }, card);
    else this.#card(card, true);
  }

  #key({ key, label, color, form, count }) {
    // Small ones say themselves: Intl takes its time when it is first asked.
    const content = [
      form === "none" ? null : swatch(form, color),
      h("span", {}, label),
      count
        ? h(
            "span",
            { class: "count" },
            count < 1000 ? String(count) : count.toLocaleString(this.#lang),
          )
        : null,
    ];
    if (count == null || !key)
      return h("li", {}, h("span", { class: "key" }, ...content));
    const button = h(
      "button",
      { type: "button", "aria-pressed": String(!this.#hidden.has(key)) },
      ...content,
    );
    button.addEventListener("click", () => {
      if (!this.#hidden.delete(key)) this.#hidden.add(key);
      this.#changed();
    });
    return h("li", {}, button);
  }

  // A reader changed the view: say so when it is drawn, to the page now.
  #changed() {
    this.#announce = this.#animate = true;
    this.#hideCard();
    this.#ask();
    this.#emit("atlas-view-change", this.save());
  }

  // ---- selection, hover, card

  #isSelected({ entity, datum }) {
    const { selected } = this;
    return !!selected && (selected === entity || selected === "#" + datum);
  }

  #toggle(item, card) {
    const key = item ? item.entity || "#" + item.datum : "";
    const next = key === this.selected ? "" : key;
    if (next === this.selected) return;
    this.selected = next;
    this.#emit("atlas-select", {
      id: next || null,
      entity: (next && item.entity) || null,
      row: next ? item.datum : null,
    });
    this.#chose = next ? this.#moves : null;
    if (!next) this.#hideCard();
    else if (card) this.#card(card, true);
    else this.#askCard(item.datum, true);
  }

  // `click`: true for one, `hold` for a finger that rests.
  #pick(x, y, click, again) {
    if (!this.#loaded) return;
    const wish = { x, y, click, again };
    if (this.#picking)
      return void (this.#nextPick?.click || (this.#nextPick = wish));
    this.#picking = wish;
    hub.send({
      type: "pick",
      id: this.#id,
      seq: ++this.#picks,
      x,
      y,
      lang: this.#lang,
    });
  }

  #picked({ datum, opens, card }) {
    const wish = this.#picking;
    const next = this.#nextPick;
    this.#picking = this.#nextPick = null;
    if (!wish) return;
    // A mark that a finger can hardly hit is as large as 24 px.
    const near =
      wish.click &&
      datum < 0 &&
      !wish.again &&
      this.#ui.outline.near(wish.x, wish.y);
    if (near)
      return this.#pick(
        near.x + near.w / 2,
        near.y + near.h / 2,
        wish.click,
        true,
      );
    const item =
      datum < 0
        ? null
        : (this.#ui.outline.get(datum) ?? {
            datum,
            entity: card?.entity,
            x: wish.x - 4,
            y: wish.y - 4,
            w: 8,
            h: 8,
          });
    this.#ui.stage.classList.toggle("hit", !!item);
    this.#anchor = item;
    if (wish.click === "hold") card && this.#card(card, true);
    else if (wish.click && opens) {
      this.#hideCard();
      this.#act([["open", datum]], null, true);
    } else if (wish.click) {
      this.#pinned = false;
      this.#toggle(item, card);
    } else if (!wish.gone) this.#over(item, card);
    if (next) this.#pick(next.x, next.y, next.click);
  }

  #anchor;
  #stopAt;
  #moves = 0; // of the focus
  // How many there had been when the next card was asked for by a choice: if the focus is still
  // there, Tab leads to it.
  #chose;

  #over(item, card) {
    const datum = item?.datum ?? -1;
    if (card && item && !this.#pinned) this.#card(card);
    else if (!item && !this.#pinned) this.#hideCard();
    if (!this.#point(datum)) return;
    this.#emit("atlas-hover", {
      id: item ? item.entity || "#" + datum : null,
      entity: item?.entity ?? null,
      row: item ? datum : null,
    });
  }

  // Whether that is another row than before.
  #point(datum) {
    if (datum === this.#hover) return false;
    this.#hover = datum;
    if (this.constructor.kind === TRACES) this.#ask();
    return true;
  }

  #askCard(datum, pin) {
    this.#anchor = this.#ui.outline.get(datum);
    this.#pinned = pin;
    hub.send({
      type: "card",
      id: this.#id,
      seq: ++this.#picks,
      datum,
      lang: this.#lang,
    });
  }

  #card(card, pin = this.#pinned) {
    const { card: node, stage, figure, live } = this.#ui;
    // What was asked for is said; its relations and sources are there to be read.
    if (pin && (node.hidden || !node.classList.contains("pin")))
      say(
        live,
        [
          card.title,
          card.value,
          card.share,
          card.date,
          card.status?.join(", "),
          card.note,
        ]
          .filter(Boolean)
          .join(". "),
      );
    this.#pinned = pin;
    node.setAttribute("aria-label", card.title ?? "");
    fillCard(node, card, this.#lang, () => this.#hideCard());
    node.hidden = false;
    node.classList.toggle("pin", !!pin);
    if (pin && this.#chose === this.#moves)
      this.#stopAt(node.querySelector(".x"));
    this.#chose = null;
    const sheet = narrow();
    node.classList.toggle("sheet", sheet);
    node.style.translate = "";
    // The top layer: no ancestor of the page can clip or trap the sheet.
    if (sheet && node.showPopover) {
      node.popover = "manual";
      if (!node.matches(":popover-open")) node.showPopover();
      node.style.setProperty("--k", boxOf(node).y); // a zoom reaches it there, a transform does not
      return;
    }
    node.removeAttribute("popover");
    const box = boxOf(figure);
    node.style.setProperty("--k", box.y);
    const { x = 0, y = 0, w = 0, h: height = 0 } = this.#anchor ?? {};
    const f = this.#text;
    place(
      node,
      {
        x: x * f + stage.offsetLeft,
        y: y * f + stage.offsetTop,
        w: w * f,
        h: height * f,
      },
      {
        top: box.top / box.y,
        height: innerHeight / box.y,
        width: figure.offsetWidth,
      },
    );
  }

  #hideCard() {
    const { card, outline } = this.#ui;
    const held = card.contains(this.shadowRoot.activeElement);
    this.#pinned = false;
    card.removeAttribute("popover");
    card.hidden = true;
    if (!held) return;
    outline.focus(this.#anchor?.datum); // back to its mark, which asks for the card
    this.#picks++; // whose answer comes too late
  }

  // ---- table, errors, the last tier

  async #table() {
    // An engine that ends meanwhile is followed by another.
    for (let tries = 0; tries < 2; tries++) {
      await this.#held();
      if (this.#coming) break;
      const table =
        this.status.tier === "static"
          ? await this.#stillData()
          : this.#loaded && (await this.#question({ type: "table" }));
      if (table) return table;
    }
    throw this.#refusal();
  }

  // Why there is no table: none is better than an empty one, which would say that there are no
  // data.
  #refusal() {
    const lang = this.#lang ?? "en";
    if (!this.#life)
      return Object.assign(Error(errorText("no-page", lang)), {
        code: "no-page",
      });
    const { code, message } = (this.status.error && this.#wrong) || {
      code: this.#coming ? "slow" : "fetch-failed",
    };
    return Object.assign(Error(message ?? errorText(code, lang)), { code });
  }

  // The engine's answer, or nothing if it dies over it, or where there is none.
  #question(message) {
    return new Promise((done) => {
      const seq = ++this.#picks;
      this.#waits.set(seq, done);
      const asked =
        this.#life &&
        hub.send({ ...message, id: this.#id, seq, lang: this.#lang });
      if (asked) return;
      this.#waits.delete(seq);
      done();
    });
  }

  // The table, or it no more. Whoever comes to it by the key goes to its beginning, and by Escape
  // back.
  async #togglePanel(go) {
    const { panel, show } = this.#ui;
    const moves = this.#moves;
    if (panel.hidden) {
      const lost = () =>
        h("p", { tabindex: -1 }, errorText("fetch-failed", this.#lang));
      panel.replaceChildren(
        await tableNode(
          await this.#table().catch(() => NONE),
          this.#lang,
        ).catch(lost),
      );
    }
    panel.hidden = !go && !panel.hidden;
    show.setAttribute("aria-expanded", String(!panel.hidden));
    this.#chrome();
    // Unless the reader has gone on meanwhile.
    if (go && moves === this.#moves) panel.firstChild.focus();
  }

  #saver(format) {
    const button = h(
      "button",
      { type: "button", class: format },
      format.toUpperCase(),
    );
    button.addEventListener("click", () =>
      exporter().then(
        ({ download }) => download(this, format),
        () => {},
      ),
    );
    return button;
  }

  #issues({ count, issues: all }) {
    const { issues } = this.#ui;
    issues.hidden = !count;
    const lines = all.map((issue) =>
      h("li", {}, issue[this.#lang] ?? issue.en),
    );
    issues.replaceChildren(
      h("summary", {}, t("troubles", this.#lang).replace("{0}", count)),
      h("ul", {}, ...lines),
    );
  }

  #error(code, text, detail) {
    const message = text || errorText(code, this.#lang);
    this.status.error = code;
    this.#wrong = { code, message };
    say(this.#ui.fault, message);
    clearTimeout(this.#late);
    this.#reveal();
    if (!this.#scene && this.status.tier !== "static") {
      this.#ui.stage.hidden = true;
      if (this.querySelector("table")) this.#own();
    }
    this.#settle();
    this.#come();
    this.#emit("error", { code, message, ...detail });
  }

  // There is no data any more: nothing of what was there may be seen, said or taken away.
  #clear() {
    const {
      root,
      stage,
      title,
      lead,
      sub,
      controls,
      zoom,
      count,
      keys,
      lists,
      notes,
      by,
      panel,
      show,
      tools,
      issues,
      still,
      live,
      paper,
      figure,
    } = this.#ui;
    this.#idle();
    this.#loads++;
    this.#painting = this.#seq = this.#seq + 1;
    this.#input =
      this.#good =
      this.#scene =
      this.#draft =
      this.#kept =
      this.#paperOf =
        null;
    this.#loaded = this.#fresh = this.#sorry = false;
    this.#paper = "";
    this.#acts = [];
    Object.assign(this.status, { rows: 0, issues: 0, error: null });
    this.#known?.remove();
    this.#hideCard();
    for (const node of [title, lead, sub, count, live]) say(node, "");
    for (const node of [zoom, keys, lists, notes, by, still, panel, paper]) {
      node.replaceChildren();
      delete node.stamp;
    }
    controls.update([], this.#lang);
    figure.removeAttribute("aria-label");
    for (const node of [
      stage,
      zoom,
      keys,
      lists,
      notes,
      by,
      panel,
      tools,
      issues,
    ])
      node.hidden = true;
    show.setAttribute("aria-expanded", "false");
    root.classList.remove("papered");
    // The engine forgets too.
    if (this.status.tier !== "static")
      hub.send({
        type: "open",
        id: this.#id,
        kind: this.constructor.kind,
        renderer: this.renderer || "auto",
      });
  }

  #fail(reason) {
    this.#lost = faultOf(reason);
    // A browser that runs no wasm is no error of anybody's; files of the library that are not where
    // they should be are.
    const missing = isMissing(reason) && !this.#scene;
    if (missing) this.status.error = "assets";
    Object.assign(this.status, {
      tier: "static",
      reason: mend(reason, this.#lang),
    });
    this.dataset.tier = "static";
    this.#loaded = false;
    this.#idle();
    if (this.#input) this.#come();
    if (this.#input || this.querySelector("table")) this.#still();
    else ((this.#begun = true), this.#load());
    if (missing)
      this.#emit("error", {
        code: "assets",
        message: errorText(this.#lost, this.#lang),
        reason,
      });
  }

  // The page's own table, in place of the picture.
  #own() {
    const { still, own } = this.#ui;
    if (!still.contains(own))
      still.replaceChildren(
        scroller(
          this.querySelector("caption")?.textContent || t("table", this.#lang),
          own,
        ),
      );
  }

  // The rows of data that was given up, as the last tier has them, where the page has no table of
  // its own.
  async #instead(input) {
    if (this.#scene || this.querySelector("table") || !input || input.columns)
      return;
    const table = await this.#stillData(input);
    const node = table && (await tableNode(table, this.#lang));
    if (node && this.#blamed && !this.#scene)
      this.#ui.still.replaceChildren(node);
  }

  // The module of the last tier is fetched by those who need it.
  async #stillData(input = this.#input) {
    try {
      const { staticTable } = await import(assets.still);
      const table = staticTable(
        this.constructor.kind,
        input,
        this.#lang,
        translate,
      );
      if (!table?.fault) return table;
      this.#error(table.fault);
      return null;
    } catch {
      return null;
    }
  }

  // With a picture painted the picture stays; without one the page's own table is shown, or one
  // made here.
  async #still(why = "static") {
    const { still, stage, tools, show, save, fault: note } = this.#ui;
    clearTimeout(this.#late);
    this.#reveal();
    this.#settle();
    if (this.#scene || this.status.error === "no-data") return;
    stage.hidden = show.hidden = save.hidden = true;
    tools.hidden = false;
    this.#own();
    const there = this.querySelector("table");
    const tell = (code) =>
      (this.status.error && this.status.error !== "assets") ||
      say(note, errorText(code, this.#lang));
    const lost = this.#lost ?? "static";
    if (there || why === "slow") tell(why === "slow" ? why : lost);
    const table = this.#input && (await this.#stillData());
    const node =
      table && !there && (await tableNode(table, this.#lang).catch(() => null));
    if (this.#scene || (this.#loaded && why !== "slow")) return; // it came after all
    if (why === "static")
      tell(
        table || there ? lost : lost === "static" ? "engine" : lost + "-bare",
      );
    save.hidden = !table;
    if (node) still.replaceChildren(node);
  }

  #emit(type, detail) {
    this.dispatchEvent(
      new CustomEvent(type, { detail, bubbles: true, composed: true }),
    );
  }

  // ---- the document in the shadow

  #build() {
    const shadow = this.attachShadow({ mode: "open" });
    dress(shadow);
    const left = ({ relatedTarget }) => {
      if (
        this.#ui.card.contains(relatedTarget) ||
        outline.node.contains(relatedTarget)
      )
        return;
      this.#hideCard();
      this.#point(-1);
    };
    const outline = new AccessibleTree(
      {
        focus: (item) => {
          if (!item) return;
          this.#askCard(item.datum, this.#isSelected(item));
          this.#point(item.datum);
        },
        blur: left,
        pick: (item) => {
          this.#anchor = item;
          if (item.opens) this.#act([["open", item.datum]], null, true);
          else this.#toggle(item);
        },
        escape: () => {
          if (this.selected) this.#toggle(null);
          else if (!this.#ui.card.hidden) this.#hideCard();
          else this.#act([["key", "Escape", -1]], null, true);
        },
        table: () => this.#togglePanel(true),
        tell: (words) => say(this.#ui.live, words),
        key: (key, { datum }) => {
          const factor = { "+": STEP, "=": STEP, "-": 1 / STEP }[key];
          if (factor && (!this.#scene.zooms || this.disableZoom)) return;
          this.#act(
            [factor ? this.#zoomBy(factor) : ["key", key, datum]],
            null,
            true,
          );
        },
      },
      this.constructor.kind,
    );
    const controls = new Controls({
      set: (key, value) => {
        this.#put(key, value);
        this.#changed();
      },
      find: async (text) =>
        (await this.#question({ type: "find", text })) ?? [],
      pick: (datum) => this.#reach(datum),
    });
    const ui = {
      outline,
      controls,
      zoom: h("div", {
        class: "zoom",
        role: "group",
        part: "zoom",
        hidden: true,
      }),
      lists: h("div", { class: "lists", hidden: true }),
      count: h("p", { class: "sub", part: "status", hidden: true }),
      hint: h("div", { class: "hint", "aria-hidden": "true", hidden: true }),
      title: h("h3", { part: "title" }),
      lead: h("p", { part: "takeaway", class: "lead" }),
      sub: h("p", { part: "subline", class: "sub" }),
      canvas: this.#canvas(),
      loading: h("span"),
      own: h("slot"),
      poster: h("img", {
        class: "poster",
        part: "poster",
        alt: "",
        hidden: true,
      }),
      labels: h("div", { class: "labels", "aria-hidden": "true" }),
      fault: h("p", {
        class: "fault",
        part: "error",
        role: "status",
        hidden: true,
      }),
      issues: h("details", { class: "issues", part: "issues", hidden: true }),
      keys: h("ul", { class: "legend", part: "legend", hidden: true }),
      notes: h("div", { part: "notes", hidden: true }),
      by: h("div", { class: "by", hidden: true }),
      show: h("button", {
        type: "button",
        "aria-expanded": "false",
        "aria-keyshortcuts": "*",
      }),
      save: h(
        "details",
        { class: "save", part: "download" },
        h("summary"),
        ...FORMATS.map((format) => this.#saver(format)),
      ),
      panel: h("div", { class: "panel", part: "table", hidden: true }),
      still: h("div", { class: "still" }),
      live: h("div", { class: "live", "aria-live": "polite" }),
      paper: h("div", { class: "paper", "aria-hidden": "true" }),
      card: h("div", {
        class: "card",
        part: "card",
        role: "group",
        hidden: true,
      }),
    };
    // Firefox and WebKit fire no event when the page's own colour scheme changes; a transition on
    // this probe does everywhere.
    const probe = (ui.probe = h("i", {
      class: "probe",
      "aria-hidden": "true",
    }));
    probe.addEventListener("transitionend", () => this.#life && this.#look());
    // Outside of the root, whose theme is its own: what text and colour scheme are where the
    // element stands.
    const tint = (ui.tint = h("i", { class: "tint", "aria-hidden": "true" }));
    tint.addEventListener("transitionend", () => this.#stand());
    ui.wait = h(
      "div",
      { class: "wait" },
      h("slot", { name: "poster" }, ui.poster),
      h("slot", { name: "progress" }, ui.loading),
    );
    ui.stage = h(
      "div",
      { part: "stage", class: "stage" },
      ui.canvas,
      ui.labels,
      outline.node,
      ui.hint,
    );
    ui.tools = h("div", { class: "do" }, ui.show, ui.save);
    ui.bar = h(
      "div",
      { class: "bar", role: "toolbar" },
      controls.node,
      ui.zoom,
    );
    const footer = h(
      "footer",
      { part: "footer" },
      ui.by,
      ui.tools,
      h("slot", { name: "footer" }),
    );
    ui.figure = h(
      "figure",
      { part: "figure" },
      ui.title,
      ui.lead,
      ui.sub,
      ui.bar,
      ui.stage,
      ui.paper,
      ui.card,
      ui.count,
      ui.keys,
      ui.fault,
      ui.issues,
      ui.still,
      ui.lists,
      ui.notes,
      footer,
      ui.panel,
    );
    ui.end = h("canvas", {
      class: "room",
      width: 1200,
      height: 0,
      "aria-hidden": "true",
    });
    ui.root = h(
      "div",
      { class: "root first" },
      h("div", { class: "hold" }, ui.figure),
      ui.wait,
      ui.end,
      ui.live,
      probe,
    );
    for (const node of [ui.title, ui.lead, ui.sub]) node.hidden = true;
    ui.root.addEventListener("focusout", () => this.#moves++);
    shadow.append(ui.root, tint);
    ui.poster.addEventListener("error", () => {
      ui.poster.hidden = true;
      ui.loading.hidden = false;
      ui.wait.classList.remove("own");
    });
    this.#stopAt = rovingTabindex(
      ui.figure,
      [...ui.figure.children].filter((part) => part !== ui.stage),
    );

    const { stage } = ui;
    const at = ({ clientX, clientY }) => {
      const box = boxOf(stage);
      return [
        (clientX - box.left) / box.x / this.#text,
        (clientY - box.top) / box.y / this.#text,
      ];
    };
    let hinted;
    const hand = gestures(stage, at, {
      zooms: () => this.#scene?.zooms && !this.disableZoom,
      begin: () => this.#now(),
      act: (acts, base) => {
        if (base) this.#hideCard();
        this.#act(acts, base);
      },
      hold: (x, y) => this.#pick(x, y, "hold"),
      hint: () => {
        if (hinted) return; // once: who scrolls past does not want to hear it again
        hinted = true;
        say(
          ui.hint,
          t(
            /Mac|iP/.test(navigator.platform) ? "wheelMac" : "wheel",
            this.#lang,
          ),
        );
        setTimeout(() => (ui.hint.hidden = true), 1500);
      },
    });
    stage.addEventListener(
      "pointermove",
      (event) =>
        event.pointerType !== "touch" &&
        !hand.moving() &&
        this.#pick(...at(event), false),
    );
    stage.addEventListener("pointerleave", () => {
      if (!this.#nextPick?.click) this.#nextPick = null;
      if (this.#picking) this.#picking.gone = true;
      if (this.#loaded) this.#over(null);
    });
    stage.addEventListener("click", (event) => this.#pick(...at(event), true));
    ui.card.addEventListener(
      "keydown",
      ({ key }) => key === "Escape" && this.#hideCard(),
    );
    ui.card.addEventListener(
      "focusout",
      (event) => event.relatedTarget && left(event),
    );
    ui.show.addEventListener("click", () => this.#togglePanel());
    ui.panel.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      this.#togglePanel();
      outline.focus(undefined, false);
    });
    return ui;
  }
}

// Relations, layers and other switches, what only explains: each begins a line of the legend.
const sort = ({ count, form }) =>
  count == null ? 0 : form.startsWith("line") ? 1 : 2;

const camel = (name) => name.replace(/-(.)/g, (_, c) => c.toUpperCase());

// Every attribute has its property; absent reads as the empty string, which is what the engine
// takes for «default».
for (const name of ATTRIBUTES) {
  const flag = name === "disable-zoom" || name === "no-metadata";
  Object.defineProperty(Atlas.prototype, camel(name), {
    configurable: true,
    enumerable: true,
    get() {
      return flag ? this.hasAttribute(name) : (this.getAttribute(name) ?? "");
    },
    set(value) {
      if (flag) this.toggleAttribute(name, !!value);
      else if (value == null || value === "") this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

// The nearest language, also across the borders of shadow trees.
const closestLang = (node) => {
  for (; node; node = node.getRootNode().host) {
    const found = node.closest("[lang]");
    if (found?.lang) return found.lang;
  }
};

export const define = (kind) => {
  const tag = "atlas-" + kind;
  if (!customElements.get(tag))
    customElements.define(
      tag,
      class extends Atlas {
        static kind = kind;
      },
    );
};

export { Atlas as AtlasElement };
