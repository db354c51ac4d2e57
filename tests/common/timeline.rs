//! What the tests of the timeline share: files, views, acts, columns, and random numbers.
#![allow(dead_code, reason = "each test uses some of the helpers")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

use ai_atlas::abi::{Mark, NO_DATUM};
use ai_atlas::data::calendar::{days_from_civil, moment};
use ai_atlas::data::{Column, Lang};
use ai_atlas::protocol::Changes;
use ai_atlas::widget::funding_timeline::FundingTimelineWidget;
use ai_atlas::widget::{Act, Figure, State, View, Widget};
use serde_json::{json, to_value};

/// Deterministic numbers: xorshift64*.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn bits(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    pub(crate) fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

pub(crate) const SEED: u64 = 0x5eed_2026;

/// A bound as hostile as any: near and far, equal to others, no number, beyond the calendar.
pub(crate) fn bound(random: &mut Random) -> f64 {
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

pub(crate) fn loaded(file: &str) -> FundingTimelineWidget {
    let mut widget = FundingTimelineWidget::default();
    let issues = (&mut widget as &mut dyn Widget)
        .load(file.as_bytes())
        .unwrap();
    assert_eq!(issues, []);
    widget
}

pub(crate) fn shipped() -> FundingTimelineWidget {
    loaded(
        &std::fs::read_to_string(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/data/funding-timeline.json"
        ))
        .unwrap(),
    )
}

pub(crate) fn view(width_css: f32, lang: Lang) -> View {
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

pub(crate) fn with(mut view: View, state: &[(&str, &str)]) -> View {
    view.state = State::from_pairs(state.iter().copied());
    view
}

/// The view after an act, as the host makes it.
pub(crate) fn after(widget: &FundingTimelineWidget, view: &View, act: &Act<'_>) -> View {
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
pub(crate) fn rounds() -> String {
    let random = &mut Random(SEED);
    let events: Vec<String> = (0..1_000)
        .map(|i| {
            let (y, m, d) = (2020 + random.below(4), 1 + random.below(12), 1 + random.below(28));
            let date = [
                format!("{y}"),
                format!("{y}-Q{}", m.div_ceil(3)),
                format!("{y}-{m:02}"),
                format!("{y}-{m:02}-{d:02}"),
            ][random.below(4)]
            .clone();
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

/// What is drawn of an event: all but the ground behind its words, which lets no grid line through
/// them.
pub(crate) fn shapes(picture: &Figure, datum: u32) -> impl Iterator<Item = &Mark> {
    let ground = picture.scene.ground;
    picture
        .scene
        .marks
        .iter()
        .filter(move |m| m.datum == datum && (m.fill ^ ground) & 0xFF_FFFF != 0)
}

pub(crate) fn column(name: &str, numbers: Vec<f64>) -> Column {
    Column {
        name: name.into(),
        numbers,
        ..Column::default()
    }
}

pub(crate) fn dictionary(name: &str, codes: Vec<u32>, names: &[&str]) -> Column {
    Column {
        name: name.into(),
        codes,
        names: names.iter().map(|n| n.to_string()).collect(),
        ..Column::default()
    }
}
