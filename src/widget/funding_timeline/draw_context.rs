//! A picture of the timeline in the making, with what both orientations draw with: places, words,
//! stops of the keyboard. Not here: anything that only one of them draws.

use super::FundingTimelineWidget;
use super::dimensions::SMALL;
use super::dot::PlacedDot;
use super::frame::{Frame, NAMES_OFFSET_CSS};
use super::prepared::PreparedEvents;
use crate::layout::order;
use crate::layout::scale::Time;
use crate::scene::Align;
use crate::widget::figure_builder::{FigureBuilder, Font, plain};
use crate::widget::palette::fade;

/// A picture in the making.
pub(super) struct DrawContext<'a> {
    pub(super) widget: &'a FundingTimelineWidget,
    pub(super) pen: FigureBuilder<'a>,
    pub(super) prepared: &'a PreparedEvents,
    pub(super) frame: Frame,
    pub(super) time: Time,
    /// Something is selected.
    pub(super) has_selection: bool,
    /// Of each stop of the keyboard the rank of its event.
    pub(super) stop_ranks: Vec<usize>,
}

impl<'a> DrawContext<'a> {
    /// An empty picture.
    pub(super) fn new(
        widget: &'a FundingTimelineWidget,
        pen: FigureBuilder<'a>,
        prepared: &'a PreparedEvents,
        frame: Frame,
        has_selection: bool,
    ) -> Self {
        let time = frame.time();
        Self {
            widget,
            pen,
            prepared,
            frame,
            time,
            has_selection,
            stop_ranks: Vec::new(),
        }
    }

    /// The place of a day along time.
    pub(super) fn x(&self, day: f64) -> f32 {
        self.time.x(day) as f32
    }

    /// A rectangle given along time and across it.
    pub(super) fn oriented(&self, rect: [f32; 4]) -> [f32; 4] {
        if self.frame.vertical {
            [rect[1], rect[0], rect[3], rect[2]]
        } else {
            rect
        }
    }

    /// Fills a rectangle from one place along time to another, and from one across to another.
    pub(super) fn time_rect(&mut self, along: (f32, f32), across: (f32, f32), fill: u32) {
        let rect = self.oriented([along.0, across.0, along.1, across.1]);
        self.pen.rect(rect, fill);
    }

    /// Ends across time of what is drawn in it: where time runs down no line goes on through the
    /// names beside.
    pub(super) fn grid_ends(&self) -> (f32, f32) {
        if self.frame.vertical {
            (
                self.frame.names_width,
                self.frame.names_width + NAMES_OFFSET_CSS - 6.0,
            )
        } else {
            (0.0, self.frame.axis)
        }
    }

    /// Small words on ground, which lets no grid line through them. They lead to their event as its
    /// dot does.
    pub(super) fn label_on_ground(
        &mut self,
        rect_css: [f32; 4],
        words: &str,
        align: Align,
        ink: u32,
        datum: u32,
    ) {
        let font = Font { align, ..SMALL };
        self.words_on_ground(rect_css, words, &font, ink, datum);
    }

    /// The same in a font.
    pub(super) fn words_on_ground(
        &mut self,
        rect_css: [f32; 4],
        words: &str,
        font: &Font,
        ink: u32,
        datum: u32,
    ) {
        if !words.is_empty() {
            let [left, top, right, bottom] = rect_css;
            self.pen.mark(
                [left, top + 1.0, right, bottom - 1.0],
                fade(self.pen.palette.ground, 0.85),
                0,
                plain(),
                datum,
            );
            self.pen.label(rect_css, words, font, ink, datum);
        }
    }

    /// The data of the events that the keyboard stops at, in order: all, or the largest of many.
    pub(super) fn stops(&self, dots: &[PlacedDot], max_stops: usize) -> Vec<f64> {
        let mut keys = Vec::new();
        for dot in dots {
            keys.push(-self.widget.importance(dot.rank));
        }
        let mut stops = Vec::new();
        for (_, at) in order(&keys) {
            if let Some(dot) = dots.get(at).filter(|_| stops.len() < max_stops) {
                stops.push(f64::from(dot.datum));
            }
        }
        let mut sorted = Vec::new();
        for (datum, _) in order(&stops) {
            sorted.push(datum);
        }
        sorted
    }
}

/// Whether the keyboard stops at an event.
pub(super) fn is_stop(stops: &[f64], dot: &PlacedDot) -> bool {
    stops
        .binary_search_by(|stop| stop.total_cmp(&f64::from(dot.datum)))
        .is_ok()
}
