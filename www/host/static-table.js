// @ts-check
// The last tier: the shipped schemas as plain tables, for readers whose browser runs no
// WebAssembly; only they download it.

import { readStatic } from "./static-reader.js";

/** @import { Cell, Input, Kind, TableRows } from './types.d.ts' */
/**
 * An object of a file that nobody has checked.
 * @typedef {Record<string, any>} Row
 * @typedef {(words: string, lang: string) => string} Pick
 */

/** @type {Record<string, string>} */
const WORDS = {
  label: "항목|Item",
  value: "값|Value",
  date: "시기|Date",
  status: "상태|Status",
  kind: "구분|Type",
  amount: "금액|Amount",
  from: "주체|From",
  to: "대상|To",
  approx: "대략|approximate",
  disputed: "논란|disputed",
  derived: "편집부 계산|derived by the editor",
  cumulative: "누적|cumulative",
  planned: "계획|planned",
  in_talks: "협의 중|in talks",
  reported: "보도 단계|reported, not confirmed",
  forecast: "전망|forecast",
  up_to: "최대|up to",
  more_than: "초과|more than",
  at_least: "최소|at least",
  less_than: "미만|less than",
  table1: "표|Table",
  unit: "단위|Unit",
  rest: "나머지|rest",
  source: "출처|Source",
  invests_in: "투자|invests in",
  acquires: "인수|acquires",
  supplies: "공급|supplies",
  partners: "협력|partners with",
  competes: "경쟁|competes with",
  uses: "사용|uses",
  founded_by_alumni_of: "출신이 창업|founded by alumni of",
  standard_member: "표준 참여|standard member",
  linked: "연결|links to",
  round: "투자 유치|Funding round",
  investment: "투자|Investment",
  valuation: "기업가치|Valuation",
  acquisition: "인수|Acquisition",
  founding: "창업|Founding",
  government_program: "정부 사업|Government programme",
  infrastructure: "인프라|Infrastructure",
  product_launch: "제품 공개|Product launch",
  policy: "정책|Policy",
  event: "사건|Event",
  USD: "달러|US$",
  KRW: "원|₩",
  CNY: "위안|CN¥",
  "USD bn": "10억 달러|US$bn",
  "USD m": "100만 달러|US$m",
  "KRW tn": "조 원|₩tn",
  companies: "개사|companies",
  regions: "개 지역|regions",
  zones: "개 영역|zones",
  bn: "10억|bn",
};

/** @param {unknown} value @returns {Row[]} */
const rowsOf = (value) =>
  Array.isArray(value)
    ? value.filter((row) => row && typeof row === "object")
    : [];

// What every row carries besides its numbers; unknown fields are ignored, nothing is merged.
/** @param {Row} file @param {string} lang @param {Pick} pick */
const reader = (file, lang, pick) => {
  /** @param {Row | undefined} row @param {string} key @returns {string} */
  const text = (row, key) =>
    row?.[`${key}_${lang}`] ??
    row?.[`${key}_en`] ??
    row?.[`${key}_ko`] ??
    row?.[key] ??
    "";
  const index = (/** @type {unknown} */ rows) =>
    new Map(rowsOf(rows).map((row) => [row.id, row]));
  const people = index(file.parties ?? file.entities);
  const sources = index(file.sources);
  const w = (/** @type {string} */ key) =>
    WORDS[key] ? pick(WORDS[key], lang) : String(key);
  return {
    text,
    w,
    name: (/** @type {string} */ id) =>
      text(people.get(id), "name") || String(id ?? ""),
    cite: (/** @type {Row} */ row) => {
      const { source } = row;
      return source
        ? [
            text(sources.get(source.id), "title") || source.id,
            source.locator,
            source.attributed_to,
          ]
            .filter(Boolean)
            .join(", ")
        : "";
    },
    status: (/** @type {Row} */ row) =>
      ["approx", "disputed", "planned", "derived", "cumulative"]
        .filter((key) => row[key] === true || row.amount?.[key] === true)
        .map(w)
        .concat(
          [row.bound ?? row.amount?.bound, row.status].filter(Boolean).map(w),
        )
        .join(", "),
    /** @param {number | null | undefined} value @param {string} [currency] */
    amount: (value, currency) => {
      if (typeof value !== "number") return value ?? "";
      const number = new Intl.NumberFormat(lang, {
        notation: "compact",
        maximumFractionDigits: 2,
      }).format(value);
      // A sign stands before its number; what has none stands behind.
      const unit = w(currency ?? "");
      const words =
        unit === currency ? "{0} {1}" : pick("{0} {1}|{1}{0}", lang);
      return words
        .replace("{0}", number)
        .replace("{1}", () => unit)
        .trim();
    },
  };
};

/** @type {Record<Kind, (file: Row, read: ReturnType<typeof reader>) => TableRows>} */
const KINDS = {
  "market-share": (file, { text, w, cite, status }) => ({
    head: [
      w("table1"),
      w("label"),
      w("value"),
      w("unit"),
      w("date"),
      w("status"),
      w("source"),
    ],
    rows: rowsOf(file.tables).flatMap((table) =>
      [
        ...rowsOf(table.items),
        ...(table.rest
          ? [
              {
                label: text(table.rest, "note") || w("rest"),
                value: table.rest.kind === "known" ? table.rest.value : null,
              },
            ]
          : []),
      ].map((item) => [
        text(table, "title"),
        text(item, "label"),
        item.value,
        item.value == null ? "" : w(table.unit ?? ""),
        item.as_of ?? table.period ?? "",
        status(item),
        cite(item.source ? item : table),
      ]),
    ),
  }),
  "funding-timeline": (file, { text, w, name, cite, status, amount }) => ({
    head: [
      w("date"),
      w("label"),
      w("kind"),
      w("from"),
      w("to"),
      w("amount"),
      w("status"),
      w("source"),
    ],
    rows: [...rowsOf(file.events), ...rowsOf(file.undated)].map((event) => [
      text(event, "date_text") || event.date || "",
      text(event, "label"),
      w(event.type ?? "event"),
      /** @type {string[]} */ ([])
        .concat(event.actors ?? [])
        .map(name)
        .join(", "),
      name(event.target),
      amount(
        event.amount?.value ?? event.amount ?? event.amount_usd,
        event.amount?.currency ??
          (event.amount == null ? "USD" : event.currency),
      ),
      status(event),
      cite(event),
    ]),
  }),
  "value-chain": (file, { text, w, name, cite, status, amount }) => ({
    head: [
      w("from"),
      w("kind"),
      w("to"),
      w("amount"),
      w("label"),
      w("date"),
      w("status"),
      w("source"),
    ],
    rows: rowsOf(file.links).map((link) => [
      name(link.from),
      w(link.type ?? "linked"),
      name(link.to),
      amount(
        link.amount_usd ?? link.amount ?? link.amount_krw,
        link.amount_usd != null
          ? "USD"
          : link.amount == null
            ? "KRW"
            : (link.currency ?? link.unit ?? file.unit),
      ),
      text(link, "label"),
      link.date ?? "",
      status(link),
      cite(link),
    ]),
  }),
};

// What is said of files that are no data.
/** @type {Record<string, string>} */
const FAULTS = {
  "web-page":
    "주소가 데이터가 아니라 웹 페이지를 돌려주었습니다. 파일이 그 자리에 있는지, 로그인 없이 열리는지 확인해 주세요.|The address answers with a web page, not with data. Check that the file is there and opens without signing in.",
  "not-text":
    "파일이 UTF-8 텍스트가 아니어서 읽지 못했습니다.|The file is not UTF-8 text and could not be read.",
  workbook:
    "엑셀 통합 문서입니다. 'CSV UTF-8'로 저장한 파일을 써 주세요.|This is an Excel workbook: save it as CSV (UTF-8).",
};

// The table of what an element was given, null where it is of another kind, { fault, text } where it is
// no data at all; `pick` says a text in the language.
/**
 * @param {Kind} kind
 * @param {Input} input
 * @param {string} lang
 * @param {Pick} pick
 * @returns {TableRows | { fault: string, text: string | undefined } | null}
 */
export const staticTable = (kind, input, lang, pick) => {
  try {
    const file = readStatic(input);
    if (Array.isArray(file.head)) return file;
    const read = reader(file, lang, pick);
    return { caption: read.text(file, "title"), ...KINDS[kind](file, read) };
  } catch ({ code }) {
    const text = FAULTS[code] && pick(FAULTS[code], lang);
    return code ? { fault: code, text } : null;
  }
};
