//! Tables of parts: shares of a market, parts of a stated whole, or values side by side.

use super::{Cite, Party, Source, Status, Text};

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
    /// How far to trust it.
    pub status: Status,
    /// Date of the value where it differs from the table's period; may be empty.
    pub as_of: String,
    /// Where it is printed; empty: as the table.
    pub cites: Vec<Cite>,
}
