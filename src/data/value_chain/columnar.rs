//! A chain too large to be rows: organisations and relations in flat arrays. Memory: 24 B an
//! organisation and its name, 13 B a relation. Not here: what of it is shown (`widget`).

use super::Relation;
use crate::data::sanitize::Hundredths;
use crate::data::{
    Column, check_codes, lengths, name_all_codes, note, noted, odd_cells, strangers, too_large,
};
use crate::error::{Code, Error, Issue, IssueKind};

/// Organisations.
const MAX_NODES: usize = 1_000_000;
/// Relations.
const MAX_LINKS: usize = 4_000_000;
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
    /// Relation → kind.
    pub relation: Vec<Relation>,
    /// Organisation → how many relations it has.
    pub degree: Vec<u32>,
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
        let mut reading = Reading {
            noted_from: noted(&columns, "links.from"),
            noted_to: noted(&columns, "links.to"),
            ..Reading::default()
        };
        odd_cells(&mut columns, &mut reading.issues);
        strangers(&columns, &KNOWN, &mut reading.issues);
        for column in columns {
            reading.take(column)?;
        }
        reading.check_lengths()?;
        reading.name_kinds();
        reading.keep_links();
        Ok((reading.chain, reading.issues))
    }
}

/// Columns half read.
#[derive(Default)]
struct Reading {
    chain: ColumnarChain,
    /// `links.amount` as it is given.
    amounts: Vec<f64>,
    /// `links.type`, the words that it counts into, and the kinds that these name.
    types: Vec<u32>,
    words: Names,
    kinds: Vec<Relation>,
    /// Ends that are noted already, as they stand.
    noted_from: Vec<bool>,
    noted_to: Vec<bool>,
    issues: Vec<Issue>,
}

impl Reading {
    /// Takes a column to its place.
    fn take(&mut self, column: Column) -> Result<(), Error> {
        let most = if column.name.starts_with("nodes.") {
            MAX_NODES
        } else {
            MAX_LINKS
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
            let (codes, names) = (&column.codes, column.names.len());
            check_codes(&column.name, codes, names, &mut self.issues);
        }
        let column = if column.name.starts_with("nodes.") {
            name_all_codes(column)
        } else {
            column
        };
        let names = Names::of(&column.names);
        let chain = &mut self.chain;
        match column.name.as_str() {
            "nodes.label" => (chain.labels, chain.label) = (names, codes(column)),
            "nodes.layer" => (chain.layers, chain.layer) = (names, codes(column)),
            "nodes.sublayer" => (chain.sublayers, chain.sublayer) = (names, codes(column)),
            "nodes.country" => (chain.countries, chain.country) = (names, codes(column)),
            "links.from" => chain.from = ends(column),
            "links.to" => chain.to = ends(column),
            "links.amount" => self.amounts = column.numbers,
            "links.type" => (self.words, self.types) = (names, codes(column)),
            _ => {}
        }
        Ok(())
    }

    /// Whether all columns are there that are needed, and equally long.
    fn check_lengths(&self) -> Result<(), Error> {
        let chain = &self.chain;
        let (nodes, links) = chain.rows();
        if nodes == 0 {
            return Err(Error::new(Code::Empty, "nodes.label"));
        }
        if chain.layer.is_empty() {
            return Err(Error::new(Code::NoColumn, "nodes.layer"));
        }
        // Where there are relations, neither end can be left out.
        for (name, end) in [("links.from", links), ("links.to", chain.to.len())] {
            if end == 0 && links.max(chain.to.len()) > 0 {
                return Err(Error::new(Code::NoColumn, name));
            }
        }
        for (name, len, other, all) in [
            ("nodes.layer", chain.layer.len(), "nodes.label", nodes),
            ("nodes.sublayer", chain.sublayer.len(), "nodes.label", nodes),
            ("nodes.country", chain.country.len(), "nodes.label", nodes),
            ("links.to", chain.to.len(), "links.from", links),
            ("links.amount", self.amounts.len(), "links.from", links),
            ("links.type", self.types.len(), "links.from", links),
        ] {
            if len == 0 || len == all {
                continue;
            }
            return Err(lengths(name, len, other, all));
        }
        Ok(())
    }

    /// What kinds of relations the words of `links.type` name; an unknown one is noted.
    fn name_kinds(&mut self) {
        for word in 0..self.words.count() {
            let word = self.words.get(word as u32);
            let kind = Relation::named(word);
            if kind.is_none() {
                self.issues.push(Issue {
                    place: "links.type".to_string(),
                    line: 0,
                    field: "",
                    found: word.to_string(),
                    kind: IssueKind::UnknownWord,
                });
            }
            self.kinds.push(kind.unwrap_or_default());
        }
    }

    /// Keeps the relations that can be drawn, in place, and counts those of every organisation.
    fn keep_links(&mut self) {
        let (nodes, links) = self.chain.rows();
        self.chain.degree = vec![0; nodes];
        self.chain.amount.reserve_exact(links);
        self.chain.relation.reserve_exact(links);
        let mut kept = 0;
        for link in 0..links {
            let (Some(&from), Some(&to)) = (self.chain.from.get(link), self.chain.to.get(link))
            else {
                break;
            };
            if !self.has_ends(link, from, to, nodes) {
                continue;
            }
            let amount = self.amount(link);
            let chain = &mut self.chain;
            for end in [from, to] {
                if let Some(degree) = chain.degree.get_mut(end as usize) {
                    *degree += 1;
                }
            }
            for (list, end) in [(&mut chain.from, from), (&mut chain.to, to)] {
                if let Some(slot) = list.get_mut(kept) {
                    *slot = end;
                }
            }
            chain.amount.push(amount);
            let kind = self
                .types
                .get(link)
                .and_then(|&t| self.kinds.get(t as usize));
            chain.relation.push(kind.copied().unwrap_or_default());
            kept += 1;
        }
        self.chain.from.truncate(kept);
        self.chain.to.truncate(kept);
    }

    /// Whether a relation leads from one organisation to another; noted where it does not.
    fn has_ends(&mut self, link: usize, from: u32, to: u32, nodes: usize) -> bool {
        let lost = [
            ("links.from", from, &self.noted_from),
            ("links.to", to, &self.noted_to),
        ]
        .into_iter()
        .find(|end| end.1 as usize >= nodes);
        if let Some((end, code, noted)) = lost {
            let found = if code == u32::MAX {
                String::new()
            } else {
                code.to_string()
            };
            if noted.get(link) != Some(&true) {
                let kind = IssueKind::UnknownReference;
                note(&mut self.issues, end, link, found, kind);
            }
            return false;
        }
        if from == to {
            let (found, kind) = (from.to_string(), IssueKind::SelfLink);
            note(&mut self.issues, "links.to", link, found, kind);
        }
        from != to
    }

    /// The amount of a relation, NaN where it is not known; a negative one is noted.
    fn amount(&mut self, link: usize) -> f32 {
        let Some(&amount) = self.amounts.get(link) else {
            return f32::NAN;
        };
        if amount < 0.0 {
            let found = Hundredths(amount.max(-1e15)).to_string();
            let kind = IssueKind::Negative;
            note(&mut self.issues, "links.amount", link, found, kind);
        }
        if amount >= 0.0 {
            amount as f32
        } else {
            f32::NAN
        }
    }
}

/// Codes; of names alone, a name a row, their places.
fn codes(column: Column) -> Vec<u32> {
    if column.names.is_empty() || !column.codes.is_empty() {
        return column.codes;
    }
    (0..column.names.len() as u32).collect()
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
