//! Sizes and units that several modules share. Not here: those that one module alone uses.

use crate::widget::figure_builder::Font;

/// Milliseconds of a day.
pub(super) const DAY_MS: f64 = 86_400_000.0;
/// Below this width time runs down.
pub(super) const VERTICAL_BELOW_CSS: f32 = 640.0;
/// Radius of an event that is not about money.
pub(super) const DOT_RADIUS_CSS: f32 = 4.0;
/// Words beside an event.
pub(super) const SMALL: Font = Font::new(11.0, false);
/// Names of lanes.
pub(super) const HEADING: Font = Font::new(12.0, true);
