// Tables as text: reads CSV (RFC 4180, also with ; or tab) in one pass and writes it so that spreadsheets neither garble nor run it.

// UTF-8, or what Korean spreadsheets save when nobody asks them for UTF-8.
export const decode = (bytes) => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('euc-kr').decode(bytes);
  }
};

export const readCsv = (text) => {
  // What stands in quotation marks separates nothing, be it a comma or the end of a line.
  const first = /^[\r\n]*((?:"(?:[^"]|"")*"|[^\r\n])*)/.exec(text.slice(0, 65536))[1].replace(/"(?:[^"]|"")*"/g, '');
  const comma = [',', ';', '\t'].reduce((a, b) => (first.split(b).length > first.split(a).length ? b : a));
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (;;) {
        const end = text.indexOf('"', ++at);
        if (end < 0) throw Object.assign(Error('bad-table'), { code: 'bad-table', detail: 'line ' + (rows.length + 1) });
        cell += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
    }
    const from = at;
    while (at < text.length && text[at] !== comma && text[at] !== '\n' && text[at] !== '\r') at++;
    row.push(cell + text.slice(from, at));
    if (text[at] === comma) {
      at++;
      if (at < text.length) continue;
      row.push('');
    }
    if (text[at] === '\r') at++;
    if (text[at] === '\n') at++;
    if (row.length > 1 || row[0].trim()) rows.push(row);
    row = [];
  }
  const [head = [], ...rest] = rows;
  return { head: head.map((cell) => cell.trim()), rows: rest };
};

// A leading = + - @ would make a spreadsheet run the cell; numbers may keep their sign.
const safe = (cell) => {
  const text = String(cell ?? '');
  return `"${(/^[=+\-@\t\r]/.test(text) && !Number.isFinite(+text) ? "'" + text : text).replaceAll('"', '""')}"`;
};

export const writeCsv = ({ head, rows }) => '\uFEFF' + [head, ...rows].map((row) => row.map(safe).join(',') + '\r\n').join('');
