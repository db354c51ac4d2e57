//! Dates and periods as a newspaper prints them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, reason = "a test may")]

use ai_atlas::{
    data::{Lang, Precision, When, calendar::days_from_civil},
    text::*,
};

#[allow(non_upper_case_globals, reason = "they are all over the tables below")]
const Ko: Lang = Lang::Ko;
#[allow(non_upper_case_globals, reason = "as above")]
const En: Lang = Lang::En;

fn between(from: (i32, u32, u32), to: (i32, u32, u32), precision: Precision) -> When {
    When {
        from: days_from_civil(from.0, from.1, from.2),
        to: days_from_civil(to.0, to.1, to.2),
        precision,
        about: false,
        minute: None,
    }
}

fn check(cases: &[(When, &str, &str)]) {
    for (when_of, ko, en) in cases {
        assert_eq!(when(when_of, Ko), *ko);
        assert_eq!(when(when_of, En), *en);
    }
}

#[test]
fn dates_are_as_precise_as_the_source_and_no_more() {
    use Precision::{Day, Month, Quarter, Year};
    check(&[
        (
            between((2024, 7, 1), (2024, 9, 30), Quarter),
            "2024년 3분기",
            "Q3 2024",
        ),
        (
            between((2024, 10, 1), (2024, 10, 31), Month),
            "2024년 10월",
            "October 2024",
        ),
        (
            between((2024, 12, 16), (2024, 12, 16), Day),
            "2024년 12월 16일",
            "16 December 2024",
        ),
        (
            between((2024, 1, 1), (2024, 12, 31), Year),
            "2024년",
            "2024",
        ),
        (
            between((2024, 9, 30), (2024, 7, 1), Quarter),
            "2024년 3분기",
            "Q3 2024",
        ),
        (
            between((-99, 1, 1), (-99, 12, 31), Year),
            "기원전 100년",
            "100 BC",
        ),
        (between((987, 1, 1), (987, 12, 31), Year), "987년", "987"),
    ]);
    let about = When {
        about: true,
        ..between((2024, 1, 1), (2024, 12, 31), Year)
    };
    assert_eq!(
        (when(&about, Ko), when(&about, En)),
        ("2024년경".into(), "about 2024".into())
    );
    // The widest period there is has words too.
    for precision in [Day, Month, Quarter, Year] {
        let all = When {
            from: i32::MIN,
            to: i32::MAX,
            precision,
            about: true,
            minute: None,
        };
        assert!(!when(&all, Ko).is_empty() && !when(&all, En).is_empty());
    }
}

#[test]
fn a_span_names_what_its_ends_share_once() {
    use Precision::{Day, Month, Quarter, Year};
    check(&[
        (
            between((2023, 1, 1), (2025, 12, 31), Year),
            "2023~2025년",
            "2023–2025",
        ),
        (
            between((2023, 1, 1), (2023, 9, 30), Quarter),
            "2023년 1~3분기",
            "Q1–Q3 2023",
        ),
        (
            between((2024, 1, 1), (2024, 6, 30), Quarter),
            "2024년 상반기",
            "first half of 2024",
        ),
        (
            between((2024, 7, 1), (2024, 12, 31), Quarter),
            "2024년 하반기",
            "second half of 2024",
        ),
        (
            between((2023, 10, 1), (2024, 3, 31), Quarter),
            "2023년 4분기~2024년 1분기",
            "Q4 2023–Q1 2024",
        ),
        (
            between((2023, 3, 1), (2023, 5, 31), Month),
            "2023년 3~5월",
            "March–May 2023",
        ),
        (
            between((2023, 12, 1), (2024, 1, 31), Month),
            "2023년 12월~2024년 1월",
            "December 2023–January 2024",
        ),
        (
            between((2024, 5, 3), (2024, 5, 9), Day),
            "2024년 5월 3~9일",
            "3–9 May 2024",
        ),
        (
            between((2024, 5, 30), (2024, 6, 2), Day),
            "2024년 5월 30일~6월 2일",
            "30 May – 2 June 2024",
        ),
        (
            between((2023, 12, 30), (2024, 1, 2), Day),
            "2023년 12월 30일~2024년 1월 2일",
            "30 December 2023 – 2 January 2024",
        ),
    ]);
}

#[test]
fn periods_of_tables_are_read_and_anything_else_stands_as_it_is() {
    for (text, ko, en) in [
        ("2023-Q4", "2023년 4분기", "Q4 2023"),
        ("2023-02", "2023년 2월", "February 2023"),
        ("2023", "2023년", "2023"),
        ("2023-Q1/2023-Q3", "2023년 1~3분기", "Q1–Q3 2023"),
        ("2023/2025", "2023~2025년", "2023–2025"),
        ("2024-12-16", "2024년 12월 16일", "16 December 2024"),
        ("~2024", "2024년경", "about 2024"),
        ("2023/2024-06", "2023년~2024년 6월", "2023 – June 2024"),
        (" 2023 ", "2023년", "2023"),
        ("", "", ""),
        ("2024-13", "2024-13", "2024-13"),
        ("2023-02-29", "2023-02-29", "2023-02-29"),
        ("2024-Q5", "2024-Q5", "2024-Q5"),
        ("2024-", "2024-", "2024-"),
        ("2024-Q", "2024-Q", "2024-Q"),
        ("24", "24", "24"),
        ("+024", "+024", "+024"),
        ("as of 2025", "as of 2025", "as of 2025"),
        ("２０２４-Q１", "２０２４-Q１", "２０２４-Q１"),
    ] {
        assert_eq!(period(text, Ko), ko);
        assert_eq!(period(text, En), en);
    }
}
