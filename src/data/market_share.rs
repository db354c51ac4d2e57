//! Tables of parts: shares of a market, parts of a stated whole, or values side by side.

use serde_json::{Map, Value};

use super::read::{MAX_PARTIES, MAX_ROWS};
use super::refs::{Ids, Parties, Sources};
use super::row::{LABEL, Log, NOTE, Row, TITLE};
use super::{Cite, Layer, Party, Source, Status, Text};
use super::{read, row, table};
use crate::error::{Code, Error, Issue, IssueKind};

/// A validated file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MarketShare {
    /// Title of the file.
    pub title: Text,
    /// Ids of the tables shown together when no table is asked for; valid.
    pub board: Vec<usize>,
    /// The tables.
    pub tables: Vec<Table>,
    /// Organisations that items name.
    pub parties: Vec<Party>,
    /// Documents.
    pub sources: Vec<Source>,
}

/// One whole, or one comparison.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// What kind of whole.
    pub kind: Kind,
    /// Unit of the values: `%`, `USD bn`, `companies` …
    pub unit: String,
    /// What is measured.
    pub metric: Text,
    /// Period, as printed: `2023`, `2023-Q4`, `2023-02`; may be empty.
    pub period: String,
    /// Region; may be empty.
    pub region: Text,
    /// The stated whole. For a share table 100.
    pub whole: Option<f64>,
    /// The source says «about» of the whole.
    pub whole_approx: bool,
    /// The parts that are named.
    pub items: Vec<Item>,
    /// What is known of the rest.
    pub rest: Rest,
    /// Words about the rest.
    pub rest_note: Text,
    /// Organisations that the source names, in order, as holding the unknown rest.
    pub rest_parties: Vec<usize>,
    /// A note; may be empty.
    pub note: Text,
    /// The whole table is a forecast.
    pub forecast: bool,
    /// Background, outside AI.
    pub peripheral: bool,
    /// Key of the editors' list of conflicts between the documents, such as `C04`; may be empty.
    pub conflict: String,
    /// Where it is printed.
    pub cites: Vec<Cite>,
}

/// What kind of whole a table is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// Percentages of one market; the whole is 100.
    #[default]
    Share,
    /// Absolute parts of a stated whole.
    Parts,
    /// Values side by side that must not be drawn as one whole.
    Comparison,
}

/// What is known of what is not named.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Rest {
    /// Nothing is left.
    #[default]
    None,
    /// The rest is known: the stated whole minus the items.
    Known(f64),
    /// The rest exists, its split is not given. The value is only for drawing.
    Unknown(f64),
}

/// A part. `datum` numbers run through all tables of a file in order: items first, then the table's rest if it has one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// The organisation, an index into `parties`.
    pub party: Option<usize>,
    /// Other organisations that the value covers together.
    pub members: Vec<usize>,
    /// Label.
    pub label: Text,
    /// Zero or more, finite, in the table's unit.
    pub value: f64,
    /// ISO country, for tables by country.
    pub country: Option<String>,
    /// The layer that the item stands for, where it is not an organisation's.
    pub layer: Option<Layer>,
    /// A note, such as how a derived value came about; may be empty.
    pub note: Text,
    /// How far to trust it.
    pub status: Status,
    /// Date of the value where it differs from the table's period; may be empty.
    pub as_of: String,
    /// Where it is printed; empty: as the table.
    pub cites: Vec<Cite>,
}

/// Shares that are rounded may add up to a little more than a hundred.
const FULL: f64 = 100.5;

/// The headings of a page's own table.
const COLUMNS: table::Columns = &[
    ("label", &["name", "company", "이름", "회사", "기업", "업체", "항목", "구분", "국가"]),
    ("value", &["share", "amount", "값", "점유율", "비중", "금액", "수치", "수"]),
    ("party", &["entity", "organisation", "organization", "기관"]),
    ("country", &["국가코드", "country_code"]),
    ("layer", &["계층", "층"]),
    ("status", &["상태"]),
    ("as_of", &["date", "날짜", "기준일", "시점"]),
    ("source", &["출처", "자료"]),
    ("note", &["비고", "메모", "설명"]),
    ("label_ko", &[]),
    ("label_en", &[]),
    ("note_ko", &[]),
    ("note_en", &[]),
    ("approx", &[]),
    ("bound", &[]),
    ("disputed", &[]),
    ("planned", &["계획"]),
    ("derived", &[]),
];

impl MarketShare {
    /// Reads a file of the kind `ai-atlas/market-share` (`data/schema/market-share.schema.json`). A file with `items` and no `tables` is one table.
    ///
    /// # Errors
    /// `not-text`, `not-json` (detail `line:column`), `wrong-kind`, `too-large`, or `empty` where no item of any table can be kept.
    /// Everything smaller is an [`Issue`]: the item or the field is left out.
    pub fn parse(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        Self::build(&read::file(bytes, "ai-atlas/market-share")?)
    }

    /// Reads a page's own table, `{"head":["label","value"],"rows":[["NVIDIA","92%"]]}`, headings in English or Korean; `title` or
    /// `caption` beside them names it. Places of issues are lines, the header being line 1.
    ///
    /// # Errors
    /// As [`MarketShare::parse`], and `bad-table` with the missing column or the line.
    pub fn from_table(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        Self::build(&table::read(bytes, "items", COLUMNS, &["value"], MAX_ROWS)?)
    }

    fn build(value: &Value) -> Result<(Self, Vec<Issue>), Error> {
        let (mut log, none) = (Log::default(), Map::new());
        let top = Row::top(value, &none);
        let mut names = Names { sources: Sources::read(&top, &mut log)?, parties: Parties::read(&top, &mut log)?, ids: Ids::default(), room: MAX_ROWS };
        let mut tables = Vec::new();
        if top.get("tables").is_none() {
            tables.extend(names.table(&top, &mut log, 0)?);
        }
        for row in top.rows(&mut log, "tables", MAX_PARTIES)? {
            tables.extend(names.table(&row, &mut log, tables.len())?);
        }
        if tables.is_empty() {
            return Err(Error::new(Code::Empty, "items"));
        }
        let mut board = Vec::new();
        for id in top.names(&mut log, "board") {
            match names.ids.find(&id) {
                Some(table) if board.contains(&table) => {}
                Some(table) => board.push(table),
                None => top.issue(&mut log, "board", &id, IssueKind::UnknownReference),
            }
        }
        let title = top.words(&mut log, TITLE);
        let out = Self { title, board, tables, parties: names.parties.list, sources: names.sources.list };
        Ok((out, log.issues))
    }
}

/// What the tables of a file refer to, and how many items there is still room for.
struct Names {
    sources: Sources,
    parties: Parties,
    ids: Ids,
    room: usize,
}

impl Names {
    /// One table; `None`, noted, where nothing of it can be drawn.
    fn table(&mut self, row: &Row<'_>, log: &mut Log, index: usize) -> Result<Option<Table>, Error> {
        let rows = row.rows(log, "items", self.room)?;
        self.room = self.room.saturating_sub(rows.len());
        let mut items = Vec::with_capacity(rows.len());
        for item in &rows {
            items.extend(self.item(item, log));
        }
        if items.is_empty() {
            row.issue(log, "items", "", IssueKind::Missing);
            return Ok(None);
        }
        let total: f64 = items.iter().map(|item| item.value).sum();
        let mut unit = row.text(log, "unit");
        // At the top of a file `kind` is the kind of the file.
        let kind = match row.word(log, if row.is_top() { "table_kind" } else { "kind" }, &["share", "parts", "comparison"]) {
            Ok(Some(0)) => Kind::Share,
            Ok(Some(1)) => Kind::Parts,
            Ok(Some(_)) => Kind::Comparison,
            // Without a word for it: per cents are shares, other units are parts; with no unit either, what fits into a hundred is shares.
            _ if unit == "%" || (unit.is_empty() && total <= FULL) => Kind::Share,
            _ => Kind::Parts,
        };
        if kind == Kind::Share && unit.is_empty() {
            unit.push('%');
        }
        let mut whole = row.number(log, "whole").unwrap_or_default();
        if kind == Kind::Share {
            whole = Some(100.0);
        }
        if kind != Kind::Comparison {
            let most = whole.map_or(f64::INFINITY, |whole| whole * (FULL / 100.0));
            if total > most {
                row.issue(log, "items", &Value::from(total).to_string(), IssueKind::ExceedsWhole);
            }
        }
        let mut table = Table { kind, unit, whole, items, ..Table::default() };
        let left = whole.map_or(0.0, |whole| rounded((whole - total).max(0.0)));
        self.rest(row, log, &mut table, left);
        table.title = row.words(log, TITLE);
        table.metric = row.words(log, ["metric_ko", "metric_en", "metric", "metric", "metric"]);
        table.period = row.text(log, "period");
        table.region = row.words(log, ["region_ko", "region_en", "region", "region", "region"]);
        table.whole_approx = row.flag(log, "whole_approx");
        table.note = row.words(log, NOTE);
        table.forecast = row.flag(log, "forecast");
        table.peripheral = row.flag(log, "peripheral");
        table.conflict = row.text(log, "conflict");
        table.cites = self.sources.cites(row, log);
        let mut id = row.text(log, "id");
        if id.is_empty() {
            id = (index + 1).to_string();
        }
        table.id = self.ids.claim(log, row, id, index);
        Ok(Some(table))
    }

    /// What is known of the rest of a table, where `left` of the whole is not named.
    fn rest(&mut self, row: &Row<'_>, log: &mut Log, table: &mut Table, left: f64) {
        let child = row.child(log, "rest");
        let (mut kind, mut value) = (Ok(None), None);
        if let Some(rest) = child {
            kind = rest.word(log, "kind", &["none", "known", "unknown"]);
            value = rest.number(log, "value").unwrap_or_default();
            table.rest_note = rest.words(log, NOTE);
            table.rest_parties = self.parties.many(&rest, log, "parties");
        }
        let value = value.unwrap_or(left);
        table.rest = match (kind, table.kind) {
            // A comparison is no whole: words about what is missing are kept, a tile for it is not.
            (_, Kind::Comparison) => Rest::None,
            _ if value <= 0.0 => Rest::None,
            (Ok(Some(0)), _) => Rest::None,
            (Ok(Some(1)), _) => Rest::Known(value),
            (Ok(Some(_)), _) | (_, Kind::Share) => Rest::Unknown(value),
            // Parts of a stated whole: the rest is known by subtraction.
            (_, Kind::Parts) => Rest::Known(value),
        };
    }

    /// One part; `None`, noted, where it cannot be drawn.
    fn item(&mut self, row: &Row<'_>, log: &mut Log) -> Option<Item> {
        let value = row.number(log, "value").ok()?;
        let Some(value) = value else {
            row.issue(log, "value", "", IssueKind::Missing);
            return None;
        };
        let party = self.parties.one(row, log, "party");
        let mut label = row.words(log, LABEL);
        if label.ko.is_empty() {
            let Some(party) = party.and_then(|party| self.parties.list.get(party)) else {
                row.issue(log, "label", "", IssueKind::Missing);
                return None;
            };
            label = party.name.clone();
        }
        Some(Item {
            party,
            members: self.parties.many(row, log, "members"),
            label,
            value,
            country: row.country(log),
            layer: row::layer(row, log, "layer"),
            note: row.words(log, NOTE),
            status: row.status(log),
            as_of: row.text(log, "as_of"),
            cites: self.sources.cites(row, log),
        })
    }
}

/// Without the dust of a subtraction: 100 − 61.7 − 11 is 27.3.
fn rounded(value: f64) -> f64 {
    if value.abs() < 1e6 { (value * 1e9).round() / 1e9 } else { value }
}
