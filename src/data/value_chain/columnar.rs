//! A chain too large to be rows: organisations and relations in flat arrays. Memory: 24 B an
//! organisation and its name, 13 B a relation.

use super::Relation;
use super::read::relation_word;
use crate::data::sanitize::Hundredths;
use crate::data::{Column, check_codes, lengths, note, noted, odd_cells, strangers, too_large};
use crate::error::{Code, Error, Issue, IssueKind};

/// Organisations.
const MOST_NODES: usize = 1_000_000;
/// Relations.
const MOST_LINKS: usize = 4_000_000;
/// What columns are called: names, as many as [`NAMED`], then numbers.
const KNOWN: [&str; 8] = [
    "nodes.label",
    "nodes.layer",
    "nodes.sublayer",
    "nodes.country",
    "links.type",
    "links.from",
    "links.to",
    "links.amount",
];
/// How many of them are names.
const NAMED: usize = 5;
/// A dictionary: names in one text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    text: String,
    ends: Vec<u32>,
}

impl Names {
    fn of(names: &[String]) -> Self {
        let mut out = Self::default();
        for name in names {
            // Names are as hostile as any text: no line ends, no endless ones.
            for c in name.chars().take(200) {
                out.text.push(if c.is_control() { ' ' } else { c });
            }
            out.ends.push(out.text.len() as u32);
        }
        out
    }

    /// The name of a code; empty for a code without.
    pub fn get(&self, code: u32) -> &str {
        let at = code as usize;
        let from = at
            .checked_sub(1)
            .and_then(|b| self.ends.get(b))
            .copied()
            .unwrap_or(0);
        self.ends
            .get(at)
            .and_then(|&to| self.text.get(from as usize..to as usize))
            .unwrap_or("")
    }

    /// How many names.
    pub fn count(&self) -> usize {
        self.ends.len()
    }
}

/// Organisations and relations in columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ColumnarChain {
    /// Names of organisations.
    pub labels: Names,
    /// Organisation → its name.
    pub label: Vec<u32>,
    /// Names of layers, in order.
    pub layers: Names,
    /// Organisation → layer.
    pub layer: Vec<u32>,
    /// Names of sublayers; may be empty.
    pub sublayers: Names,
    /// Organisation → sublayer.
    pub sublayer: Vec<u32>,
    /// Countries; may be empty.
    pub countries: Names,
    /// Organisation → country.
    pub country: Vec<u32>,
    /// Relation → organisation.
    pub from: Vec<u32>,
    /// Relation → organisation.
    pub to: Vec<u32>,
    /// NaN: not known.
    pub amount: Vec<f32>,
    /// Relation → kind, a place in `kinds`.
    pub relation: Vec<u8>,
    /// Organisation → how many relations it has.
    pub degree: Vec<u32>,
    /// The kinds of relations that `relation` counts into.
    pub kinds: Vec<Relation>,
}

impl ColumnarChain {
    /// How many organisations and relations.
    pub fn rows(&self) -> (usize, usize) {
        (self.label.len(), self.from.len())
    }

    /// Takes the columns `nodes.label`, `nodes.layer`, `nodes.sublayer`, `nodes.country`,
    /// `links.from`, `links.to`, `links.amount`, `links.type`. Relations to nobody and to oneself
    /// are left out, which is noted, as is whatever else is wrong with a row.
    ///
    /// # Errors
    /// `too-large`; `bad-columns` where `nodes.label`, `nodes.layer`, `links.from` or `links.to` is
    /// missing or columns are not equally long; `empty`.
    pub fn read(mut columns: Vec<Column>) -> Result<(Self, Vec<Issue>), Error> {
        let (mut big, mut issues) = (Self::default(), Vec::new());
        // Ends that are noted as they stand.
        let [lost_from, lost_to] = ["links.from", "links.to"].map(|name| noted(&columns, name));
        odd_cells(&mut columns, &mut issues);
        strangers(&columns, &KNOWN, &mut issues);
        let (mut amounts, mut types, mut kinds) = (Vec::new(), Vec::new(), Names::default());
        for column in columns {
            let most = if column.name.starts_with("nodes.") {
                MOST_NODES
            } else {
                MOST_LINKS
            };
            let rows = column.numbers.len().max(column.codes.len());
            if rows > most {
                return Err(too_large(&column.name, rows, most));
            }
            // Names are no numbers; what is not read is not asked.
            let names_here = KNOWN
                .iter()
                .position(|&known| known == column.name)
                .is_some_and(|at| at < NAMED);
            if names_here && column.is_numbers() {
                return Err(Error::new(Code::ColumnKind, column.name));
            }
            if names_here {
                check_codes(&column.name, &column.codes, column.names.len(), &mut issues);
            }
            let codes = |column: Column| {
                if column.names.is_empty() || !column.codes.is_empty() {
                    return column.codes;
                }
                // Names alone: a name a row.
                (0..column.names.len() as u32).collect()
            };
            let names = Names::of(&column.names);
            match column.name.as_str() {
                "nodes.label" => (big.labels, big.label) = (names, codes(column)),
                "nodes.layer" => (big.layers, big.layer) = (names, codes(column)),
                "nodes.sublayer" => (big.sublayers, big.sublayer) = (names, codes(column)),
                "nodes.country" => (big.countries, big.country) = (names, codes(column)),
                "links.from" => big.from = ends(column),
                "links.to" => big.to = ends(column),
                "links.amount" => amounts = column.numbers,
                "links.type" => (kinds, types) = (names, codes(column)),
                _ => {}
            }
        }
        let (nodes, links) = (big.label.len(), big.from.len());
        let fits = |len: usize, all: usize| len == 0 || len == all;
        if nodes == 0 {
            return Err(Error::new(Code::Empty, "nodes.label"));
        }
        if big.layer.is_empty() {
            return Err(Error::new(Code::NoColumn, "nodes.layer"));
        }
        for (name, len, other, all) in [
            ("nodes.layer", big.layer.len(), "nodes.label", nodes),
            ("nodes.sublayer", big.sublayer.len(), "nodes.label", nodes),
            ("nodes.country", big.country.len(), "nodes.label", nodes),
            (
                "links.to",
                big.to.len().max(usize::from(links > 0)),
                "links.from",
                links,
            ),
            ("links.amount", amounts.len(), "links.from", links),
            ("links.type", types.len(), "links.from", links),
        ] {
            if !fits(len, all) {
                return Err(if name == "links.to" && big.to.is_empty() {
                    Error::new(Code::NoColumn, name)
                } else {
                    lengths(name, len, other, all)
                });
            }
        }
        let mut known = Vec::new();
        for kind in 0..kinds.count() {
            let word = relation_word(kinds.get(kind as u32));
            if word.is_none() {
                issues.push(Issue {
                    place: "links.type".to_string(),
                    line: 0,
                    field: "",
                    found: kinds.get(kind as u32).to_string(),
                    kind: IssueKind::UnknownWord,
                });
            }
            known.push(word.unwrap_or_default());
        }
        big.kinds = known;
        big.degree = vec![0; nodes];
        big.amount.reserve_exact(links);
        big.relation.reserve_exact(links);
        // What cannot be drawn is left out in place.
        let mut kept = 0;
        for link in 0..links {
            let (Some(&from), Some(&to)) = (big.from.get(link), big.to.get(link)) else {
                break;
            };
            let lost = [("links.from", from), ("links.to", to)]
                .into_iter()
                .find(|end| end.1 as usize >= nodes);
            if let Some((end, code)) = lost {
                let found = if code == u32::MAX {
                    String::new()
                } else {
                    code.to_string()
                };
                let noted = if end == "links.to" {
                    &lost_to
                } else {
                    &lost_from
                };
                if noted.get(link) != Some(&true) {
                    note(&mut issues, end, link, found, IssueKind::UnknownReference);
                }
                continue;
            }
            if from == to {
                note(
                    &mut issues,
                    "links.to",
                    link,
                    from.to_string(),
                    IssueKind::SelfLink,
                );
                continue;
            }
            if let Some(&amount) = amounts.get(link).filter(|a| **a < 0.0) {
                note(
                    &mut issues,
                    "links.amount",
                    link,
                    Hundredths(amount.max(-1e15)).to_string(),
                    IssueKind::Negative,
                );
            }
            for end in [from, to] {
                if let Some(degree) = big.degree.get_mut(end as usize) {
                    *degree += 1;
                }
            }
            for (list, end) in [(&mut big.from, from), (&mut big.to, to)] {
                if let Some(slot) = list.get_mut(kept) {
                    *slot = end;
                }
            }
            big.amount.push(
                amounts
                    .get(link)
                    .copied()
                    .filter(|a| *a >= 0.0)
                    .map_or(f32::NAN, |a| a as f32),
            );
            big.relation
                .push(types.get(link).map_or(0, |&t| t.min(255) as u8));
            kept += 1;
        }
        big.from.truncate(kept);
        big.to.truncate(kept);
        Ok((big, issues))
    }
}

/// Ends of relations: whole numbers, or codes.
fn ends(column: Column) -> Vec<u32> {
    if !column.codes.is_empty() {
        return column.codes;
    }
    column
        .numbers
        .into_iter()
        .map(|number| {
            if number >= 0.0 {
                number as u32
            } else {
                u32::MAX
            }
        })
        .collect()
}
