//! What the tests of the treemap share: values, rectangles, files, views, and random numbers.
#![allow(dead_code, reason = "each test uses some of the helpers")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::{Column, Lang};
use ai_atlas::widget::{self, Change, Figure, View, Widget};

/// xorshift64*: few lines, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() >> 33) as usize % count.max(1)
    }

    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

pub(crate) fn values(random: &mut Random, most: usize) -> Vec<f64> {
    let kind = random.below(6);
    (0..random.below(most) + 1)
        .map(|_| match kind {
            0 => 1.0,
            1 => random.unit(),
            2 => random.unit().powi(4) * 1e6,
            // Zero, tiny and huge together.
            3 => [0.0, 1e-9, 1.0, 1e9][random.below(4)] * (1.0 + random.unit()),
            4 => f64::from(random.below(9) as u32),
            _ => 10_f64.powi(random.below(40) as i32 - 20),
        })
        .collect()
}

pub(crate) fn area(r: &[f64; 4]) -> f64 {
    (r[2] - r[0]) * (r[3] - r[1])
}

pub(crate) fn apart(out: &[[f64; 4]], hair: f64, what: &str) {
    let mut order: Vec<&[f64; 4]> = out.iter().filter(|r| area(r) > 0.0).collect();
    order.sort_by(|a, b| a[0].total_cmp(&b[0]));
    for (at, a) in order.iter().enumerate() {
        for b in order[at + 1..].iter().take_while(|b| b[0] < a[2] - hair) {
            assert!(
                b[1] >= a[3] - hair || a[1] >= b[3] - hair,
                "{what}: {a:?} overlaps {b:?}"
            );
        }
    }
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

pub(crate) fn shipped() -> Box<dyn Widget> {
    let mut widget = widget::make("market-share").unwrap();
    widget
        .load(include_bytes!("../../data/market-share.json"))
        .unwrap();
    widget
}

pub(crate) fn of(file: &str) -> Box<dyn Widget> {
    let mut widget = widget::make("market-share").unwrap();
    assert_eq!(widget.load(file.as_bytes()).unwrap(), []);
    widget
}

pub(crate) const NESTED: &str = r#"{"kind":"ai-atlas/market-share","title":"World","table_kind":"parts","unit":"companies","items":[
    {"label":"Asia","value":60,"items":[{"label":"Korea","items":[{"label":"A","value":20},{"label":"B","value":5}]},{"label":"Japan","items":[{"label":"C","value":15}]}]},
    {"label":"Europe","items":[{"label":"D","value":30},{"label":"E","value":10}]},
    {"label":"F","value":8}]}"#;

pub(crate) fn applied(view: &View, changes: Vec<Change>) -> View {
    let mut view = view.clone();
    for change in changes {
        view.change(change);
    }
    view
}

pub(crate) fn datum(picture: &Figure, key: &str) -> u32 {
    picture
        .scene
        .outline
        .iter()
        .find(|node| node.key == key)
        .unwrap_or_else(|| panic!("no {key}: {:?}", picture.scene.outline))
        .datum
}

pub(crate) fn columns(leaves: usize, groups: usize) -> Vec<Column> {
    let mut random = Random(11);
    let column = |name: &str, numbers: Vec<f64>, codes: Vec<u32>, names: Vec<String>| Column {
        name: name.to_string(),
        numbers,
        codes,
        names,
    };
    vec![
        column(
            "value",
            (0..leaves).map(|_| random.unit().powi(4) + 1e-6).collect(),
            vec![],
            vec![],
        ),
        column(
            "levels.0",
            vec![],
            (0..leaves).map(|i| (i * groups / leaves) as u32).collect(),
            (0..groups).map(|g| format!("Group {g}")).collect(),
        ),
        column(
            "label",
            vec![],
            (0..leaves).map(|i| (i % 1000) as u32).collect(),
            (0..1000).map(|l| format!("Leaf {l}")).collect(),
        ),
    ]
}

pub(crate) fn big(leaves: usize, groups: usize) -> Box<dyn Widget> {
    let mut widget = widget::make("market-share").unwrap();
    assert_eq!(widget.columns(columns(leaves, groups)).unwrap(), []);
    widget
}
