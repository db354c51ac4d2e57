//! AI Atlas: one arrow, `data → layout → scene → paint → host`.
#![forbid(unsafe_code)]

pub mod abi;
pub mod data;
pub mod error;
pub mod layout;
pub mod message;
pub mod paint;
pub mod scene;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod widget;
