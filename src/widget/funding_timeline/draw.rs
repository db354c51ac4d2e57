//! The timeline as a picture: lanes with dots, bars, density and valuations, axis and overview.
//! Time runs to the right.

use super::dot_layout::{DENSITY, DOT, MOST_DOTS, Placed, SMALL, free};
use super::draw_vertical::BESIDE;
use super::frame::{AXIS, By, DAY_MS, Frame, NARROW_BELOW, Ready, STRIP};
use super::{FundingTimelineWidget, link, sum};
use crate::abi::{NO_DATUM, mark_style, pattern, shape};
use crate::data::{Precision, When};
use crate::layout::density::Cell;
use crate::layout::order;
use crate::layout::scale::{Level, Tick, Time};
use crate::scene::{AccessibleNode, Align};
use crate::text::{self, also, fill, say};
use crate::widget::figure_builder::{FigureBuilder, Font, plain};
use crate::widget::palette::{fade, over};
use crate::widget::{Figure, STAY, View, reservations};

/// Width of a bin of the density, CSS px.
pub(super) const BIN: f64 = 3.0;
/// Stops of the keyboard in a lane that is not drawn one by one.
const MOST_STOPS: usize = 8;
/// Names of lanes.
const HEADING: Font = Font::new(12.0, true);
/// Air above and below what stands in a lane, CSS px.
const AIR: f32 = 7.0;

/// A picture in the making.
pub(super) struct Draw<'a> {
    pub(super) widget: &'a FundingTimelineWidget,
    pub(super) pen: FigureBuilder<'a>,
    pub(super) ready: &'a Ready,
    pub(super) frame: Frame,
    pub(super) time: Time,
    /// Something is selected.
    pub(super) held: bool,
    /// Of each stop of the keyboard the rank of its event.
    ranks: Vec<usize>,
}

impl FundingTimelineWidget {
    /// Draws what is ready.
    pub(super) fn draw(&self, pen: FigureBuilder<'_>, ready: &Ready) -> Figure {
        let view = pen.view;
        let frame = self.frame(view, ready);
        let mut held = false;
        if view.selects() {
            let known = if self.columns.is_some() {
                0
            } else {
                self.data.events.len()
            };
            held = (0..known).any(|row| self.is_selected(view, row as u32))
                || known == 0 && view.selected.starts_with('#');
        }
        let time = frame.time();
        let mut draw = Draw {
            widget: self,
            pen,
            ready,
            frame,
            time,
            held,
            ranks: Vec::new(),
        };
        draw.pen.picture.scene.size_css[1] = draw.frame.height;
        draw.eras();
        draw.axis();
        draw.today();
        let under = draw.pen.picture.scene.marks.len();
        if draw.frame.tall {
            draw.column();
        } else {
            draw.lanes();
        }
        draw.overview();
        draw.pen.picture.scene.under = under;
        let (days, lang) = (draw.frame.days, view.lang);
        let (mut picture, ranks) = (draw.pen.picture, draw.ranks);
        let in_view = |events, lang| {
            fill(
                lang,
                "보이는 사건 {0}|{0} in view",
                &[&super::many(events, lang)],
            )
        };
        picture.status = self.sums(ready, days, &in_view, lang).1;
        picture.zooms = true;
        picture.moved = view.from_day.is_finite() || view.to_day.is_finite();
        picture.keys = "+ = - 0 PageUp PageDown";
        link(&mut picture.scene.outline);
        self.by_year(&mut picture, &ranks, ready, days, lang);
        picture
    }

    /// The places of a view.
    pub(super) fn frame(&self, view: &View, ready: &Ready) -> Frame {
        let mut frame = Frame {
            tall: view.width_css < NARROW_BELOW,
            whole: self.whole(),
            days: self.days(view),
            ..Frame::default()
        };
        let width = view.width_css;
        let mut top = if self.data.eras.is_empty() { 2.0 } else { 18.0 };
        if frame.tall {
            // Not endlessly tall: what has no room for its name has a dot, and what has none for a
            // dot is density.
            let height = (self.events.len() as f32 * 17.0).clamp(260.0, 760.0);
            frame.names = 46.0_f32.min(width * 0.3);
            frame.ends = (top + 6.0, top + 6.0 + height);
            frame.axis = frame.names;
            top += height + 16.0;
        } else {
            for lane in &ready.lanes {
                let name = self.group_name(ready.by, lane.id, view.lang);
                frame.names =
                    frame
                        .names
                        .max(view.metrics.width(&name, HEADING.size_css, HEADING.bold));
            }
            frame.names = (frame.names.min(170.0) + 18.0).ceil();
            frame.ends = (frame.names + 8.0, width - 10.0);
            for lane in 0..ready.lanes.len() {
                let (height, dots) = self.lane_height(view, ready, &frame, lane);
                let bottom = (top + AIR + height + AIR).ceil();
                frame.lanes.push([top, top + AIR + dots, bottom]);
                top = bottom;
            }
            frame.axis = top + 4.0;
            top += 4.0 + AXIS;
        }
        let left = if frame.tall { 0.0 } else { frame.ends.0 };
        frame.strip = [
            left,
            top + 4.0,
            width - if frame.tall { 0.0 } else { 10.0 },
            top + 4.0 + STRIP,
        ];
        frame.height = top + 4.0 + STRIP + 2.0;
        frame
    }
}

impl Draw<'_> {
    /// A rectangle from one place along time to another, and from one across to another.
    pub(super) fn across(&mut self, along: (f32, f32), across: (f32, f32), fill: u32) {
        let rect = if self.frame.tall {
            [across.0, along.0, across.1, along.1]
        } else {
            [along.0, across.0, along.1, across.1]
        };
        self.pen.rect(rect, fill);
    }

    /// Ends across time of what is drawn in it: on a phone no line goes on through the names
    /// beside.
    fn breadth(&self) -> (f32, f32) {
        if self.frame.tall {
            (self.frame.names, self.frame.names + BESIDE - 6.0)
        } else {
            (0.0, self.frame.axis)
        }
    }

    /// Small words on ground, which lets no grid line through them. They lead to their event as its
    /// mark does.
    fn words(&mut self, rect_css: [f32; 4], words: &str, align: Align, ink: u32, datum: u32) {
        if !words.is_empty() {
            let [left, top, right, bottom] = rect_css;
            self.pen.mark(
                [left, top + 1.0, right, bottom - 1.0],
                fade(self.pen.palette.ground, 0.85),
                0,
                plain(),
                datum,
            );
            self.pen
                .label(rect_css, words, &Font { align, ..SMALL }, ink, datum);
        }
    }

    fn x(&self, day: f64) -> f32 {
        self.time.x(day) as f32
    }

    /// Periods behind everything.
    fn eras(&mut self) {
        let (low, high) = self.frame.ends;
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
            self.across(ends, self.breadth(), color);
            let label = era.label.get(view.lang);
            let width = view.metrics.width(label, SMALL.size_css, false);
            let secondary = self.pen.palette.secondary;
            if !self.frame.tall && ends.0 >= last + 6.0 && ends.1 - ends.0 >= width + 8.0 {
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

    /// The cells of all lanes in bins that stand still against time when it moves, with the first
    /// of their bounds and their number, days and px.
    pub(super) fn bins(&self) -> (Vec<Cell>, f64, f64) {
        let (from, to) = self.frame.days;
        let (low, high) = self.frame.ends;
        let width = (to - from) / (f64::from(high - low) / BIN).max(1.0);
        // Whole multiples of a bin since 1970.
        let first = (from / width).floor();
        let mut bounds = Vec::new();
        let mut at = 0.0;
        while at < 8192.0 && (first + at) * width < to + width {
            bounds.push((first + at) * width * DAY_MS);
            at += 1.0;
        }
        (
            self.ready.pyramid.columns(&self.widget.events, &bounds),
            first * width,
            width,
        )
    }

    fn lanes(&mut self) {
        let (widget, ready, view) = (self.widget, self.ready, self.pen.view);
        let mut boxes = Vec::new();
        let mut dense = false;
        for lane in 0..ready.lanes.len() {
            let [top, end, _] = self.frame.lanes.get(lane).copied().unwrap_or_default();
            let mut placed = widget.settled(
                view,
                ready,
                &self.frame,
                lane,
                self.frame.days,
                Some(end - top - AIR),
            );
            for p in &mut placed.0 {
                p.top += top + AIR;
            }
            dense |= !placed.2;
            boxes.push(placed);
        }
        let (cells, first, width) = if dense {
            self.bins()
        } else {
            (Vec::new(), 0.0, 1.0)
        };
        let lanes = ready.lanes.len().max(1);
        let mut most = 0;
        for (at, cell) in cells.iter().enumerate() {
            if boxes.get(at % lanes).is_some_and(|placed| !placed.2) {
                most = most.max(cell.count);
            }
        }
        if most > 0 {
            self.density_keys(most);
        }
        let (end, names) = (view.width_css, self.frame.names);
        for (lane, (mut placed, _, all)) in boxes.into_iter().enumerate() {
            let Some(group) = ready.lanes.get(lane) else {
                continue;
            };
            let [top, dots, bottom] = self.frame.lanes.get(lane).copied().unwrap_or_default();
            if lane > 0 {
                self.pen
                    .rect([0.0, top, end, top + 1.0], self.pen.palette.hairline);
            }
            let name = widget.group_name(ready.by, group.id, view.lang);
            let fitted =
                crate::widget::fit(&view.metrics, &name, HEADING.size_css, true, names - 8.0);
            self.pen.label(
                [0.0, top + 5.0, names - 6.0, top + 21.0],
                fitted,
                &HEADING,
                self.pen.palette.ink,
                NO_DATUM,
            );
            self.pen.picture.groups.push(String::new());
            if !all {
                let strip = if group.count as usize > MOST_DOTS {
                    (dots + 2.0, dots + 2.0 + DENSITY)
                } else {
                    (top + 1.0, dots + AIR)
                };
                self.density(
                    &cells,
                    lane,
                    (first, width),
                    most,
                    strip,
                    widget.color(&self.pen.palette, ready.by, group.id),
                );
            }
            let mut taken = Vec::new();
            let below = if group.count as usize > MOST_DOTS {
                DENSITY
            } else {
                0.0
            };
            self.steps(lane, (dots + 4.0 + below, bottom - 3.0), &mut taken);
            let few = placed.len() <= 60 || all;
            if few {
                widget.free_labels(
                    view,
                    &self.time,
                    &mut placed,
                    &mut taken,
                    (top, dots + AIR - 1.0),
                );
            } else {
                self.some_labels(&mut placed, &mut taken);
            }
            let stops = self.stops(&placed, if all { MOST_DOTS } else { MOST_STOPS });
            for p in &placed {
                self.event(p, is_stop(&stops, p));
            }
        }
    }

    /// The data of the events that the keyboard stops at, in order: all, or the largest of many.
    pub(super) fn stops(&self, placed: &[Placed], most: usize) -> Vec<f64> {
        let mut keys = Vec::new();
        for p in placed {
            keys.push(-self.widget.importance(p.rank));
        }
        let mut stops = Vec::new();
        for (_, at) in order(&keys) {
            if let Some(p) = placed.get(at).filter(|_| stops.len() < most) {
                stops.push(f64::from(p.datum));
            }
        }
        let mut sorted = Vec::new();
        for (datum, _) in order(&stops) {
            sorted.push(datum);
        }
        sorted
    }

    /// What the shades of the density mean.
    pub(super) fn density_keys(&mut self, most: u32) {
        let (lang, color) = (
            self.pen.view.lang,
            self.widget.color(&self.pen.palette, self.ready.by, 0),
        );
        for number in [1, most.div_ceil(4), most] {
            let words = super::many(number as usize, lang);
            if self
                .pen
                .picture
                .legend
                .last()
                .is_none_or(|key| key.label != words)
            {
                self.pen.key(
                    &words,
                    over(
                        color,
                        strength(level(number, most)),
                        self.pen.palette.ground,
                    ),
                    "swatch",
                );
            }
        }
    }

    /// How many events there are, bin by bin: neighbours of one shade are one mark.
    pub(super) fn density(
        &mut self,
        cells: &[Cell],
        lane: usize,
        (first, width): (f64, f64),
        most: u32,
        across: (f32, f32),
        color: u32,
    ) {
        let (low, high) = self.frame.ends;
        let mut shades = [0; LEVELS + 1];
        for (level, shade) in shades.iter_mut().enumerate().skip(1) {
            *shade = over(color, strength(level), self.pen.palette.ground);
        }
        // From where to where, and how strong.
        let mut run = (0.0_f32, 0.0_f32, 0);
        let lanes = self.ready.lanes.len().max(1);
        let bins = cells.len() / lanes;
        // Between whole px: bins stand still against time, so all of them are moved by the same
        // part.
        let begin = self.x(first);
        let bin_px = self.x(first + width) - begin;
        for bin in 0..=bins {
            let number = cells.get(bin * lanes + lane).map_or(0, |cell| cell.count);
            let level = level(number, most);
            let x1 = (begin + (bin + 1) as f32 * bin_px)
                .max(low)
                .min(high)
                .round();
            if bin < bins && level == run.2 && level != 0 {
                run.1 = x1;
                continue;
            }
            if run.1 > run.0
                && let Some(&shade) = shades.get(run.2).filter(|shade| **shade != 0)
            {
                self.across((run.0, run.1), (across.0.round(), across.1.round()), shade);
            }
            run = (
                (begin + bin as f32 * bin_px).max(low).min(high).round(),
                x1,
                level,
            );
        }
    }

    /// Labels of the few largest of many.
    fn some_labels(&self, placed: &mut [Placed], taken: &mut Vec<[f32; 4]>) {
        let mut keys = Vec::new();
        for p in placed.iter() {
            keys.push(-self.widget.importance(p.rank));
            taken.push(p.rect());
        }
        let mut left = 10;
        for (_, at) in order(&keys) {
            if left == 0 {
                break;
            }
            left -= 1;
            let Some(p) = placed.get_mut(at) else {
                continue;
            };
            let (_, x1) = p.ends();
            if !self.widget.naming(p, self.pen.view, &self.time, false) {
                continue;
            }
            let wanted = [x1 + 3.0, p.middle() - 7.5, p.rect()[2], p.middle() + 7.5];
            if free(taken, wanted) {
                taken.push(wanted);
            } else {
                p.label.clear();
            }
        }
    }

    /// What an organisation was said to be worth, from one valuation to the next, on a logarithmic
    /// scale that all lanes share. Where it was bought the lane ends.
    fn steps(&mut self, lane: usize, (top, bottom): (f32, f32), taken: &mut Vec<[f32; 4]>) {
        let (widget, ready, view) = (self.widget, self.ready, self.pen.view);
        let (low, high) = self.frame.ends;
        let Some(group) = ready.lanes.get(lane) else {
            return;
        };
        let mut ends = f32::INFINITY;
        if ready.by == By::Org && widget.columns.is_none() {
            for event in &widget.data.events {
                let sold = event.kind == crate::data::funding::Kind::Acquisition
                    && event.target.is_some_and(|target| target + 1 == group.id);
                if let (true, Some(when)) = (sold, event.when) {
                    let (from, to) = when.days();
                    ends = ends.min(self.x((from + to) / 2.0));
                }
            }
        }
        // Another one's line steps back from what is selected.
        let own = view.is_selected(Some(widget.key(ready.by, group.id)), NO_DATUM);
        let color = fade(
            widget.color(&self.pen.palette, ready.by, group.id),
            if self.held && !own { 0.35 } else { 0.8 },
        );
        if ends < high {
            let from = ends.max(low);
            self.pen.mark(
                [from, top - 4.0, high, bottom + 4.0],
                0,
                self.pen.palette.hairline,
                mark_style(shape::RECT, pattern::HATCH, 0.0, 0.0, false),
                NO_DATUM,
            );
            if ends >= low {
                self.pen.rect(
                    [ends - 1.0, top, ends + 1.0, bottom],
                    self.pen.palette.secondary,
                );
            }
        }
        let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
        let mut own = 0;
        for &(of, rank) in &ready.worths {
            if let Some(worth) = widget.worth(rank as usize) {
                least = least.min(worth);
                most = most.max(worth);
            }
            own += usize::from(usize::from(of) == lane);
        }
        // Thousands of steps are no line that anybody can read.
        if own == 0 || own > 2_000 {
            return;
        }
        let reach = (most / least).ln().max(1e-9);
        let y = |worth: f64| {
            bottom
                - 10.0
                - (f64::from(bottom - top - 26.0).max(8.0) * (worth / least).ln() / reach) as f32
        };
        let mut last: Option<(f32, f64)> = None;
        let mut points = Vec::new();
        for &(of, rank) in &ready.worths {
            if let (true, Some(worth)) = (usize::from(of) == lane, widget.worth(rank as usize)) {
                points.push((
                    self.x(widget.events.ms(rank as usize) / DAY_MS),
                    y(worth),
                    worth,
                    widget.datum(rank as usize),
                ));
            }
        }
        let style = plain();
        for (at, &(x, y, worth, datum)) in points.iter().enumerate() {
            let until = points
                .get(at + 1)
                .map_or(high, |next| next.0)
                .min(ends)
                .max(low)
                .min(high);
            let from = x.max(low).min(high);
            if until > from {
                let line = [from, y - 0.75, until, y + 0.75];
                self.pen.mark(line, color, 0, style, datum);
                taken.push(line);
            }
            if (low..=high).contains(&x) {
                if let Some((before, _)) = last {
                    let line = [
                        x - 0.75,
                        y.min(before) - 0.75,
                        x + 0.75,
                        y.max(before) + 0.75,
                    ];
                    self.pen.mark(line, color, 0, style, datum);
                    taken.push(line);
                }
                if last.is_some_and(|(_, before)| worth < before) {
                    let tip = [x - 4.0, y + 1.0, x + 4.0, y + 8.0];
                    self.pen.mark(
                        tip,
                        self.pen.palette.ink,
                        0,
                        mark_style(shape::TRIANGLE_DOWN, pattern::SOLID, 0.0, 0.0, false),
                        datum,
                    );
                    self.down_key();
                }
            }
            last = Some((y, worth));
        }
        for &(x, y, worth, datum) in &points {
            let words = widget.plain(worth, view.lang);
            let width = view.metrics.width(&words, SMALL.size_css, false) + 2.0;
            // Above the step, below it, or before it: nothing crosses a figure.
            for (left, above) in [(x + 3.0, 15.0), (x + 3.0, -1.0), (x - 4.0 - width, 7.0)] {
                let wanted = [left, y - above, left + width, y - above + 14.0];
                if free(taken, wanted)
                    && x >= low
                    && left >= low
                    && wanted[2] <= high + 8.0
                    && wanted[3] <= bottom + 3.0
                {
                    self.words(
                        wanted,
                        &words,
                        Align::Start,
                        self.pen.palette.secondary,
                        datum,
                    );
                    taken.push(wanted);
                    break;
                }
            }
        }
    }

    fn down_key(&mut self) {
        let words = say(
            self.pen.view.lang,
            "▼ 기업가치 하락|▼ Lower valuation than before",
        );
        if self.pen.picture.legend.iter().all(|key| key.label != words) {
            let ink = self.pen.palette.ink;
            self.pen.key(
                "▼ 기업가치 하락|▼ Lower valuation than before",
                ink,
                "swatch",
            );
        }
    }

    /// One event: its bar, its dot, its ring if it is selected, its words; with `stop` a stop of
    /// the keyboard.
    pub(super) fn event(&mut self, p: &Placed, stop: bool) {
        let tall = self.frame.tall;
        let (widget, pen, look) = (self.widget, &mut self.pen, p.look);
        let (palette, view) = (pen.palette, pen.view);
        let selected = self.held && widget.is_selected(view, p.datum);
        let (strength, ink) = if self.held && !selected {
            (0.35, 0.45)
        } else {
            (1.0, 1.0)
        };
        let (middle, centre, color) = (p.middle(), p.centre(), look.color);
        let turned = |rect: [f32; 4]| {
            if tall {
                [rect[1], rect[0], rect[3], rect[2]]
            } else {
                rect
            }
        };
        if p.is_bar() {
            // Only what is in the picture is drawn of a period.
            let (low, high) = self.frame.ends;
            let rect = |half: f32| {
                turned([
                    (p.from + 0.5).max(low - 2.0),
                    middle - half,
                    (p.to - 0.5).min(high + 2.0),
                    middle + half,
                ])
            };
            let ends = if look.about {
                pattern::SOFT
            } else {
                pattern::SOLID
            };
            let style = |half, stroke| mark_style(shape::RECT, ends, stroke, half, false);
            if look.sized {
                pen.mark(
                    rect(1.5),
                    fade(color, 0.55 * strength),
                    0,
                    style(1.5, 0.0),
                    p.datum,
                );
            } else if look.open {
                pen.mark(
                    rect(3.0),
                    0,
                    fade(color, strength),
                    style(3.0, 1.25),
                    p.datum,
                );
            } else {
                pen.mark(
                    rect(3.0),
                    fade(color, 0.75 * strength),
                    0,
                    style(3.0, 0.0) | look.grain,
                    p.datum,
                );
            }
        }
        let inside = centre > self.frame.ends.0 - p.radius - 1.0
            && centre < self.frame.ends.1 + p.radius + 1.0;
        if (look.sized || !p.is_bar()) && inside {
            let hollow = look.open || look.undisclosed;
            // Opaque: dots do not overlap, and grid lines do not shine through.
            let fill = if hollow {
                palette.ground
            } else {
                over(
                    color,
                    if look.pale { 0.4 } else { 0.9 } * strength,
                    palette.ground,
                )
            };
            let (stroke, stroke_css) = if look.disputed {
                (palette.ink, 1.5)
            } else {
                (color, if hollow { 1.5 } else { 0.0 })
            };
            let form = if look.undisclosed {
                shape::DIAMOND
            } else {
                shape::ELLIPSE
            };
            let soft = if look.soft && !hollow && p.radius > 6.0 {
                pattern::SOFT
            } else {
                pattern::SOLID
            };
            let circle = turned([
                centre - p.radius,
                middle - p.radius,
                centre + p.radius,
                middle + p.radius,
            ]);
            let grain = if hollow { 0 } else { look.grain };
            pen.mark(
                circle,
                fill,
                fade(stroke, strength),
                mark_style(form, soft, stroke_css, 0.0, look.disputed) | grain,
                p.datum,
            );
        }
        let (x0, x1) = p.ends();
        let around = |air: f32| {
            turned([
                x0 - air,
                p.top - air,
                x1 + air,
                p.top + p.radius * 2.0 + air,
            ])
        };
        if selected {
            pen.mark(
                around(2.5),
                0,
                palette.ink,
                mark_style(shape::RECT, pattern::SOLID, 2.0, p.radius + 2.5, false),
                p.datum,
            );
        }
        if !tall {
            for (words, width, drop) in [
                (&p.label, p.label_width, 0.0),
                (
                    &p.more,
                    view.metrics.width(&p.more, SMALL.size_css, false),
                    15.0,
                ),
            ] {
                let width = width + 3.0;
                let (left, align) = if p.left {
                    (x0 - 4.0 - width, Align::End)
                } else {
                    (x1 + 4.0, Align::Start)
                };
                let (left, drop) = if p.over {
                    (
                        centre.max(self.frame.ends.0).min(self.frame.ends.1)
                            + p.radius.max(DOT)
                            + 3.0,
                        -10.0,
                    )
                } else {
                    (left, drop)
                };
                let (top, color) = (
                    middle - 7.5 + drop,
                    if drop > 0.0 {
                        palette.secondary
                    } else {
                        palette.ink
                    },
                );
                self.words(
                    [left, top, left + width, top + 15.0],
                    words,
                    align,
                    fade(color, ink),
                    p.datum,
                );
            }
        }
        if stop {
            let (mut rect, lang) = (around(2.0), view.lang);
            // A period that reaches beyond the picture has its ring within.
            rect[0] = rect[0].max(0.0);
            rect[2] = rect[2].min(view.width_css);
            let (key, mut name, entity) = self.said(p, lang);
            let lane = self
                .ready
                .lanes
                .get(usize::from(self.ready.pyramid.lane(p.rank)));
            also(
                &mut name,
                lang,
                lane.map_or(String::new(), |lane| {
                    self.widget.group_name(self.ready.by, lane.id, lang)
                }),
            );
            let group = self.pen.picture.groups.len() as u32 - 1;
            self.ranks.push(p.rank);
            self.pen.picture.scene.outline.push(AccessibleNode {
                datum: p.datum,
                rect_css: rect,
                name,
                lines: Vec::new(),
                neighbor_lines: STAY,
                key,
                entity,
                group,
                neighbors: STAY,
            });
        }
    }

    /// What is said of an event: its name, and the sentence.
    fn said(&self, p: &Placed, lang: crate::data::Lang) -> (String, String, Option<String>) {
        let widget = self.widget;
        if widget.columns.is_some() {
            let key = widget.column_label(p.rank, lang);
            let mut name = key.clone();
            also(&mut name, lang, widget.column_date(p.rank, lang));
            also(&mut name, lang, widget.column_sum(p.rank, lang));
            return (key, name, None);
        }
        let Some(event) = widget.event(p.datum) else {
            return Default::default();
        };
        let key = event.label.get(lang).to_string();
        let mut name = key.clone();
        also(&mut name, lang, super::date(event, "", lang));
        also(&mut name, lang, sum(event, lang));
        also(
            &mut name,
            lang,
            reservations(text::status(&event.status, lang), lang),
        );
        (key, name, widget.about(event).map(|a| a.id.clone()))
    }

    /// Words centred under a place of the axis, within the picture; returns where they begin and
    /// end.
    fn centred(&self, words: &str, x: f32, bold: bool) -> (f32, f32) {
        let half = self.pen.view.metrics.width(words, SMALL.size_css, bold) / 2.0 + 1.0;
        let centre = x.min(self.pen.view.width_css - half).max(half);
        (centre - half, centre + half)
    }

    /// Grid lines, ticks and their words; below them the date that the ticks leave unsaid.
    fn axis(&mut self) {
        let (view, palette, tall) = (self.pen.view, self.pen.palette, self.frame.tall);
        let (low, high) = self.frame.ends;
        let axis = self.frame.axis;
        let breadth = self.breadth();
        if tall {
            self.pen
                .rect([axis - 1.0, low, axis, high], palette.secondary);
        } else {
            self.pen.rect(
                [self.frame.names, axis, view.width_css, axis + 1.0],
                palette.secondary,
            );
        }
        let room = ((high - low) / if tall { 26.0 } else { 62.0 }).max(2.0) as usize;
        let ticks = self.time.ticks(room.min(60));
        let mut last_end = f32::MIN;
        for tick in &ticks {
            let x = self.x(tick.at());
            let bold = tick.level == Level::Year;
            let line = over(
                palette.hairline,
                if bold { 0.9 } else { 0.5 },
                palette.ground,
            );
            self.across(
                (x.floor(), x.floor() + 1.0),
                (breadth.0.round(), breadth.1.round()),
                line,
            );
            let words = text::tick(tick, view.lang);
            let font = Font { bold, ..SMALL };
            if tall {
                let width = view.metrics.width(&words, SMALL.size_css, bold) + 2.0;
                let rect = [axis - 5.0 - width, x - 7.5, axis - 5.0, x + 7.5];
                if x - 7.5 >= last_end && rect[0] >= -0.5 && x >= 8.0 {
                    self.pen.label(
                        rect,
                        &words,
                        &Font {
                            align: Align::End,
                            ..font
                        },
                        palette.ink,
                        NO_DATUM,
                    );
                    last_end = x + 7.5;
                }
                continue;
            }
            self.pen
                .rect([x - 0.5, axis, x + 0.5, axis + 5.0], palette.secondary);
            let (left, right) = self.centred(&words, x, bold);
            if left >= last_end + 6.0 {
                self.pen.label(
                    [left, axis + 7.0, right, axis + 21.0],
                    &words,
                    &Font {
                        align: Align::Middle,
                        ..font
                    },
                    palette.ink,
                    NO_DATUM,
                );
                last_end = right;
            }
        }
        if !tall {
            self.unsaid(&ticks);
        }
    }

    /// The year, month or day in which the axis begins, where no tick says it.
    fn unsaid(&mut self, ticks: &[Tick]) {
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
        let (left, top) = (self.frame.names, self.frame.axis + 21.0);
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
    fn today(&mut self) {
        let (view, (from, to)) = (self.pen.view, self.frame.days);
        if !(view.today > from && view.today < to) {
            return;
        }
        let x = self.x(view.today);
        self.across(
            (x - 0.5, x + 0.5),
            self.breadth(),
            fade(self.pen.palette.ink, 0.3),
        );
        let words = say(view.lang, "오늘|today");
        let secondary = self.pen.palette.secondary;
        if !self.frame.tall {
            let (left, right) = self.centred(words, x, false);
            let (top, begin) = (self.frame.axis + 21.0, self.frame.names + 130.0);
            if left > begin {
                self.pen.label(
                    [left, top, right, top + 14.0],
                    words,
                    &Font {
                        align: Align::Middle,
                        ..SMALL
                    },
                    secondary,
                    NO_DATUM,
                );
            }
        }
    }

    /// All of time, with a window where the view is: a drag on it chooses another.
    fn overview(&mut self) {
        let (widget, palette) = (self.widget, self.pen.palette);
        let [left, top, right, bottom] = self.frame.strip;
        let bins = (f64::from(right - left) / BIN).clamp(1.0, 4096.0) as usize;
        let numbers = widget.strip(self.ready, bins);
        let mut most = 1;
        for &number in &numbers {
            most = most.max(number);
        }
        self.pen
            .rect([left, bottom - 1.0, right, bottom], palette.hairline);
        let moved = self.pen.view.from_day.is_finite() || self.pen.view.to_day.is_finite();
        let axis = self.frame.overview();
        let window = (axis.x(self.frame.days.0) as f32).max(left)
            ..(axis.x(self.frame.days.1) as f32).min(right);
        for (bin, &number) in numbers.iter().enumerate() {
            if number > 0 {
                let x = left.round() + bin as f32 * BIN as f32;
                let high = ((bottom - top - 6.0) * (number as f32 / most as f32).sqrt()).round();
                let part = if !moved || window.contains(&(x + 1.0)) {
                    0.75
                } else {
                    0.35
                };
                let floor = bottom.round() - 1.0;
                self.pen.rect(
                    [x, floor - high.max(2.0), x + BIN as f32, floor],
                    over(palette.secondary, part, palette.ground),
                );
            }
        }
        if moved {
            let (x0, x1) = (window.start, window.end.max(window.start + 3.0));
            let style = mark_style(shape::RECT, pattern::SOLID, 1.5, 2.0, false);
            self.pen.mark(
                [x0, top, x1, bottom],
                fade(palette.ink, 0.06),
                palette.ink,
                style,
                NO_DATUM,
            );
            for x in [x0, x1] {
                let grip = mark_style(shape::RECT, pattern::SOLID, 0.0, 2.0, false);
                self.pen.mark(
                    [
                        x - 2.0,
                        (top + bottom) / 2.0 - 7.0,
                        x + 2.0,
                        (top + bottom) / 2.0 + 7.0,
                    ],
                    palette.ink,
                    0,
                    grip,
                    NO_DATUM,
                );
            }
        }
    }
}

/// Whether the keyboard stops at an event.
pub(super) fn is_stop(stops: &[f64], p: &Placed) -> bool {
    stops
        .binary_search_by(|stop| stop.total_cmp(&f64::from(p.datum)))
        .is_ok()
}

/// Strengths of a bin's colour.
const LEVELS: usize = 15;

/// Which of them a bin has: the square root of its share, so that neighbours are often alike.
fn level(number: u32, most: u32) -> usize {
    ((number as f32 / most.max(1) as f32).sqrt() * LEVELS as f32).ceil() as usize
}

/// How strong that is.
fn strength(level: usize) -> f32 {
    level as f32 / LEVELS as f32 * 0.78 + 0.12
}
