//! What is said of an issue and of an error, in both languages, and that it is true.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, reason = "a test may")]

use ai_atlas::{
    data::{Lang, funding::Funding, market_share::MarketShare, value_chain::ValueChain},
    error::{Code, Error, Issue, IssueKind},
    text::*,
};

#[allow(non_upper_case_globals, reason = "they are all over the tables below")]
const Ko: Lang = Lang::Ko;
#[allow(non_upper_case_globals, reason = "as above")]
const En: Lang = Lang::En;

fn problem(place: &str, field: &'static str, found: &str, kind: IssueKind) -> Issue {
    Issue {
        place: place.into(),
        line: 0,
        field,
        found: found.into(),
        kind,
    }
}

/// Place, field, what is there, what is wrong, and what is said of it.
type Said = (
    &'static str,
    &'static str,
    &'static str,
    IssueKind,
    &'static str,
    &'static str,
);

const ISSUES: [Said; 11] = [
    (
        "links[3]",
        "to",
        "nobody",
        IssueKind::UnknownReference,
        "links[3].to: 'nobody'라는 조직이 파일에 없어 이 관계를 그리지 않았습니다.",
        "links[3].to: the file has no organisation 'nobody', so this relation is not drawn.",
    ),
    (
        "events[4]",
        "source",
        "book",
        IssueKind::UnknownReference,
        "events[4].source: 'book'이라는 출처가 파일에 없어 이 값 없이 그렸습니다.",
        "events[4].source: the file has no source 'book', so it is drawn without this value.",
    ),
    (
        "tables[3].items[0]",
        "value",
        "-5",
        IssueKind::Negative,
        "tables[3].items[0].value: '-5'는 0보다 작아 이 항목을 그리지 않았습니다.",
        "tables[3].items[0].value: '-5' is below zero, so this item is not drawn.",
    ),
    (
        "events[4]",
        "date",
        "2024-13-45",
        IssueKind::BadDate,
        "events[4].date: '2024-13-45'는 달력에 없는 날짜여서 이 사건을 그리지 않았습니다.",
        "events[4].date: '2024-13-45' is not a date of the calendar, so this event is not drawn.",
    ),
    (
        "line 12",
        "value",
        "abc",
        IssueKind::WrongType,
        "12번째 줄, 값: 'abc'의 형식이 맞지 않아 이 줄을 그리지 않았습니다.",
        "line 12, value: 'abc' is of the wrong type, so this line is not drawn.",
    ),
    (
        "links[7]",
        "to",
        "meta",
        IssueKind::SelfLink,
        "links[7].to: 'meta'가 자기 자신을 가리켜 이 관계를 그리지 않았습니다.",
        "links[7].to: 'meta' points to itself, so this relation is not drawn.",
    ),
    (
        "entities[2]",
        "id",
        "intel",
        IssueKind::Duplicate,
        "entities[2].id: 'intel'이라는 id를 앞에서 이미 써서 새 id를 붙였습니다.",
        "entities[2].id: the id 'intel' is already taken, so this one has a new id.",
    ),
    (
        "tables[0]",
        "items",
        "111.30000000000001",
        IssueKind::ExceedsWhole,
        "tables[0].items: 항목의 합(111.3)이 전체보다 큽니다. 적힌 값 그대로 그렸습니다.",
        "tables[0].items: the parts (111.3) add up to more than the whole. They are drawn as given.",
    ),
    (
        "events[9]",
        "date",
        "",
        IssueKind::Missing,
        "events[9].date: 있어야 할 값이 없어 표에만 실었습니다.",
        "events[9].date: a required value is missing, so it stands in the table only.",
    ),
    (
        "tables[2]",
        "items",
        "",
        IssueKind::Missing,
        "tables[2].items: 있어야 할 값이 없어 이 표를 그리지 않았습니다.",
        "tables[2].items: a required value is missing, so this table is not drawn.",
    ),
    (
        "entities[1].roles[0]",
        "sublayer",
        "cars",
        IssueKind::UnknownReference,
        "entities[1].roles[0].sublayer: 'cars'라는 세부 층이 파일에 없어 이 역할을 뺐습니다.",
        "entities[1].roles[0].sublayer: the file has no sublayer 'cars', so this role is left out.",
    ),
];

#[test]
fn issues_say_what_where_and_what_became_of_it() {
    for (place, field, found, kind, ko, en) in ISSUES {
        let issue_of = problem(place, field, found, kind);
        assert_eq!(issue(&issue_of, Ko), ko);
        assert_eq!(issue(&issue_of, En), en);
    }
}

/// A row of a table, its field, what is there, what is wrong, and what is said of it.
const OF_TABLES: [Said; 6] = [
    (
        "line 3",
        "amount_usd",
        "10~12억",
        IssueKind::WrongType,
        "3번째 줄, 금액 (달러): '10~12억'의 형식이 맞지 않아 이 값 없이 그렸습니다.",
        "line 3, amount in US$: '10~12억' is of the wrong type, so it is drawn without this value.",
    ),
    (
        "line 3",
        "date",
        "3월 5일",
        IssueKind::BadDate,
        "3번째 줄, 날짜: '3월 5일'을 날짜로 읽지 못해 날짜 없이 실었습니다. 2024-03-05처럼 적어 주세요.",
        "line 3, date: '3월 5일' could not be read as a date, so it is kept without a date. Write it as 2024-03-05.",
    ),
    (
        "line 4",
        "value",
        "1.234\n1234\n1.234",
        IssueKind::DoubtfulNumber,
        "4번째 줄, 값: '1.234'(1234 또는 1.234): 두 가지로 읽을 수 있어 쓰지 않았습니다. 소수점과 천 단위 구분을 분명히 적어 주세요.",
        "line 4, value: '1.234' (1234 or 1.234): this can be read in two ways, so it was not used. Write decimals and thousands so that only one is meant.",
    ),
    (
        "amount_us",
        "",
        "amount_usd",
        IssueKind::NearColumn,
        "amount_us: 쓰지 않은 열입니다. ‘금액 (달러)’에 가까우니, 그것이면 머리글을 그렇게 적거나 만들기 도구에서 골라 주세요.",
        "amount_us: this column is not used. It is near to ‘amount in US$’: if it is that, write so over it, or choose in the builder.",
    ),
    (
        "column 2",
        "",
        "",
        IssueKind::UnknownColumn,
        "2번째 열: 이 그림이 쓰지 않는 열이어서 쓰지 않았습니다.",
        "column 2: this graphic knows no such column, so it was not used.",
    ),
    (
        "line 5",
        "color",
        "△3",
        IssueKind::WrongType,
        "5번째 줄, 색으로 보일 값: '△3'의 형식이 맞지 않아 이 값 없이 그렸습니다.",
        "line 5, value shown by colour: '△3' is of the wrong type, so it is drawn without this value.",
    ),
];

#[test]
fn what_is_told_of_a_table_names_fields_as_the_menus_of_the_builder_do() {
    for (place, field, found, kind, ko, en) in OF_TABLES {
        let issue_of = problem(place, field, found, kind);
        assert_eq!(issue(&issue_of, Ko), ko);
        assert_eq!(issue(&issue_of, En), en);
    }
    let missing = Error::new(Code::NoHeading, "value: 가, 나");
    assert_eq!(
        error(&missing, Ko),
        "'값'에 해당하는 열을 찾지 못했습니다. 표에 있는 열: 가, 나. 해당하는 열의 머리글을 이 낱말로 바꾸거나, 만들기 도구에서 골라 주세요."
    );
}

/// The kind after another: one that is new has no place here until it gets one.
fn next(kind: IssueKind) -> Option<IssueKind> {
    use IssueKind::*;
    Some(match kind {
        Missing => WrongType,
        WrongType => Negative,
        Negative => NotFinite,
        NotFinite => UnknownReference,
        UnknownReference => Duplicate,
        Duplicate => BadDate,
        BadDate => UnknownWord,
        UnknownWord => SelfLink,
        SelfLink => ExceedsWhole,
        ExceedsWhole => UnknownCode,
        UnknownCode => Seconds,
        Seconds => UnknownColumn,
        UnknownColumn => NestedTable(3),
        NestedTable(_) => SharedNumber(3),
        SharedNumber(_) => TableFoot,
        TableFoot => Unused,
        Unused => NearColumn,
        NearColumn => TotalRow,
        TotalRow => TableNote,
        TableNote => DoubtfulNumber,
        DoubtfulNumber => DoubtfulDate,
        DoubtfulDate => ShortYear,
        ShortYear => EndBeforeStart,
        EndBeforeStart => OtherUnit,
        OtherUnit => ExtraCells,
        ExtraCells => SplitNumber,
        SplitNumber => NoScale,
        NoScale => SumRow,
        SumRow => Aggregate,
        Aggregate => Repeated,
        Repeated => OtherTable,
        OtherTable => Coarse,
        Coarse => Flags,
        Flags => DoubtfulShare,
        DoubtfulShare => MoreThanWhole,
        MoreThanWhole => return None,
    })
}

fn every_kind() -> impl Iterator<Item = IssueKind> {
    std::iter::successors(Some(IssueKind::Missing), |kind| next(*kind))
}

#[test]
fn every_issue_and_every_error_is_a_sentence_in_both_languages() {
    for lang in [Ko, En] {
        let mut seen: Vec<String> = Vec::new();
        for kind in every_kind() {
            for (place, field, found) in [
                ("links[3]", "to", "x"),
                ("", "", ""),
                ("tables[0]", "note", "  "),
                ("[[..", "value", "'\"\u{0}한"),
            ] {
                // What stands in a cell or in a foot is there.
                let found = match kind {
                    IssueKind::SharedNumber(_) | IssueKind::TableFoot
                        if found.trim().is_empty() =>
                    {
                        "7"
                    }
                    _ => found,
                };
                let said = issue(&problem(place, field, found, kind), lang);
                sentence(&said, lang);
                if place == "links[3]" {
                    assert!(!seen.contains(&said), "{said} is said twice");
                    seen.push(said);
                }
            }
        }
        for code in [
            Code::NotJson,
            Code::NotText,
            Code::WrongKind,
            Code::Empty,
            Code::TooLarge,
            Code::BadTable,
        ] {
            for detail in ["", "line 3, column 7", "tables"] {
                let said = error(&Error::new(code, detail), lang);
                sentence(&said, lang);
                assert!(said.contains(detail));
                assert!(detail.is_empty() || !seen.contains(&said));
                seen.push(said);
            }
        }
    }
}

/// Reads a good row and a broken one: whether the sentence says that the row is not drawn, and
/// whether it is.
fn told_and_true(row: &str, kept: usize, issues: &[Issue]) {
    assert!(!issues.is_empty(), "{row}");
    let lost = issues
        .iter()
        .any(|i| issue(i, Ko).contains("그리지 않았습니다"));
    assert_eq!(
        lost,
        kept < 2,
        "{row}: {kept} kept, {:?}",
        issues.iter().map(|i| issue(i, Ko)).collect::<Vec<_>>()
    );
    let english = issues.iter().any(|i| issue(i, En).contains("is not drawn"));
    assert_eq!(lost, english, "{row}");
}

const BROKEN: [&str; 10] = [
    r#""type":"bonds""#,
    r#""type":5"#,
    r#""amount_usd":-1"#,
    r#""amount_usd":"much""#,
    r#""amount_usd":1e301"#,
    r#""date":"2024-13-45""#,
    r#""source":"nowhere""#,
    r#""country":"Korea""#,
    r#""label_en":5"#,
    r#""id":"a""#,
];

/// A file of two events, of which the second has a broken field.
fn broken_event(field: &str) -> String {
    let file = format!(
        r#"{{"kind":"ai-atlas/funding-timeline","sources":[{{"id":"s"}}],"parties":[{{"id":"x","name_en":"X"}}],"events":[{{"id":"a","date":"2024","label_en":"A","target":"x"}},{{"id":"b","date":"2024","label_en":"B","target":"x",{field}}}]}}"#
    );
    if field.starts_with(r#""id""#) {
        file.replace(r#""id":"b","#, "")
    } else {
        file
    }
}

/// A file of two relations, of which the second has a broken field.
fn broken_link(field: &str) -> String {
    let file = format!(
        r#"{{"kind":"ai-atlas/value-chain","sources":[{{"id":"s"}}],"entities":[{{"id":"x","name_en":"X"}},{{"id":"y","name_en":"Y"}}],"links":[{{"from":"x","to":"y","type":"uses"}},{{"from":"y","to":"x","type":"uses",{field}}}]}}"#
    );
    if field.starts_with(r#""type""#) {
        file.replacen(r#""x","type":"uses","#, r#""x","#, 1)
    } else {
        file
    }
}

/// A file of two parts, of which the second has a broken field.
fn broken_item(field: &str) -> String {
    let file = format!(
        r#"{{"kind":"ai-atlas/market-share","sources":[{{"id":"s"}}],"parties":[{{"id":"x","name_en":"X"}}],"tables":[{{"id":"t","unit":"%","items":[{{"label_en":"A","value":3}},{{"label_en":"B",{field}}}]}}]}}"#
    );
    if field.contains("label_en") {
        file.replace(r#""label_en":"B","#, "")
    } else {
        file
    }
}

#[test]
fn what_the_sentences_say_of_a_broken_row_is_what_the_readers_do() {
    let mut compared = 0;
    let mut check = |field: &str, read: Result<(usize, Vec<Issue>), Error>| match read {
        Ok((kept, issues)) if !issues.is_empty() => {
            compared += 1;
            told_and_true(field, kept, &issues);
        }
        Ok(_) => {}
        Err(error) => panic!("{field}: {error}"),
    };
    for field in BROKEN {
        let read = Funding::parse(broken_event(field).as_bytes());
        check(
            field,
            read.map(|(read, issues)| (read.events.len(), issues)),
        );
        let read = ValueChain::parse(broken_link(field).as_bytes());
        check(field, read.map(|(read, issues)| (read.links.len(), issues)));
    }
    for field in [
        r#""value":-1"#,
        r#""value":"much""#,
        r#""value":null"#,
        r#""value":1,"country":"Korea""#,
        r#""value":1,"party":"nobody""#,
        r#""value":1,"label_en":"""#,
    ] {
        let read = MarketShare::parse(broken_item(field).as_bytes());
        check(
            field,
            read.map(|(read, issues)| (read.tables[0].items.len(), issues)),
        );
    }
    assert!(compared >= 20, "only {compared} broken rows were noticed");
}

fn sentence(said: &str, lang: Lang) {
    assert!(
        said.ends_with('.') && !said.contains("..") && !said.contains("  ")
            || said.contains("[[.."),
        "{said:?}"
    );
    assert_eq!(
        said.chars()
            .any(|c| ('가'..='힣').contains(&c) && c != '한'),
        lang == Ko,
        "{said}"
    );
}
