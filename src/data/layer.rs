//! The layers: one table has their ids and the words by which a file names them.

/// The four layers of NIA's chain and the editors' fifth: an organisation wears its main layer's
/// colour in every widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Layer {
    /// Data collection and processing.
    Data,
    /// Computing infrastructure.
    Infra,
    /// Model development.
    Model,
    /// Services.
    Service,
    /// Capital and policy: not a layer of the report.
    #[default]
    Context,
}

/// Each layer with its words; the first is its id.
const WORDS: [(Layer, &[&str]); Layer::ALL.len()] = [
    (Layer::Data, &["data", "데이터"]),
    (Layer::Infra, &["infra", "infrastructure", "인프라"]),
    (Layer::Model, &["model", "models", "모델"]),
    (Layer::Service, &["service", "services", "서비스"]),
    (
        Layer::Context,
        &["context", "capital", "policy", "자본·정책"],
    ),
];

impl Layer {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [
        Self::Data,
        Self::Infra,
        Self::Model,
        Self::Service,
        Self::Context,
    ];

    /// The id that files have.
    pub fn id(self) -> &'static str {
        WORDS[self as usize].1[0]
    }

    /// The layer that a word means, in small or capital letters.
    pub fn of_word(word: &str) -> Option<Self> {
        WORDS
            .iter()
            .find(|(_, words)| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
            .map(|&(layer, _)| layer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_is_found_by_its_id_and_stands_at_its_number() {
        for (at, layer) in Layer::ALL.into_iter().enumerate() {
            assert_eq!(layer as usize, at);
            assert_eq!(WORDS[at].0, layer);
            assert_eq!(Layer::of_word(layer.id()), Some(layer));
        }
        assert_eq!(Layer::of_word("POLICY"), Some(Layer::Context));
        assert_eq!(Layer::of_word("cloud"), None);
    }
}
