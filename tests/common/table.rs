//! What tests of tables share.

use ai_atlas::data::table::quantity::Unit;

/// A unit in few letters: `KRW×8`, `%`, `(TWh)`.
pub(crate) fn unit_words(unit: &Unit) -> String {
    let mut said = unit.currency.unwrap_or_default().to_owned();
    if unit.power != 0 {
        said += &format!("×{}", unit.power);
    }
    if unit.percent {
        said += "%";
    }
    if unit.approx {
        said += "~";
    }
    if !unit.name.is_empty() {
        said += &format!("({})", unit.name);
    }
    said
}
