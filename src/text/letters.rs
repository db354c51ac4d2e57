//! Which signs are letters, and which letters a search compares: initial consonants of Hangul, small
//! letters of Latin, no hyphens and spaces.

/// Letters and digits, near enough: from U+00C0 on everything outside the blocks of signs. The
/// tables of std weigh more than all words here.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\u{BF}' => {
            c.is_ascii_alphanumeric() || matches!(c, 'ª' | 'µ' | 'º' | '²' | '³' | '¹')
        }
        // Dashes, quotes, currencies, arrows, boxes; brackets of CJK; private use, joiners;
        // full-width signs; pictures.
        '×'
        | '÷'
        | '\u{300}'..='\u{36F}'
        | '\u{2000}'..='\u{206F}'
        | '\u{20A0}'..='\u{20FF}'
        | '\u{2190}'..='\u{245F}'
        | '\u{2500}'..='\u{2BFF}' => false,
        '\u{2E00}'..='\u{2E7F}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{FE00}'..='\u{FE6F}' => false,
        '\u{FF01}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}'
        | '\u{FFE0}'..='\u{FFFF}' => false,
        '\u{1F000}'..='\u{1FAFF}' => false,
        _ => true,
    }
}

/// Small letters of Latin with its accents as European names have them; others stay.
fn lower(c: char) -> char {
    match c {
        'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(u32::from(c) + 32).unwrap_or(c),
        _ => c.to_ascii_lowercase(),
    }
}

/// For type-ahead: the initial consonants of Hangul (`삼성전자` → `ㅅㅅㅈㅈ`), other letters and digits in
/// lower case, nothing else.
pub fn initials(text: &str) -> String {
    letters(text, false)
}

/// As [`initials`], or with `syllables` all of Hangul as it stands.
pub fn letters(text: &str, syllables: bool) -> String {
    const INITIALS: [char; 19] = [
        'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ',
        'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
    ];
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '가'..='힣' if !syllables => {
                out.extend(INITIALS.get(((u32::from(c) - 0xAC00) / 588) as usize))
            }
            '\u{1100}'..='\u{1112}' => out.extend(INITIALS.get((u32::from(c) - 0x1100) as usize)),
            // The vowels and final consonants of Hangul written as separate letters.
            '\u{1160}'..='\u{11FF}' => {}
            c if is_letter(c) => out.push(lower(c)),
            _ => {}
        }
    }
    out
}
