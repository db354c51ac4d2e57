//! What the command line does: validate data files, print the HTML table of one, fill a page with tables.

use std::process::ExitCode;

use ai_atlas::data::Lang;
use ai_atlas::text;
use ai_atlas::widget::{self, Table, Widget};

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["check", files @ ..] if !files.is_empty() => check(files),
        ["table", file] => table(file, Lang::Ko).map(|html| print!("{html}")),
        ["table", file, lang] => table(file, if *lang == "en" { Lang::En } else { Lang::Ko }).map(|html| print!("{html}")),
        ["fill", page, folder] => fill(page, folder).map(|html| print!("{html}")),
        _ => Err("usage: ai-atlas check FILE… | table FILE [ko|en] | fill PAGE DATA-FOLDER".to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Opens a data file as whichever widget accepts it.
fn open(file: &str) -> Result<(Box<dyn Widget>, Vec<ai_atlas::error::Issue>), String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{file}: {e}"))?;
    let mut last = String::new();
    for kind in ["value-chain", "market-share", "funding-timeline"] {
        let Some(mut widget) = widget::make(kind) else { continue };
        match widget.load(&bytes, false) {
            Ok(issues) => return Ok((widget, issues)),
            Err(error) if error.code() == "wrong-kind" => last = format!("{file}: {}", text::error(&error, Lang::En)),
            Err(error) => return Err(format!("{file}: {}\n{file}: {}", text::error(&error, Lang::Ko), text::error(&error, Lang::En))),
        }
    }
    Err(last)
}

fn check(files: &[&str]) -> Result<(), String> {
    let mut wrong = 0;
    for file in files {
        let (widget, issues) = open(file)?;
        for issue in &issues {
            println!("{file}: {}\n{file}: {}", text::issue(issue, Lang::Ko), text::issue(issue, Lang::En));
        }
        println!("{file}: {} rows, {} issues", widget.rows(), issues.len());
        wrong += issues.len();
    }
    if wrong == 0 { Ok(()) } else { Err(format!("{wrong} issues")) }
}

fn table(file: &str, lang: Lang) -> Result<String, String> {
    Ok(html(&open(file)?.0.table(lang)))
}

fn fill(page: &str, folder: &str) -> Result<String, String> {
    let mut text = std::fs::read_to_string(page).map_err(|e| format!("{page}: {e}"))?;
    for kind in ["value-chain", "market-share", "funding-timeline"] {
        let place = format!("<!-- table:{kind} -->");
        if text.contains(&place) {
            text = text.replace(&place, &table(&format!("{folder}/{kind}.json"), Lang::Ko)?);
        }
    }
    Ok(text)
}

/// A table as HTML; all text is escaped.
fn html(table: &Table) -> String {
    let escape = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let mut out = format!("<table><caption>{}</caption><thead><tr>", escape(&table.caption));
    for cell in &table.head {
        out += &format!("<th scope=\"col\">{}</th>", escape(cell));
    }
    out += "</tr></thead><tbody>\n";
    for row in &table.rows {
        out += "<tr>";
        for cell in row {
            out += &format!("<td>{}</td>", escape(cell));
        }
        out += "</tr>\n";
    }
    out + "</tbody></table>"
}
