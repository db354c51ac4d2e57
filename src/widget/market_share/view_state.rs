//! What the reader has set in the treemap, and its texts in pages and links: the open node and the
//! window. Not here: whether the data has such a node.

/// The nearest that a reader can come.
pub(super) const MAX_ZOOM: f64 = 64.0;
/// Up to here a window is the whole.
const MIN_ZOOM: f64 = 1.001;
/// The window that shows all.
pub(super) const WHOLE: [f64; 3] = [1.0, 0.0, 0.0];

/// What the reader has set here.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewState {
    /// The node that is open, and how many of its children are left out.
    pub open: Option<(u32, u32)>,
    /// The window: how near the reader is, from 1 on, and what part of the whole stands left of and
    /// above what is seen.
    pub zoom: [f64; 3],
}

impl Default for ViewState {
    fn default() -> Self {
        Self {
            open: None,
            zoom: WHOLE,
        }
    }
}

impl ViewState {
    pub(in crate::widget) fn set(&mut self, key: &str, value: &str) {
        match key {
            "open" => {
                let (node, skip) = value.split_once('~').unwrap_or((value, "0"));
                self.open = node.parse().ok().zip(skip.parse().ok());
            }
            "zoom" => self.zoom = parse_window(value),
            _ => {}
        }
    }

    pub(in crate::widget) fn pairs(&self) -> [(&'static str, String); 2] {
        [
            ("open", node_words(self.open)),
            ("zoom", window_words(self.zoom)),
        ]
    }
}

/// A window as pages keep it: how near to a thousandth, where to a millionth.
pub(super) fn round_window([near, x, y]: [f64; 3]) -> [f64; 3] {
    if near.is_nan() || near <= MIN_ZOOM {
        return WHOLE;
    }
    let near = ((near * 1e3).round() / 1e3).clamp(1.0, MAX_ZOOM);
    let [x, y] = [x, y].map(|at| ((at * 1e6).round() / 1e6).max(0.0).min(1.0 - 1.0 / near));
    [near, x, y]
}

/// A window. Hostile words are the whole.
fn parse_window(words: &str) -> [f64; 3] {
    let mut numbers = words
        .split(' ')
        .map(|number| number.parse::<u32>().map_or(0.0, f64::from));
    let mut next = |unit: f64| numbers.next().unwrap_or(0.0) / unit;
    round_window([next(1e3), next(1e6), next(1e6)])
}

/// As [`parse_window`] reads it; nothing for the whole.
pub(crate) fn window_words([near, x, y]: [f64; 3]) -> String {
    if near <= MIN_ZOOM {
        return String::new();
    }
    let [x, y] = [x, y].map(|at| (at.max(0.0).min(1.0 - 1.0 / near) * 1e6).round() as u32);
    format!("{} {x} {y}", (near * 1e3).round() as u32)
}

/// An open node as pages keep it: its number, and after `~` how many of its children are left out;
/// nothing for none.
pub(crate) fn node_words(open: Option<(u32, u32)>) -> String {
    match open {
        None => String::new(),
        Some((node, 0)) => node.to_string(),
        Some((node, skip)) => format!("{node}~{skip}"),
    }
}
