//! Which rows of a page's table are headings, and what they say of each column and of the whole.

use super::PageRow;
use crate::data::value::{Texts, Value};

/// Rows of headings that are put together, from the lowest on.
const MOST_HEADS: usize = 12;

/// How many rows at the beginning of a body are headings: the first, and those behind it in which
/// all cells are, as long as some row is none.
pub(super) fn headings(body: &[PageRow<'_>]) -> usize {
    let plain = |row: &PageRow<'_>| {
        row.cells
            .iter()
            .any(|cell| *cell.get("header") != Value::Bool(true))
    };
    // Below headings one cell across the table is the name of the group below it.
    let names_group = |at: usize, row: &PageRow<'_>| {
        at > 0 && row.cells.len() == 1 && row.cells[0].get("colspan").number() >= 2.0
    };
    let first = body
        .iter()
        .enumerate()
        .position(|(at, row)| plain(row) || names_group(at, row))
        .unwrap_or(0);
    let most = first.max(1).min(body.len());
    let spans = body
        .iter()
        .take(most)
        .flat_map(|row| row.cells)
        .any(|cell| cell.get("colspan").number() > 1.0 || cell.get("rowspan").number() > 1.0);
    if first > 0 || spans {
        most
    } else {
        body.len().min(1)
    }
}

/// What stands in all cells of a row, if it is one and the same heading.
fn common<'a>(row: &[&'a str]) -> Option<&'a str> {
    let (first, rest) = row.split_first()?;
    (!first.is_empty() && rest.iter().all(|cell| cell == first)).then_some(first)
}

/// A first row of one heading over all columns is a title.
pub(super) fn title<'a>(heads: &[Vec<&'a str>]) -> Option<&'a str> {
    match heads {
        [first, _, ..] if first.len() > 1 => common(first),
        _ => None,
    }
}

/// Headings from the rows that have them: the lowest, with what stands above where it is empty or
/// only a unit.
pub(super) fn headings_of<'a>(heads: &[Vec<&'a str>], texts: &'a Texts) -> Vec<&'a str> {
    let heads = heads
        .get(heads.len().saturating_sub(MOST_HEADS)..)
        .unwrap_or_default();
    let width = heads.iter().map(Vec::len).max().unwrap_or(0);
    let unit = |head: &str| head.starts_with(['(', '[']) && head.ends_with([')', ']']);
    let heading = |x: usize| {
        let mut head = "";
        for (y, row) in heads.iter().enumerate().rev() {
            if !head.is_empty() && !unit(head) {
                break;
            }
            let above = row.get(x).copied().unwrap_or_default();
            // A heading of all columns is the table's.
            let whole = y + 1 < heads.len()
                && width > 1
                && row.len() == width
                && common(row) == Some(above);
            if !above.is_empty() && above != head && !whole {
                head = if head.is_empty() {
                    above
                } else {
                    texts.alloc_str(&[above, " ", head].concat())
                };
            }
        }
        head
    };
    let found: Vec<&str> = (0..width).map(heading).collect();
    // One heading below two others is two.
    let again = |x: usize| {
        let own = found.get(x).copied().unwrap_or_default();
        !own.is_empty() && found.iter().filter(|head| **head == own).count() > 1
    };
    let joined = |x: usize| {
        let own = found.get(x).copied().unwrap_or_default();
        let above = heads
            .iter()
            .rev()
            .filter_map(|row| row.get(x).copied())
            .find(|above| !above.is_empty() && *above != own);
        match above.filter(|_| again(x)) {
            Some(above) => texts.alloc_str(&[above, " ", own].concat()),
            None => own,
        }
    };
    (0..width).map(joined).collect()
}
