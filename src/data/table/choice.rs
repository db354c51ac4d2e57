//! Which of several columns is meant, where their headings do not settle it: names and the groups
//! they stand in, one measure over several periods, and what alone can be a name, a value or a date.

use super::columns::{Column, Plan};
use super::headings::{PER_CENT, Takes, listed};
use super::periods::period_of;

/// Columns that count rows or name them for programs: neither names nor values.
const NUMBERING: &str = "rank, ranking, 순위, 번호, 연번, 순번, no, no., nr, #, index, 順位, id number, 코드, code, country code, iso code, iso3, zip, 우편번호, \
     latitude, longitude, lat, lon, lng, 위도, 경도";
/// Columns of values that are drawn only where there is none of what adds up.
const WEAK_VALUES: &str = "price, 가격, 주가, 종가, 株価, 価格, number, count, size, 수, 数";

impl Plan {
    /// Where two columns name rows, the one of which the rows have more names says what they are
    /// called; the other says in which groups they stand.
    pub(super) fn names_and_groups(&mut self) {
        let Some(first) = self.find("label") else {
            return;
        };
        let distinct = |at: usize| self.columns.get(at).map_or(0, |column| column.distinct);
        let fields = ["label", "group", "metric"];
        let named = |column: &Column| {
            fields.iter().any(|field| {
                self.schema
                    .field(field)
                    .is_some_and(|field| listed(field.headings, &column.name))
            })
        };
        // Names that are given once each are finer than those that are given again, too.
        let once = |at: usize| {
            self.columns
                .get(at)
                .is_some_and(|column| column.distinct == column.filled)
        };
        let finer = |at: &usize| {
            distinct(*at) > distinct(first)
                || once(*at) && !once(first) && distinct(*at) * 2 >= distinct(first)
        };
        let better = (0..self.columns.len())
            .filter(|at| *at != first && finer(at))
            .filter(|at| {
                self.columns.get(*at).is_some_and(|column| {
                    (column.is_free() && named(column)
                        || column
                            .field
                            .is_some_and(|field| fields.contains(&field.name)))
                        && !column.is_numbers()
                        && listed(self.names(), &column.name)
                })
            })
            .max_by_key(|at| distinct(*at));
        let Some(better) = better else {
            return;
        };
        let coarse = distinct(first) > 1;
        self.release(better);
        self.release(first);
        self.take(better, "label", false);
        if coarse && self.find("group").is_none() {
            self.take(first, "group", false);
        } else if !coarse && self.find("metric").is_none() {
            self.take(first, "metric", false);
        }
    }

    /// The headings of names.
    fn names(&self) -> &'static str {
        self.schema
            .field("label")
            .map_or("", |field| field.headings)
    }

    /// Of several columns of values the first that adds up.
    pub(super) fn strong_value(&mut self) {
        let Some(at) = self.find("value") else {
            return;
        };
        let weak = |column: &Column| listed(WEAK_VALUES, &column.name) || is_price(&column.name);
        if !self.columns.get(at).is_some_and(weak) {
            return;
        }
        let meant = |column: &&Column| {
            column.is_free()
                && column.is_numbers()
                && !weak(column)
                && self
                    .schema
                    .meant(&column.name)
                    .is_some_and(|field| field.name == "value")
        };
        let stronger = self.columns.iter().find(meant);
        if let Some(stronger) = stronger.and_then(|found| self.place_of(found)) {
            self.release(at);
            self.take(stronger, "value", false);
        }
    }

    fn place_of(&self, found: &Column) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| core::ptr::eq(column, found))
    }

    /// Columns of values whose headings are periods: `2023년 점유율`, `2024`, `FY24`. They measure
    /// one thing: of several the one of which there are most columns, the first of equals.
    pub(super) fn periods(&mut self) {
        if self.schema.field("period").is_none() {
            return;
        }
        let mut found = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let free = column.is_free() || column.field.is_some_and(|field| field.name == "value");
            if !free || !column.is_numbers() {
                continue;
            }
            if let Some(period) = period_of(&column.name) {
                let known = period.rest.is_empty()
                    || self
                        .schema
                        .meant(period.rest)
                        .is_some_and(|field| field.name == "value");
                let unit = column.unit.clone();
                found.push((
                    at,
                    period.name,
                    (period.rest.to_owned(), unit),
                    known,
                    period.forecast,
                    period.bare,
                ));
            }
        }
        let of = |measure: &(String, _)| {
            found
                .iter()
                .filter(|(_, _, own, ..)| own == measure)
                .count()
        };
        let mut best: Option<((String, _), usize)> = None;
        for (_, _, measure, known, ..) in &found {
            let count = of(measure);
            if (*known || count > 1) && best.as_ref().is_none_or(|(_, most)| count > *most) {
                best = Some((measure.clone(), count));
            }
        }
        let Some((measure, count)) = best else { return };
        let bare = found
            .iter()
            .any(|(_, _, own, _, _, bare)| *own == measure && *bare);
        if count < 2 && (self.find("value").is_some() || bare) {
            return;
        }
        let values: Vec<usize> = self.values().collect();
        for at in values {
            self.release(at);
        }
        let mut taken: Vec<String> = Vec::new();
        for (at, period, own, _, forecast, _) in found {
            // A second column of one period is none of it.
            if own != measure || taken.contains(&period) {
                continue;
            }
            taken.push(period.clone());
            let per_cent = listed(PER_CENT, &own.0);
            self.take(at, "value", false);
            if let Some(column) = self.columns.get_mut(at) {
                column.period = period;
                column.forecast = forecast;
                if per_cent && column.unit.is_none() {
                    column.unit.get_or_insert_default().percent = true;
                }
            }
        }
    }

    /// What is needed and has no heading that is known, where one column alone can be meant: of
    /// names and of values the first. What is drawn bears its heading, and the others are told.
    pub(super) fn by_content(&mut self) {
        let needed: Vec<_> = self
            .schema
            .needed
            .iter()
            .filter(|needed| self.lacks(needed))
            .filter_map(|needed| self.schema.field(needed))
            .collect();
        for field in needed {
            // Two ends and stages are never guessed.
            if !matches!(field.name, "label" | "value" | "date") {
                continue;
            }
            let fits = |column: &&Column| {
                column.is_free()
                    && !listed(NUMBERING, &column.name)
                    && match field.takes {
                        Takes::Number => column.is_numbers() && !column.is_years(),
                        // What is the same in all rows dates the file.
                        Takes::Date => {
                            column.is_dates()
                                && !column.is_numbers()
                                && (column.distinct > 1 || column.filled == 1)
                        }
                        _ => column.filled > 0 && !column.is_numbers() && !column.is_dates(),
                    }
            };
            let mut fitting = self.columns.iter().filter(fits);
            let only = match field.takes {
                Takes::Date => fitting.next().filter(|_| fitting.next().is_none()),
                // Names differ.
                Takes::Text => {
                    let all: Vec<&Column> = fitting.collect();
                    all.iter()
                        .find(|column| column.distinct > 1)
                        .or_else(|| all.first())
                        .copied()
                }
                _ => fitting.next(),
            };
            if let Some(at) = only.and_then(|only| self.place_of(only)) {
                self.take(at, field.name, true);
            }
        }
        self.periods_as_names();
        self.event_names();
    }

    /// Where nothing but periods tells rows apart, they are called so.
    fn periods_as_names(&mut self) {
        if self.schema.kind == "market-share"
            && self.find("label").is_none()
            && self.find("value").is_some()
            && let Some(at) = self.find("period").or_else(|| self.find("as_of"))
            && self
                .columns
                .get(at)
                .is_some_and(|column| column.distinct == column.filled.min(super::columns::SAMPLE))
        {
            self.take(at, "label", false);
            self.labels_are_periods = true;
        }
    }

    /// An event needs a name; where no heading says one, the first texts are it.
    fn event_names(&mut self) {
        if self.schema.kind != "funding-timeline" || !self.lacks_name() {
            return;
        }
        let fits = |column: &&Column| {
            column.is_free()
                && column.filled > 0
                && !listed(NUMBERING, &column.name)
                && !column.is_numbers()
                && !column.is_dates()
        };
        let first = self.columns.iter().find(fits);
        if let Some(at) = first.and_then(|found| self.place_of(found)) {
            self.take(at, "label", true);
        }
    }

    /// Whether nothing says what an event is.
    pub(super) fn lacks_name(&self) -> bool {
        ["label", "label_ko", "label_en", "target", "actors"]
            .iter()
            .all(|field| self.find(field).is_none())
    }
}

fn is_price(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default();
    last.eq_ignore_ascii_case("price") || name.ends_with("가격")
}
