//! The timeline's density: counts, sums and extremes of periods against the plainest loop that does
//! the same.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/timeline.rs"]
mod common;

use ai_atlas::layout::density::{Cell, EMPTY, EventFilter, Events, OUT, Pyramid};
use common::{Random, SEED};

/// Rows of columns: times in ms, amounts, and three codes.
#[derive(Clone, Default)]
struct Rows {
    ms: Vec<f64>,
    amount: Vec<f64>,
    kind: Vec<u32>,
    lane: Vec<u32>,
    target: Vec<u32>,
}

impl Rows {
    fn random(random: &mut Random, n: usize) -> Self {
        let mut rows = Self::default();
        let spread = 10_f64.powi(3 + random.below(11) as i32);
        let lanes = [5, 700][random.below(2)];
        for _ in 0..n {
            rows.ms.push(if random.below(6) == 0 {
                5.0
            } else {
                ((random.unit() - 0.3) * spread).round()
            });
            rows.amount.push(match random.below(5) {
                0 => f64::NAN,
                1 => random.below(3) as f64 * 1e6,
                _ => (10_f64.powf(3.0 + random.unit() * 8.0)).round(),
            });
            rows.kind.push(random.below(3) as u32);
            rows.lane.push(random.below(lanes) as u32);
            rows.target.push(random.below(4) as u32);
        }
        rows
    }

    fn events(&self) -> Events {
        Events::new(
            self.ms.clone(),
            &self.amount,
            &self.kind,
            &self.lane,
            &self.target,
        )
        .0
    }

    fn take(&self, order: &[usize]) -> Self {
        let pick = |list: &[u32]| order.iter().map(|&i| list[i]).collect();
        let numbers = |list: &[f64]| order.iter().map(|&i| list[i]).collect();
        Self {
            ms: numbers(&self.ms),
            amount: numbers(&self.amount),
            kind: pick(&self.kind),
            lane: pick(&self.lane),
            target: pick(&self.target),
        }
    }
}

/// The plainest loop: every row, one after the other.
fn brute(rows: &Rows, show: &EventFilter<'_>, lanes: usize, from: f64, to: f64) -> Vec<Cell> {
    let mut cells = vec![EMPTY; lanes];
    for i in 0..rows.ms.len() {
        if !(rows.ms[i] >= from && rows.ms[i] < to) {
            continue;
        }
        let amount = rows.amount[i] as f32;
        if show.least > 0.0 && (amount.is_nan() || amount < show.least) {
            continue;
        }
        let code =
            |table: &[u8], code: u32| u32::from(table.get(code as usize).copied().unwrap_or(0));
        let lane = code(show.kind, rows.kind[i])
            + code(show.lane, rows.lane[i])
            + code(show.target, rows.target[i]);
        if lane as usize >= lanes {
            continue;
        }
        let cell = &mut cells[lane as usize];
        cell.count += 1;
        if !amount.is_nan() {
            cell.sum += f64::from(amount);
            cell.least = cell.least.min(amount);
            cell.most = cell.most.max(amount);
        }
    }
    cells
}

#[test]
fn counts_sums_and_extremes_of_every_column_equal_those_of_the_plainest_loop() {
    let random = &mut Random(SEED);
    let mut columns = 0;
    while columns < 100_000 {
        let n = [0, 1, 40, 255, 256, 257, 900, 5_000, 9_000][random.below(9)];
        let rows = Rows::random(random, n);
        let events = rows.events();
        let kinds = [0, if random.below(2) == 0 { OUT } else { 0 }, 0];
        let targets = [if random.below(3) == 0 { OUT } else { 0 }, 0, 0];
        let lanes: Vec<u8> = (0..600).map(|code| [0, 1, 2, 3, 1][code % 5]).collect();
        let show = EventFilter {
            kind: &kinds,
            lane: &lanes,
            target: &targets,
            least: if random.below(3) == 0 { 1e6 } else { 0.0 },
        };
        let pyramid = Pyramid::new(&events, &show, 4);
        for _ in 0..6 {
            let wide = 10_f64.powi(3 + random.below(11) as i32);
            let from = (random.unit() - 0.5) * wide;
            let count = 1 + random.below(40);
            let bounds: Vec<f64> = (0..=count)
                .map(|i| from + wide * i as f64 / count as f64)
                .collect();
            let cells = pyramid.columns(&events, &bounds);
            assert_eq!(cells.len(), count * 4);
            for (column, got) in cells.chunks(4).enumerate() {
                assert_eq!(
                    got,
                    brute(&rows, &show, 4, bounds[column], bounds[column + 1]),
                    "{n} rows, column {column}"
                );
                columns += 1;
            }
        }
    }
}

#[test]
fn the_sum_of_all_columns_is_the_sum_of_all_rows_to_the_last_bit() {
    let random = &mut Random(SEED);
    for _ in 0..40 {
        let rows = Rows::random(random, 4_000);
        let (events, show) = (
            rows.events(),
            EventFilter {
                kind: &[0, 1, 2],
                ..EventFilter::default()
            },
        );
        let pyramid = Pyramid::new(&events, &show, 3);
        for columns in [1, 2, 7, 333, 1_200] {
            let bounds: Vec<f64> = (0..=columns)
                .map(|i| -4e14 + 8e14 * i as f64 / columns as f64)
                .collect();
            let cells = pyramid.columns(&events, &bounds);
            let (count, sum) = cells
                .iter()
                .fold((0, 0.0), |(n, s), c| (n + c.count, s + c.sum));
            let all = brute(&rows, &show, 3, f64::NEG_INFINITY, f64::INFINITY)
                .iter()
                .map(|c| c.sum)
                .sum::<f64>();
            assert_eq!((count, sum), (4_000, all), "{columns} columns");
        }
    }
}

#[test]
fn the_order_of_rows_shows_nowhere() {
    let random = &mut Random(SEED);
    for case in 0..100_000 {
        let n = if case % 1_000 == 0 {
            400
        } else {
            random.below(12)
        };
        let rows = Rows::random(random, n);
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, random.below(i + 1));
        }
        let (a, b) = (rows.events(), rows.take(&order).events());
        // NaN is not equal to itself: compare bits.
        let bits = |e: &Events| e.amount.iter().map(|a| a.to_bits()).collect::<Vec<_>>();
        let times = |e: &Events| (0..e.len()).map(|i| e.ms(i)).collect::<Vec<_>>();
        let lanes = |e: &Events| (0..e.len()).map(|i| e.lane(i)).collect::<Vec<_>>();
        assert_eq!(bits(&a), bits(&b));
        assert_eq!(
            (times(&a), &a.kind, lanes(&a), &a.target),
            (times(&b), &b.kind, lanes(&b), &b.target)
        );
    }
}

#[test]
fn times_are_kept_to_the_millisecond_over_all_the_calendar() {
    let random = &mut Random(SEED);
    for _ in 0..300 {
        let ms: Vec<f64> = (0..300)
            .map(|_| ((random.unit() - 0.5) * [7e14, 1e12, 1e4][random.below(3)]).round())
            .collect();
        let (events, order) = Events::new(ms.clone(), &[], &[], &[], &[]);
        let mut want = ms.clone();
        want.sort_by(f64::total_cmp);
        for (datum, &time) in want.iter().enumerate() {
            assert_eq!(events.ms(datum), time);
            assert_eq!(ms[order[datum] as usize], time);
            assert_eq!(events.before(time), want.partition_point(|&t| t < time));
            assert_eq!(
                events.before(time + 0.5),
                want.partition_point(|&t| t <= time)
            );
        }
    }
    assert!(Events::default().ms(0).is_nan());
    assert_eq!(
        Events::new(vec![f64::NAN, 1.0, f64::INFINITY], &[1.0], &[], &[], &[])
            .0
            .len(),
        2,
        "what is no number is no time"
    );
}

#[test]
fn the_largest_of_a_lane_are_those_that_a_sort_finds() {
    let random = &mut Random(SEED);
    for _ in 0..400 {
        let n = [30, 300, 5_000, 12_000][random.below(4)];
        let mut rows = Rows::random(random, n);
        if random.below(3) == 0 {
            // A lane of which no amount is known.
            (0..n)
                .filter(|&i| rows.lane[i] == 1)
                .for_each(|i| rows.amount[i] = f64::NAN);
            rows.lane
                .iter_mut()
                .filter(|lane| **lane == 3)
                .for_each(|lane| *lane = 2);
        }
        let events = rows.events();
        let show = EventFilter {
            lane: &[0, 1, 0, 1, OUT],
            ..EventFilter::default()
        };
        let pyramid = Pyramid::new(&events, &show, 2);
        let (from, to) = (random.below(n), random.below(n));
        let most = [0, 1, 5, 60][random.below(4)];
        for lane in 0..2 {
            let mut want: Vec<u32> = (from as u32..to as u32)
                .filter(|&d| pyramid.lane(d as usize) == lane)
                .collect();
            let amount = |d: u32| {
                Some(events.amount[d as usize])
                    .filter(|a| !a.is_nan())
                    .unwrap_or(-1.0)
            };
            want.sort_by(|&a, &b| amount(b).total_cmp(&amount(a)));
            want.truncate(most);
            assert_eq!(
                pyramid.largest(&events, usize::from(lane), from, to, most),
                want,
                "{n} rows, {from}..{to}, {most}"
            );
        }
    }
}

#[test]
fn sixteen_bytes_hold_an_event_with_type_and_target_and_its_place_in_twelve_lanes() {
    let rows = Rows {
        lane: Vec::new(),
        ..Rows::random(&mut Random(SEED), 200_000)
    };
    let events = rows.events();
    let pyramid = Pyramid::new(
        &events,
        &EventFilter {
            kind: &[0, 1, 11],
            ..EventFilter::default()
        },
        12,
    );
    let bytes = (events.bytes() + pyramid.bytes()) as f64 / 200_000.0;
    // The turns of a span of ten thousand years are a table of their own; those of a century are
    // 150 bytes.
    assert!(bytes <= 16.0, "{bytes}");
}
