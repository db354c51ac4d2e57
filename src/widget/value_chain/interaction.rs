//! Zoom, drag, opening of groups, keys: what a reader's act changes in the view. Not here: what lies
//! at a point (`hit_test`), and what the view then shows (`picture`).

use super::columns::Columns;
use super::view_state::{MAX_SCALE, WHOLE, rounded};
use crate::widget::{Act, Change, View, Widget};

/// What an act changes. `widget` is asked for pictures of views; `columns` are the groups of a
/// large chain, which open.
pub(super) fn act(
    widget: &dyn Widget,
    columns: Option<&Columns>,
    view: &View,
    act: &Act<'_>,
) -> Vec<Change> {
    let [x, y, k] = view.state.value_chain.at;
    match *act {
        Act::Zoom { at_css, factor } => {
            let scale = (k * factor).clamp(1.0, MAX_SCALE);
            let stay = |from: f32, at: f32| (from + at) * scale / k - at;
            let at = rounded([stay(x, at_css[0]), stay(y, at_css[1]), scale]);
            columns
                .and_then(|columns| opened_by_zoom(widget, columns, view, at, at_css))
                .unwrap_or_else(|| vec![Change::At(at)])
        }
        Act::Drag { from_css, to_css } if k > 1.0 => vec![Change::At(rounded([
            x + from_css[0] - to_css[0],
            y + from_css[1] - to_css[1],
            k,
        ]))],
        Act::Open { datum } => columns
            .and_then(|columns| columns.group(datum))
            .map_or(Vec::new(), |(id, _)| {
                vec![Change::Groups(with_open(view, id))]
            }),
        Act::Show { datum } => show(widget, view, datum),
        Act::Key { key: "0", .. } => vec![Change::At(WHOLE), Change::Groups(Vec::new())],
        _ => Vec::new(),
    }
}

/// Pans to a datum that is out of view.
fn show(widget: &dyn Widget, view: &View, datum: u32) -> Vec<Change> {
    let [x, y, k] = view.state.value_chain.at;
    let picture = widget.picture(view);
    let [width, height] = picture.scene.size_css;
    let Some(node) = picture.scene.outline.iter().find(|n| n.datum == datum) else {
        return Vec::new();
    };
    let [left, top, right, bottom] = node.rect_css;
    if left >= 0.0 && top >= 0.0 && right <= width && bottom <= height {
        return Vec::new();
    }
    vec![Change::At(rounded([
        x + (left + right - width) / 2.0,
        y + (top + bottom - height) / 2.0,
        k,
    ]))]
}

/// Zooming in on a closed group opens it: one at twice the size, a second at four times, a third at
/// eight. What was in it lies under the pointer then.
fn opened_by_zoom(
    widget: &dyn Widget,
    columns: &Columns,
    view: &View,
    [x, y, scale]: [f32; 3],
    at_css: [f32; 2],
) -> Option<Vec<Change>> {
    let opened = view.state.value_chain.open.len();
    if scale.log2() < opened as f32 + 1.0 {
        return None;
    }
    let (id, sublayer) = columns.group(widget.pick(&widget.picture(view), at_css)?)?;
    let open = with_open(view, id);
    let mut then = view.clone();
    then.state.value_chain.at = [x, y, scale];
    then.state.value_chain.open.clone_from(&open);
    let picture = widget.picture(&then);
    let mut nodes = picture.scene.outline.iter();
    let inside = nodes.find(|node| columns.stands_in(node.datum, &sublayer))?;
    let [left, top, right, bottom] = inside.rect_css;
    let there = [
        x + (left + right) / 2.0 - at_css[0],
        y + (top + bottom) / 2.0 - at_css[1],
        scale,
    ];
    Some(vec![Change::At(rounded(there)), Change::Groups(open)])
}

/// The keys of the open groups and one more.
fn with_open(view: &View, key: String) -> Vec<String> {
    let mut open = view.state.value_chain.open.clone();
    open.push(key);
    open
}
