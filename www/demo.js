// The demo page's switches: language and theme on <html>, and ?renderer=, ?lang=, ?theme=, ?style=
// for tests.

const root = document.documentElement;
const asked = new URLSearchParams(location.search);
const among = (value, list) => (list.includes(value) ? value : null);

const press = (name, value) => {
  for (const button of document.querySelectorAll(`[data-${name}]:is(button)`))
    button.setAttribute("aria-pressed", String(button.dataset[name] === value));
};
const setLang = (lang) => {
  root.lang = lang;
  document.title = root.dataset[lang === "ko" ? "titleKo" : "titleEn"];
  press("lang", lang);
};
const setTheme = (theme) => {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  press("theme", theme);
};

const setStyle = (style) => {
  if (style === "house") delete root.dataset.style;
  else root.dataset.style = style;
  press("style", style);
};

for (const button of document.querySelectorAll("button[data-style]"))
  button.addEventListener("click", () => setStyle(button.dataset.style));
for (const button of document.querySelectorAll("button[data-lang]"))
  button.addEventListener("click", () => setLang(button.dataset.lang));
for (const button of document.querySelectorAll("button[data-theme]"))
  button.addEventListener("click", () => setTheme(button.dataset.theme));

setLang(among(asked.get("lang"), ["ko", "en"]) ?? "ko");
setTheme(among(asked.get("theme"), ["light", "dark"]) ?? "auto");
setStyle(among(asked.get("style"), ["salmon", "broadsheet"]) ?? "house");
const renderer = among(asked.get("renderer"), ["webgpu", "webgl2", "canvas"]);
if (renderer)
  for (const widget of document.querySelectorAll('[group="story"]'))
    widget.setAttribute("renderer", renderer);
