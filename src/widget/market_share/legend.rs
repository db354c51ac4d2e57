//! What colours and forms of the treemap mean, as far as they are in the picture. Not here: the
//! legend's look, which the host draws.

use super::draw_context::DrawContext;
use super::signs::{SIGNS, Sign};
use crate::data::Layer;
use crate::data::market_share::Table as ShareTable;
use crate::text::{self, append, say};
use crate::widget::palette::ramp;

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
        for party in parties {
            let Some(party) = self.widget.data.parties.get(party) else {
                continue;
            };
            let key = format!("org:{}", party.id);
            let name = party.name.get(self.pen.view.lang);
            // Names alone: what colours mean stands behind them, and how often each is there nobody
            // asks.
            self.pen.filter(&key, name, 0, "none", Some(0));
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
