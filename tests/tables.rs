//! Tables as people write them, and what is understood of each: kind, rows with units, and what is
//! not used. Every case is one that editors brought or that other libraries were reported for.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ai_atlas::data::input::{Ask, Hint, Input};
use ai_atlas::data::{Texts, Value};

fn decode(label: &str, bytes: &[u8]) -> String {
    encoding_rs::Encoding::for_label(label.as_bytes())
        .unwrap()
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

/// What is understood of a file: the kind, a line for each row, and one for each issue.
fn said(bytes: &[u8], name: &str, ask: &Ask<'_>) -> String {
    let _ = Texts::new();
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
fn print_all() {
    for dir in std::env::var("CASES").unwrap_or_default().split(':') {
        let mut files: Vec<_> = std::fs::read_dir(dir)
            .unwrap()
            .map(|f| f.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            if !matches!(
                file.extension().and_then(|e| e.to_str()),
                Some("csv" | "json" | "txt" | "tsv")
            ) {
                continue;
            }
            let bytes = std::fs::read(&file).unwrap();
            println!(
                "== {}\n{}",
                file.file_name().unwrap().to_string_lossy(),
                said(&bytes, &file.to_string_lossy(), &Ask::default())
            );
        }
    }
}
