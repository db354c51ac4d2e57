//! What stands out: the organisation or relation that is pointed at or selected, with what leads to
//! it and from it. Not here: how strongly each is drawn (`draw`, `ribbons`).

use super::filters::touches;
use crate::abi::NO_DATUM;
use crate::data::value_chain::ValueChain;
use crate::widget::View;

/// For every organisation 3 itself, 2 a direct partner, 1 further up or down; for every relation
/// 2 direct, 1 further.
#[derive(Default)]
pub(super) struct Trace {
    /// Something stands out.
    pub(super) some: bool,
    /// The organisation, where it is one.
    pub(super) focus: Option<usize>,
    pub(super) entities: Vec<u8>,
    pub(super) links: Vec<u8>,
}

impl Trace {
    pub(super) fn new(data: &ValueChain, view: &View) -> Self {
        let mut trace = Self {
            entities: vec![0; data.entities.len()],
            links: vec![0; data.links.len()],
            ..Self::default()
        };
        let Some(datum) = focused(data, view) else {
            return trace;
        };
        trace.some = true;
        if let Some(link) = datum.checked_sub(data.entities.len()) {
            trace.direct(data, link);
            return trace;
        }
        trace.focus = Some(datum);
        raise(&mut trace.entities, datum, 3);
        for (ix, link) in data.links.iter().enumerate() {
            if touches(link, datum) {
                trace.direct(data, ix);
            }
        }
        trace.reach(data, datum, true);
        trace.reach(data, datum, false);
        trace
    }

    /// A relation stands out, and both of its ends.
    fn direct(&mut self, data: &ValueChain, link: usize) {
        raise(&mut self.links, link, 2);
        if let Some(link) = data.links.get(link) {
            raise(&mut self.entities, link.from, 2);
            raise(&mut self.entities, link.to, 2);
        }
    }

    /// What can be reached further down, or up, along the direction of the relations that have one.
    fn reach(&mut self, data: &ValueChain, focus: usize, down: bool) {
        let mut open = vec![focus];
        let mut seen = vec![false; data.entities.len()];
        while let Some(at) = open.pop() {
            for (ix, link) in data.links.iter().enumerate() {
                let (from, to) = if down {
                    (link.from, link.to)
                } else {
                    (link.to, link.from)
                };
                if from == at && link.relation.info().directed {
                    raise(&mut self.links, ix, 1);
                    raise(&mut self.entities, to, 1);
                    if let Some(seen) = seen.get_mut(to).filter(|seen| !**seen) {
                        *seen = true;
                        open.push(to);
                    }
                }
            }
        }
    }
}

/// The datum under the pointer, else the selected one.
fn focused(data: &ValueChain, view: &View) -> Option<usize> {
    let entities = data.entities.len();
    let known = |datum: u32| (datum as usize) < entities + data.links.len();
    let mut datum = view.hover;
    if !known(datum) {
        let selected = data
            .entities
            .iter()
            .enumerate()
            .position(|(ix, e)| view.is_selected(Some(&e.id), ix as u32));
        let link =
            (0..data.links.len()).position(|ix| view.is_selected(None, (entities + ix) as u32));
        datum = selected
            .or(link.map(|l| l + entities))
            .map_or(NO_DATUM, |d| d as u32);
    }
    known(datum).then_some(datum as usize)
}

/// Makes one of a list at least so strong.
fn raise(list: &mut [u8], at: usize, strength: u8) {
    if let Some(slot) = list.get_mut(at) {
        *slot = (*slot).max(strength);
    }
}
