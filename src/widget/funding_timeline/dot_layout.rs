//! Which events of a lane are drawn one by one, how large and where; the others are density.

use super::frame::{Frame, NARROW_BELOW, Ready};
use super::{FundingTimelineWidget, date, sum, undisclosed};
use crate::data::funding::{Event, Kind};
use crate::data::{Layer, Precision, Status};
use crate::layout::ascending;
use crate::layout::density::OUT;
use crate::layout::lanes::{dodge, settle};
use crate::layout::scale::{Area, Time, area_radius};
use crate::text::append;
use crate::widget::View;
use crate::widget::figure_builder::Font;

/// Radius of the smallest and of the largest amount, CSS px; on a phone the largest is smaller.
const RADII: (f64, f64) = (4.0, 15.0);
const RADIUS_NARROW: f64 = 10.0;
/// From here on a day is drawn as long as it is, CSS px.
const LONG: f32 = 60.0;
/// Radius of an event that is not about money, CSS px.
pub(super) const DOT: f32 = 4.0;
/// Lanes of so many events are as high as all of them need; of lanes with more, so many are drawn
/// one by one.
pub(super) const MOST_DOTS: usize = 120;
const MOST_OF_MANY: usize = 40;
/// Height of the density below the dots of a lane that has more, CSS px.
pub(super) const DENSITY: f32 = 14.0;
/// Height of a lane with more, CSS px.
const LANE: f32 = 48.0;
/// Height of valuations below the dots of their lane, CSS px.
const STEPS: f32 = 46.0;
/// Events in view that have cards: their dates and sums beside their names.
const MOST_CARDS: usize = 14;
/// Words beside an event.
pub(super) const SMALL: Font = Font::new(11.0, false);
/// Height of a line of them.
const LINE: f32 = 15.0;

/// How an event is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) color: u32,
    /// Not yet: planned or in talks.
    pub(super) open: bool,
    /// Counted elsewhere.
    pub(super) pale: bool,
    pub(super) undisclosed: bool,
    pub(super) disputed: bool,
    /// «about» the amount, and the date.
    pub(super) soft: bool,
    pub(super) about: bool,
    /// The area is an amount.
    pub(super) sized: bool,
    /// Of its layer, as a style has it.
    pub(super) grain: u32,
}

/// A mark before it is drawn: where it is in time, how large, and its words. x runs along time, y
/// across.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed {
    pub(super) rank: usize,
    pub(super) datum: u32,
    /// Ends of the period.
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) radius: f32,
    pub(super) top: f32,
    /// The day is not known, so the period is drawn.
    span: bool,
    pub(super) look: Look,
    /// Empty for none.
    pub(super) label: String,
    /// A second line; empty for none.
    pub(super) more: String,
    pub(super) label_width: f32,
    /// The label stands on the left.
    pub(super) left: bool,
    /// The label stands over the bar, beside the dot.
    pub(super) over: bool,
}

impl Placed {
    pub(super) fn centre(&self) -> f32 {
        (self.from + self.to) / 2.0
    }

    pub(super) fn middle(&self) -> f32 {
        self.top + self.radius
    }

    /// A period is drawn as long as its doubt; where that is shorter than a dot, the dot says it.
    pub(super) fn is_bar(&self) -> bool {
        self.span && self.to - self.from > self.radius.max(DOT) * 2.0
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

    /// The mark with its label.
    pub(super) fn rect(&self) -> [f32; 4] {
        let (mut left, mut right) = self.ends();
        if self.left {
            left -= 7.0 + self.label_width;
        } else if !self.label.is_empty() && !self.over {
            right += 7.0 + self.label_width;
        }
        [left, self.top, right, self.top + self.radius * 2.0]
    }
}

impl FundingTimelineWidget {
    /// Radius of an amount.
    pub(super) fn radius(&self, value: Option<f64>, view: &View) -> f32 {
        let largest = if view.width_css < NARROW_BELOW {
            RADIUS_NARROW
        } else {
            RADII.1
        };
        let area = if view.linear { Area::Linear } else { Area::Log };
        value.map_or(DOT, |v| {
            area_radius(v, self.scale.0, self.scale.1, RADII.0, largest, area) as f32
        })
    }

    /// Where an event is on an axis, how large, and how it looks.
    fn placed(&self, view: &View, time: &Time, rank: usize) -> Placed {
        let datum = self.datum(rank);
        let x = |day: f64| time.x(day) as f32;
        let mut p = Placed {
            rank,
            datum,
            ..Placed::default()
        };
        if self.columns.is_some() {
            let (from, to) = self.column_when(rank);
            (p.from, p.to, p.span) = (x(from), x(to), to > from);
            let amount = self
                .events
                .amount
                .get(rank)
                .copied()
                .filter(|a| *a >= 0.0)
                .map(f64::from);
            p.radius = self.radius(amount, view);
            p.look = Look {
                color: view.palette().layer(Layer::Infra),
                undisclosed: amount.is_none(),
                sized: true,
                ..Look::default()
            };
            return p;
        }
        let Some(event) = self.data.events.get(datum as usize) else {
            return p;
        };
        let Some(when) = event.when else { return p };
        let (from, to) = when.days();
        (p.from, p.to) = (x(from), x(to));
        // A day is a dot, until the reader is so near that it is long.
        p.span = when.precision != Precision::Day || when.to > when.from || p.to - p.from > LONG;
        let dollars = dollars(event);
        p.radius = self.radius(dollars, view);
        let (layer, palette) = (
            self.about(event).map_or(Layer::Context, |a| a.layer),
            view.palette(),
        );
        let Status {
            planned,
            in_talks,
            disputed,
            cumulative,
            part_of,
            ..
        } = event.status;
        p.look = Look {
            color: palette.layer(layer),
            // Where nobody has a layer a grain would only say so.
            grain: if self.data.parties.is_empty() {
                0
            } else {
                palette.grain(layer)
            },
            open: planned || in_talks,
            pale: cumulative || part_of,
            undisclosed: undisclosed(event),
            disputed,
            soft: event
                .amount
                .as_ref()
                .or(event.valuation.as_ref())
                .is_some_and(|m| m.approx),
            about: when.about,
            sized: undisclosed(event) || dollars.is_some(),
        };
        p
    }

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

    /// Date and sum of an event, as its card has them.
    pub(super) fn more(&self, rank: usize, view: &View) -> String {
        let mut words;
        if self.columns.is_some() {
            words = self.column_date(rank, view.lang);
            append(&mut words, " · ", self.column_sum(rank, view.lang));
        } else if let Some(event) = self.data.events.get(self.datum(rank) as usize) {
            words = date(event, "", view.lang);
            append(&mut words, " · ", sum(event, view.lang));
        } else {
            words = String::new();
        }
        words
    }

    /// The events of a lane that are drawn one by one, most important first, and whether these are
    /// all.
    pub(super) fn chosen(
        &self,
        ready: &Ready,
        lane: usize,
        days: (f64, f64),
        most: usize,
    ) -> (Vec<usize>, bool) {
        let (first, last) = self.ranks(days);
        let count = self
            .totals(ready, days)
            .get(lane)
            .map_or(0, |cell| cell.count as usize);
        let drawn = if count > most {
            most.min(MOST_OF_MANY)
        } else {
            most
        };
        let mut ranks = Vec::new();
        for rank in ready
            .pyramid
            .largest(&self.events, lane, first, last, drawn)
        {
            ranks.push(rank as usize);
        }
        // Periods of a file that are in view although their middle is not.
        for &rank in &self.spans {
            let rank = rank as usize;
            if (first..last).contains(&rank)
                || usize::from(ready.pyramid.lane(rank)) != lane
                || ranks.len() >= most
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
        (ranks, count <= most)
    }

    /// Puts the events of a lane where they do not overlap, in order of time, on an axis and within
    /// a height, if there is one. With the height that they take, and whether all of the lane's
    /// events in these days are among them.
    pub(super) fn settled(
        &self,
        view: &View,
        ready: &Ready,
        frame: &Frame,
        lane: usize,
        days: (f64, f64),
        height: Option<f32>,
    ) -> (Vec<Placed>, f32, bool) {
        let time = Time {
            from_day: days.0,
            to_day: days.1,
            ..frame.time()
        };
        let (ranks, mut all) = self.chosen(ready, lane, days, MOST_DOTS);
        let mut placed = Vec::new();
        for rank in ranks {
            placed.push(self.placed(view, &time, rank));
        }
        let mut used = 0.0;
        // With labels of the largest, then without, then those that there is room for.
        for attempt in 0..3 {
            for (nth, p) in placed.iter_mut().enumerate() {
                p.label.clear();
                p.left = false;
                let name = attempt == 0 && nth < 3 && self.importance(p.rank) > 0.0;
                // They must have one: on the left where the picture ends on the right.
                if name && !self.naming(p, view, &time, false) {
                    self.naming(p, view, &time, true);
                }
            }
            if !all && attempt == 0 {
                continue;
            }
            let mut spans = Vec::new();
            for p in &placed {
                let [left, _, right, _] = p.rect();
                spans.push((f64::from(left), f64::from(right), f64::from(p.radius * 2.0)));
            }
            used = 0.0;
            if attempt < 2 {
                for (p, y) in placed.iter_mut().zip(dodge(&spans, 3.0)) {
                    p.top = y as f32;
                    used = p.rect()[3].max(used);
                }
                if height.is_none_or(|height| used <= height + 0.5) {
                    break;
                }
            } else {
                let ys = settle(&spans, 1.0, height.unwrap_or(LANE).into());
                let mut kept = Vec::new();
                for (mut p, y) in placed.drain(..).zip(ys) {
                    match y {
                        Some(y) => {
                            p.top = y as f32;
                            used = p.rect()[3].max(used);
                            kept.push(p);
                        }
                        None => all = false,
                    }
                }
                placed = kept;
            }
        }
        let mut keys = Vec::new();
        for p in &placed {
            keys.push(f64::from(p.datum));
        }
        let mut sorted = Vec::new();
        for at in ascending(&keys) {
            if let Some(p) = placed.get_mut(at as usize) {
                sorted.push(core::mem::take(p));
            }
        }
        (sorted, used, all)
    }

    /// How high a lane is, and how much of that its dots have; below them stand valuations. As high
    /// as its events need where they are few, whatever part of time is shown, so that nothing jumps
    /// when the reader zooms.
    pub(super) fn lane_height(
        &self,
        view: &View,
        ready: &Ready,
        frame: &Frame,
        lane: usize,
    ) -> (f32, f32) {
        let count = ready
            .lanes
            .get(lane)
            .map_or(0, |group| group.count as usize);
        let dots = if count > MOST_DOTS {
            LANE
        } else {
            self.settled(view, ready, frame, lane, frame.whole, None)
                .1
                .max(14.0)
        };
        let steps = ready.worths.iter().any(|w| usize::from(w.0) == lane);
        (
            dots + if count > MOST_DOTS { DENSITY } else { 0.0 } + if steps { STEPS } else { 0.0 },
            dots,
        )
    }

    /// What comes first where not all find room.
    pub(super) fn importance(&self, rank: usize) -> f64 {
        match self.data.events.get(self.datum(rank) as usize) {
            Some(event) => dollars(event).unwrap_or(0.0),
            None => self
                .events
                .amount
                .get(rank)
                .copied()
                .filter(|a| *a >= 0.0)
                .map_or(0.0, f64::from),
        }
    }

    /// Gives a mark its label on one side, if the picture has room there.
    pub(super) fn naming(&self, p: &mut Placed, view: &View, time: &Time, left: bool) -> bool {
        let label = self.label(p.rank, view);
        let width = view.metrics.width(&label, SMALL.size_css, SMALL.bold);
        let (x0, x1) = p.ends();
        let fits = if left {
            x0 - width - 5.0 >= time.x0 as f32 - 4.0
        } else {
            x1 + width + 5.0 <= time.x1 as f32 + 8.0
        };
        if fits && x1 >= time.x0 as f32 && x0 <= time.x1 as f32 {
            (p.label, p.label_width, p.left) = (label, width, left);
            return true;
        }
        false
    }

    /// Labels for whoever has free space on the right or else on the left, in order of time; a
    /// second line, date and sum, where there is room and few are in view.
    pub(super) fn free_labels(
        &self,
        view: &View,
        time: &Time,
        placed: &mut [Placed],
        taken: &mut Vec<[f32; 4]>,
        (top, bottom): (f32, f32),
    ) {
        for p in placed.iter() {
            if p.is_bar() && p.label.is_empty() {
                // A dot, and a thin line.
                taken.push([
                    p.centre() - p.radius,
                    p.top,
                    p.centre() + p.radius,
                    p.top + p.radius * 2.0,
                ]);
                taken.push([p.from, p.middle() - 3.5, p.to, p.middle() + 3.5]);
            } else {
                taken.push(p.rect());
            }
        }
        let cards = placed.len() <= MOST_CARDS;
        for p in placed.iter_mut() {
            let (x0, x1) = p.ends();
            for left in [false, true] {
                if !p.label.is_empty() || !self.naming(p, view, time, left) {
                    continue;
                }
                let rect = p.rect();
                let (from, to) = if left {
                    (rect[0], x0 - 3.0)
                } else {
                    (x1 + 3.0, rect[2])
                };
                let wanted = [from, p.middle() - 7.5, to, p.middle() + 7.5];
                if free(taken, wanted) {
                    taken.push(wanted);
                } else {
                    p.label.clear();
                    p.left = false;
                }
            }
            if p.label.is_empty() && p.is_bar() {
                // A bar that leaves no room beside it has some over it.
                let label = self.label(p.rank, view);
                let width = view.metrics.width(&label, SMALL.size_css, SMALL.bold);
                let left =
                    p.centre().max(time.x0 as f32).min(time.x1 as f32) + p.radius.max(DOT) + 3.0;
                let wanted = [
                    left,
                    p.middle() - 17.5,
                    left + width + 3.0,
                    p.middle() - 3.5,
                ];
                if wanted[1] >= top && wanted[2] <= time.x1 as f32 && free(taken, wanted) {
                    taken.push(wanted);
                    (p.label, p.label_width, p.over) = (label, width, true);
                }
            }
            if !cards || p.label.is_empty() || p.over {
                continue;
            }
            let more = self.more(p.rank, view);
            let width = view.metrics.width(&more, SMALL.size_css, SMALL.bold);
            let (left, right) = if p.left {
                (x0 - 7.0 - width, x0 - 4.0)
            } else {
                (x1 + 4.0, x1 + 7.0 + width)
            };
            let wanted = [left, p.middle() + 7.5, right, p.middle() + 7.5 + LINE];
            if left >= time.x0 as f32 - 4.0
                && right <= time.x1 as f32 + 8.0
                && wanted[3] <= bottom
                && free(taken, wanted)
            {
                taken.push(wanted);
                p.more = more;
            }
        }
    }

    /// The largest events of all lanes, for one column of time; and whether they are all.
    pub(super) fn of_all_lanes(
        &self,
        view: &View,
        ready: &Ready,
        time: &Time,
        most: usize,
    ) -> (Vec<Placed>, bool) {
        let (mut placed, mut every) = (Vec::new(), true);
        for lane in 0..ready.lanes.len() {
            let (ranks, all) = self.chosen(ready, lane, (time.from_day, time.to_day), most);
            every &= all;
            for rank in ranks {
                if ready.pyramid.lane(rank) != OUT {
                    placed.push(self.placed(view, time, rank));
                }
            }
        }
        (placed, every)
    }
}

/// Whether a box has 2 px of air sideways from all others, and is not over or under one.
pub(super) fn free(taken: &[[f32; 4]], b: [f32; 4]) -> bool {
    taken
        .iter()
        .all(|t| t[2] + 2.0 <= b[0] || t[0] >= b[2] + 2.0 || t[3] <= b[1] || t[1] >= b[3])
}

/// The dollars that a mark's area shows: the amount, for a valuation what the company is said to be
/// worth.
fn dollars(event: &Event) -> Option<f64> {
    match event.kind {
        Kind::Valuation => event.valuation.as_ref()?.usd,
        _ => event.amount.as_ref()?.usd,
    }
}
