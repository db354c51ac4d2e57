//! Relations of a large chain as bundles: one for each kind between two that are shown. Not here:
//! what is shown (`aggregate`).

use super::groups::code;
use crate::data::value_chain::Relation;
use crate::data::value_chain::columnar::ColumnarChain;
use crate::layout::{order, sort_by_upper_half};

/// Of more bundles between what is shown the largest are drawn, by amount and then by number.
const MAX_BUNDLES: usize = 200;

/// The relations of one kind between two that are shown.
#[derive(Clone, Copy)]
pub(super) struct Bundle {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) kind: Relation,
    pub(super) number: u32,
    /// The sum of what is known.
    pub(super) amount: f64,
}

/// Relations between what is shown, one for each pair and kind: the [`MAX_BUNDLES`] largest.
pub(super) fn bundles(big: &ColumnarChain, item: &[u32]) -> Vec<Bundle> {
    let mut list = Vec::new();
    for link in 0..big.from.len() {
        let (from, to) = (
            code(item, code(&big.from, link) as usize),
            code(item, code(&big.to, link) as usize),
        );
        if from != to && from < 65_536 && to < 65_536 {
            list.push(u64::from(from << 16 | to) << 32 | link as u64);
        }
    }
    let mut spare = Vec::new();
    sort_by_upper_half(&mut list, &mut spare, 32);
    let mut bundles: Vec<Bundle> = Vec::new();
    let mut first = 0;
    for &one in &list {
        let (pair, link) = ((one >> 32) as u32, one as u32 as usize);
        let kind = big.relation.get(link).copied().unwrap_or_default();
        let amount = big.amount.get(link).copied().filter(|a| !a.is_nan());
        let amount = amount.map_or(0.0, f64::from);
        if bundles.last().is_none_or(|b| b.from << 16 | b.to != pair) {
            first = bundles.len();
        }
        let here = bundles.get_mut(first..).unwrap_or_default();
        match here.iter_mut().find(|b| b.kind == kind) {
            Some(bundle) => {
                bundle.number += 1;
                bundle.amount += amount;
            }
            None => bundles.push(Bundle {
                from: pair >> 16,
                to: pair & 65_535,
                kind,
                number: 1,
                amount,
            }),
        }
    }
    largest(&bundles)
}

/// The largest by amount, then by number.
fn largest(bundles: &[Bundle]) -> Vec<Bundle> {
    let keys: Vec<f64> = bundles
        .iter()
        .map(|bundle| -bundle.amount - f64::from(bundle.number) * 1e-9)
        .collect();
    order(&keys)
        .into_iter()
        .take(MAX_BUNDLES)
        .filter_map(|(_, ix)| bundles.get(ix).copied())
        .collect()
}
