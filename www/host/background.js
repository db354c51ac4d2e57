// @ts-check
// On what ground an element stands: what is really painted under it, or else what the page says
// about itself. And who hears when that changes.
import { pixelContext } from "./canvas-probes.js";

/**
 * Red, green, blue, 0 to 255, and how much it covers, 0 to 1.
 * @typedef {[red: number, green: number, blue: number, cover: number]} Color
 * @typedef {{ dark: boolean, color?: number[] }} Background
 */

// The order, strongest first:
// 1. The nearest opaque ground of the element or of what is around it. What is half transparent is
//    mixed over what is below; a gradient counts by the mean of its colours.
// 2. Where a picture lies: the text that is written on it; light text stands on a dark ground.
//    Where no ancestor paints, but something else lies behind the page (a layer of its own, the
//    page around an iframe): the same.
// 3. The colour scheme that the browser uses there, `<meta name="color-scheme">` included: it
//    paints the page's canvas.
// 4. What class or data attributes of the nearest ancestor that has such call it; there are pages
//    whose ground is painted by something that is no ancestor. The system alone says nothing: a
//    page that does not follow it is light in the dark too.

const LEFT = 0.1; // of what is below, up to which it counts as hidden
const DARK_GROUND = 0.18; // luminance on which white is read better than black
// The most that can be read on white, and what cannot be.
const [DARK_TEXT, LIGHT_TEXT] = [0.18, 0.3];
const FRAME_MS = 16;
const SIBLINGS = 40; // of an ancestor that are looked at
const CANVAS = { dark: [18, 18, 18], light: [255, 255, 255] };
const NAMED = /^(?:data-)?(?:[a-z]+-)*(?:theme|mode|scheme)$/;
const CALLED = /(?:^|[\s_:-])(?:(dark|night)|light|day)(?:$|[\s_:-])/i;
const CLASS =
  /(?:^|\s)(?:(?:is|theme|mode|scheme)[_-]+)?(?:(dark|night)|light)(?:[_-]+(?:theme|mode|scheme))?(?=$|\s)/i;
const COLOUR =
  /(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([^()]*\)|#[\da-f]{3,8}\b/gi;

// Any colour that CSS knows.
/** @param {string} css @returns {Color} */
const parse = (css) => {
  const plain = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(css);
  if (plain) return [+plain[1], +plain[2], +plain[3], +(plain[4] ?? 1)];
  const pen = pixelContext();
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = "#0000";
  pen.fillStyle = css;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
};
/** @param {number} c */
const linear = (c) =>
  c <= 10 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4;
/** @param {number[]} color */
const luminance = ([r, g, b]) =>
  0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
/** @param {number[]} color */
const dark = (color) => luminance(color) < DARK_GROUND;

// Whatever is around a node on the screen, also across slots and the borders of shadow trees.
/** @param {Element} node @returns {Element | undefined} */
const around = (node) =>
  node.assignedSlot ??
  node.parentElement ??
  /** @type {Partial<ShadowRoot>} */ (node.getRootNode()).host;

// A colour that is on its way to another one counts as that one.
/**
 * @param {Element} node
 * @param {CSSStyleDeclaration} style
 * @param {string} name
 * @param {"color" | "backgroundColor"} key
 */
const endOf = (node, style, name, key) => {
  const moves = /[1-9]/.test(style.transitionDuration)
    ? node
        .getAnimations?.()
        .find(
          (one) =>
            /** @type {CSSTransition} */ (one).transitionProperty === name,
        )
    : undefined;
  const effect = /** @type {KeyframeEffect | undefined} */ (moves?.effect);
  const end = effect?.getKeyframes().at(-1)?.[key];
  return parse(/** @type {string | undefined} */ (end) ?? style[key]);
};

/** @param {string} image @returns {Color} */
const mean = (image) => {
  const all = (image.match(COLOUR) ?? []).map(parse);
  const cover = all.reduce((sum, one) => sum + one[3], 0);
  const of = (/** @type {number} */ i) =>
    all.reduce((sum, one) => sum + one[i] * one[3], 0) / cover;
  return cover ? [of(0), of(1), of(2), cover / all.length] : [0, 0, 0, 0];
};

// What a node paints under what is in it, from top to bottom; null stands for a picture.
/**
 * @param {Element} node
 * @param {CSSStyleDeclaration} style
 * @returns {(Color | null)[]}
 */
const layers = (node, style) => {
  const {
    backgroundImage: image,
    backgroundSize: size,
    backgroundRepeat: repeat,
  } = style;
  if (style.display === "contents" || style.backgroundClip === "text")
    return [];
  /** @type {(Color | null)[]} */
  const all = [endOf(node, style, "background-color", "backgroundColor")];
  // A line or a sign in a corner is no ground.
  const part =
    /no-repeat/.test(repeat) &&
    !/^(auto|cover|100%( 100%)?)$/.test(size.split(", ")[0]);
  if (image !== "none" && !part)
    all.unshift(
      /gradient\(/.test(image) && !/url\(|image-set\(/.test(image)
        ? mean(image)
        : null,
    );
  return all;
};

// Whether the nearest ancestor that is called dark or light is called dark.
/** @param {Element | undefined} node */
const called = (node) => {
  for (; node; node = around(node)) {
    for (const { name, value } of node.attributes) {
      const found = NAMED.test(name) && CALLED.exec(value);
      if (found) return !!found[1];
    }
    const found = CLASS.exec(node.getAttribute("class") ?? "");
    if (found) return !!found[1];
  }
  return false;
};

// Whether something that is no ancestor lies behind it: a layer of a pseudo-element or of a
// sibling, that fills the window or more of it than not.
const PLACED = /fixed|absolute/;
/** @param {Element} element */
const backed = (element) => {
  // A page without a ground lets that of the page around through.
  if (parent !== window) return true;
  /** @param {Element} node @param {CSSStyleDeclaration} style */
  const paints = (node, style) =>
    PLACED.test(style.position) &&
    layers(node, style).some((one) => !one || one[3] > 1 - LEFT);
  /** @param {DOMRect} box */
  const fills = ({ width, height }) =>
    width > innerWidth / 2 && height > innerHeight / 2;
  for (
    let node = /** @type {Element | undefined} */ (element);
    node;
    node = around(node)
  ) {
    for (const pseudo of ["::before", "::after"]) {
      const style = getComputedStyle(node, pseudo);
      if (
        style.content !== "none" &&
        style.content !== "normal" &&
        paints(node, style)
      )
        return true;
    }
    for (const other of [...(node.parentElement?.children ?? [])].slice(
      0,
      SIBLINGS,
    ))
      if (
        other !== node &&
        paints(other, getComputedStyle(other)) &&
        fills(other.getBoundingClientRect())
      )
        return true;
  }
  return false;
};

const system = matchMedia("(prefers-color-scheme:dark)");
// Whether the browser uses its dark colour scheme there.
/** @param {Element} element */
export const darkScheme = (element) => {
  const { colorScheme } = getComputedStyle(element);
  /** @type {HTMLMetaElement | null} */
  const meta = document.querySelector('meta[name="color-scheme" i]');
  const words = colorScheme === "normal" ? (meta?.content ?? "") : colorScheme;
  return (
    /\bdark\b/i.test(words) && (!/\blight\b/i.test(words) || system.matches)
  );
};

// { dark, color: the ground as red, green, blue, where it is known }. `probe`: a node in the place
// of the element whose `color` is that of the text there, and whose border is black or white as the
// colour scheme is; an element that leaves its text alone needs none. Reads styles only: nothing is
// laid out for it.
/** @param {Element} element @param {Element} [probe] @returns {Background} */
export const backgroundOf = (element, probe) => {
  const { color, borderTopColor } = getComputedStyle(probe ?? element);
  let mix = [0, 0, 0];
  let left = 1; // of what is below
  for (
    let node = /** @type {Element | undefined} */ (element);
    node;
    node = around(node)
  ) {
    const style = getComputedStyle(node);
    for (const one of layers(node, style)) {
      if (!one) {
        const text = luminance(endOf(node, style, "color", "color"));
        if (text > LIGHT_TEXT || text < DARK_TEXT)
          return { dark: text > LIGHT_TEXT };
        continue;
      }
      mix = mix.map((c, i) => c + one[i] * one[3] * left);
      left *= 1 - one[3];
      if (left > LEFT) continue;
      mix = mix.map((c) => Math.round(c / (1 - left)));
      return { dark: dark(mix), color: mix };
    }
  }
  const scheme = probe
    ? luminance(parse(borderTopColor)) > 0.5
    : darkScheme(element);
  const words =
    !scheme && luminance(parse(color)) > LIGHT_TEXT && backed(element);
  const named =
    !scheme &&
    !words &&
    getComputedStyle(element).colorScheme === "normal" &&
    called(element);
  const canvas = CANVAS[scheme || words || named ? "dark" : "light"];
  return { dark: dark(mix.map((c, i) => c + canvas[i] * left)) };
};

// ---- who hears of a change

/** @type {Set<() => void>} */
const watchers = new Set();
let asked = false;
// Once for whatever happened within a frame. No animation frame is asked for: nothing moves.
const soon = () => {
  if (asked) return;
  asked = true;
  setTimeout(() => {
    asked = false;
    watchers.forEach((check) => check());
  }, FRAME_MS);
};
let listening = false;
const listen = () => {
  if (listening) return;
  listening = true;
  const calm = { capture: true, passive: true };
  // A page changes its look by attributes of what is around (observed below), or by a box that is
  // ticked, a sheet that comes, a width; and a change may take its time.
  for (const type of ["click", "change"])
    document.addEventListener(type, soon, calm);
  document.addEventListener(
    "load",
    ({ target }) =>
      /^(LINK|STYLE)$/.test(/** @type {Element} */ (target).tagName) && soon(),
    calm,
  );
  document.addEventListener(
    "transitionend",
    ({ propertyName }) => /color|background/.test(propertyName) && soon(),
    calm,
  );
  addEventListener("resize", soon, calm);
  new MutationObserver(soon).observe(
    document.head ?? document.documentElement,
    { childList: true },
  );
};

// Calls `check` whenever the ground may be another one. Returns what is to be called where the
// element has been moved to another place.
/**
 * @param {Element} element
 * @param {() => void} check
 * @param {AbortSignal} signal
 */
export const watchBackground = (element, check, signal) => {
  listen();
  watchers.add(check);
  const observer = new MutationObserver(soon);
  const renew = () => {
    observer.disconnect();
    for (let node = around(element); node; node = around(node))
      observer.observe(node, { attributes: true });
  };
  signal.addEventListener(
    "abort",
    () => (watchers.delete(check), observer.disconnect()),
  );
  renew();
  return renew;
};
