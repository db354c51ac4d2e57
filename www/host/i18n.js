// @ts-check
// The host's own words, and those of languages besides Korean and English, which have a file each.
// Everything about the data comes from the engine in sentences.
import { engineClient } from "./engine-client.js";
import { assets, load } from "./assets.js";

/** @import { Catalog } from './language.js' */

/** @type {Record<string, string>} */
const WORDS = {
  table: "데이터를 표로 보기|Show the data as a table",
  hide: "표 닫기|Hide the table",
  save: "내려받기|Download",
  saved: "내려받음|Downloaded",
  more: "행 더 보기|Show more rows",
  source: "출처: |Source: ",
  how: "읽는 법: |How to read: ",
  close: "닫기|Close",
  legend: "범례|Legend",
  items: "그림의 항목, 화살표 키로 이동|Items in the picture, use arrow keys",
  settings: "그림 설정|Picture settings",
  zoom: "확대·축소|Zoom",
  sort: "이 열로 정렬|Sort by this column",
  left: "왼쪽으로|To the left",
  right: "오른쪽으로|To the right",
  earlier: "이전 기간|Earlier",
  later: "다음 기간|Later",
  up: "위로|Up",
  down: "아래로|Down",
  nearer: "확대|Zoom in",
  farther: "축소|Zoom out",
  fit: "전체 보기|Show all",
  none: "찾는 이름이 없습니다|No such name",
  wheel: "Ctrl+휠로 확대합니다|Ctrl + wheel zooms",
  wheelMac: "⌘+스크롤로 확대합니다|⌘ + scroll zooms",
  loading: "불러오는 중…|Loading…",
  troubles: "데이터에 문제 {0}건|Problems in the data: {0}",
};

// Codes of the `error` event that arise here; the engine words its own.
/** @type {Record<string, string>} */
const FAULTS = {
  "bad-columns": "열을 읽지 못했습니다.|The columns could not be read.",
  "no-data": "이 그림에는 데이터가 없습니다.|This graphic has no data.",
  assets:
    "여기에 필요한 스크립트를 받지 못했습니다.|A script that this needs could not be loaded.",
  "fetch-failed": "데이터를 불러오지 못했습니다.|The data could not be loaded.",
  "too-large":
    "데이터가 32 MiB를 넘어 읽지 않았습니다.|The data is larger than 32 MiB and was not read.",
  engine:
    "이 데이터를 그리다가 문제가 생겨 멈췄습니다.|Drawing this data went wrong, so it was stopped.",
  "not-json": "데이터가 JSON이 아닙니다.|The data is not JSON.",
  "too-slow":
    "이 데이터를 그리는 데 시간이 너무 오래 걸려 멈췄습니다. 행이나 글자를 줄이면 그릴 수 있습니다.|Drawing this data took too long, so it was stopped. With fewer rows or shorter texts it can be drawn.",
  "no-page":
    "이 요소는 페이지에 들어 있지 않습니다. 페이지에 넣은 다음에 다시 물어야 합니다.|This element is in no page. Put it into the page, then ask again.",
  gone: "브라우저가 데이터를 잃었습니다. 데이터를 다시 넘겨받아야 합니다.|The browser lost the data; the page has to hand it over again.",
  slow: "불러오는 데 시간이 걸리고 있습니다.|Loading is taking its time.",
  "data-blocked":
    "이 페이지의 보안 설정이 데이터를 막았습니다.|The security policy of this page blocks the data.",
  lost: "그림을 그릴 파일이 서버에 없어 데이터를 표로 보여 줍니다.|A file that draws the picture is missing on the server, so the data is shown as a table.",
  barred:
    "이 페이지의 보안 설정이 그림을 막아 데이터를 표로 보여 줍니다.|The security policy of this page blocks the picture, so the data is shown as a table.",
  away: "그림을 그릴 파일을 받지 못해 데이터를 표로 보여 줍니다.|A file that draws the picture could not be loaded, so the data is shown as a table.",
  "lost-bare":
    "그림을 그릴 파일이 서버에 없습니다.|A file that draws the picture is missing on the server.",
  "barred-bare":
    "이 페이지의 보안 설정이 그림을 막았습니다.|The security policy of this page blocks the picture.",
  "away-bare":
    "그림을 그릴 파일을 받지 못했습니다.|A file that draws the picture could not be loaded.",
  static:
    "이 브라우저에서는 그림을 그릴 수 없어 데이터를 표로 보여 줍니다.|This browser cannot draw the picture, so the data is shown as a table.",
};

// What is wrong where no picture comes, by the first word of its reason: what readers are told
// (FAULTS, with a table or bare), and what its author can do.
/** @type {Record<string, [fault: string, remedy: string]>} */
const MENDS = {
  "file-missing": [
    "lost",
    "서버에 이 파일이 없습니다. 라이브러리 폴더의 파일을 모두 올리거나, 다른 곳에 있다면 AtlasElement.assets로 알려 주세요.|The server does not have this file: upload all files of the library’s folder or, if they lie elsewhere, say so by AtlasElement.assets.",
  ],
  "file-refused": [
    "away",
    "서버가 이 파일을 내주지 않습니다. 파일의 권한과 서버를 확인해 주세요.|The server does not give this file out: check its permissions and the server.",
  ],
  "file-changed": [
    "away",
    "이 버전의 파일이 아닙니다. 같은 버전의 파일을 모두 다시 올려 주세요.|This is not the file of this version: upload all files of one version again.",
  ],
  "no-cors": [
    "away",
    "다른 사이트에 있는 파일이라 그 서버가 Access-Control-Allow-Origin 헤더를 보내야 합니다.|The file lies on another site, whose server has to send Access-Control-Allow-Origin with it.",
  ],
  unreachable: [
    "away",
    "파일을 받지 못했습니다. 주소와 서버를 확인해 주세요.|The file could not be loaded: check its address and the server.",
  ],
  blocked: [
    "barred",
    "페이지의 콘텐츠 보안 정책(CSP)이 막습니다. 이 지시어에 파일이 있는 곳을 허용해 주세요.|The content security policy of the page blocks it: allow the place of the file in this directive.",
  ],
  "wasm-refused": [
    "barred",
    "페이지의 콘텐츠 보안 정책(CSP)이 WebAssembly를 막습니다. script-src에 wasm-unsafe-eval을 넣어 주세요.|The content security policy of the page blocks WebAssembly: add wasm-unsafe-eval to its script-src.",
  ],
};
const first = (/** @type {string} */ reason) => reason.split(":")[0];
// Whether files of the library did not come.
/** @param {string} reason */
export const isMissing = (reason) =>
  /^(file-|no-cors|unreachable|blocked)/.test(reason);
/** @param {string} reason */
export const faultOf = (reason) => MENDS[first(reason)]?.[0] ?? "static";

// The reason with what can be done about it, which stands in `status.reason`; once on the console
// too.
const told = new Set();
/** @param {string} reason @param {string} lang @param {Record<string, string>} [more] */
export const mend = (reason, lang, more = {}) => {
  const what = more[first(reason)] ?? MENDS[first(reason)]?.[1];
  const text = what ? `${reason}. ${translate(what, lang)}` : reason;
  if (!told.has(text)) console.warn("AI Atlas: " + text);
  told.add(text);
  return text;
};

// Languages besides Korean and English as host/language.js reads them.
/** @type {Map<string, Catalog>} */
export const catalogs = new Map();
// What is spoken where a language is asked for: itself, or English if it could not be had; a
// promise of it while its words are on their way.
/** @type {Map<string, string | Promise<string>>} */
const spoken = new Map([["ko", "ko"]]);
/** @param {string} lang */
const learn = async (lang) => {
  let known = "en";
  try {
    const book = await (await load("language")).learn(assets.words(lang), lang);
    catalogs.set(lang, book);
    engineClient.addLanguage(book.texts);
    known = lang;
  } catch {}
  spoken.set(lang, known);
  return known;
};
/** @param {string} tag @returns {string | Promise<string>} */
export const resolveLanguage = (tag) => {
  const lang = ["ko", ...assets.languages].find((one) =>
    (tag + "-").toLowerCase().startsWith(one + "-"),
  );
  if (!lang) return "en";
  if (!spoken.has(lang)) spoken.set(lang, learn(lang));
  return /** @type {string} */ (spoken.get(lang));
};

// What a language says of `Korean|English`.
/** @param {string} words @param {string} lang */
export const translate = (words, lang) => {
  const [ko, en] = words.split("|");
  return lang === "ko" ? ko : (catalogs.get(lang)?.get(en) ?? en);
};
/** @param {string} key @param {string} lang */
export const t = (key, lang) => translate(WORDS[key], lang);
/** @param {string} code @param {string} lang */
export const errorText = (code, lang) =>
  translate(FAULTS[code] ?? FAULTS["fetch-failed"], lang);
