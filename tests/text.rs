//! What the words and numbers read like, in both languages.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, reason = "a test may")]

use ai_atlas::{
    data::{Lang, Precision, Status, When, funding::Money},
    text::*,
};
use proptest::prelude::*;

#[allow(non_upper_case_globals, reason = "they are all over the tables below")]
const Ko: Lang = Lang::Ko;

#[allow(non_upper_case_globals, reason = "as above")]
const En: Lang = Lang::En;

#[test]
fn numbers_are_grouped_rounded_and_lose_trailing_zeros() {
    for (v, decimals, want) in [
        (0.0, 2, "0"),
        (-0.0, 2, "0"),
        (7.0, 2, "7"),
        (61.7, 1, "61.7"),
        (61.70, 4, "61.7"),
        (1_234.0, 0, "1,234"),
        (1_234_567.891, 2, "1,234,567.89"),
        (999.999, 2, "1,000"),
        (1.005, 2, "1.01"),
        (0.05, 2, "0.05"),
        (0.004, 2, "0.004"),
        (-0.004, 2, "−0.004"),
        (-1234.5, 1, "−1,234.5"),
        (0.1 + 0.2, 6, "0.3"),
        (123_456_789_012_345.0, 2, "123,456,789,012,345"),
        (123_456_789_012_345_678.0, 2, "123,456,789,012,345,680"),
        (12_345_678_901.234_56, 6, "12,345,678,901.235"),
        (1e18, 0, "1×10^18"),
        (-1.5e300, 0, "−1.5×10^300"),
        (9.99e20, 0, "1×10^21"),
        (f64::MAX, 9, "1.8×10^308"),
        (f64::MIN_POSITIVE, 255, "2.2×10^−308"),
        (f64::NAN, 2, "–"),
        (f64::INFINITY, 2, "∞"),
        (f64::NEG_INFINITY, 2, "−∞"),
    ] {
        for lang in [Ko, En] {
            assert_eq!(number(v, lang, decimals), want, "{v}");
        }
    }
}

#[test]
fn per_cent_has_one_decimal_and_two_where_little_is_left() {
    for (v, want) in [
        (92.0, "92%"),
        (61.7, "61.7%"),
        (33.333, "33.3%"),
        (0.25, "0.25%"),
        (f64::NAN, "–"),
        (100.0, "100%"),
        (99.96, "> 99.9%"),
    ] {
        assert_eq!(percent(v, Ko), want);
        assert_eq!(percent(v, En), want);
    }
}

#[test]
fn short_numbers_use_the_units_of_the_language() {
    for (v, ko, en) in [
        (0.0, "0", "0"),
        (0.5, "0.5", "0.5"),
        (6.25, "6.25", "6.25"),
        (123.45, "123.5", "123.5"),
        (1_234.5, "1,235", "1,235"),
        (9_999.0, "9,999", "9,999"),
        (10_000.0, "1만", "10K"),
        (12_345.0, "1만 2,345", "12.3K"),
        (999_960.0, "99만 9,960", "1M"),
        (17_500_000.0, "1,750만", "17.5M"),
        (219_310_000.0, "2억 1,931만", "219.3M"),
        (6.6e9, "66억", "6.6B"),
        (3.21e9, "32억 1,000만", "3.21B"),
        (999_999_999_999.0, "1조", "1T"),
        (1.2e12, "1조 2,000억", "1.2T"),
        (225_376_600_000_000.0, "225조 3,766억", "225.4T"),
        (9_999_999_999_999_999.0, "1경", "10,000T"),
        (2.2569e16, "2경 2,569조", "22,569T"),
        (100_000_001.0, "1억", "100M"),
        (1e20, "10,000경", "100,000,000T"),
        (-6.6e9, "−66억", "−6.6B"),
        (1e30, "1×10^30", "1×10^30"),
        (f64::NAN, "–", "–"),
        (f64::INFINITY, "∞", "∞"),
    ] {
        assert_eq!(compact(v, Ko), ko, "{v}");
        assert_eq!(compact(v, En), en, "{v}");
    }
}

fn sum(value: f64, currency: &str, approx: bool, bound: i8) -> Money {
    Money {
        value,
        currency: currency.into(),
        approx,
        bound,
        ..Money::default()
    }
}

#[test]
fn sums_of_money_read_as_a_newspaper_prints_them() {
    for (value, currency, approx, bound, ko, en) in [
        (6.6e9, "USD", true, 0, "약 66억 달러", "about US$6.6bn"),
        (6.6e9, "USD", false, 0, "66억 달러", "US$6.6bn"),
        (260e9, "KRW", false, 0, "2,600억 원", "₩260bn"),
        (8e9, "USD", false, 1, "최소 80억 달러", "at least US$8bn"),
        (
            100e9,
            "USD",
            false,
            -1,
            "최대 1,000억 달러",
            "up to US$100bn",
        ),
        (
            100e9,
            "USD",
            true,
            -1,
            "최대 1,000억 달러",
            "up to US$100bn",
        ),
        (1e12, "KRW", false, 2, "1조 원 초과", "more than ₩1tn"),
        (1e12, "KRW", false, -2, "1조 원 미만", "less than ₩1tn"),
        (13.8e9, "CNY", false, 0, "138억 위안", "CN¥13.8bn"),
        (
            219_310_000.0,
            "USD",
            false,
            0,
            "2억 1,931만 달러",
            "US$219.3m",
        ),
        (50e6, "USD", false, 0, "5,000만 달러", "US$50m"),
        (7e12, "USD", false, 0, "7조 달러", "US$7tn"),
        (12_000.0, "USD", false, 0, "1만 2,000 달러", "US$12,000"),
        (999_999.9, "EUR", false, 0, "100만 유로", "€1m"),
        (175.42e12, "KRW", false, 0, "175조 4,200억 원", "₩175.4tn"),
        (5e6, "XDR", false, 0, "500만 XDR", "XDR 5m"),
        (-5e6, "GBP", false, 0, "−500만 파운드", "−£5m"),
        (0.0, "USD", false, 0, "0 달러", "US$0"),
        (f64::NAN, "USD", true, 1, "미기재", "not given"),
        (f64::INFINITY, "USD", true, 1, "미기재", "not given"),
    ] {
        let money_of = sum(value, currency, approx, bound);
        assert_eq!(money(&money_of, Ko), ko, "{value} {currency}");
        assert_eq!(money(&money_of, En), en, "{value} {currency}");
    }
    assert_eq!(
        (usd(157e9, Ko), usd(157e9, En)),
        ("1,570억 달러".into(), "US$157bn".into())
    );
}

#[test]
fn values_carry_their_units_and_unknown_units_stand_as_they_are() {
    for (v, unit, ko, en) in [
        (92.0, "%", "92%", "92%"),
        (173.7, "USD bn", "1,737억 달러", "US$173.7bn"),
        (0.75, "USD bn", "7억 5,000만 달러", "US$750m"),
        (5.0, "USD m", "500만 달러", "US$5m"),
        (1.5, "USD tn", "1조 5,000억 달러", "US$1.5tn"),
        (40.0, "USD k", "4만 달러", "US$40,000"),
        (225.3766, "KRW tn", "225조 3,766억 원", "₩225.4tn"),
        (500.0, "KRW bn", "5,000억 원", "₩500bn"),
        (9_900.0, "KRW", "9,900 원", "₩9,900"),
        (53.0, "companies", "53개사", "53 companies"),
        (1.0, "companies", "1개사", "1 company"),
        (34.0, "regions", "34개 지역", "34 regions"),
        (105.0, "zones", "105개 영역", "105 zones"),
        (39.0, "bn", "390억", "39bn"),
        (
            39.0,
            "bn parameters",
            "매개변수 390억 개",
            "39bn parameters",
        ),
        (
            1.8,
            "tn parameters",
            "매개변수 1조 8,000억 개",
            "1.8tn parameters",
        ),
        (15.0, "MW", "15 MW", "15 MW"),
        (100_000.0, "GPUs", "GPU 10만 개", "100,000 GPUs"),
        (1.0, "H100 GPUs", "H100 GPU 1개", "1 H100 GPU"),
        (4.5, "x", "4.5배", "4.5×"),
        (149.0, "models", "모델 149개", "149 models"),
        (3.0, "TB/s", "3 TB/s", "3 TB/s"),
        (12.0, "bananas", "12 bananas", "12 bananas"),
        (12.0, "ABC bn", "12 ABC bn", "12 ABC bn"),
        (21.0, "°C", "21°C", "21°C"),
        (208.0, "mixed", "208", "208"),
        (208.0, "", "208", "208"),
        (f64::NAN, "USD bn", "–", "–"),
    ] {
        assert_eq!(value(v, unit, Ko), ko, "{v} {unit}");
        assert_eq!(value(v, unit, En), en, "{v} {unit}");
    }
}

#[test]
fn status_is_told_in_words_and_a_plain_number_has_none() {
    let all = Status {
        approx: true,
        bound: 0,
        disputed: true,
        in_talks: true,
        reported: true,
        planned: true,
        forecast: true,
        derived: true,
        cumulative: true,
        part_of: true,
    };
    assert_eq!(
        status(&all, Ko),
        [
            "대략",
            "논란 †",
            "협의 중",
            "보도 단계",
            "계획",
            "전망",
            "편집부 계산",
            "누적",
            "다른 항목에 포함"
        ]
    );
    assert_eq!(
        status(&all, En),
        [
            "approximate",
            "disputed †",
            "in talks",
            "reported, not confirmed",
            "planned",
            "forecast",
            "derived by the editor",
            "cumulative",
            "part of another item"
        ]
    );
    let bound = |bound| Status {
        bound,
        ..Status::default()
    };
    assert_eq!(status(&bound(1), Ko), ["최소"]);
    assert_eq!(status(&bound(2), Ko), ["초과"]);
    assert_eq!(status(&bound(-1), En), ["up to"]);
    assert_eq!(status(&bound(-2), En), ["less than"]);
    assert!(status(&Status::default(), Ko).is_empty());
    assert!(!reported(Ko).is_empty() && !reported(En).is_empty());
}

#[test]
fn countries_have_names_and_unknown_codes_stay() {
    for (code, ko, en) in [
        ("KR", "한국", "South Korea"),
        ("TW", "대만", "Taiwan"),
        ("ZZ", "ZZ", "ZZ"),
        ("", "", ""),
    ] {
        assert_eq!(
            (country(code, Ko), country(code, En)),
            (ko.into(), en.into())
        );
    }
    for code in [
        "KR", "US", "CN", "GB", "IL", "SG", "TW", "FR", "CA", "AE", "IE", "NL", "FI", "JP",
    ] {
        assert_ne!(country(code, Ko), code, "{code} occurs in the shipped data");
    }
}

#[test]
fn lists_end_in_and() {
    let names = |n: usize| -> Vec<String> {
        ["A", "B", "C"]
            .iter()
            .take(n)
            .map(|s| s.to_string())
            .collect()
    };
    for (n, ko, en) in [
        (0, "", ""),
        (1, "A", "A"),
        (2, "A 및 B", "A and B"),
        (3, "A, B 및 C", "A, B and C"),
    ] {
        assert_eq!(
            (list(&names(n), Ko), list(&names(n), En)),
            (ko.into(), en.into())
        );
    }
}

#[test]
fn widths_come_from_the_metrics_of_the_page_where_they_make_sense() {
    let metrics = Metrics::default();
    assert!((metrics.width("NVIDIA", 10.0, false) - 36.4).abs() < 3.0);
    assert!(metrics.width("NVIDIA", 10.0, true) > metrics.width("NVIDIA", 10.0, false));
    assert!((metrics.width("삼성전자", 10.0, false) - 38.4).abs() < 1e-3);
    assert_eq!(
        metrics.width("\u{1109}\u{1161}\u{11B7}", 10.0, false),
        metrics.width("삼", 10.0, false)
    );
    assert_eq!(metrics.width("", 10.0, false), 0.0);
    let given = Metrics::from_advances(&[vec![0.5; 97], vec![0.6; 96], vec![f32::NAN]].concat());
    assert_eq!(given.width("ab", 10.0, false), 10.0);
    assert_eq!(given.bold[96], metrics.bold[96]);
    assert_eq!(Metrics::from_advances(&[]), metrics);
    assert_eq!(
        metrics.lines("삼성전자 반도체", 12.0, false, 60.0),
        Some(vec!["삼성전자", "반도체"])
    );
    assert_eq!(metrics.lines("삼성전자 반도체", 12.0, false, 30.0), None);
    assert_eq!(
        metrics.lines("  a\n\nb  ", 12.0, false, 30.0),
        Some(vec!["a", "b"])
    );
    assert_eq!(metrics.lines("", 12.0, false, f32::NAN), Some(vec![]));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_number_has_words(
        bits in prop::num::f64::ANY,
        small in -1e7..1e7_f64,
        decimals in any::<u8>(),
        bound in any::<i8>(),
        approx in any::<bool>(),
        unit in "(USD|KRW|XYZ|%|bn|companies|[a-z가-힣 ]{0,8})( (k|m|bn|tn))?",
    ) {
        for v in [bits, small] {
            for lang in [Ko, En] {
                let all = [
                    number(v, lang, decimals),
                    percent(v, lang),
                    compact(v, lang),
                    usd(v, lang),
                    value(v, &unit, lang),
                    money(&sum(v, &unit, approx, bound), lang),
                ];
                prop_assert!(all.iter().all(|s| !s.is_empty() && s.len() < 200), "{all:?}");
            }
        }
    }

    #[test]
    fn a_number_reads_back_as_itself(v in prop_oneof![-1e9..1e9_f64, -1e3..1e3_f64], decimals in 0..=6_u8) {
        let said = number(v, Ko, decimals);
        let back: f64 = said.replace(',', "").replace('−', "-").parse().map_err(|_| TestCaseError::fail(said.clone()))?;
        prop_assert!((back - v).abs() <= 0.5001 * 10_f64.powi(-i32::from(decimals)) + 1e-15 * v.abs(), "{said} for {v}");
        prop_assert!(!(said.contains('.') && said.ends_with('0')), "{said}");
    }

    #[test]
    fn a_short_number_is_right_to_the_units_it_shows(v in 1e4..1e17_f64) {
        // Two Korean units keep at least five digits.
        let said = compact(v, Ko);
        let mut back = 0.0;
        for part in said.replace(',', "").split(' ') {
            let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
            let unit = match &part[digits.len()..] {
                "경" => 1e16,
                "조" => 1e12,
                "억" => 1e8,
                "만" => 1e4,
                "" => 1.0,
                other => panic!("{other}"),
            };
            let count: f64 = digits.parse().map_err(|_| TestCaseError::fail(said.clone()))?;
            prop_assert!((1.0..10_000.0).contains(&count), "{said}");
            back += count * unit;
        }
        prop_assert!((back - v).abs() <= 0.6e-4 * v, "{said} for {v}");
        prop_assert!(said.split(' ').count() <= 2);
    }

    #[test]
    fn any_text_is_taken(text in "(?s).{0,40}", from in any::<i32>(), to in any::<i32>()) {
        for form in [Particle::EunNeun, Particle::EuroRo] {
            prop_assert!(!particle(&text, form).is_empty());
        }
        let _ = (initials(&text), period(&text, Ko), period(&text, En), country(&text, Ko));
        for precision in [Precision::Day, Precision::Month, Precision::Quarter, Precision::Year] {
            let when_of = When { from, to, precision, about: false, minute: None };
            prop_assert!(!when(&when_of, Ko).is_empty() && !when(&when_of, En).is_empty());
        }
    }

    #[test]
    fn every_part_of_the_calendar_reads_back_as_the_period_it_names(
        year in 1000..=9999_i32,
        month in 1..=12_u32,
        day in 1..=28_u32,
    ) {
        let quarter = month.div_ceil(3);
        for (text, want) in [
            (format!("{year}"), format!("{year}년")),
            (format!("{year}-Q{quarter}"), format!("{year}년 {quarter}분기")),
            (format!("{year}-{month:02}"), format!("{year}년 {month}월")),
            (format!("{year}-{month:02}-{day:02}"), format!("{year}년 {month}월 {day}일")),
        ] {
            prop_assert_eq!(period(&text, Ko), want);
        }
    }
}
