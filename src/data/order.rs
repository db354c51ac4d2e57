//! Sorting by numbers of rows, in one instance of std's sort for all lists of a table.

use core::cmp::Ordering;

/// The numbers below `count` in the order that `compare` says; equal ones stay as they are.
pub(super) fn ordered(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}
