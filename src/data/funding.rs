//! Dated events: rounds, investments, valuations, acquisitions, programmes, launches.

use super::{Cite, Party, Source, Status, Text, When};

/// A validated file. Events are sorted by first day, then by last day descending, then by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Funding {
    /// Title of the file.
    pub title: Text,
    /// Dated events; the index is the datum.
    pub events: Vec<Event>,
    /// Events that the documents give without a date: shown in the table only; their datum follows those of `events`.
    pub undated: Vec<Event>,
    /// Organisations and people.
    pub parties: Vec<Party>,
    /// Documents.
    pub sources: Vec<Source>,
}

/// One event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Id.
    pub id: String,
    /// When; `None` only in `undated`.
    pub when: Option<When>,
    /// What.
    pub kind: Kind,
    /// Who acts, indices into `parties`.
    pub actors: Vec<usize>,
    /// On whom.
    pub target: Option<usize>,
    /// The sum of money.
    pub amount: Option<Money>,
    /// What the target was said to be worth, US dollars; with a second value where the source gives a range.
    pub valuation: Option<Money>,
    /// Upper end of a valuation range, in the valuation's currency.
    pub valuation_high: Option<f64>,
    /// Label.
    pub label: Text,
    /// Note; may be empty.
    pub note: Text,
    /// The source's own words for the date, where they say more; may be empty.
    pub date_text: String,
    /// How far to trust it.
    pub status: Status,
    /// Background, outside AI.
    pub peripheral: bool,
    /// A sale of a stake.
    pub exit: bool,
    /// Where it is printed.
    pub cites: Vec<Cite>,
}

/// A sum as the source prints it. Never converted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Money {
    /// In units of the currency.
    pub value: f64,
    /// ISO 4217.
    pub currency: String,
    /// The same sum in US dollars, only where the source says dollars.
    pub usd: Option<f64>,
    /// The source's won wording beside a dollar sum; may be empty.
    pub krw_text: String,
    /// «about» and the like.
    pub approx: bool,
    /// «more than», «at least» (+1) or «up to» (−1).
    pub bound: i8,
}

/// What an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A financing round.
    Round,
    /// An investment.
    Investment,
    /// A valuation.
    Valuation,
    /// An acquisition.
    Acquisition,
    /// A founding.
    Founding,
    /// A government programme.
    Program,
    /// Infrastructure: data centres, chips, clusters.
    Infrastructure,
    /// A product launch.
    Launch,
    /// Policy.
    Policy,
}
