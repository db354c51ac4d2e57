//! The colours of events: the layer of the organisation that they are about; where nobody says
//! layers, the organisation itself where it has a colour of its own, else one colour for all. Not
//! here: the colours (`palette`).

use super::FundingTimelineWidget;
use crate::data::funding::Event;
use crate::data::{Layer, Party};
use crate::widget::figure_builder::FigureBuilder;
use crate::widget::{Organisation, Palette};

/// What has no colour of its own beside others that have one.
const OTHERS: &str = "그 밖|Others";

/// What colours stand for, found once for a file.
#[derive(Debug, Default)]
pub(super) struct DotColors {
    has_layers: bool,
    /// Of each organisation which one it is of those that have a colour; empty where none has.
    known: Vec<Option<Organisation>>,
}

impl FundingTimelineWidget {
    /// Finds what colours stand for.
    pub(super) fn find_colors(&mut self) {
        let parties = &self.data.parties;
        let mut colors = DotColors {
            has_layers: parties.iter().any(|party| party.layer.is_some()),
            known: Vec::new(),
        };
        if !colors.has_layers {
            colors.known = parties.iter().map(organisation_of).collect();
            let events = self.data.events.iter().chain(&self.data.undated);
            let known = |at: usize| colors.known.get(at).copied().flatten();
            if !events.filter_map(about).any(|at| known(at).is_some()) {
                colors.known.clear();
            }
        }
        self.colors = colors;
    }

    /// The colour of an event, and its grain.
    pub(super) fn event_color(&self, palette: &Palette, event: &Event) -> (u32, u32) {
        self.party_color(palette, about(event))
    }

    /// The colour of what is about an organisation, or about none, and its grain.
    pub(super) fn party_color(&self, palette: &Palette, party: Option<usize>) -> (u32, u32) {
        let colors = &self.colors;
        if colors.has_layers || self.columns.is_some() || palette.is_forced() {
            let party = party.and_then(|at| self.data.parties.get(at));
            return palette.of_layer(party.and_then(|party| party.layer));
        }
        let known = party.and_then(|at| colors.known.get(at).copied().flatten());
        let color = match known {
            Some(organisation) => palette.organisation(organisation),
            None if colors.known.is_empty() => palette.accent(),
            None => palette.layer(Layer::Context),
        };
        (color, 0)
    }

    /// Whether colours stand for organisations.
    pub(super) fn colors_organisations(&self) -> bool {
        !self.colors.known.is_empty()
    }

    /// The organisations that have a colour of their own among those that events are about, and the
    /// others.
    pub(super) fn organisation_keys(&self, pen: &mut FigureBuilder<'_>) {
        if !self.colors_organisations() || pen.palette.is_forced() {
            return;
        }
        let (mut seen, mut others) = (Vec::new(), false);
        for event in self.data.events.iter().chain(&self.data.undated) {
            let party = about(event);
            match party.and_then(|at| self.colors.known.get(at).copied().flatten()) {
                Some(organisation) => {
                    if seen.iter().all(|&(known, _)| known != organisation) {
                        seen.push((organisation, party));
                    }
                }
                None => others = true,
            }
        }
        for (organisation, party) in seen {
            let name = self.name(party, pen.view.lang);
            let color = pen.palette.organisation(organisation);
            pen.filter("", name, color, "swatch", None);
        }
        if others {
            pen.key(OTHERS, pen.palette.layer(Layer::Context), "swatch");
        }
    }
}

/// The organisation that an event is about: the target, else the first who acts.
pub(super) fn about(event: &Event) -> Option<usize> {
    event.target.or(event.actors.first().copied())
}

fn organisation_of(party: &Party) -> Option<Organisation> {
    [&party.id, &party.name.en, &party.name.ko]
        .into_iter()
        .find_map(|name| Organisation::named(name))
}
