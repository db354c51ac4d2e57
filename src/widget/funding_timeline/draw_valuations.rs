//! What an organisation was said to be worth: a line of steps below the dots of its lane, where
//! time runs to the right. Not here: the room that it has.

use super::dimensions::{DAY_MS, SMALL};
use super::dot_labels::is_free;
use super::draw_context::DrawContext;
use super::groups::Group;
use super::view_state::GroupBy;
use crate::abi::{NO_DATUM, mark_style, pattern, shape};
use crate::data::funding::Kind;
use crate::scene::Align;
use crate::text::{self, say};
use crate::widget::figure_builder::plain;
use crate::widget::palette::fade;

/// Thousands of steps are no line that anybody can read.
const MAX_STEPS: usize = 2_000;
const LOWER_VALUATION: &str = "▼ 기업가치 하락|▼ Lower valuation than before";

/// A valuation in the picture.
struct Step {
    x: f32,
    y: f32,
    value: f64,
    datum: u32,
}

impl DrawContext<'_> {
    /// From one valuation to the next, on a logarithmic scale that all lanes share, between two
    /// heights. Where the organisation was bought the lane ends.
    pub(super) fn valuations(
        &mut self,
        lane: usize,
        group: Group,
        (top, bottom): (f32, f32),
        taken: &mut Vec<[f32; 4]>,
    ) {
        let group_by = self.prepared.group_by;
        let sold = self.sold_at(group);
        if sold < self.frame.time_ends.1 {
            self.sold(sold, (top, bottom));
        }
        let steps = self.steps(lane, (top, bottom));
        if steps.is_empty() || steps.len() > MAX_STEPS {
            return;
        }
        // Another one's line steps back from what is selected.
        let key = self.widget.group_key(group_by, group.id);
        let own = self.pen.view.is_selected(Some(key), NO_DATUM);
        let strength = if self.has_selection && !own {
            0.35
        } else {
            0.8
        };
        let color = self.widget.color(&self.pen.palette, group_by, group.id);
        self.step_lines(&steps, sold, fade(color, strength), taken);
        self.step_labels(&steps, bottom, taken);
    }

    /// Where along time the organisation of a lane was bought; infinite for never.
    fn sold_at(&self, group: Group) -> f32 {
        let mut sold = f32::INFINITY;
        if self.prepared.group_by != GroupBy::Org || self.widget.columns.is_some() {
            return sold;
        }
        for event in &self.widget.data.events {
            let buys = event.kind == Kind::Acquisition
                && !event.status.is_open()
                && event.target.is_some_and(|target| target + 1 == group.id);
            if let (true, Some(when)) = (buys, event.when) {
                let (from, to) = when.days();
                sold = sold.min(self.x((from + to) / 2.0));
            }
        }
        sold
    }

    /// The end of a lane whose organisation was bought.
    fn sold(&mut self, at: f32, (top, bottom): (f32, f32)) {
        let (low, high) = self.frame.time_ends;
        let palette = self.pen.palette;
        self.pen.mark(
            [at.max(low), top - 4.0, high, bottom + 4.0],
            0,
            palette.hairline,
            mark_style(shape::RECT, pattern::HATCH, 0.0, 0.0, false),
            NO_DATUM,
        );
        if at >= low {
            let line = [at - 1.0, top, at + 1.0, bottom];
            self.pen.rect(line, palette.secondary);
        }
    }

    /// The valuations of a lane, in order of time.
    fn steps(&self, lane: usize, (top, bottom): (f32, f32)) -> Vec<Step> {
        let (widget, prepared) = (self.widget, self.prepared);
        let (mut min, mut max) = (f64::INFINITY, 0.0_f64);
        for &(_, rank) in &prepared.valuations {
            if let Some(value) = widget.valuation(rank as usize) {
                min = min.min(value);
                max = max.max(value);
            }
        }
        let reach = (max / min).ln().max(1e-9);
        let height = f64::from(bottom - top - 26.0).max(8.0);
        let mut steps = Vec::new();
        for &(of, rank) in &prepared.valuations {
            let rank = rank as usize;
            if let (true, Some(value)) = (usize::from(of) == lane, widget.valuation(rank)) {
                steps.push(Step {
                    x: self.x(widget.events.ms(rank) / DAY_MS),
                    y: bottom - 10.0 - (height * (value / min).ln() / reach) as f32,
                    value,
                    datum: widget.datum(rank),
                });
            }
        }
        steps
    }

    /// The line: from each valuation on to the next, and up or down to it. A fall has a mark.
    fn step_lines(&mut self, steps: &[Step], sold: f32, color: u32, taken: &mut Vec<[f32; 4]>) {
        let (low, high) = self.frame.time_ends;
        let mut last: Option<&Step> = None;
        for (at, step) in steps.iter().enumerate() {
            let (x, y) = (step.x, step.y);
            let until = steps
                .get(at + 1)
                .map_or(high, |next| next.x)
                .min(sold)
                .max(low)
                .min(high);
            let from = x.max(low).min(high);
            if until > from {
                let line = [from, y - 0.75, until, y + 0.75];
                self.pen.mark(line, color, 0, plain(), step.datum);
                taken.push(line);
            }
            if let Some(last) = last.filter(|_| (low..=high).contains(&x)) {
                let (upper, lower) = (y.min(last.y), y.max(last.y));
                let line = [x - 0.75, upper - 0.75, x + 0.75, lower + 0.75];
                self.pen.mark(line, color, 0, plain(), step.datum);
                taken.push(line);
                if step.value < last.value {
                    self.fall(step);
                }
            }
            last = Some(step);
        }
    }

    /// The mark of a valuation that is lower than the one before, and its entry in the legend.
    fn fall(&mut self, step: &Step) {
        let ink = self.pen.palette.ink;
        self.pen.mark(
            [step.x - 4.0, step.y + 1.0, step.x + 4.0, step.y + 8.0],
            ink,
            0,
            mark_style(shape::TRIANGLE_DOWN, pattern::SOLID, 0.0, 0.0, false),
            step.datum,
        );
        let words = say(self.pen.view.lang, LOWER_VALUATION);
        if self.pen.picture.legend.iter().all(|key| key.label != words) {
            self.pen.key(LOWER_VALUATION, ink, "swatch");
        }
    }

    /// Figures above the step, below it, or before it: nothing crosses a figure.
    fn step_labels(&mut self, steps: &[Step], bottom: f32, taken: &mut Vec<[f32; 4]>) {
        let view = self.pen.view;
        let (low, high) = self.frame.time_ends;
        for &Step { x, y, value, datum } in steps {
            // As it is printed, with its «about» and «at least».
            let printed = self.widget.event(datum).and_then(|e| e.valuation.as_ref());
            let words = printed.map_or_else(
                || self.widget.derived_money(value, view.lang),
                |money| text::money(money, view.lang),
            );
            let width = view.metrics.width(&words, SMALL.size_css, false) + 2.0;
            let places = [(x + 3.0, 15.0), (x + 3.0, -1.0), (x - 4.0 - width, 7.0)];
            let free = places
                .into_iter()
                .map(|(left, above)| [left, y - above, left + width, y - above + 14.0])
                .find(|rect| {
                    is_free(taken, *rect)
                        && x >= low
                        && rect[0] >= low
                        && rect[2] <= high + 8.0
                        && rect[3] <= bottom + 3.0
                });
            if let Some(rect) = free {
                let color = self.pen.palette.secondary;
                self.label_on_ground(rect, &words, Align::Start, color, datum);
                taken.push(rect);
            }
        }
    }
}
