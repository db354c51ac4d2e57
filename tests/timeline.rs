//! The timeline's algorithms: ticks, dodge, order, and density, each against the plainest loop that
//! does the same.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

use ai_atlas::abi::{Mark, NO_DATUM, pattern, shape};
use ai_atlas::data::calendar::{days_from_civil, moment, stamp};
use ai_atlas::data::funding::{Event, Funding, Kind};
use ai_atlas::data::{Column, Lang};
use ai_atlas::layout::ascending;
use ai_atlas::layout::density::{Cell, EMPTY, EventFilter, Events, OUT, Pyramid};
use ai_atlas::layout::lanes::{dodge, settle};
use ai_atlas::layout::scale::{MOST_TICKS, Time};
use ai_atlas::protocol::Changes;
use ai_atlas::render::svg::{Paper, paint};
use ai_atlas::scene::Align;
use ai_atlas::text::{self, Metrics};
use ai_atlas::widget::funding_timeline::FundingTimelineWidget;
use ai_atlas::widget::{Act, Change, Figure, State, View, Widget};
use serde_json::{json, to_value};

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
    let edges = [
        f64::from(days_from_civil(-9999, 1, 1)),
        f64::from(days_from_civil(9999, 12, 31)),
        0.0,
        19_723.0,
    ];
    match random.below(8) {
        0 => edges[random.below(edges.len())],
        1 => f64::from_bits(random.bits()),
        2 => [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            1e300,
            -1e300,
            -0.0,
        ][random.below(6)],
        3 => (random.unit() - 0.5) * 9e6,
        4 => 17_000.0 + random.below(3_000) as f64,
        _ => 19_000.0 + random.unit() * 10_f64.powi(random.below(8) as i32 - 4),
    }
}

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
                ticks.len() <= MOST_TICKS.min(max),
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

// ---- order

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

// ---- dodge

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

// ---- the widget

fn loaded(file: &str) -> FundingTimelineWidget {
    let mut widget = FundingTimelineWidget::default();
    let issues = (&mut widget as &mut dyn Widget)
        .load(file.as_bytes())
        .unwrap();
    assert_eq!(issues, []);
    widget
}

fn shipped() -> FundingTimelineWidget {
    loaded(
        &std::fs::read_to_string(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/data/funding-timeline.json"
        ))
        .unwrap(),
    )
}

fn view(width_css: f32, lang: Lang) -> View {
    View {
        width_css,
        lang,
        hover: NO_DATUM,
        from_day: f64::NAN,
        to_day: f64::NAN,
        today: f64::NAN,
        ..View::default()
    }
}

fn with(mut view: View, state: &[(&str, &str)]) -> View {
    view.state = State::from_pairs(state.iter().copied());
    view
}

/// The view after an act, as the host makes it.
fn after(widget: &FundingTimelineWidget, view: &View, act: &Act<'_>) -> View {
    let mut view = view.clone();
    let changes = to_value(Changes::new(widget.act(&view, act))).unwrap();
    for (key, value) in changes.as_object().unwrap() {
        match (key.as_str(), value.as_str()) {
            ("from", Some(value)) => view.from_day = moment(value, false),
            ("to", Some(value)) => view.to_day = moment(value, true),
            _ => assert_eq!(value, &json!({}), "{key}"),
        }
    }
    view
}

/// A thousand rounds of three companies in four years.
fn rounds() -> String {
    let random = &mut Random(SEED);
    let events: Vec<String> = (0..1_000)
        .map(|i| {
            let (y, m, d) = (2020 + random.below(4), 1 + random.below(12), 1 + random.below(28));
            let date = [format!("{y}"), format!("{y}-Q{}", m.div_ceil(3)), format!("{y}-{m:02}"), format!("{y}-{m:02}-{d:02}")][random.below(4)].clone();
            let mark = ["", r#","cumulative":true"#, r#","part_of":"e0""#, r#","status":"planned""#, ""][random.below(5)];
            let amount = if random.below(4) == 0 { String::new() } else { format!(r#","amount_usd":{}"#, 1 + random.below(9_000_000_000)) };
            format!(
                r#"{{"id":"e{i}","date":"{date}","type":"{}","label":"L{i}","target":"t{}"{amount}{mark}}}"#,
                ["round", "investment", "acquisition"][random.below(3)],
                random.below(3)
            )
        })
        .collect();
    let parties = r#"[{"id":"t0","name":"T0","country":"US","layer":"model"},{"id":"t1","name":"T1","country":"KR","layer":"infra"},{"id":"t2","name":"T2","layer":"data"}]"#;
    format!(
        r#"{{"kind":"ai-atlas/funding-timeline","title":"T","events":[{}],"parties":{parties}}}"#,
        events.join(",")
    )
}

/// Count and sum as the status says them, from the file itself.
fn counted(data: &Funding, days: (f64, f64), keep: impl Fn(&Event) -> bool) -> (usize, f64) {
    let (mut count, mut sum) = (0, 0.0);
    for event in &data.events {
        let when = event.when.unwrap();
        let middle = (f64::from(when.from) + f64::from(when.to) + 1.0) / 2.0;
        if middle >= days.0 && middle < days.1 && keep(event) {
            count += 1;
            let s = event.status;
            if let (Some(money), false) = (
                &event.amount,
                s.cumulative || s.part_of || s.planned || s.in_talks,
            ) {
                sum += f64::from(money.value as f32);
            }
        }
    }
    (count, sum)
}

#[test]
fn the_status_counts_and_sums_what_is_in_view_under_every_filter() {
    let file = rounds();
    let (widget, data) = (loaded(&file), Funding::parse(file.as_bytes()).unwrap().0);
    let target = |event: &Event| {
        event
            .target
            .map_or("", |ix| data.parties[ix].id.as_str())
            .to_string()
    };
    let mut said = std::collections::HashSet::new();
    for (from, to) in [
        (f64::NAN, f64::NAN),
        (18_500.0, 18_900.5),
        (19_000.0, 19_001.0),
    ] {
        for lanes in ["type", "org", "country", "layer"] {
            for (filters, hidden) in [
                (vec![], ""),
                (vec![("org", "t1")], ""),
                (vec![("country", "US")], "round"),
                (vec![("country", "-")], ""),
                (vec![("type", "round")], "org:t0"),
                (vec![("least", "1e9")], "country:KR"),
                (vec![], "layer:data"),
            ] {
                let mut state = vec![("lanes", lanes)];
                state.extend(filters.iter().copied());
                let view = View {
                    from_day: from,
                    to_day: to,
                    hidden: vec![hidden.to_string()],
                    ..with(view(1000.0, Lang::En), &state)
                };
                let days = if from.is_nan() {
                    (f64::NEG_INFINITY, f64::INFINITY)
                } else {
                    (from, to)
                };
                let wanted = |key: &str| {
                    filters
                        .iter()
                        .find(|f| f.0 == key && f.0 != lanes)
                        .map(|f| f.1)
                };
                let (count, sum) = counted(&data, days, |e| {
                    let party = &data.parties[e.target.unwrap()];
                    let kind = if e.kind == Kind::Round {
                        "round"
                    } else {
                        "else"
                    };
                    let counts = !(e.status.cumulative
                        || e.status.part_of
                        || e.status.planned
                        || e.status.in_talks);
                    wanted("org").is_none_or(|id| id == target(e))
                        && wanted("country")
                            .is_none_or(|code| party.country.as_deref().unwrap_or("-") == code)
                        && wanted("type").is_none_or(|word| word == kind)
                        && wanted("least").is_none_or(|_| {
                            counts && e.amount.as_ref().is_some_and(|m| m.value as f32 >= 1e9)
                        })
                        && !(lanes == "type" && hidden == "round" && kind == "round")
                        && !(lanes == "org" && hidden == "org:t0" && party.id == "t0")
                        && !(lanes == "country" && hidden == "country:KR" && party.id == "t1")
                        && !(lanes == "layer" && hidden == "layer:data" && party.id == "t2")
                });
                let status = widget.picture(&view).status;
                let want = format!("{} events in view", text::count(count, Lang::En));
                assert!(
                    status.starts_with(&want),
                    "{lanes} {filters:?} {hidden}: {status}, not {want}"
                );
                let want = if sum > 0.0 {
                    text::usd(sum, Lang::En)
                } else {
                    want
                };
                assert!(
                    status.ends_with(&want),
                    "{lanes} {filters:?} {hidden}: {status}, not {want}"
                );
                said.insert(status);
            }
        }
    }
    assert!(said.len() > 15, "the filters change nothing: {said:?}");
}

#[test]
fn zoom_keeps_the_point_and_drag_the_time_under_the_finger() {
    let widget = shipped();
    let start = view(1200.0, Lang::Ko);
    let picture = widget.picture(&start);
    assert!(picture.zooms && !picture.moved);
    // The axis lies where the years of its labels say.
    let day_at = |view: &View, x: f32| {
        let labels: Vec<(f64, f64)> = widget
            .picture(view)
            .scene
            .labels
            .iter()
            .filter_map(|l| {
                let year: i32 = l
                    .text
                    .parse()
                    .ok()
                    .filter(|year| (1990..2100).contains(year))?;
                Some((
                    f64::from(l.rect_css[0] + l.rect_css[2]) / 2.0,
                    f64::from(days_from_civil(year, 1, 1)),
                ))
            })
            .collect();
        let (a, b) = (labels[1], labels[labels.len() - 2]);
        a.1 + (f64::from(x) - a.0) / (b.0 - a.0) * (b.1 - a.1)
    };
    let zoomed = after(
        &widget,
        &start,
        &Act::Zoom {
            at_css: [700.0, 200.0],
            factor: 2.0,
        },
    );
    assert!(
        (day_at(&zoomed, 700.0) - day_at(&start, 700.0)).abs() < 3.0,
        "{} is not {}",
        day_at(&zoomed, 700.0),
        day_at(&start, 700.0)
    );
    assert!(widget.picture(&zoomed).moved);
    let dragged = after(
        &widget,
        &zoomed,
        &Act::Drag {
            from_css: [700.0, 200.0],
            to_css: [640.0, 300.0],
        },
    );
    assert!((day_at(&dragged, 640.0) - day_at(&zoomed, 700.0)).abs() < 3.0);
    assert_eq!(
        (dragged.to_day - dragged.from_day).round(),
        (zoomed.to_day - zoomed.from_day).round()
    );
    // As far out as one likes is all of it, and then nothing is set any more.
    let out = after(
        &widget,
        &dragged,
        &Act::Zoom {
            at_css: [700.0, 200.0],
            factor: 0.01,
        },
    );
    assert!(out.from_day.is_nan() && out.to_day.is_nan());
    for key in ["0", "Escape"] {
        assert!(
            after(
                &widget,
                &zoomed,
                &Act::Key {
                    key,
                    datum: NO_DATUM
                }
            )
            .from_day
            .is_nan()
        );
    }
    let zoomed = after(
        &widget,
        &start,
        &Act::Zoom {
            at_css: [800.0, 200.0],
            factor: 8.0,
        },
    );
    let next = after(
        &widget,
        &zoomed,
        &Act::Key {
            key: "PageUp",
            datum: NO_DATUM,
        },
    );
    assert!((next.to_day - zoomed.from_day).abs() < 1e-6);
    assert!(
        widget
            .act(
                &start,
                &Act::Key {
                    key: "PageDown",
                    datum: NO_DATUM
                }
            )
            .is_empty(),
        "all is in view: there is no next screen"
    );
    assert!(
        widget
            .act(
                &zoomed,
                &Act::Key {
                    key: "x",
                    datum: NO_DATUM
                }
            )
            .is_empty()
    );
}

#[test]
fn a_drag_on_the_overview_brushes_and_its_window_can_be_moved_and_pulled() {
    let widget = shipped();
    let start = view(1200.0, Lang::En);
    let height = widget.picture(&start).scene.size_css[1];
    let y = height - 15.0;
    let brushed = after(
        &widget,
        &start,
        &Act::Drag {
            from_css: [900.0, y],
            to_css: [700.0, 20.0],
        },
    );
    let length = brushed.to_day - brushed.from_day;
    assert!(length > 300.0 && length < 2_000.0, "{length}");
    assert_eq!(
        widget.picture(&brushed).scene.size_css[1],
        height,
        "nothing jumps when the reader zooms"
    );
    let moved = after(
        &widget,
        &brushed,
        &Act::Drag {
            from_css: [800.0, y],
            to_css: [830.0, y],
        },
    );
    assert!(
        (moved.to_day - moved.from_day - length).abs() < 1e-3 && moved.from_day > brushed.from_day
    );
    let pulled = after(
        &widget,
        &brushed,
        &Act::Drag {
            from_css: [900.0, y],
            to_css: [1_000.0, y],
        },
    );
    assert!((pulled.from_day - brushed.from_day).abs() < 1e-3 && pulled.to_day > brushed.to_day);
    // On a phone too, where time runs down above it.
    let start = view(360.0, Lang::En);
    let y = widget.picture(&start).scene.size_css[1] - 15.0;
    let brushed = after(
        &widget,
        &start,
        &Act::Drag {
            from_css: [200.0, y],
            to_css: [300.0, y],
        },
    );
    assert!(brushed.to_day - brushed.from_day < 2_500.0);
}

#[test]
fn hostile_acts_change_nothing_that_is_no_number() {
    let widgets = [
        shipped(),
        loaded(&rounds()),
        FundingTimelineWidget::default(),
    ];
    let random = &mut Random(SEED);
    let wild = |random: &mut Random| {
        [
            f32::NAN,
            f32::INFINITY,
            -1e30,
            0.0,
            600.0,
            f32::from_bits(random.bits() as u32),
        ][random.below(6)]
    };
    for widget in &widgets {
        for _ in 0..600 {
            let mut view = view([360.0, 900.0, 0.0][random.below(3)], Lang::Ko);
            (view.from_day, view.to_day) = (bound(random), bound(random));
            if random.below(3) == 0 {
                // Nothing is left.
                view.hidden = widget
                    .picture(&view)
                    .legend
                    .into_iter()
                    .filter(|key| key.count.is_some())
                    .map(|key| key.key)
                    .collect();
            }
            let picture = widget.picture(&view);
            assert!(
                picture.scene.marks.len() < 30_000
                    && picture
                        .scene
                        .marks
                        .iter()
                        .all(|m| m.rect_css.iter().all(|x| x.is_finite()))
            );
            let (a, b) = ([wild(random), wild(random)], [wild(random), wild(random)]);
            for act in [
                Act::Zoom {
                    at_css: a,
                    factor: wild(random),
                },
                Act::Drag {
                    from_css: a,
                    to_css: b,
                },
                Act::Open { datum: 7 },
                Act::Key {
                    key: "PageUp",
                    datum: 3,
                },
            ] {
                for change in widget.act(&view, &act) {
                    let (Change::From(day) | Change::To(day)) = change else {
                        panic!("{act:?} gives {change:?}")
                    };
                    assert!(
                        day.is_none_or(|day| moment(&stamp(day), false).is_finite()),
                        "{act:?} gives {day:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn no_label_overlaps_another_in_any_lanes_at_any_zoom() {
    let metrics = Metrics::default();
    let widgets = [shipped(), loaded(&rounds())];
    let random = &mut Random(SEED);
    for case in 0..160 {
        let widget = &widgets[case % 2];
        let lanes = ["type", "org", "country", "layer"][random.below(4)];
        let mut view = with(
            view(
                [360.0, 700.0, 1200.0][random.below(3)],
                [Lang::Ko, Lang::En][random.below(2)],
            ),
            &[("lanes", lanes)],
        );
        if random.below(4) > 0 {
            view.from_day = 18_200.0 + random.unit() * 1_500.0;
            view.to_day = view.from_day + 10_f64.powf(random.unit() * 4.0 - 1.0);
        }
        let picture = widget.picture(&view);
        let [width, height] = picture.scene.size_css;
        let boxes: Vec<([f32; 4], &str)> = picture
            .scene
            .labels
            .iter()
            .map(|l| {
                let [x0, y0, x1, y1] = l.rect_css;
                let whole = metrics.width(&l.text, l.size_css, l.bold);
                let lines = metrics
                    .lines(&l.text, l.size_css, l.bold, x1 - x0 + 0.6)
                    .map_or(u32::MAX, |lines| lines.len() as u32);
                let wide = if l.lines > 1 { x1 - x0 } else { whole };
                assert!(
                    lines <= l.lines
                        && y0 >= -0.6
                        && y1 <= height + 0.6
                        && x0 >= -0.6
                        && x1 <= width + 4.1,
                    "{lanes} {}: {:?} at {:?}",
                    view.width_css,
                    l.text,
                    l.rect_css
                );
                let left = match l.align {
                    Align::Start => x0,
                    Align::Middle => (x0 + x1 - wide) / 2.0,
                    Align::End => x1 - wide,
                };
                ([left, y0, left + wide, y1], l.text.as_str())
            })
            .collect();
        for (ix, (a, text)) in boxes.iter().enumerate() {
            for (b, other) in &boxes[ix + 1..] {
                let apart = a[2] <= b[0] + 0.6
                    || b[2] <= a[0] + 0.6
                    || a[3] <= b[1] + 0.6
                    || b[3] <= a[1] + 0.6;
                assert!(
                    apart,
                    "{lanes} {} {:?}: {text:?} {a:?} overlaps {other:?} {b:?}",
                    view.width_css,
                    (view.from_day, view.to_day)
                );
            }
        }
        assert!(picture.scene.outline.len() <= 500 && picture.scene.labels.len() <= 2_000);
    }
}

/// What is drawn of an event: all but the ground behind its words, which lets no grid line through
/// them.
fn shapes(picture: &Figure, datum: u32) -> impl Iterator<Item = &Mark> {
    let ground = picture.scene.ground;
    picture
        .scene
        .marks
        .iter()
        .filter(move |m| m.datum == datum && (m.fill ^ ground) & 0xFF_FFFF != 0)
}

#[test]
fn words_beside_an_event_stand_on_ground_and_lead_to_it() {
    let widget = shipped();
    for (width, lang) in [(1200.0, Lang::Ko), (680.0, Lang::En)] {
        let picture = widget.picture(&view(width, lang));
        let scene = &picture.scene;
        let named: Vec<_> = scene
            .labels
            .iter()
            .filter(|l| l.datum != NO_DATUM)
            .collect();
        assert!(named.len() > 40, "{}", named.len());
        for label in named {
            let [x0, y0, x1, y1] = label.rect_css;
            assert_eq!(
                widget.pick(&picture, [(x0 + x1) / 2.0, (y0 + y1) / 2.0]),
                Some(label.datum),
                "{:?}",
                label.text
            );
            assert!(
                scene.marks[scene.under..]
                    .iter()
                    .any(|m| m.datum == label.datum && m.rect_css[0] <= x0 && m.rect_css[2] >= x1),
                "{:?}",
                label.text
            );
        }
    }
}

#[test]
fn a_name_on_a_phone_is_whole_and_no_grid_line_goes_through_it() {
    let widget = shipped();
    for lang in [Lang::Ko, Lang::En] {
        let picture = widget.picture(&view(360.0, lang));
        let scene = &picture.scene;
        let said: Vec<_> = scene
            .labels
            .iter()
            .filter(|l| l.datum != NO_DATUM)
            .collect();
        assert!(said.len() > 30);
        for label in &said {
            let node = scene
                .outline
                .iter()
                .find(|node| node.datum == label.datum)
                .unwrap();
            // Half of a name, of a date or of a sum says something else.
            let whole = node.key == label.text.trim_end_matches('†');
            let card = widget.card(label.datum, lang).unwrap();
            let more =
                label.text == card.date || label.text == format!("{} · {}", card.date, card.value);
            assert!(
                if label.bold {
                    whole
                } else {
                    more || label.text.starts_with(&card.date) && label.text.contains(" · ")
                },
                "{:?}, {:?}, {:?}",
                label.text,
                card.date,
                card.value
            );
            assert!(
                !scene.marks[..scene.under]
                    .iter()
                    .any(|m| m.rect_css[2] > label.rect_css[0]
                        && m.rect_css[1] < label.rect_css[3]
                        && m.rect_css[3] > label.rect_css[1]),
                "{:?}",
                label.text
            );
        }
    }
}

#[test]
fn a_quarter_is_as_long_as_its_doubt_and_spoken_as_a_quarter() {
    let widget = loaded(
        r#"{"kind":"ai-atlas/funding-timeline","events":[{"date":"2024-Q3","label":"A"},{"date":"2024-08-15","label":"B"},{"date":"~2024","label":"C"},{"date":"2024","label":"D"}]}"#,
    );
    let picture = widget.picture(&view(1000.0, Lang::Ko));
    let said: Vec<&str> = picture
        .scene
        .outline
        .iter()
        .map(|n| n.name.as_str())
        .collect();
    assert!(
        said[0].starts_with("C, 2024년경")
            && said[1].starts_with("D, 2024년")
            && said[2].starts_with("B, 2024년 8월 15일")
            && said[3].starts_with("A, 2024년 3분기"),
        "{said:?}"
    );
    let wide = |name: &str| {
        let datum = picture
            .scene
            .outline
            .iter()
            .find(|n| n.key == name)
            .unwrap()
            .datum;
        shapes(&picture, datum)
            .map(|m| m.rect_css[2] - m.rect_css[0])
            .fold(0.0, f32::max)
    };
    assert!(
        (wide("D") / wide("A") - 366.0 / 92.0).abs() < 0.1,
        "{} {}",
        wide("D"),
        wide("A")
    );
    assert!(wide("B") < 10.0);
}

#[test]
fn valuations_are_steps_a_fall_is_marked_and_an_acquisition_ends_the_lane() {
    let file = |last: &str| {
        format!(
            r#"{{"kind":"ai-atlas/funding-timeline","events":[{{"date":"2020-01-01","label":"V1","target":"x","valuation_usd":1e9}},{{"date":"2021-01-01","label":"V2","target":"x","valuation_usd":4e9}},
            {{"date":"2022-01-01","label":"V3","target":"x","valuation_usd":{last}}},{{"date":"2023-01-01","label":"Sold","type":"acquisition","target":"x","amount_usd":2e9}},{{"date":"2024-01-01","label":"Y","target":"y","amount_usd":1e9}}]}}"#
        )
    };
    let org = with(view(1200.0, Lang::En), &[("lanes", "org")]);
    let down = loaded(&file("2e9")).picture(&org);
    for figure in ["US$1bn", "US$4bn", "US$2bn"] {
        assert!(
            down.scene.labels.iter().any(|l| l.text == figure),
            "{figure}"
        );
    }
    let fallen = |picture: &Figure| {
        picture
            .scene
            .marks
            .iter()
            .filter(|m| m.style & 15 == shape::TRIANGLE_DOWN)
            .count()
    };
    assert_eq!(fallen(&down), 1);
    assert!(
        down.legend
            .iter()
            .any(|key| key.label.contains("Lower valuation"))
    );
    assert_eq!(fallen(&loaded(&file("5e9")).picture(&org)), 0);
    let hatched = |picture: &Figure| {
        picture
            .scene
            .marks
            .iter()
            .filter(|m| m.style >> 4 & 15 == pattern::HATCH)
            .count()
    };
    assert_eq!(hatched(&down), 1, "where the lane ends");
    assert_eq!(hatched(&shipped().picture(&org)), 0);
}

#[test]
fn eras_stand_behind_and_a_rate_beside_the_won_of_its_own_document() {
    let widget = loaded(
        r#"{"kind":"ai-atlas/funding-timeline","sources":[{"id":"s","title":"S"},{"id":"o","title":"O"}],
        "eras":[{"date":"2022","label":"뒤"},{"date":"2020","date_end":"2021","label_ko":"시대","label_en":"Era"}],"rates":[{"krw_per_usd":1400,"date":"2024-12-16","source":"s"}],
        "events":[{"id":"a","date":"2020-05","label":"A","amount":{"value":1e9,"krw_text":"1조 4,000억 원"},"source":"s"},{"id":"b","date":"2021-05","label":"B","amount":{"value":1e9,"krw_text":"1조 3,000억 원"},"source":"o"},{"id":"c","date":"2022-05","label":"C","amount":{"value":1e9},"source":"s"}]}"#,
    );
    let picture = widget.picture(&view(1000.0, Lang::Ko));
    for era in ["시대", "뒤"] {
        assert!(
            picture
                .scene
                .labels
                .iter()
                .any(|l| l.text == era && l.italic),
            "{era}"
        );
    }
    let rows = |datum: u32| {
        widget
            .card(datum, Lang::Ko)
            .unwrap()
            .rows
            .into_iter()
            .map(|r| r.0 + ": " + &r.1)
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert!(
        rows(0).contains("1조 4,000억 원") && rows(0).contains("1달러 = 1,400원, 2024년 12월 16일"),
        "{}",
        rows(0)
    );
    assert!(
        rows(1).contains("1조 3,000억 원") && !rows(1).contains("환율"),
        "{}",
        rows(1)
    );
    assert!(!rows(2).contains('원'), "{}", rows(2));
}

#[test]
fn an_event_is_found_by_its_id_in_a_link() {
    let widget = shipped();
    let marked = widget.picture(&View {
        selected: "#openai-round-2024-10".into(),
        ..view(1200.0, Lang::En)
    });
    let plain = widget.picture(&view(1200.0, Lang::En));
    assert_eq!(
        marked.scene.marks.len(),
        plain.scene.marks.len() + 1,
        "a ring"
    );
}

// ---- columns

fn column(name: &str, numbers: Vec<f64>) -> Column {
    Column {
        name: name.into(),
        numbers,
        ..Column::default()
    }
}

fn dictionary(name: &str, codes: Vec<u32>, names: &[&str]) -> Column {
    Column {
        name: name.into(),
        codes,
        names: names.iter().map(|n| n.to_string()).collect(),
        ..Column::default()
    }
}

#[test]
fn columns_become_lanes_dots_and_density_with_hours_on_the_axis() {
    let random = &mut Random(SEED);
    let n = 50_000;
    let start = f64::from(days_from_civil(2025, 3, 1)) * 864e5;
    let date: Vec<f64> = (0..n)
        .map(|_| (start + random.unit() * 40.0 * 864e5).round())
        .collect();
    let amount: Vec<f64> = (0..n)
        .map(|i| {
            if i % 9 == 0 {
                f64::NAN
            } else {
                1e5 + i as f64 * 1e4
            }
        })
        .collect();
    let kinds: Vec<u32> = (0..n as u32).map(|i| i % 3).collect();
    let mut widget = FundingTimelineWidget::default();
    widget
        .columns(vec![
            column("date", date.clone()),
            column("amountUsd", amount.clone()),
            dictionary("type", kinds.clone(), &["Seed", "A\u{0}\u{202e}", "B"]),
        ])
        .unwrap();
    assert_eq!(widget.rows(), n);
    let whole = widget.picture(&view(1200.0, Lang::En));
    assert!(
        whole.status.starts_with("50,000 events in view, US$"),
        "{}",
        whole.status
    );
    assert!(
        whole.groups.len() == 1 && whole.groups[0].starts_with("2025: 50,000 events, US$"),
        "{:?}",
        whole.groups
    );
    assert!(whole.scene.marks.len() < 20_000 && whole.scene.outline.len() < 100);
    let (from, to) = (start / 864e5 + 10.25, start / 864e5 + 10.5);
    let near = View {
        from_day: from,
        to_day: to,
        ..view(1200.0, Lang::En)
    };
    let picture = widget.picture(&near);
    assert!(
        picture.scene.labels.iter().any(|l| l.text == "09:00"),
        "no hours"
    );
    assert!(
        picture
            .scene
            .labels
            .iter()
            .any(|l| l.text == "11 March 2025"),
        "no day"
    );
    let count = date
        .iter()
        .filter(|&&ms| ms >= (from * 864e5).ceil() && ms < (to * 864e5).ceil())
        .count();
    assert!(
        picture.status.starts_with(&format!("{count} events")),
        "{}",
        picture.status
    );
    let hidden = View {
        hidden: vec!["type:Seed".into()],
        ..near
    };
    let count = (0..n)
        .filter(|&i| {
            kinds[i] != 0 && date[i] >= (from * 864e5).ceil() && date[i] < (to * 864e5).ceil()
        })
        .count();
    assert!(
        widget
            .picture(&hidden)
            .status
            .starts_with(&format!("{count} events"))
    );
    // The largest of all is among what is drawn one by one, at every zoom.
    let largest = (0..n)
        .filter(|&i| kinds[i] == 1 && !amount[i].is_nan())
        .max_by(|&a, &b| amount[a].total_cmp(&amount[b]))
        .unwrap();
    let card = whole
        .scene
        .outline
        .iter()
        .filter_map(|node| widget.card(node.datum, Lang::En))
        .find(|card| card.value == text::usd(amount[largest], Lang::En));
    assert!(card.is_some(), "an extreme is not drawn");
    assert!(card.unwrap().date.contains("2025"));
    assert_eq!(widget.table(Lang::Ko).rows.len(), 10_001);
    assert!(widget.card(n as u32, Lang::Ko).is_none());
}

#[test]
fn columns_that_do_not_fit_together_are_refused_and_the_last_picture_stays() {
    let mut widget = shipped();
    let before = widget.picture(&view(800.0, Lang::Ko)).scene;
    let code =
        |widget: &mut FundingTimelineWidget, columns| widget.columns(columns).unwrap_err().code();
    assert_eq!(code(&mut widget, vec![]), "bad-columns");
    assert_eq!(
        code(
            &mut widget,
            vec![column("date", vec![1.0, 2.0]), column("amount", vec![1.0])]
        ),
        "bad-columns"
    );
    assert_eq!(
        code(
            &mut widget,
            vec![
                column("date", vec![0.0]),
                dictionary("type", vec![0], &["x"; 300])
            ]
        ),
        "too-large"
    );
    assert_eq!(widget.picture(&view(800.0, Lang::Ko)).scene, before);
    // Hostile values are drawn as what they are: nothing, or the edge of the calendar.
    let wild = vec![f64::NAN, f64::INFINITY, -1e300, 0.0, 5.0];
    let columns = vec![
        column("date", wild.clone()),
        column("amount", wild.clone()),
        column("dateEnd", wild.clone()),
        column("valuation", wild),
        dictionary("lane", vec![9, 0, u32::MAX, 1, 0], &["a", "b"]),
    ];
    widget.columns(columns).unwrap();
    for width in [300.0, 900.0] {
        for lanes in ["", "lane", "type"] {
            let picture = widget.picture(&with(view(width, Lang::Ko), &[("lanes", lanes)]));
            assert!(
                picture
                    .scene
                    .marks
                    .iter()
                    .all(|m| m.rect_css.iter().all(|x| x.is_finite()))
            );
        }
    }
    // Amounts without a currency get none.
    widget
        .columns(vec![
            column("date", vec![0.0, 1e10]),
            column("amount", vec![1e6, 2e6]),
        ])
        .unwrap();
    let picture = widget.picture(&view(900.0, Lang::En));
    assert!(
        picture.status == "2 events in view, 3m"
            && picture.legend.iter().all(|key| !key.label.contains('$')),
        "{}",
        picture.status
    );
}

#[test]
fn the_lanes_of_columns_are_a_filter_where_they_are_not_the_lanes() {
    let mut widget = FundingTimelineWidget::default();
    let columns = vec![
        column("date", vec![0.0, 1e9, 2e9, 3e9]),
        dictionary("type", vec![0, 1, 0, 1], &["x", "y"]),
        dictionary("lane", vec![0, 1, 1, 1], &["a", "b"]),
    ];
    widget.columns(columns).unwrap();
    for (lane, want) in [
        ("", "4 events"),
        ("b", "3 events"),
        ("a", "1 event in"),
        ("", "4 events"),
    ] {
        let status = widget
            .picture(&with(
                view(900.0, Lang::En),
                &[("lanes", "type"), ("lane", lane)],
            ))
            .status;
        assert!(status.starts_with(want), "{lane}: {status}");
    }
}

#[test]
fn a_file_s_time_of_day_is_drawn_and_said() {
    let event = |id: &str, date: &str| {
        format!(
            r#"{{"id":"{id}","date":"{date}","label":"{id}","amount":{{"value":1e9}},"source":"s"}}"#
        )
    };
    let file = |events: &[String]| {
        format!(
            r#"{{"kind":"ai-atlas/funding-timeline","sources":[{{"id":"s","title":"S"}}],"events":[{}]}}"#,
            events.join(",")
        )
    };
    // An offset is not reckoned with: the day is what is known.
    let widget = loaded(&file(&[
        event("b", "2024-05-13T18:30Z"),
        event("a", "2024-05-13 06:30"),
        event("c", "2024-05-13T23:00+09:00"),
        event("d", "2024-05-14"),
    ]));
    let words = |datum: u32| {
        (
            widget.card(datum, Lang::En).unwrap().title,
            widget.card(datum, Lang::En).unwrap().date,
        )
    };
    assert_eq!(
        (0..4).map(words).collect::<Vec<_>>(),
        [
            ("c".into(), "13 May 2024".into()),
            ("a".into(), "13 May 2024 06:30".into()),
            ("b".into(), "13 May 2024 18:30".into()),
            ("d".into(), "14 May 2024".into()),
        ]
    );
    assert_eq!(
        widget.card(2, Lang::Ko).unwrap().date,
        "2024년 5월 13일 18:30"
    );
    let picture = widget.picture(&view(1000.0, Lang::En));
    let middle = |datum: u32| {
        picture
            .scene
            .outline
            .iter()
            .find(|n| n.datum == datum)
            .map(|n| (n.rect_css[0] + n.rect_css[2]) / 2.0)
            .unwrap()
    };
    // Half a day between a and b, a quarter from a to noon, where c's day has its middle, a day
    // from there to d.
    let (a, b, d) = (middle(1), middle(2), middle(3));
    assert!(
        ((b - a) / (d - (a + b) / 2.0) - 0.5).abs() < 0.02,
        "{a} {b} {d}"
    );
}

#[test]
fn an_event_is_found_by_its_name_and_those_of_its_organisations_and_comes_into_view() {
    let widget = shipped();
    let picture = widget.picture(&view(1000.0, Lang::Ko));
    assert!(picture.controls.iter().any(|c| c.kind == "search"));
    for (words, lang) in [
        ("openai", Lang::En),
        ("ㅇㅍㅇ", Lang::Ko),
        ("오픈AI", Lang::En),
    ] {
        let found = widget.find(words, lang);
        assert!(!found.is_empty() && found.len() <= 20, "{words}: {found:?}");
        assert!(
            found
                .iter()
                .all(|f| f.1.contains(" · ") && widget.card(f.0, lang).is_some()),
            "{found:?}"
        );
    }
    assert!(
        widget.find("", Lang::Ko).is_empty() && widget.find("no such thing", Lang::En).is_empty()
    );
    let found = widget.find("openai", Lang::En)[0].0;
    let whole = view(1000.0, Lang::En);
    assert!(
        widget.act(&whole, &Act::Show { datum: found }).is_empty(),
        "it is in view"
    );
    let early = View {
        from_day: days_from_civil(1999, 1, 1).into(),
        to_day: days_from_civil(2000, 1, 1).into(),
        ..whole
    };
    let there = after(&widget, &early, &Act::Show { datum: found });
    assert!(
        (there.to_day - there.from_day - 365.0).abs() < 1.0,
        "as much time as before"
    );
    assert!(
        widget
            .picture(&there)
            .scene
            .outline
            .iter()
            .any(|n| n.datum == found)
    );
    assert!(widget.act(&early, &Act::Show { datum: 9_999 }).is_empty());

    let mut big = FundingTimelineWidget::default();
    let names = ["Alpha", "Beta", "Al Beta"];
    big.columns(vec![
        column("date", (0..60).map(|i| f64::from(i) * 864e5).collect()),
        dictionary("target", (0..60).map(|i| i % 3).collect(), &names),
    ])
    .unwrap();
    let found = big.find("be", Lang::En);
    assert_eq!(found.len(), 20);
    assert_eq!(found[0], (1, "Beta · 2 January 1970".to_string()));
    assert!(
        big.find("l b", Lang::En)
            .iter()
            .all(|f| f.1.starts_with("Al Beta")),
        "names that hold it"
    );
    let near = View {
        from_day: 40.0,
        to_day: 44.0,
        ..view(1000.0, Lang::En)
    };
    let there = after(&big, &near, &Act::Show { datum: 1 });
    assert!(
        there.from_day <= 1.0 && there.to_day >= 1.0 && there.to_day - there.from_day < 4.1,
        "{} {}",
        there.from_day,
        there.to_day
    );
}

#[test]
fn the_last_seconds_of_a_day_and_of_a_year_before_1970_are_still_in_it() {
    let mut widget = FundingTimelineWidget::default();
    let second = 1e3;
    let days = [
        f64::from(days_from_civil(1961, 1, 1)),
        f64::from(days_from_civil(2025, 3, 5)),
    ]
    .map(|day| day * 864e5);
    widget
        .columns(vec![column(
            "date",
            vec![
                days[0] - second,
                days[1] - second,
                days[1] + 34_200.0 * second,
            ],
        )])
        .unwrap();
    assert!(
        widget
            .picture(&view(1000.0, Lang::En))
            .subline
            .contains("1960–2025"),
        "{}",
        widget.picture(&view(1000.0, Lang::En)).subline
    );
    for (datum, want) in [
        (0, "31 December 1960 23:59"),
        (1, "4 March 2025 23:59"),
        (2, "5 March 2025 09:30"),
    ] {
        assert_eq!(widget.card(datum, Lang::En).unwrap().date, want);
    }
}

#[test]
fn a_long_period_among_short_ones_is_in_the_picture_from_end_to_end() {
    let mut widget = FundingTimelineWidget::default();
    let day = 864e5;
    widget
        .columns(vec![
            column("date", vec![40.0 * day, 0.0, 60.0 * day]),
            column("dateEnd", vec![f64::NAN, 100.0 * day, f64::NAN]),
        ])
        .unwrap();
    let picture = widget.picture(&view(1000.0, Lang::En));
    let [left, right] = [0, 2].map(|side| {
        shapes(&picture, 1)
            .map(|m| m.rect_css[side])
            .collect::<Vec<_>>()
    });
    let wide = right.iter().fold(0.0, |a: f32, &b| a.max(b))
        - left.iter().fold(f32::MAX, |a, &b| a.min(b));
    let dots: Vec<f32> = [0, 2]
        .iter()
        .filter_map(|d| picture.scene.outline.iter().find(|n| n.datum == *d))
        .map(|n| (n.rect_css[0] + n.rect_css[2]) / 2.0)
        .collect();
    assert!(
        (wide / (dots[1] - dots[0]) - 5.0).abs() < 0.1,
        "{wide} px for 100 days, {dots:?} for 20"
    );
}

#[test]
fn a_period_of_columns_is_as_long_as_it_lasts() {
    let mut widget = FundingTimelineWidget::default();
    let day = 864e5;
    widget
        .columns(vec![
            column("date", vec![0.0, 50.0 * day]),
            column("dateEnd", vec![20.0 * day, f64::NAN]),
            column("amount", vec![1e6, 1e6]),
            column("valuation", vec![f64::NAN, 5e6]),
        ])
        .unwrap();
    let picture = widget.picture(&view(1000.0, Lang::En));
    let wide = |datum: u32| {
        shapes(&picture, datum)
            .map(|m| m.rect_css[2] - m.rect_css[0])
            .fold(0.0, f32::max)
    };
    assert!(wide(0) > 300.0 && wide(1) < 40.0, "{} {}", wide(0), wide(1));
    assert!(
        widget
            .card(1, Lang::En)
            .unwrap()
            .rows
            .iter()
            .any(|r| r.1 == "5m")
    );
    assert!(
        widget
            .card(0, Lang::En)
            .unwrap()
            .date
            .contains("21 January 1970"),
        "{}",
        widget.card(0, Lang::En).unwrap().date
    );
}

#[test]
fn a_timeline_without_a_date_shows_its_list_and_says_why() {
    for file in [
        r#"{"kind":"ai-atlas/funding-timeline","undated":[{"label":"Alpha","amount":{"value":2e9,"currency":"USD"}},{"label":"Beta"}]}"#,
        r#"{"kind":"ai-atlas/funding-timeline","events":[{"label":"Alpha","amount":{"value":2e9,"currency":"USD"}},{"label":"Beta"}]}"#,
        r#"{"kind":"ai-atlas/funding-timeline","events":[{"label":"Alpha","date":"","amount":{"value":2e9,"currency":"USD"}},{"label":"Beta","date":null}]}"#,
    ] {
        let mut widget = FundingTimelineWidget::default();
        (&mut widget as &mut dyn Widget)
            .load(file.as_bytes())
            .unwrap();
        assert_eq!(widget.rows(), 2, "{file}");
        for width in [1.0, 120.0, 320.0, 680.0, 1200.0, 8192.0] {
            let view = View {
                lang: Lang::En,
                ..View::wide(width)
            };
            let picture = widget.picture(&view);
            assert!(
                picture.scene.size_css[1] >= 40.0,
                "{width}: {:?}",
                picture.scene.size_css
            );
            assert!(
                picture.takeaway.contains("No event has a date"),
                "{}",
                picture.takeaway
            );
            let keys: Vec<_> = picture
                .scene
                .outline
                .iter()
                .map(|node| (node.datum, node.key.as_str()))
                .collect();
            assert_eq!(keys, [(0, "Alpha"), (1, "Beta")]);
            assert!(
                picture.scene.outline[0].name.contains("US$2bn")
                    && picture.scene.outline[1].name.contains("amount undisclosed"),
                "{keys:?}"
            );
            assert_eq!(widget.pick(&picture, [width / 2.0, 36.0]), Some(1));
            if width >= 320.0 {
                assert!(
                    picture
                        .scene
                        .labels
                        .iter()
                        .any(|label| label.text == "Beta"),
                    "{width}"
                );
            }
            let svg = paint(
                &picture,
                &view,
                &Paper {
                    bare: false,
                    font: "",
                },
            );
            assert!(
                svg.contains("No event has a date") || width < 300.0,
                "{svg}"
            );
            assert!(
                !svg.is_empty()
                    && !paint(
                        &picture,
                        &view,
                        &Paper {
                            bare: true,
                            font: ""
                        }
                    )
                    .is_empty()
            );
        }
        assert_eq!(widget.find("bet", Lang::En)[0].0, 1);
        assert_eq!(widget.card(1, Lang::En).unwrap().title, "Beta");
        assert_eq!(widget.table(Lang::En).rows.len(), 2);
    }
}

#[test]
fn of_many_events_without_a_date_all_can_be_reached() {
    let events: Vec<_> = (0..1500)
        .map(|n| format!(r#"{{"label":"Event {n}"}}"#))
        .collect();
    let widget = loaded(&format!(
        r#"{{"kind":"ai-atlas/funding-timeline","undated":[{}]}}"#,
        events.join(",")
    ));
    let picture = widget.picture(&View {
        lang: Lang::En,
        selected: "#1200".into(),
        ..View::wide(680.0)
    });
    assert!(
        picture.scene.size_css[1] <= 760.0,
        "{:?}",
        picture.scene.size_css
    );
    assert!(
        picture.lists[0].lines.len() <= 1001
            && picture.lists[0].lines[999] == (999, "Event 999, amount undisclosed".to_string())
    );
    assert_eq!(picture.lists[0].lines[1000].1, "500 more are in the table.");
    assert_eq!(widget.table(Lang::En).rows.len(), 1500);
}

#[test]
fn columns_in_which_no_date_is_a_number_are_an_error_and_leave_the_picture() {
    let mut widget =
        loaded(r#"{"kind":"ai-atlas/funding-timeline","events":[{"date":"2024","label":"a"}]}"#);
    let column = |dates: &[f64]| vec![Column::new("date", dates.to_vec(), Vec::new(), "")];
    assert_eq!(
        widget
            .columns(column(&[f64::NAN, f64::NAN]))
            .unwrap_err()
            .code(),
        "empty"
    );
    assert_eq!(widget.rows(), 1);
    widget.columns(column(&[f64::NAN, 1.7e12])).unwrap();
    assert_eq!(widget.rows(), 1);
    assert!(widget.picture(&View::wide(680.0)).scene.size_css[1] > 50.0);
}
