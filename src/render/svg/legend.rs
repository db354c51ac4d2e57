//! The legend of a document: what colours and forms mean.

use super::LABEL;
use super::writer::Svg;
use crate::abi::{Mark, NO_DATUM, Ribbon, line, mark_style, pattern, shape};
use crate::widget::LegendItem;

impl Svg<'_> {
    /// What colours and forms mean, in lines.
    pub(super) fn legend(&mut self, keys: &[LegendItem], ink: u32) {
        let (left, right) = (self.edge, self.edge + self.width);
        let (mut x, mut high, mut before) = (left, 0.0_f32, None);
        for key in keys {
            // A switch without a form of its own bears the name of what it switches. What is
            // switched off is not in the picture.
            if key.count.is_some()
                && (key.form == "none" || key.form == "swatch" || self.view.hides(&key.key))
            {
                continue;
            }
            let (sign, line, tall) = sign(key);
            let at = if line.is_some() {
                30.0
            } else {
                tall + 6.0 * tall.min(1.0)
            };
            let wide = at + self.view.metrics.width(&key.label, LABEL, false);
            // Relations, layers and what only explains begin a line each, as on the page.
            let sort = Some((key.count.is_some(), line.is_some()));
            if x > left && (x + wide > right || before != sort) {
                x = left;
                self.y += high;
                high = 0.0;
            }
            before = sort;
            high = high.max(tall.max(12.0) + 6.0);
            let middle = self.y + 9.0_f32.max(tall / 2.0);
            if let Some(mut mark) = sign {
                for (side, by) in mark.rect_css.iter_mut().zip([x, middle, x, middle]) {
                    *side += by;
                }
                self.mark(&mark);
            }
            if let Some(mut line) = line {
                line.start_css = [x, middle, x + 8.0, middle];
                line.end_css = [x + 16.0, middle, x + 24.0, middle];
                self.ribbon(&line);
            }
            self.line([x + at, middle + LABEL * 0.36], LABEL, "", ink, &key.label);
            x += wide + 14.0;
        }
        self.y += high;
    }
}

/// What a legend's entry shows before its words, about the origin from x = 0 on: a mark or a line,
/// and how large.
fn sign(key: &LegendItem) -> (Option<Mark>, Option<Ribbon>, f32) {
    let form = key.form.as_str();
    if form == "none" {
        return (None, None, 0.0);
    }
    if let Some(name) = form.strip_prefix("line-") {
        let (style, half_width_css) = match name {
            "double" => (line::DOUBLE, 2.5),
            "long-dash" => (line::LONG_DASH, 0.75),
            "short-dash" => (line::SHORT_DASH, 0.75),
            "dotted" => (line::DOTTED, 1.25),
            "wave" => (line::WAVE, 0.75),
            "ticks" => (line::TICKS, 0.5),
            "thin" => (line::SOLID, 0.75),
            _ => (line::SOLID, 2.0),
        };
        return (
            None,
            Some(Ribbon {
                start_css: [0.0; 4],
                end_css: [0.0; 4],
                half_width_css,
                fill: key.color,
                style,
                datum: NO_DATUM,
            }),
            12.0,
        );
    }
    // The digits of a form are a radius, which has whole px and perhaps hundredths, or bits.
    let (mut number, mut place) = (0.0_f32, 0.0_f32);
    for digit in form.bytes() {
        match digit {
            b'.' => place = 1.0,
            b'0'..=b'9' => {
                number = number * 10.0 + f32::from(digit - b'0');
                place *= 10.0;
            }
            _ => {}
        }
    }
    number /= place.max(1.0);
    let (open, filled) = ((0, key.color, 1.5), (key.color, 0, 0.0));
    let (grain, mut radius) = if form.starts_with("grain") {
        (number as u32, 0.0)
    } else {
        (0, number)
    };
    let (kind, filling, (fill, stroke, wide), corner, dashed) = match form {
        "dot" => (shape::ELLIPSE, pattern::SOLID, filled, 0.0, false),
        "diamond" => (shape::DIAMOND, pattern::SOLID, open, 0.0, false),
        "hatch" => (shape::RECT, pattern::HATCH, (0, key.color, 1.0), 0.0, false),
        "ring" => (shape::RECT, pattern::SOLID, open, 2.0, false),
        "dashed" => (shape::RECT, pattern::SOLID, open, 2.0, true),
        // 45 % of it.
        "soft" => (
            shape::RECT,
            pattern::SOLID,
            (key.color & 0xFF_FFFF | 115 << 24, 0, 0.0),
            2.0,
            false,
        ),
        _ if radius > 0.0 => (shape::ELLIPSE, pattern::SOLID, open, 0.0, false),
        _ => (shape::RECT, pattern::SOLID, filled, 2.0, false),
    };
    radius = match form {
        "dot" => 4.0,
        _ if radius > 0.0 => radius.min(24.0),
        _ => 6.0,
    };
    let side = 2.0 * radius;
    let mark = Mark {
        rect_css: [0.0, -radius, side, radius],
        fill,
        stroke,
        style: mark_style(kind, filling, wide, corner, dashed) | grain << 25,
        datum: NO_DATUM,
    };
    (Some(mark), None, side)
}
