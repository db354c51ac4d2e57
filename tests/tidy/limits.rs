//! What is short enough to be read: no source file over 500 lines, no function over 80, no line over
//! 120 columns unless what exceeds is one literal. exceeding.rs lists what exceeds today. The lists may
//! only shrink: a test fails where something else exceeds, and where something listed no longer does.

use std::collections::BTreeSet;

use super::exceeding::{LONG_FILES, LONG_FUNCTIONS, LONG_LINES};
use super::literals::literals;
use super::{files, read, root};

const MAX_FILE_LINES: usize = 500;
const MAX_FUNCTION_LINES: usize = 80;
const MAX_COLUMNS: usize = 120;

/// Written by a tool.
const GENERATED: [&str; 3] = ["www/pkg/", "www/host/protocol.d.ts", "www/ai-atlas.d.ts"];
const FOLDERS: [&str; 8] = [
    "benches", "compute", "examples", "shaders", "src", "tests", "tools", "www",
];
const ENDINGS: [&str; 7] = ["rs", "js", "mjs", "ts", "css", "wgsl", "sh"];

fn ending(file: &str) -> &str {
    file.rsplit('.').next().unwrap_or("")
}

/// Every source file of ours.
fn sources() -> Vec<String> {
    FOLDERS
        .iter()
        .flat_map(|folder| files(folder))
        .chain(["build.rs".to_string()])
        .filter(|file| ENDINGS.contains(&ending(file)))
        .filter(|file| !GENERATED.iter().any(|made| file.starts_with(made)))
        .filter(|file| !file.contains("/node_modules/") && !file.contains("/target/"))
        .collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The name of a Rust function that a line begins.
fn rust_function(line: &str) -> Option<String> {
    let mut rest = line.trim_start();
    loop {
        let (word, more) = rest.split_once(' ')?;
        match word {
            "fn" => {
                let name = more.split(['(', '<']).next()?;
                return Some(name.to_string());
            }
            "pub" | "pub(crate)" | "pub(super)" | "const" | "async" | "unsafe" => rest = more,
            _ => return None,
        }
    }
}

/// Rust as rustfmt sets it: a function ends where a `}` stands below its first letter.
fn rust_functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = rust_function(line) else {
            continue;
        };
        let rest = lines.get(at..).unwrap_or_default();
        let head = rest.iter().find(|l| l.ends_with(['{', ';', '}']));
        if !head.is_some_and(|l| l.ends_with('{')) {
            continue; // a declaration, or all of it on one line
        }
        let end = format!("{}}}", " ".repeat(indent(line)));
        if let Some(length) = rest.iter().position(|l| *l == end) {
            found.push((name, length + 1));
        }
    }
    found
}

/// The line that begins a function of JavaScript whose block a line opens.
fn script_function<'a>(lines: &[&'a str], at: usize) -> Option<(usize, &'a str)> {
    let line = lines.get(at)?;
    let trimmed = line.trim_start();
    let open = trimmed.strip_suffix(" {")?;
    // Parameters on lines of their own: the first line stands above, as far in as this one.
    let begin = if trimmed.starts_with([')', '}']) {
        (0..at).rev().find(|above| {
            lines
                .get(*above)
                .is_some_and(|l| indent(l) == indent(line) && !l.trim().is_empty())
        })?
    } else {
        at
    };
    let head = lines.get(begin)?.trim_start();
    let word = head
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or("");
    if open.ends_with("=>") || head.split(' ').any(|w| w.starts_with("function")) {
        return Some((begin, head));
    }
    let statement = [
        "if", "for", "while", "switch", "catch", "else", "with", "return",
    ];
    let method = open.ends_with(')') && !statement.contains(&word) && head.contains('(');
    method.then_some((begin, head))
}

/// JavaScript as prettier sets it: a function ends where a `}` stands below its first letter.
fn script_functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for at in 0..lines.len() {
        let Some((begin, head)) = script_function(&lines, at) else {
            continue;
        };
        let ends = |line: &&str| {
            indent(line) == indent(lines[begin]) && line.trim_start().starts_with('}')
        };
        let rest = lines.get(at + 1..).unwrap_or_default();
        if let Some(length) = rest.iter().position(ends) {
            let name = head.trim_end_matches([' ', '{']).chars().take(90).collect();
            found.push((name, at - begin + length + 2));
        }
    }
    found
}

/// The functions of a text that are too long, by name; the same name again counts once.
fn long_functions(text: &str, language: &str) -> BTreeSet<String> {
    let all = match language {
        "rs" => rust_functions(text),
        "js" | "mjs" | "ts" => script_functions(text),
        _ => Vec::new(),
    };
    all.into_iter()
        .filter(|(_, lines)| *lines > MAX_FUNCTION_LINES)
        .map(|(name, _)| name)
        .collect()
}

/// The numbers of the lines that are too long, counted from 1: what exceeds is not one literal.
fn long_lines(text: &str, language: &str) -> Vec<usize> {
    let spans = literals(text, language);
    text.lines()
        .enumerate()
        .filter(|(at, line)| {
            let columns = line.chars().count();
            let literal = spans.get(*at).into_iter().flatten();
            let longest = literal.map(|(from, to)| to - from).max().unwrap_or(0);
            columns > MAX_COLUMNS && columns - longest > MAX_COLUMNS
        })
        .map(|(at, _)| at + 1)
        .collect()
}

/// Fails where a list does not name exactly what exceeds.
fn hold<T: Ord + Clone + std::fmt::Debug>(what: &str, exceed: &BTreeSet<T>, listed: &[T]) {
    let listed: BTreeSet<T> = listed.iter().cloned().collect();
    let more: Vec<_> = exceed.difference(&listed).collect();
    let less: Vec<_> = listed.difference(exceed).collect();
    assert!(more.is_empty(), "too long, {what}: {more:#?}");
    assert!(
        less.is_empty(),
        "no longer too long, {what}: take them off the list in tests/tidy/exceeding.rs: {less:#?}"
    );
}

#[test]
fn no_file_has_more_than_five_hundred_lines() {
    let all = sources();
    assert!(all.len() > 200, "{} files", all.len());
    let long: BTreeSet<&str> = all
        .iter()
        .filter(|file| read(file).lines().count() > MAX_FILE_LINES)
        .map(String::as_str)
        .collect();
    hold("files", &long, LONG_FILES);
}

#[test]
fn no_function_has_more_than_eighty_lines() {
    let mut functions = 0;
    let mut long = BTreeSet::new();
    for file in sources() {
        let text = read(&file);
        functions += rust_functions(&text).len() + script_functions(&text).len();
        for name in long_functions(&text, ending(&file)) {
            long.insert((file.clone(), name));
        }
    }
    assert!(functions > 1000, "{functions} functions");
    let listed: Vec<_> = LONG_FUNCTIONS
        .iter()
        .flat_map(|(file, names)| {
            names
                .iter()
                .map(|name| (file.to_string(), name.to_string()))
        })
        .collect();
    hold("functions", &long, &listed);
}

#[test]
fn no_line_has_more_than_a_hundred_and_twenty_columns_but_for_one_literal() {
    let all = sources();
    let long: BTreeSet<&str> = all
        .iter()
        .filter(|file| !long_lines(&read(file), ending(file)).is_empty())
        .map(String::as_str)
        .collect();
    hold("files with long lines", &long, LONG_LINES);
}

#[test]
fn a_file_on_a_list_is_one_of_ours() {
    let named = LONG_FUNCTIONS.iter().map(|(file, _)| *file);
    for file in LONG_FILES.iter().chain(LONG_LINES).copied().chain(named) {
        assert!(root().join(file).is_file(), "{file}");
    }
}

#[test]
fn what_exceeds_and_is_not_listed_is_found_and_so_is_what_is_listed_and_does_not() {
    let set = |names: &[&'static str]| names.iter().copied().collect::<BTreeSet<_>>();
    hold("names", &set(&["a"]), &["a"]);
    for (exceed, listed) in [(&["a", "b"][..], &["a"][..]), (&["a"], &["a", "b"])] {
        let held = std::panic::catch_unwind(|| hold("names", &set(exceed), listed));
        assert!(held.is_err(), "{exceed:?} beside {listed:?}");
    }
}

#[test]
fn a_function_that_is_too_long_is_found_however_it_is_written() {
    let body = |lines: usize| "    x();\n".repeat(lines);
    let rust = |head: &str, lines| format!("impl A {{\n}}\n{head}\n{}}}\n", body(lines));
    let of = |text: &str, language| {
        long_functions(text, language)
            .into_iter()
            .collect::<Vec<_>>()
    };
    assert_eq!(of(&rust("pub fn one() {", 79), "rs"), ["one"]);
    assert_eq!(of(&rust("pub fn one() {", 78), "rs"), Vec::<String>::new());
    let wide = "pub(crate) async fn two<T>(\n    a: T,\n) -> Option<T>\nwhere\n    T: Copy,\n{";
    assert_eq!(of(&rust(wide, 79), "rs"), ["two"]);
    assert_eq!(
        of(
            &rust("fn short() {}\nfn declared();\nfn three() {", 79),
            "rs"
        ),
        ["three"]
    );

    let script = |head: &str, end: &str, lines| format!("{head}\n{}{end}\n", body(lines));
    for (head, end) in [
        ("function one(a) {", "}"),
        ("export const one = async (a) => {", "};"),
        ("const one = (\n  a,\n) => {", "};"),
        ("test(\"a name\", async () => {", "});"),
        ("  async #one({ a }) {", "  }"),
        ("  static get one() {", "  }"),
    ] {
        let text = script(head, end, 79);
        assert_eq!(of(&text, "js").len(), 1, "{text}");
        assert_eq!(of(&script(head, end, 70), "js").len(), 0, "{head}");
    }
    for (head, end) in [
        ("if (a) {", "}"),
        ("class A extends B {", "}"),
        ("const a = {", "};"),
    ] {
        assert_eq!(of(&script(head, end, 90), "js").len(), 0, "{head}");
    }
}

#[test]
fn a_line_that_is_too_long_is_found_and_one_literal_is_none() {
    let long = "x".repeat(121);
    let words = format!("let a = b;{}", " + one".repeat(30));
    for (text, language) in [
        (format!("// {long}"), "rs"),
        (words.clone(), "rs"),
        (format!("let a = 'a'; // {long}"), "rs"),
        (format!("fn a<'a>() {{ {long} }}"), "rs"),
        (words.clone(), "js"),
        (format!("const a = b / {long} / c;"), "js"),
        (
            format!("call(\"{}\", \"{}\");", "x".repeat(130), "y".repeat(120)),
            "js",
        ),
        (format!("# {long}"), "sh"),
        (format!(".a {{ {long} }}"), "css"),
        (format!("let a = \"{long}\";"), "wgsl"),
    ] {
        assert_eq!(long_lines(&format!("\n{text}\n"), language), [2], "{text}");
    }
    for (text, language) in [
        (format!("let a = \"{long}\";"), "rs"),
        (format!("let a = r#\"{long}\"{long}\"#;"), "rs"),
        (format!("let a = \"\n{long}\n\";"), "rs"),
        (format!("const a = '{long}';"), "js"),
        (format!("const a = `{long}${{b(`{long}`)}}{long}`;"), "js"),
        (format!("const a = `\n{long}\n`;"), "js"),
        (format!("const a = /{long}[/\"]/.test(b);"), "js"),
        (format!("node -e '\n{long}'"), "sh"),
        (format!("a {{ background: url(\"{long}\") }}"), "css"),
        (words[..100].to_string(), "js"),
    ] {
        assert_eq!(long_lines(&text, language), Vec::<usize>::new(), "{text}");
    }
}
