//! Tables as people write them, and what is understood of each: kind, rows with units, and what is
//! not used. Cases are those that editors brought, or that other libraries were reported for: they
//! stand in `fixtures/tables.txt`, each a name, the table, and behind `->` what is understood.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ai_atlas::data::Value;
use ai_atlas::data::input::{Ask, Format, Hint, Input};
use ai_atlas::data::market_share::MarketShare;
use ai_atlas::error::{Issue, IssueKind};
use proptest::prelude::*;

fn decode(label: &str, bytes: &[u8]) -> String {
    encoding_rs::Encoding::for_label(label.as_bytes())
        .unwrap()
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

/// What is understood of a file: the kind, a line for each row, and one for each issue.
fn said(bytes: &[u8], name: &str, ask: &Ask<'_>) -> String {
    let input = Input::open(
        bytes,
        Hint {
            name,
            media_type: "",
        },
        &decode,
    );
    let mut out = String::new();
    let read = input.and_then(|input| {
        input.read(ask, |kind, file| {
            out = summary(kind, file);
            Ok(Vec::new())
        })
    });
    match read {
        Err(error) => format!("{error}"),
        Ok(issues) => {
            for issue in issues {
                let found = issue.found.replace('\n', " / ");
                out.push_str(&format!(
                    "! {} {}: {:?} {found}\n",
                    issue.place, issue.field, issue.kind
                ));
            }
            out.trim_end().to_string()
        }
    }
}

fn summary(kind: &str, file: &Value<'_>) -> String {
    let mut out = kind.to_string();
    if let Some(title) = file.get("title").spelling() {
        out.push_str(&format!(" “{title}”"));
    }
    out.push('\n');
    let tables = file.get("tables").list();
    let lists = tables
        .iter()
        .chain(std::iter::once(file))
        .collect::<Vec<_>>();
    for list in lists {
        let head: Vec<&str> = ["period", "kind", "unit", "metric"]
            .iter()
            .filter_map(|key| list.get(key).spelling())
            .collect();
        if !std::ptr::eq(list, file) {
            out.push_str(&format!("[{}]\n", head.join(" ")));
        }
        for key in ["items", "events", "eras", "links", "entities"] {
            for row in list.get(key).list() {
                out.push_str(&format!("{}\n", words(row)));
            }
        }
    }
    out
}

fn words(value: &Value<'_>) -> String {
    match value {
        Value::Row(fields) => fields
            .iter()
            .filter(|(key, _)| *key != "line")
            .map(|(key, value)| format!("{key}={}", words(value)))
            .collect::<Vec<_>>()
            .join(" "),
        Value::List(list) => format!(
            "({})",
            list.iter().map(words).collect::<Vec<_>>().join(", ")
        ),
        Value::Bool(yes) => yes.to_string(),
        Value::Null => "null".to_string(),
        value => value.spelling().unwrap_or_default().to_string(),
    }
}

#[test]
fn a_table_is_understood_as_its_case_says() {
    for cases in [
        include_str!("fixtures/tables.txt"),
        include_str!("fixtures/tables-newsroom.txt"),
        include_str!("fixtures/tables-exports.txt"),
    ] {
        assert!(cases.matches("\n== ").count() > 80);
        for case in cases.strip_prefix("== ").unwrap().split("\n== ") {
            let (name, rest) = case.split_once('\n').unwrap();
            let (table, wanted) = rest.split_once("\n->\n").unwrap();
            assert_eq!(
                said(table.as_bytes(), "", &Ask::default()),
                wanted.trim_end_matches('\n'),
                "{name}"
            );
        }
    }
}

/// A page's own table: cells of a row between `|`, `#` before headings, `<2` behind what spans two
/// columns; rows of the head, of a body or of the foot by the sign in front.
fn page(rows: &[&str]) -> String {
    let cell = |text: &str| {
        let header = text.starts_with('#');
        let (text, wide) = text.split_once('<').unwrap_or((text, "1"));
        let text = text.trim_start_matches('#');
        format!(r#"{{"text":"{text}","colspan":{wide},"header":{header}}}"#)
    };
    let row = |row: &&str| {
        let (part, cells) = row.split_once(' ').unwrap();
        let cells: Vec<String> = cells.split('|').map(cell).collect();
        format!(
            r#"{{"part":"{part}","group":1,"cells":[{}]}}"#,
            cells.join(",")
        )
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!(r#"{{"caption":"","rows":[{}]}}"#, rows.join(","))
}

#[test]
fn a_table_of_the_page_keeps_groups_years_and_notes_apart() {
    let read = |rows: &[&str]| {
        let (text, mut out) = (page(rows), String::new());
        let issues = Input::new(&text, Format::Cells)
            .read(&Ask::default(), |kind, file| {
                out = summary(kind, file);
                Ok(Vec::new())
            })
            .unwrap();
        let told = |issue: &Issue| format!("! {} {:?}", issue.place, issue.kind);
        let told: Vec<String> = issues.iter().map(told).collect();
        out + &told.join("\n")
    };
    assert_eq!(
        read(&[
            "thead #업체|#매출(억원)",
            "tbody #반도체<2",
            "tbody 메모리|100",
            "tbody 비메모리|50",
            "tbody #로봇<2",
            "tbody 산업용|30",
            "tbody 출처: 자체 조사<2",
            "tfoot 잠정<2",
        ]),
        "market-share\n[parts KRW 매출]\n\
         group=반도체 label=메모리 value=100e8\ngroup=반도체 label=비메모리 value=50e8\n\
         group=로봇 label=산업용 value=30e8\n! line 7 TableNote\n! line 8 TableNote"
    );
    assert_eq!(
        read(&[
            "thead #업체|#2023<2|#2024<2",
            "thead #|#매출|#비중(%)|#매출|#비중(%)",
            "tbody 가|10|40|20|50",
            "tbody 나|15|60|20|50",
        ]),
        "market-share\n[2024 parts 매출]\nlabel=가 value=20\nlabel=나 value=20\n\
         [2023 parts 매출]\nlabel=가 value=10\nlabel=나 value=15\n\
         ! 2023 비중(%) NearColumn\n! 2024 비중(%) NearColumn"
    );
    // Without headings the first row is a row.
    assert_eq!(
        read(&["tbody #A|40", "tbody #B|60"]),
        "market-share\n[parts]\nlabel=A value=40\nlabel=B value=60\n"
    );
}

#[test]
fn an_author_says_what_columns_mean_and_what_numbers_count() {
    let columns = Ask::columns("누구=label; 얼마=value; 참고=");
    let ask = Ask {
        kind: "market-share",
        columns: &columns,
        unit: "억원",
    };
    assert_eq!(
        said("누구,얼마,참고\n가,5,x\n나,6,y\n".as_bytes(), "", &ask),
        "market-share\n[parts KRW 얼마]\nlabel=가 value=5e8\nlabel=나 value=6e8"
    );
    let other = Ask {
        kind: "weather",
        ..Ask::default()
    };
    assert_eq!(
        said(b"label,value\nA,1\n", "", &other),
        "wrong-kind: weather"
    );
}

/// What people write in a cell of numbers, and of what some is no number.
const CELLS: [&str; 12] = [
    "5",
    "1,000",
    "12.5",
    "3억",
    "$4m",
    "60%",
    "-",
    "",
    "비공개",
    "about 7",
    "many",
    "-2",
];

/// Names of rows; an empty one is a part's own.
const NAMES: [&str; 10] = [
    "",
    "",
    "",
    "",
    "기타",
    "합계",
    "소계",
    "반도체 소계",
    "전국",
    "World",
];

/// Whether a cell says a value that can be drawn.
fn is_value(cell: &str) -> bool {
    cell.contains(char::is_numeric) && !cell.starts_with('-')
}

proptest! {
    /// Nothing is lost in silence: each row is drawn, or something is said of its line.
    #[test]
    fn every_row_is_drawn_or_told(cells in proptest::collection::vec(0..CELLS.len(), 1..30), korean in any::<bool>()) {
        let mut text = String::from(if korean { "회사\t값\n" } else { "company\tvalue\n" });
        for (row, cell) in cells.iter().enumerate() {
            text.push_str(&format!("r{row}\t{}\n", CELLS[*cell]));
        }
        let mut drawn = Vec::new();
        let read = Input::new(&text, Format::Csv).read(&Ask::default(), |_, file| {
            let mut data = MarketShare::default();
            let issues = data.read(file)?;
            for item in data.tables.iter().flat_map(|table| &table.items) {
                drawn.push((item.label.en.clone(), item.value));
            }
            Ok(issues)
        });
        let Ok(issues) = read else {
            // Only a table without any value is refused.
            prop_assert!(cells.iter().all(|cell| !is_value(CELLS[*cell])), "{text}");
            return Ok(());
        };
        for (row, cell) in cells.iter().enumerate() {
            let name = format!("r{row}");
            let seen = drawn.iter().filter(|(label, _)| *label == name).count();
            let told = issues.iter().any(|issue| issue.line == row + 2);
            prop_assert!(seen == 1 || (seen == 0 && told), "{name} {:?} {issues:?}", CELLS[*cell]);
        }
        // Nothing is drawn that no row says.
        prop_assert!(drawn.iter().all(|(label, value)| label.starts_with('r') && *value >= 0.0));
    }
    /// Totals and wholes among the rows change nothing in the others: what is drawn is what a row
    /// says, and each row is drawn or told, once.
    #[test]
    fn the_rows_that_are_drawn_and_told_are_those_of_the_table(
        rows in proptest::collection::vec((0..NAMES.len(), 1..1000_u32), 1..20),
        above in any::<bool>(),
        below in any::<bool>(),
    ) {
        let mut text = String::from(if above { "표의 제목\t\n단위: 명\t\n" } else { "" });
        text.push_str("이름\t값\n");
        let first = text.matches('\n').count() + 1;
        let name = |at: usize, row: usize| match NAMES[at] {
            "" => format!("항목{row}"),
            name => name.to_owned(),
        };
        for (row, (at, value)) in rows.iter().enumerate() {
            text.push_str(&format!("{}\t{value}\n", name(*at, row)));
        }
        if below {
            text.push_str("자료: 가상\t\n");
        }
        let mut drawn = Vec::new();
        let ask = Ask { kind: "market-share", ..Ask::default() };
        let read = Input::new(&text, Format::Csv).read(&ask, |_, file| {
            let mut data = MarketShare::default();
            let issues = data.read(file)?;
            let items = data.tables.iter().flat_map(|table| &table.items);
            drawn.extend(items.map(|item| (item.label.ko.clone(), item.value)));
            Ok(issues)
        });
        let Ok(issues) = read else {
            prop_assert!(rows.iter().all(|(at, _)| !NAMES[*at].is_empty()), "{text}");
            return Ok(());
        };
        let left_out = |row: usize| {
            let told = |issue: &Issue| issue.line == row + first && issue.kind != IssueKind::Repeated;
            issues.iter().any(told)
        };
        let mut wanted: Vec<(String, f64)> = rows
            .iter()
            .enumerate()
            .filter(|(row, _)| !left_out(*row))
            .map(|(row, (at, value))| (name(*at, row), f64::from(*value)))
            .collect();
        let key = |a: &(String, f64), b: &(String, f64)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1));
        wanted.sort_by(key);
        drawn.sort_by(key);
        prop_assert_eq!(drawn, wanted, "{} {:?}", text, issues);
        // What is named as a total or a whole is never drawn beside others.
        for (row, (at, _)) in rows.iter().enumerate() {
            let is_whole = !NAMES[*at].is_empty() && NAMES[*at] != "기타" && rows.len() > 1;
            prop_assert!(!is_whole || left_out(row), "{} {:?}", text, issues);
        }
    }
}
