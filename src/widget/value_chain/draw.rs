//! Layers, blocks and organisations as marks and labels. Not here: relations (`ribbons`), what a
//! screen reader hears (`outline`), where anything stands (`layout`).

use super::chain::Chain;
use super::filters;
use super::headings::{block_name, layer_name, layer_note};
use super::labels::{layer_key, short};
use super::layout::{CHIP_PAD, Layout, MAX_LINES, NAME};
use super::outline::Outline;
use super::ribbons;
use super::trace::Trace;
use crate::abi::{Mark, NO_DATUM, mark_style, pattern, shape};
use crate::data;
use crate::data::value_chain::Entity;
use crate::layout::layered::column_layout::{Block, Chip, Layer};
use crate::widget::figure_builder::{FigureBuilder, Font, plain};
use crate::widget::palette::fade;
use crate::widget::{fit, fit_lines};

/// Text size of notes and of the headings of blocks, CSS px.
const SMALL: f32 = 11.0;
/// Sizes of a layer's heading, CSS px, with the lines that it may take at each, the largest first.
const WIDE_TITLES: [(f32, usize); 3] = [(14.0, 2), (12.0, 2), (11.0, 3)];
const BAND_TITLES: [(f32, usize); 3] = [(14.0, 1), (12.0, 1), (11.0, 1)];

/// A picture in the making, and what all of it is drawn by.
pub(super) struct Draw<'a> {
    pub(super) chain: &'a Chain,
    pub(super) builder: FigureBuilder<'a>,
    pub(super) trace: Trace,
    pub(super) layout: Layout,
}

impl Draw<'_> {
    /// Everything in its order: headings below relations, organisations above them.
    pub(super) fn all(&mut self, layers: &[Layer]) {
        let mut grounds = Vec::new();
        for layer in layers {
            grounds.extend(self.heading(layer));
        }
        let scene = &mut self.builder.picture.scene;
        scene.under = scene.marks.len();
        ribbons::draw(self.chain, &mut self.builder, &self.trace, &self.layout);
        self.builder.picture.scene.marks.append(&mut grounds);
        self.chips(layers);
    }

    /// The heading of a layer and those of its blocks. Returns the ground behind a heading that
    /// gutters run past, to lie over the ribbons.
    fn heading(&mut self, layer: &Layer) -> Option<Mark> {
        let (builder, data, wide) = (&mut self.builder, &self.chain.data, self.layout.wide);
        if self.chain.steps.is_some() {
            // What follows from the relations has no name and no colour.
            for block in &layer.blocks {
                block_heading(builder, block, block_name(data, block, builder.view.lang));
            }
            builder.picture.groups.push(String::new());
            return None;
        }
        let (view, palette) = (builder.view, builder.palette);
        let [left, top, right, _] = layer.rect;
        let colour = data
            .layers
            .get(layer.item)
            .map_or(data::Layer::Context, |l| l.layer);
        builder.mark(
            [left, top, right, top + 3.0],
            palette.layer(colour),
            0,
            plain() | palette.grain(colour),
            NO_DATUM,
        );
        // As large as it can stand there; what does not fit even small loses its last words.
        let name = layer_name(data, layer.item, view);
        let (size, lines) = title_size(builder, &name, right - left, wide);
        let title = fit_lines(&view.metrics, &name, size, true, right - left, lines);
        let mut end = top + 6.0 + if wide { 42.0 } else { 18.0 };
        let set = view
            .metrics
            .lines(&title, size, true, right - left)
            .map_or(1, |l| l.len().max(1));
        let rows = if wide && set == 1 { 2 } else { 1 };
        let note = whole_note(
            builder,
            layer_note(data, layer.item, view),
            right - left - 2.0,
            rows,
        );
        let mut font = Font::new(SMALL, false);
        let mut ground = None;
        if wide {
            // Directly below the heading.
            end = (top + 7.0 + set as f32 * size * 1.3).min(end);
            font.lines = rows as u32;
        } else {
            let words = view
                .metrics
                .width(&title, size, true)
                .max(view.metrics.width(&note, SMALL, false));
            ground = Some(Mark {
                rect_css: [left, top + 3.0, (left + words + 4.0).min(right), top + 40.0],
                fill: palette.ground,
                stroke: 0,
                style: plain(),
                datum: NO_DATUM,
            });
        }
        let rect_css = [left, end, right, end + 15.0 * font.lines as f32];
        builder.label(rect_css, &note, &font, palette.secondary, NO_DATUM);
        let mut font = Font::new(size, true);
        font.lines = lines as u32;
        let rect_css = [left, top + 6.0, right, end];
        builder.label(rect_css, &title, &font, palette.ink, NO_DATUM);
        for block in &layer.blocks {
            block_heading(builder, block, block_name(data, block, view.lang));
        }
        builder.picture.groups.push(title.to_string());
        ground
    }

    /// The organisations, and their nodes of the outline.
    fn chips(&mut self, layers: &[Layer]) {
        let data = &self.chain.data;
        let mut at = 0;
        for (group, layer) in layers.iter().enumerate() {
            let off = data
                .layers
                .get(layer.item)
                .is_some_and(|info| self.builder.view.hides(&layer_key(info.layer)));
            let mut outline = Outline::new(data, self.builder.view, group as u32);
            for chip in layer.blocks.iter().flat_map(|b| &b.chips) {
                let Some(entity) = data.entities.get(chip.item) else {
                    continue;
                };
                let home = self.layout.homes.get(chip.item) == Some(&at);
                at += 1;
                self.chip(chip, entity, home, off);
                if home && filters::is_listed(data, chip.item, self.builder.view) {
                    let nodes = &mut self.builder.picture.scene.outline;
                    outline.add(nodes, chip.item, entity, chip.rect);
                }
            }
        }
    }

    /// An organisation: box, bar, name. `home`: its relations are tied here; `off`: its layer is
    /// switched off.
    fn chip(&mut self, chip: &Chip, entity: &Entity, home: bool, off: bool) {
        let builder = &mut self.builder;
        let (view, palette) = (builder.view, builder.palette);
        let datum = chip.item as u32;
        let selected = view.is_selected(Some(&entity.id), datum);
        let off = off || !filters::is_chosen(&self.chain.data, chip.item, view);
        let (strength, ink) = strengths(off, &self.trace, chip.item);
        let (stroke, stroke_css, inset) = if selected {
            (palette.ink, 2.0, 2.0)
        } else {
            (palette.hairline, 1.0, 1.0)
        };
        let [left, top, right, bottom] = chip.rect;
        let style = mark_style(shape::RECT, pattern::SOLID, stroke_css, 2.0, false);
        // Where its relations are tied it is a card; elsewhere only its name.
        let (fill, color) = if home || selected {
            (palette.card, palette.ink)
        } else {
            (palette.ground, palette.secondary)
        };
        let (fill, stroke) = (fade(fill, strength), fade(stroke, strength));
        builder.mark(chip.rect, fill, stroke, style, datum);
        if self.chain.steps.is_none() {
            let bar = [
                left + inset,
                top + inset,
                left + inset + 4.0,
                bottom - inset,
            ];
            let fill = fade(palette.layer(entity.main), strength);
            let style = plain() | palette.grain(entity.main);
            builder.mark(bar, fill, 0, style, datum);
        }
        let name = entity.name.get(view.lang);
        let width = right - left - CHIP_PAD + 4.0;
        let words = if view.metrics.fits(name, NAME, false, width - 4.0) {
            name
        } else {
            short(name)
        };
        let lines = chip.lines.clamp(1, MAX_LINES as u32);
        let words = fit_lines(&view.metrics, words, NAME, false, width, lines as usize);
        let (middle, half) = ((top + bottom) / 2.0, lines as f32 * 7.5 + 1.0);
        let rect_css = [left + 9.0, middle - half, left + 9.0 + width, middle + half];
        let mut font = Font::new(NAME, selected);
        font.lines = lines;
        builder.label(rect_css, &words, &font, fade(color, ink), datum);
    }
}

/// How much of its colours an organisation has: box and bar, then its name.
fn strengths(off: bool, trace: &Trace, entity: usize) -> (f32, f32) {
    match (off, trace.some, trace.entities.get(entity)) {
        (true, _, _) => (0.2, 0.3),
        (_, false, _) | (_, _, Some(2..)) => (1.0, 1.0),
        (_, _, Some(1)) => (0.7, 0.75),
        _ => (0.35, 0.45),
    }
}

/// The largest size at which a layer's heading fits, and its lines there; else the smallest.
fn title_size(builder: &FigureBuilder<'_>, name: &str, width: f32, wide: bool) -> (f32, usize) {
    let sizes = if wide { WIDE_TITLES } else { BAND_TITLES };
    let fits = |size: f32, lines: usize| {
        builder
            .view
            .metrics
            .lines(name, size, true, width)
            .is_some_and(|l| l.len() <= lines)
    };
    sizes
        .into_iter()
        .find(|&(size, lines)| fits(size, lines))
        .unwrap_or(sizes[2])
}

/// A layer's note where it fits, else nothing: a sentence without its end says something else.
fn whole_note(builder: &FigureBuilder<'_>, note: String, width: f32, rows: usize) -> String {
    let fits = builder
        .view
        .metrics
        .lines(&note, SMALL, false, width)
        .is_some_and(|l| l.len() <= rows);
    if fits { note } else { String::new() }
}

/// The heading of a block.
fn block_heading(builder: &mut FigureBuilder<'_>, block: &Block, name: &str) {
    let [left, top, right, bottom] = block.rect;
    let metrics = &builder.view.metrics;
    let mut font = Font::new(SMALL, false);
    let name = if bottom - top > 30.0 {
        font.lines = 2;
        fit_lines(metrics, name, SMALL, false, right - left, 2)
    } else {
        fit(metrics, name, SMALL, false, right - left)
    };
    let color = builder.palette.secondary;
    builder.label(
        [left, top + 3.0, right, bottom],
        &name,
        &font,
        color,
        NO_DATUM,
    );
}
