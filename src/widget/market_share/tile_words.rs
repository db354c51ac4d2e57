//! Words on a tile: name, size and share, as large as there is room; where a name has none, its
//! beginning, else the size alone. Not here: whether a tile is large enough for words at all.

use std::borrow::Cow;

use super::draw_context::DrawContext;
use super::parts::{Part, PartKind, SPLIT_UNKNOWN, UNREAD};
use crate::abi::grain;
use crate::text::{Metrics, say};
use crate::widget::figure_builder::{Font, plain};
use crate::widget::fit::broken;

/// Space between the edge of a tile and its words; small tiles have only the rim of the texture.
const PADDING_CSS: f32 = 8.0;
const MIN_WIDTH_WITH_PADDING_CSS: f32 = 64.0;
/// Size and line of small words.
const SMALL_CSS: f32 = 12.0;
const SMALL_LINE_CSS: f32 = 16.0;
/// Lines of a name with words that are too long for a line.
const MAX_BROKEN_LINES: f32 = 4.0;
/// Letters that a line holds at least where a word goes on in the next, in em: shorter pieces are
/// no words.
const MIN_PIECE_EM: f32 = 7.0;
/// Between a name and a size in one line.
const BESIDE_CSS: f32 = 6.0;

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
    /// small, the name alone, the size alone, nothing.
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
        if !set && !unknown {
            self.size_alone(&words);
        } else if !set {
            self.short_name(&words);
        }
    }

    /// Writes the words in a setting, if there is room.
    fn set_words(&mut self, words: &TileWords<'_>, setting: &Setting) -> bool {
        let metrics = &self.pen.view.metrics;
        let [left, top, right, bottom] = words.rect;
        let width = words.width;
        let Some((name, lines, whole)) = words.name_in(metrics, setting) else {
            return false;
        };
        let name_height = lines as f32 * setting.name_line;
        let with_size = words.height >= name_height + setting.gap + setting.size_line
            && fits(metrics, words.size, setting.size, false, width);
        let wide_enough = setting
            .min_width
            .is_none_or(|min_width| with_size && width >= min_width);
        // A name with words that are too long does without no size.
        let with_enough = whole || with_size || words.size.is_empty();
        if !wide_enough || !with_enough || words.height < name_height {
            return false;
        }
        if !words.short.is_empty() {
            let name_width = if lines == 1 {
                metrics.width(&name, setting.name, true)
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
            .label(rect, &name, &name_font, words.ink, words.datum);
        let font = |size| Font {
            italic: words.italic,
            ..Font::new(size, false)
        };
        if !with_size {
            self.size_beside(words, &name, lines, setting);
            return true;
        }
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

    /// The size behind a name of one line, where there is room for no second.
    fn size_beside(&mut self, words: &TileWords<'_>, name: &str, lines: u32, setting: &Setting) {
        let metrics = &self.pen.view.metrics;
        let [left, top, right, _] = words.rect;
        let from = left + metrics.width(name, setting.name, true) + BESIDE_CSS;
        if lines == 1 && fits(metrics, words.size, setting.size, false, right - from) {
            let font = Font {
                italic: words.italic,
                ..Font::new(setting.size, false)
            };
            let rect = [from, top, right, top + setting.size_line];
            self.pen
                .label(rect, words.size, &font, words.ink, words.datum);
        }
    }

    /// The size, where the name has no room: tooltip, table and list have the name.
    fn size_alone(&mut self, words: &TileWords<'_>) {
        let [left, top, right, _] = words.rect;
        let has_room = words.height >= SMALL_LINE_CSS
            && fits(
                &self.pen.view.metrics,
                words.size,
                SMALL_CSS,
                false,
                words.width,
            );
        if has_room {
            let font = Font {
                italic: words.italic,
                ..Font::new(SMALL_CSS, false)
            };
            let rect = [left, top, right, top + SMALL_LINE_CSS];
            self.pen
                .label(rect, words.size, &font, words.ink, words.datum);
        }
    }

    /// What is unknown has a short name, and no size.
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

impl TileWords<'_> {
    /// The name as a setting has it, its lines, and whether it is broken at spaces only; where a
    /// word alone is too long for the tile, anywhere, and cut where that leaves no room for the
    /// size.
    fn name_in(&self, metrics: &Metrics, setting: &Setting) -> Option<(Cow<'_, str>, u32, bool)> {
        if let Some(lines) = metrics.lines(self.name, setting.name, true, self.width) {
            return Some((self.name.into(), lines.len() as u32, true));
        }
        let left = self.height - setting.gap - setting.size_line;
        let mut most = (left / setting.name_line).floor().min(MAX_BROKEN_LINES);
        if self.width < MIN_PIECE_EM * setting.name {
            most = most.min(1.0);
        }
        if most < 1.0 {
            return None;
        }
        let name = broken(
            metrics,
            self.name,
            setting.name,
            true,
            self.width,
            most as usize,
        );
        let lines = name.split('\n').count() as u32;
        (!name.is_empty()).then_some((name.into(), lines, false))
    }
}

/// Whether there are words, and they fit one line of a width.
fn fits(metrics: &Metrics, words: &str, size: f32, bold: bool, width: f32) -> bool {
    !words.is_empty() && metrics.fits(words, size, bold, width)
}
