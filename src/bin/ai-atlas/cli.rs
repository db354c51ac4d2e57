//! What the command line does: validate data files, print the picture or the HTML table of one,
//! fill a page with tables.

use std::process::ExitCode;

use ai_atlas::data::{Lang, Texts, Value, calendar};
use ai_atlas::error::{Error, Issue};
use ai_atlas::render::svg::{self, Paper};
use ai_atlas::text;
use ai_atlas::widget::{self, View};

use crate::file::{self, open};
use crate::formats;
use crate::html;

const USAGE: &str = "usage: ai-atlas check FILE… [lang=LANG] [kind=KIND] [--json]
       ai-atlas svg FILE [width=1200 lang=LANG theme=dark KEY=VALUE …]
       ai-atlas html FILE [width=680 image=ADDRESS phone=ADDRESS alt=TEXT KEY=VALUE …]
       ai-atlas table FILE [LANG]
       ai-atlas fill PAGE DATA-FOLDER
       ai-atlas formats [LANG]
FILE is JSON or CSV; LANG is ko, en or a language that has a file, such as ja; KIND is value-chain, market-share or funding-timeline; keys are the attributes of the elements.";

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["check", rest @ ..] if rest.iter().any(|word| !is_setting(word)) => check(rest),
        ["table", file] => table(file, Lang::Ko).map(|html| print!("{html}")),
        ["table", file, lang] => lang_of(lang)
            .and_then(|lang| table(file, lang))
            .map(|html| print!("{html}")),
        ["svg", file, settings @ ..] => draw(file, settings).map(|svg| print!("{svg}")),
        ["html", file, settings @ ..] => page(file, settings).map(|html| print!("{html}")),
        ["formats"] | ["formats", "en"] => {
            print!("{}", formats::page(false));
            Ok(())
        }
        ["formats", "ko"] => {
            print!("{}", formats::page(true));
            Ok(())
        }
        ["fill", page, folder] => fill(page, folder).map(|html| print!("{html}")),
        _ => Err(USAGE.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Languages that have a file, with it.
const LANGUAGES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The language of a code.
fn lang_of(code: &str) -> Result<Lang, String> {
    match code {
        "ko" => return Ok(Lang::Ko),
        "en" => return Ok(Lang::En),
        _ => {}
    }
    let known = || {
        LANGUAGES
            .iter()
            .fold("ko, en".to_string(), |list, (code, _)| {
                format!("{list}, {code}")
            })
    };
    let (_, file) = LANGUAGES
        .iter()
        .find(|(known, _)| *known == code)
        .ok_or_else(|| format!("lang={code}: {}", known()))?;
    Ok(Lang::read(
        code,
        &Value::parse(file, &Texts::new()).map_err(|error| format!("{code}.json: {error}"))?,
    ))
}

/// The terminal's language where there is one of that name, else English.
fn own_lang() -> Lang {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let code = said.unwrap_or_default();
    lang_of(code.split(['_', '.', '@']).next().unwrap_or("")).unwrap_or(Lang::En)
}

/// `KEY=VALUE` or `--json`, but not the path of a file that has such a name.
fn is_setting(word: &str) -> bool {
    word == "--json" || matches!(word.split_once('='), Some(("lang" | "kind", _)))
}

/// Says of every file what is wrong with it, a line each with file and line, as compilers do; with
/// `--json` a line of JSON for each file.
fn check(words: &[&str]) -> Result<(), String> {
    let setting = |name: &str| {
        words.iter().find_map(|word| {
            word.split_once('=')
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| value)
        })
    };
    let lang = setting("lang").map_or_else(|| Ok(own_lang()), lang_of)?;
    let json = words.contains(&"--json");
    let mut wrong = 0;
    for file in words.iter().filter(|word| !is_setting(word)) {
        if json {
            let bytes = std::fs::read(file).map_err(|e| format!("{file}: {e}"))?;
            let read = file::read(file, &bytes, setting("kind"));
            wrong += read.as_ref().map_or(1, |opened| opened.issues.len());
            println!("{}", described(file, &read, lang));
            continue;
        }
        let file::Open { widget, issues, .. } = match open(file, setting("kind"), lang) {
            Ok(opened) => opened,
            Err(sentence) => {
                println!("{sentence}");
                wrong += 1;
                continue;
            }
        };
        for issue in &issues {
            println!("{}", located(file, issue, lang));
        }
        let (rows, count) = (widget.rows().to_string(), issues.len().to_string());
        println!(
            "{file}: {}",
            text::fill(
                lang,
                "항목 {0}개, 문제 {1}건|rows: {0}, issues: {1}",
                &[&rows, &count]
            )
        );
        wrong += issues.len();
    }
    let count = wrong.to_string();
    if wrong == 0 {
        Ok(())
    } else {
        Err(text::fill(lang, "문제 {0}건|issues: {0}", &[&count]))
    }
}

/// What was read of a file as JSON: `{"file", "kind", "rows", "issues": [{"line", "place", "field",
/// "text"}], "table": {"head", "rows"}}`, or `{"file", "error": {"code", "line", "text"}}`. A line
/// is 0 where none is known.
fn described(file: &str, read: &Result<file::Open, Error>, lang: Lang) -> String {
    let quoted = file::quoted;
    let list = |cells: &[String]| {
        format!(
            "[{}]",
            cells
                .iter()
                .map(|cell| quoted(cell))
                .collect::<Vec<_>>()
                .join(",")
        )
    };
    match read {
        Ok(file::Open {
            kind,
            widget,
            issues,
        }) => {
            let issue = |issue: &Issue| {
                let (place, said) = (quoted(&issue.place), quoted(&text::issue(issue, lang)));
                format!(
                    r#"{{"line":{},"place":{place},"field":{},"text":{said}}}"#,
                    issue.line,
                    quoted(issue.field)
                )
            };
            let issues = issues.iter().map(issue).collect::<Vec<_>>().join(",");
            let table = widget.table(lang);
            let rows = table
                .rows
                .iter()
                .map(|row| list(row))
                .collect::<Vec<_>>()
                .join(",");
            let head = list(&table.head);
            format!(
                r#"{{"file":{},"kind":{},"rows":{},"issues":[{issues}],"table":{{"head":{head},"rows":[{rows}]}}}}"#,
                quoted(file),
                quoted(kind),
                widget.rows()
            )
        }
        Err(error) => {
            let (line, said) = (error.line().unwrap_or(0), quoted(&text::error(error, lang)));
            format!(
                r#"{{"file":{},"error":{{"code":{},"line":{line},"text":{said}}}}}"#,
                quoted(file),
                quoted(error.code())
            )
        }
    }
}

fn table(file: &str, lang: Lang) -> Result<String, String> {
    Ok(html::rows(&opened(file, None, lang)?.table(lang)))
}

/// The widget of a file; what was left out of it goes to the terminal.
fn opened(file: &str, kind: Option<&str>, lang: Lang) -> Result<Box<dyn widget::Widget>, String> {
    let opened = open(file, kind, lang)?;
    for issue in &opened.issues {
        eprintln!("{}", located(file, issue, lang));
    }
    Ok(opened.widget)
}

/// What is wrong with a row, with file and line.
fn located(file: &str, issue: &Issue, lang: Lang) -> String {
    format!("{file}:{}: {}", issue.line.max(1), text::issue(issue, lang))
}

/// Keys with their values.
type Others<'a> = Vec<(&'a str, &'a str)>;

/// What the settings ask for: those of a view, and those that are no part of it.
fn view<'a>(settings: &[&'a str], width_css: f32) -> Result<(View, Others<'a>), String> {
    let mut view = View::wide(width_css);
    let mut others = Vec::new();
    for setting in settings {
        let (key, value) = setting
            .split_once('=')
            .ok_or_else(|| format!("{setting}: not KEY=VALUE"))?;
        let size = || {
            value
                .parse::<f32>()
                .ok()
                .filter(|size| (0.0..=8192.0).contains(size))
                .ok_or_else(|| format!("{setting}: 0 to 8192 px"))
        };
        match key {
            "width" => view.width_css = size()?,
            "height" => view.height_css = size()?,
            "lang" => view.lang = lang_of(value)?,
            "theme" => view.dark = value == "dark",
            "from" => view.from_day = calendar::moment(value, false),
            "to" => view.to_day = calendar::moment(value, true),
            "scale" => view.log = value == "log",
            "framework" | "table" => view.tab = value.into(),
            "selected" => view.selected = value.into(),
            "kind" | "image" | "phone" | "alt" => others.push((key, value)),
            _ => view.state.set(key, value),
        }
    }
    Ok((view, others))
}

/// The value of a setting that is no part of the view.
fn other<'a>(others: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    others
        .iter()
        .find(|(key, _)| *key == name)
        .map(|(_, value)| *value)
}

/// A newsroom's machine has no page to take a font from.
const FONT: &str = "Arial,Helvetica,'Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif|Arial,Helvetica,'Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif";

/// How it is laid out: the same families in the language.
fn paper(bare: bool, lang: Lang) -> Paper<'static> {
    Paper {
        bare,
        font: text::say(lang, FONT),
    }
}

/// The SVG of a file. Settings are `width`, `height`, `lang`, `theme`, `framework`, `table`,
/// `selected`, `from`, `to`, `scale`, and the widget's own keys.
fn draw(file: &str, settings: &[&str]) -> Result<String, String> {
    let (view, others) = view(settings, 1200.0)?;
    let widget = opened(file, other(&others, "kind"), view.lang)?;
    Ok(svg::paint(
        &widget.picture(&view),
        &view,
        &paper(false, view.lang),
    ))
}

/// The static figure of a file. Settings are those of [`draw`], `image`, the address of an uploaded
/// picture, and `alt`.
fn page(file: &str, settings: &[&str]) -> Result<String, String> {
    let (view, others) = view(settings, 680.0)?;
    let widget = opened(file, other(&others, "kind"), view.lang)?;
    let picture = widget.picture(&view);
    let own = |name| other(&others, name).map(str::to_string);
    let wishes = html::Wishes {
        image: own("image"),
        phone: own("phone"),
        alt: own("alt"),
    };
    let svg = svg::paint(&picture, &view, &paper(true, view.lang));
    Ok(html::figure(
        &picture,
        &widget.table(view.lang),
        &svg,
        view.lang,
        &wishes,
    ))
}

fn fill(page: &str, folder: &str) -> Result<String, String> {
    let mut text = std::fs::read_to_string(page).map_err(|e| format!("{page}: {e}"))?;
    for widget::Kind { name: kind, .. } in widget::KINDS {
        let place = format!("<!-- table:{kind} -->");
        if text.contains(&place) {
            text = text.replace(&place, &table(&format!("{folder}/{kind}.json"), Lang::Ko)?);
        }
    }
    Ok(text)
}
