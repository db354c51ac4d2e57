//! Time itself, as both orientations have it: periods behind everything, grid lines and ticks, the
//! reader's day, and the overview. Not here: events.

use super::dimensions::SMALL;
use super::draw_context::DrawContext;
use super::draw_density::BIN_CSS;
use crate::abi::{NO_DATUM, mark_style, pattern, shape};
use crate::data::{Precision, When};
use crate::layout::scale::{Level, Tick};
use crate::scene::Align;
use crate::text::{self, say};
use crate::widget::figure_builder::Font;
use crate::widget::palette::{fade, over};

/// Least distance of two ticks, where time runs down and where it runs to the right.
const MIN_TICK_GAP_VERTICAL_CSS: f32 = 26.0;
const MIN_TICK_GAP_CSS: f32 = 62.0;
const MAX_TICKS: usize = 60;

impl DrawContext<'_> {
    /// Periods behind everything.
    pub(super) fn eras(&mut self) {
        let (low, high) = self.frame.time_ends;
        let mut last = f32::MIN;
        for era in &self.widget.data.eras {
            let ends = (
                self.x(era.when.from.into()).max(low),
                self.x(f64::from(era.when.to) + 1.0).min(high),
            );
            if ends.0 >= ends.1 {
                continue;
            }
            let (color, view) = (self.pen.palette.card, self.pen.view);
            self.time_rect(ends, self.grid_ends(), color);
            let label = era.label.get(view.lang);
            let width = view.metrics.width(label, SMALL.size_css, false);
            let secondary = self.pen.palette.secondary;
            if !self.frame.vertical && ends.0 >= last + 6.0 && ends.1 - ends.0 >= width + 8.0 {
                self.pen.label(
                    [ends.0 + 4.0, 1.0, ends.0 + 5.0 + width, 16.0],
                    label,
                    &Font {
                        italic: true,
                        ..SMALL
                    },
                    secondary,
                    NO_DATUM,
                );
                last = ends.0 + width;
            }
        }
    }

    /// Grid lines, ticks and their words; below them the date that the ticks leave unsaid.
    pub(super) fn axis(&mut self) {
        let (view, palette, axis) = (self.pen.view, self.pen.palette, self.frame.axis);
        let (low, high) = self.frame.time_ends;
        let (line, min_gap) = if self.frame.vertical {
            ([axis - 1.0, low, axis, high], MIN_TICK_GAP_VERTICAL_CSS)
        } else {
            (
                [self.frame.names_width, axis, view.width_css, axis + 1.0],
                MIN_TICK_GAP_CSS,
            )
        };
        self.pen.rect(line, palette.secondary);
        let room = ((high - low) / min_gap).max(2.0) as usize;
        let ticks = self.time.ticks(room.min(MAX_TICKS));
        let mut last_end = f32::MIN;
        for tick in &ticks {
            self.grid_line(tick);
            if self.frame.vertical {
                self.tick_beside_axis(tick, &mut last_end);
            } else {
                self.tick_below_axis(tick, &mut last_end);
            }
        }
        if !self.frame.vertical {
            self.axis_date(&ticks);
        }
    }

    /// The line of a tick through the picture.
    fn grid_line(&mut self, tick: &Tick) {
        let (palette, x) = (self.pen.palette, self.x(tick.at()));
        let strength = if tick.level == Level::Year { 0.9 } else { 0.5 };
        let line = over(palette.hairline, strength, palette.ground);
        let across = self.grid_ends();
        self.time_rect(
            (x.floor(), x.floor() + 1.0),
            (across.0.round(), across.1.round()),
            line,
        );
    }

    /// The words of a tick on the left of the axis, where time runs down.
    fn tick_beside_axis(&mut self, tick: &Tick, last_end: &mut f32) {
        let (view, axis, y) = (self.pen.view, self.frame.axis, self.x(tick.at()));
        let bold = tick.level == Level::Year;
        let words = text::tick(tick, view.lang);
        let width = view.metrics.width(&words, SMALL.size_css, bold) + 2.0;
        let rect = [axis - 5.0 - width, y - 7.5, axis - 5.0, y + 7.5];
        if y - 7.5 >= *last_end && rect[0] >= -0.5 && y >= 8.0 {
            let font = Font {
                bold,
                align: Align::End,
                ..SMALL
            };
            let ink = self.pen.palette.ink;
            self.pen.label(rect, &words, &font, ink, NO_DATUM);
            *last_end = y + 7.5;
        }
    }

    /// A tick and its words below the axis, where time runs to the right.
    fn tick_below_axis(&mut self, tick: &Tick, last_end: &mut f32) {
        let (palette, axis, x) = (self.pen.palette, self.frame.axis, self.x(tick.at()));
        let bold = tick.level == Level::Year;
        let words = text::tick(tick, self.pen.view.lang);
        self.pen
            .rect([x - 0.5, axis, x + 0.5, axis + 5.0], palette.secondary);
        let (left, right) = self.centred(&words, x, bold);
        if left >= *last_end + 6.0 {
            let font = Font {
                bold,
                align: Align::Middle,
                ..SMALL
            };
            let rect = [left, axis + 7.0, right, axis + 21.0];
            self.pen.label(rect, &words, &font, palette.ink, NO_DATUM);
            *last_end = right;
        }
    }

    /// Words centred under a place of the axis, within the picture; returns where they begin and
    /// end.
    fn centred(&self, words: &str, x: f32, bold: bool) -> (f32, f32) {
        let half = self.pen.view.metrics.width(words, SMALL.size_css, bold) / 2.0 + 1.0;
        let centre = x.min(self.pen.view.width_css - half).max(half);
        (centre - half, centre + half)
    }

    /// The year, month or day in which the axis begins, where no tick says it.
    fn axis_date(&mut self, ticks: &[Tick]) {
        let view = self.pen.view;
        let finest = ticks
            .iter()
            .map(|tick| tick.level)
            .min()
            .unwrap_or(Level::Day);
        let precision = match finest {
            Level::Year => return,
            Level::Quarter | Level::Month => Precision::Year,
            Level::Day => Precision::Month,
            Level::Minute => Precision::Day,
        };
        if ticks.iter().any(|tick| tick.level == Level::Year) {
            return;
        }
        let day = self.frame.days.0.floor() as i32;
        let words = text::when(
            &When {
                from: day,
                to: day,
                precision,
                about: false,
                minute: None,
            },
            view.lang,
        );
        let width = view.metrics.width(&words, SMALL.size_css, true) + 2.0;
        let (left, top) = (self.frame.names_width, self.frame.axis + 21.0);
        let ink = self.pen.palette.ink;
        self.pen.label(
            [left, top, left + width, top + 14.0],
            &words,
            &Font {
                bold: true,
                ..SMALL
            },
            ink,
            NO_DATUM,
        );
    }

    /// The reader's day.
    pub(super) fn today(&mut self) {
        let (view, (from, to)) = (self.pen.view, self.frame.days);
        if !(view.today > from && view.today < to) {
            return;
        }
        let x = self.x(view.today);
        let line = fade(self.pen.palette.ink, 0.3);
        self.time_rect((x - 0.5, x + 0.5), self.grid_ends(), line);
        if self.frame.vertical {
            return;
        }
        let words = say(view.lang, "오늘|today");
        let (left, right) = self.centred(words, x, false);
        let (top, begin) = (self.frame.axis + 21.0, self.frame.names_width + 130.0);
        if left > begin {
            let font = Font {
                align: Align::Middle,
                ..SMALL
            };
            let secondary = self.pen.palette.secondary;
            let rect = [left, top, right, top + 14.0];
            self.pen.label(rect, words, &font, secondary, NO_DATUM);
        }
    }

    /// All of time, with a window where the view is: a drag on it chooses another.
    pub(super) fn overview(&mut self) {
        let palette = self.pen.palette;
        let [left, top, right, bottom] = self.frame.overview;
        let bins = (f64::from(right - left) / BIN_CSS).clamp(1.0, 4096.0) as usize;
        let counts = self.widget.overview_counts(self.prepared, bins);
        let mut max_count = 1;
        for &count in &counts {
            max_count = max_count.max(count);
        }
        self.pen
            .rect([left, bottom - 1.0, right, bottom], palette.hairline);
        let moved = self.pen.view.from_day.is_finite() || self.pen.view.to_day.is_finite();
        let axis = self.frame.overview_time();
        let window = (axis.x(self.frame.days.0) as f32).max(left)
            ..(axis.x(self.frame.days.1) as f32).min(right);
        for (bin, &count) in counts.iter().enumerate() {
            if count > 0 {
                let x = left.round() + bin as f32 * BIN_CSS as f32;
                let part = (count as f32 / max_count as f32).sqrt();
                let height = ((bottom - top - 6.0) * part).round();
                let strength = if !moved || window.contains(&(x + 1.0)) {
                    0.75
                } else {
                    0.35
                };
                let floor = bottom.round() - 1.0;
                self.pen.rect(
                    [x, floor - height.max(2.0), x + BIN_CSS as f32, floor],
                    over(palette.secondary, strength, palette.ground),
                );
            }
        }
        if moved {
            self.overview_window(window.start, window.end);
        }
    }

    /// The window of the overview, with a grip at each end.
    fn overview_window(&mut self, from: f32, to: f32) {
        let palette = self.pen.palette;
        let [_, top, _, bottom] = self.frame.overview;
        let (x0, x1) = (from, to.max(from + 3.0));
        self.pen.mark(
            [x0, top, x1, bottom],
            fade(palette.ink, 0.06),
            palette.ink,
            mark_style(shape::RECT, pattern::SOLID, 1.5, 2.0, false),
            NO_DATUM,
        );
        let middle = (top + bottom) / 2.0;
        for x in [x0, x1] {
            self.pen.mark(
                [x - 2.0, middle - 7.0, x + 2.0, middle + 7.0],
                palette.ink,
                0,
                mark_style(shape::RECT, pattern::SOLID, 0.0, 2.0, false),
                NO_DATUM,
            );
        }
    }
}
