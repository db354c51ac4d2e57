// @ts-check
// The engine's SVG, read without any parser of the browser's: a page may forbid those, and this
// needs but four marks.

/** @type {Record<string, string>} */
const PLAIN = { amp: "&", lt: "<", gt: ">", quot: '"' };
/** @param {string} text */
const plain = (text) =>
  text.replace(/&(amp|lt|gt|quot);/g, (_, name) => PLAIN[name]);

// open(name, attributes, text) and close(name) for every element in order; text is what stands
// before the next mark.
/**
 * @param {string} svg
 * @param {(name: string, attributes: Record<string, string>, text: string) => void} open
 * @param {(name: string) => void} close
 */
export const parseSvg = (svg, open, close) => {
  for (const [, end, name, rest, empty, text] of svg.matchAll(
    /<(\/?)([\w:]+)([^>]*?)(\/?)>([^<]*)/g,
  )) {
    if (!end)
      open(
        name,
        Object.fromEntries(
          [...rest.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [
            key,
            plain(value),
          ]),
        ),
        plain(text).trimEnd(),
      );
    if (end || empty) close(name);
  }
};

// As a node of the page, which then prints as shapes and text.
/** @param {string} svg @returns {Node} */
export const svgNode = (svg) => {
  /** @type {any} */
  let at = document.createDocumentFragment();
  parseSvg(
    svg,
    (name, attributes, text) => {
      at = at.appendChild(
        document.createElementNS("http://www.w3.org/2000/svg", name),
      );
      for (const key in attributes)
        if (key !== "xmlns") at.setAttribute(key, attributes[key]);
      at.append(text);
    },
    () => (at = at.parentNode),
  );
  return at.firstChild;
};
