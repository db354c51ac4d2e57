//! The languages of the library: Korean and English, which stand at the place of use, and any
//! other, whose words are a file.

use super::sanitize::hides;
#[cfg(not(target_arch = "wasm32"))]
use super::value::Value;
use core::fmt;

/// Bytes of a file's texts.
const MAX_BYTES: usize = 1 << 18;

/// A language. Its words are kept for as long as the program runs: a page goes on speaking it.
#[derive(Clone, Copy)]
pub struct Lang(&'static Words);

struct Words {
    code: &'static str,
    /// The English of a text and the language's own, in the order of the English.
    texts: Vec<(&'static str, &'static str)>,
}

static KOREAN: Words = Words {
    code: "ko",
    texts: Vec::new(),
};
static ENGLISH: Words = Words {
    code: "en",
    texts: Vec::new(),
};

#[allow(
    non_upper_case_globals,
    reason = "the two that are always there read like the variants of an enum"
)]
impl Lang {
    /// Korean.
    pub const Ko: Self = Self(&KOREAN);
    /// English.
    pub const En: Self = Self(&ENGLISH);

    /// Any other language: its code, then each English text with the language's own, in the order
    /// of the English, all ending in NUL. Total: what is too much or out of order is not found, nor
    /// is a text that is empty or has signs that nobody sees; it is said in English.
    pub fn new(said: &str) -> Self {
        let said: &'static str =
            String::from(if said.len() > MAX_BYTES { "" } else { said }).leak();
        let (code, mut rest) = said.split_once('\0').unwrap_or_default();
        let mut texts = Vec::new();
        while let Some((english, more)) = rest.split_once('\0')
            && let Some((own, more)) = more.split_once('\0')
        {
            if !own.is_empty() && !own.chars().any(hides) {
                texts.push((english, own));
            }
            rest = more;
        }
        Self(Box::leak(Box::new(Words { code, texts })))
    }

    /// The language of a file, `{"English": "its own", …}`; anything in it but texts is left out.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn read(code: &str, file: &Value<'_>) -> Self {
        let fields = if let Value::Row(fields) = file {
            fields.as_slice()
        } else {
            &[]
        };
        let texts = fields
            .iter()
            .filter(|(_, own)| matches!(own, Value::Text(_)));
        let mut lines: Vec<String> = texts
            .map(|(english, own)| [english, "\0", own.text(), "\0"].concat())
            .collect();
        lines.sort_unstable();
        Self::new(&[code, "\0", &lines.concat()].concat())
    }

    /// Its tag, as HTML has it: `ko`, `en`, `ja` …
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// What it says for an English text, if its file has it.
    pub(crate) fn own(self, english: &str) -> Option<&'static str> {
        let at = self
            .0
            .texts
            .binary_search_by(|text| text.0.cmp(english))
            .ok()?;
        self.0.texts.get(at).map(|text| text.1)
    }
}

impl Default for Lang {
    fn default() -> Self {
        Self::Ko
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language is itself only: the same file read twice makes two.
impl PartialEq for Lang {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.0, other.0)
    }
}

impl Eq for Lang {}
