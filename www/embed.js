// @ts-check
// The page of an iframe: one widget as the query says, `?kind=market-share&table=hbm-2023&lang=en`,
// and its height told to the page around it. Whoever writes the query writes what stands on this
// site, so data comes from this site only, and nothing else of the query has an address. An address
// without `src` has lost it, or never said whose numbers are meant: `src=shipped` asks for those
// that come with the library.

const KINDS = ["value-chain", "market-share", "funding-timeline"];
const NAMES = [
  "lang",
  "theme",
  "table",
  "framework",
  "from",
  "to",
  "scale",
  "selected",
  "columns",
  "unit",
  "view",
  "renderer",
  "touch-action",
  "disable-zoom",
];

/** @import { FigureElement } from './host/types.d.ts' */

// Some systems escape an address twice.
const asked = new URLSearchParams(location.search.replaceAll("&amp;", "&"));
const root = document.documentElement;
const lang = asked.get("lang");
root.lang = lang && /^[a-z]{2,8}(-[a-z\d]{1,8})*$/i.test(lang) ? lang : "ko";
// Without a word about it the page around is taken to be light, as most are.
const theme = asked.get("theme");
root.dataset.theme = theme === "dark" || theme === "auto" ? theme : "light";

/** @param {string} src */
const ours = (src) => {
  try {
    const url = new URL(src, document.baseURI);
    return url.origin === location.origin && /^https?:$/.test(url.protocol);
  } catch {
    return false;
  }
};

const kind = asked.get("kind") ?? "";
const src = asked.get("src");
const main = document.createElement("main");
/** @type {FigureElement | undefined} */
let element;
if (!KINDS.includes(kind) || !src || !ours(src)) {
  const note = document.createElement("p");
  const words = !KINDS.includes(kind)
    ? [
        "주소에 그림의 종류(kind)가 없습니다.",
        "The address names no kind of picture.",
      ]
    : !src
      ? [
          "주소에 데이터(src)가 없습니다. 이 사이트에 올린 파일을 src로 적거나, 실린 자료라면 src=shipped라고 적어 주세요.",
          "The address names no data: put a file of this site into src, or src=shipped for the data that come with the library.",
        ]
      : [
          "다른 사이트에 있는 데이터는 보여 주지 않습니다.",
          "Data of another site is not shown.",
        ];
  note.textContent = words[/^ko\b/i.test(root.lang) ? 0 : 1];
  note.setAttribute("role", "alert");
  main.append(note);
} else {
  const figure = document.createElement("atlas-" + kind);
  element = /** @type {FigureElement} */ (figure);
  for (const name of NAMES) {
    const value = asked.get(name);
    if (value !== null) element.setAttribute(name, value);
  }
  element.setAttribute("src", src);
  element.setAttribute("loading", "eager"); // the iframe's own `loading` decides
  main.append(element);
  const entry = new URL(`${kind}.js`, import.meta.url).href;
  import(entry).catch((error) => {
    console.error(error);
    dispatchEvent(new CustomEvent("ai-atlas-missing", { detail: entry }));
  });
}
document.body.append(main);
// Words for the case that the library does not come stay until it is there.
const dropLateWords = () =>
  document.querySelectorAll(".late").forEach((note) => note.remove());
element
  ? customElements.whenDefined("atlas-" + kind).then(dropLateWords)
  : dropLateWords();

// The page around says on what ground it shows this one: unless the query has chosen, the widget
// stands on the same. With another colour scheme than the page around the browser would paint a
// canvas of its own.
/**
 * @param {{ dark?: unknown, scheme?: unknown, color?: unknown }} ground what anybody may have sent
 */
const stand = ({ dark, scheme, color }) => {
  if (theme === "dark" || theme === "light") return;
  root.dataset.theme = scheme === true ? "dark" : "light";
  const known =
    Array.isArray(color) && color.length === 3 && color.every(Number.isInteger);
  document.body.style.backgroundColor = known ? `rgb(${color.join()})` : "";
  // What lies behind is not known: light text says that it is dark.
  document.body.style.color = !known && dark === true ? "#fff" : "";
};

// A height is no secret, and who is around is not known: everybody may hear it. The room that is
// kept before the figure comes is none: until then the iframe keeps the height that its page gave
// it.
let painted = !element;
const tell = () => {
  painted ||=
    element?.status?.tier === "static" || element?.status?.reason === "slow";
  if (painted)
    parent.postMessage(
      {
        source: "ai-atlas",
        type: "height",
        height: Math.ceil(main.getBoundingClientRect().height),
      },
      "*",
    );
};
if (parent !== window) {
  for (const type of ["load", "error"])
    element?.addEventListener(type, () => ((painted = true), tell()));
  new ResizeObserver(tell).observe(main);
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || data?.source !== "ai-atlas") return;
    if (data.type === "ask") tell();
    else if (data.type === "ground") stand(data);
  });
}
