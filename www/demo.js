// @ts-check
// The demo page's switches: language and theme on <html>, and ?renderer=, ?lang=, ?theme=, ?style=
// for tests.

const root = document.documentElement;
const asked = new URLSearchParams(location.search);
/** @param {string | null} value @param {string[]} list */
const among = (value, list) => (value && list.includes(value) ? value : null);

/** @param {string} name @returns {NodeListOf<HTMLButtonElement>} */
const buttons = (name) => document.querySelectorAll(`button[data-${name}]`);
/** @param {string} name @param {string} value */
const press = (name, value) => {
  for (const button of buttons(name))
    button.setAttribute("aria-pressed", String(button.dataset[name] === value));
};
/** @param {string} lang */
const setLang = (lang) => {
  root.lang = lang;
  document.title = root.dataset[lang === "ko" ? "titleKo" : "titleEn"] ?? "";
  press("lang", lang);
};
/** @param {string} theme */
const setTheme = (theme) => {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  press("theme", theme);
};

/** @param {string} style */
const setStyle = (style) => {
  if (style === "house") delete root.dataset.style;
  else root.dataset.style = style;
  press("style", style);
};

for (const button of buttons("style"))
  button.addEventListener("click", () => setStyle(button.dataset.style ?? ""));
for (const button of buttons("lang"))
  button.addEventListener("click", () => setLang(button.dataset.lang ?? ""));
for (const button of buttons("theme"))
  button.addEventListener("click", () => setTheme(button.dataset.theme ?? ""));

setLang(among(asked.get("lang"), ["ko", "en"]) ?? "ko");
setTheme(among(asked.get("theme"), ["light", "dark"]) ?? "auto");
setStyle(among(asked.get("style"), ["salmon", "broadsheet"]) ?? "house");
const renderer = among(asked.get("renderer"), ["webgpu", "webgl2", "canvas"]);
if (renderer)
  for (const widget of document.querySelectorAll('[group="story"]'))
    widget.setAttribute("renderer", renderer);
