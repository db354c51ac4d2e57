//! What is said around the picture: title, subline, finding, reading help, notes, legend, and what
//! the reader can set. Not here: the words of one event.

use super::FundingTimelineWidget;
use super::events::event_date;
use super::groups::Group;
use super::kinds::undisclosed;
use super::prepared::PreparedEvents;
use super::view_state::{GroupBy, MIN_AMOUNTS};
use crate::data::Lang;
use crate::data::calendar::civil_from_days;
use crate::data::funding::{Event, Money};
use crate::layout::density::{EMPTY, OUT};
use crate::text::{self, append, count, fill, push, say};
use crate::widget::Control;
use crate::widget::figure_builder::FigureBuilder;

/// Groups that a filter offers.
const MAX_FILTER_OPTIONS: usize = 60;
/// Parts of the largest amount whose circles the legend shows.
const LEGEND_AMOUNTS: [f64; 3] = [1e-4, 1e-2, 1.0];

/// Forms that the legend explains where an event has them.
struct FormRow {
    words: &'static str,
    form: &'static str,
    has: fn(&Event) -> bool,
}

const FORMS: [FormRow; 4] = [
    FormRow {
        words: "금액 비공개|Amount undisclosed",
        form: "diamond",
        has: undisclosed,
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
        let all = count(self.events.len(), lang);
        push(
            &mut pen.picture.takeaway,
            lang,
            if self.known_amounts == self.events.len() {
                "모든 사건의 금액이 알려져 있다.|Every amount is known."
            } else {
                "사건 {0}건 가운데 {1}건의 금액이 알려져 있다.|The amount is known for {1} of {0} event{0|s}."
            },
            &[&all, &count(self.known_amounts, lang)],
        );
        if let Some((event, money)) = self.largest_amount() {
            let params = &[
                &*event_date(event, "", lang),
                event.label.get(lang),
                &text::money(money, lang),
            ];
            append(
                &mut pen.picture.title,
                say(lang, ": |: "),
                fill(
                    lang,
                    "가장 큰 금액은 {0} ‘{1}’ {2}|the largest amount is {2} ({1}, {0})",
                    params,
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
        let scale = if pen.view.linear {
            "선형|linear"
        } else {
            "로그|logarithmic"
        };
        push(
            &mut pen.picture.subline,
            lang,
            "사건 {0}건, {1}. 원의 넓이 = 금액({2} 척도)|{0} event{0|s}, {1}. Area of a circle = amount ({2} scale)",
            &[&count(self.events.len(), lang), &years, say(lang, scale)],
        );
    }

    /// The event with the largest amount that counts in sums; none of several equal ones is called
    /// the largest.
    fn largest_amount(&self) -> Option<(&Event, &Money)> {
        let mut largest: Option<(&Event, &Money, f64)> = None;
        let mut alone = false;
        for event in &self.data.events {
            if let Some(money) = &event.amount
                && let Some(usd) = money.usd
                && event.status.is_summed()
            {
                alone = largest.is_none_or(|(.., max)| usd != max)
                    && (alone || largest.is_none_or(|(.., max)| usd > max));
                if largest.is_none_or(|(.., max)| usd > max) {
                    largest = Some((event, money, usd));
                }
            }
        }
        largest
            .filter(|_| alone)
            .map(|(event, money, _)| (event, money))
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
                    pen.layer_key(&key, &name, self.layer(group_by, id), count)
                }
                _ => pen.filter(&key, &name, 0, "none", count),
            }
        }
    }

    /// What colours, sizes and forms mean.
    pub(super) fn legend(&self, pen: &mut FigureBuilder<'_>) {
        let (lang, color) = (pen.view.lang, pen.palette.secondary);
        let mut layers = [false; 5];
        let mut seen = [self.columns.is_some(), false, false, false];
        for event in &self.data.events {
            if let Some(layer) = self
                .about(event)
                .and_then(|p| layers.get_mut(p.layer as usize))
            {
                *layer = true;
            }
            for (seen, row) in seen.iter_mut().zip(&FORMS) {
                *seen |= (row.has)(event);
            }
        }
        pen.layer_keys(&layers);
        for part in LEGEND_AMOUNTS {
            let value = self.amount_scale.1 * part;
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

    /// «4,120 events, US$88bn» of a period, and how many; `say_count` says the number.
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
        let krw = self.krw_total(prepared, first..last);
        let mut sums = Vec::new();
        if sum > 0.0 {
            sums.push(self.derived_money(sum, lang));
        }
        if krw > 0.0 {
            sums.push(text::krw(krw, lang));
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

    /// The sum of a range of events that have one in won only.
    fn krw_total(&self, prepared: &PreparedEvents, ranks: core::ops::Range<usize>) -> f64 {
        let mut krw = 0.0;
        for &rank in &self.krw_ranks {
            let rank = rank as usize;
            let counts = ranks.contains(&rank) && prepared.pyramid.lane(rank) != OUT;
            if let Some(money) = self
                .event(self.datum(rank))
                .filter(|_| counts)
                .and_then(|e| e.amount.as_ref())
            {
                krw += money.value;
            }
        }
        krw
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
