//! Events without a date where there are no others: a list in place of an axis that would have
//! nothing to say.

use super::dot_layout::{DOT, SMALL};
use super::{FundingTimelineWidget, date, fade, sum, undisclosed};
use crate::abi::{NO_DATUM, mark_style, pattern, shape};
use crate::scene::{AccessibleNode, Align};
use crate::text::{self, also, count, fill, say};
use crate::widget::figure_builder::{FigureBuilder, Font, plain};
use crate::widget::{Figure, List, STAY, fit, reservations};

/// Height of a line, CSS px, and where its words begin.
const LINE: f32 = 24.0;
const INDENT: f32 = 18.0;
/// Lines in the picture, and in the folded list below it, which has them all where there are more.
const MOST: usize = 25;
const MOST_LISTED: usize = 1000;

impl FundingTimelineWidget {
    /// Draws the list.
    pub(super) fn listed(&self, mut pen: FigureBuilder<'_>) -> Figure {
        let (view, palette, lang) = (pen.view, pen.palette, pen.view.lang);
        let all = &self.data.undated;
        let number = count(all.len(), lang);
        let heading = fill(
            lang,
            "날짜가 알려지지 않은 사건 {0}건|{0} event{0|s} without a date",
            &[&number],
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
        let first = self.data.events.len() as u32;
        let held = (0..all.len()).any(|at| self.is_selected(view, first + at as u32));
        let shown = all.len().min(MOST);
        let mut layers = [false; 5];
        for (at, event) in all.iter().take(shown).enumerate() {
            let datum = first + at as u32;
            let rect = [
                0.0,
                at as f32 * LINE,
                view.width_css,
                (at + 1) as f32 * LINE,
            ];
            let (middle, selected) = (rect[1] + LINE / 2.0, self.is_selected(view, datum));
            let strength = if held && !selected { 0.45 } else { 1.0 };
            // The whole line leads to its event.
            pen.mark(rect, palette.ground, 0, plain(), datum);
            let layer = self
                .about(event)
                .map_or(crate::data::Layer::Context, |party| party.layer);
            if let Some(seen) = layers.get_mut(layer as usize) {
                *seen |= !self.data.parties.is_empty();
            }
            let hollow = undisclosed(event) || event.status.planned || event.status.in_talks;
            let color = fade(palette.layer(layer), strength);
            let form = if undisclosed(event) {
                shape::DIAMOND
            } else {
                shape::ELLIPSE
            };
            let (filled, stroke, wide) = if hollow {
                (palette.ground, color, 1.5)
            } else {
                (color, 0, 0.0)
            };
            let dot = [6.0 - DOT, middle - DOT, 6.0 + DOT, middle + DOT];
            pen.mark(
                dot,
                filled,
                stroke,
                mark_style(form, pattern::SOLID, wide, 0.0, false),
                datum,
            );
            if selected {
                pen.mark(
                    rect,
                    0,
                    palette.ink,
                    mark_style(shape::RECT, pattern::SOLID, 2.0, 2.0, false),
                    datum,
                );
            }
            // The sum on the right where it leaves the name most of the line.
            let money = sum(event, lang);
            let room = view.width_css - INDENT - 4.0;
            let wide = view.metrics.width(&money, SMALL.size_css, false) + 2.0;
            let beside = !money.is_empty() && wide < room / 2.0;
            let room = if beside { room - wide - 12.0 } else { room };
            let mut label = event.label.get(lang).to_string();
            if event.status.disputed {
                label.push('†');
            }
            let words = fit(&view.metrics, &label, 12.0, false, room);
            let right = view.width_css - 4.0;
            pen.label(
                [INDENT, middle - 8.0, INDENT + room, middle + 8.0],
                words,
                &Font::new(12.0, false),
                fade(palette.ink, strength),
                datum,
            );
            if beside {
                let font = Font {
                    align: Align::End,
                    ..SMALL
                };
                pen.label(
                    [right - wide, middle - 7.5, right, middle + 7.5],
                    &money,
                    &font,
                    fade(palette.secondary, strength),
                    datum,
                );
            }
            let key = event.label.get(lang).to_string();
            let mut name = key.clone();
            also(
                &mut name,
                lang,
                date(event, "날짜 미상|no date given", lang),
            );
            also(&mut name, lang, money);
            also(
                &mut name,
                lang,
                reservations(text::status(&event.status, lang), lang),
            );
            let beside = |there: bool, to: u32| if there { to } else { NO_DATUM };
            let (up, down) = (
                beside(at > 0, datum.wrapping_sub(1)),
                beside(at + 1 < shown, datum + 1),
            );
            let entity = self.about(event).map(|party| party.id.clone());
            let go = [up, down, STAY[2], STAY[3]];
            pen.picture.scene.outline.push(AccessibleNode {
                datum,
                rect_css: rect,
                name,
                lines: Vec::new(),
                neighbor_lines: STAY,
                key,
                entity,
                group: 0,
                neighbors: go,
            });
        }
        pen.picture.scene.size_css[1] = shown as f32 * LINE;
        if all.len() > shown {
            let rest = count(all.len() - shown, lang);
            pen.note(&fill(lang, "그 밖의 {0}건은 목록과 표에 있다.|{0} more {0is|are} in the list and in the table.", &[&rest]));
            let mut lines = Vec::new();
            for (at, event) in all.iter().take(MOST_LISTED).enumerate() {
                let mut words = event.label.get(lang).to_string();
                also(&mut words, lang, sum(event, lang));
                lines.push((first + at as u32, words));
            }
            if all.len() > MOST_LISTED {
                let rest = count(all.len() - MOST_LISTED, lang);
                lines.push((
                    NO_DATUM,
                    fill(
                        lang,
                        "그 밖의 {0}건은 표에 있다.|{0} more {0is|are} in the table.",
                        &[&rest],
                    ),
                ));
            }
            pen.picture.lists.push(List {
                title: heading,
                lines,
            });
        }
        pen.layer_keys(&layers);
        if all.iter().any(undisclosed) {
            pen.key(
                "금액 비공개|Amount undisclosed",
                palette.secondary,
                "diamond",
            );
        }
        pen.picture
    }
}
