//! The timeline as a picture: what is drawn, in order. Not here: how; the two orientations stand
//! in `draw_horizontal` and `draw_vertical`, what they share in `draw_context`.

use super::FundingTimelineWidget;
use super::accessible_tree::link_lanes;
use super::draw_context::DrawContext;
use super::events::event_count;
use super::prepared::PreparedEvents;
use crate::text::fill;
use crate::widget::figure_builder::FigureBuilder;
use crate::widget::{Figure, View};

impl FundingTimelineWidget {
    /// Draws what is prepared.
    pub(super) fn draw(&self, pen: FigureBuilder<'_>, prepared: &PreparedEvents) -> Figure {
        let view = pen.view;
        let frame = self.frame(view, prepared);
        let has_selection = view.selects() && self.has_selection(view);
        let mut draw = DrawContext::new(self, pen, prepared, frame, has_selection);
        draw.pen.picture.scene.size_css[1] = draw.frame.height;
        draw.eras();
        draw.axis();
        draw.today();
        let under = draw.pen.picture.scene.marks.len();
        if draw.frame.vertical {
            draw.column();
        } else {
            draw.lanes();
        }
        draw.overview();
        draw.pen.picture.scene.under = under;
        let (days, lang) = (draw.frame.days, view.lang);
        let (mut picture, ranks) = (draw.pen.picture, draw.stop_ranks);
        let in_view = |events, lang| {
            fill(
                lang,
                "보이는 사건 {0}|{0} in view",
                &[&event_count(events, lang)],
            )
        };
        picture.status = self.period_totals(prepared, days, &in_view, lang).1;
        picture.zooms = true;
        picture.moved = view.from_day.is_finite() || view.to_day.is_finite();
        picture.keys = "+ = - 0 PageUp PageDown";
        link_lanes(&mut picture.scene.outline);
        self.group_by_year(&mut picture, &ranks, prepared, days, lang);
        picture
    }

    /// Whether any event is selected; of columns whatever has a number.
    fn has_selection(&self, view: &View) -> bool {
        let events = if self.columns.is_some() {
            0
        } else {
            self.data.events.len()
        };
        (0..events).any(|datum| self.is_selected(view, datum as u32))
            || events == 0 && view.selected.starts_with('#')
    }
}
