// What fingers, wheel and mouse do to a picture that can be zoomed, as acts that the engine
// understands. The page keeps scrolling: one finger up and down and the bare wheel are its own. A
// finger that rests asks what is under it.

const SLOP = 5; // CSS px that a click may tremble
const HOLD_MS = 500;

// at: the place of an event in the picture. on: { zooms() → bool, begin() → the view now, act(acts,
// base), hint(), hold(x, y) }. Acts: ['zoom', x, y, factor], ['drag', x, y, to x, to y]; they apply
// to base.
export const gestures = (stage, at, on) => {
  const held = new Map(); // pointers that are down: id → { from, to }
  let base;
  let dragged;
  let rests; // [timer, x, y]
  let asked;

  const restart = () => {
    base = on.begin();
    for (const one of held.values()) one.from = one.to;
  };
  const far = ([x, y], [u, v]) => Math.hypot(u - x, v - y);
  const between = ([x, y], [u, v]) => [(x + u) / 2, (y + v) / 2];
  const stirs = () => {
    clearTimeout(rests?.[0]);
    rests = null;
  };

  stage.addEventListener("pointerdown", (event) => {
    stirs();
    asked = false;
    const to = at(event);
    const ask = () => {
      asked = true;
      on.hold(...to);
    };
    if (event.pointerType === "touch" && event.isPrimary)
      rests = [setTimeout(ask, HOLD_MS), ...to];
    if (!on.zooms() || event.button > 0 || held.size > 1) return;
    if (!held.size) dragged = false;
    held.set(event.pointerId, { from: to, to });
    restart();
  });
  stage.addEventListener("pointermove", (event) => {
    if (rests && far(rests.slice(1), at(event)) > SLOP) stirs();
    const one = held.get(event.pointerId);
    if (!one) return;
    one.to = at(event);
    if (!dragged && held.size === 1 && far(one.from, one.to) < SLOP) return;
    if (!dragged) stage.setPointerCapture(event.pointerId);
    dragged = true;
    const [a, b] = held.values();
    if (!b) return on.act([["drag", ...a.from, ...a.to]], base);
    const middle = between(a.from, b.from);
    on.act(
      [
        ["zoom", ...middle, far(a.to, b.to) / Math.max(1, far(a.from, b.from))],
        ["drag", ...middle, ...between(a.to, b.to)],
      ],
      base,
    );
  });
  const gone = ({ type, pointerId }) => {
    stirs();
    if (held.delete(pointerId)) restart();
    if (type === "pointercancel") dragged = false; // no click follows
  };
  stage.addEventListener("pointerup", gone);
  stage.addEventListener("pointercancel", gone);
  // The browser's own menu of a long press would lie over the answer.
  stage.addEventListener(
    "contextmenu",
    (event) => (rests || asked) && event.preventDefault(),
  );
  stage.addEventListener(
    "click",
    (event) => {
      // The end of a drag or of a long press is no click.
      if (dragged || asked) event.stopImmediatePropagation();
      dragged = asked = false;
    },
    true,
  );
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!on.zooms()) return;
      if (!event.ctrlKey && !event.metaKey) return on.hint();
      event.preventDefault();
      const lines = event.deltaMode ? 30 : 1;
      on.act([
        [
          "zoom",
          ...at(event),
          Math.exp(Math.max(-1, Math.min(1, -event.deltaY * lines * 0.004))),
        ],
      ]);
    },
    { passive: false },
  );
  return { moving: () => dragged && held.size > 0 };
};
