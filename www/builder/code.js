// @ts-check
// The snippet: what was drawn, with what its editor said of it, in one of three forms.
import { busy, chosen, lang, own, state, tell, ui } from "./page.js";
import { tall } from "./preview.js";
import { toldAttributes } from "./reading.js";
import {
  element as elementForm,
  figure as figureForm,
  iframe as iframeForm,
} from "./snippets.js";
import { word } from "./words.js";

const ATTRIBUTES = ["framework", "table", "from", "to", "scale", "selected"];

/** @param {string} file */
export const address = (file) =>
  new URL(file, ui.base.value || location.href).href;

// What was set in the preview, and what was said of the table, as attributes.
const view = () => {
  const { now } = state;
  /** @type {Record<string, string>} */
  const all = { lang: ui.lang.value, theme: ui.theme.value };
  if (!now.ok) return all;
  const { hidden, ...saved } = now.element.save();
  for (const key of ATTRIBUTES) if (saved[key]) all[key] = saved[key];
  const rest = Object.entries(saved).filter(
    ([key]) => !ATTRIBUTES.includes(key),
  );
  if (rest.length) all.view = String(new URLSearchParams(rest));
  const table = now.data?.table;
  if (!table) return all;
  const told = toldAttributes(now.kind);
  // What stands above the headings has no place in a table of the page.
  return { ...all, ...told, unit: told.unit || (table.unit ?? "") };
};

/** @type {any} */
let listed;
const versionList = async () =>
  (listed ??= await (await fetch("manifest.json")).json());
/** @param {string} kind */
const pinned = async (kind) => {
  if (!ui.pin.checked) return null;
  try {
    const versions = await versionList();
    return {
      folder: versions.folder,
      integrity: versions.files.find(
        (/** @type {{ path: string }} */ { path }) =>
          path === `${versions.folder}/${kind}.js`,
      ).integrity,
    };
  } catch {
    ui.pin.checked = false;
    tell(ui.said, word("unpinned", lang()));
    return null;
  }
};

// The words of a language that has a file, for what the element does not say itself.
/** @param {string} language */
const book = async (language) => {
  if (!LANGUAGES.includes(language)) return null; // tools/dist.mjs says which there are
  try {
    return await (
      await fetch(`${(await versionList()).folder}/lang/${language}.json`)
    ).json();
  } catch {
    return null;
  }
};

// Notes and source of the editor's own data; what ships has its own.
const given = () => ({
  notes: state.now.data ? ui.notes.value.trim() : "",
  source: state.now.data ? ui.source.value.trim() : "",
});

/** @param {string} caption */
const figure = async (caption) => {
  const { element } = state.now;
  const svg = await element.toSVG();
  const { columns, rows, title, sources, credit } = await element.toJSON();
  const [, width, height] =
    /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return figureForm({
    lang: own(),
    book: await book(own()),
    image: ui.image.value,
    alt: ui.alt.value.trim(),
    caption,
    width: +width,
    height: +height,
    rows: { caption: title, head: columns, rows },
    sources: sources ?? [],
    credit,
    ...given(),
  });
};

const isForeign = () =>
  state.now.data &&
  URL.canParse(ui.src.value, ui.base.value) &&
  URL.canParse(ui.base.value) &&
  new URL(ui.src.value, ui.base.value).origin !== new URL(ui.base.value).origin;

// Which fields a form has.
/** @param {string} form @param {boolean} inline */
const showFields = (form, inline) => {
  const { now } = state;
  /** @type {NodeListOf<HTMLElement>} */
  const nodes = document.querySelectorAll("[data-for]");
  for (const node of nodes) node.hidden = !node.dataset.for?.includes(form);
  ui["src-field"].hidden = !now.data || form === "figure" || inline;
  ui["inline-field"].hidden = !now.data;
  ui["own-words"].hidden = !now.data;
  ui["save-data"].hidden = ui["src-field"].hidden;
  for (const key of ["save-png", "save-svg", "save-phone"])
    ui[key].hidden = form !== "figure" || !now.ok;
  const foreign = form === "iframe" && isForeign();
  tell(ui.about, foreign ? word("foreign", lang()) : word(form, lang()));
};

/** @param {string} form @param {boolean} inline */
const written = async (form, inline) => {
  const { kind, data } = state.now;
  const takeaway = ui.takeaway.value.trim();
  // The element says its own finding: only other words stand below it.
  const caption = takeaway === state.draft.takeaway ? "" : takeaway;
  if (form === "figure") return figure(caption);
  // A CSV as a file has no place for a title.
  const headed =
    !inline && data?.table?.caption
      ? [data.table.caption, caption].filter(Boolean).join(". ")
      : caption;
  const all = {
    base: ui.base.value,
    kind,
    view: view(),
    src: data ? ui.src.value : "shipped",
    alt: ui.alt.value.trim(),
    caption: headed,
    height: await tall(form === "element"),
    pin: await pinned(kind),
    lang: own(),
    book: await book(own()),
    ...given(),
  };
  // Its page has a line of nothing above and below.
  return form === "iframe"
    ? iframeForm({ ...all, height: (all.height ?? 0) + 2 })
    : elementForm({ ...all, data: inline ? data : null });
};

let codes = 0;
export const code = busy(async () => {
  const form = chosen("form");
  const run = ++codes;
  // A number that can be read in two ways would be read in another way in a table of the page: until
  // its editor has said which is meant the data are a file.
  ui.inline.disabled = !!state.now.data?.table?.semicolon && state.doubtful;
  const inline = form === "element" && ui.inline.checked && !ui.inline.disabled;
  showFields(form, inline);
  const text = state.now.ok ? await written(form, inline) : "";
  if (run !== codes) return;
  tell(ui.code.firstElementChild, text);
  ui.copy.disabled = !text;
});
