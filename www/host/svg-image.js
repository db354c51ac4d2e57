// @ts-check
// The engine's SVG drawn on a canvas.
import { parseSvg } from "./svg-dom.js";

/** @type {Record<string, CanvasTextAlign>} */
const ALIGN = { middle: "center", end: "right" };
const MAX_PX = 16384; // of a side: more is no canvas

/** @typedef {Record<string, string>} Attributes */

/** @param {string} name @param {Attributes} a */
const pathOf = (name, a) => {
  if (name === "path") return new Path2D(a.d);
  const path = new Path2D();
  if (name === "rect")
    path.roundRect(+a.x || 0, +a.y || 0, +a.width, +a.height, +a.rx || 0);
  else path.ellipse(+a.cx, +a.cy, +a.rx, +a.ry, 0, 0, 7);
  return path;
};

// What draws the elements of an SVG, one after the other.
class Drawing {
  #family = "sans-serif";

  /** @param {CanvasRenderingContext2D} pen */
  constructor(pen) {
    this.pen = pen;
  }

  /** @param {string} name @param {Attributes} a @param {string} text */
  open(name, a, text) {
    if (name === "svg") this.#svg(a);
    else if (name === "text") this.#text(a, text);
    else if (["rect", "ellipse", "path"].includes(name)) this.#shape(name, a);
  }

  /** @param {string} name */
  close(name) {
    if (name === "svg") this.pen.restore();
  }

  /** @param {Attributes} a */
  #svg(a) {
    const { pen } = this;
    const [left, , width, height] = a.viewBox.split(" ").map(Number);
    this.#family = a["font-family"] || this.#family;
    pen.save();
    pen.translate(-left, +a.y || 0);
    pen.beginPath();
    pen.rect(left, 0, width, height);
    pen.clip();
  }

  /** @param {Attributes} a @param {string} text */
  #text(a, text) {
    const { pen } = this;
    pen.font = `${a["font-style"] ?? ""} ${a["font-weight"] ?? 400} ${a["font-size"]}px ${this.#family}`;
    pen.textAlign = ALIGN[a["text-anchor"]] ?? "left";
    pen.fillStyle = a.fill;
    pen.fillText(text, +a.x, +a.y);
  }

  /** @param {string} name @param {Attributes} a */
  #shape(name, a) {
    const { pen } = this;
    const path = pathOf(name, a);
    if (a.fill !== "none" && (a.fill || !a.stroke)) {
      pen.globalAlpha = +(a["fill-opacity"] ?? 1);
      pen.fillStyle = a.fill;
      pen.fill(path);
    }
    if (a.stroke) {
      pen.globalAlpha = +(a["stroke-opacity"] ?? 1);
      pen.strokeStyle = a.stroke;
      pen.lineWidth = +a["stroke-width"];
      pen.lineCap = /** @type {CanvasLineCap} */ (
        a["stroke-linecap"] ?? "butt"
      );
      pen.setLineDash(
        (a["stroke-dasharray"] ?? "").split(" ").filter(Boolean).map(Number),
      );
      pen.lineDashOffset = +(a["stroke-dashoffset"] ?? 0);
      pen.stroke(path);
    }
    pen.globalAlpha = 1;
  }
}

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
  const [, width, height] = /** @type {RegExpMatchArray} */ (
    svg.match(/width="([\d.]+)" height="([\d.]+)"/)
  ).map(Number);
  scale = Math.min(scale > 0 ? scale : 1, MAX_PX / Math.max(width, height));
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.ceil(width * scale),
    height: Math.ceil(height * scale),
  });
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.scale(scale, scale);
  const drawing = new Drawing(pen);
  parseSvg(
    svg,
    (name, attributes, text) => drawing.open(name, attributes, text),
    (name) => drawing.close(name),
  );
  return new Promise((done) => canvas.toBlob(done, type, quality));
};
