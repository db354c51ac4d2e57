// @ts-check
// Files that an editor drops: a workbook becomes the text of one of its sheets, with a menu of all;
// every other file is what the engine reads in it.
import { ui } from "./page.js";
import { examine } from "./reading.js";
import { word } from "./words.js";

const ZIP = [0x50, 0x4b, 3, 4]; // how a workbook begins

/** @typedef {{ text?: string, error?: any, name: string }} Taken */

/** @type {{ name: string, text: string }[]} */
let sheets = [];

/** @param {Uint8Array} bytes @param {string} name @returns {Promise<Taken>} */
const openWorkbook = async (bytes, name) => {
  try {
    const address = new URL("builder-workbook.js", import.meta.url).href;
    const { readWorkbook } = await import(address);
    const found = await readWorkbook(bytes);
    if (found.length) {
      sheets = found;
      return { text: found[0].text, name: name.replace(/\.[^.]*$/, ".tsv") };
    }
  } catch (error) {
    console.warn(error);
  }
  const words = { ko: word("workbook", "ko"), en: word("workbook", "en") };
  return { error: { code: "workbook", line: 0, ...words }, name };
};

/** @param {File} file @returns {Promise<Taken>} */
export const openFile = async (file) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (ZIP.every((byte, at) => bytes[at] === byte))
    return openWorkbook(bytes, file.name);
  const { text, error } = await examine(bytes, file.name);
  return { text, error, name: file.name };
};

// The menu of the sheets of the workbook whose text is `text`; gone with it.
/** @param {string} text */
export const showSheets = (text) => {
  const at = sheets.findIndex((sheet) => sheet.text === text);
  if (at < 0) sheets = [];
  ui["sheet-field"].hidden = sheets.length < 2;
  ui.sheet.replaceChildren(
    ...sheets.map(({ name }, i) => new Option(name, String(i))),
  );
  if (at >= 0) ui.sheet.value = String(at);
};

export const chosenSheet = () => sheets[+ui.sheet.value]?.text ?? "";
