// Where in what an editor pasted something is wrong: lines of CSV records and of places in JSON, counted from 1.
// src/bin/ai-atlas/file.rs is the same for the command line; tests/fixtures/lines.tsv holds both to it.

// Line in which each record of a CSV begins, the header first; records are those of host/csv.js. A quotation mark that nothing ends: { fault: line }.
export const recordLines = (text) => {
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]/)) || 4096);
  const comma = [',', ';', '\t'].reduce((a, b) => (first.split(b).length > first.split(a).length ? b : a));
  const lines = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const begin = line;
    let cells = 0;
    let filled = false;
    for (;;) {
      const from = at;
      if (text[at] === '"') {
        for (;;) {
          const end = text.indexOf('"', at + 1);
          if (end < 0) return { fault: begin };
          for (; at < end; at++) if (text[at] === '\n') line++;
          at = end + 1;
          if (text[at] !== '"') break;
        }
      }
      while (at < text.length && text[at] !== comma && text[at] !== '\n' && text[at] !== '\r') at++;
      cells++;
      filled ||= !!text.slice(from, at).replace(/^"|"$/g, '').trim();
      if (text[at] !== comma) break;
      at++;
    }
    const broken = text[at] === '\r' || text[at] === '\n';
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    if (broken) line++;
    if (cells > 1 || filled) lines.push(begin);
  }
  return { lines };
};

// Goes through valid JSON by its marks alone.
class Scan {
  at = 0;
  #text;

  constructor(text) {
    this.#text = text;
    this.space();
  }

  get now() {
    return this.#text[this.at] ?? '';
  }

  get line() {
    return this.#text.slice(0, this.at).split('\n').length;
  }

  space() {
    while (/\s/.test(this.now)) this.at++;
  }

  // Passes a text; answers with what stands between its quotation marks.
  string() {
    const begin = ++this.at;
    while (this.now && this.now !== '"') this.at += this.now === '\\' ? 2 : 1;
    return this.#text.slice(begin, this.at++);
  }

  // Passes a value of any kind.
  skip() {
    for (let depth = 0; this.now; this.at++) {
      const { now } = this;
      if (now === '"') {
        this.string();
        this.at--;
      } else if (now === '{' || now === '[') depth++;
      else if ((now === '}' || now === ']') && !depth--) return;
      else if (now === ',' && !depth) return;
    }
  }

  // Goes through the members of the object that begins here, standing at each value; stays where `found` says so, else goes back.
  members(found) {
    const begin = this.at;
    if (this.now === '{') {
      do {
        this.at++;
        this.space();
        if (this.now !== '"') break;
        const key = this.string();
        this.space();
        this.at++;
        this.space();
        if (found(key)) return true;
        this.skip();
        this.space();
      } while (this.now === ',');
    }
    this.at = begin;
    return false;
  }

  member(name) {
    return this.members((key) => key === name);
  }

  element(index) {
    const begin = this.at;
    if (this.now !== '[') return false;
    this.at++;
    for (; index > 0; index--) {
      this.skip();
      if (this.now !== ',') {
        this.at = begin;
        return false;
      }
      this.at++;
    }
    this.space();
    return true;
  }
}

// The line in which a field of a place begins (`tables[3].items[0]`, `value`). A field that is not there is looked for in the objects of its row, and then
// the row itself is the answer.
export const lineOf = (text, place, field) => {
  const scan = new Scan(text);
  const step = (name) => {
    const [member, ...indexes] = name.split(/[[\]]+/).filter(Boolean);
    return scan.member(member) && indexes.every((index) => scan.element(+index));
  };
  place.split('.').filter(Boolean).every(step); // as far as the path goes
  if (field && !scan.member(field)) scan.members(() => scan.member(field));
  return scan.line;
};
