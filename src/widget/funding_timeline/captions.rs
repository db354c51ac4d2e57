//! What is said around the picture: title, subline, finding, reading help, notes, legend, and what
//! the reader can set. Not here: the words of one event.

use super::FundingTimelineWidget;
use super::events::event_date;
use super::groups::{Group, NO_LAYER};
use super::kinds::{KINDS, WITHOUT_AMOUNT, lacks_amount};
use super::prepared::PreparedEvents;
use super::view_state::{GroupBy, MIN_AMOUNTS};
use crate::data::calendar::civil_from_days;
use crate::data::funding::{Event, Kind, Money};
use crate::data::{Lang, Layer};
use crate::layout::density::{EMPTY, OUT};
use crate::text::{self, append, count, fill, push, say};
use crate::widget::figure_builder::FigureBuilder;
use crate::widget::phrases::lone_largest;
use crate::widget::{Control, View};

/// Groups that a filter offers.
const MAX_FILTER_OPTIONS: usize = 60;
/// Parts of a round sum whose circles the legend shows.
const PARTS: [f64; 3] = [0.2, 1.0, 5.0];
const LOG_PARTS: [f64; 3] = [1e-4, 1e-2, 1.0];

/// Forms that the legend explains where an event has them.
struct FormRow {
    words: &'static str,
    form: &'static str,
    has: fn(&Event) -> bool,
}

const FORMS: [FormRow; 4] = [
    FormRow {
        words: WITHOUT_AMOUNT,
        form: "diamond",
        has: lacks_amount,
    },
    FormRow {
        words: "계획·전망·협의·보도 단계|Planned, forecast, in talks or reported",
        form: "ring",
        has: |event| event.status.is_open(),
    },
    FormRow {
        words: "† 출처가 엇갈림|† Disputed",
        form: "dashed",
        has: |event| event.status.disputed,
    },
    FormRow {
        words: "누적·일부 금액(흐리게)|Cumulative or part of another (pale)",
        form: "soft",
        has: |event| event.status.cumulative || event.status.part_of,
    },
];

impl FundingTimelineWidget {
    /// Title, subline, finding, reading help, notes.
    pub(super) fn captions(&self, pen: &mut FigureBuilder<'_>) {
        let lang = pen.view.lang;
        self.subline(pen);
        let events = self.events.len() + self.data.undated.len();
        let undated = self.data.undated.iter().filter(|e| e.amount.is_some());
        let known = self.known_amounts + undated.count();
        let all = count(events, lang);
        push(
            &mut pen.picture.takeaway,
            lang,
            if known == events {
                "모든 사건에 금액이 적혀 있다.|Every event has an amount."
            } else {
                "사건 {0}건 가운데 {1}건에 금액이 적혀 있다.|{1} of {0} event{0|s} {1has|have} an amount."
            },
            &[&all, &count(known, lang)],
        );
        let title = &mut pen.picture.title;
        let finding = self.largest_amount(title.is_empty(), lang);
        append(title, say(lang, ": |: "), finding);
        if title.is_empty() {
            push(
                title,
                lang,
                "사건 {0}건의 연표|A timeline of {0} event{0|s}",
                &[&all],
            );
        }
        pen.picture.howto.push_str(say(
            lang,
            "점은 하루가 알려진 사건, 막대는 그 달·분기·해 어딘가에 일어난 사건이다. 빈 마름모는 금액이 적혀 있지 않다는 뜻이고, 0이 아니다.|\
             A dot is an event whose day is known; a bar is as long as the month, quarter or year in which it happened. A hollow diamond means that no amount is given, not zero.",
        ));
        if self.sizes_below(pen.view) {
            let smallest = self.derived_money(self.smallest_area(pen.view), lang);
            pen.note(&fill(
                lang,
                "{0}보다 적은 금액은 모두 가장 작은 원이다.|Amounts below {0} all have the smallest circle.",
                &[&smallest],
            ));
        }
        if self.other_currencies > 0 {
            pen.note(&fill(
                lang,
                "다른 통화로 적힌 금액 {0}건은 넓이로 나타내지 않았다.|{0} amount{0|s} in other currencies: no area stands for {0it|them}.",
                &[&count(self.other_currencies, lang)],
            ));
        }
        if self.columns.is_some() {
            return;
        }
        pen.note(say(
            lang,
            "금액은 출처에 적힌 통화 그대로이며 환산하지 않았다. 합계는 종류와 통화가 같은 금액만 더하고, 누적 금액, 다른 항목에 포함된 금액, 계획·전망·협의·보도 단계의 금액은 뺀다.|\
             Amounts are in the currency that the source prints, never converted. Sums are of one kind and one currency, without cumulative amounts, parts of others, and what is planned, forecast, in talks or reported.",
        ));
        if !self.data.undated.is_empty() {
            let undated = count(self.data.undated.len(), lang);
            pen.note(&fill(
                lang,
                "날짜가 없는 {0}건은 표에만 있다.|{0} item{0|s} without a date {0is|are} in the table only.",
                &[&undated],
            ));
        }
    }

    /// How many events in what years, and the scale of their area.
    fn subline(&self, pen: &mut FigureBuilder<'_>) {
        let lang = pen.view.lang;
        let year = |day: f64| text::year(civil_from_days(day.floor() as i32).0, lang);
        let (first, last) = self.event_days;
        let (mut years, last) = (year(first), year((last - 1e-6).max(first)));
        if years != last {
            append(&mut years, "–", last);
        }
        let scale = if pen.view.log {
            "로그|logarithmic"
        } else {
            "선형|linear"
        };
        let words = if self.largest > 0.0 {
            "사건 {0}건, {1}. 원의 넓이 = 금액 또는 기업가치({2} 척도)|{0} event{0|s}, {1}. Area of a circle = amount or valuation ({2} scale)"
        } else {
            "사건 {0}건, {1}|{0} event{0|s}, {1}"
        };
        push(
            &mut pen.picture.subline,
            lang,
            words,
            &[&count(self.events.len(), lang), &years, say(lang, scale)],
        );
    }

    /// Whether any amount has a smaller area than can be seen.
    fn sizes_below(&self, view: &View) -> bool {
        let below = |size: f64| size < self.smallest_area(view);
        match self.columns {
            Some(_) => self.events.amount.iter().any(|&size| below(size.into())),
            None => {
                let mut sizes = self.data.events.iter().filter_map(|e| self.size(e));
                sizes.any(below)
            }
        }
    }

    /// The largest amount of the kind of which most are in one currency, of those that count in
    /// sums; nothing where two are equal.
    fn largest_amount(&self, begins: bool, lang: Lang) -> String {
        let mut alike: Vec<(&Event, &Money)> = Vec::new();
        for kind in &KINDS {
            let of_kind = self.data.events.iter().filter_map(|event| {
                let money = event.amount.as_ref()?;
                let counts = event.kind == kind.kind
                    && !event.exit
                    && event.status.is_summed()
                    && !event.status.disputed
                    && money.currency == self.currency;
                counts.then_some((event, money))
            });
            if of_kind.clone().count() > alike.len() {
                alike = of_kind.collect();
            }
        }
        let amounts: Vec<f64> = alike.iter().map(|(_, money)| money.value).collect();
        let largest = lone_largest(&amounts);
        let Some((event, money)) = largest.and_then(|at| alike.get(at)) else {
            return String::new();
        };
        if alike.len() < 2 {
            return String::new();
        }
        fill(
            lang,
            "‘{3}’ 가운데 서로 견줄 수 있는 {4}건에서 가장 큰 금액은 {0} ‘{1}’ {2}|{5}he largest of {4} comparable amounts under “{3}” is {2} ({1}, {0})",
            &[
                &event_date(event, "", lang),
                event.label.get(lang),
                &text::money(money, lang),
                text::event_kind(event.kind, lang),
                &count(alike.len(), lang),
                if begins { "T" } else { "t" },
            ],
        )
    }

    /// What the reader can set.
    pub(super) fn controls(&self, pen: &mut FigureBuilder<'_>, prepared: &PreparedEvents) {
        let (view, lang) = (pen.view, pen.view.lang);
        if self.columns.as_ref().is_none_or(|c| !c.targets.is_empty()) {
            let label = say(lang, "사건 찾기|Find an event").to_string();
            pen.picture.controls.push(Control {
                key: "find",
                label,
                kind: "search",
                ..Control::default()
            });
        }
        let groupings = self.groupings();
        let mut options = Vec::new();
        let mut value = "";
        for row in &groupings {
            options.push((row.key.to_string(), say(lang, row.name).to_string()));
            if row.group_by == prepared.group_by {
                value = row.key;
            }
        }
        select(pen, "lanes", "나누기|Lanes", options, value);
        for row in groupings {
            let group_by = row.group_by;
            // The legend filters the groups that are lanes.
            if group_by == prepared.group_by || matches!(group_by, GroupBy::Layer) {
                continue;
            }
            let mut options = vec![(String::new(), say(lang, "모두|All").to_string())];
            for group in self.groups[group_by as usize]
                .iter()
                .take(MAX_FILTER_OPTIONS)
            {
                options.push((
                    self.group_key(group_by, group.id).to_string(),
                    self.group_name(group_by, group.id, lang),
                ));
            }
            let value = &view.state.funding_timeline.filters[group_by as usize];
            select(pen, row.key, row.name, options, value);
        }
        let mut options = vec![(String::new(), say(lang, "모두|All").to_string())];
        for (key, amount) in MIN_AMOUNTS {
            let amount = self.derived_money(amount, lang);
            options.push((
                key.to_string(),
                fill(lang, "{0} 이상|{0} or more", &[&amount]),
            ));
        }
        let value = view.state.funding_timeline.least_key();
        select(pen, "least", "금액|Amount", options, value);
    }

    /// The groups as entries of the legend that switch lanes off.
    pub(super) fn group_legend(&self, pen: &mut FigureBuilder<'_>, prepared: &PreparedEvents) {
        let group_by = prepared.group_by;
        for &Group { id, count } in &prepared.groups {
            let name = self.group_name(group_by, id, pen.view.lang);
            let (key, count) = (self.legend_key(group_by, id), Some(count as usize));
            match group_by {
                GroupBy::Org | GroupBy::Layer if self.columns.is_none() => {
                    match self.layer(group_by, id) {
                        Some(layer) => pen.layer_key(&key, &name, layer, count),
                        None => {
                            let color = self.color(&pen.palette, group_by, id);
                            pen.filter(&key, &name, color, "swatch", count);
                        }
                    }
                }
                _ => pen.filter(&key, &name, 0, "none", count),
            }
        }
    }

    /// What colours, sizes and forms mean.
    pub(super) fn legend(&self, pen: &mut FigureBuilder<'_>) {
        let (lang, color) = (pen.view.lang, pen.palette.secondary);
        let (mut layers, mut without_layer) = ([false; Layer::ALL.len()], false);
        let mut seen = [self.columns.is_some(), false, false, false];
        for event in &self.data.events {
            let layer = self.about(event).and_then(|party| party.layer);
            match layer.and_then(|layer| layers.get_mut(layer as usize)) {
                Some(seen) => *seen = true,
                None => without_layer = true,
            }
            for (seen, row) in seen.iter_mut().zip(&FORMS) {
                *seen |= (row.has)(event);
            }
        }
        pen.layer_keys(&layers);
        self.organisation_keys(pen);
        if without_layer && layers.contains(&true) {
            pen.key(NO_LAYER, color, "swatch");
        }
        // A round sum that is no larger than the largest, and parts of it that can be told apart.
        let mut round = 1.0_f64;
        while round > self.largest && round > 1e-9 {
            round /= 10.0;
        }
        while round * 10.0 <= self.largest {
            round *= 10.0;
        }
        for part in if pen.view.log { LOG_PARTS } else { PARTS } {
            let value = round * part;
            if value > self.largest || value <= self.smallest_area(pen.view) {
                continue;
            }
            let radius = text::number(f64::from(self.radius(Some(value), pen.view)), Lang::En, 1);
            pen.key(
                &self.derived_money(value, lang),
                color,
                &fill(lang, "circle:{0}", &[&radius]),
            );
        }
        for (seen, row) in seen.into_iter().zip(&FORMS) {
            if seen {
                pen.key(row.words, color, row.form);
            }
        }
    }

    /// «4,120 events, US$88bn» of a period, and how many; `say_count` says the number. Of a file
    /// there is a sum where its amounts are of one kind and in one currency.
    pub(super) fn period_totals(
        &self,
        prepared: &PreparedEvents,
        days: (f64, f64),
        say_count: &dyn Fn(usize, Lang) -> String,
        lang: Lang,
    ) -> (usize, String) {
        let (first, last) = self.ranks(days);
        let (mut events, mut sum) = (0, 0.0);
        let mut cells = vec![EMPTY; prepared.lanes.len()];
        prepared
            .pyramid
            .range(&self.events, first, last, &mut cells);
        for cell in &cells {
            events += cell.count as usize;
            sum += cell.sum;
        }
        let mut words = say_count(events, lang);
        let mut total = Some(Money {
            value: sum,
            currency: self.currency.clone(),
            ..Money::default()
        });
        if self.columns.is_none() {
            total = self.total(prepared, first..last);
        }
        if let Some(total) = total.filter(|total| total.value > 0.0) {
            push(
                &mut words,
                lang,
                ", 합계 {0}|, {0}",
                &[&text::money(&total, lang)],
            );
        }
        (events, words)
    }

    /// The sum of a range of a file's events; none where they are of several kinds or currencies.
    fn total(&self, prepared: &PreparedEvents, ranks: core::ops::Range<usize>) -> Option<Money> {
        let mut total: Option<((Kind, bool), Money)> = None;
        for rank in ranks.filter(|&rank| prepared.pyramid.lane(rank) != OUT) {
            let event = self.event(self.datum(rank));
            let Some((event, money)) = event
                .filter(|event| event.status.is_summed())
                .and_then(|event| Some((event, event.amount.as_ref()?)))
            else {
                continue;
            };
            let (kind, sum) = total.get_or_insert_with(|| {
                let zero = Money {
                    value: 0.0,
                    currency: money.currency.clone(),
                    ..Money::default()
                };
                ((event.kind, event.exit), zero)
            });
            if *kind != (event.kind, event.exit) || sum.currency != money.currency {
                return None;
            }
            sum.value += money.value;
            // A sum with a part that is open is open to that side; to both it is none.
            if sum.bound * money.bound < 0 {
                return None;
            }
            sum.bound = (sum.bound + money.bound).signum();
            sum.approx |= money.approx;
        }
        Some(total?.1)
    }
}

/// A choice; none where there is nothing to choose from.
fn select(
    pen: &mut FigureBuilder<'_>,
    key: &'static str,
    label: &str,
    options: Vec<(String, String)>,
    value: &str,
) {
    if options.len() > 1 {
        pen.picture.controls.push(Control {
            key,
            label: say(pen.view.lang, label).to_string(),
            kind: "select",
            options,
            value: value.to_string(),
        });
    }
}
