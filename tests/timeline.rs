//! The timeline's algorithms: ticks, dodge, order, and density, each against the plainest loop that does the same.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by failing")]

use ai_atlas::data::calendar::days_from_civil;
use ai_atlas::layout::ascending;
use ai_atlas::layout::density::{Cell, EMPTY, Events, OUT, Pyramid, Show};
use ai_atlas::layout::lanes::{dodge, settle};
use ai_atlas::layout::scale::{MOST_TICKS, Time};

/// Deterministic numbers: xorshift64*.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

const SEED: u64 = 0x5eed_2026;

// ---- ticks

/// A bound as hostile as any: near and far, equal to others, no number, beyond the calendar.
fn bound(random: &mut Random) -> f64 {
    let edges = [f64::from(days_from_civil(-9999, 1, 1)), f64::from(days_from_civil(9999, 12, 31)), 0.0, 19_723.0];
    match random.below(8) {
        0 => edges[random.below(edges.len())],
        1 => f64::from_bits(random.bits()),
        2 => [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, -0.0][random.below(6)],
        3 => (random.unit() - 0.5) * 9e6,
        4 => 17_000.0 + random.below(3_000) as f64,
        _ => 19_000.0 + random.unit() * 10_f64.powi(random.below(8) as i32 - 4),
    }
}

#[test]
fn ticks_are_at_most_two_hundred_and_strictly_increasing_for_every_pair_of_bounds() {
    let random = &mut Random(SEED);
    let cut = |day: f64| day.clamp(days_from_civil(-9999, 1, 1).into(), days_from_civil(9999, 12, 31).into());
    let (mut cases, mut some) = (0, 0);
    while cases < 120_000 {
        let (from, to) = (bound(random), bound(random));
        let max = [1, 2, 7, 20, 199, 200, 201, usize::MAX][random.below(8)];
        for (from, to) in [(from, to), (to, from), (from, from)] {
            let ticks = Time { from_day: from, to_day: to, x0: 0.0, x1: 800.0 }.ticks(max);
            assert!(ticks.len() <= MOST_TICKS.min(max), "{from} {to} {max}: {}", ticks.len());
            assert!(ticks.windows(2).all(|pair| pair[0].at() < pair[1].at()), "{from} {to} {max}: {ticks:?}");
            let (low, high) = (cut(from.min(to)), cut(from.max(to)));
            assert!(ticks.iter().all(|t| t.at() >= low && t.at() <= high && t.minute < 1440), "{from} {to} {max}: {ticks:?}");
            some += usize::from(ticks.len() > 1);
            cases += 1;
        }
    }
    assert!(some > cases / 5, "only {some} of {cases} had ticks");
}

#[test]
fn an_axis_of_hours_has_hours_and_one_of_centuries_has_centuries() {
    let day = f64::from(days_from_civil(2025, 5, 13));
    let ticks =
        |from, to, max| -> Vec<(f64, u32)> { Time { from_day: from, to_day: to, x0: 0.0, x1: 800.0 }.ticks(max).iter().map(|t| (t.at(), t.minute)).collect() };
    let minutes = |from, to| -> Vec<u32> { ticks(from, to, 8).iter().map(|t| t.1).collect() };
    assert_eq!(minutes(day + 9.0 / 24.0, day + 15.0 / 24.0), [540, 600, 660, 720, 780, 840, 900]);
    assert_eq!(minutes(day + 9.5 / 24.0, day + 10.0 / 24.0), [570, 575, 580, 585, 590, 595, 600]);
    assert_eq!(minutes(day, day + 1.5), [0, 360, 720, 1080, 0, 360, 720]);
    let centuries = ticks(f64::from(days_from_civil(1500, 1, 1)), f64::from(days_from_civil(2000, 1, 1)), 8);
    assert_eq!(centuries.iter().map(|t| t.0).collect::<Vec<_>>(), [1500, 1600, 1700, 1800, 1900, 2000].map(|y| f64::from(days_from_civil(y, 1, 1))));
}

// ---- a place on the screen

#[test]
fn an_hour_that_pans_at_1970_2000_and_2025_stands_where_it_is_to_a_quarter_of_a_pixel() {
    let (width, hour) = (1200_i128, 3_600_000_i128);
    let mut compared = 0;
    for year in [1970, 2000, 2025] {
        let start = i128::from(days_from_civil(year, 6, 15)) * 86_400_000;
        for step in 0..400_i128 {
            // Every frame moves by a third of a pixel and a bit.
            let from = start + step * 1_111;
            let time = Time { from_day: from as f64 / 86_400_000.0, to_day: (from + hour) as f64 / 86_400_000.0, x0: 0.0, x1: width as f64 };
            for event in (0..hour).step_by(36_007) {
                let at = start + 2_000 + event;
                // The exact place, as a fraction of whole numbers.
                let exact = (at - from) as f64 * width as f64 / hour as f64;
                let drawn = f64::from(time.x(at as f64 / 86_400_000.0) as f32);
                assert!((drawn - exact).abs() <= 0.25, "{year}, {step}: {drawn} is not {exact}");
                compared += 1;
            }
        }
    }
    assert!(compared > 100_000);
    // What would happen without: a day of 2025 in 32 bits is no better known than to some three minutes, 55 px of this axis.
    let day = f64::from(days_from_civil(2025, 6, 15)) + 0.123;
    assert!((f64::from(day as f32) - day).abs() * 24.0 * width as f64 > 1.0);
}

// ---- order

#[test]
fn an_order_is_the_stable_order_for_any_spread_of_keys() {
    let random = &mut Random(SEED);
    let mut cases = 0;
    while cases < 100_000 {
        let n = if cases % 100 == 0 { 600 } else { 1 + random.below(60) };
        let kind = random.below(5);
        let keys: Vec<f64> = (0..n)
            .map(|i| match kind {
                0 => random.unit(),
                1 => random.below(4) as f64,
                2 => 2_f64.powi(random.below(600) as i32 - 300),
                3 => i as f64 + (random.unit() - 0.5) * 3.0,
                _ => {
                    if random.below(50) == 0 {
                        1e12
                    } else {
                        random.unit()
                    }
                }
            })
            .collect();
        let mut want: Vec<u32> = (0..n as u32).collect();
        want.sort_by(|&a, &b| keys[a as usize].total_cmp(&keys[b as usize]));
        assert_eq!(ascending(&keys), want, "{keys:?}");
        cases += n;
    }
}

// ---- dodge

fn apart(spans: &[(f64, f64, f64)], ys: &[f64], gap: f64) {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by(|&a, &b| spans[a].0.total_cmp(&spans[b].0));
    for (at, &i) in order.iter().enumerate() {
        assert!(ys[i] >= 0.0 && ys[i].is_finite());
        for &j in order[at + 1..].iter().take_while(|&&j| spans[j].0 < spans[i].1 + gap - 1e-9) {
            let up = ys[i] >= ys[j] + spans[j].2 + gap - 1e-9 || ys[j] >= ys[i] + spans[i].2 + gap - 1e-9;
            assert!(up, "{:?} at {} and {:?} at {}", spans[i], ys[i], spans[j], ys[j]);
        }
    }
}

#[test]
fn no_two_dots_overlap_in_a_hundred_thousand_cases() {
    let random = &mut Random(SEED);
    for _ in 0..100_000 {
        let n = 2 + random.below(14);
        let gap = [0.0, 0.5, 1.0, 3.0][random.below(4)];
        let spans: Vec<(f64, f64, f64)> = (0..n)
            .map(|_| {
                let (x, r) = (random.unit() * 60.0, if random.below(2) == 0 { 4.0 } else { random.unit() * 15.0 });
                (x - r, x + r, 2.0 * r)
            })
            .collect();
        apart(&spans, &dodge(&spans, gap), gap);
        let height = 20.0 + random.unit() * 60.0;
        let ys = settle(&spans, gap, height);
        let kept: Vec<usize> = (0..n).filter(|&i| ys[i].is_some()).collect();
        let spans: Vec<(f64, f64, f64)> = kept.iter().map(|&i| spans[i]).collect();
        let ys: Vec<f64> = kept.iter().map(|&i| ys[i].unwrap()).collect();
        assert!(spans.iter().zip(&ys).all(|(s, y)| y + s.2 <= height));
        apart(&spans, &ys, gap);
    }
}

#[test]
fn a_hundred_thousand_dots_do_not_overlap_and_those_that_could_stand_lower_do_not_exist() {
    let random = &mut Random(SEED);
    let spans: Vec<(f64, f64, f64)> = (0..100_000)
        .map(|_| {
            let x = random.unit() * 9_600.0;
            (x - 1.5, x + 1.5, 3.0)
        })
        .collect();
    let ys = dodge(&spans, 0.0);
    apart(&spans, &ys, 0.0);
    // Equal boxes stand in rows.
    assert!(ys.iter().all(|y| y % 3.0 == 0.0));
    let highest = ys.iter().fold(0.0_f64, |a, &b| a.max(b));
    assert!(highest < 3.0 * 80.0, "{highest}");
}

// ---- density

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
        for _ in 0..n {
            rows.ms.push(if random.below(6) == 0 { 5.0 } else { ((random.unit() - 0.3) * spread).round() });
            rows.amount.push(match random.below(5) {
                0 => f64::NAN,
                1 => random.below(3) as f64 * 1e6,
                _ => (10_f64.powf(3.0 + random.unit() * 8.0)).round(),
            });
            rows.kind.push(random.below(3) as u32);
            rows.lane.push(random.below(5) as u32);
            rows.target.push(random.below(4) as u32);
        }
        rows
    }

    fn events(&self) -> Events {
        Events::new(self.ms.clone(), &self.amount, &self.kind, &self.lane, &self.target).0
    }

    fn take(&self, order: &[usize]) -> Self {
        let pick = |list: &[u32]| order.iter().map(|&i| list[i]).collect();
        let numbers = |list: &[f64]| order.iter().map(|&i| list[i]).collect();
        Self { ms: numbers(&self.ms), amount: numbers(&self.amount), kind: pick(&self.kind), lane: pick(&self.lane), target: pick(&self.target) }
    }
}

/// The plainest loop: every row, one after the other.
fn brute(rows: &Rows, show: &Show<'_>, lanes: usize, from: f64, to: f64) -> Vec<Cell> {
    let mut cells = vec![EMPTY; lanes];
    for i in 0..rows.ms.len() {
        if !(rows.ms[i] >= from && rows.ms[i] < to) {
            continue;
        }
        let amount = rows.amount[i] as f32;
        if show.least > 0.0 && !(amount >= show.least) {
            continue;
        }
        let code = |table: &[u8], code: u32| u32::from(table.get(code as usize).copied().unwrap_or(0));
        let lane = code(show.kind, rows.kind[i]) + code(show.lane, rows.lane[i]) + code(show.target, rows.target[i]);
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
        let show = Show { kind: &kinds, lane: &[0, 1, 2, 3, 1], target: &targets, least: if random.below(3) == 0 { 1e6 } else { 0.0 } };
        let pyramid = Pyramid::new(&events, &show, 4);
        for _ in 0..6 {
            let wide = 10_f64.powi(3 + random.below(11) as i32);
            let from = (random.unit() - 0.5) * wide;
            let count = 1 + random.below(40);
            let bounds: Vec<f64> = (0..=count).map(|i| from + wide * i as f64 / count as f64).collect();
            let cells = pyramid.columns(&events, &bounds);
            assert_eq!(cells.len(), count * 4);
            for (column, got) in cells.chunks(4).enumerate() {
                assert_eq!(got, brute(&rows, &show, 4, bounds[column], bounds[column + 1]), "{n} rows, column {column}");
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
        let (events, show) = (rows.events(), Show { kind: &[0, 1, 2], ..Show::default() });
        let pyramid = Pyramid::new(&events, &show, 3);
        for columns in [1, 2, 7, 333, 1_200] {
            let bounds: Vec<f64> = (0..=columns).map(|i| -4e14 + 8e14 * i as f64 / columns as f64).collect();
            let cells = pyramid.columns(&events, &bounds);
            let (count, sum) = cells.iter().fold((0, 0.0), |(n, s), c| (n + c.count, s + c.sum));
            let all = brute(&rows, &show, 3, f64::NEG_INFINITY, f64::INFINITY).iter().map(|c| c.sum).sum::<f64>();
            assert_eq!((count, sum), (4_000, all), "{columns} columns");
        }
    }
}

#[test]
fn the_order_of_rows_shows_nowhere() {
    let random = &mut Random(SEED);
    for case in 0..100_000 {
        let n = if case % 1_000 == 0 { 400 } else { random.below(12) };
        let rows = Rows::random(random, n);
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, random.below(i + 1));
        }
        let (a, b) = (rows.events(), rows.take(&order).events());
        // NaN is not equal to itself: compare bits.
        let bits = |e: &Events| e.amount.iter().map(|a| a.to_bits()).collect::<Vec<_>>();
        let times = |e: &Events| (0..e.len()).map(|i| e.ms(i)).collect::<Vec<_>>();
        assert_eq!(bits(&a), bits(&b));
        assert_eq!((times(&a), &a.kind, &a.lane, &a.target), (times(&b), &b.kind, &b.lane, &b.target));
    }
}

#[test]
fn times_are_kept_to_the_millisecond_over_all_the_calendar() {
    let random = &mut Random(SEED);
    for _ in 0..300 {
        let ms: Vec<f64> = (0..300).map(|_| ((random.unit() - 0.5) * [7e14, 1e12, 1e4][random.below(3)]).round()).collect();
        let (events, order) = Events::new(ms.clone(), &[], &[], &[], &[]);
        let mut want = ms.clone();
        want.sort_by(f64::total_cmp);
        for (datum, &time) in want.iter().enumerate() {
            assert_eq!(events.ms(datum), time);
            assert_eq!(ms[order[datum] as usize], time);
            assert_eq!(events.before(time), want.partition_point(|&t| t < time));
            assert_eq!(events.before(time + 0.5), want.partition_point(|&t| t <= time));
        }
    }
    assert!(Events::default().ms(0).is_nan());
    assert_eq!(Events::new(vec![f64::NAN, 1.0, f64::INFINITY], &[1.0], &[], &[], &[]).0.len(), 2, "what is no number is no time");
}

#[test]
fn the_largest_of_a_lane_are_those_that_a_sort_finds() {
    let random = &mut Random(SEED);
    for _ in 0..400 {
        let n = [30, 300, 5_000, 12_000][random.below(4)];
        let mut rows = Rows::random(random, n);
        if random.below(3) == 0 {
            // A lane of which no amount is known.
            (0..n).filter(|&i| rows.lane[i] == 1).for_each(|i| rows.amount[i] = f64::NAN);
            rows.lane.iter_mut().filter(|lane| **lane == 3).for_each(|lane| *lane = 2);
        }
        let events = rows.events();
        let show = Show { lane: &[0, 1, 0, 1, OUT], ..Show::default() };
        let pyramid = Pyramid::new(&events, &show, 2);
        let (from, to) = (random.below(n), random.below(n));
        let most = [0, 1, 5, 60][random.below(4)];
        for lane in 0..2 {
            let mut want: Vec<u32> = (from as u32..to as u32).filter(|&d| pyramid.lane(d as usize) == lane).collect();
            let amount = |d: u32| Some(events.amount[d as usize]).filter(|a| !a.is_nan()).unwrap_or(-1.0);
            want.sort_by(|&a, &b| amount(b).total_cmp(&amount(a)));
            want.truncate(most);
            assert_eq!(pyramid.largest(&events, usize::from(lane), from, to, most), want, "{n} rows, {from}..{to}, {most}");
        }
    }
}

#[test]
fn sixteen_bytes_hold_an_event_with_type_and_target_and_its_place_in_twelve_lanes() {
    let rows = Rows { lane: Vec::new(), ..Rows::random(&mut Random(SEED), 200_000) };
    let events = rows.events();
    let pyramid = Pyramid::new(&events, &Show { kind: &[0, 1, 11], ..Show::default() }, 12);
    let bytes = (events.bytes() + pyramid.bytes()) as f64 / 200_000.0;
    // The turns of a span of ten thousand years are a table of their own; those of a century are 150 bytes.
    assert!(bytes <= 16.0, "{bytes}");
}
