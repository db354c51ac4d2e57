//! Words for status and country, and lists.

use crate::data::{Lang, Status};

/// What a number's status says, in words, most important first; empty for a number that is reported as it stands: see [`reported`].
pub fn status(status: &Status, lang: Lang) -> Vec<String> {
    let accuracy = match status.bound {
        1.. => Some(("최소", "at least")),
        ..=-1 => Some(("최대", "up to")),
        0 => status.approx.then_some(("대략", "approximate")),
    };
    let said = [
        accuracy,
        status.disputed.then_some(("논란 †", "disputed †")),
        status.in_talks.then_some(("협의 중", "in talks")),
        status.planned.then_some(("계획", "planned")),
        status.derived.then_some(("편집부 계산", "derived by the editor")),
        status.cumulative.then_some(("누적", "cumulative")),
        status.part_of.then_some(("다른 항목에 포함", "part of another item")),
    ];
    said.into_iter().flatten().map(|words| choose(words, lang).to_owned()).collect()
}

/// The word for a number without any reservation.
pub fn reported(lang: Lang) -> String {
    choose(("자료에 나온 그대로", "as reported"), lang).to_owned()
}

/// A country by its ISO 3166-1 alpha-2 code; a code that is not known here comes back as it stands.
pub fn country(code: &str, lang: Lang) -> String {
    let names = match code {
        "AE" => ("아랍에미리트", "United Arab Emirates"),
        "AU" => ("호주", "Australia"),
        "BR" => ("브라질", "Brazil"),
        "CA" => ("캐나다", "Canada"),
        "CH" => ("스위스", "Switzerland"),
        "CN" => ("중국", "China"),
        "DE" => ("독일", "Germany"),
        "ES" => ("스페인", "Spain"),
        "EU" => ("유럽연합", "European Union"),
        "FI" => ("핀란드", "Finland"),
        "FR" => ("프랑스", "France"),
        "GB" => ("영국", "United Kingdom"),
        "HK" => ("홍콩", "Hong Kong"),
        "IE" => ("아일랜드", "Ireland"),
        "IL" => ("이스라엘", "Israel"),
        "IN" => ("인도", "India"),
        "IT" => ("이탈리아", "Italy"),
        "JP" => ("일본", "Japan"),
        "KR" => ("한국", "South Korea"),
        "NL" => ("네덜란드", "Netherlands"),
        "SA" => ("사우디아라비아", "Saudi Arabia"),
        "SE" => ("스웨덴", "Sweden"),
        "SG" => ("싱가포르", "Singapore"),
        "TW" => ("대만", "Taiwan"),
        "US" => ("미국", "United States"),
        _ => return code.to_owned(),
    };
    choose(names, lang).to_owned()
}

/// `A, B 및 C`, `A, B and C`.
pub fn list(items: &[String], lang: Lang) -> String {
    let Some((last, before)) = items.split_last() else {
        return String::new();
    };
    if before.is_empty() {
        return last.clone();
    }
    [&before.join(", "), choose((" 및 ", " and "), lang), last].concat()
}

/// Korean or English.
pub(super) fn choose<'a>((ko, en): (&'a str, &'a str), lang: Lang) -> &'a str {
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}
