//! Dates of tables, as authors write them in Korean, English and Japanese.
#![cfg(not(target_arch = "wasm32"))]

use ai_atlas::data::calendar;
use ai_atlas::data::table::dates::{Order, Reading, date, order, parts};
use proptest::prelude::*;

/// A reading in few letters: `2024-05`, `2024-01/2024-06`, `2024-03-05 or 2024-05-03`.
fn words(reading: Reading) -> String {
    match reading {
        Reading::Date(from, None) => from,
        Reading::Date(from, Some(to)) => format!("{from}/{to}"),
        Reading::Doubtful(one, other) => format!("{one} or {other}"),
        Reading::Unknown => "unknown".to_owned(),
        Reading::NoDate => "none".to_owned(),
        Reading::ShortYear => "short".to_owned(),
        Reading::Coarse(date) => format!("a part of {date}"),
    }
}

/// Fails with every cell that is read otherwise than told, or to a text that is no date.
fn hold(order: Option<Order>, cases: &[(&str, &str)]) {
    let mut wrong = Vec::new();
    for (text, want) in cases {
        let reading = date(text, order);
        if let Reading::Date(from, to) = &reading {
            assert!(calendar::parse(from).is_some(), "{text:?} is {from}");
            assert!(to.as_deref().is_none_or(|to| calendar::parse(to).is_some()));
        }
        let got = words(reading);
        if got != *want {
            wrong.push(format!("{text:?} is {got:?}, not {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn dates_that_say_one_thing_are_read() {
    hold(
        None,
        &[
            ("2024", "2024"),
            ("0044", "0044"),
            ("-0043", "-0043"),
            ("-0043-03-15", "-0043-03-15"),
            ("2024-05", "2024-05"),
            ("2024.10", "2024-10"),
            ("2024-05-13", "2024-05-13"),
            ("2024.3.5", "2024-03-05"),
            ("2024. 3. 5.", "2024-03-05"),
            ("2024. 3.", "2024-03"),
            ("2024.3.5(화)", "2024-03-05"),
            ("2024/7/1", "2024-07-01"),
            ("2024 5 13", "2024-05-13"),
            ("２０２４．３．５", "2024-03-05"),
            ("2024년", "2024"),
            ("2024년 5월", "2024-05"),
            ("2024년 5월 13일", "2024-05-13"),
            ("2024년5월13일", "2024-05-13"),
            ("2024年3月5日", "2024-03-05"),
            ("2024年3月", "2024-03"),
            ("2024年", "2024"),
            ("202405", "2024-05"),
            ("20240513", "2024-05-13"),
            ("05/2024", "2024-05"),
            ("March 5, 2024", "2024-03-05"),
            ("Mar. 5, 2024", "2024-03-05"),
            ("March 5th, 2024", "2024-03-05"),
            ("5 March 2024", "2024-03-05"),
            ("5-Mar-2024", "2024-03-05"),
            ("3 Mar. 2024", "2024-03-03"),
            ("Tue, 5 Mar 2024", "2024-03-05"),
            ("2024-Mar-05", "2024-03-05"),
            ("Mar 2024", "2024-03"),
            ("March 2024", "2024-03"),
            ("Mar-2024", "2024-03"),
            ("Sept 2024", "2024-09"),
            ("~2024", "~2024"),
            ("약 2024년", "~2024"),
            ("2024년경", "~2024"),
            ("2024年頃", "~2024"),
            ("c. 2024", "~2024"),
            ("2024-05-13T09:30:05Z", "2024-05-13T09:30:05Z"),
            ("2024-05-13T09:30+09:00", "2024-05-13T09:30+09:00"),
            ("2024-05-13 09:30", "2024-05-13T09:30"),
            ("2024-05-13 00:00:00", "2024-05-13"),
        ],
    );
}

#[test]
fn quarters_halves_and_years_before_christ_are_read() {
    hold(
        None,
        &[
            ("2024-Q3", "2024-Q3"),
            ("2024Q3", "2024-Q3"),
            ("2024 Q3", "2024-Q3"),
            ("Q3 2024", "2024-Q3"),
            ("3Q 2024", "2024-Q3"),
            ("2024 3Q", "2024-Q3"),
            ("2024년 3분기", "2024-Q3"),
            ("2024년 제3분기", "2024-Q3"),
            ("2024年第3四半期", "2024-Q3"),
            ("Q5 2024", "none"),
            ("H1 2024", "2024-01/2024-06"),
            ("2024 H2", "2024-07/2024-12"),
            ("2H 2024", "2024-07/2024-12"),
            ("2024년 상반기", "2024-01/2024-06"),
            ("2024년 하반기", "2024-07/2024-12"),
            ("약 2024년 상반기", "~2024-01/~2024-06"),
            ("44 BC", "-0043"),
            ("44 B.C.", "-0043"),
            ("44 BCE", "-0043"),
            ("1 BC", "0000"),
            ("기원전 44년", "-0043"),
            ("紀元前44年", "-0043"),
            ("c. 44 BC", "~-0043"),
            ("0 BC", "none"),
        ],
    );
}

#[test]
fn what_two_numbers_mean_is_the_order_of_the_column() {
    let both = "2024-03-05 or 2024-05-03";
    hold(
        None,
        &[
            ("05/03/2024", both),
            ("5.3.2024", both),
            ("05-03-2024", both),
            ("13/05/2024", "2024-05-13"),
            ("05/13/2024", "2024-05-13"),
            ("05/05/2024", "2024-05-05"),
            ("13/14/2024", "none"),
            ("0/5/2024", "none"),
            ("32/5/2024", "none"),
            ("05/03/2024 09:30", "2024-03-05T09:30 or 2024-05-03T09:30"),
            ("~05/03/2024", "~2024-03-05 or ~2024-05-03"),
        ],
    );
    hold(
        Some(Order::DayFirst),
        &[("05/03/2024", "2024-03-05"), ("05/13/2024", "2024-05-13")],
    );
    hold(
        Some(Order::MonthFirst),
        &[("05/03/2024", "2024-05-03"), ("13/05/2024", "2024-05-13")],
    );
    for (cells, want) in [
        (&["05/03/2024", "13/05/2024"][..], Some(Order::DayFirst)),
        (&["05/03/2024", "05/13/2024 09:30"], Some(Order::MonthFirst)),
        (&["13/05/2024", "05/13/2024"], None),
        (&["05/03/2024", "2024-05-13", "45/05/2024"], None),
        (&[], None),
    ] {
        assert_eq!(order(cells.iter().copied()), want, "{cells:?}");
    }
}

#[test]
fn a_year_of_two_digits_has_no_century_and_what_is_no_date_is_none() {
    hold(
        None,
        &[
            ("24.3.5", "short"),
            ("24. 3. 5.", "short"),
            ("24/3/5", "short"),
            ("05/03/24", "short"),
            ("24년 3월 5일", "short"),
            ("24년", "short"),
            ("'24", "short"),
            ("Mar-24", "short"),
            ("5 Mar 24", "short"),
            ("1H24", "short"),
            // December 2001, or a day of January 20 or 1920.
            ("200112", "short"),
            ("240512", "short"),
            ("3Q24", "short"),
            ("Q3 '24", "short"),
            ("24년 상반기", "short"),
            ("24년 3분기", "short"),
            ("", "unknown"),
            ("-", "unknown"),
            ("N/A", "unknown"),
            ("미정", "unknown"),
            ("TBD", "unknown"),
            ("未定", "unknown"),
            ("12345", "none"),
            ("24", "none"),
            ("3/5", "none"),
            ("5 March", "none"),
            ("May 5", "none"),
            ("05032024", "none"),
            ("11111111", "none"),
            ("令和", "none"),
            ("2024年度", "none"),
            ("FY2024", "none"),
            ("2024-13-01", "none"),
            ("2024-05-32", "none"),
            ("2024-05-13 soon", "none"),
            ("2024-05 09:30", "none"),
            ("2024-05 ~ soon", "none"),
            ("~ 2024-05 ~", "none"),
            ("2024?", "none"),
            ("123456789", "none"),
            ("999999", "none"),
            ("next March 2024", "none"),
        ],
    );
}

#[test]
fn periods_eras_and_parts_of_a_year_are_read_and_days_that_were_counted_are_asked_for() {
    hold(
        None,
        &[
            ("2024-05 ~ 2024-06", "2024-05/2024-06"),
            ("2021~2023", "2021/2023"),
            ("2021-2023", "2021/2023"),
            ("2021~23", "2021/2023"),
            ("2024.3~5", "2024-03/2024-05"),
            ("2024년 3월~5월", "2024-03/2024-05"),
            ("2024.3.5~7", "2024-03-05/2024-03-07"),
            ("2024.3.5~2024.4.6", "2024-03-05/2024-04-06"),
            ("2024.3.5~4.6", "2024-03-05/2024-04-06"),
            ("Jan–Mar 2024", "2024-01/2024-03"),
            ("2023–24", "2023/2024"),
            ("2023/24", "2023/2024"),
            ("2024-25", "2024/2025"),
            // A month, though the next year is meant as often.
            ("2010-11", "2010-11"),
            ("2024-26", "none"),
            ("令和6年", "2024"),
            ("令和6年3月5日", "2024-03-05"),
            ("令和元年", "2019"),
            ("平成31年4月", "2019-04"),
            ("mid-2024", "a part of 2024"),
            ("Spring 2024", "a part of 2024"),
            ("2024 초", "a part of 2024"),
            ("2024년 말", "a part of 2024"),
            ("2024년말", "a part of 2024"),
            ("2024년 3월 중순", "a part of 2024-03"),
            ("March 2024[13]", "2024-03"),
            // Spreadsheets count from 1900 or from 1904.
            ("45292", "2024-01-01 or 2028-01-02"),
            ("45356", "2024-03-05 or 2028-03-06"),
        ],
    );
}

#[test]
fn three_columns_make_one_date() {
    for (year, month, day, want) in [
        ("2024", "5", "13", "2024-05-13"),
        ("2024년", "5월", "13일", "2024-05-13"),
        ("2024", "May", "13", "2024-05-13"),
        ("2024", "Sept.", "", "2024-09"),
        ("2024", "05", "-", "2024-05"),
        ("2024", "", "", "2024"),
        ("2024", "", "13", "none"),
        ("2024", "13", "1", "none"),
        ("2024", "5", "32", "none"),
        ("2024", "x", "", "none"),
        ("44 BC", "3", "15", "-0043-03-15"),
        ("~2024", "5", "", "~2024-05"),
        ("24", "5", "13", "short"),
        ("", "5", "13", "unknown"),
        ("2024-05", "5", "13", "none"),
        ("year", "5", "13", "none"),
    ] {
        assert_eq!(words(parts(year, month, day)), want, "{year} {month} {day}");
    }
}

#[test]
fn a_text_without_end_is_no_date() {
    for part in ["2024", "2024-", " ", "(", "년", ":"] {
        let text = part.repeat(2_000_000);
        date(&text, None);
        order([text.as_str()].into_iter());
        parts(&text, &text, &text);
    }
}

/// Texts of the letters that dates are written in.
const LETTERS: &str = "[~0-90-90-9. /:'TZQH년월일年月日분기상하반(화)MarBCEc-]{0,16}";

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
    fn no_text_makes_the_readers_panic_and_what_the_calendar_reads_is_read_alike(
        any in ".{0,40}",
        near in LETTERS,
        year in 0..10_000_u32,
        month in 1..13_u32,
        day in 1..29_u32,
        joint in "[-./]",
        about in "~?",
    ) {
        let padded = format!("{about}{year:04}{joint}{month}{joint}{day}");
        for text in [any.as_str(), near.as_str(), padded.as_str()] {
            for order in [None, Some(Order::DayFirst), Some(Order::MonthFirst)] {
                let reading = date(text, order);
                if let Some(when) = calendar::parse(text)
                    && let Reading::Date(from, None) = &reading
                {
                    let again = calendar::parse(from);
                    let again = again.map(|again| (again.from, again.to, again.about));
                    prop_assert_eq!(again, Some((when.from, when.to, when.about)), "{}", text);
                }
            }
            order([text].into_iter());
            parts(text, text, text);
        }
        prop_assert_eq!(words(date(&padded, None)), format!("{about}{year:04}-{month:02}-{day:02}"));
    }
}
