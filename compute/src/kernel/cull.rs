//! Marks that can be seen, moved to where they are drawn, and the sums of those that are too small.
//! See [`cull`].

use super::settled;
use crate::abi::{CELL_CSS, Cull, Mark, NO_DATUM};

/// Sides farther out than this, units, are as good as infinite.
const FAR: f32 = 1e12;
/// Sides farther out than this are pulled in, CSS px: f32 keeps its fractions of a px.
const FAR_CSS: f32 = 32768.0;
/// Sixteenths of a CSS px² in a cell.
const FULL: u32 = CELL_CSS * CELL_CSS * 16;

/// Marks that can be culled at once.
const MAX_MARKS: u32 = 1 << 21;

/// Sums of a cell: area in sixteenths of a CSS px², and the area times red, green, blue and alpha,
/// each of the four with its highest seven bits.
type Cell = [u32; 5];

/// How many words of 32 bits the shader needs for so many marks and cells: two for each.
pub const fn words(count: u32, cells: u32) -> u32 {
    count.div_ceil(32) + cells.div_ceil(32)
}

/// Writes into `out` the marks that can be seen, in their order, then a mark for every cell that
/// has something to show; returns the arguments of two indirect draws, vertex count, instances,
/// first vertex, first instance: what lies under the ribbons, and what lies over them.
///
/// **Meaning.** A mark meets [`Cull::seen`] where it overlaps it by more than a line. One that does
/// is too small where it is both narrower and lower than [`Cull::least`]. What meets and is not too
/// small is drawn: its sides are `(side - origin) * zoom`, pulled in to ±32,768 CSS px. What is too
/// small is summed into the cell of [`CELL_CSS`] px that has its middle: its width and height in
/// quarters of a px, rounded up to at most 4, give its area, which weighs its colour. A cell with
/// any area becomes a rectangle of the mean colour, the more opaque the more of the cell is
/// covered, never less than 1 of 255. So of all that meets the view nothing vanishes. Cells lie
/// over the ribbons. What is empty, upside down, not finite or beyond 10¹² units is left out.
///
/// **Order.** That of `marks`; cells line by line. `out` has at most [`Cull::room`] marks; what
/// comes later is cut off.
///
/// **Equality.** Which marks are drawn, their order, the arguments, colours and datums are the same
/// everywhere, for only single comparisons and integers decide. A GPU may round a drawn side
/// otherwise, by 2⁻²² of the larger of `|side * zoom|` and `|origin * zoom|`; and then, where it is
/// as close as that to a cell's edge, or a size to a quarter of a px, a small mark's sum may be in
/// the next cell or a sixteenth of a px² larger.
///
/// **Limits.** 2²¹ marks, later ones are left out: 16 sixteenths × 127 × 2²¹ is less than 2³².
/// Cells beyond 2²⁰ are none. Numbers below the smallest normal one are 0.
pub fn cull(view: &Cull, marks: &[Mark], out: &mut Vec<Mark>) -> [u32; 8] {
    let [columns, lines] = view.cells;
    let cells = cell_count(view);
    let mut sums: Vec<Cell> = vec![[0; 5]; cells as usize];
    let (room, count) = (view.room as usize, view.count.min(MAX_MARKS) as usize);
    let mut under = 0;
    out.clear();
    for (at, mark) in marks.iter().enumerate().take(count) {
        if at == view.under as usize {
            under = out.len();
        }
        let rect = mark.rect_css.map(settled);
        if !meets(rect, view.seen) {
            continue;
        }
        let (width, height) = (rect[2] - rect[0], rect[3] - rect[1]);
        if width < view.least[0] && height < view.least[1] {
            let area = quarters(width * view.zoom[0]) * quarters(height * view.zoom[1]);
            let cell = place(rect[0], rect[2], view.origin[0], view.zoom[0], columns)
                + columns * place(rect[1], rect[3], view.origin[1], view.zoom[1], lines);
            if let Some(sum) = sums.get_mut(cell as usize) {
                let [r, g, b, a] = mark.fill.to_le_bytes().map(|c| u32::from(c >> 1));
                for (sum, more) in sum.iter_mut().zip([1, r, g, b, a]) {
                    *sum += area * more;
                }
            }
        } else {
            let [x0, y0, x1, y1] = rect;
            let css = |side: f32, axis: usize| {
                settled(((side - view.origin[axis]) * view.zoom[axis]).clamp(-FAR_CSS, FAR_CSS))
            };
            out.push(Mark {
                rect_css: [css(x0, 0), css(y0, 1), css(x1, 0), css(y1, 1)],
                ..*mark
            });
        }
    }
    if marks.len().min(count) <= view.under as usize {
        under = out.len();
    }
    for (at, &[area, r, g, b, a]) in sums.iter().enumerate() {
        if area == 0 {
            continue;
        }
        let mean = |sum: u32| (sum + area / 2) / area;
        let whole = |seven: u32| seven << 1 | seven >> 6;
        let alpha = ((whole(mean(a)) * area.min(FULL) + FULL / 2) / FULL).max(1);
        let [x, y] = [
            at as u32 % columns * CELL_CSS,
            at as u32 / columns * CELL_CSS,
        ];
        out.push(Mark {
            rect_css: [
                x as f32,
                y as f32,
                (x + CELL_CSS) as f32,
                (y + CELL_CSS) as f32,
            ],
            fill: whole(mean(r)) | whole(mean(g)) << 8 | whole(mean(b)) << 16 | alpha << 24,
            stroke: 0,
            style: 0,
            datum: NO_DATUM,
        });
    }
    out.truncate(room);
    let (under, all) = (under.min(room) as u32 * 6, out.len() as u32 * 6);
    [under, 1, 0, 0, all - under, 1, under, 0]
}

/// How many cells there are.
fn cell_count(view: &Cull) -> u32 {
    let [columns, lines] = view.cells;
    let cells = u64::from(columns) * u64::from(lines);
    if cells > 1 << 20 { 0 } else { cells as u32 }
}

fn meets(rect: [f32; 4], seen: [f32; 4]) -> bool {
    // NaN fails every comparison.
    rect.iter().all(|side| side.abs() <= FAR)
        && rect[2] > rect[0]
        && rect[3] > rect[1]
        && rect[2] > seen[0]
        && rect[0] < seen[2]
        && rect[3] > seen[1]
        && rect[1] < seen[3]
}

/// A length in quarters of a CSS px, rounded up, from 1 to 4.
fn quarters(css: f32) -> u32 {
    (css * 4.0).clamp(0.0, 3.0) as u32 + 1
}

/// The cell of a span's middle.
fn place(from: f32, to: f32, origin: f32, zoom: f32, cells: u32) -> u32 {
    // Halves and quarters are exact: two roundings, of the difference and of the product with the
    // zoom.
    let css = ((from + to) * 0.5 - origin) * zoom;
    (css * (1.0 / CELL_CSS as f32))
        .max(0.0)
        .min(cells.saturating_sub(1) as f32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(marks: &[Mark]) -> Cull {
        Cull {
            seen: [0.0, 0.0, 8.0, 8.0],
            origin: [0.0, 0.0],
            zoom: [1.0, 1.0],
            least: [1.0, 1.0],
            cells: [2, 2],
            count: marks.len() as u32,
            under: 0,
            room: 1000,
            spare: 0,
        }
    }

    fn mark(rect_css: [f32; 4], datum: u32) -> Mark {
        Mark {
            rect_css,
            fill: 0xFF00_00FF,
            stroke: 7,
            style: 9,
            datum,
        }
    }

    #[test]
    fn what_meets_the_view_is_moved_and_keeps_its_order() {
        let marks = [
            mark([1.0, 1.0, 3.0, 3.0], 0),
            mark([20.0, 1.0, 30.0, 3.0], 1),
            mark([6.0, 6.0, 90.0, 90.0], 2),
            mark([8.0, 0.0, 9.0, 9.0], 3),
        ];
        let mut out = Vec::new();
        let draws = cull(
            &Cull {
                zoom: [2.0, 3.0],
                origin: [1.0, 0.0],
                under: 1,
                ..view(&marks)
            },
            &marks,
            &mut out,
        );
        assert_eq!(
            out,
            [
                Mark {
                    rect_css: [0.0, 3.0, 4.0, 9.0],
                    ..marks[0]
                },
                Mark {
                    rect_css: [10.0, 18.0, 178.0, 270.0],
                    ..marks[2]
                }
            ]
        );
        assert_eq!(draws, [6, 1, 0, 0, 6, 1, 6, 0]);
    }

    #[test]
    fn what_is_too_small_is_summed_and_the_sum_is_drawn() {
        // Half a px² in the last cell, and one speck that would never be seen.
        let mut marks = vec![mark([6.0, 6.0, 6.5, 6.5], 0); 2];
        marks.push(Mark {
            fill: 0x0200_0000,
            ..mark([1.0, 1.0, 1.01, 1.01], 1)
        });
        let mut out = Vec::new();
        let draws = cull(&view(&marks), &marks, &mut out);
        assert_eq!(draws, [0, 1, 0, 0, 12, 1, 0, 0]);
        assert_eq!(
            (out[0].rect_css, out[0].fill, out[0].datum),
            ([0.0, 0.0, 4.0, 4.0], 0x0100_0000, NO_DATUM)
        );
        // 2 × 3 × 3 of 256 sixteenths: the rounding is always up.
        assert_eq!(
            (out[1].rect_css, out[1].fill),
            ([4.0, 4.0, 8.0, 8.0], 0x1200_00FF)
        );
    }

    #[test]
    fn hostile_numbers_and_no_room_end_in_an_answer() {
        let mut marks = Vec::new();
        for a in [f32::NAN, f32::INFINITY, f32::MAX, -1.0, 0.0, 1e-40, 7.0] {
            for b in [f32::NAN, f32::NEG_INFINITY, f32::MIN, 2.0, 1e-42] {
                marks.push(mark([a, b, b, a], 0));
                marks.push(mark([b, a, a, b], 0));
            }
        }
        let mut out = Vec::new();
        for zoom in [f32::NAN, f32::INFINITY, 0.0, -1.0, 1.0] {
            for cells in [[0, 0], [0, 9], [u32::MAX, u32::MAX], [1, 1]] {
                cull(
                    &Cull {
                        zoom: [zoom; 2],
                        cells,
                        under: u32::MAX,
                        ..view(&marks)
                    },
                    &marks,
                    &mut out,
                );
            }
        }
        assert_eq!(
            cull(
                &Cull {
                    room: 1,
                    ..view(&marks)
                },
                &[mark([0.0, 0.0, 5.0, 5.0], 0); 3],
                &mut out
            ),
            [0, 1, 0, 0, 6, 1, 0, 0]
        );
        assert_eq!(cull(&view(&[]), &[], &mut out), [0, 1, 0, 0, 0, 1, 0, 0]);
    }
}
