// @ts-check
// The data as a table that can be sorted, by a module that only those load who look at it.
import { load } from "./assets.js";
import { catalogs, t } from "./i18n.js";

/** @import { Table } from './types.d.ts' */

/** @param {Table} table @param {string} lang @returns {Promise<HTMLElement>} */
export const tableNode = async (table, lang) => {
  const module = await load("data-table");
  const say = (/** @type {string} */ key) => t(key, lang);
  return module.tableNode(table, lang, say, catalogs.get(lang)?.plain);
};
