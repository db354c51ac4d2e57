// @ts-check
// The page's own table as data.

/**
 * A cell as the page has it: what it does not say is its default.
 * @typedef {{ text: string, colspan?: number, rowspan?: number, header?: boolean, nested?: boolean }} PageCell
 * @typedef {{ caption: string, rows: PageRow[] }} PageTable
 */
/**
 * @typedef {object} PageRow
 * @property {string} part
 * @property {number} group
 * @property {PageCell[]} cells
 */

const HIDDEN =
  'script,style,template,noscript,[hidden],[aria-hidden="true"],[style*="display:none"],[style*="display: none"],[style*="visibility:hidden"],[style*="visibility: hidden"]';
const MARK =
  /^[\s[(]*(?:\d{1,3}|[a-z]|주\s*\d*|[*†‡§#]+)(?:\s*,\s*(?:\d{1,3}|[a-z]))*[\])\s]*$/i; // a footnote's
// What a reader sees in a cell, without marks of footnotes; a table in it is another table.
/** @param {HTMLElement} cell */
const cellText = (cell) => {
  let out = "";
  const walk = (/** @type {Node} */ node) => {
    for (const one of node.childNodes) {
      const child = /** @type {Element} */ (one);
      if (child.nodeType === 3) out += child.nodeValue;
      if (
        child.nodeType !== 1 ||
        child.matches(HIDDEN) ||
        child.localName === "table"
      )
        continue;
      const tag = child.localName;
      const text = child.textContent.trim();
      // A date that the page writes for machines has its year.
      const date = tag === "time" ? child.getAttribute("datetime") : null;
      if (date && /^-?\d{4}(?:-\d\d){0,2}$/.test(date)) out += date;
      else if (tag === "br") out += " ";
      else if (
        (tag === "sup" || (tag === "sub" && /\d\s*$/.test(out))) &&
        MARK.test(text)
      ) {
        // Ten to the ninth is no ten with a note, and a square metre no metre.
        if (/(?:^|[^\d.,])10\s*$/.test(out) && /^\d+$/.test(text))
          out += "^" + text;
        else if (/(?:^|[\s(/])[kcm]?m$/.test(out) && /^[23]$/.test(text))
          out += text === "2" ? "²" : "³";
      } else {
        const block = /^(?:p|div|li|dd|dt|section|h[1-6])$/.test(tag);
        if (block) out += " ";
        walk(child);
        if (block) out += " ";
      }
    }
  };
  if (cell.firstElementChild) walk(cell);
  else out = cell.textContent;
  return out
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
};

// The rows of a table and their cells as the page has them; src/data/page_table/mod.rs makes rows of data of
// them. What a cell does not say is its default.
/** @param {HTMLTableElement} table @returns {PageTable} */
export const readTable = (table) => {
  let group = 0;
  /** @type {Element | undefined} */
  let last;
  // What nobody sees of the page is not read: rows that a filter has taken out, columns for phones.
  const seen = (/** @type {Element} */ part) => !part.matches(HIDDEN);
  const shown = [...table.rows].filter(
    (row) => seen(row) && seen(/** @type {Element} */ (row.parentNode)),
  );
  const rows = shown.map((row) => {
    const section = /** @type {Element} */ (row.parentNode);
    if (section !== last) group++;
    last = section;
    const cells = [...row.cells].filter(seen).map((cell) => ({
      text: cellText(cell),
      ...(cell.colSpan !== 1 && { colspan: cell.colSpan }),
      ...(cell.rowSpan !== 1 && { rowspan: cell.rowSpan }),
      ...(cell.localName === "th" && { header: true }),
      ...(cell.querySelector("table") && { nested: true }),
    }));
    const part =
      section === table
        ? "tbody"
        : section.localName === "thead" && section !== table.tHead
          ? "other"
          : section.localName;
    return { part, group, cells };
  });
  return { caption: table.caption ? cellText(table.caption) : "", rows };
};
