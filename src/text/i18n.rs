//! Words in all languages, how they are put together, and those for status and country.
//!
//! A text is written `Korean|English`. Other languages have a file in which the English leads to
//! theirs. A table of texts is `key=text;key=text`. A hole is `{0}`, with a particle `{0은}`: the
//! form that has a consonant before it stands for the pair. `{0|s}` says nothing of one thing and
//! «s» of several, `{0is|are}` «is» and «are»; the number itself is another hole.

use super::particle::with_consonant_form;
use crate::data::{Lang, Status};

/// What a language says of `Korean|English`; a text without `|` is for all.
pub fn say(lang: Lang, words: &str) -> &str {
    match words.split_once('|') {
        Some((ko, _)) if lang == Lang::Ko => ko,
        Some((_, en)) => lang.own(en).unwrap_or(en),
        None => words,
    }
}

/// A text with its holes filled: `{0}` is the first part, `{0은}` the first part with 은 or 는,
/// whichever it takes. A hole without a part is empty.
pub fn fill(lang: Lang, words: &str, parts: &[&str]) -> String {
    let mut out = String::new();
    push(&mut out, lang, words, parts);
    out
}

/// [`fill`] at the end of a text.
pub fn push(out: &mut String, lang: Lang, words: &str, parts: &[&str]) {
    for piece in say(lang, words).split('{') {
        match piece.split_once('}') {
            Some((hole, after)) => {
                let number = usize::from(hole.bytes().next().unwrap_or(0).wrapping_sub(b'0'));
                let part = parts.get(number).copied().unwrap_or("");
                let form = hole.get(1..).unwrap_or("");
                match form.split_once('|') {
                    Some((one, many)) => out.push_str(if part == "1" { one } else { many }),
                    None => {
                        out.push_str(part);
                        out.push_str(with_consonant_form(part, form));
                    }
                }
                out.push_str(after);
            }
            None => out.push_str(piece),
        }
    }
}

/// Appends a text, after a joint if there is something before it. An empty text leaves all as it
/// is.
pub fn append(out: &mut String, joint: &str, more: impl AsRef<str>) {
    let more = more.as_ref();
    if !more.is_empty() {
        if !out.is_empty() {
            out.push_str(joint);
        }
        out.push_str(more);
    }
}

/// Ends a sentence that has no end yet.
pub fn stop(out: &mut String, lang: Lang) {
    let stop = say(lang, ".|.");
    if !out.ends_with('.') && !out.ends_with(stop) {
        out.push_str(stop);
    }
}

/// The text of a key in a table.
pub(super) fn look_up(table: &'static str, key: &str) -> Option<&'static str> {
    table
        .split(';')
        .find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
}

/// What a number's status says, in words, most important first; empty for a number that is reported
/// as it stands: see [`reported`].
pub fn status(status: &Status, lang: Lang) -> Vec<String> {
    let accuracy = match status.bound {
        1 => "최소|at least",
        2.. => "초과|more than",
        -1 => "최대|up to",
        ..=-2 => "미만|less than",
        0 => "대략|approximate",
    };
    let mut said = Vec::new();
    for &(holds, words) in &[
        (status.approx || status.bound != 0, accuracy),
        (status.disputed, "논란 †|disputed †"),
        (status.in_talks, "협의 중|in talks"),
        (status.reported, "보도 단계|reported, not confirmed"),
        (status.planned, "계획|planned"),
        (status.forecast, "전망|forecast"),
        (status.derived, "편집부 계산|derived by the editor"),
        (status.cumulative, "누적|cumulative"),
        (status.part_of, "다른 항목에 포함|part of another item"),
    ] {
        if holds {
            said.push(say(lang, words).to_owned());
        }
    }
    said
}

/// The word for a number without any reservation.
pub fn reported(lang: Lang) -> String {
    say(lang, "자료에 나온 그대로|as reported").to_owned()
}

const COUNTRIES: &str = "AE=아랍에미리트|United Arab Emirates;AU=호주|Australia;BR=브라질|Brazil;CA=캐나다|Canada;CH=스위스|Switzerland;CN=중국|China;\
    DE=독일|Germany;ES=스페인|Spain;EU=유럽연합|European Union;FI=핀란드|Finland;FR=프랑스|France;GB=영국|United Kingdom;HK=홍콩|Hong Kong;\
    IE=아일랜드|Ireland;IL=이스라엘|Israel;IN=인도|India;IT=이탈리아|Italy;JP=일본|Japan;KR=한국|South Korea;NL=네덜란드|Netherlands;\
    SA=사우디아라비아|Saudi Arabia;SE=스웨덴|Sweden;SG=싱가포르|Singapore;TW=대만|Taiwan;US=미국|United States";

/// A country by its ISO 3166-1 alpha-2 code; a code that is not known here comes back as it stands.
pub fn country(code: &str, lang: Lang) -> String {
    look_up(COUNTRIES, code)
        .map_or(code, |names| say(lang, names))
        .to_owned()
}

/// What stands between the parts of an enumeration.
fn comma(lang: Lang) -> &'static str {
    say(lang, ", |, ")
}

/// [`append`] after a comma.
pub fn also(out: &mut String, lang: Lang, more: impl AsRef<str>) {
    append(out, comma(lang), more);
}

/// `A, B 및 C`, `A, B and C`.
pub fn list(items: &[String], lang: Lang) -> String {
    let mut out = String::new();
    for (ix, item) in items.iter().enumerate() {
        if ix > 0 {
            out.push_str(if ix + 1 < items.len() {
                comma(lang)
            } else {
                say(lang, " 및 | and ")
            });
        }
        out.push_str(item);
    }
    out
}
