//! How a table is drawn: tiles, groups with their headers, what stands together, words on tiles,
//! and the legend.

use super::super::figure_builder::{self, FigureBuilder, Font};
use super::super::palette::{fade, ink_on, ramp};
use super::super::{STAY, fit, nearness, reservations, trim_signs};
use super::captions::{subline, whole_note};
use super::{
    HEADER, Kind, Lang, Layer, MarketShareWidget, NO_DATUM, Part, ShareTable, Sort, UNKNOWN,
};
use crate::abi::{grain, mark_style, pattern, shape};
use crate::layout::treemap::{Frame, Header, Limits};
use crate::layout::{Places, resquarify, squarify_first};
use crate::scene::AccessibleNode;
use crate::text::{self, also, append, fill, push, say};

/// Ground between two tiles of a whole, CSS px.
const GAP: f32 = 1.0;
/// Ground between values that are no parts of one whole, CSS px: they stand apart.
const APART: f32 = 8.0;
/// Least area of a tile, px²: smaller ones stand together.
const LEAST: f64 = 9.0;
/// The header of a group, and the least group that has one, CSS px.
const GROUP: Header = Header {
    least: [64.0, 58.0],
    height: 20.0,
};
/// What a screen reader walks through, and words on tiles.
const MOST_NODES: usize = 500;
const MOST_LABELS: usize = 2000;
/// More tiles than this are picked by the tree instead of one by one.
const MANY: usize = 400;
/// Organisations in the legend of a board.
const MOST_KEYS: usize = 12;

/// What the legend may have to explain, besides layers.
const PLAIN: usize = 0;
const KNOWN: usize = 1;
const HATCHED: usize = 2;
const APPROX: usize = 3;
const DISPUTED: usize = 4;
const SMALL: usize = 5;

/// Draws tables one after the other.
pub(super) struct Draw<'a> {
    widget: &'a MarketShareWidget,
    pub(super) pen: FigureBuilder<'a>,
    selects: bool,
    /// The selected row, where it is selected by its number, and the nodes that it is in: one of
    /// them may be all that shows of it.
    selected: u32,
    above: Vec<u32>,
    /// Layers, and what else the legend has to explain.
    layers: [bool; 5],
    seen: [bool; 6],
    /// The node of the table before.
    first: u32,
}

impl<'a> Draw<'a> {
    pub(super) fn new(
        widget: &'a MarketShareWidget,
        pen: FigureBuilder<'a>,
        selects: bool,
    ) -> Self {
        let selected = pen
            .view
            .selected
            .strip_prefix('#')
            .and_then(|number| number.parse().ok())
            .unwrap_or(NO_DATUM);
        let mut above = vec![selected];
        let mut next = widget
            .part(selected)
            .and_then(|_| widget.tree.parent(selected));
        while let Some(node) = next {
            above.push(node);
            next = widget.tree.parent(node);
        }
        Self {
            widget,
            pen,
            selects,
            selected,
            above,
            layers: [false; 5],
            seen: [false; 6],
            first: NO_DATUM,
        }
    }

    /// A table in its cell: what stands below a node of it, without the `skip` largest. `beside`
    /// says how many tables there are.
    pub(super) fn table(&mut self, ix: usize, node: u32, skip: u32, cell: [f32; 4], beside: usize) {
        let widget = self.widget;
        let Some(table) = widget.data.tables.get(ix) else {
            return;
        };
        let (view, palette) = (self.pen.view, self.pen.palette);
        let lang = view.lang;
        let [left, top, right, bottom] = cell;
        let title = table.title.get(lang);
        self.pen.picture.groups.push(fill(
            lang,
            "{0}. {1}|{0}. {1}",
            &[title, &whole_note(table, lang)],
        ));
        let (mut home, mut under) = (usize::MAX, top);
        // Name and measure of a table alone stand over the picture.
        if beside > 1 {
            home = self.root(ix, [left, top, right, top + 36.0]);
            under += HEADER;
            let heading = fit(&view.metrics, title, 14.0, true, right - left);
            let own = widget.top(ix);
            // The heading leads to the table alone.
            self.pen.mark(
                [left, top, right, top + 36.0],
                palette.ground,
                0,
                figure_builder::plain(),
                own,
            );
            self.pen.label(
                [left, top, right, top + 19.0],
                heading,
                &Font::new(14.0, true),
                palette.ink,
                own,
            );
            let subline = subline(table, lang);
            let subline = fit(&view.metrics, &subline, 12.0, false, right - left);
            self.pen.label(
                [left, top + 19.0, right, top + 36.0],
                subline,
                &Font::new(12.0, false),
                palette.secondary,
                own,
            );
        }

        let from = self.pen.picture.scene.outline.len();
        let area = [left, under, right, bottom];
        if self.series(ix, area) {
            self.family(from, home);
        } else {
            self.tree(table, node, skip, area, home);
        }
    }

    /// Of several tables each is a node of the outline, which leads to the table alone. Returns its
    /// place in the outline.
    fn root(&mut self, ix: usize, rect_css: [f32; 4]) -> usize {
        let picture = &mut self.pen.picture;
        let datum = self.widget.top(ix);
        let at = picture.scene.outline.len();
        let key = self
            .widget
            .data
            .tables
            .get(ix)
            .map_or("", |table| table.title.get(self.pen.view.lang))
            .to_string();
        let name = picture.groups.last().cloned().unwrap_or_default();
        let mut go = STAY;
        if let Some(before) = picture
            .scene
            .outline
            .iter_mut()
            .find(|node| node.datum == self.first)
        {
            before.neighbors[1] = datum;
            go[0] = self.first;
        }
        self.first = datum;
        let group = (picture.groups.len() as u32).saturating_sub(1);
        picture.scene.outline.push(AccessibleNode {
            datum,
            rect_css,
            name,
            lines: Vec::new(),
            neighbor_lines: STAY,
            key,
            entity: None,
            group,
            neighbors: go,
        });
        at
    }

    /// A table of a series: every part has the place that it has in all periods. False for any
    /// other table.
    fn series(&mut self, ix: usize, area: [f32; 4]) -> bool {
        let widget = self.widget;
        let Some(table) = widget
            .data
            .tables
            .get(ix)
            .filter(|table| !table.series.is_empty())
        else {
            return false;
        };
        if table.kind == Kind::Comparison
            || widget.data.groups.iter().any(|group| group.table == ix)
        {
            return false;
        }
        // A place for everything that has a part in any period, as large as its largest.
        let (mut names, mut most, mut now, mut firsts) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (other, period) in widget.data.tables.iter().enumerate() {
            if period.series != table.series {
                continue;
            }
            for &datum in widget.tree.children(widget.top(other)) {
                let Some(part) = widget.part(datum) else {
                    continue;
                };
                let name = widget.label(&part, Lang::En);
                let name = if part.item().is_some() {
                    name
                } else {
                    String::new()
                };
                let at = names
                    .iter()
                    .position(|known| *known == name)
                    .unwrap_or_else(|| {
                        names.push(name);
                        most.push(0.0);
                        now.push(None);
                        firsts.push(datum);
                        names.len() - 1
                    });
                if let (Some(most), Some(now)) = (most.get_mut(at), now.get_mut(at)) {
                    *most = part.value.max(*most);
                    if other == ix {
                        *now = Some(part);
                    }
                }
            }
        }
        let rect = area.map(f64::from);
        let mut places = Places::default();
        squarify_first(&most, rect, &mut places);
        let mut values = Vec::new();
        for part in &now {
            values.push(part.map_or(0.0, |part: Part<'_>| part.value));
        }
        for ((part, rect), first) in now
            .iter()
            .zip(resquarify(&values, rect, &mut places))
            .zip(firsts)
        {
            if let Some(part) = part {
                self.pen
                    .picture
                    .scene
                    .transition_pairs
                    .push((part.datum, first));
                self.tile(part, rect.map(|v| v as f32), area);
            }
        }
        true
    }

    /// Parts and their parts, as deep as there is room.
    fn tree(&mut self, table: &ShareTable, node: u32, skip: u32, area: [f32; 4], home: usize) {
        let (widget, alone) = (self.widget, home == usize::MAX);
        let tree = &widget.tree;
        let [left, top, right, bottom] = area.map(f64::from);
        let (width, height) = (right - left, bottom - top);
        let [near, x, y] = if alone {
            self.pen.view.state.market_share.zoom
        } else {
            [1.0, 0.0, 0.0]
        };
        let rect = [
            left - x * width * near,
            top - y * height * near,
            left + (1.0 - x) * width * near,
            top + (1.0 - y) * height * near,
        ];
        // Headers grow with the picture, so that coming nearer moves nothing.
        let header = Header {
            least: GROUP.least.map(|px| px * near),
            height: GROUP.height * near,
        };
        let limits = Limits {
            tile: LEAST,
            open: 24.0 * 24.0,
            header: Some(header),
            view: [left, top, right, bottom],
        };
        let laid = tree.lay(node, skip, rect, &limits);
        // Of each frame the node of the outline that stands for it.
        let mut homes = vec![home];
        let mut gathered = false;
        for (at, frame) in laid.frames.iter().enumerate() {
            let home = homes.get(at).copied().unwrap_or(usize::MAX);
            let before = self.pen.picture.scene.outline.len();
            laid.each(frame, &mut |rank, tile| {
                let (Some(&child), Some(&rect)) = (
                    tree.children(frame.node).get(rank as usize),
                    laid.tiles.get(tile),
                ) else {
                    return;
                };
                match if child < tree.leaves() {
                    None
                } else {
                    laid.frame_in(tile as u32)
                } {
                    Some(inner) => {
                        let Some(inner_frame) = laid.frames.get(inner) else {
                            return;
                        };
                        homes.resize(homes.len().max(inner + 1), usize::MAX);
                        if let Some(home) = homes.get_mut(inner) {
                            *home = self.group(child, inner_frame, rect, area);
                        }
                    }
                    None => self.leaf(table, child, rect, area),
                }
            });
            if (frame.end as usize) < tree.children(frame.node).len() {
                gathered = true;
                self.widget
                    .drawn
                    .borrow_mut()
                    .rests
                    .push((frame.node, frame.end));
                if let Some(part) = widget.part(widget.beyond(frame.node)) {
                    self.tile(&part, frame.rest.map(|v| v as f32), area);
                }
            }
            self.family(before, home);
        }
        // Groups stand a little further apart than their tiles.
        for frame in laid.frames.get(1..).unwrap_or_default() {
            if let Some(&rect) = laid.tiles.get(frame.tile as usize) {
                let [x0, y0, x1, y1] = clip(rect, area);
                if x1 - x0 > 20.0 && y1 - y0 > 20.0 {
                    let ground = self.pen.palette.ground;
                    self.pen.mark(
                        [x0 - 0.5, y0 - 0.5, x1 + 0.5, y1 + 0.5],
                        0,
                        ground,
                        mark_style(shape::RECT, pattern::SOLID, 2.0, 0.0, false),
                        NO_DATUM,
                    );
                }
            }
        }
        let zooms = alone && (laid.tiles.len() > 30 || gathered);
        self.pen.picture.zooms |= zooms;
        if alone && near > 1.0 {
            self.pen.picture.moved = true;
            nearness(&mut self.pen.picture.status, near, self.pen.view.lang);
        }
        if laid.tiles.len() > MANY {
            widget.drawn.borrow_mut().laid = Some(laid);
        }
    }

    /// A node that shows its children: its header, if it has one. Returns its place in the outline.
    fn group(&mut self, node: u32, frame: &Frame, rect: [f32; 4], area: [f32; 4]) -> usize {
        let Some(part) = self.widget.part(node) else {
            return usize::MAX;
        };
        let (view, palette) = (self.pen.view, self.pen.palette);
        let clipped = clip(rect, area);
        // The ground of the whole group: a gap between its tiles leads to it.
        self.pen
            .mark(clipped, palette.ground, 0, figure_builder::plain(), node);
        let ring = clip([rect[0], rect[1], rect[2], rect[3]], area);
        if frame.header >= 16.0 {
            let (name, value) = (self.widget.label(&part, view.lang), part.words(view.lang));
            let [left, top, right, _] = clip(
                [
                    rect[0] + 2.0,
                    frame.rect[1] as f32 - 19.0,
                    rect[2] - 2.0,
                    frame.rect[1] as f32,
                ],
                area,
            );
            let width = right - left;
            let wide = view.metrics.width(&name, 12.0, true)
                + 8.0
                + view.metrics.width(&value, 12.0, false);
            let heading = fit(&view.metrics, &name, 12.0, true, width);
            let box_css = [left, top, right, top + 17.0];
            if self.pen.picture.scene.labels.len() < MOST_LABELS
                && top + 17.0 <= area[3]
                && width > 8.0
            {
                self.pen
                    .label(box_css, heading, &Font::new(12.0, true), palette.ink, node);
                if wide <= width && heading == name {
                    let left = right - view.metrics.width(&value, 12.0, false) - 1.0;
                    self.pen.label(
                        [left, top, right, top + 17.0],
                        &value,
                        &Font::new(12.0, false),
                        palette.secondary,
                        node,
                    );
                }
            }
        }
        self.node(&part, ring);
        if self
            .pen
            .picture
            .scene
            .outline
            .last()
            .is_some_and(|last| last.datum == node)
        {
            self.pen.picture.scene.outline.len() - 1
        } else {
            usize::MAX
        }
    }

    /// A tile that shows no children. Small ones are only a colour: there may be tens of thousands.
    fn leaf(&mut self, table: &ShareTable, datum: u32, rect: [f32; 4], area: [f32; 4]) {
        let [x0, y0, x1, y1] = clip(rect, area);
        let (width, height) = (x1 - x0, y1 - y0);
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let plain = self.widget.columns.is_some() && self.selected != datum;
        if plain
            && (width < 24.0 || height < 16.0)
            && (self.pen.picture.scene.outline.len() >= self.most_nodes() || width * height < 36.0)
        {
            let gap = if width < 4.0 || height < 4.0 {
                0.25
            } else {
                GAP / 2.0
            };
            let (color, _) = self.color(datum, None, table);
            self.pen.mark(
                [x0 + gap, y0 + gap, x1 - gap, y1 - gap],
                color,
                0,
                figure_builder::plain(),
                datum,
            );
            return;
        }
        if let Some(part) = self.widget.part(datum) {
            self.tile(&part, rect, area);
        }
    }

    /// The colour of a part and its grain: its second measure if the data has one, else its layer.
    fn color(&mut self, datum: u32, part: Option<&Part<'_>>, table: &ShareTable) -> (u32, u32) {
        if let Some([low, high]) = self.widget.ramp
            && (self.widget.columns.is_some() || !table.color.en.is_empty())
        {
            let tint = self.widget.tint_of(datum);
            if tint.is_nan() {
                self.seen[PLAIN] = true;
                return (self.pen.palette.layer(Layer::Context), 0);
            }
            return (
                ramp(&self.pen.palette, ((tint - low) / (high - low)) as f32),
                0,
            );
        }
        let layer = part.and_then(|part| self.widget.layer(part));
        let bare = layer.is_none() && self.widget.data.parties.is_empty();
        match layer.and_then(|l| self.layers.get_mut(l as usize)) {
            Some(seen) => *seen = true,
            None => self.seen[PLAIN] |= !bare,
        }
        let (palette, layer) = (&self.pen.palette, layer.unwrap_or(Layer::Context));
        // Where no part has a layer a grain would only say so.
        (
            palette.layer(layer),
            if part.is_some() && !bare {
                palette.grain(layer)
            } else {
                0
            },
        )
    }

    fn tile(&mut self, part: &Part<'_>, rect: [f32; 4], cell: [f32; 4]) {
        let (widget, view, palette) = (self.widget, self.pen.view, self.pen.palette);
        let (lang, table, datum) = (view.lang, part.table, part.datum);
        let rect = clip(rect, cell);
        if rect[2] <= rect[0] || rect[3] <= rect[1] {
            return;
        }
        let party = widget.party(part);
        let entity = party.map(|p| p.id.as_str());
        let selected = self.holds(part) || view.is_selected(entity, datum);
        let off = entity.is_some()
            && view
                .hidden
                .iter()
                .any(|key| key.strip_prefix("org:") == entity);
        let back = (self.selects && !selected) || off;
        let strength = if back { 0.35 } else { 1.0 };
        let (mut color, mut stroke, mut stroke_css, mut inside, mut dashed, mut grain) = (
            palette.ground,
            palette.hairline,
            1.0,
            pattern::SOLID,
            false,
            0,
        );
        match part.sort {
            Sort::Item(_) | Sort::Group(_) | Sort::Row => {
                (color, grain) = self.color(datum, Some(part), table);
                (stroke, stroke_css) = (0, 0.0);
                let status = part.item().map(|item| item.status).unwrap_or_default();
                if status.approx {
                    inside = pattern::SOFT;
                    self.seen[APPROX] = true;
                }
                if status.disputed {
                    (stroke, stroke_css, dashed) = (palette.ink, 1.5, true);
                    self.seen[DISPUTED] = true;
                }
                if status.in_talks || status.planned || table.forecast {
                    // Not closed when written: an open outline instead of a filled tile.
                    (stroke, stroke_css, color, grain) = (color, 1.5, palette.ground, 0);
                }
            }
            Sort::Undisclosed => {}
            Sort::Known => self.seen[KNOWN] = true,
            Sort::Unknown => {
                (stroke, inside) = (fade(palette.secondary, 0.55), pattern::HATCH);
                self.seen[HATCHED] = true;
            }
            Sort::Small(_) => {
                // Paler than what it is made of; an outline where there is room for words.
                color = fade(self.color(datum - widget.tree.inner(), None, table).0, 0.45);
                let wide = rect[2] - rect[0] >= 60.0 && rect[3] - rect[1] >= 24.0;
                (stroke, stroke_css, dashed) = (palette.secondary, f32::from(u8::from(wide)), wide);
                self.seen[SMALL] = true;
            }
        }
        if selected {
            (stroke, stroke_css, dashed) = (palette.ink, 2.0, false);
        }
        // Values side by side stand apart, but keep to the edges that the heading has. A gap takes
        // no more than a tenth of a small tile.
        let least = (rect[2] - rect[0]).min(rect[3] - rect[1]) / 10.0;
        let half = if table.kind == Kind::Comparison {
            APART
        } else {
            GAP
        } / 2.0;
        let gap = |at: f32, edge: f32| {
            least.min(if (at - edge).abs() < 0.01 {
                GAP / 2.0
            } else {
                half
            })
        };
        let inner = [
            rect[0] + gap(rect[0], cell[0]),
            rect[1] + gap(rect[1], cell[1]),
            rect[2] - gap(rect[2], cell[2]),
            rect[3] - gap(rect[3], cell[3]),
        ];
        let style = mark_style(
            shape::RECT,
            inside,
            stroke_css,
            if least > 1.6 { 2.0 } else { 0.0 },
            dashed,
        );
        self.pen.mark(
            inner,
            fade(color, strength),
            fade(stroke, strength),
            style | grain,
            datum,
        );
        if inner[3] - inner[1] >= 24.0
            && inner[2] - inner[0] >= 18.0
            && self.pen.picture.scene.labels.len() < MOST_LABELS
        {
            // On a tile that steps back the ground shows through: there the ground's ink reads
            // better than the colour's.
            let ink = match color == palette.ground || color >> 24 < 255 || back {
                true => fade(palette.ink, if back { 0.6 } else { 1.0 }),
                false => ink_on(color),
            };
            let (name, value) = (widget.label(part, lang), part.words(lang));
            let whole = table
                .whole
                .filter(|whole| *whole > 0.0 && table.kind == Kind::Parts && !part.unknown());
            let share = whole.map_or(String::new(), |whole| {
                text::percent(part.value / whole * 100.0, lang)
            });
            self.words(part, inner, [&name, &value, &share], ink);
        }
        self.node(part, inner);
    }

    /// Of a million rows the largest are enough to walk through: each costs the page a node.
    fn most_nodes(&self) -> usize {
        if self.widget.columns.is_some() {
            MOST_NODES / 2
        } else {
            MOST_NODES
        }
    }

    /// Whether the selected row is all or a part of a tile.
    fn holds(&self, part: &Part<'_>) -> bool {
        let tree = &self.widget.tree;
        match part.sort {
            Sort::Small(from) => {
                let node = part.datum - tree.inner();
                let small = tree.children(node).get(from as usize..).unwrap_or_default();
                self.above.contains(&node) && small.iter().any(|child| self.above.contains(child))
            }
            _ => self.above.contains(&part.datum),
        }
    }

    /// An entry of the outline, as long as there is room for more.
    fn node(&mut self, part: &Part<'_>, rect_css: [f32; 4]) {
        let (widget, lang) = (self.widget, self.pen.view.lang);
        if self.pen.picture.scene.outline.len() >= self.most_nodes() {
            return;
        }
        let table = part.table;
        let key = widget.label(part, lang);
        let mut name = fill(
            lang,
            "{0}: {1}|{0}: {1}",
            &[&key, trim_signs(&part.words(lang))],
        );
        if !part.unknown() {
            // What it is of the whole, unless the value says so itself.
            if let Some(whole) = table
                .whole
                .filter(|whole| *whole > 0.0 && table.kind == Kind::Parts)
            {
                push(
                    &mut name,
                    lang,
                    ", 전체의 {0}|, {0} of the whole",
                    &[&text::percent(part.value / whole * 100.0, lang)],
                );
            }
            also(&mut name, lang, reservations(part.status(lang), lang));
        }
        let group = (self.pen.picture.groups.len() as u32).saturating_sub(1);
        let entity = widget.party(part).map(|p| p.id.clone());
        self.pen.picture.scene.outline.push(AccessibleNode {
            datum: part.datum,
            rect_css,
            name,
            lines: Vec::new(),
            neighbor_lines: STAY,
            key,
            entity,
            group,
            neighbors: STAY,
        });
    }

    /// Arrows of the children that stand in the outline from a place on: ← and → along them, ↑ to
    /// the node that holds them, whose ↓ leads to the first.
    fn family(&mut self, from: usize, home: usize) {
        let nodes = &mut self.pen.picture.scene.outline;
        let up = nodes.get(home).map_or(NO_DATUM, |node| node.datum);
        let Some(own) = nodes.get_mut(from..) else {
            return;
        };
        if own.is_empty() {
            return;
        }
        let first = own.first().map_or(NO_DATUM, |node| node.datum);
        let mut last = NO_DATUM;
        for node in own.iter_mut() {
            (node.neighbors[0], node.neighbors[2]) = (last, up);
            last = node.datum;
        }
        let mut next = NO_DATUM;
        for node in own.iter_mut().rev() {
            node.neighbors[1] = next;
            next = node.datum;
        }
        if let Some(home) = nodes.get_mut(home) {
            home.neighbors[3] = first;
        }
    }

    /// Name, value and share in the tile, by rule: name and value large, all small, name and value
    /// small, the name alone, nothing.
    fn words(
        &mut self,
        part: &Part<'_>,
        inner: [f32; 4],
        [name, value, share]: [&str; 3],
        ink: u32,
    ) {
        let datum = part.datum;
        let pen = &mut self.pen;
        let (lang, metrics) = (pen.view.lang, &pen.view.metrics);
        let pad = if inner[2] - inner[0] < 64.0 {
            grain::RIM_CSS as f32
        } else {
            8.0
        };
        let (left, top, right) = (inner[0] + pad, inner[1] + pad, inner[2] - pad);
        let (width, height) = (
            inner[2] - inner[0] - 2.0 * pad,
            inner[3] - inner[1] - 2.0 * pad,
        );
        let italic = part
            .item()
            .map_or(matches!(part.sort, Sort::Known), |item| item.status.derived);
        let (short, value) = if part.unknown() {
            (say(lang, UNKNOWN), "")
        } else {
            ("", value)
        };
        let fits = |text: &str, size: f32, bold: bool| {
            !text.is_empty() && metrics.fits(text, size, bold, width)
        };
        for &(size, line, value_size, value_line, gap) in
            &[(14.0, 18.0, 28.0, 35.0, 1.0), (12.0, 16.0, 12.0, 16.0, 0.0)]
        {
            let Some(lines) = metrics
                .lines(name, size, true, width)
                .map(|l| l.len() as u32)
            else {
                continue;
            };
            let name_height = lines as f32 * line;
            let both = height >= name_height + gap + value_line && fits(value, value_size, false);
            let large = size > 12.0;
            if large && !(both && width >= 90.0) || height < name_height {
                continue;
            }
            if !short.is_empty() {
                // Ground behind words on a hatch.
                let words = if lines == 1 {
                    metrics.width(name, size, true)
                } else {
                    width
                };
                pen.mark(
                    [
                        left - 3.0,
                        top - 2.0,
                        left + words + 3.0,
                        top + name_height + 1.0,
                    ],
                    pen.palette.ground,
                    0,
                    figure_builder::plain(),
                    datum,
                );
            }
            pen.label(
                [left, top, right, top + name_height],
                name,
                &Font {
                    italic,
                    lines,
                    ..Font::new(size, true)
                },
                ink,
                datum,
            );
            if both {
                let top = top + name_height + gap;
                pen.label(
                    [left, top, right, top + value_line],
                    value,
                    &Font {
                        italic,
                        ..Font::new(value_size, false)
                    },
                    ink,
                    datum,
                );
                let top = top + value_line;
                if top + 16.0 <= inner[3] - pad && fits(share, 12.0, false) {
                    pen.label(
                        [left, top, right, top + 16.0],
                        share,
                        &Font {
                            italic,
                            ..Font::new(12.0, false)
                        },
                        ink,
                        datum,
                    );
                }
            }
            return;
        }
        // What is unknown has a short name; a value without its name would say nothing.
        if height >= 16.0 && fits(short, 12.0, true) {
            pen.mark(
                [
                    left - 3.0,
                    top - 2.0,
                    left + metrics.width(short, 12.0, true) + 3.0,
                    top + 17.0,
                ],
                pen.palette.ground,
                0,
                figure_builder::plain(),
                datum,
            );
            pen.label(
                [left, top, right, top + 16.0],
                short,
                &Font::new(12.0, true),
                ink,
                datum,
            );
        }
    }

    /// What colours and forms mean; on a board the organisations that stand in it, each once for
    /// all tables.
    pub(super) fn legend(&mut self, shown: &[usize]) {
        let secondary = self.pen.palette.secondary;
        let lang = self.pen.view.lang;
        let widget = self.widget;
        if shown.len() > 1 {
            let mut parties: Vec<usize> = Vec::new();
            for table in shown.iter().filter_map(|&ix| widget.data.tables.get(ix)) {
                for party in table.items.iter().filter_map(|item| item.party) {
                    if !parties.contains(&party) {
                        parties.push(party);
                    }
                }
            }
            if parties.len() > 1 && parties.len() <= MOST_KEYS {
                for party in parties {
                    let Some(party) = widget.data.parties.get(party) else {
                        continue;
                    };
                    let key = format!("org:{}", party.id);
                    // Names alone: what colours mean stands behind them, and how often each is
                    // there nobody asks.
                    self.pen
                        .filter(&key, party.name.get(lang), 0, "none", Some(0));
                }
            }
        }
        self.pen.layer_keys(&self.layers);
        let colored = widget.columns.is_some()
            || shown
                .iter()
                .filter_map(|&ix| widget.data.tables.get(ix))
                .any(|table| !table.color.en.is_empty());
        if let Some([low, high]) = widget.ramp.filter(|_| colored) {
            // From the least to the greatest, in five steps.
            let name = shown
                .iter()
                .filter_map(|&ix| widget.data.tables.get(ix))
                .map(|table| table.color.get(lang))
                .next()
                .unwrap_or_default();
            for step in 0..5 {
                let part = f64::from(step) / 4.0;
                let mut label = if step == 0 {
                    String::from(name)
                } else {
                    String::new()
                };
                append(
                    &mut label,
                    " ",
                    text::number(low + (high - low) * part, lang, 2),
                );
                self.pen.filter(
                    "",
                    &label,
                    ramp(&self.pen.palette, part as f32),
                    "swatch",
                    None,
                );
            }
        }
        let words = [
            ("조직이 아닌 항목|Not an organisation", ""),
            ("나머지|Remainder", "ring"),
            ("구성 미상|Split unknown", "hatch"),
            (
                "≈ 대략의 값 (경계가 흐림)|≈ approximate (soft edge)",
                "soft",
            ),
            ("† 출처가 엇갈림 (점선)|† disputed (dashed)", "dashed"),
            (
                "작은 항목을 모은 칸 (누르면 열림)|Small parts together (opens)",
                "soft",
            ),
        ];
        for (at, ((words, form), seen)) in words.iter().zip(&self.seen).enumerate() {
            if *seen {
                match (at, colored) {
                    (PLAIN, true) => self.pen.key(
                        "색 값 없음|No value for colour",
                        self.pen.palette.layer(Layer::Context),
                        "swatch",
                    ),
                    (PLAIN, false) => {
                        self.pen
                            .layer_key("", say(lang, words), Layer::Context, None)
                    }
                    _ => self.pen.key(words, secondary, form),
                }
            }
        }
    }
}

/// What of a rectangle is inside another.
fn clip(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [
        a[0].max(b[0]),
        a[1].max(b[1]),
        a[2].min(b[2]),
        a[3].min(b[3]),
    ]
}
