//! Words and numbers in Korean, English and what other languages there are files for, as a
//! newspaper's desk would print them. Not here: geometry, colour, reading of files.
//!
//! Every function is total: NaN, infinities, empty and hostile strings give a defined text, never a
//! panic. Sums are never converted.

mod date;
mod i18n;
mod letters;
mod measure;
mod money;
mod names;
mod number;
mod particle;
mod sentences;

pub use date::{clock, period, tick, when, year};
pub use i18n::{also, append, country, fill, list, push, reported, say, status, stop};
pub use letters::{initials, letters};
pub use measure::Metrics;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use measure::measured;
pub use money::{amount, is_currency, money, says_sum, usd, value};
pub use names::{event_kind, layer, related, relation, unit};
pub use number::{compact, count, number, percent};
pub use particle::{Particle, particle, with_particle};
pub use sentences::{error, issue};
