// @ts-check
// Small safe helpers: elements from names, text by text nodes only, links by their parsed protocol
// only.

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [attributes]
 * @param {(Node | string | null | undefined)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export const h = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value != null && value !== false)
      node.setAttribute(name, value === true ? "" : value);
  node.append(...children.filter((child) => child != null));
  return node;
};

// The parsed address, or null: browsers forgive so much in a string that only the parsed protocol
// tells.
/** @param {string | URL} text */
export const address = (text, schemes = ["http:", "https:", "mailto:"]) => {
  try {
    const url = new URL(text, document.baseURI);
    return schemes.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
};

/** @param {string} text @param {string | null} [url] */
export const link = (text, url) => {
  const href = url && address(url);
  return href
    ? h(
        "a",
        { href, target: "_blank", rel: "noopener noreferrer nofollow" },
        text,
      )
    : h("span", {}, text);
};

// A long table in a box of its own, which the keyboard can scroll.
/** @param {string} label @param {Node} node */
export const scroller = (label, node) =>
  h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": label },
    node,
  );

// The same text twice is no change: assistive technology would read it again.
/** @param {HTMLElement} node @param {string | null | undefined} text */
export const say = (node, text) => {
  text ??= "";
  if (node.textContent !== text) node.textContent = text;
  node.hidden = !text;
};

// How a box is seen: where it begins in the window, and how many px of the window one of its own
// is, as `zoom` and `transform: scale` of whatever is around it make it. Engines from before `zoom`
// was a standard answer in px of the zoomed page; those that know the standard know
// `currentCSSZoom`.
/** @param {HTMLElement} node */
export const boxOf = (node) => {
  const { left, top, width, height } = node.getBoundingClientRect();
  let zoom = 1;
  if (!("currentCSSZoom" in node))
    for (
      let one = /** @type {any} */ (node);
      one;
      one = one.parentElement ?? one.getRootNode().host
    )
      zoom *= parseFloat(getComputedStyle(one).zoom) || 1;
  const ratio = (/** @type {number} */ there, /** @type {number} */ own) =>
    own && there && Math.abs(there - own) >= 1 ? there / own : 1; // a part of a px is rounding
  return {
    left: left * zoom,
    top: top * zoom,
    x: ratio(width * zoom, node.offsetWidth),
    y: ratio(height * zoom, node.offsetHeight),
  };
};
