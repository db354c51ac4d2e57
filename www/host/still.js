// The last tier: the shipped schemas as plain tables, for readers whose browser runs no WebAssembly.
import { word } from './words.js';

const rowsOf = (value) => (Array.isArray(value) ? value.filter((row) => row && typeof row === 'object') : []);

// What every row carries besides its numbers; unknown fields are ignored, nothing is merged.
const reader = (file, lang) => {
  const text = (row, key) => row?.[`${key}_${lang}`] ?? row?.[`${key}_en`] ?? row?.[`${key}_ko`] ?? row?.[key] ?? '';
  const index = (rows) => new Map(rowsOf(rows).map((row) => [row.id, row]));
  const people = index(file.parties ?? file.entities);
  const sources = index(file.sources);
  const w = (key) => word(key, lang);
  return {
    text,
    w,
    name: (id) => text(people.get(id), 'name') || String(id ?? ''),
    cite: (row) => {
      const { source } = row;
      return source ? [text(sources.get(source.id), 'title') || source.id, source.locator, source.attributed_to].filter(Boolean).join(', ') : '';
    },
    status: (row) =>
      ['approx', 'disputed', 'planned', 'derived', 'cumulative'].filter((key) => row[key] === true || row.amount?.[key] === true).map(w).concat([row.bound ?? row.amount?.bound, row.status].filter(Boolean).map(w)).join(', '),
    amount: (value, currency) =>
      value == null ? '' : new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: 2, ...(currency && { style: 'currency', currency }) }).format(value),
  };
};

const KINDS = {
  'market-share': (file, { text, w, cite, status }) => ({
    head: [w('table1'), w('label'), w('value'), w('unit'), w('date'), w('status'), w('source')],
    rows: rowsOf(file.tables).flatMap((table) =>
      [...rowsOf(table.items), ...(table.rest ? [{ label: text(table.rest, 'note') || w('rest'), value: table.rest.kind === 'known' ? table.rest.value : null }] : [])].map((item) => [
        text(table, 'title'), text(item, 'label'), item.value, item.value == null ? '' : table.unit, item.as_of ?? table.period ?? '', status(item), cite(item.source ? item : table),
      ]),
    ),
  }),
  'funding-timeline': (file, { text, w, name, cite, status, amount }) => ({
    head: [w('date'), w('label'), w('kind'), w('from'), w('to'), w('amount'), w('status'), w('source')],
    rows: [...rowsOf(file.events), ...rowsOf(file.undated)].map((event) => [
      text(event, 'date_text') || event.date || '', text(event, 'label'), event.type, [].concat(event.actors ?? []).map(name).join(', '), name(event.target),
      event.amount ? amount(event.amount.value, event.amount.currency) : '', status(event), cite(event),
    ]),
  }),
  'value-chain': (file, { text, w, name, cite, status, amount }) => ({
    head: [w('from'), w('kind'), w('to'), w('amount'), w('label'), w('date'), w('status'), w('source')],
    rows: rowsOf(file.links).map((link) => [
      name(link.from), link.type, name(link.to), link.amount_usd ? amount(link.amount_usd, 'USD') : amount(link.amount_krw, 'KRW'),
      text(link, 'label'), link.date ?? '', status(link), cite(link),
    ]),
  }),
};

// The table of a parsed file, or null where the file is of another kind.
export const stillTable = (kind, file, lang) => {
  try {
    if (Array.isArray(file.head)) return file;
    const read = reader(file, lang);
    return { caption: read.text(file, 'title'), ...KINDS[kind](file, read) };
  } catch {
    return null;
  }
};
