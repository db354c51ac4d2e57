//! Texts made safe to show: no control characters, no hidden reading direction, no addresses but plain ones.

use super::read::MAX_TEXT;

/// A text without control characters and without the marks that turn the reading direction of what follows; cut to the limit.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_TEXT));
    let mut room = MAX_TEXT;
    for c in text.trim().chars() {
        let c = match c {
            '\t' | '\n' | '\r' => ' ',
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => continue,
            c => c,
        };
        if room == 0 {
            break;
        }
        room -= 1;
        out.push(c);
    }
    out
}

/// The first `most` characters.
pub(super) fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// An address, if its scheme is http or https and nothing in it could hide another.
pub(super) fn link(text: &str) -> Option<String> {
    let text = text.trim_matches(' ');
    let (scheme, rest) = text.split_once("://")?;
    let plain =
        !text.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '"' | '<' | '>' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'));
    let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':', '@']);
    (plain && known && host && text.len() <= MAX_TEXT).then(|| text.to_string())
}
