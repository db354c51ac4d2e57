//! What the reader has set in the timeline, and its texts in pages and links: what groups events
//! into lanes, and the filters. Not here: the groups of the data.

/// What the reader has set here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ViewState {
    /// What groups events into lanes; nothing leaves it to the data.
    pub group_by: Option<GroupBy>,
    /// The amount from which on events are shown, one of the controls'; 0 for all.
    pub least: f64,
    /// Of each grouping, the group whose events are shown; empty for all.
    pub filters: [String; GROUPINGS.len()],
}

impl ViewState {
    pub(in crate::widget) fn set(&mut self, key: &str, value: &str) {
        match key {
            "lanes" => {
                self.group_by = GROUPINGS
                    .iter()
                    .find(|row| row.key == value)
                    .map(|row| row.group_by)
            }
            "least" => {
                self.least = MIN_AMOUNTS
                    .iter()
                    .find(|row| row.0 == value)
                    .map_or(0.0, |row| row.1)
            }
            key => {
                for row in GROUPINGS {
                    if row.key == key {
                        self.filters[row.group_by as usize] = value.to_string();
                    }
                }
            }
        }
    }

    pub(in crate::widget) fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![
            ("lanes", self.group_by_key().to_string()),
            ("least", self.least_key().to_string()),
        ];
        pairs.extend(GROUPINGS.map(|row| (row.key, self.filters[row.group_by as usize].clone())));
        pairs
    }

    pub(super) fn group_by_key(&self) -> &'static str {
        self.group_by
            .map_or("", |group_by| GROUPINGS[group_by as usize].key)
    }

    pub(super) fn least_key(&self) -> &'static str {
        MIN_AMOUNTS
            .iter()
            .find(|row| row.1 == self.least)
            .map_or("", |row| row.0)
    }
}

/// Amounts from which on events can be shown, with their texts in the view.
pub(super) const MIN_AMOUNTS: [(&str, f64); 4] =
    [("1e7", 1e7), ("1e8", 1e8), ("1e9", 1e9), ("1e10", 1e10)];

/// What groups events into lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupBy {
    /// What happened.
    #[default]
    Type,
    /// The organisation that it is about.
    Org,
    /// The country of that organisation.
    Country,
    /// The layer of that organisation.
    Layer,
    /// The column of the data that groups: `lane`.
    Column,
}

/// A grouping: its key in the view, and its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grouping {
    pub(super) group_by: GroupBy,
    pub(super) key: &'static str,
    pub(super) name: &'static str,
}

const fn grouping(group_by: GroupBy, key: &'static str, name: &'static str) -> Grouping {
    Grouping {
        group_by,
        key,
        name,
    }
}

/// All groupings, in the order of [`GroupBy`].
pub(super) const GROUPINGS: [Grouping; 5] = [
    grouping(GroupBy::Type, "type", "유형|Type"),
    grouping(GroupBy::Org, "org", "조직|Organisation"),
    grouping(GroupBy::Country, "country", "국가|Country"),
    grouping(GroupBy::Layer, "layer", "층|Layer"),
    grouping(GroupBy::Column, "lane", "구분|Lane"),
];
