//! The groups of events: what can group the data, and the key, name, colour and size of each group.
//! Not here: which of them are shown as lanes.

use super::FundingTimelineWidget;
use super::kinds::{EventKind, KINDS};
use super::view_state::{GROUPINGS, GroupBy, Grouping};
use crate::data::{Lang, Layer, Party};
use crate::layout::order;
use crate::text::{self, say};
use crate::widget::phrases::given;
use crate::widget::{Palette, View};

/// Lanes that have a name; the rest is one lane more.
const MAX_NAMED_LANES: usize = 11;
/// The id of the group of organisations without a layer: behind those of layers.
const WITHOUT_LAYER: usize = Layer::ALL.len();
/// What it is called.
pub(super) const NO_LAYER: &str = "층 미기재|No layer given";
/// The id of that rest.
pub(super) const OTHERS: usize = usize::MAX;

/// A group: its place in the grouping, or [`OTHERS`], and how many events it has, filtered or not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Group {
    pub(super) id: usize,
    pub(super) count: u32,
}

impl FundingTimelineWidget {
    /// What can group this data.
    pub(super) fn groupings(&self) -> Vec<Grouping> {
        let mut offered = Vec::new();
        for row in GROUPINGS {
            let there = match row.group_by {
                GroupBy::Type => self.columns.as_ref().is_none_or(|c| c.kinds.len() > 1),
                GroupBy::Org => self.counts[2].len() > 1,
                GroupBy::Country => self.countries.len() > 1,
                GroupBy::Layer => self.data.parties.iter().any(|p| p.layer.is_some()),
                GroupBy::Column => self.columns.as_ref().is_some_and(|c| c.groups.len() > 1),
            };
            if there {
                offered.push(row);
            }
        }
        offered
    }

    /// What groups the events of a view.
    pub(super) fn group_by(&self, view: &View) -> GroupBy {
        let offered = self.groupings();
        let wanted = view.state.funding_timeline.group_by;
        let first = if self.columns.is_some() {
            offered.last().copied()
        } else {
            offered.first().copied()
        };
        // Columns that name groups are grouped by them, others by type or organisation, whichever
        // they have.
        let first = if self
            .columns
            .as_ref()
            .is_some_and(|c| c.groups.len() < 2 && c.kinds.len() > 1)
        {
            offered.first().copied()
        } else {
            first
        };
        offered
            .iter()
            .find(|row| Some(row.group_by) == wanted)
            .or(first.as_ref())
            .map_or(GroupBy::Type, |row| row.group_by)
    }

    /// Which of the three dictionaries a grouping reads: type, group, organisation.
    pub(super) fn dictionary(group_by: GroupBy) -> usize {
        match group_by {
            GroupBy::Type => 0,
            GroupBy::Column => 1,
            _ => 2,
        }
    }

    /// The organisation that has this code; 0 is none.
    fn party_of_code(&self, code: usize) -> Option<&Party> {
        code.checked_sub(1).and_then(|ix| self.data.parties.get(ix))
    }

    /// The group of a code of that dictionary.
    pub(super) fn group_of_code(&self, group_by: GroupBy, code: usize) -> usize {
        match group_by {
            GroupBy::Country => self.country_of.get(code).map_or(0, |&at| at.into()),
            GroupBy::Layer => self
                .party_of_code(code)
                .filter(|_| self.columns.is_none())
                .and_then(|party| party.layer)
                .map_or(WITHOUT_LAYER, |layer| layer as usize),
            _ => code,
        }
    }

    /// The key of a group in the view.
    pub(super) fn group_key(&self, group_by: GroupBy, id: usize) -> &str {
        if id == OTHERS {
            return "~";
        }
        match (group_by, &self.columns) {
            (GroupBy::Type, None) => EventKind::of_code(id).map_or("", |row| row.key),
            (GroupBy::Type, Some(c)) => c.kinds.get(id).map_or("", String::as_str),
            (GroupBy::Column, Some(c)) => c.groups.get(id).map_or("", String::as_str),
            (GroupBy::Org, Some(c)) => c.targets.get(id).map_or("", String::as_str),
            (GroupBy::Org, None) => self.party_of_code(id).map_or("-", |p| p.id.as_str()),
            (GroupBy::Country, _) => self.countries.get(id).map_or("", String::as_str),
            (GroupBy::Layer, _) => ["data", "infra", "model", "service", "context", "-"]
                .get(id)
                .copied()
                .unwrap_or(""),
            (GroupBy::Column, None) => "",
        }
    }

    /// The key of a group in the legend.
    pub(super) fn legend_key(&self, group_by: GroupBy, id: usize) -> String {
        let key = self.group_key(group_by, id);
        // The keys of a file's types are bare.
        if group_by == GroupBy::Type && self.columns.is_none() {
            key.to_string()
        } else {
            format!("{}:{key}", GROUPINGS[group_by as usize].key)
        }
    }

    /// What a group is called.
    pub(super) fn group_name(&self, group_by: GroupBy, id: usize, lang: Lang) -> String {
        if id == OTHERS {
            return say(lang, "그 밖|Others").to_string();
        }
        match group_by {
            GroupBy::Type if self.columns.is_none() => EventKind::of_code(id)
                .map_or("", |row| row.name(lang))
                .to_string(),
            GroupBy::Org if self.columns.is_none() => match self.party_of_code(id) {
                Some(party) => party.name.get(lang).to_string(),
                None => say(lang, "조직 없음|No organisation").to_string(),
            },
            GroupBy::Country if id == 0 => say(lang, "국가 미상|No country given").to_string(),
            GroupBy::Country => text::country(self.group_key(group_by, id), lang),
            GroupBy::Layer => layer_of_id(id)
                .map_or_else(|| say(lang, NO_LAYER), |layer| text::layer(layer, lang))
                .to_string(),
            _ => given(self.group_key(group_by, id), lang).to_string(),
        }
    }

    /// The layer of a group, or the one in whose colour it is drawn.
    pub(super) fn layer(&self, group_by: GroupBy, id: usize) -> Option<Layer> {
        match group_by {
            _ if self.columns.is_some() => Some(Layer::Infra),
            GroupBy::Org => self.party_of_code(id)?.layer,
            GroupBy::Layer => layer_of_id(id),
            _ => None,
        }
    }

    /// The colour of a group.
    pub(super) fn color(&self, palette: &Palette, group_by: GroupBy, id: usize) -> u32 {
        palette.of_layer(self.layer(group_by, id)).0
    }

    /// Finds the groups of all groupings.
    pub(super) fn find_groups(&mut self) {
        for row in GROUPINGS {
            self.groups[row.group_by as usize] = self.groups_of(row.group_by);
        }
    }

    /// The groups of a grouping, most events first, where there is no better order; without those
    /// that have none.
    fn groups_of(&self, group_by: GroupBy) -> Vec<Group> {
        let mut counts: Vec<u32> = Vec::new();
        for (code, &count) in self.counts[Self::dictionary(group_by)].iter().enumerate() {
            let id = self.group_of_code(group_by, code);
            if counts.len() <= id {
                counts.resize(id + 1, 0);
            }
            if let Some(sum) = counts.get_mut(id) {
                *sum += count;
            }
        }
        let mut keys = Vec::new();
        for (id, &count) in counts.iter().enumerate() {
            let rank = match group_by {
                GroupBy::Type if self.columns.is_none() => KINDS
                    .iter()
                    .position(|row| row.kind as usize == id)
                    .unwrap_or(0) as f64,
                GroupBy::Layer => id as f64,
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
    pub(super) fn lane_groups(&self, group_by: GroupBy) -> Vec<Group> {
        let mut lanes = self.groups[group_by as usize].clone();
        if lanes.len() > MAX_NAMED_LANES + 1 {
            let mut rest = 0;
            for group in lanes.drain(MAX_NAMED_LANES..) {
                rest += group.count;
            }
            lanes.push(Group {
                id: OTHERS,
                count: rest,
            });
        }
        lanes
    }
}

/// The layer that is a group.
fn layer_of_id(id: usize) -> Option<Layer> {
    Layer::ALL.get(id).copied()
}
