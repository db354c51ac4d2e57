// @ts-check
// What only a canvas can tell: how wide characters of a font are, and which colour a CSS colour is.

/** @type {Map<string, number[]>} */
const known = new Map();

// 95 printable ASCII characters, Hangul or another wide sign, any other; normal then bold; in em.
/** @param {string} family @param {string} wide */
const measure = (family, wide) => {
  const context = /** @type {CanvasRenderingContext2D} */ (
    document.createElement("canvas").getContext("2d")
  );
  const characters = [
    ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
    wide,
    "〇",
  ];
  return [400, 600].flatMap((weight) => {
    context.font = `${weight} 100px ${family}`;
    return characters.map((c) => context.measureText(c).width / 100);
  });
};

// Once per font.
export const fontMetrics = {
  /** @param {string} family @param {string} wide */
  of(family, wide) {
    const key = family + wide;
    const metrics = known.get(key) ?? measure(family, wide);
    known.set(key, metrics);
    return metrics;
  },
  clear: () => known.clear(),
};

/** @type {CanvasRenderingContext2D} */
let pixel;
// A canvas of one pixel.
export const pixelContext = () =>
  (pixel ??= /** @type {CanvasRenderingContext2D} */ (
    Object.assign(document.createElement("canvas"), {
      width: 1,
      height: 1,
    }).getContext("2d", { willReadFrequently: true })
  ));

// Any colour that CSS knows, as the engine holds one: red in the lowest byte, 0 for none.
/** @param {string} css */
export const colorOf = (css) => {
  const context = pixelContext();
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
  return a ? r + (g << 8) + (b << 16) + 2 ** 24 * 255 : 0;
};
