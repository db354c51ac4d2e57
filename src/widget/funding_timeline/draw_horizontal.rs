//! The timeline on a wide page: time runs to the right, lanes stand below each other. Not here: how
//! dots are placed within a lane, and valuations.

use super::dimensions::HEADING;
use super::dot_layout::{DENSITY_HEIGHT_CSS, LaneDots, MAX_DOTS};
use super::draw_context::{DrawContext, is_stop};
use super::draw_density::Bins;
use super::frame::LANE_PADDING_CSS;
use super::groups::Group;
use crate::abi::NO_DATUM;
use crate::widget::fit;

/// Stops of the keyboard in a lane that has density.
const MAX_STOPS_OF_DENSE_LANE: usize = 8;
/// Dots of such a lane up to which each is tried for a label.
const MAX_DOTS_TO_LABEL: usize = 60;

impl DrawContext<'_> {
    /// Draws all lanes.
    pub(super) fn lanes(&mut self) {
        let lanes = self.layout_lanes();
        let dense = lanes.iter().any(|lane| !lane.complete);
        let bins = if dense { self.bins() } else { Bins::default() };
        let mut max_count = 0;
        for (at, cell) in bins.cells.iter().enumerate() {
            let lane = at % self.prepared.lanes.len().max(1);
            if lanes.get(lane).is_some_and(|lane| !lane.complete) {
                max_count = max_count.max(cell.count);
            }
        }
        if max_count > 0 {
            self.density_legend(max_count);
        }
        for (lane, dots) in lanes.into_iter().enumerate() {
            if let Some(&group) = self.prepared.lanes.get(lane) {
                self.lane(lane, group, dots, (&bins, max_count));
            }
        }
    }

    /// The dots of each lane, where they stand in the picture.
    fn layout_lanes(&self) -> Vec<LaneDots> {
        let mut lanes = Vec::new();
        for lane in 0..self.prepared.lanes.len() {
            let [top, dots_end, _] = self.frame.lanes.get(lane).copied().unwrap_or_default();
            let mut placed = self.widget.layout_lane(
                self.pen.view,
                self.prepared,
                &self.frame,
                lane,
                self.frame.days,
                Some(dots_end - top - LANE_PADDING_CSS),
            );
            for dot in &mut placed.dots {
                dot.top += top + LANE_PADDING_CSS;
            }
            lanes.push(placed);
        }
        lanes
    }

    /// Draws a lane: its name, density, valuations, dots and labels.
    fn lane(
        &mut self,
        lane: usize,
        group: Group,
        LaneDots {
            mut dots, complete, ..
        }: LaneDots,
        (bins, max_count): (&Bins, u32),
    ) {
        let (widget, view) = (self.widget, self.pen.view);
        let [top, dots_end, bottom] = self.frame.lanes.get(lane).copied().unwrap_or_default();
        self.lane_heading(lane, group, top);
        // A lane that has many events at any time has the density below its dots.
        let density_height = if group.count as usize > MAX_DOTS {
            DENSITY_HEIGHT_CSS
        } else {
            0.0
        };
        if !complete {
            let across = if density_height > 0.0 {
                (dots_end + 2.0, dots_end + 2.0 + density_height)
            } else {
                (top + 1.0, dots_end + LANE_PADDING_CSS)
            };
            let color = widget.color(&self.pen.palette, self.prepared.group_by, group.id);
            self.density(bins, lane, max_count, across, color);
        }
        let mut taken = Vec::new();
        let valuations = (dots_end + 4.0 + density_height, bottom - 3.0);
        self.valuations(lane, group, valuations, &mut taken);
        if complete || dots.len() <= MAX_DOTS_TO_LABEL {
            let room = (top, dots_end + LANE_PADDING_CSS - 1.0);
            widget.label_free_dots(view, &self.time, &mut dots, &mut taken, room);
        } else {
            widget.label_largest(view, &self.time, &mut dots, &mut taken);
        }
        let max_stops = if complete {
            MAX_DOTS
        } else {
            MAX_STOPS_OF_DENSE_LANE
        };
        let stops = self.stops(&dots, max_stops);
        for dot in &dots {
            self.event(dot, is_stop(&stops, dot));
        }
    }

    /// The line above a lane, and its name.
    fn lane_heading(&mut self, lane: usize, group: Group, top: f32) {
        let (view, palette) = (self.pen.view, self.pen.palette);
        let width = self.frame.names_width;
        if lane > 0 {
            let line = [0.0, top, view.width_css, top + 1.0];
            self.pen.rect(line, palette.hairline);
        }
        let name = self
            .widget
            .group_name(self.prepared.group_by, group.id, view.lang);
        let fitted = fit(&view.metrics, &name, HEADING.size_css, true, width - 8.0);
        self.pen.label(
            [0.0, top + 5.0, width - 6.0, top + 21.0],
            &fitted,
            &HEADING,
            palette.ink,
            NO_DATUM,
        );
        self.pen.picture.groups.push(String::new());
    }
}
