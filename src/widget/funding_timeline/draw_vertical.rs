//! The timeline on a narrow page: time runs down, one column of dots for all lanes, and their names
//! beside them. Not here: which events are candidates.

use super::dimensions::SMALL;
use super::dot::PlacedDot;
use super::draw_context::{DrawContext, is_stop};
use super::draw_dot::FADED_WORDS;
use super::frame::{DOT_COLUMN_CSS, NAMES_OFFSET_CSS, VERTICAL_DENSITY_CSS, VERTICAL_GAP_CSS};
use crate::abi::{NO_DATUM, Ribbon, line};
use crate::layout::lanes::settle;
use crate::layout::{ascending, order};
use crate::widget::figure_builder::Font;
use crate::widget::fit::broken;
use crate::widget::fit_lines;
use crate::widget::palette::fade;

/// Height of a name with its date and sum.
const ENTRY_HEIGHT_CSS: f32 = 29.0;
/// From the top of a name to the middle of its first line.
const FIRST_LINE_MIDDLE_CSS: f32 = 8.0;
/// How far a name may stand from its dot.
const MAX_NAME_SHIFT_CSS: f32 = 90.0;
/// Between a date and the sum behind it.
const SUM_SPACE_CSS: f32 = 6.0;
/// Stops of the keyboard.
const MAX_STOPS: usize = 400;
/// Events of each lane that are candidates for a dot.
const MAX_DOTS_PER_LANE: usize = 120;

/// A name that has room beside the column.
struct Name {
    /// Place of its dot in the list of dots.
    dot: usize,
    label: String,
    /// The middle of the dot along time.
    centre: f32,
}

impl DrawContext<'_> {
    /// Draws all lanes as one column.
    pub(super) fn column(&mut self) {
        let (low, high) = self.frame.time_ends;
        let (dots, complete) = self.column_dots();
        if !complete {
            self.column_density();
        }
        self.names(
            &dots,
            self.frame.names_width + NAMES_OFFSET_CSS,
            (low - 6.0, high + 6.0),
        );
        // Lane by lane, so that ↑ and ↓ know which is which.
        let stops = self.stops(&dots, MAX_STOPS);
        let mut keys = Vec::new();
        for dot in &dots {
            keys.push(f64::from(dot.datum));
        }
        let sorted = ascending(&keys);
        for lane in 0..self.prepared.lanes.len() {
            self.pen.picture.groups.push(String::new());
            for &at in &sorted {
                if let Some(dot) = dots
                    .get(at as usize)
                    .filter(|dot| usize::from(self.prepared.pyramid.lane(dot.rank)) == lane)
                {
                    self.event(dot, is_stop(&stops, dot));
                }
            }
        }
    }

    /// The dots that have room in the column, the most important first, and whether these are all
    /// events.
    fn column_dots(&self) -> (Vec<PlacedDot>, bool) {
        let left =
            self.frame.names_width + VERTICAL_GAP_CSS + VERTICAL_DENSITY_CSS + VERTICAL_GAP_CSS;
        let (candidates, mut complete) = self.widget.dots_of_all_lanes(
            self.pen.view,
            self.prepared,
            &self.time,
            MAX_DOTS_PER_LANE,
        );
        let mut keys = Vec::new();
        for dot in &candidates {
            keys.push(-self.widget.importance(dot.rank));
        }
        let (mut placed, mut spans) = (Vec::new(), Vec::new());
        for (_, at) in order(&keys) {
            if let Some(dot) = candidates.get(at) {
                let (x0, x1) = dot.ends();
                spans.push((f64::from(x0), f64::from(x1), f64::from(dot.radius * 2.0)));
                placed.push(dot.clone());
            }
        }
        let mut kept: Vec<PlacedDot> = Vec::new();
        let places = settle(&spans, 1.5, DOT_COLUMN_CSS.into());
        for (mut dot, y) in placed.into_iter().zip(places) {
            match y {
                Some(y) => {
                    dot.top = left + y as f32;
                    kept.push(dot);
                }
                None => complete = false,
            }
        }
        (kept, complete)
    }

    /// The density of all lanes together, beside the axis.
    fn column_density(&mut self) {
        let left = self.frame.names_width + VERTICAL_GAP_CSS;
        let mut bins = self.bins();
        let mut max_count = 0;
        // The first lane takes the counts of all.
        for lanes in bins.cells.chunks_mut(self.prepared.lanes.len().max(1)) {
            let mut count = 0;
            for cell in lanes.iter() {
                count += cell.count;
            }
            max_count = max_count.max(count);
            if let Some(first) = lanes.first_mut() {
                first.count = count;
            }
        }
        if max_count > 0 {
            self.density_legend(max_count);
            let color = self
                .widget
                .color(&self.pen.palette, self.prepared.group_by, 0);
            let across = (left, left + VERTICAL_DENSITY_CSS);
            self.density(&bins, 0, max_count, across, color);
        }
    }

    /// Names beside the column, those of the most important events, moved apart and tied to their
    /// dots by a hairline.
    fn names(&mut self, dots: &[PlacedDot], left: f32, bounds: (f32, f32)) {
        let names = self.choose_names(dots, left, bounds);
        let mut keys = Vec::new();
        for name in &names {
            keys.push(f64::from(name.centre));
        }
        let (mut sorted, mut tops) = (Vec::new(), Vec::new());
        for at in ascending(&keys) {
            if let Some(name) = names.get(at as usize) {
                sorted.push(name);
                tops.push(name.centre - FIRST_LINE_MIDDLE_CSS);
            }
        }
        spread(&mut tops, ENTRY_HEIGHT_CSS, bounds);
        for (name, top) in sorted.into_iter().zip(tops) {
            if let Some(dot) = dots.get(name.dot) {
                self.name(dot, name, left, top);
            }
        }
    }

    /// The names that have room near their dots.
    fn choose_names(&self, dots: &[PlacedDot], left: f32, bounds: (f32, f32)) -> Vec<Name> {
        let view = self.pen.view;
        let width = view.width_css - left;
        let (begin, end) = self.frame.time_ends;
        let mut names: Vec<Name> = Vec::new();
        let mut slots: Vec<f32> = Vec::new();
        for (at, dot) in dots.iter().enumerate() {
            let centre = dot.centre();
            if centre < begin || centre > end {
                continue;
            }
            // A name of an event at the very end begins before it.
            let last = (bounds.1 - ENTRY_HEIGHT_CSS).max(bounds.0);
            let wanted = (centre - FIRST_LINE_MIDDLE_CSS).max(bounds.0).min(last);
            let Some(slot) = nearest_slot(&slots, wanted, bounds) else {
                continue;
            };
            let full = self.widget.label(dot.rank, view);
            let size = SMALL.size_css;
            // A name of two lines leaves no room for a sum.
            let sum = self.widget.label_sum(dot.rank, view);
            let label = if sum.is_empty() {
                fit_lines(&view.metrics, &full, size, true, width - 2.0, 2).to_string()
            } else {
                broken(&view.metrics, &full, size, true, width - 2.0, 1)
            };
            if !label.is_empty() {
                slots.push(slot);
                names.push(Name {
                    dot: at,
                    label,
                    centre,
                });
            }
        }
        names
    }

    /// One name with date and sum, and the hairline from its dot.
    fn name(&mut self, dot: &PlacedDot, name: &Name, left: f32, top: f32) {
        let (widget, view, palette) = (self.widget, self.pen.view, self.pen.palette);
        let width = view.width_css - left;
        let strength = if self.has_selection && !widget.is_selected(view, dot.datum) {
            FADED_WORDS
        } else {
            1.0
        };
        let color = fade(palette.secondary, 0.6 * strength);
        self.name_line(dot, left - 4.0, top + FIRST_LINE_MIDDLE_CSS, color);
        // A name of two lines leaves no room for date and sum, a long date none for the sum: half
        // of one says something else.
        let has_room =
            |words: &str, bold| view.metrics.width(words, SMALL.size_css, bold) <= width - 2.0;
        let lines = if has_room(&name.label, true) { 1 } else { 2 };
        self.pen.label(
            [left, top, left + width, top + 14.0 * lines as f32],
            &name.label,
            &Font {
                bold: true,
                lines,
                ..SMALL
            },
            fade(palette.ink, strength),
            dot.datum,
        );
        if lines == 1 {
            self.date_and_sum(dot, [left, top + 14.0, left + width, top + 28.0], strength);
        }
    }

    /// Date and sum below a name, the sum in bold; of a line that is too short for both the sum,
    /// for the axis says about when.
    fn date_and_sum(&mut self, dot: &PlacedDot, rect: [f32; 4], strength: f32) {
        let (widget, view, palette) = (self.widget, self.pen.view, self.pen.palette);
        let [left, top, right, bottom] = rect;
        let width = |words: &str, bold| view.metrics.width(words, SMALL.size_css, bold);
        let room = right - left - 2.0;
        let secondary = fade(palette.secondary, strength);
        let sum = widget.label_sum(dot.rank, view);
        if sum.is_empty() {
            let date = widget.date(dot.rank, view);
            let words = [widget.date_and_sum(dot.rank, view), date];
            let fitted = words.iter().find(|words| width(words, false) <= room);
            let fitted = fitted.map_or("", String::as_str);
            self.pen.label(rect, fitted, &SMALL, secondary, dot.datum);
            return;
        }
        let date = widget.date(dot.rank, view);
        let mut from = left;
        if width(&date, false) + SUM_SPACE_CSS + width(&sum, true) <= room {
            from += width(&date, false) + SUM_SPACE_CSS;
            let rect = [left, top, from, bottom];
            self.pen.label(rect, &date, &SMALL, secondary, dot.datum);
        }
        let bold = Font {
            bold: true,
            ..SMALL
        };
        if width(&sum, true) <= room {
            let ink = fade(palette.ink, strength);
            self.pen
                .label([from, top, right, bottom], &sum, &bold, ink, dot.datum);
        }
    }

    /// The hairline from a dot to its name.
    fn name_line(&mut self, dot: &PlacedDot, to: f32, y: f32, fill: u32) {
        let centre = dot.centre();
        let from = dot.top + dot.radius * 2.0 + 1.0;
        let half = (to - from).max(0.0) / 2.0;
        self.pen.picture.scene.ribbons.push(Ribbon {
            start_css: [from, centre, from + half, centre],
            end_css: [to - half, y, to, y],
            half_width_css: 0.5,
            fill,
            style: line::SOLID,
            datum: NO_DATUM,
        });
    }
}

/// The nearest free place of a name: where it wants to be, or before or after one that stands; not
/// too far.
fn nearest_slot(slots: &[f32], wanted: f32, (low, high): (f32, f32)) -> Option<f32> {
    let mut best = (MAX_NAME_SHIFT_CSS, None);
    for nth in 0..=slots.len() * 2 {
        let step = if nth % 2 == 0 {
            -ENTRY_HEIGHT_CSS
        } else {
            ENTRY_HEIGHT_CSS
        };
        let place = if nth == 0 {
            wanted
        } else {
            slots.get((nth - 1) / 2).map_or(wanted, |slot| slot + step)
        };
        let distance = (place - wanted).abs();
        let free = place >= low
            && place + ENTRY_HEIGHT_CSS <= high
            && slots
                .iter()
                .all(|slot| (slot - place).abs() >= ENTRY_HEIGHT_CSS - 0.01);
        if distance < best.0 && free {
            best = (distance, Some(place));
        }
    }
    best.1
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
    let mut lower = low;
    let mut left = places.len() as f32;
    for (sum, count) in blocks {
        // Room for those that follow, and none before those that were.
        let begin = (sum / count).min(high - left * apart).max(lower);
        for nth in 0..count as usize {
            if let Some(place) = places.get_mut(at) {
                *place = begin + nth as f32 * apart;
            }
            at += 1;
        }
        lower = begin + count * apart;
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
