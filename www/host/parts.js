// What stands over and around the picture: labels, legend keys, the card, tables.
import { h, link } from './dom.js';
import { cellNumber } from './tape.js';
import { books, word } from './words.js';

const SVG = 'http://www.w3.org/2000/svg';
const PAGE = 500; // rows put into the document at a time: more would be a long task

// Writing, then reading, so that the browser lays out once; where there is time between, some labels after the other. What does not fit is hidden whole, never cut.
export function* setLabels(layer, labels, pool, slice) {
  const all = labels.slice(0, 2000);
  while (pool.length > all.length) pool.pop().remove();
  for (let from = 0; from < all.length; from += slice) {
    const some = all.slice(from, from + slice);
    const nodes = some.map((label, i) => {
      // Lines break where the engine has counted them, at spaces.
      const text = label.lines > 1 ? label.text.replaceAll('·', '\u2060·\u2060') : label.text;
      let node = pool[from + i];
      // Other words, or as many in another width, that do not begin at the left would be moved inside of their box: a fresh one begins where it is.
      const align = label.align === 'middle' ? 'center' : label.align;
      const moves = node && (node.style.textAlign !== align || (align !== 'start' && (node.textContent !== text || Math.abs(parseFloat(node.style.width) - label.w) > 0.01)));
      if (!node || moves) {
        const fresh = h('span', { part: 'label', dir: 'auto' });
        node ? node.replaceWith(fresh) : layer.append(fresh);
        node = pool[from + i] = fresh;
      }
      if (node.textContent !== text) node.textContent = text;
      node.className = label.lines > 1 ? 'wrap' : '';
      Object.assign(node.style, {
        translate: `${label.x}px ${label.y}px`, // what follows a wheel or a pointer must not count as a shift of the layout
        width: label.w + 'px',
        height: label.h + 'px',
        fontSize: label.size + 'px',
        fontWeight: label.bold ? 600 : 400,
        fontStyle: label.italic ? 'italic' : '',
        textAlign: align,
        color: label.color,
        visibility: '',
      });
      return node;
    });
    const cut = some.map(({ w, h: height, size, lines }, i) => nodes[i].scrollWidth > w + 1.5 || (lines > 1 && nodes[i].scrollHeight > height + size * 0.6));
    cut.forEach((is, i) => is && (nodes[i].style.visibility = 'hidden'));
    yield;
  }
}

const LINES = {
  'line-solid': { 'stroke-width': 4, opacity: 0.6 },
  'line-thin': { 'stroke-width': 1.25 },
  'line-double': { double: true },
  'line-long-dash': { 'stroke-dasharray': '7 3' },
  'line-short-dash': { 'stroke-dasharray': '3 3' },
  'line-dotted': { 'stroke-dasharray': '0 4', 'stroke-width': 2.5, 'stroke-linecap': 'round' },
  'line-wave': { d: 'M0 7q2-5 4 0t4 0 4 0 4 0 4 0 4 0' },
  'line-ticks': { d: 'M0 6H24M4 3v6M10 3v6M16 3v6M22 3v6', 'stroke-width': 1 },
};

// Grains of layers, as compute/src/raster/mark.rs has them.
const LEVEL = 'M.5 2h11m-11 4h11m-11 4h11';
const UPRIGHT = 'M2 .5v11m4-11v11m4-11v11';
const GRAINS = ['', LEVEL, UPRIGHT, LEVEL + UPRIGHT, 'M4 4h0m4 0h0M4 8h0m4 0h0'];

export const swatch = (form = 'swatch', color = 'currentColor') => {
  const line = LINES[form];
  const radius = form.startsWith('circle') ? Math.min(24, Math.max(1, parseFloat(form.slice(7)) || 5)) : 5.5;
  const width = line ? 24 : Math.max(12, 2 * radius + 1);
  const height = line ? 12 : width;
  const grain = form.startsWith('grain') && form.slice(6); // as a mark's style has it: kind, then strength
  const svg = document.createElementNS(SVG, 'svg');
  const draw = (tag, attributes) => {
    const node = svg.appendChild(document.createElementNS(SVG, tag));
    for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v);
  };
  for (const [k, v] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': true })) svg.setAttribute(k, v);
  const open = { fill: 'none', stroke: color, 'stroke-width': 1.5 };
  if (line?.double) draw('path', { ...open, d: 'M0 4H24M0 8H24' });
  else if (line) draw('path', { ...open, d: 'M0 6H24', ...line });
  else if (form.startsWith('circle')) draw('circle', { ...open, cx: width / 2, cy: width / 2, r: radius });
  else if (form === 'dot') draw('circle', { fill: color, cx: 6, cy: 6, r: 4 });
  else if (form === 'diamond') draw('path', { ...open, d: 'M6 1L11 6 6 11 1 6Z' });
  else if (form === 'hatch') draw('path', { ...open, 'stroke-width': 1, d: 'M.5 .5H11.5V11.5H.5ZM0 6L6 0M0 12L12 0M6 12L12 6' });
  else if (form === 'ring') draw('rect', { ...open, x: 1, y: 1, width: 10, height: 10, rx: 2 });
  else if (form === 'dashed') draw('rect', { ...open, x: 1, y: 1, width: 10, height: 10, rx: 2, 'stroke-dasharray': '3 2' });
  else draw('rect', { fill: color, width: 12, height: 12, rx: 2, opacity: form === 'soft' ? 0.45 : 1 });
  if (grain) draw('path', { d: GRAINS[grain & 7], stroke: 'var(--g)', 'stroke-width': (grain & 7) > 3 ? 2 : 1, 'stroke-linecap': 'round', opacity: (grain >> 3) / 15 });
  return svg;
};

export const fillCard = (node, card, lang, close) => {
  const line = (name, text) => (text?.length ? h('div', { class: name }, text) : null);
  const button = h('button', { class: 'x', type: 'button', 'aria-label': word('close', lang) }, '×');
  button.addEventListener('click', close);
  node.replaceChildren(
    ...[
      h('b', {}, card.title ?? ''),
      line('big', card.value),
      line('', card.share),
      line('dim', card.date),
      line('', card.status?.join(' · ')),
      card.rows?.length ? h('dl', {}, ...card.rows.flatMap(([a, b], i, all) => [all[i - 1]?.[0] === a ? '' : h('dt', {}, a), h('dd', {}, b)])) : null,
      line('dim', card.note),
      ...(card.cites ?? []).map(({ text, url }) => h('div', { class: 'cite' }, link(text, url))),
      button,
    ].filter(Boolean),
  );
};

// Beside its anchor, never over it: the first of right, left, below, above that fits; boxes are in the frame's coordinates. Moved, not laid out anew:
// a pointer that wanders would push its own card about, and browsers count that against the page.
export const place = (node, anchor, frame) => {
  const { offsetWidth: w, offsetHeight: height } = node;
  const gap = 8;
  const view = { top: -frame.top, bottom: frame.height - frame.top };
  const clamp = (v, low, high) => Math.max(low, Math.min(v, high));
  const beside = clamp(anchor.y, view.top, Math.max(view.top, view.bottom - height));
  const along = clamp(anchor.x, 0, Math.max(0, frame.width - w));
  const spots = [
    [anchor.x + anchor.w + gap, beside],
    [anchor.x - w - gap, beside],
    [along, anchor.y + anchor.h + gap],
    [along, anchor.y - height - gap],
  ].filter(([x]) => x >= 0 && x + w <= frame.width);
  const hidden = ([, y]) => Math.max(0, view.top - y) + Math.max(0, y + height - view.bottom);
  const [x, y] = spots.reduce((a, b) => (hidden(b) < hidden(a) ? b : a), spots[0] ?? [0, anchor.y + anchor.h + gap]);
  node.style.translate = `${x}px ${y}px`;
};

const numeric = (cell) => typeof cell === 'number';

// How much a cell says, for sorting: `130억 달러`, `US$1.3bn`, `54`, `7억 5,000만`; NaN where it begins with no number, or where a date follows it.
const UNITS = { 만: 1e4, 억: 1e8, 조: 1e12, 경: 1e16, k: 1e3, m: 1e6, b: 1e9, t: 1e12 };
export const amount = (cell, lang) => {
  const text = (books.get(lang)?.plain ?? String)(String(cell)).replace(/^(?:[≈≤≥~$₩€¥£\s]|약|최대|최소|(?:at least|up to|about|more than|less than)\b|[A-Z]{2,3}(?=[\s$¥]))*/, '').replaceAll(',', '');
  if (!/^[-−]?\d/.test(text) || /^\d+(년|[-–~〜]\d)/.test(text)) return NaN;
  let sum = 0;
  for (const [, number, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)([만억조경]|[kmbt](?![a-z])|bn|tn)?/gi)) sum += number * (UNITS[unit[0]?.toLowerCase()] ?? 1);
  return /^[-−]/.test(text) ? -sum : sum;
};

// Rows in the order of a column: by amount where most of it is amounts, else as words; what is empty comes last either way.
export const sorted = (rows, column, down, lang) => {
  const cells = rows.map((row) => [row[column] ?? '', row]);
  const full = cells.filter(([cell]) => cell !== '').map(([cell, row]) => [amount(cell, lang), cell, row]);
  const sums = full.filter(([sum]) => sum === sum).length * 2 > full.length;
  const words = new Intl.Collator(lang, { numeric: true });
  full.sort(([a, x], [b, y]) => (sums ? (a !== a) - (b !== b) || (down ? b - a : a - b) : 0) || (sums ? 0 : down ? words.compare(y, x) : words.compare(x, y)));
  return [...full.map(([, , row]) => row), ...cells.filter(([cell]) => cell === '').map(([, row]) => row)];
};

// A long table in a box of its own, which the keyboard can scroll.
export const scroller = (label, node) => h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': label }, node);

export const tableNode = ({ caption, head, rows }, lang) => {
  const cell = (value, i) =>
    i ? h('td', { class: numeric(value) && 'n' }, /^https?:/.test(value) ? link(value, value) : String(value ?? '')) : h('th', { scope: 'row' }, String(value ?? ''));
  const body = h('tbody');
  const order = rows;
  const columns = head.map((text, i) => {
    const button = h('button', { type: 'button', class: 'sort', title: word('sort', lang) }, text);
    const column = h('th', { scope: 'col', class: numeric(rows[0]?.[i]) && 'n' }, button);
    button.addEventListener('click', () => {
      const down = column.ariaSort === 'ascending';
      for (const other of columns) other.removeAttribute('aria-sort');
      column.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      rows = sorted(order, i, down, lang);
      body.replaceChildren();
      shown = 0;
      box.append(more);
      grow();
    });
    return column;
  });
  const table = h('table', {}, h('caption', {}, caption ?? ''), h('thead', {}, h('tr', {}, ...columns)), body);
  const box = scroller(caption ?? word('table', lang), table);
  const more = h('button', { type: 'button' }, word('more', lang));
  let shown = 0;
  const grow = () => {
    body.append(...rows.slice(shown, (shown += PAGE)).map((row) => h('tr', {}, ...row.map(cell))));
    if (shown >= rows.length) more.remove();
  };
  more.addEventListener('click', grow);
  box.append(more);
  grow();
  return box;
};

// ---- the page's own table as data

const HIDDEN = 'script,style,template,noscript,[hidden],[aria-hidden="true"],[style*="display:none"],[style*="display: none"],[style*="visibility:hidden"],[style*="visibility: hidden"]';
const MARK = /^[\s[(]*(?:\d{1,3}|[a-z]|주\s*\d*|[*†‡§#]+)(?:\s*,\s*(?:\d{1,3}|[a-z]))*[\])\s]*$/i; // a footnote's
const SPAN = 1000; // columns that a table may have, and cells that one may cover

// What a reader sees in a cell, without marks of footnotes; a table in it is another table.
const cellText = (cell) => {
  let out = '';
  const walk = (node) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) out += child.data;
      if (child.nodeType !== 1 || child.matches(HIDDEN) || child.localName === 'table') continue;
      const tag = child.localName;
      const text = child.textContent.trim();
      if (tag === 'br') out += ' ';
      else if ((tag === 'sup' || (tag === 'sub' && /\d\s*$/.test(out))) && MARK.test(text)) {
        // Ten to the ninth is no ten with a note, and a square metre no metre.
        if (/(?:^|[^\d.,])10\s*$/.test(out) && /^\d+$/.test(text)) out += '^' + text;
        else if (/(?:^|[\s(/])[kcm]?m$/.test(out) && /^[23]$/.test(text)) out += text === '2' ? '²' : '³';
      } else {
        const block = /^(?:p|div|li|dd|dt|section|h[1-6])$/.test(tag);
        if (block) out += ' ';
        walk(child);
        if (block) out += ' ';
      }
    }
  };
  if (cell.firstElementChild) walk(cell);
  else out = cell.textContent;
  const text = out.replace(/[\u00ad\u200b\u2060\ufeff]/g, '').replace(/\s+/g, ' ').trim();
  const bare = text.replace(/\s*(?:\[\d{1,3}\]|[*†‡§]+)$/, '');
  return cellNumber(bare) === cellNumber(bare) ? bare : text; // the mark behind a number
};

// Whether a text is a number that means the cell it stands in, and not a year.
const measure = (text) => cellNumber(text) === cellNumber(text) && !/^[12]\d{3}$/.test(text);

// The cells of some rows in a grid: what spans several stands in each, but a number, which is no row's own.
const gridOf = (rows, line, tell) => {
  const grid = rows.map(() => []);
  rows.forEach((row, y) => {
    let x = 0;
    for (const cell of row.cells) {
      while (grid[y][x] !== undefined) x++;
      const wide = Math.min(cell.colSpan || 1, SPAN - x);
      const high = Math.min(cell.rowSpan || rows.length, rows.length - y, SPAN);
      if (wide < 1) break;
      let text = cellText(cell);
      if (cell.querySelector('table')) tell('nested', line(y), [x + 1]);
      if (wide * high > 1 && tell && measure(text)) {
        tell('shared', line(y), [x + 1, text]);
        text = '';
      }
      for (let dy = 0; dy < high; dy++) for (let dx = 0; dx < wide; dx++) grid[y + dy][x + dx] = text;
    }
    for (let i = 0; i < grid[y].length; i++) grid[y][i] ??= '';
  });
  return grid;
};

// Headings from the rows that have them: the lowest, with what stands above where it is empty or only a unit.
const headOf = (grid) => {
  const width = Math.max(0, ...grid.map((row) => row.length));
  return Array.from({ length: width }, (_, x) => {
    let head = '';
    for (let y = grid.length; y-- && (!head || /^[([].*[)\]]$/.test(head)); ) {
      const above = grid[y][x] ?? '';
      // A heading of all columns is the table's.
      if (above && above !== head && !(y < grid.length - 1 && width > 1 && grid[y].length === width && grid[y].every((cell) => cell === above))) head = head ? `${above} ${head}` : above;
    }
    return head;
  });
};

// → { data: { caption, head, rows }, issues, lines }: what is told of it, and the row of the page's table that each row comes from.
export const readTable = (table) => {
  const issues = [];
  const places = new Map([...table.rows].map((row, i) => [row, i + 1]));
  const line = (row) => places.get(row);
  const tell = (key, at, parts) => issues.length < 1000 && issues.push({ key, place: 'line ' + at, parts });
  let head = table.tHead?.rows.length ? [...table.tHead.rows] : [];
  let foot = [...table.children].filter((part) => part.localName === 'tfoot').flatMap((part) => [...part.rows]);
  const bodies = [...table.children].filter((part) => part.localName === 'tbody' || part.localName === 'tr').reduce((groups, part) => {
    if (part.localName === 'tr') groups.length && !groups.at(-1).whole ? groups.at(-1).rows.push(part) : groups.push({ rows: [part] });
    else groups.push({ rows: [...part.rows], whole: true });
    return groups;
  }, []).map(({ rows }) => rows);
  if (!bodies.some((rows) => rows.length)) [bodies[0], foot] = [foot, []]; // a foot of nothing
  if (!head.length && bodies[0]) {
    // The first row, and those behind it in which all are headings, as long as some row is none.
    const plain = (row) => [...row.cells].some((cell) => cell.localName === 'td');
    const first = bodies[0].findIndex(plain);
    const most = Math.max(1, first);
    const spans = bodies[0].slice(0, most).some((row) => [...row.cells].some((cell) => cell.colSpan > 1 || cell.rowSpan > 1));
    head = bodies[0].splice(0, first > 0 || spans ? most : 1);
  }
  const heads = gridOf(head, (y) => line(head[y]), (key, at, parts) => key === 'nested' && tell(key, at, parts));
  // A first row of one heading over all columns is a title.
  const title = heads.length > 1 && heads[0].length > 1 && heads[0].every((cell) => cell && cell === heads[0][0]) ? heads[0][0] : '';
  const [rows, lines] = [[], []];
  for (const body of bodies) {
    const from = body.map(line);
    gridOf(body, (y) => from[y], tell).forEach((row, y) => {
      if (!row.some(Boolean)) return; // nothing is nothing
      rows.push(row);
      lines.push(from[y]);
    });
  }
  for (const row of foot) {
    const texts = [...row.cells].map(cellText).filter(Boolean);
    if (texts.some(measure)) tell('total', line(row), [texts.join(' ').slice(0, 80)]);
  }
  return { data: { caption: (table.caption && cellText(table.caption)) || title, head: headOf(heads), rows }, issues, lines };
};
