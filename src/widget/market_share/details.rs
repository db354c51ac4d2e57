//! What is said of one part: its tooltip, its row in the table, and how it is found by name. Not
//! here: the words on its tile.

use super::MarketShareWidget;
use super::captions::whole_words;
use super::parts::{Part, PartKind};
use crate::data::Lang;
use crate::text::{self, append, count, fill, say};
use crate::widget::phrases::cut_row;
use crate::widget::search::NameSearch;
use crate::widget::{Table, Tooltip, cites, cites_cell, joined};

/// Rows of a table that is read as text; of more, the first.
const MAX_TABLE_ROWS: usize = 20_000;

impl MarketShareWidget {
    /// What is known of one part.
    pub(super) fn tooltip(&self, datum: u32, lang: Lang) -> Option<Tooltip> {
        let part = self.part(datum)?;
        let table = part.table;
        let mut card = Tooltip {
            title: self.label(&part, lang),
            value: part.size_words(lang),
            date: text::period(part.period(), lang),
            status: part.status(lang),
            note: table.note.get(lang).to_string(),
            cites: cites(part.sources(), &self.data.sources, lang),
            ..Tooltip::default()
        };
        let title = table.title.get(lang);
        if !title.is_empty() {
            card.row(say(lang, "표|Table"), title.to_string());
        }
        match part.kind {
            PartKind::Item(_) | PartKind::Group(_) => {
                card.entity = self.party(&part).map(|p| p.id.clone())
            }
            PartKind::Remainder | PartKind::Unknown(_) => {
                card.note = table.rest_note.get(lang).to_string()
            }
            PartKind::Row | PartKind::Undisclosed | PartKind::Others(_) => {}
        }
        let path = self.group_path(datum, lang);
        if !path.is_empty() {
            card.row(say(lang, "묶음|Group"), path);
        }
        if let PartKind::Group(_) = part.kind {
            card.row(
                say(lang, "항목|Parts"),
                count(self.tree.leaves_below(datum), lang),
            );
        }
        if let Some(whole) = part.whole() {
            card.share = fill(
                lang,
                "전체 {0}의 {1}|{1} of {0}",
                &[&whole_words(table, lang), &part.percent_of(whole, lang)],
            );
        }
        let metric = table.metric.get(lang);
        if !metric.is_empty() {
            card.row(say(lang, "기준|Measure"), metric.to_string());
        }
        self.add_color_value(&mut card, &part, lang);
        Some(card)
    }

    /// The groups that a part stands in, from the innermost out.
    fn group_path(&self, datum: u32, lang: Lang) -> String {
        let mut path = String::new();
        let mut next = self
            .others_of(datum)
            .map(|others| others.0)
            .or_else(|| self.tree.parent(datum));
        while let Some(above) = next.filter(|&above| !self.is_table(above)) {
            append(&mut path, " ‹ ", self.name(above, lang).unwrap_or_default());
            next = self.tree.parent(above);
        }
        path
    }

    /// The second measure.
    fn add_color_value(&self, card: &mut Tooltip, part: &Part<'_>, lang: Lang) {
        let value = self.color_value(part.datum);
        if !value.is_nan() {
            let words = part.table.color.get(lang);
            let label = if words.is_empty() {
                say(lang, "색|Colour")
            } else {
                words
            };
            card.row(label, text::number(value, lang, 2));
        }
    }

    /// All rows as text.
    pub(super) fn data_table(&self, lang: Lang) -> Table {
        let head = "표,항목,값,단위,시점,상태,출처|Table,Item,Value,Unit,Period,Status,Source";
        let mut out = Table::new(self.data.title.get(lang), head, lang);
        for part in self
            .rows_of_table()
            .into_iter()
            .filter_map(|datum| self.part(datum))
        {
            out.row();
            out.cell(part.table.title.get(lang));
            out.cell(self.label(&part, lang));
            out.cell(if part.is_unknown() {
                String::new()
            } else {
                text::number(part.value, lang, 4)
            });
            let unit = text::unit(&part.table.unit, lang);
            out.cell(unit.strip_prefix("단위 ").unwrap_or(unit));
            out.cell(text::period(part.period(), lang));
            out.cell(match part.kind {
                PartKind::Remainder => say(
                    lang,
                    "나머지 (편집부 계산)|remainder (derived by the editor)",
                )
                .to_string(),
                PartKind::Unknown(false) => say(lang, "구성 미상|split unknown").to_string(),
                _ => joined(&part.status(lang), lang),
            });
            out.cell(cites_cell(part.sources(), &self.data.sources, lang));
        }
        if out.rows.len() == MAX_TABLE_ROWS {
            cut_row(&mut out, self.tree.leaves() as usize, lang);
        }
        out
    }

    /// The rows that the table has: all of a file; of columns from the largest down, group by
    /// group.
    fn rows_of_table(&self) -> Vec<u32> {
        let leaves = self.tree.leaves();
        let Some(columns) = &self.columns else {
            return (0..leaves).collect();
        };
        let mut rows: Vec<u32> = Vec::new();
        let mut open = vec![leaves];
        while let Some(node) = open.pop() {
            for &child in self.tree.children(node) {
                if child >= leaves {
                    open.push(child)
                } else if rows.len() < MAX_TABLE_ROWS && !columns.is_left_out(child) {
                    rows.push(child)
                }
            }
        }
        rows
    }

    /// Rows and groups by their names.
    pub(super) fn find_parts(&self, words: &str, lang: Lang) -> Vec<(u32, String)> {
        let mut finder = NameSearch::new(words);
        for datum in 0..self.tree.leaves() + self.tree.inner() {
            if finder.full() {
                break;
            }
            if let Some(name) = self.name(datum, lang) {
                finder.offer(datum, &[name], name);
            }
        }
        finder.found()
    }
}
