//! What is said around the picture: finding, notes, changes between periods, and what the reader
//! can set.

use super::super::figure_builder::FigureBuilder;
use super::super::{Control, List};
use super::{
    Item, Kind, Lang, MarketShareWidget, NO_DATUM, Part, ShareTable, Sort, node_words, others,
};
use crate::layout::order;
use crate::text::{self, append, count, fill, push, say};

/// More rows than this can be searched by name.
const MANY: usize = 12;

impl MarketShareWidget {
    /// Title, subline, finding, reading help, notes and tabs.
    pub(super) fn words(&self, pen: &mut FigureBuilder<'_>, shown: &[usize]) {
        let lang = pen.view.lang;
        // The leader of the first table is the headline, those of the next three the sentence under
        // it.
        let mut leaders = String::new();
        for (told, table) in shown
            .iter()
            .filter_map(|&ix| self.data.tables.get(ix))
            .enumerate()
        {
            let mut note = String::new();
            if shown.len() > 1 {
                note = fill(lang, "{0} — ", &[table.title.get(lang)]);
            }
            note.push_str(&whole_note(table, lang));
            for extra in &[table.note.get(lang), table.rest_note.get(lang)] {
                append(&mut note, " ", extra);
                if !extra.is_empty() && !note.ends_with('.') {
                    note.push('.');
                }
            }
            pen.note(&note);
            let undisclosed = self
                .columns
                .as_ref()
                .map_or(0, |columns| columns.undisclosed.len());
            if undisclosed > 0 {
                let words = "값이 공개되지 않은 항목 {0}개는 표에만 있다.|{0} part{0|s} without a disclosed value: in the table only.";
                pen.note(&fill(lang, words, &[&count(undisclosed, lang)]));
            }

            // Of several that are equal none leads, and nothing leads nothing.
            let (mut leader, mut most): (Option<&Item>, f64) = (None, 0.0);
            for item in &table.items {
                if item.value > most {
                    (leader, most) = (Some(item), item.value);
                } else if item.value == most {
                    leader = None;
                }
            }
            let title = table.title.get(lang);
            let mut finding = String::from(if told == 0 { title } else { "" });
            if let Some(item) = leader.filter(|item| !item.unknown) {
                let words = Part {
                    datum: NO_DATUM,
                    table,
                    value: item.value,
                    sort: Sort::Item(item),
                }
                .words(lang);
                let part = &[title, item.label.get(lang), &*words];
                if told == 0 {
                    append(
                        &mut finding,
                        say(lang, ": |: "),
                        fill(lang, "{1} {2}", part),
                    );
                } else {
                    finding = fill(lang, "{0} — {1} {2}|{0}: {1} at {2}", part);
                }
            }
            if self.columns.is_some() {
                finding = self.largest(lang);
            }
            match told {
                0 => pen.picture.title = finding,
                1..=3 => append(&mut leaders, say(lang, "; |; "), finding),
                _ => {}
            }
        }
        if !leaders.is_empty() {
            push(
                &mut pen.picture.takeaway,
                lang,
                "다른 표에서 가장 큰 몫: {0}.|The largest parts of other tables: {0}.",
                &[&leaders],
            );
        }
        pen.picture.subline = match shown {
            [] => String::new(),
            _ if self.columns.is_some() => fill(
                lang,
                "항목 {0}개|{0} part{0|s}",
                &[&count(self.tree.leaves() as usize, lang)],
            ),
            [one] => self
                .data
                .tables
                .get(*one)
                .map_or(String::new(), |table| subline(table, lang)),
            _ => fill(
                lang,
                "표 {0}개, 표마다 전체가 다름. 넓이는 표 안에서만 비교됨|{0} table{0|s}, each a whole of its own; areas compare within a table only",
                &[&count(shown.len(), lang)],
            ),
        };
        pen.picture.howto.push_str(say(
            lang,
            "타일의 넓이가 값에 비례한다. 빗금은 출처가 나눈 값을 밝히지 않은 부분이다.|\
             A tile's area is proportional to its value. Hatching marks the part whose split the source does not give.",
        ));
        let mut options = Vec::new();
        if self.data.tables.len() > 1 && self.data.board.len() > 1 {
            options.push((String::new(), say(lang, "한눈에|Overview").to_string()));
        }
        for table in &self.data.tables {
            options.push((table.id.clone(), table.title.get(lang).to_string()));
        }
        let value = if self.data.tables.iter().any(|t| t.id == pen.view.tab) {
            pen.view.tab.as_str()
        } else {
            ""
        };
        let views = Control::views("table", say(lang, "표|Table"), options, value);
        if let Some(views) = views {
            pen.picture.controls.insert(0, views);
        }
    }

    /// Of columns the largest part and its share; nothing where none leads.
    fn largest(&self, lang: Lang) -> String {
        let top = self.tree.leaves();
        let (whole, mut children) = (self.tree.value(top), self.tree.children(top).iter());
        let Some(part) = children
            .next()
            .and_then(|&child| self.part(child))
            .filter(|part| part.value > 0.0)
        else {
            return String::new();
        };
        if children
            .next()
            .is_some_and(|&next| self.tree.value(next) >= part.value)
        {
            return String::new();
        }
        if self
            .columns
            .as_ref()
            .is_some_and(|columns| columns.partial())
        {
            return fill(
                lang,
                "{0} {1}",
                &[&self.label(&part, lang), &part.words(lang)],
            );
        }
        fill(
            lang,
            "{0} {1}",
            &[
                &self.label(&part, lang),
                &text::percent(part.value / whole * 100.0, lang),
            ],
        )
    }

    /// Breadcrumbs, periods with their changes, and the search.
    pub(super) fn controls(
        &self,
        pen: &mut FigureBuilder<'_>,
        shown: &[usize],
        opened: Option<(u32, u32)>,
    ) {
        let lang = pen.view.lang;
        if let Some((node, skip)) = opened {
            let mut options = Vec::new();
            if skip > 0 {
                let rest = self.tree.children(node).len().saturating_sub(skip as usize);
                options.push((node_words(opened), others(rest, lang)));
            }
            let mut next = Some(node);
            while let Some(at) = next {
                let top = self.table_at(at).is_none_or(|table| self.top(table) == at);
                let words = self
                    .part(at)
                    .map_or(String::new(), |part| self.label(&part, lang));
                let words = if top && words.is_empty() {
                    say(lang, "전체|All").to_string()
                } else {
                    words
                };
                options.push((node_words((!top).then_some((at, 0))), words));
                next = self.tree.parent(at).filter(|_| !top);
            }
            options.reverse();
            if let Some(part) = self.part(node) {
                let parts = count(
                    self.tree.children(node).len().saturating_sub(skip as usize),
                    lang,
                );
                pen.picture.status = fill(
                    lang,
                    "{0}: 항목 {1}개, {2}|{0}: {1} part{1|s}, {2}",
                    &[
                        options.last().map_or("", |last| &last.1),
                        &parts,
                        &part.words(lang),
                    ],
                );
                if skip > 0 {
                    pen.picture.status = fill(
                        lang,
                        "{0} › {1}",
                        &[
                            &self.label(&part, lang),
                            options.last().map_or("", |last| &last.1),
                        ],
                    );
                }
            }
            let value = node_words(opened);
            pen.picture.controls.push(Control {
                key: "open",
                label: say(lang, "위치|Path").to_string(),
                kind: "crumbs",
                options,
                value,
            });
        }
        if pen.picture.zooms || pen.picture.moved {
            pen.picture.keys = "+ = - 0";
        }
        if let &[one] = shown {
            self.periods(pen, one);
            if self.columns.is_some()
                || self
                    .data
                    .tables
                    .get(one)
                    .is_some_and(|table| table.items.len() > MANY)
            {
                pen.picture.controls.push(Control {
                    label: say(lang, "이름으로 찾기|Find by name").to_string(),
                    kind: "search",
                    ..Control::default()
                });
            }
        }
    }

    /// The periods of a table's series as a slider, and what has changed since the one before, the
    /// largest change first.
    fn periods(&self, pen: &mut FigureBuilder<'_>, ix: usize) {
        let lang = pen.view.lang;
        let Some(table) = self
            .data
            .tables
            .get(ix)
            .filter(|table| !table.series.is_empty())
        else {
            return;
        };
        let mut same: Vec<usize> = Vec::new();
        for (at, other) in self.data.tables.iter().enumerate() {
            // Periods are printed so that their order is that of their letters: 2023-Q4, 2024-Q1.
            if other.series == table.series {
                same.insert(
                    same.partition_point(|&known| self.period(known) <= &*other.period),
                    at,
                );
            }
        }
        if same.len() < 2 {
            return;
        }
        let mut options = Vec::new();
        let mut before = None;
        for &at in &same {
            if let Some(other) = self.data.tables.get(at) {
                if other.period < table.period {
                    before = Some(at);
                }
                options.push((other.id.clone(), text::period(&other.period, lang)));
            }
        }
        let label = say(lang, "시점|Period").to_string();
        pen.picture.controls.push(Control {
            key: "table",
            label,
            kind: "slider",
            options,
            value: table.id.clone(),
        });
        let Some(old) = before.and_then(|at| self.data.tables.get(at)) else {
            return;
        };
        let (mut changes, mut lines, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for (at, item) in table.items.iter().enumerate() {
            if let Some(then) = old.items.iter().find(|then| then.label.en == item.label.en) {
                changes.push((at, then, item));
                keys.push(-(item.value - then.value).abs());
            }
        }
        for (_, at) in order(&keys) {
            let Some(&(place, then, now)) = changes.get(at) else {
                continue;
            };
            let words = |table: &ShareTable, item: &Item| {
                Part {
                    datum: NO_DATUM,
                    table,
                    value: item.value,
                    sort: Sort::Item(item),
                }
                .words(lang)
            };
            let parts = [
                now.label.get(lang),
                &change(now.value - then.value, &table.unit, lang),
                &words(old, then),
                &words(table, now),
            ];
            let datum = self
                .base
                .get(ix)
                .map_or(NO_DATUM, |base| base + place as u32);
            lines.push((
                datum,
                fill(lang, "{0}: {1} ({2} → {3})|{0}: {1} ({2} → {3})", &parts),
            ));
        }
        for item in &table.items {
            if !old.items.iter().any(|then| then.label.en == item.label.en) {
                let parts = [item.label.get(lang), &text::period(&old.period, lang)];
                lines.push((
                    NO_DATUM,
                    fill(
                        lang,
                        "{0}: {1} 값 미기재|{0}: no value given for {1}",
                        &parts,
                    ),
                ));
            }
        }
        let dates = [
            &*text::period(&old.period, lang),
            &*text::period(&table.period, lang),
        ];
        let mut title = fill(lang, "변화, {0} → {1}|Changes, {0} → {1}", &dates);
        if old
            .cites
            .first()
            .map(|cite| (cite.source, &cite.attributed_to))
            != table
                .cites
                .first()
                .map(|cite| (cite.source, &cite.attributed_to))
        {
            title.push_str(say(lang, " (출처가 다름)| (different sources)"));
        }
        pen.picture.lists.push(List { title, lines });
    }

    fn period(&self, ix: usize) -> &str {
        self.data.tables.get(ix).map_or("", |table| &table.period)
    }
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

/// Measure, unit, period, region.
pub(super) fn subline(table: &ShareTable, lang: Lang) -> String {
    let mut words = String::new();
    let (metric, unit) = (table.metric.get(lang), text::unit(&table.unit, lang));
    // «number of companies» has its unit.
    let unit = if table.unit == "%" || metric.ends_with(unit) {
        ""
    } else {
        unit
    };
    let mut before = "";
    let period = text::period(&table.period, lang);
    for &part in &[metric, unit, &period, table.region.get(lang)] {
        if part != before {
            append(&mut words, " · ", part);
        }
        before = part;
    }
    words
}

/// What the whole is, in words.
pub(super) fn whole_note(table: &ShareTable, lang: Lang) -> String {
    let words = match (table.kind, table.whole) {
        (Kind::Comparison, _) => {
            "나란히 놓은 값이며 하나의 전체가 아니다.|Values side by side, not parts of one whole."
        }
        (Kind::Share, _) => "전체는 100%.|The whole is 100%.",
        (Kind::Parts, Some(_)) => "전체는 {0}.|The whole is {0}.",
        (Kind::Parts, None) => "전체는 출처에 없다.|The source gives no whole.",
    };
    fill(
        lang,
        words,
        &[&text::value(table.whole.unwrap_or(0.0), &table.unit, lang)],
    )
}
