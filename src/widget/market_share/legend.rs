//! What colours and forms of the treemap mean, as far as they are in the picture. Not here: the
//! legend's look, which the host draws.

use super::draw_context::DrawContext;
use super::signs::{SIGNS, Sign};
use super::tile_colors::{Meaning, Told, organisation_of};
use crate::abi::NO_DATUM;
use crate::data::Layer;
use crate::data::market_share::Table as ShareTable;
use crate::text::{self, append, say};
use crate::widget::Organisation;
use crate::widget::palette::ramp;

/// What has no colour of its own beside others that have one.
const OTHERS: &str = "그 밖|Others";

/// Organisations in the legend of a board.
const MAX_PARTIES: usize = 12;
/// Colours that stand for the range of the second measure.
const RAMP_STEPS: u32 = 5;

impl DrawContext<'_> {
    /// The legend; on a board also the organisations that stand in it, each once for all tables.
    pub(super) fn legend(&mut self, shown: &[usize]) {
        let widget = self.widget;
        let mut tables = Vec::new();
        for &ix in shown {
            tables.extend(widget.data.tables.get(ix));
        }
        if shown.len() > 1 {
            self.party_filters(&tables);
        }
        self.pen.layer_keys(&self.seen.layers);
        self.told_keys();
        let colored =
            widget.columns.is_some() || tables.iter().any(|table| !table.color.en.is_empty());
        if let Some(range) = widget.color_range.filter(|_| colored) {
            let name = tables
                .first()
                .map(|table| table.color.get(self.pen.view.lang));
            self.ramp_keys(range, name.unwrap_or_default());
        }
        for (sign, words, form) in SIGNS {
            if self.seen.has(sign) {
                self.sign_key(sign, words, form, colored);
            }
        }
    }

    /// The organisations of several tables as filters, while they are few.
    fn party_filters(&mut self, tables: &[&ShareTable]) {
        let mut parties: Vec<usize> = Vec::new();
        for table in tables {
            for party in table.items.iter().filter_map(|item| item.party) {
                if !parties.contains(&party) {
                    parties.push(party);
                }
            }
        }
        if parties.len() < 2 || parties.len() > MAX_PARTIES {
            return;
        }
        let told = self.widget.colors.meaning == Meaning::Organisation;
        for party in parties {
            let Some(party) = self.widget.data.parties.get(party) else {
                continue;
            };
            let key = format!("org:{}", party.id);
            let name = party.name.get(self.pen.view.lang);
            // Names alone, but for those that have a colour of their own: what other colours mean
            // stands behind them, and how often each is there nobody asks.
            let (mut color, mut form) = (0, "none");
            if let Some(organisation) = organisation_of(party).filter(|_| told)
                && self.seen.organisations.take(organisation.place())
            {
                (color, form) = (self.pen.palette.organisation(organisation), "swatch");
            }
            self.pen.filter(&key, name, color, form, Some(0));
        }
    }

    /// What the colours of parts without a layer stand for: groups, or organisations. Where they
    /// stand for nothing there is nothing to say.
    fn told_keys(&mut self) {
        let (widget, lang) = (self.widget, self.pen.view.lang);
        let palette = self.pen.palette;
        let groups =
            self.seen.groups.drawn().filter_map(|(place, datum)| {
                Some((Told::Group(place), palette.group(place)?, datum))
            });
        let organisations = self
            .seen
            .organisations
            .drawn()
            .filter_map(|(place, datum)| {
                let organisation = Organisation::at(place)?;
                let told = Told::Organisation(organisation);
                Some((told, palette.organisation(organisation), datum))
            });
        let told: Vec<(Told, u32, u32)> = groups.chain(organisations).collect();
        for (told, color, datum) in told {
            let named = widget.colors.group_told(told).unwrap_or(datum);
            let Some(part) = widget.part(named) else {
                continue;
            };
            let label = widget.label(&part, lang);
            self.pen.filter("", &label, color, "swatch", None);
        }
        if self.seen.others != NO_DATUM {
            self.pen.key(OTHERS, palette.other().0, "swatch");
        }
    }

    /// The second measure from the least to the greatest; its name stands with the first.
    fn ramp_keys(&mut self, [low, high]: [f64; 2], name: &str) {
        let lang = self.pen.view.lang;
        for step in 0..RAMP_STEPS {
            let part = f64::from(step) / f64::from(RAMP_STEPS - 1);
            let mut label = String::from(if step == 0 { name } else { "" });
            append(
                &mut label,
                " ",
                text::number(low + (high - low) * part, lang, 2),
            );
            let color = ramp(&self.pen.palette, part as f32);
            self.pen.filter("", &label, color, "swatch", None);
        }
    }

    fn sign_key(&mut self, sign: Sign, words: &str, form: &str, colored: bool) {
        let palette = self.pen.palette;
        match (sign, colored) {
            (Sign::Plain, true) => self.pen.key(
                "색 값 없음|No value for colour",
                palette.layer(Layer::Context),
                "swatch",
            ),
            (Sign::Plain, false) => {
                let label = say(self.pen.view.lang, words);
                self.pen.layer_key("", label, Layer::Context, None)
            }
            _ => self.pen.key(words, palette.secondary, form),
        }
    }
}
