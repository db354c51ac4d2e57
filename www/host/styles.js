// @ts-check
// The one style sheet of all elements, constructed once: no style element, no style attribute, so a
// strict CSP lets it through.

// A figure that comes above what is being read is no mark by which a browser keeps the reader's
// place.
const PAST = ":host,.root{overflow-anchor:none}";

/** @type {CSSStyleSheet[]} */
let sheets;
/** @param {ShadowRoot} shadow @param {boolean} [past] */
export const applyStyles = (shadow, past) => {
  sheets ??= [STYLES, PAST].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  shadow.adoptedStyleSheets = sheets.slice(0, past ? 2 : 1);
};
