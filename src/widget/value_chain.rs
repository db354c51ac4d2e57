//! The value chain: layers as columns or bands, organisations in their sublayers, typed relations between them.

use super::palette::fade;
use super::pen::{Font, Pen, plain};
use super::{Card, OPENS, Palette, Picture, STAY, Table, View, Widget, cite, cites, cites_cell, date_words, fit, fit_lines, joined, status_words};
use crate::abi::{Mark, NO_DATUM, Ribbon, line, mark_style, pattern, shape};
use crate::data::value_chain::{Entity, Framework, Link, Relation, ValueChain};
use crate::data::words::trim;
use crate::data::{Lang, Layer, Value};
use crate::error::{Error, Issue};
use crate::layout::chain::{self, Measure, bands, columns};
use crate::scene::Node;
use crate::text::{self, append, count, fill, push, say};

/// Every kind of relation, in the order of the legend.
const RELATIONS: [Relation; 8] = [
    Relation::InvestsIn,
    Relation::Acquires,
    Relation::Supplies,
    Relation::Uses,
    Relation::Partners,
    Relation::Competes,
    Relation::FoundedByAlumniOf,
    Relation::StandardMember,
];
/// Below this width the layers are bands.
const BANDS_BELOW: f32 = 700.0;
/// A name or heading has no more lines than this; what needs more loses its last words.
const MOST_LINES: usize = 4;
/// Text size of a chip, CSS px.
const NAME: f32 = 12.0;

/// What a chip takes besides its name: the bar, the space after it, the space at the end. CSS px.
const CHIP_PAD: f32 = 15.0;
/// Sizes of columns and of bands.
const COLUMNS: Measure = Measure { layer_head: 50.0, block_head: 20.0, block_gap: 8.0, chip: 20.0, chip_gap: 3.0, column_gap: 10.0, layer_gap: 38.0 };
const BANDS: Measure = Measure { layer_head: 30.0, block_head: 19.0, block_gap: 6.0, chip: 24.0, chip_gap: 4.0, column_gap: 4.0, layer_gap: 26.0 };

/// See the module.
#[derive(Debug, Default)]
pub struct ValueChainWidget {
    data: ValueChain,
}

impl Widget for ValueChainWidget {
    fn read(&mut self, file: &Value<'_>, table: bool) -> Result<Vec<Issue>, Error> {
        let mut data = ValueChain::default();
        let issues = data.read(file, table)?;
        self.data = data;
        Ok(issues)
    }

    fn picture(&self, view: &View) -> Picture {
        let lang = view.lang;
        let mut pen = Pen::new(view, self.data.title.get(lang));
        pen.documents(&self.data.sources, None);
        if self.data.entities.is_empty() || !view.has_room() {
            return pen.picture;
        }
        let mut layers = self.layers();
        let wide = view.width_css >= BANDS_BELOW;
        pen.picture.scene.size_css[1] = self.place(&mut layers, view, wide) + 6.0;
        let homes = self.homes(&layers);
        let mut draw = Draw { widget: self, pen, wide, focus: self.focus(view) };
        let mut grounds = draw.headings(&layers);
        draw.ribbons(&homes);
        draw.pen.picture.scene.marks.append(&mut grounds);
        draw.chips(&layers, &homes);
        self.words(&mut draw.pen);
        draw.pen.picture
    }

    fn card(&self, datum: u32, lang: Lang) -> Option<Card> {
        let ix = datum as usize;
        if let Some(entity) = self.data.entities.get(ix) {
            return Some(self.entity_card(ix, entity, lang));
        }
        let link = self.data.links.get(ix.checked_sub(self.data.entities.len())?)?;
        let mut card = Card {
            title: fill(lang, "{0} → {1}", &[self.name(link.from, lang), self.name(link.to, lang)]),
            value: amount(link, lang),
            date: date_words(link.when, lang),
            status: status_words(&link.status, lang),
            note: link.label.get(lang).to_string(),
            cites: cites(&link.cites, &self.data.sources, lang),
            ..Card::default()
        };
        card.row(say(lang, "관계|Relation"), text::relation(link.relation, lang).to_string());
        Some(card)
    }

    fn table(&self, lang: Lang) -> Table {
        let head = "조직,하는 일·관계,층·상대,금액,날짜,내용,출처|Organisation,Role or relation,Layer or partner,Amount,Date,What,Source";
        let mut table = Table::new(self.data.title.get(lang), head, lang);
        for entity in &self.data.entities {
            for role in &entity.roles {
                let sublayer = self.data.sublayers.get(role.sublayer);
                let layer = sublayer.and_then(|s| self.data.layers.get(s.layer)).map_or("", |l| l.label.get(lang));
                let mut what = role.activity.get(lang).to_string();
                if !role.products.is_empty() {
                    push(&mut what, lang, " ({0})", &[&joined(&role.products)]);
                }
                table.row();
                table.cell(entity.name.get(lang));
                table.cell(say(lang, "하는 일|role"));
                table.cell(fill(lang, "{0} · {1}", &[layer, self.sublayer(role.sublayer, lang)]));
                table.cell("");
                table.cell("");
                table.cell(what);
                table.cell(cites_cell(&role.cites, &self.data.sources, lang));
            }
        }
        for link in &self.data.links {
            table.row();
            table.cell(self.name(link.from, lang));
            table.cell(text::relation(link.relation, lang));
            table.cell(self.name(link.to, lang));
            table.cell(amount(link, lang));
            table.cell(date_words(link.when, lang));
            table.cell(fill(lang, "{0} ({1})", &[link.label.get(lang), &joined(&status_words(&link.status, lang))]));
            table.cell(cites_cell(&link.cites, &self.data.sources, lang));
        }
        table
    }

    fn rows(&self) -> usize {
        self.data.entities.len() + self.data.links.len()
    }
}

impl ValueChainWidget {
    fn name(&self, entity: usize, lang: Lang) -> &str {
        self.data.entities.get(entity).map_or("", |e| e.name.get(lang))
    }

    fn sublayer(&self, sublayer: usize, lang: Lang) -> &str {
        self.data.sublayers.get(sublayer).map_or("", |s| s.label.get(lang))
    }

    /// Layers, sublayers and organisations by their numbers, in the order of the file, without what is empty.
    /// Who has no role (people, mostly) stands at the end of the last layer, in a block whose number no sublayer has.
    fn layers(&self) -> Vec<chain::Layer> {
        let mut layers: Vec<chain::Layer> = Vec::new();
        for at in 0..self.data.layers.len() {
            let mut layer = chain::Layer::of(at);
            for (item, sublayer) in self.data.sublayers.iter().enumerate() {
                if sublayer.layer == at {
                    self.add_block(&mut layer, item);
                }
            }
            if !layer.blocks.is_empty() {
                layers.push(layer);
            }
        }
        if layers.is_empty() {
            layers.push(chain::Layer::of(usize::MAX));
        }
        if let Some(last) = layers.last_mut() {
            self.add_block(last, usize::MAX);
        }
        layers
    }

    /// The organisations of a sublayer as a block at the end of a layer.
    fn add_block(&self, layer: &mut chain::Layer, item: usize) {
        let mut block = chain::Block::of(item);
        for (item, entity) in self.data.entities.iter().enumerate() {
            let here = if block.item == usize::MAX { entity.roles.is_empty() } else { entity.roles.iter().any(|r| r.sublayer == block.item) };
            if here {
                block.chips.push(chain::Chip { item, ..chain::Chip::default() });
            }
        }
        if !block.chips.is_empty() {
            layer.blocks.push(block);
        }
    }

    /// What a block is called.
    fn heading(&self, block: &chain::Block, lang: Lang) -> &str {
        if block.item < usize::MAX {
            return self.sublayer(block.item, lang);
        }
        let people = block.chips.iter().all(|c| self.data.entities.get(c.item).is_some_and(|e| e.kind == "person"));
        say(lang, if people { "인물|People" } else { "기타|Others" })
    }

    /// Gives everything its place; returns the height.
    fn place(&self, layers: &mut [chain::Layer], view: &View, wide: bool) -> f32 {
        let metrics = &view.metrics;
        for layer in layers.iter_mut() {
            // No column is narrower than the longest word of its names.
            let mut longest = 72.0_f32;
            for chip in layer.blocks.iter_mut().flat_map(|b| &mut b.chips) {
                let name = short(self.name(chip.item, view.lang));
                chip.width = metrics.width(name, NAME, false) + CHIP_PAD + 1.0;
                for word in name.split(&[' '][..]) {
                    longest = longest.max(metrics.width(word, NAME, false));
                }
            }
            layer.least = longest + CHIP_PAD;
        }
        if !wide {
            return bands(layers, view.width_css, &BANDS);
        }
        // The width of a column decides which names need two lines, and their number decides the columns: a second look settles it.
        for _ in 0..2 {
            columns(layers, view.width_css, &COLUMNS);
            for block in layers.iter_mut().flat_map(|l| &mut l.blocks) {
                let column = block.rect[2] - block.rect[0];
                block.lines = lines(view, self.heading(block, view.lang), 11.0, column).min(2);
                for chip in &mut block.chips {
                    chip.lines = lines(view, short(self.name(chip.item, view.lang)), NAME, column - CHIP_PAD + 3.0);
                }
            }
        }
        columns(layers, view.width_css, &COLUMNS)
    }

    /// Where an organisation's links are tied: the first of its chips in its main layer, else the first.
    fn homes(&self, layers: &[chain::Layer]) -> Vec<Option<[f32; 4]>> {
        // Where each is at home, and whether that is its main layer.
        let mut homes = Vec::new();
        let mut settled = Vec::new();
        for _ in &self.data.entities {
            homes.push(None);
            settled.push(false);
        }
        for layer in layers {
            let own = self.data.layers.get(layer.item).map_or(Layer::Context, |l| l.layer);
            for chip in layer.blocks.iter().flat_map(|b| &b.chips) {
                let main = self.data.entities.get(chip.item).is_some_and(|e| e.main == own);
                if let (Some(home), Some(settled)) = (homes.get_mut(chip.item), settled.get_mut(chip.item))
                    && (home.is_none() || main && !*settled)
                {
                    (*home, *settled) = (Some(chip.rect), main);
                }
            }
        }
        homes
    }

    /// The organisation whose relations are to stand out: the pointer's, else the selected one.
    fn focus(&self, view: &View) -> Option<usize> {
        let hover = view.hover as usize;
        if hover < self.data.entities.len() {
            return Some(hover);
        }
        self.data.entities.iter().enumerate().position(|(ix, e)| view.is_selected(Some(&e.id), ix as u32))
    }

    fn entity_card(&self, ix: usize, entity: &Entity, lang: Lang) -> Card {
        let mut card =
            Card { entity: Some(entity.id.clone()), title: entity.name.get(lang).to_string(), note: entity.note.get(lang).to_string(), ..Card::default() };
        if let Some(code) = &entity.country {
            let mut country = text::country(code, lang);
            if entity.country_assumed {
                country.push_str(say(lang, " (편집부 보완)| (added by the editor)"));
            }
            card.row(say(lang, "나라|Country"), country);
        }
        for (at, role) in entity.roles.iter().enumerate() {
            if at < 4 {
                card.row(self.sublayer(role.sublayer, lang), role.activity.get(lang).to_string());
            }
            for one in &role.cites {
                let line = cite(one, &self.data.sources, lang);
                if card.cites.len() < 3 && card.cites.last() != Some(&line) {
                    card.cites.push(line);
                }
            }
        }
        if entity.roles.len() > 4 {
            card.row("", fill(lang, "그 밖의 하는 일 {0}가지는 표에|{0} more roles in the table", &[&count(entity.roles.len() - 4)]));
        }
        let degree = self.data.links.iter().filter(|l| touches(l, ix)).count();
        card.value = fill(lang, "관계 {0}건|{0} relations", &[&count(degree)]);
        card
    }

    /// Outgoing and incoming relations in words, for the screen reader.
    fn sentence(&self, ix: usize, entity: &Entity, lang: Lang) -> String {
        let mut roles: Vec<String> = Vec::new();
        for role in &entity.roles {
            roles.push(self.sublayer(role.sublayer, lang).to_string());
        }
        let mut words = entity.name.get(lang).to_string();
        append(&mut words, ": ", text::list(&roles, lang));
        for link in self.data.links.iter().filter(|l| touches(l, ix)).take(12) {
            let (way, other) = if link.from == ix { ("나가는 |out: ", link.to) } else { ("들어오는 |in: ", link.from) };
            let mut relation = say(lang, way).to_string();
            relation.push_str(text::relation(link.relation, lang));
            append(&mut relation, " ", self.name(other, lang));
            append(&mut relation, " ", amount(link, lang));
            append(&mut words, "; ", &relation);
        }
        words
    }

    /// The framework that the reader has chosen; else the first.
    fn framework(&self, view: &View) -> Option<&Framework> {
        self.data.frameworks.iter().find(|f| f.id == view.tab).or(self.data.frameworks.first())
    }

    /// What a framework calls a layer: all of its names for it, or that it has none. Layers of the editor's own keep their name.
    fn layer_name(&self, at: usize, view: &View) -> String {
        let Some(info) = self.data.layers.get(at) else { return String::new() };
        let own = info.label.get(view.lang);
        let mut names = String::new();
        let Some(framework) = self.framework(view).filter(|_| !info.editorial) else { return own.to_string() };
        for (name, covers) in &framework.layers {
            if covers.contains(&at) {
                append(&mut names, " + ", name.get(view.lang));
            }
        }
        if names.is_empty() { say(view.lang, "이 분류에 없음|Not in this framework").to_string() } else { names }
    }

    /// Title, subline, finding, reading help and legend.
    fn words(&self, pen: &mut Pen<'_>) {
        let lang = pen.view.lang;
        let data = &self.data;
        let organisations = data.entities.iter().filter(|e| e.kind != "person").count();
        let framework = self.framework(pen.view).map_or("", |f| f.label.get(lang));
        push(
            &mut pen.picture.subline,
            lang,
            "{0} · 조직 {1}곳, 관계 {2}건|{0} · {1} organisations, {2} relations",
            &[framework, &count(organisations), &count(data.links.len())],
        );

        // Who has most relations; the first of several.
        let mut degrees = vec![0_usize; data.entities.len()];
        // The largest known amount; the last of several.
        let mut largest: Option<(&Link, f64)> = None;
        for link in &data.links {
            for &end in &[link.from, link.to] {
                if let Some(degree) = degrees.get_mut(end) {
                    *degree += 1;
                }
            }
            if let Some(usd) = link.usd
                && !(link.status.planned || link.status.disputed)
                && largest.is_none_or(|(_, most)| usd >= most)
            {
                largest = Some((link, usd));
            }
        }
        if let Some(framework) = self.framework(pen.view) {
            pen.picture.tab.clone_from(&framework.id);
            if !framework.note.get(lang).is_empty() {
                pen.note(framework.note.get(lang));
            }
        }
        for framework in &data.frameworks {
            // The name before the colon is enough on a button.
            let label = framework.label.get(lang);
            pen.picture.tabs.push((framework.id.clone(), label.split(':').next().unwrap_or(label).to_string()));
        }

        let (mut best, mut most) = (0, 0);
        for (ix, &degree) in degrees.iter().enumerate() {
            if degree > most {
                (best, most) = (ix, degree);
            }
        }
        let name = |ix: usize| short(self.name(ix, lang));
        if most > 0 {
            let headline = "관계가 가장 많은 곳은 {0}, {1}건|{0} has the most relations, {1}";
            append(&mut pen.picture.title, ": ", fill(lang, headline, &[name(best), &count(most)]));
        }
        if let Some((link, _)) = largest {
            push(
                &mut pen.picture.takeaway,
                lang,
                "금액이 알려진 관계 가운데 가장 큰 것은 {0과} {1} 사이의 {2}, {3}.|The largest relation with a known amount: {0} {2} {1}, {3}.",
                &[name(link.from), name(link.to), text::relation(link.relation, lang), &amount(link, lang)],
            );
        }
        pen.picture.howto.push_str(say(
            lang,
            "이름을 누르거나 키보드로 고르면 그 조직의 관계만 남는다. 한 조직은 하는 일마다 한 번씩 나오고, 왼쪽 색 막대는 주된 층을 뜻한다.|\
             Choose a name by pointer or keyboard to keep its relations only. An organisation appears once for each thing it does; the bar on its left has the colour of its main layer.",
        ));
        pen.note(say(
            lang,
            "관계의 굵기는 공개된 달러 금액의 제곱근에 비례하고, 금액이 없으면 가는 선이다.|\
             A relation is as wide as the square root of its amount in dollars; without an amount it is thin.",
        ));
        if let Some(layer) = data.layers.iter().find(|l| l.editorial) {
            pen.note(&fill(lang, "{0}: {1}.", &[layer.label.get(lang), layer.note.get(lang).trim_end_matches(&['.'][..])]));
        }
        for &relation in &RELATIONS {
            let links = data.links.iter().filter(|l| l.relation == relation).count();
            if links > 0 {
                pen.filter(relation_key(relation), text::relation(relation, lang), Palette::relation(relation), relation_form(relation).1, Some(links));
            }
        }
        for layer in &data.layers {
            pen.filter("", layer.label.get(lang), Palette::layer(layer.layer), "swatch", None);
        }
    }
}

/// The sum of a relation with its marks: ≈ before an approximate one, † after a disputed one.
fn amount(link: &Link, lang: Lang) -> String {
    let sum = match (link.usd, link.krw) {
        (Some(usd), _) => text::usd(usd, lang),
        (None, Some(krw)) => text::krw(krw, lang),
        (None, None) => return String::new(),
    };
    fill(lang, "{0}{1}{2}", &[if link.status.approx { "≈ " } else { "" }, &sum, if link.status.disputed { "†" } else { "" }])
}

fn touches(link: &Link, entity: usize) -> bool {
    link.from == entity || link.to == entity
}

/// How many lines a text needs; one where it cannot be broken to fit.
fn lines(view: &View, words: &str, size: f32, width: f32) -> u32 {
    view.metrics.lines(words, size, false, width).map_or(1, |l| l.len().min(MOST_LINES) as u32)
}

/// A name without what stands in brackets at its end.
fn short(name: &str) -> &str {
    name.split(OPENS).next().map_or(name, trim)
}

fn relation_key(relation: Relation) -> &'static str {
    match relation {
        Relation::InvestsIn => "invests_in",
        Relation::Acquires => "acquires",
        Relation::Supplies => "supplies",
        Relation::Partners => "partners",
        Relation::Competes => "competes",
        Relation::Uses => "uses",
        Relation::FoundedByAlumniOf => "founded_by_alumni_of",
        Relation::StandardMember => "standard_member",
    }
}

/// The form of a relation's line, for the painter and for the legend.
fn relation_form(relation: Relation) -> (u32, &'static str) {
    match relation {
        Relation::InvestsIn => (line::SOLID, "line-solid"),
        Relation::Acquires => (line::DOUBLE, "line-double"),
        Relation::Supplies => (line::LONG_DASH, "line-long-dash"),
        Relation::Partners => (line::SOLID, "line-thin"),
        Relation::Competes => (line::DOTTED, "line-dotted"),
        Relation::Uses => (line::SHORT_DASH, "line-short-dash"),
        Relation::FoundedByAlumniOf => (line::WAVE, "line-wave"),
        Relation::StandardMember => (line::TICKS, "line-ticks"),
    }
}

/// Width of a ribbon, CSS px: the square root of the amount, from 1.25 at nothing to 12 at 20 billion dollars.
fn width_css(link: &Link) -> f32 {
    match (link.relation, link.usd) {
        (Relation::InvestsIn | Relation::Acquires, Some(usd)) if usd > 0.0 => ((usd / 2e10).sqrt() as f32 * 12.0).clamp(1.25, 12.0),
        (Relation::Acquires, _) => 3.5,
        (Relation::Competes, _) => 2.0,
        _ => 1.25,
    }
}

struct Draw<'a> {
    widget: &'a ValueChainWidget,
    pen: Pen<'a>,
    wide: bool,
    focus: Option<usize>,
}

impl Draw<'_> {
    /// Headings, and the ground behind those of blocks: it goes over the ribbons, which would strike through the words.
    fn headings(&mut self, layers: &[chain::Layer]) -> Vec<Mark> {
        let (pen, wide) = (&mut self.pen, self.wide);
        let (view, palette) = (pen.view, pen.palette);
        let mut grounds = Vec::new();
        for layer in layers {
            let info = self.widget.data.layers.get(layer.item);
            let [left, top, right, _] = layer.rect;
            pen.rect([left, top, right, top + 3.0], Palette::layer(info.map_or(Layer::Context, |l| l.layer)));
            // As large as it can stand there; what does not fit even small loses its last words.
            let label = self.widget.layer_name(layer.item, view);
            let sizes = if wide { [(14.0, 2), (12.0, 2), (11.0, 3)] } else { [(14.0, 1), (12.0, 1), (11.0, 1)] };
            let fits = |size: f32, lines: usize| view.metrics.lines(&label, size, true, right - left).is_some_and(|l| l.len() <= lines);
            let (size, lines) = sizes.into_iter().find(|&(size, lines)| fits(size, lines)).unwrap_or(sizes[2]);
            let label = fit_lines(&view.metrics, &label, size, true, right - left, lines);
            let rect = [left, top + 6.0, right, top + 6.0 + if wide { 42.0 } else { 20.0 }];
            pen.label(rect, label, &Font { lines: lines as u32, ..Font::new(size, true) }, palette.ink, NO_DATUM);
            for block in &layer.blocks {
                let [left, top, right, bottom] = block.rect;
                let mut label = self.widget.heading(block, view.lang);
                let mut font = Font::new(11.0, false);
                let mut words = right - left;
                if bottom - top > 30.0 {
                    font.lines = 2;
                    label = fit_lines(&view.metrics, label, 11.0, false, words, 2);
                } else {
                    label = fit(&view.metrics, label, 11.0, false, words);
                    words = view.metrics.width(label, 11.0, false);
                }
                grounds.push(Mark {
                    rect_css: [left - 2.0, top + 4.0, left + words + 3.0, bottom - 1.0],
                    fill: palette.ground,
                    stroke: 0,
                    style: plain(),
                    datum: NO_DATUM,
                });
                pen.label([left, top + 3.0, right, bottom], label, &font, palette.secondary, NO_DATUM);
            }
            pen.picture.groups.push(label.to_string());
        }
        pen.picture.scene.under = pen.picture.scene.marks.len();
        grounds
    }

    fn ribbons(&mut self, homes: &[Option<[f32; 4]>]) {
        let (data, pen, wide) = (&self.widget.data, &mut self.pen, self.wide);
        for (ix, link) in data.links.iter().enumerate() {
            if pen.view.hides(relation_key(link.relation)) {
                continue;
            }
            let (Some(Some(from)), Some(Some(to))) = (homes.get(link.from), homes.get(link.to)) else { continue };
            // Links of one pair lie side by side: each takes its place among those between the same two.
            let (mut total, mut place) = (0, 0);
            for (other, l) in data.links.iter().enumerate() {
                if touches(l, link.from) && touches(l, link.to) {
                    total += 1;
                    place += i32::from(other < ix);
                }
            }
            let offset = (place as f32 - (total as f32 - 1.0) / 2.0) * 4.0;
            let strength = match self.focus {
                Some(focus) if touches(link, focus) => 0.9,
                Some(_) => 0.08,
                None if wide => 0.45,
                // On a phone everything lies behind the chips: at rest only a hint.
                None => 0.2,
            };
            let color = Palette::relation(link.relation);
            let half_width_css = width_css(link) / 2.0;
            let [a, c1, c2, b] = if wide { across(from, to, offset) } else { down(from, to, offset) };
            pen.picture.scene.ribbons.push(Ribbon {
                start_css: [a[0], a[1], c1[0], c1[1]],
                end_css: [c2[0], c2[1], b[0], b[1]],
                half_width_css,
                fill: fade(color, strength),
                style: relation_form(link.relation).0,
                datum: (data.entities.len() + ix) as u32,
            });
            // An arrow that ends where the ribbon does; where many meet, pale ones would add up to a strong one.
            if !matches!(link.relation, Relation::Partners | Relation::Competes) && strength > 0.1 {
                let (size, long) = (2.5 + half_width_css, (2.5 + half_width_css) * 1.6);
                let [x, y] = b;
                let (rect, form) = match (wide, x >= c2[0], y >= c2[1]) {
                    (true, true, _) => ([x - long, y - size, x, y + size], shape::TRIANGLE_RIGHT),
                    (true, false, _) => ([x, y - size, x + long, y + size], shape::TRIANGLE_LEFT),
                    (false, _, true) => ([x - size, y - long, x + size, y], shape::TRIANGLE_DOWN),
                    (false, _, false) => ([x - size, y, x + size, y + long], shape::TRIANGLE_UP),
                };
                pen.mark(rect, fade(color, strength), 0, mark_style(form, pattern::SOLID, 0.0, 0.0, false), NO_DATUM);
            }
        }
    }

    fn chips(&mut self, layers: &[chain::Layer], homes: &[Option<[f32; 4]>]) {
        let (widget, lang) = (self.widget, self.pen.view.lang);
        for (group, layer) in layers.iter().enumerate() {
            // Up and down lead along the layer.
            let mut before = NO_DATUM;
            for chip in layer.blocks.iter().flat_map(|b| &b.chips) {
                let Some(entity) = widget.data.entities.get(chip.item) else { continue };
                self.chip(chip, entity);
                if homes.get(chip.item).copied().flatten() != Some(chip.rect) {
                    continue;
                }
                let datum = chip.item as u32;
                let outline = &mut self.pen.picture.scene.outline;
                if let Some(last) = outline.last_mut()
                    && before != NO_DATUM
                {
                    last.go[3] = datum;
                }
                // Left and right lead along the largest relations.
                let (mut go, mut most) = (STAY, [f64::NEG_INFINITY; 2]);
                for link in &widget.data.links {
                    let usd = link.usd.unwrap_or(0.0);
                    if link.to == chip.item && usd >= most[0] {
                        (go[0], most[0]) = (link.from as u32, usd);
                    }
                    if link.from == chip.item && usd >= most[1] {
                        (go[1], most[1]) = (link.to as u32, usd);
                    }
                }
                go[2] = before;
                before = datum;
                outline.push(Node {
                    datum,
                    rect_css: chip.rect,
                    name: widget.sentence(chip.item, entity, lang),
                    key: entity.name.get(lang).to_string(),
                    entity: Some(entity.id.clone()),
                    group: group as u32,
                    go,
                });
            }
        }
    }

    fn chip(&mut self, chip: &chain::Chip, entity: &Entity) {
        let pen = &mut self.pen;
        let (view, palette) = (pen.view, pen.palette);
        let datum = chip.item as u32;
        let selected = view.is_selected(Some(&entity.id), datum);
        let near = |focus: usize| {
            let linked = |l: &Link| touches(l, focus) && touches(l, chip.item) && !view.hides(relation_key(l.relation));
            focus == chip.item || self.widget.data.links.iter().any(linked)
        };
        let (strength, ink) = if self.focus.is_none_or(near) { (1.0, 1.0) } else { (0.35, 0.45) };
        let (stroke, stroke_css, inset) = if selected { (palette.ink, 2.0, 2.0) } else { (palette.hairline, 1.0, 1.0) };
        let [left, top, right, bottom] = chip.rect;
        let style = mark_style(shape::RECT, pattern::SOLID, stroke_css, 2.0, false);
        // Where chips step back, the ribbons that are traced show through them.
        pen.mark(chip.rect, fade(palette.card, strength), fade(stroke, strength), style, datum);
        let bar = [left + inset, top + inset, left + inset + 3.0, bottom - inset];
        pen.mark(bar, fade(Palette::layer(entity.main), strength), 0, plain(), datum);
        let name = entity.name.get(view.lang);
        let width = right - left - CHIP_PAD + 4.0;
        let words = if view.metrics.width(name, NAME, false) <= width - 4.0 { name } else { short(name) };
        let lines = if self.wide { ((bottom - top - 20.0) / 15.0).round() as u32 + 1 } else { 1 };
        let words = fit_lines(&view.metrics, words, NAME, false, width, lines as usize);
        let (middle, half) = ((top + bottom) / 2.0, lines as f32 * 7.5 + 1.0);
        let rect = [left + 9.0, middle - half, left + 9.0 + width, middle + half];
        pen.label(rect, words, &Font { lines, ..Font::new(NAME, selected) }, fade(palette.ink, ink), datum);
    }
}

type Point = [f32; 2];

/// Start, two control points and end of a link between columns: it leaves and enters horizontally; within one column it bows out to the right.
fn across(from: &[f32; 4], to: &[f32; 4], offset: f32) -> [Point; 4] {
    let (y0, y1) = ((from[1] + from[3]) / 2.0 + offset, (to[1] + to[3]) / 2.0 + offset);
    if from[2] <= to[0] {
        let pull = ((to[0] - from[2]) * 0.5).max(12.0);
        [[from[2], y0], [from[2] + pull, y0], [to[0] - pull, y1], [to[0], y1]]
    } else if to[2] <= from[0] {
        let pull = ((from[0] - to[2]) * 0.5).max(12.0);
        [[from[0], y0], [from[0] - pull, y0], [to[2] + pull, y1], [to[2], y1]]
    } else {
        let bow = 14.0 + ((y1 - y0).abs() * 0.12).min(26.0) + offset.abs();
        [[from[2], y0], [from[2] + bow, y0], [to[2] + bow, y1], [to[2], y1]]
    }
}

/// The same between bands: it leaves and enters vertically; within one line of chips it bows out upwards.
fn down(from: &[f32; 4], to: &[f32; 4], offset: f32) -> [Point; 4] {
    let (x0, x1) = ((from[0] + from[2]) / 2.0 + offset, (to[0] + to[2]) / 2.0 + offset);
    if from[3] <= to[1] {
        let pull = ((to[1] - from[3]) * 0.5).clamp(8.0, 160.0);
        [[x0, from[3]], [x0, from[3] + pull], [x1, to[1] - pull], [x1, to[1]]]
    } else if to[3] <= from[1] {
        let pull = ((from[1] - to[3]) * 0.5).clamp(8.0, 160.0);
        [[x0, from[1]], [x0, from[1] - pull], [x1, to[3] + pull], [x1, to[3]]]
    } else {
        let bow = 14.0 + offset.abs();
        [[x0, from[1]], [x0, from[1] - bow], [x1, to[1] - bow], [x1, to[1]]]
    }
}
