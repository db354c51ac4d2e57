//! What JavaScript sees of tables: a reader that makes files of them, in a wasm that has nothing
//! else.

use wasm_bindgen::prelude::*;

use super::{answer, decode};
use crate::data::Lang;
use crate::data::input::{Ask, Format, Hint, Input};
use crate::data::sanitize::{clean, cut};
use crate::error::{Code, Error};
use crate::protocol::{FileReply, TableReply};

/// Reads tables: CSV, a page's own, and JSON of other libraries.
#[wasm_bindgen]
#[derive(Default)]
pub struct TableReader {
    /// Besides Korean and English.
    languages: Vec<Lang>,
    kind: String,
    columns: Vec<(String, String)>,
    unit: String,
}

#[wasm_bindgen]
impl TableReader {
    /// A reader that knows nothing of a table besides what stands in it.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// The words of one more language, as [`Lang::new`] takes them.
    pub fn teach(&mut self, words: &str) {
        self.languages.push(Lang::new(words));
    }

    /// What the author says of the tables to come: the kind of data (`market-share`; empty: the one
    /// that fits best), what headings mean (`회사=label; 투자금(억원)=amount`), and what numbers count.
    pub fn explain(&mut self, kind: &str, headings: &str, unit: &str) {
        self.kind = kind.to_string();
        self.columns = Ask::columns(headings);
        self.unit = unit.to_string();
    }

    /// The bytes of a file, whose name and type may say what it is, as a file of ours.
    ///
    /// # Errors
    /// None that the host knows.
    #[wasm_bindgen(js_name = readBytes, unchecked_return_type = "TableReply")]
    pub fn read_bytes(
        &self,
        bytes: &[u8],
        name: &str,
        media_type: &str,
    ) -> Result<JsValue, JsValue> {
        self.read(Input::open(bytes, Hint { name, media_type }, &decode))
    }

    /// Text, `json`, `csv` or the `cells` of a page's own table ([`Format`]), as a file of ours.
    ///
    /// # Errors
    /// None that the host knows.
    #[wasm_bindgen(js_name = readText, unchecked_return_type = "TableReply")]
    pub fn read_text(&self, text: &str, format: &str) -> Result<JsValue, JsValue> {
        self.read(Ok(Input::new(
            text,
            Format::named(format).unwrap_or(Format::Json),
        )))
    }

    /// What a file is: its text, and of a table its cells, what its columns are taken for and what
    /// is not used.
    ///
    /// # Errors
    /// None that the host knows.
    #[wasm_bindgen(unchecked_return_type = "FileReply")]
    pub fn describe(&self, bytes: &[u8], name: &str) -> Result<JsValue, JsValue> {
        let hint = Hint {
            name,
            media_type: "",
        };
        let opened = Input::open(bytes, hint, &decode);
        let mut reply = FileReply::default();
        let read = opened.as_ref().map_err(Clone::clone).and_then(|input| {
            reply.opened(input);
            reply.read(input, &self.ask(), &self.languages)
        });
        if let Err(error) = &read {
            reply.failed(error, &self.languages);
        }
        answer(&reply)
    }
}

impl TableReader {
    fn ask(&self) -> Ask<'_> {
        Ask {
            kind: &self.kind,
            columns: &self.columns,
            unit: &self.unit,
        }
    }

    fn read(&self, input: Result<Input<'_>, Error>) -> Result<JsValue, JsValue> {
        let mut file = String::new();
        let read = input.and_then(|input| {
            input.read(&self.ask(), |_, made| {
                // The engine would send it here again.
                let kind = made.get("kind").text();
                if !kind.starts_with("ai-atlas/") {
                    let detail = String::from("kind: ") + cut(&clean(kind), 80);
                    return Err(Error::new(Code::WrongKind, detail));
                }
                file = made.to_json();
                Ok(Vec::new())
            })
        });
        answer(&TableReply::new(&read, file, &self.languages))
    }
}
