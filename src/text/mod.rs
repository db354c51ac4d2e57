//! Words and numbers in Korean, English and what other languages there are files for, as a
//! newspaper's desk would print them. Not here: geometry, colour, reading of files.
//!
//! Every function is total: NaN, infinities, empty and hostile strings give a defined text, never a
//! panic. Sums are never converted.

mod date;
mod i18n;
mod measure;
mod money;
mod names;
mod number;
mod particle;
mod sentences;

pub use date::{clock, period, when, year};
pub use i18n::{also, append, country, fill, list, push, reported, say, status, stop};
pub use measure::Metrics;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use measure::measured;
pub use money::{amount, is_currency, money, usd, value};
pub use names::{event_kind, layer, related, relation, tick, unit};
pub use number::{compact, count, number, percent};
pub use particle::{Particle, initials, letters, particle, with_particle};
pub use sentences::{error, issue};
