// @ts-check
// The words around a graphic: what the element says is the draft, what an editor wrote stays, and
// what was drafted for other data goes with it.
import { code } from "./code.js";
import { busy, state, ui } from "./page.js";

/** @param {string} name */
const part = (name) => {
  const node = state.now.element?.shadowRoot?.querySelector(
    `[part~="${name}"]`,
  );
  return node && !node.hidden ? node.textContent.trim() : "";
};
/** @param {string} text */
const sentence = (text) => (/[.!?。]$/.test(text) ? text : text + ".");

/** @param {Record<string, string>} next */
const redraft = (next) => {
  for (const key of ["alt", "takeaway"])
    if (ui[key].value === (state.draft[key] ?? ""))
      ui[key].value = next[key] ?? "";
  ui.title.placeholder = next.title ?? "";
  state.draft = next;
};

/** Nothing was drawn: the words of what stood there before go. */
export const dropDrafts = () => redraft({});

export const backToDraft = () => {
  for (const key of ["alt", "takeaway"]) ui[key].value = state.draft[key] ?? "";
  return code();
};

export const words = busy(async () => {
  const { now } = state;
  if (now.ok) {
    // A new width is heard of after one frame and painted after some more.
    await new Promise(requestAnimationFrame);
    await now.element.updateComplete;
    await new Promise(requestAnimationFrame);
    const said = [
      ...new Set(
        [part("title"), part("takeaway"), part("subline")]
          .map((line) => line.replace(/^[ ·]+/, ""))
          .filter(Boolean),
      ),
    ];
    redraft({
      title: said[0] ?? "",
      alt: said.map(sentence).join(" "),
      takeaway: part("takeaway") || part("title"),
    });
  }
  await code();
});
