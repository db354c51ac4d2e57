//! The signs that tiles can have, with their words and forms in the legend: one row each; and which
//! of them a picture shows. Not here: how a tile shows them.

use super::parts::{SPLIT_UNKNOWN, UNREAD};
use crate::data::Layer;

/// What the legend has to explain: layers, and signs.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) layers: [bool; Layer::ALL.len()],
    signs: [bool; SIGNS.len()],
}

impl Seen {
    pub(super) fn add(&mut self, sign: Sign) {
        self.signs[sign as usize] = true;
    }

    pub(super) fn has(&self, sign: Sign) -> bool {
        self.signs[sign as usize]
    }
}

/// What a tile shows besides its layer.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Sign {
    /// No layer, or no value for the colour.
    Plain,
    Remainder,
    SplitUnknown,
    /// Values that could not be read, and the rest.
    Unread,
    Approximate,
    Disputed,
    /// Small parts together.
    Others,
}

/// All signs in order, with their words and their forms in the legend.
pub(super) const SIGNS: [(Sign, &str, &str); 7] = [
    (Sign::Plain, "층 미기재|No layer given", ""),
    (Sign::Remainder, "나머지|Remainder", "ring"),
    (Sign::SplitUnknown, SPLIT_UNKNOWN, "hatch"),
    (Sign::Unread, UNREAD, "hatch"),
    (
        Sign::Approximate,
        "≈ ≥ ≤ 대략이거나 한쪽 끝만 적힌 값 (경계가 흐림)|≈ ≥ ≤ approximate, or a bound (soft edge)",
        "soft",
    ),
    (
        Sign::Disputed,
        "† 출처가 엇갈림 (점선)|† disputed (dashed)",
        "dashed",
    ),
    (
        Sign::Others,
        "작은 항목을 모은 칸 (누르면 열림)|Small parts together (opens)",
        "soft",
    ),
];
