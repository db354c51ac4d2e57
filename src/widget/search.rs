//! Search for rows by their names. Not here: which rows and names there are (each widget), and how
//! letters are compared (`text::letters`).

use crate::text;

/// Rows that are offered at most.
pub(super) const MAX_HITS: usize = 20;

/// Collects rows whose names begin with what was typed, and behind them those that hold it. Typed
/// initial consonants find syllables (ㅅㅅ finds 삼성); whole syllables find the same syllables only.
/// Case and signs do not matter.
pub(super) struct NameSearch {
    wanted: String,
    syllables: bool,
    /// Rows of which a name begins with it.
    prefix_hits: Vec<(u32, String)>,
    /// Rows of which a name only holds it.
    substring_hits: Vec<(u32, String)>,
}

impl NameSearch {
    pub(super) fn new(words: &str) -> Self {
        let syllables = words.chars().any(|c| ('가'..='힣').contains(&c));
        Self {
            wanted: text::letters(words, syllables),
            syllables,
            prefix_hits: Vec::new(),
            substring_hits: Vec::new(),
        }
    }

    /// Whether nothing better can come.
    pub(super) fn full(&self) -> bool {
        self.wanted.is_empty() || self.prefix_hits.len() >= MAX_HITS
    }

    /// Whether a name begins with what was typed; `None` where it does not even hold it.
    pub(super) fn begins(&self, name: &str) -> Option<bool> {
        let name = text::letters(name, self.syllables);
        // By bytes: std's search for a text in a text brings tables of characters that readers
        // would download for its panics.
        let at = name
            .as_bytes()
            .windows(self.wanted.len().max(1))
            .position(|part| part == self.wanted.as_bytes())?;
        Some(at == 0)
    }

    /// Keeps a row under its label if one of its names fits.
    pub(super) fn offer(&mut self, datum: u32, names: &[&str], label: &str) {
        let mut best = None;
        for name in names {
            best = best.max(self.begins(name));
        }
        let has = |list: &[(u32, String)]| list.iter().position(|one| one.0 == datum);
        if best.is_none() || has(&self.prefix_hits).is_some() {
            return;
        }
        let held = has(&self.substring_hits);
        let list = match (best, held) {
            (Some(true), _) => &mut self.prefix_hits,
            (_, None) => &mut self.substring_hits,
            _ => return,
        };
        if list.len() < MAX_HITS {
            list.push((datum, label.to_string()));
        }
        // Of one row that is offered by several names the better one stays.
        if let (Some(true), Some(at)) = (best, held) {
            self.substring_hits.remove(at);
        }
    }

    /// Datum and label, the better ones first.
    pub(super) fn found(mut self) -> Vec<(u32, String)> {
        self.prefix_hits.append(&mut self.substring_hits);
        self.prefix_hits.truncate(MAX_HITS);
        self.prefix_hits
    }
}
