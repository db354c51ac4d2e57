// @ts-check
// The view: what is shown of the data. Keeps what the reader has set, and asks the engine for a
// scene when something has changed.
import { boxOf } from "../dom.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Act, Changes } from '../protocol.d.ts' */
/** @typedef {{ [key: string]: any, state: Record<string, string> }} ViewState */

export const VIEW_ATTRIBUTES = [
  "framework",
  "table",
  "from",
  "to",
  "scale",
  "selected",
];
// What `tab=` in the attribute `view` sets.
const TAB_ATTRIBUTES = {
  "value-chain": "framework",
  "market-share": "table",
  "funding-timeline": "scale",
};
const [MIN_DPR, MAX_DPR] = [0.5, 4];
const DAY_MS = 864e5;
const reducedMotion = matchMedia("(prefers-reduced-motion:reduce)");

export class ViewController {
  /** @type {ControllerHost} */
  #host;
  /** Keys of the legend that are switched off. @type {Set<string>} */
  hiddenKeys = new Set();
  /** Number of the view that the engine, or this element after it, is at work on; 0 for none. */
  current = 0;
  /** Attributes follow the engine, which has drawn them already. */
  reflecting = false;
  /** The width and height for which the last picture was asked. @type {[number, number]} */
  size = [0, 0];
  #seq = 0;
  /** What the reader has set besides attributes and legend. @type {Record<string, string>} */
  #state = {};
  /** What the reader did and the engine has not heard. @type {Act[]} */
  #acts = [];
  /** The view that they apply to, where it is not the present one. @type {ViewState | null} */
  #base = null;
  #animate = false;
  #queued = false;
  #dirty = false;
  /** @type {Promise<void> | null} */
  #complete = null;
  /** @type {(() => void) | null} */
  #resolve = null;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {AbortSignal} signal */
  hostConnected(signal) {
    const { ui } = this.#host;
    // The height that a picture takes is no news.
    const observer = new ResizeObserver(() =>
      this.#host.guard(() => {
        if (!ui.stage.hidden && `${this.#available()}` !== `${this.size}`)
          this.requestUpdate();
      }),
    );
    observer.observe(ui.stage);
    signal.addEventListener("abort", () => observer.disconnect());
    this.#watchDensity(signal);
    this.restoreAttribute();
  }

  hostDisconnected() {
    this.resolveUpdate();
  }

  /** @param {AbortSignal} signal */
  #watchDensity(signal) {
    const query = matchMedia(`(resolution:${devicePixelRatio}dppx)`);
    const onChange = () => {
      if (signal.aborted) return;
      this.#watchDensity(signal);
      this.requestUpdate();
    };
    query.addEventListener("change", onChange, { once: true, signal });
  }

  // ---- what is kept

  // The view as plain data: attributes that are set, switched off legend keys, and the widget's own
  // keys.
  save() {
    const { element } = this.#host;
    /** @type {Record<string, any>} */
    const view = { ...this.#state, hidden: [...this.hiddenKeys] };
    for (const key of VIEW_ATTRIBUTES)
      if (element.getAttribute(key)) view[key] = element.getAttribute(key);
    return view;
  }

  // All of it is read before anything is set: what cannot be read changes nothing.
  /** @param {any} view */
  restore(view) {
    /** @type {Record<string, string>} */
    const attributes = {};
    /** @type {Record<string, string>} */
    const state = {};
    let off;
    try {
      const { hidden, ...rest } = Object(view) === view ? view : {};
      for (const [key, value] of Object.entries(rest)) {
        if (VIEW_ATTRIBUTES.includes(key))
          attributes[key] = value == null ? "" : `${value}`;
        else if (value != null) state[key] = `${value}`;
      }
      if (Array.isArray(hidden)) off = new Set(hidden.map((key) => `${key}`));
    } catch {
      return;
    }
    Object.assign(this.#host.element, attributes);
    this.#state = state;
    if (off) this.hiddenKeys = off;
    this.#animate = true;
    this.requestUpdate();
  }

  restoreAttribute() {
    const { element, kind } = this.#host;
    if (!element.view) return;
    const { tab, ...view } = Object.fromEntries(
      new URLSearchParams(element.view),
    );
    if (tab) view[TAB_ATTRIBUTES[kind]] = tab;
    this.restore(view);
  }

  /** @param {string} key @param {any} value */
  set(key, value) {
    if (VIEW_ATTRIBUTES.includes(key))
      /** @type {any} */ (this.#host.element)[key] = value;
    else if (value) this.#state[key] = value;
    else delete this.#state[key];
  }

  // The engine has changed the view by what the reader did.
  /** @param {Changes} changes */
  applyChanges({ state, ...own }) {
    const { element, picture } = this.#host;
    if (!Object.keys({ ...own, ...state }).length) return;
    this.reflecting = true;
    Object.assign(element, own);
    for (const [key, value] of Object.entries(state)) this.set(key, value);
    this.reflecting = false;
    picture.announce = true;
    this.#host.emit("atlas-view-change", this.save());
  }

  // A reader changed the view: say so when it is drawn, to the page now.
  onReaderChange() {
    const host = this.#host;
    host.picture.announce = this.#animate = true;
    host.tooltip.hide();
    this.requestUpdate();
    host.emit("atlas-view-change", this.save());
  }

  // ---- updates

  get updateComplete() {
    return this.#complete ?? Promise.resolve();
  }

  startUpdate() {
    this.#complete ??= new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  resolveUpdate() {
    this.#resolve?.();
    this.#complete = this.#resolve = null;
  }

  // One view in flight; whatever changes meanwhile becomes one more view, the newest.
  requestUpdate() {
    const host = this.#host;
    if (!host.data.loaded || this.#queued) return;
    this.startUpdate();
    this.#queued = true;
    queueMicrotask(() =>
      host.guard(() => {
        this.#queued = false;
        if (host.abort && host.data.loaded) this.#send();
      }),
    );
  }

  #send() {
    const { draft, scene, session } = this.#host;
    if (this.current) {
      this.#dirty = true;
      return;
    }
    this.size = this.#available();
    const [width, height] = this.size;
    // Not shown: nothing to wait for, and the resize observer calls again.
    if (!width) return this.resolveUpdate();
    this.#dirty = false;
    this.current = ++this.#seq;
    const acts = this.#acts.splice(0);
    const view = {
      ...this.environment(),
      seq: this.#seq,
      dpr: this.#dpr(),
      animate: this.#animate && !reducedMotion.matches && !!scene,
      draft: height > 0 && !scene && !draft,
      ...((acts.length && this.#base) || this.viewState()),
    };
    session.send({ type: "view", acts, view });
    this.#base = null;
    this.#animate = false;
  }

  // The view that was at work is done. Whether another one follows.
  finishUpdate() {
    this.current = 0;
    return this.#dirty || this.#acts.length > 0;
  }

  get updateRequested() {
    return this.#queued;
  }

  // The reader did something that the widget understands. With a base it did all of it since then,
  // so it replaces what it did before.
  /** @param {Act[]} acts @param {ViewState | null} [base] @param {boolean} [animate] */
  act(acts, base, animate = false) {
    if (!this.#host.data.loaded) return;
    if (base) {
      this.#base = base;
      this.#acts = acts;
    } else this.#acts.push(...acts);
    this.#animate ||= animate;
    this.requestUpdate();
  }

  // The data is gone: what is on its way is for none.
  clear() {
    this.#host.picture.painting = this.#seq = this.#seq + 1;
    this.#acts = [];
  }

  // ---- what the engine is told

  // As sharp as it is seen. A page that brings it in from small to large wants it sharp in the end.
  #dpr() {
    const { theme, ui } = this.#host;
    const scale = Math.max(1, boxOf(ui.stage).x);
    const dpr = devicePixelRatio * theme.textScale * scale || 1;
    return Math.min(MAX_DPR, Math.max(MIN_DPR, dpr));
  }

  // The width that there is for the picture, and the height that is given, 0 for none; page px. The
  // table that a reader opens comes below, and takes nothing of it.
  /** @returns {[number, number]} */
  #available() {
    const { placeholder, ui } = this.#host;
    const { stage, figure, panel } = ui;
    const minHeight = placeholder.minHeight();
    const { offsetTop, offsetHeight } = /** @type {HTMLElement} */ (
      panel.previousElementSibling
    );
    const around =
      offsetTop + offsetHeight - figure.offsetTop - stage.offsetHeight;
    return [
      stage.clientWidth,
      minHeight && Math.max(0, Math.round(minHeight - around)),
    ];
  }

  // What acts do not change.
  environment() {
    const { pointer, theme, ui } = this.#host;
    return {
      width: ui.stage.clientWidth / theme.textScale,
      height: this.size[1] / theme.textScale,
      lang: theme.lang,
      theme: theme.scheme,
      colors: theme.colors,
      hover: pointer.hover,
      today: Math.floor(Date.now() / DAY_MS),
      hidden: [...this.hiddenKeys],
      metrics: theme.metrics(),
    };
  }

  // What acts change.
  /** @returns {ViewState} */
  viewState() {
    const { element } = this.#host;
    return {
      ...Object.fromEntries(
        VIEW_ATTRIBUTES.map((key) => [key, element.getAttribute(key) ?? ""]),
      ),
      state: { ...this.#state },
    };
  }
}
