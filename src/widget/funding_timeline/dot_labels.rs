//! Labels beside dots, where they are free of other dots and labels. Not here: names beside a
//! column of time.

use super::FundingTimelineWidget;
use super::dimensions::{DOT_RADIUS_CSS, SMALL};
use super::dot::PlacedDot;
use super::events::{event_date, event_sum};
use crate::layout::order;
use crate::layout::scale::Time;
use crate::text::append;
use crate::widget::View;

/// Dots in view up to which each label has a second line: date and sum.
const MAX_DOTS_WITH_SECOND_LINE: usize = 14;
/// Height of a line.
const LINE_HEIGHT_CSS: f32 = 15.0;
/// Labels of a lane that has too many dots to try them all.
const MAX_LABELS_OF_DENSE_LANE: usize = 10;

impl FundingTimelineWidget {
    /// What an event is called in the picture.
    pub(super) fn label(&self, rank: usize, view: &View) -> String {
        if self.columns.is_some() {
            return self.column_label(rank, view.lang);
        }
        let Some(event) = self.data.events.get(self.datum(rank) as usize) else {
            return String::new();
        };
        let mut label = event.label.get(view.lang).to_string();
        if event.status.disputed {
            label.push('†');
        }
        label
    }

    /// Date and sum of an event, as its tooltip has them.
    pub(super) fn date_and_sum(&self, rank: usize, view: &View) -> String {
        let mut words;
        if self.columns.is_some() {
            words = self.column_date(rank, view.lang);
            append(&mut words, " · ", self.column_sum(rank, view.lang));
        } else if let Some(event) = self.data.events.get(self.datum(rank) as usize) {
            words = event_date(event, "", view.lang);
            append(&mut words, " · ", event_sum(event, view.lang));
        } else {
            words = String::new();
        }
        words
    }

    /// Gives a dot its label on one side, if the picture has room there.
    pub(super) fn try_label(
        &self,
        dot: &mut PlacedDot,
        view: &View,
        time: &Time,
        left: bool,
    ) -> bool {
        let label = self.label(dot.rank, view);
        let width = view.metrics.width(&label, SMALL.size_css, SMALL.bold);
        let (x0, x1) = dot.ends();
        let fits = if left {
            x0 - width - 5.0 >= time.x0 as f32 - 4.0
        } else {
            x1 + width + 5.0 <= time.x1 as f32 + 8.0
        };
        if fits && x1 >= time.x0 as f32 && x0 <= time.x1 as f32 {
            (dot.label, dot.label_width, dot.left) = (label, width, left);
            return true;
        }
        false
    }

    /// Labels for whoever has free space on the right or else on the left, in order of time; a
    /// second line, date and sum, where there is room and few are in view.
    pub(super) fn label_free_dots(
        &self,
        view: &View,
        time: &Time,
        dots: &mut [PlacedDot],
        taken: &mut Vec<[f32; 4]>,
        (top, bottom): (f32, f32),
    ) {
        take_dots(dots, taken);
        let second_lines = dots.len() <= MAX_DOTS_WITH_SECOND_LINE;
        for dot in dots.iter_mut() {
            self.label_beside(view, time, dot, taken);
            if dot.label.is_empty() && dot.is_bar() {
                self.label_over_bar(view, time, dot, taken, top);
            }
            if second_lines && !dot.label.is_empty() && !dot.over {
                self.add_second_line(view, time, dot, taken, bottom);
            }
        }
    }

    /// A label on the right or else on the left.
    fn label_beside(
        &self,
        view: &View,
        time: &Time,
        dot: &mut PlacedDot,
        taken: &mut Vec<[f32; 4]>,
    ) {
        let (x0, x1) = dot.ends();
        for left in [false, true] {
            if !dot.label.is_empty() || !self.try_label(dot, view, time, left) {
                continue;
            }
            let rect = dot.rect();
            let (from, to) = if left {
                (rect[0], x0 - 3.0)
            } else {
                (x1 + 3.0, rect[2])
            };
            let wanted = [from, dot.middle() - 7.5, to, dot.middle() + 7.5];
            if is_free(taken, wanted) {
                taken.push(wanted);
            } else {
                dot.label.clear();
                dot.left = false;
            }
        }
    }

    /// A bar that leaves no room beside it has some over it.
    fn label_over_bar(
        &self,
        view: &View,
        time: &Time,
        dot: &mut PlacedDot,
        taken: &mut Vec<[f32; 4]>,
        top: f32,
    ) {
        let label = self.label(dot.rank, view);
        let width = view.metrics.width(&label, SMALL.size_css, SMALL.bold);
        let left = dot.centre().max(time.x0 as f32).min(time.x1 as f32)
            + dot.radius.max(DOT_RADIUS_CSS)
            + 3.0;
        let wanted = [
            left,
            dot.middle() - 17.5,
            left + width + 3.0,
            dot.middle() - 3.5,
        ];
        if wanted[1] >= top && wanted[2] <= time.x1 as f32 && is_free(taken, wanted) {
            taken.push(wanted);
            (dot.label, dot.label_width, dot.over) = (label, width, true);
        }
    }

    /// Date and sum under a label, above the end of the lane's dots.
    fn add_second_line(
        &self,
        view: &View,
        time: &Time,
        dot: &mut PlacedDot,
        taken: &mut Vec<[f32; 4]>,
        bottom: f32,
    ) {
        let (x0, x1) = dot.ends();
        let words = self.date_and_sum(dot.rank, view);
        let width = view.metrics.width(&words, SMALL.size_css, SMALL.bold);
        let (left, right) = if dot.left {
            (x0 - 7.0 - width, x0 - 4.0)
        } else {
            (x1 + 4.0, x1 + 7.0 + width)
        };
        let top = dot.middle() + 7.5;
        let wanted = [left, top, right, top + LINE_HEIGHT_CSS];
        if left >= time.x0 as f32 - 4.0
            && right <= time.x1 as f32 + 8.0
            && wanted[3] <= bottom
            && is_free(taken, wanted)
        {
            taken.push(wanted);
            dot.second_line = words;
        }
    }

    /// Labels of the few largest of many.
    pub(super) fn label_largest(
        &self,
        view: &View,
        time: &Time,
        dots: &mut [PlacedDot],
        taken: &mut Vec<[f32; 4]>,
    ) {
        let mut keys = Vec::new();
        for dot in dots.iter() {
            keys.push(-self.importance(dot.rank));
            taken.push(dot.rect());
        }
        for (_, at) in order(&keys).into_iter().take(MAX_LABELS_OF_DENSE_LANE) {
            let Some(dot) = dots.get_mut(at) else {
                continue;
            };
            let (_, x1) = dot.ends();
            if !self.try_label(dot, view, time, false) {
                continue;
            }
            let wanted = [
                x1 + 3.0,
                dot.middle() - 7.5,
                dot.rect()[2],
                dot.middle() + 7.5,
            ];
            if is_free(taken, wanted) {
                taken.push(wanted);
            } else {
                dot.label.clear();
            }
        }
    }
}

/// What dots and bars, with labels that they have already, leave to no other label.
fn take_dots(dots: &[PlacedDot], taken: &mut Vec<[f32; 4]>) {
    for dot in dots {
        if dot.is_bar() && dot.label.is_empty() {
            // A dot, and a thin line.
            taken.push([
                dot.centre() - dot.radius,
                dot.top,
                dot.centre() + dot.radius,
                dot.top + dot.radius * 2.0,
            ]);
            taken.push([dot.from, dot.middle() - 3.5, dot.to, dot.middle() + 3.5]);
        } else {
            taken.push(dot.rect());
        }
    }
}

/// Whether a box has 2 px of space sideways from all others, and is not over or under one.
pub(super) fn is_free(taken: &[[f32; 4]], b: [f32; 4]) -> bool {
    taken
        .iter()
        .all(|t| t[2] + 2.0 <= b[0] || t[0] >= b[2] + 2.0 || t[3] <= b[1] || t[1] >= b[3])
}
