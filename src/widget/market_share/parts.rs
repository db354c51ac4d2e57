//! What one tile stands for: a row, a remainder, a group, or small parts together, with its name,
//! size, date, status and organisation in words. Not here: where it is and what it looks like.

use super::MarketShareWidget;
use crate::data::market_share::{Group, Item, Kind, Rest, Table as ShareTable};
use crate::data::{Cite, Lang, Layer, Party, Status};
use crate::text::{self, count, fill, say};
use crate::widget::phrases::marked;
use crate::widget::status_words;

/// What one tile stands for.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) datum: u32,
    pub(super) table: &'a ShareTable,
    pub(super) value: f64,
    pub(super) kind: PartKind<'a>,
}

#[derive(Clone, Copy)]
pub(super) enum PartKind<'a> {
    /// A row of a file.
    Item(&'a Item),
    /// The whole without what is named.
    Remainder,
    /// A part whose split the source does not give; or, where that holds, values that could not be
    /// read and the rest.
    Unknown(bool),
    /// A row of columns.
    Row,
    /// A row of columns whose value is not disclosed, or a group of nothing but such.
    Undisclosed,
    /// Several under one name; `None`: of columns, or a table.
    Group(Option<&'a Group>),
    /// The small children of a node, from this one on.
    Others(u32),
}

const NO_VALUE: &str = "값 미기재|value not given";
/// What stands on a part whose split nobody knows.
pub(super) const SPLIT_UNKNOWN: &str = "구성 미상|Split unknown";
/// What stands on one that holds values that could not be read.
pub(super) const UNREAD: &str = "읽지 못한 값과 나머지|Rest, with values that could not be read";

impl<'a> Part<'a> {
    pub(super) fn item(&self) -> Option<&'a Item> {
        if let PartKind::Item(item) = self.kind {
            Some(item)
        } else {
            None
        }
    }

    pub(super) fn is_unknown(&self) -> bool {
        matches!(self.kind, PartKind::Unknown(_) | PartKind::Undisclosed)
    }

    /// The whole that it is a part of, where the source gives one that is more than nothing.
    pub(super) fn whole(&self) -> Option<f64> {
        self.table
            .whole
            .filter(|whole| self.table.kind == Kind::Parts && *whole > 0.0)
    }

    /// What it is of a whole, in words.
    pub(super) fn percent_of(&self, whole: f64, lang: Lang) -> String {
        text::percent(self.value / whole * 100.0, lang)
    }

    /// The size in words with its marks: ≈ before an approximate one, † after a disputed one. A
    /// part whose split is unknown has a size only for drawing, and no figure.
    pub(super) fn size_words(&self, lang: Lang) -> String {
        if self.is_unknown() {
            return say(lang, NO_VALUE).to_string();
        }
        let value = text::value(self.value, &self.table.unit, lang);
        let Some(item) = self.item() else {
            return value;
        };
        marked(&value, &item.status, lang)
    }

    /// When it was measured: its own date, else the table's.
    pub(super) fn period(&self) -> &'a str {
        self.item()
            .map(|i| i.as_of.as_str())
            .filter(|date| !date.is_empty())
            .unwrap_or(&self.table.period)
    }

    /// Where it is printed: its own places, else the table's.
    pub(super) fn sources(&self) -> &'a [Cite] {
        self.item()
            .map(|i| i.cites.as_slice())
            .filter(|cites| !cites.is_empty())
            .unwrap_or(&self.table.cites)
    }

    /// The status in words.
    pub(super) fn status(&self, lang: Lang) -> Vec<String> {
        let words = match self.kind {
            PartKind::Item(item) => {
                return status_words(
                    &Status {
                        forecast: item.status.forecast || self.table.forecast,
                        ..item.status
                    },
                    lang,
                );
            }
            PartKind::Remainder => {
                "전체에서 명시된 값을 뺀 나머지 (편집부 계산)|the whole minus what is named (derived by the editor)"
            }
            PartKind::Unknown(true) => UNREAD,
            PartKind::Unknown(false) => {
                "구성 미상: 출처가 나눈 값을 밝히지 않음|split unknown: the source does not give it"
            }
            PartKind::Group(_) | PartKind::Others(_) => "아래 항목의 합|sum of the parts below",
            PartKind::Undisclosed => NO_VALUE,
            PartKind::Row => return Vec::new(),
        };
        vec![say(lang, words).to_string()]
    }
}

impl MarketShareWidget {
    /// What a datum stands for.
    pub(super) fn part(&self, datum: u32) -> Option<Part<'_>> {
        if let Some((node, from)) = self.others_of(datum) {
            let table = self.data.tables.get(self.table_of(node)?)?;
            let mut value = 0.0;
            for &child in self.tree.children(node).get(from as usize..)?.iter().rev() {
                value += self.tree.value(child);
            }
            return Some(Part {
                datum,
                table,
                value,
                kind: PartKind::Others(from),
            });
        }
        let table = self.data.tables.get(self.table_of(datum)?)?;
        let kind = match datum.checked_sub(self.tree.leaves()) {
            Some(inner) => self.inner_kind(datum, inner as usize),
            None => self.row_kind(datum)?,
        };
        Some(Part {
            datum,
            table,
            value: self.tree.value(datum),
            kind,
        })
    }

    fn inner_kind(&self, datum: u32, inner: usize) -> PartKind<'_> {
        match &self.columns {
            Some(columns) if columns.is_partial() && self.tree.value(datum) == 0.0 => {
                PartKind::Undisclosed
            }
            Some(_) => PartKind::Group(None),
            None => PartKind::Group(
                inner
                    .checked_sub(1 + self.data.tables.len())
                    .and_then(|ix| self.data.groups.get(ix)),
            ),
        }
    }

    fn row_kind(&self, datum: u32) -> Option<PartKind<'_>> {
        if let Some(columns) = &self.columns {
            return Some(if columns.is_undisclosed(datum) {
                PartKind::Undisclosed
            } else {
                PartKind::Row
            });
        }
        let (table, at) = self.row(datum)?;
        Some(match table.items.get(at) {
            Some(item) if item.unknown => PartKind::Unknown(item.unread),
            Some(item) => PartKind::Item(item),
            None if matches!(table.rest, Rest::Known(_)) => PartKind::Remainder,
            None => PartKind::Unknown(table.unread),
        })
    }

    /// What a row or a group is called.
    pub(super) fn name(&self, datum: u32, lang: Lang) -> Option<&str> {
        if let Some(columns) = &self.columns {
            return match datum.checked_sub(self.tree.leaves()) {
                None => Some(columns.row_name(datum)),
                Some(inner) => columns.group_name(inner),
            };
        }
        match self.part(datum)?.kind {
            PartKind::Item(item) => Some(item.label.get(lang)),
            PartKind::Group(Some(group)) => Some(group.label.get(lang)),
            _ => None,
        }
    }

    /// What a part is called; never empty, except for a table without a title.
    pub(super) fn label(&self, part: &Part<'_>, lang: Lang) -> String {
        match part.kind {
            PartKind::Remainder => say(lang, "나머지|Remainder").to_string(),
            PartKind::Unknown(true) => say(lang, UNREAD).to_string(),
            PartKind::Unknown(false) => self.unknown_label(part.table, lang),
            PartKind::Others(from) => {
                let children = self.tree.children(self.node_of_others(part.datum)).len();
                others_label(children.saturating_sub(from as usize), lang)
            }
            _ => match self.name(part.datum, lang) {
                Some(name) if !name.is_empty() => name.to_string(),
                // A table, or a row without a name.
                _ if part.datum >= self.tree.leaves() => part.table.title.get(lang).to_string(),
                // Columns without labels count their rows.
                _ if self
                    .columns
                    .as_ref()
                    .is_some_and(|columns| !columns.has_labels()) =>
                {
                    fill(
                        lang,
                        "{0}번|No. {0}",
                        &[&count(part.datum as usize + 1, lang)],
                    )
                }
                _ => say(lang, "이름 없음|no name").to_string(),
            },
        }
    }

    /// A part whose split is unknown, with the organisations that it is known to hold.
    fn unknown_label(&self, table: &ShareTable, lang: Lang) -> String {
        let mut names = Vec::new();
        for &party in &table.rest_parties {
            if let Some(party) = self.data.parties.get(party) {
                names.push(party.name.get(lang).to_string());
            }
        }
        let words = if names.is_empty() {
            SPLIT_UNKNOWN
        } else {
            "구성 미상 ({0})|Split unknown ({0})"
        };
        fill(lang, words, &[&text::list(&names, lang)])
    }

    pub(super) fn party(&self, part: &Part<'_>) -> Option<&Party> {
        match part.kind {
            PartKind::Item(item) => self.data.parties.get(item.party?),
            PartKind::Group(Some(group)) => self.data.parties.get(group.party?),
            _ => None,
        }
    }

    pub(super) fn layer(&self, part: &Part<'_>) -> Option<Layer> {
        match part.kind {
            PartKind::Item(item) => match item.party.or(item.members.first().copied()) {
                Some(ix) => self.data.parties.get(ix).and_then(|p| p.layer),
                None => item.layer,
            },
            PartKind::Group(Some(group)) => group.layer.or_else(|| self.party(part)?.layer),
            _ => None,
        }
    }
}

/// What small parts are called together.
pub(super) fn others_label(number: usize, lang: Lang) -> String {
    fill(
        lang,
        "그 밖의 {0}개|{0} other{0|s}",
        &[&count(number, lang)],
    )
}
