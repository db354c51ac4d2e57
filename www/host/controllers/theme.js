// @ts-check
// What the page says about language, colours and text size, and the background that the element
// stands on.
import { colorOf, fontMetrics } from "../canvas-probes.js";
import { backgroundOf, watchBackground } from "../background.js";
import { resolveLanguage } from "../i18n.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Template } from '../template.js' */

// What a house style or, with forced colours, the system has to say, in the order of Palette::dress
// in src/widget/palette.rs.
const HOUSE_PROPERTIES =
  "--atlas-ground|--atlas-card|--atlas-ink|--atlas-secondary|--atlas-hairline|--atlas-data|--atlas-infra|--atlas-model|--atlas-service|--atlas-context".split(
    "|",
  );
const SYSTEM_COLORS =
  "Canvas|Canvas|CanvasText|CanvasText|color-mix(in srgb,CanvasText 45%,Canvas)|LinkText|LinkText|LinkText|LinkText|LinkText|CanvasText".split(
    "|",
  );
const MARKS_FROM = 5; // of these colours: the first ones are for the background and the text
// As in styles/base.css and src/widget/palette.rs.
const BACKGROUNDS = { light: [255, 255, 255], dark: [20, 23, 28] };
const MIN_DIFFERENCE = 4; // of 255, from which on the edge between two backgrounds is seen
const TOUCH_ACTIONS = ["auto", "none", "pan-x", "pan-y", "manipulation"];
const DEFAULT_FONT_PX = 16;

const prefersDark = matchMedia("(prefers-color-scheme:dark)");
const forcedColors = matchMedia("(forced-colors:active)");

// The nearest language, also across the borders of shadow trees.
/** @param {Element | undefined} node */
const closestLang = (node) => {
  while (node) {
    const found = /** @type {HTMLElement | null} */ (node.closest("[lang]"));
    if (found?.lang) return found.lang;
    node = /** @type {ShadowRoot} */ (node.getRootNode()).host;
  }
};

// A language, or a promise of one whose words are on their way.
/** @param {HTMLElement} element @param {string} [preferred] */
export const languageOf = (element, preferred = "") =>
  resolveLanguage(
    element.lang ||
      closestLang(element) ||
      document.documentElement.lang ||
      preferred,
  );

export class ThemeController {
  /** @type {ControllerHost} */
  #host;
  /** @type {string} */
  // @ts-ignore
  lang;
  /** Words that are on their way. @type {Promise<unknown> | undefined} */
  languageReady;
  /** @type {'light' | 'dark' | undefined} */
  scheme;
  /** The reader's text size by the default one: the engine knows lengths of the default only. */
  textScale = 1;
  /** @type {number[]} */
  colors = [];
  /** The background that the element stood on when it looked last. */
  #background = "";
  /** Observes the ancestors anew, where the element has been moved. @type {() => void} */
  watchAncestors = () => {};

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {Template} ui */
  hostRendered({ probe, inherited }) {
    // Firefox and WebKit fire no event when the page's own colour scheme changes; a transition on
    // this probe does everywhere.
    probe.addEventListener("transitionend", () => {
      if (this.#host.abort) this.readStyles();
    });
    inherited.addEventListener("transitionend", () => this.checkBackground());
  }

  /** @param {AbortSignal} signal */
  hostConnected(signal) {
    const host = this.#host;
    const read = () => host.guard(() => this.readStyles());
    for (const query of [prefersDark, forcedColors])
      query.addEventListener("change", read, { signal });
    this.watchAncestors = watchBackground(
      host.element,
      () => this.checkBackground(),
      signal,
    );
    const languages = new MutationObserver(read);
    languages.observe(document, { subtree: true, attributeFilter: ["lang"] });
    signal.addEventListener("abort", () => languages.disconnect());
    const onFonts = () => {
      fontMetrics.clear();
      host.view.requestUpdate();
    };
    document.fonts?.addEventListener("loadingdone", onFonts, { signal });
  }

  // Reads what the page says about language, theme and touch; draws again if it matters. All that
  // is asked of the page is asked before anything is written: each change of the two would lay it
  // out anew.
  readStyles() {
    const host = this.#host;
    const { element, ui } = host;
    const { root, stage } = ui;
    this.#readLanguage();
    const style = getComputedStyle(element);
    const house = HOUSE_PROPERTIES.map(
      (name) => style.getPropertyValue(name) && `var(${name})`,
    );
    const background = backgroundOf(element, ui.inherited);
    this.#background = JSON.stringify(background);
    const scheme = (this.scheme = this.#schemeOn(background.dark));
    // Readers who have set a larger text have it here too, in the picture as around it, whatever
    // size the page is set in.
    const px = parseFloat(getComputedStyle(ui.probe).fontSize);
    this.textScale = px / DEFAULT_FONT_PX || 1;
    root.lang = this.lang;
    root.style.setProperty("--text-px", this.textScale + "px");
    root.style.setProperty("--text-scale", `${this.textScale}`);
    root.classList.toggle("dark", scheme === "dark");
    root.classList.toggle("light", scheme === "light");
    this.colors = (forcedColors.matches ? SYSTEM_COLORS : house).map((css) =>
      this.#computedColor(css),
    );
    root.classList.toggle("slab", this.#standsOut(background.color));
    const { touchAction } = element;
    stage.style.touchAction = TOUCH_ACTIONS.includes(touchAction)
      ? touchAction
      : "pan-y";
    host.placeholder.update();
    host.captions.update();
    if (host.status.tier === "static") host.fallback.show();
    else host.view.requestUpdate();
  }

  #readLanguage() {
    const { element } = this.#host;
    const lang = languageOf(element, navigator.language);
    if (typeof lang === "string") this.lang = lang;
    else {
      this.lang ??= "en";
      this.languageReady = lang.then(() => {
        if (this.#host.abort) this.readStyles();
      });
    }
  }

  /** @param {boolean} darkBackground */
  #schemeOn(darkBackground) {
    const { theme } = this.#host.element;
    if (theme === "dark" || theme === "light") return theme;
    const dark = forcedColors.matches ? prefersDark.matches : darkBackground;
    return dark ? "dark" : "light";
  }

  /** @param {string | false} css */
  #computedColor(css) {
    if (!css) return 0;
    const { probe } = this.#host.ui;
    probe.style.backgroundColor = css;
    return colorOf(getComputedStyle(probe).backgroundColor);
  }

  // On another background than its own it is a card in the page: words keep away from its edge.
  /** @param {number[] | undefined} background */
  #standsOut(background) {
    const [first] = this.colors;
    const own = first
      ? [0, 8, 16].map((bits) => (first >>> bits) & 255)
      : BACKGROUNDS[this.scheme ?? "light"];
    return (
      !forcedColors.matches &&
      !!background?.some((c, i) => Math.abs(c - own[i]) > MIN_DIFFERENCE)
    );
  }

  // Looks again where the background under the element is another one.
  checkBackground() {
    const { abort, element, ui } = this.#host;
    if (
      abort &&
      element.isConnected &&
      this.#background !== JSON.stringify(backgroundOf(element, ui.inherited))
    )
      this.readStyles();
  }

  // The colours of marks alone, for another background than the one they are seen on.
  markColors() {
    return forcedColors.matches
      ? []
      : this.colors.map((color, i) => (i < MARKS_FROM ? 0 : color));
  }

  metrics() {
    return fontMetrics.of(
      getComputedStyle(this.#host.ui.root).fontFamily,
      this.lang === "ko" ? "가" : "漢",
    );
  }
}
