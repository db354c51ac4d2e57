//! What script asks, as the types of [`crate::protocol`]: field by field, because serde's errors print
//! floats, and std's tables for that weigh more than all of this.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::protocol::{Act, State, ViewRequest};

/// A field of what script asks; nothing where there is none.
fn field(question: &JsValue, key: &str) -> JsValue {
    Reflect::get(question, &key.into()).unwrap_or_default()
}

fn number(question: &JsValue, key: &str) -> Option<f64> {
    field(question, key).as_f64()
}

fn text(question: &JsValue, key: &str) -> String {
    field(question, key).as_string().unwrap_or_default()
}

fn list<T>(question: &JsValue, key: &str, item: impl Fn(JsValue) -> Option<T>) -> Vec<T> {
    let list = field(question, key);
    if list.is_object() {
        Array::from(&list).iter().filter_map(item).collect()
    } else {
        Vec::new()
    }
}

/// The view that script asks for. Field by field: serde's errors print floats, and std's tables for
/// that weigh more than all of this.
pub(super) fn asked_view(view: &JsValue) -> ViewRequest {
    let state = field(view, "state");
    let state = if state.is_object() {
        Object::entries(state.unchecked_ref())
    } else {
        Array::new()
    };
    ViewRequest {
        width: number(view, "width").unwrap_or_default(),
        height: number(view, "height").unwrap_or_default(),
        lang: text(view, "lang"),
        theme: text(view, "theme"),
        colors: list(view, "colors", |color| {
            color.as_f64().map(|color| color as u32)
        }),
        selected: text(view, "selected"),
        hover: number(view, "hover"),
        table: text(view, "table"),
        framework: text(view, "framework"),
        from: text(view, "from"),
        to: text(view, "to"),
        today: number(view, "today"),
        scale: text(view, "scale"),
        hidden: list(view, "hidden", |key| key.as_string()),
        state: State(
            state
                .iter()
                .filter_map(|pair| {
                    Some((
                        Reflect::get_u32(&pair, 0).ok()?.as_string()?,
                        Reflect::get_u32(&pair, 1).ok()?.as_string()?,
                    ))
                })
                .collect(),
        ),
        metrics: list(view, "metrics", |advance| {
            advance.as_f64().map(|advance| advance as f32)
        }),
    }
}

/// What a reader did, as script says it; nothing for what is no act.
pub(super) fn asked_act(act: &JsValue) -> Option<Act> {
    let list = act.dyn_ref::<Array>()?;
    let key = list.get(1).as_string();
    let numbers: Vec<f64> = list.iter().filter_map(|number| number.as_f64()).collect();
    Act::new(&list.get(0).as_string()?, key, &numbers)
}
