//! Flows in lines, `Wages [1500] Budget`, as SankeyMATIC has them, as a table.

use super::value::Value;

/// The table of a text of which every line is a flow, a comment or the colour of a node.
pub(super) fn table(text: &str) -> Option<Value<'_>> {
    let (mut rows, mut lines) = (Vec::new(), Vec::new());
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with("//") || line.starts_with(['\'', ':']) {
            continue;
        }
        let cells = flow(line)?;
        rows.push(Value::List(cells.into_iter().map(Value::Text).collect()));
        lines.push(Value::Number((at + 1) as f64, ""));
    }
    let head = ["from", "to", "amount"].map(Value::Text).to_vec();
    (!rows.is_empty()).then(|| {
        Value::Row(vec![
            ("head", Value::List(head)),
            ("rows", Value::List(rows)),
            ("lines", Value::List(lines)),
        ])
    })
}

/// Where a flow comes from, where it goes, and how much it is.
fn flow(line: &str) -> Option<[&str; 3]> {
    let (from, rest) = line.split_once(" [")?;
    let (amount, to) = rest.split_once("] ")?;
    // A colour may stand behind the second name: `Budget #606 .5`.
    let to = to.split_once(" #").map_or(to, |(to, _)| to);
    let measures = amount.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '*' | '?'));
    let sound = measures && !from.contains([',', '\t']) && !from.is_empty() && !to.is_empty();
    sound.then_some([from.trim(), to.trim(), amount.trim()])
}
