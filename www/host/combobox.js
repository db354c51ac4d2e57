// @ts-check
// A search field with a list of what was found, as the combobox pattern of WAI-ARIA has it. Fetched
// by those who come to the field.
import { h } from "./dom.js";

/** @import { Line } from './protocol.d.ts' */

// `none`: what is said where nothing is found.
/**
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {{ find: (words: string) => Promise<Line[]>, pick: (datum: number) => void }} on
 * @param {string} none
 */
export const combobox = (input, list, on, none) => {
  /** @type {Line[]} */
  let found = [];
  let at = -1;
  const mark = (/** @type {number} */ next) => {
    at = next;
    [...list.children].forEach((item, i) =>
      item.setAttribute("aria-selected", `${i === at}`),
    );
    const item = list.children[at];
    item?.scrollIntoView({ block: "nearest" });
    item
      ? input.setAttribute("aria-activedescendant", item.id)
      : input.removeAttribute("aria-activedescendant");
  };
  const show = (/** @type {boolean} */ open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", `${open}`);
    mark(-1);
  };
  const choose = (/** @type {number} */ i) => {
    if (!found[i]) return;
    input.value = found[i][1];
    show(false);
    on.pick(found[i][0]);
  };
  input.addEventListener("input", async () => {
    const words = input.value.trim();
    const answer = words ? await on.find(words) : [];
    // The reader has typed on, or gone on.
    if (
      words !== input.value.trim() ||
      /** @type {ShadowRoot} */ (input.getRootNode()).activeElement !== input
    )
      return;
    found = answer;
    const items = found.map(([, text], i) => {
      const item = h("li", { role: "option", id: `${list.id}-${i}` }, text);
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault(); // the focus stays in the field
        choose(i);
      });
      return item;
    });
    list.replaceChildren(
      ...(items.length || !words ? items : [h("li", { class: "none" }, none)]),
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
  // What was typed before this came.
  if (input.value) input.dispatchEvent(new Event("input"));
};
