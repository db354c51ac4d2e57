//! A table of events, as a file of a funding timeline.

use super::dates;
use super::headings::listed;
use super::totals::is_named_total;
use super::write::{Fields, Number, Writer, add_bound, push_text};
use crate::data::value::Value;
use crate::error::IssueKind;

/// What is copied as it stands.
const PLAIN: &[&str] = &[
    "id",
    "target",
    "label",
    "note",
    "status",
    "source",
    "label_ko",
    "label_en",
    "note_ko",
    "note_en",
    "approx",
    "amount_undisclosed",
    "bound",
    "cumulative",
    "disputed",
    "planned",
    "peripheral",
];

/// Kinds of events, and the words that people have for them.
pub static EVENTS: [(&str, &str); 9] = [
    (
        "round",
        "round, funding, funding round, raise, seed, pre seed, preseed, angel, venture, venture round, series a, series b, series c, series d, series e, series f, series g, series h, \
         pre a, pre series a, bridge, debt financing, equity crowdfunding, convertible note, private equity, post ipo equity, undisclosed round, seed round, angel round, pre seed round, series unknown, venture series unknown, early stage vc, later stage vc, late stage vc, \
         growth equity, growth round, grant, accelerator/incubator, series a round, series b round, series c round, series d round, series e round, series f round, \
         라운드, 투자 유치, 자금 조달, 유치, 시드, 프리시드, 엔젤, 프리A, 프리 시리즈A, 시리즈A, 시리즈B, 시리즈C, 시리즈D, 시리즈E, 시리즈F, 시리즈G, 시리즈H, 시드 라운드, 시드 투자, 브릿지, 브리지, 프리IPO, \
         ラウンド, 資金調達, シード, シリーズA, シリーズB, シリーズC, シリーズD, シリーズE",
    ),
    (
        "investment",
        "investment, invest, equity, stake, strategic investment, corporate round, 투자, 지분 투자, 전략적 투자, 지분 인수, 출자, 投資, 出資",
    ),
    (
        "valuation",
        "valuation, 기업가치, 기업 가치, 몸값, 評価額, 企業価値",
    ),
    (
        "acquisition",
        "acquisition, acquired, m&a, buyout, takeover, 인수, 인수합병, 買収",
    ),
    (
        "founding",
        "founding, founded, foundation, established, 설립, 창업, 창립, 設立, 創業",
    ),
    (
        "government_program",
        "government program, government programme, public program, 정부사업, 국책 사업, 정부 지원, 政府事業",
    ),
    (
        "infrastructure",
        "infrastructure, data center, data centre, 인프라, 데이터센터, インフラ, データセンター",
    ),
    (
        "product_launch",
        "product launch, launch, release, 출시, 신제품, 発売",
    ),
    (
        "policy",
        "policy, regulation, law, 정책, 규제, 법, 법안, 법률, 제도, 政策, 規制, 法律",
    ),
];

/// Headings of those who buy companies, and of companies that are bought.
const ACQUISITIONS: &str = "acquirer, acquirer name, acquirer names, acquiring company, acquiree, acquiree name, acquired, acquired company, acquired company name, \
     acquired organization name, 인수자, 인수 기업, 인수 대상, 買い手";

pub(super) fn file<'a>(writer: &mut Writer<'_, 'a>) -> Value<'a> {
    let mut title = writer.raw.title;
    let (mut events, mut eras) = (Vec::new(), Vec::new());
    let acquires = ["actors", "target"].iter().any(|field| {
        let column = writer.find(field).and_then(|at| writer.column(at));
        column.is_some_and(|column| listed(ACQUISITIONS, &column.name))
    });
    for row in 0..writer.raw.rows.len() {
        let mut fields = writer.row(row, PLAIN);
        let kind = writer.text(row, "type");
        // Sheets of TimelineJS have a row that is the title of all, and rows that are backdrops.
        if kind.eq_ignore_ascii_case("title") {
            title = writer.text(row, "label");
            continue;
        }
        if is_total(writer, row) {
            continue;
        }
        let dated = date(writer, row, &mut fields);
        if kind.eq_ignore_ascii_case("era") {
            if dated {
                eras.push(Value::Row(fields));
            }
            continue;
        }
        match kind {
            // Headings of who buys and who is bought say what happened.
            "" if acquires => push_text(&mut fields, "type", "acquisition"),
            kind => add_kind(&mut fields, kind),
        }
        let actors = writer.text(row, "actors");
        if !actors.is_empty() {
            fields.push(("actors", Value::List(names(actors))));
        }
        add_money(writer, row, &mut fields);
        events.push(Value::Row(fields));
    }
    let mut file = writer.made("funding-timeline", title, "events", events);
    if let Value::Row(fields) = &mut file
        && !eras.is_empty()
    {
        fields.push(("eras", Value::List(eras)));
    }
    file
}

/// Whether a row is the sum of the others and no event, which is noted.
fn is_total(writer: &mut Writer<'_, '_>, row: usize) -> bool {
    let named = ["target", "label", "actors", "date", "year"]
        .into_iter()
        .find(|field| is_named_total(writer.text(row, field)));
    // What is dated happened, whatever it is called.
    let dated = |field| {
        let text = writer.text(row, field);
        !matches!(
            dates::date(text, None),
            dates::Reading::Unknown | dates::Reading::NoDate
        )
    };
    let Some(field) = named.filter(|_| !dated("date") && !dated("year")) else {
        return false;
    };
    let text = writer.text(row, field);
    writer.note(row, field, text, IssueKind::TotalRow);
    true
}

/// The kind of an event where its word is known; any other word is kept as it stands, for the
/// reader of files to tell. A round that is named, `Series B`, keeps its name as a note.
fn add_kind<'a>(fields: &mut Fields<'a>, word: &'a str) {
    if word.is_empty() {
        return;
    }
    let known = EVENTS
        .iter()
        .find(|(kind, words)| *kind == word || listed(words, word));
    match known {
        Some((kind, _)) => {
            push_text(fields, "type", kind);
            let general = [
                "round",
                "funding",
                "라운드",
                "투자",
                "인수",
                "정책",
                "설립",
                "출시",
            ];
            let says_more = !general.iter().any(|plain| plain.eq_ignore_ascii_case(word));
            if *kind == "round" && says_more && word.chars().count() > 1 && !has(fields, "note") {
                push_text(fields, "note", word);
            }
        }
        None => push_text(fields, "type", word),
    }
}

fn has(fields: &Fields<'_>, key: &str) -> bool {
    fields.iter().any(|(name, _)| name.starts_with(key))
}

/// Names in one cell.
fn names(cell: &str) -> Vec<Value<'_>> {
    let joint = if cell.contains([';', '·', '、', '\n', '|']) {
        &[';', '·', '、', '\n', '|'][..]
    } else {
        &[','][..]
    };
    cell.split(joint)
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(Value::Text)
        .collect()
}

/// The date of an event, and its end; whether there is one.
fn date<'a>(writer: &mut Writer<'_, 'a>, row: usize, fields: &mut Fields<'a>) -> bool {
    let of_parts = writer.find("date").is_none() || writer.find("month").is_some();
    let year = if writer.find("year").is_some() {
        "year"
    } else {
        "date"
    };
    let first = if of_parts {
        parts(writer, row, [year, "month", "day"], "date")
    } else {
        writer.date(row, "date")
    };
    let last = if writer.find("end_year").is_some() {
        parts(
            writer,
            row,
            ["end_year", "end_month", "end_day"],
            "date_end",
        )
    } else if of_parts && writer.find("end_month").is_some() {
        parts(
            writer,
            row,
            ["date_end", "end_month", "end_day"],
            "date_end",
        )
    } else {
        writer.date(row, "date_end")
    };
    let Some((date, own_end)) = first else {
        return false;
    };
    push_text(fields, "date", date);
    let end = last.map_or(own_end, |(end, own)| if own.is_empty() { end } else { own });
    if !end.is_empty() {
        if end.len() >= 4
            && date.len() >= 4
            && !date.starts_with('-')
            && end < date.get(..end.len()).unwrap_or(date)
        {
            writer.note(row, "date_end", end, IssueKind::EndBeforeStart);
        } else {
            push_text(fields, "date_end", end);
        }
    }
    true
}

/// A date of three columns.
fn parts<'a>(
    writer: &mut Writer<'_, 'a>,
    row: usize,
    columns: [&str; 3],
    field: &'static str,
) -> Option<(&'a str, &'a str)> {
    let [year, month, day] = columns.map(|column| writer.text(row, column));
    if year.is_empty() && month.is_empty() && day.is_empty() {
        return None;
    }
    let reading = dates::parts(year, month, day);
    let mut text = String::new();
    for part in [year, month, day]
        .into_iter()
        .filter(|part| !part.is_empty())
    {
        if !text.is_empty() {
            text.push('-');
        }
        text.push_str(part);
    }
    writer.read_date(row, field, &text, reading)
}

/// What was paid, and what the target was worth.
fn add_money<'a>(writer: &mut Writer<'_, 'a>, row: usize, fields: &mut Fields<'a>) {
    let currency = writer.currency(row);
    for (field, stated, to) in [
        ("amount", "", "amount"),
        ("amount_usd", "USD", "amount"),
        ("amount_krw", "KRW", "amount"),
        ("valuation", "", "valuation"),
        ("valuation_usd", "USD", "valuation"),
    ] {
        let Some(at) = writer.find(field) else {
            continue;
        };
        if fields.iter().any(|(name, _)| *name == to) {
            continue;
        }
        match writer.number(row, at, field) {
            Number::Known(sum) => {
                let currency =
                    sum.unit
                        .currency
                        .unwrap_or(if stated.is_empty() { currency } else { stated });
                if sum.unit.percent || !sum.unit.name.is_empty() {
                    let text = writer.raw.cell(row, at).text;
                    writer.note(row, field, text, IssueKind::OtherUnit);
                    continue;
                }
                if currency.is_empty() {
                    if to == "amount" {
                        add_bound(fields, &sum);
                    }
                    fields.push((to, sum.value));
                    continue;
                }
                let mut money = Vec::new();
                add_bound(&mut money, &sum);
                // The author's own words for it stand in columns of their own.
                if to == "amount" {
                    for (name, value) in fields.iter() {
                        if matches!(*name, "approx" | "bound") {
                            money.push((name, value.clone()));
                        }
                    }
                }
                money.push(("value", sum.value));
                money.push(("currency", Value::Text(currency)));
                fields.push((to, Value::Row(money)));
            }
            Number::Undisclosed if to == "amount" => {
                fields.push(("amount_undisclosed", Value::Bool(true)));
            }
            Number::Undisclosed | Number::None | Number::Unreadable(_) => {}
        }
    }
}
