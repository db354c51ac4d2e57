//! Reads and validates what a page hands over: a [`Value`] in, typed rows and a list of issues out.
//! Not here: geometry, colour, sentences.
//!
//! Every file is untrusted. Limits are checked before memory is taken, a bad row becomes an
//! [`crate::error::Issue`] and the rest is kept, a bad file becomes one [`crate::error::Error`].
//! Ids are compared, never used as keys of a script object.

pub mod calendar;
mod columns;
#[cfg(feature = "tables")]
mod csv;
#[cfg(feature = "tables")]
mod encoding;
#[cfg(feature = "tables")]
mod flows;
pub mod funding;
pub mod input;
mod json;
mod lang;
mod layer;
pub mod market_share;
#[cfg(feature = "tables")]
mod order;
mod organisations;
#[cfg(feature = "tables")]
mod page_table;
mod references;
mod row;
pub(crate) mod sanitize;
mod schema;
#[cfg(feature = "tables")]
pub mod table;
mod value;
pub mod value_chain;

pub use columns::{Column, Grid, Names};
pub(crate) use columns::{
    UNNAMED, check_codes, lengths, name_all_codes, note, noted, odd_cells, strangers,
};
pub use lang::Lang;
pub use layer::Layer;
pub(crate) use organisations::{NOTED_ORGANISATIONS, noted_organisation};
pub use value::{Texts, Value};

use crate::error::{Code, Error};

/// Bytes of a file.
pub const MAX_BYTES: usize = 32 << 20;
/// Objects in a file: what 100,000 rows can need.
pub const MAX_OBJECTS: usize = 600_000;
/// Values in a file.
pub const MAX_VALUES: usize = 3_000_000;
/// Rows of a column, and names of a dictionary.
pub const MAX_COLUMN_ROWS: usize = 16_000_000;
/// Items, events, links, roles.
const MAX_ROWS: usize = 100_000;
/// Organisations, and everything of which there are fewer.
const MAX_PARTIES: usize = 20_000;
/// Characters of a text; the rest is cut.
const MAX_TEXT: usize = 4096;

/// An error that names what there is too much of, how much there is and how much there may be.
fn too_large(what: &str, found: usize, limit: usize) -> Error {
    Error::new(Code::TooLarge, format!("{what} {found} > {limit}"))
}

/// A text in both languages; where a file gives only one, both are equal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

impl Text {
    /// The text in one language: in Korean, else in English.
    pub fn get(&self, lang: Lang) -> &str {
        if lang == Lang::Ko { &self.ko } else { &self.en }
    }
}

/// Where a number is printed: a document and the place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cite {
    /// Index into the file's sources.
    pub source: usize,
    /// Chapter, figure, footnote.
    pub locator: String,
    /// The outside publisher that the document names for the number.
    pub attributed_to: Option<String>,
    /// The number is known only from the title of a cited item.
    pub title_only: bool,
}

/// A document that numbers come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    /// Id, as rows cite it.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Who published it; may be empty.
    pub publisher: Text,
    /// When, as printed: `2024-12`; may be empty.
    pub date: String,
    /// The credit that the publisher asks for, to be shown wherever its numbers are; may be empty.
    pub credit: Text,
    /// What to know before trusting it; may be empty.
    pub note: Text,
    /// An address, only if its parsed scheme is http or https.
    pub url: Option<String>,
}

/// An organisation as the treemap and the timeline know it. Its id is the same in all files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// Id: lower-case letters, digits, hyphens.
    pub id: String,
    /// Name.
    pub name: Text,
    /// The layer whose colour it wears, where the file says it.
    pub layer: Option<Layer>,
    /// ISO 3166-1 alpha-2, where the documents or the editor give one.
    pub country: Option<String>,
}

/// How far a number may be trusted, as the source words it. All false: reported as it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status {
    /// «about», «nearly»; or a bound below.
    pub approx: bool,
    /// «at least» (+1), «more than» (+2), «up to» (−1) or «less than» (−2).
    pub bound: i8,
    /// Sources contradict each other.
    pub disputed: bool,
    /// Not closed when written: in talks.
    pub in_talks: bool,
    /// Merely reported when written.
    pub reported: bool,
    /// Future when written: planned.
    pub planned: bool,
    /// Future when written: forecast by somebody.
    pub forecast: bool,
    /// Arithmetic of the editor, not printed in the source.
    pub derived: bool,
    /// Repeats earlier money: left out of sums.
    pub cumulative: bool,
    /// Lies inside another row: left out of sums.
    pub part_of: bool,
}

impl Status {
    /// It had not come true when it was written.
    pub fn is_open(&self) -> bool {
        self.in_talks || self.reported || self.planned || self.forecast
    }

    /// It counts in sums and comparisons: neither counted elsewhere nor still to come true.
    pub fn is_summed(&self) -> bool {
        !(self.cumulative || self.part_of || self.is_open())
    }
}

/// A calendar day, proleptic Gregorian, as days since 1970-01-01.
pub type Day = i32;

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// The day.
    Day,
    /// The month.
    Month,
    /// The quarter.
    Quarter,
    /// The year.
    Year,
}

/// A period as the source gives it, first and last day included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// How much of it is known.
    pub precision: Precision,
    /// The source says «about».
    pub about: bool,
    /// Minute of the day (UTC), 0–1439, of what is known to the minute.
    pub minute: Option<u16>,
}

impl When {
    /// Beginning and end in days since 1970; a minute is a moment.
    pub fn days(&self) -> (f64, f64) {
        match self.minute {
            Some(minute) if self.from == self.to => {
                let moment = f64::from(self.from) + f64::from(minute) / 1440.0;
                (moment, moment)
            }
            _ => (f64::from(self.from), f64::from(self.to) + 1.0),
        }
    }
}
