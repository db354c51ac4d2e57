// @ts-check
// What authors can do where an element has no data, or its file does not come. Fetched when that is
// so.

/** @type {Record<string, string>} */
const TEXTS = {
  "no-data":
    '이 그림에는 데이터가 없습니다. 만드는 사람은 src에 파일 주소를 적거나, 요소 안에 표를 넣거나, data 속성(property)을 정해 주세요. 라이브러리에 실린 자료는 src="shipped"로 부릅니다.|This graphic has no data. Its author can give the address of a file in src, put a table inside the element, or set its data property. With src="shipped" it shows the data that come with the library.',
  "moved-out":
    "이 그림에는 데이터가 없습니다. 표가 요소 밖에 있습니다. 문단(<p>)은 표를 담지 못하므로 요소를 <figure>나 <div> 안에 넣어 주세요.|This graphic has no data: its table stands outside of it. A paragraph (<p>) cannot hold a table; put the element into a <figure> or <div>.",
};

// Whether an element is without data because the parser put its table behind it: a paragraph can
// hold none.
/** @param {Element} element */
const movedOut = (element) => {
  const next = (element.closest("p") ?? element).nextElementSibling;
  return next?.localName === "table" && !element.children.length;
};

// Of a data file that does not come, by the first word of its reason.
/** @type {Record<string, string>} */
export const remedies = {
  "file-missing":
    "서버에 이 데이터 파일이 없습니다. src의 주소를 확인해 주세요.|The server does not have this data file: check the address in src.",
  unreachable:
    "데이터 파일을 받지 못했습니다. 주소를 확인하고, 다른 사이트의 파일이라면 그 서버가 Access-Control-Allow-Origin 헤더를 보내야 합니다.|The data file could not be loaded: check its address; if it lies on another site, its server has to send Access-Control-Allow-Origin.",
};

/** @param {Element} element @param {(words: string) => string} translate */
export const noDataText = (element, translate) =>
  translate(TEXTS[movedOut(element) ? "moved-out" : "no-data"]);
