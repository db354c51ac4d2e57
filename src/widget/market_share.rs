//! The market-share treemap: every table a whole of its own, areas proportional to values, the unknown drawn as unknown.

use super::palette::{fade, ink_on};
use super::pen::{self, Font, Pen};
use super::{Card, Palette, Picture, STAY, Table, View, Widget, cites, cites_cell, fit, joined, status_words};
use crate::abi::{NO_DATUM, mark_style, pattern, shape};
use crate::data::market_share::{Item, Kind, MarketShare, Rest, Table as ShareTable};
use crate::data::{Cite, Lang, Layer, Party, Status, Value};
use crate::error::{Error, Issue};
use crate::layout::{order, squarify};
use crate::scene::Node;
use crate::text::{self, append, count, fill, push, say};

/// Space between two tables of a board, CSS px.
const GUTTER: f32 = 28.0;
/// Title and subline above a table, CSS px; they take no area from its parts.
const HEADER: f32 = 42.0;
/// Ground between two tiles of a whole, CSS px.
const GAP: f32 = 1.0;
/// Ground between values that are no parts of one whole, CSS px: they stand apart.
const APART: f32 = 8.0;

/// See the module.
#[derive(Debug, Default)]
pub struct MarketShareWidget {
    data: MarketShare,
}

/// What one tile stands for: a row, or what is left of the whole.
#[derive(Clone, Copy)]
enum Part<'a> {
    Item(&'a Item),
    Known(f64),
    Unknown(f64),
}

impl<'a> Part<'a> {
    fn value(self) -> f64 {
        match self {
            Part::Item(item) => item.value,
            Part::Known(v) | Part::Unknown(v) => v,
        }
    }

    fn item(self) -> Option<&'a Item> {
        if let Part::Item(item) = self { Some(item) } else { None }
    }

    /// The size in words with its marks: ≈ before an approximate one, † after a disputed one. A part whose split is unknown has a size
    /// only for drawing, and no figure.
    fn words(self, unit: &str, lang: Lang) -> String {
        if let Part::Unknown(_) = self {
            return say(lang, "값 미기재|value not given").to_string();
        }
        let value = text::value(self.value(), unit, lang);
        let Some(item) = self.item() else { return value };
        let before = match item.status.bound {
            _ if !item.status.approx => "",
            1.. => "≥ ",
            ..=-1 => "≤ ",
            0 => "≈ ",
        };
        fill(lang, "{0}{1}{2}", &[before, &value, if item.status.disputed { "†" } else { "" }])
    }
}

impl Widget for MarketShareWidget {
    fn read(&mut self, file: &Value<'_>, table: bool) -> Result<Vec<Issue>, Error> {
        let mut data = MarketShare::default();
        let issues = data.read(file, table)?;
        self.data = data;
        Ok(issues)
    }

    fn picture(&self, view: &View) -> Picture {
        let chosen = self.data.tables.iter().position(|t| t.id == view.tab);
        let shown: Vec<usize> = match chosen {
            Some(ix) => vec![ix],
            None if self.data.board.is_empty() => (0..self.data.tables.len().min(6)).collect(),
            None => self.data.board.clone(),
        };
        let mut pen = Pen::new(view, self.data.title.get(view.lang));
        pen.picture.tab.clone_from(&view.tab);
        // Below the picture stand the documents of the tables in it.
        let mut cited = Vec::new();
        for table in shown.iter().filter_map(|&ix| self.data.tables.get(ix)) {
            for part in parts_of(table) {
                for cite in sources(table, part) {
                    cited.push(cite.source);
                }
            }
        }
        pen.documents(&self.data.sources, Some(&cited));
        pen.picture.scene.size_css[0] = view.width_css;
        let cells = cells(shown.len(), view);
        if let Some(last) = cells.last() {
            pen.picture.scene.size_css[1] = last[3];
        }
        let selects = view.selects() && self.holds_selection(view, &shown);
        let mut draw = Draw { widget: self, pen, selects, layers: [false; 5], seen: [false; 5], first: NO_DATUM };
        for (&ix, cell) in shown.iter().zip(cells) {
            draw.table(ix, cell);
        }
        draw.legend();
        self.words(&mut draw.pen, &shown);
        draw.pen.picture
    }

    fn card(&self, datum: u32, lang: Lang) -> Option<Card> {
        let (_, table, part) = *self.parts().get(datum as usize)?;
        let mut card = Card {
            title: self.label(table, part, lang),
            value: part.words(&table.unit, lang),
            date: text::period(period(table, part), lang),
            status: status(table, part, lang),
            note: table.note.get(lang).to_string(),
            cites: cites(sources(table, part), &self.data.sources, lang),
            ..Card::default()
        };
        card.row(say(lang, "표|Table"), table.title.get(lang).to_string());
        match part {
            Part::Item(item) => card.entity = self.party(item).map(|p| p.id.clone()),
            Part::Known(_) | Part::Unknown(_) => card.note = table.rest_note.get(lang).to_string(),
        }
        if let Some(whole) = table.whole.filter(|w| table.kind == Kind::Parts && *w > 0.0) {
            let share = text::percent(part.value() / whole * 100.0, lang);
            card.share = fill(lang, "전체 {0}의 {1}|{1} of {0}", &[&text::value(whole, &table.unit, lang), &share]);
        }
        let metric = table.metric.get(lang);
        if !metric.is_empty() {
            card.row(say(lang, "기준|Measure"), metric.to_string());
        }
        Some(card)
    }

    fn table(&self, lang: Lang) -> Table {
        let head = "표,항목,값,단위,시점,상태,출처|Table,Item,Value,Unit,Period,Status,Source";
        let mut out = Table::new(self.data.title.get(lang), head, lang);
        for (_, table, part) in self.parts() {
            out.row();
            out.cell(table.title.get(lang));
            out.cell(self.label(table, part, lang));
            out.cell(if let Part::Unknown(_) = part { String::new() } else { text::number(part.value(), lang, 4) });
            out.cell(&table.unit);
            out.cell(text::period(period(table, part), lang));
            out.cell(match part {
                Part::Item(_) => joined(&status(table, part, lang)),
                Part::Known(_) => say(lang, "나머지 (편집부 계산)|remainder (derived by the editor)").to_string(),
                Part::Unknown(_) => say(lang, "구성 미상|split unknown").to_string(),
            });
            out.cell(cites_cell(sources(table, part), &self.data.sources, lang));
        }
        out
    }

    fn rows(&self) -> usize {
        self.data.tables.iter().map(|t| t.items.len()).sum()
    }
}

impl MarketShareWidget {
    /// All tiles of all tables with their datum: the numbering that `data/market_share.rs` documents.
    fn parts(&self) -> Vec<(u32, &ShareTable, Part<'_>)> {
        let mut parts = Vec::new();
        for table in &self.data.tables {
            for part in parts_of(table) {
                parts.push((parts.len() as u32, table, part));
            }
        }
        parts
    }

    fn party(&self, item: &Item) -> Option<&Party> {
        self.data.parties.get(item.party?)
    }

    fn layer(&self, item: &Item) -> Option<Layer> {
        let ix = item.party.or(item.members.first().copied())?;
        self.data.parties.get(ix).map(|p| p.layer)
    }

    fn label(&self, table: &ShareTable, part: Part<'_>, lang: Lang) -> String {
        match part {
            Part::Item(item) => item.label.get(lang).to_string(),
            Part::Known(_) => say(lang, "나머지|Remainder").to_string(),
            Part::Unknown(_) => {
                let mut names = Vec::new();
                for &party in &table.rest_parties {
                    if let Some(party) = self.data.parties.get(party) {
                        names.push(party.name.get(lang).to_string());
                    }
                }
                fill(lang, if names.is_empty() { UNKNOWN } else { "구성 미상 ({0})|Split unknown ({0})" }, &[&text::list(&names, lang)])
            }
        }
    }

    /// Whether anything shown is selected: only then does the rest step back.
    fn holds_selection(&self, view: &View, shown: &[usize]) -> bool {
        let mut datum = 0;
        for (ix, table) in self.data.tables.iter().enumerate() {
            for part in parts_of(table) {
                let entity = part.item().and_then(|item| self.party(item));
                if shown.contains(&ix) && view.is_selected(entity.map(|p| p.id.as_str()), datum) {
                    return true;
                }
                datum += 1;
            }
        }
        false
    }

    /// Title, subline, finding, reading help, notes and tabs.
    fn words(&self, pen: &mut Pen<'_>, shown: &[usize]) {
        let lang = pen.view.lang;
        // The leader of the first table is the headline, those of the next three the sentence under it.
        let mut leaders = String::new();
        for (told, table) in shown.iter().filter_map(|&ix| self.data.tables.get(ix)).enumerate() {
            let mut note = String::new();
            if shown.len() > 1 {
                note = fill(lang, "{0} — ", &[table.title.get(lang)]);
            }
            note.push_str(&whole_note(table, lang));
            for extra in &[table.note.get(lang), table.rest_note.get(lang)] {
                append(&mut note, " ", extra);
                if !note.ends_with('.') {
                    note.push('.');
                }
            }
            pen.note(&note);

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
            if let Some(item) = leader {
                let part = &[title, item.label.get(lang), &*Part::Item(item).words(&table.unit, lang)];
                if told == 0 {
                    append(&mut finding, ": ", fill(lang, "{1} {2}", part));
                } else {
                    finding = fill(lang, "{0}에서는 {1이} {2}|{0}: {1} at {2}", part);
                }
            }
            match told {
                0 => pen.picture.title = finding,
                1..=3 => append(&mut leaders, "; ", finding),
                _ => {}
            }
        }
        if !leaders.is_empty() {
            push(&mut pen.picture.takeaway, lang, "다른 표에서 가장 큰 몫: {0}.|The largest parts of other tables: {0}.", &[&leaders]);
        }
        pen.picture.subline = match shown {
            [] => String::new(),
            [one] => self.data.tables.get(*one).map_or(String::new(), |table| subline(table, lang)),
            _ => fill(
                lang,
                "표 {0}개, 표마다 전체가 다름. 넓이는 표 안에서만 비교됨|{0} tables, each a whole of its own; areas compare within a table only",
                &[&count(shown.len())],
            ),
        };
        pen.picture.howto.push_str(say(
            lang,
            "타일의 넓이가 값에 비례한다. 빗금은 출처가 나눈 값을 밝히지 않은 부분이다.|\
             A tile's area is proportional to its value. Hatching marks the part whose split the source does not give.",
        ));
        if self.data.tables.len() > 1 {
            if self.data.board.len() > 1 {
                pen.picture.tabs.push((String::new(), say(lang, "한눈에|Overview").to_string()));
            }
            for table in &self.data.tables {
                pen.picture.tabs.push((table.id.clone(), table.title.get(lang).to_string()));
            }
        }
    }
}

/// What stands on a part whose split nobody knows.
const UNKNOWN: &str = "구성 미상|Split unknown";

/// Items, then the rest: the order in which tiles are numbered is that of the file.
fn parts_of(table: &ShareTable) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for item in &table.items {
        parts.push(Part::Item(item));
    }
    match table.rest {
        Rest::None => {}
        Rest::Known(v) => parts.push(Part::Known(v)),
        Rest::Unknown(v) => parts.push(Part::Unknown(v)),
    }
    parts
}

/// When a part was measured: its own date, else the table's.
fn period<'a>(table: &'a ShareTable, part: Part<'a>) -> &'a str {
    part.item().map(|i| i.as_of.as_str()).filter(|date| !date.is_empty()).unwrap_or(&table.period)
}

/// Where a part is printed: its own places, else the table's.
fn sources<'a>(table: &'a ShareTable, part: Part<'a>) -> &'a [Cite] {
    part.item().map(|i| i.cites.as_slice()).filter(|cites| !cites.is_empty()).unwrap_or(&table.cites)
}

/// The status of a part in words.
fn status(table: &ShareTable, part: Part<'_>, lang: Lang) -> Vec<String> {
    let words = match part {
        Part::Item(item) => return status_words(&Status { planned: item.status.planned || table.forecast, ..item.status }, lang),
        Part::Known(_) => "전체에서 명시된 값을 뺀 나머지 (편집부 계산)|the whole minus what is named (derived by the editor)",
        Part::Unknown(_) => "구성 미상: 출처가 나눈 값을 밝히지 않음|split unknown: the source does not give it",
    };
    vec![say(lang, words).to_string()]
}

/// Measure, unit, period, region.
fn subline(table: &ShareTable, lang: Lang) -> String {
    let mut words = String::new();
    let unit = if table.unit == "%" { "" } else { text::unit(&table.unit, lang) };
    let mut before = "";
    let period = text::period(&table.period, lang);
    for &part in &[table.metric.get(lang), unit, &period, table.region.get(lang)] {
        if part != before {
            append(&mut words, " · ", part);
        }
        before = part;
    }
    words
}

/// What the whole is, in words.
fn whole_note(table: &ShareTable, lang: Lang) -> String {
    let words = match (table.kind, table.whole) {
        (Kind::Comparison, _) => "나란히 놓은 값이며 하나의 전체가 아니다.|Values side by side, not parts of one whole.",
        (Kind::Share, _) => "전체는 100%.|The whole is 100%.",
        (Kind::Parts, Some(_)) => "전체는 {0}.|The whole is {0}.",
        (Kind::Parts, None) => "전체는 출처에 없다.|The source gives no whole.",
    };
    fill(lang, words, &[&text::value(table.whole.unwrap_or(0.0), &table.unit, lang)])
}

/// Rectangles of the tables, header included: rows as even as can be, shorter rows first.
fn cells(count: usize, view: &View) -> Vec<[f32; 4]> {
    let mut cells = Vec::new();
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
    let area = if count == 1 { (width * 0.5).clamp(260.0, 460.0) } else { (width / columns as f32 * 0.62).clamp(190.0, 300.0) };
    let natural = rows as f32 * (HEADER + area + GUTTER) - GUTTER;
    let row_height = if view.height_css > natural { (view.height_css + GUTTER) / rows as f32 - GUTTER } else { HEADER + area };
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

/// What the legend may have to explain, besides layers.
const PLAIN: usize = 0;
const KNOWN: usize = 1;
const HATCHED: usize = 2;
const APPROX: usize = 3;
const DISPUTED: usize = 4;

/// Draws tables one after the other.
struct Draw<'a> {
    widget: &'a MarketShareWidget,
    pen: Pen<'a>,
    selects: bool,
    /// Layers, and what else the legend has to explain.
    layers: [bool; 5],
    seen: [bool; 5],
    /// The first tile of the table before.
    first: u32,
}

impl Draw<'_> {
    fn table(&mut self, ix: usize, cell: [f32; 4]) {
        let Some(table) = self.widget.data.tables.get(ix) else { return };
        let (view, palette) = (self.pen.view, self.pen.palette);
        let lang = view.lang;
        let [left, top, right, bottom] = cell;
        let title = table.title.get(lang);
        self.pen.picture.groups.push(fill(lang, "{0}. {1}", &[title, &whole_note(table, lang)]));
        let heading = fit(&view.metrics, title, 14.0, true, right - left);
        self.pen.label([left, top, right, top + 19.0], heading, &Font::new(14.0, true), palette.ink, NO_DATUM);
        let subline = subline(table, lang);
        let subline = fit(&view.metrics, &subline, 12.0, false, right - left);
        self.pen.label([left, top + 19.0, right, top + 36.0], subline, &Font::new(12.0, false), palette.secondary, NO_DATUM);

        let mut base = 0;
        for before in self.widget.data.tables.iter().take(ix) {
            base += parts_of(before).len();
        }
        let parts = parts_of(table);
        let mut values = Vec::new();
        for part in &parts {
            values.push(part.value());
        }
        let rects = squarify(&values, [left.into(), (top + HEADER).into(), right.into(), bottom.into()]);
        // Reading order: from the largest down, the rest last.
        for (value, part) in values.iter_mut().zip(&parts) {
            *value = if part.item().is_some() { -*value } else { f64::INFINITY };
        }
        let from = self.pen.picture.scene.outline.len();
        for (_, ix) in order(&values) {
            if let (Some(&part), Some(&[x0, y0, x1, y1])) = (parts.get(ix), rects.get(ix)) {
                self.tile(table, (base + ix) as u32, part, [x0 as f32, y0 as f32, x1 as f32, y1 as f32], [left, top + HEADER, right, bottom]);
            }
        }
        self.link(from);
    }

    /// Arrows among the tiles from a place of the outline on: ← and → along the table, ↑ and ↓ to the first tile of the table before and after.
    fn link(&mut self, from: usize) {
        let (before, own) = self.pen.picture.scene.outline.split_at_mut(from);
        let Some(first) = own.first().map(|n| n.datum) else { return };
        let mut last = NO_DATUM;
        for node in own.iter_mut() {
            (node.go[0], node.go[2]) = (last, self.first);
            last = node.datum;
        }
        let mut next = NO_DATUM;
        for node in own.iter_mut().rev() {
            node.go[1] = next;
            next = node.datum;
        }
        let group = before.last().map(|n| n.group);
        for node in before.iter_mut().rev().take_while(|n| Some(n.group) == group) {
            node.go[3] = first;
        }
        self.first = first;
    }

    fn tile(&mut self, table: &ShareTable, datum: u32, part: Part<'_>, rect: [f32; 4], cell: [f32; 4]) {
        let (widget, view, palette) = (self.widget, self.pen.view, self.pen.palette);
        let lang = view.lang;
        let party = part.item().and_then(|item| widget.party(item));
        let selected = view.is_selected(party.map(|p| p.id.as_str()), datum);
        let back = self.selects && !selected;
        let strength = if back { 0.35 } else { 1.0 };
        let (mut fill, mut stroke, mut stroke_css, mut inside, mut dashed) = (palette.ground, palette.hairline, 1.0, pattern::SOLID, false);
        match part {
            Part::Item(item) => {
                let layer = widget.layer(item);
                match layer.and_then(|l| self.layers.get_mut(l as usize)) {
                    Some(seen) => *seen = true,
                    None => self.seen[PLAIN] = true,
                }
                fill = Palette::layer(layer.unwrap_or(Layer::Context));
                (stroke, stroke_css) = (0, 0.0);
                if item.status.approx {
                    inside = pattern::SOFT;
                    self.seen[APPROX] = true;
                }
                if item.status.disputed {
                    (stroke, stroke_css, dashed) = (palette.ink, 1.5, true);
                    self.seen[DISPUTED] = true;
                }
                if item.status.in_talks || item.status.planned || table.forecast {
                    // Not closed when written: an open outline instead of a filled tile.
                    (stroke, stroke_css, fill) = (fill, 1.5, palette.ground);
                }
            }
            Part::Known(_) => self.seen[KNOWN] = true,
            Part::Unknown(_) => {
                (stroke, inside) = (fade(palette.secondary, 0.55), pattern::HATCH);
                self.seen[HATCHED] = true;
            }
        }
        if selected {
            (stroke, stroke_css, dashed) = (palette.ink, 2.0, false);
        }
        let name = widget.label(table, part, lang);
        let value = part.words(&table.unit, lang);
        // Values side by side stand apart, but keep to the edges that the heading has.
        let half = if table.kind == Kind::Comparison { APART } else { GAP } / 2.0;
        let gap = |at: f32, edge: f32| if (at - edge).abs() < 0.01 { GAP / 2.0 } else { half };
        let inner = [rect[0] + gap(rect[0], cell[0]), rect[1] + gap(rect[1], cell[1]), rect[2] - gap(rect[2], cell[2]), rect[3] - gap(rect[3], cell[3])];
        if inner[2] > inner[0] && inner[3] > inner[1] {
            let style = mark_style(shape::RECT, inside, stroke_css, 2.0, dashed);
            self.pen.mark(inner, fade(fill, strength), fade(stroke, strength), style, datum);
            // On a tile that steps back the ground shows through: there the ground's ink reads better than the colour's.
            let ink = match fill == palette.ground || back {
                true => fade(palette.ink, if back { 0.6 } else { 1.0 }),
                false => ink_on(fill),
            };
            self.words(datum, part, inner, &name, &value, ink);
        }
        let mut sentence = text::fill(lang, "{0}: {1}", &[&name, &value]);
        append(&mut sentence, ", ", table.title.get(lang));
        append(&mut sentence, ", ", text::period(&table.period, lang));
        append(&mut sentence, ", ", joined(&status(table, part, lang)));
        let group = self.pen.picture.groups.len() as u32 - 1;
        let entity = party.map(|p| p.id.clone());
        self.pen.picture.scene.outline.push(Node { datum, rect_css: inner, name: sentence, key: name, entity, group, go: STAY });
    }

    /// Name and value in the tile, by rule: both large, both small, the name alone, nothing.
    fn words(&mut self, datum: u32, part: Part<'_>, inner: [f32; 4], name: &str, value: &str, ink: u32) {
        let pen = &mut self.pen;
        let (lang, metrics) = (pen.view.lang, &pen.view.metrics);
        let pad = if inner[2] - inner[0] < 64.0 { 4.0 } else { 8.0 };
        let (left, top, right) = (inner[0] + pad, inner[1] + pad, inner[2] - pad);
        let (width, height) = (inner[2] - inner[0] - 2.0 * pad, inner[3] - inner[1] - 2.0 * pad);
        let italic = part.item().map_or(matches!(part, Part::Known(_)), |item| item.status.derived);
        let (short, value) = if let Part::Unknown(_) = part { (say(lang, UNKNOWN), "") } else { ("", value) };
        let fits = |text: &str, size: f32, bold: bool| !text.is_empty() && metrics.width(text, size, bold) <= width;
        for &(size, line, value_size, value_line, gap) in &[(14.0, 18.0, 28.0, 35.0, 1.0), (12.0, 16.0, 12.0, 16.0, 0.0)] {
            let Some(lines) = metrics.lines(name, size, true, width).map(|l| l.len() as u32) else { continue };
            let name_height = lines as f32 * line;
            let both = height >= name_height + gap + value_line && fits(value, value_size, false);
            let large = size > 12.0;
            if large && !(both && width >= 90.0) || height < name_height {
                continue;
            }
            if !short.is_empty() {
                // Ground behind words on a hatch.
                let words = if lines == 1 { metrics.width(name, size, true) } else { width };
                pen.mark([left - 3.0, top - 2.0, left + words + 3.0, top + name_height + 1.0], pen.palette.ground, 0, pen::plain(), datum);
            }
            pen.label([left, top, right, top + name_height], name, &Font { italic, lines, ..Font::new(size, true) }, ink, datum);
            if both {
                let top = top + name_height;
                pen.label([left, top + gap, right, top + gap + value_line], value, &Font { italic, ..Font::new(value_size, false) }, ink, datum);
            }
            return;
        }
        // What is unknown has a short name; a value without its name would say nothing.
        if height >= 16.0 && fits(short, 12.0, true) {
            pen.label([left, top, right, top + 16.0], short, &Font::new(12.0, true), ink, datum);
        }
    }

    fn legend(&mut self) {
        let secondary = self.pen.palette.secondary;
        self.pen.layer_keys(&self.layers);
        let words = [
            ("조직이 아닌 항목|Not an organisation", "swatch"),
            ("나머지|Remainder", "ring"),
            ("구성 미상|Split unknown", "hatch"),
            ("≈ 대략의 값 (경계가 흐림)|≈ approximate (soft edge)", "soft"),
            ("† 출처가 엇갈림 (점선)|† disputed (dashed)", "dashed"),
        ];
        for ((words, form), seen) in words.iter().zip(&self.seen) {
            if *seen {
                self.pen.key(words, if *form == "swatch" { Palette::layer(Layer::Context) } else { secondary }, form);
            }
        }
    }
}
