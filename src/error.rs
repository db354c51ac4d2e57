//! The two ways in which data can be wrong: an [`Error`] ends the loading of a file, an [`Issue`]
//! leaves out one row.

use core::fmt;

/// Why a file cannot be drawn at all. Opaque: ask for its [`Error::code`], or show it in a
/// language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    code: Code,
    detail: String,
    /// Why nothing of a file could be drawn: what was wrong with its first row.
    issue: Option<Box<Issue>>,
}

/// Every code that a page can receive in the `error` event. The list is closed and documented in
/// the README.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The bytes are not JSON; the detail names line and column.
    NotJson,
    /// The bytes are not UTF-8 text.
    NotText,
    /// The file is JSON but not of the kind that this widget draws; the detail names what is
    /// missing.
    WrongKind,
    /// The file is valid and holds nothing that can be drawn.
    Empty,
    /// The file is larger than the documented limits; the detail names limit and size.
    TooLarge,
    /// A table or CSV has no header row, or a row that cannot be read; the detail names the line.
    BadTable,
    /// A column of a table that cannot be done without is not there; the detail has its field and
    /// the headings that were found: `value: Company, 2022, 2023`.
    NoHeading,
    /// It is no file of ours, and the wasm that reads tables has to be asked; readers never see it.
    Table,
    /// A JSON value holds itself; the detail names the place.
    Circle,
    /// A web page came in place of data: mostly the page that says that there is no such file.
    WebPage,
    /// An Excel workbook came in place of text.
    Workbook,
    /// A column that cannot be done without is not there; the detail names it.
    NoColumn,
    /// A column holds something else than it can; the detail names it, and its row where it is one
    /// row's fault.
    ColumnKind,
    /// Columns of one table have different numbers of rows; the detail has their names and numbers.
    ColumnLength,
    /// The page has handed the column's buffer over before; the detail names it.
    ColumnGone,
}

impl Error {
    /// An error with a detail: a place or a name from the data, not a sentence.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            issue: None,
        }
    }

    /// The error with what was wrong with the first row, where nothing can be drawn.
    pub(crate) fn because(mut self, issue: Option<Issue>) -> Self {
        self.issue = issue.map(Box::new);
        self
    }

    /// What was wrong with the first row, where nothing can be drawn.
    pub fn issue(&self) -> Option<&Issue> {
        self.issue.as_deref()
    }

    /// An error that the host found before the data came here, by its stable name; an unknown name
    /// is `not-json`.
    pub fn named(code: &str, detail: &str) -> Self {
        let code = match code {
            "not-text" => Code::NotText,
            "too-large" => Code::TooLarge,
            "bad-table" => Code::BadTable,
            "wrong-kind" => Code::WrongKind,
            "empty" => Code::Empty,
            "circle" => Code::Circle,
            "web-page" => Code::WebPage,
            "workbook" => Code::Workbook,
            "no-heading" => Code::NoHeading,
            "no-column" => Code::NoColumn,
            "column-kind" => Code::ColumnKind,
            "column-length" => Code::ColumnLength,
            "column-gone" => Code::ColumnGone,
            _ => Code::NotJson,
        };
        Self::new(code, detail)
    }

    /// What went wrong among what bears one name, for the sentence about it.
    pub(crate) fn why(&self) -> &'static str {
        match self.code {
            Code::Circle => "circle",
            Code::NoHeading => "no-heading",
            Code::NoColumn => "no-column",
            Code::ColumnKind => "column-kind",
            Code::ColumnLength => "column-length",
            Code::ColumnGone => "column-gone",
            _ => self.code(),
        }
    }

    /// The stable name of the error: `not-json`, `not-text`, `wrong-kind`, `empty`, `too-large`,
    /// `bad-table`, `web-page`, `workbook`, `bad-columns`.
    pub fn code(&self) -> &'static str {
        match self.code {
            Code::NotJson | Code::Circle => "not-json",
            Code::WebPage => "web-page",
            Code::Workbook => "workbook",
            Code::NoColumn | Code::ColumnKind | Code::ColumnLength | Code::ColumnGone => {
                "bad-columns"
            }
            Code::NotText => "not-text",
            Code::WrongKind => "wrong-kind",
            Code::Empty => "empty",
            Code::TooLarge => "too-large",
            Code::Table => "table",
            Code::BadTable | Code::NoHeading => "bad-table",
        }
    }

    /// The line of the file in which it is wrong, counted from 1, where that is known.
    pub fn line(&self) -> Option<usize> {
        let place = match self.code {
            Code::NotJson => self.detail.split_once(':').map(|(line, _)| line),
            // Of nothing that can be drawn the first row says why.
            Code::BadTable | Code::Empty => {
                let mut words = self.detail.split(|c: char| !c.is_ascii_alphanumeric());
                words
                    .find(|word| *word == "line")
                    .and_then(|_| words.next())
            }
            _ => None,
        };
        place?.parse().ok()
    }

    /// What went wrong, as data: a line and column, a missing field, a limit.
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code(), self.detail)
    }
}

impl core::error::Error for Error {}

/// One row, or one field of it, that is left out while the rest is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Where: `tables[3].items[0]`, `links[17]`, `events[4]`, or `line 12` of a CSV.
    pub place: String,
    /// The line of the file in which that stands, counted from 1; of a page's own table its row. 0
    /// for data that have no lines.
    pub line: usize,
    /// The field that is wrong, as it is spelled in the file; empty where it is none of them.
    pub field: &'static str,
    /// The offending text or number, cut to 80 characters.
    pub found: String,
    /// What is wrong with it.
    pub kind: IssueKind,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueKind {
    /// A field that must be there is not.
    Missing,
    /// Text where a number is needed, and the like.
    WrongType,
    /// A number below zero where only zero or more can be drawn.
    Negative,
    /// NaN or infinite, or beyond 1e300.
    NotFinite,
    /// Names an organisation, sublayer, layer, source or event that the file does not have.
    UnknownReference,
    /// An id that an earlier row already has; the later row is kept under a new id.
    Duplicate,
    /// Not a date, or a day that no calendar has, such as `2024-13-45`.
    BadDate,
    /// A word that is not in the documented list.
    UnknownWord,
    /// A link from an organisation to itself.
    SelfLink,
    /// The parts of a whole add up to more than the whole.
    ExceedsWhole,
    /// A code that counts into no name of its dictionary.
    UnknownCode,
    /// All dates lie within weeks of 1970: seconds in place of milliseconds, or days.
    Seconds,
    /// A second value where one has been used already.
    Unused,
    /// A column that no widget of this kind reads.
    UnknownColumn,
    /// A column that is not used, and whose heading is near that of a field, which `found` names.
    NearColumn,
    /// A cell of a page's own table, by its number in the row, holds another table.
    NestedTable(usize),
    /// A number of a page's own table stands in a cell, by its number in the row, that spans
    /// several.
    SharedNumber(usize),
    /// The foot of a page's own table has numbers: totals, which are no rows.
    TableFoot,
    /// A row of a table is the sum of the others, by its name or by its value.
    TotalRow,
    /// A number without a word for its power stands among numbers that have one: `700` below `3조`.
    NoScale,
    /// A row of a table is worth all the others together, though its name says nothing of a total.
    SumRow,
    /// A row of a table has more cells than there are headings, as a comma in a number makes two.
    SplitNumber,
    /// A row of a table holds others, or all of them: `World` among countries.
    Aggregate,
    /// A row has the name of an earlier one of its table: nothing says whether they are one.
    Repeated,
    /// A row begins another table below the first, which is not read.
    OtherTable,
    /// A date of which a part was not understood, `2024년 말`: the rest of it is drawn.
    Coarse,
    /// Letters behind the numbers of a statistical office, which are not drawn.
    Flags,
    /// Numbers below a per cent sign that add up to one: `found` has the text and both readings, in
    /// lines.
    DoubtfulShare,
    /// Per cents add up to more than a hundred, so that they are drawn side by side and not as parts.
    MoreThanWhole,
    /// A line of a table above its headings or below its rows says something about it.
    TableNote,
    /// A row of a table has cells that are filled and stand below no heading.
    ExtraCells,
    /// A number that can be read in two ways; `found` has the text and both readings, in lines.
    DoubtfulNumber,
    /// A date that can be read in two ways; `found` has the text and both readings, in lines.
    DoubtfulDate,
    /// A date whose year has fewer than four digits.
    ShortYear,
    /// An end that lies before the beginning.
    EndBeforeStart,
    /// A cell whose unit is another than that of its heading.
    OtherUnit,
}
