//! The value chain: layers as columns or bands, organisations in their sublayers, typed relations
//! between them.

mod aggregate;

use core::cell::RefCell;

use super::figure_builder::{FigureBuilder, Font, plain};
use super::fit::OPENS;
use super::palette::fade;
use super::phrases::cite;
use super::relation_style::relation_style;
use super::search::NameSearch;
use super::{
    Act, Change, Citation, Control, Figure, List, STAY, Table, Tooltip, View, Widget, cites,
    cites_cell, date_words, fit, fit_lines, joined, nearness, reservations, status_words,
    trim_signs,
};
use crate::abi::{Mark, NO_DATUM, Ribbon, line, mark_style, pattern, shape};
use crate::data::sanitize::cut;
use crate::data::value_chain::columnar::ColumnarChain;
use crate::data::value_chain::{ENTITY_KINDS, Entity, Framework, Link, Relation, ValueChain};
use crate::data::{Cite, Column, Lang, Layer, Value};
use crate::error::{Error, Issue};
use crate::layout::layered::column_layout::{self, Measure, columns};
use crate::layout::layered::edge_routing::{self, Edge, RoutingGrid};
use crate::layout::order;
use crate::scene::{AccessibleNode, Scene, Viewport};
use crate::text::{self, also, append, count, fill, push, say};

/// What the reader has set here.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewState {
    /// Where the reader stands: left, top, CSS px, and how near, from 1 on.
    pub at: [f32; 3],
    /// The keys of the open groups, in the order in which they were opened.
    pub open: Vec<String>,
    /// The country of the organisations that are shown; empty for all.
    pub country: String,
    /// Their kind; empty for all.
    pub kind: String,
}

impl Default for ViewState {
    fn default() -> Self {
        Self {
            at: WHOLE,
            open: Vec::new(),
            country: String::new(),
            kind: String::new(),
        }
    }
}

impl ViewState {
    pub(super) fn set(&mut self, key: &str, value: &str) {
        match key {
            "at" => self.at = place(value),
            "open" => {
                self.open = value
                    .split(' ')
                    .filter(|key| !key.is_empty())
                    .map(String::from)
                    .collect()
            }
            "country" => self.country = value.to_string(),
            "kind" => self.kind = value.to_string(),
            _ => {}
        }
    }

    pub(super) fn pairs(&self) -> [(&'static str, String); 4] {
        [
            ("at", place_words(self.at)),
            ("open", self.open.join(" ")),
            ("country", self.country.clone()),
            ("kind", self.kind.clone()),
        ]
    }

    /// Whether only the place is another.
    pub(super) fn lays_out_as(&self, other: &Self) -> bool {
        self.open == other.open && self.country == other.country && self.kind == other.kind
    }
}

/// All of it is seen, from nowhere in particular.
const WHOLE: [f32; 3] = [0.0, 0.0, 1.0];

/// Below this width the layers are bands.
const BANDS_BELOW: f32 = 700.0;
/// A name or heading has no more lines than this; what needs more loses its last words.
const MOST_LINES: usize = 4;
/// Lines of a card; the rest is in the table.
const MOST_ROLES: usize = 4;
const MOST_RELATIONS: usize = 6;
/// More relations than this tangle on a phone.
const MANY: usize = 40;
/// How often organisations change places in search of fewer crossings.
const ROUNDS: usize = 5;
/// Text size of a chip, CSS px.
const NAME: f32 = 12.0;

/// What a chip takes besides its name: the bar, the space after it, the space at the end. CSS px.
const CHIP_PAD: f32 = 15.0;
/// Sizes of layers side by side and of layers below each other.
const COLUMNS: Measure = Measure {
    layer_head: 64.0,
    block_head: 19.0,
    block_gap: 8.0,
    chip: 20.0,
    chip_gap: 3.0,
    column_gap: 26.0,
    layer_gap: 38.0,
};
const STACKS: Measure = Measure {
    layer_head: 44.0,
    block_head: 18.0,
    block_gap: 5.0,
    chip: 20.0,
    chip_gap: 3.0,
    column_gap: 34.0,
    layer_gap: 12.0,
};

/// See the module.
#[derive(Debug, Default)]
pub struct ValueChainWidget {
    data: ValueChain,
    /// The amount that is drawn widest; of bundles the sum of all.
    full: f64,
    /// For every link of a file whether it closes a circle of deals; empty for what is shown of a
    /// large chain, whose bundles close circles everywhere.
    closing: Vec<bool>,
    /// For every link of a file whether others between the same two stand for it in the picture;
    /// empty where each has its own line.
    gathered: Vec<bool>,
    /// What is shown of a large chain: its blocks have an order with few crossings.
    dealt: bool,
    /// A chain in columns: `data` is then empty, and `shown` draws what is to be seen of it.
    big: Option<ColumnarChain>,
    /// For which open groups and nearness, and what they show.
    shown: RefCell<(String, Option<Box<ValueChainWidget>>)>,
    /// For which view, and its picture before the reader comes nearer: coming nearer and looking
    /// around lays nothing out.
    laid: RefCell<Option<(View, Figure)>>,
}

impl Widget for ValueChainWidget {
    fn read(&mut self, file: &Value<'_>, table: bool) -> Result<Vec<Issue>, Error> {
        let mut data = ValueChain::default();
        let issues = data.read(file, table)?;
        *self = Self {
            closing: closing(&data),
            data,
            full: FULL,
            ..Self::default()
        };
        self.gathered = self.gather();
        Ok(issues)
    }

    fn columns(&mut self, columns: Vec<Column>) -> Result<Vec<Issue>, Error> {
        let (big, issues) = ColumnarChain::read(columns)?;
        *self = Self {
            big: Some(big),
            ..Self::default()
        };
        Ok(issues)
    }

    fn opens(&self, _view: &View, datum: u32) -> bool {
        self.group(datum).is_some()
    }

    fn act(&self, view: &View, act: &Act<'_>) -> Vec<Change> {
        let [x, y, k] = view.state.value_chain.at;
        match *act {
            Act::Zoom { at_css, factor } => {
                let near = (k * factor).clamp(1.0, 8.0);
                let stay = |from: f32, at: f32| (from + at) * near / k - at;
                let at = kept([stay(x, at_css[0]), stay(y, at_css[1]), near]);
                self.opened_by_nearness(view, at, at_css)
                    .unwrap_or_else(|| vec![Change::At(at)])
            }
            Act::Drag { from_css, to_css } if k > 1.0 => vec![Change::At(kept([
                x + from_css[0] - to_css[0],
                y + from_css[1] - to_css[1],
                k,
            ]))],
            Act::Open { datum } => self
                .group(datum)
                .map_or(Vec::new(), |(id, _)| vec![Change::Groups(joint(view, id))]),
            Act::Show { datum } => {
                let picture = self.picture(view);
                let [width, height] = picture.scene.size_css;
                let Some(node) = picture.scene.outline.iter().find(|n| n.datum == datum) else {
                    return Vec::new();
                };
                let [left, top, right, bottom] = node.rect_css;
                if left >= 0.0 && top >= 0.0 && right <= width && bottom <= height {
                    return Vec::new();
                }
                vec![Change::At(kept([
                    x + (left + right - width) / 2.0,
                    y + (top + bottom - height) / 2.0,
                    k,
                ]))]
            }
            Act::Key { key: "0", .. } => vec![Change::At(WHOLE), Change::Groups(Vec::new())],
            _ => Vec::new(),
        }
    }

    fn picture(&self, view: &View) -> Figure {
        let [x, y, k] = view.state.value_chain.at;
        if k > 1.0 && view.has_room() {
            return self.nearer(view, [x, y, k]);
        }
        if let Some(big) = &self.big {
            return self.groups(big, view, 1.0);
        }
        self.whole(view)
    }

    fn pick(&self, picture: &Figure, point_css: [f32; 2]) -> Option<u32> {
        let scene = &picture.scene;
        let [x, y] = point_css;
        for mark in scene
            .marks
            .get(scene.under..)
            .unwrap_or_default()
            .iter()
            .rev()
        {
            let r = scene.viewport.seen(mark.rect_css);
            if mark.datum != NO_DATUM && x >= r[0] && x < r[2] && y >= r[1] && y < r[3] {
                return Some(mark.datum);
            }
        }
        nearest(scene, x, y)
    }

    fn find(&self, words: &str, lang: Lang) -> Vec<(u32, String)> {
        if let Some(big) = &self.big {
            return aggregate::find(
                big,
                self.shown.borrow().1.as_ref().map(|inner| &inner.data),
                words,
            );
        }
        let mut finder = NameSearch::new(words);
        for (ix, entity) in self.data.entities.iter().enumerate() {
            if finder.full() {
                break;
            }
            let label = entity.name.get(lang);
            finder.offer(ix as u32, &[&entity.name.ko, &entity.name.en], label);
            for alias in &entity.aliases {
                finder.offer(ix as u32, &[alias], label);
            }
        }
        finder.found()
    }

    fn card(&self, datum: u32, lang: Lang) -> Option<Tooltip> {
        if let Some(inner) = &self.shown.borrow().1 {
            return inner.card(datum, lang);
        }
        let ix = datum as usize;
        if let Some(entity) = self.data.entities.get(ix) {
            return Some(self.entity_card(ix, entity, lang));
        }
        let link = self
            .data
            .links
            .get(ix.checked_sub(self.data.entities.len())?)?;
        let mut card = Tooltip {
            title: fill(
                lang,
                "{0} → {1}",
                &[self.name(link.from, lang), self.name(link.to, lang)],
            ),
            value: amount(link, lang),
            date: date_words(link.when, lang),
            status: status_words(&link.status, lang),
            note: link.label.get(lang).to_string(),
            cites: cites(&link.cites, &self.data.sources, lang),
            ..Tooltip::default()
        };
        card.row(
            say(lang, "관계|Relation"),
            text::relation(link.relation, lang).to_string(),
        );
        Some(card)
    }

    fn table(&self, lang: Lang) -> Table {
        if let Some(inner) = &self.shown.borrow().1 {
            return inner.table(lang);
        }
        let head = "조직,하는 일·관계,층·상대,금액,날짜,내용,출처|Organisation,Role or relation,Layer or partner,Amount,Date,What,Source";
        let mut table = Table::new(self.data.title.get(lang), head, lang);
        for entity in &self.data.entities {
            for role in &entity.roles {
                let sublayer = self.data.sublayers.get(role.sublayer);
                let layer = sublayer
                    .and_then(|s| self.data.layers.get(s.layer))
                    .map_or("", |l| l.label.get(lang));
                let mut what = role.activity.get(lang).to_string();
                if !role.products.is_empty() {
                    push(
                        &mut what,
                        lang,
                        " ({0})| ({0})",
                        &[&joined(&role.products, lang)],
                    );
                }
                table.row();
                table.cell(entity.name.get(lang));
                table.cell(say(lang, "하는 일|role"));
                table.cell(fill(
                    lang,
                    "{0} · {1}",
                    &[layer, self.sublayer(role.sublayer, lang)],
                ));
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
            table.cell(fill(
                lang,
                "{0} ({1})|{0} ({1})",
                &[
                    link.label.get(lang),
                    &joined(&status_words(&link.status, lang), lang),
                ],
            ));
            table.cell(cites_cell(&link.cites, &self.data.sources, lang));
        }
        table
    }

    fn rows(&self) -> usize {
        let (nodes, links) = self.big.as_ref().map_or((0, 0), ColumnarChain::rows);
        self.data.entities.len() + self.data.links.len() + nodes + links
    }
}

impl ValueChainWidget {
    /// The picture of rows.
    fn whole(&self, view: &View) -> Figure {
        let lang = view.lang;
        let mut pen = FigureBuilder::new(view, self.data.title.get(lang));
        pen.documents(&self.data.sources, None);
        pen.picture.zooms = true;
        if self.data.entities.is_empty() || !view.has_room() {
            return pen.picture;
        }
        let mut layers = self.layers();
        let wide = view.width_css >= BANDS_BELOW;
        let trace = self.trace(view);
        let stage = self.stage(&mut layers, view, wide, trace.focus);
        pen.picture.scene.size_css[1] = stage.height + 6.0;
        if stage.wires.iter().any(|w| w.returns && !w.lanes.is_empty()) {
            pen.picture.notes.push(
                say(lang, "돌고 도는 거래를 닫는 관계는 맨 아래 길로 되돌아간다.|What closes a circular deal runs back in the lane at the foot.").to_string(),
            );
        }
        let mut draw = Draw {
            widget: self,
            pen,
            wide,
            trace,
            stage,
        };
        let mut grounds = draw.headings(&layers);
        draw.ribbons();
        draw.pen.picture.scene.marks.append(&mut grounds);
        draw.chips(&layers);
        let filters = &view.state.value_chain;
        if !view.hidden.is_empty() || !filters.country.is_empty() || !filters.kind.is_empty() {
            let relations = self
                .data
                .links
                .iter()
                .filter(|link| self.drawn(link, view))
                .count();
            let shown = [
                &*count(draw.pen.picture.scene.outline.len(), lang),
                &count(relations, lang),
            ];
            draw.pen.picture.status = fill(
                lang,
                "조직 {0}곳, 관계 {1}건 표시|{0} organisation{0|s}, {1} relation{1|s} shown",
                &shown,
            );
        }
        self.words(&mut draw.pen);
        self.controls(&mut draw.pen);
        draw.pen.picture.lists = self.circles(lang);
        draw.pen.picture
    }

    /// The picture of columns: groups, open or closed.
    fn groups(&self, big: &ColumnarChain, view: &View, near: f32) -> Figure {
        let opened = &view.state.value_chain.open;
        let open = &opened.join(" ");
        let key = format!("{open}@{}{}", near as u32, view.lang.code());
        if self.shown.borrow().1.is_none() || self.shown.borrow().0 != key {
            let data = aggregate::visible(big, open, near as usize, view.lang);
            let mut full = 0.0_f64;
            for link in &data.links {
                full += link.amount.unwrap_or(0.0);
            }
            *self.shown.borrow_mut() = (
                key,
                Some(Box::new(Self {
                    data,
                    full,
                    dealt: true,
                    ..Self::default()
                })),
            );
        }
        let shown = self.shown.borrow();
        let Some(inner) = &shown.1 else {
            return Figure::default();
        };
        let mut picture = inner.whole(view);
        let (nodes, links) = big.rows();
        let lang = view.lang;
        picture.subline = counts(nodes, links, lang);
        picture.status = fill(
            lang,
            "{0}개로 묶어 보이고, 그 사이 관계 {1}묶음|shown as {0} item{0|s}, with {1} bundle{1|s} of relations",
            &[
                &count(inner.data.entities.len(), lang),
                &count(inner.data.links.len(), lang),
            ],
        );
        picture.choose = say(lang, "묶음을 누르면 열린다.|Choose a group to open it.").to_string();
        picture.howto = say(lang, "이름 뒤의 수는 조직 수다. 관계의 굵기는 그려진 금액에서 차지하는 몫이다.|The number after a name counts organisations. A relation is as wide as its part of the amounts drawn.").to_string();
        picture.title = fill(
            lang,
            "조직 {0}곳의 가치 사슬|The value chain of {0} organisation{0|s}",
            &[&count(nodes, lang)],
        );
        picture.lists.clear();
        picture.notes.clear();
        picture.moved = !open.is_empty();
        if picture.moved {
            let mut crumbs = Control {
                key: "open",
                label: say(lang, "열린 묶음|Open groups").to_string(),
                kind: "crumbs",
                value: open.to_string(),
                ..Control::default()
            };
            crumbs
                .options
                .push((String::new(), say(lang, "전체|All").to_string()));
            let mut so_far = String::new();
            for word in opened {
                append(&mut so_far, " ", word);
                crumbs
                    .options
                    .push((so_far.clone(), aggregate::title(big, word, lang)));
            }
            picture.controls.insert(0, crumbs);
        }
        picture
    }

    /// The key of a closed group that is shown, and that of its sublayer.
    fn group(&self, datum: u32) -> Option<(String, String)> {
        let shown = self.shown.borrow();
        let data = &shown.1.as_ref()?.data;
        let entity = data
            .entities
            .get(datum as usize)
            .filter(|e| e.kind == "group")?;
        let sublayer = data.sublayers.get(entity.roles.first()?.sublayer)?;
        Some((entity.id.clone(), sublayer.id.clone()))
    }

    /// Who comes nearer to a closed group opens it: one at twice the size, a second at four times,
    /// a third at eight. What was in it lies then under the pointer.
    fn opened_by_nearness(
        &self,
        view: &View,
        [x, y, near]: [f32; 3],
        at_css: [f32; 2],
    ) -> Option<Vec<Change>> {
        let opened = view.state.value_chain.open.len();
        if near.log2() < opened as f32 + 1.0 {
            return None;
        }
        let (id, sublayer) = self.group(self.pick(&self.picture(view), at_css)?)?;
        let open = joint(view, id);
        let mut then = view.clone();
        then.state.value_chain.at = [x, y, near];
        then.state.value_chain.open.clone_from(&open);
        let picture = self.picture(&then);
        let shown = self.shown.borrow();
        let data = &shown.1.as_ref()?.data;
        let inside = |node: &&AccessibleNode| {
            let role = data
                .entities
                .get(node.datum as usize)
                .and_then(|e| e.roles.first());
            role.and_then(|r| data.sublayers.get(r.sublayer))
                .is_some_and(|s| s.id == sublayer)
        };
        let [left, top, right, bottom] = picture.scene.outline.iter().find(inside)?.rect_css;
        let there = [
            x + (left + right) / 2.0 - at_css[0],
            y + (top + bottom) / 2.0 - at_css[1],
            near,
        ];
        Some(vec![Change::At(kept(there)), Change::Groups(open)])
    }

    /// The picture of someone who stands nearer: everything is larger but the words, and seen
    /// through a window of the picture's size.
    fn nearer(&self, view: &View, [x, y, k]: [f32; 3]) -> Figure {
        // How many groups are shown depends on how near the reader is, in whole steps.
        let mut laid = self.laid.borrow_mut();
        if laid.as_ref().is_none_or(|(before, _)| {
            !before.lays_out_as(view)
                || self.big.is_some() && before.state.value_chain.at[2] as u32 != k as u32
        }) {
            let picture = match &self.big {
                Some(big) => self.groups(big, view, k),
                None => self.whole(view),
            };
            *laid = Some((view.clone(), picture));
        }
        let Some(mut picture) = laid.as_ref().map(|laid| laid.1.clone()) else {
            return Figure::default();
        };
        let scene = &mut picture.scene;
        let [width, height] = scene.size_css;
        let (x, y) = (x.min(width * (k - 1.0)), y.min(height * (k - 1.0)));
        scene.viewport = Viewport {
            scale: [k; 2],
            translate_css: [-x, -y],
        };
        let window = scene.viewport;
        let moved = |r: &mut [f32; 4]| *r = window.seen(*r);
        scene.labels.retain_mut(|label| {
            // Words keep their size, around the same middle.
            let tall = label.rect_css[3] - label.rect_css[1];
            moved(&mut label.rect_css);
            let r = &mut label.rect_css;
            let middle = (r[1] + r[3]) / 2.0;
            (r[1], r[3]) = (middle - tall / 2.0, middle + tall / 2.0);
            r[0] >= -1.0 && r[1] >= -1.0 && r[2] <= width + 1.0 && r[3] <= height + 1.0
        });
        for node in &mut scene.outline {
            moved(&mut node.rect_css);
        }
        picture.moved = true;
        nearness(&mut picture.status, k.into(), view.lang);
        picture
    }

    /// Width of a ribbon, CSS px: the square root of the amount, from 1.25 at nothing to 12 at the
    /// widest.
    fn width_css(&self, link: &Link) -> f32 {
        let drawn =
            |amount: f64| ((amount / self.full.max(1e-300)).sqrt() as f32 * 12.0).clamp(1.25, 12.0);
        match link.usd {
            Some(usd) if link.relation.info().is_payment && usd > 0.0 => drawn(usd),
            // Bundles share out the room for links: as wide as their part of all.
            _ if link.number > 0 => link.amount.map_or(1.0, |amount| {
                ((amount / self.full.max(1e-300) * BUNDLES) as f32).clamp(1.0, 12.0)
            }),
            _ => relation_style(link.relation).width_css,
        }
    }

    fn name(&self, entity: usize, lang: Lang) -> &str {
        self.data
            .entities
            .get(entity)
            .map_or("", |e| e.name.get(lang))
    }

    fn sublayer(&self, sublayer: usize, lang: Lang) -> &str {
        self.data
            .sublayers
            .get(sublayer)
            .map_or("", |s| s.label.get(lang))
    }

    /// Layers, sublayers and organisations by their numbers, in the order of the file, without what
    /// is empty. Who has no role (people, mostly) stands at the end of the last layer, in a block
    /// whose number no sublayer has.
    fn layers(&self) -> Vec<column_layout::Layer> {
        let mut layers: Vec<column_layout::Layer> = Vec::new();
        for at in 0..self.data.layers.len() {
            let mut layer = column_layout::Layer::of(at);
            layer.dealt = self.dealt;
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
            layers.push(column_layout::Layer::of(usize::MAX));
        }
        if let Some(last) = layers.last_mut() {
            self.add_block(last, usize::MAX);
        }
        layers
    }

    /// The organisations of a sublayer as a block at the end of a layer.
    fn add_block(&self, layer: &mut column_layout::Layer, item: usize) {
        let mut block = column_layout::Block::of(item);
        for (item, entity) in self.data.entities.iter().enumerate() {
            let here = if block.item == usize::MAX {
                entity.roles.is_empty()
            } else {
                entity.roles.iter().any(|r| r.sublayer == block.item)
            };
            if here {
                block.chips.push(column_layout::Chip {
                    item,
                    ..column_layout::Chip::default()
                });
            }
        }
        if !block.chips.is_empty() {
            layer.blocks.push(block);
        }
    }

    /// What a block is called.
    fn heading(&self, block: &column_layout::Block, lang: Lang) -> &str {
        // A closed group says itself what it is.
        let closed = |c: &column_layout::Chip| {
            let id = self.data.sublayers.get(block.item).map(|s| s.id.as_str());
            self.data
                .entities
                .get(c.item)
                .is_some_and(|e| e.kind == "group" && Some(e.id.as_str()) == id)
        };
        if block.chips.iter().any(closed) {
            return "";
        }
        if block.item < usize::MAX {
            return self.sublayer(block.item, lang);
        }
        let people = block.chips.iter().all(|c| {
            self.data
                .entities
                .get(c.item)
                .is_some_and(|e| e.kind == "person")
        });
        say(
            lang,
            if people {
                "인물|People"
            } else {
                "기타|Others"
            },
        )
    }

    /// Gives everything its place and every relation its way.
    fn stage(
        &self,
        layers: &mut [column_layout::Layer],
        view: &View,
        wide: bool,
        focus: Option<usize>,
    ) -> Stage {
        let metrics = &view.metrics;
        for layer in layers.iter_mut() {
            // No column is narrower than the longest word of its names.
            let mut longest = 66.0_f32;
            for chip in layer.blocks.iter().flat_map(|b| &b.chips) {
                for word in start(short(self.name(chip.item, view.lang))).split(' ') {
                    longest = longest.max(metrics.width(word, NAME, false));
                }
            }
            layer.least = longest + CHIP_PAD;
        }
        self.mentions_last(layers, &self.tie(layers, 0.0, wide));
        let width = view.width_css;
        let measure = if wide { &COLUMNS } else { &STACKS };
        let stacks = ((width + STACKS.column_gap) / 150.0).clamp(1.0, 4.0) as usize;
        // The width of a column decides which names need two lines, and their number decides the
        // columns: a second look settles it.
        for _ in 0..3 {
            if wide {
                columns(layers, width, measure);
            } else {
                column_layout::stacks(layers, width, stacks, measure);
            }
            for block in layers.iter_mut().flat_map(|l| &mut l.blocks) {
                let column = block.rect[2] - block.rect[0];
                block.lines = lines(view, self.heading(block, view.lang), 11.0, column).min(2);
                block.bare = self.heading(block, view.lang).is_empty();
                let mut before: Option<&mut column_layout::Chip> = None;
                for chip in &mut block.chips {
                    let name = start(short(self.name(chip.item, view.lang)));
                    chip.lines = lines(view, name, NAME, column - CHIP_PAD + 4.0);
                    // On a phone two mentions that are short share a row.
                    chip.half = 0;
                    let small = !wide
                        && chip.mention
                        && metrics.fits(
                            name,
                            NAME,
                            true,
                            (column - STACKS.chip_gap) / 2.0 - CHIP_PAD - 1.0,
                        );
                    match before.take() {
                        Some(left) if small => (left.half, chip.half) = (1, 2),
                        _ if small => before = Some(chip),
                        _ => {}
                    }
                }
            }
            let stage = self.tie(layers, width, wide);
            column_layout::lend(
                layers,
                &[],
                &edge_routing::needs(&stage.board, &stage.wires),
                !wide,
            );
        }
        // Within their blocks the organisations that have relations change places while that saves
        // crossings.
        let mut best = (usize::MAX, layers.to_vec());
        let mut stage = self.tie(layers, width, wide);
        for _ in 0..ROUNDS {
            let room = edge_routing::plan(&stage.board, &mut stage.wires);
            column_layout::lend(
                layers,
                &room,
                &edge_routing::needs(&stage.board, &stage.wires),
                !wide,
            );
            column_layout::stand(layers, measure, !wide);
            stage.board = column_layout::board(layers, width, !wide);
            let count = edge_routing::tangles(&stage.board, &mut stage.wires);
            if count < best.0 {
                best = (count, layers.to_vec());
            }
            self.untangle(layers, &stage);
            column_layout::stand(layers, measure, !wide);
            stage = self.tie(layers, width, wide);
        }
        layers.clone_from_slice(&best.1);
        column_layout::stand(layers, measure, !wide);
        stage = self.tie(layers, width, wide);
        let needs = edge_routing::needs(&stage.board, &stage.wires);
        column_layout::lend(layers, &[], &needs, !wide);
        column_layout::stand(layers, measure, !wide);
        stage = self.tie(layers, width, wide);
        let room = edge_routing::plan(&stage.board, &mut stage.wires);
        column_layout::lend(layers, &room, &needs, !wide);
        let height = column_layout::stand(layers, measure, !wide);
        stage.board = column_layout::board(layers, width, !wide);
        stage.height = height;
        // The quiet thread of the organisation that is looked at: it takes no room, so nothing
        // moves for it.
        stage.links = stage.wires.len();
        if let Some(focus) = focus {
            let mut before = None;
            let mut threads = Vec::new();
            let halves: Vec<bool> = layers
                .iter()
                .flat_map(|l| &l.blocks)
                .flat_map(|b| &b.chips)
                .map(|c| c.half > 0)
                .collect();
            for (chip, &item) in stage.items.iter().enumerate() {
                // One of two in a row does not reach the gutter: its ring is enough.
                if item == focus && halves.get(chip) == Some(&false) {
                    if let Some(from) = before {
                        threads.push(Edge::new(from, chip, 0.0));
                    }
                    before = Some(chip);
                }
            }
            edge_routing::plan(&stage.board, &mut threads);
            stage.wires.append(&mut threads);
        }
        edge_routing::route(&stage.board, &mut stage.wires);
        stage
    }

    /// The chips as the router knows them, and every relation between the chips where its ends are
    /// at home.
    fn tie(&self, layers: &[column_layout::Layer], width: f32, wide: bool) -> Stage {
        let mut stage = Stage {
            board: column_layout::board(layers, width, !wide),
            homes: vec![usize::MAX; self.data.entities.len()],
            ..Stage::default()
        };
        // At home: the first of its chips in its main layer, else the first.
        let mut settled = vec![false; self.data.entities.len()];
        for layer in layers {
            let own = self
                .data
                .layers
                .get(layer.item)
                .map_or(Layer::Context, |l| l.layer);
            for chip in layer.blocks.iter().flat_map(|b| &b.chips) {
                let main = self
                    .data
                    .entities
                    .get(chip.item)
                    .is_some_and(|e| e.main == own);
                if let (Some(home), Some(settled)) =
                    (stage.homes.get_mut(chip.item), settled.get_mut(chip.item))
                    && (*home == usize::MAX || main && !*settled)
                {
                    (*home, *settled) = (stage.items.len(), main);
                }
                stage.items.push(chip.item);
            }
        }
        let home = |entity: usize| stage.homes.get(entity).copied().unwrap_or(usize::MAX);
        for (ix, link) in self.data.links.iter().enumerate() {
            let gathered = self.gathered.get(ix) == Some(&true);
            // A line that is at home nowhere is not drawn and takes no room.
            let home = |entity: usize| if gathered { usize::MAX } else { home(entity) };
            let mut wire = Edge::new(home(link.from), home(link.to), self.width_css(link));
            // In bands the foot is far away.
            wire.returns =
                wide && self.closing.get(ix) == Some(&true) && wire.runs_back(&stage.board);
            stage.wires.push(wire);
        }
        stage
    }

    /// Which links have no line of their own: of very many of one kind between the same two the
    /// widest stand for all.
    fn gather(&self) -> Vec<bool> {
        let (links, entities) = (&self.data.links, self.data.entities.len() as f64);
        // Whole hundredths of a px, the widest first; then by ends and kind, those of equal width
        // and kind as they stand.
        let widths: Vec<f64> = links
            .iter()
            .map(|link| -f64::from((self.width_css(link) * 100.0) as i32))
            .collect();
        let wide: Vec<(usize, &Link)> = order(&widths)
            .iter()
            .filter_map(|&(_, at)| Some((at, links.get(at)?)))
            .collect();
        // One number for two ends and a kind, of which there are fewer than 16.
        let kind = |link: &Link| {
            (link.from.min(link.to) as f64 * entities + link.from.max(link.to) as f64) * 16.0
                + f64::from(link.relation as u8)
        };
        let kinds: Vec<f64> = wide.iter().map(|(_, link)| kind(link)).collect();
        let mut gathered = vec![false; links.len()];
        let (mut last, mut alike, mut some) = (f64::NAN, 0, false);
        for (kind, nth) in order(&kinds) {
            alike = if kind == last { alike + 1 } else { 1 };
            last = kind;
            if alike > MOST_ALIKE
                && let Some(gathered) = wide.get(nth).and_then(|(at, _)| gathered.get_mut(*at))
            {
                (*gathered, some) = (true, true);
            }
        }
        if some { gathered } else { Vec::new() }
    }

    /// In every block first those whose relations are tied there, then the mentions.
    fn mentions_last(&self, layers: &mut [column_layout::Layer], stage: &Stage) {
        let mut at = 0;
        for block in layers.iter_mut().flat_map(|l| &mut l.blocks) {
            let (mut first, mut last) = (Vec::new(), Vec::new());
            for mut chip in core::mem::take(&mut block.chips) {
                chip.mention = stage.homes.get(chip.item) != Some(&at);
                at += 1;
                if chip.mention {
                    last.push(chip)
                } else {
                    first.push(chip)
                }
            }
            first.append(&mut last);
            block.chips = first;
        }
    }

    /// Puts the chips that have relations, within their block and among the places that they have,
    /// in the order of where their relations lead.
    fn untangle(&self, layers: &mut [column_layout::Layer], stage: &Stage) {
        let mut sums = vec![(0.0_f32, 0.0_f32); stage.items.len()];
        for wire in &stage.wires {
            let Some((left, right)) = wire.chips(&stage.board) else {
                continue;
            };
            let leads = wire.leads();
            for (chip, y) in [(left, leads.0), (right, leads.1)] {
                if let Some(sum) = sums.get_mut(chip) {
                    *sum = (sum.0 + y, sum.1 + 1.0);
                }
            }
        }
        let mut at = 0;
        for block in layers.iter_mut().flat_map(|l| &mut l.blocks) {
            let (mut keys, mut places) = (Vec::new(), Vec::new());
            for place in 0..block.chips.len() {
                if let Some(&(sum, count)) = sums.get(at + place)
                    && count > 0.0
                {
                    keys.push(f64::from(sum / count));
                    places.push(place);
                }
            }
            at += block.chips.len();
            let mut sorted = Vec::new();
            for (_, ix) in order(&keys) {
                if let Some(chip) = places.get(ix).and_then(|&place| block.chips.get(place)) {
                    sorted.push(chip.clone());
                }
            }
            for (&place, chip) in places.iter().zip(sorted) {
                if let Some(slot) = block.chips.get_mut(place) {
                    *slot = chip;
                }
            }
        }
    }

    /// What stands out: the pointer's organisation or relation, else the selected one, and what
    /// leads to it and from it.
    fn trace(&self, view: &View) -> Trace {
        let (data, entities) = (&self.data, self.data.entities.len());
        let mut trace = Trace {
            near: vec![0; entities],
            ways: vec![0; data.links.len()],
            ..Trace::default()
        };
        let known = |datum: u32| (datum as usize) < entities + data.links.len();
        let mut datum = view.hover;
        if !known(datum) {
            let selected = data
                .entities
                .iter()
                .enumerate()
                .position(|(ix, e)| view.is_selected(Some(&e.id), ix as u32));
            let link =
                (0..data.links.len()).position(|ix| view.is_selected(None, (entities + ix) as u32));
            datum = selected
                .or(link.map(|l| l + entities))
                .map_or(NO_DATUM, |d| d as u32);
        }
        if !known(datum) {
            return trace;
        }
        trace.some = true;
        let put = |list: &mut Vec<u8>, at: usize, strength: u8| {
            if let Some(slot) = list.get_mut(at) {
                *slot = (*slot).max(strength);
            }
        };
        if let Some(link) = (datum as usize).checked_sub(entities) {
            put(&mut trace.ways, link, 2);
            if let Some(link) = data.links.get(link) {
                put(&mut trace.near, link.from, 2);
                put(&mut trace.near, link.to, 2);
            }
            return trace;
        }
        let focus = datum as usize;
        trace.focus = Some(focus);
        put(&mut trace.near, focus, 3);
        for (ix, link) in data.links.iter().enumerate() {
            if touches(link, focus) {
                put(&mut trace.ways, ix, 2);
                put(&mut trace.near, link.from, 2);
                put(&mut trace.near, link.to, 2);
            }
        }
        // Further up and down, along the direction of the relations that have one.
        for &down in &[true, false] {
            let mut open = vec![focus];
            let mut seen = vec![false; entities];
            while let Some(at) = open.pop() {
                for (ix, link) in data.links.iter().enumerate() {
                    let (from, to) = if down {
                        (link.from, link.to)
                    } else {
                        (link.to, link.from)
                    };
                    if from == at && link.relation.info().directed {
                        put(&mut trace.ways, ix, 1);
                        put(&mut trace.near, to, 1);
                        if let Some(seen) = seen.get_mut(to).filter(|seen| !**seen) {
                            *seen = true;
                            open.push(to);
                        }
                    }
                }
            }
        }
        trace
    }

    /// Whether the reader's filters leave an organisation in.
    fn shown(&self, entity: usize, view: &View) -> bool {
        let Some(entity) = self.data.entities.get(entity) else {
            return false;
        };
        let ViewState { country, kind, .. } = &view.state.value_chain;
        (country.is_empty() || entity.country.as_ref() == Some(country))
            && (kind.is_empty() || entity.kind == *kind)
    }

    /// What the reader can set: search, country, kind.
    fn controls(&self, pen: &mut FigureBuilder<'_>) {
        let lang = pen.view.lang;
        let all = say(lang, "모두|All");
        let mut countries: Vec<(String, usize)> = Vec::new();
        let mut kinds: Vec<(String, usize)> = Vec::new();
        let count = |list: &mut Vec<(String, usize)>, word: &str| {
            if word.is_empty() {
                return;
            }
            match list.iter_mut().find(|one| one.0 == word) {
                Some(one) => one.1 += 1,
                None => list.push((word.to_string(), 1)),
            }
        };
        for entity in &self.data.entities {
            count(&mut countries, entity.country.as_deref().unwrap_or(""));
            count(&mut kinds, &entity.kind);
        }
        let controls = &mut pen.picture.controls;
        controls.push(Control {
            key: "find",
            label: say(lang, "조직 찾기|Find an organisation").to_string(),
            kind: "search",
            ..Control::default()
        });
        let set = &pen.view.state.value_chain;
        for (key, label, list, value) in [
            ("country", "나라|Country", &countries, &set.country),
            ("kind", "종류|Kind", &kinds, &set.kind),
        ] {
            if list.len() < 2 {
                continue;
            }
            let keys: Vec<f64> = list.iter().map(|one| -(one.1 as f64)).collect();
            let mut control = Control {
                key,
                label: say(lang, label).to_string(),
                kind: "select",
                value: value.clone(),
                ..Control::default()
            };
            control.options.push((String::new(), all.to_string()));
            for (_, ix) in order(&keys) {
                if let Some((word, number)) = list.get(ix) {
                    let name = if key == "kind" {
                        kind_name(word, lang).to_string()
                    } else {
                        text::country(word, lang)
                    };
                    control.options.push((
                        word.clone(),
                        fill(
                            lang,
                            "{0} ({1})|{0} ({1})",
                            &[&name, &text::count(*number, lang)],
                        ),
                    ));
                }
            }
            controls.push(control);
        }
    }

    /// Circular deals in words: money or goods that come back to where they started, over at most
    /// four organisations.
    fn circles(&self, lang: Lang) -> Vec<List> {
        const LONGEST: usize = 4;
        const MOST: usize = 60;
        let mut list = List::default();
        for first in 0..self.data.entities.len() {
            // Ways that begin at the smallest of their organisations, so that each circle is found
            // once.
            let mut open = vec![vec![first]];
            while let Some(way) = open.pop() {
                let Some(&last) = way.last() else { continue };
                let mut nexts: Vec<usize> = Vec::new();
                for link in self.data.links.iter().filter(|l| l.from == last && deal(l)) {
                    if !nexts.contains(&link.to) {
                        nexts.push(link.to);
                    }
                }
                for next in nexts {
                    if next == first && list.lines.len() < MOST {
                        list.lines.push((first as u32, self.circle(&way, lang)));
                    } else if next > first
                        && way.len() < LONGEST
                        && !way.contains(&next)
                        && open.len() < 10_000
                    {
                        let mut longer = way.clone();
                        longer.push(next);
                        open.push(longer);
                    }
                }
            }
        }
        if list.lines.is_empty() {
            return Vec::new();
        }
        list.title = fill(
            lang,
            "돌고 도는 거래 {0}건|{0} circular deal{0|s}",
            &[&count(list.lines.len(), lang)],
        );
        vec![list]
    }

    /// One circle: each step with its relations, then the sums that are stated, a currency each.
    /// Money that repeats other rows, plans and talks are not in them.
    fn circle(&self, way: &[usize], lang: Lang) -> String {
        let (mut words, mut usd, mut krw) = (String::new(), 0.0, 0.0);
        for (step, &from) in way.iter().enumerate() {
            let to = way.get(step + 1).or(way.first()).copied().unwrap_or(from);
            let mut deals = String::new();
            for link in self
                .data
                .links
                .iter()
                .filter(|l| l.from == from && l.to == to)
            {
                if !deal(link) {
                    continue;
                }
                let mut deal = text::relation(link.relation, lang).to_string();
                append(&mut deal, " ", amount(link, lang));
                also(&mut deals, lang, &deal);
                let s = &link.status;
                if !(s.cumulative || s.part_of || s.planned || s.in_talks || s.disputed) {
                    usd += link.usd.unwrap_or(0.0);
                    krw += link.krw.filter(|_| link.usd.is_none()).unwrap_or(0.0);
                }
            }
            let step = fill(
                lang,
                "{0} → {1} ({2})",
                &[
                    short(self.name(from, lang)),
                    short(self.name(to, lang)),
                    &deals,
                ],
            );
            append(&mut words, say(lang, "; |; "), &step);
        }
        let mut sum = String::new();
        if usd > 0.0 {
            sum.push_str(&text::usd(usd, lang));
        }
        if krw > 0.0 {
            append(&mut sum, " + ", text::krw(krw, lang));
        }
        if sum.is_empty() {
            words.push_str(say(lang, ". 금액은 알려지지 않았다|. No amounts are known"));
        } else {
            push(
                &mut words,
                lang,
                ". 확정 금액 합계 {0}|. Settled sums: {0}",
                &[&sum],
            );
        }
        words
    }

    /// The number of a source in the card's list, which it joins once.
    fn number(&self, card: &mut Tooltip, one: &Cite, lang: Lang) -> String {
        let cite = cite(one, &self.data.sources, lang);
        let at = card
            .cites
            .iter()
            .position(|known| known.text.ends_with(&cite.text))
            .unwrap_or(card.cites.len());
        let number = count(at + 1, lang);
        if at == card.cites.len() {
            card.cites.push(Citation {
                text: fill(lang, "[{0}] {1}", &[&number, &cite.text]),
                url: cite.url,
            });
        }
        number
    }

    /// A line of the card with the numbers of its sources behind it.
    fn sourced(&self, card: &mut Tooltip, mut line: String, list: &[Cite], lang: Lang) -> String {
        for one in list {
            let number = self.number(card, one, lang);
            if !line.is_empty() {
                push(&mut line, lang, " [{0}]", &[&number]);
            }
        }
        line
    }

    fn entity_card(&self, ix: usize, entity: &Entity, lang: Lang) -> Tooltip {
        let mut card = Tooltip {
            entity: Some(entity.id.clone()),
            title: entity.name.get(lang).to_string(),
            note: entity.note.get(lang).to_string(),
            ..Tooltip::default()
        };
        if let Some(code) = &entity.country {
            let mut country = text::country(code, lang);
            if entity.country_assumed {
                country.push_str(say(lang, " (편집부 보완)| (added by the editor)"));
            }
            card.row(say(lang, "나라|Country"), country);
        }
        for role in entity.roles.iter().take(MOST_ROLES) {
            let mut what = role.activity.get(lang).to_string();
            if !role.products.is_empty() {
                push(
                    &mut what,
                    lang,
                    " ({0})| ({0})",
                    &[&joined(&role.products, lang)],
                );
            }
            let what = self.sourced(&mut card, what, &role.cites, lang);
            card.row(self.sublayer(role.sublayer, lang), what);
        }
        if entity.roles.len() > MOST_ROLES {
            card.row(
                "",
                fill(
                    lang,
                    "그 밖의 하는 일 {0}가지는 표에|{0} more role{0|s} in the table",
                    &[&count(entity.roles.len() - MOST_ROLES, lang)],
                ),
            );
        }
        // The largest relations first, each with its partner, its sum and its source.
        let (mut keys, mut links) = (Vec::new(), Vec::new());
        for link in self.data.links.iter().filter(|l| touches(l, ix)) {
            keys.push(-link.usd.or(link.amount).unwrap_or(0.0));
            links.push(link);
        }
        for (place, (_, at)) in order(&keys).into_iter().enumerate() {
            let Some(link) = links.get(at).filter(|_| place < MOST_RELATIONS) else {
                break;
            };
            let (other, way) = if link.from == ix {
                (link.to, "→ {0}")
            } else {
                (link.from, "← {0}")
            };
            let mut what = fill(lang, way, &[short(self.name(other, lang))]);
            append(&mut what, " ", amount(link, lang));
            also(&mut what, lang, date_words(link.when, lang));
            let what = self.sourced(&mut card, what, &link.cites, lang);
            card.row(text::relation(link.relation, lang), what);
        }
        if links.len() > MOST_RELATIONS {
            card.row(
                "",
                fill(
                    lang,
                    "그 밖의 관계 {0}건은 표에|{0} more relation{0|s} in the table",
                    &[&count(links.len() - MOST_RELATIONS, lang)],
                ),
            );
        }
        for one in &entity.cites {
            self.number(&mut card, one, lang);
        }
        let degree = self.data.links.iter().filter(|l| touches(l, ix)).count();
        card.value = relations(degree, lang);
        card
    }

    /// Outgoing and incoming relations in words, for the screen reader.
    fn sentence(&self, entity: &Entity, relations: usize, lang: Lang) -> String {
        let mut roles: Vec<String> = entity
            .roles
            .iter()
            .take(MOST_ROLES)
            .map(|role| self.sublayer(role.sublayer, lang).to_string())
            .collect();
        let more = entity.roles.len().saturating_sub(MOST_ROLES);
        if more > 0 {
            roles.push(fill(
                lang,
                "그 밖의 {0}가지|{0} more",
                &[&count(more, lang)],
            ));
        }
        let mut words = entity.name.get(lang).to_string();
        append(&mut words, say(lang, ": |: "), text::list(&roles, lang));
        let number = if relations == 0 {
            say(lang, "관계 없음|no relations").to_string()
        } else {
            self::relations(relations, lang)
        };
        append(&mut words, say(lang, "; |; "), number);
        words
    }

    /// Whether the filters let an organisation through.
    fn listed(&self, entity: usize, view: &View) -> bool {
        self.shown(entity, view)
            && self
                .data
                .entities
                .get(entity)
                .is_some_and(|e| !view.hides(&layer_key(e.main)))
    }

    /// Whether they let a relation through.
    fn drawn(&self, link: &Link, view: &View) -> bool {
        !view.hides(link.relation.info().id)
            && self.listed(link.from, view)
            && self.listed(link.to, view)
    }

    /// The relations of an organisation that the filters let through, a sentence each.
    fn relations(&self, ix: usize, view: &View) -> Vec<String> {
        let lang = view.lang;
        let mut lines = Vec::new();
        for link in self
            .data
            .links
            .iter()
            .filter(|l| touches(l, ix) && self.drawn(l, view))
        {
            let out = link.from == ix;
            let mut line = text::related(
                link.relation,
                out,
                self.name(if out { link.to } else { link.from }, lang),
                lang,
            );
            also(&mut line, lang, trim_signs(&amount(link, lang)));
            also(&mut line, lang, date_words(link.when, lang));
            also(
                &mut line,
                lang,
                reservations(text::status(&link.status, lang), lang),
            );
            lines.push(line);
        }
        lines
    }

    /// The framework that the reader has chosen; else the first.
    fn framework(&self, view: &View) -> Option<&Framework> {
        self.data
            .frameworks
            .iter()
            .find(|f| f.id == view.tab)
            .or(self.data.frameworks.first())
    }

    /// What a framework calls a layer: all of its names for it, or that it has none. Layers of the
    /// editor's own keep their name.
    fn layer_name(&self, at: usize, view: &View) -> String {
        let Some(info) = self.data.layers.get(at) else {
            return String::new();
        };
        let own = info.label.get(view.lang);
        let mut names = String::new();
        let Some(framework) = self.framework(view).filter(|_| !info.editorial) else {
            return own.to_string();
        };
        for (name, covers) in &framework.layers {
            if covers.contains(&at) {
                append(&mut names, " + ", name.get(view.lang));
            }
        }
        if names.is_empty() {
            say(view.lang, "이 분류에 없음|Not in this framework").to_string()
        } else {
            names
        }
    }

    /// What a heading stands for: in NIA's own frame the layer's note, in another what NIA calls
    /// the layer.
    fn layer_note(&self, at: usize, view: &View) -> String {
        let Some(info) = self.data.layers.get(at) else {
            return String::new();
        };
        let first = self.data.frameworks.first().map(|f| &f.id);
        if info.editorial || self.framework(view).map(|f| &f.id) == first {
            return info.note.get(view.lang).to_string();
        }
        fill(view.lang, "NIA: {0}", &[info.label.get(view.lang)])
    }

    /// Title, subline, finding, reading help and legend.
    fn words(&self, pen: &mut FigureBuilder<'_>) {
        let lang = pen.view.lang;
        let data = &self.data;
        let organisations = data.entities.iter().filter(|e| e.kind != "person").count();
        let framework = self.framework(pen.view).map_or("", |f| f.label.get(lang));
        let counts = counts(organisations, data.links.len(), lang);
        append(&mut pen.picture.subline, "", framework);
        append(&mut pen.picture.subline, " · ", &counts);

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
            let mut options = Vec::new();
            for framework in &data.frameworks {
                // The name before the colon is enough on a button.
                let label = framework.label.get(lang);
                options.push((
                    framework.id.clone(),
                    label.split(':').next().unwrap_or(label).to_string(),
                ));
            }
            let views = Control::views(
                "framework",
                say(lang, "분류|Framework"),
                options,
                &framework.id,
            );
            if let Some(views) = views {
                pen.picture.controls.insert(0, views);
            }
            if !framework.note.get(lang).is_empty() {
                pen.note(framework.note.get(lang));
            }
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
            append(
                &mut pen.picture.title,
                say(lang, ": |: "),
                fill(lang, headline, &[name(best), &count(most, lang)]),
            );
        }
        if let Some((link, _)) = largest {
            push(
                &mut pen.picture.takeaway,
                lang,
                "금액이 알려진 관계 가운데 가장 큰 것은 {0과} {1} 사이의 {2}, {3}.|The largest relation with a known amount: {0} {2} {1}, {3}.",
                &[
                    name(link.from),
                    name(link.to),
                    text::relation(link.relation, lang),
                    &amount(link, lang),
                ],
            );
        }
        pen.picture
            .choose
            .push_str(say(lang, "이름을 누르거나 키보드로 고르면 그 조직의 관계만 남는다.|Choose a name by pointer or keyboard to keep its relations only."));
        pen.picture.howto.push_str(say(
            lang,
            "한 조직은 하는 일마다 한 번씩 나오고, 왼쪽 색 막대는 주된 층을 뜻한다.|\
             An organisation appears once for each thing it does; the bar on its left has the colour of its main layer.",
        ));
        pen.note(say(
            lang,
            "관계의 굵기는 공개된 달러 금액의 제곱근에 비례한다. 금액을 모르는 관계는 가늘고 흐린 선이고, 금액을 모르는 투자와 인수는 속 빈 마름모에서 시작한다.|\
             A relation is as wide as the square root of its amount in dollars. One without a known amount is thin and pale; an investment or acquisition without one begins at a hollow diamond.",
        ));
        if let Some(layer) = data.layers.iter().find(|l| l.editorial) {
            pen.note(&fill(
                lang,
                "{0}: {1}.|{0}: {1}.",
                &[
                    layer.label.get(lang),
                    layer.note.get(lang).trim_end_matches('.'),
                ],
            ));
        }
        let gathered = self.gathered.iter().filter(|gathered| **gathered).count();
        if gathered > 0 {
            pen.note(&fill(
                lang,
                "같은 두 조직 사이의 같은 관계가 많아, 그중 {0}건은 다른 선이 대신하고 표에 적혀 있다.|\
                 {0} relation{0|s} share the lines of others of the same kind between the same two organisations; the table has them all.",
                &[&count(gathered, lang)],
            ));
        }
        for relation in Relation::ALL {
            let links = data.links.iter().filter(|l| l.relation == relation).count();
            if links > 0 {
                pen.filter(
                    relation.info().id,
                    text::relation(relation, lang),
                    pen.palette.relation(relation),
                    relation_style(relation).symbol,
                    Some(links),
                );
            }
        }
        for layer in &data.layers {
            let here = |e: &&Entity| {
                e.roles.iter().any(|r| {
                    data.sublayers
                        .get(r.sublayer)
                        .and_then(|s| data.layers.get(s.layer))
                        .is_some_and(|l| l.layer == layer.layer)
                })
            };
            let number = data.entities.iter().filter(here).count();
            if number == 0 {
                continue;
            }
            pen.layer_key(
                &layer_key(layer.layer),
                layer.label.get(lang),
                layer.layer,
                Some(number),
            );
        }
    }
}

/// The sum of a relation with its marks: ≈ before an approximate one, † after a disputed one.
fn amount(link: &Link, lang: Lang) -> String {
    let sum = match (link.usd, link.krw) {
        (Some(usd), _) => text::usd(usd, lang),
        (None, Some(krw)) => text::krw(krw, lang),
        (None, None) if link.number > 0 => {
            let number = relations(link.number as usize, lang);
            return link.amount.map_or(number.clone(), |sum| {
                fill(
                    lang,
                    "{0}, 합계 {1}|{0}, {1} in all",
                    &[&number, &text::compact(sum, lang)],
                )
            });
        }
        (None, None) => return String::new(),
    };
    fill(
        lang,
        "{0}{1}{2}",
        &[
            if link.status.approx { "≈ " } else { "" },
            &sum,
            if link.status.disputed { "†" } else { "" },
        ],
    )
}

/// «조직 173곳, 관계 256건», «173 organisations, 256 relations».
fn counts(organisations: usize, relations: usize, lang: Lang) -> String {
    fill(
        lang,
        "조직 {0}곳, 관계 {1}건|{0} organisation{0|s}, {1} relation{1|s}",
        &[&count(organisations, lang), &count(relations, lang)],
    )
}

/// «관계 3건», «3 relations».
fn relations(number: usize, lang: Lang) -> String {
    fill(
        lang,
        "관계 {0}건|{0} relation{0|s}",
        &[&count(number, lang)],
    )
}

/// Whether money or goods change hands.
fn deal(link: &Link) -> bool {
    link.relation.info().is_deal
}

/// For every link whether it is a deal that closes a circle: what it leads to leads back, by deals,
/// to where it begins.
fn closing(data: &ValueChain) -> Vec<bool> {
    let mut next = vec![Vec::new(); data.entities.len()];
    for link in data.links.iter().filter(|l| deal(l)) {
        if let Some(list) = next.get_mut(link.from) {
            list.push(link.to);
        }
    }
    // For each organisation the link for which it was last come to.
    let mut seen = vec![usize::MAX; data.entities.len()];
    let mut out = Vec::new();
    for (ix, link) in data.links.iter().enumerate() {
        let mut open = if deal(link) {
            vec![link.to]
        } else {
            Vec::new()
        };
        let mut found = false;
        while let (Some(at), false) = (open.pop(), found) {
            found = at == link.from;
            for &to in next.get(at).into_iter().flatten() {
                if let Some(slot) = seen.get_mut(to).filter(|slot| **slot != ix) {
                    *slot = ix;
                    open.push(to);
                }
            }
        }
        out.push(found);
    }
    out
}

fn touches(link: &Link, entity: usize) -> bool {
    link.from == entity || link.to == entity
}

/// How many lines a text needs; one where it cannot be broken to fit.
fn lines(view: &View, words: &str, size: f32, width: f32) -> u32 {
    view.metrics
        .lines(words, size, false, width)
        .map_or(1, |l| l.len().min(MOST_LINES) as u32)
}

/// Lines of one kind between the same two organisations. More would only make the picture tall.
const MOST_ALIKE: usize = 8;

/// What is looked at of a name for its place in the picture, characters: more than any box holds.
/// Files may have names of thousands.
const MOST_SET: usize = 400;

/// The beginning of a name, as much as a picture could show of it.
fn start(name: &str) -> &str {
    cut(name, MOST_SET)
}

/// A name without what stands in brackets at its end.
fn short(name: &str) -> &str {
    name.split(OPENS).next().map_or(name, str::trim)
}

/// The legend's key of a layer.
fn layer_key(layer: Layer) -> String {
    let name = match layer {
        Layer::Data => "data",
        Layer::Infra => "infra",
        Layer::Model => "model",
        Layer::Service => "service",
        Layer::Context => "context",
    };
    format!("layer:{name}")
}

/// Widths of all bundles together, CSS px.
const BUNDLES: f64 = 400.0;
/// Dollars that are drawn widest.
const FULL: f64 = 2e10;

/// The keys of the open groups and one more.
fn joint(view: &View, key: String) -> Vec<String> {
    let mut open = view.state.value_chain.open.clone();
    open.push(key);
    open
}

/// Where the reader stands, as pages keep it: whole px, and how near to a hundredth.
fn kept([x, y, k]: [f32; 3]) -> [f32; 3] {
    if k <= 1.0 {
        return WHOLE;
    }
    let whole = |number: f32| (number.round() as u32).min(1_000_000) as f32;
    [
        whole(x),
        whole(y),
        (whole(k * 100.0) / 100.0).clamp(1.0, 8.0),
    ]
}

/// Where the reader stands: left, top, how near. Hostile words are the beginning.
fn place(words: &str) -> [f32; 3] {
    let mut at = [0.0, 0.0, 100.0];
    for (slot, word) in at.iter_mut().zip(words.split(' ')) {
        *slot = word.parse::<u32>().map_or(*slot, |v| v as f32);
    }
    kept([at[0], at[1], at[2] / 100.0])
}

/// As [`place`] reads it; nothing where all is seen.
pub(crate) fn place_words([x, y, k]: [f32; 3]) -> String {
    if k <= 1.0 {
        return String::new();
    }
    let [x, y, k] = [x, y, k * 100.0].map(|number| number.round() as u32);
    format!("{x} {y} {k}")
}

/// The ribbon within 4 px of a point. All that [`route`] draws rise or fall from end to end and
/// cross their gutter once, or are level: so the place at the height of the point is found by
/// halving, and no curve is walked.
fn nearest(scene: &Scene, x: f32, y: f32) -> Option<u32> {
    let mut best: Option<(f32, u32)> = None;
    // The point goes to where the ribbons are, and px with it: x and y have one factor.
    let Viewport {
        scale: [k, _],
        translate_css,
    } = scene.viewport;
    let (x, y) = ((x - translate_css[0]) / k, (y - translate_css[1]) / k);
    for r in &scene.ribbons {
        let ([ax, ay, bx, _], [_, _, dx, dy]) = (r.start_css, r.end_css);
        let half_width = r.half_width_css / k;
        let reach = half_width.max(4.0 / k);
        let (top, bottom) = if ay < dy { (ay, dy) } else { (dy, ay) };
        if y < top - reach || y > bottom + reach {
            continue;
        }
        let (left, right) = (ax.min(bx).min(dx), ax.max(bx).max(dx));
        if x < left - reach || x > right + reach || r.datum == NO_DATUM {
            continue;
        }
        let cubic = |a: f32, b: f32, d: f32, t: f32| {
            let s = 1.0 - t;
            // The inner points of a level piece stand at thirds, those of a crossing on one track.
            s * s * s * a + 3.0 * s * t * b + t * t * t * d
        };
        let far = if (dy - ay).abs() < 0.5 && ax != dx {
            (y - ay).abs()
        } else {
            // Across at the height of the point, and up or down at its x where the curve crosses
            // the gutter.
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..9 {
                let t = (low + high) / 2.0;
                let s = 1.0 - t;
                let here = (s * s * s + 3.0 * s * s * t) * ay + (3.0 * s * t * t + t * t * t) * dy;
                if (here < y) == (ay < dy) {
                    low = t
                } else {
                    high = t
                }
            }
            let across = (cubic(ax, bx, dx, low) - x).abs();
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..9 {
                let t = (low + high) / 2.0;
                if (cubic(ax, bx, dx, t) < x) == (ax < dx) {
                    low = t
                } else {
                    high = t
                }
            }
            let s = 1.0 - low;
            let here =
                (s * s * s + 3.0 * s * s * low) * ay + (3.0 * s * low * low + low * low * low) * dy;
            if ax == dx {
                across
            } else {
                across.min((here - y).abs())
            }
        } - half_width;
        if far <= reach - half_width && best.is_none_or(|(d, _)| far < d) {
            best = Some((far, r.datum));
        }
    }
    best.map(|b| b.1)
}

/// Where everything is: what the router needs and what it found.
#[derive(Default)]
struct Stage {
    board: RoutingGrid,
    /// Chip → organisation.
    items: Vec<usize>,
    /// Organisation → the chip where its relations are tied, or `usize::MAX`.
    homes: Vec<usize>,
    /// A wire for each relation, then the threads.
    wires: Vec<Edge>,
    links: usize,
    height: f32,
}

/// What stands out: for every organisation 3 itself, 2 a direct partner, 1 further up or down; for
/// every relation 2 direct, 1 further.
#[derive(Default)]
struct Trace {
    some: bool,
    focus: Option<usize>,
    near: Vec<u8>,
    ways: Vec<u8>,
}

/// What an organisation can be, in words.
fn kind_name(kind: &str, lang: Lang) -> &str {
    let row = ENTITY_KINDS.iter().find(|row| row.id == kind);
    say(lang, row.map_or(kind, |row| row.name))
}

struct Draw<'a> {
    widget: &'a ValueChainWidget,
    pen: FigureBuilder<'a>,
    wide: bool,
    trace: Trace,
    stage: Stage,
}

impl Draw<'_> {
    /// Headings; returns the ground behind those that gutters run past, to lie over the ribbons.
    fn headings(&mut self, layers: &[column_layout::Layer]) -> Vec<Mark> {
        let (pen, wide) = (&mut self.pen, self.wide);
        let (view, palette) = (pen.view, pen.palette);
        let mut grounds = Vec::new();
        for layer in layers {
            let info = self.widget.data.layers.get(layer.item);
            let [left, top, right, _] = layer.rect;
            let colour = info.map_or(Layer::Context, |l| l.layer);
            pen.mark(
                [left, top, right, top + 3.0],
                palette.layer(colour),
                0,
                plain() | palette.grain(colour),
                NO_DATUM,
            );
            // As large as it can stand there; what does not fit even small loses its last words.
            let label = self.widget.layer_name(layer.item, view);
            let sizes = if wide {
                [(14.0, 2), (12.0, 2), (11.0, 3)]
            } else {
                [(14.0, 1), (12.0, 1), (11.0, 1)]
            };
            let fits = |size: f32, lines: usize| {
                view.metrics
                    .lines(&label, size, true, right - left)
                    .is_some_and(|l| l.len() <= lines)
            };
            let (size, lines) = sizes
                .into_iter()
                .find(|&(size, lines)| fits(size, lines))
                .unwrap_or(sizes[2]);
            let label = fit_lines(&view.metrics, &label, size, true, right - left, lines);
            let mut end = top + 6.0 + if wide { 42.0 } else { 18.0 };
            let under = self.widget.layer_note(layer.item, view);
            // A sentence without its end says something else: whole or not at all.
            let set = view
                .metrics
                .lines(label, size, true, right - left)
                .map_or(1, |l| l.len().max(1));
            let rows = if wide && set == 1 { 2 } else { 1 };
            let fits = view
                .metrics
                .lines(&under, 11.0, false, right - left - 2.0)
                .is_some_and(|l| l.len() <= rows);
            let under = if fits { under } else { String::new() };
            if wide {
                // Directly below the heading.
                let y = (top + 7.0 + set as f32 * size * 1.3).min(end);
                end = y;
                pen.label(
                    [left, y, right, y + 15.0 * rows as f32],
                    &under,
                    &Font {
                        lines: rows as u32,
                        ..Font::new(11.0, false)
                    },
                    palette.secondary,
                    NO_DATUM,
                );
            } else {
                let words = view
                    .metrics
                    .width(label, size, true)
                    .max(view.metrics.width(&under, 11.0, false));
                let rect_css = [left, top + 3.0, (left + words + 4.0).min(right), top + 40.0];
                grounds.push(Mark {
                    rect_css,
                    fill: palette.ground,
                    stroke: 0,
                    style: plain(),
                    datum: NO_DATUM,
                });
                pen.label(
                    [left, end, right, end + 15.0],
                    &under,
                    &Font::new(11.0, false),
                    palette.secondary,
                    NO_DATUM,
                );
            }
            pen.label(
                [left, top + 6.0, right, end],
                label,
                &Font {
                    lines: lines as u32,
                    ..Font::new(size, true)
                },
                palette.ink,
                NO_DATUM,
            );
            for block in &layer.blocks {
                let [left, top, right, bottom] = block.rect;
                let mut label = self.widget.heading(block, view.lang);
                let mut font = Font::new(11.0, false);
                if bottom - top > 30.0 {
                    font.lines = 2;
                    label = fit_lines(&view.metrics, label, 11.0, false, right - left, 2);
                } else {
                    label = fit(&view.metrics, label, 11.0, false, right - left);
                }
                pen.label(
                    [left, top + 3.0, right, bottom],
                    label,
                    &font,
                    palette.secondary,
                    NO_DATUM,
                );
            }
            pen.picture.groups.push(label.to_string());
        }
        pen.picture.scene.under = pen.picture.scene.marks.len();
        grounds
    }

    fn ribbons(&mut self) {
        let (data, pen, stage) = (&self.widget.data, &mut self.pen, &self.stage);
        let palette = pen.palette;
        // At rest the picture speaks of money: other relations step back, and nearly away where
        // many share the few gutters of a phone. Of bundles those speak that are wide.
        let many = !self.wide
            && data
                .links
                .iter()
                .filter(|link| self.widget.drawn(link, pen.view))
                .count()
                > MANY;
        let rest = if many { 0.1 } else { 0.3 };
        for (ix, link) in data.links.iter().enumerate() {
            let Some(wire) = stage.wires.get(ix) else {
                continue;
            };
            // A relation goes with the layer where it is tied.
            if !self.widget.drawn(link, pen.view) {
                continue;
            }
            let strength = match (self.trace.some, self.trace.ways.get(ix)) {
                (false, _)
                    if link.usd.or(link.krw).is_some()
                        || self.widget.dealt && !(many && wire.width < 3.0) =>
                {
                    0.45
                }
                (false, _) => rest,
                (_, Some(2)) => 0.9,
                (_, Some(1)) => 0.3,
                _ => 0.05,
            };
            let fill = fade(palette.relation(link.relation), strength);
            let half_width_css = wire.width / 2.0;
            let datum = (data.entities.len() + ix) as u32;
            for [a, c1, c2, b] in &wire.curves {
                pen.picture.scene.ribbons.push(Ribbon {
                    start_css: [a[0], a[1], c1[0], c1[1]],
                    end_css: [c2[0], c2[1], b[0], b[1]],
                    half_width_css,
                    fill,
                    style: relation_style(link.relation).line,
                    datum,
                });
            }
            let Some([_, _, before, [x, y]]) = wire.curves.last() else {
                continue;
            };
            if strength <= 0.1 {
                continue;
            }
            // An arrow where it ends.
            if relation_style(link.relation).arrow {
                let (size, long) = (2.0 + half_width_css, 5.0 + half_width_css);
                let (rect, form) = if *x >= before[0] {
                    ([x - long, y - size, *x, y + size], shape::TRIANGLE_RIGHT)
                } else {
                    ([*x, y - size, x + long, y + size], shape::TRIANGLE_LEFT)
                };
                pen.mark(
                    rect,
                    fade(
                        palette.relation(link.relation),
                        strength.max(0.6).min(strength * 1.6),
                    ),
                    0,
                    mark_style(form, pattern::SOLID, 0.0, 0.0, false),
                    datum,
                );
            }
            // Money whose sum is not known: a hollow diamond where it begins.
            if link.relation.info().is_payment
                && link.usd.is_none()
                && link.krw.is_none()
                && link.amount.is_none()
                && let Some([[x, y], next, _, _]) = wire.curves.first()
            {
                let x = if next[0] >= *x { x + 4.0 } else { x - 4.0 };
                let style = mark_style(shape::DIAMOND, pattern::SOLID, 1.0, 0.0, false);
                pen.mark(
                    [x - 3.5, y - 3.5, x + 3.5, y + 3.5],
                    palette.ground,
                    fade(palette.relation(link.relation), strength.max(0.6)),
                    style,
                    datum,
                );
            }
        }
        if let Some(focus) = self.trace.focus {
            for wire in stage.wires.get(stage.links..).unwrap_or_default() {
                for [a, c1, c2, b] in &wire.curves {
                    pen.picture.scene.ribbons.push(Ribbon {
                        start_css: [a[0], a[1], c1[0], c1[1]],
                        end_css: [c2[0], c2[1], b[0], b[1]],
                        half_width_css: 0.5,
                        fill: fade(palette.secondary, 0.7),
                        style: line::SOLID,
                        datum: focus as u32,
                    });
                }
            }
        }
    }

    fn chips(&mut self, layers: &[column_layout::Layer]) {
        let (widget, lang) = (self.widget, self.pen.view.lang);
        let mut at = 0;
        for (group, layer) in layers.iter().enumerate() {
            // Up and down lead along the layer.
            let mut before = NO_DATUM;
            let off = widget
                .data
                .layers
                .get(layer.item)
                .is_some_and(|info| self.pen.view.hides(&layer_key(info.layer)));
            for chip in layer.blocks.iter().flat_map(|b| &b.chips) {
                let Some(entity) = widget.data.entities.get(chip.item) else {
                    continue;
                };
                let home = self.stage.homes.get(chip.item) == Some(&at);
                at += 1;
                self.chip(chip, entity, home, off);
                if !home || !widget.listed(chip.item, self.pen.view) {
                    continue;
                }
                let datum = chip.item as u32;
                let outline = &mut self.pen.picture.scene.outline;
                if let Some(last) = outline.last_mut()
                    && before != NO_DATUM
                {
                    last.neighbors[3] = datum;
                }
                // Left and right lead along the largest relations.
                let (mut go, mut via, mut most) = (STAY, STAY, [f64::NEG_INFINITY; 2]);
                for (line, link) in widget
                    .data
                    .links
                    .iter()
                    .filter(|l| touches(l, chip.item) && widget.drawn(l, self.pen.view))
                    .enumerate()
                {
                    let usd = link.usd.unwrap_or(0.0);
                    if link.to == chip.item && usd >= most[0] {
                        (go[0], via[0], most[0]) = (link.from as u32, line as u32, usd);
                    }
                    if link.from == chip.item && usd >= most[1] {
                        (go[1], via[1], most[1]) = (link.to as u32, line as u32, usd);
                    }
                }
                go[2] = before;
                before = datum;
                let lines = widget.relations(chip.item, self.pen.view);
                outline.push(AccessibleNode {
                    datum,
                    rect_css: chip.rect,
                    name: widget.sentence(entity, lines.len(), lang),
                    lines,
                    neighbor_lines: via,
                    key: entity.name.get(lang).to_string(),
                    entity: Some(entity.id.clone()),
                    group: group as u32,
                    neighbors: go,
                });
            }
        }
    }

    fn chip(&mut self, chip: &column_layout::Chip, entity: &Entity, home: bool, off: bool) {
        let pen = &mut self.pen;
        let (view, palette) = (pen.view, pen.palette);
        let datum = chip.item as u32;
        let selected = view.is_selected(Some(&entity.id), datum);
        let (strength, ink) = match (
            off || !self.widget.shown(chip.item, view),
            self.trace.some,
            self.trace.near.get(chip.item),
        ) {
            (true, _, _) => (0.2, 0.3),
            (_, false, _) | (_, _, Some(2..)) => (1.0, 1.0),
            (_, _, Some(1)) => (0.7, 0.75),
            _ => (0.35, 0.45),
        };
        let (stroke, stroke_css, inset) = if selected {
            (palette.ink, 2.0, 2.0)
        } else {
            (palette.hairline, 1.0, 1.0)
        };
        let [left, top, right, bottom] = chip.rect;
        let style = mark_style(shape::RECT, pattern::SOLID, stroke_css, 2.0, false);
        // Where its relations are tied it is a card; elsewhere only its name.
        let card = if home || selected {
            palette.card
        } else {
            palette.ground
        };
        pen.mark(
            chip.rect,
            fade(card, strength),
            fade(stroke, strength),
            style,
            datum,
        );
        let bar = [
            left + inset,
            top + inset,
            left + inset + 4.0,
            bottom - inset,
        ];
        pen.mark(
            bar,
            fade(palette.layer(entity.main), strength),
            0,
            plain() | palette.grain(entity.main),
            datum,
        );
        let name = entity.name.get(view.lang);
        let width = right - left - CHIP_PAD + 4.0;
        let words = if view.metrics.fits(name, NAME, false, width - 4.0) {
            name
        } else {
            short(name)
        };
        let lines = chip.lines.clamp(1, MOST_LINES as u32);
        let words = fit_lines(&view.metrics, words, NAME, false, width, lines as usize);
        let (middle, half) = ((top + bottom) / 2.0, lines as f32 * 7.5 + 1.0);
        let rect = [left + 9.0, middle - half, left + 9.0 + width, middle + half];
        pen.label(
            rect,
            words,
            &Font {
                lines,
                ..Font::new(NAME, selected)
            },
            fade(
                if home || selected {
                    palette.ink
                } else {
                    palette.secondary
                },
                ink,
            ),
            datum,
        );
    }
}
