//! Pure geometry: numbers in, places out. Not here: data types, words, colour, GPU.
//!
//! Every function is total and bounded: NaN, infinities, empty input and swapped bounds give a defined place, never a panic or a long loop.

pub mod chain;
pub mod density;
pub mod graph;
pub mod lanes;
pub mod layered;
pub mod route;
pub mod sankey;
pub mod scale;
mod sort;
mod squarify;

pub use sort::ascending;
pub use squarify::squarify;

/// Keys with their places in ascending order, ties by place. The one sort of all layouts: each further one would be a further copy of the sort.
#[cfg_attr(hot, optimize(speed))]
pub fn order(keys: &[f64]) -> Vec<(f64, usize)> {
    let mut order: Vec<(f64, usize)> = Vec::new();
    for (ix, &key) in keys.iter().enumerate() {
        // Adding zero makes −0 a 0: the two are equal.
        order.push((key + 0.0, ix));
    }
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    order
}
