// @ts-check
// What a reader can set besides the legend: tabs, lists, sliders, breadcrumbs, a search. The engine
// says which, in words; here they become DOM.
import { load } from "./assets.js";
import { h } from "./dom.js";
import { errorText, t } from "./i18n.js";

/** @import { Control, Line } from './protocol.d.ts' */
/**
 * What controls ask and say.
 * @typedef {object} Listener
 * @property {(key: string, value: string) => void} set
 * @property {(words: string) => Promise<Line[]>} find @property {(datum: number) => void} pick
 */
/** @typedef {{ node: HTMLElement, show?: (value: string) => void }} Made */

let ids = 0;

/** @param {Node} node */
const activeIn = (node) =>
  /** @type {ShadowRoot} */ (node.getRootNode()).activeElement;

export class Controls {
  node = h("div", { class: "controls", part: "controls", hidden: true });
  /** @type {Map<string, Made>} */
  #made = new Map(); // what it was made from → { node, show(value) }
  /** @type {Listener} */
  #on;

  /** @param {Listener} on */
  constructor(on) {
    this.#on = on;
  }

  // A control that has not changed keeps its node, and with it the focus and the finger on it.
  /** @param {Control[]} controls @param {string} lang */
  update(controls, lang) {
    /** @type {Map<string, Made>} */
    const made = new Map();
    for (const control of controls) {
      const { value, ...rest } = control;
      const stamp = JSON.stringify([rest, lang]);
      /** @type {Made} */
      const one = this.#made.get(stamp) ?? this[control.kind](control, lang);
      one.show?.(value);
      made.set(stamp, one);
    }
    const nodes = [...made.values()].map(({ node }) => node);
    if (
      nodes.length !== this.node.childNodes.length ||
      nodes.some((node, i) => node !== this.node.childNodes[i])
    ) {
      const held = [...this.node.children].findIndex((child) =>
        child.contains(activeIn(child)),
      );
      this.node.replaceChildren(...nodes);
      const next = held >= 0 && (nodes[held] ?? nodes.at(-1));
      if (next)
        /** @type {HTMLElement} */ (
          next.querySelector("[aria-current], button, select, input") ?? next
        ).focus({ preventScroll: true });
    }
    this.#made = made;
    this.node.hidden = !nodes.length;
  }

  /** @param {Control} control */
  tabs({ key, label, options }) {
    const buttons = options.map(([value, text]) => {
      const button = h(
        "button",
        { type: "button", class: "tab", part: "tab" },
        text,
      );
      button.addEventListener("click", () => this.#on.set(key, value));
      return button;
    });
    const show = (/** @type {string} */ value) =>
      buttons.forEach((button, i) =>
        button.setAttribute(
          "aria-pressed",
          /** @type {any} */ (options[i][0] === value),
        ),
      );
    return {
      node: h(
        "div",
        { class: "tabs", part: "tabs", role: "group", "aria-label": label },
        ...buttons,
      ),
      show,
    };
  }

  /** @param {Control} control @returns {Made} */
  select({ key, label, options }) {
    const list = h(
      "select",
      {},
      ...options.map(([value, text]) => h("option", { value }, text)),
    );
    list.addEventListener("change", () => this.#on.set(key, list.value));
    return {
      node: h("label", {}, label, list),
      show: (value) => (list.value = value),
    };
  }

  /** @param {Control} control */
  slider({ key, label, options }) {
    const range = h("input", {
      type: "range",
      min: 0,
      max: options.length - 1,
      step: 1,
    });
    const output = h("output");
    const tell = () => {
      const text = options[/** @type {any} */ (range.value)]?.[1] ?? "";
      range.setAttribute("aria-valuetext", text);
      output.textContent = text;
    };
    range.addEventListener("input", () => {
      tell();
      this.#on.set(key, options[/** @type {any} */ (range.value)][0]);
    });
    const show = (/** @type {string} */ value) => {
      range.valueAsNumber = Math.max(
        0,
        options.findIndex(([one]) => one === value),
      );
      tell();
    };
    return { node: h("label", {}, label, range, output), show };
  }

  /** @param {Control} control */
  crumbs({ key, label, options }) {
    /** @type {string} */
    let here;
    const buttons = options.map(([value, text]) => {
      const button = h("button", { type: "button", class: "crumb" }, text);
      button.addEventListener(
        "click",
        () => value !== here && this.#on.set(key, value),
      );
      return button;
    });
    const show = (/** @type {string} */ value) => {
      here = value;
      buttons.forEach((button, i) =>
        options[i][0] === here
          ? button.setAttribute("aria-current", "page")
          : button.removeAttribute("aria-current"),
      );
    };
    return {
      node: h(
        "nav",
        { "aria-label": label },
        h(
          "ol",
          { class: "crumbs" },
          ...buttons.map((button) => h("li", {}, button)),
        ),
      ),
      show,
    };
  }

  // What is found is shown by a module that only those load who search.
  /** @param {Control} control @param {string} lang @returns {Made} */
  search({ label }, lang) {
    const id = "atlas-found-" + ++ids;
    const input = h("input", {
      type: "search",
      role: "combobox",
      "aria-label": label,
      placeholder: label,
      "aria-expanded": "false",
      "aria-controls": id,
      "aria-autocomplete": "list",
      autocomplete: "off",
      spellcheck: "false",
    });
    const list = h("ul", {
      role: "listbox",
      id,
      class: "found",
      "aria-label": label,
      hidden: true,
    });
    const show = (/** @type {boolean} */ open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", `${open}`);
    };
    let run = 0;
    const start = async () => {
      try {
        const { combobox } = await load("combobox", undefined, ++run);
        show(false);
        combobox(input, list, this.#on, t("none", lang));
      } catch {
        // It is asked for again, as another one, by whoever comes back to the field: a request that
        // is still on its way would be waited for.
        listen();
        if (activeIn(input) !== input) return;
        const sentence = errorText("assets", lang);
        list.replaceChildren(h("li", { class: "none" }, sentence));
        show(true);
        input.addEventListener("blur", () => show(false), { once: true });
      }
    };
    const listen = () => input.addEventListener("focus", start, { once: true });
    listen();
    return { node: h("div", { class: "search" }, input, list) };
  }
}
