// @ts-check
// The engine's SVG drawn on a canvas.
import { parseSvg } from "./svg-dom.js";

const MAX_PX = 16384; // of a side: more is no canvas
/** @type {Record<string, CanvasTextAlign>} */
const ALIGN = { middle: "center", end: "right" };

/** @typedef {Record<string, any>} Attributes Of an element of the SVG, as parseSvg has them. */

/** @param {HTMLCanvasElement} canvas */
const penOf = (canvas) =>
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));

// An SVG of the engine as an image, its text in the page's fonts.
/**
 * @param {string} svg
 * @param {{ type?: string, scale?: number, quality?: number }} options
 * @returns {Promise<Blob | null>}
 */
export const svgImage = (
  svg,
  { type = "image/png", scale = devicePixelRatio, quality },
) => {
  const [, width, height] = (
    svg.match(/width="([\d.]+)" height="([\d.]+)"/) ?? []
  ).map(Number);
  scale = Math.min(scale > 0 ? scale : 1, MAX_PX / Math.max(width, height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.ceil(width * scale),
    height: Math.ceil(height * scale),
  });
  let pen = penOf(canvas);
  pen.scale(scale, scale);
  const page = pen;
  /** @type {Record<string, () => CanvasPattern | null>} */
  const hatches = {};
  let family = "sans-serif";
  /** @param {string} name @param {Attributes} a */
  const shape = (name, a) => {
    if (name === "path") return new Path2D(a.d);
    const path = new Path2D();
    if (name === "rect")
      path.roundRect(+a.x || 0, +a.y || 0, +a.width, +a.height, +a.rx || 0);
    else path.ellipse(+a.cx, +a.cy, +a.rx, +a.ry, 0, 0, 7);
    return path;
  };
  /** @type {Record<string, (a: Attributes, more: string) => void>} */
  const draw = {
    svg(a) {
      const [left, , w, h] = a.viewBox.split(" ").map(Number);
      family = a["font-family"] || family;
      pen.save();
      pen.translate(-left, +a.y || 0);
      pen.beginPath();
      pen.rect(left, 0, w, h);
      pen.clip();
    },
    pattern(a) {
      const fine = Math.ceil(2 * scale);
      const tile = Object.assign(document.createElement("canvas"), {
        width: a.width * fine,
        height: a.height * fine,
      });
      pen = penOf(tile);
      pen.scale(fine, fine);
      hatches[`url(#${a.id})`] = () => {
        const hatch = page.createPattern(tile, "repeat");
        hatch?.setTransform(new DOMMatrix().rotate(-45).scale(1 / fine));
        return hatch;
      };
    },
    text(a, text) {
      pen.font = `${a["font-style"] ?? ""} ${a["font-weight"] ?? 400} ${a["font-size"]}px ${family}`;
      pen.textAlign = ALIGN[a["text-anchor"]] ?? "left";
      pen.fillStyle = a.fill;
      pen.fillText(text, a.x, a.y);
    },
    shape(a, name) {
      const path = shape(name, a);
      if (a.fill !== "none" && (a.fill || !a.stroke)) {
        pen.globalAlpha = a["fill-opacity"] ?? 1;
        pen.fillStyle = hatches[a.fill]?.() ?? a.fill;
        pen.fill(path);
      }
      if (a.stroke) {
        pen.globalAlpha = a["stroke-opacity"] ?? 1;
        pen.strokeStyle = a.stroke;
        pen.lineWidth = a["stroke-width"];
        pen.lineCap = a["stroke-linecap"] ?? "butt";
        pen.setLineDash(
          (a["stroke-dasharray"] ?? "").split(" ").filter(Boolean).map(Number),
        );
        pen.lineDashOffset = a["stroke-dashoffset"] ?? 0;
        pen.stroke(path);
      }
      pen.globalAlpha = 1;
    },
  };
  parseSvg(
    svg,
    (name, attributes, text) =>
      ["rect", "ellipse", "path"].includes(name)
        ? draw.shape(attributes, name)
        : Object.hasOwn(draw, name) && draw[name](attributes, text),
    (name) => {
      if (name === "svg") pen.restore();
      if (name === "pattern") pen = page;
    },
  );
  return new Promise((done) => canvas.toBlob(done, type, quality));
};
