//! Dated events: rounds, investments, valuations, acquisitions, programmes, launches.

use super::references::{Refs, numbered};
use super::row::{FieldAliases, IssueLog, NOTE, Row, TITLE};
use super::schema::check_kind;
use super::{Cite, MAX_ROWS, Party, Source, Status, Text, Value, When};
use crate::error::{Error, Issue, IssueKind};

/// A validated file. Events are sorted by first day, then by last day descending, then by id.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Funding {
    /// Title of the file.
    pub title: Text,
    /// Dated events; the index is the datum.
    pub events: Vec<Event>,
    /// Events that the documents give without a date: shown in the table only; their datum follows
    /// those of `events`.
    pub undated: Vec<Event>,
    /// Organisations and people.
    pub parties: Vec<Party>,
    /// Documents.
    pub sources: Vec<Source>,
    /// Periods that are the backdrop, in order of their first days.
    pub eras: Vec<Era>,
    /// What documents say a dollar was in won.
    pub rates: Vec<Rate>,
}

/// A period behind the events.
#[derive(Debug, Clone, PartialEq)]
pub struct Era {
    /// First and last day.
    pub when: When,
    /// What it is called.
    pub label: Text,
}

/// An exchange rate as a document states it; it says what this document's won mean, and nothing of
/// any other's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rate {
    /// Won a dollar.
    pub krw_per_usd: f64,
    /// Of which day.
    pub when: Option<When>,
    /// Where it is printed.
    pub cites: Vec<Cite>,
}

/// One event.
#[derive(Debug, Clone, Default, PartialEq)]
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
    /// The source says that the sum is not disclosed.
    pub undisclosed: bool,
    /// What the target was said to be worth; with a second value where the source gives a range.
    pub valuation: Option<Money>,
    /// Upper end of a valuation range, in the valuation's currency.
    pub valuation_high: Option<f64>,
    /// Label.
    pub label: Text,
    /// Note; may be empty.
    pub note: Text,
    /// The source's own words for the date, where they say more; may be empty.
    pub date_text: String,
    /// `date_text` in both languages; may be empty.
    pub date_words: Text,
    /// How far to trust it.
    pub status: Status,
    /// Background, outside AI.
    pub peripheral: bool,
    /// A sale of a stake.
    pub exit: bool,
    /// Key of the editors' list of conflicts between the documents, such as `C04`; may be empty.
    pub conflict: String,
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
    /// «at least» (+1), «more than» (+2), «up to» (−1) or «less than» (−2).
    pub bound: i8,
}

/// What an event is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Something that happened, of which nobody says the kind.
    #[default]
    Event,
}

/// No sum of money; beside it all others would be nothing.
const FAR_TOO_MUCH: f64 = 1e30;
/// Eras, and rates.
const MAX_ERAS: usize = 100;

/// The kinds in order.
static KINDS: [Kind; 10] = [
    Kind::Round,
    Kind::Investment,
    Kind::Valuation,
    Kind::Acquisition,
    Kind::Founding,
    Kind::Program,
    Kind::Infrastructure,
    Kind::Launch,
    Kind::Policy,
    Kind::Event,
];
/// The words for them, in their order: in files, then in tables.
static KIND_WORDS: [&str; 20] = [
    "round",
    "investment",
    "valuation",
    "acquisition",
    "founding",
    "government_program",
    "infrastructure",
    "product_launch",
    "policy",
    "event",
    "라운드",
    "투자",
    "기업가치",
    "인수",
    "설립",
    "정부사업",
    "인프라",
    "출시",
    "정책",
    "사건",
];

const DATE_TEXT: FieldAliases = &["date_text_ko", "date_text_en", "date_text"];

impl Funding {
    /// Fills empty data from a file of the kind `ai-atlas/funding-timeline`
    /// (`data/schema/funding-timeline.schema.json`).
    ///
    /// # Errors
    /// `wrong-kind`, `too-large`, or `empty` where no event can be kept. Everything
    /// smaller is an [`Issue`]: the event or the field is left out.
    pub fn read(&mut self, file: &Value<'_>) -> Result<Vec<Issue>, Error> {
        check_kind(file, "ai-atlas/funding-timeline")?;
        let log = IssueLog::default();
        let top = Row::top(file, &log);
        let mut refs = Refs::read(&top);
        self.title = top.words(TITLE);
        let mut rows = top.rows("events", MAX_ROWS);
        let dated = rows.len();
        rows.append(&mut top.rows("undated", MAX_ROWS.saturating_sub(dated)));
        for (index, row) in rows.iter().enumerate() {
            let Some(mut event) = refs.event(row, self.events.len() + self.undated.len()) else {
                continue;
            };
            if index >= dated {
                // What the file calls undated is not drawn, whatever it says besides.
                event.when = None;
            } else if event.when.is_none() {
                row.missing("date");
            }
            let list = if event.when.is_some() {
                &mut self.events
            } else {
                &mut self.undated
            };
            list.push(event);
        }
        for row in &rows {
            if let Some(Value::Text(whole)) = row.get("part_of")
                && refs.ids.find(whole).is_none()
            {
                row.issue("part_of", whole, IssueKind::UnknownReference);
            }
        }
        self.events.sort_unstable_by(|a, b| {
            let key = |event: &Event| {
                event
                    .when
                    .map_or((0, 0, None), |when| (when.from, -when.to, when.minute))
            };
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
        for row in &top.rows("eras", MAX_ERAS) {
            match row.when() {
                Ok(Some(when)) => {
                    if let Some(label) = refs.label(row, None) {
                        let at = self.eras.partition_point(|era| era.when.from <= when.from);
                        self.eras.insert(at, Era { when, label });
                    }
                }
                Ok(None) => row.missing("date"),
                Err(()) => {}
            }
        }
        for row in &top.rows("rates", MAX_ERAS) {
            match row.number("krw_per_usd") {
                Ok(Some(krw_per_usd)) if krw_per_usd > 0.0 => {
                    self.rates.push(Rate {
                        krw_per_usd,
                        when: row.when().unwrap_or_default(),
                        cites: refs.sources.cites(row),
                    });
                }
                Ok(_) => row.missing("krw_per_usd"),
                Err(()) => {}
            }
        }
        self.parties = refs.parties;
        self.sources = refs.sources.list;
        log.end((self.events.is_empty() && self.undated.is_empty()).then_some("events"))
    }

    /// Reads the bytes of a JSON file.
    ///
    /// # Errors
    /// As [`Funding::read`], and `not-text`, `not-json` (detail `line:column`).
    pub fn parse(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        super::json::read_bytes(bytes, Self::read)
    }

    /// Reads the bytes of a page's own table.
    ///
    /// # Errors
    /// As [`Funding::parse`].
    #[cfg(feature = "tables")]
    pub fn from_table(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        super::json::read_table_bytes(bytes, "funding-timeline", Self::read)
    }
}

impl Refs {
    /// One event; `None` where it cannot be kept. The reason is in the log.
    fn event(&mut self, row: &Row<'_>, index: usize) -> Option<Event> {
        let when = row.when().ok()?;
        let (amount, _) = money(row, "amount", "amount_usd")?;
        let (valuation, valuation_high) = money(row, "valuation", "valuation_usd")?;
        let actors = self.parties(row, "actors");
        let target = self.party(row, "target");
        let label = self.label(row, target.or(actors.first().copied()))?;
        let kind = match row.word("type", &KIND_WORDS) {
            Ok(Some(word)) => *KINDS.get(word % KINDS.len())?,
            // What has a valuation and nothing else is one.
            Ok(None) if amount.is_none() && valuation.is_some() => Kind::Valuation,
            _ => Kind::default(),
        };
        let exit = row.word("direction", &["exit"]) == Ok(Some(0));
        let date_words = row.words(DATE_TEXT);
        Some(Event {
            id: numbered(row, &mut self.ids, index),
            when,
            kind,
            actors,
            target,
            undisclosed: row.is_undisclosed("amount") || row.flag("amount_undisclosed"),
            amount,
            valuation,
            valuation_high,
            label,
            note: row.words(NOTE),
            date_text: date_words.en.clone(),
            date_words,
            status: row.status(),
            peripheral: row.flag("peripheral"),
            exit,
            conflict: row.text("conflict"),
            cites: self.sources.cites(row),
        })
    }
}

/// A sum, and the upper end of its range: an object, a bare number with the row's `currency`, or
/// dollars under the second key. `None` if it is there and is no sum.
fn money(
    row: &Row<'_>,
    key: &'static str,
    usd_key: &'static str,
) -> Option<(Option<Money>, Option<f64>)> {
    let object = matches!(row.get(key), Some(Value::Row(_)));
    let inner = if object { row.child(key)? } else { *row };
    let high = if object {
        inner.number("high").ok()?
    } else {
        None
    };
    let mut found = inner.number(if object { "value" } else { key }).ok()?;
    let mut currency = String::new();
    if found.is_some() {
        currency = inner.currency()?;
        if currency.is_empty() {
            currency = row.currency()?;
        }
    } else if object {
        row.missing(key);
        return None;
    } else {
        found = row.number(usd_key).ok()?;
        currency.push_str("USD");
    }
    let Some(value) = found else {
        return Some((None, None));
    };
    if value >= FAR_TOO_MUCH {
        inner.issue(key, "", IssueKind::NotFinite);
        return None;
    }
    let (mut usd, mut krw_text) = (found.filter(|_| currency == "USD"), String::new());
    if object {
        krw_text = inner.text("krw_text");
        usd = usd.or(inner.number("usd").ok()?);
    }
    // The marks of a bare number are the row's; they are the amount's and say nothing of the
    // valuation.
    let (approx, bound) = if object || key == "amount" {
        inner.bound()
    } else {
        (false, 0)
    };
    Some((
        Some(Money {
            value,
            currency,
            usd,
            krw_text,
            approx,
            bound,
        }),
        high,
    ))
}
