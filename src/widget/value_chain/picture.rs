//! The figure of a chain: its layout, drawn, with the captions around it; and the same zoomed. Not
//! here: what of a large chain is shown (`columns`).

use super::chain::Chain;
use super::draw::Draw;
use super::layout::{self, Layout};
use super::trace::Trace;
use super::{captions, controls, cycles, filters};
use crate::scene::Viewport;
use crate::text::{count, fill, say};
use crate::widget::figure_builder::FigureBuilder;
use crate::widget::{Figure, View, nearness};

/// All of a chain.
pub(super) fn whole(chain: &Chain, view: &View) -> Figure {
    let (data, lang) = (&chain.data, view.lang);
    let mut builder = FigureBuilder::new(view, data.title.get(lang));
    builder.documents(&data.sources, None);
    builder.picture.zooms = true;
    if data.entities.is_empty() || !view.has_room() {
        return builder.picture;
    }
    let mut layers = layout::layers(chain, view);
    let trace = Trace::new(data, view);
    let layout = Layout::new(chain, &mut layers, view, trace.focus);
    builder.picture.scene.size_css[1] = layout.height + 6.0;
    if layout.has_returns() {
        builder.note(say(
            lang,
            "돌고 도는 거래를 닫는 관계는 맨 아래 길로 되돌아간다.|\
             What closes a circular deal runs back in the lane at the foot.",
        ));
    }
    let mut draw = Draw {
        chain,
        builder,
        trace,
        layout,
    };
    draw.all(&layers);
    let mut builder = draw.builder;
    if filters::any(view) {
        let organisations = count(builder.picture.scene.outline.len(), lang);
        let relations = count(filters::drawn_links(data, view), lang);
        builder.picture.status = fill(
            lang,
            "조직 {0}곳, 관계 {1}건 표시|{0} organisation{0|s}, {1} relation{1|s} shown",
            &[&organisations, &relations],
        );
    }
    captions::write(chain, &mut builder);
    controls::add(data, &mut builder);
    builder.picture.lists = cycles::list(data, lang);
    builder.picture
}

/// The figure zoomed: everything is larger but the words, and seen through a viewport of the
/// picture's size.
pub(super) fn zoomed(mut picture: Figure, view: &View) -> Figure {
    let [x, y, k] = view.state.value_chain.at;
    let scene = &mut picture.scene;
    let [width, height] = scene.size_css;
    let (x, y) = (x.min(width * (k - 1.0)), y.min(height * (k - 1.0)));
    scene.viewport = Viewport {
        scale: [k; 2],
        translate_css: [-x, -y],
    };
    let viewport = scene.viewport;
    scene.labels.retain_mut(|label| {
        // Words keep their size, around the same middle.
        let tall = label.rect_css[3] - label.rect_css[1];
        label.rect_css = viewport.seen(label.rect_css);
        let r = &mut label.rect_css;
        let middle = (r[1] + r[3]) / 2.0;
        (r[1], r[3]) = (middle - tall / 2.0, middle + tall / 2.0);
        r[0] >= -1.0 && r[1] >= -1.0 && r[2] <= width + 1.0 && r[3] <= height + 1.0
    });
    for node in &mut scene.outline {
        node.rect_css = viewport.seen(node.rect_css);
    }
    picture.moved = true;
    nearness(&mut picture.status, k.into(), view.lang);
    picture
}
