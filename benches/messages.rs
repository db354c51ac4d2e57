//! What `make bench-messages` measures, as wasm: one scene on its way to script in three forms,
//! called from `benches/messages.mjs`.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, reason = "called by a script beside this file")]

use std::cell::RefCell;

use ai_atlas::protocol::SceneReply;
use ai_atlas::scene::{AccessibleNode, Align, Label, Scene};
use ai_atlas::widget::Figure;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

thread_local! {
    static PICTURE: RefCell<Figure> = RefCell::default();
}

/// A picture with so many labels and stops of the keyboard.
#[wasm_bindgen]
pub fn make(count: u32) {
    let place = |i: u32| {
        [
            i as f32 * 0.37,
            i as f32 * 1.13,
            i as f32 * 0.37 + 88.25,
            i as f32 * 1.13 + 14.5,
        ]
    };
    let label = |i: u32| Label {
        rect_css: place(i),
        text: format!("Semiconductor company {i}, 반도체"),
        size_css: 12.0,
        bold: i.is_multiple_of(2),
        italic: i.is_multiple_of(5),
        align: [Align::Start, Align::Middle, Align::End][i as usize % 3],
        color: 0xff20_1810 + i % 3,
        lines: 1 + i % 2,
        datum: i,
    };
    let node = |i: u32| AccessibleNode {
        datum: i,
        rect_css: place(i),
        name: format!(
            "Semiconductor company {i}, 12.3 % of all of it, measured in 2024, as reported"
        ),
        lines: if i.is_multiple_of(4) {
            vec![
                format!("supplies company {}", i + 1),
                String::from("매출 3"),
            ]
        } else {
            Vec::new()
        },
        neighbor_lines: [0, 1, u32::MAX, u32::MAX],
        key: format!("Semiconductor company {i}"),
        entity: (i.is_multiple_of(2)).then(|| format!("company-{i}")),
        group: i / 100,
        neighbors: [i.wrapping_sub(1), i + 1, u32::MAX, i + 10],
    };
    let scene = Scene {
        labels: (0..count).map(label).collect(),
        outline: (0..count).map(node).collect(),
        ..Scene::default()
    };
    PICTURE.set(Figure {
        scene,
        title: String::from("A title"),
        ..Figure::default()
    });
}

fn value(value: &impl Serialize) -> JsValue {
    value
        .serialize(&Serializer::json_compatible().serialize_bytes_as_arrays(false))
        .unwrap_or_default()
}

/// As the engine answers.
#[wasm_bindgen]
pub fn packed() -> JsValue {
    PICTURE.with_borrow(|picture| value(&SceneReply::new(picture, &opens)))
}

/// The same two lists as objects, a call for every field.
#[wasm_bindgen]
pub fn objects() -> JsValue {
    PICTURE.with_borrow(|picture| value(&Plain::of(&picture.scene)))
}

/// The same two lists as text.
#[wasm_bindgen]
pub fn text() -> String {
    PICTURE.with_borrow(|picture| {
        serde_json::to_string(&Plain::of(&picture.scene)).unwrap_or_default()
    })
}

fn opens(row: u32) -> bool {
    row.is_multiple_of(3)
}

#[derive(Serialize)]
struct Plain<'a> {
    labels: Vec<PlainLabel<'a>>,
    outline: Vec<PlainNode<'a>>,
}

#[derive(Serialize)]
struct PlainLabel<'a> {
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    text: &'a str,
    size: f32,
    bold: bool,
    italic: bool,
    align: &'a str,
    color: String,
    lines: u32,
    datum: f64,
}

#[derive(Serialize)]
struct PlainNode<'a> {
    datum: f64,
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    name: &'a str,
    key: &'a str,
    initials: String,
    entity: Option<&'a str>,
    group: u32,
    #[serde(rename = "go")]
    neighbors: [f64; 4],
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(rename = "via")]
    neighbor_lines: Option<[f64; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opens: Option<bool>,
}

impl<'a> Plain<'a> {
    fn of(scene: &'a Scene) -> Self {
        let hundredth = |css: f32| (f64::from(css) * 100.0 + 0.5).floor() / 100.0;
        let datum = |row: u32| {
            if row == u32::MAX {
                -1.0
            } else {
                f64::from(row)
            }
        };
        let label = |label: &'a Label| {
            let [x0, y0, x1, y1] = label.rect_css;
            let align = match label.align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            PlainLabel {
                x: hundredth(x0),
                y: hundredth(y0),
                w: hundredth(x1 - x0),
                h: hundredth(y1 - y0),
                text: &label.text,
                size: label.size_css,
                bold: label.bold,
                italic: label.italic,
                align,
                color: format!("#{:06x}", (label.color << 8).swap_bytes()),
                lines: label.lines,
                datum: datum(label.datum),
            }
        };
        let node = |node: &'a AccessibleNode| {
            let [x0, y0, x1, y1] = node.rect_css;
            let has_lines = !node.lines.is_empty();
            PlainNode {
                datum: datum(node.datum),
                x: hundredth(x0),
                y: hundredth(y0),
                w: hundredth(x1 - x0),
                h: hundredth(y1 - y0),
                name: &node.name,
                key: &node.key,
                initials: ai_atlas::text::initials(&node.key),
                entity: node.entity.as_deref(),
                group: node.group,
                neighbors: node.neighbors.map(datum),
                lines: has_lines.then_some(&node.lines),
                neighbor_lines: has_lines.then(|| node.neighbor_lines.map(datum)),
                opens: opens(node.datum).then_some(true),
            }
        };
        Self {
            labels: scene.labels.iter().map(label).collect(),
            outline: scene.outline.iter().map(node).collect(),
        }
    }
}
