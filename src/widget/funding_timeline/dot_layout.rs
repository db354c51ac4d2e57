//! Which events of a lane are drawn as dots, and where they stand across time so that none overlaps
//! another; the others are density. Not here: how a dot looks, and its label.

use super::FundingTimelineWidget;
use super::dot::PlacedDot;
use super::frame::Frame;
use super::prepared::PreparedEvents;
use crate::layout::ascending;
use crate::layout::density::OUT;
use crate::layout::lanes::{dodge, settle};
use crate::layout::scale::Time;
use crate::widget::View;

/// Lanes of so many events are as high as all of them need; of lanes with more, so many are drawn
/// as dots.
pub(super) const MAX_DOTS: usize = 120;
const MAX_DOTS_OF_DENSE_LANE: usize = 40;
/// Height of the density below the dots of a lane that has more.
pub(super) const DENSITY_HEIGHT_CSS: f32 = 14.0;
/// Height of the dots of a lane with more.
const DENSE_LANE_HEIGHT_CSS: f32 = 48.0;
/// Height of valuations below the dots of their lane.
const VALUATIONS_HEIGHT_CSS: f32 = 46.0;
/// Dots that must have a label, where that is possible.
const MAX_NAMED_FIRST: usize = 3;

/// The dots of a lane.
pub(super) struct LaneDots {
    /// In order of their data.
    pub(super) dots: Vec<PlacedDot>,
    /// The height that they take.
    height: f32,
    /// All of the lane's events in the period are among them.
    pub(super) complete: bool,
}

impl FundingTimelineWidget {
    /// The events of a lane that are drawn as dots, most important first, and whether these are
    /// all.
    fn choose_dots(
        &self,
        prepared: &PreparedEvents,
        lane: usize,
        days: (f64, f64),
        max_dots: usize,
    ) -> (Vec<usize>, bool) {
        let (first, last) = self.ranks(days);
        let count = self
            .totals(prepared, days)
            .get(lane)
            .map_or(0, |cell| cell.count as usize);
        let drawn = if count > max_dots {
            max_dots.min(MAX_DOTS_OF_DENSE_LANE)
        } else {
            max_dots
        };
        let mut ranks = Vec::new();
        for rank in prepared
            .pyramid
            .largest(&self.events, lane, first, last, drawn)
        {
            ranks.push(rank as usize);
        }
        // Periods of a file that are in view although their middle is not.
        for &rank in &self.period_ranks {
            let rank = rank as usize;
            if (first..last).contains(&rank)
                || usize::from(prepared.pyramid.lane(rank)) != lane
                || ranks.len() >= max_dots
            {
                continue;
            }
            let when = self
                .data
                .events
                .get(self.datum(rank) as usize)
                .and_then(|e| e.when);
            if when.is_some_and(|when| {
                f64::from(when.from) < days.1 && f64::from(when.to) + 1.0 > days.0
            }) {
                ranks.push(rank);
            }
        }
        (ranks, count <= max_dots)
    }

    /// Puts the events of a lane where they do not overlap, on an axis and within a height, if
    /// there is one.
    pub(super) fn layout_lane(
        &self,
        view: &View,
        prepared: &PreparedEvents,
        frame: &Frame,
        lane: usize,
        days: (f64, f64),
        height: Option<f32>,
    ) -> LaneDots {
        let time = Time {
            from_day: days.0,
            to_day: days.1,
            ..frame.time()
        };
        let (ranks, complete) = self.choose_dots(prepared, lane, days, MAX_DOTS);
        let mut lane = LaneDots {
            dots: Vec::new(),
            height: 0.0,
            complete,
        };
        for rank in ranks {
            lane.dots.push(self.place_dot(view, &time, rank));
        }
        // With labels of the largest, then without, then those dots that there is room for.
        if lane.complete {
            self.label_first(view, &time, &mut lane.dots);
            if lane.dodge_within(height) {
                return lane.in_order();
            }
        }
        for dot in &mut lane.dots {
            dot.unlabel();
        }
        if !lane.dodge_within(height) {
            lane.drop_dots(height.unwrap_or(DENSE_LANE_HEIGHT_CSS));
        }
        lane.in_order()
    }

    /// Labels of the most important dots, which come first. They must have one: on the left where
    /// the picture ends on the right.
    fn label_first(&self, view: &View, time: &Time, dots: &mut [PlacedDot]) {
        for dot in dots.iter_mut().take(MAX_NAMED_FIRST) {
            if self.importance(dot.rank) > 0.0 && !self.try_label(dot, view, time, false) {
                self.try_label(dot, view, time, true);
            }
        }
    }

    /// How high a lane is, and how much of that its dots have; below them stand valuations. As high
    /// as its events need where they are few, whatever period is shown, so that nothing jumps when
    /// the reader zooms.
    pub(super) fn lane_height(
        &self,
        view: &View,
        prepared: &PreparedEvents,
        frame: &Frame,
        lane: usize,
    ) -> (f32, f32) {
        let count = prepared
            .lanes
            .get(lane)
            .map_or(0, |group| group.count as usize);
        let (dots, density) = if count > MAX_DOTS {
            (DENSE_LANE_HEIGHT_CSS, DENSITY_HEIGHT_CSS)
        } else {
            let placed = self.layout_lane(view, prepared, frame, lane, frame.all_days, None);
            (placed.height.max(14.0), 0.0)
        };
        let has_valuations = prepared
            .valuations
            .iter()
            .any(|&(of, _)| usize::from(of) == lane);
        let valuations = if has_valuations {
            VALUATIONS_HEIGHT_CSS
        } else {
            0.0
        };
        (dots + density + valuations, dots)
    }

    /// The largest events of all lanes, for one column of time; and whether they are all.
    pub(super) fn dots_of_all_lanes(
        &self,
        view: &View,
        prepared: &PreparedEvents,
        time: &Time,
        max_dots: usize,
    ) -> (Vec<PlacedDot>, bool) {
        let (mut dots, mut complete) = (Vec::new(), true);
        for lane in 0..prepared.lanes.len() {
            let days = (time.from_day, time.to_day);
            let (ranks, all) = self.choose_dots(prepared, lane, days, max_dots);
            complete &= all;
            for rank in ranks {
                if prepared.pyramid.lane(rank) != OUT {
                    dots.push(self.place_dot(view, time, rank));
                }
            }
        }
        (dots, complete)
    }
}

/// The top edge of a dot that, with its label, begins at a place.
fn top(dot: &PlacedDot, y: f64) -> f32 {
    y as f32 + dot.top - dot.rect()[1]
}

impl LaneDots {
    /// Ends along time and height of each dot with its label.
    fn spans(&self) -> Vec<(f64, f64, f64)> {
        let mut spans = Vec::new();
        for dot in &self.dots {
            let [left, top, right, bottom] = dot.rect();
            spans.push((f64::from(left), f64::from(right), f64::from(bottom - top)));
        }
        spans
    }

    /// Moves dots apart across time. Whether they keep within a height, if there is one.
    fn dodge_within(&mut self, height: Option<f32>) -> bool {
        let ys = dodge(&self.spans(), 3.0);
        self.height = 0.0;
        for (dot, y) in self.dots.iter_mut().zip(ys) {
            dot.top = top(dot, y);
            self.height = dot.rect()[3].max(self.height);
        }
        height.is_none_or(|height| self.height <= height + 0.5)
    }

    /// Keeps the dots that there is room for.
    fn drop_dots(&mut self, height: f32) {
        let ys = settle(&self.spans(), 1.0, height.into());
        self.height = 0.0;
        let mut kept = Vec::new();
        for (mut dot, y) in self.dots.drain(..).zip(ys) {
            match y {
                Some(y) => {
                    dot.top = top(&dot, y);
                    self.height = dot.rect()[3].max(self.height);
                    kept.push(dot);
                }
                None => self.complete = false,
            }
        }
        self.dots = kept;
    }

    fn in_order(mut self) -> Self {
        let mut keys = Vec::new();
        for dot in &self.dots {
            keys.push(f64::from(dot.datum));
        }
        let mut sorted = Vec::new();
        for at in ascending(&keys) {
            if let Some(dot) = self.dots.get_mut(at as usize) {
                sorted.push(core::mem::take(dot));
            }
        }
        self.dots = sorted;
        self
    }
}
