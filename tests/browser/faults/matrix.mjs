// Runs faults in lanes and says how every widget ended. One page with all three elements a fault
// and lane.
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

import { ON_DEMAND } from "../../../tools/dist.mjs";
import { SCRIPT, TAGS, pageOf, serve, shipped } from "../harness.mjs";
import { FAULTS, PREPARE } from "./faults.mjs";
import { MATRIX, open, there } from "./lanes.mjs";

const here = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const PAGE = here("page.js");
const ENGINE = here("engine.js");
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const SETTLE_MS = 5000; // no widget hangs longer
// Times are those of a machine that has nothing else to do; on one that is shared they are longer
// by this, which every table says.
export const slack = () => Math.max(1, loadavg()[0] / cpus().length / 1.5);
// All that a widget may ask a server for, and what these pages bring with them.
const DECLARED = RegExp(
  `^(/two)?/(page|prelude\\.js|fault\\.css|foreign\\.js|favicon\\.ico|bad\\.json|ai-atlas[^/]*\\.js|engine[^/]*\\.js|shaders-\\w+\\.js|(${Object.keys(ON_DEMAND).join("|")})\\.js|[^/]*\\.wasm|data/[a-z-]+\\.json)$`,
);
const OUTCOMES = ["recovered", "lower tier", "static"];

// A GPU that does not say it is software: what the engine does where there is a real one.
const disguise = () => {
  const real = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (kind, options) {
    return real.call(
      this,
      kind,
      options && { ...options, failIfMajorPerformanceCaveat: false },
    );
  };
  const parameter = WebGL2RenderingContext.prototype.getParameter;
  WebGL2RenderingContext.prototype.getParameter = function (which) {
    const value = parameter.call(this, which);
    return typeof value === "string"
      ? value.replace(/swiftshader|llvmpipe|software/gi, "GPU")
      : value;
  };
  if (globalThis.GPUAdapterInfo)
    Object.defineProperty(GPUAdapterInfo.prototype, "isFallbackAdapter", {
      get: () => false,
    });
  if (globalThis.GPUAdapter && "isFallbackAdapter" in GPUAdapter.prototype)
    Object.defineProperty(GPUAdapter.prototype, "isFallbackAdapter", {
      get: () => false,
    });
};

const TABLE =
  "<table><caption>표</caption><thead><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>가</td><td>60</td></tr><tr><td>나</td><td>40</td></tr></tbody></table>";

const bodyOf = (fault, lane, library) => {
  const script = fault.script ?? SCRIPT.replace("/", library + "/");
  const element = (tag) => {
    // Data comes from an address and not from the own table: what is seen where it does not come is
    // the table.
    const table = tag === "atlas-market-share" || fault.table;
    const kind = tag.slice(6);
    return `<${tag} loading="eager"${lane.renderer && ` renderer="${lane.renderer}"`} src="${table ? `${library}/data/${kind}.json` : "shipped"}">${table ? TABLE : ""}</${tag}>`;
  };
  const tags = fault.crowd
    ? Array.from({ length: fault.crowd }, (_, i) => TAGS[i % 3])
    : TAGS;
  const foreign = fault.crowd ? `<script src="/foreign.js"></script>` : "";
  return pageOf(
    `<script src="/prelude.js"></script>${foreign}${fault.style ? '<link rel="stylesheet" href="/fault.css">' : ""}${script}<div id="box">${tags.map(element).join("")}</div>`,
  );
};

const FOREIGN = `globalThis.foreign = Array.from({ length: 8 }, () => { const gl = document.body.appendChild(document.createElement('canvas')).getContext('webgl'); return gl; });`;

// The page and what the fault makes of the files. One run at a time.
let run;
let servers;
const prepare = async () => {
  const hook = async (path, request) => {
    if (!run) return { status: 503, body: "" };
    const { fault, lane } = run;
    if (path === "/page")
      return {
        body: bodyOf(fault, lane, run.library),
        headers: {
          "content-type": "text/html; charset=utf-8",
          ...fault.headers,
        },
      };
    if (path === "/prelude.js")
      return {
        body: PAGE + (fault.page ? `;(${fault.page})();` : ""),
        type: "text/javascript",
        headers: { "access-control-allow-origin": "*" },
      };
    if (path === "/fault.css") return { body: fault.style, type: "text/css" };
    if (path === "/foreign.js")
      return { body: FOREIGN, type: "text/javascript" };
    // A site sends its policy with everything; a worker obeys the one that its own script came
    // with.
    const answer = {
      headers: fault.headers,
      ...(await fault.serve?.(path, run, request)),
    };
    if (answer.raw || answer.body !== undefined) return answer;
    // The second version is the same but for its address.
    const file = path.replace(/^\/two\//, "/");
    if (PREPARE.ENGINE.test(file))
      return {
        ...answer,
        body: [
          ENGINE,
          lane.disguised ? `(${disguise})();` : "",
          fault.engine ? `(${fault.engine})();` : "",
          readFileSync(shipped(file.slice(1))),
        ].join("\n"),
        type: "text/javascript",
      };
    if (file !== path)
      return {
        ...answer,
        body: readFileSync(shipped(file.slice(1))),
        type: file.endsWith(".wasm") ? "application/wasm" : "text/javascript",
      };
    return answer;
  };
  return (servers ??= Promise.all([serve(hook), serve(hook)]));
};

const references = new Map();
const key = ({ lane, width }) => `${lane} ${width ?? ""}`;

// What a run without a fault shows in this lane: pictures of each element after the reader's first
// acts.
const referenceOf = async (name) => {
  if (!references.has(name))
    references.set(
      name,
      await once({ id: "none", what: "", want: ["recovered", "static"] }, name),
    );
  return references.get(name).first;
};

const wantOf = (fault, name, lane) => {
  const want = Array.isArray(fault.want)
    ? fault.want
    : (fault.want[name] ?? Object.values(fault.want)[0].constructor === Array)
      ? (fault.want[name] ?? ["recovered"])
      : ["recovered"];
  return lane.tier === "static" ? ["static"] : want;
};

const once = async (fault, name) => {
  const lane = { ...MATRIX[name], ...(fault.bare && { args: fault.bare }) };
  const [server, other] = await prepare();
  const tags = fault.only ?? TAGS;
  const begin = Date.now();
  run = { fault, lane, count: 0, library: fault.elsewhere ? other.url : "" };
  const k = slack();
  const result = { fault, lane: name, cells: [], slack: k };
  let session;
  try {
    const known = fault.id === "none" ? null : await referenceOf(name);
    run = { fault, lane, count: 0, library: fault.elsewhere ? other.url : "" };
    session = await open(lane, { fresh: fault.fresh, args: fault.args });
    const port = new URL(server.url).port;
    server.log.length = other.log.length = 0;
    await session.go(
      fault.host ? `http://${fault.host}:${port}/page` : server.url + "/page",
    );
    if (fault.scriptless) {
      await sleep(1500);
      const rows = await session.run(() =>
        [...document.querySelectorAll("#box > *")].map((one) => [
          one.localName,
          [...one.querySelectorAll("td")].some(
            (cell) => cell.getClientRects().length,
          ),
        ]),
      );
      result.cells = rows.map(([tag, seen]) => ({
        tag,
        outcome: seen ? "static" : "BLANK",
        kept: true,
        missing: 0,
        alive: true,
      }));
      result.uncaught = [];
      return result;
    }
    for (
      let tries = 0;
      !(await session
        .run(() => !!globalThis.faults && !!document.querySelector("#box"))
        .catch(() => false));
      tries++
    ) {
      if (tries > 100) throw Error("the page does not come");
      await sleep(50);
    }
    if (fault.early) await session.run(fault.early);
    result.late = await session.run(
      (ms) => faults.settled(ms),
      (fault.ready ?? SETTLE_MS) * k,
    );
    const want = wantOf(fault, name, lane);
    const striking = fault.act || fault.drive;
    // A lane that opens its GPU behind the first picture needs a moment; a widget that has been
    // given up needs none.
    const tier = lane.tier;
    if (striking || fault.id === "none")
      await session.run(
        async (tier) =>
          faults.until(
            () =>
              faults
                .widgets()
                .every(
                  ({ status }) =>
                    status?.tier === tier || status?.tier === "static",
                ),
            12_000,
          ),
        tier,
      );
    const first = fault.crowd ? [] : await session.run(() => faults.prepare());
    result.first = Object.fromEntries(first.map((one) => [one.tag, one]));
    const pictures =
      fault.loose ||
      fault.crowd ||
      (fault.kept === false && fault.id !== "navigated")
        ? null
        : known &&
          Object.fromEntries(TAGS.map((tag) => [tag, known[tag]?.thumb]));
    // Before the fault: packing them up keeps this process, which is the page's server too, busy
    // for hundreds of milliseconds.
    await session.run(
      (pictures) => void (faults.references = pictures),
      pictures,
    );
    await session.run(
      (on) => (faults.watch(on), faults.begin()),
      !fault.unwatched && !fault.crowd,
    );
    if (fault.drive) await fault.drive(session);
    if (fault.act) await session.run(fault.act);
    const stamps = Object.fromEntries(first.map((one) => [one.tag, one.stamp]));
    const asked = {
      tier,
      want,
      guilty: fault.guilty,
      ms: (fault.ms ?? SETTLE_MS) * k,
      hang: fault.hang ?? SETTLE_MS * k,
      alive: !fault.crowd,
      stamps: tier === "static" ? null : stamps,
    };
    const said = await session.run((asked) => faults.verdict(asked), asked);
    if (fault.then) {
      const later = await session.run(
        async ({ asked, want }) => (
          await faults.until(
            () =>
              faults
                .widgets()
                .every(({ status }) => status.tier === asked.tier),
            12_000,
          ),
          await faults.prepare(),
          faults.verdict({ ...asked, want })
        ),
        { asked, want: fault.then },
      );
      result.later = later.cells;
    }
    result.asked = [...server.log, ...other.log]
      .filter((path) => !DECLARED.test(path) && !fault.asks?.test(path))
      .concat(session.foreign ?? []);
    result.stored = said.stored;
    result.cells = said.cells;
    result.uncaught = said.uncaught;
    if (fault.crowd) {
      result.crowd = await session.run(async () => ({
        counts: await faults.tell("counts"),
        lost: globalThis.foreign.filter((gl) => gl.isContextLost()).length,
      }));
      result.cells = TAGS.map(
        (tag) =>
          said.cells.find((cell) => cell.tag === tag && bad(cell, want)) ??
          said.cells.find((cell) => cell.tag === tag),
      );
    }
  } catch (error) {
    result.failed = String(error?.message ?? error).slice(0, 300);
    result.uncaught ??= [];
  } finally {
    result.ms = Date.now() - begin;
    await session?.close().catch(() => {});
  }
  for (const tag of tags)
    if (!result.cells.some((cell) => cell.tag === tag))
      result.cells.push({ tag, outcome: "HUNG", kept: true, missing: 0 });
  return result;
};

// What is wrong with a cell, or nothing.
const bad = (cell, want) => {
  if (!OUTCOMES.includes(cell.outcome)) return cell.outcome;
  if (cell.hung) return "HUNG";
  if (!want.includes(cell.outcome))
    return `${cell.outcome} instead of ${want.join(" or ")}`;
  if (!cell.kept) return "VIEW LOST";
  if (cell.missing > 1) return `GONE for ${cell.missing} frames`;
  if (cell.alive === false) return "DEAD";
  if (
    cell.outcome !== "recovered" &&
    !cell.reason &&
    !cell.error &&
    cell.alive !== true
  )
    return "NO REASON";
};

export const check = (result) => {
  const { fault, lane } = result;
  const want = wantOf(fault, lane, MATRIX[lane]);
  const wrong = [];
  if (result.failed) wrong.push(result.failed);
  for (const cell of result.cells) {
    const why = bad(cell, cell.tag === fault.guilty ? ["static"] : want);
    if (why)
      wrong.push(
        `${cell.tag.slice(6)}: ${why} (${cell.tier}, ${cell.reason || cell.error || ""}${cell.off ? `, off ${cell.off.toFixed(3)}` : ""})`,
      );
  }
  for (const cell of result.later ?? [])
    if (!fault.then.includes(cell.outcome))
      wrong.push(`later ${cell.tag.slice(6)}: ${cell.outcome}`);
  if (result.late?.length)
    wrong.push(
      `hung over ${Math.round((fault.ready ?? SETTLE_MS) * result.slack)} ms: ${result.late}`,
    );
  if (result.asked?.length) wrong.push("undeclared requests: " + result.asked);
  if (result.stored) wrong.push("something is stored: " + result.stored);
  for (const text of result.uncaught ?? []) wrong.push("uncaught: " + text);
  if (result.crowd) {
    const { counts, lost } = result.crowd;
    if (lost) wrong.push(`${lost} foreign contexts lost`);
    if (
      counts &&
      (counts.alive > 1 || counts.devices > 1 || counts.compiles !== 1)
    )
      wrong.push("crowd: " + JSON.stringify(counts));
  }
  return wrong;
};

// Faults in the widgets themselves, so that it is known that the matrix would see them.
export const CHECKS = {
  "a picture that goes blank": {
    id: "blank",
    what: "",
    want: ["recovered"],
    ms: 500,
    sees: /BLANK|WRONG|GONE/,
    act: () =>
      faults.widgets().forEach((one) => {
        const canvas = faults.canvasOf(one);
        canvas.width = canvas.width;
      }),
  },
  "a picture that goes away for some frames": {
    id: "gone",
    what: "",
    want: ["recovered"],
    sees: /GONE/,
    act: async () => {
      const canvas = faults.canvasOf(faults.widgets()[0]);
      canvas.style.display = "none";
      await faults.sleep(400);
      canvas.style.display = "";
    },
  },
  "an error of the page": {
    id: "error",
    what: "",
    want: ["recovered"],
    sees: /uncaught: .*of the test/,
    act: () =>
      void setTimeout(() => {
        throw Error("of the test");
      }),
  },
  "a view that is lost": {
    id: "view",
    what: "",
    want: ["recovered"],
    sees: /VIEW LOST|WRONG/,
    act: () => (faults.widgets()[0].selected = "#7"),
  },
  "a widget that answers no more": {
    id: "dead",
    what: "",
    want: ["recovered"],
    ms: 500,
    hang: 500,
    sees: /HUNG|DEAD/,
    act: () =>
      faults.widgets().forEach((one) =>
        Object.defineProperty(one, "updateComplete", {
          value: new Promise(() => {}),
        }),
      ),
  },
  "a request that nobody declared": {
    id: "request",
    what: "",
    want: ["recovered"],
    sees: /undeclared requests: \/beacon/,
    act: () => fetch("/beacon").then(() => {}),
  },
  "a cookie": {
    id: "cookie",
    what: "",
    want: ["recovered"],
    sees: /something is stored/,
    act: () => void (document.cookie = "seen=1"),
  },
  "a wrong tier": {
    id: "tier",
    what: "",
    want: ["lower tier"],
    ms: 300,
    sees: /recovered instead of lower tier/,
    act: () => {},
  },
};

export const plan = (core) =>
  FAULTS.filter((fault) => fault.core || !core).flatMap((fault) => {
    // The core is the lanes that a fault names, or one: the GPU's own, and for all else the one
    // that every machine draws fast.
    const lane =
      /^(gl|gpu|process|host)-|^engine-stuck/.test(fault.id) ||
      !fault.lanes.includes("canvas")
        ? fault.lanes[0]
        : "canvas";
    return (
      !core ? fault.lanes : Array.isArray(fault.core) ? fault.core : [lane]
    ).map((name) => [fault, name]);
  });

// What a busy machine alone can make wrong is looked at a second time, and the second look says so.
const SLOW = /HUNG|hung|GONE|DEAD|no answer|does not come/;

export const strike = async (fault, name) => {
  if (!there(MATRIX[name].engine))
    return { fault, lane: name, absent: true, cells: [] };
  for (let look = 1; ; look++) {
    const result = await once(fault, name);
    Object.assign(result, { look, wrong: check(result) });
    if (
      look === 2 ||
      fault.sees ||
      !result.wrong.some((text) => SLOW.test(text))
    )
      return result;
  }
};
