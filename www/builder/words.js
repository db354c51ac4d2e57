// @ts-check
// The builder's own words; what is wrong with data the engine words.

/** @type {Record<string, [ko: string, en: string]>} */
const WORDS = {
  shipped: ["실린 자료를 그렸습니다.", "The shipped data is drawn."],
  drawn: ["항목 {0}개를 그렸습니다.", "Rows drawn: {0}."],
  issues: [
    "항목 {0}개를 그렸고, 고칠 곳이 {1}군데 있습니다.",
    "Rows drawn: {0}; places to mend: {1}.",
  ],
  broken: [
    "그리지 못했습니다. 아래에 까닭이 있습니다.",
    "It could not be drawn; the reason stands below.",
  ],
  page: [
    "데이터가 아니라 웹 페이지입니다. 파일 자체를 내려받아 넣어 주세요.",
    "This is a web page, not data: download the file itself and put it here.",
  ],
  line: ["{0}번째 줄", "Line {0}"],
  lines: ["줄", "Line"],
  ask: [
    "아직 그릴 수 없습니다. 아래 표 위의 메뉴에서 이것이 어느 열인지 골라 주세요: {0}.",
    "It cannot be drawn yet. Say in the menus over the table which column is: {0}.",
  ],
  unused: ["쓰지 않음", "Not used"],
  nearest: ["혹시 ‘{0}’?", "Perhaps “{0}”?"],
  guessed: ["짐작한 것입니다", "This is a guess"],
  doubtful: [
    "숫자를 두 가지로 읽을 수 있습니다. 어느 쪽인가요?",
    "The numbers can be read in two ways. Which is meant?",
  ],
  column: ["‘{0}’ 열은", "Column “{0}” is"],
  nameless: ["{0}번째 열", "column {0}"],
  rows: ["줄 {0}개, 열 {1}개를 읽었습니다.", "Read: {0} rows, {1} columns."],
  first: ["처음 {0}줄을 보입니다.", "The first {0} are shown."],
  workbook: [
    "엑셀 파일을 읽지 못했습니다. 엑셀에서 CSV로 저장해 넣어 주세요.",
    "The workbook could not be read. Save it as CSV and put that here.",
  ],
  encoding: [
    "글자를 어떤 방식으로 저장했는지 알 수 없습니다. 'CSV UTF-8'로 저장해 넣어 주세요.",
    "It is not clear in which encoding the text is. Save it as CSV UTF-8 and put that here.",
  ],
  large: [
    "붙여 넣은 자료가 {0} MB를 넘습니다. 파일로 올리고 그 주소를 쓰세요.",
    "The data is larger than {0} MB. Upload it as a file and use its address.",
  ],
  still: [
    "이 브라우저에서는 그림을 그릴 수 없습니다. 다른 브라우저에서 열어 주세요.",
    "This browser cannot draw the picture. Please use another one.",
  ],
  copied: ["복사했습니다.", "Copied."],
  refused: [
    "브라우저가 복사를 막았습니다. 코드를 골라 두었으니 Ctrl+C를 누르세요.",
    "The browser refused to copy. The code is selected: press Ctrl+C.",
  ],
  saved: ["{0} 파일을 내려받았습니다.", "{0} was downloaded."],
  foreign: [
    "iframe은 라이브러리와 같은 사이트에 있는 자료만 보여 줍니다.",
    "The iframe shows data of the library’s own site only.",
  ],
  unpinned: [
    "이 사이트에는 버전 목록(manifest.json)이 없어 고정할 수 없습니다.",
    "This site has no list of versions (manifest.json), so it cannot be pinned.",
  ],
  element: [
    "기사에 그대로 들어간다. 글꼴과 바탕은 기사를 따르고, 그림끼리 이어진다.",
    "Stands in the article itself: follows its font and theme, and links with other graphics.",
  ],
  iframe: [
    "스크립트를 마음대로 넣지 못하는 CMS에. 높이는 저절로 맞는다. CMS가 마지막 줄을 지우면 적힌 높이에 머문다.",
    "For a CMS that takes no scripts into the page but iframes. The height fits by itself; where the CMS drops the last line, it stays as written.",
  ],
  figure: [
    "스크립트도 iframe도 지우는 CMS에. 그림 파일을 올리고 이 코드를 넣는다.",
    "For a CMS that strips scripts and iframes. Upload the image file and paste this.",
  ],
};

/** @param {string} key @param {string} lang @param {(string | number)[]} parts */
export const word = (key, lang, ...parts) =>
  parts
    .map(String)
    .reduce(
      (text, part, i) => text.replace(`{${i}}`, () => part),
      WORDS[key][lang === "ko" ? 0 : 1],
    );
