//! Rectangles of a large treemap while a filter moves. See [`tree`].

use crate::abi::Tree;

/// Parts of a CSS px that sizes are given in: places are whole numbers of them.
pub const PARTS: u32 = 4096;
/// In the records of groups: no children but leaves.
pub const LEAVES: u32 = u32::MAX;

/// What [`tree`] reads.
#[derive(Debug, Clone, Copy)]
pub struct Leaves<'a> {
    /// What each leaf is worth; leaves of a group stand together.
    pub values: &'a [u32],
    /// What each leaf is filtered by.
    pub codes: &'a [u32],
    /// A bit for every code, 32 in a word, the first lowest: whether its leaves are shown. Of codes
    /// beyond it none are.
    pub shown: &'a [u32],
    /// Groups, those of a level one after the other, each with its first leaf and its first child
    /// group ([`LEAVES`] where leaves are its children), which stands behind it. Behind the last
    /// group of a level is a record that ends it: what would be the next one's.
    pub groups: &'a [[u32; 2]],
}

/// Where each leaf stands, CSS px: left, top, right, bottom.
///
/// **Meaning.** Children of a node (the groups of [`Tree::outer`] first, then theirs, at last
/// leaves) are cut in two where the sums of both parts are nearest to half of their whole, of
/// equally near places the later; across the longer side, the lower half of the numbers to the left
/// or at the top; and so on with each part until it has one child, as d3-hierarchy's
/// `treemapBinary` does. A part gets `floor(side × share)` 4,096ths of a px, its share being
/// rounded down to 2⁻²⁴, both sums having first lost as many low bits as the whole has above 24. A
/// leaf that is not shown, or worth 0, gets an empty rectangle: the left top corner of the smallest
/// part that is worth nothing.
///
/// **Order.** That of the leaves.
///
/// **Equality.** All bits: sums, shares and cuts are integers, and a whole number of 4,096ths below
/// 2²⁴ is an f32. So parts of a whole fill it without gap or overlap.
///
/// **Limits.** 2²¹ leaves; all together are worth less than 2³²; sides are less than 2²⁴ 4,096ths,
/// which is 4,096 px. Groups that are no tree end in some answer.
pub fn tree(params: &Tree, leaves: &Leaves<'_>, out: &mut Vec<[f32; 4]>) {
    out.clear();
    let sums = Sums::new(params, leaves);
    let count = sums.count;
    out.resize(count as usize, [0.0; 4]);
    let whole = [
        0,
        0,
        params.size[0].min((1 << 24) - 1),
        params.size[1].min((1 << 24) - 1),
    ];
    let mut open = vec![if params.outer > 0 {
        let end = params.first.saturating_add(params.outer);
        (true, params.first, end, whole)
    } else {
        (false, 0, count, whole)
    }];
    // A tree has no more parts than this; what is none ends here.
    let mut steps = 4 * (u64::from(count) + u64::from(params.groups)) + 4;
    while let Some((grouped, from, to, rect)) = open.pop() {
        steps -= 1;
        if steps == 0 {
            break;
        }
        let [x0, y0, x1, y1] = rect;
        let total = sums.sum(grouped, from, to);
        if to <= from {
            continue;
        }
        if total == 0 {
            let [from, to] = [from, to].map(|child| sums.leaf(grouped, child) as usize);
            out.get_mut(from..to)
                .unwrap_or_default()
                .fill(pixels([x0, y0, x0, y0]));
            continue;
        }
        if to - from == 1 {
            if grouped {
                let children = sums.children(from);
                open.extend(children.map(|(grouped, from, to)| (grouped, from, to, rect)));
            } else if let Some(slot) = out.get_mut(from as usize) {
                *slot = pixels(rect);
            }
            continue;
        }
        let (middle, part) = sums.halve(grouped, from, to, total);
        let share = share(part, total);
        if x1 - x0 > y1 - y0 {
            let x = x0 + cut(x1 - x0, share);
            open.push((grouped, from, middle, [x0, y0, x, y1]));
            open.push((grouped, middle, to, [x, y0, x1, y1]));
        } else {
            let y = y0 + cut(y1 - y0, share);
            open.push((grouped, from, middle, [x0, y0, x1, y]));
            open.push((grouped, middle, to, [x0, y, x1, y1]));
        }
    }
}

/// What stands before each leaf, and the groups of them.
struct Sums<'a> {
    before: Vec<u32>,
    /// How many leaves there are.
    count: u32,
    groups: &'a [[u32; 2]],
}

impl<'a> Sums<'a> {
    fn new(params: &Tree, leaves: &Leaves<'a>) -> Self {
        let mut before = vec![0_u32];
        let mut sum = 0_u32;
        for (&value, &code) in leaves
            .values
            .iter()
            .zip(leaves.codes)
            .take(params.count.min(1 << 21) as usize)
        {
            let shown = leaves
                .shown
                .get(code as usize / 32)
                .is_some_and(|bits| bits >> (code % 32) & 1 == 1);
            sum = sum.wrapping_add(if shown { value } else { 0 });
            before.push(sum);
        }
        let groups = leaves.groups.len().min(params.groups as usize);
        Self {
            count: before.len() as u32 - 1,
            before,
            groups: leaves.groups.get(..groups).unwrap_or_default(),
        }
    }

    #[inline]
    fn record(&self, group: u32) -> [u32; 2] {
        let record = self.groups.get(group as usize).copied();
        record.unwrap_or([self.count, LEAVES])
    }

    /// The first leaf of a child, which is a group or a leaf.
    #[inline]
    fn leaf(&self, grouped: bool, child: u32) -> u32 {
        if grouped {
            self.record(child)[0].min(self.count)
        } else {
            child.min(self.count)
        }
    }

    #[inline]
    fn sum(&self, grouped: bool, from: u32, to: u32) -> u32 {
        let at = |child: u32| {
            let leaf = self.leaf(grouped, child) as usize;
            self.before.get(leaf).copied().unwrap_or(0)
        };
        at(to).wrapping_sub(at(from))
    }

    /// The first child of a group and the one behind its last, and whether they are groups; nothing
    /// where they do not stand behind it.
    fn children(&self, group: u32) -> Option<(bool, u32, u32)> {
        let ([first, child], [end, last]) =
            (self.record(group), self.record(group.saturating_add(1)));
        if child == LEAVES {
            Some((false, first.min(self.count), end.min(self.count)))
        } else {
            (child > group).then_some((true, child, last))
        }
    }

    /// Where two or more children are cut in two, and what the first part is worth.
    #[inline]
    fn halve(&self, grouped: bool, from: u32, to: u32, total: u32) -> (u32, u32) {
        // The first child behind which there is at least half, but not behind the last.
        let half = total / 2;
        let (mut middle, mut beyond) = (from + 1, to - 1);
        while middle < beyond {
            let between = middle + (beyond - middle) / 2;
            if self.sum(grouped, from, between) < half {
                middle = between + 1
            } else {
                beyond = between
            }
        }
        let part = self.sum(grouped, from, middle);
        let less = self.sum(grouped, from, middle - 1);
        if middle - 1 > from && part > half && half - less.min(half) < part - half {
            (middle - 1, less)
        } else {
            (middle, part)
        }
    }
}

/// A part of a whole that is not 0, in parts of 2²⁴: three digits of a long division to base 256.
fn share(part: u32, whole: u32) -> u32 {
    let low = 8_u32.saturating_sub(whole.leading_zeros());
    let (mut left, whole) = (part >> low, whole >> low);
    if left >= whole {
        return 1 << 24;
    }
    let mut digits = 0;
    for _ in 0..3 {
        digits = (digits << 8) | ((left << 8) / whole);
        left = (left << 8) % whole;
    }
    digits
}

/// `floor(side * share / 2²⁴)`, in products of 12 bits.
fn cut(side: u32, share: u32) -> u32 {
    let ([a, b], [c, d]) = ([side >> 12, side & 4095], [share >> 12, share & 4095]);
    a * c + ((a * d + b * c + ((b * d) >> 12)) >> 12)
}

fn pixels(rect: [u32; 4]) -> [f32; 4] {
    rect.map(|side| side as f32 / PARTS as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(values: &[u32], groups: &[[u32; 2]], outer: u32) -> Vec<[f32; 4]> {
        let params = Tree {
            size: [960 * PARTS, 540 * PARTS],
            count: values.len() as u32,
            groups: groups.len() as u32,
            first: 0,
            outer,
        };
        let mut out = Vec::new();
        tree(
            &params,
            &Leaves {
                values,
                codes: &vec![0; values.len()],
                shown: &[1],
                groups,
            },
            &mut out,
        );
        out
    }

    fn area(r: &[f32; 4]) -> f64 {
        f64::from(r[2] - r[0]) * f64::from(r[3] - r[1])
    }

    #[test]
    fn areas_are_proportional_and_fill_the_whole() {
        let values: Vec<u32> = (0..500_u32)
            .map(|i| i.wrapping_mul(2_654_435_761) >> 12)
            .collect();
        let whole: f64 = values.iter().map(|&v| f64::from(v)).sum();
        let out = laid(&values, &[], 0);
        for (rect, &value) in out.iter().zip(&values) {
            let wanted = f64::from(value) / whole * 960.0 * 540.0;
            assert!(
                (area(rect) - wanted).abs() < 0.02 + wanted * 1e-3,
                "{rect:?} {wanted}"
            );
        }
        assert_eq!(out.iter().map(area).sum::<f64>(), 960.0 * 540.0);
    }

    #[test]
    fn leaves_stay_in_their_group_and_groups_in_theirs() {
        // Two groups; the first has two groups of leaves, 0..2 and 2..3; the second has 3..6.
        let groups = [
            [0, 3],
            [3, 5],
            [6, 6],
            [0, LEAVES],
            [2, LEAVES],
            [3, LEAVES],
            [6, LEAVES],
        ];
        let out = laid(&[1, 1, 2, 2, 1, 1], &groups, 2);
        let bounds = |of: &[[f32; 4]]| {
            of.iter()
                .fold([f32::MAX, f32::MAX, 0.0, 0.0], |b: [f32; 4], r| {
                    [
                        b[0].min(r[0]),
                        b[1].min(r[1]),
                        b[2].max(r[2]),
                        b[3].max(r[3]),
                    ]
                })
        };
        assert_eq!(bounds(&out[..3]), [0.0, 0.0, 480.0, 540.0]);
        assert_eq!(bounds(&out[..2]), [0.0, 0.0, 480.0, 270.0]);
        assert_eq!(out[2], [0.0, 270.0, 480.0, 540.0]);
        assert_eq!(bounds(&out[3..]), [480.0, 0.0, 960.0, 540.0]);
    }

    #[test]
    fn what_is_not_shown_is_empty_and_hostile_groups_end() {
        let params = Tree {
            size: [u32::MAX; 2],
            count: 4,
            groups: 3,
            first: 0,
            outer: u32::MAX,
        };
        for groups in [
            vec![[0, 0], [2, 0], [4, 0]],
            vec![[u32::MAX, 9]; 3],
            vec![[9, 1], [0, 2], [1, 0]],
        ] {
            let mut out = Vec::new();
            tree(
                &params,
                &Leaves {
                    values: &[5, 6, 7, u32::MAX],
                    codes: &[0, 1, 40, 0],
                    shown: &[1],
                    groups: &groups,
                },
                &mut out,
            );
            assert_eq!(out.len(), 4);
        }
        let params = Tree {
            size: [PARTS; 2],
            count: 3,
            groups: 0,
            first: 0,
            outer: 0,
        };
        let mut out = Vec::new();
        tree(
            &params,
            &Leaves {
                values: &[1, 9, 1],
                codes: &[0, 1, 0],
                shown: &[1],
                groups: &[],
            },
            &mut out,
        );
        assert_eq!(out.iter().map(area).collect::<Vec<_>>(), [0.5, 0.0, 0.5]);
    }
}
