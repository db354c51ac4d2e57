//! Pure geometry: numbers in, places out. Not here: data types, words, colour, GPU.
//!
//! Every function is total and bounded: NaN, infinities, empty input and swapped bounds give a
//! defined place, never a panic or a long loop.

pub mod density;
pub mod lanes;
pub mod layered;
pub mod sankey;
pub mod scale;
mod sort;
mod squarify;
pub mod treemap;

pub use sort::{ascending, order, sort_by_upper_half};
pub use squarify::{Places, resquarify, squarify, squarify_first};
