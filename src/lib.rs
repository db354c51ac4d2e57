//! AI Atlas draws three widgets about the AI industry: the value chain, market shares, and a
//! timeline of funding.
//!
//! # One arrow
//!
//! `data → layout → scene → widget → render → web → host`. A module names only modules that stand left of it;
//! `tests/tidy.rs` checks that. The one thing that travels back is the datum: a row's number, given
//! once while parsing and carried to the pixel and to the click.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`error`] | an [`error::Error`] ends a file, an [`error::Issue`] leaves out a row |
//! | [`data`] | files in, typed rows and issues out; all data is hostile |
//! | [`layout`] | pure geometry: treemap, time axis, lanes, layered diagram; days are those of `civil` |
//! | [`text`] | numbers, money, dates, status and sentences in every language; widths of words |
//! | [`scene`] | what to see, in CSS px: marks, ribbons, labels, outline; picking |
//! | [`widget`] | data and view state in, a scene and the words around it out |
//! | [`protocol`] | every message between host and engine, as a type |
//! | [`abi`] | the plain structs that cross to the GPU; `shaders/abi.wgsl` has the same |
//! | [`kernel`] | what every compute shader means, as the plainest loop; `shaders/kernel/` has their twins |
//! | [`render`] | renderers of what `clip` leaves of a scene: WebGPU, WebGL2, and the `raster`, which needs no GPU and is the reference |
//! | `web` | the exports to JavaScript: messages in, messages out (wasm only) |
//!
//! What runs over all numbers of a picture is the member crate `compute/`, which is not optimised
//! for size alone: `civil`, `layout`, `abi`, `kernel`, `scene`, `clip`, `raster`. The host is
//! `www/host/`: custom elements that know no data, and a worker that owns the one engine of the
//! page.
//!
//! # Spaces
//!
//! Lengths are CSS px (`rect_css`); renderers multiply by a scale, device px per CSS px. Days count
//! from 1970-01-01. Colours are straight alpha, red in the lowest byte.
//!
//! # Tiers
//!
//! WebGPU, else WebGL2, else the raster, else the host's plain table. Marks live in an integer
//! texture, for as long as the scene does, and vertex shaders pull them from there, so one pair of
//! shaders serves WebGPU and, translated at build time, WebGL2. Text is never painted: the browser
//! sets it.
//!
//! # From Rust
//!
//! Everything but painting on a GPU runs without a browser. A file to an SVG, whose text is text:
//!
//! ```
//! use ai_atlas::{data::Lang, render::svg, widget};
//!
//! let file = br#"{"kind": "ai-atlas/market-share", "tables": [{"id": "t", "title": "Two", "unit": "%", "items": [{"label": "A", "value": 70}, {"label": "B", "value": 30}]}]}"#;
//! let mut share = widget::make("market-share").ok_or("no such widget")?;
//! let issues = share.load(file)?;
//! assert!(issues.is_empty());
//! let view = widget::View { lang: Lang::En, ..widget::View::wide(680.0) };
//! let drawing = svg::paint(&share.picture(&view), &view, &svg::Paper { bare: false, font: "sans-serif" });
//! assert!(drawing.starts_with("<svg") && drawing.contains("70%"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to change what
//!
//! A number's wording: `text/`. A language: `lang/`. A colour: `widget/palette.rs`. A kind of
//! relation: a row of `data/value_chain/relation.rs`, its look of `widget/relation_style.rs`. Where
//! a tile goes: `compute/src/layout/`. What a tile looks like: its widget. How a shape is filled:
//! `shaders/draw/` and, with the same formula, `compute/src/raster/`. What a key does:
//! `www/host/accessible-tree.js`.
#![forbid(unsafe_code)]

pub use ai_atlas_compute::{abi, kernel, layout, scene};

pub mod data;
pub mod error;
pub mod protocol;
pub mod render;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod widget;
