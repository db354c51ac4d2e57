//! Which parts are of one table: what is measured in the same way, in the same period.

use super::periods;
use super::share::Part;
use super::write::Writer;
use crate::data::order::ordered;

/// The periods in the order of their texts, each with its place in time.
pub(super) fn ranks<'a>(parts: &[Part<'a>]) -> Vec<(&'a str, usize)> {
    let mut names: Vec<&str> = Vec::new();
    let order = ordered(parts.len(), &|a, b| {
        parts
            .get(a)
            .map(|part| part.period)
            .cmp(&parts.get(b).map(|part| part.period))
    });
    for part in order.into_iter().filter_map(|at| parts.get(at)) {
        if names.last() != Some(&part.period) {
            names.push(part.period);
        }
    }
    let keys: Vec<Vec<u32>> = names.iter().map(|name| periods::key(name)).collect();
    let by_time = ordered(names.len(), &|a, b| {
        (keys.get(a), names.get(a)).cmp(&(keys.get(b), names.get(b)))
    });
    let mut ranks: Vec<(&str, usize)> = names.into_iter().map(|name| (name, 0)).collect();
    for (rank, at) in by_time.into_iter().enumerate() {
        if let Some(found) = ranks.get_mut(at) {
            found.1 = rank;
        }
    }
    ranks
}

/// Whether two parts have one name.
pub(super) fn repeated(parts: &[Part<'_>]) -> bool {
    let name = |at: usize| {
        parts
            .get(at)
            .map(|part| (part.metric_row, part.group, part.label))
    };
    let names = ordered(parts.len(), &|a, b| name(a).cmp(&name(b)));
    names
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if name(*a) == name(*b)))
}

/// What is measured in more ways than these is no measure.
const MAX_METRICS: usize = 40;

/// Of every row the first in which the same is measured.
pub(super) fn metric_rows(writer: &Writer<'_, '_>) -> Vec<usize> {
    let count = writer.raw.rows.len();
    if writer.find("metric").is_none() {
        return vec![0; count];
    }
    let text = |row: usize| writer.text(row, "metric");
    let order = ordered(count, &|a, b| text(a).cmp(text(b)));
    let mut rows = vec![0; count];
    let (mut first, mut distinct) = (0, 0);
    for (at, row) in order.iter().enumerate() {
        let same = at > 0
            && order
                .get(at - 1)
                .is_some_and(|before| text(*before) == text(*row));
        if !same {
            first = *row;
            distinct += 1;
        }
        if let Some(found) = rows.get_mut(*row) {
            *found = first;
        }
    }
    if distinct > MAX_METRICS {
        vec![0; count]
    } else {
        rows
    }
}
