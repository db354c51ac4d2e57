//! What is said of one event: its tooltip, its row in the table, and how it is found by name. Not
//! here: the same of columns.

use super::FundingTimelineWidget;
use super::events::{event_date, event_sum, kind_words};
use super::kinds::no_amount;
use crate::data::Lang;
use crate::data::funding::{Event, Kind, Money};
use crate::text::{self, also, fill, say};
use crate::widget::search::NameSearch;
use crate::widget::{Table, Tooltip, cites, cites_cell, date_words, joined, status_words};

impl FundingTimelineWidget {
    /// What is known of one event.
    pub(super) fn tooltip(&self, datum: u32, lang: Lang) -> Option<Tooltip> {
        if self.columns.is_some() {
            return self.column_tooltip(datum as usize, lang);
        }
        let event = self.event(datum)?;
        let mut card = Tooltip {
            entity: self.about(event).map(|p| p.id.clone()),
            title: event.label.get(lang).to_string(),
            value: event_sum(event, lang),
            date: event_date(event, "날짜 미상|no date given", lang),
            status: status_words(&event.status, lang),
            note: event.note.get(lang).to_string(),
            cites: cites(&event.cites, &self.data.sources, lang),
            ..Tooltip::default()
        };
        let printed = event.date_words.get(lang);
        if !printed.is_empty() {
            card.row(
                say(lang, "출처의 날짜|Date as printed"),
                printed.to_string(),
            );
        }
        add_valuation(&mut card, event, lang);
        self.add_krw(&mut card, event, lang);
        card.row(say(lang, "유형|Type"), kind_words(event, lang).to_string());
        self.add_parties(&mut card, event, lang);
        Some(card)
    }

    /// Sums in won as printed, and the exchange rate that their own document gives.
    fn add_krw(&self, card: &mut Tooltip, event: &Event, lang: Lang) {
        let mut has_krw = false;
        for money in [&event.amount, &event.valuation].into_iter().flatten() {
            if !money.krw_text.is_empty() && money.currency != "KRW" {
                card.row(
                    say(lang, "원화 (출처 표기)|In won, as printed"),
                    money.krw_text.clone(),
                );
                has_krw = true;
            }
        }
        if !has_krw {
            return;
        }
        // A rate says what the won of its own document mean, and of no other.
        let rate = self.data.rates.iter().find(|rate| {
            rate.cites
                .iter()
                .any(|of| event.cites.iter().any(|cite| cite.source == of.source))
        });
        if let Some(rate) = rate {
            let mut words = fill(
                lang,
                "1달러 = {0}원|US$1 = ₩{0}",
                &[&text::number(rate.krw_per_usd, lang, 2)],
            );
            also(&mut words, lang, date_words(rate.when, lang));
            card.row(say(lang, "환율 (출처 표기)|Rate, as printed"), words);
        }
    }

    /// Who acts, and on whom.
    fn add_parties(&self, card: &mut Tooltip, event: &Event, lang: Lang) {
        let mut actors = Vec::new();
        for &actor in &event.actors {
            actors.push(self.name(Some(actor), lang).to_string());
        }
        if !actors.is_empty() {
            card.row(say(lang, "주체|Who"), text::list(&actors, lang));
        }
        if event.target.is_some() {
            card.row(
                say(lang, "대상|Target"),
                self.name(event.target, lang).to_string(),
            );
        }
    }

    /// All events as text.
    pub(super) fn data_table(&self, lang: Lang) -> Table {
        if self.columns.is_some() {
            return self.column_table(lang);
        }
        let head = "날짜,사건,유형,대상,금액,기업가치,상태,출처|Date,Event,Type,Target,Amount,Valuation,Status,Source";
        let mut table = Table::new(self.data.title.get(lang), head, lang);
        for event in self.data.events.iter().chain(&self.data.undated) {
            table.row();
            table.cell(event_date(event, "미상|not given", lang));
            table.cell(event.label.get(lang));
            table.cell(kind_words(event, lang));
            table.cell(self.name(event.target.or(event.actors.first().copied()), lang));
            table.cell(match &event.amount {
                Some(money) => text::money(money, lang),
                None => no_amount(event, lang).to_string(),
            });
            table.cell(
                event
                    .valuation
                    .as_ref()
                    .map_or(String::new(), |money| text::money(money, lang)),
            );
            table.cell(joined(&status_words(&event.status, lang), lang));
            table.cell(cites_cell(&event.cites, &self.data.sources, lang));
        }
        table
    }

    /// Events by their names and those of their organisations.
    pub(super) fn find_events(&self, words: &str, lang: Lang) -> Vec<(u32, String)> {
        let mut finder = NameSearch::new(words);
        if self.columns.is_some() {
            return self.find_column(&finder, lang);
        }
        let events = self.data.events.iter().chain(&self.data.undated);
        for (ix, event) in events.enumerate() {
            if finder.full() {
                break;
            }
            let mut names = vec![&*event.label.ko, &*event.label.en];
            for party in event.target.iter().chain(&event.actors) {
                names.push(self.name(Some(*party), Lang::Ko));
                names.push(self.name(Some(*party), Lang::En));
            }
            let hit = fill(
                lang,
                "{0} · {1}",
                &[event.label.get(lang), &event_date(event, "", lang)],
            );
            finder.offer(ix as u32, &names, &hit);
        }
        finder.found()
    }
}

/// What the company is said to be worth, and the amount of a valuation, where that is not the value
/// itself.
fn add_valuation(card: &mut Tooltip, event: &Event, lang: Lang) {
    let Some(valuation) = &event.valuation else {
        return;
    };
    if let Some(amount) = &event.amount {
        let (words, other) = if event.kind == Kind::Valuation {
            ("금액|Amount", amount)
        } else {
            ("기업가치|Valuation", valuation)
        };
        card.row(say(lang, words), text::money(other, lang));
    }
    if let Some(value) = event.valuation_high {
        let high = Money {
            value,
            ..valuation.clone()
        };
        card.row(
            say(lang, "기업가치 상단|Valuation, high end"),
            text::money(&high, lang),
        );
    }
}
