// @ts-check
// What a reader or a page takes away: the data and the picture, as text, object or file. Fetched by
// those who ask for one.
import { writeCsv } from "./csv.js";

export { svgImage as toBlob } from "./svg-image.js";

/** @import { ControllerHost } from './controllers/host.js' */
/** @import { FigureElement, Scene } from './types.d.ts' */

const MAKER = "AI Atlas " + VERSION; // tools/build.sh puts it here
const DEFAULT_WIDTH = 680; // of a picture that nobody sees yet
const LANGUAGE_MS = 4000; // that a picture in another language waits for its words
const KEEP_MS = 1e4; // that a file stays for a browser to save it
const today = () => new Date().toISOString().slice(0, 10);

/** @type {Record<string, { type: string, make: (element: FigureElement) => Promise<string | Blob | null> }>} */
const FORMATS = {
  csv: { type: "text/csv", make: (element) => element.toCSV() },
  json: {
    type: "application/json",
    make: async (element) => JSON.stringify(await element.toJSON(), null, 1),
  },
  svg: { type: "image/svg+xml", make: (element) => element.toSVG() },
  png: { type: "image/png", make: (element) => element.toBlob({ scale: 2 }) },
};

// Hands the reader a file of an element, if there is anything to hand over: why there is nothing is
// said already.
/** @param {FigureElement} element @param {string} format */
export const download = async (element, format) => {
  const { type, make } = FORMATS[format];
  const data = await make(element).catch(() => null);
  if (!data) return;
  const url = URL.createObjectURL(new Blob([data], { type }));
  const link = document.createElement("a");
  Object.assign(link, {
    href: url,
    download: `${element.constructor.kind}-${today()}.${format}`,
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
};

// The rows as they are shown, with day and version in a column of their own, `downloaded`: lines
// before or after the rows would be rows to whoever reads the file.
/** @param {ControllerHost} host @param {string} downloaded */
export const toCSV = async ({ panel }, downloaded) => {
  const { head, rows } = await panel.table();
  const made = `${today()}, ${MAKER}`;
  return writeCsv({
    head: [...head, downloaded],
    rows: rows.map((row) => [...row, made]),
  });
};

/** @param {ControllerHost} host */
export const toJSON = async (host) => {
  const { caption, head, rows } = await host.panel.table();
  /** @type {Partial<Scene>} */
  const words = host.scene ?? { title: caption };
  const { title, subline, sources, credit } = words;
  return {
    generator: MAKER,
    date: today(),
    lang: host.theme.lang,
    title,
    subline,
    sources,
    credit,
    columns: head,
    rows,
  };
};

/**
 * @param {ControllerHost} host
 * @param {Record<string, any>} options
 * @param {(tag: string) => string | Promise<string>} resolveLanguage
 */
export const toSVG = async (host, options, resolveLanguage) => {
  const { data, session, status, view } = host;
  const { width, theme, lang } = options;
  await data.whenArrived();
  await view.updateComplete;
  // One more request, which may get no answer.
  const timeout = new Promise((done) => setTimeout(done, LANGUAGE_MS));
  const language =
    lang && (await Promise.race([resolveLanguage(lang), timeout]));
  if (!host.abort || !data.loaded || status.tier === "static") return null;
  const font = getComputedStyle(host.ui.root).fontFamily;
  /** @type {Record<string, any>} */
  const asked = { ...view.environment(), ...view.viewState(), hover: -1, font };
  if (width > 0) Object.assign(asked, { width: +width, height: 0 });
  if (theme && theme !== host.theme.scheme)
    Object.assign(asked, { theme, colors: host.theme.markColors() });
  if (language) asked.lang = language;
  asked.width ||= DEFAULT_WIDTH;
  return (await session.request({ type: "svg", view: asked })) || null;
};
