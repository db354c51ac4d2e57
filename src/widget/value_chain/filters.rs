//! Which organisations and relations the reader's filters let through: country and kind, and keys
//! of the legend that are switched off. Not here: the controls that set them (`controls`).

use super::labels::layer_key;
use super::view_state::ViewState;
use crate::data::value_chain::{Link, ValueChain};
use crate::widget::View;

/// Whether an organisation is of the country and kind that the reader has chosen.
pub(super) fn is_chosen(data: &ValueChain, entity: usize, view: &View) -> bool {
    let Some(entity) = data.entities.get(entity) else {
        return false;
    };
    let ViewState { country, kind, .. } = &view.state.value_chain;
    (country.is_empty() || entity.country.as_ref() == Some(country))
        && (kind.is_empty() || entity.kind == *kind)
}

/// Whether all filters let an organisation through.
pub(super) fn is_listed(data: &ValueChain, entity: usize, view: &View) -> bool {
    is_chosen(data, entity, view)
        && data
            .entities
            .get(entity)
            .is_some_and(|e| !view.hides(&layer_key(e.main)))
}

/// Whether they let a relation through.
pub(super) fn is_drawn(data: &ValueChain, link: &Link, view: &View) -> bool {
    !view.hides(link.relation.info().id)
        && is_listed(data, link.from, view)
        && is_listed(data, link.to, view)
}

/// How many relations are drawn.
pub(super) fn drawn_links(data: &ValueChain, view: &View) -> usize {
    data.links
        .iter()
        .filter(|link| is_drawn(data, link, view))
        .count()
}

/// Whether any filter is set.
pub(super) fn any(view: &View) -> bool {
    let ViewState { country, kind, .. } = &view.state.value_chain;
    !view.hidden.is_empty() || !country.is_empty() || !kind.is_empty()
}

/// Whether a relation begins or ends at an organisation.
pub(super) fn touches(link: &Link, entity: usize) -> bool {
    link.from == entity || link.to == entity
}
