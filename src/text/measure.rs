//! How wide a text will be, so that a label is shortened by rule before the browser sees it.

/// Advances of a font in em: 95 printable ASCII characters from the space on, then Hangul and CJK, then any other character.
/// The host measures the page's own font; the default is a common sans.
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
            28, 28, 36, 56, 56, 89, 67, 20, 34, 34, 39, 59, 28, 34, 28, 28, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 28, 28, 59, 59, 59, 56, //
            102, 67, 67, 73, 73, 67, 62, 78, 73, 28, 50, 67, 56, 84, 73, 78, 67, 78, 73, 67, 62, 73, 67, 95, 67, 67, 62, 28, 28, 28, 47, 56, //
            34, 56, 56, 50, 56, 56, 28, 56, 56, 23, 23, 50, 23, 84, 56, 56, 56, 56, 34, 50, 28, 56, 50, 73, 50, 50, 50, 34, 26, 34, 59,
        ];
        const BOLD: &[u8; 95] = &[
            28, 34, 48, 56, 56, 89, 73, 24, 34, 34, 39, 59, 28, 34, 28, 28, 56, 56, 56, 56, 56, 56, 56, 56, 56, 56, 34, 34, 59, 59, 59, 62, //
            98, 73, 73, 73, 73, 67, 62, 78, 73, 28, 56, 73, 62, 84, 73, 78, 67, 78, 73, 67, 62, 73, 67, 95, 67, 67, 62, 34, 28, 34, 59, 56, //
            34, 56, 62, 56, 62, 56, 34, 62, 62, 28, 28, 56, 28, 89, 62, 62, 62, 62, 39, 56, 34, 62, 56, 78, 56, 56, 50, 39, 28, 39, 59,
        ];
        let em = |table: &[u8; 95], other: f32| {
            let mut advances = [0.96; 97];
            for (advance, hundredths) in advances.iter_mut().zip(table) {
                *advance = f32::from(*hundredths) / 100.0;
            }
            advances[OTHER] = other;
            advances
        };
        Self { normal: em(NORMAL, 0.75), bold: em(BOLD, 0.8) }
    }
}

impl Metrics {
    /// From the 194 numbers of a view: 97 of weight 400, then 97 of weight 600. A number that cannot be an advance
    /// (negative, not finite, above 4 em) keeps its default, and so does everything that is missing.
    pub fn from_advances(advances: &[f32]) -> Self {
        let mut out = Self::default();
        for (slot, &advance) in out.normal.iter_mut().chain(&mut out.bold).zip(advances) {
            if (0.0..=4.0).contains(&advance) {
                *slot = advance;
            }
        }
        out
    }

    /// Width of a text in one line, CSS px. Additive: the width of two texts is the sum of their widths.
    pub fn width(&self, text: &str, size_css: f32, bold: bool) -> f32 {
        let table = if bold { &self.bold } else { &self.normal };
        text.chars().map(|c| advance(table, c)).sum::<f32>() * size_css
    }

    /// The lines of a text in a width, broken only at spaces and line ends, as `word-break: keep-all` breaks them.
    /// `None` where a word alone is wider; no lines for a text without words.
    pub fn lines<'a>(&self, text: &'a str, size_css: f32, bold: bool, width_css: f32) -> Option<Vec<&'a str>> {
        let mut lines = Vec::new();
        for paragraph in text.split(&['\n'][..]) {
            let mut push = |line: Option<(usize, usize)>| {
                if let Some((first, last)) = line {
                    lines.push(paragraph.get(first..last).unwrap_or(""));
                }
            };
            // The line so far, as bytes of the paragraph.
            let mut line: Option<(usize, usize)> = None;
            let mut from = 0;
            for word in paragraph.split(&[' ', '\t', '\r'][..]) {
                let (start, end) = (from, from + word.len());
                // Every character that breaks is one byte long.
                from = end + 1;
                if word.is_empty() {
                    continue;
                }
                let fits = |start: usize| self.width(paragraph.get(start..end).unwrap_or(word), size_css, bold) <= width_css;
                match line {
                    Some((first, _)) if fits(first) => line = Some((first, end)),
                    _ if !fits(start) => return None,
                    _ => {
                        push(line);
                        line = Some((start, end));
                    }
                }
            }
            push(line);
        }
        Some(lines)
    }
}

fn advance(table: &[f32; 97], c: char) -> f32 {
    let slot = match c {
        ' '..='~' => c as usize - 32,
        '\u{A0}' => 0,
        // Signs that every font has about as wide as these.
        '·' | '‘' | '’' => '.' as usize - 32,
        '“' | '”' => '"' as usize - 32,
        '–' => '0' as usize - 32,
        // Marks that stand on the letter before, joiners, and the parts of a Hangul syllable after its first.
        '\0'..='\u{1F}' | '\u{300}'..='\u{36F}' | '\u{1160}'..='\u{11FF}' | '\u{200B}'..='\u{200F}' | '\u{FE00}'..='\u{FE0F}' => return 0.0,
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
