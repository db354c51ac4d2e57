//! Circular deals: money or goods that come back to where they started. Which relations close such
//! a circle, and the circles in words. Not here: how a closing relation is drawn (`layout`).

use super::labels::{amount, short_name};
use crate::data::Lang;
use crate::data::value_chain::{Link, ValueChain};
use crate::text::{self, also, append, count, fill, say};
use crate::widget::{List, reservations};

/// Organisations of one circle.
const MAX_LENGTH: usize = 4;
/// Circles that are listed.
const MAX_CYCLES: usize = 60;
/// Paths that wait to be walked on.
const MAX_PATHS: usize = 10_000;

/// Whether money or goods change hands.
fn is_deal(link: &Link) -> bool {
    link.relation.info().is_deal
}

/// For every link whether it is a deal that closes a circle: what it leads to leads back, by deals,
/// to where it begins.
pub(super) fn closing(data: &ValueChain) -> Vec<bool> {
    let mut next = vec![Vec::new(); data.entities.len()];
    for link in data.links.iter().filter(|l| is_deal(l)) {
        if let Some(list) = next.get_mut(link.from) {
            list.push(link.to);
        }
    }
    // For each organisation the link for which it was last come to.
    let mut seen = vec![usize::MAX; data.entities.len()];
    let mut out = Vec::new();
    for (ix, link) in data.links.iter().enumerate() {
        let mut open = if is_deal(link) {
            vec![link.to]
        } else {
            Vec::new()
        };
        let mut found = false;
        while let (Some(at), false) = (open.pop(), found) {
            found = at == link.from;
            for &to in next.get(at).into_iter().flatten() {
                if let Some(slot) = seen.get_mut(to).filter(|slot| **slot != ix) {
                    *slot = ix;
                    open.push(to);
                }
            }
        }
        out.push(found);
    }
    out
}

/// The circles as a list, each over at most four organisations; no list where there are none.
pub(super) fn list(data: &ValueChain, lang: Lang) -> Vec<List> {
    let (mut list, mut more) = (List::default(), false);
    for first in 0..data.entities.len() {
        // Paths that begin at the smallest of their organisations, so that each circle is found
        // once.
        let mut open = vec![vec![first]];
        while let Some(path) = open.pop() {
            let Some(&last) = path.last() else { continue };
            for next in partners(data, last) {
                let (full, crowded) = (list.lines.len() >= MAX_CYCLES, open.len() >= MAX_PATHS);
                if next == first && !full {
                    list.lines.push((first as u32, cycle(data, &path, lang)));
                } else if next > first
                    && path.len() < MAX_LENGTH
                    && !path.contains(&next)
                    && !crowded
                {
                    let mut longer = path.clone();
                    longer.push(next);
                    open.push(longer);
                }
                more |= next == first && full || crowded;
            }
        }
    }
    if list.lines.is_empty() {
        return Vec::new();
    }
    list.title = fill(
        lang,
        if more {
            "조직 4곳 이하가 돌고 도는 거래 {0}건 이상|At least {0} circular deals among up to four"
        } else {
            "조직 4곳 이하가 돌고 도는 거래 {0}건|{0} circular deal{0|s} among up to four"
        },
        &[&count(list.lines.len(), lang)],
    );
    vec![list]
}

/// To whom an organisation gives money or goods, each once.
fn partners(data: &ValueChain, from: usize) -> Vec<usize> {
    let mut partners: Vec<usize> = Vec::new();
    for link in data.links.iter().filter(|l| l.from == from && is_deal(l)) {
        if !partners.contains(&link.to) {
            partners.push(link.to);
        }
    }
    partners
}

/// One circle: each step with its relations and what is known of their amounts, which are of too
/// many kinds to have a sum.
fn cycle(data: &ValueChain, path: &[usize], lang: Lang) -> String {
    let mut words = String::new();
    for (step, &from) in path.iter().enumerate() {
        let to = path.get(step + 1).or(path.first()).copied().unwrap_or(from);
        let mut deals = String::new();
        for link in data.links.iter().filter(|l| l.from == from && l.to == to) {
            if is_deal(link) {
                let mut deal = text::relation(link.relation, lang).to_string();
                append(&mut deal, " ", amount(link, lang));
                let status = text::status(&link.status, lang);
                append(&mut deal, " · ", reservations(status, lang));
                also(&mut deals, lang, &deal);
            }
        }
        let (from, to) = (short_name(data, from, lang), short_name(data, to, lang));
        let step = fill(lang, "{0} → {1} ({2})", &[from, to, &deals]);
        append(&mut words, say(lang, "; |; "), &step);
    }
    words
}
