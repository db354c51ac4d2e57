//! Relations as ribbons, with an arrow where they end and a diamond where money of an unknown sum
//! begins. Not here: the way that each takes (`layout`), and its look by kind
//! (`widget::relation_style`).

use super::chain::Chain;
use super::filters;
use super::layout::Layout;
use super::trace::Trace;
use crate::abi::{Ribbon, line, mark_style, pattern, shape};
use crate::data::value_chain::Link;
use crate::layout::layered::edge_routing::Edge;
use crate::widget::figure_builder::FigureBuilder;
use crate::widget::palette::fade;
use crate::widget::relation_style::relation_style;

/// More relations than this tangle on a phone.
const CROWDED_ABOVE: usize = 40;
/// How much of their colour relations have at rest: those that speak, those that step back, and
/// those that are nearly away.
const LOUD: f32 = 0.45;
const QUIET: f32 = 0.3;
const FAINT: f32 = 0.1;
/// Width and strength of the thread that joins the chips of one organisation.
const THREAD_WIDTH: f32 = 1.0;
const THREAD_STRENGTH: f32 = 0.7;

/// A relation as it is drawn.
struct Drawn<'a> {
    link: &'a Link,
    edge: &'a Edge,
    /// How much of its colour it has.
    strength: f32,
    datum: u32,
}

/// Every relation that the filters let through, then the thread of the organisation that is looked
/// at.
pub(super) fn draw(chain: &Chain, builder: &mut FigureBuilder<'_>, trace: &Trace, layout: &Layout) {
    let data = &chain.data;
    let crowded = !layout.wide && filters::drawn_links(data, builder.view) > CROWDED_ABOVE;
    for (ix, link) in data.links.iter().enumerate() {
        let Some(edge) = layout.edges.get(ix) else {
            continue;
        };
        // A relation goes with the layer where it is tied.
        if !filters::is_drawn(data, link, builder.view) {
            continue;
        }
        let strength = match (trace.some, trace.links.get(ix)) {
            (false, _) => at_rest(chain, link, edge, crowded),
            (_, Some(2)) => 0.9,
            (_, Some(1)) => 0.3,
            _ => 0.05,
        };
        let drawn = Drawn {
            link,
            edge,
            strength,
            datum: (data.entities.len() + ix) as u32,
        };
        drawn.line(builder);
        if strength > FAINT {
            drawn.arrow(builder);
            drawn.diamond(builder);
        }
    }
    if let Some(focus) = trace.focus {
        let fill = fade(builder.palette.secondary, THREAD_STRENGTH);
        for edge in layout.edges.get(layout.links..).unwrap_or_default() {
            curves(builder, edge, THREAD_WIDTH, fill, line::SOLID, focus as u32);
        }
    }
}

/// At rest the picture speaks of money: other relations step back, and nearly away where many share
/// the few gutters of a phone. Of bundles those speak that are wide.
fn at_rest(chain: &Chain, link: &Link, edge: &Edge, crowded: bool) -> f32 {
    if link.amount.is_some() || chain.aggregated && !(crowded && edge.width < 3.0) {
        LOUD
    } else if crowded {
        FAINT
    } else {
        QUIET
    }
}

/// An edge's curves as ribbons.
fn curves(
    builder: &mut FigureBuilder<'_>,
    edge: &Edge,
    width: f32,
    fill: u32,
    style: u32,
    datum: u32,
) {
    for [a, c1, c2, b] in &edge.curves {
        builder.picture.scene.ribbons.push(Ribbon {
            start_css: [a[0], a[1], c1[0], c1[1]],
            end_css: [c2[0], c2[1], b[0], b[1]],
            half_width_css: width / 2.0,
            fill,
            style,
            datum,
        });
    }
}

impl Drawn<'_> {
    fn line(&self, builder: &mut FigureBuilder<'_>) {
        let fill = fade(builder.palette.relation(self.link.relation), self.strength);
        let style = relation_style(self.link.relation).line;
        curves(builder, self.edge, self.edge.width, fill, style, self.datum);
    }

    /// An arrow where it ends, if its kind leads from one to the other.
    fn arrow(&self, builder: &mut FigureBuilder<'_>) {
        let Some([_, _, before, [x, y]]) = self.edge.curves.last() else {
            return;
        };
        if !self.link.relation.info().directed {
            return;
        }
        let half_width = self.edge.width / 2.0;
        let (size, long) = (2.0 + half_width, 5.0 + half_width);
        let (rect, form) = if *x >= before[0] {
            ([x - long, y - size, *x, y + size], shape::TRIANGLE_RIGHT)
        } else {
            ([*x, y - size, x + long, y + size], shape::TRIANGLE_LEFT)
        };
        let fill = fade(
            builder.palette.relation(self.link.relation),
            self.strength.max(0.6).min(self.strength * 1.6),
        );
        let style = mark_style(form, pattern::SOLID, 0.0, 0.0, false);
        builder.mark(rect, fill, 0, style, self.datum);
    }

    /// Money whose sum is not known: a hollow diamond where it begins.
    fn diamond(&self, builder: &mut FigureBuilder<'_>) {
        let Drawn { link, strength, .. } = *self;
        let relation = link.relation.info();
        if link.amount.is_some() || !(relation.is_payment && relation.is_deal) {
            return;
        }
        let Some([[x, y], next, _, _]) = self.edge.curves.first() else {
            return;
        };
        let x = if next[0] >= *x { x + 4.0 } else { x - 4.0 };
        let style = mark_style(shape::DIAMOND, pattern::SOLID, 1.0, 0.0, false);
        builder.mark(
            [x - 3.5, y - 3.5, x + 3.5, y + 3.5],
            builder.palette.ground,
            fade(builder.palette.relation(link.relation), strength.max(0.6)),
            style,
            self.datum,
        );
    }
}
