//! A data file as an editor has it, JSON or CSV, opened as the widget that draws it.

use ai_atlas::data::Lang;
use ai_atlas::data::input::{Ask, Hint, Input};
use ai_atlas::error::{Code, Error, Issue};
use ai_atlas::text;
use ai_atlas::widget::{self, Widget};

/// A file that could be read.
pub(crate) struct Open {
    /// The kind of data that it is.
    pub(crate) kind: String,
    /// The widget that draws it, holding it.
    pub(crate) widget: Box<dyn Widget>,
    /// What was left out.
    pub(crate) issues: Vec<Issue>,
}

/// Opens a data file as whichever widget accepts it, or as the one that is named.
///
/// # Errors
/// A sentence in the language, with file and line.
pub(crate) fn open(file: &str, kind: Option<&str>, lang: Lang) -> Result<Open, String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{file}: {e}"))?;
    read(file, &bytes, kind).map_err(|error| {
        // What editors and terminals jump to.
        let line = error
            .line()
            .map_or(String::new(), |line| format!("{line}:"));
        format!("{file}:{line} {}", text::error(&error, lang))
    })
}

/// Bytes in an encoding that a table may be in.
fn decode(label: &str, bytes: &[u8]) -> String {
    encoding_rs::Encoding::for_label(label.as_bytes())
        .unwrap_or(encoding_rs::UTF_8)
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

/// Reads the bytes of a file of some name.
pub(crate) fn read(name: &str, bytes: &[u8], kind: Option<&str>) -> Result<Open, Error> {
    let input = Input::open(
        bytes,
        Hint {
            name,
            media_type: "",
        },
        &decode,
    )?;
    let mut found = None;
    let ask = Ask {
        kind: kind.unwrap_or_default(),
        ..Ask::default()
    };
    let issues = input.read(&ask, |kind, file| {
        let Some(mut widget) = widget::make(kind) else {
            let said = file.get("kind").text();
            let kind = if said.is_empty() { kind } else { said };
            return Err(Error::new(Code::WrongKind, format!("kind: {kind}")));
        };
        let issues = widget.read(file)?;
        found = Some((kind.to_string(), widget));
        Ok(issues)
    })?;
    let (kind, widget) = found.ok_or_else(|| Error::new(Code::WrongKind, ""))?;
    Ok(Open {
        kind,
        widget,
        issues,
    })
}

/// A text as JSON writes it; `<` is escaped too, so that it can stand in a page's script element.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '<' | '\0'..='\u{1F}' | '\u{2028}' | '\u{2029}' => {
                out += &format!("\\u{:04x}", u32::from(c))
            }
            c => out.push(c),
        }
    }
    out + "\""
}
