//! The timeline on a narrow page: time runs down, one column of dots, and their names beside them.

use super::dot_layout::{Placed, SMALL};
use super::draw::{Draw, is_stop};
use crate::abi::{NO_DATUM, Ribbon, line};
use crate::layout::lanes::settle;
use crate::layout::{ascending, order};
use crate::widget::figure_builder::Font;
use crate::widget::fit_lines;

/// Breadth of the density, of the gap beside it, and of the column of dots, CSS px.
const DENSITY: f32 = 10.0;
const GAP: f32 = 5.0;
const COLUMN: f32 = 74.0;
/// From the axis to the names, CSS px.
pub(super) const BESIDE: f32 = GAP + DENSITY + GAP + COLUMN + 12.0;
/// Height of a name with its date and sum, CSS px.
const ENTRY: f32 = 29.0;
/// How far a name may stand from its dot, CSS px.
const FAR: f32 = 90.0;
/// Stops of the keyboard.
const MOST_STOPS: usize = 400;
/// Events that are drawn one by one in each lane.
const MOST: usize = 120;

impl Draw<'_> {
    /// Draws all lanes as one.
    pub(super) fn column(&mut self) {
        let (widget, ready, view) = (self.widget, self.ready, self.pen.view);
        let (low, high) = self.frame.ends;
        let edge = self.frame.names + GAP;
        let left = edge + DENSITY + GAP;
        let (candidates, mut all) = widget.of_all_lanes(view, ready, &self.time, MOST);
        // The most important first.
        let mut keys = Vec::new();
        for p in &candidates {
            keys.push(-widget.importance(p.rank));
        }
        let (mut placed, mut spans) = (Vec::new(), Vec::new());
        for (_, at) in order(&keys) {
            if let Some(p) = candidates.get(at) {
                let (x0, x1) = p.ends();
                spans.push((f64::from(x0), f64::from(x1), f64::from(p.radius * 2.0)));
                placed.push(p.clone());
            }
        }
        let mut kept: Vec<Placed> = Vec::new();
        for (mut p, y) in placed.into_iter().zip(settle(&spans, 1.5, COLUMN.into())) {
            match y {
                Some(y) => {
                    p.top = left + y as f32;
                    kept.push(p);
                }
                None => all = false,
            }
        }
        if !all {
            let (cells, first, width) = self.bins();
            let lanes = ready.lanes.len().max(1);
            let mut merged = cells.clone();
            let mut most = 0;
            for (sum, column) in merged.chunks_mut(lanes).zip(cells.chunks(lanes)) {
                let mut number = 0;
                for cell in column {
                    number += cell.count;
                }
                most = most.max(number);
                if let Some(first) = sum.first_mut() {
                    first.count = number;
                }
            }
            if most > 0 {
                self.density_keys(most);
                self.density(
                    &merged,
                    0,
                    (first, width),
                    most,
                    (edge, edge + DENSITY),
                    widget.color(&self.pen.palette, ready.by, 0),
                );
            }
        }
        self.names(&kept, self.frame.names + BESIDE, (low - 6.0, high + 6.0));
        // Lane by lane, so that ↑ and ↓ know which is which.
        let stops = self.stops(&kept, MOST_STOPS);
        let mut ranks = Vec::new();
        for p in &kept {
            ranks.push(f64::from(p.datum));
        }
        let sorted = ascending(&ranks);
        for lane in 0..ready.lanes.len() {
            self.pen.picture.groups.push(String::new());
            for &at in &sorted {
                if let Some(p) = kept
                    .get(at as usize)
                    .filter(|p| usize::from(ready.pyramid.lane(p.rank)) == lane)
                {
                    self.event(p, is_stop(&stops, p));
                }
            }
        }
    }

    /// Names beside the column, those of the most important events, moved apart and tied to their
    /// dots by a hairline.
    fn names(&mut self, placed: &[Placed], left: f32, (low, high): (f32, f32)) {
        let (widget, view, palette) = (self.widget, self.pen.view, self.pen.palette);
        let width = view.width_css - left;
        let (begin, end) = self.frame.ends;
        let mut wanted: Vec<(usize, String, f32)> = Vec::new();
        let mut slots: Vec<f32> = Vec::new();
        for (at, p) in placed.iter().enumerate() {
            if p.centre() < begin || p.centre() > end {
                continue;
            }
            // The nearest free place: where it wants to be, or before or after one that stands; not
            // too far.
            let want = p.centre() - 8.0;
            let mut best = (FAR, None);
            for nth in 0..=slots.len() * 2 {
                let step = if nth % 2 == 0 { -ENTRY } else { ENTRY };
                let place = if nth == 0 {
                    want
                } else {
                    slots.get((nth - 1) / 2).map_or(want, |slot| slot + step)
                };
                let far = (place - want).abs();
                let free = place >= low
                    && place + ENTRY <= high
                    && slots
                        .iter()
                        .all(|slot| (slot - place).abs() >= ENTRY - 0.01);
                if far < best.0 && free {
                    best = (far, Some(place));
                }
            }
            let Some(slot) = best.1 else { continue };
            let full = widget.label(p.rank, view);
            let label =
                fit_lines(&view.metrics, &full, SMALL.size_css, true, width - 2.0, 2).to_string();
            if !label.is_empty() {
                slots.push(slot);
                wanted.push((at, label, p.centre()));
            }
        }
        let mut keys = Vec::new();
        for one in &wanted {
            keys.push(f64::from(one.2));
        }
        let (mut sorted, mut tops) = (Vec::new(), Vec::new());
        for at in ascending(&keys) {
            if let Some(one) = wanted.get(at as usize) {
                sorted.push(at as usize);
                tops.push(one.2 - 8.0);
            }
        }
        spread(&mut tops, ENTRY, (low, high));
        for (at, top) in sorted.into_iter().zip(tops) {
            let Some((at, label, centre)) = wanted.get(at) else {
                continue;
            };
            let Some(p) = placed.get(*at) else { continue };
            let strength = if self.held && !widget.is_selected(view, p.datum) {
                0.45
            } else {
                1.0
            };
            let (ink, secondary) = (
                super::fade(palette.ink, strength),
                super::fade(palette.secondary, strength),
            );
            let y = top + 8.0;
            let from = p.top + p.radius * 2.0 + 1.0;
            let half = (left - 4.0 - from).max(0.0) / 2.0;
            self.pen.picture.scene.ribbons.push(Ribbon {
                start_css: [from, *centre, from + half, *centre],
                end_css: [left - 4.0 - half, y, left - 4.0, y],
                half_width_css: 0.5,
                fill: super::fade(palette.secondary, 0.6 * strength),
                style: line::SOLID,
                datum: NO_DATUM,
            });
            // A name of two lines leaves no room for date and sum, a long date none for the sum:
            // half of one says something else.
            let room =
                |words: &str, bold| view.metrics.width(words, SMALL.size_css, bold) <= width - 2.0;
            let lines = if room(label, true) { 1 } else { 2 };
            self.pen.label(
                [left, top, left + width, top + 14.0 * lines as f32],
                label,
                &Font {
                    bold: true,
                    lines,
                    ..SMALL
                },
                ink,
                p.datum,
            );
            let more = if lines == 1 {
                widget.more(p.rank, view)
            } else {
                String::new()
            };
            let date = more.split('·').next().unwrap_or("").trim_end();
            let fitted = [&*more, date]
                .into_iter()
                .find(|words| room(words, false))
                .unwrap_or("");
            self.pen.label(
                [left, top + 14.0, left + width, top + 28.0],
                fitted,
                &SMALL,
                secondary,
                p.datum,
            );
        }
    }
}

/// Moves places, which ascend, as little as possible (in squares) until they stand `apart` from
/// each other and lie between two bounds: neighbours that are too close become a block that stands
/// where its parts want to on average (pool adjacent violators).
fn spread(places: &mut [f32], apart: f32, (low, high): (f32, f32)) {
    // Sum of where its parts would have it begin, and how many there are.
    let mut blocks: Vec<(f32, f32)> = Vec::new();
    for &place in places.iter() {
        let mut block = (place, 1.0);
        while let Some(&(sum, count)) = blocks.last()
            && sum / count + count * apart > block.0 / block.1
        {
            // The later block begins after the earlier.
            block = (sum + block.0 - block.1 * count * apart, count + block.1);
            blocks.pop();
        }
        blocks.push(block);
    }
    let mut at = 0;
    let mut least = low;
    let mut left = places.len() as f32;
    for (sum, count) in blocks {
        // Room for those that follow, and none before those that were.
        let begin = (sum / count).min(high - left * apart).max(least);
        for nth in 0..count as usize {
            if let Some(place) = places.get_mut(at) {
                *place = begin + nth as f32 * apart;
            }
            at += 1;
        }
        least = begin + count * apart;
        left -= count;
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn places_that_are_far_enough_apart_stay_and_others_share_the_way() {
        let moved = |list: &[f32]| {
            let mut places = list.to_vec();
            spread(&mut places, 10.0, (0.0, 100.0));
            places
        };
        assert_eq!(moved(&[5.0, 20.0, 50.0]), [5.0, 20.0, 50.0]);
        assert_eq!(moved(&[50.0, 50.0]), [45.0, 55.0]);
        assert_eq!(moved(&[50.0, 50.0, 56.0]), [42.0, 52.0, 62.0]);
        assert_eq!(moved(&[-30.0, 99.0]), [0.0, 90.0]);
        assert_eq!(moved(&[90.0, 95.0, 99.0]), [70.0, 80.0, 90.0]);
        assert!(moved(&[]).is_empty());
    }
}
