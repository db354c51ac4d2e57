//! The command line for newsrooms: lines of what is wrong, and figures that need no script.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ai-atlas"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("LC_ALL", "C")
        .output()
        .unwrap()
}

fn text(args: &[&str]) -> String {
    let out = run(args);
    assert!(
        out.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap()
}

/// A file of this test in the build folder.
fn file(name: &str, content: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_string()
}

/// Names of all elements with their attributes; elements that HTML closes by itself stand alone,
/// all others close in order.
fn tags(html: &str) -> Vec<String> {
    let (mut open, mut seen): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for part in html.split('<').skip(1) {
        let (tag, _) = part
            .split_once('>')
            .unwrap_or_else(|| panic!("no end: {part}"));
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap()
            .to_string();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "closed");
            continue;
        }
        seen.push(tag.to_string());
        if !tag.ends_with('/') && name != "img" {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open");
    seen
}

fn json_ld(html: &str) -> serde_json::Value {
    let (_, rest) = html
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

const SHARES: &str = r#"{"kind":"ai-atlas/market-share","title":"T","sources":[{"id":"s","title":"Yearbook","publisher":"Office","date":"2024","url":"https://example.org/a?b=1&c=2"}],
"tables":[{"id":"t","title":"Three","kind":"share","unit":"%","period":"2023","source":{"id":"s"},"items":[{"label":"A","value":70},{"label":"B","value":30}]}]}"#;

#[test]
fn every_shipped_file_is_a_figure_with_picture_table_sources_and_data_about_it() {
    for kind in ["value-chain", "market-share", "funding-timeline"] {
        for (lang, credit, summary) in [
            ("ko", "한국지능정보사회진흥원", "데이터를 표로 보기"),
            ("en", "NIA", "The data as a table"),
        ] {
            let html = text(&[
                "html",
                &format!("data/{kind}.json"),
                &format!("lang={lang}"),
            ]);
            let seen = tags(&html);
            assert_eq!(
                seen.first().unwrap(),
                &format!("figure class=\"ai-atlas\" lang=\"{lang}\"")
            );
            let count = |name: &str| {
                seen.iter()
                    .filter(|tag| tag.split(' ').next() == Some(name))
                    .count()
            };
            assert_eq!(
                (
                    count("figcaption"),
                    count("table"),
                    count("details"),
                    count("script")
                ),
                (1, 1, 1, 1),
                "{kind} {lang}"
            );
            assert!(count("tr") > 20 && count("text") > 10, "{kind} {lang}");
            assert!(
                html.contains(credit) && html.contains(summary),
                "{kind} {lang}"
            );
            assert!(
                !html.contains("누르") && !html.contains("Choose "),
                "{kind} {lang}: nothing can be chosen here"
            );
            let data = json_ld(&html);
            assert_eq!(
                (data["@type"].as_str(), data["inLanguage"].as_str()),
                (Some("Dataset"), Some(lang))
            );
            assert!(
                data["name"].as_str().unwrap().len() > 5
                    && data["description"].as_str().unwrap().len() > 20
            );
            assert!(!data["isBasedOn"].as_array().unwrap().is_empty());
        }
    }
}

#[test]
fn a_figure_runs_no_script_loads_nothing_and_needs_no_style() {
    let html = text(&["html", "data/funding-timeline.json"]);
    for tag in tags(&html) {
        for attribute in [" style=", " src=", " on", " xlink:href", " srcset"] {
            assert!(!tag.contains(attribute), "{tag}");
        }
        assert!(!tag.starts_with("script") || tag == "script type=\"application/ld+json\"");
        assert!(
            !["style", "link", "iframe", "image", "use", "foreignObject"]
                .contains(&tag.split(' ').next().unwrap()),
            "{tag}"
        );
    }
}

#[test]
fn what_the_data_says_stays_text_in_every_place_of_the_figure() {
    let hostile = r#"</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;"#;
    let source = SHARES
        .replace("Three", hostile)
        .replace("\"A\"", &format!("\"{hostile}\""))
        .replace("Yearbook", hostile)
        .replace("\"Office\"", &format!("\"{hostile}\""));
    let path = file("hostile.json", &source);
    for settings in [vec![], vec!["image=a\"onload=x.png", "alt=<b>\""]] {
        let mut args = vec!["html", &path];
        args.extend(settings.iter());
        let html = text(&args);
        let seen = tags(&html);
        assert_eq!(
            seen.iter().filter(|tag| tag.starts_with("script")).count(),
            1,
            "{seen:?}"
        );
        assert_eq!(
            seen.iter().filter(|tag| tag.starts_with("img")).count(),
            settings.len() / 2
        );
        // Quotation marks of the data end no attribute.
        assert!(
            seen.iter()
                .all(|tag| !tag.contains("\"onload") && !tag.contains(" onerror")),
            "{seen:?}"
        );
        let data = json_ld(&html);
        assert!(
            data["name"].as_str().unwrap().contains("</script>"),
            "{data}"
        );
    }
}

#[test]
fn the_figure_takes_an_image_by_address_and_the_editors_words() {
    let path = file("shares.json", SHARES);
    let html = text(&[
        "html",
        &path,
        "image=/pictures/a.svg",
        "alt=Two firms",
        "lang=en",
    ]);
    assert!(
        html.contains("<img src=\"/pictures/a.svg\" alt=\"Two firms\" width=\"688\" height=\"")
            && !html.contains("<svg"),
        "{html}"
    );
    assert_eq!(json_ld(&html)["description"], "Two firms");
    assert!(
        html.contains(
            "<a href=\"https://example.org/a?b=1&amp;c=2\" rel=\"noopener noreferrer nofollow\">"
        ),
        "{html}"
    );
    let inline = text(&["html", &path, "alt=Two firms", "width=400"]);
    assert!(
        inline.contains("<desc>Two firms</desc>")
            && inline.contains(" width=\"100%\" viewBox=\"0 0 408 "),
        "{inline}"
    );
    let both = text(&["html", &path, "image=a.svg", "phone=b.svg\""]);
    assert!(
        both.contains(
            "<source media=\"(max-width: 479px)\" srcset=\"b.svg&quot;\">\n<img src=\"a.svg\""
        ),
        "{both}"
    );
}

#[test]
fn an_editors_csv_is_drawn_and_its_kind_found_by_its_headings() {
    for (name, content, word) in [
        ("shares.csv", "\u{FEFF}회사,점유율\n가,60\n나,40\n", "60"),
        (
            "rounds.csv",
            "date;target;amount_usd\n2024-05;Alpha;1,000,000\n2024;Beta;2000000\n",
            "Alpha",
        ),
        (
            "links.csv",
            "from\tto\ttype\nAlpha\tBeta\tsupplies\n",
            "Beta",
        ),
    ] {
        let path = file(name, content);
        let html = text(&["html", &path]);
        assert!(html.contains("<svg") && html.contains(word), "{name}");
        assert!(
            text(&["check", &path]).contains(if name == "links.csv" {
                "rows: 3, issues: 0"
            } else {
                "rows: 2, issues: 0"
            }),
            "{name}"
        );
    }
}

#[test]
fn check_names_file_and_line_in_the_language_that_is_asked_for() {
    let json = file(
        "bad.json",
        &SHARES
            .replace(",{\"label\":\"B\"", ",\n\n{\"label\":\"B\"")
            .replace("\"value\":30", "\n\"value\":-30"),
    );
    let csv = file("bad.csv", "label,value\n\n\"A\nB\",70\nC,many\n");
    let cut = file(
        "cut.json",
        "{\n\"kind\": \"ai-atlas/market-share\",\n\"tables\": [}\n",
    );
    let open = file("open.csv", "label,value\nA,\"70\nB,30\n");
    let head = file("head.csv", "what,ever\n1,2\n");
    for (path, line, en, ko) in [
        (
            &json,
            ":5: ",
            "tables[0].items[1].value: '-30' is below zero",
            "0보다 작아",
        ),
        (
            &csv,
            ":5: ",
            "line 5, value: 'many' is of the wrong type",
            "형식이 맞지 않아",
        ),
        (&cut, ":3: ", "not valid JSON", "올바른 JSON이 아니어서"),
        (&open, ":2: ", "cannot be read: line 2", "읽지 못했습니다"),
        (&head, ": ", "understood as 'name'", "해당하는 열"),
    ] {
        for (lang, words) in [("lang=en", en), ("lang=ko", ko)] {
            let out = run(&["check", path, lang]);
            let said = String::from_utf8(out.stdout).unwrap();
            assert!(!out.status.success(), "{path} passes");
            assert!(
                said.lines()
                    .any(|one| one.starts_with(&format!("{path}{line}")) && one.contains(words)),
                "{lang}: {said}"
            );
        }
    }
    // One bad file does not keep the next from being read.
    let out = run(&["check", &cut, "data/market-share.json", "lang=en"]);
    let said = String::from_utf8(out.stdout).unwrap();
    assert!(
        !out.status.success()
            && said.contains("data/market-share.json: rows: ")
            && said.contains("issues: 0"),
        "{said}"
    );
    assert!(run(&["check", "data/market-share.json"]).status.success());
    assert!(!run(&["check", "no-such-file.json"]).status.success());
}

#[test]
fn what_is_left_out_of_a_picture_goes_to_the_terminal() {
    let path = file("left-out.csv", "label,value\na,40\nb,many\n");
    for args in [
        ["svg", &path, "lang=en"],
        ["html", &path, "lang=en"],
        ["table", &path, "en"],
    ] {
        let out = run(&args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        let expected = format!("{path}:3: line 3, value: 'many' is of the wrong type");
        assert!(
            out.status.success() && said.starts_with(&expected),
            "{said}"
        );
    }
}
