//! Which encoding a table is in that is not UTF-8: what spreadsheets save when nobody asks them for
//! UTF-8. Only what leaves no doubt is read.

use super::input::Decode;
use super::table::is_letter;

/// The text of bytes in a Korean, Japanese or Western European encoding; `None` where they could be
/// in several, or in none of these.
pub(super) fn text(bytes: &[u8], decode: Decode<'_>) -> Option<String> {
    let korean = decode("euc-kr", bytes);
    if is_mostly(&korean, |c| matches!(c, '가'..='힣'), 8) {
        return Some(korean);
    }
    let japanese = decode("shift_jis", bytes);
    // Half-width katakana are what bytes of Latin letters look like.
    if is_mostly(&japanese, |c| matches!(c, 'ぁ'..='ヿ'), 3)
        && !japanese.chars().any(|c| matches!(c, '｡'..='ﾟ'))
    {
        return Some(japanese);
    }
    let western = decode("windows-1252", bytes);
    let letters = is_mostly(
        &western,
        |c| matches!(c, 'À'..='ÿ' | 'Š' | 'š' | 'Ž' | 'ž' | 'Œ' | 'œ' | 'Ÿ'),
        5,
    );
    // Letters of Asia are two such bytes each; in Western words one stands alone.
    let pairs = western
        .chars()
        .zip(western.chars().skip(1))
        .filter(|(a, b)| !a.is_ascii() && !b.is_ascii())
        .count();
    let marked = western.chars().filter(|c| !c.is_ascii()).count();
    (letters && pairs * 4 <= marked).then_some(western)
}

/// Whether of the letters that are not ASCII at least so many tenths are of a kind, and none is
/// broken.
fn is_mostly(text: &str, kind: impl Fn(char) -> bool, tenths: usize) -> bool {
    let (mut all, mut found) = (0, 0);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if c == '\u{FFFD}'
            || ('\u{E000}'..='\u{F8FF}').contains(&c)
            || ('\u{80}'..='\u{9F}').contains(&c)
        {
            return false;
        }
        // Marks such as · and ㈜ are no letters.
        if is_letter(c) {
            all += 1;
            found += usize::from(kind(c));
        }
    }
    found > 0 && found * 10 >= all * tenths
}
