//! A page's own table, an HTML one, as a table of rows: what spans several cells stands in each, of
//! several rows of headings one is made, totals are left out and told. Not here: what a cell's text
//! is, which the host asks the page.

mod headings;

use headings::{headings, headings_of, title};

use super::json::cell_number;
use super::sanitize::cut;
use super::table::is_note;
use super::value::{Texts, Value};
use super::{MAX_VALUES, too_large};
use crate::error::{Error, Issue, IssueKind};

/// Columns that a table may have.
const MAX_COLUMNS: usize = 1000;
/// What is told of a table; a reader of the list has long stopped.
const MAX_TOLD: usize = 1000;

/// The rows of a page's table, as `Format::Cells` has them, as `{"caption": "…", "head": […],
/// "rows": [[…]], "lines": […]}`, and what is told of it. Lines are rows of the page's table,
/// counted from 1.
///
/// # Errors
/// `too-large`.
pub(super) fn table<'a>(
    page: &'a Value<'a>,
    texts: &'a Texts,
) -> Result<(Value<'a>, Vec<Issue>), Error> {
    let mut parts = Parts::of(page);
    if parts.bodies.is_empty() {
        // A foot below no rows is no total of them.
        parts.bodies.push(std::mem::take(&mut parts.foot));
    }
    if parts.head.is_empty()
        && let Some(first) = parts.bodies.first_mut()
    {
        parts.head = first.drain(..headings(first)).collect();
    }
    let mut told = Told(Vec::new());
    let mut room = MAX_VALUES;
    let heads = grid(&parts.head, &mut room, &mut told, false)?;
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    let mut groups: Vec<&str> = Vec::new();
    for body in &parts.bodies {
        for (row, texts) in body.iter().zip(grid(body, &mut room, &mut told, true)?) {
            // One cell across the table is a note, or the name of the group below it.
            if let Some(text) = across(row, texts.len()) {
                if is_note(text) {
                    told.note(row.line, IssueKind::TableNote, text);
                } else {
                    groups.resize(rows.len(), groups.last().copied().unwrap_or_default());
                    groups.push(text);
                }
                continue;
            }
            // Nothing is nothing.
            if texts.iter().any(|text| !text.is_empty()) {
                if !groups.is_empty() {
                    let last = groups.last().copied().unwrap_or_default();
                    groups.resize(rows.len() + 1, last);
                }
                rows.push(texts);
                lines.push(Value::Number(row.line as f64, ""));
            }
        }
    }
    for row in &parts.foot {
        let texts: Vec<&str> = row
            .cells
            .iter()
            .map(|cell| unmarked(cell.get("text").text()))
            .filter(|text| !text.is_empty())
            .collect();
        if texts.iter().any(|text| measures(text)) {
            told.note(row.line, IssueKind::TableFoot, &texts.join(" "));
        } else if !texts.is_empty() {
            told.note(row.line, IssueKind::TableNote, &texts.join(" "));
        }
    }
    let caption = Some(unmarked(page.get("caption").text()))
        .filter(|caption| !caption.is_empty())
        .or_else(|| title(&heads))
        .unwrap_or_default();
    let mut head = headings_of(&heads, texts);
    if !groups.is_empty() {
        groups.resize(rows.len(), groups.last().copied().unwrap_or_default());
        head.push("group");
        for (row, group) in rows.iter_mut().zip(groups) {
            row.resize(head.len() - 1, "");
            row.push(group);
        }
    }
    let list = |texts: Vec<&'a str>| Value::List(texts.into_iter().map(Value::Text).collect());
    let table = Value::Row(vec![
        ("caption", Value::Text(caption)),
        ("head", list(head)),
        ("rows", Value::List(rows.into_iter().map(list).collect())),
        ("lines", Value::List(lines)),
    ]);
    Ok((table, told.0))
}

/// A row of the page's table.
#[derive(Clone, Copy)]
struct PageRow<'a> {
    line: usize,
    cells: &'a [Value<'a>],
}

/// The rows of a page's table by what they stand in.
#[derive(Default)]
struct Parts<'a> {
    head: Vec<PageRow<'a>>,
    /// No cell spans from one into the next.
    bodies: Vec<Vec<PageRow<'a>>>,
    foot: Vec<PageRow<'a>>,
}

impl<'a> Parts<'a> {
    fn of(page: &'a Value<'_>) -> Self {
        let (mut parts, mut group) = (Self::default(), None);
        for (index, row) in page.get("rows").list().iter().enumerate() {
            let page_row = PageRow {
                line: index + 1,
                cells: row.get("cells").list(),
            };
            match row.get("part").text() {
                "thead" => parts.head.push(page_row),
                "tfoot" => parts.foot.push(page_row),
                "tbody" => {
                    let own = Some(row.get("group").number() as usize);
                    match parts.bodies.last_mut() {
                        Some(body) if own == group => body.push(page_row),
                        _ => parts.bodies.push(vec![page_row]),
                    }
                    group = own;
                }
                _ => {}
            }
        }
        parts
    }
}

/// What is told of a table.
struct Told(Vec<Issue>);

impl Told {
    fn note(&mut self, line: usize, kind: IssueKind, found: &str) {
        if self.0.len() < MAX_TOLD {
            self.0.push(Issue {
                place: format!("line {line}"),
                line,
                field: "",
                found: cut(found, 80).to_string(),
                kind,
            });
        }
    }
}

/// The texts of some rows: what spans several cells stands in each, but of a body no number, which
/// is no row's own.
fn grid<'a>(
    rows: &[PageRow<'a>],
    room: &mut usize,
    told: &mut Told,
    body: bool,
) -> Result<Vec<Vec<&'a str>>, Error> {
    let mut grid: Vec<Vec<Option<&str>>> = vec![Vec::new(); rows.len()];
    for (y, row) in rows.iter().enumerate() {
        let mut x = 0;
        for cell in row.cells {
            while grid
                .get(y)
                .and_then(|texts| texts.get(x))
                .is_some_and(Option::is_some)
            {
                x += 1;
            }
            let span = |key| {
                if *cell.get(key) == Value::Null {
                    1
                } else {
                    cell.get(key).number() as usize
                }
            };
            // What spans beyond the last column that may be spans to it; what begins there is none
            // of a table.
            let wide = span("colspan").max(1).min(MAX_COLUMNS.saturating_sub(x));
            if wide == 0 {
                return Err(too_large("columns", x + 1, MAX_COLUMNS));
            }
            // A span of 0 goes to the end.
            let high = if span("rowspan") == 0 {
                rows.len()
            } else {
                span("rowspan")
            }
            .min(rows.len() - y);
            let mut text = unmarked(cell.get("text").text());
            if *cell.get("nested") == Value::Bool(true) {
                told.note(row.line, IssueKind::NestedTable(x + 1), "");
            }
            if body && wide * high > 1 && measures(text) {
                told.note(row.line, IssueKind::SharedNumber(x + 1), text);
                text = "";
            }
            *room = room
                .checked_sub(wide * high)
                .ok_or_else(|| too_large("values", MAX_VALUES + 1, MAX_VALUES))?;
            for texts in grid.iter_mut().skip(y).take(high) {
                if texts.len() < x + wide {
                    texts.resize(x + wide, None);
                }
                texts
                    .iter_mut()
                    .skip(x)
                    .take(wide)
                    .for_each(|place| *place = Some(text));
            }
        }
    }
    Ok(grid
        .into_iter()
        .map(|texts| texts.into_iter().map(Option::unwrap_or_default).collect())
        .collect())
}

/// The text of a row of one cell over several columns, which is no number.
fn across<'a>(row: &PageRow<'a>, width: usize) -> Option<&'a str> {
    let [cell] = row.cells else {
        return None;
    };
    let text = cell.get("text").text();
    let wide = width > 1 && cell.get("colspan").number() >= 2.0;
    (wide && !text.is_empty() && !measures(text)).then_some(text)
}

/// A number without the mark of a footnote behind it, any other text as it is.
fn unmarked(text: &str) -> &str {
    let bare = match text
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['))
    {
        Some((bare, number))
            if (1..=3).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            bare
        }
        _ => text.trim_end_matches(['*', '†', '‡', '§']),
    };
    let bare = bare.trim_end();
    if cell_number(bare).is_some() {
        bare
    } else {
        text
    }
}

/// Whether a text is a number that means the cell it stands in, and not a year.
fn measures(text: &str) -> bool {
    let year = text.len() == 4
        && text.starts_with(['1', '2'])
        && text.bytes().all(|byte| byte.is_ascii_digit());
    cell_number(text).is_some() && !year
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    /// Rows by part, cells as `text`, `text<2` over two columns, `text^2` over two rows, `#text` as
    /// headings.
    fn page(caption: &str, rows: &[(&str, usize, &[&str])]) -> String {
        let cell = |cell: &&str| {
            let (rest, down) = cell.split_once('^').unwrap_or((cell, "1"));
            let (text, wide) = rest.split_once('<').unwrap_or((rest, "1"));
            let header = text.starts_with('#');
            let text = text.trim_start_matches('#');
            format!(
                r#"{{"text":"{text}","colspan":{wide},"rowspan":{down},"header":{header},"nested":{}}}"#,
                text == "nested"
            )
        };
        let row = |(part, group, cells): &(&str, usize, &[&str])| {
            format!(
                r#"{{"part":"{part}","group":{group},"cells":[{}]}}"#,
                cells.iter().map(cell).collect::<Vec<_>>().join(",")
            )
        };
        format!(
            r#"{{"caption":"{caption}","rows":[{}]}}"#,
            rows.iter().map(row).collect::<Vec<_>>().join(",")
        )
    }

    fn said(rows: &[(&str, usize, &[&str])]) -> (String, Vec<String>, Vec<IssueKind>) {
        let text = page("", rows);
        let texts = Texts::new();
        let page = Value::parse(&text, &texts).unwrap();
        let (table, told) = table(&page, &texts).unwrap();
        let row = |row: &Value<'_>| {
            row.list()
                .iter()
                .map(|cell| cell.spelling().unwrap_or_default().to_string())
                .collect::<Vec<_>>()
                .join("|")
        };
        let lines = table.get("lines").list().iter().map(Value::number);
        let rows = table
            .get("rows")
            .list()
            .iter()
            .zip(lines)
            .map(|(cells, line)| format!("{line} {}", row(cells)));
        (
            table.get("caption").text().to_string(),
            std::iter::once(row(table.get("head")))
                .chain(rows)
                .collect(),
            told.iter().map(|issue| issue.kind).collect(),
        )
    }

    #[test]
    fn what_spans_several_cells_stands_in_each_but_a_number_in_none() {
        let rows = said(&[
            ("tbody", 0, &["#a", "#b", "#c"]),
            ("tbody", 0, &["x^2", "1^2", "5"]),
            ("tbody", 0, &["2"]),
            ("tbody", 1, &["y<2", "2024<3"]),
        ]);
        assert_eq!(
            rows.1,
            ["a|b|c", "2 x||5", "3 x||2", "4 y|y|2024|2024|2024"]
        );
        assert_eq!(rows.2, [IssueKind::SharedNumber(2)]);
        // To the end of its body and no farther.
        let rows = said(&[
            ("tbody", 0, &["#a", "#b"]),
            ("tbody", 0, &["x^0", "1"]),
            ("tbody", 0, &["2"]),
            ("tbody", 1, &["z", "3"]),
        ]);
        assert_eq!(rows.1, ["a|b", "2 x|1", "3 x|2", "4 z|3"]);
    }

    #[test]
    fn headings_are_the_lowest_of_their_rows_and_a_title_above_them_is_none() {
        let rows = said(&[
            ("thead", 0, &["Title<2"]),
            ("thead", 0, &["label", "value"]),
            ("thead", 0, &["", "(%)"]),
            ("tbody", 1, &["x", "1"]),
        ]);
        assert_eq!(
            (rows.0.as_str(), rows.1),
            (
                "Title",
                vec!["label|value (%)".to_string(), "4 x|1".to_string()]
            )
        );
        let rows = said(&[
            ("tbody", 0, &["#label^2", "#value"]),
            ("tbody", 0, &["#(%)"]),
            ("tbody", 0, &["#x", "1"]),
        ]);
        assert_eq!(rows.1, ["label|value (%)", "3 x|1"]);
        let rows = said(&[("tbody", 0, &["#a", "#b"]), ("tbody", 0, &["#x", "#y"])]);
        assert_eq!(rows.1, ["a|b", "2 x|y"]);
    }

    #[test]
    fn totals_in_the_foot_nested_tables_and_empty_rows_are_no_rows() {
        let rows = said(&[
            ("thead", 0, &["a", "b"]),
            ("tbody", 1, &["", ""]),
            ("tbody", 1, &["nested", "1 [2]"]),
            ("tfoot", 2, &["sum", "1*"]),
            ("other", 3, &["z", "9"]),
        ]);
        assert_eq!(rows.1, ["a|b", "3 nested|1"]);
        assert_eq!(rows.2, [IssueKind::NestedTable(1), IssueKind::TableFoot]);
        assert_eq!(
            said(&[("thead", 0, &["a"]), ("tfoot", 1, &["x"])]).1,
            ["a", "2 x"]
        );
        assert_eq!(said(&[]).1, [""]);
    }

    #[test]
    fn spans_of_a_million_cells_are_refused_before_they_are_taken() {
        let texts = Texts::new();
        let wide: Vec<(&str, usize, &[&str])> = (0..3001)
            .map(|group| ("tbody", group, &["x<1000"][..]))
            .collect();
        let text = page("", &wide);
        assert_eq!(
            table(&Value::parse(&text, &texts).unwrap(), &texts)
                .unwrap_err()
                .code(),
            "too-large"
        );
        let text = r#"{"rows":[{"part":"tbody","cells":[{"text":"x","colspan":-1,"rowspan":1e300},7,null,{"colspan":"y"}]},{"part":"tbody"},5]}"#;
        assert!(table(&Value::parse(text, &texts).unwrap(), &texts).is_ok());
        assert!(table(&Value::Null, &texts).is_ok());
    }
}
