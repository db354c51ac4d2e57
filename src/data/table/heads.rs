//! Which lines of a table are headings: below titles, in two rows where cells were merged, with a
//! row of units, and above a second table.

use super::dates::{self, Reading};
use super::headings::{SCHEMAS, same};
use super::periods::names_period;
use super::quantity::{self, Cell, Decimal};
use super::raw::{self, MAX_COLUMNS, Raw, RawRow, is_note};
use super::units::lists;
use crate::data::value::Texts;
use crate::error::IssueKind;

/// Lines in which headings are looked for.
const HEAD_LINES: usize = 12;

/// The texts of a row.
fn texts<'a>(row: &RawRow<'a>) -> Vec<&'a str> {
    row.cells.iter().map(|cell| cell.text).collect()
}

fn filled(cells: &[&str]) -> usize {
    cells.iter().filter(|cell| !cell.is_empty()).count()
}

/// Of how many cells the meaning is known, as headings of one kind of data.
fn known(cells: &[&str]) -> usize {
    let mut counts = [0; SCHEMAS.len()];
    for cell in cells.iter().take(MAX_COLUMNS) {
        let name = quantity::heading(cell).0;
        for (count, schema) in counts.iter_mut().zip(SCHEMAS) {
            *count += usize::from(schema.meant(&name).is_some());
        }
    }
    counts.iter().copied().max().unwrap_or(0)
}

/// Whether a text is a number that measures, or may: neither a name nor a period.
fn is_number(text: &str) -> bool {
    !matches!(quantity::cell(text, Decimal::Point), Cell::NoNumber) && !names_period(text)
}

/// Two rows of headings as one. What stands above a gap goes on to its right.
fn joined<'a>(upper: &[&'a str], lower: &[&'a str], arena: &'a Texts) -> Vec<&'a str> {
    let mut group = "";
    (0..upper.len().max(lower.len()))
        .map(|at| {
            let above = upper.get(at).copied().unwrap_or_default();
            let below = lower.get(at).copied().unwrap_or_default();
            if !above.is_empty() {
                group = above;
            }
            match below {
                "" => above,
                below if group.is_empty() || below == above || at == 0 => below,
                below => arena.alloc_str(&[group, " ", below].concat()),
            }
        })
        .collect()
}

impl<'a> Raw<'a> {
    /// A first line of which no cell is a heading, and one is a number or a day above others of its
    /// kind, is a row: a table without headings.
    pub(super) fn without_head(&mut self) {
        let is_day = |text: &str| matches!(dates::date(text, None), Reading::Date(date, _) if date.len() >= 10);
        let (Some(first), true) = (self.rows.first(), filled(&self.head) > 1) else {
            return;
        };
        let alike = self.head.iter().zip(&first.cells).any(|(heading, cell)| {
            !heading.is_empty()
                && !cell.text.is_empty()
                && (is_number(heading) && is_number(cell.text)
                    || is_day(heading) && is_day(cell.text))
        });
        let named = |text: &&str| {
            !text.is_empty() && !is_number(text) && !is_day(text) && !names_period(text)
        };
        if !alike
            || known(&self.head) > 0
            || self.head.iter().filter(|text| named(text)).count() != 1
        {
            return;
        }
        let cell = |text: &&'a str| raw::Cell {
            text,
            number: false,
        };
        let row = RawRow {
            line: match self.head_line {
                0 => first.line.saturating_sub(1).max(1),
                line => line,
            },
            cells: self.head.iter().map(cell).collect(),
        };
        self.head.fill("");
        self.rows.insert(0, row);
    }

    /// A unit that the title states behind itself, `AI 투자 (단위: 억원)`.
    pub(super) fn unit_of_title(&mut self) {
        let title = self.title;
        let bracket = title
            .strip_suffix([')', ']', '）'])
            .and_then(|rest| rest.rsplit_once(['(', '[', '（']));
        if let Some((title, inside)) = bracket
            && self.unit.is_empty()
            && let Some(unit) = stated_unit(inside)
        {
            (self.title, self.unit) = (title.trim_end(), unit);
        }
    }

    /// Where titles stand above the headings the headings are the line of which most is understood,
    /// or else the first that is as wide as the rows below it.
    pub(super) fn find_head(&mut self, arena: &'a Texts) {
        let width = self
            .rows
            .iter()
            .map(|row| filled(&texts(row)))
            .max()
            .unwrap_or(0);
        // A table without headings has none anywhere.
        if !self.head.is_empty()
            && filled(&self.head) == 0
            && self.rows.first().is_some_and(|row| {
                row.cells.len() == self.head.len()
                    && row
                        .cells
                        .iter()
                        .any(|cell| is_number(cell.text) && !cell.text.is_empty())
            })
        {
            return;
        }
        // The corner above names is often empty.
        let corner = self.head.first().is_some_and(|first| first.is_empty())
            && filled(&self.head) + 1 >= width
            && !self
                .head
                .iter()
                .any(|cell| is_number(cell) && !cell.is_empty());
        if corner && filled(&self.head) > 0
            || filled(&self.head) >= width.min(2) && known(&self.head) > 0
        {
            return;
        }
        let found = self
            .rows
            .iter()
            .take(HEAD_LINES)
            .map(texts)
            .position(|cells| known(&cells) >= width.min(2))
            .or_else(|| {
                (filled(&self.head) < width.min(2)).then(|| {
                    self.rows
                        .iter()
                        .take(HEAD_LINES)
                        .position(|row| filled(&texts(row)) >= width.min(2))
                })?
            });
        let Some(found) = found else { return };
        self.head_line = self.rows.get(found).map_or(0, |row| row.line);
        let mut above = vec![core::mem::take(&mut self.head)];
        above.extend(self.rows.drain(..=found).map(|row| texts(&row)));
        self.head = above.pop().unwrap_or_default();
        // Right above may stand the upper of two rows of headings, over cells that were merged.
        let upper = above.pop_if(|line| {
            line.first().is_some_and(|corner| corner.is_empty())
                && filled(line) >= 2
                && line.iter().all(|cell| cell.is_empty() || !is_number(cell))
        });
        if let Some(upper) = upper {
            self.head = joined(&upper, &self.head, arena);
        }
        for line in above {
            self.title_line(&line);
        }
    }

    /// What a line above the headings says: a unit, the title where it stands alone, or a note.
    fn title_line(&mut self, line: &[&'a str]) {
        let mut rest = Vec::new();
        for text in line.iter().filter(|text| !text.is_empty()) {
            let is_unit = || quantity::heading(&["x (", text, ")"].concat()).0 == "x";
            match stated_unit(text) {
                Some(unit) => self.unit = unit,
                // `단위: 억원, %`, cut in two by a comma. Per cents say so in their headings.
                None if !self.unit.is_empty() && is_unit() => {}
                None => rest.push(*text),
            }
        }
        match rest.as_slice() {
            [] => {}
            [text] if self.title.is_empty() && !is_note(text) => self.title = text,
            [text] if *text == self.title => {}
            texts => self.tell(0, &texts.join(": "), IssueKind::TableNote),
        }
    }

    /// Headings in two rows, of which the upper has cells that were merged, are one: `매출` above
    /// `2023` is `매출 2023`. A row of units below them states those of their columns.
    pub(super) fn join_heads(&mut self, arena: &'a Texts) {
        if let Some(row) = self.rows.first().map(texts)
            && self.is_lower_head(&row)
        {
            self.head = joined(&self.head, &row, arena);
            self.rows.remove(0);
        }
        let Some(row) = self.rows.first().map(texts) else {
            return;
        };
        let (corner, units) = row.split_first().unwrap_or((&"", &[]));
        let corner = corner.is_empty() || lists("단위|unit|units|(단위)|(unit)|単位", corner);
        let bare = |text: &str| {
            text.trim_matches(['(', ')', '[', ']', '（', '）'])
                .to_owned()
        };
        let is_unit = |text: &&&str| {
            let (name, unit) = quantity::heading(&["x (", &bare(text), ")"].concat());
            unit.is_some() && name == "x" && !is_number(text)
        };
        let stated = units.iter().filter(|text| !text.is_empty());
        if !corner || stated.clone().count() == 0 || !stated.clone().all(|text| is_unit(&text)) {
            return;
        }
        for (heading, unit) in self.head.iter_mut().skip(1).zip(units) {
            if !unit.is_empty() {
                *heading = arena.alloc_str(&[*heading, " (", &bare(unit), ")"].concat());
            }
        }
        self.rows.remove(0);
    }

    /// Whether the first row below the headings is a second row of them: they have gaps, which it
    /// fills, and nothing in it measures anything.
    fn is_lower_head(&self, row: &[&str]) -> bool {
        let first = self.head.first().copied().unwrap_or_default();
        let below = row.first().copied().unwrap_or_default();
        let gap = |at: usize| {
            at > 0
                && self.head.get(at).is_none_or(|heading| heading.is_empty())
                && self.head.iter().take(at).any(|heading| !heading.is_empty())
        };
        let fills = row
            .iter()
            .enumerate()
            .any(|(at, text)| gap(at) && !text.is_empty());
        (below.is_empty() || same(below, first))
            && filled(row) >= 2
            && fills
            && row
                .iter()
                .filter(|text| !text.is_empty())
                .all(|text| !is_number(text))
    }

    /// A line that repeats the headings is no row. One that has other headings begins another table,
    /// whose numbers would stand below headings that are not theirs: it is not read.
    pub(super) fn end_at_next_table(&mut self) {
        let width = filled(&self.head);
        let first = self.head.first().copied().unwrap_or_default();
        if width < 2 {
            return;
        }
        let (mut repeated, mut other) = (Vec::new(), None);
        let mut line_before = 0;
        for (at, row) in self.rows.iter().enumerate() {
            let cells = texts(row);
            let gap = line_before > 0 && row.line > line_before + 1;
            line_before = row.line;
            if cells.first().is_none_or(|cell| cell.is_empty()) || filled(&cells) < 2 {
                continue;
            }
            let is_same = |(cell, heading): (&&str, &&str)| same(cell, heading) || cell == heading;
            if filled(&cells) == width
                && cells
                    .iter()
                    .zip(&self.head)
                    .all(|pair| (pair.0.is_empty() && pair.1.is_empty()) || is_same(pair))
            {
                repeated.push(at);
                continue;
            }
            let words = cells.iter().all(|cell| cell.is_empty() || !is_number(cell));
            let begins =
                cells.first().is_some_and(|cell| same(cell, first)) || gap && known(&cells) >= 2;
            // Above it stand numbers where it has words.
            let among_numbers = || {
                cells.iter().enumerate().skip(1).any(|(column, cell)| {
                    !cell.is_empty()
                        && at > 0
                        && self.rows.iter().take(at.min(HEAD_LINES)).all(|row| {
                            row.cells
                                .get(column)
                                .is_some_and(|cell| is_number(cell.text))
                        })
                })
            };
            if words && begins && among_numbers() {
                other = Some(at);
                break;
            }
        }
        if let Some(at) = other
            && let Some(row) = self.rows.get(at)
        {
            let (line, text) = (row.line, texts(row).join(", "));
            self.tell(line, &text, IssueKind::OtherTable);
            self.rows.truncate(at);
        }
        let mut repeated = repeated.into_iter().peekable();
        let mut at = 0;
        let mut told = Vec::new();
        self.rows.retain(|row| {
            let again = repeated.next_if_eq(&at).is_some();
            at += 1;
            if again {
                told.push((row.line, texts(row).join(", ")));
            }
            !again
        });
        for (line, text) in told {
            self.tell(line, &text, IssueKind::TableNote);
        }
    }
}

/// The unit that a line states for the whole table: `(단위: 억 원)`, `Unit: US$m`, `単位：億円`.
fn stated_unit(text: &str) -> Option<&str> {
    let text =
        text.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | '（' | '）' | ' ' | '※' | '*'));
    let (word, unit) = text
        .split_once([':', '：'])
        .or_else(|| text.split_once(' '))?;
    ["단위", "unit", "units", "単位"]
        .iter()
        .any(|unit| word.trim().eq_ignore_ascii_case(unit))
        .then(|| unit.trim())
}
