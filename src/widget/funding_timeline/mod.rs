//! The funding timeline: dated events on a true time axis, in lanes, the mark's area for the sum of
//! money. Ten events of a file or millions of columns: what does not fit as dots is drawn as
//! density, and nothing is left out of the numbers.

mod columns;
mod dot_layout;
mod draw;
mod draw_vertical;
mod frame;
mod interaction;
mod undated;

pub use frame::{By, ViewState};

use std::cell::RefCell;

use self::columns::Columns;
use self::frame::{DAY_MS, Group, LEAST, Ready};
use super::figure_builder::FigureBuilder;
use super::palette::fade;
use super::search::NameSearch;
use super::{
    Act, Change, Control, Figure, Palette, Table, Tooltip, View, Widget, cites, cites_cell, joined,
    status_words,
};
use crate::abi::NO_DATUM;
use crate::data::calendar::{civil_from_days, days_from_civil};
use crate::data::funding::{Event, Funding, Kind, Money};
use crate::data::{Column, Lang, Layer, Party, Value};
use crate::error::{Error, Issue};
use crate::layout::density::{EMPTY, Events, OUT};
use crate::layout::order;
use crate::scene::AccessibleNode;
use crate::text::{self, also, append, count, fill, push, say};

/// The lanes by type, from money to everything else.
const LANES: [Kind; 9] = [
    Kind::Round,
    Kind::Investment,
    Kind::Acquisition,
    Kind::Valuation,
    Kind::Program,
    Kind::Infrastructure,
    Kind::Founding,
    Kind::Launch,
    Kind::Policy,
];

/// The key of organisations whose country is not given; an empty one would be the filter that lets
/// all through.
const NOWHERE: &str = "-";

/// See the module.
#[derive(Debug, Default)]
pub struct FundingTimelineWidget {
    data: Funding,
    /// What came as columns, in place of the events of `data`.
    columns: Option<Columns>,
    /// All that is drawn, in order of the middle of its period. Codes: [`Kind`]; none; the
    /// organisation's place in `data.parties` and 1, 0 for none.
    events: Events,
    /// The event of `data` that each of them is; empty for columns, whose places are their data.
    rows: Vec<u32>,
    /// How many events each code of the three dictionaries has: type, lane, organisation.
    counts: [Vec<u32>; 3],
    /// Codes of countries, of which the first is none; and the country of each organisation's code.
    countries: Vec<String>,
    country_of: Vec<u16>,
    /// The groups of whatever can divide the data, in the order of [`By`].
    groups: [Vec<Group>; 5],
    /// First day of all events, and the day after the last.
    span: (f64, f64),
    /// Events of a file whose sum is in won only, and those of which the day is not known.
    won: Vec<u32>,
    spans: Vec<u32>,
    /// Amounts at the ends of the logarithmic scale.
    scale: (f64, f64),
    /// How many amounts are known.
    known: usize,
    ready: RefCell<Ready>,
}

impl Widget for FundingTimelineWidget {
    fn read(&mut self, file: &Value<'_>, table: bool) -> Result<Vec<Issue>, Error> {
        let mut data = Funding::default();
        let issues = data.read(file, table)?;
        *self = Self::of_file(data);
        self.find_groups();
        Ok(issues)
    }

    fn columns(&mut self, mut columns: Vec<Column>) -> Result<Vec<Issue>, Error> {
        // What was there makes room only once the columns are known to be good.
        let issues = columns::check(&mut columns)?;
        *self = Self::default();
        self.take(columns);
        self.find_groups();
        Ok(issues)
    }

    fn picture(&self, view: &View) -> Figure {
        let mut pen = FigureBuilder::new(view, self.data.title.get(view.lang));
        pen.documents(&self.data.sources, None);
        if !view.has_room() {
            return pen.picture;
        }
        if self.events.is_empty() {
            return if self.data.undated.is_empty() {
                pen.picture
            } else {
                self.listed(pen)
            };
        }
        let ready = self.ready(view);
        self.words(&mut pen);
        self.controls(&mut pen, &ready);
        for group in &ready.all {
            let (key, name) = (ready.by, self.group_name(ready.by, group.id, view.lang));
            let (id, count) = (self.legend_key(key, group.id), Some(group.count as usize));
            match key {
                By::Org | By::Layer if self.columns.is_none() => {
                    pen.layer_key(&id, &name, self.layer(key, group.id), count)
                }
                _ => pen.filter(&id, &name, 0, "none", count),
            }
        }
        self.legend(&mut pen);
        let picture = self.draw(pen, &ready);
        drop(ready);
        picture
    }

    fn act(&self, view: &View, act: &Act<'_>) -> Vec<Change> {
        if self.events.is_empty() || !view.has_room() {
            Vec::new()
        } else {
            self.acted(view, act)
        }
    }

    fn find(&self, words: &str, lang: Lang) -> Vec<(u32, String)> {
        let mut finder = NameSearch::new(words);
        if self.columns.is_some() {
            return self.find_column(&finder, lang);
        }
        for (ix, event) in self
            .data
            .events
            .iter()
            .chain(&self.data.undated)
            .enumerate()
        {
            if finder.full() {
                break;
            }
            let mut names = vec![&*event.label.ko, &*event.label.en];
            for party in event.target.iter().chain(&event.actors) {
                names.push(self.name(Some(*party), Lang::Ko));
                names.push(self.name(Some(*party), Lang::En));
            }
            finder.offer(
                ix as u32,
                &names,
                &fill(
                    lang,
                    "{0} · {1}",
                    &[event.label.get(lang), &date(event, "", lang)],
                ),
            );
        }
        finder.found()
    }

    fn card(&self, datum: u32, lang: Lang) -> Option<Tooltip> {
        if self.columns.is_some() {
            return self.column_card(datum as usize, lang);
        }
        let event = self.event(datum)?;
        let mut card = Tooltip {
            entity: self.about(event).map(|p| p.id.clone()),
            title: event.label.get(lang).to_string(),
            value: sum(event, lang),
            date: date(event, "날짜 미상|no date given", lang),
            status: status_words(&event.status, lang),
            note: event.note.get(lang).to_string(),
            cites: cites(&event.cites, &self.data.sources, lang),
            ..Tooltip::default()
        };
        let said = event.date_words.get(lang);
        if !said.is_empty() {
            card.row(say(lang, "출처의 날짜|Date as printed"), said.to_string());
        }
        if let Some(worth) = &event.valuation {
            if event.amount.is_some() {
                card.row(say(lang, "기업가치|Valuation"), text::money(worth, lang));
            }
            if let Some(value) = event.valuation_high {
                let high = Money {
                    value,
                    ..worth.clone()
                };
                card.row(
                    say(lang, "기업가치 상단|Valuation, high end"),
                    text::money(&high, lang),
                );
            }
        }
        let mut won = false;
        for money in &[&event.amount, &event.valuation] {
            if let Some(money) = money
                && !money.krw_text.is_empty()
                && money.currency != "KRW"
            {
                card.row(
                    say(lang, "원화 (출처 표기)|In won, as printed"),
                    money.krw_text.clone(),
                );
                won = true;
            }
        }
        // A rate says what the won of its own document mean, and of no other.
        for rate in &self.data.rates {
            let same = rate
                .cites
                .iter()
                .any(|of| event.cites.iter().any(|cite| cite.source == of.source));
            if won && same {
                let mut words = fill(
                    lang,
                    "1달러 = {0}원|US$1 = ₩{0}",
                    &[&text::number(rate.krw_per_usd, lang, 2)],
                );
                also(&mut words, lang, super::date_words(rate.when, lang));
                card.row(say(lang, "환율 (출처 표기)|Rate, as printed"), words);
                break;
            }
        }
        card.row(
            say(lang, "유형|Type"),
            text::event_kind(event.kind, lang).to_string(),
        );
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
        Some(card)
    }

    fn table(&self, lang: Lang) -> Table {
        if self.columns.is_some() {
            return self.column_table(lang);
        }
        let head = "날짜,사건,유형,대상,금액,기업가치,상태,출처|Date,Event,Type,Target,Amount,Valuation,Status,Source";
        let mut table = Table::new(self.data.title.get(lang), head, lang);
        for event in self.data.events.iter().chain(&self.data.undated) {
            table.row();
            table.cell(date(event, "미상|not given", lang));
            table.cell(event.label.get(lang));
            table.cell(text::event_kind(event.kind, lang));
            table.cell(self.name(event.target.or(event.actors.first().copied()), lang));
            table.cell(match &event.amount {
                Some(money) => text::money(money, lang),
                None if undisclosed(event) => say(lang, "비공개|undisclosed").to_string(),
                None => String::new(),
            });
            table.cell(
                event
                    .valuation
                    .as_ref()
                    .map_or(String::new(), |worth| text::money(worth, lang)),
            );
            table.cell(joined(&status_words(&event.status, lang), lang));
            table.cell(cites_cell(&event.cites, &self.data.sources, lang));
        }
        table
    }

    fn rows(&self) -> usize {
        // What has no date is drawn where nothing else is.
        if self.events.is_empty() {
            self.data.undated.len()
        } else {
            self.events.len()
        }
    }
}

impl FundingTimelineWidget {
    /// From a file that was read.
    fn of_file(data: Funding) -> Self {
        let mut out = Self {
            data,
            scale: (1e6, 1e11),
            ..Self::default()
        };
        out.countries.push(NOWHERE.to_string());
        out.country_of.push(0);
        for party in &out.data.parties {
            let code = party.country.as_deref().unwrap_or(NOWHERE);
            let at = out
                .countries
                .iter()
                .position(|known| known == code)
                .unwrap_or_else(|| {
                    out.countries.push(code.to_string());
                    out.countries.len() - 1
                });
            out.country_of.push(at as u16);
        }
        let (mut ms, mut amounts, mut kinds, mut targets) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (mut first, mut last) = (f64::INFINITY, f64::NEG_INFINITY);
        out.counts = [
            vec![0; LANES.len()],
            Vec::new(),
            vec![0; out.data.parties.len() + 1],
        ];
        for event in &out.data.events {
            let (from, to) = event.when.map_or((0.0, 0.0), |when| when.days());
            (first, last) = (first.min(from), last.max(to));
            ms.push((from + to) / 2.0 * frame::DAY_MS);
            let s = event.status;
            // What counts: neither what is counted elsewhere nor what has not happened.
            let counts = !(s.cumulative || s.part_of || s.planned || s.in_talks);
            amounts.push(
                event
                    .amount
                    .as_ref()
                    .and_then(|money| money.usd)
                    .filter(|_| counts)
                    .unwrap_or(f64::NAN),
            );
            out.known += usize::from(event.amount.is_some());
            kinds.push(event.kind as u32);
            let target = event
                .target
                .or(event.actors.first().copied())
                .map_or(0, |ix| ix + 1);
            targets.push(target as u32);
            for (dictionary, code) in [(0, event.kind as usize), (2, target)] {
                if let Some(count) = out.counts[dictionary].get_mut(code) {
                    *count += 1;
                }
            }
        }
        out.span = if first < last {
            (first, last)
        } else {
            (0.0, 1.0)
        };
        (out.events, out.rows) = Events::new(ms, &amounts, &kinds, &[], &targets);
        for (rank, &row) in out.rows.iter().enumerate() {
            let event = out.data.events.get(row as usize);
            let won = event.and_then(|e| {
                e.amount
                    .as_ref()
                    .filter(|m| m.usd.is_none() && m.currency == "KRW")
                    .map(|_| e.status)
            });
            if won.is_some_and(|s| !(s.cumulative || s.part_of || s.planned || s.in_talks)) {
                out.won.push(rank as u32);
            }
            if event
                .and_then(|e| e.when)
                .is_some_and(|when| when.to > when.from)
            {
                out.spans.push(rank as u32);
            }
        }
        out
    }

    fn event(&self, datum: u32) -> Option<&Event> {
        let ix = datum as usize;
        self.data.events.get(ix).or_else(|| {
            self.data
                .undated
                .get(ix.checked_sub(self.data.events.len())?)
        })
    }

    /// The number that a reader's selection has for what stands at a place in time.
    fn datum(&self, rank: usize) -> u32 {
        if self.columns.is_some() {
            rank as u32
        } else {
            self.rows.get(rank).copied().unwrap_or(NO_DATUM)
        }
    }

    /// The organisation that the event is about: the target, else the first who acts.
    fn about(&self, event: &Event) -> Option<&Party> {
        self.data
            .parties
            .get(event.target.or(event.actors.first().copied())?)
    }

    fn name(&self, party: Option<usize>, lang: Lang) -> &str {
        party
            .and_then(|ix| self.data.parties.get(ix))
            .map_or("", |p| p.name.get(lang))
    }

    /// Selected by number or by id, or because the organisation acts in it or is its target.
    fn is_selected(&self, view: &View, datum: u32) -> bool {
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

    /// The layer of a lane, or of what it holds.
    fn layer(&self, by: By, id: usize) -> Layer {
        let layers = [Layer::Data, Layer::Infra, Layer::Model, Layer::Service];
        match by {
            _ if self.columns.is_some() => Layer::Infra,
            By::Org => id
                .checked_sub(1)
                .and_then(|ix| self.data.parties.get(ix))
                .map_or(Layer::Context, |p| p.layer),
            By::Layer => layers.get(id).copied().unwrap_or(Layer::Context),
            _ => Layer::Context,
        }
    }

    /// The colour of a lane, or of what it holds.
    fn color(&self, palette: &Palette, by: By, id: usize) -> u32 {
        palette.layer(self.layer(by, id))
    }

    /// What a company was said to be worth, in the unit of the scale; not what is only planned or
    /// in talks.
    fn worth(&self, rank: usize) -> Option<f64> {
        match &self.columns {
            Some(columns) => columns
                .worth
                .get(rank)
                .map(|&worth| f64::from(worth))
                .filter(|worth| *worth > 0.0),
            None => {
                let event = self
                    .data
                    .events
                    .get(self.datum(rank) as usize)
                    .filter(|e| !e.status.planned && !e.status.in_talks)?;
                event.valuation.as_ref()?.usd.filter(|usd| *usd > 0.0)
            }
        }
    }

    /// A sum that was not printed in one piece, in the unit of the data.
    fn plain(&self, value: f64, lang: Lang) -> String {
        let currency = if self.columns.as_ref().is_none_or(|c| c.dollars) {
            "USD"
        } else {
            ""
        };
        text::money(
            &Money {
                value,
                currency: currency.to_string(),
                ..Money::default()
            },
            lang,
        )
    }

    /// What the reader can set.
    fn controls(&self, pen: &mut FigureBuilder<'_>, ready: &Ready) {
        let (view, lang) = (pen.view, pen.view.lang);
        let offered = self.offered();
        let mut options = Vec::new();
        let mut value = String::new();
        for &(by, key, words) in &offered {
            options.push((key.to_string(), say(lang, words).to_string()));
            if by == ready.by {
                value = key.to_string();
            }
        }
        if self.columns.as_ref().is_none_or(|c| !c.targets.is_empty()) {
            let label = say(lang, "사건 찾기|Find an event").to_string();
            pen.picture.controls.push(Control {
                key: "find",
                label,
                kind: "search",
                ..Control::default()
            });
        }
        let mut control = |key, words, options: Vec<(String, String)>, value: &str| {
            if options.len() > 1 {
                let (label, value) = (say(lang, words).to_string(), value.to_string());
                pen.picture.controls.push(Control {
                    key,
                    label,
                    kind: "select",
                    options,
                    value,
                });
            }
        };
        control("lanes", "나누기|Lanes", options, &value);
        for (by, key, words) in offered {
            // The legend filters what divides.
            if by == ready.by || matches!(by, By::Layer) {
                continue;
            }
            let mut options = vec![(String::new(), say(lang, "모두|All").to_string())];
            for group in self.groups[by as usize].iter().take(60) {
                options.push((
                    self.key(by, group.id).to_string(),
                    self.group_name(by, group.id, lang),
                ));
            }
            control(
                key,
                words,
                options,
                &view.state.funding_timeline.only[by as usize],
            );
        }
        let mut options = vec![(String::new(), say(lang, "모두|All").to_string())];
        for (key, least) in LEAST {
            options.push((
                key.to_string(),
                fill(lang, "{0} 이상|{0} or more", &[&self.plain(least, lang)]),
            ));
        }
        control(
            "least",
            "금액|Amount",
            options,
            view.state.funding_timeline.least_key(),
        );
    }

    /// Title, subline, finding, reading help.
    fn words(&self, pen: &mut FigureBuilder<'_>) {
        let lang = pen.view.lang;
        let all = count(self.events.len(), lang);
        let year = |day: f64| text::year(civil_from_days(day.floor() as i32).0, lang);
        let (mut years, last) = (
            year(self.span.0),
            year((self.span.1 - 1e-6).max(self.span.0)),
        );
        if years != last {
            append(&mut years, "–", last);
        }
        let scale = say(
            lang,
            if pen.view.linear {
                "선형|linear"
            } else {
                "로그|logarithmic"
            },
        );
        push(
            &mut pen.picture.subline,
            lang,
            "사건 {0}건, {1}. 원의 넓이 = 금액({2} 척도)|{0} event{0|s}, {1}. Area of a circle = amount ({2} scale)",
            &[&all, &years, scale],
        );
        // The largest sum that is neither planned nor counted elsewhere.
        let mut largest: Option<(&Event, &Money, f64)> = None;
        let mut alone = false;
        for event in &self.data.events {
            let s = event.status;
            if let Some(money) = &event.amount
                && let Some(usd) = money.usd
                && !(s.cumulative || s.part_of || s.planned || s.in_talks)
            {
                // None of several equal ones is called the largest.
                alone = largest.is_none_or(|(.., most)| usd != most)
                    && (alone || largest.is_none_or(|(.., most)| usd > most));
                if largest.is_none_or(|(.., most)| usd > most) {
                    largest = Some((event, money, usd));
                }
            }
        }
        push(
            &mut pen.picture.takeaway,
            lang,
            if self.known == self.events.len() {
                "모든 사건의 금액이 알려져 있다.|Every amount is known."
            } else {
                "사건 {0}건 가운데 {1}건의 금액이 알려져 있다.|The amount is known for {1} of {0} event{0|s}."
            },
            &[&all, &count(self.known, lang)],
        );
        if let Some((event, money, _)) = largest.filter(|_| alone) {
            let part = &[
                &*date(event, "", lang),
                event.label.get(lang),
                &text::money(money, lang),
            ];
            append(
                &mut pen.picture.title,
                say(lang, ": |: "),
                fill(
                    lang,
                    "가장 큰 금액은 {0} ‘{1}’ {2}|the largest amount is {2} ({1}, {0})",
                    part,
                ),
            );
        }
        pen.picture.howto.push_str(say(
            lang,
            "점은 하루가 알려진 사건, 막대는 그 달·분기·해 어딘가에 일어난 사건이다. 빈 마름모는 금액이 공개되지 않았다는 뜻이고, 0이 아니다.|\
             A dot is an event whose day is known; a bar is as long as the month, quarter or year in which it happened. A hollow diamond means that no amount was disclosed, not zero.",
        ));
        if self.columns.is_some() {
            return;
        }
        pen.note(say(
            lang,
            "금액은 출처에 적힌 통화 그대로이며 환산하지 않았다. 누적 금액, 다른 항목에 포함된 금액, 계획·협의 중인 금액은 합계에서 뺀다.|\
             Amounts are in the currency that the source prints, never converted. Cumulative amounts, parts of others, and what is planned or in talks are left out of sums.",
        ));
        if !self.data.undated.is_empty() {
            let undated = count(self.data.undated.len(), lang);
            pen.note(&fill(lang, "날짜가 없는 {0}건은 표에만 있다.|{0} item{0|s} without a date {0is|are} in the table only.", &[&undated]));
        }
    }

    fn legend(&self, pen: &mut FigureBuilder<'_>) {
        let (lang, color) = (pen.view.lang, pen.palette.secondary);
        let mut layers = [false; 5];
        let mut seen = [false; 4];
        for event in &self.data.events {
            if let Some(layer) = self
                .about(event)
                .and_then(|p| layers.get_mut(p.layer as usize))
            {
                *layer = true;
            }
            let s = event.status;
            seen[0] |= undisclosed(event);
            seen[1] |= s.planned || s.in_talks;
            seen[2] |= s.disputed;
            seen[3] |= s.cumulative || s.part_of;
        }
        seen[0] |= self.columns.is_some();
        pen.layer_keys(&layers);
        for part in [1e-4, 1e-2, 1.0] {
            let value = self.scale.1 * part;
            let radius = text::number(f64::from(self.radius(Some(value), pen.view)), Lang::En, 1);
            pen.key(
                &self.plain(value, lang),
                color,
                &fill(lang, "circle:{0}", &[&radius]),
            );
        }
        let words = [
            ("금액 비공개|Amount undisclosed", "diamond"),
            ("계획·협의 중|Planned or in talks", "ring"),
            ("† 출처가 엇갈림|† Disputed", "dashed"),
            (
                "누적·일부 금액(흐리게)|Cumulative or part of another (pale)",
                "soft",
            ),
        ];
        for ((words, form), seen) in words.iter().zip(seen) {
            if seen {
                pen.key(words, color, form);
            }
        }
    }

    /// «4,120 events, US$88bn» of a period, and how many; `many` says the number.
    fn sums(
        &self,
        ready: &Ready,
        days: (f64, f64),
        many: &dyn Fn(usize, Lang) -> String,
        lang: Lang,
    ) -> (usize, String) {
        let (first, last) = self.ranks(days);
        let (mut events, mut sum) = (0, 0.0);
        let mut cells = vec![EMPTY; ready.lanes.len()];
        ready.pyramid.range(&self.events, first, last, &mut cells);
        for cell in &cells {
            events += cell.count as usize;
            sum += cell.sum;
        }
        let mut words = many(events, lang);
        let mut won = 0.0;
        for &rank in &self.won {
            let there = (first..last).contains(&(rank as usize))
                && ready.pyramid.lane(rank as usize) != OUT;
            if let Some(money) = self
                .event(self.datum(rank as usize))
                .filter(|_| there)
                .and_then(|e| e.amount.as_ref())
            {
                won += money.value;
            }
        }
        let mut sums = Vec::new();
        if sum > 0.0 {
            sums.push(self.plain(sum, lang));
        }
        if won > 0.0 {
            sums.push(text::krw(won, lang));
        }
        if !sums.is_empty() {
            push(
                &mut words,
                lang,
                ", 합계 {0}|, {0}",
                &[&text::list(&sums, lang)],
            );
        }
        (events, words)
    }

    /// The outline in lists by year instead of lanes, in order of time, each with its totals, those
    /// too that hold no stop of the keyboard. `ranks`: of each node the rank of its event. Where
    /// there are very many years, a list holds ten of them, a hundred …
    fn by_year(
        &self,
        picture: &mut Figure,
        ranks: &[usize],
        ready: &Ready,
        days: (f64, f64),
        lang: Lang,
    ) {
        let year = |day: f64| civil_from_days(day.floor() as i32).0;
        let (low, high) = (year(days.0), year(days.1));
        let mut step = 1;
        while (high - low) / step > MOST_YEARS {
            step *= 10;
        }
        let mut keys = Vec::new();
        for &rank in ranks {
            keys.push(rank as f64);
        }
        let mut old: Vec<Option<AccessibleNode>> = Vec::new();
        for node in picture.scene.outline.drain(..) {
            old.push(Some(node));
        }
        let mut sorted = order(&keys).into_iter().peekable();
        picture.groups.clear();
        let mut from = low.div_euclid(step) * step;
        while from <= high {
            let (begin, end) = (
                f64::from(days_from_civil(from, 1, 1)),
                f64::from(days_from_civil(from + step, 1, 1)),
            );
            let group = picture.groups.len() as u32;
            let before = picture.scene.outline.len();
            // The last list takes what begins after the end of the view, the first what begins
            // before: bars that reach into it.
            while let Some(&(rank, at)) = sorted.peek() {
                if self.events.ms(rank as usize) >= end * DAY_MS && from + step <= high {
                    break;
                }
                sorted.next();
                if let Some(mut node) = old.get_mut(at).and_then(Option::take) {
                    node.group = group;
                    picture.scene.outline.push(node);
                }
            }
            let (events, sums) =
                self.sums(ready, (begin.max(days.0), end.min(days.1)), &many, lang);
            if events > 0 || picture.scene.outline.len() > before {
                let mut name = text::year(from, lang);
                if step > 1 {
                    name = fill(
                        lang,
                        "{0}~{1}년|{0}–{1}",
                        &[&name, &text::year(from + step - 1, lang)],
                    );
                } else {
                    name = fill(lang, "{0}년|{0}", &[&name]);
                }
                append(&mut name, say(lang, ": |: "), sums);
                picture.groups.push(name);
            }
            from += step;
        }
        let mut next = NO_DATUM;
        for node in picture.scene.outline.iter_mut().rev() {
            node.neighbors[1] = next;
            next = node.datum;
        }
        let mut last = NO_DATUM;
        for node in &mut picture.scene.outline {
            node.neighbors[0] = last;
            last = node.datum;
        }
    }
}

/// Lists of the outline.
const MOST_YEARS: i32 = 40;

/// The date in words, or what to say where there is none.
fn date(event: &Event, none: &str, lang: Lang) -> String {
    event.when.map_or_else(
        || say(lang, none).to_string(),
        |when| text::when(&when, lang),
    )
}

/// The sum in words: the amount, else what the company is said to be worth.
fn sum(event: &Event, lang: Lang) -> String {
    match event.amount.as_ref().or(event.valuation.as_ref()) {
        Some(money) => text::money(money, lang),
        None if undisclosed(event) => say(lang, "금액 비공개|amount undisclosed").to_string(),
        None => String::new(),
    }
}

/// Kinds where a missing amount is «undisclosed» and not «does not apply».
fn about_money(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Round | Kind::Investment | Kind::Acquisition | Kind::Program
    )
}

fn undisclosed(event: &Event) -> bool {
    about_money(event.kind) && event.amount.is_none() && event.valuation.is_none()
}

fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Round => "round",
        Kind::Investment => "investment",
        Kind::Valuation => "valuation",
        Kind::Acquisition => "acquisition",
        Kind::Founding => "founding",
        Kind::Program => "government_program",
        Kind::Infrastructure => "infrastructure",
        Kind::Launch => "product_launch",
        Kind::Policy => "policy",
    }
}

/// «3건», «3 events».
fn many(events: usize, lang: Lang) -> String {
    fill(lang, "{0}건|{0} event{0|s}", &[&count(events, lang)])
}

/// ↑↓ lead to the nearest event of the next lane above or below that has one.
fn link(outline: &mut [AccessibleNode]) {
    let mut places: Vec<(u32, u32, f32)> = Vec::new();
    for node in outline.iter() {
        places.push((node.datum, node.group, node.rect_css[0] + node.rect_css[2]));
    }
    for (node, &(_, group, x)) in outline.iter_mut().zip(&places) {
        let mut nearest = [(u32::MAX, f32::INFINITY); 2];
        for &(datum, lane, there) in &places {
            let far = ((there - x).abs() * 8.0).round();
            for (way, towards) in [(0, lane < group), (1, lane > group)] {
                let key = (lane.abs_diff(group), far);
                if towards && key < nearest[way] {
                    nearest[way] = key;
                    node.neighbors[2 + way] = datum;
                }
            }
        }
    }
}
