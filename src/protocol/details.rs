//! What is said of single rows, and all rows as text.

use serde::Serialize;
#[cfg(target_arch = "wasm32")]
use tsify::Tsify;

use crate::widget;

use super::datum;
use super::scene::{Citation, citations};

/// What the tooltip says of a row.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Tooltip<'a> {
    /// The row.
    datum: u32,
    /// The organisation's id.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    entity: Option<&'a str>,
    /// Name.
    title: &'a str,
    /// Value, large.
    value: &'a str,
    /// Share of what.
    share: &'a str,
    /// Date, in words.
    date: &'a str,
    /// Note.
    note: &'a str,
    /// Status, in words.
    status: &'a [String],
    /// Further lines: label and text.
    rows: &'a [(String, String)],
    /// Where it is printed.
    cites: Vec<Citation<'a>>,
}

impl<'a> Tooltip<'a> {
    /// The tooltip of a row.
    pub fn new(datum: u32, tooltip: &'a widget::Tooltip) -> Self {
        Self {
            datum,
            entity: tooltip.entity.as_deref(),
            title: &tooltip.title,
            value: &tooltip.value,
            share: &tooltip.share,
            date: &tooltip.date,
            note: &tooltip.note,
            status: &tooltip.status,
            rows: &tooltip.rows,
            cites: citations(&tooltip.cites),
        }
    }
}

/// What is under a point.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Picked {
    /// The row, or −1.
    datum: f64,
    /// Whether a click opens it.
    opens: bool,
}

impl Picked {
    /// A row, or none, and whether a click opens it.
    pub fn new(row: Option<u32>, opens: bool) -> Self {
        Self {
            datum: row.map_or(-1.0, datum),
            opens,
        }
    }
}

/// All rows as text.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Table<'a> {
    /// Caption.
    caption: &'a str,
    /// Column headings.
    head: &'a [String],
    /// Rows, each as long as the head.
    rows: &'a [Vec<String>],
}

impl<'a> From<&'a widget::Table> for Table<'a> {
    fn from(table: &'a widget::Table) -> Self {
        Self {
            caption: &table.caption,
            head: &table.head,
            rows: &table.rows,
        }
    }
}

/// Size of a picture, device px.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}
