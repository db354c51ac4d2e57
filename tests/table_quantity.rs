//! Quantities in cells, as authors write them in Korean, English, Japanese and elsewhere in Europe.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/table.rs"]
mod common;

use ai_atlas::data::table::quantity::{
    Bound, Cell, Decimal, Quantity, Unknown, cell, decimal, heading, json_number, letter, settled,
};
use common::unit_words;
use proptest::prelude::*;

/// A cell in few letters: `~1700e8 KRW`, `≥5`, `1234 or 1.234`.
fn words(cell: &Cell) -> String {
    match cell {
        Cell::Number(quantity) => {
            let bound = match quantity.bound {
                Bound::None => "",
                Bound::AtLeast => "≥",
                Bound::MoreThan => ">",
                Bound::UpTo => "≤",
                Bound::LessThan => "<",
            };
            let about = if quantity.approx { "~" } else { "" };
            let number = json_number(quantity, 0);
            format!("{bound}{about}{number} {}", unit_words(&quantity.unit))
                .trim_end()
                .to_owned()
        }
        Cell::Unknown(Unknown::Empty) => "empty".to_owned(),
        Cell::Unknown(Unknown::NotAvailable) => "n/a".to_owned(),
        Cell::Unknown(Unknown::Undisclosed) => "secret".to_owned(),
        Cell::Doubtful(one, other) => format!("{one} or {other}"),
        Cell::NoNumber => "none".to_owned(),
    }
}

/// Fails with every cell that is read otherwise than told.
fn hold(decimal: Decimal, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(text, want)| (text, words(&cell(text, decimal)), want))
        .filter(|(_, got, want)| got != *want)
        .map(|(text, got, want)| format!("{text:?} is {got:?}, not {want:?}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn digits_in_groups_and_decimals_are_read_as_the_column_writes_them() {
    hold(
        Decimal::Point,
        &[
            ("5", "5"),
            ("1,000", "1000"),
            ("69,298", "69298"),
            ("1,234.5", "1234.5"),
            ("1.234,5", "1234.5"),
            ("1.234.567", "1234567"),
            ("1,234,567", "1234567"),
            ("1.234", "1.234"),
            ("42,4%", "42.4 %"),
            ("20,33", "20.33"),
            ("0,123", "0.123"),
            ("1 234", "1234"),
            ("1\u{A0}234", "1234"),
            ("1\u{202F}234,5", "1234.5"),
            ("1'234", "1234"),
            ("1’234’567.80", "1234567.80"),
            (".5", "0.5"),
            ("007", "7"),
            ("-0", "0"),
            ("０１２", "12"),
            ("１，２３４．５", "1234.5"),
        ],
    );
}

#[test]
fn signs_exponents_and_marks_of_footnotes_are_no_part_of_the_digits() {
    hold(
        Decimal::Point,
        &[
            ("−5", "-5"),
            ("–5", "-5"),
            ("+5", "5"),
            ("(5)", "-5"),
            ("($1,234)", "-1234 USD"),
            ("-$5", "-5 USD"),
            ("$-5", "-5 USD"),
            ("(-5)", "none"),
            ("(약 5)", "none"),
            ("1e7", "1e7"),
            ("1E+07", "1e7"),
            ("2.5e-3", "2.5e-3"),
            ("5*", "5"),
            ("5†‡", "5"),
            ("5[1]", "5"),
            ("5 억 원[12]", "5e8 KRW"),
            ("5 1)", "none"),
            ("1.2.3", "none"),
            ("1,23,456", "123456"),
            ("12,34,56", "none"),
            ("123,45,678", "none"),
            ("2024 123", "none"),
        ],
    );
}

#[test]
fn beside_decimal_commas_a_point_groups_and_a_lone_comma_is_doubtful() {
    hold(
        Decimal::Comma,
        &[
            ("1.234", "1234"),
            ("1,234", "1234 or 1.234"),
            ("-1,234 %", "-1234 or -1.234"),
            ("42,4", "42.4"),
            ("3.5", "3.5"),
            ("1,234,567", "1234567"),
            ("1.234 Mio. €", "1234e6 EUR"),
            ("1,234 Mio. €", "1234e6 or 1.234e6"),
            // Korean and Japanese know no comma before decimals.
            ("1,234억 원", "1234e8 KRW"),
            ("1.234조", "1.234e12"),
        ],
    );
    assert_eq!(words(&settled("1,234", Decimal::Comma)), "1.234");
    assert_eq!(words(&settled("1.234", Decimal::Comma)), "1234");
    assert_eq!(
        words(&settled("1.234 Mrd €", Decimal::Point)),
        "1.234e9 EUR"
    );
    hold(Decimal::Point, &[("1.234 Mrd. €", "1234e9 or 1.234e9")]);
}

#[test]
fn a_column_proves_what_separates_its_decimals_or_is_doubtful() {
    use Decimal::{Comma, Point};
    for (cells, semicolon, want) in [
        (&["1,000", "69,298"][..], false, Some(Point)),
        (&["1,000", "69,298"], true, None),
        (&["1.234"], true, None),
        (&["1.234"], false, Some(Point)),
        (&["1.234", "3,5"], true, Some(Comma)),
        (&["42,4%", "20,33", "1,234"], false, Some(Comma)),
        (&["1.234", "3.5"], true, Some(Point)),
        (&["1.234,5"], false, Some(Comma)),
        (&["1,234.5"], true, Some(Point)),
        (&["1.234.567", "1.234"], false, Some(Comma)),
        (&["3,5", "3.5", "1,234"], false, None),
        (&["3,5", "3.5"], true, Some(Point)),
        (&["5", "-", "name, first"], true, Some(Point)),
        (&["1,234억", "1,234"], true, Some(Point)),
        (&["1,234 Mrd. €"], true, Some(Comma)),
        (&["2024.3.5", "1.234"], true, None),
        (&[], true, Some(Point)),
    ] {
        assert_eq!(decimal(cells.iter().copied(), semicolon), want, "{cells:?}");
    }
}

#[test]
fn korean_and_japanese_powers_of_ten_are_added_exactly() {
    hold(
        Decimal::Point,
        &[
            ("1,000억 원", "1000e8 KRW"),
            ("약 1,700억 원", "~1700e8 KRW"),
            ("1조 3,000억 원", "13000e8 KRW"),
            ("1조3천억원", "13e11 KRW"),
            ("1억 2,000만", "12000e4"),
            ("1억 2,345만 6,789", "123456789"),
            ("12억", "12e8"),
            ("130억원", "130e8 KRW"),
            ("1,300만 달러", "1300e4 USD"),
            ("¥1兆2000億", "12000e8 (¥)"),
            ("1兆2000億円", "12000e8 JPY"),
            ("¥100円", "100 JPY"),
            ("1.2조", "1.2e12"),
            ("5천만원", "5e7 KRW"),
            ("1천5백만 원", "15e6 KRW"),
            ("3백만 달러", "3e6 USD"),
            ("3百万ドル", "3e6 USD"),
            ("1.5万亿元", "1.5e12 CNY"),
            ("500億円", "500e8 JPY"),
            ("500억여 원", "~500e8 KRW"),
            ("10여억 원", "~10e8 KRW"),
            ("-1억 5천만 원", "-15e7 KRW"),
            // The parts overlap, or leave a part open.
            ("1조 13,000억", "none"),
            ("1.5억 2,000만", "none"),
            ("3만 5억", "none"),
            // Words, not powers of ten.
            ("5경기", "none"),
            ("3조각", "none"),
        ],
    );
}

#[test]
fn currencies_and_english_and_german_powers_are_read() {
    hold(
        Decimal::Point,
        &[
            ("$15M", "15e6 USD"),
            ("US$15m", "15e6 USD"),
            ("€600m", "600e6 EUR"),
            ("€3,400", "3400 EUR"),
            ("$1.5 billion", "1.5e9 USD"),
            ("15 million dollars", "15e6 USD"),
            ("USD 15 bn", "15e9 USD"),
            ("15 USDm", "15e6 USD"),
            ("USD15m", "15e6 USD"),
            ("5bn달러", "5e9 USD"),
            ("5M달러", "5e6 USD"),
            ("최대5억원", "≤5e8 KRW"),
            ("5 bn bn", "none"),
            ("5% %", "none"),
            ("$ $ $ $ $ 5", "none"),
            ("5k USD", "5e3 USD"),
            ("$1.5T", "1.5e12 USD"),
            ("€5T", "none"),
            ("NT$5", "5 TWD"),
            ("HK$5bn", "5e9 HKD"),
            ("$5 CAD", "5 CAD"),
            ("50 대만 달러", "50 TWD"),
            ("₩5", "5 KRW"),
            ("￦5", "5 KRW"),
            ("CHF 5m", "5e6 CHF"),
            ("5 Mio. €", "5e6 EUR"),
            ("5 Mrd €", "5e9 EUR"),
            ("5 M€", "5e6 EUR"),
            ("5 €", "5 EUR"),
            ("5 위안", "5 CNY"),
            ("5元", "5 CNY"),
            ("5엔", "5 JPY"),
            ("5 유로", "5 EUR"),
            ("5 파운드", "5 GBP"),
            ("5弗", "5 USD"),
            ("10억불", "10e8 USD"),
            ("5 SEK", "5 SEK"),
            ("¥5", "5 (¥)"),
            ("¥5 元", "5 CNY"),
            ("$5 €", "none"),
            ("5 pounds", "5 (pounds)"),
            ("$5/month", "5 USD(/month)"),
        ],
    );
}

#[test]
fn what_is_counted_stays_as_it_was_written() {
    hold(
        Decimal::Point,
        &[
            ("42 %", "42 %"),
            ("92%", "92 %"),
            ("92 ％", "92 %"),
            ("92퍼센트", "92 %"),
            ("45pp", "45 (pp)"),
            ("45 %p", "45 (%p)"),
            ("5개", "5 (개)"),
            ("120여 개국", "~120 (개국)"),
            ("5만 명", "5e4 (명)"),
            ("5 models", "5 (models)"),
            ("5.2TWh", "5.2 (TWh)"),
            ("5 % of GDP", "5 %(of GDP)"),
            // Metres, or millions of what? As written.
            ("5m", "5 (m)"),
            ("5M", "5 (M)"),
            ("5k", "5 (k)"),
            ("5bn", "5e9"),
            ("5 billion", "5e9"),
            ("5억", "5e8"),
            // Names and dates.
            ("3D Systems", "none"),
            ("42dot", "none"),
            ("11번가", "none"),
            ("A100", "none"),
            ("2024년", "none"),
            ("5월", "none"),
            ("5 March", "none"),
            ("2024-05-13", "none"),
            ("2024.3.5", "none"),
            ("5/10", "none"),
            ("10:30", "none"),
            ("Infinity", "none"),
            ("$", "none"),
            ("soon", "none"),
            // Ranges are a question.
            ("10-20", "none"),
            ("10~20", "none"),
            ("10–20억", "none"),
            ("$10m - $20m", "none"),
        ],
    );
    assert_eq!(letter("m"), Some(6));
    assert_eq!(letter("TWh"), None);
}

#[test]
fn about_and_bounds_are_kept() {
    hold(
        Decimal::Point,
        &[
            ("~5.1%", "~5.1 %"),
            ("≈5", "~5"),
            ("about 5", "~5"),
            ("c. 5", "~5"),
            ("약 5", "~5"),
            ("약5억", "~5e8"),
            ("5 정도", "~5"),
            ("5여", "~5"),
            ("約5", "~5"),
            ("約５億円", "~5e8 JPY"),
            (">5", ">5"),
            ("≥5", "≥5"),
            (">= 5", "≥5"),
            ("5 이상", "≥5"),
            ("5 초과", ">5"),
            ("5 이하", "≤5"),
            ("5 미만", "<5"),
            ("최대 5", "≤5"),
            ("최소 5", "≥5"),
            ("at least $5m", "≥5e6 USD"),
            ("more than 5", ">5"),
            ("over 5", ">5"),
            ("up to 5", "≤5"),
            ("less than 5", "<5"),
            ("5+", "≥5"),
            ("$5m+", "≥5e6 USD"),
            ("5억円以上", "≥5e8 JPY"),
            ("5超", ">5"),
            ("5以下", "≤5"),
            ("5未満", "<5"),
            ("100억 달러 이상*", "≥100e8 USD"),
            ("최소 5 이하", "none"),
        ],
    );
}

#[test]
fn words_for_no_number_are_known() {
    hold(
        Decimal::Point,
        &[
            ("", "empty"),
            (" \u{3000}", "empty"),
            ("-", "n/a"),
            ("–", "n/a"),
            ("—", "n/a"),
            ("－", "n/a"),
            ("N/A", "n/a"),
            ("NA", "n/a"),
            ("null", "n/a"),
            ("none", "n/a"),
            ("NaN", "n/a"),
            (".", "n/a"),
            ("…", "n/a"),
            ("미상", "n/a"),
            ("不明", "n/a"),
            ("x", "n/a"),
            ("-*", "n/a"),
            // Zero, or not known?
            ("없음", "none"),
            ("비공개", "secret"),
            ("(미공개)", "secret"),
            ("비밀", "secret"),
            ("Undisclosed", "secret"),
            ("not disclosed", "secret"),
            ("confidential", "secret"),
            ("非公開", "secret"),
            ("未公開", "secret"),
        ],
    );
}

#[test]
fn a_text_without_end_is_no_number_and_takes_no_time() {
    for part in ["1", "1,", "억", "(", "5 ", "약", " ", "$", "*"] {
        let text = part.repeat(2_000_000);
        let _ = cell(&text, Decimal::Point);
        assert!(heading(&text).0.chars().count() <= 80);
        decimal([text.as_str()].into_iter(), true);
    }
}

/// A number as Korean prints it, from 조 to ones.
fn korean(number: u64) -> String {
    let grouped = |part: u64| match part {
        1000.. => format!("{},{:03}", part / 1000, part % 1000),
        _ => part.to_string(),
    };
    let parts = [(12, "조"), (8, "억"), (4, "만"), (0, "")];
    let said: Vec<String> = parts
        .iter()
        .map(|(power, word)| (number / 10_u64.pow(*power) % 10_000, word))
        .filter(|(part, _)| *part > 0)
        .map(|(part, word)| grouped(part) + word)
        .collect();
    said.join(" ")
}

/// A number with its power as an integer.
fn whole(quantity: &Quantity) -> Option<u64> {
    let digits: u64 = quantity.digits.parse().ok()?;
    digits.checked_mul(10_u64.checked_pow(u32::try_from(quantity.power).ok()?)?)
}

/// Texts of the letters that quantities are written in.
const LETTERS: &str = "[-−–+~≥<>0-9０-９ ,.'’()\\[\\]%％$€¥₩£eEkmMbnT억만조천백원달러여약개년\u{A0}兆億万円以上*†]{0,24}";

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok()
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        cases: 4000,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_text_makes_the_readers_panic_and_every_number_is_json(
        any in ".{0,60}",
        near in LETTERS,
        semicolon: bool,
        power in -400..400_i32,
    ) {
        for text in [any.as_str(), near.as_str()] {
            for point in [Decimal::Point, Decimal::Comma] {
                match cell(text, point) {
                    Cell::Number(quantity) => {
                        for power in [0, power] {
                            let json = json_number(&quantity, power);
                            prop_assert!(is_json(&json), "{text:?}: {json}");
                        }
                        prop_assert!(quantity.unit.name.chars().count() <= 80);
                    }
                    Cell::Doubtful(one, other) => {
                        for json in [one, other] {
                            prop_assert!(is_json(&json), "{text:?}: {json}");
                        }
                    }
                    Cell::Unknown(_) | Cell::NoNumber => {}
                }
                prop_assert!(!matches!(settled(text, point), Cell::Doubtful(..)));
            }
            decimal([text].into_iter(), semicolon);
            heading(text);
        }
    }

    #[test]
    fn what_korean_prints_reads_back_exactly(number in 1..10_000_000_000_000_000_u64) {
        let text = korean(number);
        for text in [format!("{text}원"), format!("{text} 원"), text.replace(' ', "") + " 달러"] {
            let Cell::Number(quantity) = cell(&text, Decimal::Comma) else {
                return Err(TestCaseError::fail(text));
            };
            prop_assert_eq!(whole(&quantity), Some(number), "{}", text);
        }
    }

    #[test]
    fn what_any_locale_prints_reads_back_exactly(
        whole in 0..1_000_000_000_u64,
        cents in 0..100_u32,
        locale in 0..4_usize,
    ) {
        let (mark, point) = [(",", "."), (".", ","), ("\u{202F}", ","), ("’", ".")].into_iter().nth(locale).unwrap_or((",", "."));
        let digits = whole.to_string();
        let groups = digits.as_bytes().rchunks(3).rev();
        let grouped: Vec<&str> = groups.map(|part| core::str::from_utf8(part).unwrap_or_default()).collect();
        let text = format!("{}{point}{cents:02}", grouped.join(mark));
        for decimal in [Decimal::Point, Decimal::Comma] {
            prop_assert_eq!(words(&cell(&text, decimal)), format!("{whole}.{cents:02}"));
        }
    }
}
