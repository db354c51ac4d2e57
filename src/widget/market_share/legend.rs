//! What colours and forms of the treemap mean, as far as they are in the picture. Not here: the
//! legend's look, which the host draws.

use super::draw::DrawContext;
use crate::data::Layer;
use crate::data::market_share::Table as ShareTable;
use crate::text::{self, append, say};
use crate::widget::palette::ramp;

/// Organisations in the legend of a board.
const MAX_PARTIES: usize = 12;
/// Colours that stand for the range of the second measure.
const RAMP_STEPS: u32 = 5;

/// What the legend has to explain: layers, and signs.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) layers: [bool; 5],
    signs: [bool; SIGNS.len()],
}

impl Seen {
    pub(super) fn add(&mut self, sign: Sign) {
        self.signs[sign as usize] = true;
    }
}

/// What a tile shows besides its layer.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Sign {
    /// No organisation, or no value for the colour.
    Plain,
    Remainder,
    SplitUnknown,
    Approximate,
    Disputed,
    /// Small parts together.
    Others,
}

/// All signs in order, with their words and their forms in the legend.
const SIGNS: [(Sign, &str, &str); 6] = [
    (Sign::Plain, "조직이 아닌 항목|Not an organisation", ""),
    (Sign::Remainder, "나머지|Remainder", "ring"),
    (Sign::SplitUnknown, "구성 미상|Split unknown", "hatch"),
    (
        Sign::Approximate,
        "≈ 대략의 값 (경계가 흐림)|≈ approximate (soft edge)",
        "soft",
    ),
    (
        Sign::Disputed,
        "† 출처가 엇갈림 (점선)|† disputed (dashed)",
        "dashed",
    ),
    (
        Sign::Others,
        "작은 항목을 모은 칸 (누르면 열림)|Small parts together (opens)",
        "soft",
    ),
];

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
            if self.seen.signs[sign as usize] {
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
