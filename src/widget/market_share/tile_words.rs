//! Words on a tile: name, size and share, as large as there is room. Not here: whether a tile is
//! large enough for words at all.

use super::draw_context::DrawContext;
use super::parts::{Part, PartKind, SPLIT_UNKNOWN, UNREAD};
use crate::abi::grain;
use crate::text::{Metrics, say};
use crate::widget::figure_builder::{Font, plain};

/// Space between the edge of a tile and its words; small tiles have only the rim of the texture.
const PADDING_CSS: f32 = 8.0;
const MIN_WIDTH_WITH_PADDING_CSS: f32 = 64.0;
/// Size and line of small words.
const SMALL_CSS: f32 = 12.0;
const SMALL_LINE_CSS: f32 = 16.0;

/// Sizes and heights of lines, CSS px.
struct Setting {
    name: f32,
    name_line: f32,
    size: f32,
    size_line: f32,
    /// Between name and size.
    gap: f32,
    /// Needs room for the size too, and this width.
    min_width: Option<f32>,
}

/// Name and size large, else small.
const SETTINGS: [Setting; 2] = [
    Setting {
        name: 14.0,
        name_line: 18.0,
        size: 28.0,
        size_line: 35.0,
        gap: 1.0,
        min_width: Some(90.0),
    },
    Setting {
        name: SMALL_CSS,
        name_line: SMALL_LINE_CSS,
        size: SMALL_CSS,
        size_line: SMALL_LINE_CSS,
        gap: 0.0,
        min_width: None,
    },
];

/// What is written on a tile, and where.
struct TileWords<'a> {
    datum: u32,
    name: &'a str,
    /// Empty for none.
    size: &'a str,
    share: &'a str,
    /// A shorter name; empty for none. A part that has one is hatched.
    short: &'a str,
    italic: bool,
    ink: u32,
    /// The tile without its padding.
    rect: [f32; 4],
    width: f32,
    height: f32,
}

impl DrawContext<'_> {
    /// Name, size and share in the tile, by rule: name and size large, all small, name and size
    /// small, the name alone, nothing.
    pub(super) fn tile_words(&mut self, part: &Part<'_>, inner: [f32; 4], ink: u32) {
        let lang = self.pen.view.lang;
        let padding = if inner[2] - inner[0] < MIN_WIDTH_WITH_PADDING_CSS {
            grain::RIM_CSS as f32
        } else {
            PADDING_CSS
        };
        let unknown = part.is_unknown();
        let (name, size) = (self.widget.label(part, lang), part.size_words(lang));
        let share = part
            .whole()
            .filter(|_| !unknown)
            .map_or(String::new(), |whole| part.percent_of(whole, lang));
        let italic = part
            .item()
            .map_or(matches!(part.kind, PartKind::Remainder), |item| {
                item.status.derived
            });
        let words = TileWords {
            datum: part.datum,
            name: &name,
            size: if unknown { "" } else { &size },
            share: &share,
            short: match part.kind {
                PartKind::Unknown(true) => say(lang, UNREAD),
                _ if unknown => say(lang, SPLIT_UNKNOWN),
                _ => "",
            },
            italic,
            ink,
            rect: [
                inner[0] + padding,
                inner[1] + padding,
                inner[2] - padding,
                inner[3] - padding,
            ],
            width: inner[2] - inner[0] - 2.0 * padding,
            height: inner[3] - inner[1] - 2.0 * padding,
        };
        let set = SETTINGS
            .iter()
            .any(|setting| self.set_words(&words, setting));
        if !set {
            self.short_name(&words);
        }
    }

    /// Writes the words in a setting, if there is room.
    fn set_words(&mut self, words: &TileWords<'_>, setting: &Setting) -> bool {
        let metrics = &self.pen.view.metrics;
        let [left, top, right, bottom] = words.rect;
        let width = words.width;
        let Some(lines) = metrics
            .lines(words.name, setting.name, true, width)
            .map(|l| l.len() as u32)
        else {
            return false;
        };
        let name_height = lines as f32 * setting.name_line;
        let with_size = words.height >= name_height + setting.gap + setting.size_line
            && fits(metrics, words.size, setting.size, false, width);
        let wide_enough = setting
            .min_width
            .is_none_or(|min_width| with_size && width >= min_width);
        if !wide_enough || words.height < name_height {
            return false;
        }
        if !words.short.is_empty() {
            let name_width = if lines == 1 {
                metrics.width(words.name, setting.name, true)
            } else {
                width
            };
            self.ground(words, name_width, top + name_height + 1.0);
        }
        let name_font = Font {
            italic: words.italic,
            lines,
            ..Font::new(setting.name, true)
        };
        let rect = [left, top, right, top + name_height];
        self.pen
            .label(rect, words.name, &name_font, words.ink, words.datum);
        if !with_size {
            return true;
        }
        let font = |size| Font {
            italic: words.italic,
            ..Font::new(size, false)
        };
        let top = top + name_height + setting.gap;
        let rect = [left, top, right, top + setting.size_line];
        self.pen.label(
            rect,
            words.size,
            &font(setting.size),
            words.ink,
            words.datum,
        );
        let top = top + setting.size_line;
        if top + SMALL_LINE_CSS <= bottom && fits(metrics, words.share, SMALL_CSS, false, width) {
            let rect = [left, top, right, top + SMALL_LINE_CSS];
            self.pen
                .label(rect, words.share, &font(SMALL_CSS), words.ink, words.datum);
        }
        true
    }

    /// What is unknown has a short name; a size without its name would say nothing.
    fn short_name(&mut self, words: &TileWords<'_>) {
        let metrics = &self.pen.view.metrics;
        if words.height < SMALL_LINE_CSS
            || !fits(metrics, words.short, SMALL_CSS, true, words.width)
        {
            return;
        }
        let width = metrics.width(words.short, SMALL_CSS, true);
        let [left, top, right, _] = words.rect;
        self.ground(words, width, top + 17.0);
        self.pen.label(
            [left, top, right, top + SMALL_LINE_CSS],
            words.short,
            &Font::new(SMALL_CSS, true),
            words.ink,
            words.datum,
        );
    }

    /// Ground behind words on a hatch, down to a height.
    fn ground(&mut self, words: &TileWords<'_>, width: f32, bottom: f32) {
        let [left, top, ..] = words.rect;
        self.pen.mark(
            [left - 3.0, top - 2.0, left + width + 3.0, bottom],
            self.pen.palette.ground,
            0,
            plain(),
            words.datum,
        );
    }
}

/// Whether there are words, and they fit one line of a width.
fn fits(metrics: &Metrics, words: &str, size: f32, bold: bool, width: f32) -> bool {
    !words.is_empty() && metrics.fits(words, size, bold, width)
}
