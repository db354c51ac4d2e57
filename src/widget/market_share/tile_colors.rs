//! What the colours of tiles stand for where no part has a layer, found once for a file: groups,
//! organisations that have a colour of their own, or nothing but who leads. Not here: the colours
//! (`palette`), and tiles (`draw_tile`).

use super::MarketShareWidget;
use super::captions::leader;
use crate::abi::NO_DATUM;
use crate::data::market_share::Item;
use crate::data::{Lang, Party};
use crate::layout::order;
use crate::widget::Organisation;
use crate::widget::palette::GROUPS;

/// Names of rows up to which organisations are looked for: of more nobody is told by a colour.
const MAX_NAMES: usize = 20_000;

/// What a colour stands for.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    /// The layer of a part.
    #[default]
    Layer,
    /// The outermost group that a part is in.
    Group,
    /// An organisation.
    Organisation,
    /// Nothing: the one that leads its table stands out.
    Leader,
}

/// What is known of a part for its colour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Told {
    /// The place of its group among those that have a colour.
    Group(usize),
    Organisation(Organisation),
    /// It leads its table.
    Leader,
    /// None of that.
    Other,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct TileColors {
    pub(super) meaning: Meaning,
    /// Of each inner node what tells it.
    inner: Vec<Option<Told>>,
    /// The first group that is told so, which the legend names.
    first: Vec<(Told, u32)>,
    /// Of each row, or of columns each name of the dictionary, its organisation.
    organisations: Vec<Option<Organisation>>,
    /// The row that leads each table.
    leaders: Vec<u32>,
}

impl MarketShareWidget {
    /// Finds what colours stand for. Linear in rows and groups, once for all pictures.
    pub(super) fn find_colors(&mut self) {
        let mut colors = TileColors {
            meaning: Meaning::Layer,
            ..TileColors::default()
        };
        if !self.has_layers {
            let tops = self.top_groups();
            colors.inner = vec![None; self.tree.inner() as usize];
            colors.organisations = self.organisations_of_rows();
            let mut known = colors.organisations.iter().any(Option::is_some);
            let grouped = tops.iter().any(|of_table| of_table.len() > 1);
            if grouped {
                // Groups that are organisations are coloured as these everywhere.
                known = self.told_by_name(&tops, &mut colors);
            }
            colors.meaning = match (known, grouped) {
                (true, _) => Meaning::Organisation,
                (false, true) => Meaning::Group,
                (false, false) => Meaning::Leader,
            };
            if colors.meaning == Meaning::Group {
                self.told_by_size(&tops, &mut colors);
            }
            self.hand_down(&mut colors);
            if colors.meaning == Meaning::Leader {
                colors.leaders = self.leaders();
            }
        }
        self.colors = colors;
    }

    /// The outermost groups of each table: below a group that holds all of it.
    fn top_groups(&self) -> Vec<Vec<u32>> {
        let leaves = self.tree.leaves();
        let mut tops = Vec::new();
        for table in 0..self.data.tables.len() {
            let mut node = self.table_node(table);
            while let [only] = *self.tree.children(node)
                && only >= leaves
            {
                node = only;
            }
            let mut of_table: Vec<u32> = self.tree.children(node).to_vec();
            of_table.retain(|&child| child >= leaves);
            tops.push(of_table);
        }
        tops
    }

    /// Tells groups by the organisations whose names they bear. Whether any is one.
    fn told_by_name(&self, tops: &[Vec<u32>], colors: &mut TileColors) -> bool {
        let mut any = false;
        for &node in tops.iter().flatten().take(MAX_NAMES) {
            let party = self.part(node).and_then(|part| self.party(&part).cloned());
            let of_party = party.as_ref().and_then(organisation_of);
            let named = |lang| self.name(node, lang).and_then(Organisation::named);
            let organisation = of_party
                .or_else(|| named(Lang::En))
                .or_else(|| named(Lang::Ko));
            if let Some(organisation) = organisation {
                any = true;
                colors.tell_group(self.tree.leaves(), node, Told::Organisation(organisation));
            }
        }
        any
    }

    /// Tells the largest groups by a colour each: one name, one colour, in all tables.
    fn told_by_size(&self, tops: &[Vec<u32>], colors: &mut TileColors) {
        let mut named: Vec<(&str, u32)> = Vec::new();
        for &node in tops.iter().flatten() {
            named.push((self.name(node, Lang::En).unwrap_or_default(), node));
        }
        // Of equal sums the first in the file is the first.
        named.sort_by_key(|&(name, _)| name);
        let alike: Vec<&[(&str, u32)]> = named.chunk_by(|a, b| a.0 == b.0).collect();
        let mut first: Vec<(u32, usize)> = Vec::new();
        for (at, same) in alike.iter().enumerate() {
            first.push((same.iter().map(|one| one.1).min().unwrap_or(NO_DATUM), at));
        }
        first.sort_unstable();
        let mut sums = Vec::new();
        for &(_, at) in &first {
            let same = alike.get(at).copied().unwrap_or_default();
            sums.push(-same.iter().map(|one| self.tree.value(one.1)).sum::<f64>());
        }
        for (place, (_, nth)) in order(&sums).into_iter().take(GROUPS).enumerate() {
            let same = first.get(nth).and_then(|&(_, at)| alike.get(at));
            for &(_, node) in same.copied().unwrap_or_default() {
                colors.tell_group(self.tree.leaves(), node, Told::Group(place));
            }
        }
    }

    /// What tells a group tells what is in it.
    fn hand_down(&self, colors: &mut TileColors) {
        let leaves = self.tree.leaves();
        for ix in 0..self.tree.inner() {
            let Some(&Some(told)) = colors.inner.get(ix as usize) else {
                continue;
            };
            for &child in self.tree.children(leaves + ix) {
                colors.tell(leaves, child, Some(told));
            }
        }
    }

    /// Of each table the row that leads it, if one does.
    fn leaders(&self) -> Vec<u32> {
        let mut leaders = Vec::new();
        for (ix, table) in self.data.tables.iter().enumerate() {
            let leading = if self.columns.is_some() {
                match *self.tree.children(self.table_node(ix)) {
                    [first] => Some(first),
                    [first, next, ..] if self.tree.value(first) > self.tree.value(next) => {
                        Some(first)
                    }
                    _ => None,
                }
            } else {
                let first = self.first_rows.get(ix).copied().unwrap_or(NO_DATUM);
                leader(table).map(|(at, _)| first + at as u32)
            };
            leaders.push(leading.unwrap_or(NO_DATUM));
        }
        leaders
    }

    fn organisations_of_rows(&self) -> Vec<Option<Organisation>> {
        let mut found = Vec::new();
        if let Some(columns) = &self.columns {
            let names = columns.dictionary();
            if names.len() <= MAX_NAMES {
                found.extend(names.iter().map(|name| Organisation::named(name)));
            }
            return found;
        }
        for (ix, table) in self.data.tables.iter().enumerate() {
            found.extend(table.items.iter().map(|item| self.organisation(item)));
            // The rest is a row of its own.
            let next = self.first_rows.get(ix + 1).copied();
            found.resize(next.unwrap_or(self.tree.leaves()) as usize, None);
        }
        found
    }

    fn organisation(&self, item: &Item) -> Option<Organisation> {
        let party = item.party.and_then(|party| self.data.parties.get(party));
        party
            .and_then(organisation_of)
            .or_else(|| Organisation::named(&item.label.en))
            .or_else(|| Organisation::named(&item.label.ko))
    }

    /// What tells a node that is a row or a group, in a group.
    pub(super) fn told(&self, datum: u32, inside: u32, table: usize) -> Told {
        let (colors, leaves) = (&self.colors, self.tree.leaves());
        let of_inner = |node: u32| {
            let ix = node.checked_sub(leaves)? as usize;
            colors.inner.get(ix).copied().flatten()
        };
        if datum >= leaves {
            return of_inner(datum).unwrap_or(Told::Other);
        }
        match colors.meaning {
            Meaning::Organisation => {
                let name = match &self.columns {
                    Some(columns) => columns.name_place(datum),
                    None => Some(datum as usize),
                };
                let own = name.and_then(|at| colors.organisations.get(at).copied().flatten());
                own.map(Told::Organisation)
                    .or_else(|| of_inner(inside))
                    .unwrap_or(Told::Other)
            }
            Meaning::Leader if colors.leaders.get(table) == Some(&datum) => Told::Leader,
            Meaning::Layer | Meaning::Leader => Told::Other,
            Meaning::Group => of_inner(inside).unwrap_or(Told::Other),
        }
    }
}

impl TileColors {
    /// Notes what tells an inner node; nothing for a leaf, and nothing where something does.
    fn tell(&mut self, leaves: u32, node: u32, told: Option<Told>) {
        let ix = node.checked_sub(leaves).map(|ix| ix as usize);
        if let Some(slot @ None) = ix.and_then(|ix| self.inner.get_mut(ix)) {
            *slot = told;
        }
    }

    /// Notes what tells a group, which the legend names.
    fn tell_group(&mut self, leaves: u32, node: u32, told: Told) {
        if self.first.iter().all(|&(known, _)| known != told) {
            self.first.push((told, node));
        }
        self.tell(leaves, node, Some(told));
    }

    /// The group that a legend names for what tells it; none where single rows are told so.
    pub(super) fn group_told(&self, told: Told) -> Option<u32> {
        let first = self.first.iter().find(|&&(known, _)| known == told)?;
        Some(first.1)
    }
}

/// The organisation of a file that has a colour of its own, by id or name.
pub(super) fn organisation_of(party: &Party) -> Option<Organisation> {
    [&party.id, &party.name.en, &party.name.ko]
        .into_iter()
        .find_map(|name| Organisation::named(name))
}
