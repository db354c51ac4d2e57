// @ts-check
// The shadow DOM of an element, which is built once. The words come later.
import { h } from "./dom.js";

/** @typedef {ReturnType<typeof buildTemplate>} Template */
/**
 * What controllers bring along.
 * @typedef {object} Parts
 * @property {HTMLCanvasElement} canvas @property {HTMLElement} outline @property {HTMLElement} controls
 * @property {HTMLElement[]} downloads
 */

// What is seen before the figure.
const placeholderNodes = () => {
  const loading = h("span");
  const poster = h("img", {
    class: "poster",
    part: "poster",
    alt: "",
    hidden: true,
  });
  const placeholder = h(
    "div",
    { class: "wait" },
    h("slot", { name: "poster" }, poster),
    h("slot", { name: "progress" }, loading),
  );
  return { loading, poster, placeholder, ownTable: h("slot") };
};

// The picture and what stands over it.
/** @param {Parts} parts */
const stageNodes = ({ canvas, outline }) => {
  const labels = h("div", { class: "labels", "aria-hidden": "true" });
  const hint = h("div", { class: "hint", "aria-hidden": "true", hidden: true });
  const stage = h(
    "div",
    { part: "stage", class: "stage" },
    canvas,
    labels,
    outline,
    hint,
  );
  return { canvas, labels, hint, stage };
};

// What a reader can set, above the picture.
/** @param {Parts} parts */
const toolbarNodes = ({ controls }) => {
  const zoom = h("div", {
    class: "zoom",
    role: "group",
    part: "zoom",
    hidden: true,
  });
  const bar = h("div", { class: "bar", role: "toolbar" }, controls, zoom);
  return { zoom, bar };
};

// Words above and below the picture.
const captionNodes = () => ({
  title: h("h3", { part: "title", hidden: true }),
  takeaway: h("p", { part: "takeaway", class: "lead", hidden: true }),
  subline: h("p", { part: "subline", class: "sub", hidden: true }),
  count: h("p", { class: "sub", part: "status", hidden: true }),
  legend: h("ul", { class: "legend", part: "legend", hidden: true }),
  lists: h("div", { class: "lists", hidden: true }),
  notes: h("div", { part: "notes", hidden: true }),
});

const errorNodes = () => ({
  error: h("p", {
    class: "fault",
    part: "error",
    role: "status",
    hidden: true,
  }),
  issues: h("details", { class: "issues", part: "issues", hidden: true }),
  fallback: h("div", { class: "still" }),
});

/** @param {Parts} parts */
const footerNodes = (parts) => {
  const sources = h("div", { class: "by", hidden: true });
  const tableButton = h("button", {
    type: "button",
    "aria-expanded": "false",
    "aria-keyshortcuts": "*",
  });
  const downloads = h(
    "details",
    { class: "save", part: "download" },
    h("summary"),
    ...parts.downloads,
  );
  const tools = h("div", { class: "do" }, tableButton, downloads);
  const footer = h(
    "footer",
    { part: "footer" },
    sources,
    tools,
    h("slot", { name: "footer" }),
  );
  return { sources, tableButton, downloads, tools, footer };
};

const overlayNodes = () => ({
  panel: h("div", { class: "panel", part: "table", hidden: true }),
  live: h("div", { class: "live", "aria-live": "polite" }),
  print: h("div", { class: "paper", "aria-hidden": "true" }),
  tooltip: h("div", {
    class: "card",
    part: "card",
    role: "group",
    hidden: true,
  }),
  // Tells the reader's text size and, by a transition, a change of the colour scheme.
  probe: h("i", { class: "probe", "aria-hidden": "true" }),
  // Outside of the root, whose theme is its own: what text and colour scheme are where the element
  // stands.
  inherited: h("i", { class: "tint", "aria-hidden": "true" }),
});

/** @param {Parts} parts */
export const buildTemplate = (parts) => {
  const ui = {
    ...placeholderNodes(),
    ...stageNodes(parts),
    ...toolbarNodes(parts),
    ...captionNodes(),
    ...errorNodes(),
    ...footerNodes(parts),
    ...overlayNodes(),
  };
  const figure = h(
    "figure",
    { part: "figure" },
    ui.title,
    ui.takeaway,
    ui.subline,
    ui.bar,
    ui.stage,
    ui.print,
    ui.tooltip,
    ui.count,
    ui.legend,
    ui.error,
    ui.issues,
    ui.fallback,
    ui.lists,
    ui.notes,
    ui.footer,
    ui.panel,
  );
  // As wide as the figure, also in a box that fits its content.
  const room = h("canvas", {
    class: "room",
    width: 1200,
    height: 0,
    "aria-hidden": "true",
  });
  const root = h(
    "div",
    { class: "root first" },
    h("div", { class: "hold" }, figure),
    ui.placeholder,
    room,
    ui.live,
    ui.probe,
  );
  return { ...ui, figure, root };
};
