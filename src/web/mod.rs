//! What JavaScript sees: an [`Engine`] with a method for every question, renderers, and the
//! [`TableReader`]. Questions and answers are the types of [`crate::protocol`].
//!
//! Nothing here calls back into script while it holds the engine, but the renderers; what they are
//! told by the GPU later only sets a flag. A text that is thrown is a code that the host knows.
//! Anything else that is thrown is a trap: the host then makes a fresh instance.

#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "engine")]
mod renderer;
#[cfg(feature = "engine")]
mod request;
#[cfg(feature = "engine")]
mod session;
#[cfg(feature = "tables")]
mod table_reader;

#[cfg(feature = "engine")]
pub use engine::Engine;
#[cfg(feature = "engine")]
pub use renderer::{GpuRenderer, open_gl, open_gpu};
#[cfg(feature = "tables")]
pub use table_reader::TableReader;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

/// A panic says where and why on the console before it ends in a trap, which the host answers with
/// a fresh instance.
#[wasm_bindgen(start)]
fn start() {
    console_error_panic_hook::set_once();
}

/// Browsers know the encodings of spreadsheets.
fn decode(label: &str, bytes: &[u8]) -> String {
    web_sys::TextDecoder::new_with_label(label)
        .and_then(|decoder| decoder.decode_with_u8_array(bytes))
        .unwrap_or_default()
}

/// An answer as plain script values: objects, lists, null for nothing; bytes as a `Uint8Array`.
fn answer(answer: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(answer.serialize(&Serializer::json_compatible().serialize_bytes_as_arrays(false))?)
}
