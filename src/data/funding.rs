//! Dated events: rounds, investments, valuations, acquisitions, programmes, launches.

use serde_json::{Map, Value};

use super::read::MAX_ROWS;
use super::refs::{Ids, Parties, Sources};
use super::row::{LABEL, Log, NOTE, Row, TITLE};
use super::{Cite, Party, Source, Status, Text, When};
use super::{read, table};
use crate::error::{Code, Error, Issue, IssueKind};

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

/// The words for [`Kind`], in its order.
const KINDS: [(Kind, &str); 9] = [
    (Kind::Round, "round"),
    (Kind::Investment, "investment"),
    (Kind::Valuation, "valuation"),
    (Kind::Acquisition, "acquisition"),
    (Kind::Founding, "founding"),
    (Kind::Program, "government_program"),
    (Kind::Infrastructure, "infrastructure"),
    (Kind::Launch, "product_launch"),
    (Kind::Policy, "policy"),
];
/// The same words in Korean, for tables.
const KINDS_KO: [&str; 9] = ["라운드", "투자", "기업가치", "인수", "설립", "정부사업", "인프라", "출시", "정책"];

/// The headings of a page's own table.
const COLUMNS: table::Columns = &[
    ("date", &["날짜", "일자", "시점", "일시", "when"]),
    ("date_end", &["end", "종료일", "끝"]),
    ("type", &["유형", "종류", "구분", "kind"]),
    ("actors", &["actor", "investor", "investors", "주체", "투자자", "기관"]),
    ("target", &["대상", "회사", "기업", "company"]),
    ("amount_usd", &["금액(달러)", "금액_usd", "금액(usd)", "usd", "투자액(달러)"]),
    ("amount", &["금액", "투자액", "규모"]),
    ("currency", &["통화"]),
    ("valuation_usd", &["valuation", "기업가치", "기업가치(달러)"]),
    ("label", &["name", "title", "event", "이름", "제목", "내용", "사건"]),
    ("note", &["비고", "메모", "설명"]),
    ("status", &["상태"]),
    ("source", &["출처", "자료"]),
    ("id", &[]),
    ("label_ko", &[]),
    ("label_en", &[]),
    ("note_ko", &[]),
    ("note_en", &[]),
    ("approx", &[]),
    ("bound", &[]),
    ("cumulative", &["누적"]),
    ("disputed", &[]),
    ("planned", &["계획"]),
    ("peripheral", &[]),
];

impl Funding {
    /// Reads a file of the kind `ai-atlas/funding-timeline` (`data/schema/funding-timeline.schema.json`).
    ///
    /// # Errors
    /// `not-text`, `not-json` (detail `line:column`), `wrong-kind`, `too-large`, or `empty` where no event can be kept.
    /// Everything smaller is an [`Issue`]: the event or the field is left out.
    pub fn parse(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        Self::build(&read::file(bytes, "ai-atlas/funding-timeline")?)
    }

    /// Reads a page's own table, `{"head":["date","label","amount_usd"],"rows":[["2024-05","…","6600000000"]]}`, headings in
    /// English or Korean. Places of issues are lines, the header being line 1.
    ///
    /// # Errors
    /// As [`Funding::parse`], and `bad-table` with the missing column or the line.
    pub fn from_table(bytes: &[u8]) -> Result<(Self, Vec<Issue>), Error> {
        Self::build(&table::read(bytes, "events", COLUMNS, &["date"], MAX_ROWS)?)
    }

    fn build(value: &Value) -> Result<(Self, Vec<Issue>), Error> {
        let (mut log, none) = (Log::default(), Map::new());
        let top = Row::top(value, &none);
        let mut names = Names { sources: Sources::read(&top, &mut log)?, parties: Parties::read(&top, &mut log)?, ids: Ids::default() };
        let title = top.words(&mut log, TITLE);
        let (mut events, mut undated) = (Vec::new(), Vec::new());
        let rows = top.rows(&mut log, "events", MAX_ROWS)?;
        let loose = top.rows(&mut log, "undated", MAX_ROWS.saturating_sub(rows.len()))?;
        for row in &rows {
            let Some(event) = names.event(row, &mut log, events.len() + undated.len()) else {
                continue;
            };
            if event.when.is_some() {
                events.push(event);
            } else {
                row.issue(&mut log, "date", "", IssueKind::Missing);
                undated.push(event);
            }
        }
        for row in &loose {
            if let Some(mut event) = names.event(row, &mut log, events.len() + undated.len()) {
                // What the file calls undated is not drawn, whatever it says besides.
                event.when = None;
                undated.push(event);
            }
        }
        for row in rows.iter().chain(&loose) {
            let part_of = row.get("part_of").and_then(Value::as_str);
            if let Some(whole) = part_of.filter(|whole| names.ids.find(whole).is_none()) {
                row.issue(&mut log, "part_of", whole, IssueKind::UnknownReference);
            }
        }
        events.sort_by(|a, b| {
            let key = |event: &Event| event.when.map_or((0, 0), |when| (when.from, -when.to));
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
        if events.is_empty() && undated.is_empty() {
            return Err(Error::new(Code::Empty, "events"));
        }
        let out = Self { title, events, undated, parties: names.parties.list, sources: names.sources.list };
        Ok((out, log.issues))
    }
}

/// What the events of a file refer to.
struct Names {
    sources: Sources,
    parties: Parties,
    ids: Ids,
}

impl Names {
    /// One event; `None` where it cannot be kept. The reason is in the log.
    fn event(&mut self, row: &Row<'_>, log: &mut Log, index: usize) -> Option<Event> {
        let when = row.when(log).ok()?;
        let amount = money(row, log, "amount", "amount_usd").ok()?;
        let valuation = money(row, log, "valuation", "valuation_usd").ok()?;
        let (actors, target) = (self.parties.many(row, log, "actors"), self.parties.one(row, log, "target"));
        let mut label = row.words(log, LABEL);
        if label.ko.is_empty() {
            let Some(party) = target.or(actors.first().copied()).and_then(|party| self.parties.list.get(party)) else {
                row.issue(log, "label", "", IssueKind::Missing);
                return None;
            };
            label = party.name.clone();
        }
        let kind = match row.word(log, "type", &words(row)) {
            Ok(Some(kind)) => KINDS.get(kind % KINDS.len()).map(|found| found.0),
            _ => None,
        };
        let kind = kind.unwrap_or(if amount.is_none() && valuation.is_some() { Kind::Valuation } else { Kind::Investment });
        let direction = row.word(log, "direction", &["exit"]);
        let mut date_words = row.words(log, ["date_text_ko", "date_text_en", "date_text", "date_text", "date_text"]);
        if date_words.ko.is_empty() {
            date_words = Text::default();
        }
        let mut id = row.text(log, "id");
        if id.is_empty() {
            id = (index + 1).to_string();
        }
        Some(Event {
            id: self.ids.claim(log, row, id, index),
            when,
            kind,
            actors,
            target,
            amount: amount.map(|found| found.0),
            valuation_high: valuation.as_ref().and_then(|found| found.1),
            valuation: valuation.map(|found| found.0),
            label,
            note: row.words(log, NOTE),
            date_text: date_words.en.clone(),
            date_words,
            status: row.status(log),
            peripheral: row.flag(log, "peripheral"),
            exit: direction == Ok(Some(0)),
            conflict: row.text(log, "conflict"),
            cites: self.sources.cites(row, log),
        })
    }
}

/// The words for a kind of event: English ones, and in a table Korean ones too.
fn words(row: &Row<'_>) -> Vec<&'static str> {
    let mut words: Vec<&str> = KINDS.iter().map(|found| found.1).collect();
    if row.cells() {
        words.extend(KINDS_KO);
    }
    words
}

/// A sum, and the upper end of its range: an object, a bare number with the row's `currency`, or dollars under the second key.
/// `Err` if it is there and is no sum.
fn money(row: &Row<'_>, log: &mut Log, key: &'static str, usd_key: &'static str) -> Result<Option<(Money, Option<f64>)>, ()> {
    let (mut out, mut high) = (Money::default(), None);
    let (inner, found) = match row.get(key) {
        Some(Value::Object(_)) => {
            let inner = row.child(log, key).ok_or(())?;
            high = inner.number(log, "high")?;
            (inner, inner.number(log, "value")?)
        }
        _ => (*row, row.number(log, key)?),
    };
    let found = match found {
        Some(value) => {
            out.currency = inner.text(log, "currency").to_ascii_uppercase();
            if out.currency.is_empty() {
                out.currency.push_str("USD");
            } else if out.currency.len() != 3 || !out.currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
                inner.issue(log, "currency", &out.currency, IssueKind::UnknownWord);
                return Err(());
            }
            value
        }
        None if row.get(key).is_some() => {
            row.issue(log, key, "", IssueKind::Missing);
            return Err(());
        }
        None => match row.number(log, usd_key)? {
            Some(value) => {
                out.currency.push_str("USD");
                value
            }
            None => return Ok(None),
        },
    };
    out.value = found;
    out.usd = if out.currency == "USD" { Some(found) } else { inner.number(log, "usd")? };
    out.krw_text = inner.text(log, "krw_text");
    // The marks of a bare number are the row's; they are the amount's and say nothing of the valuation.
    if key == "amount" || row.get(key).is_some_and(Value::is_object) {
        (out.approx, out.bound) = inner.bound(log);
    }
    Ok(Some((out, high)))
}
