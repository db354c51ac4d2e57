//! A table of relations, or of organisations, as a file of a value chain.

use super::headings::{RELATIONS, listed};
use super::totals::is_named_total;
use super::write::{Fields, Number, Writer, add_bound, push_text};
use crate::data::value::Value;
use crate::error::IssueKind;

/// What is copied as it stands.
const PLAIN: &[&str] = &[
    "from",
    "to",
    "from_layer",
    "to_layer",
    "id",
    "label",
    "note",
    "status",
    "source",
    "label_ko",
    "label_en",
    "note_ko",
    "note_en",
    "approx",
    "bound",
    "cumulative",
    "disputed",
    "planned",
];

/// Relations, and the words that people have for them. None that could be said from either end, as
/// `customer`, and none that says something else, as `owns`: these are links in their own words.
pub static LINKS: [(&str, &str); 8] = [
    (
        "invests_in",
        "invests_in, invests, invests in, investment, equity investment, 투자, 출자, 지분 투자, 지분, 投資, 出資",
    ),
    (
        "acquires",
        "acquires, acquisition, acquired, m&a, takeover, 인수, 인수합병, 買収",
    ),
    (
        "supplies",
        "supplies, supplies to, supply, sells to, delivers to, 공급, 납품, 供給, 納入",
    ),
    ("uses", "uses, use, 이용, 사용, 도입, 利用, 導入"),
    (
        "partners",
        "partners, partners with, partner, partnership, collaboration, cooperation, alliance, 협력, 제휴, 파트너, 파트너십, 협업, 提携, 協力",
    ),
    (
        "competes",
        "competes, competitor, competition, rival, 경쟁, 경쟁사, 競合, 競争",
    ),
    ("founded_by_alumni_of", "founded by alumni of, 출신 창업"),
    ("standard_member", "standard member, 표준 참여"),
];

pub(super) fn file<'a>(writer: &mut Writer<'_, 'a>) -> Value<'a> {
    let by_heading = relation_of_headings(writer);
    let mut links = Vec::with_capacity(writer.raw.rows.len());
    for row in 0..writer.raw.rows.len() {
        let ends = [writer.text(row, "from"), writer.text(row, "to")];
        if let Some(total) = ends.into_iter().find(|end| is_named_total(end)) {
            writer.note(row, "from", total, IssueKind::TotalRow);
            continue;
        }
        let mut fields = writer.row(row, PLAIN);
        let word = writer.text(row, "type");
        if word.is_empty() {
            push_text(&mut fields, "type", by_heading.unwrap_or_default());
        } else {
            add_relation(writer, row, &mut fields, word);
        }
        if let Some((date, end)) = writer.date(row, "date") {
            push_text(&mut fields, "date", date);
            push_text(&mut fields, "date_end", end);
        }
        add_amount(writer, row, &mut fields);
        links.push(Value::Row(fields));
    }
    writer.made("value-chain", writer.raw.title, "links", links)
}

/// The relation that the headings of both ends, or of one, say.
fn relation_of_headings(writer: &Writer<'_, '_>) -> Option<&'static str> {
    RELATIONS
        .iter()
        .find(|(_, headings)| {
            ["from", "to"].iter().any(|end| {
                writer
                    .plan
                    .find(end)
                    .and_then(|at| writer.column(at))
                    .is_some_and(|column| listed(headings, &column.name))
            })
        })
        .map(|(kind, _)| *kind)
}

/// The kind of a relation. A word that is none is kept as the relation's label: it is drawn as a
/// relation of which the kind is not known, and never as another.
fn add_relation<'a>(
    writer: &mut Writer<'_, 'a>,
    row: usize,
    fields: &mut Fields<'a>,
    word: &'a str,
) {
    let known = LINKS
        .iter()
        .find(|(kind, words)| *kind == word || listed(words, word));
    if let Some((kind, _)) = known {
        push_text(fields, "type", kind);
        return;
    }
    writer.note(row, "type", word, IssueKind::UnknownWord);
    if !fields.iter().any(|(name, _)| name.starts_with("label")) {
        push_text(fields, "label", word);
    }
}

fn add_amount<'a>(writer: &mut Writer<'_, 'a>, row: usize, fields: &mut Fields<'a>) {
    let (currency, unit) = (writer.currency(row), writer.text(row, "unit"));
    for (field, stated) in [
        ("amount", currency),
        ("amount_usd", "USD"),
        ("amount_krw", "KRW"),
    ] {
        let Some(at) = writer.find(field) else {
            continue;
        };
        if let Number::Known(sum) = writer.number(row, at, field) {
            add_bound(fields, &sum);
            let currency = sum.unit.currency.unwrap_or(stated);
            match currency {
                "USD" => fields.push(("amount_usd", sum.value)),
                "KRW" => fields.push(("amount_krw", sum.value)),
                _ => {
                    fields.push(("amount", sum.value));
                    let unit = match sum.unit.percent {
                        true => "%",
                        false if sum.unit.name.is_empty() => unit,
                        false => writer.keep(&sum.unit.name),
                    };
                    push_text(fields, "currency", currency);
                    push_text(fields, "unit", if currency.is_empty() { unit } else { "" });
                }
            }
        }
    }
}

/// Organisations without relations: each stands in its stage.
pub(super) fn organisations<'a>(writer: &mut Writer<'_, 'a>) -> Value<'a> {
    let mut entities = Vec::with_capacity(writer.raw.rows.len());
    for row in 0..writer.raw.rows.len() {
        entities.push(Value::Row(writer.row(
            row,
            &[
                "name", "layer", "country", "activity", "note", "source", "founded", "id",
            ],
        )));
    }
    writer.made("value-chain", writer.raw.title, "entities", entities)
}
