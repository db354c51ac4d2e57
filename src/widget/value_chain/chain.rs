//! A chain that can be drawn: its rows, and what follows from them for every view. Not here: where
//! anything stands (`layout`), what it looks like (`draw`), what is said of it (`captions`,
//! `details`).

use super::cycles;
use super::labels::{amount_in, first_unit};
use super::steps::Steps;
use crate::data::value_chain::{Link, ValueChain};
use crate::layout::order;
use crate::widget::relation_style::relation_style;

/// Lines of one kind between the same two organisations. More would only make the picture tall.
const MAX_PARALLEL: usize = 8;
/// Widest line, CSS px.
const MAX_WIDTH: f32 = 12.0;
/// Narrowest line of a relation whose amount is known, CSS px.
const MIN_WIDTH: f32 = 1.25;
/// Widths of all bundles together, CSS px.
const BUNDLES: f64 = 400.0;

/// Rows, and what follows from them.
#[derive(Debug, Default)]
pub(super) struct Chain {
    pub(super) data: ValueChain,
    /// The unit of the amounts that have a width: there is one scale. And the amount that is drawn
    /// widest; of bundles the sum of all.
    unit: String,
    full: f64,
    /// For every link whether it closes a circle of deals; empty for what is shown of a large
    /// chain, whose bundles close circles everywhere.
    pub(super) closes_cycle: Vec<bool>,
    /// For every link whether others between the same two stand for it in the picture; empty where
    /// each has its own line.
    pub(super) merged: Vec<bool>,
    /// What is shown of a large chain: its blocks have an order with few crossings.
    pub(super) aggregated: bool,
    /// The columns that follow from the relations, where nobody says the layers.
    pub(super) steps: Option<Steps>,
}

impl Chain {
    /// The chain of a file.
    pub(super) fn of_rows(data: ValueChain) -> Self {
        let mut chain = Self {
            closes_cycle: cycles::closing(&data),
            unit: first_unit(&data).to_string(),
            ..Self::default()
        };
        for link in data.links.iter().filter(|l| l.relation.info().is_payment) {
            chain.full = chain.full.max(amount_in(link, &chain.unit));
        }
        let layered = data.entities.iter().any(|entity| !entity.roles.is_empty());
        chain.steps = (!layered).then(|| Steps::of(&data));
        chain.data = data;
        chain.merged = chain.merge_parallel();
        chain
    }

    /// What is shown of a large chain, whose columns name their layers.
    pub(super) fn of_groups(data: ValueChain) -> Self {
        let mut full = 0.0;
        for link in &data.links {
            full += amount_in(link, "");
        }
        Self {
            data,
            full,
            aggregated: true,
            ..Self::default()
        }
    }

    /// Width of a relation's line, CSS px: the square root of its amount, from 1.25 at nothing to
    /// 12 at the largest.
    pub(super) fn width_css(&self, link: &Link) -> f32 {
        let (amount, full) = (amount_in(link, &self.unit), self.full.max(1e-300));
        if link.number > 0 {
            // Bundles share out the room for links: as wide as their part of all.
            ((amount / full * BUNDLES) as f32).clamp(1.0, MAX_WIDTH)
        } else if link.relation.info().is_payment && amount > 0.0 {
            ((amount / full).sqrt() as f32 * MAX_WIDTH).clamp(MIN_WIDTH, MAX_WIDTH)
        } else {
            relation_style(link.relation).width_css
        }
    }

    /// Which links have no line of their own: of very many of one kind between the same two the
    /// widest stand for all.
    fn merge_parallel(&self) -> Vec<bool> {
        let (links, entities) = (&self.data.links, self.data.entities.len() as f64);
        // Whole hundredths of a px, the widest first; then by ends and kind, those of equal width
        // and kind as they stand.
        let widths: Vec<f64> = links
            .iter()
            .map(|link| -f64::from((self.width_css(link) * 100.0) as i32))
            .collect();
        let wide: Vec<(usize, &Link)> = order(&widths)
            .iter()
            .filter_map(|&(_, at)| Some((at, links.get(at)?)))
            .collect();
        // One number for two ends and a kind, of which there are fewer than 16.
        let kind = |link: &Link| {
            (link.from.min(link.to) as f64 * entities + link.from.max(link.to) as f64) * 16.0
                + f64::from(link.relation as u8)
        };
        let kinds: Vec<f64> = wide.iter().map(|(_, link)| kind(link)).collect();
        let mut merged = vec![false; links.len()];
        let (mut last, mut alike, mut some) = (f64::NAN, 0, false);
        for (kind, nth) in order(&kinds) {
            alike = if kind == last { alike + 1 } else { 1 };
            last = kind;
            if alike > MAX_PARALLEL
                && let Some(merged) = wide.get(nth).and_then(|(at, _)| merged.get_mut(*at))
            {
                (*merged, some) = (true, true);
            }
        }
        if some { merged } else { Vec::new() }
    }
}
