//! What the reader has set in the value chain: pan and zoom, open groups, filters, as pages keep
//! them. Not here: what changes them (`interaction`).

/// What the reader has set here.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewState {
    /// Pan and zoom: left and top, CSS px of the enlarged picture, and the scale, from 1 on.
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

    /// Whether the two differ in pan and zoom only.
    pub(in crate::widget) fn lays_out_as(&self, other: &Self) -> bool {
        self.open == other.open && self.country == other.country && self.kind == other.kind
    }
}

/// All of the picture: no pan, no zoom.
pub(super) const WHOLE: [f32; 3] = [0.0, 0.0, 1.0];
/// The largest scale.
pub(super) const MAX_SCALE: f32 = 8.0;

/// Pan and zoom as pages keep them: whole px, and the scale to a hundredth.
pub(super) fn rounded([x, y, k]: [f32; 3]) -> [f32; 3] {
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

/// Reads pan and zoom: left, top, scale in hundredths. What cannot be read is the whole picture.
fn place(words: &str) -> [f32; 3] {
    let mut at = [0.0, 0.0, 100.0];
    for (slot, word) in at.iter_mut().zip(words.split(' ')) {
        *slot = word.parse::<u32>().map_or(*slot, |v| v as f32);
    }
    rounded([at[0], at[1], at[2] / 100.0])
}

/// Pan and zoom as [`place`] reads them; empty for the whole picture.
pub(crate) fn place_words([x, y, k]: [f32; 3]) -> String {
    if k <= 1.0 {
        return String::new();
    }
    let [x, y, k] = [x, y, k * 100.0].map(|number| number.round() as u32);
    format!("{x} {y} {k}")
}
