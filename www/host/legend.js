// @ts-check
// The legend: a swatch, a name and a count for each kind of mark; some can be switched off.
import { h } from "./dom.js";

/** @import { LegendItem } from './protocol.d.ts' */

const SVG = "http://www.w3.org/2000/svg";

// How relations are drawn.
/** @type {Record<string, Record<string, string | number>>} */
const LINES = {
  "line-solid": { "stroke-width": 4, opacity: 0.6 },
  "line-thin": { "stroke-width": 1.25 },
  "line-double": { d: "M0 4H24M0 8H24" },
  "line-long-dash": { "stroke-dasharray": "7 3" },
  "line-short-dash": { "stroke-dasharray": "3 3" },
  "line-dotted": {
    "stroke-dasharray": "0 4",
    "stroke-width": 2.5,
    "stroke-linecap": "round",
  },
  "line-wave": { d: "M0 7q2-5 4 0t4 0 4 0 4 0 4 0 4 0" },
  "line-ticks": { d: "M0 6H24M4 3v6M10 3v6M16 3v6M22 3v6", "stroke-width": 1 },
};

// Textures of layers, as compute/src/raster/mark.rs has them.
const LEVEL = "M.5 2h11m-11 4h11m-11 4h11";
const UPRIGHT = "M2 .5v11m4-11v11m4-11v11";
const TEXTURES = [
  "",
  LEVEL,
  UPRIGHT,
  LEVEL + UPRIGHT,
  "M4 4h0m4 0h0M4 8h0m4 0h0",
];
const HATCH = "M.5 .5H11.5V11.5H.5ZM0 6L6 0M0 12L12 0M6 12L12 6";
const BOX = { width: 12, height: 12, rx: 2 };
const FRAME = { x: 1, y: 1, width: 10, height: 10, rx: 2 };

// A swatch for each form, but lines and circles.
/** @type {Record<string, (color: string, open: object) => [string, object]>} */
const SHAPES = {
  dot: (fill) => ["circle", { fill, cx: 6, cy: 6, r: 4 }],
  diamond: (_, open) => ["path", { ...open, d: "M6 1L11 6 6 11 1 6Z" }],
  hatch: (_, open) => ["path", { ...open, "stroke-width": 1, d: HATCH }],
  ring: (_, open) => ["rect", { ...open, ...FRAME }],
  dashed: (_, open) => [
    "rect",
    { ...open, ...FRAME, "stroke-dasharray": "3 2" },
  ],
  soft: (fill) => ["rect", { fill, ...BOX, opacity: 0.45 }],
};

/** @param {string} tag @param {object} attributes */
const svgElement = (tag, attributes) => {
  const node = document.createElementNS(SVG, tag);
  for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v);
  return node;
};

// As a mark's style has it: kind, then strength.
/** @param {number} texture */
const textureLines = (texture) =>
  svgElement("path", {
    d: TEXTURES[texture & 7],
    stroke: "var(--ground)",
    "stroke-width": (texture & 7) > 3 ? 2 : 1,
    "stroke-linecap": "round",
    opacity: (texture >> 3) / 15,
  });

const swatch = (form = "swatch", color = "currentColor") => {
  const line = LINES[form];
  const isCircle = form.startsWith("circle");
  const radius = isCircle
    ? Math.min(24, Math.max(1, parseFloat(form.slice(7)) || 5))
    : 5.5;
  const width = line ? 24 : Math.max(12, 2 * radius + 1);
  const height = line ? 12 : width;
  const viewBox = `0 0 ${width} ${height}`;
  const svg = svgElement("svg", {
    width,
    height,
    viewBox,
    "aria-hidden": true,
  });
  const open = { fill: "none", stroke: color, "stroke-width": 1.5 };
  /** @returns {[string, object]} */
  const shape = () => {
    if (line) return ["path", { ...open, d: "M0 6H24", ...line }];
    if (isCircle)
      return ["circle", { ...open, cx: width / 2, cy: width / 2, r: radius }];
    return (
      SHAPES[form]?.(color, open) ?? [
        "rect",
        { fill: color, ...BOX, opacity: 1 },
      ]
    );
  };
  svg.append(svgElement(...shape()));
  const texture = form.startsWith("grain") && form.slice(6);
  if (texture) svg.append(textureLines(+texture));
  return svg;
};

// Relations, layers and other switches, what only explains: each begins a line of the legend.
/** @param {LegendItem} item */
const rankOf = ({ count, form }) =>
  count == null ? 0 : form.startsWith("line") ? 1 : 2;

// Small counts say themselves: Intl takes its time when it is first asked.
/** @param {number} count @param {string} lang */
const countText = (count, lang) =>
  count < 1000 ? String(count) : count.toLocaleString(lang);

/** @param {LegendItem} item @param {Set<string>} hidden @param {string} lang @param {(key: string) => void} onToggle */
const legendItem = (
  { key, label, color, form, count },
  hidden,
  lang,
  onToggle,
) => {
  const content = [
    form === "none" ? null : swatch(form, color),
    h("span", {}, label),
    count ? h("span", { class: "count" }, countText(count, lang)) : null,
  ];
  if (count == null || !key)
    return h("li", {}, h("span", { class: "key" }, ...content));
  const pressed = String(!hidden.has(key));
  const button = h(
    "button",
    { type: "button", "aria-pressed": pressed },
    ...content,
  );
  button.addEventListener("click", () => onToggle(key));
  return h("li", {}, button);
};

/**
 * @param {LegendItem[]} legend
 * @param {Set<string>} hidden keys that are switched off
 * @param {string} lang
 * @param {(key: string) => void} onToggle
 */
export const legendItems = (legend, hidden, lang, onToggle) =>
  legend.flatMap((item, i) => {
    const node = legendItem(item, hidden, lang, onToggle);
    return i && rankOf(item) !== rankOf(legend[i - 1])
      ? [h("li", { class: "break", "aria-hidden": "true" }), node]
      : [node];
  });
