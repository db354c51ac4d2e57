//! The periods of a series: a slider, and a list of what has changed since the period before. Not
//! here: the places that tiles keep in all periods.

use super::MarketShareWidget;
use super::captions::item_words;
use crate::abi::NO_DATUM;
use crate::data::Lang;
use crate::data::market_share::{Item, Table as ShareTable};
use crate::layout::order;
use crate::text::{self, fill, push, say};
use crate::widget::figure_builder::FigureBuilder;
use crate::widget::{Control, List};

impl MarketShareWidget {
    /// The periods of a table's series as a slider, and what has changed since the one before, the
    /// largest change first.
    pub(super) fn periods(&self, pen: &mut FigureBuilder<'_>, ix: usize) {
        let lang = pen.view.lang;
        let Some(table) = self
            .data
            .tables
            .get(ix)
            .filter(|table| !table.series.is_empty())
        else {
            return;
        };
        let series = self.series_in_order(&table.series);
        if series.len() < 2 {
            return;
        }
        let mut options = Vec::new();
        let mut before = None;
        for &at in &series {
            if let Some(other) = self.data.tables.get(at) {
                if other.period < table.period {
                    before = Some(other);
                }
                options.push((other.id.clone(), text::period(&other.period, lang)));
            }
        }
        pen.picture.controls.push(Control {
            key: "table",
            label: say(lang, "시점|Period").to_string(),
            kind: "slider",
            options,
            value: table.id.clone(),
        });
        // Figures of unlike units have no difference.
        if let Some(before) = before.filter(|before| before.unit == table.unit) {
            let first_row = self.first_rows.get(ix).copied();
            let mut lines = changes(before, table, first_row, lang);
            lines.extend(new_items(before, table, lang));
            let title = changes_title(before, table, lang);
            pen.picture.lists.push(List { title, lines });
        }
    }

    /// The tables of a series in order of their periods, which are printed so that their order is
    /// that of their letters: 2023-Q4, 2024-Q1.
    fn series_in_order(&self, series: &str) -> Vec<usize> {
        let mut same: Vec<usize> = Vec::new();
        for (at, other) in self.data.tables.iter().enumerate() {
            if other.series == series {
                let place = same.partition_point(|&known| self.period(known) <= &*other.period);
                same.insert(place, at);
            }
        }
        same
    }

    fn period(&self, ix: usize) -> &str {
        self.data.tables.get(ix).map_or("", |table| &table.period)
    }
}

/// The items that both periods have, with their change.
fn changes(
    before: &ShareTable,
    table: &ShareTable,
    first_row: Option<u32>,
    lang: Lang,
) -> Vec<(u32, String)> {
    let (mut pairs, mut keys, mut lines) = (Vec::new(), Vec::new(), Vec::new());
    for (at, item) in table.items.iter().enumerate() {
        let same = |then: &&Item| is_same(then, item);
        if let Some(then) = before.items.iter().find(same) {
            pairs.push((at, then, item));
            keys.push(-(item.value - then.value).abs());
        }
    }
    for (_, at) in order(&keys) {
        let Some(&(place, then, now)) = pairs.get(at) else {
            continue;
        };
        let params = [
            now.label.get(lang),
            &change(now.value - then.value, &table.unit, lang),
            &item_words(before, then, lang),
            &item_words(table, now, lang),
        ];
        lines.push((
            first_row.map_or(NO_DATUM, |first| first + place as u32),
            fill(lang, "{0}: {1} ({2} → {3})|{0}: {1} ({2} → {3})", &params),
        ));
    }
    lines
}

/// The items that only the later period has.
fn new_items(before: &ShareTable, table: &ShareTable, lang: Lang) -> Vec<(u32, String)> {
    let mut lines = Vec::new();
    for item in &table.items {
        if !before.items.iter().any(|then| is_same(then, item)) {
            let params = [item.label.get(lang), &text::period(&before.period, lang)];
            let words = "{0}: {1} 값 미기재|{0}: no value given for {1}";
            lines.push((NO_DATUM, fill(lang, words, &params)));
        }
    }
    lines
}

fn is_same(then: &Item, now: &Item) -> bool {
    then.label.en == now.label.en
}

/// Which periods are compared, and whether their figures come from different sources.
fn changes_title(before: &ShareTable, table: &ShareTable, lang: Lang) -> String {
    let dates = [
        &*text::period(&before.period, lang),
        &*text::period(&table.period, lang),
    ];
    let mut title = fill(lang, "변화, {0} → {1}|Changes, {0} → {1}", &dates);
    let (first_before, first) = (before.cites.first(), table.cites.first());
    if first_before.map(|cite| (cite.source, &cite.attributed_to))
        != first.map(|cite| (cite.source, &cite.attributed_to))
    {
        title.push_str(say(lang, " (출처가 다름)| (different sources)"));
    }
    title
}

/// A difference in words: shares differ by percentage points.
fn change(by: f64, unit: &str, lang: Lang) -> String {
    let mut out = String::from(if by > 0.0 { "+" } else { "" });
    if unit == "%" {
        push(
            &mut out,
            lang,
            "{0}%p|{0} pp",
            &[&text::number(by, lang, 1)],
        );
    } else {
        out.push_str(&text::value(by, unit, lang));
    }
    out
}
