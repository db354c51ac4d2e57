//! The accessible tree of the picture: tables, groups and tiles as stops of the keyboard, and where
//! arrow keys lead. Not here: what a stop does.

use super::draw_context::DrawContext;
use super::parts::Part;
use crate::abi::NO_DATUM;
use crate::scene::AccessibleNode;
use crate::text::{also, fill, push};
use crate::widget::{STAY, reservations, trim_signs};

impl DrawContext<'_> {
    /// A stop of one of several tables, which leads to the table alone. Returns its place in the
    /// tree.
    pub(super) fn table_stop(&mut self, ix: usize, rect_css: [f32; 4]) -> usize {
        let picture = &mut self.pen.picture;
        let datum = self.widget.table_node(ix);
        let at = picture.scene.outline.len();
        let key = self
            .widget
            .data
            .tables
            .get(ix)
            .map_or("", |table| table.title.get(self.pen.view.lang))
            .to_string();
        let name = picture.groups.last().cloned().unwrap_or_default();
        let mut neighbors = STAY;
        if let Some(before) = picture
            .scene
            .outline
            .iter_mut()
            .find(|node| node.datum == self.table_before)
        {
            before.neighbors[1] = datum;
            neighbors[0] = self.table_before;
        }
        self.table_before = datum;
        let group = (picture.groups.len() as u32).saturating_sub(1);
        picture.scene.outline.push(AccessibleNode {
            datum,
            rect_css,
            name,
            lines: Vec::new(),
            neighbor_lines: STAY,
            key,
            entity: None,
            group,
            neighbors,
        });
        at
    }

    /// A stop of a part, as long as there is room for more.
    pub(super) fn stop(&mut self, part: &Part<'_>, rect_css: [f32; 4]) {
        let (widget, lang) = (self.widget, self.pen.view.lang);
        if self.pen.picture.scene.outline.len() >= self.max_nodes() {
            return;
        }
        let key = widget.label(part, lang);
        let mut name = fill(
            lang,
            "{0}: {1}|{0}: {1}",
            &[&key, trim_signs(&part.size_words(lang))],
        );
        if !part.is_unknown() {
            // What it is of the whole, unless the value says so itself.
            if let Some(whole) = part.whole() {
                push(
                    &mut name,
                    lang,
                    ", 전체의 {0}|, {0} of the whole",
                    &[&part.percent_of(whole, lang)],
                );
            }
            also(&mut name, lang, reservations(part.status(lang), lang));
        }
        let group = (self.pen.picture.groups.len() as u32).saturating_sub(1);
        let entity = widget.party(part).map(|p| p.id.clone());
        self.pen.picture.scene.outline.push(AccessibleNode {
            datum: part.datum,
            rect_css,
            name,
            lines: Vec::new(),
            neighbor_lines: STAY,
            key,
            entity,
            group,
            neighbors: STAY,
        });
    }

    /// Arrows of the children that stand in the tree from a place on: ← and → along them, ↑ to the
    /// node that holds them, whose ↓ leads to the first.
    pub(super) fn link_family(&mut self, from: usize, home: Option<usize>) {
        let nodes = &mut self.pen.picture.scene.outline;
        let up = home
            .and_then(|home| nodes.get(home))
            .map_or(NO_DATUM, |node| node.datum);
        let Some(own) = nodes.get_mut(from..) else {
            return;
        };
        if own.is_empty() {
            return;
        }
        let first = own.first().map_or(NO_DATUM, |node| node.datum);
        let mut last = NO_DATUM;
        for node in own.iter_mut() {
            (node.neighbors[0], node.neighbors[2]) = (last, up);
            last = node.datum;
        }
        let mut next = NO_DATUM;
        for node in own.iter_mut().rev() {
            node.neighbors[1] = next;
            next = node.datum;
        }
        if let Some(home) = home.and_then(|home| nodes.get_mut(home)) {
            home.neighbors[3] = first;
        }
    }
}
