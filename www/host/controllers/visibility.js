// @ts-check
// When the element opens: near the reader, at once, or when the page has loaded what they see.
import { engineClient } from "../engine-client.js";

/** @import { ControllerHost } from './host.js' */

const LATER_MS = 3000; // when a page has loaded what its reader sees
const MARGIN = "300px";

export class VisibilityController {
  /** @type {ControllerHost} */
  #host;
  /** The element is near the reader. */
  near = false;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {AbortSignal} signal */
  hostConnected(signal) {
    const host = this.#host;
    const { element, placeholder, session, theme } = host;
    // Not before all elements of the page have their shadows: the style of tables that nobody sees
    // would be computed for nothing.
    queueMicrotask(() =>
      host.guard(() => {
        if (signal.aborted) return;
        theme.readStyles();
        if (element.loading === "eager" && !host.opened) session.open();
      }),
    );
    const observer = new IntersectionObserver(
      (entries) => host.guard(() => this.#onIntersection(entries)),
      { rootMargin: MARGIN },
    );
    observer.observe(element);
    // Who prints the page prints what was never scrolled to.
    const timer = setTimeout(
      () =>
        host.guard(() => {
          if (host.opened) return;
          const { connection } = /** @type {any} */ (navigator);
          if (element.loading !== "lazy" && !connection?.saveData)
            return session.open();
          placeholder.showTable();
        }),
      LATER_MS,
    );
    signal.addEventListener("abort", () => {
      observer.disconnect();
      clearTimeout(timer);
    });
  }

  /** @param {IntersectionObserverEntry[]} entries */
  #onIntersection(entries) {
    const host = this.#host;
    this.near = !!entries.at(-1)?.isIntersecting;
    engineClient.setVisible(host.session.id, this.near);
    if (this.near && !host.opened) host.session.open();
    if (this.near) host.theme.checkBackground();
    host.canvas.backup();
  }
}
