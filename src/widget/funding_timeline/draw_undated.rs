//! Events without a date where there are no others: a list in place of an axis that would have
//! nothing to say. Not here: the note on them beside dated events.

use super::FundingTimelineWidget;
use super::dimensions::{DOT_RADIUS_CSS, SMALL};
use super::draw_dot::FADED_WORDS;
use super::events::{event_date, event_sum};
use super::kinds::{WITHOUT_AMOUNT, lacks_amount};
use crate::abi::{NO_DATUM, mark_style, pattern, shape};
use crate::data::Layer;
use crate::data::funding::Event;
use crate::scene::{AccessibleNode, Align};
use crate::text::{self, also, count, fill, say};
use crate::widget::figure_builder::{FigureBuilder, Font, plain};
use crate::widget::palette::fade;
use crate::widget::{Figure, List, STAY, fit, reservations};

/// Height of a line, and where its words begin.
const LINE_HEIGHT_CSS: f32 = 24.0;
const INDENT_CSS: f32 = 18.0;
/// Lines in the picture, and in the folded list below it, which has them all where there are more.
const MAX_LINES: usize = 25;
const MAX_LISTED: usize = 1000;

/// A line of the list.
struct Line<'a> {
    event: &'a Event,
    datum: u32,
    rect: [f32; 4],
    selected: bool,
    strength: f32,
    sum: String,
}

impl Line<'_> {
    fn middle(&self) -> f32 {
        self.rect[1] + LINE_HEIGHT_CSS / 2.0
    }
}

impl FundingTimelineWidget {
    /// Draws the list.
    pub(super) fn draw_undated(&self, mut pen: FigureBuilder<'_>) -> Figure {
        let (view, lang) = (pen.view, pen.view.lang);
        let all = &self.data.undated;
        let heading = undated_captions(&mut pen, all.len());
        let first = self.data.events.len() as u32;
        let has_selection = (0..all.len()).any(|at| self.is_selected(view, first + at as u32));
        let shown = all.len().min(MAX_LINES);
        let mut layers = [false; Layer::ALL.len()];
        for (at, event) in all.iter().take(shown).enumerate() {
            let datum = first + at as u32;
            let selected = self.is_selected(view, datum);
            let line = Line {
                event,
                datum,
                rect: [
                    0.0,
                    at as f32 * LINE_HEIGHT_CSS,
                    view.width_css,
                    (at + 1) as f32 * LINE_HEIGHT_CSS,
                ],
                selected,
                strength: if has_selection && !selected {
                    FADED_WORDS
                } else {
                    1.0
                },
                sum: event_sum(event, lang),
            };
            let layer = self.about(event).and_then(|party| party.layer);
            if let Some(seen) = layer.and_then(|layer| layers.get_mut(layer as usize)) {
                *seen = true;
            }
            line_marks(&mut pen, &line, layer);
            line_words(&mut pen, &line);
            self.line_node(&mut pen, line, (at > 0, at + 1 < shown));
        }
        pen.picture.scene.size_css[1] = shown as f32 * LINE_HEIGHT_CSS;
        if all.len() > shown {
            self.list_undated(&mut pen, heading, shown);
        }
        pen.layer_keys(&layers);
        if all.iter().any(lacks_amount) {
            let secondary = pen.palette.secondary;
            pen.key(WITHOUT_AMOUNT, secondary, "diamond");
        }
        pen.picture
    }

    /// The stop of the keyboard on a line; whether there is one above it, and one below.
    fn line_node(&self, pen: &mut FigureBuilder<'_>, line: Line<'_>, (above, below): (bool, bool)) {
        let (event, datum, lang) = (line.event, line.datum, pen.view.lang);
        let key = event.label.get(lang).to_string();
        let mut name = key.clone();
        also(
            &mut name,
            lang,
            event_date(event, "날짜 미상|no date given", lang),
        );
        also(&mut name, lang, line.sum);
        also(
            &mut name,
            lang,
            reservations(text::status(&event.status, lang), lang),
        );
        let up = if above {
            datum.wrapping_sub(1)
        } else {
            NO_DATUM
        };
        let down = if below { datum + 1 } else { NO_DATUM };
        pen.picture.scene.outline.push(AccessibleNode {
            datum,
            rect_css: line.rect,
            name,
            lines: Vec::new(),
            neighbor_lines: STAY,
            key,
            entity: self.about(event).map(|party| party.id.clone()),
            group: 0,
            neighbors: [up, down, STAY[2], STAY[3]],
        });
    }

    /// A folded list of all, where the picture does not show them all.
    fn list_undated(&self, pen: &mut FigureBuilder<'_>, title: String, shown: usize) {
        let lang = pen.view.lang;
        let all = &self.data.undated;
        let rest = count(all.len() - shown, lang);
        pen.note(&fill(
            lang,
            "그 밖의 {0}건은 목록과 표에 있다.|{0} more {0is|are} in the list and in the table.",
            &[&rest],
        ));
        let first = self.data.events.len() as u32;
        let mut lines = Vec::new();
        for (at, event) in all.iter().take(MAX_LISTED).enumerate() {
            let mut words = event.label.get(lang).to_string();
            also(&mut words, lang, event_sum(event, lang));
            lines.push((first + at as u32, words));
        }
        if all.len() > MAX_LISTED {
            let rest = count(all.len() - MAX_LISTED, lang);
            let words = "그 밖의 {0}건은 표에 있다.|{0} more {0is|are} in the table.";
            lines.push((NO_DATUM, fill(lang, words, &[&rest])));
        }
        pen.picture.lists.push(List { title, lines });
    }
}

/// How many there are, and why they are not on an axis. Returns the heading.
fn undated_captions(pen: &mut FigureBuilder<'_>, number: usize) -> String {
    let lang = pen.view.lang;
    let heading = fill(
        lang,
        "날짜가 알려지지 않은 사건 {0}건|{0} event{0|s} without a date",
        &[&count(number, lang)],
    );
    let first_line = if pen.picture.title.is_empty() {
        &mut pen.picture.title
    } else {
        &mut pen.picture.subline
    };
    first_line.push_str(&heading);
    pen.picture.takeaway.push_str(say(
        lang,
        "날짜가 있는 사건이 하나도 없어서 시간축에 놓지 않고 차례로 적었다.|No event has a date, so they are listed and not placed on a time axis.",
    ));
    pen.picture.groups.push(heading.clone());
    heading
}

/// The ground of a line, its dot, and its ring if it is selected.
fn line_marks(pen: &mut FigureBuilder<'_>, line: &Line<'_>, layer: Option<Layer>) {
    let (palette, event, datum) = (pen.palette, line.event, line.datum);
    let middle = line.middle();
    // The whole line leads to its event.
    pen.mark(line.rect, palette.ground, 0, plain(), datum);
    let hollow = lacks_amount(event) || event.status.is_open();
    let color = fade(palette.of_layer(layer).0, line.strength);
    let form = if lacks_amount(event) {
        shape::DIAMOND
    } else {
        shape::ELLIPSE
    };
    let (fill, stroke, stroke_css) = if hollow {
        (palette.ground, color, 1.5)
    } else {
        (color, 0, 0.0)
    };
    pen.mark(
        [
            6.0 - DOT_RADIUS_CSS,
            middle - DOT_RADIUS_CSS,
            6.0 + DOT_RADIUS_CSS,
            middle + DOT_RADIUS_CSS,
        ],
        fill,
        stroke,
        mark_style(form, pattern::SOLID, stroke_css, 0.0, false),
        datum,
    );
    if line.selected {
        let style = mark_style(shape::RECT, pattern::SOLID, 2.0, 2.0, false);
        pen.mark(line.rect, 0, palette.ink, style, datum);
    }
}

/// Name and sum of a line. The sum stands on the right where it leaves the name most of the line.
fn line_words(pen: &mut FigureBuilder<'_>, line: &Line<'_>) {
    let (view, palette, lang) = (pen.view, pen.palette, pen.view.lang);
    let middle = line.middle();
    let room = view.width_css - INDENT_CSS - 4.0;
    let sum_width = view.metrics.width(&line.sum, SMALL.size_css, false) + 2.0;
    let sum_fits = !line.sum.is_empty() && sum_width < room / 2.0;
    let room = if sum_fits {
        room - sum_width - 12.0
    } else {
        room
    };
    let mut label = line.event.label.get(lang).to_string();
    if line.event.status.disputed {
        label.push('†');
    }
    pen.label(
        [INDENT_CSS, middle - 8.0, INDENT_CSS + room, middle + 8.0],
        fit(&view.metrics, &label, 12.0, false, room),
        &Font::new(12.0, false),
        fade(palette.ink, line.strength),
        line.datum,
    );
    if sum_fits {
        let right = view.width_css - 4.0;
        let font = Font {
            align: Align::End,
            ..SMALL
        };
        pen.label(
            [right - sum_width, middle - 7.5, right, middle + 7.5],
            &line.sum,
            &font,
            fade(palette.secondary, line.strength),
            line.datum,
        );
    }
}
