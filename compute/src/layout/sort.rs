//! Sorting by the bits of the numbers: stable, takes any number at all, and never slower than
//! linear times the depth of the bits.

/// More items than this are parted by their numbers alone, so that what is packed stays small.
const PACKED: usize = 1 << 14;
/// Fewer items than this are sorted by insertion.
const FEW: usize = 24;
/// Buckets of one pass, as a power of two.
const BITS: u32 = 9;

/// What a sort needs besides its items; kept from one to the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    packed: Vec<u64>,
    spare: Vec<u64>,
    places: Vec<u32>,
    work: Vec<(usize, usize)>,
}

/// A number's bits such that greater numbers have greater bits, as `f64::total_cmp` orders them.
#[inline(always)]
fn key(value: f64) -> u64 {
    let bits = value.to_bits();
    bits ^ ((bits as i64 >> 63) as u64 | 1 << 63)
}

/// The number of an item: one of `first`, or where these end one of `then`; 0 beyond both.
#[inline(always)]
pub(super) fn number(first: &[f64], then: &[f64], item: u32) -> f64 {
    let item = item as usize;
    match first.get(item) {
        Some(&value) => value,
        None => then
            .get(item.wrapping_sub(first.len()))
            .copied()
            .unwrap_or(0.0),
    }
}

/// Sorts items by their numbers (see [`number`]) in ascending order, or with `down` in descending
/// order; equal numbers keep their order. Returns the sum of the numbers, from the last item to the
/// first. `straight` says that each item is the one before it and 1, all of them in `first`: then
/// they are not looked up.
///
/// Each pass spreads a run over up to 512 buckets of equal width between its least and its greatest
/// key (bits, so the width follows the magnitude) and sorts small buckets by insertion; larger ones
/// are runs of their own, at least 16 times narrower, so no input takes more than 16 passes.
pub(super) fn arrange(
    first: &[f64],
    then: &[f64],
    down: bool,
    straight: bool,
    items: &mut [u32],
    tools: &mut Scratch,
) -> f64 {
    let numbers = Numbers {
        first,
        then,
        flip: if down { u64::MAX } else { 0 },
    };
    tools.work.clear();
    tools.work.push((0, items.len()));
    let (mut straight, mut whole) = (straight, f64::NAN);
    while let Some((from, to)) = tools.work.pop() {
        let Some(run) = items.get_mut(from..to) else {
            continue;
        };
        let small = run.len() <= PACKED;
        let base = run.first().copied().unwrap_or(0);
        let line = if straight {
            first.get(base as usize..base as usize + run.len())
        } else {
            None
        };
        straight = false;
        let packed = small.then_some(&mut tools.packed);
        let (least, most, sum) = numbers.look(run, line, packed);
        // The first run is all of them.
        if whole.is_nan() {
            whole = sum;
        }
        if least >= most {
            continue;
        }
        let width = 64 - (most - least).leading_zeros();
        if line.is_none() || !small {
            tools.places.clear();
            tools.places.extend_from_slice(run);
        }
        if small {
            tools.sort_packed(run, from, line.map(|_| base), least, width);
        } else {
            numbers.spread(run, from, least, width, tools);
        }
    }
    whole
}

/// Numbers of items in the order that is wanted.
struct Numbers<'a> {
    first: &'a [f64],
    then: &'a [f64],
    flip: u64,
}

impl Numbers<'_> {
    #[inline(always)]
    fn key(&self, item: u32) -> u64 {
        key(number(self.first, self.then, item)) ^ self.flip
    }

    /// The least and the greatest key of a run and the sum of its numbers, and the keys from its
    /// last item to its first, where they are wanted. `line` has the numbers where they need not be
    /// looked up.
    #[inline(always)]
    fn look(
        &self,
        run: &[u32],
        line: Option<&[f64]>,
        packed: Option<&mut Vec<u64>>,
    ) -> (u64, u64, f64) {
        let (mut least, mut most, mut sum) = (u64::MAX, 0, 0.0);
        let mut meet = |value: f64| {
            sum += value;
            let key = key(value) ^ self.flip;
            least = if key < least { key } else { least };
            most = if key > most { key } else { most };
            key
        };
        if let Some(packed) = packed {
            packed.clear();
            match line {
                Some(line) => packed.extend(line.iter().rev().map(|&value| meet(value))),
                None => packed.extend(
                    run.iter()
                        .rev()
                        .map(|&item| meet(number(self.first, self.then, item))),
                ),
            }
        } else {
            for &item in run.iter().rev() {
                meet(number(self.first, self.then, item));
            }
        }
        (least, most, sum)
    }

    /// Spreads a large run, which `tools.places` holds too, over the buckets, each a run of its own.
    #[inline(always)]
    fn spread(&self, run: &mut [u32], from: usize, least: u64, width: u32, tools: &mut Scratch) {
        let shift = width.saturating_sub(BITS);
        let mut ends = [0_u32; 1 << BITS];
        let mask = ends.len() - 1;
        for &item in tools.places.iter() {
            ends[(self.key(item).wrapping_sub(least) >> shift) as usize & mask] += 1;
        }
        begin(&mut ends);
        for &item in tools.places.iter() {
            let end = &mut ends[(self.key(item).wrapping_sub(least) >> shift) as usize & mask];
            if let Some(slot) = run.get_mut(*end as usize) {
                *slot = item;
            }
            *end += 1;
        }
        if shift > 0 {
            let mut start = 0;
            for &end in &ends {
                tools.work.push((from + start, from + end as usize));
                start = end as usize;
            }
        }
    }
}

impl Scratch {
    /// Sorts a small run whose keys are packed, `width` bits from `least` on, and writes it;
    /// `straight` is its first item where each is the one before it and 1.
    #[inline(always)]
    fn sort_packed(
        &mut self,
        run: &mut [u32],
        from: usize,
        straight: Option<u32>,
        least: u64,
        width: u32,
    ) {
        let count = run.len();
        // The key's leading bits, then the place in the run: one number that no other equals, and
        // whose order is stable by itself.
        let index = 64 - (count as u64 - 1).leading_zeros();
        let cut = (width + index).saturating_sub(64);
        let rank = index.min(BITS).min(width - cut);
        let shift = width - cut + index - rank;
        let local = (1 << index) - 1;
        let mut ends = [0_u32; 1 << BITS];
        let mask = ends.len() - 1;
        for (slot, place) in self.packed.iter_mut().rev().zip(0..) {
            *slot = ((*slot - least) << (index - cut)) & !local | place;
            // In few no bucket is looked for.
            ends[(*slot >> shift) as usize & mask] += 1;
        }
        if count > FEW {
            self.deal(from, &mut ends, shift);
        } else {
            insert(&mut self.packed);
        }
        let mut before = u64::MAX;
        for (place, (slot, &one)) in run.iter_mut().zip(self.packed.iter()).enumerate() {
            *slot = match straight {
                Some(base) => base + (one & local) as u32,
                None => self
                    .places
                    .get((one & local) as usize)
                    .copied()
                    .unwrap_or_default(),
            };
            // Bits may have been cut off: what looks equal is looked at again, between narrower
            // bounds.
            if (one ^ before) <= local && cut > 0 {
                again(&mut self.work, from + place);
            }
            before = one;
        }
    }

    /// Deals what is packed to buckets, whose counts are given, and sorts the small ones.
    #[inline(always)]
    fn deal(&mut self, from: usize, ends: &mut [u32; 1 << BITS], shift: u32) {
        let (count, mask) = (self.packed.len(), ends.len() - 1);
        if self.spare.len() < count {
            self.spare = vec![0; PACKED.min(2 * count)];
        }
        let most = begin(ends);
        // Keys stand from the last item to the first.
        for &one in self.packed.iter().rev() {
            let end = &mut ends[(one >> shift) as usize & mask];
            if let Some(slot) = self.spare.get_mut(*end as usize) {
                *slot = one;
            }
            *end += 1;
        }
        self.packed
            .copy_from_slice(self.spare.get(..count).unwrap_or_default());
        if most as usize <= FEW {
            insert(&mut self.packed);
            return;
        }
        let mut start = 0;
        for &end in ends.iter() {
            let end = end as usize;
            if end - start > FEW {
                self.work.push((from + start, from + end));
            } else {
                insert(self.packed.get_mut(start..end).unwrap_or_default());
            }
            start = end;
        }
    }
}

/// The item at a place is to be sorted with the one before it.
fn again(work: &mut Vec<(usize, usize)>, place: usize) {
    match work.last_mut() {
        Some(last) if last.0 < place && place <= last.1 => last.1 = last.1.max(place + 1),
        _ => work.push((place - 1, place + 1)),
    }
}

/// Counts become the places where their buckets begin; returns the greatest count.
#[inline(always)]
fn begin(counts: &mut [u32]) -> u32 {
    let (mut sum, mut most) = (0, 0);
    for count in counts {
        most = if *count > most { *count } else { most };
        (*count, sum) = (sum, sum + *count);
    }
    most
}

/// By insertion: for few items, or where none is far from its place.
#[inline(always)]
fn insert(items: &mut [u64]) {
    let mut before = 0;
    for at in 0..items.len() {
        let Some(&one) = items.get(at) else { return };
        if one >= before {
            before = one;
            continue;
        }
        let mut hole = at;
        while let Some(&other) = items.get(hole.wrapping_sub(1))
            && other > one
        {
            if let Some(slot) = items.get_mut(hole) {
                *slot = other;
            }
            hole -= 1;
        }
        if let Some(slot) = items.get_mut(hole) {
            *slot = one;
        }
    }
}

/// Sorts by the upper half of each number and keeps the order of equals: radix sort, `bits` of the
/// upper half count.
pub fn sort_by_upper_half(list: &mut Vec<u64>, spare: &mut Vec<u64>, bits: u32) {
    let len = list.len();
    if len < 40 {
        // Insertion is faster for a few.
        for at in 1..len {
            let one = list[at];
            let mut to = at;
            while to > 0 && list[to - 1] >> 32 > one >> 32 {
                list[to] = list[to - 1];
                to -= 1;
            }
            list[to] = one;
        }
        return;
    }
    // Short lists are not worth a long table.
    let digit = if len < 1500 { 8 } else { 11 };
    let mask = (1_u64 << digit) - 1;
    spare.clear();
    spare.resize(len, 0);
    let mut shift = 0;
    while shift < bits {
        let mut starts = [0_u32; 2048];
        for &one in list.iter() {
            starts[(one >> (32 + shift) & mask) as usize] += 1;
        }
        let mut sum = 0;
        for start in &mut starts[..=mask as usize] {
            let count = *start;
            *start = sum;
            sum += count;
        }
        for &one in list.iter() {
            let start = &mut starts[(one >> (32 + shift) & mask) as usize];
            spare[*start as usize] = one;
            *start += 1;
        }
        core::mem::swap(list, spare);
        shift += digit;
    }
}

/// Places of the keys in ascending order, ties by place; −0 and 0 are equal, NaN stands at the ends
/// where `f64::total_cmp` puts it.
pub fn ascending(keys: &[f64]) -> Vec<u32> {
    let (mut numbers, mut items) = (
        Vec::with_capacity(keys.len()),
        Vec::with_capacity(keys.len()),
    );
    for (item, &key) in keys.iter().enumerate() {
        // Adding zero makes −0 a 0.
        numbers.push(key + 0.0);
        items.push(item as u32);
    }
    // Nothing is faster than an order that is there.
    if !numbers.is_sorted() {
        arrange(
            &numbers,
            &[],
            false,
            true,
            &mut items,
            &mut Scratch::default(),
        );
    }
    items
}

/// As [`ascending`], and the keys in that order.
pub(super) fn ascending_with_keys(keys: Vec<f64>) -> (Vec<u32>, Vec<f64>) {
    let places = ascending(&keys);
    let mut sorted = Vec::with_capacity(keys.len());
    for &place in &places {
        sorted.push(keys.get(place as usize).copied().unwrap_or(0.0));
    }
    (places, sorted)
}

/// As [`ascending`], each place with its key.
pub fn order(keys: &[f64]) -> Vec<(f64, usize)> {
    let mut order = Vec::new();
    for item in ascending(keys) {
        order.push((number(keys, &[], item) + 0.0, item as usize));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[f64]) {
        let mut wanted: Vec<(f64, usize)> =
            keys.iter().enumerate().map(|(i, k)| (k + 0.0, i)).collect();
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let got = order(keys);
        assert_eq!(got.len(), wanted.len());
        for (g, w) in got.iter().zip(&wanted) {
            assert!(
                g.1 == w.1 && g.0.to_bits() == w.0.to_bits(),
                "{} of {}",
                g.1,
                keys.len()
            );
        }
        let mut items: Vec<u32> = (0..keys.len() as u32).collect();
        let numbers: Vec<f64> = keys.iter().map(|k| k + 0.0).collect();
        arrange(
            &numbers,
            &[],
            true,
            false,
            &mut items,
            &mut Scratch::default(),
        );
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        assert!(
            items.iter().zip(&wanted).all(|(i, w)| *i as usize == w.1),
            "down, {}",
            keys.len()
        );
    }

    #[test]
    fn any_keys_are_sorted_as_the_library_sorts_them() {
        let mut seed = 1_u64;
        let mut next = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        check(&[]);
        for round in 0..3000 {
            let count = next() as usize % if round % 100 == 0 { 3000 } else { 70 };
            let kind = next() % 7;
            let keys: Vec<f64> = (0..count)
                .map(|_| match kind {
                    0 => f64::from_bits(next()),
                    1 => (next() % 5) as f64,
                    2 => 1.0 + (next() % 1000) as f64 * f64::EPSILON,
                    3 => [0.0, -0.0, f64::NAN, -f64::NAN, f64::INFINITY, -1.0, 1e-310]
                        [next() as usize % 7],
                    4 => (next() % 1_000_000) as f64 - 500_000.0,
                    5 if next() % 100 == 0 => 1e-300,
                    _ => 1.0 + (next() % 100_000) as f64 * 1e-14,
                })
                .collect();
            check(&keys);
        }
    }

    #[test]
    fn many_keys_are_sorted_and_hostile_ones_take_no_longer() {
        let mut seed = 9_u64;
        let mut next = || {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            seed >> 11
        };
        let random: Vec<f64> = (0..200_000).map(|_| next() as f64).collect();
        check(&random);
        check(&vec![3.0; 200_000]);
        // One that is tiny makes all others look alike.
        let mut alike: Vec<f64> = (0..100_000)
            .map(|_| 1.0 + (next() % 4000) as f64 * f64::EPSILON)
            .collect();
        alike[777] = 1e-308;
        check(&alike);
        // Each power of two once, and many close together at one end: most of every pass falls into
        // one bucket.
        let mut nested: Vec<f64> = (0..1000).map(|p| 2_f64.powi(-p)).collect();
        nested.extend((0..100_000).map(|i| 1.0 + f64::from(i % 5000) * f64::EPSILON));
        check(&nested);
    }
}
