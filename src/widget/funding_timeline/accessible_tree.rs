//! The accessible tree of the picture: the name of an event, lists by year, and where arrow keys
//! lead. Not here: which events are stops of the keyboard.

use super::FundingTimelineWidget;
use super::dimensions::DAY_MS;
use super::dot::PlacedDot;
use super::events::{event_count, event_date, event_sum};
use super::prepared::PreparedEvents;
use crate::abi::NO_DATUM;
use crate::data::Lang;
use crate::data::calendar::{civil_from_days, days_from_civil};
use crate::layout::order;
use crate::scene::AccessibleNode;
use crate::text::{self, also, append, fill, say};
use crate::widget::{Figure, reservations};

/// Lists of years in the tree.
const MAX_YEAR_GROUPS: i32 = 40;

/// What is said of an event.
pub(super) struct EventName {
    pub(super) key: String,
    /// The sentence.
    pub(super) name: String,
    pub(super) entity: Option<String>,
}

impl FundingTimelineWidget {
    /// What is said of an event: its name, and the sentence.
    pub(super) fn event_name(&self, dot: &PlacedDot, lang: Lang) -> EventName {
        if self.columns.is_some() {
            let key = self.column_label(dot.rank, lang);
            let mut name = key.clone();
            also(&mut name, lang, self.column_date(dot.rank, lang));
            also(&mut name, lang, self.column_sum(dot.rank, lang));
            return EventName {
                key,
                name,
                entity: None,
            };
        }
        let Some(event) = self.event(dot.datum) else {
            return EventName {
                key: String::new(),
                name: String::new(),
                entity: None,
            };
        };
        let key = event.label.get(lang).to_string();
        let mut name = key.clone();
        also(&mut name, lang, event_date(event, "", lang));
        also(&mut name, lang, event_sum(event, lang));
        also(
            &mut name,
            lang,
            reservations(text::status(&event.status, lang), lang),
        );
        EventName {
            key,
            name,
            entity: self.about(event).map(|a| a.id.clone()),
        }
    }

    /// The tree in lists by year instead of lanes, in order of time, each with its totals, those
    /// too that hold no stop of the keyboard. `ranks`: of each node the rank of its event. Where
    /// there are very many years, a list holds ten of them, a hundred …
    pub(super) fn group_by_year(
        &self,
        picture: &mut Figure,
        ranks: &[usize],
        prepared: &PreparedEvents,
        days: (f64, f64),
        lang: Lang,
    ) {
        let year = |day: f64| civil_from_days(day.floor() as i32).0;
        let (low, high) = (year(days.0), year(days.1));
        let mut step = 1;
        while (high - low) / step > MAX_YEAR_GROUPS {
            step *= 10;
        }
        let mut keys = Vec::new();
        for &rank in ranks {
            keys.push(rank as f64);
        }
        let mut old: Vec<Option<AccessibleNode>> = Vec::new();
        for node in picture.scene.outline.drain(..) {
            old.push(Some(node));
        }
        let mut sorted = order(&keys).into_iter().peekable();
        picture.groups.clear();
        let mut from = low.div_euclid(step) * step;
        while from <= high {
            let (begin, end) = (
                f64::from(days_from_civil(from, 1, 1)),
                f64::from(days_from_civil(from + step, 1, 1)),
            );
            let group = picture.groups.len() as u32;
            let before = picture.scene.outline.len();
            // The last list takes what begins after the end of the view, the first what begins
            // before: bars that reach into it.
            while let Some(&(rank, at)) = sorted.peek() {
                if self.events.ms(rank as usize) >= end * DAY_MS && from + step <= high {
                    break;
                }
                sorted.next();
                if let Some(mut node) = old.get_mut(at).and_then(Option::take) {
                    node.group = group;
                    picture.scene.outline.push(node);
                }
            }
            let period = (begin.max(days.0), end.min(days.1));
            let (events, totals) = self.period_totals(prepared, period, &event_count, lang);
            if events > 0 || picture.scene.outline.len() > before {
                let mut name = years_name(from, step, lang);
                append(&mut name, say(lang, ": |: "), totals);
                picture.groups.push(name);
            }
            from += step;
        }
        link_in_order(&mut picture.scene.outline);
    }
}

/// A year, or so many from one on.
fn years_name(from: i32, step: i32, lang: Lang) -> String {
    let first = text::year(from, lang);
    if step > 1 {
        fill(
            lang,
            "{0}~{1}년|{0}–{1}",
            &[&first, &text::year(from + step - 1, lang)],
        )
    } else {
        fill(lang, "{0}년|{0}", &[&first])
    }
}

/// ←→ lead along the nodes in order.
fn link_in_order(outline: &mut [AccessibleNode]) {
    let mut next = NO_DATUM;
    for node in outline.iter_mut().rev() {
        node.neighbors[1] = next;
        next = node.datum;
    }
    let mut last = NO_DATUM;
    for node in outline {
        node.neighbors[0] = last;
        last = node.datum;
    }
}

/// ↑↓ lead to the nearest event of the next lane above or below that has one.
pub(super) fn link_lanes(outline: &mut [AccessibleNode]) {
    let mut places: Vec<(u32, u32, f32)> = Vec::new();
    for node in outline.iter() {
        places.push((node.datum, node.group, node.rect_css[0] + node.rect_css[2]));
    }
    for (node, &(_, group, x)) in outline.iter_mut().zip(&places) {
        let mut nearest = [(u32::MAX, f32::INFINITY); 2];
        for &(datum, lane, there) in &places {
            let distance = ((there - x).abs() * 8.0).round();
            for (way, towards) in [(0, lane < group), (1, lane > group)] {
                let key = (lane.abs_diff(group), distance);
                if towards && key < nearest[way] {
                    nearest[way] = key;
                    node.neighbors[2 + way] = datum;
                }
            }
        }
    }
}
