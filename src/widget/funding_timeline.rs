//! The funding timeline: dated events on a true time axis, in lanes, the mark's area for the sum of money.

use super::palette::fade;
use super::{Card, Key, Palette, Picture, STAY, Table, View, Widget, cite, cites_cell, documents, say, status_words};
use crate::abi::{Mark, NO_DATUM, mark_style, pattern, shape};
use crate::data::funding::{Event, Funding, Kind};
use crate::data::{Lang, Layer, Precision, Value, When};
use crate::error::{Error, Issue};
use crate::layout::lanes::dodge;
use crate::layout::scale::{Area, Level, Time, area_radius};
use crate::scene::{Align, Label, Node};
use crate::text;

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

/// See the module.
#[derive(Debug, Default)]
pub struct FundingTimelineWidget {
    data: Funding,
}

/// A mark before it has a height: where it is in time, how large, and its words.
struct Placed {
    datum: u32,
    x0: f32,
    x1: f32,
    centre: f32,
    radius: f32,
    label: Option<(String, bool)>,
    top: f32,
    height: f32,
}

impl Widget for FundingTimelineWidget {
    fn read(&mut self, file: &Value<'_>, table: bool) -> Result<Vec<Issue>, Error> {
        let mut data = Funding::default();
        let issues = data.read(file, table)?;
        self.data = data;
        Ok(issues)
    }

    fn picture(&self, view: &View) -> Picture {
        let lang = view.lang;
        let palette = Palette::of(view.dark);
        let (sources, credit) = documents(&self.data.sources, lang);
        let mut picture = Picture { sources, credit, ..Picture::default() };
        picture.scene.ground = palette.ground;
        picture.title = self.data.title.get(lang).to_string();
        picture.scene.size_css = [view.width_css.max(0.0), 0.0];
        if self.data.events.is_empty() || !view.has_room() {
            return picture;
        }
        let narrow = view.width_css < NARROW_BELOW;
        let widest = LANES.iter().map(|&k| view.metrics.width(text::event_kind(k, lang), 12.0, true)).fold(0.0, f32::max);
        let names = if narrow { 0.0 } else { widest + 18.0 };
        let (first, last) = self.span();
        let pad = (last - first).max(30.0) * 0.015;
        let from = if view.from_day.is_finite() { view.from_day } else { first - pad };
        let to = if view.to_day.is_finite() { view.to_day } else { last + pad };
        let (from, to) = if to > from { (from, to) } else { (from, from + 1.0) };
        let time = Time { from_day: from, to_day: to, x0: f64::from(names + 8.0), x1: f64::from(view.width_css - 10.0) };
        let held = view.selects() && self.data.events.iter().enumerate().any(|(ix, e)| self.is_selected(view, e, ix as u32));

        let mut draw = Draw { widget: self, view, palette, picture: &mut picture, time, held };
        let mut top = 2.0;
        let mut lanes = 0;
        for kind in LANES {
            let key = kind_key(kind);
            let count = self.data.events.iter().filter(|e| e.kind == kind).count();
            if count == 0 {
                continue;
            }
            draw.picture.legend.push(Key {
                key: key.to_string(),
                label: text::event_kind(kind, lang).to_string(),
                color: palette.secondary,
                form: "dot".into(),
                count: Some(count),
            });
            if view.hidden.iter().any(|h| h == key) {
                continue;
            }
            top = draw.lane(kind, count, top, names, lanes);
            lanes += 1;
        }
        let bottom = top + 4.0;
        draw.axis(bottom, names);
        let height = (bottom + AXIS).max(0.0);
        picture.scene.size_css = [view.width_css, height];
        link(&mut picture.scene.outline, &self.data.events);

        picture.subline = match lang {
            Lang::Ko => format!(
                "사건 {}건, {}–{}. 원의 넓이 = 금액({} 척도)",
                self.data.events.len(),
                year(first),
                year(last - 1.0),
                if view.linear { "선형" } else { "로그" }
            ),
            Lang::En => format!(
                "{} events, {}–{}. Area of a circle = amount ({} scale)",
                self.data.events.len(),
                year(first),
                year(last - 1.0),
                if view.linear { "linear" } else { "logarithmic" }
            ),
        };
        (picture.title, picture.takeaway) = self.finding(lang);
        picture.howto = say(
            lang,
            "점은 하루가 알려진 사건, 막대는 그 달·분기·해 어딘가에 일어난 사건이다. 빈 마름모는 금액이 공개되지 않았다는 뜻이고, 0이 아니다.",
            "A dot is an event whose day is known; a bar is as long as the month, quarter or year in which it happened. A hollow diamond means that no amount was disclosed, not zero.",
        )
        .to_string();
        picture.notes.push(
            say(
                lang,
                "금액은 출처에 적힌 통화 그대로이며 환산하지 않았다. 누적 금액과 다른 항목에 포함된 금액은 합계에서 뺀다.",
                "Amounts are in the currency that the source prints, never converted. Cumulative amounts and parts of others are left out of sums.",
            )
            .to_string(),
        );
        if !self.data.undated.is_empty() {
            picture.notes.push(match lang {
                Lang::Ko => format!("날짜가 없는 {}건은 표에만 있다.", self.data.undated.len()),
                Lang::En => format!("{} items without a date are in the table only.", self.data.undated.len()),
            });
        }
        self.legend(&mut picture, view, palette);
        picture
    }

    fn card(&self, datum: u32, lang: Lang) -> Option<Card> {
        let event = self.event(datum)?;
        let mut card = Card {
            entity: self.entity(event).map(str::to_string),
            title: event.label.get(lang).to_string(),
            date: event.when.as_ref().map_or_else(|| say(lang, "날짜 미상", "no date given").to_string(), |w| text::when(w, lang)),
            status: status_words(&event.status, lang),
            note: event.note.get(lang).to_string(),
            ..Card::default()
        };
        card.value = match (&event.amount, &event.valuation) {
            (Some(money), _) => text::money(money, lang),
            (None, Some(worth)) => text::money(worth, lang),
            (None, None) if about_money(event.kind) => say(lang, "금액 비공개", "amount undisclosed").to_string(),
            (None, None) => String::new(),
        };
        if let (Some(_), Some(worth)) = (&event.amount, &event.valuation) {
            card.rows.push((say(lang, "기업가치", "Valuation").to_string(), text::money(worth, lang)));
        }
        if let (Some(worth), Some(high)) = (&event.valuation, event.valuation_high) {
            let high = crate::data::funding::Money { value: high, usd: worth.usd.map(|_| high), ..worth.clone() };
            card.rows.push((say(lang, "기업가치 상단", "Valuation, high end").to_string(), text::money(&high, lang)));
        }
        for money in [&event.amount, &event.valuation].into_iter().flatten() {
            if !money.krw_text.is_empty() && money.currency != "KRW" {
                card.rows.push((say(lang, "원화 (출처 표기)", "In won, as printed").to_string(), money.krw_text.clone()));
            }
        }
        card.rows.push((say(lang, "유형", "Type").to_string(), text::event_kind(event.kind, lang).to_string()));
        let names = |list: &[usize]| -> Vec<String> { list.iter().filter_map(|&ix| self.data.parties.get(ix)).map(|p| p.name.get(lang).to_string()).collect() };
        if !event.actors.is_empty() {
            card.rows.push((say(lang, "주체", "Who").to_string(), text::list(&names(&event.actors), lang)));
        }
        if let Some(target) = event.target {
            card.rows.push((say(lang, "대상", "Target").to_string(), text::list(&names(&[target]), lang)));
        }
        card.cites = event.cites.iter().map(|c| cite(c, &self.data.sources, lang)).collect();
        Some(card)
    }

    fn table(&self, lang: Lang) -> Table {
        let heads: [(&str, &str); 8] = [
            ("날짜", "Date"),
            ("사건", "Event"),
            ("유형", "Type"),
            ("대상", "Target"),
            ("금액", "Amount"),
            ("기업가치", "Valuation"),
            ("상태", "Status"),
            ("출처", "Source"),
        ];
        let party = |ix: Option<usize>| ix.and_then(|ix| self.data.parties.get(ix)).map_or(String::new(), |p| p.name.get(lang).to_string());
        let rows = self.data.events.iter().chain(&self.data.undated).map(|e| {
            let amount = match &e.amount {
                Some(money) => text::money(money, lang),
                None if about_money(e.kind) && e.valuation.is_none() => say(lang, "비공개", "undisclosed").to_string(),
                None => String::new(),
            };
            vec![
                e.when.as_ref().map_or_else(|| say(lang, "미상", "not given").to_string(), |w| text::when(w, lang)),
                e.label.get(lang).to_string(),
                text::event_kind(e.kind, lang).to_string(),
                party(e.target.or_else(|| e.actors.first().copied())),
                amount,
                e.valuation.as_ref().map_or(String::new(), |m| text::money(m, lang)),
                status_words(&e.status, lang).join(", "),
                cites_cell(&e.cites, &self.data.sources, lang),
            ]
        });
        Table {
            caption: self.data.title.get(lang).to_string(),
            head: heads.iter().map(|(ko, en)| say(lang, ko, en).to_string()).collect(),
            rows: rows.collect(),
        }
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
    fn about(&self, event: &Event) -> Option<&crate::data::Party> {
        event.target.or_else(|| event.actors.first().copied()).and_then(|ix| self.data.parties.get(ix))
    }

    fn entity(&self, event: &Event) -> Option<&str> {
        self.about(event).map(|p| p.id.as_str())
    }

    /// Selected by number, or because the organisation acts in it or is its target.
    fn is_selected(&self, view: &View, event: &Event, datum: u32) -> bool {
        view.is_selected(None, datum)
            || event.actors.iter().copied().chain(event.target).filter_map(|ix| self.data.parties.get(ix)).any(|p| view.is_selected(Some(&p.id), NO_DATUM))
    }

    /// First and last day of all events.
    fn span(&self) -> (f64, f64) {
        let whens = || self.data.events.iter().filter_map(|e| e.when);
        let first = whens().map(|w| w.from).min().unwrap_or(0);
        let last = whens().map(|w| w.to).max().unwrap_or(0);
        (f64::from(first), f64::from(last) + 1.0)
    }

    /// The headline, which names the largest sum that was not merely planned, and how much is known as a sentence.
    fn finding(&self, lang: Lang) -> (String, String) {
        let title = self.data.title.get(lang);
        let known = self.data.events.iter().filter(|e| e.amount.is_some()).count();
        let sentence = match lang {
            Lang::Ko => format!("사건 {}건 가운데 {known}건의 금액이 알려져 있다.", self.data.events.len()),
            Lang::En => format!("The amount is known for {known} of {} events.", self.data.events.len()),
        };
        let countable = |e: &&Event| !(e.status.cumulative || e.status.part_of || e.status.planned || e.status.in_talks);
        let sums = self.data.events.iter().filter(countable).filter_map(|e| Some((e, e.amount.as_ref()?, e.amount.as_ref()?.usd?)));
        let Some((event, money, _)) = sums.max_by(|a, b| a.2.total_cmp(&b.2)) else {
            return (title.to_string(), sentence);
        };
        let (label, sum, date) = (event.label.get(lang), text::money(money, lang), event.when.as_ref().map_or(String::new(), |w| text::when(w, lang)));
        let headline = match lang {
            Lang::Ko => format!("{title}: 가장 큰 금액은 {date} ‘{label}’ {sum}"),
            Lang::En => format!("{title}: the largest amount is {sum} ({label}, {date})"),
        };
        (headline, sentence)
    }

    fn legend(&self, picture: &mut Picture, view: &View, palette: Palette) {
        let lang = view.lang;
        let mut layers: Vec<Layer> = self.data.events.iter().filter_map(|e| self.about(e)).map(|p| p.layer).collect();
        layers.sort();
        layers.dedup();
        for layer in layers {
            picture.legend.push(Key {
                key: String::new(),
                label: text::layer(layer, lang).to_string(),
                color: Palette::layer(layer),
                form: "swatch".into(),
                count: None,
            });
        }
        for usd in [1e7, 1e9, 1e11] {
            let radius = radius(Some(usd), view);
            picture.legend.push(Key {
                key: String::new(),
                label: text::usd(usd, lang),
                color: palette.secondary,
                form: format!("circle:{}", (radius * 10.0).round() / 10.0),
                count: None,
            });
        }
        let mut add = |when: bool, ko, en, form: &str| {
            if when {
                picture.legend.push(Key { key: String::new(), label: say(lang, ko, en).to_string(), color: palette.secondary, form: form.into(), count: None });
            }
        };
        let any = |test: fn(&Event) -> bool| self.data.events.iter().any(test);
        add(any(undisclosed), "금액 비공개", "Amount undisclosed", "diamond");
        add(any(|e| e.status.planned || e.status.in_talks), "계획·협의 중", "Planned or in talks", "ring");
        add(any(|e| e.status.disputed), "† 출처가 엇갈림", "† Disputed", "dashed");
        add(any(|e| e.status.cumulative || e.status.part_of), "누적·일부 금액(흐리게)", "Cumulative or part of another (pale)", "soft");
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

fn year(day: f64) -> i32 {
    crate::data::calendar::civil_from_days(day as i32).0
}

/// ←→ lead through time, ↑↓ to the nearest event of the lane above or below.
fn link(outline: &mut [Node], events: &[Event]) {
    let start = |n: &Node| events.get(n.datum as usize).and_then(|e| e.when).map_or(0, |w| w.from);
    outline.sort_by_key(|n| (n.group, n.datum));
    let places: Vec<(u32, u32, i32)> = outline.iter().map(|n| (n.group, n.datum, start(n))).collect();
    for node in outline.iter_mut() {
        let own = start(node);
        let at = |datum: Option<u32>| datum.filter(|d| places.iter().any(|p| p.1 == *d)).unwrap_or(NO_DATUM);
        let before = places.iter().map(|p| p.1).filter(|d| *d < node.datum).max();
        let after = places.iter().map(|p| p.1).filter(|d| *d > node.datum).min();
        let nearest = |group: Option<u32>| {
            let group = group?;
            places.iter().filter(|p| p.0 == group).min_by_key(|p| ((p.2 - own).unsigned_abs(), p.1)).map(|p| p.1)
        };
        node.go = [at(before), at(after), at(nearest(node.group.checked_sub(1))), at(nearest(node.group.checked_add(1)))];
    }
}

struct Draw<'a> {
    widget: &'a FundingTimelineWidget,
    view: &'a View,
    palette: Palette,
    picture: &'a mut Picture,
    time: Time,
    held: bool,
}

impl Draw<'_> {
    /// Draws one lane and returns where the next one starts.
    fn lane(&mut self, kind: Kind, count: usize, top: f32, names: f32, lane: usize) -> f32 {
        let lang = self.view.lang;
        let width = self.view.width_css;
        let group = self.picture.groups.len() as u32;
        let heading = text::event_kind(kind, lang).to_string();
        self.picture.groups.push(match lang {
            Lang::Ko => format!("{heading} {count}건"),
            Lang::En => format!("{heading}, {count} events"),
        });
        let narrow = names == 0.0;
        if lane > 0 {
            self.rect([0.0, top, width, top + 1.0], self.palette.hairline, NO_DATUM);
        }
        let mut body = top + 7.0;
        let name_rect = if narrow { [0.0, body - 3.0, width, body + 13.0] } else { [0.0, body - 2.0, names - 8.0, body + 14.0] };
        self.text(name_rect, heading, 12.0, true, Align::Start, self.palette.ink, NO_DATUM);
        if narrow {
            body += 18.0;
        }

        let mut placed = self.place(kind);
        let spans: Vec<(f64, f64, f64)> =
            placed.iter().map(|p| (f64::from(p.left(&self.view.metrics)), f64::from(p.right(&self.view.metrics)), f64::from(p.height))).collect();
        for (p, y) in placed.iter_mut().zip(dodge(&spans, 3.0)) {
            p.top = body + y as f32;
        }
        self.free_labels(&mut placed);
        let bottom = placed.iter().map(|p| p.top + p.height).fold(body + 14.0, f32::max) + 7.0;
        for p in &placed {
            self.event(p, group);
        }
        bottom
    }

    /// Where the events of a lane are in time and how large; the largest sums bring their label with them.
    fn place(&self, kind: Kind) -> Vec<Placed> {
        let widget = self.widget;
        let mut placed: Vec<Placed> = Vec::new();
        for (ix, event) in widget.data.events.iter().enumerate().filter(|(_, e)| e.kind == kind) {
            let Some(when) = event.when else { continue };
            let (x0, x1) = (self.time.x(f64::from(when.from)) as f32, self.time.x(f64::from(when.to) + 1.0) as f32);
            if x1 < self.time.x0 as f32 - 1.0 || x0 > self.time.x1 as f32 + 1.0 {
                continue;
            }
            let centre = (x0 + x1) / 2.0;
            let radius = radius(dollars(event), self.view);
            let bar = is_bar(when, x1 - x0, radius);
            let (left, right) = if bar { (x0, x1) } else { (centre, centre) };
            placed.push(Placed {
                datum: ix as u32,
                x0: left.min(centre - radius),
                x1: right.max(centre + radius),
                centre,
                radius,
                label: None,
                top: 0.0,
                height: radius * 2.0,
            });
        }
        let mut order: Vec<usize> = (0..placed.len()).collect();
        let weight = |p: &Placed| widget.event(p.datum).and_then(dollars).unwrap_or(0.0);
        order.sort_by(|&a, &b| match (placed.get(a), placed.get(b)) {
            (Some(p), Some(q)) => weight(q).total_cmp(&weight(p)).then(p.datum.cmp(&q.datum)),
            _ => a.cmp(&b),
        });
        let most = if self.view.width_css < NARROW_BELOW { 1 } else { 3 };
        for &ix in order.iter().take(most) {
            if let Some(p) = placed.get_mut(ix)
                && weight(p) > 0.0
            {
                p.label = self.words(p, true);
            }
        }
        placed
    }

    /// A label beside the mark: on the right, or on the left where the picture ends.
    fn words(&self, p: &Placed, must: bool) -> Option<(String, bool)> {
        let event = self.widget.event(p.datum)?;
        let mut words = event.label.get(self.view.lang).to_string();
        if event.status.disputed {
            words.push('†');
        }
        let width = self.view.metrics.width(&words, 11.0, false) + 5.0;
        let end = self.time.x1 as f32 + 8.0;
        if p.x1 + width <= end {
            return Some((words, false));
        }
        (must && p.x0 - width >= self.time.x0 as f32 - 8.0).then_some((words, true))
    }

    /// Labels for whoever has free space on the right, in order of time.
    fn free_labels(&self, placed: &mut [Placed]) {
        let metrics = &self.view.metrics;
        let boxes: Vec<[f32; 4]> = placed.iter().map(|p| [p.left(metrics), p.top, p.right(metrics), p.top + p.height]).collect();
        let mut taken = boxes.clone();
        for (ix, p) in placed.iter_mut().enumerate() {
            if p.label.is_some() {
                continue;
            }
            let Some((words, false)) = self.words(p, false) else { continue };
            let middle = p.top + p.height / 2.0;
            let wanted = [p.x1, middle - 7.5, p.x1 + 7.0 + metrics.width(&words, 11.0, false), middle + 7.5];
            let free = taken
                .iter()
                .enumerate()
                .all(|(other, b)| other == ix || b[2] + 2.0 <= wanted[0] || b[0] >= wanted[2] || b[3] <= wanted[1] || b[1] >= wanted[3]);
            // A label taller than its mark must not reach into the lane's edge either.
            if free {
                p.label = Some((words, false));
                taken.push(wanted);
            }
        }
    }

    fn event(&mut self, p: &Placed, group: u32) {
        let Some(event) = self.widget.event(p.datum) else { return };
        let Some(when) = event.when else { return };
        let lang = self.view.lang;
        let palette = self.palette;
        let color = Palette::layer(self.widget.about(event).map_or(Layer::Context, |a| a.layer));
        let selected = self.widget.is_selected(self.view, event, p.datum);
        let strength = if self.held && !selected { 0.35 } else { 1.0 };
        let middle = p.top + p.height / 2.0;
        let (x0, x1) = (self.time.x(f64::from(when.from)) as f32, self.time.x(f64::from(when.to) + 1.0) as f32);
        let open = event.status.planned || event.status.in_talks;
        let pale = event.status.cumulative || event.status.part_of;
        if is_bar(when, x1 - x0, p.radius) {
            let half = if dollars(event).is_some() || undisclosed(event) { 1.5 } else { 3.0 };
            let bar = fade(color, if half < 2.0 { 0.55 } else { 0.75 } * strength);
            let (fill, stroke, stroke_css) = if open && half > 2.0 { (0, fade(color, strength), 1.25) } else { (bar, 0, 0.0) };
            let ends = if when.about { pattern::SOFT } else { pattern::SOLID };
            self.mark([x0 + 0.5, middle - half, x1 - 0.5, middle + half], fill, stroke, mark_style(shape::RECT, ends, stroke_css, half, false), p.datum);
        }
        let has_dot = dollars(event).is_some() || undisclosed(event) || !is_bar(when, x1 - x0, p.radius);
        let circle = [p.centre - p.radius, middle - p.radius, p.centre + p.radius, middle + p.radius];
        if has_dot {
            let hollow = open || undisclosed(event);
            let form = if undisclosed(event) { shape::DIAMOND } else { shape::ELLIPSE };
            let approx = event.amount.as_ref().or(event.valuation.as_ref()).is_some_and(|m| m.approx);
            let fill = if hollow { palette.ground } else { fade(color, if pale { 0.4 } else { 0.9 } * strength) };
            let (stroke, stroke_css) = if event.status.disputed { (palette.ink, 1.5) } else { (color, if hollow { 1.5 } else { 0.0 }) };
            let fill_pattern = if approx && !hollow && p.radius > 6.0 { pattern::SOFT } else { pattern::SOLID };
            self.mark(circle, fill, fade(stroke, strength), mark_style(form, fill_pattern, stroke_css, 0.0, event.status.disputed), p.datum);
        }
        if selected && self.held {
            let ring = [p.x0 - 2.5, p.top.min(circle[1]) - 2.5, p.x1 + 2.5, (p.top + p.height).max(circle[3]) + 2.5];
            self.mark(ring, 0, palette.ink, mark_style(shape::RECT, pattern::SOLID, 2.0, p.radius + 2.5, false), p.datum);
        }
        if let Some((words, left)) = &p.label {
            let width = self.view.metrics.width(words, 11.0, false) + 3.0;
            let rect =
                if *left { [p.x0 - 4.0 - width, middle - 7.5, p.x0 - 4.0, middle + 7.5] } else { [p.x1 + 4.0, middle - 7.5, p.x1 + 4.0 + width, middle + 7.5] };
            let align = if *left { Align::End } else { Align::Start };
            self.text(rect, words.clone(), 11.0, false, align, fade(palette.ink, if strength < 1.0 { 0.45 } else { 1.0 }), p.datum);
        }
        let card = self.widget.card(p.datum, lang).unwrap_or_default();
        let mut name = card.title.clone();
        for extra in [&card.date, &card.value, &card.status.join(", ")] {
            if !extra.is_empty() {
                name.push_str(", ");
                name.push_str(extra);
            }
        }
        let rect_css = [p.x0 - 2.0, p.top - 2.0, p.x1 + 2.0, p.top + p.height + 2.0];
        self.picture.scene.outline.push(Node { datum: p.datum, rect_css, name, key: card.title, entity: card.entity, group, go: STAY });
    }

    fn axis(&mut self, y: f32, names: f32) {
        let width = self.view.width_css;
        self.rect([names, y, width, y + 1.0], self.palette.secondary, NO_DATUM);
        let room = (width / if self.view.width_css < NARROW_BELOW { 52.0 } else { 62.0 }).max(2.0) as usize;
        let mut last_end = f32::MIN;
        let under = self.picture.scene.marks.len();
        for tick in self.time.ticks(room.min(60)) {
            let x = self.time.x(f64::from(tick.day)) as f32;
            if x < names || x > width {
                continue;
            }
            let color = fade(self.palette.hairline, if tick.level == Level::Year { 0.9 } else { 0.5 });
            self.rect([x - 0.5, 0.0, x + 0.5, y], color, NO_DATUM);
            self.rect([x - 0.5, y, x + 0.5, y + 5.0], self.palette.secondary, NO_DATUM);
            let words = text::tick(tick.day, tick.level, self.view.lang);
            let bold = tick.level == Level::Year;
            let half = self.view.metrics.width(&words, 11.0, bold) / 2.0 + 1.0;
            let centre = x.clamp(half, (width - half).max(half));
            if centre - half >= last_end + 6.0 {
                self.text([centre - half, y + 8.0, centre + half, y + 23.0], words, 11.0, bold, Align::Middle, self.palette.ink, NO_DATUM);
                last_end = centre + half;
            }
        }
        if self.view.today.is_finite() && self.view.today > self.time.from_day && self.view.today < self.time.to_day {
            let x = self.time.x(self.view.today) as f32;
            self.rect([x - 0.5, 0.0, x + 0.5, y], fade(self.palette.ink, 0.3), NO_DATUM);
            let words = say(self.view.lang, "오늘", "today").to_string();
            let half = self.view.metrics.width(&words, 11.0, false) / 2.0 + 1.0;
            let centre = x.clamp(half, (width - half).max(half));
            self.text([centre - half, y + 21.0, centre + half, y + 34.0], words, 11.0, false, Align::Middle, self.palette.secondary, NO_DATUM);
        }
        // Grid lines are ground: they go under everything that was drawn before.
        self.picture.scene.marks.rotate_left(under);
        let grid = self.picture.scene.marks.len() - under;
        self.picture.scene.under = grid;
    }

    fn mark(&mut self, rect_css: [f32; 4], fill: u32, stroke: u32, style: u32, datum: u32) {
        self.picture.scene.marks.push(Mark { rect_css, fill, stroke, style, datum });
    }

    fn rect(&mut self, rect_css: [f32; 4], fill: u32, datum: u32) {
        self.mark(rect_css, fill, 0, mark_style(shape::RECT, pattern::SOLID, 0.0, 0.0, false), datum);
    }

    #[allow(clippy::too_many_arguments, reason = "a label is its box and its type; a struct literal here would only repeat the names")]
    fn text(&mut self, rect_css: [f32; 4], text: String, size_css: f32, bold: bool, align: Align, ink: u32, datum: u32) {
        self.picture.scene.labels.push(Label { rect_css, text, size_css, bold, italic: false, align, ink, lines: 1, datum });
    }
}

impl Placed {
    /// The left end of the mark with its label.
    fn left(&self, metrics: &text::Metrics) -> f32 {
        match &self.label {
            Some((words, true)) => self.x0 - 7.0 - metrics.width(words, 11.0, false),
            _ => self.x0,
        }
    }

    /// The right end of the mark with its label.
    fn right(&self, metrics: &text::Metrics) -> f32 {
        match &self.label {
            Some((words, false)) => self.x1 + 7.0 + metrics.width(words, 11.0, false),
            _ => self.x1,
        }
    }
}

/// A period is drawn as long as its doubt; where that is shorter than a dot, the dot says it.
fn is_bar(when: When, width: f32, radius: f32) -> bool {
    when.precision != Precision::Day && width > radius.max(DOT) * 2.0
}
