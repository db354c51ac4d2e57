//! One order for many keys: linear for keys that lie about evenly, never worse than a few passes for the others.

/// Keys of a bucket that are compared with each other one by one.
const FEW: usize = 24;

/// Places of the keys in ascending order, ties by place. Keys are finite; their distance may be anything but infinite.
///
/// Buckets of equal width between the least and the largest key, four keys in each; a bucket that took many is parted again. Each parting
/// separates the least key from the largest, and one that a factor of 2⁶⁴ lies apart at the latest, so hostile keys cost passes, not squares.
#[cfg_attr(hot, optimize(speed))]
pub fn ascending(keys: &[f64]) -> Vec<u32> {
    let mut order: Vec<u32> = Vec::with_capacity(keys.len());
    let mut sorted = true;
    let mut last = f64::NEG_INFINITY;
    for (place, &key) in keys.iter().enumerate() {
        sorted &= last <= key;
        last = key;
        order.push(place as u32);
    }
    if sorted {
        return order;
    }
    let at = |place: u32| keys.get(place as usize).copied().unwrap_or(0.0);
    let mut from: Vec<u32> = Vec::new();
    let mut ends: Vec<u32> = Vec::new();
    let mut open = vec![(0, order.len())];
    while let Some((first, end)) = open.pop() {
        let Some(part) = order.get_mut(first..end) else { continue };
        if part.len() <= FEW {
            insert(part, keys);
            continue;
        }
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for &place in part.iter() {
            let key = at(place);
            least = least.min(key);
            most = most.max(key);
        }
        let buckets = (part.len() / 4).min(1 << 20);
        let scale = (buckets - 1) as f64 / (most - least);
        // Equal keys stand in order of their places already; so may keys that no number can tell apart any better.
        if !scale.is_finite() || scale <= 0.0 {
            continue;
        }
        // The largest key must not share a bucket with the least, whatever rounding does.
        let bucket = |key: f64| if key == most { buckets - 1 } else { (((key - least) * scale) as usize).min(buckets - 1) };
        ends.clear();
        ends.resize(buckets, 0);
        for &place in part.iter() {
            if let Some(count) = ends.get_mut(bucket(at(place))) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for end in &mut ends {
            let count = *end;
            // Where the bucket begins, and once it is full where it ends.
            *end = sum;
            if count as usize > FEW {
                open.push((first + sum as usize, first + (sum + count) as usize));
            }
            sum += count;
        }
        from.clear();
        from.extend_from_slice(part);
        for &place in &from {
            if let Some(end) = ends.get_mut(bucket(at(place))) {
                if let Some(slot) = part.get_mut(*end as usize) {
                    *slot = place;
                }
                *end += 1;
            }
        }
        let mut start = 0;
        for &end in &ends {
            let end = end as usize;
            if end - start <= FEW
                && let Some(bucket) = part.get_mut(start..end)
            {
                insert(bucket, keys);
            }
            start = end;
        }
    }
    order
}

/// Insertion sort, stable.
#[cfg_attr(hot, optimize(speed))]
fn insert(part: &mut [u32], keys: &[f64]) {
    let at = |place: u32| keys.get(place as usize).copied().unwrap_or(0.0);
    for end in 1..part.len() {
        let Some(&place) = part.get(end) else { return };
        let key = at(place);
        let mut slot = end;
        while slot > 0
            && let Some(&before) = part.get(slot - 1)
            && at(before) > key
        {
            if let Some(free) = part.get_mut(slot) {
                *free = before;
            }
            slot -= 1;
        }
        if let Some(free) = part.get_mut(slot) {
            *free = place;
        }
    }
}
