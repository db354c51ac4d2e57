//! What a relation looks like: one row for each kind. Not here: what it is and what it is called
//! (`data/value_chain/relation.rs`), and how wide an amount is drawn (`value_chain/chain.rs`).

use crate::abi::{line, rgba};
use crate::data::value_chain::Relation;

/// The look of a kind of relation.
#[derive(Debug, Clone, Copy)]
pub(super) struct RelationStyle {
    /// At least 3:1 on both grounds.
    pub(super) color: u32,
    /// The pattern of the line: it tells the kind without colour.
    pub(super) line: u32,
    /// What the legend shows of it.
    pub(super) symbol: &'static str,
    /// Width of the line where its amount is not known, CSS px.
    pub(super) width_css: f32,
}

/// The row of a kind.
pub(super) const fn relation_style(relation: Relation) -> RelationStyle {
    match relation {
        Relation::InvestsIn => RelationStyle {
            color: rgba(0xc8, 0x4b, 0x31, 0xff),
            line: line::SOLID,
            symbol: "line-solid",
            width_css: 1.25,
        },
        Relation::Acquires => RelationStyle {
            color: rgba(0xb1, 0x3c, 0x87, 0xff),
            line: line::DOUBLE,
            symbol: "line-double",
            width_css: 3.5,
        },
        Relation::Supplies => RelationStyle {
            color: rgba(0x3c, 0x84, 0x52, 0xff),
            line: line::LONG_DASH,
            symbol: "line-long-dash",
            width_css: 1.25,
        },
        Relation::Uses => RelationStyle {
            color: rgba(0x2f, 0x86, 0xb4, 0xff),
            line: line::SHORT_DASH,
            symbol: "line-short-dash",
            width_css: 1.25,
        },
        Relation::Partners => RelationStyle {
            color: rgba(0x7a, 0x82, 0x8b, 0xff),
            line: line::SOLID,
            symbol: "line-thin",
            width_css: 1.25,
        },
        Relation::Competes => RelationStyle {
            color: rgba(0xa0, 0x7d, 0x10, 0xff),
            line: line::DOTTED,
            symbol: "line-dotted",
            width_css: 2.0,
        },
        Relation::FoundedByAlumniOf => RelationStyle {
            color: rgba(0x8a, 0x69, 0xc9, 0xff),
            line: line::WAVE,
            symbol: "line-wave",
            width_css: 1.25,
        },
        Relation::StandardMember => RelationStyle {
            color: rgba(0x5d, 0x84, 0x7e, 0xff),
            line: line::TICKS,
            symbol: "line-ticks",
            width_css: 1.25,
        },
        Relation::Linked => RelationStyle {
            color: rgba(0x80, 0x80, 0x80, 0xff),
            line: line::SOLID,
            symbol: "line-solid",
            width_css: 1.25,
        },
    }
}
