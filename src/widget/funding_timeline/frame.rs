//! What is shown and where: lanes and filters, the period, the boxes of lanes, axis and overview.
//! Not here: marks and words.

use std::cell::{Ref, RefCell};

use super::{FundingTimelineWidget, LANES, kind_key};
use crate::data::{Lang, Layer};
use crate::layout::density::{Cell, EMPTY, EventFilter, Events, OUT, Pyramid};
use crate::layout::order;
use crate::layout::scale::Time;
use crate::text::{self, say};
use crate::widget::View;

/// Below this width time runs down, CSS px.
pub(super) const NARROW_BELOW: f32 = 640.0;
/// Height of the axis, CSS px.
pub(super) const AXIS: f32 = 35.0;
/// Height of the overview, CSS px.
pub(super) const STRIP: f32 = 34.0;
/// Lanes that have a name; the rest is one lane more.
const MOST_LANES: usize = 11;
/// The rest.
const OTHERS: usize = usize::MAX;
/// The shortest period that can be shown, days: ten minutes.
const SHORTEST: f64 = 1.0 / 144.0;
/// Years ±9999, days.
const FARTHEST: f64 = 4.4e6;
/// Amounts from which on to show, with their names in the view.
pub(super) const LEAST: [(&str, f64); 4] =
    [("1e7", 1e7), ("1e8", 1e8), ("1e9", 1e9), ("1e10", 1e10)];

/// What the reader has set here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ViewState {
    /// What divides events into lanes; nothing leaves it to the data.
    pub lanes: Option<By>,
    /// The amount from which on events are shown, one of the controls'; 0 for all.
    pub least: f64,
    /// Of each that divides, the one whose events are shown; empty for all.
    pub only: [String; ALL.len()],
}

impl ViewState {
    pub(in crate::widget) fn set(&mut self, key: &str, value: &str) {
        match key {
            "lanes" => self.lanes = ALL.iter().find(|one| one.1 == value).map(|one| one.0),
            "least" => {
                self.least = LEAST
                    .iter()
                    .find(|one| one.0 == value)
                    .map_or(0.0, |one| one.1)
            }
            key => {
                for (by, name, _) in ALL {
                    if name == key {
                        self.only[by as usize] = value.to_string();
                    }
                }
            }
        }
    }

    pub(in crate::widget) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![
            ("lanes", self.lanes_key().to_string()),
            ("least", self.least_key().to_string()),
        ];
        pairs.extend(ALL.map(|(by, key, _)| (key, self.only[by as usize].clone())));
        pairs
    }

    fn lanes_key(&self) -> &'static str {
        self.lanes.map_or("", |by| ALL[by as usize].1)
    }

    pub(super) fn least_key(&self) -> &'static str {
        LEAST
            .iter()
            .find(|one| one.1 == self.least)
            .map_or("", |one| one.0)
    }
}

/// What divides events into lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// What happened.
    #[default]
    Type,
    /// The organisation that it is about.
    Org,
    /// Where that is.
    Country,
    /// Its layer.
    Layer,
    /// What the columns call lane.
    Lane,
}

/// All of them with their names in the view and their words.
const ALL: [(By, &str, &str); 5] = [
    (By::Type, "type", "유형|Type"),
    (By::Org, "org", "조직|Organisation"),
    (By::Country, "country", "국가|Country"),
    (By::Layer, "layer", "층|Layer"),
    (By::Lane, "lane", "구분|Lane"),
];

/// A lane: its place in what divides, or [`OTHERS`], and how many events it has, filtered or not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Group {
    pub(super) id: usize,
    pub(super) count: u32,
}

/// What a filter leaves, ready for any period. Made anew when the filter changes.
#[derive(Debug, Default)]
pub(super) struct Ready {
    stamp: String,
    pub(super) by: By,
    /// Lanes that are shown, from the top down.
    pub(super) lanes: Vec<Group>,
    /// All that could be.
    pub(super) all: Vec<Group>,
    pub(super) pyramid: Pyramid,
    /// Events with a valuation, in order of time, and their lanes.
    pub(super) worths: Vec<(u8, u32)>,
    /// What was counted last: the cells of all lanes in a period, and the events of each bin of the
    /// overview.
    totals: RefCell<((f64, f64), Vec<Cell>)>,
    strip: RefCell<Vec<u32>>,
}

/// The places of one picture, CSS px.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// Time runs down.
    pub(super) tall: bool,
    /// Width of the names of lanes.
    pub(super) names: f32,
    /// Days of all events, with a little air.
    pub(super) whole: (f64, f64),
    /// Where the time axis begins and ends, along which time runs.
    pub(super) ends: (f32, f32),
    /// First and last day shown.
    pub(super) days: (f64, f64),
    /// Top of each lane, where its dots end, and its bottom.
    pub(super) lanes: Vec<[f32; 3]>,
    /// Top of the axis.
    pub(super) axis: f32,
    /// Left, top, right, bottom of the overview.
    pub(super) strip: [f32; 4],
    pub(super) height: f32,
}

impl Frame {
    /// The axis of what is shown.
    pub(super) fn time(&self) -> Time {
        Time {
            from_day: self.days.0,
            to_day: self.days.1,
            x0: self.ends.0.into(),
            x1: self.ends.1.into(),
        }
    }

    /// The axis of all there is, as the overview has it.
    pub(super) fn overview(&self) -> Time {
        Time {
            from_day: self.whole.0,
            to_day: self.whole.1,
            x0: self.strip[0].into(),
            x1: self.strip[2].into(),
        }
    }
}

/// Milliseconds of a day.
pub(super) const DAY_MS: f64 = 86_400_000.0;

/// How many events are earlier than a day.
pub(super) fn before(events: &Events, day: f64) -> usize {
    events.before(day * DAY_MS)
}

impl FundingTimelineWidget {
    /// What can divide this data.
    pub(super) fn offered(&self) -> Vec<(By, &'static str, &'static str)> {
        let mut offered = Vec::new();
        for one in ALL {
            let there = match one.0 {
                By::Type => self.columns.as_ref().is_none_or(|c| c.kinds.len() > 1),
                By::Org => self.counts[2].len() > 1,
                By::Country => self.countries.len() > 1,
                By::Layer => self.columns.is_none(),
                By::Lane => self.columns.as_ref().is_some_and(|c| c.lanes.len() > 1),
            };
            if there {
                offered.push(one);
            }
        }
        offered
    }

    /// What divides this view.
    pub(super) fn by(&self, view: &View) -> By {
        let offered = self.offered();
        let wanted = view.state.funding_timeline.lanes;
        let first = if self.columns.is_some() {
            offered.last().copied()
        } else {
            offered.first().copied()
        };
        // Columns with lanes are divided by them, others by type or organisation, whichever they
        // have.
        let first = if self
            .columns
            .as_ref()
            .is_some_and(|c| c.lanes.len() < 2 && c.kinds.len() > 1)
        {
            offered.first().copied()
        } else {
            first
        };
        offered
            .iter()
            .find(|one| Some(one.0) == wanted)
            .or(first.as_ref())
            .map_or(By::Type, |one| one.0)
    }

    /// Which of the three dictionaries holds what divides: type, lane, organisation.
    fn dictionary(by: By) -> usize {
        match by {
            By::Type => 0,
            By::Lane => 1,
            _ => 2,
        }
    }

    /// The group of a code of that dictionary.
    fn group(&self, by: By, code: usize) -> usize {
        let party = code
            .checked_sub(1)
            .filter(|_| self.columns.is_none())
            .and_then(|ix| self.data.parties.get(ix));
        match by {
            By::Country => self.country_of.get(code).map_or(0, |&at| at.into()),
            By::Layer => party.map_or(Layer::Context, |p| p.layer) as usize,
            _ => code,
        }
    }

    /// The name of a group in the view: with what divides in front it is the key of the legend.
    pub(super) fn key(&self, by: By, id: usize) -> &str {
        if id == OTHERS {
            return "~";
        }
        match (by, &self.columns) {
            (By::Type, None) => LANES
                .iter()
                .find(|kind| **kind as usize == id)
                .map_or("", |&kind| kind_key(kind)),
            (By::Type, Some(c)) => c.kinds.get(id).map_or("", String::as_str),
            (By::Lane, Some(c)) => c.lanes.get(id).map_or("", String::as_str),
            (By::Org, Some(c)) => c.targets.get(id).map_or("", String::as_str),
            (By::Org, None) => id
                .checked_sub(1)
                .and_then(|ix| self.data.parties.get(ix))
                .map_or("-", |p| p.id.as_str()),
            (By::Country, _) => self.countries.get(id).map_or("", String::as_str),
            (By::Layer, _) => ["data", "infra", "model", "service", "context"]
                .get(id)
                .copied()
                .unwrap_or(""),
            (By::Lane, None) => "",
        }
    }

    /// The key of a group in the legend.
    pub(super) fn legend_key(&self, by: By, id: usize) -> String {
        let key = self.key(by, id);
        // The keys of a file's types are bare.
        if by == By::Type && self.columns.is_none() {
            key.to_string()
        } else {
            format!("{}:{key}", ALL[by as usize].1)
        }
    }

    /// What a group is called.
    pub(super) fn group_name(&self, by: By, id: usize, lang: Lang) -> String {
        if id == OTHERS {
            return say(lang, "그 밖|Others").to_string();
        }
        match by {
            By::Type if self.columns.is_none() => LANES
                .iter()
                .find(|kind| **kind as usize == id)
                .map_or("", |&kind| text::event_kind(kind, lang))
                .to_string(),
            By::Org if self.columns.is_none() => {
                match id.checked_sub(1).and_then(|ix| self.data.parties.get(ix)) {
                    Some(party) => party.name.get(lang).to_string(),
                    None => say(lang, "조직 없음|No organisation").to_string(),
                }
            }
            By::Country if id == 0 => say(lang, "국가 미상|No country given").to_string(),
            By::Country => text::country(self.key(by, id), lang),
            By::Layer => text::layer(
                [Layer::Data, Layer::Infra, Layer::Model, Layer::Service]
                    .get(id)
                    .copied()
                    .unwrap_or(Layer::Context),
                lang,
            )
            .to_string(),
            _ => self.key(by, id).to_string(),
        }
    }

    /// Finds the groups of all that divides.
    pub(super) fn find_groups(&mut self) {
        for (by, ..) in ALL {
            self.groups[by as usize] = self.groups_of(by);
        }
    }

    /// The groups of what divides, most events first, where there is no better order; without those
    /// that have none.
    fn groups_of(&self, by: By) -> Vec<Group> {
        let mut counts: Vec<u32> = Vec::new();
        for (code, &count) in self.counts[Self::dictionary(by)].iter().enumerate() {
            let id = self.group(by, code);
            if counts.len() <= id {
                counts.resize(id + 1, 0);
            }
            if let Some(sum) = counts.get_mut(id) {
                *sum += count;
            }
        }
        let mut keys = Vec::new();
        for (id, &count) in counts.iter().enumerate() {
            let rank = match by {
                By::Type if self.columns.is_none() => LANES
                    .iter()
                    .position(|kind| *kind as usize == id)
                    .unwrap_or(0) as f64,
                By::Layer => id as f64,
                _ => -f64::from(count),
            };
            keys.push(if count > 0 { rank } else { f64::INFINITY });
        }
        let mut groups = Vec::new();
        for (rank, id) in order(&keys) {
            if rank < f64::INFINITY {
                groups.push(Group {
                    id,
                    count: counts.get(id).copied().unwrap_or(0),
                });
            }
        }
        groups
    }

    /// The groups that become lanes: where there are too many, the last of them together.
    fn lanes(&self, by: By) -> Vec<Group> {
        let mut lanes = self.groups[by as usize].clone();
        if lanes.len() > MOST_LANES + 1 {
            let mut rest = 0;
            for group in lanes.drain(MOST_LANES..) {
                rest += group.count;
            }
            lanes.push(Group {
                id: OTHERS,
                count: rest,
            });
        }
        lanes
    }

    /// Lanes and pyramid for a view: those of the last one where no filter has changed.
    pub(super) fn ready(&self, view: &View) -> Ref<'_, Ready> {
        let by = self.by(view);
        let set = &view.state.funding_timeline;
        // None is empty, as that of nothing is.
        let stamp = format!(
            "{}\0{}\0{}\0{}",
            set.lanes_key(),
            set.least_key(),
            set.only.join("\0"),
            view.hidden.join("\0")
        );
        if self.ready.borrow().stamp != stamp
            && let Ok(mut ready) = self.ready.try_borrow_mut()
        {
            // The old one makes room first.
            *ready = Ready::default();
            *ready = self.make_ready(view, by, stamp);
        }
        self.ready.borrow()
    }

    fn make_ready(&self, view: &View, by: By, stamp: String) -> Ready {
        let all = self.lanes(by);
        let mut lanes = Vec::new();
        // The lane of each group; that of the rest.
        let (mut places, mut rest) = (
            vec![
                None;
                self.counts[Self::dictionary(by)]
                    .len()
                    .max(self.countries.len())
                    .max(16)
            ],
            None,
        );
        for group in &all {
            let lane = if view.hides(&self.legend_key(by, group.id)) {
                OUT
            } else {
                lanes.len() as u8
            };
            match places.get_mut(group.id) {
                Some(place) => *place = Some(lane),
                None => rest = Some(lane),
            }
            if lane != OUT {
                lanes.push(*group);
            }
        }
        let mut tables = [Vec::new(), Vec::new(), Vec::new()];
        for (dictionary, table) in tables.iter_mut().enumerate() {
            let count = self.counts[dictionary].len();
            table.resize(count, 0);
            for (code, slot) in table.iter_mut().enumerate() {
                if Self::dictionary(by) == dictionary {
                    *slot = places
                        .get(self.group(by, code))
                        .copied()
                        .flatten()
                        .or(rest)
                        .unwrap_or(OUT);
                }
            }
            for (filter, ..) in ALL {
                let wanted = &view.state.funding_timeline.only[filter as usize];
                if Self::dictionary(filter) == dictionary && filter != by && !wanted.is_empty() {
                    for (code, slot) in table.iter_mut().enumerate() {
                        if self.key(filter, self.group(filter, code)) != wanted {
                            *slot = OUT;
                        }
                    }
                }
            }
        }
        let [kind, lane, target] = &tables;
        let show = EventFilter {
            kind,
            lane,
            target,
            least: view.state.funding_timeline.least as f32,
        };
        let pyramid = Pyramid::new(&self.events, &show, lanes.len());
        let mut worths = Vec::new();
        if by == By::Org || by == By::Lane {
            for rank in 0..self.events.len() {
                let lane = pyramid.lane(rank);
                let named = lanes
                    .get(usize::from(lane))
                    .is_some_and(|group| group.id != OTHERS);
                if named && self.worth(rank).is_some() && worths.len() < 20_000 {
                    worths.push((lane, rank as u32));
                }
            }
        }
        Ready {
            stamp,
            by,
            lanes,
            all,
            pyramid,
            worths,
            ..Ready::default()
        }
    }

    /// The ranks of a period's events, from the first to the one after the last.
    pub(super) fn ranks(&self, (from, to): (f64, f64)) -> (usize, usize) {
        (before(&self.events, from), before(&self.events, to))
    }

    /// The cells of all lanes in a period.
    pub(super) fn totals(&self, ready: &Ready, days: (f64, f64)) -> Vec<Cell> {
        if let Ok(mut last) = ready.totals.try_borrow_mut() {
            if last.0 != days || last.1.is_empty() {
                let (from, to) = self.ranks(days);
                last.0 = days;
                last.1.resize(ready.lanes.len(), EMPTY);
                ready.pyramid.range(&self.events, from, to, &mut last.1);
            }
            return last.1.clone();
        }
        Vec::new()
    }

    /// How many events each of so many equal parts of the whole has.
    pub(super) fn strip(&self, ready: &Ready, bins: usize) -> Vec<u32> {
        let Ok(mut strip) = ready.strip.try_borrow_mut() else {
            return Vec::new();
        };
        if strip.len() != bins {
            let (from, to) = self.whole();
            let mut bounds = Vec::new();
            for bin in 0..=bins {
                bounds.push((from + (to - from) * bin as f64 / bins as f64) * DAY_MS);
            }
            strip.clear();
            for column in ready
                .pyramid
                .columns(&self.events, &bounds)
                .chunks(ready.lanes.len().max(1))
            {
                let mut number = 0;
                for cell in column {
                    number += cell.count;
                }
                strip.push(number);
            }
        }
        strip.clone()
    }

    /// The first and the last day of all events, with a little air.
    pub(super) fn whole(&self) -> (f64, f64) {
        let (first, last) = self.span;
        let pad = ((last - first) * 0.015).max(if self.columns.is_some() {
            SHORTEST
        } else {
            0.5
        });
        (first - pad, last + pad)
    }

    /// First and last day that a view shows.
    pub(super) fn days(&self, view: &View) -> (f64, f64) {
        let whole = self.whole();
        let cut = |day: f64, otherwise: f64| {
            if day.is_finite() {
                day.clamp(-FARTHEST, FARTHEST)
            } else {
                otherwise
            }
        };
        let from = cut(view.from_day, whole.0);
        (from, cut(view.to_day, whole.1).max(from + SHORTEST))
    }
}

/// A period, moved and cut so that it lies in the whole; `None` where it is the whole.
pub(super) fn within(whole: (f64, f64), from: f64, to: f64) -> Option<(f64, f64)> {
    let length = (to - from).max(SHORTEST);
    if length >= whole.1 - whole.0 {
        return None;
    }
    let from = from.min(whole.1 - length).max(whole.0);
    Some((from, from + length))
}
