//! Names that are paths, `제조 > 반도체 > 메모리` or `flare.analytics.cluster`, as items in items.

use super::write::Fields;
use crate::data::order::ordered;
use crate::data::value::Value;

/// Signs between the steps of a path that mean nothing else.
const JOINTS: [&str; 7] = [" > ", ">", "→", "::", " / ", "|", "\\"];
/// Signs that may stand in a name: they join steps where a path above is a row, too.
const WEAK_JOINTS: [&str; 2] = [".", "/"];
/// Steps of one path.
const MAX_STEPS: usize = 32;

/// What joins the steps of the names below a heading, where they are paths.
pub(super) fn joint(names: &[&str], heading: &str) -> Option<&'static str> {
    let first = |name: &str, joint: &str| {
        name.split_once(joint)
            .map(|(first, _)| first.trim().to_owned())
    };
    let named = super::headings::listed("path, paths, directory, folder, 경로, 階層", heading);
    let sure = JOINTS
        .into_iter()
        .chain(WEAK_JOINTS.into_iter().filter(|_| named));
    let strong = sure.into_iter().find(|joint| {
        let mut firsts: Vec<String> = names.iter().filter_map(|name| first(name, joint)).collect();
        let all = firsts.len() * 10 >= names.len() * 8;
        firsts.sort_unstable();
        all && firsts
            .windows(2)
            .any(|pair| matches!(pair, [a, b] if a == b))
    });
    let weak = || {
        let order = ordered(names.len(), &|a, b| names.get(a).cmp(&names.get(b)));
        let sorted: Vec<&str> = order
            .iter()
            .filter_map(|at| names.get(*at).copied())
            .collect();
        WEAK_JOINTS.into_iter().find(|joint| {
            // In order a path stands right before those below it, but for names that go on.
            let above = |above: &str, below: &str| {
                below
                    .strip_prefix(above)
                    .is_some_and(|rest| rest.starts_with(joint))
            };
            let joined = names.iter().filter(|name| name.contains(joint)).count();
            joined * 2 >= names.len()
                && sorted
                    .windows(2)
                    .filter(|pair| matches!(pair, [a, b] if above(a, b)))
                    .count()
                    > 0
        })
    };
    strong.or_else(weak)
}

/// Items with their paths as items in items. A path above others that has a value of its own is
/// worth that.
pub(super) fn tree<'a>(items: Vec<(&'a str, Fields<'a>)>, joint: &str) -> Vec<Value<'a>> {
    let steps = |name: &'a str| -> Vec<&'a str> {
        name.splitn(MAX_STEPS, joint)
            .map(str::trim)
            .filter(|step| !step.is_empty())
            .collect()
    };
    let paths: Vec<Vec<&str>> = items.iter().map(|(name, _)| steps(name)).collect();
    let order = ordered(paths.len(), &|a, b| paths.get(a).cmp(&paths.get(b)));
    let mut items: Vec<Option<Fields<'a>>> =
        items.into_iter().map(|(_, fields)| Some(fields)).collect();
    let sorted: Vec<(Vec<&'a str>, Fields<'a>)> = order
        .into_iter()
        .filter_map(|at| Some((paths.get(at)?.clone(), items.get_mut(at)?.take()?)))
        .collect();
    level(sorted, 0)
}

/// The items of one level: those with the same step are one group.
fn level<'a>(rows: Vec<(Vec<&'a str>, Fields<'a>)>, depth: usize) -> Vec<Value<'a>> {
    let mut made = Vec::new();
    let mut rows = rows.into_iter().peekable();
    while let Some((path, mut fields)) = rows.next() {
        let step = path.get(depth).copied().unwrap_or_default();
        let mut below = Vec::new();
        let own = path.len() <= depth + 1;
        if own {
            fields.retain(|(key, _)| *key != "label");
            fields.push(("label", Value::Text(step)));
        } else {
            below.push((path, core::mem::take(&mut fields)));
            fields.push(("label", Value::Text(step)));
        }
        while let Some(next) = rows.next_if(|(path, _)| {
            path.get(depth).copied() == Some(step) && path.len() > depth + 1 && !step.is_empty()
        }) {
            below.push(next);
        }
        if !below.is_empty() {
            fields.push(("items", Value::List(level(below, depth + 1))));
        }
        made.push(Value::Row(fields));
    }
    made
}
