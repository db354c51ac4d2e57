//! Counts and sums of many events by column and lane, while the filter changes. See [`bin`].

use crate::abi::Bin;

/// Events of an invocation of the shader.
pub const RUN: u32 = 32;

/// What [`bin`] reads: the columns of `layout::density::Events` and what is shown of them, as the
/// shader has them resident.
#[derive(Debug, Clone, Copy)]
pub struct Events<'a> {
    /// Of each event two codes, the first in the lowest 8 bits, the second in the 16 above; in
    /// order of time.
    pub codes: &'a [u32],
    /// Of each event its target.
    pub targets: &'a [u32],
    /// Bits of each event's amount as an f32; below zero, infinite or NaN: not known.
    pub amounts: &'a [u32],
    /// For each column the first event that is not before it, then the one behind the last column;
    /// ascending.
    pub bounds: &'a [u32],
    /// A byte for every code: its lane. First those of the first code, from [`Bin::second`] on
    /// those of the second, from [`Bin::third`] on those of the targets; four in a word, the first
    /// lowest.
    pub tables: &'a [u32],
}

/// For each column, and in it for each lane: how many events, and the lower and the upper 32 bits
/// of what their amounts add up to.
///
/// **Meaning.** The lane of an event is the sum of what the three tables say of its codes, a code
/// beyond its table adding 0; an event in a lane that there is not is out. So is one whose amount
/// is less than [`Bin::least`] or not known, where that is not 0. Amounts are counted in units: an
/// f32 with exponent bits [`Bin::unit`] counts as its 24-bit mantissa, one with `n` more as that
/// times 2ⁿ, with `n` less as that divided by 2ⁿ, rounded down; `n` is at most 39.
///
/// **Order.** None: sums of integers are the same in any.
///
/// **Equality.** All bits.
///
/// **Limits.** 2²⁴ events. Cells are columns × lanes, at most 2²⁰, else there are none.
pub fn bin(params: &Bin, events: &Events<'_>) -> Vec<[u32; 3]> {
    let cells = u64::from(params.columns) * u64::from(params.lanes);
    if cells > 1 << 20 {
        return Vec::new();
    }
    let mut out = vec![[0; 3]; cells as usize];
    let mut column = 0;
    let rows = events
        .codes
        .iter()
        .zip(events.targets)
        .zip(events.amounts)
        .take(params.count as usize)
        .enumerate();
    for (rank, ((&code, &target), &amount)) in rows {
        if events
            .bounds
            .first()
            .is_none_or(|&first| (rank as u32) < first)
        {
            continue;
        }
        while column < params.columns
            && events
                .bounds
                .get(column as usize + 1)
                .is_some_and(|&end| end <= rank as u32)
        {
            column += 1;
        }
        if column >= params.columns {
            break;
        }
        let table = |from: u32, end: u32, code: u32| {
            let at = from.saturating_add(code);
            let word = events.tables.get(at as usize / 4).copied().unwrap_or(0);
            if at < end {
                word >> (at % 4 * 8) & 255
            } else {
                0
            }
        };
        let lane = table(0, params.second, code & 255)
            + table(params.second, params.third, code >> 8 & 65_535)
            + table(params.third, params.entries, target);
        let known = amount < 0x7F80_0000;
        if lane >= params.lanes || (params.least > 0 && (!known || amount < params.least)) {
            continue;
        }
        if let Some(cell) = out.get_mut((column * params.lanes + lane) as usize) {
            let units = if known { units(amount, params.unit) } else { 0 };
            let sum = (u64::from(cell[2]) << 32 | u64::from(cell[1])).wrapping_add(units);
            *cell = [cell[0] + 1, sum as u32, (sum >> 32) as u32];
        }
    }
    out
}

/// An amount in units.
fn units(bits: u32, unit: u32) -> u64 {
    let exponent = bits >> 23;
    let mantissa = u64::from(if exponent > 0 {
        bits & 0x7F_FFFF | 0x80_0000
    } else {
        bits
    });
    let exponent = exponent.max(1);
    if exponent >= unit {
        mantissa << (exponent - unit).min(39)
    } else {
        mantissa >> (unit - exponent).min(31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_counted_in_their_column_and_lane_and_amounts_add_up_exactly() {
        let bits = |v: f32| v.to_bits();
        // Lanes: kind 0 → 0, kind 1 → 1; target 1 is out.
        let params = Bin {
            count: 6,
            columns: 2,
            lanes: 2,
            least: 0,
            unit: 127,
            second: 2,
            third: 3,
            entries: 5,
        };
        let amounts = [
            bits(1.0),
            bits(4e9),
            bits(f32::NAN),
            bits(2.0),
            bits(8.0),
            bits(1.0),
        ];
        let events = Events {
            codes: &[0, 1, 1, 0, 0, 0],
            targets: &[0, 0, 0, 1, 9, 0],
            amounts: &amounts,
            bounds: &[1, 3, 5],
            tables: &[0x0000_0100, 255],
        };
        let one = 1_u64 << 23;
        let billions = 4_000_000_000 * one;
        assert_eq!(
            bin(&params, &events),
            [
                [0, 0, 0],
                [2, billions as u32, (billions >> 32) as u32],
                [1, 8 << 23, 0],
                [0, 0, 0]
            ]
        );
        assert_eq!(
            bin(
                &Bin {
                    least: bits(5.0),
                    ..params
                },
                &events
            )[2],
            [1, 8 << 23, 0]
        );
        assert_eq!(
            bin(
                &Bin {
                    least: bits(9.0),
                    ..params
                },
                &events
            )[2],
            [0, 0, 0]
        );
        assert_eq!(units(bits(1.5), 128), 3 << 21);
        assert!(
            bin(
                &Bin {
                    columns: u32::MAX,
                    lanes: u32::MAX,
                    ..params
                },
                &events
            )
            .is_empty()
        );
    }
}
