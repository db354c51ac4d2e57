// @ts-check
// The page's own table as data.

const HIDDEN =
  'script,style,template,noscript,[hidden],[aria-hidden="true"],[style*="display:none"],[style*="display: none"],[style*="visibility:hidden"],[style*="visibility: hidden"]';
const MARK =
  /^[\s[(]*(?:\d{1,3}|[a-z]|주\s*\d*|[*†‡§#]+)(?:\s*,\s*(?:\d{1,3}|[a-z]))*[\])\s]*$/i; // a footnote's
// What a reader sees in a cell, without marks of footnotes; a table in it is another table.
/** @param {Element} cell */
const cellText = (cell) => {
  let out = "";
  const walk = (/** @type {any} */ node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) out += child.data;
      if (
        child.nodeType !== 1 ||
        child.matches(HIDDEN) ||
        child.localName === "table"
      )
        continue;
      const tag = child.localName;
      const text = child.textContent.trim();
      if (tag === "br") out += " ";
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

// The rows of a table and their cells as the page has them; src/data/cells.rs makes rows of data of
// them. What a cell does not say is its default.
/** @param {HTMLTableElement} table */
export const readTable = (table) => {
  let group = 0;
  /** @type {Node | null | undefined} */
  let last;
  const rows = [...table.rows].map((row) => {
    const section = /** @type {Element} */ (row.parentNode);
    if (section !== last) group++;
    last = section;
    const cells = [...row.cells].map((cell) => ({
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
