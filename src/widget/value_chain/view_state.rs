//! What the reader has set in the value chain, and the place from which it is seen, as pages keep
//! it. Not here: what changes it (`interaction`).

/// What the reader has set here.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewState {
    /// Where the reader stands: left, top, CSS px, and how near, from 1 on.
    pub at: [f32; 3],
    /// The keys of the open groups, in the order in which they were opened.
    pub open: Vec<String>,
    /// The country of the organisations that are shown; empty for all.
    pub country: String,
    /// Their kind; empty for all.
    pub kind: String,
}

impl Default for ViewState {
    fn default() -> Self {
        Self {
            at: WHOLE,
            open: Vec::new(),
            country: String::new(),
            kind: String::new(),
        }
    }
}

impl ViewState {
    pub(in crate::widget) fn set(&mut self, key: &str, value: &str) {
        match key {
            "at" => self.at = place(value),
            "open" => {
                self.open = value
                    .split(' ')
                    .filter(|key| !key.is_empty())
                    .map(String::from)
                    .collect()
            }
            "country" => self.country = value.to_string(),
            "kind" => self.kind = value.to_string(),
            _ => {}
        }
    }

    pub(in crate::widget) fn pairs(&self) -> [(&'static str, String); 4] {
        [
            ("at", place_words(self.at)),
            ("open", self.open.join(" ")),
            ("country", self.country.clone()),
            ("kind", self.kind.clone()),
        ]
    }

    /// Whether only the place is another.
    pub(in crate::widget) fn lays_out_as(&self, other: &Self) -> bool {
        self.open == other.open && self.country == other.country && self.kind == other.kind
    }
}

/// All of it is seen, from nowhere in particular.
pub(super) const WHOLE: [f32; 3] = [0.0, 0.0, 1.0];
/// The nearest that the reader can come, as a factor.
pub(super) const MAX_SCALE: f32 = 8.0;

/// Where the reader stands, as pages keep it: whole px, and how near to a hundredth.
pub(super) fn kept([x, y, k]: [f32; 3]) -> [f32; 3] {
    if k <= 1.0 {
        return WHOLE;
    }
    let whole = |number: f32| (number.round() as u32).min(1_000_000) as f32;
    [
        whole(x),
        whole(y),
        (whole(k * 100.0) / 100.0).clamp(1.0, MAX_SCALE),
    ]
}

/// Where the reader stands: left, top, how near. Hostile words are the beginning.
fn place(words: &str) -> [f32; 3] {
    let mut at = [0.0, 0.0, 100.0];
    for (slot, word) in at.iter_mut().zip(words.split(' ')) {
        *slot = word.parse::<u32>().map_or(*slot, |v| v as f32);
    }
    kept([at[0], at[1], at[2] / 100.0])
}

/// As [`place`] reads it; nothing where all is seen.
pub(crate) fn place_words([x, y, k]: [f32; 3]) -> String {
    if k <= 1.0 {
        return String::new();
    }
    let [x, y, k] = [x, y, k * 100.0].map(|number| number.round() as u32);
    format!("{x} {y} {k}")
}
