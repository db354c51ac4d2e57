//! The market-share treemap: every table a whole of its own, areas proportional to values, the
//! unknown drawn as unknown, at any depth and any size.

mod captions;
mod draw;

use std::cell::RefCell;

use super::figure_builder::FigureBuilder;
use super::search::NameSearch;
use super::{
    Act, Change, Figure, Table, Tooltip, View, Widget, cites, cites_cell, joined, status_words,
};
use crate::abi::NO_DATUM;
use crate::data::market_share::{Group, Item, Kind, MarketShare, Rest, Table as ShareTable};
use crate::data::{Cite, Column, Grid, Lang, Layer, Names, Party, Status, Value};
use crate::error::{Error, Issue};
use crate::layout::treemap::{Hit, Tree, TreemapLayout};
use crate::text::{self, count, fill, say};
use draw::Draw;

/// Space between two tables of a board, CSS px.
const GUTTER: f32 = 28.0;
/// Title and subline above a table, CSS px; they take no area from its parts.
const HEADER: f32 = 42.0;
/// The nearest that a reader can come.
const NEAREST: f64 = 64.0;
/// Rows of a table that is read as text; of more, the largest.
const MOST_ROWS: usize = 20_000;

/// What the reader has set here.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewState {
    /// The node that is open, and how many of its children are left out.
    pub open: Option<(u32, u32)>,
    /// How near the reader is, from 1 on, and what part of the whole stands left of and above what
    /// is seen.
    pub zoom: [f64; 3],
}

impl Default for ViewState {
    fn default() -> Self {
        Self {
            open: None,
            zoom: WHOLE,
        }
    }
}

impl ViewState {
    pub(super) fn set(&mut self, key: &str, value: &str) {
        match key {
            "open" => {
                let (node, skip) = value.split_once('~').unwrap_or((value, "0"));
                self.open = node.parse().ok().zip(skip.parse().ok());
            }
            "zoom" => self.zoom = window(value),
            _ => {}
        }
    }

    pub(super) fn pairs(&self) -> [(&'static str, String); 2] {
        [
            ("open", node_words(self.open)),
            ("zoom", window_words(self.zoom)),
        ]
    }
}

/// All of it.
const WHOLE: [f64; 3] = [1.0, 0.0, 0.0];

/// A window as pages keep it: how near to a thousandth, where to a millionth.
fn kept([near, x, y]: [f64; 3]) -> [f64; 3] {
    if near.is_nan() || near <= 1.001 {
        return WHOLE;
    }
    let near = ((near * 1e3).round() / 1e3).clamp(1.0, NEAREST);
    let [x, y] = [x, y].map(|at| ((at * 1e6).round() / 1e6).max(0.0).min(1.0 - 1.0 / near));
    [near, x, y]
}

/// A window. Hostile words are the whole.
fn window(words: &str) -> [f64; 3] {
    let mut numbers = words
        .split(' ')
        .map(|number| number.parse::<u32>().map_or(0.0, f64::from));
    let mut next = |unit: f64| numbers.next().unwrap_or(0.0) / unit;
    kept([next(1e3), next(1e6), next(1e6)])
}

/// As [`window`] reads it; nothing for the whole.
pub(crate) fn window_words([near, x, y]: [f64; 3]) -> String {
    if near <= 1.001 {
        return String::new();
    }
    let [x, y] = [x, y].map(|at| (at.max(0.0).min(1.0 - 1.0 / near) * 1e6).round() as u32);
    format!("{} {x} {y}", (near * 1e3).round() as u32)
}

/// See the module.
///
/// A datum is a node of the tree: rows in the order of the file (items, then the table's rest),
/// then inner nodes (the root, the tables, their groups), then for each inner node what stands
/// together because it is too small to be drawn by itself. Of columns the root is the one table.
#[derive(Debug, Default)]
pub struct MarketShareWidget {
    data: MarketShare,
    tree: Tree,
    /// The first row of each table.
    base: Vec<u32>,
    columns: Option<Columns>,
    /// Of each inner node the mean of its second measure; NaN for none.
    tints: Vec<f64>,
    /// Least and greatest of the second measure.
    ramp: Option<[f64; 2]>,
    drawn: RefCell<Drawn>,
}

/// What columns say besides values.
#[derive(Debug)]
struct Columns {
    /// Level and code of each inner node.
    codes: Vec<[u32; 2]>,
    /// Names of the groups on each level.
    levels: Vec<Vec<String>>,
    label: Names,
    color: Vec<f64>,
    /// Rows whose value is not disclosed, and rows that are left out; in order.
    undisclosed: Vec<u32>,
    left_out: Vec<u32>,
}

impl Columns {
    /// Whether there is more than what is drawn.
    fn partial(&self) -> bool {
        !self.undisclosed.is_empty() || !self.left_out.is_empty()
    }
}

/// What the last picture shows, for questions about it.
#[derive(Debug, Default)]
struct Drawn {
    /// Inner nodes with small children that stand together, and from which child on.
    rests: Vec<(u32, u32)>,
    /// The tiles, where there are many.
    laid: Option<TreemapLayout>,
}

/// What one tile stands for.
#[derive(Clone, Copy)]
struct Part<'a> {
    datum: u32,
    table: &'a ShareTable,
    value: f64,
    sort: Sort<'a>,
}

#[derive(Clone, Copy)]
enum Sort<'a> {
    /// A row of a file.
    Item(&'a Item),
    /// The whole without what is named.
    Known,
    /// A part whose split the source does not give.
    Unknown,
    /// A row of columns.
    Row,
    /// A row of columns whose value is not disclosed, or a group of nothing but such.
    Undisclosed,
    /// Several under one name; `None`: of columns, or a table.
    Group(Option<&'a Group>),
    /// The small children of a node, from this one on.
    Small(u32),
}

impl<'a> Part<'a> {
    fn item(&self) -> Option<&'a Item> {
        if let Sort::Item(item) = self.sort {
            Some(item)
        } else {
            None
        }
    }

    fn unknown(&self) -> bool {
        matches!(self.sort, Sort::Unknown | Sort::Undisclosed)
    }

    /// The size in words with its marks: ≈ before an approximate one, † after a disputed one. A
    /// part whose split is unknown has a size only for drawing, and no figure.
    fn words(&self, lang: Lang) -> String {
        if let Sort::Undisclosed = self.sort {
            return say(lang, "비공개|not disclosed").to_string();
        }
        if self.unknown() {
            return say(lang, "값 미기재|value not given").to_string();
        }
        let value = text::value(self.value, &self.table.unit, lang);
        let Some(item) = self.item() else {
            return value;
        };
        let before = match item.status.bound {
            _ if !item.status.approx => "",
            1.. => "≥ ",
            ..=-1 => "≤ ",
            0 => "≈ ",
        };
        fill(
            lang,
            "{0}{1}{2}",
            &[before, &value, if item.status.disputed { "†" } else { "" }],
        )
    }

    /// When it was measured: its own date, else the table's.
    fn period(&self) -> &'a str {
        self.item()
            .map(|i| i.as_of.as_str())
            .filter(|date| !date.is_empty())
            .unwrap_or(&self.table.period)
    }

    /// Where it is printed: its own places, else the table's.
    fn sources(&self) -> &'a [Cite] {
        self.item()
            .map(|i| i.cites.as_slice())
            .filter(|cites| !cites.is_empty())
            .unwrap_or(&self.table.cites)
    }

    /// The status in words.
    fn status(&self, lang: Lang) -> Vec<String> {
        let words = match self.sort {
            Sort::Item(item) => {
                return status_words(
                    &Status {
                        planned: item.status.planned || self.table.forecast,
                        ..item.status
                    },
                    lang,
                );
            }
            Sort::Known => {
                "전체에서 명시된 값을 뺀 나머지 (편집부 계산)|the whole minus what is named (derived by the editor)"
            }
            Sort::Unknown => {
                "구성 미상: 출처가 나눈 값을 밝히지 않음|split unknown: the source does not give it"
            }
            Sort::Group(_) | Sort::Small(_) => "아래 항목의 합|sum of the parts below",
            Sort::Undisclosed => "비공개|not disclosed",
            Sort::Row => return Vec::new(),
        };
        vec![say(lang, words).to_string()]
    }
}

impl Widget for MarketShareWidget {
    fn read(&mut self, file: &Value<'_>, table: bool) -> Result<Vec<Issue>, Error> {
        let mut data = MarketShare::default();
        let issues = data.read(file, table)?;
        let mut new = Self {
            data,
            ..Self::default()
        };
        new.grow();
        *self = new;
        Ok(issues)
    }

    fn columns(&mut self, columns: Vec<Column>) -> Result<Vec<Issue>, Error> {
        let (grid, issues) = Grid::read(columns)?;
        let Grid {
            values,
            undisclosed,
            left_out,
            levels,
            label,
            color,
        } = grid;
        // What the last data took is given back before the new takes as much.
        *self = Self::default();
        let (mut codes, mut counts, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for level in &levels {
            codes.push(level.codes.as_slice());
            counts.push(level.names.len());
        }
        let (tree, nodes) = Tree::grouped(values, &codes, &counts);
        for level in levels {
            names.push(level.names);
        }
        self.tree = tree;
        self.base.push(0);
        // A sum of some is no whole.
        let whole = Some(self.tree.value(self.tree.leaves()))
            .filter(|_| undisclosed.is_empty() && left_out.is_empty());
        self.data.tables.push(ShareTable {
            kind: Kind::Parts,
            whole,
            ..ShareTable::default()
        });
        self.columns = Some(Columns {
            codes: nodes,
            levels: names,
            label,
            color,
            undisclosed,
            left_out,
        });
        self.tint();
        Ok(issues)
    }

    fn picture(&self, view: &View) -> Figure {
        let opened = self.opened(view);
        let shown = self.shown(view);
        let mut pen = FigureBuilder::new(view, self.data.title.get(view.lang));
        // Below the picture stand the documents of the tables in it.
        let mut cited = Vec::new();
        for &table in &shown {
            let Some(table) = self.data.tables.get(table) else {
                continue;
            };
            for cites in [&table.cites]
                .into_iter()
                .chain(table.items.iter().map(|item| &item.cites))
            {
                cited.extend(cites.iter().map(|cite| cite.source));
            }
        }
        pen.documents(&self.data.sources, Some(&cited));
        pen.picture.scene.size_css[0] = view.width_css;
        let cells = cells(shown.len(), view);
        if let Some(last) = cells.last() {
            pen.picture.scene.size_css[1] = last[3];
        }
        *self.drawn.borrow_mut() = Drawn::default();
        let mut draw = Draw::new(
            self,
            pen,
            view.selects() && self.holds_selection(view, &shown),
        );
        for (&table, cell) in shown.iter().zip(cells) {
            match opened {
                Some((node, skip)) => draw.table(table, node, skip, cell, shown.len()),
                None => draw.table(table, self.top(table), 0, cell, shown.len()),
            }
        }
        draw.legend(&shown);
        let mut pen = draw.pen;
        self.words(&mut pen, &shown);
        self.controls(&mut pen, &shown, opened);
        pen.picture
    }

    fn act(&self, view: &View, act: &Act<'_>) -> Vec<Change> {
        let zoom = view.state.market_share.zoom;
        match *act {
            Act::Open { datum } => {
                let (node, skip) = match self.small(datum) {
                    Some(rest) => rest,
                    None => (datum, 0),
                };
                // A table of a board is opened by its name, which is what the page knows it by.
                let table = self.table_at(node);
                match table.and_then(|table| self.data.tables.get(table)) {
                    Some(named)
                        if skip == 0 && table.map(|table| self.top(table)) == Some(node) =>
                    {
                        vec![
                            Change::Table(named.id.clone()),
                            Change::AccessibleNode(None),
                            Change::Zoom(WHOLE),
                        ]
                    }
                    Some(_) => vec![
                        Change::AccessibleNode(Some((node, skip))),
                        Change::Zoom(WHOLE),
                    ],
                    None => Vec::new(),
                }
            }
            Act::Show { datum } => {
                let (Some(table), above) = (self.table_at(datum), self.tree.parent(datum)) else {
                    return Vec::new();
                };
                if self
                    .picture(view)
                    .scene
                    .marks
                    .iter()
                    .any(|mark| mark.datum == datum)
                {
                    return Vec::new();
                }
                let id = self
                    .data
                    .tables
                    .get(table)
                    .map_or(String::new(), |t| t.id.clone());
                let open = above
                    .filter(|&above| self.top(table) != above)
                    .map(|above| (above, 0));
                vec![
                    Change::Table(id),
                    Change::AccessibleNode(open),
                    Change::Zoom(WHOLE),
                ]
            }
            Act::Key { key: "0", .. } => vec![Change::Zoom(WHOLE)],
            Act::Key { key: "Escape", .. } => {
                if zoom != WHOLE {
                    return vec![Change::Zoom(WHOLE)];
                }
                match self.opened(view) {
                    Some((node, skip)) if skip > 0 => vec![Change::AccessibleNode(Some((node, 0)))],
                    Some((node, _)) => {
                        let above = self.tree.parent(node).filter(|&above| {
                            self.table_at(above)
                                .is_some_and(|table| self.top(table) != above)
                        });
                        vec![Change::AccessibleNode(above.map(|above| (above, 0)))]
                    }
                    // Back to the board, if there is one.
                    None if !view.tab.is_empty() && self.data.board.len() > 1 => {
                        vec![Change::Table(String::new())]
                    }
                    None => Vec::new(),
                }
            }
            Act::Zoom { at_css, factor } => {
                self.moved(view, zoom, Some((at_css, factor.into())), [0.0; 2])
            }
            Act::Drag { from_css, to_css } => self.moved(
                view,
                zoom,
                None,
                [
                    f64::from(from_css[0] - to_css[0]),
                    f64::from(from_css[1] - to_css[1]),
                ],
            ),
            Act::Key { .. } => Vec::new(),
        }
    }

    fn opens(&self, view: &View, datum: u32) -> bool {
        if self.small(datum).is_some() {
            return true;
        }
        let inner = datum > self.tree.leaves() && datum < self.tree.leaves() + self.tree.inner();
        let top = self.table_at(datum).map(|table| self.top(table));
        inner
            && self.opened(view).map(|open| open.0) != Some(datum)
            && (top != Some(datum) || self.shown(view).len() > 1)
    }

    fn pick(&self, picture: &Figure, point_css: [f32; 2]) -> Option<u32> {
        if let Some(laid) = &self.drawn.borrow().laid
            && let Some(hit) = laid.pick(&self.tree, point_css)
        {
            return match hit {
                Hit::Node(node) => Some(node),
                Hit::Rest(frame) => laid
                    .frames
                    .get(frame as usize)
                    .map(|frame| self.beyond(frame.node)),
            };
        }
        picture.scene.pick(point_css)
    }

    fn find(&self, words: &str, lang: Lang) -> Vec<(u32, String)> {
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

    fn card(&self, datum: u32, lang: Lang) -> Option<Tooltip> {
        let part = self.part(datum)?;
        let table = part.table;
        let mut card = Tooltip {
            title: self.label(&part, lang),
            value: part.words(lang),
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
        match part.sort {
            Sort::Item(_) | Sort::Group(_) => card.entity = self.party(&part).map(|p| p.id.clone()),
            Sort::Known | Sort::Unknown => card.note = table.rest_note.get(lang).to_string(),
            Sort::Row | Sort::Undisclosed | Sort::Small(_) => {}
        }
        // Below what it stands, from the innermost group out.
        let mut path = String::new();
        let mut next = self
            .small(datum)
            .map(|rest| rest.0)
            .or_else(|| self.tree.parent(datum));
        while let Some(above) = next {
            if self
                .table_at(above)
                .is_none_or(|table| self.top(table) == above)
            {
                break;
            }
            text::append(&mut path, " ‹ ", self.name(above, lang).unwrap_or_default());
            next = self.tree.parent(above);
        }
        if !path.is_empty() {
            card.row(say(lang, "묶음|Group"), path);
        }
        if let Sort::Group(_) = part.sort {
            card.row(
                say(lang, "항목|Parts"),
                count(self.tree.leaves_below(datum), lang),
            );
        }
        if let Some(whole) = table
            .whole
            .filter(|w| table.kind == Kind::Parts && *w > 0.0)
        {
            let share = text::percent(part.value / whole * 100.0, lang);
            card.share = fill(
                lang,
                "전체 {0}의 {1}|{1} of {0}",
                &[&text::value(whole, &table.unit, lang), &share],
            );
        }
        let metric = table.metric.get(lang);
        if !metric.is_empty() {
            card.row(say(lang, "기준|Measure"), metric.to_string());
        }
        let tint = self.tint_of(datum);
        if !tint.is_nan() {
            let words = table.color.get(lang);
            card.row(
                if words.is_empty() {
                    say(lang, "색|Colour")
                } else {
                    words
                },
                text::number(tint, lang, 2),
            );
        }
        Some(card)
    }

    fn table(&self, lang: Lang) -> Table {
        let head = "표,항목,값,단위,시점,상태,출처|Table,Item,Value,Unit,Period,Status,Source";
        let mut out = Table::new(self.data.title.get(lang), head, lang);
        let leaves = self.tree.leaves();
        let mut rows: Vec<u32> = Vec::new();
        if let Some(columns) = &self.columns {
            // From the largest down, group by group.
            let mut open = vec![leaves];
            while let Some(node) = open.pop() {
                for &child in self.tree.children(node) {
                    if child >= leaves {
                        open.push(child)
                    } else if rows.len() < MOST_ROWS
                        && columns.left_out.binary_search(&child).is_err()
                    {
                        rows.push(child)
                    }
                }
            }
        } else {
            rows.extend(0..leaves);
        }
        for datum in rows {
            let Some(part) = self.part(datum) else {
                continue;
            };
            out.row();
            out.cell(part.table.title.get(lang));
            out.cell(self.label(&part, lang));
            out.cell(if part.unknown() {
                String::new()
            } else {
                text::number(part.value, lang, 4)
            });
            let unit = text::unit(&part.table.unit, lang);
            out.cell(unit.strip_prefix("단위 ").unwrap_or(unit));
            out.cell(text::period(part.period(), lang));
            out.cell(match part.sort {
                Sort::Known => say(
                    lang,
                    "나머지 (편집부 계산)|remainder (derived by the editor)",
                )
                .to_string(),
                Sort::Unknown => say(lang, "구성 미상|split unknown").to_string(),
                _ => joined(&part.status(lang), lang),
            });
            out.cell(cites_cell(part.sources(), &self.data.sources, lang));
        }
        out
    }

    fn rows(&self) -> usize {
        match self.columns {
            Some(_) => self.tree.leaves() as usize,
            None => self.data.tables.iter().map(|t| t.items.len()).sum(),
        }
    }
}

/// An open node as pages keep it: its number, and after `~` how many of its children are left out;
/// nothing for none.
pub(crate) fn node_words(open: Option<(u32, u32)>) -> String {
    match open {
        None => String::new(),
        Some((node, 0)) => node.to_string(),
        Some((node, skip)) => format!("{node}~{skip}"),
    }
}

impl MarketShareWidget {
    /// The tree of a file's tables.
    fn grow(&mut self) {
        let mut values = Vec::new();
        let tables = self.data.tables.len();
        let mut lists: Vec<Vec<u32>> = Vec::new();
        lists.resize(1 + tables + self.data.groups.len(), Vec::new());
        for (ix, table) in self.data.tables.iter().enumerate() {
            self.base.push(values.len() as u32);
            for item in &table.items {
                let home = item.group.map_or(1 + ix, |group| 1 + tables + group);
                if let Some(list) = lists.get_mut(home) {
                    list.push(values.len() as u32);
                }
                values.push(item.value);
            }
            if let Rest::Known(value) | Rest::Unknown(value) = table.rest {
                if let Some(list) = lists.get_mut(1 + ix) {
                    list.push(values.len() as u32);
                }
                values.push(value);
            }
        }
        let inner = |ix: usize| (values.len() + ix) as u32;
        for ix in 0..tables {
            if let Some(root) = lists.first_mut() {
                root.push(inner(1 + ix));
            }
        }
        for (ix, group) in self.data.groups.iter().enumerate() {
            let home = group
                .parent
                .map_or(1 + group.table, |parent| 1 + tables + parent);
            if let Some(list) = lists.get_mut(home) {
                list.push(inner(1 + tables + ix));
            }
        }
        self.tree = Tree::listed(values, &lists);
        self.tint();
    }

    /// Second measures: means of the inner nodes, weighted by value, and the range of the leaves.
    fn tint(&mut self) {
        let leaves = self.tree.leaves();
        let mut ramp: Option<[f64; 2]> = None;
        // A million rows without a second measure are not asked for it.
        let asked = if self
            .columns
            .as_ref()
            .is_some_and(|columns| columns.color.is_empty())
        {
            0
        } else {
            leaves
        };
        for leaf in 0..asked {
            let tint = self.tint_of(leaf);
            if tint.is_finite() {
                let [low, high] = ramp.unwrap_or([tint, tint]);
                ramp = Some([low.min(tint), high.max(tint)]);
            }
        }
        self.ramp = ramp;
        if ramp.is_none() {
            return;
        }
        self.tints = vec![f64::NAN; self.tree.inner() as usize];
        for ix in (0..self.tree.inner()).rev() {
            let (mut sum, mut weight) = (0.0, 0.0);
            for &child in self.tree.children(leaves + ix) {
                let (tint, value) = (self.tint_of(child), self.tree.value(child));
                if tint.is_finite() {
                    sum += tint * value;
                    weight += value;
                }
            }
            if let Some(slot) = self.tints.get_mut(ix as usize) {
                *slot = sum / weight;
            }
        }
    }

    /// The second measure of a node; NaN for none.
    fn tint_of(&self, datum: u32) -> f64 {
        if datum >= self.tree.leaves() {
            return self
                .tints
                .get((datum - self.tree.leaves()) as usize)
                .copied()
                .unwrap_or(f64::NAN);
        }
        match &self.columns {
            Some(columns) => columns
                .color
                .get(datum as usize)
                .copied()
                .unwrap_or(f64::NAN),
            None => self
                .row(datum)
                .and_then(|(table, at)| table.items.get(at))
                .and_then(|item| item.color)
                .unwrap_or(f64::NAN),
        }
    }

    /// The node that is a table.
    fn top(&self, table: usize) -> u32 {
        self.tree.leaves()
            + if self.columns.is_some() {
                0
            } else {
                1 + table as u32
            }
    }

    /// What stands for the small children of an inner node.
    fn beyond(&self, node: u32) -> u32 {
        node + self.tree.inner()
    }

    /// The node whose small children a datum stands for, and from which child on.
    fn small(&self, datum: u32) -> Option<(u32, u32)> {
        let node = datum.checked_sub(self.tree.inner())?;
        self.drawn
            .borrow()
            .rests
            .iter()
            .find(|rest| rest.0 == node)
            .copied()
    }

    /// The table in which a node stands.
    fn table_at(&self, datum: u32) -> Option<usize> {
        let Some(inner) = datum.checked_sub(self.tree.leaves()) else {
            return self
                .base
                .partition_point(|&base| base <= datum)
                .checked_sub(1);
        };
        if self.columns.is_some() {
            return (inner < self.tree.inner()).then_some(0);
        }
        let (inner, tables) = ((inner as usize).checked_sub(1)?, self.data.tables.len());
        if inner < tables {
            Some(inner)
        } else {
            self.data
                .groups
                .get(inner - tables)
                .map(|group| group.table)
        }
    }

    /// The table of a row, and its place in it.
    fn row(&self, datum: u32) -> Option<(&ShareTable, usize)> {
        let table = self.table_at(datum)?;
        Some((
            self.data.tables.get(table)?,
            datum.checked_sub(*self.base.get(table)?)? as usize,
        ))
    }

    fn part(&self, datum: u32) -> Option<Part<'_>> {
        let leaves = self.tree.leaves();
        if let Some((node, from)) = self.small(datum) {
            let table = self.data.tables.get(self.table_at(node)?)?;
            let mut value = 0.0;
            for &child in self.tree.children(node).get(from as usize..)?.iter().rev() {
                value += self.tree.value(child);
            }
            return Some(Part {
                datum,
                table,
                value,
                sort: Sort::Small(from),
            });
        }
        let table = self.data.tables.get(self.table_at(datum)?)?;
        let sort = if datum >= leaves {
            let inner = (datum - leaves) as usize;
            if self
                .columns
                .as_ref()
                .is_some_and(|columns| columns.partial())
                && self.tree.value(datum) == 0.0
            {
                return Some(Part {
                    datum,
                    table,
                    value: 0.0,
                    sort: Sort::Undisclosed,
                });
            }
            Sort::Group(if self.columns.is_some() {
                None
            } else {
                inner
                    .checked_sub(1 + self.data.tables.len())
                    .and_then(|ix| self.data.groups.get(ix))
            })
        } else if let Some(columns) = &self.columns {
            if columns.undisclosed.binary_search(&datum).is_ok() {
                Sort::Undisclosed
            } else {
                Sort::Row
            }
        } else {
            let (table, at) = self.row(datum)?;
            match table.items.get(at) {
                Some(item) if item.unknown => Sort::Unknown,
                Some(item) => Sort::Item(item),
                None if matches!(table.rest, Rest::Known(_)) => Sort::Known,
                None => Sort::Unknown,
            }
        };
        Some(Part {
            datum,
            table,
            value: self.tree.value(datum),
            sort,
        })
    }

    /// What a row or a group is called.
    fn name(&self, datum: u32, lang: Lang) -> Option<&str> {
        if let Some(columns) = &self.columns {
            return Some(match datum.checked_sub(self.tree.leaves()) {
                None => columns.label.of(datum),
                Some(inner) => {
                    let &[level, code] = columns.codes.get(inner as usize)?;
                    columns
                        .levels
                        .get((level as usize).checked_sub(1)?)?
                        .get(code as usize)?
                }
            });
        }
        match self.part(datum)?.sort {
            Sort::Item(item) => Some(item.label.get(lang)),
            Sort::Group(Some(group)) => Some(group.label.get(lang)),
            _ => None,
        }
    }

    fn label(&self, part: &Part<'_>, lang: Lang) -> String {
        match part.sort {
            Sort::Known => say(lang, "나머지|Remainder").to_string(),
            Sort::Unknown => {
                let mut names = Vec::new();
                for &party in &part.table.rest_parties {
                    if let Some(party) = self.data.parties.get(party) {
                        names.push(party.name.get(lang).to_string());
                    }
                }
                fill(
                    lang,
                    if names.is_empty() {
                        UNKNOWN
                    } else {
                        "구성 미상 ({0})|Split unknown ({0})"
                    },
                    &[&text::list(&names, lang)],
                )
            }
            Sort::Small(from) => {
                let node = part.datum - self.tree.inner();
                others(
                    self.tree.children(node).len().saturating_sub(from as usize),
                    lang,
                )
            }
            _ => match self.name(part.datum, lang) {
                Some(name) if !name.is_empty() => name.to_string(),
                // A table, or a row without a name.
                _ if part.datum >= self.tree.leaves() => part.table.title.get(lang).to_string(),
                // Columns without labels count their rows.
                _ if self
                    .columns
                    .as_ref()
                    .is_some_and(|columns| columns.label.names.is_empty()) =>
                {
                    fill(
                        lang,
                        "{0}번|No. {0}",
                        &[&count(part.datum as usize + 1, lang)],
                    )
                }
                _ => say(lang, "이름 없음|no name").to_string(),
            },
        }
    }

    fn party(&self, part: &Part<'_>) -> Option<&Party> {
        match part.sort {
            Sort::Item(item) => self.data.parties.get(item.party?),
            Sort::Group(Some(group)) => self.data.parties.get(group.party?),
            _ => None,
        }
    }

    fn layer(&self, part: &Part<'_>) -> Option<Layer> {
        match part.sort {
            Sort::Item(item) => match item.party.or(item.members.first().copied()) {
                Some(ix) => self.data.parties.get(ix).map(|p| p.layer),
                None => item.layer,
            },
            Sort::Group(Some(group)) => group.layer.or_else(|| self.party(part).map(|p| p.layer)),
            _ => None,
        }
    }

    /// The node that the reader has opened, and how many of its children are left out; `None` for a
    /// whole table.
    fn opened(&self, view: &View) -> Option<(u32, u32)> {
        let (node, skip) = view.state.market_share.open?;
        let table = self.table_at(node)?;
        // What was opened in a table that is not shown is closed.
        let other =
            !view.tab.is_empty() && self.data.tables.get(table).is_none_or(|t| t.id != view.tab);
        let inside = node != self.top(table) || skip > 0;
        let shown = (skip as usize) < self.tree.children(node).len();
        (inside && shown && !other).then_some((node, skip))
    }

    /// The tables in the picture: the one that is chosen or in which something is open, else the
    /// board.
    fn shown(&self, view: &View) -> Vec<usize> {
        let opened = self.opened(view).and_then(|(node, _)| self.table_at(node));
        let chosen = opened.or_else(|| self.data.tables.iter().position(|t| t.id == view.tab));
        match chosen {
            Some(ix) => vec![ix],
            None if self.data.board.is_empty() => (0..self.data.tables.len().min(6)).collect(),
            None => self.data.board.clone(),
        }
    }

    /// Whether anything shown is selected: only then does the rest step back.
    fn holds_selection(&self, view: &View, shown: &[usize]) -> bool {
        if let Some(number) = view.selected.strip_prefix('#') {
            // Of columns a selection is a ring: a million others need not step back.
            return self.columns.is_none()
                && number
                    .parse()
                    .ok()
                    .and_then(|datum| self.table_at(datum))
                    .is_some_and(|table| shown.contains(&table));
        }
        let holds = |party: Option<usize>| {
            party
                .and_then(|party| self.data.parties.get(party))
                .is_some_and(|party| party.id == view.selected)
        };
        for table in shown.iter().filter_map(|&ix| self.data.tables.get(ix)) {
            if table.items.iter().any(|item| holds(item.party)) {
                return true;
            }
        }
        self.data
            .groups
            .iter()
            .any(|group| shown.contains(&group.table) && holds(group.party))
    }

    /// The window after a step nearer at a point, or a way in CSS px.
    fn moved(
        &self,
        view: &View,
        [near, x, y]: [f64; 3],
        zoom: Option<([f32; 2], f64)>,
        way: [f64; 2],
    ) -> Vec<Change> {
        let shown = self.shown(view);
        let cells = cells(1, view);
        let Some(&[left, top, right, bottom]) = cells.first().filter(|_| shown.len() == 1) else {
            return Vec::new();
        };
        let (width, height) = (f64::from(right - left), f64::from(bottom - top));
        let (mut now, mut at) = (
            near,
            [x + way[0] / width / near, y + way[1] / height / near],
        );
        if let Some((point, factor)) = zoom {
            now = (near * factor).clamp(1.0, NEAREST);
            for (at, part) in at.iter_mut().zip([
                f64::from(point[0] - left) / width,
                f64::from(point[1] - top) / height,
            ]) {
                *at += part.clamp(0.0, 1.0) * (1.0 / near - 1.0 / now);
            }
        }
        let zoom = kept([now, at[0], at[1]]);
        if zoom == view.state.market_share.zoom {
            Vec::new()
        } else {
            vec![Change::Zoom(zoom)]
        }
    }
}

/// What small parts are called together.
fn others(number: usize, lang: Lang) -> String {
    fill(
        lang,
        "그 밖의 {0}개|{0} other{0|s}",
        &[&count(number, lang)],
    )
}

/// What stands on a part whose split nobody knows.
const UNKNOWN: &str = "구성 미상|Split unknown";

/// Rectangles of the tables, header included: rows as even as can be, shorter rows first.
fn cells(count: usize, view: &View) -> Vec<[f32; 4]> {
    let mut cells = Vec::new();
    let header = if count == 1 { 0.0 } else { HEADER };
    if count == 0 || !view.has_room() {
        return cells;
    }
    let width = view.width_css;
    let columns = match width {
        ..520.0 => 1,
        ..900.0 => 2,
        _ => 3,
    };
    let rows = count.div_ceil(columns);
    let (base, longer) = (count / rows, count % rows);
    let area = if count == 1 {
        (width * 0.5).clamp(260.0, 460.0)
    } else {
        (width / columns as f32 * 0.62).clamp(190.0, 300.0)
    };
    let natural = rows as f32 * (header + area + GUTTER) - GUTTER;
    let row_height = if view.height_css > natural {
        (view.height_css + GUTTER) / rows as f32 - GUTTER
    } else {
        header + area
    };
    for row in 0..rows {
        let in_row = base + usize::from(row >= rows - longer);
        let cell_width = (width - GUTTER * (in_row as f32 - 1.0)) / in_row as f32;
        let top = row as f32 * (row_height + GUTTER);
        for column in 0..in_row {
            let left = column as f32 * (cell_width + GUTTER);
            cells.push([left, top, left + cell_width, top + row_height]);
        }
    }
    cells
}
