//! What each kind of file says of itself.

use super::sanitize::{clean, cut};
use super::value::Value;
use crate::error::{Code, Error};

/// Whether a file is of a kind, `ai-atlas/market-share`, and of a version that is read here.
///
/// # Errors
/// `wrong-kind`.
pub(super) fn check_kind(file: &Value<'_>, wanted: &str) -> Result<(), Error> {
    let kind = file.get("kind").text();
    if kind != wanted {
        let detail = String::from("kind: ") + cut(&clean(kind), 80);
        return Err(Error::new(Code::WrongKind, detail));
    }
    match file.get("version") {
        Value::Null => Ok(()),
        Value::Number(version, _) if *version == 1.0 => Ok(()),
        _ => Err(Error::new(Code::WrongKind, "version")),
    }
}
