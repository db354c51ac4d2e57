// @ts-check
// One tab stop for everything around the picture, however many buttons there are: arrows lead from
// one to the next, as in a toolbar.

const STOPS = "button,select,input,summary,a[href],.scroll";
const AWAY = "[hidden],details:not([open])>:not(summary),.card:not(.pin),.off";

// Keeps it so whatever comes and goes in `parts`, children of `figure`. Returns what makes a node
// the stop.
/** @param {HTMLElement} figure @param {Element[]} parts @returns {(node: HTMLElement | null) => void} */
export const rovingTabindex = (figure, parts) => {
  /** @type {any} */
  let now;
  let at = 0;
  const stops = () =>
    parts
      .flatMap((part) => [
        .../** @type {NodeListOf<HTMLElement>} */ (
          part.querySelectorAll(STOPS)
        ),
      ])
      .filter((node) => !node.closest(AWAY));
  const settle = () => {
    const all = stops();
    const held = /** @type {any} */ (figure.getRootNode()).activeElement;
    if (all.includes(held)) now = held;
    else if (!all.includes(now)) now = all[at] ?? all[0];
    at = Math.max(0, all.indexOf(now));
    for (const node of all)
      if (node.tabIndex !== (node === now ? 0 : -1))
        node.tabIndex = node === now ? 0 : -1;
  };
  const watch = new MutationObserver(settle);
  for (const part of parts)
    watch.observe(part, {
      subtree: true,
      childList: true,
      attributeFilter: ["hidden", "open", "class"],
    });
  figure.addEventListener("focusin", settle);
  figure.addEventListener("keydown", (event) => {
    const { key } = event;
    const target = /** @type {any} */ (event.target);
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.shiftKey ||
      event.isComposing
    )
      return;
    const all = stops();
    const from = all.indexOf(target);
    if (from < 0) return;
    // Up and down are its own.
    const field = target.matches("select,input") || target.closest(".scroll");
    /** @type {number | undefined} */
    const step = /** @type {Record<string, number>} */ ({
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: field ? 0 : 1,
      ArrowUp: field ? 0 : -1,
    })[key];
    /** @type {any} */
    const end =
      !field &&
      /** @type {Record<string, number>} */ ({ Home: 0, End: -1 })[key];
    // The caret or the knob has further to go.
    if (
      step &&
      target.type === "search" &&
      target.selectionEnd !== (step > 0 ? target.value.length : 0)
    )
      return;
    if (
      step &&
      target.type === "range" &&
      target.value !== (step > 0 ? target.max : target.min)
    )
      return;
    const last = Number.isInteger(end) ? all.at(end) : undefined;
    const next = step ? all[from + step] : last;
    if (step || next) event.preventDefault();
    next?.focus?.();
  });
  settle();
  return (node) => {
    now = node;
    settle();
  };
};
