// @ts-check
// A few rows of what ships, as an editor would have them in a spreadsheet.
import { lang } from "./page.js";

/** @param {string} kind @returns {Promise<string>} */
export const exampleOf = async (kind) => {
  const file = await (await fetch(`data/${kind}.json`)).json();
  /** @param {any} row @param {string} key */
  const text = (row, key) =>
    row?.[`${key}_${lang()}`] ?? row?.[`${key}_en`] ?? row?.[key] ?? "";
  const people = new Map(
    (file.parties ?? file.entities ?? []).map((/** @type {any} */ one) => [
      one.id,
      text(one, "name"),
    ]),
  );
  const rows = { "market-share": shares, "funding-timeline": rounds }[kind];
  return csv((rows ?? relations)(file, text, people));
};

/** @typedef {(row: any, key: string) => string} Text */
/** @typedef {Map<any, string>} People */

/** @param {any} file @param {Text} text @param {People} people */
const shares = (file, text, people) => {
  const { items } = file.tables.toSorted(
    (/** @type {any} */ a, /** @type {any} */ b) =>
      b.items.length - a.items.length,
  )[0];
  return [
    ["label", "value"],
    ...items
      .filter((/** @type {any} */ { value }) => value != null)
      .map((/** @type {any} */ item) => [
        text(item, "label") || people.get(item.party ?? item.entity),
        item.value,
      ]),
  ];
};

/** @param {any} amount */
const usd = (amount) => (amount?.currency === "USD" ? amount.value : "");

/** @param {any} file @param {Text} text */
const rounds = (file, text) => [
  ["date", "type", "label", "amount_usd"],
  ...file.events
    .filter((/** @type {any} */ { date, amount }) => date && usd(amount))
    .slice(0, 20)
    .map((/** @type {any} */ event) => [
      event.date,
      event.type ?? event.kind,
      text(event, "label"),
      usd(event.amount),
    ]),
];

/** @param {any} file @param {Text} text @param {People} people */
const relations = (file, text, people) => {
  const layers = new Map(
    file.sublayers.map((/** @type {any} */ { id, layer }) => [id, layer]),
  );
  const main = new Map(
    file.entities.map((/** @type {any} */ { id, roles }) => [
      id,
      layers.get(roles?.[0]?.sublayer),
    ]),
  );
  return [
    ["from", "from_layer", "to", "to_layer", "type", "amount_usd"],
    ...file.links
      .slice(0, 20)
      .map((/** @type {any} */ link) => [
        people.get(link.from),
        main.get(link.from),
        people.get(link.to),
        main.get(link.to),
        link.type,
        link.amount_usd,
      ]),
  ];
};

/** @param {any[][]} rows */
const csv = (rows) => {
  /** @param {unknown} cell */
  const quoted = (cell) =>
    /[",\n]/.test(String(cell))
      ? `"${String(cell).replaceAll('"', '""')}"`
      : String(cell ?? "");
  return rows.map((row) => row.map(quoted).join(",")).join("\n") + "\n";
};
