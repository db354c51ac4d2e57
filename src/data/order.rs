//! Sorting, in one copy for all lists of a table: std's has one for each, and each is larger than
//! all of this.

use core::cmp::Ordering;

/// The numbers below `count` in the order that `compare` says; equal ones stay as they are.
/// Heapsort: no list takes longer than another.
pub(super) fn ordered(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let less = |order: &[usize], a: usize, b: usize| match (order.get(a), order.get(b)) {
        (Some(a), Some(b)) => compare(*a, *b).then(a.cmp(b)).is_lt(),
        _ => false,
    };
    // The first half of the steps makes a heap, the second takes the largest from it.
    for step in (0..count + count / 2).rev() {
        let (mut at, end) = if let Some(parent) = step.checked_sub(count) {
            (parent, count)
        } else {
            order.swap(0, step);
            (0, step)
        };
        loop {
            let mut child = 2 * at + 1;
            if child >= end {
                break;
            }
            if child + 1 < end && less(&order, child, child + 1) {
                child += 1;
            }
            if !less(&order, at, child) {
                break;
            }
            order.swap(at, child);
            at = child;
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_order_and_equal_ones_as_they_were() {
        let mut seed = 1_u32;
        for count in (0..40).chain([1000]) {
            let keys: Vec<u32> = (0..count)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    seed >> 28
                })
                .collect();
            let mut wanted: Vec<usize> = (0..count).collect();
            wanted.sort_by_key(|at| keys[*at]);
            assert_eq!(ordered(count, &|a, b| keys[a].cmp(&keys[b])), wanted);
        }
    }
}
