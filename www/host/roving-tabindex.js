// @ts-check
// One tab stop for everything around the picture, however many buttons there are: arrows lead from
// one to the next, as in a toolbar.

const STOPS = "button,select,input,summary,a[href],.scroll";
const AWAY = "[hidden],details:not([open])>:not(summary),.card:not(.pin),.off";

// How far a key leads: a step, or to an end (0 the first, -1 the last). Up, down and the ends are a
// field's own, and the caret or the knob may have further to go.
/** @param {string} key @param {any} target @returns {{ step?: number, end?: number }} */
const moveOf = (key, target) => {
  const field = target.matches("select,input") || target.closest(".scroll");
  if (!field && key === "Home") return { end: 0 };
  if (!field && key === "End") return { end: -1 };
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 };
  const across = key === "ArrowRight" || key === "ArrowLeft";
  const step = field && !across ? 0 : steps[key];
  if (!step) return {};
  if (target.type === "search")
    return target.selectionEnd === (step > 0 ? target.value.length : 0)
      ? { step }
      : {};
  if (target.type === "range")
    return target.value === (step > 0 ? target.max : target.min)
      ? { step }
      : {};
  return { step };
};

/** @param {KeyboardEvent} event */
const isOurs = (event) =>
  !event.defaultPrevented &&
  !event.ctrlKey &&
  !event.metaKey &&
  !event.altKey &&
  !event.shiftKey &&
  !event.isComposing;

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
    const all = stops();
    const target = /** @type {any} */ (event.target);
    const from = all.indexOf(target);
    if (from < 0 || !isOurs(event)) return;
    const { step, end } = moveOf(event.key, target);
    const next = step ? all[from + step] : end == null ? null : all.at(end);
    if (step || next) event.preventDefault();
    next?.focus?.();
  });
  settle();
  return (node) => {
    now = node;
    settle();
  };
};
