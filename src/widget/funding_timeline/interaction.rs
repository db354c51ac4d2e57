//! What a reader's acts change: the period, by zoom, drag, brush and keys.

use super::FundingTimelineWidget;
use super::frame::{DAY_MS, within};
use crate::widget::{Act, Change, View};

/// How near the pointer must be to an edge of the window in the overview, CSS px.
const GRIP: f32 = 8.0;

impl FundingTimelineWidget {
    /// What an act makes of the period.
    pub(super) fn acted(&self, view: &View, act: &Act<'_>) -> Vec<Change> {
        let ready = self.ready(view);
        let frame = self.frame(view, &ready);
        let (from, to) = frame.days;
        let (time, overview) = (frame.time(), frame.overview());
        let along = |point: [f32; 2]| f64::from(if frame.tall { point[1] } else { point[0] });
        let moved = view.from_day.is_finite() || view.to_day.is_finite();
        let all = Some(frame.whole);
        let next = match *act {
            Act::Zoom { at_css, factor } if factor > 0.0 => {
                // Over the overview the middle stays.
                let at = if at_css[1] >= frame.strip[1] {
                    (from + to) / 2.0
                } else {
                    time.day(along(at_css)).max(from).min(to)
                };
                Some((
                    at - (at - from) / f64::from(factor),
                    at + (to - at) / f64::from(factor),
                ))
            }
            Act::Drag { from_css, to_css } if from_css[1] >= frame.strip[1] - 2.0 => {
                let (began, now) = (
                    overview.day(from_css[0].into()),
                    overview.day(to_css[0].into()),
                );
                let edge = |day: f64| moved && (overview.x(day) as f32 - from_css[0]).abs() <= GRIP;
                if edge(from) {
                    Some((now.min(to), now.max(to)))
                } else if edge(to) {
                    Some((now.min(from), now.max(from)))
                } else if moved && (from..to).contains(&began) {
                    Some((from + now - began, to + now - began))
                } else {
                    Some((began.min(now), began.max(now)))
                }
            }
            Act::Drag { from_css, to_css } => {
                let by = time.day(along(from_css)) - time.day(along(to_css));
                moved.then_some((from + by, to + by))
            }
            Act::Show { datum } => {
                let rank = if self.columns.is_some() {
                    Some(datum as usize)
                } else {
                    self.rows.iter().position(|&row| row == datum)
                };
                let day = rank.map_or(f64::NAN, |rank| self.events.ms(rank) / DAY_MS);
                (day < from || day > to)
                    .then_some((day - (to - from) / 2.0, day + (to - from) / 2.0))
            }
            Act::Key { key, .. } => match key {
                "0" | "Escape" => all,
                "PageUp" => Some((from + from - to, from)),
                "PageDown" => Some((to, to + to - from)),
                _ => None,
            },
            _ => None,
        };
        let Some((from, to)) = next.filter(|(from, to)| from.is_finite() && to.is_finite()) else {
            return Vec::new();
        };
        match within(frame.whole, from, to) {
            Some((from, to)) => vec![Change::From(Some(from)), Change::To(Some(to))],
            None if moved => vec![Change::From(None), Change::To(None)],
            None => Vec::new(),
        }
    }
}
