// @ts-check
// What the tooltip says of a row, and where it stands.
import { h, link } from "./dom.js";
import { t } from "./i18n.js";

/** @import { Tooltip } from './protocol.d.ts' */

/** @param {HTMLElement} node @param {Tooltip} content @param {string} lang @param {() => void} close */
export const fillTooltip = (node, content, lang, close) => {
  const line = (
    /** @type {string} */ name,
    /** @type {string | undefined} */ text,
  ) => (text?.length ? h("div", { class: name }, text) : null);
  const button = h(
    "button",
    { class: "x", type: "button", "aria-label": t("close", lang) },
    "×",
  );
  button.addEventListener("click", close);
  node.replaceChildren(
    ...[
      h("b", {}, content.title ?? ""),
      line("big", content.value),
      line("", content.share),
      line("dim", content.date),
      line("", content.status?.join(" · ")),
      content.rows?.length
        ? h(
            "dl",
            {},
            ...content.rows.flatMap(([a, b], i, all) => [
              all[i - 1]?.[0] === a ? "" : h("dt", {}, a),
              h("dd", {}, b),
            ]),
          )
        : null,
      line("dim", content.note),
      ...(content.cites ?? []).map(({ text, url }) =>
        h("div", { class: "cite" }, link(text, url)),
      ),
      button,
    ].filter((child) => child != null),
  );
};

// Beside its anchor, never over it: the first of right, left, below, above that fits; boxes are in
// the frame's coordinates. Moved, not laid out anew: a pointer that wanders would push its own
// tooltip about, and browsers count that against the page.
/**
 * @param {HTMLElement} node
 * @param {{ x: number, y: number, w: number, h: number }} anchor
 * @param {{ top: number, height: number, width: number }} frame
 */
export const placeBeside = (node, anchor, frame) => {
  const { offsetWidth: w, offsetHeight: height } = node;
  const gap = 8;
  const view = { top: -frame.top, bottom: frame.height - frame.top };
  const clamp = (
    /** @type {number} */ v,
    /** @type {number} */ low,
    /** @type {number} */ high,
  ) => Math.max(low, Math.min(v, high));
  const beside = clamp(
    anchor.y,
    view.top,
    Math.max(view.top, view.bottom - height),
  );
  const along = clamp(anchor.x, 0, Math.max(0, frame.width - w));
  /** @type {[number, number][]} */
  const all = [
    [anchor.x + anchor.w + gap, beside],
    [anchor.x - w - gap, beside],
    [along, anchor.y + anchor.h + gap],
    [along, anchor.y - height - gap],
  ];
  const spots = all.filter(([x]) => x >= 0 && x + w <= frame.width);
  const hidden = (/** @type {[number, number]} */ [, y]) =>
    Math.max(0, view.top - y) + Math.max(0, y + height - view.bottom);
  const [x, y] = spots.reduce(
    (a, b) => (hidden(b) < hidden(a) ? b : a),
    spots[0] ?? [0, anchor.y + anchor.h + gap],
  );
  node.style.translate = `${x}px ${y}px`;
};
