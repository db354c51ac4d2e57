//! The value chain: layers as columns or bands, organisations in their sublayers, typed relations between them.

use super::palette::fade;
use super::{Card, Key, Palette, Picture, STAY, Table, View, Widget, cite, cites_cell, documents, fit, fit_lines, say, status_words};
use crate::abi::{Mark, NO_DATUM, Ribbon, line, mark_style, pattern, shape};
use crate::data::value_chain::{Entity, Link, Relation, ValueChain};
use crate::data::{Lang, Layer, Value};
use crate::error::{Error, Issue};
use crate::layout::chain::{self, Measure, Placed, bands, columns};
use crate::scene::{Align, Label, Node};
use crate::text::{self, Particle};

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
/// Text size of a chip, CSS px.
const NAME: f32 = 12.0;

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
        let palette = Palette::of(view.dark);
        let (sources, credit) = documents(&self.data.sources, lang);
        let mut picture = Picture { sources, credit, ..Picture::default() };
        picture.scene.ground = palette.ground;
        picture.scene.size_css = [view.width_css.max(0.0), 0.0];
        picture.title = self.data.title.get(lang).to_string();
        if self.data.entities.is_empty() || !view.has_room() {
            return picture;
        }
        let layers = self.blocks(lang);
        let wide = view.width_css >= BANDS_BELOW;
        let placed = self.place(&layers, view, wide);
        picture.scene.size_css[1] = placed.height + 6.0;

        let focus = self.focus(view);
        let near = focus.map(|e| self.neighbours(e, view)).unwrap_or_default();
        let mut draw = Draw { widget: self, view, palette, picture: &mut picture, focus, near, grounds: Vec::new() };
        draw.headings(&layers, &placed, wide);
        let homes = self.homes(&layers, &placed);
        draw.ribbons(&homes, wide);
        draw.chips(&layers, &placed, &homes, wide);

        let links = self.data.links.len();
        picture.subline = match lang {
            Lang::Ko => format!("{} · 조직 {}곳, 관계 {links}건", self.framework_label(lang), self.organisations()),
            Lang::En => format!("{} · {} organisations, {links} relations", self.framework_label(lang), self.organisations()),
        };
        (picture.title, picture.takeaway) = self.finding(lang);
        picture.howto = say(
            lang,
            "이름을 누르거나 키보드로 고르면 그 조직의 관계만 남는다. 한 조직은 하는 일마다 한 번씩 나오고, 왼쪽 색 막대는 주된 층을 뜻한다.",
            "Choose a name by pointer or keyboard to keep its relations only. An organisation appears once for each thing it does; the bar on its left has the colour of its main layer.",
        )
        .to_string();
        picture.notes.push(
            say(
                lang,
                "관계의 굵기는 공개된 달러 금액의 제곱근에 비례하고, 금액이 없으면 가는 선이다.",
                "A relation is as wide as the square root of its amount in dollars; without an amount it is thin.",
            )
            .to_string(),
        );
        if let Some(note) = self.data.layers.iter().find(|l| l.editorial).map(|l| (l.label.get(lang), l.note.get(lang))) {
            picture.notes.push(format!("{}: {}.", note.0, note.1.trim_end_matches('.')));
        }
        self.legend(&mut picture, lang);
        picture
    }

    fn card(&self, datum: u32, lang: Lang) -> Option<Card> {
        let ix = datum as usize;
        if let Some(entity) = self.data.entities.get(ix) {
            return Some(self.entity_card(ix, entity, lang));
        }
        let link = self.data.links.get(ix.checked_sub(self.data.entities.len())?)?;
        let name = |ix: usize| self.data.entities.get(ix).map_or("", |e| e.name.get(lang));
        let mut card = Card {
            title: format!("{} → {}", name(link.from), name(link.to)),
            value: self.amount(link, lang),
            date: link.when.as_ref().map_or(String::new(), |w| text::when(w, lang)),
            status: status_words(&link.status, lang),
            note: link.label.get(lang).to_string(),
            ..Card::default()
        };
        card.rows.push((say(lang, "관계", "Relation").to_string(), text::relation(link.relation, lang).to_string()));
        card.cites = link.cites.iter().map(|c| cite(c, &self.data.sources, lang)).collect();
        Some(card)
    }

    fn table(&self, lang: Lang) -> Table {
        let heads: [(&str, &str); 7] = [
            ("조직", "Organisation"),
            ("하는 일·관계", "Role or relation"),
            ("층·상대", "Layer or partner"),
            ("금액", "Amount"),
            ("날짜", "Date"),
            ("내용", "What"),
            ("출처", "Source"),
        ];
        let mut rows = Vec::new();
        for entity in &self.data.entities {
            for role in &entity.roles {
                let sub = self.data.sublayers.get(role.sublayer);
                let layer = sub.and_then(|s| self.data.layers.get(s.layer)).map_or("", |l| l.label.get(lang));
                let mut what = role.activity.get(lang).to_string();
                if !role.products.is_empty() {
                    what.push_str(" (");
                    what.push_str(&role.products.join(", "));
                    what.push(')');
                }
                rows.push(vec![
                    entity.name.get(lang).to_string(),
                    say(lang, "하는 일", "role").to_string(),
                    format!("{layer} · {}", sub.map_or("", |s| s.label.get(lang))),
                    String::new(),
                    String::new(),
                    what,
                    cites_cell(&role.cites, &self.data.sources, lang),
                ]);
            }
        }
        let name = |ix: usize| self.data.entities.get(ix).map_or(String::new(), |e| e.name.get(lang).to_string());
        for link in &self.data.links {
            rows.push(vec![
                name(link.from),
                text::relation(link.relation, lang).to_string(),
                name(link.to),
                self.amount(link, lang),
                link.when.as_ref().map_or(String::new(), |w| text::when(w, lang)),
                format!("{} ({})", link.label.get(lang), status_words(&link.status, lang).join(", ")),
                cites_cell(&link.cites, &self.data.sources, lang),
            ]);
        }
        Table { caption: self.data.title.get(lang).to_string(), head: heads.iter().map(|(ko, en)| say(lang, ko, en).to_string()).collect(), rows }
    }

    fn rows(&self) -> usize {
        self.data.entities.len() + self.data.links.len()
    }
}

/// A heading and the organisations under it, indices into `entities`.
struct Block {
    label: String,
    chips: Vec<usize>,
}

/// A layer of the picture.
struct LayerBlocks {
    label: String,
    layer: Layer,
    blocks: Vec<Block>,
}

impl ValueChainWidget {
    /// Organisations by layer and sublayer, in the order of the file; people stand at the end of the last layer.
    fn blocks(&self, lang: Lang) -> Vec<LayerBlocks> {
        let mut layers: Vec<LayerBlocks> = self
            .data
            .layers
            .iter()
            .enumerate()
            .map(|(at, info)| LayerBlocks {
                label: info.label.get(lang).to_string(),
                layer: info.layer,
                blocks: self
                    .data
                    .sublayers
                    .iter()
                    .enumerate()
                    .filter(|(_, s)| s.layer == at)
                    .map(|(sub, s)| Block {
                        label: s.label.get(lang).to_string(),
                        chips: (0..self.data.entities.len())
                            .filter(|&e| self.data.entities.get(e).is_some_and(|e| e.roles.iter().any(|r| r.sublayer == sub)))
                            .collect(),
                    })
                    .filter(|b| !b.chips.is_empty())
                    .collect(),
            })
            .filter(|l| !l.blocks.is_empty())
            .collect();
        let loose: Vec<usize> = (0..self.data.entities.len()).filter(|&e| self.data.entities.get(e).is_some_and(|e| e.roles.is_empty())).collect();
        if !loose.is_empty() {
            let people = loose.iter().all(|&e| self.data.entities.get(e).is_some_and(|e| e.kind == "person"));
            let label = if people { say(lang, "인물", "People") } else { say(lang, "기타", "Others") };
            let block = Block { label: label.to_string(), chips: loose };
            match layers.last_mut() {
                Some(last) => last.blocks.push(block),
                None => layers.push(LayerBlocks { label: String::new(), layer: Layer::Context, blocks: vec![block] }),
            }
        }
        layers
    }

    fn place(&self, layers: &[LayerBlocks], view: &View, wide: bool) -> Placed {
        let metrics = &view.metrics;
        let name = |e: usize| self.data.entities.get(e).map_or("", |e| e.name.get(view.lang));
        if wide {
            let m = Measure { layer_head: 46.0, block_head: 20.0, block_gap: 8.0, chip: 20.0, chip_gap: 3.0, column_gap: 10.0, layer_gap: 38.0 };
            // No column is narrower than the longest word of its names.
            let word = |e: &usize| short(name(*e)).split(' ').map(|w| metrics.width(w, NAME, false)).fold(0.0, f32::max);
            let least: Vec<f32> = layers.iter().map(|l| l.blocks.iter().flat_map(|b| &b.chips).map(word).fold(72.0, f32::max) + CHIP_PAD).collect();
            let plain = |b: &Block| chain::Block { head_lines: 1, chips: vec![1; b.chips.len()] };
            let mut sizes: Vec<Vec<chain::Block>> = layers.iter().map(|l| l.blocks.iter().map(plain).collect()).collect();
            // The width of a column decides which names need two lines, and their number decides the columns: a second look settles it.
            let mut placed = columns(&sizes, &least, view.width_css, &m);
            for _ in 0..2 {
                for ((layer, sizes), rects) in layers.iter().zip(&mut sizes).zip(&placed.chips) {
                    for ((block, size), rects) in layer.blocks.iter().zip(sizes).zip(rects) {
                        let column = rects.first().map_or(0.0, |r| r[2] - r[0]);
                        let lines = |words: &str, font: f32, width: f32| metrics.lines(words, font, false, width).map_or(1, |l| l.len() as u32);
                        size.head_lines = lines(&block.label, 11.0, column).min(2);
                        size.chips = block.chips.iter().map(|&e| lines(short(name(e)), NAME, column - CHIP_PAD + 3.0)).collect();
                    }
                }
                placed = columns(&sizes, &least, view.width_css, &m);
            }
            placed
        } else {
            let m = Measure { layer_head: 30.0, block_head: 19.0, block_gap: 6.0, chip: 24.0, chip_gap: 4.0, column_gap: 4.0, layer_gap: 26.0 };
            let chip = |e: &usize| metrics.width(short(name(*e)), NAME, false) + CHIP_PAD + 1.0;
            let sized: Vec<Vec<Vec<f32>>> = layers.iter().map(|l| l.blocks.iter().map(|b| b.chips.iter().map(chip).collect()).collect()).collect();
            bands(&sized, view.width_css, &m)
        }
    }

    /// Where an organisation's links are tied: the first of its chips in its main layer.
    fn homes(&self, layers: &[LayerBlocks], placed: &Placed) -> Vec<Option<[f32; 4]>> {
        let mut homes: Vec<Option<([f32; 4], bool)>> = vec![None; self.data.entities.len()];
        for (layer, rects) in layers.iter().zip(&placed.chips) {
            for (block, rects) in layer.blocks.iter().zip(rects) {
                for (&e, &rect) in block.chips.iter().zip(rects) {
                    let main = self.data.entities.get(e).is_some_and(|x| x.main == layer.layer);
                    if let Some(home) = homes.get_mut(e)
                        && home.is_none_or(|(_, was_main)| main && !was_main)
                    {
                        *home = Some((rect, main));
                    }
                }
            }
        }
        homes.into_iter().map(|h| h.map(|h| h.0)).collect()
    }

    fn organisations(&self) -> usize {
        self.data.entities.iter().filter(|e| e.kind != "person").count()
    }

    fn framework_label(&self, lang: Lang) -> String {
        self.data.frameworks.first().map_or(String::new(), |f| f.label.get(lang).to_string())
    }

    /// The organisation whose relations are to stand out: the pointer's, else the selected one.
    fn focus(&self, view: &View) -> Option<usize> {
        let hover = view.hover as usize;
        if hover < self.data.entities.len() {
            return Some(hover);
        }
        self.data.entities.iter().enumerate().position(|(ix, e)| view.is_selected(Some(&e.id), ix as u32))
    }

    fn neighbours(&self, focus: usize, view: &View) -> Vec<usize> {
        let mut near = vec![focus];
        for link in self.data.links.iter().filter(|l| !view.hidden.iter().any(|h| h == relation_key(l.relation))) {
            if link.from == focus {
                near.push(link.to);
            } else if link.to == focus {
                near.push(link.from);
            }
        }
        near
    }

    fn amount(&self, link: &Link, lang: Lang) -> String {
        let mut words = match (link.usd, link.krw) {
            (Some(usd), _) => text::usd(usd, lang),
            (None, Some(krw)) => text::krw(krw, lang),
            (None, None) => return String::new(),
        };
        if link.status.approx {
            words.insert_str(0, "≈ ");
        }
        if link.status.disputed {
            words.push('†');
        }
        words
    }

    fn entity_card(&self, ix: usize, entity: &Entity, lang: Lang) -> Card {
        let mut card =
            Card { entity: Some(entity.id.clone()), title: entity.name.get(lang).to_string(), note: entity.note.get(lang).to_string(), ..Card::default() };
        if let Some(code) = &entity.country {
            let mut country = text::country(code, lang).to_string();
            if entity.country_assumed {
                country.push_str(say(lang, " (편집부 보완)", " (added by the editor)"));
            }
            card.rows.push((say(lang, "나라", "Country").to_string(), country));
        }
        for role in entity.roles.iter().take(4) {
            let sub = self.data.sublayers.get(role.sublayer).map_or("", |s| s.label.get(lang));
            card.rows.push((sub.to_string(), role.activity.get(lang).to_string()));
        }
        if entity.roles.len() > 4 {
            let more = entity.roles.len() - 4;
            card.rows.push((
                String::new(),
                match lang {
                    Lang::Ko => format!("그 밖의 하는 일 {more}가지는 표에"),
                    Lang::En => format!("{more} more roles in the table"),
                },
            ));
        }
        let degree = self.data.links.iter().filter(|l| l.from == ix || l.to == ix).count();
        card.value = match lang {
            Lang::Ko => format!("관계 {degree}건"),
            Lang::En => format!("{degree} relations"),
        };
        let mut cites: Vec<_> = entity.roles.iter().flat_map(|r| &r.cites).map(|c| cite(c, &self.data.sources, lang)).collect();
        cites.dedup();
        cites.truncate(3);
        card.cites = cites;
        card
    }

    /// Outgoing and incoming relations in words, for the screen reader.
    fn sentence(&self, ix: usize, entity: &Entity, lang: Lang) -> String {
        let mut words = entity.name.get(lang).to_string();
        let roles: Vec<String> = entity.roles.iter().filter_map(|r| self.data.sublayers.get(r.sublayer)).map(|s| s.label.get(lang).to_string()).collect();
        if !roles.is_empty() {
            words.push_str(": ");
            words.push_str(&text::list(&roles, lang));
        }
        for link in self.data.links.iter().filter(|l| l.from == ix || l.to == ix).take(12) {
            let other = if link.from == ix { link.to } else { link.from };
            let other = self.data.entities.get(other).map_or("", |e| e.name.get(lang));
            let amount = self.amount(link, lang);
            words.push_str("; ");
            words.push_str(if link.from == ix { say(lang, "나가는 ", "out: ") } else { say(lang, "들어오는 ", "in: ") });
            words.push_str(text::relation(link.relation, lang));
            words.push(' ');
            words.push_str(other);
            if !amount.is_empty() {
                words.push(' ');
                words.push_str(&amount);
            }
        }
        words
    }

    /// The headline, which names the organisation with most relations, and the largest known amount as a sentence.
    fn finding(&self, lang: Lang) -> (String, String) {
        let title = self.data.title.get(lang);
        let name = |ix: usize| self.data.entities.get(ix).map_or("", |e| short(e.name.get(lang)));
        let degree = |ix: usize| self.data.links.iter().filter(|l| l.from == ix || l.to == ix).count();
        let Some(best) = (0..self.data.entities.len()).max_by_key(|&ix| (degree(ix), core::cmp::Reverse(ix))) else {
            return (title.to_string(), String::new());
        };
        let headline = match lang {
            Lang::Ko => format!("{title}: 관계가 가장 많은 곳은 {}, {}건", name(best), degree(best)),
            Lang::En => format!("{title}: {} has the most relations, {}", name(best), degree(best)),
        };
        let known = |l: &&Link| l.usd.is_some() && !l.status.planned && !l.status.disputed;
        let largest = self.data.links.iter().filter(known).max_by(|a, b| a.usd.unwrap_or(0.0).total_cmp(&b.usd.unwrap_or(0.0)));
        let sentence = largest.map_or(String::new(), |l| {
            let (from, to, sum, relation) = (name(l.from), name(l.to), self.amount(l, lang), text::relation(l.relation, lang));
            match lang {
                Lang::Ko => format!("금액이 알려진 관계 가운데 가장 큰 것은 {from}{} {to} 사이의 {relation}, {sum}.", text::particle(from, Particle::WaGwa)),
                Lang::En => format!("The largest relation with a known amount: {from} {relation} {to}, {sum}."),
            }
        });
        (headline, sentence)
    }

    fn legend(&self, picture: &mut Picture, lang: Lang) {
        for relation in RELATIONS {
            let count = self.data.links.iter().filter(|l| l.relation == relation).count();
            if count > 0 {
                picture.legend.push(Key {
                    key: relation_key(relation).to_string(),
                    label: text::relation(relation, lang).to_string(),
                    color: Palette::relation(relation),
                    form: relation_form(relation).1.to_string(),
                    count: Some(count),
                });
            }
        }
        for info in &self.data.layers {
            picture.legend.push(Key {
                key: String::new(),
                label: info.label.get(lang).to_string(),
                color: Palette::layer(info.layer),
                form: "swatch".into(),
                count: None,
            });
        }
    }
}

/// What a chip takes besides its name: the bar, the space after it, the space at the end. CSS px.
const CHIP_PAD: f32 = 15.0;

/// A name without what stands in brackets at its end.
fn short(name: &str) -> &str {
    name.split(['(', '（']).next().map_or(name, str::trim_end)
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
        (Relation::FoundedByAlumniOf, _) => 1.25,
        _ => 1.25,
    }
}

struct Draw<'a> {
    widget: &'a ValueChainWidget,
    view: &'a View,
    palette: Palette,
    picture: &'a mut Picture,
    focus: Option<usize>,
    near: Vec<usize>,
    /// Ground behind headings: it goes over the ribbons, which would strike through the words.
    grounds: Vec<Mark>,
}

impl Draw<'_> {
    fn headings(&mut self, layers: &[LayerBlocks], placed: &Placed, wide: bool) {
        let metrics = &self.view.metrics;
        for ((layer, rect), blocks) in layers.iter().zip(&placed.layers).zip(&placed.blocks) {
            let color = Palette::layer(layer.layer);
            let bar = [rect[0], rect[1], rect[2], rect[1] + 3.0];
            self.picture.scene.marks.push(plain_mark(bar, color));
            let lines = metrics.lines(&layer.label, 14.0, true, rect[2] - rect[0]).map_or(1, |l| l.len() as u32);
            let label_height = if wide { 38.0 } else { 20.0 };
            let size = if lines > 2 || (!wide && lines > 1) { 12.0 } else { 14.0 };
            self.text(
                [rect[0], rect[1] + 6.0, rect[2], rect[1] + 6.0 + label_height],
                layer.label.clone(),
                size,
                true,
                self.palette.ink,
                if wide { 2 } else { 1 },
                NO_DATUM,
            );
            for (block, head) in layer.blocks.iter().zip(blocks) {
                let lines = if head[3] - head[1] > 30.0 { 2 } else { 1 };
                let label = if lines == 2 {
                    fit_lines(metrics, &block.label, 11.0, false, head[2] - head[0], 2)
                } else {
                    fit(metrics, &block.label, 11.0, false, head[2] - head[0])
                };
                let words = if lines == 2 { head[2] - head[0] } else { metrics.width(&label, 11.0, false) };
                self.grounds.push(plain_mark([head[0] - 2.0, head[1] + 4.0, head[0] + words + 3.0, head[3] - 1.0], self.palette.ground));
                self.text([head[0], head[1] + 3.0, head[2], head[3]], label, 11.0, false, self.palette.secondary, lines, NO_DATUM);
            }
            self.picture.groups.push(layer.label.clone());
        }
        self.picture.scene.under = self.picture.scene.marks.len();
    }

    fn ribbons(&mut self, homes: &[Option<[f32; 4]>], wide: bool) {
        let data = &self.widget.data;
        // Links of one pair lie side by side: each takes its place among those between the same two.
        for (ix, link) in data.links.iter().enumerate() {
            if self.view.hidden.iter().any(|h| h == relation_key(link.relation)) {
                continue;
            }
            let (Some(Some(from)), Some(Some(to))) = (homes.get(link.from), homes.get(link.to)) else { continue };
            let same_pair = |l: &&Link| (l.from == link.from && l.to == link.to) || (l.from == link.to && l.to == link.from);
            let total = data.links.iter().filter(same_pair).count() as f32;
            let place = data.links.iter().take(ix).filter(same_pair).count() as f32;
            let offset = (place - (total - 1.0) / 2.0) * 4.0;
            let traced = self.focus.is_some_and(|f| link.from == f || link.to == f);
            let strength = match self.focus {
                None if wide => 0.45,
                // On a phone everything lies behind the chips: at rest only a hint.
                None => 0.2,
                Some(_) if traced => 0.9,
                Some(_) => 0.08,
            };
            let fill = fade(Palette::relation(link.relation), strength);
            let datum = (data.entities.len() + ix) as u32;
            let width = width_css(link);
            let [a, c1, c2, b] = if wide { across(from, to, offset) } else { down(from, to, offset) };
            self.picture.scene.ribbons.push(Ribbon {
                start_css: [a[0], a[1], c1[0], c1[1]],
                end_css: [c2[0], c2[1], b[0], b[1]],
                half_width_css: width / 2.0,
                fill,
                style: relation_form(link.relation).0,
                datum,
            });
            let directed = !matches!(link.relation, Relation::Partners | Relation::Competes);
            if directed {
                let size = 2.5 + width / 2.0;
                let dx = b[0] - c2[0];
                let (rect, form) = if wide {
                    if dx >= 0.0 {
                        ([b[0] - size * 1.6, b[1] - size, b[0], b[1] + size], shape::TRIANGLE_RIGHT)
                    } else {
                        ([b[0], b[1] - size, b[0] + size * 1.6, b[1] + size], shape::TRIANGLE_LEFT)
                    }
                } else if b[1] >= c2[1] {
                    ([b[0] - size, b[1] - size * 1.6, b[0] + size, b[1]], shape::TRIANGLE_DOWN)
                } else {
                    ([b[0] - size, b[1], b[0] + size, b[1] + size * 1.6], shape::TRIANGLE_UP)
                };
                self.picture.scene.marks.push(Mark {
                    rect_css: rect,
                    fill: fade(Palette::relation(link.relation), strength.clamp(0.1, 0.9)),
                    stroke: 0,
                    style: mark_style(form, pattern::SOLID, 0.0, 0.0, false),
                    datum: NO_DATUM,
                });
            }
        }
    }

    fn chips(&mut self, layers: &[LayerBlocks], placed: &Placed, homes: &[Option<[f32; 4]>], wide: bool) {
        let lang = self.view.lang;
        self.picture.scene.marks.append(&mut self.grounds);
        let mut order: Vec<(u32, u32)> = Vec::new();
        let mut nodes: Vec<Node> = Vec::new();
        for (group, (layer, blocks)) in layers.iter().zip(&placed.chips).enumerate() {
            for (block, rects) in layer.blocks.iter().zip(blocks) {
                for (&e, &rect) in block.chips.iter().zip(rects) {
                    let Some(entity) = self.widget.data.entities.get(e) else { continue };
                    self.chip(e, entity, rect, wide);
                    if homes.get(e).copied().flatten() == Some(rect) {
                        order.push((group as u32, e as u32));
                        nodes.push(Node {
                            datum: e as u32,
                            rect_css: rect,
                            name: self.widget.sentence(e, entity, lang),
                            key: entity.name.get(lang).to_string(),
                            entity: Some(entity.id.clone()),
                            group: group as u32,
                            go: STAY,
                        });
                    }
                }
            }
        }
        for (at, node) in nodes.iter_mut().enumerate() {
            let e = node.datum as usize;
            let largest = |out: bool| {
                self.widget
                    .data
                    .links
                    .iter()
                    .filter(|l| if out { l.from == e } else { l.to == e })
                    .max_by(|a, b| a.usd.unwrap_or(0.0).total_cmp(&b.usd.unwrap_or(0.0)))
                    .map(|l| if out { l.to } else { l.from } as u32)
                    .unwrap_or(NO_DATUM)
            };
            let beside = |ix: Option<usize>| ix.and_then(|ix| order.get(ix)).filter(|o| o.0 == node.group).map_or(NO_DATUM, |o| o.1);
            node.go = [largest(false), largest(true), beside(at.checked_sub(1)), beside(at.checked_add(1))];
        }
        self.picture.scene.outline = nodes;
    }

    fn chip(&mut self, e: usize, entity: &Entity, rect: [f32; 4], wide: bool) {
        let palette = self.palette;
        let selected = self.view.is_selected(Some(&entity.id), e as u32);
        let strength = if self.focus.is_none() || self.near.contains(&e) { 1.0 } else { 0.35 };
        let (stroke, stroke_css) = if selected { (palette.ink, 2.0) } else { (palette.hairline, 1.0) };
        self.picture.scene.marks.push(Mark {
            rect_css: rect,
            fill: palette.card,
            stroke: fade(stroke, strength),
            style: mark_style(shape::RECT, pattern::SOLID, stroke_css, 2.0, false),
            datum: e as u32,
        });
        let inset = if selected { 2.0 } else { 1.0 };
        let bar = [rect[0] + inset, rect[1] + inset, rect[0] + inset + 3.0, rect[3] - inset];
        self.picture.scene.marks.push(Mark { datum: e as u32, ..plain_mark(bar, fade(Palette::layer(entity.main), strength)) });
        let name = entity.name.get(self.view.lang);
        let width = rect[2] - rect[0] - CHIP_PAD + 4.0;
        let full = self.view.metrics.width(name, NAME, false) <= width - 4.0;
        let words = if full { name } else { short(name) };
        let lines = if wide { ((rect[3] - rect[1] - 20.0) / 15.0).round() as u32 + 1 } else { 1 };
        let ink = fade(palette.ink, if strength < 1.0 { 0.45 } else { 1.0 });
        let middle = (rect[1] + rect[3]) / 2.0;
        let half = lines as f32 * 7.5 + 1.0;
        self.text([rect[0] + 9.0, middle - half, rect[0] + 9.0 + width, middle + half], words.to_string(), NAME, selected, ink, lines, e as u32);
    }

    #[allow(clippy::too_many_arguments, reason = "a label is its box and its type; a struct literal here would only repeat the names")]
    fn text(&mut self, rect_css: [f32; 4], text: String, size_css: f32, bold: bool, ink: u32, lines: u32, datum: u32) {
        self.picture.scene.labels.push(Label { rect_css, text, size_css, bold, italic: false, align: Align::Start, ink, lines, datum });
    }
}

fn plain_mark(rect_css: [f32; 4], fill: u32) -> Mark {
    Mark { rect_css, fill, stroke: 0, style: mark_style(shape::RECT, pattern::SOLID, 0.0, 0.0, false), datum: NO_DATUM }
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
