//! What all widgets draw with: shapes, words and entries of the legend go into a [`Figure`] here,
//! so that each widget says only what and where. Not here: colours (`palette`), and how words are
//! shortened (`fit`).

use super::palette::Palette;
use super::{Citation, Figure, LegendItem, View};
use crate::abi::{Mark, NO_DATUM, mark_style, pattern, shape};
use crate::data::{Layer, Source};
use crate::scene::{Align, Label};
use crate::text::{self, append, say};

/// A picture in the making.
pub(super) struct FigureBuilder<'a> {
    pub(super) view: &'a View,
    pub(super) palette: Palette,
    pub(super) picture: Figure,
}

/// How words are set: everything of a label that does not change from one to the next.
#[derive(Clone, Copy)]
pub(super) struct Font {
    pub(super) size_css: f32,
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) align: Align,
    pub(super) lines: u32,
}

impl Font {
    /// One line from the left.
    pub(super) const fn new(size_css: f32, bold: bool) -> Self {
        Self {
            size_css,
            bold,
            italic: false,
            align: Align::Start,
            lines: 1,
        }
    }
}

/// The style of a plain rectangle.
pub(super) fn plain() -> u32 {
    mark_style(shape::RECT, pattern::SOLID, 0.0, 0.0, false)
}

impl<'a> FigureBuilder<'a> {
    /// An empty picture as wide as the view.
    pub(super) fn new(view: &'a View, title: &str) -> Self {
        let palette = view.palette();
        let mut picture = Figure {
            title: title.to_string(),
            ..Figure::default()
        };
        picture.scene.ground = palette.ground;
        picture.scene.size_css = [view.width_css.max(0.0), 0.0];
        Self {
            view,
            palette,
            picture,
        }
    }

    /// The documents, all of them or those that are cited, and the credits that they ask for.
    pub(super) fn documents(&mut self, sources: &[Source], cited: Option<&[usize]>) {
        let lang = self.view.lang;
        let mut credited: Vec<&Source> = Vec::new();
        for (ix, source) in sources.iter().enumerate() {
            if cited.is_some_and(|cited| !cited.contains(&ix)) {
                continue;
            }
            // One publisher asks for one credit, however many of its documents are cited.
            if credited.iter().all(|before| before.credit != source.credit) {
                append(&mut self.picture.credit, " ", source.credit.get(lang));
            }
            credited.push(source);
            let mut text = String::from(source.publisher.get(lang));
            append(&mut text, ", ", source.title.get(lang));
            append(&mut text, ", ", text::period(&source.date, lang));
            self.picture.sources.push(Citation {
                text,
                url: source.url.clone(),
            });
        }
    }

    /// A shape.
    pub(super) fn mark(
        &mut self,
        rect_css: [f32; 4],
        fill: u32,
        stroke: u32,
        style: u32,
        datum: u32,
    ) {
        self.picture.scene.marks.push(Mark {
            rect_css,
            fill,
            stroke,
            style,
            datum,
        });
    }

    /// A plain rectangle that belongs to no row.
    pub(super) fn rect(&mut self, rect_css: [f32; 4], fill: u32) {
        self.mark(rect_css, fill, 0, plain(), NO_DATUM);
    }

    /// Words in a box; none where there are none.
    pub(super) fn label(
        &mut self,
        rect_css: [f32; 4],
        words: &str,
        font: &Font,
        ink: u32,
        datum: u32,
    ) {
        if !words.is_empty() {
            let Font {
                size_css,
                bold,
                italic,
                align,
                lines,
            } = *font;
            self.picture.scene.labels.push(Label {
                rect_css,
                text: words.to_string(),
                size_css,
                bold,
                italic,
                align,
                color: ink,
                lines,
                datum,
            });
        }
    }

    /// An entry of the legend that is a filter.
    pub(super) fn filter(
        &mut self,
        key: &str,
        label: &str,
        color: u32,
        form: &str,
        count: Option<usize>,
    ) {
        self.picture.legend.push(LegendItem {
            key: key.to_string(),
            label: label.to_string(),
            color,
            form: form.to_string(),
            count,
        });
    }

    /// An entry of the legend that only explains, in the words of both languages.
    pub(super) fn key(&mut self, words: &str, color: u32, form: &str) {
        self.filter("", say(self.view.lang, words), color, form, None);
    }

    /// An entry with the colour and the grain of a layer.
    pub(super) fn layer_key(&mut self, key: &str, label: &str, layer: Layer, count: Option<usize>) {
        let form = format!("grain:{}", self.palette.grain(layer) >> 25);
        self.filter(key, label, self.palette.layer(layer), &form, count);
    }

    /// The colours of layers, in order.
    pub(super) fn layer_keys(&mut self, seen: &[bool; Layer::ALL.len()]) {
        for (layer, seen) in Layer::ALL.iter().zip(seen) {
            if *seen {
                self.layer_key("", text::layer(*layer, self.view.lang), *layer, None);
            }
        }
    }

    /// A note below the picture.
    pub(super) fn note(&mut self, words: &str) {
        self.picture.notes.push(words.to_string());
    }
}
