//! The timeline's algorithms: ticks, order and dodge, each against the plainest loop that does the
//! same.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/timeline.rs"]
mod common;

use ai_atlas::data::calendar::days_from_civil;
use ai_atlas::layout::ascending;
use ai_atlas::layout::lanes::{dodge, settle};
use ai_atlas::layout::scale::{MAX_TICKS, Time};
use common::{Random, SEED, bound};

#[test]
fn ticks_are_at_most_two_hundred_and_strictly_increasing_for_every_pair_of_bounds() {
    let random = &mut Random(SEED);
    let cut = |day: f64| {
        day.clamp(
            days_from_civil(-9999, 1, 1).into(),
            days_from_civil(9999, 12, 31).into(),
        )
    };
    let (mut cases, mut some) = (0, 0);
    while cases < 120_000 {
        let (from, to) = (bound(random), bound(random));
        let max = [1, 2, 7, 20, 199, 200, 201, usize::MAX][random.below(8)];
        for (from, to) in [(from, to), (to, from), (from, from)] {
            let ticks = Time {
                from_day: from,
                to_day: to,
                x0: 0.0,
                x1: 800.0,
            }
            .ticks(max);
            assert!(
                ticks.len() <= MAX_TICKS.min(max),
                "{from} {to} {max}: {}",
                ticks.len()
            );
            assert!(
                ticks.windows(2).all(|pair| pair[0].at() < pair[1].at()),
                "{from} {to} {max}: {ticks:?}"
            );
            let (low, high) = (cut(from.min(to)), cut(from.max(to)));
            assert!(
                ticks
                    .iter()
                    .all(|t| t.at() >= low && t.at() <= high && t.minute < 1440),
                "{from} {to} {max}: {ticks:?}"
            );
            some += usize::from(ticks.len() > 1);
            cases += 1;
        }
    }
    assert!(some > cases / 5, "only {some} of {cases} had ticks");
}

#[test]
fn an_axis_of_hours_has_hours_and_one_of_centuries_has_centuries() {
    let day = f64::from(days_from_civil(2025, 5, 13));
    let ticks = |from, to, max| -> Vec<(f64, u32)> {
        Time {
            from_day: from,
            to_day: to,
            x0: 0.0,
            x1: 800.0,
        }
        .ticks(max)
        .iter()
        .map(|t| (t.at(), t.minute))
        .collect()
    };
    let minutes = |from, to| -> Vec<u32> { ticks(from, to, 8).iter().map(|t| t.1).collect() };
    assert_eq!(
        minutes(day + 9.0 / 24.0, day + 15.0 / 24.0),
        [540, 600, 660, 720, 780, 840, 900]
    );
    assert_eq!(
        minutes(day + 9.5 / 24.0, day + 10.0 / 24.0),
        [570, 575, 580, 585, 590, 595, 600]
    );
    assert_eq!(minutes(day, day + 1.5), [0, 360, 720, 1080, 0, 360, 720]);
    let centuries = ticks(
        f64::from(days_from_civil(1500, 1, 1)),
        f64::from(days_from_civil(2000, 1, 1)),
        8,
    );
    assert_eq!(
        centuries.iter().map(|t| t.0).collect::<Vec<_>>(),
        [1500, 1600, 1700, 1800, 1900, 2000].map(|y| f64::from(days_from_civil(y, 1, 1)))
    );
}

#[test]
fn an_hour_that_pans_at_1970_2000_and_2025_stands_where_it_is_to_a_quarter_of_a_pixel() {
    let (width, hour) = (1200_i128, 3_600_000_i128);
    let mut compared = 0;
    for year in [1970, 2000, 2025] {
        let start = i128::from(days_from_civil(year, 6, 15)) * 86_400_000;
        for step in 0..400_i128 {
            // Every frame moves by a third of a pixel and a bit.
            let from = start + step * 1_111;
            let time = Time {
                from_day: from as f64 / 86_400_000.0,
                to_day: (from + hour) as f64 / 86_400_000.0,
                x0: 0.0,
                x1: width as f64,
            };
            for event in (0..hour).step_by(36_007) {
                let at = start + 2_000 + event;
                // The exact place, as a fraction of whole numbers.
                let exact = (at - from) as f64 * width as f64 / hour as f64;
                let drawn = f64::from(time.x(at as f64 / 86_400_000.0) as f32);
                assert!(
                    (drawn - exact).abs() <= 0.25,
                    "{year}, {step}: {drawn} is not {exact}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 100_000);
    // What would happen without: a day of 2025 in 32 bits is no better known than to some three
    // minutes, 55 px of this axis.
    let day = f64::from(days_from_civil(2025, 6, 15)) + 0.123;
    assert!((f64::from(day as f32) - day).abs() * 24.0 * width as f64 > 1.0);
}

#[test]
fn an_order_is_the_stable_order_for_any_spread_of_keys() {
    let random = &mut Random(SEED);
    let mut cases = 0;
    while cases < 400_000 {
        // The largest are parted into runs first.
        let n = [1 + random.below(60), 600, 20_000][if random.below(500) > 0 {
            usize::from(random.below(20) == 0)
        } else {
            2
        }];
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

fn apart(spans: &[(f64, f64, f64)], ys: &[f64], gap: f64) {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by(|&a, &b| spans[a].0.total_cmp(&spans[b].0));
    for (at, &i) in order.iter().enumerate() {
        assert!(ys[i] >= 0.0 && ys[i].is_finite());
        for &j in order[at + 1..]
            .iter()
            .take_while(|&&j| spans[j].0 < spans[i].1 + gap - 1e-9)
        {
            let up = ys[i] >= ys[j] + spans[j].2 + gap - 1e-9
                || ys[j] >= ys[i] + spans[i].2 + gap - 1e-9;
            assert!(
                up,
                "{:?} at {} and {:?} at {}",
                spans[i], ys[i], spans[j], ys[j]
            );
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
                let (x, r) = (
                    random.unit() * 60.0,
                    if random.below(2) == 0 {
                        4.0
                    } else {
                        random.unit() * 15.0
                    },
                );
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
