// The snippet builder: what an editor pastes becomes a preview by the very element that readers
// get, its words become drafts, and the whole becomes a snippet.
import {
  element as elementForm,
  figure as figureForm,
  iframe as iframeForm,
  phoneOf,
} from "./builder/snippets.js";
import { word } from "./builder/words.js";
import { h } from "./host/dom.js";
import { decode } from "./host/static-reader.js";

const KINDS = ["market-share", "funding-timeline", "value-chain"];
const ATTRIBUTES = ["framework", "table", "from", "to", "scale", "selected"];
const MOST_MB = 4;
const INLINE = 100_000; // characters of data that a snippet holds unless its editor wants it
const PAUSE_MS = 300;
const COLUMN = 680; // px of an article's column
const LATE_MS = 5000;

const ui = new Proxy({}, { get: (_, id) => document.getElementById(id) });
const chosen = (name) =>
  document.querySelector(`input[name="${name}"]:checked`).value;
const lang = () => (document.documentElement.lang === "en" ? "en" : "ko");
const own = () => ui.lang.value || lang();
// What is said to assistive technology while something is being worked out.
let working = 0;
const busy = (work) => async () => {
  ui.preview.setAttribute("aria-busy", String(++working > 0));
  try {
    await work();
  } finally {
    ui.preview.setAttribute("aria-busy", String(--working > 0));
  }
};
const tell = (node, text) =>
  node.textContent !== text && (node.textContent = text);

let texts = 0; // how often another text was begun: a file that is still being read is late then
let foreign; // why a file that was dropped is no text, until something is typed
let runs = 0;
let now = { kind: "market-share" }; // { kind, element, data?: { table } | { json } | { text }, ok }
let name = ""; // of the file
let draft = {};

// ---- data

// What the engine reads in the bytes of a file: { format, text, kinds, head, rows, lines, error }.
// Without an engine the element shows what it can.
const examine = async (bytes, named = name) => {
  const engine = await customElements.whenDefined("atlas-market-share");
  return engine.read(bytes, named).catch(() => {
    const text = decode(bytes);
    return {
      format: /^\s*[[{]/.test(text) ? "json" : "csv",
      text,
      kinds: KINDS,
    };
  });
};

// The data, and the kinds that it may be, in order; or why it is none.
const parse = async (text) => {
  if (foreign) return { error: foreign, order: [] };
  if (!text.trim()) return { order: [ui.kind.value || "market-share"] };
  const {
    format,
    kinds = ["market-share"],
    head,
    rows,
    lines,
    error,
  } = await examine(new TextEncoder().encode(text));
  // JSON that is none the element refuses, as readers would see it.
  if (error && format !== "json") return { error, order: [] };
  const data = rows
    ? { table: { caption: ui.title.value.trim(), head, rows, lines } }
    : format === "json"
      ? { json: text }
      : { text };
  return { data, order: ui.kind.value ? [ui.kind.value] : kinds };
};

const policy = globalThis.trustedTypes?.createPolicy("ai-atlas-builder", {
  createScript: String,
});
const scriptNode = (json) => {
  const node = h("script", { type: "application/json" });
  node.text = policy?.createScript(json) ?? json;
  return node;
};

// One try with one kind: what the element says of the data. The try before it, if it is still on,
// ends without a word.
let giveUp = () => {};
const attempt = (kind, data) =>
  new Promise((done) => {
    giveUp();
    const element = h("atlas-" + kind, {
      loading: "eager",
      lang: ui.lang.value,
      theme: ui.theme.value,
    });
    for (const key of ["lang", "theme"])
      if (!element.getAttribute(key)) element.removeAttribute(key);
    if (data?.table) element.data = data.table;
    else if (data?.json) element.append(scriptNode(data.json));
    else if (data)
      element.setAttribute(
        "src",
        "data:text/csv;charset=utf-8," + encodeURIComponent(data.text),
      );
    else element.setAttribute("src", "shipped");
    let issues = [];
    const watch = new MutationObserver(
      () => element.dataset.tier === "static" && end({ still: true }),
    );
    const end = (more) => {
      watch.disconnect();
      done({ kind, element, data, issues, ...more });
    };
    giveUp = end;
    element.addEventListener(
      "issues",
      ({ detail }) => (issues = detail.issues),
    );
    element.addEventListener(
      "error",
      ({ detail }) => detail?.code && end({ error: detail }),
    );
    element.addEventListener("load", () => end({ ok: true }));
    watch.observe(element, {
      attributes: true,
      attributeFilter: ["data-tier"],
    });
    ui.preview.replaceChildren(element);
  });

const read = busy(async () => {
  const text = ui.text.value;
  const run = ++runs;
  const list = (faults) => {
    ui.text.setAttribute("aria-invalid", String(!!faults.length));
    ui.faults.hidden = !faults.length;
    ui.faults.replaceChildren(
      ...faults.map(({ line, words }) => {
        const button = h(
          "button",
          { type: "button" },
          h("b", {}, word("line", lang(), line)),
          " ",
          h("span", {}, words),
        );
        button.addEventListener("click", () => mark(line));
        return h("li", {}, button);
      }),
    );
  };
  if (text.length > MOST_MB << 20) {
    list([]);
    return tell(ui.verdict, word("large", lang(), MOST_MB));
  }
  const { data, error, order } = await parse(text);
  if (run !== runs) return;
  ui["title-field"].hidden = !data?.table;
  let result = error && {
    error: {
      line: error.line,
      message: error.code === "web-page" ? word("page", lang()) : error[lang()],
    },
  };
  for (const kind of order) {
    result = await attempt(kind, data);
    if (run !== runs) return;
    if (!["bad-table", "wrong-kind"].includes(result.error?.code)) break;
  }
  // The line stands before the words.
  const plain = (issue) => issue[lang()].replace(/^line \d+, /, "");
  if (result.error) {
    const { line, message } = result.error;
    list([{ line: line || 1, words: message }]);
    tell(ui.verdict, word("broken", lang()));
    now = { ...now, kind: result.kind ?? now.kind, ok: false };
  } else {
    list(
      result.issues.map((issue) => ({
        line: issue.line || 1,
        words: plain(issue),
      })),
    );
    const { rows } = result.element.status;
    tell(
      ui.verdict,
      result.still
        ? word("still", lang())
        : !data
          ? word("shipped", lang())
          : result.issues.length
            ? word("issues", lang(), rows, result.issues.length)
            : word("drawn", lang(), rows),
    );
    now = result;
    for (const type of ["atlas-view-change", "atlas-select"])
      result.element.addEventListener(type, () => words());
  }
  ui.inline.checked = !data || text.length <= INLINE;
  if (!ui.src.dataset.mine)
    ui.src.value = data
      ? address(name || `${now.kind}.${data.json ? "json" : "csv"}`)
      : "";
  if (!ui.image.dataset.mine) ui.image.value = `${now.kind}.svg`;
  await words();
});

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

let timer;
const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(read, PAUSE_MS);
};

const take = async (file) => {
  if (!file) return;
  const turn = ++texts;
  const { text, error } =
    file.size > MOST_MB << 21
      ? { text: " ".repeat((MOST_MB << 20) + 1) }
      : await examine(new Uint8Array(await file.arrayBuffer()), file.name);
  if (turn !== texts) return;
  name = file.name;
  delete ui.src.dataset.mine;
  foreign = text === undefined ? error : null;
  ui.text.value = text ?? "";
  await read();
};

// A few rows of what ships, as an editor would have them in a spreadsheet.
const example = async () => {
  const kind = ui.kind.value || "market-share";
  const turn = ++texts;
  const file = await (await fetch(`data/${kind}.json`)).json();
  if (turn !== texts) return;
  const text = (row, key) =>
    row?.[`${key}_${lang()}`] ?? row?.[`${key}_en`] ?? row?.[key] ?? "";
  const people = new Map(
    (file.parties ?? file.entities ?? []).map((one) => [
      one.id,
      text(one, "name"),
    ]),
  );
  const quoted = (cell) =>
    /[",\n]/.test(cell)
      ? `"${String(cell).replaceAll('"', '""')}"`
      : String(cell ?? "");
  const usd = (amount) => (amount?.currency === "USD" ? amount.value : "");
  const rows = {
    "market-share": () => {
      const { items } = file.tables.toSorted(
        (a, b) => b.items.length - a.items.length,
      )[0];
      return [
        ["label", "value"],
        ...items
          .filter(({ value }) => value != null)
          .map((item) => [
            text(item, "label") || people.get(item.party ?? item.entity),
            item.value,
          ]),
      ];
    },
    "funding-timeline": () => [
      ["date", "type", "label", "amount_usd"],
      ...file.events
        .filter(({ date, amount }) => date && usd(amount))
        .slice(0, 20)
        .map((event) => [
          event.date,
          event.type ?? event.kind,
          text(event, "label"),
          usd(event.amount),
        ]),
    ],
    "value-chain": () => {
      const layers = new Map(
        file.sublayers.map(({ id, layer }) => [id, layer]),
      );
      const main = new Map(
        file.entities.map(({ id, roles }) => [
          id,
          layers.get(roles?.[0]?.sublayer),
        ]),
      );
      return [
        ["from", "from_layer", "to", "to_layer", "type", "amount_usd"],
        ...file.links
          .slice(0, 20)
          .map((link) => [
            people.get(link.from),
            main.get(link.from),
            people.get(link.to),
            main.get(link.to),
            link.type,
            link.amount_usd,
          ]),
      ];
    },
  }[kind]();
  name = `${kind}.csv`;
  foreign = null;
  ui.text.value =
    rows.map((row) => row.map(quoted).join(",")).join("\n") + "\n";
  await read();
};

// ---- words

const part = (name) => {
  const node = now.element?.shadowRoot?.querySelector(`[part~="${name}"]`);
  return node && !node.hidden ? node.textContent.trim() : "";
};
const sentence = (text) => (/[.!?。]$/.test(text) ? text : text + ".");

// What the element says is the draft; what an editor wrote stays.
const words = busy(async () => {
  if (now.ok) {
    // A new width is heard of after one frame and painted after some more.
    await new Promise(requestAnimationFrame);
    await now.element.updateComplete;
    await new Promise(requestAnimationFrame);
    const said = [
      ...new Set(
        [part("title"), part("takeaway"), part("subline")]
          .map((line) => line.replace(/^[ ·]+/, ""))
          .filter(Boolean),
      ),
    ];
    const next = {
      title: said[0] ?? "",
      alt: said.map(sentence).join(" "),
      takeaway: part("takeaway") || part("title"),
    };
    for (const key of ["alt", "takeaway"])
      if (ui[key].value === (draft[key] ?? "")) ui[key].value = next[key];
    draft = next;
  }
  await code();
});

// ---- code

const address = (file) => new URL(file, ui.base.value || location.href).href;
const save = (blob, file) => {
  const url = URL.createObjectURL(blob);
  h("a", { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1e4);
  tell(ui.said, word("saved", lang(), file));
};

// What was set in the preview, as attributes.
const view = () => {
  const all = { lang: ui.lang.value, theme: ui.theme.value };
  if (!now.ok) return all;
  const { hidden, ...state } = now.element.save();
  for (const key of ATTRIBUTES) if (state[key]) all[key] = state[key];
  const rest = Object.entries(state).filter(
    ([key]) => !ATTRIBUTES.includes(key),
  );
  if (rest.length) all.view = String(new URLSearchParams(rest));
  return all;
};

let listed;
const versionList = async () =>
  (listed ??= await (await fetch("manifest.json")).json());
const pinned = async (kind) => {
  if (!ui.pin.checked) return null;
  try {
    const versions = await versionList();
    return {
      folder: versions.folder,
      integrity: versions.files.find(
        ({ path }) => path === `${versions.folder}/${kind}.js`,
      ).integrity,
    };
  } catch {
    ui.pin.checked = false;
    tell(ui.said, word("unpinned", lang()));
    return null;
  }
};

// The words of a language that has a file, for what the element does not say itself.
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

const figure = async (caption) => {
  const { element } = now;
  const svg = await element.toSVG();
  const { columns, rows, title, sources, credit } = await element.toJSON();
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg);
  return figureForm({
    lang: own(),
    book: await book(own()),
    image: ui.image.value,
    alt: ui.alt.value.trim(),
    caption,
    width,
    height,
    rows: { caption: title, head: columns, rows },
    sources: sources ?? [],
    credit,
  });
};

// The height that the whole figure takes in the column of an article. A preview as narrow as a
// phone says nothing about that: the same figure is laid out beside it, unseen.
const tall = async () => {
  const { element } = now;
  const height = (node) => Math.ceil(node.getBoundingClientRect().height);
  if (element.clientWidth >= COLUMN) return height(element);
  const stamp = JSON.stringify([
    runs,
    document.documentElement.lang,
    element.lang,
    element.save(),
  ]);
  if (column.stamp !== stamp) {
    column.stamp = stamp;
    const twin = element.cloneNode(true);
    delete twin.dataset.tier;
    Object.assign(twin, { loading: "eager", noMetadata: true });
    // A property, so the clone has none.
    if (element.data !== undefined) twin.data = element.data;
    column.end?.();
    const drawn = new Promise((done) => {
      column.end = done; // of the one that gives way to this one
      for (const type of ["load", "error"]) twin.addEventListener(type, done);
      setTimeout(done, LATE_MS);
    });
    ui.column.replaceChildren(twin);
    twin.restore(element.save());
    column.height = drawn
      .then(() => twin.updateComplete)
      .then(() => new Promise(requestAnimationFrame))
      .then(() => height(twin));
    column.height.then(() => twin.remove());
  }
  return column.height;
};
const column = {};

let codes = 0;
const code = busy(async () => {
  const form = chosen("form");
  const run = ++codes;
  for (const node of document.querySelectorAll("[data-for]"))
    node.hidden = !node.dataset.for.includes(form);
  const inline = form === "element" && ui.inline.checked;
  ui["src-field"].hidden = !now.data || form === "figure" || inline;
  ui["inline-field"].hidden = !now.data;
  ui["save-data"].hidden = ui["src-field"].hidden;
  for (const key of ["save-png", "save-svg", "save-phone"])
    ui[key].hidden = form !== "figure" || !now.ok;
  const foreign =
    form === "iframe" &&
    now.data &&
    URL.canParse(ui.src.value, ui.base.value) &&
    URL.canParse(ui.base.value) &&
    new URL(ui.src.value, ui.base.value).origin !==
      new URL(ui.base.value).origin;
  tell(ui.about, foreign ? word("foreign", lang()) : word(form, lang()));
  let text = "";
  if (now.ok) {
    const { kind, data } = now;
    // The element says its own finding: only other words stand below it.
    const caption =
      ui.takeaway.value.trim() === draft.takeaway
        ? ""
        : ui.takeaway.value.trim();
    // A CSV as a file has no place for a title.
    const headed =
      form !== "figure" && !inline && data?.table?.caption
        ? [data.table.caption, caption].filter(Boolean).join(". ")
        : caption;
    const all = {
      base: ui.base.value,
      kind,
      view: view(),
      src: data ? ui.src.value : "shipped",
      alt: ui.alt.value.trim(),
      caption: headed,
      height: form !== "figure" && (await tall()),
      pin: await pinned(kind),
    };
    if (form === "element")
      text = elementForm({ ...all, data: inline ? data : null });
    // Its page has a line of nothing above and below.
    else if (form === "iframe")
      text = iframeForm({ ...all, height: all.height + 2 });
    else text = await figure(caption);
  }
  if (run !== codes) return;
  tell(ui.code.firstElementChild, text);
  ui.copy.disabled = !text;
});

// ---- what the editor does

const say = () => {
  for (const option of document.querySelectorAll("option[data-ko]"))
    option.textContent = option.dataset[lang()];
};

for (const language of LANGUAGES)
  ui.lang.append(
    new Option(
      new Intl.DisplayNames([language], { type: "language" }).of(language),
      language,
    ),
  );
ui.base.value = new URL(".", location.href).href;
if (innerWidth < 720)
  document.querySelector('input[name="width"]').checked = true;
ui.preview.style.width = chosen("width") + "px";
ui.text.addEventListener(
  "input",
  () => (texts++, (name = ""), (foreign = null), soon()),
);
ui.file.addEventListener("change", () => take(ui.file.files[0]));
ui.example.addEventListener("click", example);
ui.empty.addEventListener(
  "click",
  () => (
    texts++,
    (foreign = null),
    (ui.text.value = ui.title.value = name = ""),
    (ui.file.value = ""),
    read()
  ),
);
ui.kind.addEventListener("change", read);
// What was set in the preview stays.
for (const key of ["lang", "theme"])
  ui[key].addEventListener("change", () => {
    const { element } = now;
    if (ui[key].value) element?.setAttribute(key, ui[key].value);
    else element?.removeAttribute(key);
    words();
  });
for (const key of ["base", "src", "image"])
  ui[key].addEventListener("input", () => ((ui[key].dataset.mine = 1), code()));
for (const key of ["alt", "takeaway"]) ui[key].addEventListener("input", code);
ui.title.addEventListener("input", soon);
for (const key of ["inline", "pin"]) ui[key].addEventListener("change", code);
ui.redraft.addEventListener("click", () => {
  for (const key of ["alt", "takeaway"]) ui[key].value = draft[key] ?? "";
  code();
});
for (const radio of document.querySelectorAll('input[name="form"]'))
  radio.addEventListener("change", code);
for (const radio of document.querySelectorAll('input[name="width"]'))
  radio.addEventListener("change", () => {
    ui.preview.style.width = radio.value + "px";
    requestAnimationFrame(words); // once the element has seen it
  });

ui.drop.addEventListener("dragover", (event) => {
  event.preventDefault();
  ui.drop.classList.add("over-it");
});
for (const type of ["dragleave", "drop"])
  ui.drop.addEventListener(type, () => ui.drop.classList.remove("over-it"));
ui.drop.addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) take(file);
  else if (event.dataTransfer.getData("text"))
    (texts++,
      (foreign = null),
      (ui.text.value = event.dataTransfer.getData("text")),
      read());
});

ui.copy.addEventListener("click", async () => {
  const text = ui.code.textContent;
  try {
    await navigator.clipboard.writeText(text);
    tell(ui.said, word("copied", lang()));
  } catch {
    getSelection().selectAllChildren(ui.code);
    tell(ui.said, word("refused", lang()));
  }
});
ui["save-data"].addEventListener("click", () =>
  save(
    new Blob([ui.text.value], {
      type: now.data.json ? "application/json" : "text/csv",
    }),
    decodeURIComponent(
      new URL(ui.src.value, location.href).pathname.split("/").pop(),
    ) || "data.csv",
  ),
);
const fileOf = (address) =>
  address.split(/[?#]/)[0].split("/").pop() || now.kind + ".svg";
const saveSvg = async (name, options) =>
  save(
    new Blob([await now.element.toSVG(options)], { type: "image/svg+xml" }),
    name,
  );
ui["save-svg"].addEventListener("click", () => saveSvg(fileOf(ui.image.value)));
// A phone of 360 px with its margins.
ui["save-phone"].addEventListener("click", () =>
  saveSvg(phoneOf(fileOf(ui.image.value)), { width: 336 }),
);
ui["save-png"].addEventListener("click", async () =>
  save(await now.element.toBlob({ scale: 2 }), now.kind + ".png"),
);

new MutationObserver(() => (say(), read())).observe(document.documentElement, {
  attributeFilter: ["lang"],
});
say();
read();
