//! The funding timeline: dated events on a true time axis, in lanes, the mark's area for the sum of money.

use super::palette::fade;
use super::pen::{Font, Pen};
use super::{Card, Palette, Picture, STAY, Table, View, Widget, cites, cites_cell, joined, status_words};
use crate::abi::{NO_DATUM, mark_style, pattern, shape};
use crate::data::calendar::civil_from_days;
use crate::data::funding::{Event, Funding, Kind, Money};
use crate::data::{Lang, Layer, Party, Precision, Value, When};
use crate::error::{Error, Issue};
use crate::layout::lanes::dodge;
use crate::layout::scale::{Area, Level, Time, area_radius};
use crate::scene::{Align, Node};
use crate::text::{self, append, count, fill, push, say};

/// The lanes, from money to everything else.
const LANES: [Kind; 9] =
    [Kind::Round, Kind::Investment, Kind::Acquisition, Kind::Valuation, Kind::Program, Kind::Infrastructure, Kind::Founding, Kind::Launch, Kind::Policy];
/// Height of the axis, CSS px.
const AXIS: f32 = 34.0;
/// Radius of the smallest and of the largest amount, CSS px; on a phone the largest is smaller.
const RADII: (f64, f64) = (4.0, 15.0);
const RADIUS_NARROW: f64 = 10.0;
/// Below this width lanes have their names above them, CSS px.
const NARROW_BELOW: f32 = 640.0;
/// Radius of an event that is not about money, CSS px.
const DOT: f32 = 4.0;
/// Amounts at the ends of the logarithmic scale, US dollars.
const SCALE_USD: (f64, f64) = (1e6, 1e11);

/// Names of lanes and events, words of the axis.
const HEADING: Font = Font::new(12.0, true);
const SMALL: Font = Font::new(11.0, false);

/// See the module.
#[derive(Debug, Default)]
pub struct FundingTimelineWidget {
    data: Funding,
}

impl Widget for FundingTimelineWidget {
    fn read(&mut self, file: &Value<'_>, table: bool) -> Result<Vec<Issue>, Error> {
        let mut data = Funding::default();
        let issues = data.read(file, table)?;
        self.data = data;
        Ok(issues)
    }

    fn picture(&self, view: &View) -> Picture {
        let mut pen = Pen::new(view, self.data.title.get(view.lang));
        pen.documents(&self.data.sources, None);
        if self.data.events.is_empty() || !view.has_room() {
            return pen.picture;
        }
        let span = self.span();
        self.words(&mut pen, span);
        let mut names = 0.0_f32;
        if view.width_css >= NARROW_BELOW {
            for &kind in &LANES {
                names = names.max(view.metrics.width(text::event_kind(kind, view.lang), HEADING.size_css, HEADING.bold));
            }
            names += 18.0;
        }
        let held = view.selects() && self.data.events.iter().enumerate().any(|(ix, e)| self.is_selected(view, e, ix as u32));
        let mut draw = Draw { widget: self, pen, time: time(view, span, names), names, held };
        let mut top = 2.0;
        for &kind in &LANES {
            let events = self.data.events.iter().filter(|e| e.kind == kind).count();
            if events > 0 {
                let (key, name, color) = (kind_key(kind), text::event_kind(kind, view.lang), draw.pen.palette.secondary);
                draw.pen.filter(key, name, color, "none", Some(events));
                if !view.hides(key) {
                    top = draw.lane(kind, events, top);
                }
            }
        }
        draw.axis(top + 4.0);
        draw.pen.picture.scene.size_css[1] = top + 4.0 + AXIS;
        self.legend(&mut draw.pen);
        link(&mut draw.pen.picture.scene.outline, &self.data.events);
        draw.pen.picture
    }

    fn card(&self, datum: u32, lang: Lang) -> Option<Card> {
        let event = self.event(datum)?;
        let mut card = Card {
            entity: self.about(event).map(|p| p.id.clone()),
            title: event.label.get(lang).to_string(),
            value: sum(event, lang),
            date: date(event, "날짜 미상|no date given", lang),
            status: status_words(&event.status, lang),
            note: event.note.get(lang).to_string(),
            cites: cites(&event.cites, &self.data.sources, lang),
            ..Card::default()
        };
        if let Some(worth) = &event.valuation {
            if event.amount.is_some() {
                card.row(say(lang, "기업가치|Valuation"), text::money(worth, lang));
            }
            if let Some(value) = event.valuation_high {
                let high = Money { value, ..worth.clone() };
                card.row(say(lang, "기업가치 상단|Valuation, high end"), text::money(&high, lang));
            }
        }
        for money in &[&event.amount, &event.valuation] {
            if let Some(money) = money
                && !money.krw_text.is_empty()
                && money.currency != "KRW"
            {
                card.row(say(lang, "원화 (출처 표기)|In won, as printed"), money.krw_text.clone());
            }
        }
        card.row(say(lang, "유형|Type"), text::event_kind(event.kind, lang).to_string());
        let mut actors = Vec::new();
        for &actor in &event.actors {
            actors.push(self.name(Some(actor), lang).to_string());
        }
        if !actors.is_empty() {
            card.row(say(lang, "주체|Who"), text::list(&actors, lang));
        }
        if event.target.is_some() {
            card.row(say(lang, "대상|Target"), self.name(event.target, lang).to_string());
        }
        Some(card)
    }

    fn table(&self, lang: Lang) -> Table {
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
            table.cell(event.valuation.as_ref().map_or(String::new(), |worth| text::money(worth, lang)));
            table.cell(joined(&status_words(&event.status, lang)));
            table.cell(cites_cell(&event.cites, &self.data.sources, lang));
        }
        table
    }

    fn rows(&self) -> usize {
        self.data.events.len()
    }
}

impl FundingTimelineWidget {
    fn event(&self, datum: u32) -> Option<&Event> {
        let ix = datum as usize;
        self.data.events.get(ix).or_else(|| self.data.undated.get(ix.checked_sub(self.data.events.len())?))
    }

    /// The organisation that the event is about: the target, else the first who acts.
    fn about(&self, event: &Event) -> Option<&Party> {
        self.data.parties.get(event.target.or(event.actors.first().copied())?)
    }

    fn name(&self, party: Option<usize>, lang: Lang) -> &str {
        party.and_then(|ix| self.data.parties.get(ix)).map_or("", |p| p.name.get(lang))
    }

    /// Selected by number, or because the organisation acts in it or is its target.
    fn is_selected(&self, view: &View, event: &Event, datum: u32) -> bool {
        let takes_part = |ix: &usize| self.data.parties.get(*ix).is_some_and(|p| view.is_selected(Some(&p.id), NO_DATUM));
        view.is_selected(None, datum) || event.actors.iter().any(takes_part) || event.target.iter().any(takes_part)
    }

    /// First day of all events, and the day after the last.
    fn span(&self) -> (f64, f64) {
        let (mut first, mut last) = (i32::MAX, i32::MIN);
        for when in self.data.events.iter().filter_map(|e| e.when) {
            first = first.min(when.from);
            last = last.max(when.to);
        }
        if first > last { (0.0, 1.0) } else { (f64::from(first), f64::from(last) + 1.0) }
    }

    /// Title, subline, finding, reading help.
    fn words(&self, pen: &mut Pen<'_>, (first, last): (f64, f64)) {
        let lang = pen.view.lang;
        let events = &self.data.events;
        let all = count(events.len());
        let year = |day: f64| text::year(civil_from_days(day as i32).0, lang);
        push(
            &mut pen.picture.subline,
            lang,
            "사건 {0}건, {1}–{2}. 원의 넓이 = 금액({3} 척도)|{0} events, {1}–{2}. Area of a circle = amount ({3} scale)",
            &[&all, &year(first), &year(last - 1.0), say(lang, if pen.view.linear { "선형|linear" } else { "로그|logarithmic" })],
        );
        let mut known = 0;
        // The largest sum that is neither planned nor counted elsewhere.
        let mut largest: Option<(&Event, &Money, f64)> = None;
        for event in events {
            let Some(money) = &event.amount else { continue };
            known += 1;
            let s = event.status;
            if let Some(usd) = money.usd
                && !(s.cumulative || s.part_of || s.planned || s.in_talks)
                && largest.is_none_or(|(.., most)| usd >= most)
            {
                largest = Some((event, money, usd));
            }
        }
        push(
            &mut pen.picture.takeaway,
            lang,
            "사건 {0}건 가운데 {1}건의 금액이 알려져 있다.|The amount is known for {1} of {0} events.",
            &[&all, &count(known)],
        );
        if let Some((event, money, _)) = largest {
            let part = &[&*date(event, "", lang), event.label.get(lang), &text::money(money, lang)];
            append(&mut pen.picture.title, ": ", fill(lang, "가장 큰 금액은 {0} ‘{1}’ {2}|the largest amount is {2} ({1}, {0})", part));
        }
        pen.picture.howto.push_str(say(
            lang,
            "점은 하루가 알려진 사건, 막대는 그 달·분기·해 어딘가에 일어난 사건이다. 빈 마름모는 금액이 공개되지 않았다는 뜻이고, 0이 아니다.|\
             A dot is an event whose day is known; a bar is as long as the month, quarter or year in which it happened. A hollow diamond means that no amount was disclosed, not zero.",
        ));
        pen.note(say(
            lang,
            "금액은 출처에 적힌 통화 그대로이며 환산하지 않았다. 누적 금액과 다른 항목에 포함된 금액은 합계에서 뺀다.|\
             Amounts are in the currency that the source prints, never converted. Cumulative amounts and parts of others are left out of sums.",
        ));
        if !self.data.undated.is_empty() {
            let undated = count(self.data.undated.len());
            pen.note(&fill(lang, "날짜가 없는 {0}건은 표에만 있다.|{0} items without a date are in the table only.", &[&undated]));
        }
    }

    fn legend(&self, pen: &mut Pen<'_>) {
        let (lang, color) = (pen.view.lang, pen.palette.secondary);
        let mut layers = [false; 5];
        let mut seen = [false; 4];
        for event in &self.data.events {
            if let Some(layer) = self.about(event).and_then(|p| layers.get_mut(p.layer as usize)) {
                *layer = true;
            }
            let s = event.status;
            seen[0] |= undisclosed(event);
            seen[1] |= s.planned || s.in_talks;
            seen[2] |= s.disputed;
            seen[3] |= s.cumulative || s.part_of;
        }
        pen.layer_keys(&layers);
        for &usd in &[1e7, 1e9, 1e11] {
            let radius = text::number(f64::from(radius(Some(usd), pen.view)), lang, 1);
            pen.key(&text::usd(usd, lang), color, &fill(lang, "circle:{0}", &[&radius]));
        }
        let words = [
            ("금액 비공개|Amount undisclosed", "diamond"),
            ("계획·협의 중|Planned or in talks", "ring"),
            ("† 출처가 엇갈림|† Disputed", "dashed"),
            ("누적·일부 금액(흐리게)|Cumulative or part of another (pale)", "soft"),
        ];
        for ((words, form), seen) in words.iter().zip(seen) {
            if seen {
                pen.key(words, color, form);
            }
        }
    }
}

/// The axis for a view: the days that it asks for, else all with a little air.
fn time(view: &View, (first, last): (f64, f64), names: f32) -> Time {
    let pad = (last - first).max(30.0) * 0.015;
    let from_day = if view.from_day.is_finite() { view.from_day } else { first - pad };
    let to_day = if view.to_day.is_finite() { view.to_day } else { last + pad };
    let to_day = if to_day > from_day { to_day } else { from_day + 1.0 };
    Time { from_day, to_day, x0: f64::from(names + 8.0), x1: f64::from(view.width_css - 10.0) }
}

/// The date in words, or what to say where there is none.
fn date(event: &Event, none: &str, lang: Lang) -> String {
    event.when.map_or_else(|| say(lang, none).to_string(), |when| text::when(&when, lang))
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
    matches!(kind, Kind::Round | Kind::Investment | Kind::Acquisition | Kind::Program)
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

/// The dollars that a mark's area shows: the amount, for a valuation what the company is said to be worth.
fn dollars(event: &Event) -> Option<f64> {
    match event.kind {
        Kind::Valuation => event.valuation.as_ref()?.usd,
        _ => event.amount.as_ref()?.usd,
    }
}

fn radius(usd: Option<f64>, view: &View) -> f32 {
    let largest = if view.width_css < NARROW_BELOW { RADIUS_NARROW } else { RADII.1 };
    match usd {
        Some(v) => area_radius(v, SCALE_USD.0, SCALE_USD.1, RADII.0, largest, if view.linear { Area::Linear } else { Area::Log }) as f32,
        None => DOT,
    }
}

/// ←→ lead through time, ↑↓ to the nearest event of the lane above or below. The outline is in order of lanes, then of time.
fn link(outline: &mut [Node], events: &[Event]) {
    let mut places: Vec<(u32, u32, i32)> = Vec::new();
    for node in outline.iter() {
        let start = events.get(node.datum as usize).and_then(|e| e.when).map_or(0, |when| when.from);
        places.push((node.datum, node.group, start));
    }
    for (node, &(own, group, start)) in outline.iter_mut().zip(&places) {
        let mut nearest = [u32::MAX; 2];
        for &(datum, lane, day) in &places {
            if datum < own && (node.go[0] == NO_DATUM || datum > node.go[0]) {
                node.go[0] = datum;
            }
            if datum > own && datum < node.go[1] {
                node.go[1] = datum;
            }
            let far = day.abs_diff(start);
            for &(way, towards) in &[(0, lane + 1 == group), (1, lane == group + 1)] {
                if towards && far < nearest[way] {
                    nearest[way] = far;
                    node.go[2 + way] = datum;
                }
            }
        }
    }
}

/// A mark before it is drawn: where it is in time, how large, and its words.
struct Placed<'a> {
    event: &'a Event,
    when: When,
    datum: u32,
    x0: f32,
    x1: f32,
    /// Ends of the period.
    from: f32,
    to: f32,
    radius: f32,
    top: f32,
    /// Empty for none.
    label: String,
    label_width: f32,
    /// The label stands on the left.
    left: bool,
}

impl Placed<'_> {
    fn centre(&self) -> f32 {
        (self.from + self.to) / 2.0
    }

    fn middle(&self) -> f32 {
        self.top + self.radius
    }

    /// A period is drawn as long as its doubt; where that is shorter than a dot, the dot says it.
    fn is_bar(&self) -> bool {
        self.when.precision != Precision::Day && self.to - self.from > self.radius.max(DOT) * 2.0
    }

    /// The mark with its label.
    fn rect(&self) -> [f32; 4] {
        let (mut left, mut right) = (self.x0, self.x1);
        if self.left {
            left = left - 7.0 - self.label_width;
        } else if !self.label.is_empty() {
            right = right + 7.0 + self.label_width;
        }
        [left, self.top, right, self.top + self.radius * 2.0]
    }
}

struct Draw<'a> {
    widget: &'a FundingTimelineWidget,
    pen: Pen<'a>,
    time: Time,
    /// Width of the names of lanes; 0 where they stand above.
    names: f32,
    /// Something is selected.
    held: bool,
}

impl<'a> Draw<'a> {
    fn x(&self, day: f64) -> f32 {
        self.time.x(day) as f32
    }

    /// Draws one lane and returns where the next one starts.
    fn lane(&mut self, kind: Kind, events: usize, top: f32) -> f32 {
        let (lang, width) = (self.pen.view.lang, self.pen.view.width_css);
        let heading = text::event_kind(kind, lang);
        if !self.pen.picture.groups.is_empty() {
            self.pen.rect([0.0, top, width, top + 1.0], self.pen.palette.hairline);
        }
        self.pen.picture.groups.push(fill(lang, "{0} {1}건|{0}, {1} events", &[heading, &count(events)]));
        let mut body = top + 7.0;
        let name = if self.names > 0.0 { [0.0, body - 2.0, self.names - 8.0, body + 14.0] } else { [0.0, body - 3.0, width, body + 13.0] };
        self.pen.label(name, heading, &HEADING, self.pen.palette.ink, NO_DATUM);
        if self.names == 0.0 {
            body += 18.0;
        }

        let mut placed = self.place(kind);
        let mut spans = Vec::new();
        for p in &placed {
            let [left, top, right, bottom] = p.rect();
            spans.push((f64::from(left), f64::from(right), f64::from(bottom - top)));
        }
        for (p, y) in placed.iter_mut().zip(dodge(&spans, 3.0)) {
            p.top = body + y as f32;
        }
        self.free_labels(&mut placed);
        let mut bottom = body + 14.0;
        for p in &placed {
            bottom = bottom.max(p.rect()[3]);
            self.event(p);
        }
        bottom + 7.0
    }

    /// Where the events of a lane are in time and how large; the largest sums bring their label with them.
    fn place(&self, kind: Kind) -> Vec<Placed<'a>> {
        let mut placed: Vec<Placed<'_>> = Vec::new();
        for (ix, event) in self.widget.data.events.iter().enumerate() {
            let Some(when) = event.when.filter(|_| event.kind == kind) else { continue };
            let (from, to) = (self.x(f64::from(when.from)), self.x(f64::from(when.to) + 1.0));
            if to < self.time.x0 as f32 - 1.0 || from > self.time.x1 as f32 + 1.0 {
                continue;
            }
            let radius = radius(dollars(event), self.pen.view);
            let centre = (from + to) / 2.0;
            let (x0, x1) = (centre - radius, centre + radius);
            let mut p = Placed { event, when, datum: ix as u32, x0, x1, from, to, radius, top: 0.0, label: String::new(), label_width: 0.0, left: false };
            if p.is_bar() {
                (p.x0, p.x1) = (from.min(x0), to.max(x1));
            }
            placed.push(p);
        }
        let most = if self.pen.view.width_css < NARROW_BELOW { 1 } else { 3 };
        let mut bound = (f64::INFINITY, 0);
        for _ in 0..most {
            // The next largest after the one before, the earlier of two that are equal.
            let mut next = None;
            let mut found = (0.0, 0);
            for p in placed.iter_mut() {
                let key = (dollars(p.event).unwrap_or(0.0), p.datum);
                if key.0 > found.0 && (key.0 < bound.0 || key.0 == bound.0 && key.1 > bound.1) {
                    found = key;
                    next = Some(p);
                }
            }
            let Some(p) = next else { break };
            bound = found;
            // They must have one: on the left where the picture ends on the right.
            if !self.name(p, false) {
                self.name(p, true);
            }
        }
        placed
    }

    /// Gives a mark its label on one side, if the picture has room there.
    fn name(&self, p: &mut Placed<'_>, left: bool) -> bool {
        let mut label = p.event.label.get(self.pen.view.lang).to_string();
        if p.event.status.disputed {
            label.push('†');
        }
        let width = self.pen.view.metrics.width(&label, SMALL.size_css, SMALL.bold);
        let fits = if left { p.x0 - width - 5.0 >= self.time.x0 as f32 - 8.0 } else { p.x1 + width + 5.0 <= self.time.x1 as f32 + 8.0 };
        if fits {
            (p.label, p.label_width, p.left) = (label, width, left);
        }
        fits
    }

    /// Labels for whoever has free space on the right or else on the left, in order of time.
    fn free_labels(&self, placed: &mut [Placed<'_>]) {
        let mut taken = Vec::new();
        for p in placed.iter() {
            taken.push(p.rect());
        }
        for (ix, p) in placed.iter_mut().enumerate() {
            if !p.label.is_empty() {
                continue;
            }
            for &left in &[false, true] {
                if !self.name(p, left) {
                    continue;
                }
                let rect = p.rect();
                let (from, to) = if left { (rect[0], p.x0) } else { (p.x1, rect[2]) };
                let wanted = [from, p.middle() - 7.5, to, p.middle() + 7.5];
                let apart = |b: &[f32; 4]| b[2] + 2.0 <= from || b[0] >= to + 2.0 || b[3] <= wanted[1] || b[1] >= wanted[3];
                if taken.iter().enumerate().all(|(other, b)| other == ix || apart(b)) {
                    taken.push(wanted);
                    break;
                }
                p.label.clear();
                p.left = false;
            }
        }
    }

    fn event(&mut self, p: &Placed<'_>) {
        let (widget, pen, event) = (self.widget, &mut self.pen, p.event);
        let (lang, palette, status) = (pen.view.lang, pen.palette, event.status);
        let about = widget.about(event);
        let color = Palette::layer(about.map_or(Layer::Context, |a| a.layer));
        let selected = self.held && widget.is_selected(pen.view, event, p.datum);
        let (strength, ink) = if self.held && !selected { (0.35, 0.45) } else { (1.0, 1.0) };
        let (middle, centre) = (p.middle(), p.centre());
        let open = status.planned || status.in_talks;
        let undisclosed = undisclosed(event);
        let sized = undisclosed || dollars(event).is_some();
        if p.is_bar() {
            let rect = |half: f32| [p.from + 0.5, middle - half, p.to - 0.5, middle + half];
            let ends = if p.when.about { pattern::SOFT } else { pattern::SOLID };
            let style = |half, stroke| mark_style(shape::RECT, ends, stroke, half, false);
            if sized {
                pen.mark(rect(1.5), fade(color, 0.55 * strength), 0, style(1.5, 0.0), p.datum);
            } else if open {
                pen.mark(rect(3.0), 0, fade(color, strength), style(3.0, 1.25), p.datum);
            } else {
                pen.mark(rect(3.0), fade(color, 0.75 * strength), 0, style(3.0, 0.0), p.datum);
            }
        }
        if sized || !p.is_bar() {
            let hollow = open || undisclosed;
            let pale = status.cumulative || status.part_of;
            let approx = event.amount.as_ref().or(event.valuation.as_ref()).is_some_and(|m| m.approx);
            let fill = if hollow { palette.ground } else { fade(color, if pale { 0.4 } else { 0.9 } * strength) };
            let (stroke, stroke_css) = if status.disputed { (palette.ink, 1.5) } else { (color, if hollow { 1.5 } else { 0.0 }) };
            let form = if undisclosed { shape::DIAMOND } else { shape::ELLIPSE };
            let soft = if approx && !hollow && p.radius > 6.0 { pattern::SOFT } else { pattern::SOLID };
            let circle = [centre - p.radius, middle - p.radius, centre + p.radius, middle + p.radius];
            pen.mark(circle, fill, fade(stroke, strength), mark_style(form, soft, stroke_css, 0.0, status.disputed), p.datum);
        }
        let around = |air: f32| [p.x0 - air, p.top - air, p.x1 + air, p.top + p.radius * 2.0 + air];
        if selected {
            pen.mark(around(2.5), 0, palette.ink, mark_style(shape::RECT, pattern::SOLID, 2.0, p.radius + 2.5, false), p.datum);
        }
        let width = p.label_width + 3.0;
        let (left, align) = if p.left { (p.x0 - 4.0 - width, Align::End) } else { (p.x1 + 4.0, Align::Start) };
        pen.label([left, middle - 7.5, left + width, middle + 7.5], &p.label, &Font { align, ..SMALL }, fade(palette.ink, ink), p.datum);
        let key = event.label.get(lang).to_string();
        let mut name = key.clone();
        append(&mut name, ", ", date(event, "", lang));
        append(&mut name, ", ", sum(event, lang));
        append(&mut name, ", ", joined(&status_words(&status, lang)));
        let group = pen.picture.groups.len() as u32 - 1;
        let entity = about.map(|a| a.id.clone());
        pen.picture.scene.outline.push(Node { datum: p.datum, rect_css: around(2.0), name, key, entity, group, go: STAY });
    }

    /// Words centred under a place of the axis, within the picture; returns where they begin and end.
    fn centred(&self, words: &str, x: f32, bold: bool) -> (f32, f32) {
        let half = self.pen.view.metrics.width(words, SMALL.size_css, bold) / 2.0 + 1.0;
        let centre = x.min(self.pen.view.width_css - half).max(half);
        (centre - half, centre + half)
    }

    fn axis(&mut self, y: f32) {
        let (view, palette) = (self.pen.view, self.pen.palette);
        let width = view.width_css;
        self.pen.rect([self.names, y, width, y + 1.0], palette.secondary);
        let room = (width / if width < NARROW_BELOW { 52.0 } else { 62.0 }).max(2.0) as usize;
        let mut last_end = f32::MIN;
        let under = self.pen.picture.scene.marks.len();
        for tick in self.time.ticks(room.min(60)) {
            let x = self.x(tick.at());
            if x < self.names || x > width {
                continue;
            }
            let bold = tick.level == Level::Year;
            self.pen.rect([x - 0.5, 0.0, x + 0.5, y], fade(palette.hairline, if bold { 0.9 } else { 0.5 }));
            self.pen.rect([x - 0.5, y, x + 0.5, y + 5.0], palette.secondary);
            let words = text::tick(&tick, view.lang);
            let (left, right) = self.centred(&words, x, bold);
            if left >= last_end + 6.0 {
                let font = Font { bold, align: Align::Middle, ..SMALL };
                self.pen.label([left, y + 8.0, right, y + 23.0], &words, &font, palette.ink, NO_DATUM);
                last_end = right;
            }
        }
        if view.today > self.time.from_day && view.today < self.time.to_day {
            let x = self.x(view.today);
            self.pen.rect([x - 0.5, 0.0, x + 0.5, y], fade(palette.ink, 0.3));
            let words = say(view.lang, "오늘|today");
            let (left, right) = self.centred(words, x, false);
            self.pen.label([left, y + 21.0, right, y + 34.0], words, &Font { align: Align::Middle, ..SMALL }, palette.secondary, NO_DATUM);
        }
        // Grid lines are ground: they go under everything that was drawn before.
        let scene = &mut self.pen.picture.scene;
        scene.under = scene.marks.len() - under;
        scene.marks.rotate_left(under);
    }
}
