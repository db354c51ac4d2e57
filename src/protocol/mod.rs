//! Every message between host and engine as a type: questions in, answers out. Not here: wasm, the
//! DOM, the envelope in which a worker sends them.
//!
//! `www/host/protocol.d.ts` is made from these types (`tools/protocol.sh`), so the host is checked
//! against them. Answers borrow what they can; the two long lists of a scene, labels and outline,
//! are [`Packed`].

mod changes;
mod details;
mod load;
mod packed;
mod request;
mod scene;
#[cfg(feature = "tables")]
mod tables;

pub use changes::{Changes, StateChanges};
pub use details::{Picked, Size, Table, Tooltip};
pub use load::{Failure, Issue, LoadReply, Words};
pub use packed::Packed;
pub use request::{Act, State, ViewRequest};
pub use scene::{Citation, Control, LegendItem, Line, List, SceneReply};
#[cfg(feature = "tables")]
pub use tables::{ColumnReply, FileReply, TableReply};

use serde::Serialize;
#[cfg(target_arch = "wasm32")]
use tsify::Tsify;

use crate::abi::NO_DATUM;
use crate::data::{self, Lang};

/// Korean, one of the other languages that there are, or else English.
pub fn language(code: &str, others: &[Lang]) -> Lang {
    for lang in others {
        if lang.code() == code {
            return *lang;
        }
    }
    if code == "ko" { Lang::Ko } else { Lang::En }
}

/// The most that a file may have.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Limits {
    /// Bytes.
    bytes: usize,
    /// Objects.
    objects: usize,
    /// Values.
    values: usize,
    /// Rows of a column.
    rows: usize,
}

/// The limits of this library.
pub const LIMITS: Limits = Limits {
    bytes: data::MAX_BYTES,
    objects: data::MAX_OBJECTS,
    values: data::MAX_VALUES,
    rows: data::MAX_COLUMN_ROWS,
};

/// A row as script sends it: anything but a number from 0 up is none.
fn row(number: f64) -> u32 {
    if number >= 0.0 {
        number as u32
    } else {
        NO_DATUM
    }
}

/// A row as script sees it: −1 for none.
fn datum(row: u32) -> f64 {
    if row == NO_DATUM {
        -1.0
    } else {
        f64::from(row)
    }
}

/// To a hundredth: of a px, that is all that shows. NaN becomes 0.
fn hundredth(number: f64) -> f64 {
    ((number * 100.0 + 0.5).floor() as i64) as f64 / 100.0
}

/// A colour as CSS has it.
fn color(color: u32) -> String {
    let [r, g, b, a] = color.to_le_bytes();
    if a == 255 {
        format!("#{r:02x}{g:02x}{b:02x}")
    } else {
        format!("#{r:02x}{g:02x}{b:02x}{a:02x}")
    }
}
