//! Korean particles after names in any script.

use super::letters::is_letter;

/// A particle whose form depends on how the word before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Particle {
    /// 은/는: the topic.
    EunNeun,
    /// 이/가: the subject.
    IGa,
    /// 을/를: the object.
    EulReul,
    /// 과/와: and, with.
    WaGwa,
    /// 으로/로: to, by.
    EuroRo,
    /// 이라는/라는: called.
    IraneunRaneun,
}

/// How a word ends when it is read aloud in Korean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Vowel,
    /// ㄹ, after which 로 is said, not 으로.
    Rieul,
    Consonant,
    /// A script whose Korean reading cannot be told from its letters.
    Unknown,
}

/// The particles in the order of [`Particle`]: after a consonant, after a vowel, after who knows
/// what.
const FORMS: [[&str; 3]; 6] = [
    ["은", "는", "은(는)"],
    ["이", "가", "이(가)"],
    ["을", "를", "을(를)"],
    ["과", "와", "과(와)"],
    ["으로", "로", "(으)로"],
    ["이라는", "라는", "(이)라는"],
];

/// The form of a particle after a word: `삼성전자` → 는, `Intel` → 은, `TSMC` → 는, `10` → 은. Latin words
/// count as they are read in Korean, abbreviations by the name of their last letter, numbers by
/// their last digit; closing quotes are skipped, and a bracket at the end is skipped with all that
/// is in it, so `유럽연합(EU)` takes 은. After a word in another script both forms are given: `은(는)`.
pub fn particle(word: &str, particle: Particle) -> &'static str {
    with_consonant_form(word, FORMS[particle as usize][0])
}

/// The same by the form that follows a consonant; no particle for any other text.
pub(super) fn with_consonant_form(word: &str, form: &str) -> &'static str {
    for &[consonant, vowel, both] in &FORMS {
        if consonant == form {
            return match end(word) {
                End::Vowel => vowel,
                End::Rieul if form == "으로" => vowel,
                End::Rieul | End::Consonant => consonant,
                End::Unknown => both,
            };
        }
    }
    ""
}

/// The word with its particle.
pub fn with_particle(word: &str, form: Particle) -> String {
    [word, particle(word, form)].concat()
}

fn end(word: &str) -> End {
    let outside = without_last_bracket(word);
    let said = |c: char| is_letter(c) || matches!(c, '%' | '+');
    // A word that is nothing but a bracket is read from inside.
    let word = if outside.contains(said) {
        outside
    } else {
        word
    };
    let word = word.trim_end_matches(|c: char| !said(c));
    let Some(last) = word.chars().next_back() else {
        return End::Unknown;
    };
    match last {
        // 퍼센트, 플러스
        '%' | '+' => End::Vowel,
        '가'..='힣' => match (u32::from(last) - 0xAC00) % 28 {
            0 => End::Vowel,
            8 => End::Rieul,
            _ => End::Consonant,
        },
        // Hangul written as separate letters, as some file systems store it.
        '\u{1161}'..='\u{1175}' => End::Vowel,
        '\u{11AF}' => End::Rieul,
        '\u{11A8}'..='\u{11C2}' => End::Consonant,
        '0'..='9' => number_end(word),
        'A'..='Z' | 'a'..='z' => latin_end(word),
        // Latin letters with accents end words that Korean reads with a vowel: é, ü, ø.
        '\u{C0}'..='\u{24F}' => End::Vowel,
        _ => End::Unknown,
    }
}

/// Everything before a bracket that closes the text, brackets within brackets included.
fn without_last_bracket(word: &str) -> &str {
    let trimmed = word.trim_end_matches(|c: char| !is_letter(c) && !matches!(c, ')' | ']' | '）'));
    if !matches!(trimmed.chars().next_back(), Some(')' | ']' | '）')) {
        return word;
    }
    let mut depth = 0_usize;
    for (at, c) in trimmed.char_indices().rev() {
        match c {
            ')' | ']' | '）' => depth += 1,
            '(' | '[' | '（' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return trimmed.get(..at).unwrap_or(word);
                }
            }
            _ => {}
        }
    }
    word
}

/// Sino-Korean: the last digit, or the power of ten that the zeros make.
fn number_end(word: &str) -> End {
    let mut zeros = 0_u32;
    for c in word.chars().rev() {
        match c {
            '0' => zeros += 1,
            ',' => {}
            // 십, 백, 천, 만 and 억 end in consonants, 조 does not.
            '1'..='9' if (12..16).contains(&zeros) => return End::Vowel,
            '1'..='9' if zeros > 0 => return End::Consonant,
            '1' | '7' | '8' => return End::Rieul,
            '3' | '6' => return End::Consonant,
            '2' | '4' | '5' | '9' => return End::Vowel,
            _ => break,
        }
    }
    // 영
    End::Consonant
}

/// An English word or abbreviation by its Korean reading. The rules of the loan-word spelling, as
/// far as letters can tell.
fn latin_end(word: &str) -> End {
    let run_start = word
        .char_indices()
        .rev()
        .find(|(_, c)| !c.is_ascii_alphabetic())
        .map_or(0, |(at, c)| at + c.len_utf8());
    let run = word.get(run_start..).unwrap_or(word).as_bytes();
    let [.., last] = run else {
        return End::Unknown;
    };
    let at = |back: usize| {
        run.len()
            .checked_sub(back + 1)
            .and_then(|i| run.get(i))
            .map_or(0, u8::to_ascii_lowercase)
    };
    let is_vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let vowels = run
        .iter()
        .filter(|b| is_vowel(b.to_ascii_lowercase()) && !matches!(b, b'y' | b'Y'))
        .count();
    let capitals = run.iter().filter(|b| b.is_ascii_uppercase()).count();
    // NAVER and NVIDIA are words in capitals; TSMC, OpenAI and AutoML end in letters that are
    // spelled out.
    let spoken = capitals == run.len() && run.len() >= 5 && vowels >= 2;
    let spelled = run.len() == 1 || vowels == 0 || (last.is_ascii_uppercase() && !spoken);
    if spelled {
        return match last.to_ascii_lowercase() {
            // 엘, 알
            b'l' | b'r' => End::Rieul,
            // 엠, 엔
            b'm' | b'n' => End::Consonant,
            _ => End::Vowel,
        };
    }
    // A stop after one short vowel closes the syllable (봇, 칩, 픽); after a long one or a consonant
    // it gets 으 (시크, 뱅크).
    let closes = |stop: u8, before: u8, second: u8| match stop {
        b'p' | b't' | b'k' | b'c' | b'q' => {
            let long = matches!(
                (second, before),
                (b'e', b'e') | (b'e', b'a') | (b'a', b'i') | (b'o', b'a') | (b'i', b'e')
            );
            is_vowel(before) && !long || (stop == b'k' && before == b'c')
        }
        _ => false,
    };
    match at(0) {
        b'l' => End::Rieul,
        b'm' | b'n' => End::Consonant,
        b'g' if at(1) == b'n' => End::Consonant,
        // A silent e: 구글, 원, 타임.
        b'e' if run.len() > 2 => match at(1) {
            b'l' => End::Rieul,
            b'm' | b'n' if is_vowel(at(2)) => End::Consonant,
            _ => End::Vowel,
        },
        stop if closes(stop, at(1), at(2)) => End::Consonant,
        _ => End::Vowel,
    }
}
