//! What the values of a table are: shares of a hundred, parts of a sum that nobody states, or values
//! that stand side by side, since prices and rates add up to nothing.

use super::figures::hundredfold;
use super::headings::listed;
use super::quantity::Unit;
use super::share::Part;
use super::units::{has, is_letter};
use super::write::Writer;
use crate::data::value::Value;
use crate::error::IssueKind;

/// What values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Per cents of one whole.
    Share,
    /// Per cents that are not said to be of one whole.
    PerCents,
    /// Parts.
    Parts,
    /// Values side by side.
    Comparison,
    /// Per cents side by side.
    Rates,
}

impl Measure {
    /// The word that files have for it.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Measure::Share => "share",
            Measure::PerCents | Measure::Parts => "parts",
            Measure::Comparison | Measure::Rates => "comparison",
        }
    }

    /// Whether the unit is `%`.
    pub(super) fn percent(self) -> bool {
        !matches!(self, Measure::Parts | Measure::Comparison)
    }

    /// Whether the values are no parts of anything.
    pub(super) fn is_side_by_side(self) -> bool {
        matches!(self, Measure::Comparison | Measure::Rates)
    }
}

/// Headings that say no more than that there is a value.
const PLAIN: &str = "value, values, 값, 수치, 値, percent, percentage, per cent, pct, %, 퍼센트, 비율, 比率, 결과, 응답, prozent";
/// Korean and Japanese rates that are shares of one whole.
const SHARES: &str = "점유율, 시장점유율, 득표율, 지분율, 비율, 구성비율, 시장 점유율, 得票率, 比率, 占有率, 市場占有率, 持株比率, 出資比率";
/// What is in the headings of values that do not add up.
const EASTERN_RATES: [&str; 13] = [
    "가격",
    "평균",
    "지수",
    "증감",
    "단가",
    "1인당",
    "인당",
    "점수",
    "전년비",
    "전년 대비",
    "価格",
    "平均",
    "指数",
];
const RATES: &str = "price|rate|rates|ratio|growth|change|average|avg|mean|median|index|score|yield|margin|penetration|adoption|per|yoy|cagr|temperature";

/// Whether a heading names a price, a rate or a mean.
fn is_rate(name: &str) -> bool {
    if EASTERN_RATES.iter().any(|word| name.contains(word)) {
        return true;
    }
    let word = name.trim_end_matches([')', ' ']);
    if word.ends_with(['률', '율', '率']) {
        return !SHARES.split(',').any(|share| word.ends_with(share.trim()));
    }
    let words: Vec<&str> = name
        .split(|c: char| !is_letter(c))
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().any(|(at, word)| {
        let per_cent = word.eq_ignore_ascii_case("per")
            && words
                .get(at + 1)
                .is_some_and(|next| next.eq_ignore_ascii_case("cent"));
        !per_cent && RATES.split('|').any(|rate| word.eq_ignore_ascii_case(rate))
    })
}

/// What the values of tables are, which differ in their period only. Doubts are noted, and what is in
/// doubt has no value then.
pub(super) fn of<'a>(
    writer: &mut Writer<'_, 'a>,
    tables: &mut [Vec<Part<'a>>],
    unit: Option<&Unit>,
    measured: &str,
) -> Measure {
    let column = writer.find("value").and_then(|at| writer.column(at));
    let name = if measured.is_empty() {
        column.map_or("", |column| column.measure())
    } else {
        measured
    };
    let rate = is_rate(name)
        || column.is_some_and(|column| is_rate(&column.heading))
        || writer.labels_are_periods();
    let signed = unit.is_some_and(|unit| unit.percent);
    let worded = unit.is_none() && column.is_some_and(super::Column::is_per_cent);
    if !signed && !worded {
        return if rate {
            Measure::Comparison
        } else {
            Measure::Parts
        };
    }
    let sum = |parts: &Vec<Part<'_>>| -> f64 {
        parts
            .iter()
            .map(|part| part.value)
            .filter(|value| *value > 0.0)
            .sum()
    };
    let sums: Vec<f64> = tables.iter().map(sum).filter(|sum| *sum > 0.0).collect();
    let (least, most) = sums.iter().fold((f64::MAX, 0.0_f64), |(least, most), sum| {
        (least.min(*sum), most.max(*sum))
    });
    let several = tables
        .iter()
        .flatten()
        .filter(|part| part.value > 0.0)
        .count()
        > 1;
    let of_one = several && (0.98..=1.02).contains(&least) && most <= 1.02;
    let bare = |part: &Part<'_>| !has(part.text, '%') && !has(part.text, '％');
    if of_one && worded {
        in_hundredths(writer, tables);
        return Measure::Share;
    }
    if of_one && signed && tables.iter().flatten().all(bare) {
        doubt(writer, tables);
        return Measure::Share;
    }
    if worded && (most <= 1.01 || most > 101.0) {
        return if rate {
            Measure::Comparison
        } else {
            Measure::Parts
        };
    }
    if rate {
        return Measure::Rates;
    }
    if most > 101.0 {
        tell_excess(writer, tables, most);
        return Measure::Rates;
    }
    let of_whole = worded
        || column.is_some_and(|column| column.is_share())
        || name.is_empty()
        || listed(PLAIN, name);
    if least >= 99.0 || of_whole {
        Measure::Share
    } else {
        Measure::PerCents
    }
}

/// Writes parts of one as per cents.
fn in_hundredths<'a>(writer: &Writer<'_, 'a>, tables: &mut [Vec<Part<'a>>]) {
    for part in tables.iter_mut().flatten() {
        for (_, value) in part.fields.iter_mut().filter(|(key, _)| *key == "value") {
            if let Value::Number(number, spelling) = value {
                *spelling = writer.keep(&hundredfold(spelling));
                *number = crate::data::json::number(spelling);
            }
        }
    }
}

/// Notes that `0.42` below a per cent sign, where all add up to one, may be 42 %.
fn doubt(writer: &mut Writer<'_, '_>, tables: &mut [Vec<Part<'_>>]) {
    for part in tables.iter_mut().flatten().filter(|part| part.value > 0.0) {
        let spelled = part.fields.iter().find(|(key, _)| *key == "value");
        let spelled = spelled
            .and_then(|(_, value)| value.spelling())
            .unwrap_or_default();
        let (one, other) = (
            [spelled, "%"].concat(),
            [&hundredfold(spelled), "%"].concat(),
        );
        writer.note_both(
            part.row,
            "value",
            [part.text, &one, &other],
            IssueKind::DoubtfulShare,
        );
        // As it stands, it is no number for the reader of files either.
        for (_, value) in part.fields.iter_mut().filter(|(key, _)| *key == "value") {
            *value = Value::Text(part.text);
        }
        part.value = f64::NAN;
    }
}

/// Notes that per cents add up to more than a hundred.
fn tell_excess(writer: &mut Writer<'_, '_>, tables: &[Vec<Part<'_>>], most: f64) {
    let row = tables.iter().flatten().next().map_or(0, |part| part.row);
    let sum = crate::data::sanitize::Hundredths(most).to_string();
    writer.note(
        row,
        "",
        if most < 1e15 { &sum } else { "" },
        IssueKind::MoreThanWhole,
    );
    if let Some(issue) = writer.issues.last_mut() {
        issue.line = 0;
        issue.place = String::new();
    }
}
