//! How tables are drawn, one after the other: headings, groups with their headers, and what stands
//! together. Not here: one tile, and where tiles go.

use super::captions::{subline, whole_note};
use super::draw_context::{DrawContext, MAX_LABELS};
use super::parts::{Part, others_label};
use super::tiles::{GAP_CSS, HEADING_HEIGHT_CSS, clip, zoomed};
use super::view_state::WHOLE;
use crate::abi::{NO_DATUM, mark_style, pattern, shape};
use crate::data::market_share::Table as ShareTable;
use crate::layout::treemap::{Frame, TreemapLayout};
use crate::text::{self, fill};
use crate::widget::figure_builder::{Font, plain};
use crate::widget::{fit, fit_lines, nearness};

/// Tiles from which on they are picked by the tree instead of one by one.
const TREE_PICK_THRESHOLD: usize = 400;
/// Tiles from which on a reader can come nearer.
const ZOOM_THRESHOLD: usize = 30;
/// Height of title and subline of a table.
const HEADING_WORDS_CSS: f32 = 36.0;
/// Names in the place of tiles where no part has an area.
const MAX_NAMES: usize = 8;
/// The least header of a group that has words.
const MIN_HEADER_CSS: f64 = 16.0;

impl DrawContext<'_> {
    /// A table in its cell: what stands below a node of it, without the `skip` largest. `tables`
    /// says how many there are in the picture.
    pub(super) fn table(&mut self, ix: usize, node: u32, skip: u32, cell: [f32; 4], tables: usize) {
        let Some(table) = self.widget.data.tables.get(ix) else {
            return;
        };
        let lang = self.pen.view.lang;
        let [left, top, right, bottom] = cell;
        self.pen.picture.groups.push(fill(
            lang,
            "{0}. {1}|{0}. {1}",
            &[table.title.get(lang), &whole_note(table, lang)],
        ));
        let (mut home, mut tiles_top) = (None, top);
        // Name and measure of a table alone stand over the picture.
        if tables > 1 {
            let rect = [left, top, right, top + HEADING_WORDS_CSS];
            home = Some(self.table_stop(ix, rect));
            tiles_top += HEADING_HEIGHT_CSS;
            self.heading(table, self.widget.table_node(ix), rect);
        }
        self.inside = node;
        let from = self.pen.picture.scene.outline.len();
        let area = [left, tiles_top, right, bottom];
        if !self.widget.has_area(ix) {
            self.no_area(ix, node, area);
        } else if self.series(ix, area) {
            self.link_family(from, home);
        } else {
            self.tree(table, node, skip, area, home);
        }
    }

    /// What stands in the place of tiles where no part has an area: which parts these are.
    fn no_area(&mut self, ix: usize, node: u32, area: [f32; 4]) {
        let (view, palette) = (self.pen.view, self.pen.palette);
        let (widget, lang) = (self.widget, view.lang);
        let parts = widget.tree.children(node);
        let mut names = Vec::new();
        for part in parts
            .iter()
            .take(MAX_NAMES)
            .filter_map(|&child| widget.part(child))
        {
            names.push(widget.label(&part, lang));
        }
        if parts.len() > names.len() {
            names.push(others_label(parts.len() - names.len(), lang));
        }
        let words = if widget.is_certain(ix) {
            "값이 모두 0: {0}|All values are 0: {0}"
        } else {
            "0보다 큰 값이 없음: {0}|No value above 0: {0}"
        };
        let words = fill(lang, words, &[&text::list(&names, lang)]);
        let style = mark_style(shape::RECT, pattern::SOLID, 1.0, 2.0, true);
        self.pen
            .mark(area, palette.ground, palette.hairline, style, NO_DATUM);
        let [left, top, right, bottom] = area;
        let (width, line) = (right - left - 24.0, 18.0);
        let most = ((bottom - top - 16.0) / line).clamp(1.0, 4.0);
        let words = fit_lines(&view.metrics, &words, 14.0, false, width, most as usize);
        let lines = view.metrics.lines(&words, 14.0, false, width);
        let lines = lines.map_or(1, |lines| lines.len().max(1));
        let top = (top + bottom - lines as f32 * line) / 2.0;
        let font = Font {
            lines: lines as u32,
            ..Font::new(14.0, false)
        };
        let rect = [left + 12.0, top, right - 12.0, top + lines as f32 * line];
        self.pen
            .label(rect, &words, &font, palette.secondary, NO_DATUM);
    }

    /// Title and subline of a table, which lead to the table alone.
    fn heading(&mut self, table: &ShareTable, datum: u32, rect: [f32; 4]) {
        let (view, palette) = (self.pen.view, self.pen.palette);
        let [left, top, right, bottom] = rect;
        let width = right - left;
        self.pen.mark(rect, palette.ground, 0, plain(), datum);
        self.pen.label(
            [left, top, right, top + 19.0],
            &fit(&view.metrics, table.title.get(view.lang), 14.0, true, width),
            &Font::new(14.0, true),
            palette.ink,
            datum,
        );
        let subline = subline(table, view.lang);
        self.pen.label(
            [left, top + 19.0, right, bottom],
            &fit(&view.metrics, &subline, 12.0, false, width),
            &Font::new(12.0, false),
            palette.secondary,
            datum,
        );
    }

    /// A table of a series: every part has the place that it has in all periods. False for any
    /// other table.
    fn series(&mut self, ix: usize, area: [f32; 4]) -> bool {
        let Some(tiles) = self.widget.series_tiles(ix, area) else {
            return false;
        };
        for tile in &tiles {
            self.pen
                .picture
                .scene
                .transition_pairs
                .push((tile.part.datum, tile.first));
            self.tile(&tile.part, tile.rect, area);
        }
        true
    }

    /// Parts and their parts, as deep as there is room. `home` is the node of the accessible tree
    /// that stands for the table; `None` for a table alone.
    fn tree(
        &mut self,
        table: &ShareTable,
        node: u32,
        skip: u32,
        area: [f32; 4],
        home: Option<usize>,
    ) {
        let alone = home.is_none();
        let window = if alone {
            self.pen.view.state.market_share.zoom
        } else {
            WHOLE
        };
        let (rect, limits) = zoomed(area, window);
        let layout = self.widget.tree.lay(node, skip, rect, &limits);
        let gathered = self.frames(table, &layout, area, home);
        self.group_outlines(&layout, area);
        if alone {
            self.pen.picture.zooms |= layout.tiles.len() > ZOOM_THRESHOLD || gathered;
            if window[0] > 1.0 {
                self.pen.picture.moved = true;
                nearness(&mut self.pen.picture.status, window[0], self.pen.view.lang);
            }
        }
        if layout.tiles.len() > TREE_PICK_THRESHOLD {
            self.widget.last_picture.borrow_mut().layout = Some(layout);
        }
    }

    /// The tiles of all frames, each frame with what stands together in it. Whether anything does.
    fn frames(
        &mut self,
        table: &ShareTable,
        layout: &TreemapLayout,
        area: [f32; 4],
        home: Option<usize>,
    ) -> bool {
        let widget = self.widget;
        let tree = &widget.tree;
        // Of each frame the node of the accessible tree that stands for it.
        let mut homes = vec![home];
        let mut gathered = false;
        for (at, frame) in layout.frames.iter().enumerate() {
            let home = homes.get(at).copied().flatten();
            let before = self.pen.picture.scene.outline.len();
            layout.each(frame, &mut |rank, tile| {
                let (Some(&child), Some(&rect)) = (
                    tree.children(frame.node).get(rank as usize),
                    layout.tiles.get(tile),
                ) else {
                    return;
                };
                let inner = (child >= tree.leaves())
                    .then(|| layout.frame_in(tile as u32))
                    .flatten();
                let Some(inner) = inner else {
                    self.inside = frame.node;
                    self.leaf(table, child, rect, area);
                    return;
                };
                let Some(inner_frame) = layout.frames.get(inner) else {
                    return;
                };
                homes.resize(homes.len().max(inner + 1), None);
                if let Some(home) = homes.get_mut(inner) {
                    *home = self.group(child, inner_frame, rect, area);
                }
            });
            if (frame.end as usize) < tree.children(frame.node).len() {
                gathered = true;
                widget
                    .last_picture
                    .borrow_mut()
                    .others
                    .push((frame.node, frame.end));
                self.inside = frame.node;
                if let Some(part) = widget.part(widget.others_datum(frame.node)) {
                    self.tile(&part, frame.rest.map(|v| v as f32), area);
                }
            }
            self.link_family(before, home);
        }
        gathered
    }

    /// Groups stand a little further apart than their tiles.
    fn group_outlines(&mut self, layout: &TreemapLayout, area: [f32; 4]) {
        let ground = self.pen.palette.ground;
        for frame in layout.frames.get(1..).unwrap_or_default() {
            let Some(&rect) = layout.tiles.get(frame.tile as usize) else {
                continue;
            };
            let [x0, y0, x1, y1] = clip(rect, area);
            if x1 - x0 > 20.0 && y1 - y0 > 20.0 {
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

    /// A node that shows its children: its header, if it has one. Returns its place in the
    /// accessible tree.
    fn group(&mut self, node: u32, frame: &Frame, rect: [f32; 4], area: [f32; 4]) -> Option<usize> {
        let part = self.widget.part(node)?;
        let clipped = clip(rect, area);
        // The ground of the whole group: a gap between its tiles leads to it.
        let ground = self.pen.palette.ground;
        self.pen.mark(clipped, ground, 0, plain(), node);
        if frame.header >= MIN_HEADER_CSS {
            self.group_header(&part, frame, rect, area);
        }
        self.stop(&part, clipped);
        let outline = &self.pen.picture.scene.outline;
        outline
            .last()
            .filter(|last| last.datum == node)
            .map(|_| outline.len() - 1)
    }

    /// Name and size of a group.
    fn group_header(&mut self, part: &Part<'_>, frame: &Frame, rect: [f32; 4], area: [f32; 4]) {
        let (view, palette) = (self.pen.view, self.pen.palette);
        let name = self.widget.label(part, view.lang);
        let size = part.size_words(view.lang);
        let tiles_top = frame.rect[1] as f32;
        let header = [rect[0] + 2.0, tiles_top - 19.0, rect[2] - 2.0, tiles_top];
        let [left, top, right, _] = clip(header, area);
        let (width, bottom) = (right - left, top + 17.0);
        if self.pen.picture.scene.labels.len() >= MAX_LABELS || bottom > area[3] || width <= 8.0 {
            return;
        }
        let mut fitted = fit(&view.metrics, &name, 12.0, true, width);
        let size_width = view.metrics.width(&size, 12.0, false);
        if fitted.ends_with('…') && fitted != name {
            // Of a name that cannot be broken so much that its size has room.
            let beside = fit(&view.metrics, &name, 12.0, true, width - 8.0 - size_width);
            if !beside.is_empty() {
                fitted = beside;
            }
        }
        self.pen.label(
            [left, top, right, bottom],
            &fitted,
            &Font::new(12.0, true),
            palette.ink,
            part.datum,
        );
        // A name that is cut has the size beside it all the same, where there is room for both.
        let room = width - 8.0 - size_width;
        let both = view.metrics.width(&fitted, 12.0, true) <= room;
        if both && (fitted == name || fitted.ends_with('…')) {
            self.pen.label(
                [right - size_width - 1.0, top, right, bottom],
                &size,
                &Font::new(12.0, false),
                palette.secondary,
                part.datum,
            );
        }
    }

    /// A tile that shows no children. Small ones are only a colour: there may be tens of thousands.
    fn leaf(&mut self, table: &ShareTable, datum: u32, rect: [f32; 4], area: [f32; 4]) {
        let [x0, y0, x1, y1] = clip(rect, area);
        let (width, height) = (x1 - x0, y1 - y0);
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let may_be_plain = self.widget.columns.is_some() && self.selected != datum;
        if may_be_plain
            && (width < 24.0 || height < 16.0)
            && (self.pen.picture.scene.outline.len() >= self.max_nodes() || width * height < 36.0)
        {
            let gap = if width < 4.0 || height < 4.0 {
                0.25
            } else {
                GAP_CSS / 2.0
            };
            let color = self.color(datum, None, table).small;
            let rect = [x0 + gap, y0 + gap, x1 - gap, y1 - gap];
            self.pen.mark(rect, color, 0, plain(), datum);
            return;
        }
        if let Some(part) = self.widget.part(datum) {
            self.tile(&part, rect, area);
        }
    }
}
