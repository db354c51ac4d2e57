//! The market-share treemap: every table a whole of its own, areas proportional to values, the unknown drawn as unknown.

use super::palette::{fade, ink_on};
use super::{Card, Key, Palette, Picture, STAY, Table, View, Widget, cite, cites_cell, documents, fit, say, status_words};
use crate::abi::{Mark, NO_DATUM, mark_style, pattern, shape};
use crate::data::market_share::{Item, Kind, MarketShare, Rest, Table as ShareTable};
use crate::data::{Lang, Layer, Status, Value};
use crate::error::{Error, Issue};
use crate::layout::squarify;
use crate::scene::{Align, Label, Node};
use crate::text::{self, Particle};

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

impl Part<'_> {
    fn value(&self) -> f64 {
        match self {
            Part::Item(item) => item.value,
            Part::Known(v) | Part::Unknown(v) => *v,
        }
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
        let lang = view.lang;
        let palette = Palette::of(view.dark);
        let chosen = self.data.tables.iter().position(|t| t.id == view.tab);
        let shown: Vec<usize> = match chosen {
            Some(ix) => vec![ix],
            None if self.data.board.is_empty() => (0..self.data.tables.len().min(6)).collect(),
            None => self.data.board.clone(),
        };
        let (sources, credit) = documents(&self.data.sources, lang);
        let mut picture = Picture { sources, credit, tab: view.tab.clone(), ..Picture::default() };
        picture.scene.ground = palette.ground;
        let cells = cells(shown.len(), view);
        let height = cells.iter().map(|c| c[3]).fold(0.0, f32::max);
        picture.scene.size_css = [view.width_css, height];

        let mut draw = Draw { widget: self, view, palette, picture: &mut picture, selects: self.holds_selection(view, &shown), seen: Seen::default() };
        for (&ix, cell) in shown.iter().zip(&cells) {
            if let Some(table) = self.data.tables.get(ix) {
                draw.table(ix, table, *cell);
            }
        }
        let seen = draw.seen;
        link_groups(&mut picture.scene.outline);

        let first = shown.first().and_then(|&ix| self.data.tables.get(ix));
        picture.title = self.headline(&shown, lang);
        picture.subline = match (chosen.and(first), first) {
            (Some(table), _) => subline(table, lang),
            (None, Some(_)) if shown.len() > 1 => match lang {
                Lang::Ko => format!("표 {}개, 표마다 전체가 다름. 넓이는 표 안에서만 비교됨", shown.len()),
                Lang::En => format!("{} tables, each a whole of its own; areas compare within a table only", shown.len()),
            },
            (None, Some(table)) => subline(table, lang),
            (None, None) => String::new(),
        };
        picture.takeaway = self.takeaway(&shown, lang);
        picture.howto = say(
            lang,
            "타일의 넓이가 값에 비례한다. 빗금은 출처가 나눈 값을 밝히지 않은 부분이다.",
            "A tile's area is proportional to its value. Hatching marks the part whose split the source does not give.",
        )
        .to_string();
        for &ix in &shown {
            let Some(table) = self.data.tables.get(ix) else { continue };
            let mut note = whole_note(table, lang);
            for extra in [table.note.get(lang), table.rest_note.get(lang)] {
                if !extra.is_empty() {
                    note.push(' ');
                    note.push_str(extra);
                    if !extra.ends_with('.') {
                        note.push('.');
                    }
                }
            }
            let prefix = if shown.len() > 1 { format!("{} — ", table.title.get(lang)) } else { String::new() };
            picture.notes.push(prefix + &note);
        }
        picture.legend = seen.legend(palette, lang);
        if self.data.tables.len() > 1 {
            if self.data.board.len() > 1 {
                picture.tabs.push((String::new(), say(lang, "한눈에", "Overview").to_string()));
            }
            picture.tabs.extend(self.data.tables.iter().map(|t| (t.id.clone(), t.title.get(lang).to_string())));
        }
        picture
    }

    fn card(&self, datum: u32, lang: Lang) -> Option<Card> {
        let (table, part) = self.part(datum)?;
        let mut card =
            Card { title: self.label(table, &part, lang), date: text::period(&table.period, lang), note: table.note.get(lang).to_string(), ..Card::default() };
        card.rows.push((say(lang, "표", "Table").to_string(), table.title.get(lang).to_string()));
        let whole = whole(table);
        let mut cites = &table.cites;
        match part {
            Part::Item(item) => {
                card.entity = self.entity(item).map(str::to_string);
                card.value = marked(item, &table.unit, lang);
                card.status = status_words(&Status { planned: item.status.planned || table.forecast, ..item.status }, lang);
                if !item.as_of.is_empty() {
                    card.date = text::period(&item.as_of, lang);
                }
                if !item.cites.is_empty() {
                    cites = &item.cites;
                }
            }
            Part::Known(value) => {
                card.value = text::value(value, &table.unit, lang);
                card.status =
                    vec![say(lang, "전체에서 명시된 값을 뺀 나머지 (편집부 계산)", "the whole minus what is named (derived by the editor)").to_string()];
                card.note = table.rest_note.get(lang).to_string();
            }
            Part::Unknown(value) => {
                card.value = text::value(value, &table.unit, lang);
                card.status = vec![say(lang, "구성 미상: 출처가 나눈 값을 밝히지 않음", "split unknown: the source does not give it").to_string()];
                card.note = table.rest_note.get(lang).to_string();
            }
        }
        if let (Some(whole), true) = (whole, table.kind == Kind::Parts) {
            let share = text::percent(part.value() / whole * 100.0, lang);
            let total = text::value(whole, &table.unit, lang);
            card.share = match lang {
                Lang::Ko => format!("전체 {total}의 {share}"),
                Lang::En => format!("{share} of {total}"),
            };
        }
        let metric = table.metric.get(lang);
        if !metric.is_empty() {
            card.rows.push((say(lang, "기준", "Measure").to_string(), metric.to_string()));
        }
        card.cites = cites.iter().map(|c| cite(c, &self.data.sources, lang)).collect();
        Some(card)
    }

    fn table(&self, lang: Lang) -> Table {
        let heads: [(&str, &str); 7] =
            [("표", "Table"), ("항목", "Item"), ("값", "Value"), ("단위", "Unit"), ("시점", "Period"), ("상태", "Status"), ("출처", "Source")];
        let mut rows = Vec::new();
        for (_, table, part) in self.parts() {
            let (status, period, cites) = match part {
                Part::Item(item) => {
                    let status = Status { planned: item.status.planned || table.forecast, ..item.status };
                    let period = if item.as_of.is_empty() { &table.period } else { &item.as_of };
                    (status_words(&status, lang).join(", "), period, if item.cites.is_empty() { &table.cites } else { &item.cites })
                }
                Part::Known(_) => (say(lang, "나머지 (편집부 계산)", "remainder (derived by the editor)").to_string(), &table.period, &table.cites),
                Part::Unknown(_) => (say(lang, "구성 미상", "split unknown").to_string(), &table.period, &table.cites),
            };
            rows.push(vec![
                table.title.get(lang).to_string(),
                self.label(table, &part, lang),
                text::number(part.value(), lang, 4),
                table.unit.clone(),
                text::period(period, lang),
                status,
                cites_cell(cites, &self.data.sources, lang),
            ]);
        }
        Table { caption: self.data.title.get(lang).to_string(), head: heads.iter().map(|(ko, en)| say(lang, ko, en).to_string()).collect(), rows }
    }

    fn rows(&self) -> usize {
        self.data.tables.iter().map(|t| t.items.len()).sum()
    }
}

impl MarketShareWidget {
    /// All tiles of all tables with their datum: the numbering that `data/market_share.rs` documents.
    fn parts(&self) -> impl Iterator<Item = (u32, &ShareTable, Part<'_>)> {
        let mut datum = 0;
        self.data.tables.iter().flat_map(|table| parts_of(table).map(move |part| (table, part))).map(move |(table, part)| {
            datum += 1;
            (datum - 1, table, part)
        })
    }

    fn part(&self, datum: u32) -> Option<(&ShareTable, Part<'_>)> {
        self.parts().find(|(d, ..)| *d == datum).map(|(_, table, part)| (table, part))
    }

    fn entity(&self, item: &Item) -> Option<&str> {
        item.party.and_then(|ix| self.data.parties.get(ix)).map(|p| p.id.as_str())
    }

    fn layer(&self, item: &Item) -> Option<Layer> {
        let ix = item.party.or_else(|| item.members.first().copied())?;
        self.data.parties.get(ix).map(|p| p.layer)
    }

    fn label(&self, table: &ShareTable, part: &Part<'_>, lang: Lang) -> String {
        match part {
            Part::Item(item) => item.label.get(lang).to_string(),
            Part::Known(_) => say(lang, "나머지", "Remainder").to_string(),
            Part::Unknown(_) => {
                let names: Vec<String> = table.rest_parties.iter().filter_map(|&ix| self.data.parties.get(ix)).map(|p| p.name.get(lang).to_string()).collect();
                let unknown = say(lang, "구성 미상", "Split unknown");
                if names.is_empty() { unknown.to_string() } else { format!("{unknown} ({})", text::list(&names, lang)) }
            }
        }
    }

    /// Whether anything shown is selected: only then does the rest step back.
    fn holds_selection(&self, view: &View, shown: &[usize]) -> bool {
        view.selects() && {
            let mut datum = 0;
            self.data.tables.iter().enumerate().any(|(ix, table)| {
                parts_of(table).any(|part| {
                    datum += 1;
                    let entity = if let Part::Item(item) = part { self.entity(item) } else { None };
                    shown.contains(&ix) && view.is_selected(entity, datum - 1)
                })
            })
        }
    }

    /// The largest share among the tables shown, as a headline.
    fn headline(&self, shown: &[usize], lang: Lang) -> String {
        let best = shown
            .iter()
            .filter_map(|&ix| self.data.tables.get(ix))
            .filter_map(|t| t.items.iter().max_by(|a, b| a.value.total_cmp(&b.value)).map(|i| (t, i)))
            .max_by(|(t, i), (u, j)| fraction(t, i).total_cmp(&fraction(u, j)));
        let Some((table, item)) = best else { return self.data.title.get(lang).to_string() };
        let (name, value, title) = (item.label.get(lang), marked(item, &table.unit, lang), table.title.get(lang));
        format!("{title}: {name} {value}")
    }

    /// One sentence with the leader of every table shown.
    fn takeaway(&self, shown: &[usize], lang: Lang) -> String {
        let mut parts: Vec<String> = Vec::new();
        for table in shown.iter().filter_map(|&ix| self.data.tables.get(ix)) {
            let Some(item) = table.items.iter().max_by(|a, b| a.value.total_cmp(&b.value)) else { continue };
            let (name, value, title) = (item.label.get(lang), marked(item, &table.unit, lang), table.title.get(lang));
            parts.push(match lang {
                Lang::Ko => format!("{title}에서는 {name}{} {value}", text::particle(name, Particle::IGa)),
                Lang::En => format!("{title}: {name} at {value}"),
            });
        }
        if parts.is_empty() {
            return String::new();
        }
        match lang {
            Lang::Ko => format!("가장 큰 몫: {}.", parts.join("; ")),
            Lang::En => format!("The largest parts: {}.", parts.join("; ")),
        }
    }
}

/// Items from the largest to the smallest, then the rest: the order in which tiles are numbered is that of the file.
fn parts_of(table: &ShareTable) -> impl Iterator<Item = Part<'_>> {
    let rest = match table.rest {
        Rest::None => None,
        Rest::Known(v) => Some(Part::Known(v)),
        Rest::Unknown(v) => Some(Part::Unknown(v)),
    };
    table.items.iter().map(Part::Item).chain(rest)
}

fn whole(table: &ShareTable) -> Option<f64> {
    match table.kind {
        Kind::Share => Some(100.0),
        Kind::Parts => table.whole,
        Kind::Comparison => None,
    }
    .filter(|w| *w > 0.0)
}

fn fraction(table: &ShareTable, item: &Item) -> f64 {
    whole(table).map_or(0.0, |w| item.value / w)
}

/// A value with its marks: ≈ before an approximate one, † after a disputed one.
fn marked(item: &Item, unit: &str, lang: Lang) -> String {
    let mut value = text::value(item.value, unit, lang);
    if item.status.approx {
        value.insert_str(
            0,
            if item.status.bound > 0 {
                "≥ "
            } else if item.status.bound < 0 {
                "≤ "
            } else {
                "≈ "
            },
        );
    }
    if item.status.disputed {
        value.push('†');
    }
    value
}

fn subline(table: &ShareTable, lang: Lang) -> String {
    let mut parts = vec![table.metric.get(lang).to_string()];
    if table.unit != "%" && !table.unit.is_empty() {
        parts.push(text::unit(&table.unit, lang).to_string());
    }
    parts.push(text::period(&table.period, lang));
    parts.push(table.region.get(lang).to_string());
    parts.retain(|p| !p.is_empty());
    parts.dedup();
    parts.join(" · ")
}

/// What the whole is, in words.
fn whole_note(table: &ShareTable, lang: Lang) -> String {
    match (table.kind, table.whole) {
        (Kind::Comparison, _) => say(lang, "나란히 놓은 값이며 하나의 전체가 아니다.", "Values side by side, not parts of one whole.").to_string(),
        (Kind::Share, _) => say(lang, "전체는 100%.", "The whole is 100%.").to_string(),
        (Kind::Parts, Some(whole)) => {
            let whole = text::value(whole, &table.unit, lang);
            match lang {
                Lang::Ko => format!("전체는 {whole}."),
                Lang::En => format!("The whole is {whole}."),
            }
        }
        (Kind::Parts, None) => say(lang, "전체는 출처에 없다.", "The source gives no whole.").to_string(),
    }
}

/// Rectangles of the tables, header included: rows as even as can be, shorter rows first.
fn cells(count: usize, view: &View) -> Vec<[f32; 4]> {
    if count == 0 || !view.has_room() {
        return Vec::new();
    }
    let width = view.width_css;
    let columns = if width < 520.0 {
        1
    } else if width < 900.0 {
        2
    } else {
        3
    };
    let rows = count.div_ceil(columns);
    let (base, longer) = (count / rows, count % rows);
    let area = if count == 1 { (width * 0.5).clamp(260.0, 460.0) } else { (width / columns as f32 * 0.62).clamp(190.0, 300.0) };
    let row_height = HEADER + area;
    let natural = rows as f32 * (row_height + GUTTER) - GUTTER;
    let row_height = if view.height_css > natural { (view.height_css + GUTTER) / rows as f32 - GUTTER } else { row_height };
    let mut cells = Vec::with_capacity(count);
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

/// ↑ and ↓ lead to the first tile of the table before and after.
fn link_groups(outline: &mut [Node]) {
    let firsts: Vec<(u32, u32)> = outline
        .iter()
        .enumerate()
        .filter(|(ix, n)| *ix == 0 || outline.get(ix - 1).is_some_and(|p| p.group != n.group))
        .map(|(_, n)| (n.group, n.datum))
        .collect();
    for node in outline {
        let Some(at) = firsts.iter().position(|f| f.0 == node.group) else { continue };
        if let Some(f) = at.checked_sub(1).and_then(|ix| firsts.get(ix)) {
            node.go[2] = f.1;
        }
        if let Some(f) = firsts.get(at + 1) {
            node.go[3] = f.1;
        }
    }
}

/// What the legend has to explain.
#[derive(Default)]
struct Seen {
    layers: Vec<Layer>,
    plain: bool,
    known: bool,
    unknown: bool,
    approx: bool,
    disputed: bool,
}

impl Seen {
    fn legend(mut self, palette: Palette, lang: Lang) -> Vec<Key> {
        self.layers.sort();
        self.layers.dedup();
        let mut keys: Vec<Key> = self
            .layers
            .iter()
            .map(|&layer| Key {
                key: String::new(),
                label: text::layer(layer, lang).to_string(),
                color: Palette::layer(layer),
                form: "swatch".into(),
                count: None,
            })
            .collect();
        let mut add = |when: bool, ko, en, color, form: &str| {
            if when {
                keys.push(Key { key: String::new(), label: say(lang, ko, en).to_string(), color, form: form.into(), count: None });
            }
        };
        add(self.plain, "조직이 아닌 항목", "Not an organisation", Palette::layer(Layer::Context), "swatch");
        add(self.known, "나머지", "Remainder", palette.secondary, "ring");
        add(self.unknown, "구성 미상", "Split unknown", palette.secondary, "hatch");
        add(self.approx, "≈ 대략의 값 (경계가 흐림)", "≈ approximate (soft edge)", palette.secondary, "soft");
        add(self.disputed, "† 출처가 엇갈림 (점선)", "† disputed (dashed)", palette.secondary, "dashed");
        keys
    }
}

/// Draws tables one after the other into a picture.
struct Draw<'a> {
    widget: &'a MarketShareWidget,
    view: &'a View,
    palette: Palette,
    picture: &'a mut Picture,
    selects: bool,
    seen: Seen,
}

impl Draw<'_> {
    fn table(&mut self, table_ix: usize, table: &ShareTable, cell: [f32; 4]) {
        let lang = self.view.lang;
        let group = self.picture.groups.len() as u32;
        self.picture.groups.push(format!("{}. {}", table.title.get(lang), whole_note(table, lang)));
        let [left, top, right, bottom] = cell;
        let metrics = &self.view.metrics;
        let title = fit(metrics, table.title.get(lang), 14.0, true, right - left);
        self.label([left, top, right, top + 19.0], title, 14.0, true, Align::Start, self.palette.ink, NO_DATUM);
        let sub = fit(metrics, &subline(table, lang), 12.0, false, right - left);
        self.label([left, top + 19.0, right, top + 36.0], sub, 12.0, false, Align::Start, self.palette.secondary, NO_DATUM);

        let base: u32 = self.widget.data.tables.iter().take(table_ix).map(|t| parts_of(t).count() as u32).sum();
        let parts: Vec<Part<'_>> = parts_of(table).collect();
        let values: Vec<f64> = parts.iter().map(Part::value).collect();
        let rects = squarify(&values, [f64::from(left), f64::from(top + HEADER), f64::from(right), f64::from(bottom)]);
        let mut tiles: Vec<(u32, Part<'_>, [f32; 4])> = Vec::new();
        for ((ix, part), rect) in parts.iter().enumerate().zip(&rects) {
            tiles.push((base + ix as u32, *part, rect.map(|v| v as f32)));
        }
        // Reading order: from the largest down, the rest last.
        tiles.sort_by(|a, b| {
            let rest = |p: &Part<'_>| !matches!(p, Part::Item(_));
            rest(&a.1).cmp(&rest(&b.1)).then(b.1.value().total_cmp(&a.1.value())).then(a.0.cmp(&b.0))
        });
        let order: Vec<u32> = tiles.iter().map(|t| t.0).collect();
        for (place, (datum, part, rect)) in tiles.into_iter().enumerate() {
            let mut go = STAY;
            if let Some(&d) = place.checked_sub(1).and_then(|p| order.get(p)) {
                go[0] = d;
            }
            if let Some(&d) = order.get(place + 1) {
                go[1] = d;
            }
            self.tile(table, datum, part, rect, group, go);
        }
    }

    fn tile(&mut self, table: &ShareTable, datum: u32, part: Part<'_>, rect: [f32; 4], group: u32, go: [u32; 4]) {
        let lang = self.view.lang;
        let palette = self.palette;
        let entity = if let Part::Item(item) = part { self.widget.entity(item).map(str::to_string) } else { None };
        let selected = self.view.is_selected(entity.as_deref(), datum);
        let strength = if self.selects && !selected { 0.35 } else { 1.0 };
        let (mut stroke, mut stroke_css, mut fill_pattern, mut dashed) = (0, 0.0, pattern::SOLID, false);
        let mut fill;
        match part {
            Part::Item(item) => {
                let layer = self.widget.layer(item);
                match layer {
                    Some(layer) => self.seen.layers.push(layer),
                    None => self.seen.plain = true,
                }
                fill = Palette::layer(layer.unwrap_or(Layer::Context));
                if item.status.approx {
                    fill_pattern = pattern::SOFT;
                    self.seen.approx = true;
                }
                if item.status.disputed {
                    (stroke, stroke_css, dashed) = (palette.ink, 1.5, true);
                    self.seen.disputed = true;
                }
                if item.status.in_talks || item.status.planned || table.forecast {
                    // Not closed when written: an open outline instead of a filled tile.
                    (stroke, stroke_css, fill) = (fill, 1.5, palette.ground);
                }
            }
            Part::Known(_) => {
                (fill, stroke, stroke_css) = (palette.ground, palette.hairline, 1.0);
                self.seen.known = true;
            }
            Part::Unknown(_) => {
                (fill, stroke, stroke_css, fill_pattern) = (palette.ground, fade(palette.secondary, 0.55), 1.0, pattern::HATCH);
                self.seen.unknown = true;
            }
        }
        let ink = if fill == palette.ground { palette.ink } else { ink_on(fill) };
        if selected {
            (stroke, stroke_css, dashed) = (palette.ink, 2.0, false);
        }
        let half = if table.kind == Kind::Comparison { APART } else { GAP } / 2.0;
        let inner = [rect[0] + half, rect[1] + half, rect[2] - half, rect[3] - half];
        let (width, height) = (inner[2] - inner[0], inner[3] - inner[1]);
        if width > 0.0 && height > 0.0 {
            self.picture.scene.marks.push(Mark {
                rect_css: inner,
                fill: fade(fill, strength),
                stroke: fade(stroke, strength),
                style: mark_style(shape::RECT, fill_pattern, stroke_css, 2.0, dashed),
                datum,
            });
            self.words(table, datum, &part, inner, ink, strength);
        }
        let name = self.widget.label(table, &part, lang);
        let value = if let Part::Item(item) = part { marked(item, &table.unit, lang) } else { text::value(part.value(), &table.unit, lang) };
        let status = match self.widget.card(datum, lang) {
            Some(card) => card.status.join(", "),
            None => String::new(),
        };
        let period = text::period(&table.period, lang);
        let mut sentence = format!("{name}: {value}");
        for extra in [table.title.get(lang), &period, &status] {
            if !extra.is_empty() {
                sentence.push_str(", ");
                sentence.push_str(extra);
            }
        }
        self.picture.scene.outline.push(Node { datum, rect_css: inner, name: sentence, key: name, entity, group, go });
    }

    /// Name and value in the tile, by rule: both large, both small, the name alone, nothing.
    fn words(&mut self, table: &ShareTable, datum: u32, part: &Part<'_>, inner: [f32; 4], ink: u32, strength: f32) {
        let lang = self.view.lang;
        let metrics = &self.view.metrics;
        let pad = if inner[2] - inner[0] < 64.0 { 4.0 } else { 8.0 };
        let (width, height) = (inner[2] - inner[0] - 2.0 * pad, inner[3] - inner[1] - 2.0 * pad);
        let name = self.widget.label(table, part, lang);
        let value = match part {
            Part::Item(item) => marked(item, &table.unit, lang),
            // The size of a part whose split is unknown is arithmetic, not a printed figure: it stays in the card.
            Part::Known(v) => text::value(*v, &table.unit, lang),
            Part::Unknown(_) => String::new(),
        };
        let ink = fade(ink, if strength < 1.0 { 0.6 } else { 1.0 });
        let (x0, y0, x1) = (inner[0] + pad, inner[1] + pad, inner[2] - pad);
        let italic = matches!(part, Part::Known(_)) || matches!(part, Part::Item(item) if item.status.derived);
        let mut put = |rect, text: String, size, bold, lines| {
            self.picture.scene.labels.push(Label { rect_css: rect, text, size_css: size, bold, italic, align: Align::Start, ink, lines, datum });
        };
        let name_lines = |size: f32| metrics.lines(&name, size, true, width).map(|l| l.len() as f32);
        let fits = |text: &str, size: f32, bold: bool| metrics.width(text, size, bold) <= width;
        let on_hatch = matches!(part, Part::Unknown(_));
        if let Some(lines) = name_lines(14.0) {
            let name_height = lines * 18.0;
            if !value.is_empty() && height >= name_height + 36.0 && width >= 90.0 && fits(&value, 28.0, false) {
                put([x0, y0, x1, y0 + name_height], name, 14.0, true, lines as u32);
                put([x0, y0 + name_height + 1.0, x1, y0 + name_height + 36.0], value, 28.0, false, 1);
                return;
            }
        }
        if let Some(lines) = name_lines(12.0).filter(|l| l * 16.0 <= height) {
            let name_height = lines * 16.0;
            put([x0, y0, x1, y0 + name_height], name, 12.0, true, lines as u32);
            if !value.is_empty() && height >= name_height + 16.0 && fits(&value, 12.0, false) {
                put([x0, y0 + name_height, x1, y0 + name_height + 16.0], value, 12.0, false, 1);
            }
            return;
        }
        if on_hatch {
            let short = say(lang, "구성 미상", "Split unknown");
            if height >= 16.0 && fits(short, 12.0, true) {
                put([x0, y0, x1, y0 + 16.0], short.to_string(), 12.0, true, 1);
            }
            return;
        }
        // A narrow tile: the value alone says more than half a name.
        if height >= 16.0 && !value.is_empty() && fits(&value, 12.0, false) {
            put([x0, y0, x1, y0 + 16.0], value, 12.0, false, 1);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a label is its box and its type; a struct literal here would only repeat the names")]
    fn label(&mut self, rect_css: [f32; 4], text: String, size_css: f32, bold: bool, align: Align, ink: u32, datum: u32) {
        if !text.is_empty() {
            self.picture.scene.labels.push(Label { rect_css, text, size_css, bold, italic: false, align, ink, lines: 1, datum });
        }
    }
}
