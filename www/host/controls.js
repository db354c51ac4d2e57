// What a reader can set besides the legend: tabs, lists, sliders, breadcrumbs, a search. The engine
// says which, in words; here they become DOM.
import { h } from "./dom.js";
import { t } from "./i18n.js";

let ids = 0;

// on: { set(key, value), find(words) → promise of [datum, label][], pick(datum) }
export class Controls {
  node = h("div", { class: "controls", part: "controls", hidden: true });
  #made = new Map(); // what it was made from → { node, show(value) }
  #on;

  constructor(on) {
    this.#on = on;
  }

  // A control that has not changed keeps its node, and with it the focus and the finger on it.
  update(controls, lang) {
    const made = new Map();
    for (const control of controls) {
      const { value, ...rest } = control;
      const stamp = JSON.stringify([rest, lang]);
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
        child.contains(child.getRootNode().activeElement),
      );
      this.node.replaceChildren(...nodes);
      const next = held >= 0 && (nodes[held] ?? nodes.at(-1));
      if (next)
        (
          next.querySelector("[aria-current], button, select, input") ?? next
        ).focus({ preventScroll: true });
    }
    this.#made = made;
    this.node.hidden = !nodes.length;
  }

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
    const show = (value) =>
      buttons.forEach((button, i) =>
        button.setAttribute("aria-pressed", options[i][0] === value),
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

  slider({ key, label, options }) {
    const range = h("input", {
      type: "range",
      min: 0,
      max: options.length - 1,
      step: 1,
    });
    const output = h("output");
    const tell = () => {
      const text = options[range.value]?.[1] ?? "";
      range.setAttribute("aria-valuetext", text);
      output.textContent = text;
    };
    range.addEventListener("input", () => {
      tell();
      this.#on.set(key, options[range.value][0]);
    });
    const show = (value) => {
      range.value = Math.max(
        0,
        options.findIndex(([one]) => one === value),
      );
      tell();
    };
    return { node: h("label", {}, label, range, output), show };
  }

  crumbs({ key, label, options }) {
    let here;
    const buttons = options.map(([value, text]) => {
      const button = h("button", { type: "button", class: "crumb" }, text);
      button.addEventListener(
        "click",
        () => value !== here && this.#on.set(key, value),
      );
      return button;
    });
    const show = (value) => {
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
    let found = [];
    let at = -1;
    const mark = (next) => {
      at = next;
      [...list.children].forEach((item, i) =>
        item.setAttribute("aria-selected", i === at),
      );
      const item = list.children[at];
      item?.scrollIntoView({ block: "nearest" });
      item
        ? input.setAttribute("aria-activedescendant", item.id)
        : input.removeAttribute("aria-activedescendant");
    };
    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", open);
      mark(-1);
    };
    const choose = (i) => {
      if (!found[i]) return;
      input.value = found[i][1];
      show(false);
      this.#on.pick(found[i][0]);
    };
    input.addEventListener("input", async () => {
      const words = input.value.trim();
      const answer = words ? await this.#on.find(words) : [];
      // The reader has typed on, or gone on.
      if (
        words !== input.value.trim() ||
        input.getRootNode().activeElement !== input
      )
        return;
      found = answer;
      const items = found.map(([, text], i) => {
        const item = h("li", { role: "option", id: `${id}-${i}` }, text);
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault(); // the focus stays in the field
          choose(i);
        });
        return item;
      });
      list.replaceChildren(
        ...(items.length || !words
          ? items
          : [h("li", { class: "none" }, t("none", lang))]),
      );
      show(!!words);
    });
    input.addEventListener("keydown", (event) => {
      const { key } = event;
      const last = found.length - 1;
      if (event.isComposing) return;
      if (key === "ArrowDown") mark(at < last ? at + 1 : 0);
      else if (key === "ArrowUp") mark(at > 0 ? at - 1 : last);
      else if (key === "Enter") choose(Math.max(0, at));
      else if (key === "Escape" && !list.hidden) show(false);
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", () => show(false));
    return { node: h("div", { class: "search" }, input, list) };
  }
}
