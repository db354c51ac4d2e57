//! A language besides Korean and English is one file: here every text of the library and of its
//! pages is held against it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a test says what is wrong by failing"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ai_atlas::data::value_chain::Relation;
use ai_atlas::data::{Lang, Texts, Value};
use ai_atlas::text::say;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// What stands between quotation marks, without comments; in Rust without tests.
fn literals(text: &str, rust: bool) -> Vec<String> {
    let text = if rust {
        text.split("#[cfg(test)]").next().unwrap_or("")
    } else {
        text
    };
    let mut out = Vec::new();
    let mut chars = text.chars().peekable();
    let mut before = '\n';
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match c {
            '/' if next == Some('/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '/' if !rust && next == Some('*') => {
                let mut last = ' ';
                for c in chars.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            // A regular expression stands where a value begins.
            '/' if !rust && "(,=:[!&|?{};\n".contains(before) => {
                let mut class = false;
                while let Some(c) = chars.next() {
                    match c {
                        '\\' => drop(chars.next()),
                        '[' => class = true,
                        ']' => class = false,
                        '/' if !class => break,
                        _ => {}
                    }
                }
            }
            // A character, or a lifetime.
            '\'' if rust => {
                if chars.next() == Some('\\') {
                    chars.next();
                    while chars.next_if(|c| *c != '\'').is_some() {}
                    chars.next();
                } else {
                    chars.next_if_eq(&'\'');
                }
            }
            '"' | '\'' | '`' => {
                let mut literal = String::new();
                while let Some(inner) = chars.next_if(|inner| *inner != c) {
                    if inner != '\\' {
                        literal.push(inner);
                        continue;
                    }
                    match chars.next() {
                        // The end of a line in Rust, and the beginning of the next.
                        Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
                        Some('n') => literal.push('\n'),
                        Some(escaped) => literal.push(escaped),
                        None => {}
                    }
                }
                chars.next();
                out.push(literal);
            }
            _ => {}
        }
        if !c.is_whitespace() || c == '\n' {
            before = c;
        }
    }
    out
}

/// The texts of a literal, Korean and English: one, or those of a table `key=text;key=text`.
fn texts(literal: &str) -> Vec<(String, String)> {
    let table = literal.split(';').all(|line| {
        line.split('|')
            .next()
            .is_some_and(|before| before.contains('=') && !before.contains(" = "))
    });
    let lines: Vec<&str> = if table {
        literal
            .split(';')
            .map(|line| line.split_once('=').map_or(line, |(_, text)| text))
            .collect()
    } else {
        vec![literal]
    };
    lines
        .iter()
        .filter_map(|line| line.split_once('|'))
        .map(|(ko, en)| (ko.to_string(), en.to_string()))
        .collect()
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | 'ㄱ'..='ㆎ' | '가'..='힣')
}

/// Every text of the library: its English, and its Korean wherever it stands.
fn all() -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    // Bars in the types of messages are TypeScript's; what is said there was said elsewhere.
    // Words that are read in tables are nobody's sentences; the page of formats is in two languages.
    let types = [
        "src/protocol",
        "src/web",
        "src/data/table",
        "src/bin/ai-atlas/formats.rs",
    ]
    .map(|path| root().join(path));
    let rust = files("src", "rs")
        .into_iter()
        .filter(|path| !types.iter().any(|folder| path.starts_with(folder)))
        .map(|path| (path, true));
    // The page that makes snippets is its editors' and in Korean and English; of it readers see
    // only what a figure says.
    let script = files("www/host", "js")
        .into_iter()
        .chain([root().join("www/builder/snippets.js")]);
    for (path, rust) in rust.chain(script.map(|path| (path, false))) {
        let text = fs::read_to_string(&path).expect("a file");
        // Script has other texts with a bar; those that are said are Korean before it, or nothing
        // but holes.
        for literal in literals(&text, rust)
            .iter()
            .filter(|literal| rust || literal.contains(is_hangul) || literal.starts_with("{0}"))
        {
            for (ko, en) in texts(literal) {
                all.entry(en).or_default().insert(ko);
            }
        }
    }
    all
}

/// The languages that have a file: tag and texts.
fn languages() -> Vec<(String, BTreeMap<String, String>)> {
    let found = files("lang", "json").into_iter().map(|path| {
        let code = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let texts = serde_json::from_slice(&fs::read(&path).expect("a file"))
            .unwrap_or_else(|e| panic!("{code}: texts by texts: {e}"));
        (code, texts)
    });
    found.collect()
}

fn language(code: &str) -> Lang {
    let file = fs::read_to_string(root().join(format!("lang/{code}.json"))).expect("a file");
    Lang::read(code, &Value::parse(&file, &Texts::new()).expect("JSON"))
}

/// The numbers of the holes, and whether all are written as a language without particles has them:
/// `{0}` or `{0one|many}`.
fn holes(text: &str) -> (BTreeSet<u32>, bool) {
    let (mut numbers, mut plain) = (BTreeSet::new(), true);
    for piece in text.split('{').skip(1) {
        let (hole, _) = piece.split_once('}').unwrap_or(("", ""));
        plain &= hole.len() == 1 || hole.contains('|');
        match hole.chars().next().and_then(|digit| digit.to_digit(10)) {
            Some(number) => drop(numbers.insert(number)),
            None => plain = false,
        }
    }
    (
        numbers,
        plain && !text.split('{').next().unwrap_or("").contains('}'),
    )
}

/// What is wrong with a language's text.
fn wrong(english: &str, korean: &BTreeSet<String>, own: &str) -> Option<&'static str> {
    let (found, plain) = holes(own);
    // A language may count months where English names them, as Korean does.
    if !plain || (found != holes(english).0 && korean.iter().all(|korean| found != holes(korean).0))
    {
        return Some("has other holes");
    }
    if own.is_empty() || own.contains(is_hangul) {
        return Some("is empty or Korean");
    }
    if english.starts_with("3,") {
        return (!["3,", "4,"].iter().any(|zeros| own.starts_with(zeros)))
            .then_some("are no steps of thousands or ten thousands");
    }
    if english == ",.4" {
        return (own.chars().count() != 3 || !own.ends_with(|c: char| c.is_ascii_digit()))
            .then_some("are not two marks and a number of digits");
    }
    // Columns and months: as many.
    let parts = |text: &str| {
        text.match_indices(',')
            .filter(|(at, _)| !text[at + 1..].starts_with(' '))
            .count()
    };
    (holes(english).0.is_empty() && parts(english) != parts(own))
        .then_some("has another number of parts")
}

#[test]
fn every_language_has_every_text_with_its_holes_and_no_text_that_is_gone() {
    let all = all();
    assert!(all.len() > 300, "only {} texts were found", all.len());
    let languages = languages();
    assert!(!languages.is_empty());
    for (code, texts) in &languages {
        let lacks: Vec<&String> = all
            .keys()
            .filter(|english| !texts.contains_key(*english))
            .collect();
        assert!(lacks.is_empty(), "lang/{code}.json lacks {lacks:#?}");
        let gone: Vec<&String> = texts
            .keys()
            .filter(|english| !all.contains_key(*english))
            .collect();
        assert!(
            gone.is_empty(),
            "nobody says {gone:#?} any more, of lang/{code}.json"
        );
        for (english, own) in texts {
            let fault = all
                .get(english)
                .and_then(|korean| wrong(english, korean, own));
            assert!(
                fault.is_none(),
                "lang/{code}.json: {own:?} for {english:?} {}",
                fault.unwrap_or_default()
            );
        }
        // The engine takes all of it.
        let lang = language(code);
        for (english, own) in texts {
            assert_eq!(say(lang, &format!("|{english}")), own, "{code}");
        }
    }
}

#[test]
fn texts_are_found_wherever_they_stand_and_nowhere_else() {
    let rust = "let a = '\"'; // \"말|no\"\nsay(\"말 \\\n      {0}|word {0}\") /* */ 'x' <'static> \"b=말|1;c=|2\" \"plain\"\n#[cfg(test)] \"시험|test\"";
    let found: Vec<(String, String)> = literals(rust, true)
        .iter()
        .flat_map(|literal| texts(literal))
        .collect();
    let pair = |ko: &str, en: &str| (ko.to_string(), en.to_string());
    assert_eq!(
        found,
        [pair("말 {0}", "word {0}"), pair("말", "1"), pair("", "2")]
    );
    let script = "const r = /['\"\\/]말|x/.test(a), w = '말|it\\'s'; // don't '말|no'\n`${x}|말`; const u = 'https://a|b';";
    let found: Vec<String> = literals(script, false)
        .into_iter()
        .filter(|literal| literal.contains(is_hangul))
        .collect();
    assert_eq!(found, ["말|it's", "${x}|말"]);
    for (english, korean, own, fault) in [
        ("{0} more", "{0}", "{0}", None),
        ("{0} more{0|s}", "{0은}", "{0}{0|x}", None),
        ("{6} {0}", "{0} {2}", "{0}.{2}", None),
        ("{6} {0}", "{0} {2}", "{7}.{0}", Some("has other holes")),
        ("{0} more", "{0}", "more", Some("has other holes")),
        ("{0} more", "{0}", "{0은} more", Some("has other holes")),
        ("{0} more", "{0}", "{0} more}", None),
        ("all", "모두", "", Some("is empty or Korean")),
        ("all", "모두", "모두", Some("is empty or Korean")),
        ("A,B", "ㄱ,ㄴ", "a", Some("has another number of parts")),
        (
            "3,K",
            "4,만",
            "5,x",
            Some("are no steps of thousands or ten thousands"),
        ),
        (
            ",.4",
            ",.4",
            ",.",
            Some("are not two marks and a number of digits"),
        ),
    ] {
        assert_eq!(
            wrong(english, &BTreeSet::from([korean.to_string()]), own),
            fault,
            "{own}"
        );
    }
}

#[test]
fn the_host_and_the_widgets_say_nothing_that_is_no_text() {
    // What is no text of its own: taken off one that is, measured, typed, or put for the signs of a
    // sum.
    let others = [
        "단위 ",
        "가",
        "만억조경",
        "년",
        "ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ",
    ];
    let mut checked = 0;
    for (folder, ending) in [
        ("www/host", "js"),
        ("src/widget", "rs"),
        ("src/render", "rs"),
        ("src/bin", "rs"),
    ] {
        for path in files(folder, ending) {
            if path.ends_with("formats.rs") {
                continue;
            }
            for literal in literals(&fs::read_to_string(&path).expect("a file"), ending == "rs") {
                let named = others.contains(&&*literal) || literal.starts_with('|');
                assert!(
                    named
                        || !literal.contains(is_hangul)
                        || !texts(&literal).is_empty()
                        || COLUMNS.contains(&&*literal),
                    "{}: {literal:?} is Korean only",
                    path.display()
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 500, "{checked} literals");
}

/// Headings by which the command line tells tables of shares.
const COLUMNS: [&str; 3] = ["값", "점유율", "비중"];

#[test]
fn every_relation_is_in_the_schema_in_the_documentation_and_in_the_table_of_the_static_tier() {
    let read = |path: &str| fs::read_to_string(root().join(path)).expect("a file");
    let (schema, docs) = (
        read("data/schema/value-chain.schema.json"),
        read("docs/data.md"),
    );
    let table = read("www/host/static-table.js");
    let mut enums = schema.split("\"enum\": [").skip(1).map(|rest| {
        let words = rest.split(']').next().unwrap_or_default().split('"');
        words.skip(1).step_by(2).collect::<BTreeSet<_>>()
    });
    let ids: BTreeSet<&str> = Relation::ALL.iter().map(|kind| kind.info().id).collect();
    assert!(ids.len() > 5);
    assert!(
        enums.any(|words| words == ids),
        "no enum of the schema has {ids:?}"
    );
    for kind in Relation::ALL {
        let (id, name) = (kind.info().id, kind.info().name);
        assert!(docs.contains(&format!("`{id}`")), "docs/data.md lacks {id}");
        assert!(
            table.contains(&format!("{id}: \"{name}\"")),
            "static-table.js lacks {id}: {name}"
        );
    }
}
