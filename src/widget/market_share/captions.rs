//! What is said around the picture: title, subline, finding, reading help, notes, and what the
//! reader can set. Not here: periods of a series, and the words on tiles.

use super::MarketShareWidget;
use super::parts::{Part, PartKind, others_label};
use super::view_state::node_words;
use crate::abi::NO_DATUM;
use crate::data::market_share::{Item, Kind, Rest, Table as ShareTable};
use crate::data::{Lang, Status};
use crate::text::{self, append, count, fill, push, say};
use crate::widget::Control;
use crate::widget::figure_builder::FigureBuilder;
use crate::widget::phrases::{lone_largest, marked};

/// Rows of a table from which on they can be searched by name.
const SEARCH_THRESHOLD: usize = 12;
/// Tables after the first whose leaders the finding names.
const MAX_OTHER_LEADERS: usize = 3;

impl MarketShareWidget {
    /// The documents of tables and of their items.
    pub(super) fn cited_sources(&self, shown: &[usize]) -> Vec<usize> {
        let mut cited = Vec::new();
        for table in shown.iter().filter_map(|&ix| self.data.tables.get(ix)) {
            let of_items = table.items.iter().map(|item| &item.cites);
            for cites in [&table.cites].into_iter().chain(of_items) {
                cited.extend(cites.iter().map(|cite| cite.source));
            }
        }
        cited
    }

    /// Title, subline, finding, reading help, notes and the choice of tables.
    pub(super) fn captions(&self, pen: &mut FigureBuilder<'_>, shown: &[usize]) {
        let lang = pen.view.lang;
        // The leader of the first table is the headline, those of the next the sentence under it.
        let mut leaders = String::new();
        let tables = shown.iter().filter_map(|&ix| self.data.tables.get(ix));
        for (place, table) in tables.enumerate() {
            self.table_notes(pen, table, shown.len() > 1);
            let finding = self.finding(table, place == 0, lang);
            match place {
                0 => pen.picture.title = finding,
                1..=MAX_OTHER_LEADERS => append(&mut leaders, say(lang, "; |; "), finding),
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
        if pen.picture.title.is_empty() {
            pen.picture.title = parts_words(self.parts_shown(shown), lang);
        }
        let all = |is: &dyn Fn(usize) -> bool| shown.iter().all(|&ix| is(ix));
        let words = if all(&|ix| !self.has_area(ix)) {
            if all(&|ix| self.is_certain(ix)) {
                "모든 값이 0이어서 그릴 넓이가 없다.|All values are 0, so there is no area to draw."
            } else {
                "0보다 큰 값이 적혀 있지 않아 그릴 넓이가 없다.|No value above 0 is given, so there is no area to draw."
            }
        } else if all(&|ix| self.data.tables.get(ix).is_some_and(gives_nothing)) {
            "적힌 값은 모두 0이다.|Every value that is given is 0."
        } else {
            ""
        };
        append(&mut pen.picture.takeaway, " ", say(lang, words));
        pen.picture.subline = self.picture_subline(shown, lang);
        pen.picture.howto.push_str(say(
            lang,
            "타일의 넓이가 값에 비례한다. 빗금은 어떻게 나뉘는지 알 수 없는 부분이다.|\
             A tile's area is proportional to its value. Hatching marks a part of which nobody knows how it is split.",
        ));
        if let Some(tables) = self.table_control(pen) {
            pen.picture.controls.insert(0, tables);
        }
    }

    /// Whether a table has any area.
    pub(super) fn has_area(&self, table: usize) -> bool {
        self.tree.value(self.table_node(table)) > 0.0
    }

    /// Whether all values of a table are given.
    pub(super) fn is_certain(&self, table: usize) -> bool {
        let columns = self.columns.as_ref();
        columns.is_none_or(|columns| !columns.is_partial())
            && self
                .data
                .tables
                .get(table)
                .is_some_and(|table| !table.unread && table.items.iter().all(|item| !item.unknown))
    }

    /// What is to be known of a table, with its name where there are several.
    fn table_notes(&self, pen: &mut FigureBuilder<'_>, table: &ShareTable, several: bool) {
        let lang = pen.view.lang;
        let mut words = String::new();
        if several {
            words = fill(lang, "{0} — ", &[table.title.get(lang)]);
        }
        words.push_str(&whole_note(table, lang));
        for extra in &[table.note.get(lang), table.rest_note.get(lang)] {
            append(&mut words, " ", extra);
            if !extra.is_empty() && !words.ends_with('.') {
                words.push('.');
            }
        }
        pen.note(&words);
        let undisclosed = self
            .columns
            .as_ref()
            .map_or(0, |columns| columns.undisclosed.len());
        if undisclosed > 0 {
            let words = "값이 적혀 있지 않은 항목 {0}개는 표에만 있다.|{0} part{0|s} without a value: in the table only.";
            pen.note(&fill(lang, words, &[&count(undisclosed, lang)]));
        }
    }

    /// The leader of a table, in a headline or in a sentence.
    fn finding(&self, table: &ShareTable, headline: bool, lang: Lang) -> String {
        if self.columns.is_some() {
            return self.largest_of_columns(lang);
        }
        let title = table.title.get(lang);
        let mut finding = String::from(if headline { title } else { "" });
        if let Some((_, item)) = leader(table) {
            let params = &[title, item.label.get(lang), &*item_words(table, item, lang)];
            if headline {
                let words = fill(lang, "{1} {2}", params);
                append(&mut finding, say(lang, ": |: "), words);
            } else {
                finding = fill(lang, "{0} — {1} {2}|{0}: {1} at {2}", params);
            }
        }
        finding
    }

    /// Of columns the largest part and its share; nothing where none leads.
    fn largest_of_columns(&self, lang: Lang) -> String {
        let root = self.tree.leaves();
        let mut children = self.tree.children(root).iter();
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
        let partial = self
            .columns
            .as_ref()
            .is_some_and(|columns| columns.is_partial());
        let size = if partial {
            part.size_words(lang)
        } else {
            part.percent_of(self.tree.value(root), lang)
        };
        fill(lang, "{0} {1}", &[&self.label(&part, lang), &size])
    }

    /// What is measured; of several tables, how to compare them.
    fn picture_subline(&self, shown: &[usize], lang: Lang) -> String {
        match shown {
            [] => String::new(),
            _ if self.columns.is_some() => parts_words(self.tree.leaves() as usize, lang),
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
        }
    }

    /// How many items the tables of a picture have.
    fn parts_shown(&self, shown: &[usize]) -> usize {
        let items = |ix: &usize| self.data.tables.get(*ix).map_or(0, |t| t.items.len());
        if self.columns.is_some() {
            return self.tree.leaves() as usize;
        }
        shown.iter().map(items).sum()
    }

    /// The choice of tables, and of the board if there is one.
    fn table_control(&self, pen: &FigureBuilder<'_>) -> Option<Control> {
        let lang = pen.view.lang;
        // Periods of one market are a slider's.
        let [first, ..] = self.data.tables.as_slice() else {
            return None;
        };
        let series = |table: &ShareTable| !table.series.is_empty() && table.series == first.series;
        if self.data.tables.iter().all(series) {
            return None;
        }
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
        Control::views("table", say(lang, "표|Table"), options, value)
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
            self.breadcrumbs(pen, node, skip);
        }
        if pen.picture.zooms || pen.picture.moved {
            pen.picture.keys = "+ = - 0";
        }
        if let &[one] = shown {
            self.periods(pen, one);
            let many = self.columns.is_some()
                || self
                    .data
                    .tables
                    .get(one)
                    .is_some_and(|table| table.items.len() > SEARCH_THRESHOLD);
            if many {
                pen.picture.controls.push(Control {
                    label: say(lang, "이름으로 찾기|Find by name").to_string(),
                    kind: "search",
                    ..Control::default()
                });
            }
        }
    }

    /// The way to the open node, and what it holds as the status.
    fn breadcrumbs(&self, pen: &mut FigureBuilder<'_>, node: u32, skip: u32) {
        let lang = pen.view.lang;
        let value = node_words(Some((node, skip)));
        let children = self.tree.children(node).len();
        let rest = children.saturating_sub(skip as usize);
        let mut options = Vec::new();
        if skip > 0 {
            options.push((value.clone(), others_label(rest, lang)));
        }
        let mut next = Some(node);
        while let Some(at) = next {
            let top = self.is_table(at);
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
            let last = options.last().map_or("", |last| &last.1);
            pen.picture.status = if skip > 0 {
                fill(lang, "{0} › {1}", &[&self.label(&part, lang), last])
            } else {
                fill(
                    lang,
                    "{0}: 항목 {1}개, {2}|{0}: {1} part{1|s}, {2}",
                    &[last, &count(rest, lang), &part.size_words(lang)],
                )
            };
        }
        pen.picture.controls.push(Control {
            key: "open",
            label: say(lang, "위치|Path").to_string(),
            kind: "crumbs",
            options,
            value,
        });
    }
}

/// The largest item and its place: of several that are equal none leads, nor one that something could exceed of
/// which the size or the split is not known.
pub(super) fn leader(table: &ShareTable) -> Option<(usize, &Item)> {
    let values: Vec<f64> = table.items.iter().map(|item| item.value).collect();
    let at = lone_largest(&values)?;
    let leader = table.items.get(at)?;
    let exceeds = |item: &Item| item.status.bound > 0 && item.label != leader.label;
    let hidden = matches!(table.rest, Rest::Unknown(rest) if rest >= leader.value);
    let certain = !leader.unknown && leader.status.bound >= 0 && !hidden && !table.unread;
    Some((at, leader)).filter(|_| certain && !table.items.iter().any(exceeds))
}

/// Whether a table of rows has none above 0: what is drawn of it is its rest.
fn gives_nothing(table: &ShareTable) -> bool {
    !table.items.is_empty() && table.items.iter().all(|item| item.value == 0.0)
}

fn parts_words(number: usize, lang: Lang) -> String {
    fill(lang, "항목 {0}개|{0} part{0|s}", &[&count(number, lang)])
}

/// The size of an item in words.
pub(super) fn item_words(table: &ShareTable, item: &Item, lang: Lang) -> String {
    Part {
        datum: NO_DATUM,
        table,
        value: item.value,
        kind: PartKind::Item(item),
    }
    .size_words(lang)
}

/// Measure, unit, period, region.
pub(super) fn subline(table: &ShareTable, lang: Lang) -> String {
    let mut words = String::new();
    let (metric, unit) = (table.metric.get(lang), text::unit(&table.unit, lang));
    // «number of companies» has its unit.
    let unit = if table.unit == "%" || text::is_currency(&table.unit) || metric.ends_with(unit) {
        ""
    } else {
        unit
    };
    let mut before = "";
    let period = text::period(&table.period, lang);
    let outlook = if table.forecast {
        say(lang, "전망|forecast")
    } else {
        ""
    };
    for &part in &[metric, unit, &period, outlook, table.region.get(lang)] {
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
    fill(lang, words, &[&whole_words(table, lang)])
}

/// The stated whole, with its «about».
pub(super) fn whole_words(table: &ShareTable, lang: Lang) -> String {
    let status = Status {
        approx: table.whole_approx,
        ..Status::default()
    };
    let whole = table.whole.unwrap_or(0.0);
    marked(&text::value(whole, &table.unit, lang), &status, lang)
}
