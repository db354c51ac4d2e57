// @ts-check
// The gallery: of each file what it is, the code that shows it, the graphic itself, and how much of
// the file was read. The code is that of the element that stands below it.
import { ENTRIES } from "./gallery-entries.js";

/** @import { Entry, Words } from './gallery-entries.js' */

const FOLDER = "gallery/";

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 */
const h = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    node.setAttribute(key, value);
  node.append(...children);
  return node;
};

// Words in the two languages of the page, of which it shows one.
/** @param {Words} words */
const both = ([ko, en]) => [
  h("span", { lang: "ko" }, ko),
  h("span", { lang: "en" }, en),
];

/** @param {string} text */
const escape = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;");

// The two lines that an editor pastes.
/** @param {Element} element @param {string} file */
const codeOf = ({ localName, attributes }, file) => {
  const rest = [...attributes]
    .map(({ name, value }) => [name, name === "src" ? file : value])
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join("");
  return `<script type="module" src="/ai-atlas/${localName.slice(6)}.js"></script>\n<${localName}${rest}></${localName}>`;
};

/** @param {HTMLElement} code */
const copyButton = (code) => {
  const button = h(
    "button",
    { type: "button" },
    ...both(["코드 복사", "Copy the code"]),
  );
  const said = h("span", { role: "status" });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      said.replaceChildren(" ", ...both(["복사했다.", "Copied."]));
    } catch {
      getSelection()?.selectAllChildren(code);
      said.replaceChildren(
        " ",
        ...both(["골라 두었다. Ctrl+C를 누른다.", "Selected: press Ctrl+C."]),
      );
    }
  });
  return h("p", {}, button, said);
};

// How much of the file was read; the graphic itself lists what was not used.
/** @param {Element} element */
const reportOf = (element) => {
  const line = h("p", { class: "facts", role: "status" });
  let count = 0;
  element.addEventListener("issues", (event) => {
    count = /** @type {CustomEvent} */ (event).detail.count;
  });
  element.addEventListener("load", (event) => {
    const { rows } = /** @type {CustomEvent} */ (event).detail;
    /** @type {Words} */
    const rest = count
      ? [
          `쓰지 않았거나 확인할 것 ${count}가지는 그림 아래에 적혀 있다.`,
          `What was not used or is in doubt stands below the graphic: ${count}.`,
        ]
      : ["남긴 것이 없다.", "Nothing was left out."];
    line.replaceChildren(
      ...both([
        `읽은 항목: ${rows}. ${rest[0]}`,
        `Items read: ${rows}. ${rest[1]}`,
      ]),
    );
    count = 0;
  });
  return line;
};

/** @param {Entry} entry */
const entryOf = ({ file, kind, attributes = {}, title, caption, source }) => {
  const id = file.replace(/\..*/, "");
  const element = h(/** @type {any} */ (`atlas-${kind}`), {
    src: FOLDER + file,
    ...attributes,
  });
  const query = new URLSearchParams({ example: file, kind, ...attributes });
  const code = h("code", {}, codeOf(element, file));
  const facts = [
    h(
      "span",
      { class: "kind" },
      ...both(
        source
          ? ["실제 수치", "Real figures"]
          : ["꾸며 낸 수치", "Made-up figures"],
      ),
    ),
    h("a", { href: FOLDER + file }, file),
    h(
      "a",
      { href: `../builder.html?${query}` },
      ...both(["만들기 도구에서 열기", "Open in the builder"]),
    ),
    ...(source ? [h("a", { href: source.url }, ...both(source.words))] : []),
  ];
  return h(
    "section",
    { class: "entry", id, "aria-labelledby": `${id}-title` },
    h(
      "div",
      { class: "text" },
      h("h2", { id: `${id}-title` }, ...both(title)),
      h("p", {}, ...both(caption)),
      h("p", { class: "facts" }, ...facts),
      h("pre", { tabindex: "0" }, code),
      copyButton(code),
    ),
    h("div", { class: "wide" }, element),
    h("div", { class: "text" }, reportOf(element)),
  );
};

document.querySelector("#gallery")?.append(...ENTRIES.map(entryOf));
