// @ts-check
// What search engines read of a data set, in the page itself: JSON-LD, which is data and no script.
// Not where the page has its own, or says `no-metadata`; one for each file.
import { SHIPPED } from "../data-source.js";
import { address, h } from "../dom.js";
import { dataText } from "../engine-client.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Scene } from '../types.d.ts' */

// What the data set of a node is called by. Entries of other versions on the page know it too.
const OWN = Symbol.for("ai-atlas");
const SELECTOR = 'script[type="application/ld+json"]';

export class MetadataController {
  /** @type {ControllerHost} */
  #host;
  /** @type {any} */
  #node;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  hostDisconnected() {
    this.remove();
  }

  remove() {
    this.#node?.remove();
  }

  update() {
    const { element } = this.#host;
    const { src } = element;
    const { title } = /** @type {Scene} */ (this.#host.scene);
    const url =
      src && src !== SHIPPED ? address(src, ["http:", "https:"]) : null;
    if (element.noMetadata || this.#isDescribed(url || title))
      return this.remove();
    this.#node ??= h("script", { type: "application/ld+json" });
    this.#node[OWN] = url || title;
    const text = this.#text(url);
    const safe = dataText(text);
    if (!safe) return;
    if (this.#node.textContent !== text) this.#node.textContent = safe;
    if (!this.#node.isConnected) document.head.append(this.#node);
  }

  // Whether the page says it, or another element.
  /** @param {string} name */
  #isDescribed(name) {
    return [...document.querySelectorAll(SELECTOR)].some(
      (/** @type {any} */ node) =>
        node !== this.#node &&
        (OWN in node ? node[OWN] === name : /"Dataset"/.test(node.textContent)),
    );
  }

  /** @param {string | null} url */
  #text(url) {
    const { scene, theme } = this.#host;
    const { title, subline, takeaway, sources, credit } = /** @type {Scene} */ (
      scene
    );
    const words = {
      "@context": "https://schema.org",
      "@type": "Dataset",
      name: title,
      description: [takeaway, subline].join(" "),
      inLanguage: theme.lang,
      ...(url && {
        distribution: { "@type": "DataDownload", contentUrl: url },
      }),
      ...(credit && { creditText: credit }),
      citation: sources.map(({ text, url }) =>
        url ? { "@type": "CreativeWork", name: text, url } : text,
      ),
    };
    return JSON.stringify(words).replaceAll("<", "\\u003c");
  }
}
