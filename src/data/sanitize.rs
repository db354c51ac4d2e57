//! Texts made safe to show: no control characters, no hidden reading direction, no addresses but
//! plain ones. And numbers to a hundredth.

use core::fmt;

use super::MAX_TEXT;

/// A text without control characters and without the marks that turn the reading direction of what
/// follows; cut to the limit.
pub(crate) fn clean(text: &str) -> String {
    let text = text.trim();
    let mut out = String::with_capacity(text.len().min(MAX_TEXT));
    let mut room = MAX_TEXT;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let c = match c {
            // The end of a line is one space, however it is written.
            '\r' if chars.peek() == Some(&'\n') => continue,
            '\t' | '\n' | '\r' => ' ',
            c if hides(c) => continue,
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

/// Control characters, and marks that turn the reading direction.
pub(super) fn hides(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The first `most` characters.
pub(crate) fn cut(text: &str, most: usize) -> &str {
    text.char_indices()
        .nth(most)
        .and_then(|(end, _)| text.get(..end))
        .unwrap_or(text)
}

/// An address, if its scheme is http or https and nothing in it could hide another.
pub(super) fn link(text: &str) -> Option<String> {
    let text = text.trim_matches(' ');
    let (scheme, rest) = text.split_once(':')?;
    let rest = rest.strip_prefix("//")?;
    for c in text.chars() {
        if hides(c) || c.is_whitespace() || matches!(c, '\\' | '"' | '<' | '>') {
            return None;
        }
    }
    let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = !matches!(
        rest.bytes().next(),
        None | Some(b'/' | b'?' | b'#' | b':' | b'@')
    );
    (known && host && text.len() <= MAX_TEXT).then(|| text.to_string())
}

/// A number to a hundredth, without trailing zeros; NaN as 0, and no more than 9e16 of it. Whole
/// numbers do the writing: std's tables for floats weigh more than all of this.
pub(crate) struct Hundredths(pub(crate) f64);

impl fmt::Display for Hundredths {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = (self.0 * 100.0 + 0.5).floor() as i64;
        let sign = if all < 0 { "-" } else { "" };
        let (whole, part) = (all.unsigned_abs() / 100, all.unsigned_abs() % 100);
        let (part, width) = if part % 10 == 0 {
            (part / 10, 1)
        } else {
            (part, 2)
        };
        if part == 0 {
            write!(out, "{sign}{whole}")
        } else {
            write!(out, "{sign}{whole}.{part:0width$}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_to_a_hundredth() {
        let all = [
            0.0,
            -0.0,
            0.004,
            0.006,
            1.5,
            -0.25,
            12.05,
            1234567.0,
            -7.1,
            f64::NAN,
            99.999,
        ]
        .map(|number| Hundredths(number).to_string());
        assert_eq!(
            all,
            [
                "0", "0", "0", "0.01", "1.5", "-0.25", "12.05", "1234567", "-7.1", "0", "100"
            ]
        );
    }
}
