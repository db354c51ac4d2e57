//! Tables as people write them, and what is understood of each: kind, rows with units, and what is
//! not used. Cases are those that editors brought, or that other libraries were reported for: they
//! stand in `fixtures/tables.txt`, each a name, the table, and behind `->` what is understood.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ai_atlas::data::Value;
use ai_atlas::data::input::{Ask, Format, Hint, Input};
use ai_atlas::data::market_share::MarketShare;
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
    let cases = include_str!("fixtures/tables.txt");
    assert!(cases.matches("\n== ").count() > 30);
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
}
