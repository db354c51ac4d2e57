//! The organisations that have a colour of their own, the same in every table and lane of every
//! file. Not here: the names by which they are known (`data`), what else has a colour (`palette`).
//!
//! The colours are those of the design: on the ground they were chosen for each reaches 3:1, and
//! what meets in a market stays apart for every eye (`tests/palette.rs`).

use crate::abi::rgba;
use crate::data::{NOTED_ORGANISATIONS, noted_organisation};

/// An organisation that has a colour of its own: its place in `COLOURS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Organisation(u8);

/// How many there are.
pub(super) const ORGANISATIONS: usize = COLOURS.len();

/// On light and on dark ground.
const COLOURS: [[u32; 2]; NOTED_ORGANISATIONS as usize] = [
    // NVIDIA, AMD, Intel.
    [rgba(0x6c, 0x78, 0x00, 255), rgba(0x6d, 0x72, 0x06, 255)],
    [rgba(0xbe, 0x8b, 0x4d, 255), rgba(0xd8, 0xae, 0x89, 255)],
    [rgba(0x4c, 0x81, 0xd6, 255), rgba(0x0b, 0x91, 0xdf, 255)],
    // TSMC, Samsung, SK hynix, Micron.
    [rgba(0xae, 0x2e, 0x6b, 255), rgba(0xba, 0x3a, 0x7f, 255)],
    [rgba(0x2c, 0x52, 0xb8, 255), rgba(0x39, 0x60, 0xe4, 255)],
    [rgba(0xd7, 0x6c, 0x6f, 255), rgba(0xe3, 0x87, 0x79, 255)],
    [rgba(0x67, 0x1e, 0x7b, 255), rgba(0x95, 0x40, 0xa8, 255)],
    // Microsoft, Google, Meta, Oracle, Amazon.
    [rgba(0x12, 0x9d, 0xe7, 255), rgba(0x15, 0xac, 0xe5, 255)],
    [rgba(0x01, 0x7e, 0x85, 255), rgba(0x13, 0x96, 0x8d, 255)],
    [rgba(0x31, 0x2d, 0x97, 255), rgba(0x6b, 0x58, 0xc2, 255)],
    [rgba(0x70, 0x0f, 0x34, 255), rgba(0xbb, 0x27, 0x4a, 255)],
    [rgba(0x77, 0x48, 0x24, 255), rgba(0xaf, 0x8a, 0x33, 255)],
    // OpenAI, Anthropic, xAI.
    [rgba(0x1d, 0x3c, 0x4b, 255), rgba(0x36, 0x6b, 0x88, 255)],
    [rgba(0xb9, 0x59, 0x45, 255), rgba(0xc9, 0x63, 0x4e, 255)],
    [rgba(0x90, 0x94, 0xa0, 255), rgba(0xbb, 0xbc, 0xc2, 255)],
];

impl Organisation {
    /// The organisation of an id or a name; of most there is none.
    pub fn named(name: &str) -> Option<Self> {
        noted_organisation(name).map(Self)
    }

    /// The one of a place.
    pub(super) fn at(place: usize) -> Option<Self> {
        (place < ORGANISATIONS).then_some(Self(place as u8))
    }

    /// Its place among those that have a colour.
    pub(super) fn place(self) -> usize {
        self.0.into()
    }

    /// Its colour on a light or a dark ground.
    pub fn color(self, dark: bool) -> u32 {
        COLOURS
            .get(self.place())
            .map_or(0, |colours| colours[usize::from(dark)])
    }
}
