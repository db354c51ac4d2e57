//! The answers to data, and what a file is.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
#[cfg(target_arch = "wasm32")]
use tsify::Tsify;

use crate::data::Lang;
use crate::error;
use crate::text;

/// Issues that are put into words; the rest are counted.
const MAX_ISSUES: usize = 200;

/// The answer to data.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
#[serde(untagged)]
pub enum LoadReply<'a> {
    /// It could be read: how many rows there are, how much was left out, and of the first of that
    /// what it was.
    Loaded {
        /// Rows that are drawn.
        rows: usize,
        /// How many issues there are, up to 10,000.
        count: usize,
        /// The first of them.
        issues: Vec<Issue>,
    },
    /// It could not, and the widget is as it was.
    Failed {
        /// Why.
        error: Failure<'a>,
    },
}

/// A row, or a field of one, that was left out.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Issue {
    /// Where it is in the file.
    place: String,
    /// In which line, counted from 1; 0 where no line is known.
    line: usize,
    /// The field that is wrong.
    field: &'static str,
    /// What is wrong, in every language that there is, by its code.
    #[serde(flatten)]
    words: Words,
}

/// Why a file could not be read.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Failure<'a> {
    /// The stable name of the error.
    code: &'a str,
    /// Where it is, as data.
    detail: &'a str,
    /// In which line, counted from 1; 0 where no line is known.
    line: usize,
    /// The sentence about it, in every language that there is, by its code.
    #[serde(flatten)]
    words: Words,
}

/// A sentence in all languages, by their codes.
#[derive(Debug)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
#[cfg_attr(
    target_arch = "wasm32",
    tsify(type = "{ ko: string; en: string; ja?: string }")
)]
pub struct Words(Vec<(&'static str, String)>);

impl Words {
    fn new(others: &[Lang], say: impl Fn(Lang) -> String) -> Self {
        Self(
            [Lang::Ko, Lang::En]
                .iter()
                .chain(others)
                .map(|lang| (lang.code(), say(*lang)))
                .collect(),
        )
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (code, words) in &self.0 {
            map.serialize_entry(code, words)?;
        }
        map.end()
    }
}

impl Issue {
    /// The first issues, in words.
    pub(super) fn all(issues: &[error::Issue], others: &[Lang]) -> Vec<Self> {
        let told = |issue: &error::Issue| Self {
            place: issue.place.clone(),
            line: issue.line,
            field: issue.field,
            words: Words::new(others, |lang| text::issue(issue, lang)),
        };
        issues.iter().take(MAX_ISSUES).map(told).collect()
    }
}

impl<'a> LoadReply<'a> {
    /// The answer to data that a widget has read, so that it has so many rows, or could not read.
    pub fn new(
        read: &'a Result<Vec<error::Issue>, error::Error>,
        rows: usize,
        others: &[Lang],
    ) -> Self {
        match read {
            Ok(issues) => Self::Loaded {
                rows,
                count: issues.len(),
                issues: Issue::all(issues, others),
            },
            Err(error) => Self::failed(error, others),
        }
    }

    /// The answer to a file that could not be read.
    pub fn failed(error: &'a error::Error, others: &[Lang]) -> Self {
        Self::Failed {
            error: Failure::new(error, others),
        }
    }
}

impl<'a> Failure<'a> {
    pub(super) fn new(error: &'a error::Error, others: &[Lang]) -> Self {
        let words = Words::new(others, |lang| text::error(error, lang));
        Self {
            code: error.code(),
            detail: error.detail(),
            line: error.line().unwrap_or(0),
            words,
        }
    }
}
