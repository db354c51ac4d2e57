//! What a reader's acts change: the period, by zoom, drag, brush and keys. Not here: gestures,
//! which the host understands.

use super::FundingTimelineWidget;
use super::dimensions::DAY_MS;
use super::frame::{Frame, clamp_period};
use crate::widget::{Act, Change, View};

/// How near the pointer must be to an edge of the window in the overview.
const GRIP_WIDTH_CSS: f32 = 8.0;
/// Above the overview, where a drag brushes already.
const BRUSH_MARGIN_CSS: f32 = 2.0;

impl FundingTimelineWidget {
    /// What an act makes of the period.
    pub(super) fn interact(&self, view: &View, act: &Act<'_>) -> Vec<Change> {
        let prepared = self.prepared(view);
        let frame = self.frame(view, &prepared);
        let moved = view.from_day.is_finite() || view.to_day.is_finite();
        let next = match *act {
            Act::Zoom { at_css, factor } if factor > 0.0 => {
                Some(frame.zoomed(at_css, f64::from(factor)))
            }
            Act::Drag { from_css, to_css }
                if from_css[1] >= frame.overview[1] - BRUSH_MARGIN_CSS =>
            {
                Some(frame.brushed(from_css, to_css, moved))
            }
            Act::Drag { from_css, to_css } => moved.then(|| frame.panned(from_css, to_css)),
            Act::Show { datum } => self.shown_period(datum, frame.days),
            Act::Key { key, .. } => frame.period_of_key(key),
            _ => None,
        };
        let Some((from, to)) = next.filter(|(from, to)| from.is_finite() && to.is_finite()) else {
            return Vec::new();
        };
        match clamp_period(frame.all_days, from, to) {
            Some((from, to)) => vec![Change::From(Some(from)), Change::To(Some(to))],
            None if moved => vec![Change::From(None), Change::To(None)],
            None => Vec::new(),
        }
    }

    /// The period that has an event in its middle; `None` where it is in view.
    fn shown_period(&self, datum: u32, (from, to): (f64, f64)) -> Option<(f64, f64)> {
        let rank = if self.columns.is_some() {
            Some(datum as usize)
        } else {
            self.order.iter().position(|&ix| ix == datum)
        };
        let day = rank.map_or(f64::NAN, |rank| self.events.ms(rank) / DAY_MS);
        let half = (to - from) / 2.0;
        (day < from || day > to).then_some((day - half, day + half))
    }
}

impl Frame {
    /// The coordinate of a point along time.
    fn along(&self, point_css: [f32; 2]) -> f64 {
        f64::from(if self.vertical {
            point_css[1]
        } else {
            point_css[0]
        })
    }

    /// The period after a step nearer to a point; over the overview the middle stays.
    fn zoomed(&self, at_css: [f32; 2], factor: f64) -> (f64, f64) {
        let (from, to) = self.days;
        let at = if at_css[1] >= self.overview[1] {
            (from + to) / 2.0
        } else {
            self.time().day(self.along(at_css)).max(from).min(to)
        };
        (at - (at - from) / factor, at + (to - at) / factor)
    }

    /// The period after a drag in the picture: the day stays under the pointer.
    fn panned(&self, from_css: [f32; 2], to_css: [f32; 2]) -> (f64, f64) {
        let (time, (from, to)) = (self.time(), self.days);
        let by = time.day(self.along(from_css)) - time.day(self.along(to_css));
        (from + by, to + by)
    }

    /// The period after a drag on the overview: an edge of the window is pulled, the window moved,
    /// or a new one brushed.
    fn brushed(&self, from_css: [f32; 2], to_css: [f32; 2], moved: bool) -> (f64, f64) {
        let (overview, (from, to)) = (self.overview_time(), self.days);
        let began = overview.day(from_css[0].into());
        let now = overview.day(to_css[0].into());
        let is_edge =
            |day: f64| moved && (overview.x(day) as f32 - from_css[0]).abs() <= GRIP_WIDTH_CSS;
        if is_edge(from) {
            (now.min(to), now.max(to))
        } else if is_edge(to) {
            (now.min(from), now.max(from))
        } else if moved && (from..to).contains(&began) {
            (from + now - began, to + now - began)
        } else {
            (began.min(now), began.max(now))
        }
    }

    fn period_of_key(&self, key: &str) -> Option<(f64, f64)> {
        let (from, to) = self.days;
        match key {
            "0" | "Escape" => Some(self.all_days),
            "PageUp" => Some((from + from - to, from)),
            "PageDown" => Some((to, to + to - from)),
            _ => None,
        }
    }
}
