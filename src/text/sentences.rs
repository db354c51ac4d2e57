//! What is wrong with a file, in full sentences: where, what, and what became of it.

use super::{
    number::number,
    particle::{Particle, with_particle},
    words::choose,
};
use crate::data::Lang;
use crate::error::{Error, Issue, IssueKind};

/// A row or field that is drawn without:
/// `links[3].to: 'nobody'라는 조직이 파일에 없어 이 관계를 그리지 않았습니다.` /
/// `links[3].to: the file has no organisation 'nobody', so this relation is not drawn.`
pub fn issue(issue: &Issue, lang: Lang) -> String {
    let found = quoted(&issue.found);
    let row = row(&issue.place);
    let so = outcome(row, issue, lang);
    let thing = referred(issue.field);
    let said = match lang {
        Lang::Ko => {
            let topic = with_particle(&found, Particle::EunNeun);
            match issue.kind {
                IssueKind::Missing => ["있어야 할 값이 없어 ", &so].concat(),
                IssueKind::WrongType => [&found, "의 형식이 맞지 않아 ", &so].concat(),
                IssueKind::Negative => [&topic, " 0보다 작아 ", &so].concat(),
                IssueKind::NotFinite => [&topic, " 그릴 수 있는 수가 아니어서 ", &so].concat(),
                IssueKind::UnknownReference => [&called(&found), " ", &with_particle(thing.0, Particle::IGa), " 파일에 없어 ", &so].concat(),
                IssueKind::Duplicate => [&called(&found), " id를 앞에서 이미 써서 ", &so].concat(),
                IssueKind::BadDate => [&topic, " 달력에 없는 날짜여서 ", &so].concat(),
                IssueKind::UnknownWord => [&topic, " 정해진 낱말이 아니어서 ", &so].concat(),
                IssueKind::SelfLink => [&with_particle(&found, Particle::IGa), " 자기 자신을 가리켜 ", &so].concat(),
                IssueKind::ExceedsWhole => ["항목의 합", &total(&issue.found, lang), "이 전체보다 큽니다. 적힌 값 그대로 그렸습니다."].concat(),
            }
        }
        Lang::En => match issue.kind {
            IssueKind::Missing => ["a required value is missing, ", &so].concat(),
            IssueKind::WrongType => [&found, " is of the wrong type, ", &so].concat(),
            IssueKind::Negative => [&found, " is below zero, ", &so].concat(),
            IssueKind::NotFinite => [&found, " is not a number that can be drawn, ", &so].concat(),
            IssueKind::UnknownReference => ["the file has no ", thing.1, " ", &found, ", ", &so].concat(),
            IssueKind::Duplicate => ["the id ", &found, " is already taken, ", &so].concat(),
            IssueKind::BadDate => [&found, " is not a date of the calendar, ", &so].concat(),
            IssueKind::UnknownWord => [&found, " is not one of the documented words, ", &so].concat(),
            IssueKind::SelfLink => [&found, " points to itself, ", &so].concat(),
            IssueKind::ExceedsWhole => ["the parts", &total(&issue.found, lang), " add up to more than the whole. They are drawn as given."].concat(),
        },
    };
    let joint = match (issue.place.as_str(), issue.field) {
        ("", _) | (_, "") => "",
        // `line 12` of a CSV reads better with its column after a comma.
        (place, _) if place.contains(' ') => ", ",
        _ => ".",
    };
    let place = [&issue.place, joint, issue.field].concat();
    if place.is_empty() { said } else { [&place, ": ", &said].concat() }
}

/// A file that cannot be drawn at all, with the detail where there is one.
pub fn error(error: &Error, lang: Lang) -> String {
    let (ko, en) = match error.code() {
        "not-json" => ("파일이 올바른 JSON이 아니어서 읽지 못했습니다", "The file is not valid JSON and could not be read"),
        "not-text" => ("파일이 UTF-8 텍스트가 아니어서 읽지 못했습니다", "The file is not UTF-8 text and could not be read"),
        "wrong-kind" => ("이 그림에 쓰는 자료가 아니어서 그리지 못했습니다", "The file is not data of the kind that this graphic draws"),
        "empty" => ("파일에 그릴 자료가 없습니다", "The file holds nothing that can be drawn"),
        "too-large" => ("파일이 정해진 한도보다 커서 읽지 않았습니다", "The file is larger than the limit and was not read"),
        "bad-table" => ("표의 머리글이나 줄을 읽지 못했습니다", "The table has no header row, or a row of it cannot be read"),
        _ => ("파일을 그리지 못했습니다", "The file could not be drawn"),
    };
    let mut out = choose((ko, en), lang).to_owned();
    let detail = error.detail().trim();
    if !detail.is_empty() {
        out.push_str(": ");
        out.push_str(detail);
    }
    if !out.ends_with(['.', '!', '?']) {
        out.push('.');
    }
    out
}

/// What a row is called, and whether it is something that one sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    ko: &'static str,
    en: &'static str,
    seen: bool,
}

fn row(place: &str) -> Row {
    // The innermost list names the row: `tables[3].items[0]` is an item.
    let last = place.rsplit('.').next().unwrap_or(place);
    let name = last.split('[').next().unwrap_or(last);
    let (ko, en, seen) = match name {
        "links" => ("관계", "relation", true),
        "events" | "undated" => ("사건", "event", true),
        "items" => ("항목", "item", true),
        "tables" => ("표", "table", true),
        "entities" | "parties" | "people" => ("조직", "organisation", true),
        "roles" => ("역할", "role", false),
        "sublayers" => ("세부 층", "sublayer", true),
        "layers" => ("층", "layer", true),
        "frameworks" => ("분류 체계", "framework", false),
        "sources" => ("출처", "source", false),
        _ if name.starts_with("line") => ("줄", "line", true),
        _ => ("행", "row", true),
    };
    Row { ko, en, seen }
}

/// What becomes of the row: the last clause of the sentence. The readers of `data` decide it; a test reads broken rows and compares.
fn outcome(row: Row, issue: &Issue, lang: Lang) -> String {
    use IssueKind::{BadDate, Duplicate, Missing, Negative, NotFinite, SelfLink, WrongType};
    let (kind, field) = (issue.kind, issue.field);
    let datum = matches!(row.en, "event" | "relation" | "item" | "line" | "row");
    let measure = matches!(field, "value" | "high" | "usd" | "amount" | "amount_usd" | "amount_krw" | "valuation" | "valuation_usd");
    let needed: &[&str] = match row.en {
        "relation" => &["from", "to", "type"],
        "item" => &["value", "label"],
        "event" => &["label", "currency"],
        "table" => &["items"],
        "role" => &["sublayer"],
        "sublayer" => &["layer", "id"],
        "line" | "row" => &["from", "to", "label", "currency"],
        _ => &["id"],
    };
    let words = match kind {
        Missing if field == "date" && datum => ("표에만 실었습니다.", "so it stands in the table only."),
        Duplicate if row.en != "layer" => ("새 id를 붙였습니다.", "so this one has a new id."),
        // The same word means a relation, which cannot do without, or a kind of event, which can.
        _ if field == "type" && matches!(row.en, "line" | "row") => ("쓰지 못했습니다.", "so it could not be used."),
        Negative | NotFinite | BadDate if datum => return left_out(row, lang),
        WrongType if datum && measure => return left_out(row, lang),
        SelfLink if field != "parent" => return left_out(row, lang),
        _ if needed.contains(&field) => return left_out(row, lang),
        _ => ("이 값 없이 그렸습니다.", "so it is drawn without this value."),
    };
    choose(words, lang).to_owned()
}

fn left_out(row: Row, lang: Lang) -> String {
    match lang {
        Lang::Ko => {
            let verb = if row.seen { " 그리지 않았습니다." } else { " 뺐습니다." };
            ["이 ", &with_particle(row.ko, Particle::EulReul), verb].concat()
        }
        Lang::En => ["so this ", row.en, if row.seen { " is not drawn." } else { " is left out." }].concat(),
    }
}

/// What a reference names.
fn referred(field: &str) -> (&'static str, &'static str) {
    match field {
        "sublayer" | "sublayers" => ("세부 층", "sublayer"),
        "layer" | "layers" | "covers" => ("층", "layer"),
        "source" | "sources" => ("출처", "source"),
        "part_of" | "event" => ("사건", "event"),
        "board" | "table" | "tables" => ("표", "table"),
        _ => ("조직", "organisation"),
    }
}

/// The offending text between quotes.
fn quoted(found: &str) -> String {
    ["'", found.trim(), "'"].concat()
}

/// `'nobody'라는`.
fn called(found: &str) -> String {
    with_particle(found, Particle::IraneunRaneun)
}

/// The sum in brackets, if the issue tells it.
fn total(found: &str, lang: Lang) -> String {
    match found.trim().parse::<f64>() {
        Ok(sum) => [if lang == Lang::En { " (" } else { "(" }, &number(sum, lang, 2), ")"].concat(),
        Err(_) => String::new(),
    }
}
