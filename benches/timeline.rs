//! What `make bench-timeline` measures, as wasm: the layouts that readers run, called from
//! `benches/timeline.mjs`.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, reason = "called by a script beside this file")]

use std::cell::RefCell;

use ai_atlas::layout::density::{EventFilter, Events, OUT, Pyramid};
use ai_atlas::layout::lanes;
use ai_atlas::widget::{Figure, funding_timeline::FundingTimelineWidget};
use wasm_bindgen::prelude::wasm_bindgen;

/// Offsets of dots of one radius; their x is what was given.
#[wasm_bindgen]
pub fn dodge(xs: &[f64], radius: f64) -> Vec<f64> {
    let mut spans = Vec::with_capacity(xs.len());
    for &x in xs {
        spans.push((x - radius, x + radius, 2.0 * radius));
    }
    lanes::dodge(&spans, 0.0)
}

thread_local! {
    static DATA: RefCell<(Events, Pyramid)> = RefCell::default();
}

const LANES: [u8; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/// Takes columns in; answers with bytes an event.
#[wasm_bindgen]
pub fn load(ms: &[f64], amount: &[f64], kind: &[u32], target: &[u32]) -> f64 {
    // What was there makes room first.
    DATA.set(Default::default());
    let (events, order) = Events::new(ms.to_vec(), amount, kind, &[], target);
    drop(order);
    let pyramid = Pyramid::new(
        &events,
        &EventFilter {
            kind: &LANES,
            ..EventFilter::default()
        },
        LANES.len(),
    );
    let bytes = (events.bytes() + pyramid.bytes()) as f64 / ms.len() as f64;
    DATA.set((events, pyramid));
    bytes
}

/// The cells of a frame: four numbers a column and lane.
#[wasm_bindgen]
pub fn frame(from: f64, to: f64, columns: u32) -> Vec<f64> {
    DATA.with_borrow(|(events, pyramid)| {
        let mut bounds = Vec::new();
        for column in 0..=columns {
            bounds.push(from + (to - from) * f64::from(column) / f64::from(columns));
        }
        let mut out = Vec::new();
        for cell in pyramid.columns(events, &bounds) {
            out.extend([
                f64::from(cell.count),
                cell.sum,
                f64::from(cell.least),
                f64::from(cell.most),
            ]);
        }
        let (first, last) = (events.before(from), events.before(to));
        for lane in 0..LANES.len() {
            out.push(pyramid.largest(events, lane, first, last, 60).len() as f64);
        }
        out
    })
}

/// Another filter: one kind less, and amounts from `least` on. Answers with how many are left.
#[wasm_bindgen]
pub fn filter(without: usize, least: f32) -> f64 {
    let mut kind = LANES;
    kind[without] = OUT;
    let show = EventFilter {
        kind: &kind,
        least,
        ..EventFilter::default()
    };
    DATA.with_borrow(|(events, _)| {
        let pyramid = Pyramid::new(events, &show, LANES.len());
        let mut count = 0;
        for cell in pyramid.columns(events, &[f64::NEG_INFINITY, f64::INFINITY]) {
            count += cell.count;
        }
        f64::from(count)
    })
}

/// The order alone.
#[wasm_bindgen]
pub fn order(keys: &[f64]) -> u32 {
    ai_atlas::layout::ascending(keys)
        .first()
        .copied()
        .unwrap_or(0)
}

thread_local! {
    static WIDGET: RefCell<(FundingTimelineWidget, Figure)> = RefCell::default();
}

/// Gives the columns to the widget.
#[wasm_bindgen]
pub fn widget(
    ms: Vec<f64>,
    amount: Vec<f64>,
    kind: Vec<u32>,
    kinds: &str,
    target: Vec<u32>,
    targets: &str,
) -> usize {
    use ai_atlas::widget::Widget;
    let columns = vec![
        ai_atlas::data::Column::new("date", ms, Vec::new(), ""),
        ai_atlas::data::Column::new("amountUsd", amount, Vec::new(), ""),
        ai_atlas::data::Column::new("type", Vec::new(), kind, kinds),
        ai_atlas::data::Column::new("target", Vec::new(), target, targets),
    ];
    WIDGET.with_borrow_mut(|(widget, _)| {
        assert!(widget.columns(columns).is_ok(), "the columns were refused");
        widget.rows()
    })
}

/// Lays out a period, days; answers with the number of marks.
#[wasm_bindgen]
pub fn scene(from_day: f64, to_day: f64) -> usize {
    use ai_atlas::widget::{View, Widget};
    let view = View {
        width_css: 1184.0,
        lang: ai_atlas::data::Lang::En,
        from_day,
        to_day,
        today: f64::NAN,
        ..View::default()
    };
    WIDGET.with_borrow_mut(|(widget, picture)| {
        *picture = widget.picture(&view);
        picture.scene.marks.len()
    })
}

#[wasm_bindgen]
pub fn pixels() -> usize {
    let mut out = Vec::new();
    WIDGET
        .with_borrow(|(_, picture)| ai_atlas::render::raster::paint(&picture.scene, 1.0, &mut out));
    out.len()
}

// Not compared with other revisions (tools/bench-against.sh): they have other messages.

/// What was laid out, as the host gets it, and as pixels: bytes of both.
#[wasm_bindgen]
pub fn words() -> usize {
    use serde::Serialize;
    // As the engine hands it over: what it weighs is what is packed of it.
    let serializer =
        serde_wasm_bindgen::Serializer::json_compatible().serialize_bytes_as_arrays(false);
    WIDGET.with_borrow(|(_, picture)| {
        let reply = ai_atlas::protocol::SceneReply::new(picture, &|_| false);
        assert!(reply.serialize(&serializer).is_ok(), "no message");
        reply.size()
    })
}
