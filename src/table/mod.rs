//! What the headings and cells of an author's table say: quantities with their units, and dates.
//! What they do not say is told as a doubt and never decided here.

pub mod dates;
mod figures;
mod heading;
pub mod quantity;
mod units;
