//! What the command line does: validate data files, print the picture or the HTML table of one, fill a page with tables.

use std::process::ExitCode;

use ai_atlas::data::{Lang, calendar};
use ai_atlas::paint::svg::{self, Paper};
use ai_atlas::text;
use ai_atlas::widget::{self, Table, View, Widget};

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["check", files @ ..] if !files.is_empty() => check(files),
        ["table", file] => table(file, Lang::Ko).map(|html| print!("{html}")),
        ["table", file, lang] => table(file, if *lang == "en" { Lang::En } else { Lang::Ko }).map(|html| print!("{html}")),
        ["svg", file, settings @ ..] => picture(file, settings).map(|svg| print!("{svg}")),
        ["fill", page, folder] => fill(page, folder).map(|html| print!("{html}")),
        _ => Err("usage: ai-atlas check FILE… | table FILE [ko|en] | svg FILE [width=1200 lang=ko theme=dark KEY=VALUE …] | fill PAGE DATA-FOLDER".to_string()),
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

/// The SVG of a file. Settings are `width`, `height`, `lang`, `theme`, `framework`, `table`, `selected`, `from`, `to`, `scale`, and the widget's own keys.
fn picture(file: &str, settings: &[&str]) -> Result<String, String> {
    let mut view = View { width_css: 1200.0, from_day: f64::NAN, to_day: f64::NAN, today: f64::NAN, hover: ai_atlas::abi::NO_DATUM, ..View::default() };
    let mut fields = Vec::new();
    for setting in settings {
        let (key, value) = setting.split_once('=').ok_or_else(|| format!("{setting}: not KEY=VALUE"))?;
        let size = || value.parse::<f32>().ok().filter(|size| (0.0..=8192.0).contains(size)).ok_or_else(|| format!("{setting}: 0 to 8192 px"));
        match key {
            "width" => view.width_css = size()?,
            "height" => view.height_css = size()?,
            "lang" => view.lang = if value == "en" { Lang::En } else { Lang::Ko },
            "theme" => view.dark = value == "dark",
            "from" => view.from_day = calendar::moment(value, false),
            "to" => view.to_day = calendar::moment(value, true),
            "scale" => view.linear = value == "linear",
            "framework" | "table" => view.tab = value.into(),
            "selected" => view.selected = value.into(),
            _ => fields.push((key.to_string(), value.to_string())),
        }
    }
    view.state = fields;
    let (widget, _) = open(file)?;
    // A newsroom's machine has no page to take a font from.
    let font = "Arial,Helvetica,'Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif";
    Ok(svg::paint(&widget.picture(&view), &view, &Paper { bare: false, font }))
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
