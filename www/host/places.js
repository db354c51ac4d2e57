// Where the other files of this version lie. The entry alone knows how it was delivered and settles
// it: { entry }, its name; { folder } where they all lie by their names, or { files }, an address
// each, where a bundler may have moved them; { languages } besides Korean and English; { integrity
// } of the wasm. What the page says comes before that: `AtlasElement.assets = address`, or
// `data-ai-atlas-assets` on a script element (a module script has no document.currentScript, so the
// page is searched for one). The engine, which may be a worker, is told whole addresses.
import { refused } from "./missing.js";

export const places = {
  get engine() {
    return placeOf(
      places.entry === "ai-atlas" ? "engine.js" : `engine-${places.entry}.js`,
    );
  },
  get wasm() {
    return placeOf(`${places.entry}.wasm`);
  },
  get still() {
    return placeOf("still.js");
  },
  get export() {
    return placeOf("export.js");
  },
  get columns() {
    return placeOf("read-columns.js");
  },
  get table() {
    return placeOf("data-table.js");
  },
  get language() {
    return placeOf("language.js");
  },
  shaders: (tier) => placeOf(`shaders-${tier}.js`),
  data: (kind) => placeOf(`data/${kind}.json`),
  words: (language) => placeOf(`lang/${language}.json`),
};

// Some bundlers write addresses without an origin. They are the page's, whatever its <base> says; a
// page that is no file of a site has its base only.
const page = () =>
  /^(about|blob|data):/.test(location.protocol)
    ? globalThis.document?.baseURI
    : location.href;

const placeOf = (name) =>
  new URL(places.files?.[name] ?? new URL(name, places.folder).href, page())
    .href;

let own;
export const settle = (delivered) => {
  Object.assign(places, delivered);
  const { folder, files } = delivered;
  own = { folder, files };
  const script = document.querySelector("script[data-ai-atlas-assets]");
  try {
    lieIn(script?.dataset.aiAtlasAssets);
  } catch (error) {
    console.error("AI Atlas: data-ai-atlas-assets is no address.", error);
  }
};

// All files lie in that folder; with nothing, where the entry says. An address that is none throws.
export const lieIn = (address) => {
  if (!address) return Object.assign(places, own);
  const url = new URL(address, page());
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  Object.assign(places, { folder: url.href, files: undefined });
};

// The same for an engine: it knows nothing of the page.
export const placesFor = ({ entry, folder, files, integrity } = places) => ({
  entry,
  folder: folder && new URL(folder, page()).href,
  files:
    files &&
    Object.fromEntries(Object.keys(files).map((name) => [name, placeOf(name)])),
  integrity,
});

const SLOW_MS = 3e4;

// The wasm as it was built with this entry: another version's, or one that was changed on the way,
// is refused.
export const fetchWasm = async () => {
  const answer = await fetch(places.wasm, {
    referrerPolicy: "no-referrer",
    integrity: places.integrity,
    signal: AbortSignal.timeout?.(SLOW_MS),
  });
  if (!answer.ok)
    throw Error(refused(answer.url || places.wasm, answer.status));
  return answer;
};
