//! How wide a text will be, so that a label is shortened by rule before the browser sees it.

/// Advances of a font in em: 95 printable ASCII characters from the space on, then Hangul and CJK,
/// then any other character. The host measures the page's own font; the default is a common sans.
#[derive(Debug, Clone, PartialEq)]
pub struct Metrics {
    /// Weight 400.
    pub normal: [f32; 97],
    /// Weight 600.
    pub bold: [f32; 97],
}

const CJK: usize = 95;
const OTHER: usize = 96;

impl Default for Metrics {
    fn default() -> Self {
        /// Hundredths of an em, of a grotesque as most systems have one.
        const NORMAL: &[u8; 95] = &[
            28, 28, 36, 56, 56, 89, 67, 20, 34, 34, 39, 59, 28, 34, 28, 28, 56, 56, 56, 56, 56, 56,
            56, 56, 56, 56, 28, 28, 59, 59, 59, 56, //
            102, 67, 67, 73, 73, 67, 62, 78, 73, 28, 50, 67, 56, 84, 73, 78, 67, 78, 73, 67, 62,
            73, 67, 95, 67, 67, 62, 28, 28, 28, 47, 56, //
            34, 56, 56, 50, 56, 56, 28, 56, 56, 23, 23, 50, 23, 84, 56, 56, 56, 56, 34, 50, 28, 56,
            50, 73, 50, 50, 50, 34, 26, 34, 59,
        ];
        const BOLD: &[u8; 95] = &[
            28, 34, 48, 56, 56, 89, 73, 24, 34, 34, 39, 59, 28, 34, 28, 28, 56, 56, 56, 56, 56, 56,
            56, 56, 56, 56, 34, 34, 59, 59, 59, 62, //
            98, 73, 73, 73, 73, 67, 62, 78, 73, 28, 56, 73, 62, 84, 73, 78, 67, 78, 73, 67, 62, 73,
            67, 95, 67, 67, 62, 34, 28, 34, 59, 56, //
            34, 56, 62, 56, 62, 56, 34, 62, 62, 28, 28, 56, 28, 89, 62, 62, 62, 62, 39, 56, 34, 62,
            56, 78, 56, 56, 50, 39, 28, 39, 59,
        ];
        let em = |table: &[u8; 95], other: f32| {
            let mut advances = [0.96; 97];
            for (advance, hundredths) in advances.iter_mut().zip(table) {
                *advance = f32::from(*hundredths) / 100.0;
            }
            advances[OTHER] = other;
            advances
        };
        Self {
            normal: em(NORMAL, 0.75),
            bold: em(BOLD, 0.8),
        }
    }
}

impl Metrics {
    /// From the 194 numbers of a view: 97 of weight 400, then 97 of weight 600. A number that
    /// cannot be an advance (negative, not finite, above 4 em) keeps its default, and so does
    /// everything that is missing.
    pub fn from_advances(advances: &[f32]) -> Self {
        let mut out = Self::default();
        for (slot, &advance) in out.normal.iter_mut().chain(&mut out.bold).zip(advances) {
            if (0.0..=4.0).contains(&advance) {
                *slot = advance;
            }
        }
        out
    }

    /// Width of a text in one line, CSS px. Additive: the width of two texts is the sum of their
    /// widths.
    pub fn width(&self, text: &str, size_css: f32, bold: bool) -> f32 {
        let table = self.table(bold);
        text.chars().map(|c| advance(table, c)).sum::<f32>() * size_css
    }

    fn table(&self, bold: bool) -> &[f32; 97] {
        if bold { &self.bold } else { &self.normal }
    }

    /// Bytes of the longest beginning of a text that one line of a width holds. What does not fit
    /// any more is not measured, however long it is.
    pub fn held(&self, text: &str, size_css: f32, bold: bool, width_css: f32) -> usize {
        self.held_after(&mut 0.0, text, size_css, bold, width_css)
    }

    /// As [`Metrics::held`], of a line in which `em` is taken; of a text that fits its width is
    /// added.
    fn held_after(
        &self,
        em: &mut f32,
        text: &str,
        size_css: f32,
        bold: bool,
        width_css: f32,
    ) -> usize {
        let table = self.table(bold);
        let mut sum = *em;
        for (at, c) in text.char_indices() {
            sum += advance(table, c);
            // A width that is no number holds everything.
            if sum * size_css > width_css {
                return at;
            }
        }
        *em = sum;
        text.len()
    }

    /// Whether one line of a width holds a text.
    pub fn fits(&self, text: &str, size_css: f32, bold: bool, width_css: f32) -> bool {
        self.held(text, size_css, bold, width_css) == text.len()
    }

    /// The lines of a text in a width, broken only at spaces and line ends, as `word-break:
    /// keep-all` breaks them. `None` where a word alone is wider; no lines for a text without
    /// words.
    pub fn lines<'a>(
        &self,
        text: &'a str,
        size_css: f32,
        bold: bool,
        width_css: f32,
    ) -> Option<Vec<&'a str>> {
        let (lines, held) = self.set(text, size_css, bold, width_css, usize::MAX);
        (held == text.len()).then_some(lines)
    }

    /// As [`Metrics::lines`], so many of them at most, and the bytes of the longest beginning of
    /// the text that stands in them: all of its bytes where it fits. Each word is measured at most
    /// twice, and what does not fit any more not at all.
    pub fn set<'a>(
        &self,
        text: &'a str,
        size_css: f32,
        bold: bool,
        width_css: f32,
        most: usize,
    ) -> (Vec<&'a str>, usize) {
        let mut lines = Vec::new();
        let mut begin = 0;
        if width_css.is_nan() {
            return (lines, 0);
        }
        for paragraph in text.split('\n') {
            // The line so far, as bytes of the paragraph, and its width.
            let mut line: Option<(usize, usize)> = None;
            let mut em = 0.0;
            let mut from = 0;
            for word in paragraph.split([' ', '\t', '\r']) {
                let (start, end) = (from, from + word.len());
                // Every character that breaks is one byte long.
                from = end + 1;
                if word.is_empty() {
                    continue;
                }
                let mut reached = 0;
                if let Some((first, last)) = line {
                    let more = paragraph.get(last..end).unwrap_or(word);
                    let held = self.held_after(&mut em, more, size_css, bold, width_css);
                    if held == more.len() {
                        line = Some((first, end));
                        continue;
                    }
                    reached = last + held;
                }
                let room = lines.len() + usize::from(line.is_some()) < most;
                let mut alone = 0.0;
                let held = if room {
                    self.held_after(&mut alone, word, size_css, bold, width_css)
                } else {
                    0
                };
                if let Some((first, last)) = line {
                    lines.push(paragraph.get(first..last).unwrap_or(""));
                }
                if held < word.len() {
                    return (lines, begin + reached.max(start + held).min(end));
                }
                line = Some((start, end));
                em = alone;
            }
            if let Some((first, last)) = line {
                lines.push(paragraph.get(first..last).unwrap_or(""));
            }
            begin += paragraph.len() + 1;
        }
        (lines, text.len())
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
thread_local! {
    /// Characters that were looked up so far on this thread: what measuring costs, on any machine.
    static MEASURED: core::cell::Cell<u64> = const { core::cell::Cell::new(0) };
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn measured() -> u64 {
    MEASURED.get()
}

fn advance(table: &[f32; 97], c: char) -> f32 {
    #[cfg(test)]
    #[cfg(not(target_arch = "wasm32"))]
    MEASURED.set(MEASURED.get() + 1);
    let slot = match c {
        ' '..='~' => c as usize - 32,
        '\u{A0}' => 0,
        // Signs that every font has about as wide as these.
        '·' | '‘' | '’' => '.' as usize - 32,
        '“' | '”' => '"' as usize - 32,
        '–' => '0' as usize - 32,
        // Marks that stand on the letter before, joiners, and the parts of a Hangul syllable after
        // its first.
        '\0'..='\u{1F}'
        | '\u{300}'..='\u{36F}'
        | '\u{1160}'..='\u{11FF}'
        | '\u{200B}'..='\u{200F}'
        | '\u{FE00}'..='\u{FE0F}' => return 0.0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFF}' => CJK,
        _ => OTHER,
    };
    table.get(slot).copied().unwrap_or(1.0)
}
