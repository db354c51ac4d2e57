//! Pure geometry: numbers in, places out. Not here: data types, words, colour, GPU.
//!
//! Every function is total and bounded: NaN, infinities, empty input and swapped bounds give a
//! defined place, never a panic or a long loop.

pub mod chain;
pub mod density;
pub mod graph;
pub mod lanes;
pub mod layered;
mod radix;
pub mod route;
pub mod sankey;
pub mod scale;
mod squarify;
pub mod tree;

pub use radix::{ascending, order, sort_by_upper_half};
pub use squarify::{Places, resquarify, squarify, squarify_first};
