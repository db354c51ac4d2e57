//! A language besides Korean and English speaks as its file says, in the library and on the command
//! line. That it says everything: `tests/translations.rs`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a test says what is wrong by failing"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use ai_atlas::data::funding::Money;
use ai_atlas::data::value_chain::Relation;
use ai_atlas::data::{Lang, Texts, Value};
use ai_atlas::error::{Code, Error, Issue, IssueKind};
use ai_atlas::text::{
    self, compact, count, country, fill, list, money, number, percent, period, related, say, usd,
    value,
};
use proptest::prelude::*;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | 'ㄱ'..='ㆎ' | '가'..='힣')
}

fn language(code: &str) -> Lang {
    let file = fs::read_to_string(root().join(format!("lang/{code}.json"))).expect("a file");
    Lang::read(code, &Value::parse(&file, &Texts::new()).expect("JSON"))
}

/// A language from texts that no file has.
fn made_up(file: &str) -> Lang {
    Lang::read("xx", &Value::parse(file, &Texts::new()).expect("JSON"))
}

#[test]
fn japanese_has_its_own_numbers_and_sums() {
    let ja = language("ja");
    for (v, want) in [
        (0.0, "0"),
        (1_234.5, "1235"),
        (9_999.0, "9999"),
        (12_345.0, "1万2345"),
        (6.6e9, "66億"),
        (1.2e12, "1兆2000億"),
        (999_999_999_999.0, "1兆"),
        (2.2569e16, "2京2569兆"),
        (-6.6e9, "−66億"),
        (f64::NAN, "–"),
    ] {
        assert_eq!(compact(v, ja), want, "{v}");
    }
    assert_eq!(
        (
            count(1_234, ja),
            count(12_345, ja),
            number(12_345.67, ja, 2)
        ),
        ("1234".into(), "12,345".into(), "12,345.67".into())
    );
    let sum = |value: f64, currency: &str, bound| {
        money(
            &Money {
                value,
                currency: currency.into(),
                bound,
                approx: bound == 0,
                ..Money::default()
            },
            ja,
        )
    };
    assert_eq!(
        [
            sum(6.6e9, "USD", 0),
            sum(100e9, "USD", -1),
            sum(260e9, "KRW", 1),
            sum(1e12, "CNY", 2),
            sum(5e6, "XDR", -2),
            sum(f64::NAN, "USD", 0)
        ],
        [
            "約66億ドル",
            "最大1000億ドル",
            "2600億ウォン以上",
            "1兆元超",
            "500万 XDR未満",
            "記載なし"
        ]
    );
    for (v, unit, want) in [
        (61.7, "%", "61.7%"),
        (173.7, "USD bn", "1737億ドル"),
        (53.0, "companies", "53社"),
        (100_000.0, "GPUs", "GPU10万基"),
        (39.0, "bn parameters", "パラメーター390億個"),
        (4.5, "x", "4.5倍"),
        (15.0, "MW", "15 MW"),
    ] {
        assert_eq!(value(v, unit, ja), want);
    }
}

#[test]
fn japanese_has_its_own_dates() {
    let ja = language("ja");
    for (text, want) in [
        ("2024", "2024年"),
        ("2024-03", "2024年3月"),
        ("2024-12-16", "2024年12月16日"),
        ("2023-Q4", "2023年第4四半期"),
        ("2023-Q1/2023-Q3", "2023年第1〜3四半期"),
        ("2024-Q1/2024-Q2", "2024年上半期"),
        ("2023/2025", "2023〜2025年"),
        ("2023-12/2024-01", "2023年12月〜2024年1月"),
        ("~2024", "2024年ごろ"),
        ("2023/2024-06", "2023年〜2024年6月"),
    ] {
        assert_eq!(period(text, ja), want);
    }
}

#[test]
fn japanese_has_its_own_lists_names_and_sentences() {
    let ja = language("ja");
    assert_eq!(list(&["A".into(), "B".into(), "C".into()], ja), "A、B、C");
    assert_eq!(
        related(Relation::Supplies, false, "TSMC", ja),
        "TSMCから供給を受ける"
    );
    assert_eq!(
        (country("KR", ja), country("ZZ", ja)),
        ("韓国".into(), "ZZ".into())
    );
    let issue = Issue {
        place: "links[3]".into(),
        line: 0,
        field: "to",
        found: "nobody".into(),
        kind: IssueKind::UnknownReference,
    };
    assert_eq!(
        text::issue(&issue, ja),
        "links[3].to: 「nobody」という組織がファイルにないため、この関係を表示していません。"
    );
    assert_eq!(
        text::error(&Error::new(Code::TooLarge, "rows 7 > 5"), ja),
        "ファイルが上限より大きいため、読み込みませんでした：rows 7 > 5。"
    );
}

#[test]
fn a_language_may_have_other_marks_steps_and_names_of_months() {
    let lang = made_up(
        r#"{",.4": ".,5", "3,K,M,B,T": "3,, Mio., Mrd., Bio.", "3,,m,bn,tn": "3,, Mio., Mrd., Bio.", "{0}{2}{1}": "{0}{1} {2}", "US$": "US-Dollar", "{0}%": "{0} %",
        "{6} {0}": "{6} {0}", "{0} event{0|s}": "{0} Ereignis{0|se}", "January,February,March,April,May,June,July,August,September,October,November,December": "Januar,Februar,März"}"#,
    );
    assert_eq!(
        (
            compact(1_234.5, lang),
            compact(12_345.0, lang),
            compact(6.6e9, lang),
            compact(2.5e12, lang)
        ),
        (
            "1235".into(),
            "12.345".into(),
            "6,6 Mrd.".into(),
            "2,5 Bio.".into()
        )
    );
    assert_eq!(
        (usd(6.6e9, lang), percent(61.7, lang)),
        ("6,6 Mrd. US-Dollar".into(), "61,7 %".into())
    );
    assert_eq!(
        (period("2024-03", lang), period("2024-12", lang)),
        ("März 2024".into(), " 2024".into())
    );
    assert_eq!(
        [1, 2].map(|n| fill(lang, "{0}건|{0} event{0|s}", &[&count(n, lang)])),
        ["1 Ereignis", "2 Ereignisse"]
    );
    // What it lacks is said in English.
    assert_eq!(
        (say(lang, "출처|Source"), period("2024-Q1", lang)),
        ("Source", "Q1 2024".into())
    );
}

#[test]
fn english_counts_one_thing_and_several_and_korean_needs_no_such_form() {
    let words = "조직 {0}곳은 {1은}|{0} compan{0y|ies} {0is|are} {1}{2|s}";
    assert_eq!(fill(Lang::En, words, &["1", "x", "0"]), "1 company is xs");
    assert_eq!(fill(Lang::En, words, &["2", "x", "1"]), "2 companies are x");
    assert_eq!(fill(Lang::Ko, words, &["1", "칩", "1"]), "조직 1곳은 칩은");
}

#[test]
fn a_hostile_file_of_a_language_costs_its_own_words_only() {
    let lang = made_up(
        "{\"Source\": \"\u{202E}ecruoS\", \"Table\": [\"x\"], \"Date\": 7, \"Value\": null, \"Unit\": \"\", \"All\": \"<b>\", \"{0}%\": \"{9}{{{0|\", \",.4\": \"\", \"3,K,M,B,T\": \",,\"}",
    );
    for same in ["Source", "Table", "Date", "Value", "Unit"] {
        assert_eq!(say(lang, &format!("|{same}")), same);
    }
    assert_eq!(say(lang, "모두|All"), "<b>"); // set as text, wherever it stands
    assert_eq!(percent(5.0, lang), "0|");
    assert!(compact(6.6e9, lang).starts_with('6'));
    assert_eq!(
        Lang::read("xx", &Value::parse("[]", &Texts::new()).expect("JSON")).code(),
        "xx"
    );
    // Too much is no language at all.
    let much = format!(
        "{{\"Source\": \"Quelle\", \"x\": \"{}\"}}",
        "y".repeat(1 << 18)
    );
    assert_eq!(say(made_up(&much), "출처|Source"), "Source");
}

proptest! {
    #[test]
    fn any_marks_steps_and_holes_give_some_words(
        marks in ".{0,5}",
        steps in "[0-9a-z, ]{0,12}",
        hole in "[{}|0-9a-z]{0,12}",
        v in proptest::num::f64::ANY,
    ) {
        let quoted = |text: &str| serde_json::to_string(text).expect("a text");
        let lang = made_up(&format!("{{\",.4\": {}, \"3,K,M,B,T\": {1}, \"3,,m,bn,tn\": {1}, \"{{0}}%\": {2}}}", quoted(&marks), quoted(&steps), quoted(&hole)));
        compact(v, lang);
        usd(v, lang);
        percent(v, lang);
        number(v, lang, 3);
    }
}

/// What the program prints, and whether it was content.
fn run(words: &[&str]) -> (String, bool) {
    let out = Command::new(env!("CARGO_BIN_EXE_ai-atlas"))
        .args(words)
        .current_dir(root())
        .env("LC_ALL", "ja_JP.UTF-8")
        .output()
        .expect("a program");
    (
        String::from_utf8_lossy(&out.stdout).into_owned() + &String::from_utf8_lossy(&out.stderr),
        out.status.success(),
    )
}

/// A shipped file in which every text of its editors is in letters that no text of the library has:
/// what else there is to read is the library's.
fn without_words(kind: &str) -> String {
    fn hide(value: &mut serde_json::Value, key: &str, number: &mut usize) {
        const TEXTS: [&str; 6] = [
            "locator",
            "attributed_to",
            "products",
            "aliases",
            "derived",
            "krw_text",
        ];
        match value {
            serde_json::Value::Object(fields) => fields
                .iter_mut()
                .for_each(|(key, value)| hide(value, key, number)),
            serde_json::Value::Array(list) => {
                list.iter_mut().for_each(|value| hide(value, key, number))
            }
            serde_json::Value::String(text)
                if key.ends_with("_ko") || key.ends_with("_en") || TEXTS.contains(&key) =>
            {
                *number += 1;
                *text = format!("Ю{number}");
            }
            _ => {}
        }
    }
    let mut file = serde_json::from_slice(
        &fs::read(root().join(format!("data/{kind}.json"))).expect("a file"),
    )
    .expect("JSON");
    hide(&mut file, "", &mut 0);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("words-{kind}.json"));
    fs::write(&path, file.to_string()).expect("room");
    path.to_string_lossy().into_owned()
}

/// What stands between the tags of a document, without its data for search engines; and the words
/// in it that are neither Japanese nor names.
fn foreign(document: &str) -> BTreeSet<String> {
    let document = document.split("<script").next().unwrap_or("");
    let text: String = document
        .split('<')
        .filter_map(|piece| piece.split_once('>'))
        .map(|(_, text)| format!("{text} "))
        .collect();
    let words = text.split(|c: char| !c.is_ascii_alphabetic() && !is_hangul(c));
    words
        .filter(|word| !["", "AI", "Atlas", "NIA", "MW", "GPU", "H", "ja", "amp"].contains(word))
        .map(str::to_string)
        .collect()
}

#[test]
fn the_command_line_speaks_japanese() {
    for kind in ["value-chain", "market-share", "funding-timeline"] {
        let file = without_words(kind);
        for words in [
            vec!["svg", &file, "lang=ja"],
            vec!["svg", &file, "lang=ja", "width=360"],
            vec!["html", &file, "lang=ja"],
            vec!["table", &file, "ja"],
        ] {
            let (said, well) = run(&words);
            assert!(well, "{words:?}: {said}");
            assert!(
                said.contains(|c: char| ('ぁ'..='ヿ').contains(&c)),
                "{words:?} has no Japanese"
            );
            assert_eq!(foreign(&said), BTreeSet::new(), "{words:?}");
            assert!(
                words[0] == "table" || said.contains("lang=\"ja\"") && said.contains("出典："),
                "{words:?}"
            );
        }
        let english = run(&["html", &file, "lang=en"]).0;
        assert!(
            foreign(&english).len() > 50,
            "words are found where there are some"
        );
    }
    let (said, well) = run(&["check", "data/value-chain.json"]); // in the language of the terminal
    assert!(
        well && said.contains("項目") && said.contains("問題0件"),
        "{said}"
    );
    let (said, well) = run(&["check", "tests/fixtures/cells.json", "lang=ja"]);
    assert!(!well && said.contains('。'), "{said}");
    let (said, well) = run(&["svg", "data/value-chain.json", "lang=tlh"]);
    assert!(!well && said.contains("ko, en, ja"), "{said}");
}
