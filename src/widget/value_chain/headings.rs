//! What layers and blocks are called, in the framework that the reader has chosen. Not here: how
//! headings are set (`draw`).

use super::labels::sublayer_name;
use super::steps::{ALONE, CROWD, STEP};
use crate::data::Lang;
use crate::data::value_chain::{Entity, Framework, ValueChain};
use crate::layout::layered::column_layout::Block;
use crate::text::{append, fill, say};
use crate::widget::View;

/// The framework that the reader has chosen; else the first.
pub(super) fn framework<'a>(data: &'a ValueChain, view: &View) -> Option<&'a Framework> {
    data.frameworks
        .iter()
        .find(|f| f.id == view.tab)
        .or(data.frameworks.first())
}

/// What a framework calls a layer: all of its names for it, or that it has none. Layers of the
/// editor's own keep their name.
pub(super) fn layer_name(data: &ValueChain, layer: usize, view: &View) -> String {
    let Some(info) = data.layers.get(layer) else {
        return String::new();
    };
    let own = info.label.get(view.lang);
    let mut names = String::new();
    let Some(framework) = framework(data, view).filter(|_| !info.editorial) else {
        return own.to_string();
    };
    for (name, covers) in &framework.layers {
        if covers.contains(&layer) {
            append(&mut names, " + ", name.get(view.lang));
        }
    }
    if names.is_empty() {
        say(view.lang, "이 분류에 없음|Not in this framework").to_string()
    } else {
        names
    }
}

/// What a layer's heading stands for: in the first framework, NIA's, the layer's note; in another
/// what NIA calls the layer.
pub(super) fn layer_note(data: &ValueChain, layer: usize, view: &View) -> String {
    let Some(info) = data.layers.get(layer) else {
        return String::new();
    };
    let first = data.frameworks.first().map(|f| &f.id);
    if info.editorial || framework(data, view).map(|f| &f.id) == first {
        return info.note.get(view.lang).to_string();
    }
    fill(view.lang, "NIA: {0}", &[info.label.get(view.lang)])
}

/// What a block is called.
pub(super) fn block_name<'a>(data: &'a ValueChain, block: &Block, lang: Lang) -> &'a str {
    match block.item {
        STEP | CROWD => return "",
        ALONE => return say(lang, "관계 없음|No relations"),
        _ => {}
    }
    let id = data.sublayers.get(block.item).map(|s| s.id.as_str());
    let mut entities = block.chips.iter().map(|c| data.entities.get(c.item));
    // A closed group says itself what it is.
    let closed = |e: &Entity| e.kind == "group" && Some(e.id.as_str()) == id;
    if entities.clone().flatten().any(closed) {
        return "";
    }
    if block.item < usize::MAX {
        return sublayer_name(data, block.item, lang);
    }
    let people = entities.all(|e| e.is_some_and(|e| e.kind == "person"));
    say(
        lang,
        if people {
            "인물|People"
        } else {
            "기타|Others"
        },
    )
}
