//! Headings that are too long for their place lose their last words. Not here: widths of words
//! (`text::Metrics`).

use crate::text::Metrics;

/// The longest form of a heading that fits one line: whole, without what is in brackets, without
/// the last parts.
pub(super) fn fit<'a>(
    metrics: &Metrics,
    full: &'a str,
    size: f32,
    bold: bool,
    width: f32,
) -> &'a str {
    shorter(full, metrics.held(full, size, bold, width))
}

/// As [`fit`], in lines that break at spaces: the longest beginning that stands in so many of them.
pub(super) fn fit_lines<'a>(
    metrics: &Metrics,
    full: &'a str,
    size: f32,
    bold: bool,
    width: f32,
    most: usize,
) -> &'a str {
    shorter(full, metrics.set(full, size, bold, width, most).1)
}

/// Brackets, of both widths.
pub(super) const OPENS: &[char] = &['(', '（'];
const CLOSES: &[char] = &[')', '）'];
/// Between the parts of a heading.
const BREAKS: &[char] = &[' ', ',', '·'];

/// How many brackets a text opens more than it closes.
fn open(text: &str) -> i64 {
    text.chars()
        .map(|c| i64::from(OPENS.contains(&c)) - i64::from(CLOSES.contains(&c)))
        .sum()
}

/// A text without its last words, so many that no more than `most` bytes are left; empty where one
/// word alone is longer.
fn shorter(full: &str, most: usize) -> &str {
    if full.len() <= most {
        return full;
    }
    // What stands behind the first break after those bytes goes whatever it is: it is not looked
    // at, for there may be much of it.
    let rest = full.get(most..).unwrap_or("");
    let end = rest
        .char_indices()
        .find(|(_, c)| BREAKS.contains(c))
        .map_or(full.len(), |(at, c)| most + at + c.len_utf8());
    let mut text = full.get(..end).unwrap_or("");
    let mut depth = open(text);
    let mut cut = |text: &mut &str, at: usize| {
        depth -= open(text.get(at..).unwrap_or(""));
        *text = text.get(..at).unwrap_or("");
        depth
    };
    while let Some(at) = text.rfind(BREAKS) {
        // Half of what stands in brackets says less than nothing.
        let mut depth = cut(&mut text, at);
        while depth > 0
            && let Some(at) = text.rfind(OPENS)
        {
            depth = cut(&mut text, at);
        }
        text = text.trim_end_matches([' ', ',', '·', ':']);
        // A heading must not end in a word that waits for another.
        let last = text
            .rfind(' ')
            .map_or("", |at| text.get(at..).unwrap_or(""));
        let waits = [
            " and", " or", " of", " the", " a", " in", " by", " at", " to", " up", " for", " with",
        ]
        .contains(&last);
        if !waits && text.len() <= most {
            return text;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_shortened_by_words_and_never_inside_brackets() {
        let metrics = Metrics::default();
        let width = |text: &str| metrics.width(text, 11.0, false) + 0.5;
        let fitted =
            |room: &str, full: &str| fit(&metrics, full, 11.0, false, width(room)).to_string();
        assert_eq!(
            fitted("AI 메모리(HBM·DDR5)", "AI 메모리(HBM·DDR5)"),
            "AI 메모리(HBM·DDR5)"
        );
        assert_eq!(fitted("AI 메모리(HBM", "AI 메모리(HBM·DDR5)"), "AI 메모리");
        assert_eq!(fitted("Edge and on", "Edge and on-device hardware"), "Edge");
        assert_eq!(
            fitted("Stargate plan of up to", "Stargate plan of up to US$100bn"),
            "Stargate plan"
        );
        assert_eq!(fitted("A", "Accelerators"), "");
    }

    #[test]
    fn a_heading_of_two_lines_loses_what_needs_a_third() {
        let metrics = Metrics::default();
        let width = metrics.width("supercomputers", 11.0, false) + 0.5;
        assert_eq!(
            fit_lines(
                &metrics,
                "AI supercomputers and clusters",
                11.0,
                false,
                width,
                2
            ),
            "AI supercomputers"
        );
        assert_eq!(
            fit_lines(
                &metrics,
                "AI supercomputers and clusters",
                11.0,
                false,
                width,
                3
            ),
            "AI supercomputers and clusters"
        );
    }

    /// Word after word away, and all that is left measured anew each time: what [`fit`] and
    /// [`fit_lines`] answer, said plainly.
    fn fitted(full: &str, fits: &dyn Fn(&str) -> bool) -> String {
        let mut text = full;
        while !fits(text) && !text.is_empty() {
            text = shorter(text, text.len() - 1);
        }
        text.to_string()
    }

    #[test]
    fn measuring_once_shortens_as_measuring_after_every_word_does() {
        let metrics = Metrics::default();
        let parts = [
            "AI",
            "of",
            "메모리",
            "(HBM",
            "DDR5)",
            "and",
            "·",
            ",",
            "supercomputers",
            "a",
            " ",
            ":",
            "(x)",
            "（둘）",
            "to",
        ];
        let mut seed = 7_u32;
        let mut next = |most: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % most
        };
        let mut cut = 0;
        for _ in 0..20_000 {
            let mut full = String::new();
            for _ in 0..next(12) {
                full.push_str(parts[next(parts.len())]);
                full.push_str(["", " ", ",", "·"][next(4)]);
            }
            let (width, most) = (next(220) as f32, 1 + next(3));
            let line = fitted(&full, &|text| metrics.width(text, 11.0, true) <= width);
            assert_eq!(
                fit(&metrics, &full, 11.0, true, width),
                line,
                "{full:?} in {width}"
            );
            let lines = fitted(&full, &|text| {
                metrics
                    .lines(text, 11.0, false, width)
                    .is_some_and(|lines| lines.len() <= most)
            });
            assert_eq!(
                fit_lines(&metrics, &full, 11.0, false, width, most),
                lines,
                "{full:?} in {most} lines of {width}"
            );
            cut += usize::from(line.len() < full.len());
        }
        assert!(cut > 5_000, "only {cut} of the texts were too long");
    }
}
