//! Names and headings that are too long for their place: they lose their last words, and a word that
//! alone is too long its end, which an ellipsis says. Not here: widths of words (`text::Metrics`).

use std::borrow::Cow;

use crate::text::Metrics;

/// The longest form of a heading that fits one line: whole, without what is in brackets, without
/// the last parts; of a word that alone is too long the beginning.
pub(super) fn fit<'a>(
    metrics: &Metrics,
    full: &'a str,
    size: f32,
    bold: bool,
    width: f32,
) -> Cow<'a, str> {
    match by_words(metrics, full, size, bold, width) {
        "" => cut(metrics, full, size, bold, width).into(),
        words => words.into(),
    }
}

/// As [`fit`], in lines that break at spaces: the longest beginning that stands in so many of them.
pub(super) fn fit_lines<'a>(
    metrics: &Metrics,
    full: &'a str,
    size: f32,
    bold: bool,
    width: f32,
    most: usize,
) -> Cow<'a, str> {
    match shorter(full, metrics.set(full, size, bold, width, most).1) {
        "" => cut(metrics, full, size, bold, width).into(),
        words => words.into(),
    }
}

/// A heading without so many of its last words that one line holds it; empty where one word alone
/// is too long.
fn by_words<'a>(metrics: &Metrics, full: &'a str, size: f32, bold: bool, width: f32) -> &'a str {
    shorter(full, metrics.held(full, size, bold, width))
}

/// As many lines as a text needs, `most` of them at most, as one text with line ends: a word that
/// is too long for a line breaks where the line ends, and what has no line any more is an ellipsis.
/// Empty where a line has no room for a beginning.
pub(super) fn broken(
    metrics: &Metrics,
    full: &str,
    size: f32,
    bold: bool,
    width: f32,
    most: usize,
) -> String {
    let (mut lines, mut rest) = (Vec::new(), full.trim());
    while !rest.is_empty() {
        if lines.len() + 1 >= most && !metrics.fits(rest, size, bold, width) {
            let last = cut(metrics, rest, size, bold, width);
            if last.is_empty() {
                return last;
            }
            lines.push(last);
            break;
        }
        // Whole words where the line holds one, else as much of the word as it holds.
        let (words, _) = metrics.set(rest, size, bold, width, 1);
        let held = metrics.held(rest, size, bold, width);
        let line = words.first().map_or(held, |line| line.len());
        let line = rest
            .get(..whole_clusters(metrics, rest, line))
            .unwrap_or("");
        if line.is_empty() {
            return String::new();
        }
        rest = rest.get(line.len()..).unwrap_or("").trim_start();
        lines.push(line.trim_end().to_string());
    }
    lines.join("\n")
}

/// What stands for the rest of a word.
const ELLIPSIS: &str = "…";
/// A beginning of fewer characters says nothing.
const MIN_BEGINNING: usize = 2;

/// The beginning of a word that is too long for a line, with an ellipsis; empty where there is room
/// for no beginning that says anything.
fn cut(metrics: &Metrics, word: &str, size: f32, bold: bool, width: f32) -> String {
    let room = width - metrics.width(ELLIPSIS, size, bold);
    let held = whole_clusters(metrics, word, metrics.held(word, size, bold, room));
    let begins = word.get(..held).unwrap_or("");
    let begins = begins.trim_end_matches(|c: char| BREAKS.contains(&c) || OPENS.contains(&c));
    if begins.chars().count() < MIN_BEGINNING {
        return String::new();
    }
    begins.to_string() + ELLIPSIS
}

/// The last place up to `end` where a text may be cut: not before what stands on the character
/// before it, nor behind what joins two.
fn whole_clusters(metrics: &Metrics, text: &str, mut end: usize) -> usize {
    const JOINER: char = '\u{200D}';
    loop {
        let (before, after) = text.split_at_checked(end).unwrap_or((text, ""));
        let mut buffer = [0; 4];
        let stands_on = after.chars().next().is_some_and(|c| {
            c != ' ' && metrics.width(c.encode_utf8(&mut buffer), 1.0, false) == 0.0
        });
        match before.chars().next_back() {
            Some(last) if stands_on || last == JOINER => end -= last.len_utf8(),
            _ => return end,
        }
    }
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
            |room: &str, full: &str| by_words(&metrics, full, 11.0, false, width(room)).to_string();
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
                by_words(&metrics, &full, 11.0, true, width),
                line,
                "{full:?} in {width}"
            );
            let lines = fitted(&full, &|text| {
                metrics
                    .lines(text, 11.0, false, width)
                    .is_some_and(|lines| lines.len() <= most)
            });
            let set = shorter(&full, metrics.set(&full, 11.0, false, width, most).1);
            assert_eq!(set, lines, "{full:?} in {most} lines of {width}");
            cut += usize::from(line.len() < full.len());
        }
        assert!(cut > 5_000, "only {cut} of the texts were too long");
    }

    #[test]
    fn a_word_that_alone_is_too_long_keeps_its_beginning_and_an_ellipsis() {
        let metrics = Metrics::default();
        let long = "한국전자통신연구원인공지능컴퓨팅연구소초거대모델연구실";
        for width in [40.0, 60.0, 100.0, 200.0] {
            for fitted in [
                fit(&metrics, long, 12.0, true, width),
                fit_lines(&metrics, long, 12.0, true, width, 3),
            ] {
                let beginning = fitted.strip_suffix('…').unwrap_or_default();
                assert!(
                    !beginning.is_empty() && long.starts_with(beginning),
                    "{fitted}"
                );
                assert!(
                    metrics.fits(&fitted, 12.0, true, width),
                    "{fitted} in {width}"
                );
            }
        }
        assert_eq!(fit(&metrics, long, 12.0, true, 20.0), "");
        assert_eq!(fit(&metrics, "", 12.0, true, 20.0), "");
    }

    #[test]
    fn a_word_breaks_into_lines_of_which_none_is_too_long_and_nothing_is_lost() {
        let metrics = Metrics::default();
        for text in [
            "한국전자통신연구원인공지능컴퓨팅연구소초거대모델연구실",
            "The Donaudampfschifffahrtselektrizitätenhauptbetriebswerk of Vienna",
            "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
        ] {
            let width = 90.0;
            let all = broken(&metrics, text, 14.0, true, width, 20);
            assert!(
                all.split('\n')
                    .all(|line| metrics.fits(line, 14.0, true, width)),
                "{all}"
            );
            assert_eq!(all.replace(['\n', ' '], ""), text.replace(' ', ""));
            assert!(!all.contains("\n\u{301}"), "{all}");
            let two = broken(&metrics, text, 14.0, true, width, 2);
            assert!(two.matches('\n').count() < 2, "{two}");
            assert!(two == all || two.ends_with('…'), "{two}");
        }
        assert_eq!(broken(&metrics, "가나다라마바사", 14.0, true, 10.0, 3), "");
    }
}
