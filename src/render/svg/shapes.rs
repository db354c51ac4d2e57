//! Marks, ribbons and labels as elements of SVG.

use super::super::raster::{ribbon_point, sine};
use super::writer::Svg;
use crate::abi::{Mark, RIBBON_SEGMENTS, Ribbon, grain, line, pattern, shape};
use crate::scene::{Align, Label};

/// Bits of a style.
fn part(style: u32, from: u32, mask: u32) -> u32 {
    style >> from & mask
}

impl Svg<'_> {
    pub(super) fn mark(&mut self, mark: &Mark) {
        let stroke = part(mark.style, 8, 255) as f32 / 4.0;
        let filling = part(mark.style, 4, 15);
        let soft = filling == pattern::SOFT;
        if mark.fill >> 24 > 0 {
            // An edge 3 px wide that fades, as a fainter edge.
            self.filled(mark, if soft { 1.5 } else { 0.0 }, mark.fill);
            if soft {
                self.filled(
                    mark,
                    0.5,
                    mark.fill & 0xFF_FFFF | mark.fill >> 1 & 0x7F00_0000,
                );
            }
        }
        if part(mark.style, 25, 7) != grain::PLAIN && mark.fill >> 24 > 0 {
            self.grained(mark);
        }
        if filling == pattern::HATCH {
            self.hatched(mark);
        }
        if stroke > 0.0 && mark.stroke >> 24 > 0 && self.shape(mark, stroke / 2.0) {
            self.text.push_str(" fill=\"none\"");
            self.ink("stroke", mark.stroke);
            self.say(" stroke-width=\"@\"", &[stroke]);
            if part(mark.style, 24, 1) == 1 {
                self.text.push_str(" stroke-dasharray=\"4 3\"");
            }
            self.end();
        }
    }

    /// A rectangle's hatch, line by line: where PDFs are made, so fine a pattern becomes a blur.
    fn hatched(&mut self, mark: &Mark) {
        let [x, y, right, bottom] = mark.rect_css;
        let (w, h) = (right - x, bottom - y);
        self.text.push_str("<path d=\"");
        // Where a line meets the left and the top edge, or would.
        let period = pattern::HATCH_PERIOD_CSS as f32 * core::f32::consts::SQRT_2;
        let mut at = 0.5 * period;
        while at < w + h {
            self.say(
                "M@ @L@ @",
                &[
                    x + (at - h).max(0.0),
                    y + at.min(h),
                    x + at.min(w),
                    y + (at - w).max(0.0),
                ],
            );
            at += period;
        }
        self.text.push_str("\" stroke-width=\"1.25\"");
        self.ink("stroke", mark.stroke);
        self.end();
    }

    /// The gaps of a grain, one by one, as lines of the ground.
    fn grained(&mut self, mark: &Mark) {
        let (kind, round) = (
            part(mark.style, 25, 7),
            part(mark.style, 0, 15) == shape::ELLIPSE,
        );
        let [x0, y0, x1, y1] = mark.rect_css;
        let (x, y, w, h) = (
            (x0 + x1) / 2.0,
            (y0 + y1) / 2.0,
            (x1 - x0) / 2.0,
            (y1 - y0) / 2.0,
        );
        let rim = if round {
            f32::MAX
        } else {
            grain::RIM_CSS as f32
        };
        let shift = if kind == grain::DOTS { 2.0 } else { 0.0 };
        // The first of a row of gaps, or of holes.
        let first = |from: f32| ((from - shift) / 4.0).ceil() * 4.0 + shift;
        self.text.push_str("<path d=\"");
        for upright in [false, true] {
            // A row of holes is a level line of dots.
            if kind
                == if upright {
                    grain::LEVEL
                } else {
                    grain::UPRIGHT
                }
                || upright && shift > 0.0
            {
                continue;
            }
            let (along, across) = if upright { (h, w) } else { (w, h) };
            let mut at = first(-across);
            while at <= across {
                let reach = if round {
                    along * (1.0 - at * at / across / across).max(0.0).sqrt()
                } else {
                    along
                };
                // Along its edge a tile has whole lines, between them the ends of lines.
                let end = if across - at.abs() < rim {
                    reach
                } else {
                    (rim - reach).min(reach)
                };
                for (from, to) in [
                    (-reach, end),
                    (-end, if end < reach { reach } else { -f32::MAX }),
                ] {
                    let from = if shift > 0.0 { first(from) } else { from };
                    if from > to {
                        continue;
                    }
                    if upright {
                        self.say("M@ @V@", &[x + at, y + from, y + to]);
                    } else {
                        self.say("M@ @H@", &[x + from, y + at, x + to]);
                    }
                }
                at += 4.0;
            }
        }
        self.text.push_str(if shift > 0.0 {
            "\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-dasharray=\"0 4\""
        } else {
            "\""
        });
        self.ink(
            "stroke",
            self.ground & 0xFF_FFFF | ((part(mark.style, 28, 15) * 17) << 24),
        );
        self.end();
    }

    fn filled(&mut self, mark: &Mark, inset: f32, color: u32) {
        if self.shape(mark, inset) {
            self.ink("fill", color);
            self.end();
        }
    }

    /// Begins a mark's outline, pulled in by so much; false where nothing is left of it.
    fn shape(&mut self, mark: &Mark, inset: f32) -> bool {
        let [x0, y0, x1, y1] = [
            mark.rect_css[0] + inset,
            mark.rect_css[1] + inset,
            mark.rect_css[2] - inset,
            mark.rect_css[3] - inset,
        ];
        let (width, height) = (x1 - x0, y1 - y0);
        if !(width > 0.0 && height > 0.0) {
            return false;
        }
        let (cx, cy) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        let (three, four) = ("<path d=\"M@ @L@ @L@ @Z\"", "<path d=\"M@ @L@ @L@ @L@ @Z\"");
        match part(mark.style, 0, 15) {
            shape::ELLIPSE => self.say(
                "<ellipse cx=\"@\" cy=\"@\" rx=\"@\" ry=\"@\"",
                &[cx, cy, width / 2.0, height / 2.0],
            ),
            shape::DIAMOND => self.say(four, &[cx, y0, x1, cy, cx, y1, x0, cy]),
            shape::TRIANGLE_RIGHT => self.say(three, &[x0, y0, x1, cy, x0, y1]),
            shape::TRIANGLE_LEFT => self.say(three, &[x1, y0, x0, cy, x1, y1]),
            shape::TRIANGLE_DOWN => self.say(three, &[x0, y0, x1, y0, cx, y1]),
            shape::TRIANGLE_UP => self.say(three, &[x0, y1, x1, y1, cx, y0]),
            _ => {
                let radius = (part(mark.style, 16, 255) as f32 / 4.0 - inset)
                    .min(width.min(height) / 2.0)
                    .max(0.0);
                self.say(
                    "<rect x=\"@\" y=\"@\" width=\"@\" height=\"@\"",
                    &[x0, y0, width, height],
                );
                if radius > 0.0 {
                    self.say(" rx=\"@\"", &[radius]);
                }
            }
        }
        true
    }

    pub(super) fn ribbon(&mut self, ribbon: &Ribbon) {
        let half = ribbon.half_width_css;
        if ribbon.fill >> 24 == 0 {
            return;
        }
        let (color, wide) = (ribbon.fill, half * 2.0);
        match ribbon.style {
            line::DOUBLE => {
                self.path(ribbon, wide, color, "");
                self.path(ribbon, wide - 2.0 * (wide / 3.0).min(1.5), self.ground, "");
            }
            line::LONG_DASH => self.path(ribbon, wide, color, "12 6"),
            line::SHORT_DASH => self.path(ribbon, wide, color, "4 4"),
            // A dash without length and with round ends is a dot.
            line::DOTTED => self.path(ribbon, wide, color, "0 @"),
            line::TICKS => {
                self.path(ribbon, wide, color, "");
                self.path(ribbon, 5.0, color, "1 9\" stroke-dashoffset=\"-4.5");
            }
            _ => self.path(ribbon, wide, color, ""),
        }
    }

    fn path(&mut self, ribbon: &Ribbon, wide: f32, color: u32, dashes: &str) {
        let [x0, y0, x1, y1] = ribbon.start_css;
        let [x2, y2, x3, y3] = ribbon.end_css;
        self.text.push_str("<path fill=\"none\" d=\"");
        if ribbon.style == line::WAVE {
            self.wave(ribbon);
        } else {
            self.say("M@ @C@ @ @ @ @ @", &[x0, y0, x1, y1, x2, y2, x3, y3]);
        }
        self.text.push('"');
        self.ink("stroke", color);
        self.say(" stroke-width=\"@", &[wide]);
        if !dashes.is_empty() {
            self.text.push_str("\" stroke-dasharray=\"");
            self.say(dashes, &[(3.0 * wide).max(4.0)]);
        }
        self.text.push_str(if ribbon.style == line::DOTTED {
            "\" stroke-linecap=\"round\""
        } else {
            "\""
        });
        self.end();
    }

    /// A sine of 2 px amplitude and 8 px length along a ribbon.
    fn wave(&mut self, ribbon: &Ribbon) {
        let (mut along, mut from) = (0.0_f32, ribbon_point(ribbon, 0.0));
        let steps = RIBBON_SEGMENTS * 8;
        for step in 0..=steps {
            let here = ribbon_point(ribbon, step as f32 / steps as f32);
            let (dx, dy) = (here[0] - from[0], here[1] - from[1]);
            let size = (dx * dx + dy * dy).sqrt();
            along += size;
            let out_css = 2.0 * sine(along / 8.0);
            let (ux, uy) = if size > 1e-6 {
                (dx / size, dy / size)
            } else {
                (1.0, 0.0)
            };
            self.text.push(if step == 0 { 'M' } else { 'L' });
            self.say("@ @", &[here[0] - uy * out_css, here[1] + ux * out_css]);
            from = here;
        }
    }

    pub(super) fn label(&mut self, label: &Label) {
        let [left, top, right, _] = label.rect_css;
        let (x, anchor) = match label.align {
            Align::Start => (left, ""),
            Align::Middle => ((left + right) / 2.0, " text-anchor=\"middle\""),
            Align::End => (right, " text-anchor=\"end\""),
        };
        let mut attributes = String::from(anchor);
        attributes.push_str(if label.bold {
            " font-weight=\"600\""
        } else {
            ""
        });
        attributes.push_str(if label.italic {
            " font-style=\"italic\""
        } else {
            ""
        });
        let view = self.view;
        let size = label.size_css;
        let lines = if label.lines > 1 {
            view.metrics
                .lines(&label.text, size, label.bold, right - left)
                .unwrap_or_default()
        } else {
            vec![&*label.text]
        };
        let mut y = top + size * 0.98;
        for words in lines {
            self.line([x, y], size, &attributes, label.color, words);
            y += size * 1.25;
        }
    }
}
