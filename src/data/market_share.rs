//! Tables of parts: shares of a market, parts of a stated whole, or values side by side.

use super::references::{Ids, Refs, both, numbered};
use super::row::{FieldAliases, IssueLog, NOTE, Row, TITLE};
use super::sanitize::Hundredths;
use super::schema::check_kind;
use super::{Cite, Layer, MAX_PARTIES, MAX_ROWS, Party, Source, Status, Text, Value};
use crate::error::{Error, Issue, IssueKind};

/// A validated file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MarketShare {
    /// Title of the file.
    pub title: Text,
    /// Indices of the tables shown together when no table is asked for.
    pub board: Vec<usize>,
    /// The tables.
    pub tables: Vec<Table>,
    /// Organisations that items name.
    pub parties: Vec<Party>,
    /// Items of items, parents before their children.
    pub groups: Vec<Group>,
    /// Documents.
    pub sources: Vec<Source>,
}

/// Several items, or groups, under one name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Group {
    /// The table, an index into `tables`.
    pub table: usize,
    /// The group that it is in, an index into `groups`.
    pub parent: Option<usize>,
    /// The organisation, an index into `parties`.
    pub party: Option<usize>,
    /// Label.
    pub label: Text,
    /// The layer that it stands for.
    pub layer: Option<Layer>,
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
    /// What the table is one period of: tables of one series are the same market at different
    /// times. May be empty.
    pub series: String,
    /// What the colour of the tiles says; empty: the layer.
    pub color: Text,
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
    /// The rest holds items whose values could not be read, or are not given.
    pub unread: bool,
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

/// A part. `datum` numbers run through all tables of a file in order: items first, then the table's
/// rest if it has one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// The group that it is in, an index into `groups`.
    pub group: Option<usize>,
    /// What a group has besides its items: its split is not given, and the value is only for
    /// drawing.
    pub unknown: bool,
    /// Of that: it holds items whose values could not be read, or are not given.
    pub unread: bool,
    /// A second measure, shown as colour.
    pub color: Option<f64>,
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

const COLOR: FieldAliases = &["color_ko", "color_en", "color_label"];
const METRIC: FieldAliases = &["metric_ko", "metric_en", "metric"];
const REGION: FieldAliases = &["region_ko", "region_en", "region"];

impl MarketShare {
    /// Fills empty data from a file of the kind `ai-atlas/market-share`
    /// (`data/schema/market-share.schema.json`), where a file with `items` and no `tables` is one
    /// table.
    ///
    /// # Errors
    /// `wrong-kind`, `too-large`, or `empty` where no item of any table can be kept. Everything
    /// smaller is an [`Issue`]: the item or the field is left out.
    pub fn read(&mut self, file: &Value<'_>) -> Result<Vec<Issue>, Error> {
        check_kind(file, "ai-atlas/market-share")?;
        let log = IssueLog::default();
        let top = Row::top(file, &log);
        let (mut refs, mut room) = (Refs::read(&top), MAX_ROWS);
        let mut groups = Vec::new();
        let mut rows = top.rows("tables", MAX_PARTIES);
        if !top.has("tables") {
            rows.push(top);
        }
        for row in &rows {
            let before = groups.len();
            match refs.table(row, self.tables.len(), &mut room, &mut groups) {
                Some(table) => self.tables.push(table),
                None => groups.truncate(before),
            }
        }
        for id in &top.names("board") {
            match refs.ids.find(id) {
                Some(table) if self.board.contains(&table) => {}
                Some(table) => self.board.push(table),
                None => top.issue("board", id, IssueKind::UnknownReference),
            }
        }
        self.title = top.words(TITLE);
        self.groups = groups;
        self.parties = refs.parties;
        self.sources = refs.sources.list;
        log.end(self.tables.is_empty().then_some("items"))
    }

    /// Reads the bytes of a JSON file.
    ///
    /// # Errors
    /// As [`MarketShare::read`], and `not-text`, `not-json` (detail `line:column`).
    pub fn parse(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        super::json::read_bytes(bytes, Self::read)
    }

    /// Reads the bytes of a page's own table.
    ///
    /// # Errors
    /// As [`MarketShare::parse`].
    #[cfg(feature = "tables")]
    pub fn from_table(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        super::json::read_table_bytes(bytes, "market-share", Self::read)
    }
}

/// Levels of items in items, the table's own included.
const MOST_DEPTH: usize = 64;

impl Refs {
    /// One table; `None`, noted, where nothing of it can be drawn. `room` is how many items there
    /// may still be.
    fn table(
        &mut self,
        row: &Row<'_>,
        index: usize,
        room: &mut usize,
        groups: &mut Vec<Group>,
    ) -> Option<Table> {
        let rows = row.rows("items", *room);
        *room -= rows.len();
        let mut parts = Parts {
            refs: self,
            table: index,
            room,
            groups,
            met: Ids::default(),
            items: Vec::new(),
            unread: 0,
        };
        let total = parts.all(&rows, None, 1);
        let unread = parts.unread > 0;
        let items = parts.items;
        if items.is_empty() {
            row.missing("items");
            return None;
        }
        let mut unit = row.text("unit");
        // At the top of a file `kind` is the kind of the file.
        let kind = match row.word(
            if row.is_top() { "table_kind" } else { "kind" },
            &["share", "parts", "comparison"],
        ) {
            Ok(Some(0)) if unit.is_empty() || unit == "%" => Kind::Share,
            Ok(Some(0)) => {
                // What counts something else is no share of a hundred.
                row.issue("kind", "share", IssueKind::Unused);
                Kind::Parts
            }
            Ok(Some(2)) => Kind::Comparison,
            // Without a word for it: per cents are shares, all else is parts.
            Ok(None) | Err(()) if unit == "%" => Kind::Share,
            _ => Kind::Parts,
        };
        let mut whole = row.number("whole").unwrap_or_default();
        if kind == Kind::Share {
            whole = Some(100.0);
            if unit.is_empty() {
                unit.push('%');
            }
        }
        if let Some(whole) = whole
            && kind != Kind::Comparison
            && total > whole * (FULL / 100.0)
        {
            // No sentence tells a sum that long.
            let sum = if total < 1e15 {
                Hundredths(total).to_string()
            } else {
                String::new()
            };
            row.issue("items", &sum, IssueKind::ExceedsWhole);
        }
        let (mut rest, rest_note, rest_parties) = self.rest(row, kind, whole, total);
        // What is left over is known where all that it is left over from is.
        if let (true, Rest::Known(value)) = (unread, rest) {
            rest = Rest::Unknown(value);
        }
        Some(Table {
            title: row.words(TITLE),
            kind,
            unit,
            metric: row.words(METRIC),
            period: row.text("period"),
            series: row.text("series"),
            color: row.words(COLOR),
            region: row.words(REGION),
            whole,
            whole_approx: row.flag("whole_approx"),
            items,
            rest,
            unread,
            rest_note,
            rest_parties,
            note: row.words(NOTE),
            forecast: row.flag("forecast"),
            peripheral: row.flag("peripheral"),
            conflict: row.text("conflict"),
            cites: self.sources.cites(row),
            id: numbered(row, &mut self.ids, index),
        })
    }

    /// What is known of the rest of a table whose named parts add up to `total`, words about it,
    /// and who has it.
    fn rest(
        &mut self,
        row: &Row<'_>,
        table: Kind,
        whole: Option<f64>,
        total: f64,
    ) -> (Rest, Text, Vec<usize>) {
        let (mut kind, mut value, mut note, mut parties) =
            (None, None, Text::default(), Vec::new());
        if let Some(rest) = row.child("rest") {
            kind = rest
                .word("kind", &["none", "known", "unknown"])
                .unwrap_or_default();
            value = rest.number("value").unwrap_or_default();
            note = rest.words(NOTE);
            parties = self.parties(&rest, "parties");
        }
        let value = value.unwrap_or_else(|| whole.map_or(0.0, |whole| rounded(whole - total)));
        let rest = match kind {
            // A comparison is no whole: words about what is missing are kept, a tile for it is not.
            _ if table == Kind::Comparison || value <= 0.0 => Rest::None,
            Some(0) => Rest::None,
            Some(1) => Rest::Known(value),
            // Parts of a stated whole: the rest is known by subtraction.
            None if table == Kind::Parts => Rest::Known(value),
            _ => Rest::Unknown(value),
        };
        (rest, note, parties)
    }

    /// One part; `None`, noted, where it cannot be drawn.
    fn item(&mut self, row: &Row<'_>) -> Option<Item> {
        let Some(value) = row.number("value").ok()? else {
            row.missing("value");
            return None;
        };
        // A second measure may fall: growth is one.
        let color = row.measure("color", f64::NEG_INFINITY).unwrap_or_default();
        let party = self.party(row, "party");
        Some(Item {
            group: None,
            unknown: false,
            unread: false,
            color,
            party,
            label: self.label(row, party)?,
            members: self.parties(row, "members"),
            value,
            country: row.country(),
            layer: row.layer("layer"),
            note: row.words(NOTE),
            status: row.status(),
            as_of: row.text("as_of"),
            cites: self.sources.cites(row),
        })
    }
}

/// The parts of a table as they are met.
struct Parts<'a> {
    refs: &'a mut Refs,
    table: usize,
    /// How many items there may still be.
    room: &'a mut usize,
    groups: &'a mut Vec<Group>,
    /// The groups that items name, by their names.
    met: Ids,
    items: Vec<Item>,
    /// How many items have no value that could be read.
    unread: usize,
}

impl Parts<'_> {
    /// Adds parts that stand in a group, or in none; returns the sum of their values.
    fn all(&mut self, rows: &[Row<'_>], group: Option<usize>, depth: usize) -> f64 {
        rows.iter().map(|row| self.part(row, group, depth)).sum()
    }

    /// Adds a part, or a group with its parts; returns its value. A group is worth its parts; where
    /// it says more, the rest is a part whose split is unknown.
    fn part(&mut self, row: &Row<'_>, group: Option<usize>, depth: usize) -> f64 {
        if row.has("items") && depth < MOST_DEPTH {
            return self.group(row, group, depth);
        }
        let Some(mut item) = self.refs.item(row) else {
            self.unread += 1;
            return 0.0;
        };
        item.group = group;
        let name = row.text("group");
        if !name.is_empty() {
            item.group = self.met.find(&name);
            if item.group.is_none() {
                item.group = Some(self.groups.len());
                self.met.take(&name, self.groups.len());
                self.groups.push(Group {
                    table: self.table,
                    label: both(&name),
                    ..Group::default()
                });
            }
        }
        let value = item.value;
        self.items.push(item);
        value
    }

    fn group(&mut self, row: &Row<'_>, parent: Option<usize>, depth: usize) -> f64 {
        let rows = row.rows("items", *self.room);
        *self.room -= rows.len();
        let (party, layer) = (self.refs.party(row, "party"), row.layer("layer"));
        let Some(label) = self.refs.label(row, party) else {
            return 0.0;
        };
        let own = self.groups.len();
        self.groups.push(Group {
            table: self.table,
            parent,
            party,
            label,
            layer,
        });
        let (before, unread) = (self.items.len(), self.unread);
        let sum = self.all(&rows, Some(own), depth + 1);
        let stated = row.number("value").ok().flatten().unwrap_or(0.0);
        if self.items.len() == before {
            row.missing("items");
            self.groups.truncate(own);
        } else if stated > sum {
            self.items.push(Item {
                value: rounded(stated - sum),
                unknown: true,
                unread: self.unread > unread,
                group: Some(own),
                ..Item::default()
            });
            // They are in this rest, and in none above it.
            self.unread = unread;
            return stated;
        } else if stated > 0.0 && sum > stated * (FULL / 100.0) {
            row.issue("items", "", IssueKind::ExceedsWhole);
        }
        sum
    }
}

/// Without the dust of a subtraction: 100 − 61.7 − 11 is 27.3.
fn rounded(value: f64) -> f64 {
    if value < 1e6 {
        (value * 1e9 + 0.5).floor() / 1e9
    } else {
        value
    }
}
