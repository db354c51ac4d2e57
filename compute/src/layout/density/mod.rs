//! Many events on few pixels: a store of 15 bytes an event, and exact counts, sums and extremes of
//! every column and lane without a look at every event.
//!
//! Events stand in order of time, so a column is a range of ranks. Per block of 256 events and lane
//! the pyramid keeps how many there were and what they add up to *until* the block, and the
//! extremes *within* it; sixteen blocks have their extremes together. A column costs its two ends,
//! at most 256 events each, two prefixes and a walk over the blocks between. Nothing is sampled:
//! what is said of a column is true of every event in it. Cf. Moritz, Howe, Heer, «Falcon» (CHI
//! 2019) for prefixes, and «OM³» (PACMMOD 2023) for ordered extremes.
//!
//! Sums are exact: amounts are kept to seven digits and rounded to a power of two so small that no
//! sum of them leaves the 53 bits of a double. Adding is then the same in any order, which the
//! tests use, and so do the prefixes.

mod events;
mod pyramid;

pub use events::{Events, FARTHEST_MS};
pub use pyramid::Pyramid;

/// No lane: what is filtered out.
pub const OUT: u8 = u8::MAX;
/// Lanes that one pyramid can have.
pub const MAX_LANES: usize = 64;

/// What a pyramid shows: for each of the three dictionaries a lane for every code, or [`OUT`]. The
/// lane of an event is the sum of the three, so all tables but one hold zeros. A code beyond a
/// table is lane 0 of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct EventFilter<'a> {
    /// By kind.
    pub kind: &'a [u8],
    /// By lane.
    pub lane: &'a [u8],
    /// By target.
    pub target: &'a [u8],
    /// Amounts below this are out, and with it above zero those that are not known; 0 for all.
    pub least: f32,
}

/// Of the events of one column in one lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// How many.
    pub count: u32,
    /// What their amounts add up to.
    pub sum: f64,
    /// The smallest amount; infinite where none is known.
    pub least: f32,
    /// The largest; minus infinite where none is known.
    pub most: f32,
}

/// No event.
pub const EMPTY: Cell = Cell {
    count: 0,
    sum: 0.0,
    least: f32::INFINITY,
    most: f32::NEG_INFINITY,
};

impl Cell {
    fn widen(&mut self, (least, most): (f32, f32)) {
        if least < self.least {
            self.least = least;
        }
        if most > self.most {
            self.most = most;
        }
    }
}
