//! The events that the filters of a view leave, prepared for any period: lanes and a pyramid of
//! counts. Made anew when a filter changes. Not here: places in the picture.

use std::cell::{Ref, RefCell};

use super::FundingTimelineWidget;
use super::dimensions::DAY_MS;
use super::groups::{Group, OTHERS};
use super::view_state::{GROUPINGS, GroupBy, Grouping};
use crate::layout::density::{Cell, EMPTY, EventFilter, OUT, Pyramid};
use crate::widget::View;

/// Valuations that are drawn at most.
const MAX_VALUATIONS: usize = 20_000;

/// The events of a view, without those that a filter hides.
#[derive(Debug, Default)]
pub(super) struct PreparedEvents {
    /// The settings that it was made with.
    stamp: String,
    pub(super) group_by: GroupBy,
    /// Groups that are shown as lanes, from the top down.
    pub(super) lanes: Vec<Group>,
    /// All groups that could be lanes.
    pub(super) groups: Vec<Group>,
    pub(super) pyramid: Pyramid,
    /// Events with a valuation, in order of time: lane and rank.
    pub(super) valuations: Vec<(u8, u32)>,
    /// What was counted last: the cells of all lanes in a period, and the events of each bin of the
    /// overview.
    totals: RefCell<((f64, f64), Vec<Cell>)>,
    overview_counts: RefCell<Vec<u32>>,
}

/// The lane of each group.
struct LaneOfGroup {
    /// By the id of the group; `None` for a group that is not among the lanes.
    by_id: Vec<Option<u8>>,
    /// The lane of all others.
    others: Option<u8>,
}

impl LaneOfGroup {
    fn get(&self, id: usize) -> u8 {
        self.by_id
            .get(id)
            .copied()
            .flatten()
            .or(self.others)
            .unwrap_or(OUT)
    }
}

impl FundingTimelineWidget {
    /// The events of a view: those of the last one where no filter has changed.
    pub(super) fn prepared(&self, view: &View) -> Ref<'_, PreparedEvents> {
        let group_by = self.group_by(view);
        let set = &view.state.funding_timeline;
        // None is empty, as that of nothing is.
        let stamp = format!(
            "{}\0{}\0{}\0{}",
            set.group_by_key(),
            set.least_key(),
            set.filters.join("\0"),
            view.hidden.join("\0")
        );
        if self.prepared.borrow().stamp != stamp
            && let Ok(mut prepared) = self.prepared.try_borrow_mut()
        {
            // The old one makes room first.
            *prepared = PreparedEvents::default();
            *prepared = self.prepare(view, group_by, stamp);
        }
        self.prepared.borrow()
    }

    fn prepare(&self, view: &View, group_by: GroupBy, stamp: String) -> PreparedEvents {
        let groups = self.lane_groups(group_by);
        let (lanes, lane_of_group) = self.shown_lanes(view, group_by, &groups);
        let [kind, lane, target] = &self.lanes_of_codes(view, group_by, &lane_of_group);
        let filter = EventFilter {
            kind,
            lane,
            target,
            least: view.state.funding_timeline.least as f32,
        };
        let pyramid = Pyramid::new(&self.events, &filter, lanes.len());
        let valuations = self.valuations(group_by, &lanes, &pyramid);
        PreparedEvents {
            stamp,
            group_by,
            lanes,
            groups,
            pyramid,
            valuations,
            ..PreparedEvents::default()
        }
    }

    /// The groups that the legend does not hide, and the lane of every group.
    fn shown_lanes(
        &self,
        view: &View,
        group_by: GroupBy,
        groups: &[Group],
    ) -> (Vec<Group>, LaneOfGroup) {
        let codes = self.counts[Self::dictionary(group_by)].len();
        let mut lanes = Vec::new();
        let mut lane_of_group = LaneOfGroup {
            by_id: vec![None; codes.max(self.countries.len()).max(16)],
            others: None,
        };
        for group in groups {
            let lane = if view.hides(&self.legend_key(group_by, group.id)) {
                OUT
            } else {
                lanes.len() as u8
            };
            match lane_of_group.by_id.get_mut(group.id) {
                Some(slot) => *slot = Some(lane),
                None => lane_of_group.others = Some(lane),
            }
            if lane != OUT {
                lanes.push(*group);
            }
        }
        (lanes, lane_of_group)
    }

    /// Of each code of the three dictionaries the lane of its events, or [`OUT`] where a filter
    /// hides them.
    fn lanes_of_codes(
        &self,
        view: &View,
        group_by: GroupBy,
        lane_of_group: &LaneOfGroup,
    ) -> [Vec<u8>; 3] {
        let mut tables = [Vec::new(), Vec::new(), Vec::new()];
        for (dictionary, table) in tables.iter_mut().enumerate() {
            table.resize(self.counts[dictionary].len(), 0);
            if Self::dictionary(group_by) == dictionary {
                for (code, slot) in table.iter_mut().enumerate() {
                    *slot = lane_of_group.get(self.group_of_code(group_by, code));
                }
            }
            for Grouping {
                group_by: filter, ..
            } in GROUPINGS
            {
                let wanted = &view.state.funding_timeline.filters[filter as usize];
                if Self::dictionary(filter) != dictionary || filter == group_by || wanted.is_empty()
                {
                    continue;
                }
                for (code, slot) in table.iter_mut().enumerate() {
                    if self.group_key(filter, self.group_of_code(filter, code)) != wanted {
                        *slot = OUT;
                    }
                }
            }
        }
        tables
    }

    /// Events with a valuation in lanes that have one line for it: lane and rank.
    fn valuations(&self, group_by: GroupBy, lanes: &[Group], pyramid: &Pyramid) -> Vec<(u8, u32)> {
        let mut valuations = Vec::new();
        if group_by != GroupBy::Org && group_by != GroupBy::Column {
            return valuations;
        }
        for rank in 0..self.events.len() {
            let lane = pyramid.lane(rank);
            let named = lanes
                .get(usize::from(lane))
                .is_some_and(|group| group.id != OTHERS);
            if named && self.valuation(rank).is_some() && valuations.len() < MAX_VALUATIONS {
                valuations.push((lane, rank as u32));
            }
        }
        valuations
    }

    /// The ranks of a period's events, from the first to the one after the last.
    pub(super) fn ranks(&self, (from, to): (f64, f64)) -> (usize, usize) {
        (
            self.events.before(from * DAY_MS),
            self.events.before(to * DAY_MS),
        )
    }

    /// The cells of all lanes in a period.
    pub(super) fn totals(&self, prepared: &PreparedEvents, days: (f64, f64)) -> Vec<Cell> {
        if let Ok(mut last) = prepared.totals.try_borrow_mut() {
            if last.0 != days || last.1.is_empty() {
                let (from, to) = self.ranks(days);
                last.0 = days;
                last.1.resize(prepared.lanes.len(), EMPTY);
                prepared.pyramid.range(&self.events, from, to, &mut last.1);
            }
            return last.1.clone();
        }
        Vec::new()
    }

    /// How many events each of so many equal parts of all days has.
    pub(super) fn overview_counts(&self, prepared: &PreparedEvents, bins: usize) -> Vec<u32> {
        let Ok(mut counts) = prepared.overview_counts.try_borrow_mut() else {
            return Vec::new();
        };
        if counts.len() != bins {
            let (from, to) = self.all_days();
            let mut bounds = Vec::new();
            for bin in 0..=bins {
                bounds.push((from + (to - from) * bin as f64 / bins as f64) * DAY_MS);
            }
            counts.clear();
            for column in prepared
                .pyramid
                .columns(&self.events, &bounds)
                .chunks(prepared.lanes.len().max(1))
            {
                let mut number = 0;
                for cell in column {
                    number += cell.count;
                }
                counts.push(number);
            }
        }
        counts.clone()
    }
}
