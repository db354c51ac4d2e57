//! The places of one picture: the period that it shows, its lanes, axis and overview, and where
//! names and dots stand when time runs down. Not here: dots, marks and words.

use super::FundingTimelineWidget;
use super::dimensions::{HEADING, VERTICAL_BELOW_CSS};
use super::prepared::PreparedEvents;
use crate::layout::scale::Time;
use crate::widget::View;

/// Height of the axis.
const AXIS_HEIGHT_CSS: f32 = 35.0;
/// Height of the overview.
const OVERVIEW_HEIGHT_CSS: f32 = 34.0;
/// The shortest period that can be shown: ten minutes.
const MIN_PERIOD_DAYS: f64 = 1.0 / 144.0;
/// The farthest day from 1970 that can be shown: that of the years ±9999.
const MAX_DAY_DAYS: f64 = 4.4e6;
/// Space above and below what stands in a lane.
pub(super) const LANE_PADDING_CSS: f32 = 7.0;

/// Where time runs down: the breadth of the density, of the gaps beside it, and of the column of
/// dots.
pub(super) const VERTICAL_DENSITY_CSS: f32 = 10.0;
pub(super) const VERTICAL_GAP_CSS: f32 = 5.0;
pub(super) const DOT_COLUMN_CSS: f32 = 74.0;
/// There, from the axis to the names.
pub(super) const NAMES_OFFSET_CSS: f32 =
    VERTICAL_GAP_CSS + VERTICAL_DENSITY_CSS + VERTICAL_GAP_CSS + DOT_COLUMN_CSS + 12.0;

/// The places of one picture, CSS px.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// Time runs down.
    pub(super) vertical: bool,
    /// Width of the names of lanes; where time runs down, of the words of the axis.
    pub(super) names_width: f32,
    /// Days of all events, with a little space.
    pub(super) all_days: (f64, f64),
    /// Where the time axis begins and ends, along which time runs.
    pub(super) time_ends: (f32, f32),
    /// First and last day shown.
    pub(super) days: (f64, f64),
    /// Top of each lane, where its dots end, and its bottom.
    pub(super) lanes: Vec<[f32; 3]>,
    /// Top of the axis; where time runs down, its right edge.
    pub(super) axis: f32,
    /// Left, top, right, bottom of the overview.
    pub(super) overview: [f32; 4],
    pub(super) height: f32,
}

impl Frame {
    /// The axis of what is shown.
    pub(super) fn time(&self) -> Time {
        Time {
            from_day: self.days.0,
            to_day: self.days.1,
            x0: self.time_ends.0.into(),
            x1: self.time_ends.1.into(),
        }
    }

    /// The axis of all days, as the overview has it.
    pub(super) fn overview_time(&self) -> Time {
        Time {
            from_day: self.all_days.0,
            to_day: self.all_days.1,
            x0: self.overview[0].into(),
            x1: self.overview[2].into(),
        }
    }
}

impl FundingTimelineWidget {
    /// The places of a view.
    pub(super) fn frame(&self, view: &View, prepared: &PreparedEvents) -> Frame {
        let mut frame = Frame {
            vertical: view.width_css < VERTICAL_BELOW_CSS,
            all_days: self.all_days(),
            days: self.days(view),
            ..Frame::default()
        };
        let width = view.width_css;
        let mut top = if self.data.eras.is_empty() { 2.0 } else { 18.0 };
        if frame.vertical {
            // Not endlessly tall: what has no room for its name has a dot, and what has none for a
            // dot is density.
            let height = (self.events.len() as f32 * 17.0).clamp(260.0, 760.0);
            frame.names_width = 46.0_f32.min(width * 0.3);
            frame.time_ends = (top + 6.0, top + 6.0 + height);
            frame.axis = frame.names_width;
            top += height + 16.0;
        } else {
            top = self.place_lanes(view, prepared, &mut frame, top);
            frame.axis = top + 4.0;
            top += 4.0 + AXIS_HEIGHT_CSS;
        }
        let (left, right_margin) = if frame.vertical {
            (0.0, 0.0)
        } else {
            (frame.time_ends.0, 10.0)
        };
        frame.overview = [
            left,
            top + 4.0,
            width - right_margin,
            top + 4.0 + OVERVIEW_HEIGHT_CSS,
        ];
        frame.height = top + 4.0 + OVERVIEW_HEIGHT_CSS + 2.0;
        frame
    }

    /// Places the lanes below each other from a height on, and time beside their names. Returns
    /// where they end.
    fn place_lanes(
        &self,
        view: &View,
        prepared: &PreparedEvents,
        frame: &mut Frame,
        mut top: f32,
    ) -> f32 {
        for lane in &prepared.lanes {
            let name = self.group_name(prepared.group_by, lane.id, view.lang);
            frame.names_width =
                frame
                    .names_width
                    .max(view.metrics.width(&name, HEADING.size_css, HEADING.bold));
        }
        frame.names_width = (frame.names_width.min(170.0) + 18.0).ceil();
        frame.time_ends = (frame.names_width + 8.0, view.width_css - 10.0);
        for lane in 0..prepared.lanes.len() {
            let (height, dots) = self.lane_height(view, prepared, frame, lane);
            let bottom = (top + LANE_PADDING_CSS + height + LANE_PADDING_CSS).ceil();
            frame
                .lanes
                .push([top, top + LANE_PADDING_CSS + dots, bottom]);
            top = bottom;
        }
        top
    }

    /// The first and the last day of all events, with a little space.
    pub(super) fn all_days(&self) -> (f64, f64) {
        let (first, last) = self.event_days;
        let min_pad = if self.columns.is_some() {
            MIN_PERIOD_DAYS
        } else {
            0.5
        };
        let pad = ((last - first) * 0.015).max(min_pad);
        (first - pad, last + pad)
    }

    /// First and last day that a view shows.
    pub(super) fn days(&self, view: &View) -> (f64, f64) {
        let all_days = self.all_days();
        let cut = |day: f64, otherwise: f64| {
            if day.is_finite() {
                day.clamp(-MAX_DAY_DAYS, MAX_DAY_DAYS)
            } else {
                otherwise
            }
        };
        let from = cut(view.from_day, all_days.0);
        (
            from,
            cut(view.to_day, all_days.1).max(from + MIN_PERIOD_DAYS),
        )
    }
}

/// A period, moved and cut so that it lies in all days; `None` where it is all of them.
pub(super) fn clamp_period(all_days: (f64, f64), from: f64, to: f64) -> Option<(f64, f64)> {
    let length = (to - from).max(MIN_PERIOD_DAYS);
    if length >= all_days.1 - all_days.0 {
        return None;
    }
    let from = from.min(all_days.1 - length).max(all_days.0);
    Some((from, from + length))
}
