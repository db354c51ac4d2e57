// @ts-check
// What stands in the gallery, in its order. Of a file without a source all names and figures are
// made up.

/** @typedef {[ko: string, en: string]} Words */
/**
 * @typedef {object} Entry
 * @property {string} file in the folder gallery/
 * @property {"value-chain" | "market-share" | "funding-timeline"} kind
 * @property {Record<string, string>} [attributes] of the element, besides `src`
 * @property {Words} title
 * @property {Words} caption what shape the file has
 * @property {{ url: string, words: Words }} [source] of real figures
 */

const BUNDESTAG = {
  url: "https://www.bundeswahlleiterin.de/bundestagswahlen/2025/ergebnisse.html",
  words: /** @type {Words} */ ([
    "독일 연방선거관리관, 2025. 2. 24. 잠정 결과",
    "The Federal Returning Officer, provisional result of 24 February 2025",
  ]),
};

/** @type {Entry[]} */
export const ENTRIES = [
  {
    file: "election.csv",
    kind: "market-share",
    attributes: { columns: "Partei=label; Zweitstimmen=value; Sitze=" },
    title: ["선거 결과", "An election"],
    caption: [
      "2025년 독일 연방의회 선거의 정당 투표. 열 이름은 독일어, 구분 기호는 세미콜론, 소수점은 쉼표다.",
      "Second votes of the 2025 election to the German Bundestag: headings in German, semicolons, decimal commas.",
    ],
    source: BUNDESTAG,
  },
  {
    file: "seats.csv",
    kind: "market-share",
    attributes: { columns: "Partei=label", unit: "석" },
    title: ["기간이 여럿인 표", "A table of periods"],
    caption: [
      "2021년과 2025년 의석. 열 이름이 연도면 연도마다 그림이 되고, 가장 새것이 먼저 보인다.",
      "Seats in 2021 and 2025. Where headings are years each is a picture of its own; the newest is shown first.",
    ],
    source: BUNDESTAG,
  },
  {
    file: "sectors.csv",
    kind: "market-share",
    attributes: { columns: "GICS Sector=group; Symbol=" },
    title: ["업종별 시가 총액", "Market value by sector"],
    caption: [
      "지수의 구성 종목을 업종으로 묶은 표. 지어낸 회사들이다.",
      "The members of an index, grouped by sector. The companies are invented.",
    ],
  },
  {
    file: "energy.json",
    kind: "value-chain",
    title: ["에너지의 흐름", "A flow of energy"],
    caption: [
      "d3-sankey가 쓰는 모양의 JSON: nodes와 links. 있지도 않은 섬의 에너지다.",
      "JSON in the shape of d3-sankey: nodes and links. The island does not exist.",
    ],
  },
  {
    file: "supply.csv",
    kind: "value-chain",
    title: ["단계를 적지 않은 공급망", "A supply chain without stages"],
    caption: [
      "누가 누구에게 무엇을 파는지만 적은 표. 단계는 적지 않았다.",
      "A table of who sells what to whom. It names no stages.",
    ],
  },
  {
    file: "chronology.json",
    kind: "funding-timeline",
    title: ["연표", "A chronology"],
    caption: [
      "TimelineJS가 쓰는 모양의 JSON. 금액이 없는 사건들이다. 지어낸 회사의 역사다.",
      "JSON in the shape of TimelineJS: events without amounts. The company is invented.",
    ],
  },
  {
    file: "rounds.csv",
    kind: "funding-timeline",
    title: ["투자 라운드 목록", "A list of rounds"],
    caption: [
      "Crunchbase에서 내려받은 모양의 표. 한 건은 금액이 없다. 지어낸 회사들이다.",
      "A table as Crunchbase exports it; one round has no amount. The companies are invented.",
    ],
  },
  {
    file: "years.csv",
    kind: "market-share",
    attributes: { columns: "Code=", unit: "US$m" },
    title: ["나라와 연도의 표", "Countries by year"],
    caption: [
      "Our World in Data가 쓰는 모양에 연도를 옆으로 편 표. 한 칸은 비어 있다. 지어낸 나라들이다.",
      "The shape of Our World in Data with a column for each year; one cell is empty. The countries are invented.",
    ],
  },
  {
    file: "budget.csv",
    kind: "market-share",
    attributes: {
      columns: "Bereich=group; Posten=label; Betrag (EUR im Monat)=value",
      unit: "EUR",
    },
    title: ["살림의 예산", "A household budget"],
    caption: [
      "독일어 엑셀이 저장하는 모양: 세미콜론, 1.250,00 같은 숫자, 맨 아래 합계. 지어낸 살림이다.",
      "As a German Excel saves it: semicolons, numbers such as 1.250,00, a total at the end. The family is invented.",
    ],
  },
  {
    file: "korean.csv",
    kind: "market-share",
    attributes: { columns: "회사=label; 분야=group; 투자금(억원)=value" },
    title: ["한국어 엑셀의 표", "A table from a Korean Excel"],
    caption: [
      "CP949로 저장한 CSV, 억 원 단위, 비공개 한 건과 합계. 지어낸 회사들이다.",
      "A CSV in CP949, in units of 100 million won, with one undisclosed amount and a total. The companies are invented.",
    ],
  },
];
