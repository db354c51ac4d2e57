// Runs in the page before everything else: notes what goes wrong, watches the pictures frame by
// frame, and says how each widget stands. Plain script of every browser;
// tests/browser/faults/matrix.mjs asks it through `faults`.
globalThis.faults = (() => {
  const TAGS = [
    "atlas-value-chain",
    "atlas-market-share",
    "atlas-funding-timeline",
  ];
  const RANK = ["webgpu", "webgl2", "canvas", "static"];
  const [THUMB_W, THUMB_H] = [64, 48];
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

  const uncaught = [];
  // Ours bubble here too.
  addEventListener(
    "error",
    (event) =>
      event instanceof ErrorEvent && uncaught.push(String(event.message)),
  );
  addEventListener("unhandledrejection", ({ reason }) =>
    uncaught.push("rejection: " + String((reason && reason.message) || reason)),
  );
  const heard = [];
  for (const type of ["load", "progress", "error"])
    addEventListener(
      type,
      ({ target, detail }) =>
        target.localName &&
        TAGS.includes(target.localName) &&
        heard.push([target.localName, type, detail && detail.code]),
    );

  // What tests/browser/faults/engine.js is told and answers.
  let bus;
  try {
    bus = new BroadcastChannel("faults");
  } catch {}
  let asked = 0;
  const tell = (what, arg) =>
    new Promise((done) => {
      if (!bus) return done(null);
      const number = ++asked;
      const hear = ({ data }) => {
        if (data.answer !== number) return;
        bus.removeEventListener("message", hear);
        done(data.said);
      };
      bus.addEventListener("message", hear);
      bus.postMessage({ number, what, arg });
      setTimeout(done, 1500, null);
    });

  // When each widget's canvas was last painted.
  const painted = new WeakMap();
  for (const name of ["drawImage", "putImageData"]) {
    const real = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...rest) {
      const host = this.canvas.getRootNode().host;
      if (host)
        (painted.get(host) || painted.set(host, []).get(host)).push(
          performance.now(),
        );
      return real.apply(this, rest);
    };
  }

  // When an engine last said that it holds a widget's data.
  let mounted = 0;
  if (typeof Worker === "function") {
    const Real = Worker;
    globalThis.Worker = class extends Real {
      constructor(...rest) {
        super(...rest);
        this.addEventListener(
          "message",
          ({ data }) =>
            data && data.type === "loaded" && (mounted = performance.now()),
        );
      }
    };
  }

  // Another script may have taken a name.
  const ours = ({ localName }) =>
    !customElements.get(localName) ||
    "updateComplete" in customElements.get(localName).prototype;
  const widgets = () =>
    [...document.querySelectorAll(TAGS.join())].filter(ours);
  const canvasOf = (element) =>
    element.shadowRoot && element.shadowRoot.querySelector("[part=canvas]");
  const pens = new Map();
  const thumb = (element, width, height) => {
    const canvas = canvasOf(element);
    if (!canvas || !canvas.width || !canvas.height) return null;
    if (
      !pens.has(width) ||
      (pens.get(width).isContextLost && pens.get(width).isContextLost())
    ) {
      const small = document.createElement("canvas");
      [small.width, small.height] = [width, height];
      pens.set(width, small.getContext("2d", { willReadFrequently: true }));
    }
    const pen = pens.get(width);
    pen.clearRect(0, 0, width, height);
    pen.drawImage(canvas, 0, 0, width, height);
    return [...pen.getImageData(0, 0, width, height).data];
  };
  const hues = (pixels) =>
    new Set(
      pixels
        ? Array.from({ length: pixels.length / 4 }, (_, i) =>
            pixels.slice(4 * i, 4 * i + 4).join(),
          )
        : [],
    ).size;
  // Share of places that differ visibly.
  const apart = (a, b) => {
    if (!a || !b || a.length !== b.length) return 1;
    let count = 0;
    for (let i = 0; i < a.length; i += 4)
      if ([0, 1, 2, 3].some((c) => Math.abs(a[i + c] - b[i + c]) > 28)) count++;
    return count / (a.length / 4);
  };
  // One number for all pixels.
  const stamp = (element) => {
    const canvas = canvasOf(element);
    if (!canvas || !canvas.width) return 0;
    const { data } = canvas
      .getContext("2d")
      .getImageData(0, 0, canvas.width, canvas.height);
    let sum = 2166136261;
    for (const word of new Uint32Array(data.buffer))
      sum = Math.imul(sum ^ word, 16777619);
    return sum;
  };

  const seen = (node) =>
    !!node &&
    node.getClientRects().length > 0 &&
    node.getBoundingClientRect().height > 0 &&
    getComputedStyle(node).visibility === "visible";
  // What a reader sees in the place of a widget: picture, table, words, or nothing.
  const shows = (element) => {
    const shadow = element.shadowRoot;
    const rows = [
      ...element.querySelectorAll("tr"),
      ...(shadow ? shadow.querySelectorAll(".still tr, .wait tr") : []),
    ];
    const canvas = canvasOf(element);
    if (
      seen(canvas) &&
      canvas.width > 1 &&
      canvas.getBoundingClientRect().height > 20 &&
      hues(thumb(element, THUMB_W, THUMB_H)) >= 3
    )
      return "picture";
    if (rows.length > 1 && rows.some(seen)) return "table";
    const said = shadow && shadow.querySelector("[part=error]");
    if (seen(said) && said.textContent.trim()) return "words";
    return "nothing";
  };

  // The longest time in frames that a picture that was there was not seen.
  const missing = new Map();
  let watching = false;
  const watch = () => {
    if (!watching) return;
    for (const element of widgets()) {
      const canvas = canvasOf(element);
      const { top, bottom } = element.getBoundingClientRect();
      if (bottom < 0 || top > innerHeight) continue;
      const note = missing.get(element) || { now: 0, most: 0, was: false };
      missing.set(element, note);
      // Fewer px may miss all that a sparse picture has.
      const blank = !seen(canvas) || hues(thumb(element, 32, 24)) < 2;
      note.was = note.was || !blank;
      note.now = blank && note.was ? note.now + 1 : 0;
      note.most = Math.max(note.most, note.now);
    }
    requestAnimationFrame(watch);
  };

  const until = async (check, ms) => {
    for (const end = performance.now() + ms; ; await sleep(25)) {
      if (await check()) return true;
      if (performance.now() > end) return false;
    }
  };
  const within = (promise, ms) =>
    Promise.race([
      Promise.resolve(promise).then(() => true),
      sleep(ms).then(() => false),
    ]);

  const outcome = (element, tier, reference) => {
    const status = element.status || {};
    const shown = shows(element);
    if (shown === "picture") {
      const off = reference
        ? apart(thumb(element, THUMB_W, THUMB_H), reference)
        : 0;
      if (off > 0.06) return { outcome: "WRONG", off };
      if (status.tier === tier) return { outcome: "recovered", off };
      if (status.tier === "static")
        return { outcome: "static", kept: true, off };
      if (RANK.indexOf(status.tier) > RANK.indexOf(tier))
        return { outcome: "lower tier", off };
      return { outcome: status.tier ? "HIGHER" : "BLANK", off };
    }
    if (
      shown !== "nothing" &&
      (status.tier === "static" || status.error || status.reason)
    )
      return { outcome: "static", words: shown === "words" };
    return { outcome: "BLANK", shown };
  };

  const saves = new Map();
  let begun;

  return {
    TAGS,
    RANK,
    sleep,
    tell,
    until,
    within,
    widgets,
    thumb,
    apart,
    hues,
    stamp,
    shows,
    uncaught,
    heard,
    painted,
    canvasOf,
    missing,
    watch: (on) => {
      const was = watching;
      watching = on;
      if (on && !was) watch();
    },

    // Waits until every widget shows something that lasts; null, or who did not in time.
    settled: async (ms) => {
      const end = performance.now() + ms;
      const late = [];
      for (const tag of TAGS)
        if (document.querySelector(tag))
          await within(
            customElements.whenDefined(tag),
            Math.max(0, end - performance.now()),
          );
      for (const element of widgets()) {
        const there = await until(
          () =>
            element.status &&
            (element.status.tier ||
              element.status.error ||
              (element.status.reason && shows(element) !== "nothing")),
          Math.max(0, end - performance.now()),
        );
        if (
          !there ||
          !(await within(
            element.updateComplete,
            Math.max(50, end - performance.now()),
          ))
        )
          late.push(element.localName);
      }
      return late;
    },

    // A reader's view: something is selected and nearer than at first.
    prepare: async () => {
      for (const element of widgets()) {
        if (shows(element) !== "picture" || element.status.tier === "static")
          continue;
        const zoom = element.shadowRoot.querySelector(".zoom button");
        element.selected = "#2";
        if (zoom) zoom.click();
        await within(element.updateComplete, 4000);
      }
      await sleep(50);
      for (const element of widgets()) {
        await within(element.updateComplete, 4000);
        saves.set(element, JSON.stringify(element.save ? element.save() : {}));
      }
      return widgets().map((element) => ({
        tag: element.localName,
        tier: element.status && element.status.tier,
        thumb: thumb(element, THUMB_W, THUMB_H),
        stamp: stamp(element),
      }));
    },

    // An answer as text, whatever the page has made of JSON.
    text: (said) => {
      const { toJSON } = Array.prototype;
      delete Array.prototype.toJSON;
      const text = JSON.stringify(said);
      if (toJSON) Array.prototype.toJSON = toJSON;
      return text;
    },
    begin: () => void (begun = performance.now()),
    // Every widget paints again what it shows.
    look: () => {
      for (const one of widgets())
        one.theme = one.theme === "light" ? "auto" : "light";
    },
    get begun() {
      return begun;
    },

    // How each widget stands, once that is what is wanted of it and stays so for a while, or time
    // is over.
    verdict: async ({ tier, want, guilty, ms, hang, alive, stamps }) => {
      const good = new Map();
      const of = (element) =>
        outcome(
          element,
          tier,
          faults.references && faults.references[element.localName],
        );
      await until(() => {
        const now = performance.now();
        return widgets().every((element) => {
          const wanted = element.localName === guilty ? ["static"] : want;
          if (!wanted.includes(of(element).outcome))
            return (good.delete(element), false);
          if (!good.has(element)) good.set(element, now);
          return now - good.get(element) >= 150;
        });
      }, ms);
      const cells = [];
      for (const element of widgets()) {
        const hung = !(await within(
          element.updateComplete,
          Math.max(500, (begun || 0) + hang - performance.now()),
        ));
        const cell = {
          tag: element.localName,
          hung,
          tier: element.status && element.status.tier,
          reason: element.status && element.status.reason,
          error: element.status && element.status.error,
          ...of(element),
        };
        const times = (painted.get(element) || []).filter(
          (time) => begun && time > begun,
        );
        if (begun && mounted > begun)
          cell.mounted = Math.round(mounted - begun);
        [cell.first, cell.ms] = [times[0], times.at(-1)].map(
          (time) => time && Math.round(time - begun),
        );
        cell.kept =
          !saves.has(element) ||
          saves.get(element) === JSON.stringify(element.save());
        cell.same = stamps && stamps[element.localName] === stamp(element);
        cell.missing = missing.has(element) ? missing.get(element).most : 0;
        cells.push(cell);
      }
      watching = false;
      // A widget that only looks well is none: it must follow the page's theme.
      if (alive)
        for (const cell of cells) {
          const element = document.querySelector(cell.tag);
          if (!["recovered", "lower tier"].includes(cell.outcome)) continue;
          const before = thumb(element, 8, 8);
          element.theme = "dark";
          await sleep(0);
          cell.alive =
            (await within(element.updateComplete, hang)) &&
            (await until(
              () => apart(before, thumb(element, 8, 8)) > 0.2,
              hang,
            ));
        }
      let stored = "";
      try {
        stored = [
          document.cookie,
          ...Object.keys(localStorage),
          ...Object.keys(sessionStorage),
        ].join("");
      } catch {} // a sandbox has none
      return { cells, uncaught: [...uncaught], stored };
    },
  };
})();
