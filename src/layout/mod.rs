//! Pure geometry: numbers in, places out. Not here: data types, words, colour, GPU.
//!
//! Every function is total and bounded: NaN, infinities, empty input and swapped bounds give a defined place, never a panic or a long loop.

pub mod chain;
pub mod lanes;
pub mod scale;
mod sort;
mod squarify;
pub mod tree;

pub use sort::order;
pub use squarify::{Places, resquarify, squarify, squarify_first, strips};
