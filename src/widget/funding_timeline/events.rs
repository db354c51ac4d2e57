//! The events of a file on the axis of time, and what is known of each: date, sum, organisation,
//! importance. Not here: events that come as columns.

use super::FundingTimelineWidget;
use super::dimensions::DAY_MS;
use super::dot_color::about;
use super::kinds::{KINDS, no_amount};
use crate::abi::NO_DATUM;
use crate::data::funding::{Event, Funding, Kind, Money};
use crate::data::{Lang, Party};
use crate::layout::density::Events;
use crate::text::{self, count, fill, say};
use crate::widget::View;

/// The key of organisations whose country is not given; an empty one would be the filter that lets
/// all through.
const NO_COUNTRY: &str = "-";

impl FundingTimelineWidget {
    /// From a file that was read.
    pub(super) fn of_file(data: Funding) -> Self {
        let mut out = Self {
            currency: scale_currency(&data),
            data,
            ..Self::default()
        };
        out.read_countries();
        out.read_events();
        out.find_periods();
        out.find_colors();
        out
    }

    /// The countries of organisations.
    fn read_countries(&mut self) {
        self.countries.push(NO_COUNTRY.to_string());
        self.country_of.push(0);
        for party in &self.data.parties {
            let code = party.country.as_deref().unwrap_or(NO_COUNTRY);
            let at = self
                .countries
                .iter()
                .position(|known| known == code)
                .unwrap_or_else(|| {
                    self.countries.push(code.to_string());
                    self.countries.len() - 1
                });
            self.country_of.push(at as u16);
        }
    }

    /// Times, amounts and codes of the events.
    fn read_events(&mut self) {
        let (mut ms, mut amounts, mut kinds, mut targets) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut first, mut last) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut sizes = Vec::new();
        self.counts = [
            vec![0; KINDS.len()],
            Vec::new(),
            vec![0; self.data.parties.len() + 1],
        ];
        for event in &self.data.events {
            let (from, to) = event.when.map_or((0.0, 0.0), |when| when.days());
            (first, last) = (first.min(from), last.max(to));
            ms.push((from + to) / 2.0 * DAY_MS);
            sizes.push(self.size(event).unwrap_or(f64::NAN));
            amounts.push(
                self.in_currency(event.amount.as_ref())
                    .filter(|_| event.status.is_summed())
                    .unwrap_or(f64::NAN),
            );
            self.other_currencies += usize::from(
                event.amount.is_some() && self.in_currency(event.amount.as_ref()).is_none(),
            );
            self.known_amounts += usize::from(event.amount.is_some());
            kinds.push(event.kind as u32);
            let target = about(event).map_or(0, |ix| ix + 1);
            targets.push(target as u32);
            for (dictionary, code) in [(0, event.kind as usize), (2, target)] {
                if let Some(count) = self.counts[dictionary].get_mut(code) {
                    *count += 1;
                }
            }
        }
        self.event_days = if first < last {
            (first, last)
        } else if first.is_finite() {
            // All in one minute: their day.
            (first.floor(), first.floor() + 1.0)
        } else {
            (0.0, 1.0)
        };
        self.read_scale(sizes.into_iter());
        (self.events, self.order) = Events::new(ms, &amounts, &kinds, &[], &targets);
    }

    /// The largest of the amounts, which sets the scale of all.
    pub(super) fn read_scale(&mut self, amounts: impl Iterator<Item = f64>) {
        for amount in amounts {
            self.largest = self.largest.max(amount);
        }
    }

    /// Which events have a period.
    fn find_periods(&mut self) {
        for (rank, &ix) in self.order.iter().enumerate() {
            let Some(event) = self.data.events.get(ix as usize) else {
                continue;
            };
            if event.when.is_some_and(|when| when.to > when.from) {
                self.period_ranks.push(rank as u32);
            }
        }
    }

    /// The event of a datum: one with a date, or one of those without, which come after.
    pub(super) fn event(&self, datum: u32) -> Option<&Event> {
        let ix = datum as usize;
        self.data.events.get(ix).or_else(|| {
            self.data
                .undated
                .get(ix.checked_sub(self.data.events.len())?)
        })
    }

    /// The datum of the event at a rank, by which a reader selects it.
    pub(super) fn datum(&self, rank: usize) -> u32 {
        if self.columns.is_some() {
            rank as u32
        } else {
            self.order.get(rank).copied().unwrap_or(NO_DATUM)
        }
    }

    /// The organisation that the event is about: the target, else the first who acts.
    pub(super) fn about(&self, event: &Event) -> Option<&Party> {
        self.data.parties.get(about(event)?)
    }

    /// What an organisation is called; empty for none.
    pub(super) fn name(&self, party: Option<usize>, lang: Lang) -> &str {
        party
            .and_then(|ix| self.data.parties.get(ix))
            .map_or("", |p| p.name.get(lang))
    }

    /// Selected by number or by id, or because the organisation acts in it or is its target.
    pub(super) fn is_selected(&self, view: &View, datum: u32) -> bool {
        let Some(event) = self.event(datum) else {
            return view.is_selected(None, datum);
        };
        let takes_part = |ix: &usize| {
            self.data
                .parties
                .get(*ix)
                .is_some_and(|p| view.is_selected(Some(&p.id), NO_DATUM))
        };
        view.is_selected(None, datum)
            || view
                .selected
                .strip_prefix('#')
                .is_some_and(|id| id == event.id)
            || event.actors.iter().any(takes_part)
            || event.target.iter().any(takes_part)
    }

    /// What a company was said to be worth, in the unit of the scale; not what is only planned or
    /// in talks.
    pub(super) fn valuation(&self, rank: usize) -> Option<f64> {
        match &self.columns {
            Some(columns) => columns
                .valuations
                .get(rank)
                .map(|&valuation| f64::from(valuation))
                .filter(|valuation| *valuation > 0.0),
            None => {
                let event = self
                    .data
                    .events
                    .get(self.datum(rank) as usize)
                    .filter(|e| !e.status.is_open())?;
                self.in_currency(event.valuation.as_ref())
                    .filter(|value| *value > 0.0)
            }
        }
    }

    /// A sum that was not printed in one piece, in the unit of the data.
    pub(super) fn derived_money(&self, value: f64, lang: Lang) -> String {
        text::money(
            &Money {
                value,
                currency: self.currency.clone(),
                ..Money::default()
            },
            lang,
        )
    }

    /// What comes first where not all find room.
    pub(super) fn importance(&self, rank: usize) -> f64 {
        match self.data.events.get(self.datum(rank) as usize) {
            Some(event) => self.size(event).unwrap_or(0.0),
            None => self.column_amount(rank).unwrap_or(0.0),
        }
    }

    /// A sum in the currency of the scale; none where it is printed in another.
    fn in_currency(&self, money: Option<&Money>) -> Option<f64> {
        let money = money?;
        let value = Some(money.value).filter(|_| money.currency == self.currency);
        value.or(money.usd.filter(|_| self.currency == USD))
    }

    /// What a dot's area shows: the amount, for a valuation what the company is said to be worth;
    /// nothing of what had not come true.
    pub(super) fn size(&self, event: &Event) -> Option<f64> {
        let money = if event.kind == Kind::Valuation {
            &event.valuation
        } else {
            &event.amount
        };
        self.in_currency(money.as_ref())
            .filter(|_| !event.status.is_open())
    }
}

const USD: &str = "USD";

/// The currency in which areas and sums are: dollars where one amount is in dollars, else that of
/// the first amount.
fn scale_currency(data: &Funding) -> String {
    let money = || {
        data.events
            .iter()
            .flat_map(|e| e.amount.iter().chain(&e.valuation))
    };
    if money().any(|money| money.usd.is_some()) {
        return USD.to_string();
    }
    money()
        .next()
        .map_or(String::new(), |money| money.currency.clone())
}

/// What an event is, in words.
pub(super) fn kind_words(event: &Event, lang: Lang) -> &'static str {
    if event.exit {
        say(lang, "지분 매각|Sales of stakes")
    } else {
        text::event_kind(event.kind, lang)
    }
}

/// The date in words, or what to say where there is none.
pub(super) fn event_date(event: &Event, none: &str, lang: Lang) -> String {
    event.when.map_or_else(
        || say(lang, none).to_string(),
        |when| text::when(&when, lang),
    )
}

/// The sum in words: the amount; of a valuation what the company is said to be worth, which of
/// anything else is called that.
pub(super) fn event_sum(event: &Event, lang: Lang) -> String {
    let is_valuation = event.kind == Kind::Valuation;
    match (&event.amount, &event.valuation) {
        (_, Some(money)) if is_valuation => text::money(money, lang),
        (Some(money), _) => text::money(money, lang),
        (None, Some(money)) => {
            let words = "기업가치 {0}|valuation {0}";
            fill(lang, words, &[&text::money(money, lang)])
        }
        (None, None) => no_amount(event, lang).to_string(),
    }
}

/// «3건», «3 events».
pub(super) fn event_count(events: usize, lang: Lang) -> String {
    fill(lang, "{0}건|{0} event{0|s}", &[&count(events, lang)])
}
