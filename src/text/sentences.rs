//! What is wrong with a file, in full sentences: where, what, and what became of it.

use super::{
    particle::{Particle, with_particle},
    words::choose,
};
use crate::{
    data::Lang,
    error::{Error, Issue, IssueKind},
};

/// A row or field that is drawn without:
/// `links[3].to: 'nobody'라는 조직이 파일에 없어 이 관계를 그리지 않았습니다.` /
/// `links[3].to: the file has no organisation 'nobody', so this relation is not drawn.`
pub fn issue(issue: &Issue, lang: Lang) -> String {
    let found = quoted(&issue.found);
    let row = row(&issue.place);
    let spared = spared(&row, issue);
    let thing = referred(issue.field);
    let said = match lang {
        Lang::Ko => {
            // The row is left out, or it stays and only the field goes.
            let object = with_particle(row.ko, Particle::EulReul);
            let so = if spared { "이 값만 빼고 그렸습니다.".to_owned() } else { ["이 ", &object, " 그리지 않았습니다."].concat() };
            match issue.kind {
                IssueKind::Missing => ["꼭 있어야 할 값이 없어 ", &so].concat(),
                IssueKind::WrongType => [&found, "의 형식이 맞지 않아 ", &so].concat(),
                IssueKind::Negative => [&with_particle(&found, Particle::EunNeun), " 0보다 작아 ", &so].concat(),
                IssueKind::NotFinite => [&with_particle(&found, Particle::EunNeun), " 그릴 수 있는 수가 아니어서 ", &so].concat(),
                IssueKind::UnknownReference => {
                    let named = [&found, particle_called(&issue.found), " ", &with_particle(thing.0, Particle::IGa)].concat();
                    [&named, " 파일에 없어 ", &so].concat()
                }
                IssueKind::Duplicate => [
                    &found,
                    particle_called(&issue.found),
                    " 이름표(id)를 앞줄에서 이미 썼으므로, 이 ",
                    &with_particle(row.ko, Particle::EunNeun),
                    " 새 이름표로 그렸습니다.",
                ]
                .concat(),
                IssueKind::BadDate => [&with_particle(&found, Particle::EunNeun), " 달력에 없는 날짜여서 ", &so].concat(),
                IssueKind::UnknownWord => [&with_particle(&found, Particle::EunNeun), " 정해진 낱말이 아니어서 ", &so].concat(),
                IssueKind::SelfLink => [&with_particle(&found, Particle::IGa), " 자기 자신을 가리켜 ", &so].concat(),
                IssueKind::ExceedsWhole => ["항목의 합이 전체보다 큽니다(", bare(&issue.found), "). 적힌 값 그대로 그렸으니 자료를 확인해 주십시오."].concat(),
            }
        }
        Lang::En => {
            let so = if spared { "so it is drawn without this value.".to_owned() } else { ["so this ", row.en, " is not drawn."].concat() };
            match issue.kind {
                IssueKind::Missing => ["a required value is missing, ", &so].concat(),
                IssueKind::WrongType => [&found, " is of the wrong type, ", &so].concat(),
                IssueKind::Negative => [&found, " is below zero, ", &so].concat(),
                IssueKind::NotFinite => [&found, " is not a number that can be drawn, ", &so].concat(),
                IssueKind::UnknownReference => ["the file has no ", thing.1, " ", &found, ", ", &so].concat(),
                IssueKind::Duplicate => ["an earlier row already has the id ", &found, ", so this ", row.en, " is drawn under a new id."].concat(),
                IssueKind::BadDate => [&found, " is not a date of the calendar, ", &so].concat(),
                IssueKind::UnknownWord => [&found, " is not one of the documented words, ", &so].concat(),
                IssueKind::SelfLink => [&found, " points to itself, ", &so].concat(),
                IssueKind::ExceedsWhole => [
                    "the parts add up to more than the whole (",
                    bare(&issue.found),
                    "). They are drawn as given; please check the data.",
                ]
                .concat(),
            }
        }
    };
    let dot = if issue.place.is_empty() || issue.field.is_empty() { "" } else { "." };
    // `line 12` of a CSV reads better with its column after a comma.
    let dot = if issue.place.contains(' ') && !dot.is_empty() { ", " } else { dot };
    let place = [&issue.place, dot, issue.field].concat();
    if place.is_empty() { said } else { [&place, ": ", &said].concat() }
}

/// A file that cannot be drawn at all, with the detail where there is one.
pub fn error(error: &Error, lang: Lang) -> String {
    let (ko, en) = match error.code() {
        "not-json" => ("파일이 올바른 JSON이 아니어서 읽지 못했습니다", "The file is not valid JSON and could not be read"),
        "not-text" => (
            "파일이 UTF-8 텍스트가 아니어서 읽지 못했습니다",
            "The file is not UTF-8 text and could not be read",
        ),
        "wrong-kind" => (
            "이 그림에 쓰는 자료가 아니어서 그리지 못했습니다",
            "The file is not data of the kind that this graphic draws",
        ),
        "empty" => ("파일에 그릴 자료가 없습니다", "The file holds nothing that can be drawn"),
        "too-large" => (
            "파일이 정해진 한도보다 커서 읽지 않았습니다",
            "The file is larger than the limit and was not read",
        ),
        "bad-table" => (
            "표의 머리글이나 줄을 읽지 못했습니다",
            "The table has no header row, or a row of it cannot be read",
        ),
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

/// What a row is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    ko: &'static str,
    en: &'static str,
}

fn row(place: &str) -> Row {
    // The innermost list names the row: `tables[3].items[0]` is an item.
    let last = place.rsplit('.').next().unwrap_or(place);
    let name = last.split('[').next().unwrap_or(last);
    let (ko, en) = match name {
        "links" | "relations" => ("관계", "relation"),
        "events" | "undated" => ("사건", "event"),
        "items" => ("항목", "item"),
        "tables" => ("표", "table"),
        "entities" | "nodes" | "parties" | "people" => ("조직", "organisation"),
        "roles" => ("역할", "role"),
        "sublayers" => ("세부 층", "sublayer"),
        "layers" => ("층", "layer"),
        "frameworks" => ("분류 체계", "framework"),
        "sources" => ("출처", "source"),
        _ if name.starts_with("line") => ("줄", "line"),
        _ => ("행", "row"),
    };
    Row { ko, en }
}

/// Whether the row is still drawn and only the field is left out: true for everything that a row can do without.
fn spared(row: &Row, issue: &Issue) -> bool {
    let needed = match row.en {
        "relation" => &["from", "to", "type", "relation"][..],
        "item" => &["value", "label", "label_en", "label_ko"],
        "role" => &["sublayer"],
        "sublayer" => &["layer", "id"],
        "event" => &["date", "type"],
        _ => &["id", "value", "date", "from", "to"],
    };
    issue.kind != IssueKind::SelfLink && !issue.field.is_empty() && !needed.contains(&issue.field)
}

/// What a reference names.
fn referred(field: &str) -> (&'static str, &'static str) {
    match field {
        "sublayer" | "sublayers" => ("세부 층", "sublayer"),
        "layer" | "layers" | "nia_layers" | "maps_to" => ("층", "layer"),
        "source" | "sources" => ("출처", "source"),
        "event" | "repeats" => ("사건", "event"),
        "board" | "table" | "tables" => ("표", "table"),
        "part_of" | "item" => ("항목", "item"),
        _ => ("조직", "organisation"),
    }
}

/// The offending text between quotes; text that the data may have made long or empty.
fn quoted(found: &str) -> String {
    ["'", bare(found), "'"].concat()
}

fn bare(found: &str) -> &str {
    found.trim()
}

fn particle_called(found: &str) -> &'static str {
    super::particle::particle(found, Particle::IraneunRaneun)
}
