// @ts-check
// The labels over the picture.
import { h } from "./dom.js";

/** @import { Label } from './packed.js' */

const MAX_LABELS = 2000;
const MAX_SHIFT_PX = 0.01; // of a width that counts as the same

// Writing, then reading, so that the browser lays out once; where there is time between, some
// labels after the other.
/** @param {HTMLElement} layer @param {Label[]} labels @param {HTMLElement[]} pool @param {number} chunk */
export function* setLabels(layer, labels, pool, chunk) {
  const all = labels.slice(0, MAX_LABELS);
  while (pool.length > all.length) pool.pop()?.remove();
  for (let from = 0; from < all.length; from += chunk) {
    const some = all.slice(from, from + chunk);
    const nodes = some.map((label, i) =>
      setLabel(layer, label, pool, from + i),
    );
    const cut = some.map((label, i) => isCut(nodes[i], label));
    cut.forEach((is, i) => {
      if (is) nodes[i].style.visibility = "hidden";
    });
    yield;
  }
}

/** @param {HTMLElement} layer @param {Label} label @param {HTMLElement[]} pool @param {number} i */
const setLabel = (layer, label, pool, i) => {
  // Lines break where the engine has counted them, at spaces.
  const text =
    label.lines > 1 ? label.text.replaceAll("·", "\u2060·\u2060") : label.text;
  const align = label.align === "middle" ? "center" : label.align;
  let node = pool[i];
  if (!node || wouldShift(node, label, text, align)) {
    const fresh = h("span", { part: "label", dir: "auto" });
    node ? node.replaceWith(fresh) : layer.append(fresh);
    node = pool[i] = fresh;
  }
  if (node.textContent !== text) node.textContent = text;
  node.className = label.lines > 1 ? "wrap" : "";
  Object.assign(node.style, {
    // What follows a wheel or a pointer must not count as a shift of the layout.
    translate: `${label.x}px ${label.y}px`,
    width: label.w + "px",
    height: label.h + "px",
    fontSize: label.size + "px",
    fontWeight: label.bold ? 600 : 400,
    fontStyle: label.italic ? "italic" : "",
    textAlign: align,
    color: label.color,
    visibility: "",
  });
  return node;
};

// Other words, or as many in another width, that do not begin at the left would be moved inside of
// their box: a fresh node begins where it is.
/** @param {HTMLElement} node @param {Label} label @param {string} text @param {string} align */
const wouldShift = (node, { w }, text, align) =>
  node.style.textAlign !== align ||
  (align !== "start" &&
    (node.textContent !== text ||
      Math.abs(parseFloat(node.style.width) - w) > MAX_SHIFT_PX));

// What does not fit is hidden whole, never cut.
/** @param {HTMLElement} node @param {Label} label */
const isCut = (node, { w, h: height, size, lines }) =>
  node.scrollWidth > w + 1.5 ||
  (lines > 1 && node.scrollHeight > height + size * 0.6);
