//! What other writers put into JSON although it has no word for it, as JSON.

/// Text that is JSON but for what it has no word for: NaN and infinities get quotation marks,
/// halves of characters become �.
pub(super) fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    loop {
        // Outside of texts: words, up to the next text.
        let (outside, more) = split(rest, rest.find('"'));
        for part in outside
            .split_inclusive(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'))
        {
            let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            let (word, end) = split(part, Some(word.len()));
            let quote = if crate::data::row::not_finite(word) {
                "\""
            } else {
                ""
            };
            out.extend([quote, word, quote, end]);
        }
        let Some(more) = more.strip_prefix('"') else {
            return out;
        };
        out.push('"');
        rest = more;
        // Inside of one: up to the mark that ends it.
        loop {
            let (plain, more) = split(rest, rest.find(['"', '\\']));
            out.push_str(plain);
            let taken = match more.bytes().next() {
                None => return out,
                Some(b'"') => 1,
                _ => match (surrogate(more), more.get(6..).and_then(surrogate)) {
                    (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => 12,
                    (Some(_), _) => {
                        out.push('\u{FFFD}');
                        rest = more.get(6..).unwrap_or_default();
                        continue;
                    }
                    (None, _) => 1 + more.chars().nth(1).map_or(0, char::len_utf8),
                },
            };
            let (taken, more) = split(more, Some(taken));
            out.push_str(taken);
            rest = more;
            if taken == "\"" {
                break;
            }
        }
    }
}

/// A text in two, or all of it.
fn split(text: &str, at: Option<usize>) -> (&str, &str) {
    at.and_then(|at| text.split_at_checked(at))
        .unwrap_or((text, ""))
}

/// The half of a character that a text begins with, as `\ud83d`.
fn surrogate(text: &str) -> Option<u32> {
    let code = u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    (0xD800..0xE000).contains(&code).then_some(code)
}
