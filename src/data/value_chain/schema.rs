//! The words that files of a value chain may use. Not here:
//! relations (`relation`), and reading (`read`).

use super::ENTITY_KINDS;
use crate::data::row::FieldAliases;

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

/// What an organisation does.
pub(super) const ACTIVITY: FieldAliases = &["activity_ko", "activity_en", "activity"];
