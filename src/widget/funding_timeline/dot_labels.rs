//! Labels of dots, name and sum, where they are free of other dots and labels. Not here: names
//! beside a column of time.

use super::FundingTimelineWidget;
use super::dimensions::{DOT_RADIUS_CSS, SMALL};
use super::dot::PlacedDot;
use super::events::{event_date, event_sum};
use crate::data::funding::{Event, Kind, Money};
use crate::layout::order;
use crate::layout::scale::Time;
use crate::text::{self, append};
use crate::widget::View;
use crate::widget::fit::broken;

/// Dots in view up to which each label has a second line: date and sum.
const MAX_DOTS_WITH_SECOND_LINE: usize = 14;
/// Between the name and the sum of a label.
pub(super) const SUM_GAP_CSS: f32 = 4.0;
/// A name that leaves its sum no room is shortened to this.
const MAX_SHORT_NAME_CSS: f32 = 110.0;
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

    /// The date of an event.
    pub(super) fn date(&self, rank: usize, view: &View) -> String {
        if self.columns.is_some() {
            return self.column_date(rank, view.lang);
        }
        let event = self.data.events.get(self.datum(rank) as usize);
        event.map_or(String::new(), |event| event_date(event, "", view.lang))
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

    /// The sum of an event as its label has it; empty where there is none, or where the name says
    /// it already.
    pub(super) fn label_sum(&self, rank: usize, view: &View) -> String {
        if self.columns.is_some() {
            let amount = self.column_amount(rank);
            return amount.map_or(String::new(), |_| self.column_sum(rank, view.lang));
        }
        let event = self.data.events.get(self.datum(rank) as usize);
        let Some((event, money)) = event.and_then(|event| Some((event, stated(event)?))) else {
            return String::new();
        };
        if text::says_sum(event.label.get(view.lang), money.value) {
            return String::new();
        }
        text::money(money, view.lang)
    }

    /// What a label may say, the best first: name and sum, a shorter name and the sum, the name.
    fn label_forms(&self, rank: usize, view: &View) -> Vec<Words> {
        let (name, sum) = (self.label(rank, view), self.label_sum(rank, view));
        let mut forms = Vec::new();
        if !sum.is_empty() {
            forms.push(Words::new(view, name.clone(), sum.clone()));
            let size = SMALL.size_css;
            let short = broken(&view.metrics, &name, size, false, MAX_SHORT_NAME_CSS, 1);
            if short != name && !short.is_empty() {
                forms.push(Words::new(view, short, sum));
            }
        }
        forms.push(Words::new(view, name, String::new()));
        forms
    }

    /// Gives a dot its label on one side, if the picture has room there.
    pub(super) fn try_label(
        &self,
        dot: &mut PlacedDot,
        view: &View,
        time: &Time,
        left: bool,
    ) -> bool {
        let forms = self.label_forms(dot.rank, view);
        forms
            .into_iter()
            .any(|words| set_beside(dot, words, time, left))
    }

    /// Labels for whoever has free space, the largest first and then in order of time; a second
    /// line, date and sum, where there is room and few are in view.
    pub(super) fn label_free_dots(
        &self,
        view: &View,
        time: &Time,
        dots: &mut [PlacedDot],
        taken: &mut Vec<[f32; 4]>,
        room: (f32, f32),
    ) {
        take_dots(dots, taken);
        let second_lines = dots.len() <= MAX_DOTS_WITH_SECOND_LINE;
        let mut keys = Vec::new();
        for dot in dots.iter() {
            keys.push(-self.importance(dot.rank));
        }
        for (_, at) in order(&keys) {
            let Some(dot) = dots.get_mut(at) else {
                continue;
            };
            for words in self.label_forms(dot.rank, view) {
                if dot.label.is_empty() {
                    label_beside(time, dot, taken, &words);
                }
                if dot.label.is_empty() && dot.is_bar() {
                    label_over_bar(time, dot, taken, &words, room.0);
                }
                if dot.label.is_empty() && !dot.is_bar() {
                    label_across(time, dot, taken, &words, room);
                }
            }
            if second_lines && !dot.label.is_empty() && !dot.over && dot.across.is_none() {
                self.add_second_line(view, time, dot, taken, room.1);
            }
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
        // The sum once.
        let words = if dot.sum.is_empty() {
            self.date_and_sum(dot.rank, view)
        } else {
            self.date(dot.rank, view)
        };
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
                dot.unlabel();
            }
        }
    }
}

/// A label: name and sum, with the width of both.
#[derive(Clone)]
struct Words {
    name: String,
    sum: String,
    width: f32,
}

impl Words {
    fn new(view: &View, name: String, sum: String) -> Self {
        let mut width = view.metrics.width(&name, SMALL.size_css, SMALL.bold);
        if !sum.is_empty() {
            width += SUM_GAP_CSS + view.metrics.width(&sum, SMALL.size_css, true);
        }
        Self { name, sum, width }
    }

    fn set(&self, dot: &mut PlacedDot) {
        dot.label.clone_from(&self.name);
        dot.sum.clone_from(&self.sum);
        dot.label_width = self.width;
    }
}

/// Gives a dot a label on one side, if the picture has room there.
fn set_beside(dot: &mut PlacedDot, words: Words, time: &Time, left: bool) -> bool {
    let (x0, x1) = dot.ends();
    let fits = if left {
        x0 - words.width - 5.0 >= time.x0 as f32 - 4.0
    } else {
        x1 + words.width + 5.0 <= time.x1 as f32 + 8.0
    };
    if !words.name.is_empty() && fits && x1 >= time.x0 as f32 && x0 <= time.x1 as f32 {
        words.set(dot);
        dot.left = left;
        return true;
    }
    false
}

/// A label on the right or else on the left, where that is free.
fn label_beside(time: &Time, dot: &mut PlacedDot, taken: &mut Vec<[f32; 4]>, words: &Words) {
    let (x0, x1) = dot.ends();
    for left in [false, true] {
        if !dot.label.is_empty() || !set_beside(dot, words.clone(), time, left) {
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
            dot.unlabel();
        }
    }
}

/// A bar that leaves no room beside it has some over it.
fn label_over_bar(
    time: &Time,
    dot: &mut PlacedDot,
    taken: &mut Vec<[f32; 4]>,
    words: &Words,
    top: f32,
) {
    let left =
        dot.centre().max(time.x0 as f32).min(time.x1 as f32) + dot.radius.max(DOT_RADIUS_CSS) + 3.0;
    let wanted = [
        left,
        dot.middle() - 17.5,
        left + words.width + 3.0,
        dot.middle() - 3.5,
    ];
    if wanted[1] >= top && wanted[2] <= time.x1 as f32 && is_free(taken, wanted) {
        taken.push(wanted);
        words.set(dot);
        dot.over = true;
    }
}

/// A label above a dot or else below it, where that is free.
fn label_across(
    time: &Time,
    dot: &mut PlacedDot,
    taken: &mut Vec<[f32; 4]>,
    words: &Words,
    (top, bottom): (f32, f32),
) {
    let centre = dot.centre();
    let half = words.width / 2.0 + 2.0;
    let inside = centre - half >= time.x0 as f32 - 4.0 && centre + half <= time.x1 as f32 + 8.0;
    if !inside || words.name.is_empty() {
        return;
    }
    for y in [dot.top - LINE_HEIGHT_CSS, dot.top + dot.radius * 2.0] {
        let wanted = [centre - half, y, centre + half, y + LINE_HEIGHT_CSS];
        if y >= top && wanted[3] <= bottom && is_free(taken, wanted) {
            taken.push(wanted);
            words.set(dot);
            dot.across = Some(y);
            return;
        }
    }
}

/// The sum that an event is about.
fn stated(event: &Event) -> Option<&Money> {
    if event.kind == Kind::Valuation {
        event.valuation.as_ref()
    } else {
        event.amount.as_ref()
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
