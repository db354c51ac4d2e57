// What stands over and around the picture: labels, legend keys, the card; and what the page's own
// table holds.
import { h, link } from "./dom.js";
import { t } from "./i18n.js";

const SVG = "http://www.w3.org/2000/svg";

// Writing, then reading, so that the browser lays out once; where there is time between, some
// labels after the other. What does not fit is hidden whole, never cut.
export function* setLabels(layer, labels, pool, slice) {
  const all = labels.slice(0, 2000);
  while (pool.length > all.length) pool.pop().remove();
  for (let from = 0; from < all.length; from += slice) {
    const some = all.slice(from, from + slice);
    const nodes = some.map((label, i) => {
      // Lines break where the engine has counted them, at spaces.
      const text =
        label.lines > 1
          ? label.text.replaceAll("·", "\u2060·\u2060")
          : label.text;
      let node = pool[from + i];
      // Other words, or as many in another width, that do not begin at the left would be moved
      // inside of their box: a fresh one begins where it is.
      const align = label.align === "middle" ? "center" : label.align;
      const moves =
        node &&
        (node.style.textAlign !== align ||
          (align !== "start" &&
            (node.textContent !== text ||
              Math.abs(parseFloat(node.style.width) - label.w) > 0.01)));
      if (!node || moves) {
        const fresh = h("span", { part: "label", dir: "auto" });
        node ? node.replaceWith(fresh) : layer.append(fresh);
        node = pool[from + i] = fresh;
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
    });
    const cut = some.map(
      ({ w, h: height, size, lines }, i) =>
        nodes[i].scrollWidth > w + 1.5 ||
        (lines > 1 && nodes[i].scrollHeight > height + size * 0.6),
    );
    cut.forEach((is, i) => is && (nodes[i].style.visibility = "hidden"));
    yield;
  }
}

const LINES = {
  "line-solid": { "stroke-width": 4, opacity: 0.6 },
  "line-thin": { "stroke-width": 1.25 },
  "line-double": { double: true },
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

// Grains of layers, as compute/src/raster/mark.rs has them.
const LEVEL = "M.5 2h11m-11 4h11m-11 4h11";
const UPRIGHT = "M2 .5v11m4-11v11m4-11v11";
const GRAINS = [
  "",
  LEVEL,
  UPRIGHT,
  LEVEL + UPRIGHT,
  "M4 4h0m4 0h0M4 8h0m4 0h0",
];

export const swatch = (form = "swatch", color = "currentColor") => {
  const line = LINES[form];
  const radius = form.startsWith("circle")
    ? Math.min(24, Math.max(1, parseFloat(form.slice(7)) || 5))
    : 5.5;
  const width = line ? 24 : Math.max(12, 2 * radius + 1);
  const height = line ? 12 : width;
  // As a mark's style has it: kind, then strength.
  const grain = form.startsWith("grain") && form.slice(6);
  const svg = document.createElementNS(SVG, "svg");
  const draw = (tag, attributes) => {
    const node = svg.appendChild(document.createElementNS(SVG, tag));
    for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v);
  };
  for (const [k, v] of Object.entries({
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    "aria-hidden": true,
  }))
    svg.setAttribute(k, v);
  const open = { fill: "none", stroke: color, "stroke-width": 1.5 };
  if (line?.double) draw("path", { ...open, d: "M0 4H24M0 8H24" });
  else if (line) draw("path", { ...open, d: "M0 6H24", ...line });
  else if (form.startsWith("circle"))
    draw("circle", { ...open, cx: width / 2, cy: width / 2, r: radius });
  else if (form === "dot") draw("circle", { fill: color, cx: 6, cy: 6, r: 4 });
  else if (form === "diamond")
    draw("path", { ...open, d: "M6 1L11 6 6 11 1 6Z" });
  else if (form === "hatch")
    draw("path", {
      ...open,
      "stroke-width": 1,
      d: "M.5 .5H11.5V11.5H.5ZM0 6L6 0M0 12L12 0M6 12L12 6",
    });
  else if (form === "ring")
    draw("rect", { ...open, x: 1, y: 1, width: 10, height: 10, rx: 2 });
  else if (form === "dashed")
    draw("rect", {
      ...open,
      x: 1,
      y: 1,
      width: 10,
      height: 10,
      rx: 2,
      "stroke-dasharray": "3 2",
    });
  else
    draw("rect", {
      fill: color,
      width: 12,
      height: 12,
      rx: 2,
      opacity: form === "soft" ? 0.45 : 1,
    });
  if (grain)
    draw("path", {
      d: GRAINS[grain & 7],
      stroke: "var(--g)",
      "stroke-width": (grain & 7) > 3 ? 2 : 1,
      "stroke-linecap": "round",
      opacity: (grain >> 3) / 15,
    });
  return svg;
};

export const fillCard = (node, card, lang, close) => {
  const line = (name, text) =>
    text?.length ? h("div", { class: name }, text) : null;
  const button = h(
    "button",
    { class: "x", type: "button", "aria-label": t("close", lang) },
    "×",
  );
  button.addEventListener("click", close);
  node.replaceChildren(
    ...[
      h("b", {}, card.title ?? ""),
      line("big", card.value),
      line("", card.share),
      line("dim", card.date),
      line("", card.status?.join(" · ")),
      card.rows?.length
        ? h(
            "dl",
            {},
            ...card.rows.flatMap(([a, b], i, all) => [
              all[i - 1]?.[0] === a ? "" : h("dt", {}, a),
              h("dd", {}, b),
            ]),
          )
        : null,
      line("dim", card.note),
      ...(card.cites ?? []).map(({ text, url }) =>
        h("div", { class: "cite" }, link(text, url)),
      ),
      button,
    ].filter(Boolean),
  );
};

// Beside its anchor, never over it: the first of right, left, below, above that fits; boxes are in
// the frame's coordinates. Moved, not laid out anew: a pointer that wanders would push its own card
// about, and browsers count that against the page.
export const place = (node, anchor, frame) => {
  const { offsetWidth: w, offsetHeight: height } = node;
  const gap = 8;
  const view = { top: -frame.top, bottom: frame.height - frame.top };
  const clamp = (v, low, high) => Math.max(low, Math.min(v, high));
  const beside = clamp(
    anchor.y,
    view.top,
    Math.max(view.top, view.bottom - height),
  );
  const along = clamp(anchor.x, 0, Math.max(0, frame.width - w));
  const spots = [
    [anchor.x + anchor.w + gap, beside],
    [anchor.x - w - gap, beside],
    [along, anchor.y + anchor.h + gap],
    [along, anchor.y - height - gap],
  ].filter(([x]) => x >= 0 && x + w <= frame.width);
  const hidden = ([, y]) =>
    Math.max(0, view.top - y) + Math.max(0, y + height - view.bottom);
  const [x, y] = spots.reduce(
    (a, b) => (hidden(b) < hidden(a) ? b : a),
    spots[0] ?? [0, anchor.y + anchor.h + gap],
  );
  node.style.translate = `${x}px ${y}px`;
};

// ---- the page's own table as data

const HIDDEN =
  'script,style,template,noscript,[hidden],[aria-hidden="true"],[style*="display:none"],[style*="display: none"],[style*="visibility:hidden"],[style*="visibility: hidden"]';
const MARK =
  /^[\s[(]*(?:\d{1,3}|[a-z]|주\s*\d*|[*†‡§#]+)(?:\s*,\s*(?:\d{1,3}|[a-z]))*[\])\s]*$/i; // a footnote's
// What a reader sees in a cell, without marks of footnotes; a table in it is another table.
const cellText = (cell) => {
  let out = "";
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) out += child.data;
      if (
        child.nodeType !== 1 ||
        child.matches(HIDDEN) ||
        child.localName === "table"
      )
        continue;
      const tag = child.localName;
      const text = child.textContent.trim();
      if (tag === "br") out += " ";
      else if (
        (tag === "sup" || (tag === "sub" && /\d\s*$/.test(out))) &&
        MARK.test(text)
      ) {
        // Ten to the ninth is no ten with a note, and a square metre no metre.
        if (/(?:^|[^\d.,])10\s*$/.test(out) && /^\d+$/.test(text))
          out += "^" + text;
        else if (/(?:^|[\s(/])[kcm]?m$/.test(out) && /^[23]$/.test(text))
          out += text === "2" ? "²" : "³";
      } else {
        const block = /^(?:p|div|li|dd|dt|section|h[1-6])$/.test(tag);
        if (block) out += " ";
        walk(child);
        if (block) out += " ";
      }
    }
  };
  if (cell.firstElementChild) walk(cell);
  else out = cell.textContent;
  return out
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
};

// The rows of a table and their cells as the page has them; src/data/cells.rs makes rows of data of
// them. What a cell does not say is its default.
export const readTable = (table) => {
  let group = 0;
  let last;
  const rows = [...table.rows].map((row) => {
    const section = row.parentNode;
    if (section !== last) group++;
    last = section;
    const cells = [...row.cells].map((cell) => ({
      text: cellText(cell),
      ...(cell.colSpan !== 1 && { colspan: cell.colSpan }),
      ...(cell.rowSpan !== 1 && { rowspan: cell.rowSpan }),
      ...(cell.localName === "th" && { header: true }),
      ...(cell.querySelector("table") && { nested: true }),
    }));
    const part =
      section === table
        ? "tbody"
        : section.localName === "thead" && section !== table.tHead
          ? "other"
          : section.localName;
    return { part, group, cells };
  });
  return { caption: table.caption ? cellText(table.caption) : "", rows };
};
