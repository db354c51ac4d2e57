//! The order of many keys, and the keys in it.

use super::radix::{Tools, arrange};

/// Places of the keys in ascending order, ties by place; keys of any kind, as `f64::total_cmp` orders them.
pub fn ascending(keys: &[f64]) -> Vec<u32> {
    let mut places: Vec<u32> = (0..keys.len() as u32).collect();
    // Nothing is faster than an order that is there.
    if !keys.is_sorted() {
        arrange(keys, &[], false, true, &mut places, &mut Tools::default());
    }
    places
}

/// As [`ascending`], and the keys in that order.
#[cfg_attr(hot, optimize(speed))]
pub(super) fn ascending_with_keys(keys: Vec<f64>) -> (Vec<u32>, Vec<f64>) {
    let places = ascending(&keys);
    if keys.is_sorted() {
        return (places, keys);
    }
    let sorted = places.iter().map(|&place| keys.get(place as usize).copied().unwrap_or(0.0)).collect();
    (places, sorted)
}
