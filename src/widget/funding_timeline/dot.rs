//! One event as a dot or a bar: where it is in time, how large, and how it looks. Not here: which
//! events are drawn, and where they stand across time.

use super::FundingTimelineWidget;
use super::dimensions::{DOT_RADIUS_CSS, VERTICAL_BELOW_CSS};
use super::kinds::lacks_amount;
use crate::data::funding::Event;
use crate::data::{Layer, Precision, Status};
use crate::layout::scale::{Area, Time, area_radius};
use crate::widget::View;

/// Radius of the smallest and of the largest amount; where time runs down the largest is smaller.
const MIN_RADIUS_CSS: f64 = 4.0;
const MAX_RADIUS_CSS: f64 = 15.0;
const MAX_RADIUS_VERTICAL_CSS: f64 = 10.0;
/// Height of a label.
const LABEL_HEIGHT_CSS: f32 = 15.0;
/// From this length on a day is drawn as long as it is.
const MIN_DAY_BAR_CSS: f32 = 60.0;

/// How an event is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DotStyle {
    pub(super) color: u32,
    /// Not yet: planned or in talks.
    pub(super) open: bool,
    /// Counted elsewhere.
    pub(super) pale: bool,
    /// No amount is given.
    pub(super) hollow: bool,
    pub(super) disputed: bool,
    /// «about» the amount, and the date.
    pub(super) soft: bool,
    pub(super) about: bool,
    /// The area is an amount.
    pub(super) sized: bool,
    /// Texture of its layer, as a mark's style has it.
    pub(super) grain: u32,
}

/// A dot before it is drawn: where it is in time, how large, and its words. x runs along time, y
/// across.
#[derive(Debug, Clone, Default)]
pub(super) struct PlacedDot {
    pub(super) rank: usize,
    pub(super) datum: u32,
    /// Ends of the period.
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) radius: f32,
    pub(super) top: f32,
    /// The day is not known, so the period is drawn.
    is_period: bool,
    pub(super) style: DotStyle,
    /// Empty for none.
    pub(super) label: String,
    /// A second line; empty for none.
    pub(super) second_line: String,
    pub(super) label_width: f32,
    /// The sum behind the label; empty for none.
    pub(super) sum: String,
    /// The label stands on the left.
    pub(super) left: bool,
    /// The label stands over the bar, beside the dot.
    pub(super) over: bool,
    /// The label stands above or below the dot, with this top edge.
    pub(super) across: Option<f32>,
}

impl PlacedDot {
    pub(super) fn centre(&self) -> f32 {
        (self.from + self.to) / 2.0
    }

    pub(super) fn middle(&self) -> f32 {
        self.top + self.radius
    }

    /// A period is drawn as long as its doubt; where that is shorter than a dot, the dot says it.
    pub(super) fn is_bar(&self) -> bool {
        self.is_period && self.to - self.from > self.radius.max(DOT_RADIUS_CSS) * 2.0
    }

    /// Ends of the mark.
    pub(super) fn ends(&self) -> (f32, f32) {
        let (x0, x1) = (self.centre() - self.radius, self.centre() + self.radius);
        if self.is_bar() {
            (self.from.min(x0), self.to.max(x1))
        } else {
            (x0, x1)
        }
    }

    /// Takes its label away.
    pub(super) fn unlabel(&mut self) {
        self.label.clear();
        self.sum.clear();
        (self.left, self.over, self.across) = (false, false, None);
    }

    /// The mark with its label.
    pub(super) fn rect(&self) -> [f32; 4] {
        let (mut left, mut right) = self.ends();
        if self.left {
            left -= 7.0 + self.label_width;
        } else if !self.label.is_empty() && !self.over && self.across.is_none() {
            right += 7.0 + self.label_width;
        }
        let half = if self.label.is_empty() || self.across.is_some() {
            self.radius
        } else {
            self.radius.max(LABEL_HEIGHT_CSS / 2.0)
        };
        [left, self.middle() - half, right, self.middle() + half]
    }
}

/// How many times the smallest amount of the logarithmic scale the largest is.
const LOG_SPAN: f64 = 1e5;

/// Radius of the largest amount.
fn largest_radius(view: &View) -> f64 {
    if view.width_css < VERTICAL_BELOW_CSS {
        MAX_RADIUS_VERTICAL_CSS
    } else {
        MAX_RADIUS_CSS
    }
}

impl FundingTimelineWidget {
    /// Radius of an amount; nothing, too, is seen.
    pub(super) fn radius(&self, value: Option<f64>, view: &View) -> f32 {
        let area = if view.log { Area::Log } else { Area::Linear };
        value.map_or(DOT_RADIUS_CSS, |v| {
            let largest = largest_radius(view);
            area_radius(
                v,
                self.largest / LOG_SPAN,
                self.largest,
                MIN_RADIUS_CSS,
                largest,
                area,
            )
            .max(MIN_RADIUS_CSS) as f32
        })
    }

    /// Amounts below this have the smallest circle, all of one size.
    pub(super) fn smallest_area(&self, view: &View) -> f64 {
        let part = MIN_RADIUS_CSS / largest_radius(view);
        self.largest
            * if view.log {
                1.0 / LOG_SPAN
            } else {
                part * part
            }
    }

    /// Where an event is on an axis, how large, and how it looks.
    pub(super) fn place_dot(&self, view: &View, time: &Time, rank: usize) -> PlacedDot {
        let mut dot = PlacedDot {
            rank,
            datum: self.datum(rank),
            ..PlacedDot::default()
        };
        if self.columns.is_some() {
            self.place_column_dot(view, time, &mut dot);
        } else if let Some(event) = self.data.events.get(dot.datum as usize) {
            self.place_event_dot(view, time, event, &mut dot);
        }
        dot
    }

    fn place_column_dot(&self, view: &View, time: &Time, dot: &mut PlacedDot) {
        let (from, to) = self.column_when(dot.rank);
        (dot.from, dot.to) = (time.x(from) as f32, time.x(to) as f32);
        dot.is_period = to > from;
        let amount = self.column_amount(dot.rank);
        dot.radius = self.radius(amount, view);
        dot.style = DotStyle {
            color: view.palette().layer(Layer::Infra),
            hollow: amount.is_none(),
            sized: true,
            ..DotStyle::default()
        };
    }

    fn place_event_dot(&self, view: &View, time: &Time, event: &Event, dot: &mut PlacedDot) {
        let Some(when) = event.when else { return };
        let (from, to) = when.days();
        (dot.from, dot.to) = (time.x(from) as f32, time.x(to) as f32);
        // A day is a dot, until the reader is so near that it is long.
        dot.is_period = when.precision != Precision::Day
            || when.to > when.from
            || dot.to - dot.from > MIN_DAY_BAR_CSS;
        let size = self.size(event);
        dot.radius = self.radius(size, view);
        let (color, grain) = self.event_color(&view.palette(), event);
        let Status {
            disputed,
            cumulative,
            part_of,
            ..
        } = event.status;
        dot.style = DotStyle {
            color,
            grain,
            open: event.status.is_open(),
            pale: cumulative || part_of,
            hollow: lacks_amount(event),
            disputed,
            soft: event
                .amount
                .as_ref()
                .or(event.valuation.as_ref())
                .is_some_and(|m| m.approx),
            about: when.about,
            sized: lacks_amount(event) || size.is_some(),
        };
    }
}
