//! The words and headings that files and pages' own tables of a value chain may use. Not here:
//! relations (`relation`), and reading (`read`).

use super::ENTITY_KINDS;
use crate::data::row::FieldAliases;
use crate::data::schema::TableSchema;

/// The names that layers bear where a file gives none.
pub(super) static LAYER_NAMES: [(&str, &str); 5] = [
    ("데이터", "Data"),
    ("인프라", "Infrastructure"),
    ("모델", "Models"),
    ("서비스", "Services"),
    ("자본·정책", "Capital and policy"),
];

/// The words for what an organisation can be, in the order of [`ENTITY_KINDS`].
pub(super) static KIND_WORDS: [&str; ENTITY_KINDS.len()] = {
    let mut words = [""; ENTITY_KINDS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = ENTITY_KINDS[at].id;
        at += 1;
    }
    words
};

/// The columns of a table of relations.
pub(super) static SCHEMA: TableSchema = TableSchema {
    kind: "ai-atlas/value-chain",
    columns: &[
        &[
            "from",
            "source_company",
            "주체",
            "출발",
            "보내는_곳",
            "에서",
        ],
        &["to", "target", "대상", "도착", "받는_곳"],
        &["type", "relation", "유형", "관계", "종류", "구분"],
        &["amount_usd", "금액(달러)", "금액_usd", "금액(usd)", "usd"],
        &["amount", "value", "금액", "규모"],
        &["currency", "통화"],
        &["unit", "단위"],
        &["amount_krw", "금액(원)", "krw"],
        &["from_layer", "주체_계층", "주체_층", "출발_계층"],
        &["to_layer", "대상_계층", "대상_층", "도착_계층"],
        &["date", "날짜", "일자", "시점"],
        &["label", "name", "title", "이름", "제목", "내용", "설명"],
        &["note", "비고", "메모"],
        &["status", "상태"],
        &["source", "출처", "자료"],
        &["id"],
        &["label_ko"],
        &["label_en"],
        &["approx"],
        &["bound"],
        &["cumulative", "누적"],
        &["disputed"],
        &["planned", "계획"],
    ],
    needed: &["from", "to"],
};

/// What an organisation does.
pub(super) const ACTIVITY: FieldAliases = &["activity_ko", "activity_en", "activity"];
