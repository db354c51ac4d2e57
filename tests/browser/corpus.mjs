// Files as people have them, a few bytes each: what they are called and what is in them. Every
// reader of data has to say the same of each.

const utf8 = (text) => Buffer.from(text, "utf8");
const utf16le = (text) => Buffer.from("\uFEFF" + text, "utf16le");
const utf16be = (text) => utf16le(text).swap16();
const BOM = "\uFEFF";
// Words in the encoding of Korean spreadsheets, by their bytes: 회사, 점유율, 가나, 다라.
const EUC_KR = {
  회사: "c8b8bbe7",
  점유율: "c1a1c0afc0b2",
  가나: "b0a1b3aa",
  다라: "b4d9b6f3",
  날짜: "b3afc2a5",
};
const eucKr = (text) =>
  Buffer.concat(
    text
      .split(/(회사|점유율|가나|다라|날짜)/)
      .map((part) =>
        EUC_KR[part]
          ? Buffer.from(EUC_KR[part], "hex")
          : Buffer.from(part, "latin1"),
      ),
  );

export const corpus = [];
const add = (name, content) =>
  corpus.push({
    name,
    bytes: typeof content === "string" ? utf8(content) : content,
  });
const csv = (name, rows, { comma = ",", end = "\n", last = end } = {}) =>
  add(name, rows.map((row) => row.join(comma)).join(end) + last);

// ---- tables: headings, marks between cells, ends of lines
const HEADINGS = [
  ["label", "value"],
  ["회사", "점유율"],
  ["Name", "Share"],
  ["기업", "값"],
  ["label", "value (%)"],
  ["항목", "비중"],
  ["value", "label"],
];
const COMMAS = { comma: ",", semicolon: ";", tab: "\t" };
for (const [at, head] of HEADINGS.entries()) {
  const rows =
    head[0] === "value"
      ? [head, ["60", "Alpha"], ["40", "Beta"]]
      : [head, ["Alpha", "60"], ["베타", "40"]];
  for (const [comma, mark] of Object.entries(COMMAS))
    csv(`shares-${at}-${comma}.${comma === "tab" ? "tsv" : "csv"}`, rows, {
      comma: mark,
    });
}
// A title above the headings has another mark than the table, or none; commas are decimal ones.
add("title-comma.csv", "Shares, in per cent\nlabel;value\nA;1,5\nB;2,5\n");
add("decimal-commas.csv", "label;value\nA;1,5\nB;2,5\nC;3,5\nD;4,5\n");
add("prose.tsv", "label\tvalue\nKim, A\t5\nLee, B; C\t6\nD, E\t7\n");
add("tags.csv", "label,value,note\nA,5,x;y;z\nB,6,x;y;z\nC,7,x;y\n");
for (const [end, mark] of Object.entries({
  crlf: "\r\n",
  cr: "\r",
  lf: "\n",
})) {
  csv(
    `end-${end}.csv`,
    [
      ["label", "value"],
      ["A", "x"],
      ["B", "2"],
      ["C", "-1"],
    ],
    { end: mark },
  );
  csv(
    `end-${end}-none.csv`,
    [
      ["label", "value"],
      ["A", "x"],
      ["B", "2"],
    ],
    { end: mark, last: "" },
  );
  csv(
    `end-${end}-many.csv`,
    [["label", "value"], [], ["A", "x"], [], [" "], ["B", "2"], []],
    { end: mark },
  );
  csv(
    `end-${end}-cell.csv`,
    [
      ["label", "value"],
      [`"A${mark}a"`, "1"],
      ["B", "x"],
    ],
    { end: mark },
  );
}
// ---- encodings
const TEXTS = {
  shares: "회사,점유율\n가나,60\n다라,x\n",
  money: "날짜,label,amount_usd\n2024-05,가나,1000\n2024-13-45,다라,2\n",
  pairs: "from,to,type\n가나,다라,supplies\n다라,다라,uses\n",
};
for (const [name, text] of Object.entries(TEXTS)) {
  add(`utf8-${name}.csv`, text);
  add(`bom-${name}.csv`, BOM + text);
  add(`utf16le-${name}.csv`, utf16le(text));
  add(`utf16be-${name}.csv`, utf16be(text));
  add(`euckr-${name}.csv`, eucKr(text));
  add(`euckr-${name}.txt`, eucKr(text.replaceAll(",", ";")));
  add(`${name}-no-ending`, text + "\n\n");
}
add(
  "cp949-lost.csv",
  Buffer.concat([
    utf8("label,value\n"),
    Buffer.from("8c6366", "hex"),
    utf8(",1\nB,2\n"),
  ]),
);
add(
  "latin1.csv",
  Buffer.from("label,value\nZ\xfcrich Caf\xe9,60\nBasel,40\n", "latin1"),
);
add(
  "utf16-odd.csv",
  Buffer.concat([utf16le("label,value\nA,1\n"), Buffer.from([65])]),
);
add("not-text.json", Buffer.from('{"kind": "\xff"}', "latin1"));
// ---- quotation marks
for (const [name, rest] of Object.entries({
  comma: '"A, Inc.",1\nB,2\n',
  doubled: '"A ""big""",1\nB,2\n',
  line: '"A\nB",1\nC,x\n',
  empty: '"",1\nB,2\n',
  blank: '"  ",1\nB,2\n',
  after: '"A"b,1\nB,2\n',
  inside: 'A "x" b,1\nB,2\n',
  space: 'A, "1"\nB,2\n',
  inch: '5" disk,1\nB,2\n',
  open: '"A,1\nB,2\n',
  "open-late": 'A,1\nB,"2\n',
  "open-end": 'A,1\nB,2\n"',
  "open-lines": 'A,1\n\n\n"B\n\nC,3\n',
  number: 'A,"1,234"\nB,"2"\n',
  many: '"""""",1\n"a""",2\n',
}))
  add(`quoted-${name}.csv`, "label,value\n" + rest);
add("quoted-head.csv", '"label","value (US$, bn, est.)"\nA,1\nB,2\n');
add(
  "quoted-head-inches.csv",
  'label 5";value 55", US$, est.;x"\nA;1;2\nB;2;3\n',
);
add("quoted-head-inside.csv", '"label ""5, 6"", 7";"value"\nA;1\nB;2\n');
add("quoted-head-semicolon.csv", '"label";"value (US$, bn, est.)"\nA;1\nB;2\n');
add("quoted-head-lines.csv", '"label";"value\n(a, b)"\nA;1\nB;x\n');
// ---- rows that do not fit, sep=, what spreadsheets leave
for (const [name, text] of Object.entries({
  short: "label,value\nA\nB,2\n",
  long: "label,value\nA,1,2,3\nB,2\n",
  trailing: "label,value,\nA,1,\nB,2,\n",
  commas: "label,value\nA,1\n,,\n,\nB,2\n",
  "no-rows": "label,value\n",
  "no-head": "A,1\nB,2\n",
  "title-no-head": "Shares\nA,1\nB,2\n",
  "one-column": "label\nA\nB\n",
  blank: "\n\nlabel,value\nA,1\nB,x\n",
  spaces: " label , value \n A , 1 \n B , 2 \n",
  duplicate: "label,value,value\nA,1,9\nB,2,8\n",
  same: "label,value\nA,1\nA,2\n",
  title: "Shares 2024\n\nlabel,value\nA,1\n",
  total: "label,value\nA,60\nB,40\nTotal,100\n",
  unit: "label,value (USD bn)\nA,60\nB,40\n",
  decimal: "label;value\nA;20,33\nB;1,5\n",
  group: "group,label,value\nX,A,1\n,B,2\nY,C,3\n",
  percent: "label,value\nA,60%\nB,40 %\n",
  words: "label,value\nA,많이\nB,N/A\nC,-\nD,3\n",
  nan: "label,value\nA,NaN\nB,Infinity\nC,3\n",
  negative: "label,value\nA,-5\nB,5\n",
  huge: "label,value\nA,1e308\nB,1e309\nC,1\n",
  tiny: "label,value\nA,1e-7\nB,0.30000000000000004\n",
  about: "label,value\nA,~ 3.5\nB,약 7\nC,≈1\n",
  money: 'label,value\nA,"US$13,000"\nB,"₩2,600"\nC,€5\n',
  zeros: "label,value\nA,007\nB,0\nC,.5\nD,5.\n",
  long_number:
    "label,value\nA,1234567890123456789012345678901234567890\nB,12345678901234567890123456789012345678901\n",
  hangul: "회사,값\n가나,１２\n다라,12억\n마바,3\n",
  markup: 'label,value\n<b>A</b>,1\n"<script>alert(1)</script>",2\n',
  control: "label,value\nA\u0000B,1\n\u202eC,2\n",
  wide: `label,value,${"x,".repeat(100)}\nA,1\nB,2\n`,
  emoji: "label,value\n😀,1\n👩‍👩‍👧,2\n",
  japanese: "会社,値\nソニー,1\n",
  "japanese-value": "label,value\nソニー,1\n日立,2\n",
  "bracket-head": "[label],value\nA,1\n",
  "star-number": "label,value\nA,40*\nB,60\n",
  year: "label,value\n2023,1\n2024,2\n",
  share: "label,share\nA,60\nB,30\n",
})) {
  add(`rows-${name}.csv`, text);
  if (text.length < 60 && !/["\t]/.test(text))
    add(`sep-${name}.csv`, `sep=|\n${text.replaceAll(",", "|")}`);
}
add("sep-quoted.csv", '"sep=;"\r\nlabel;value\r\nA;1\r\nB;x\r\n');
add("sep-upper.csv", "SEP=,\nlabel,value\nA,1\n");
add("sep-tab.tsv", "sep=\t\nlabel\tvalue\nA\t1\nB\t2\n");
add("sep-none.csv", "sep=\nlabel,value\nA,1\n");
// ---- timelines and chains as tables
for (const [name, text] of Object.entries({
  dates:
    "date,label,amount_usd\n2024,a,1\n2024-05,b,2\n2024-05-13,c,3\n2024 Q2,d,4\n2024-02-30,e,5\n",
  korean: "날짜,사건,금액\n2024년 5월,가,100\n2024.05,나,많이\n",
  short: "date,label\n24.3.5,a\n3.5,b\n10/12,c\n",
  none: "date,label,amount_usd\n,a,1\nx,b,2\n2024,c,3\n",
  order: "date,date_end,label\n2024,2023,a\n2024,2025,b\n",
  bc: "date,label\n-0044,a\n44 BC,b\n2024,c\n",
  typo: "date,label,amount_us\n2024,a,5\n",
  type: "date,label,type\n2024,a,round\n2025,b,whatever\n",
  status: "date,label,status\n2024,a,planned\n2024,b,gone\n",
  valuation: "date,label,기업가치\n2024,a,1300000000000\n",
}))
  add(`events-${name}.csv`, text);
for (const [name, text] of Object.entries({
  plain: "from,to\nA,B\nB,C\n",
  self: "from,to,type\nA,A,uses\nA,B,uses\n",
  types: "from,to,type\nA,B,supplies\nB,C,nothing\n",
  amount: "from,to,amount_usd\nA,B,5\nB,C,x\n",
  layers: "from,from_layer,to,to_layer\nA,data,B,model\nC,sky,D,service\n",
  korean: "from,to,금액\n가,나,1\n",
  empty: "from,to\n,\nA,\n",
  sankey: "source,target,value\nA,B,1\n",
}))
  add(`links-${name}.csv`, text);

// ---- JSON
const share = (items, more = "") =>
  `{"kind": "ai-atlas/market-share",\n "tables": [\n  {"id": "t", "title": "T", "unit": "%",${more}\n   "items": [\n${items}\n]}]}`;
const events = (rows) =>
  `{"kind": "ai-atlas/funding-timeline", "events": [\n${rows}\n]}`;
const chain = (links) =>
  `{"kind": "ai-atlas/value-chain", "entities": [{"id": "a", "name": "A"},\n{"id": "b", "name": "B"}], "links": [\n${links}\n]}`;
const GOOD = '{"label": "A", "value": 70},\n{"label": "B", "value": 30}';
for (const [name, text] of Object.entries({
  good: share(GOOD),
  negative: share(`{"label": "C", "value": -3},\n${GOOD}`),
  text: share(`{"label": "C",\n"value": "many"},\n${GOOD}`),
  nan: share(
    `{"label": "C", "value": NaN},\n{"label": "D",\n "value": -Infinity},\n${GOOD}`,
  ),
  huge: share(`{"label": "C", "value": 1e999},\n${GOOD}`),
  missing: share(`{"value": 3},\n{},\n{"label": "E"},\n${GOOD}`),
  types: share(`7,\nnull,\n"x",\n[1],\n${GOOD}`),
  duplicate: share(`{"label": "C", "value": 1, "value": 2},\n${GOOD}`),
  "duplicate-id": share(
    `{"id": "x", "label": "C", "value": 1},\n{"id": "x", "label": "D", "value": 2},\n${GOOD}`,
  ),
  list: share(
    `{"label": ["C"], "value": 1},\n{"label": {"ko": "D"}, "value": [2]},\n${GOOD}`,
  ),
  escapes: share(
    '{"la\\u0062el": "\\u0041\\n\\t\\"", "value": 1},\n{"label": "\\ud83d\\ude00", "value": "x"}',
  ),
  surrogate: share(
    '{"label": "x\\ud83d", "value": 1},\n{"label": "\\ude00y", "value": -1},\n' +
      GOOD,
  ),
  exceeds: share(
    '{"label": "A", "value": 70},\n{"label": "B", "value": 60}',
    ' "kind": "share",',
  ),
  spelled: share(
    '{"label": "A", "value": 1.50},\n{"label": "B", "value": 1E+2},\n{"label": "C", "value": -0.0}',
  ),
  country: share(`{"label": "C", "value": 1, "country": "Korea"},\n${GOOD}`),
  party: share(`{"label": "C", "value": 1, "party": "nobody"},\n${GOOD}`),
  source: share(`{"label": "C", "value": 1, "source": "none"},\n${GOOD}`),
  version: share(GOOD).replace('{"kind"', '{"version": 2, "kind"'),
  "version-1": share(GOOD).replace('{"kind"', '{"version": 1, "kind"'),
  long: share(`{"label": "${"가".repeat(300)}", "value": 1},\n${GOOD}`),
  "many-bad": share(
    [...Array(250)]
      .map((_, i) => `{"label": "${i}", "value": "x${i}"}`)
      .join(",\n") +
      ",\n" +
      GOOD,
  ),
  empty: share(""),
  proto: share(
    `{"__proto__": 1, "label": "C", "value": 1},\n{"constructor": 2, "label": "D", "value": -1},\n${GOOD}`,
  ),
  number: share(
    `{"$serde_json::private::Number": "7"},\n{"label": "C", "value": {"$serde_json::private::Number": "7"}},\n${GOOD}`,
  ),
  events: events(
    '{"date": "2024-05", "label": "a"},\n{"date": "2024-13-45", "label": "b"},\n{"label": "c"}',
  ),
  "events-number": events(
    '{"date": 2024.10, "label": "a"},\n{"date": 2024, "label": "b"}',
  ),
  "events-amount": events(
    '{"date": "2024", "label": "a", "amount": {"value": 5,\n"currency": "?"}},\n{"date": "2024", "label": "b", "amount": 7}',
  ),
  "events-order": events(
    '{"date": "2024", "date_end":\n"2023", "label": "a"},\n{"date": "2025", "label": "b"}',
  ),
  chain: chain('{"from": "a", "to": "b", "type": "uses"}'),
  "chain-nobody": chain(
    '{"from": "a",\n "to": "nobody", "type": "uses"},\n{"from": "a", "to": "b", "type": "uses"}',
  ),
  "chain-self": chain(
    '{"from": "a", "to": "a", "type": "uses"},\n{"from": "a", "to": "b", "type": "eats"}',
  ),
  "no-kind": '{"tables": []}',
  "other-kind": '{"kind": "ai-atlas/pie"}',
  array: '[{"label": "A", "value": 1}]',
  numbers: "[1, 2, 3]",
  null: "null",
  string: '"label,value"',
  "only-kind": '{"kind": "ai-atlas/market-share"}',
  table: '{"head": ["label", "value"], "rows": [["A", "60%"], ["B", "x"]]}',
  "table-lines":
    '{"head": ["label", "value"], "rows": [["A", "60"], ["B", "x"]], "lines": [7, 9]}',
  "comma-list": "[1,\n2,]",
  "comma-object": '{"a": 1,\n}',
  open: '{"kind": "ai-atlas/market-share",\n"tables": [\n',
  word: '{"kind":\n  oops}',
  "no-colon": '{"a":1,\n\n"b" 2}',
  single: "{'a': 1}",
  comment: '{"a": 1, // x\n"b": 2}',
  more: '{"a": 1}\n{"b": 2}',
  "open-text": '{"이름": "값\n',
  hangul: '{"이름": 값}',
  zero: '{"a": 01}',
  plus: '{"a": +1}',
  hex: '{"a": 0x1}',
  dot: '{"a": .5}',
  control: '{"a": "\u0001"}',
  escape: '{"a": "\\x"}',
  deep: "[".repeat(200) + "]".repeat(200),
  "deep-object": '{"a":'.repeat(150) + "1" + "}".repeat(150),
  undefined: '{"a": undefined}',
  "half-escape": '{"a": "\\u12"}',
}))
  add(`json-${name}.json`, text);
add("json-bom.json", BOM + share(`{"label": "C", "value": -1},\n${GOOD}`));
add(
  "json-utf16.json",
  utf16le(share(`{"label": "다", "value": -1},\n${GOOD}`)),
);
add(
  "json-crlf.json",
  share(`{"label": "C", "value": -1},\n${GOOD}`).replaceAll("\n", "\r\n"),
);
add("json-as.csv", share(GOOD));
add("json-no-ending", " \n" + share(GOOD));
// ---- no data at all
add("book.xlsx", Buffer.from("PK\x03\x04\x14\0\x06\0\x08\0rest", "latin1"));
add("book.csv", Buffer.from("PK\x03\x04rest", "latin1"));
add("book.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"));
add("page.html", "<!doctype html><html><body><h1>404</h1></body></html>");
add("page.csv", "\n<html><body>Sign in</body></html>");
add("page.json", "<!-- nothing --><p>x</p>");
add("bytes.bin", Buffer.from([...Array(64).keys()]));

// Tables of pages, each beside the CSV that says the same, and the title that no CSV has.
const head = "<tr><th>label</th><th>value</th></tr>";
export const tables = {
  plain: [
    `<table>${head}<tr><td>A</td><td>60</td></tr><tr><td>B</td><td>40</td></tr></table>`,
    "label,value\nA,60\nB,40\n",
  ],
  rowspan: [
    "<table><tr><th>group</th><th>label</th><th>value</th></tr><tr><td rowspan=2>X</td><td>A</td><td>60</td></tr><tr><td>B</td><td>40</td></tr></table>",
    "group,label,value\nX,A,60\nX,B,40\n",
  ],
  headers: [
    `<table><thead><tr><th colspan=2>Chips</th></tr>${head}</thead><tbody><tr><td>A</td><td>60</td></tr><tr><td>B</td><td>40</td></tr></tbody></table>`,
    "label,value\nA,60\nB,40\n",
    "Chips",
  ],
  unit: [
    "<table><tr><th rowspan=2>label</th><th>value</th></tr><tr><th>(%)</th></tr><tr><th>A</th><td>60</td></tr><tr><th>B</th><td>40</td></tr></table>",
    "label,value (%)\nA,60\nB,40\n",
  ],
  marks: [
    `<table>${head}<tr><td>A<sup>1</sup></td><td>60*</td></tr><tr><td>B</td><td>40 [2]</td></tr></table>`,
    "label,value\nA,60\nB,40\n",
  ],
  ragged: [
    `<table>${head}<tr><td>A</td></tr><tr><td>B</td><td>40</td><td>9</td></tr></table>`,
    // A comma may have cut a number in two; nothing cuts the cells of a page.
    "label;value\nA\nB;40;9\n",
  ],
  groups: [
    `<table>${head}<tr><th colspan=2>X</th></tr><tr><td>A</td><td>60</td></tr><tr><th colspan=2>Y</th></tr><tr><td>B</td><td>40</td></tr></table>`,
    "label,value,group\nA,60,X\nB,40,Y\n",
  ],
  hidden: [
    `<table>${head}<tr><td>A</td><td>60</td></tr><tr hidden><td>Z</td><td>9</td></tr><tr><td>B</td><td>40</td></tr></table>`,
    "label,value\nA,60\nB,40\n",
  ],
  years: [
    "<table><thead><tr><th rowspan=2>label</th><th>2023</th><th>2024</th></tr><tr><th>sales</th><th>sales</th></tr></thead><tr><td>A</td><td>60</td><td>61</td></tr><tr><td>B</td><td>40</td><td>41</td></tr></table>",
    "label,2023 sales,2024 sales\nA,60,61\nB,40,41\n",
    "sales",
  ],
  wrong: [
    `<table>${head}<tr><td>A</td><td>many</td></tr><tr><td>B</td><td>-4</td></tr><tr><td>C</td><td>4</td></tr></table>`,
    "label,value\nA,many\nB,-4\nC,4\n",
  ],
  blank: [
    `<table>${head}<tr><td></td><td></td></tr><tr><td>A</td><td>x</td></tr><tr><td>B</td><td>4</td></tr></table>`,
    "label,value\n\nA,x\nB,4\n",
  ],
  none: [
    "<table><tr><th>what</th><th>ever</th></tr><tr><td>A</td><td>1</td></tr></table>",
    "what,ever\nA,1\n",
  ],
};
