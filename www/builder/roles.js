// @ts-check
// What a column can be in each kind of graphic, in the words of the menus. Fields are those of
// src/data/table/headings.rs.

/** @type {Record<string, [ko: string, en: string]>} */
const FIELDS = {
  label: ["이름", "Name"],
  value: ["값", "Value"],
  group: ["묶음", "Group"],
  period: ["기간", "Period"],
  country: ["국가", "Country"],
  color: ["색으로 보일 값", "Value shown by colour"],
  source: ["출처", "Source"],
  note: ["비고", "Note"],
  date: ["날짜", "Date"],
  date_end: ["끝나는 날", "End date"],
  target: ["대상 기업", "Company"],
  actors: ["투자자·주체", "Investors, actors"],
  type: ["유형·라운드", "Type, round"],
  amount: ["금액", "Amount"],
  amount_usd: ["금액 (달러)", "Amount in US$"],
  amount_krw: ["금액 (원)", "Amount in won"],
  currency: ["통화", "Currency"],
  valuation: ["기업 가치", "Valuation"],
  valuation_usd: ["기업 가치 (달러)", "Valuation in US$"],
  from: ["주는 쪽", "From"],
  to: ["받는 쪽", "To"],
  from_layer: ["주는 쪽 단계", "Stage of “from”"],
  to_layer: ["받는 쪽 단계", "Stage of “to”"],
  name: ["이름", "Name"],
  layer: ["단계", "Stage"],
  activity: ["하는 일", "Activity"],
  founded: ["설립", "Founded"],
  unit: ["단위", "Unit"],
  status: ["상태", "Status"],
  year: ["연도", "Year"],
  month: ["월", "Month"],
  day: ["일", "Day"],
  as_of: ["기준일", "As of"],
  organisation: ["기관", "Organisation"],
};

// Other words for a field where a kind has them.
/** @type {Record<string, [ko: string, en: string]>} */
const OWN = {
  "funding-timeline label": ["제목·내용", "Title"],
  "value-chain label": ["품목·내용", "Item"],
  "value-chain type": ["관계 유형", "Relation"],
};

/** @type {Record<string, string[]>} */
const MENUS = {
  "market-share": "label value group period country color source note".split(
    " ",
  ),
  "funding-timeline":
    "date target actors type amount currency valuation label note source date_end".split(
      " ",
    ),
  "value-chain":
    "from to type amount label date from_layer to_layer note source".split(" "),
};

/** Without these nothing can be drawn. @type {Record<string, string[]>} */
const NEEDED = {
  "market-share": ["label", "value"],
  "funding-timeline": ["date"],
  "value-chain": ["from", "to"],
};

export const KINDS = Object.keys(MENUS);

/** @param {string} field @param {string} kind @param {string} lang */
export const roleName = (field, kind, lang) =>
  (OWN[`${kind} ${field}`] ?? FIELDS[field])?.[lang === "ko" ? 0 : 1] ?? field;

// The fields of a menu; `more` is what the engine found besides.
/** @param {string} kind @param {string} more */
export const menuOf = (kind, more) => {
  const fields = MENUS[kind] ?? [];
  return !more || fields.includes(more) ? fields : [...fields, more];
};

/** @param {string} kind @param {string[]} found */
export const missing = (kind, found) =>
  // Organisations without relations are a chain as well.
  kind === "value-chain" && found.includes("name") && found.includes("layer")
    ? []
    : (NEEDED[kind] ?? []).filter((field) => !found.includes(field));

const POWERS = {
  ko: { 3: "천", 4: "만", 6: "백만", 8: "억", 9: "십억", 12: "조" },
  en: {
    3: "thousand",
    4: "ten thousand",
    6: "million",
    8: "hundred million",
    9: "billion",
    12: "trillion",
  },
};
/** @type {Record<string, string>} */
const MONEY = {
  KRW: "원",
  USD: "달러",
  EUR: "유로",
  JPY: "엔",
  CNY: "위안",
  GBP: "파운드",
};

// A unit as people say it: 억 원, million US$.
/** @param {string} unit @param {number} power @param {"ko" | "en"} lang */
export const unitName = (unit, power, lang) => {
  const factor =
    /** @type {Record<number, string>} */ (POWERS[lang])[power] ??
    (power ? `×10^${power}` : "");
  const name = lang === "ko" ? (MONEY[unit] ?? unit) : unit;
  return [factor, name].filter(Boolean).join(" ");
};
