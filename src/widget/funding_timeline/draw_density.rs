//! Density: how many events there are, bin by bin, where they are too many for dots. Not here: the
//! counts themselves, which the pyramid has.

use super::dimensions::DAY_MS;
use super::draw_context::DrawContext;
use super::events::event_count;
use crate::layout::density::Cell;
use crate::widget::palette::over;

/// Width of a bin.
pub(super) const BIN_CSS: f64 = 3.0;
/// Bins of a picture.
const MAX_BINS: f64 = 8192.0;
/// Shades of a bin's colour.
const SHADES: usize = 15;

/// The cells of all lanes in bins that stand still against time when it moves.
#[derive(Default)]
pub(super) struct Bins {
    /// Bin by bin, of each the cells of all lanes.
    pub(super) cells: Vec<Cell>,
    /// The day on which the first bin begins, and the days of each.
    first_day: f64,
    bin_days: f64,
}

impl DrawContext<'_> {
    /// Counts the events of all lanes in bins.
    pub(super) fn bins(&self) -> Bins {
        let (from, to) = self.frame.days;
        let (low, high) = self.frame.time_ends;
        let width = (to - from) / (f64::from(high - low) / BIN_CSS).max(1.0);
        // Whole multiples of a bin since 1970.
        let first = (from / width).floor();
        let mut bounds = Vec::new();
        let mut at = 0.0;
        while at < MAX_BINS && (first + at) * width < to + width {
            bounds.push((first + at) * width * DAY_MS);
            at += 1.0;
        }
        Bins {
            cells: self.prepared.pyramid.columns(&self.widget.events, &bounds),
            first_day: first * width,
            bin_days: width,
        }
    }

    /// What the shades of the density mean.
    pub(super) fn density_legend(&mut self, max_count: u32) {
        let lang = self.pen.view.lang;
        let color = self
            .widget
            .color(&self.pen.palette, self.prepared.group_by, 0);
        for count in [1, max_count.div_ceil(4), max_count] {
            let words = event_count(count as usize, lang);
            if self
                .pen
                .picture
                .legend
                .last()
                .is_none_or(|key| key.label != words)
            {
                let strength = strength(shade(count, max_count));
                let color = over(color, strength, self.pen.palette.ground);
                self.pen.key(&words, color, "swatch");
            }
        }
    }

    /// The density of a lane between two places across time: neighbours of one shade are one mark.
    pub(super) fn density(
        &mut self,
        bins: &Bins,
        lane: usize,
        max_count: u32,
        across: (f32, f32),
        color: u32,
    ) {
        let (low, high) = self.frame.time_ends;
        let mut colors = [0; SHADES + 1];
        for (shade, slot) in colors.iter_mut().enumerate().skip(1) {
            *slot = over(color, strength(shade), self.pen.palette.ground);
        }
        // From where to where, and of which shade.
        let mut run = (0.0_f32, 0.0_f32, 0);
        let lanes = self.prepared.lanes.len().max(1);
        let count = bins.cells.len() / lanes;
        // Between whole px: bins stand still against time, so all of them are moved by the same
        // part.
        let begin = self.x(bins.first_day);
        let bin_px = self.x(bins.first_day + bins.bin_days) - begin;
        let bound = |bin: usize| (begin + bin as f32 * bin_px).max(low).min(high).round();
        for bin in 0..=count {
            let events = bins
                .cells
                .get(bin * lanes + lane)
                .map_or(0, |cell| cell.count);
            let shade = shade(events, max_count);
            let end = bound(bin + 1);
            if bin < count && shade == run.2 && shade != 0 {
                run.1 = end;
                continue;
            }
            if run.1 > run.0
                && let Some(&color) = colors.get(run.2).filter(|color| **color != 0)
            {
                self.time_rect((run.0, run.1), (across.0.round(), across.1.round()), color);
            }
            run = (bound(bin), end, shade);
        }
    }
}

/// Which shade a bin has, 0 for none: the square root of its share, so that neighbours are often
/// alike.
fn shade(count: u32, max_count: u32) -> usize {
    ((count as f32 / max_count.max(1) as f32).sqrt() * SHADES as f32).ceil() as usize
}

/// How strong a shade is.
fn strength(shade: usize) -> f32 {
    shade as f32 / SHADES as f32 * 0.78 + 0.12
}
