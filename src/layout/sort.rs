//! One order for many keys: linear for keys that lie about evenly, never worse than a few passes for the others.

/// Keys of a bucket that are compared with each other one by one.
const FEW: usize = 24;

/// Keys that fit a near cache.
const NEAR: usize = 1 << 13;

/// Places of the keys in ascending order, ties by place. Keys are finite; their distance may be anything but infinite.
///
/// Buckets of equal width between the least and the largest key, four keys in each; a bucket that took many is parted again. Each parting
/// separates the least key from the largest, so hostile keys cost passes, not squares. Many keys are first parted into runs of some thousand that
/// bring their keys along: what is compared then stands close together in memory.
pub fn ascending(keys: &[f64]) -> Vec<u32> {
    ascending_with_keys(keys.to_vec()).0
}

/// As [`ascending`], and the keys in that order.
#[cfg_attr(hot, optimize(speed))]
pub(super) fn ascending_with_keys(mut keys: Vec<f64>) -> (Vec<u32>, Vec<f64>) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut sorted = true;
    let mut last = f64::NEG_INFINITY;
    for &key in &keys {
        sorted &= last <= key;
        last = key;
        if key < least {
            least = key;
        }
        if key > most {
            most = key;
        }
    }
    let runs = (keys.len() / (NEAR / 4)).min(1 << 13);
    let scale = runs as f64 / (most - least);
    if sorted || runs < 8 || !scale.is_finite() {
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        if !sorted {
            part(&keys, &mut order);
            keys = order.iter().map(|&place| keys.get(place as usize).copied().unwrap_or(0.0)).collect();
        }
        return (order, keys);
    }
    let run = |key: f64| (((key - least) * scale) as usize).min(runs - 1);
    let mut ends = vec![0_u32; runs];
    for &key in &keys {
        if let Some(count) = ends.get_mut(run(key)) {
            *count += 1;
        }
    }
    let mut sum = 0;
    for end in &mut ends {
        (*end, sum) = (sum, sum + *end);
    }
    let (mut places, mut near) = (vec![0_u32; keys.len()], vec![0.0; keys.len()]);
    for (place, &key) in keys.iter().enumerate() {
        if let Some(end) = ends.get_mut(run(key)) {
            let at = *end as usize;
            if let (Some(slot), Some(beside)) = (places.get_mut(at), near.get_mut(at)) {
                *slot = place as u32;
                *beside = key;
            }
            *end += 1;
        }
    }
    drop(keys);
    let mut order: Vec<u32> = Vec::with_capacity(places.len());
    let (mut start, mut local, mut beside) = (0, Vec::new(), Vec::new());
    for &end in &ends {
        let end = end as usize;
        local.clear();
        local.extend(0..(end - start) as u32);
        let run = near.get_mut(start..end).unwrap_or_default();
        part(run, &mut local);
        beside.clear();
        beside.extend_from_slice(run);
        for (key, &place) in run.iter_mut().zip(&local) {
            *key = beside.get(place as usize).copied().unwrap_or(0.0);
            order.push(places.get(start + place as usize).copied().unwrap_or(0));
        }
        start = end;
    }
    (order, near)
}

/// Sorts places, which stand in order, by their keys.
#[cfg_attr(hot, optimize(speed))]
fn part(keys: &[f64], order: &mut [u32]) {
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
