//! AI Atlas: one arrow, `data → layout → scene → paint → host`.
#![forbid(unsafe_code)]

pub mod error;
pub mod abi;
pub mod data;
pub mod layout;
pub mod text;
pub mod scene;
pub mod widget;
pub mod message;
#[cfg(target_arch = "wasm32")]
pub mod paint;
#[cfg(target_arch = "wasm32")]
pub mod web;
