// @ts-check
// Runs in embed.html before its module, and as a plain script: it lets the browser fetch the
// widget's entry before the module asks for it. A frame that is closed off (`sandbox` without
// `allow-same-origin`) has an origin of its own, for which modules come only with
// Access-Control-Allow-Origin; plain scripts come without. Where a module does not come, readers
// get words, and the shipped data as a table.
const KINDS = ["value-chain", "market-share", "funding-timeline"];
const SHOWN_MS = 100;

const asked = new URLSearchParams(location.search.replaceAll("&amp;", "&"));
const kind = asked.get("kind") ?? "";
if (KINDS.includes(kind)) {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = `${kind}.js`;
  document.head.append(link);
}

let shown = false;
/** @param {string} address */
const show = (address) => {
  if (shown) return;
  shown = true;
  const root = document.documentElement;
  const lang =
    ["ko", "en", "ja"].find((one) =>
      (asked.get("lang") ?? "ko").toLowerCase().startsWith(one),
    ) ?? "en";
  root.lang = lang;
  const theme = asked.get("theme");
  root.dataset.theme = theme === "dark" || theme === "auto" ? theme : "light";
  root.classList.add("closed");
  const name = address.split(/[?#]/)[0].split("/").pop();
  console.warn(
    self.origin === "null"
      ? `AI Atlas: no-cors: ${name}. This frame is closed off: give its sandbox allow-same-origin, or let the library's server send Access-Control-Allow-Origin.`
      : `AI Atlas: file-missing: ${name}. It did not come: upload all files of the library's folder.`,
  );
  if (asked.get("src") !== "shipped" || !KINDS.includes(kind)) return;
  // The table, and what it is made of, by plain scripts too.
  /** @type {(url: string) => any} an address that the page trusts, where it asks for one */
  let safe = String;
  try {
    /** @type {any} no library of types has it yet */
    const page = globalThis;
    const policy = page.trustedTypes?.createPolicy("ai-atlas", {
      createScriptURL: String,
    });
    if (policy)
      safe = (/** @type {string} */ url) => policy.createScriptURL(url);
  } catch {} // the library was there, and has it
  for (const file of [`data/${kind}.js`, "embed-table.js"]) {
    const script = document.createElement("script");
    script.async = false; // one after the other
    script.src = safe(file);
    document.head.append(script);
  }
};

addEventListener(
  "error",
  ({ target }) =>
    target instanceof HTMLScriptElement &&
    target.type === "module" &&
    setTimeout(show, SHOWN_MS, target.src),
  true,
);
// Told by embed.js.
addEventListener("ai-atlas-missing", (event) =>
  show(/** @type {CustomEvent<string>} */ (event).detail),
);
