// @ts-check
// The snippet builder: what an editor pastes becomes a table whose columns have names, a preview by
// the very element that readers get, drafts of its words, and a snippet.
import { faultsOf, question, showFaults, showTable } from "./builder/check.js";
import { address, code } from "./builder/code.js";
import { backToDraft, dropDrafts, words } from "./builder/drafts.js";
import { exampleOf } from "./builder/examples.js";
import { busy, chosen, lang, state, tell, ui } from "./builder/page.js";
import { attempt, showOwn } from "./builder/preview.js";
import {
  chooseKind,
  chooseRole,
  forget,
  keepChoices,
  parse,
  toldAttributes,
} from "./builder/reading.js";
import { chosenSheet, openFile, showSheets } from "./builder/sheets.js";
import { phoneOf } from "./builder/snippets.js";
import {
  DOUBTFUL,
  canBeNamed,
  settledNumber,
  toText,
  turned,
} from "./builder/table-text.js";
import { word } from "./builder/words.js";
import { h } from "./host/dom.js";

const MOST_MB = 4;
const INLINE = 100_000; // characters of data that a snippet holds unless its editor wants it
const PAUSE_MS = 300;

/** @import { Data, Drawn } from './builder/page.js' */
/** @import { Reading } from './builder/reading.js' */

/** What was read last. @type {Reading | undefined} */
let reading;

// ---- reading

// Nothing is drawn, and nothing of what was drawn before is left.
/** @param {string} [kind] */
const fail = (kind) => {
  state.now = { ...state.now, kind: kind ?? state.now.kind, ok: false };
  dropDrafts();
};

// The first kind that takes the data; where none does, what the likeliest says of them.
/**
 * @param {Data | undefined} data
 * @param {string[]} order
 * @param {{ columns?: string, unit?: string }} told
 * @param {number} run
 */
const draw = async (data, order, told, run) => {
  for (const kind of order) {
    const result = await attempt(kind, data, told);
    if (run !== state.runs) return null;
    if (!["bad-table", "wrong-kind"].includes(result.error?.code ?? ""))
      return result;
  }
  const first = await attempt(order[0], data, told);
  return run === state.runs ? first : null;
};

/** @param {Drawn} result @param {Data | undefined} data */
const report = (result, data) => {
  if (result.error) {
    const { line, message } = result.error;
    tell(ui.verdict, question(reading) || word("broken", lang()));
    showFaults(
      [{ line: line || 1, words: message }, ...faultsOf(reading?.issues ?? [])],
      mark,
    );
    return fail(result.kind);
  }
  const faults = faultsOf(reading?.issues ?? [], result.issues);
  showFaults(faults, mark);
  const { rows } = result.element.status;
  const drawn = faults.length
    ? word("issues", lang(), rows, Math.max(faults.length, result.count ?? 0))
    : word("drawn", lang(), rows);
  tell(
    ui.verdict,
    result.still
      ? word("still", lang())
      : data
        ? drawn
        : word("shipped", lang()),
  );
  state.now = result;
  for (const type of ["atlas-view-change", "atlas-select"])
    result.element.addEventListener(type, () => words());
};

const tooLarge = () => ({
  code: "too-large",
  ko: word("large", "ko", MOST_MB),
  en: word("large", "en", MOST_MB),
});

// The reason, where a text is none that anybody could draw.
/** @param {any} error */
const refusal = (error) =>
  error?.code === "web-page" ? word("page", lang()) : error?.[lang()];

const read = busy(async () => {
  const text = ui.text.value;
  const run = ++state.runs;
  const parsed =
    text.length > MOST_MB << 20
      ? { error: tooLarge(), order: [] }
      : await parse(text);
  if (run !== state.runs) return;
  const { data, error, order } = parsed;
  reading = parsed.reading;
  state.doubtful = !!reading?.columns.some(({ doubtful }) => doubtful);
  showSheets(text);
  showTable(reading, { role: setRole, numbers: settleNumbers });
  ui["title-field"].hidden = !data?.table;
  const reason = refusal(error);
  if (reason) {
    ui.preview.replaceChildren();
    const large = error.code === "too-large";
    showFaults(large ? [] : [{ line: error.line || 1, words: reason }], mark);
    tell(ui.verdict, large ? reason : word("broken", lang()));
    fail();
  } else {
    const told = data?.table ? toldAttributes(order[0]) : {};
    const result = await draw(data, order, told, run);
    if (!result) return;
    check(`[name="kind"][value="${result.kind}"]`);
    report(result, data);
  }
  const { kind } = state.now;
  ui.inline.checked = !data || text.length <= INLINE;
  if (!ui.src.dataset.mine)
    ui.src.value = data
      ? address(state.name || `${kind}.${data.json ? "json" : "csv"}`)
      : "";
  if (!ui.image.dataset.mine) ui.image.value = `${kind}.svg`;
  await words();
});

/** @param {number} line */
const mark = (line) => {
  const { value } = ui.text;
  let from = 0;
  for (let at = 1; at < line; at++)
    from = value.indexOf("\n", from) + 1 || value.length;
  const end = value.indexOf("\n", from);
  ui.text.focus();
  ui.text.setSelectionRange(from, end < 0 ? value.length : end);
  ui.text.scrollTop =
    (line - 3) * parseFloat(getComputedStyle(ui.text).lineHeight);
};

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(read, PAUSE_MS);
};

// ---- where data come from

// Another text takes the place of what is there.
/** @param {string} text @param {string} [name] @param {any} [foreign] */
const put = (text, name = "", foreign = null) => {
  Object.assign(state, { name, foreign });
  state.texts++;
  ui.text.value = text;
  return read();
};

/** @param {File | undefined} file */
const take = async (file) => {
  if (!file) return;
  const turn = ++state.texts;
  const { text, error, name } =
    file.size > MOST_MB << 21
      ? { error: tooLarge(), name: file.name }
      : await openFile(file);
  if (turn !== state.texts) return;
  delete ui.src.dataset.mine;
  forget();
  await put(text ?? "", name, text === undefined ? error : null);
};

const example = async () => {
  const kind = chosen("kind");
  const turn = ++state.texts;
  const text = await exampleOf(kind);
  if (turn === state.texts) await put(text, `${kind}.csv`);
};

// A file of the gallery, with what its page says of it, where the address names one.
const openAsked = async () => {
  const asked = new URLSearchParams(location.search);
  const name = asked.get("example") ?? "";
  if (!/^[a-z-]+\.(?:csv|json)$/.test(name)) return read();
  const answer = await fetch(`articles/gallery/${name}`).catch(() => null);
  if (!answer?.ok) return read();
  await take(new File([await answer.blob()], name));
  if (!reading) return;
  for (const pair of (asked.get("columns") ?? "").split("; ")) {
    const [heading, field = ""] = pair.split("=");
    const at = reading.table.head.indexOf(heading);
    if (at >= 0) chooseRole(reading, at, field);
  }
  if (asked.has("kind")) chooseKind(asked.get("kind") ?? "");
  ui.unit.value = asked.get("unit") ?? "";
  await read();
};

const empty = () => {
  for (const key of ["title", "notes", "source", "file"]) ui[key].value = "";
  forget();
  return put("");
};

// ---- what is said of the table

// The table as text, after something in it was changed; what was said of its columns stands.
/** @param {Reading} from @param {string[]} head @param {Reading["table"]["rows"]} rows */
const rewrite = ({ table }, head, rows) => {
  const { name } = state;
  ui.text.value = toText({ ...table, head, rows });
  state.name = name.replace(/\.[^.]*$/, table.semicolon ? ".csv" : ".tsv");
  state.texts++;
};

/** @param {number} at @param {string} field */
const setRole = (at, field) => {
  if (!reading) return;
  const { head, rows } = reading.table;
  // A heading that cannot be named gets one that can.
  if (!canBeNamed(head, at)) {
    const plain = head[at].replace(/[;\s]+/g, " ").trim();
    head[at] = `${plain} ${at + 1}`.trim();
    rewrite(reading, head, rows);
    keepChoices(head);
  }
  chooseRole(reading, at, field);
  read();
};

/** @param {number} at @param {boolean} thousands */
const settleNumbers = (at, thousands) => {
  if (!reading) return;
  const { head, rows } = reading.table;
  const settled = rows.map((row) =>
    row.map((cell, i) => {
      const text = String(cell ?? "");
      return i === at && DOUBTFUL.test(text)
        ? settledNumber(text, thousands)
        : cell;
    }),
  );
  rewrite(reading, head, settled);
  ui.grid.querySelector(`[data-column="${at}"]`).focus();
  read();
};

const turn = () => {
  if (!reading) return;
  const [head, ...rows] = turned(reading.table);
  rewrite(reading, head.map(String), rows);
  read();
};

// ---- files that an editor takes away

/** @param {Blob} blob @param {string} file */
const save = (blob, file) => {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1e4);
  tell(ui.said, word("saved", lang(), file));
};

// A column that is left out is left out of the file as well.
const dataText = () => {
  const table = state.now.data?.table;
  return table && reading && table.head.length < reading.table.head.length
    ? toText(table)
    : ui.text.value;
};
const saveData = () =>
  save(
    new Blob([dataText()], {
      type: state.now.data?.json ? "application/json" : "text/csv",
    }),
    decodeURIComponent(
      new URL(ui.src.value, location.href).pathname.split("/").pop() ?? "",
    ) || "data.csv",
  );
/** @param {string} address */
const fileOf = (address) =>
  address.split(/[?#]/)[0].split("/").pop() || state.now.kind + ".svg";
/** @param {string} name @param {{ width?: number }} [options] */
const saveSvg = async (name, options) =>
  save(
    new Blob([await state.now.element.toSVG(options)], {
      type: "image/svg+xml",
    }),
    name,
  );

const copy = async () => {
  const text = ui.code.textContent;
  try {
    await navigator.clipboard.writeText(text);
    tell(ui.said, word("copied", lang()));
  } catch {
    getSelection()?.selectAllChildren(ui.code);
    tell(ui.said, word("refused", lang()));
  }
};

// ---- what the editor does

const say = () => {
  /** @type {NodeListOf<HTMLOptionElement>} */
  const options = document.querySelectorAll("option[data-ko]");
  for (const option of options)
    option.textContent = option.dataset[lang()] ?? "";
};

/** @param {string} name @param {(radio: HTMLInputElement) => void} does */
const each = (name, does) => {
  /** @type {NodeListOf<HTMLInputElement>} */
  const radios = document.querySelectorAll(`input[name="${name}"]`);
  for (const radio of radios)
    radio.addEventListener("change", () => does(radio));
};
/** @param {string} which of the radios of the page */
const check = (which) => {
  const radio = /** @type {HTMLInputElement} */ (
    document.querySelector(`input${which}`)
  );
  radio.checked = true;
};

const listenToData = () => {
  ui.text.addEventListener("input", () => {
    Object.assign(state, { name: "", foreign: null });
    state.texts++;
    soon();
  });
  ui.file.addEventListener("change", () => take(ui.file.files[0]));
  ui.text.addEventListener("paste", (/** @type {any} */ event) => {
    const { files, types } = event.clipboardData;
    if (!files.length || types.includes("text/plain")) return;
    event.preventDefault();
    take(files[0]);
  });
  ui.sheet.addEventListener("change", () => {
    forget();
    put(chosenSheet(), state.name);
  });
  ui.example.addEventListener("click", example);
  ui.empty.addEventListener("click", empty);
  each("kind", ({ value }) => {
    chooseKind(value);
    read();
  });
  ui.unit.addEventListener("input", soon);
  ui.turn.addEventListener("click", turn);
  ui.drop.addEventListener("dragover", (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    ui.drop.classList.add("over-it");
  });
  for (const type of ["dragleave", "drop"])
    ui.drop.addEventListener(type, () => ui.drop.classList.remove("over-it"));
  ui.drop.addEventListener("drop", (/** @type {any} */ event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    const text = event.dataTransfer.getData("text");
    if (file) take(file);
    else if (text) put(text);
  });
};

const listenToWords = () => {
  // What was set in the preview stays.
  for (const key of ["lang", "theme"])
    ui[key].addEventListener("change", () => {
      const { element } = state.now;
      if (ui[key].value) element?.setAttribute(key, ui[key].value);
      else element?.removeAttribute(key);
      words();
    });
  for (const key of ["base", "src", "image"])
    ui[key].addEventListener("input", () => {
      ui[key].dataset.mine = 1;
      code();
    });
  for (const key of ["alt", "takeaway"])
    ui[key].addEventListener("input", code);
  for (const key of ["notes", "source"])
    ui[key].addEventListener("input", () => {
      if (state.now.ok && state.now.data) showOwn(state.now.element);
      code();
    });
  ui.title.addEventListener("input", soon);
  for (const key of ["inline", "pin"]) ui[key].addEventListener("change", code);
  ui.redraft.addEventListener("click", backToDraft);
  each("form", code);
  each("width", ({ value }) => {
    ui.preview.style.width = value + "px";
    requestAnimationFrame(words); // once the element has seen it
  });
  ui.copy.addEventListener("click", copy);
  ui["save-data"].addEventListener("click", saveData);
  ui["save-svg"].addEventListener("click", () =>
    saveSvg(fileOf(ui.image.value)),
  );
  // A phone of 360 px with its margins.
  ui["save-phone"].addEventListener("click", () =>
    saveSvg(phoneOf(fileOf(ui.image.value)), { width: 336 }),
  );
  ui["save-png"].addEventListener("click", async () =>
    save(await state.now.element.toBlob({ scale: 2 }), state.now.kind + ".png"),
  );
};

for (const language of LANGUAGES)
  ui.lang.append(
    new Option(
      new Intl.DisplayNames([language], { type: "language" }).of(language),
      language,
    ),
  );
ui.base.value = new URL(".", location.href).href;
if (innerWidth < 720) check('[name="width"]');
ui.preview.style.width = chosen("width") + "px";
listenToData();
listenToWords();
new MutationObserver(() => (say(), read())).observe(document.documentElement, {
  attributeFilter: ["lang"],
});
say();
openAsked();
