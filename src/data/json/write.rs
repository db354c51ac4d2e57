//! Values as JSON text, by `serde_json`.

use serde::{Serialize, Serializer};

use crate::data::Value;

impl Value<'_> {
    /// The value as JSON text.
    pub fn to_json(&self) -> String {
        // Its keys are texts and its lists end: nothing of it fails.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// As JSON, where numbers keep their spelling.
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => to.serialize_unit(),
            Value::Bool(yes) => to.serialize_bool(*yes),
            // Those without one are lines.
            Value::Number(line, "") if *line >= 0.0 => to.serialize_u64(*line as u64),
            Value::Number(_, spelling) => match spelling.parse::<serde_json::Number>() {
                Ok(number) => number.serialize(to),
                Err(_) => to.serialize_unit(),
            },
            Value::Text(text) => to.serialize_str(text),
            Value::List(list) => to.collect_seq(list),
            Value::Row(fields) => to.collect_map(fields.iter().map(|(key, value)| (key, value))),
        }
    }
}
