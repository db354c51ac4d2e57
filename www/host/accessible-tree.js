// @ts-check
// The parallel document over the picture: one tab stop, keys that follow the drawing, names for
// screen readers. A treemap is a tree; the others are lists, of organisations by layer with their
// relations below them, of events by year.
import { h } from "./dom.js";
import { t } from "./i18n.js";

/** @import { Item } from './packed.js' */
/** @import { Kind } from './types.d.ts' */
/**
 * What the tree tells.
 * @typedef {object} Listener
 * @property {(item: Item | undefined) => void} focus @property {(event: FocusEvent) => void} blur
 * @property {(item: Item) => void} pick @property {() => void} escape @property {() => void} table
 * @property {(words: string) => void} tell @property {(key: string, item: Item) => void} key
 */

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
const TYPE_MS = 800;
// What the keys A to Z write in Korean: outside of a field many systems hand over the Latin letter
// of the key, or its place alone.
const JAMO = "ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ";

export class AccessibleTree {
  node;
  /** @type {Item[]} */
  items = [];
  /** @type {Map<number, number>} */
  #byDatum = new Map();
  /** @type {{ head: HTMLElement, list: HTMLElement }[]} */
  #groups = []; // lists with their headings
  /** @type {HTMLElement[]} */
  #pool = [];
  #now = 0;
  #typed = "";
  #typedAt = 0;
  /** @type {Listener} */
  #on;
  #tree;
  #line; // all in one row: Home and End lead to its ends, not to those of a list
  #whole = false; // it has been made once
  /** @type {string[]} */
  #keys = []; // those that the widget itself answers

  /** @param {Listener} on @param {Kind} kind */
  constructor(on, kind) {
    this.#on = on;
    this.#tree = kind === "market-share";
    this.#line = kind === "funding-timeline";
    this.node = h("div", {
      role: this.#tree ? "tree" : "group",
      part: "outline",
      class: "tree",
    });
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.node.addEventListener("focusin", ({ target }) => {
      this.#stop(this.#pool.indexOf(/** @type {HTMLElement} */ (target)));
      on.focus(this.items[this.#now]);
    });
    this.node.addEventListener("focusout", on.blur);
    this.node.addEventListener("click", (event) => {
      const item =
        this.items[
          this.#pool.indexOf(/** @type {HTMLElement} */ (event.target))
        ];
      if (!item) return;
      event.stopPropagation(); // a screen reader's click: it has no place, only a target
      on.pick(item);
    });
  }

  /** @param {number} datum @returns {Item | undefined} */
  get(datum) {
    return this.items[/** @type {number} */ (this.#byDatum.get(datum))];
  }

  // Nothing scrolls, unless whoever comes back may be far away.
  /** @param {any} [datum] @param {boolean} [still] */
  focus(datum, still = true) {
    this.#go(this.#byDatum.get(datum) ?? this.#now, still);
  }

  // What a finger can hardly hit is as large as 24 px.
  /** @param {number} x @param {number} y @returns {Item | undefined} */
  near(x, y) {
    const far = (/** @type {Item} */ { x: left, y: top, w, h: height }) =>
      Math.max(
        Math.abs(x - left - w / 2) - Math.max(0, w / 2 - 12),
        Math.abs(y - top - height / 2) - Math.max(0, height / 2 - 12),
      );
    return this.items
      .filter((item) => (item.w < 24 || item.h < 24) && far(item) <= 12)
      .sort((a, b) => far(a) - far(b))[0];
  }

  // All of it, some items after the other. The first time nobody finds it before it is whole.
  /**
   * @param {Item[]} items
   * @param {string[]} groups
   * @param {string} keys
   * @param {(item: Item) => boolean} selected
   * @param {string} lang
   * @param {number} slice
   */
  *update(items, groups, keys, selected, lang, slice) {
    this.#keys = keys.split(" ");
    const held = this.node.contains(
      /** @type {ShadowRoot} */ (this.node.getRootNode()).activeElement,
    );
    const kept = this.items[this.#now]?.datum;
    this.items = items;
    /** @type {[number, number][]} */
    const places = items.map((item, i) => [item.datum, i]);
    this.#byDatum = new Map(places.reverse());
    this.node.setAttribute("aria-label", t("items", lang));
    this.node.hidden = !items.length;
    if (!this.#whole) this.node.style.visibility = "hidden";
    if (!this.#tree) this.#lists(groups);
    while (this.#pool.length > items.length) {
      const node = /** @type {HTMLElement} */ (this.#pool.pop());
      /** @type {HTMLElement} */ (this.#tree ? node : node.parentNode).remove();
    }
    for (const [i, item] of items.entries()) {
      if (i && i % slice === 0) yield;
      const node = (this.#pool[i] ??= h("div", {
        role: this.#tree ? "treeitem" : "button",
        part: "item",
      }));
      if (this.#tree) {
        if (!node.parentNode) this.node.append(node);
      } else this.#place(node, item);
      if (node.ariaLabel !== item.name)
        node.setAttribute("aria-label", item.name);
      node.setAttribute(
        this.#tree ? "aria-selected" : "aria-pressed",
        /** @type {any} */ (selected(item)),
      );
      node.tabIndex = -1;
      // The ring of a small mark stands around it.
      node.className = item.w < 24 || item.h < 24 ? "dot" : "";
      Object.assign(node.style, {
        left: item.x + "px",
        top: item.y + "px",
        width: item.w + "px",
        height: item.h + "px",
      });
    }
    if (this.#tree) this.#branch();
    this.#stop(this.#byDatum.get(/** @type {number} */ (kept)) ?? 0);
    if (!this.#whole) yield;
    this.#whole = true;
    this.node.style.visibility = "";
    yield;
    // Its node may have gone, be another one's now, or have lost the focus on its way to another
    // list.
    if (held) this.focus();
  }

  // A heading and a list for each layer or year.
  /** @param {string[]} groups */
  #lists(groups) {
    while (this.#groups.length < groups.length) {
      const one = {
        head: h("h4", { class: "live" }),
        list: h("ul", { role: "list" }),
      };
      this.#groups.push(one);
      this.node.append(one.head, one.list);
    }
    while (this.#groups.length > groups.length)
      for (const node of Object.values(
        /** @type {object} */ (this.#groups.pop()),
      ))
        node.remove();
    groups.forEach((name, i) => {
      const { head, list } = this.#groups[i];
      head.hidden = !name; // organisations of which nobody says a layer
      if (head.textContent === name) return;
      head.textContent = name;
      if (name) list.setAttribute("aria-label", name);
      else list.removeAttribute("aria-label");
    });
  }

  /** @param {HTMLElement & { stamp?: string }} node @param {Item} item */
  #place(node, { group, lines = [] }) {
    const row = /** @type {HTMLElement} */ (
      node.parentNode ?? h("li", {}, node)
    );
    const home = this.#groups[group]?.list;
    if (home && row.parentNode !== home) home.append(row);
    const stamp = lines.join("\n");
    if (node.stamp === stamp) return;
    node.stamp = stamp;
    node.nextSibling?.remove();
    if (stamp)
      row.append(
        h(
          "ul",
          { role: "list", class: "live" },
          ...lines.map((line) => h("li", {}, line)),
        ),
      );
  }

  // Of a tree each item says where it is; what can be opened also whether it is.
  #branch() {
    const { items } = this;
    /** @type {Map<number | undefined, number[]>} */
    const families = new Map();
    /** @type {number[]} */
    const levels = [];
    items.forEach(({ go }, i) => {
      const up = this.#byDatum.get(go[2]);
      levels[i] = 1 + (levels[/** @type {number} */ (up)] ?? 0);
      families.set(up, [...(families.get(up) ?? []), i]);
    });
    for (const [, family] of families)
      family.forEach((i, place) => {
        const node = this.#pool[i];
        node.setAttribute("aria-level", /** @type {any} */ (levels[i]));
        node.setAttribute("aria-posinset", /** @type {any} */ (place + 1));
        node.setAttribute("aria-setsize", /** @type {any} */ (family.length));
        if (families.has(i) || items[i].opens)
          node.setAttribute(
            "aria-expanded",
            /** @type {any} */ (families.has(i)),
          );
        else node.removeAttribute("aria-expanded");
      });
  }

  /** @param {number} index */
  #stop(index) {
    if (index < 0) return;
    if (this.#pool[this.#now]) this.#pool[this.#now].tabIndex = -1;
    this.#now = index;
    if (this.#pool[index]) this.#pool[index].tabIndex = 0;
  }

  /** @param {number | undefined} index @param {boolean} [still] */
  #go(index, still) {
    if (index === undefined || !this.#pool[index]) return;
    this.#stop(index);
    this.#pool[index].focus({ preventScroll: still });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key } = event;
    const { items } = this;
    const item = items[this.#now];
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const peer = (/** @type {Item} */ other) =>
      this.#line ||
      (this.#tree ? other.go[2] === item.go[2] : other.group === item.group);
    const arrow = ARROWS.indexOf(key);
    if (this.#keys.includes(key) || "+=-0".includes(key))
      this.#on.key(key, item);
    else if (arrow >= 0) {
      // Whoever follows a relation hears which.
      const line = item.lines?.[/** @type {number[]} */ (item.via)[arrow]];
      if (line) this.#on.tell(`${item.key}: ${line}`);
      this.#go(this.#byDatum.get(item.go?.[arrow]));
    } else if (key === "Home") this.#go(items.findIndex(peer));
    else if (key === "End") this.#go(items.findLastIndex(peer));
    else if (key === "PageDown")
      this.#go(items.findIndex(({ group }) => group > item.group));
    else if (key === "PageUp") {
      const before = items.findLast(({ group }) => group < item.group)?.group;
      this.#go(items.findIndex(({ group }) => group === before));
    } else if (key === "Enter" || key === " ") this.#on.pick(item);
    else if (key === "Escape") this.#on.escape();
    else if (key === "*") this.#on.table();
    else if (key.length === 1) this.#type(key, event.timeStamp);
    else if (key === "Process" && /^Key.$/.test(event.code))
      this.#type(event.code[3], event.timeStamp);
    else return;
    event.preventDefault();
  }

  /** @param {string} letter @param {number} now */
  #type(letter, now) {
    this.#typed =
      (now - this.#typedAt < TYPE_MS ? this.#typed : "") + letter.toLowerCase();
    this.#typedAt = now;
    const { items } = this;
    const from = this.#now + /** @type {any} */ (this.#typed.length === 1);
    // ㅅㅅ finds 삼성, and so does tt where no name begins with it.
    for (const words of [
      this.#typed,
      this.#typed.replace(/[a-z]/g, (c) => JAMO[c.charCodeAt(0) - 97]),
    ]) {
      for (let k = 0; k < items.length; k++) {
        const i = (from + k) % items.length;
        const { key, initials } = items[i];
        if (
          [key, initials].some((name) => name?.toLowerCase().startsWith(words))
        )
          return this.#go(i);
      }
    }
  }
}
