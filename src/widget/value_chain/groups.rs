//! The groups of a large chain: their numbers, keys and sizes, and what shows each. Not here: which
//! of them are open (`aggregate`).

use crate::data::Lang;
use crate::data::value_chain::columnar::ColumnarChain;
use crate::text;
use crate::widget::phrases::given;

/// No place.
pub(super) const NONE: u32 = u32::MAX;

pub(super) fn code(list: &[u32], at: usize) -> u32 {
    list.get(at).copied().unwrap_or(0)
}

pub(super) fn put(list: &mut [u32], at: u32, value: u32) {
    if let Some(slot) = list.get_mut(at as usize) {
        *slot = value;
    }
}

fn bump(list: &mut [u32], at: u32) {
    if let Some(count) = list.get_mut(at as usize) {
        *count += 1;
    }
}

/// The key of a block, or of a country of it.
pub(super) fn key(block: u32, land: Option<u32>) -> String {
    land.map_or_else(|| block.to_string(), |land| format!("{block}/{land}"))
}

/// A large chain and the number of each group of it. A layer and a sublayer name a block (the same
/// sublayer in two layers is two blocks), a block and a country a land.
pub(super) struct Numbers<'a> {
    pub(super) big: &'a ColumnarChain,
    pub(super) layers: u32,
    pub(super) subs: u32,
    pub(super) lands: u32,
}

impl<'a> Numbers<'a> {
    pub(super) fn new(big: &'a ColumnarChain) -> Self {
        Self {
            big,
            layers: big.layers.count().max(1) as u32,
            subs: big.sublayers.count().max(1) as u32,
            lands: big.countries.count().max(1) as u32,
        }
    }

    /// The block of an organisation.
    pub(super) fn block(&self, node: usize) -> u32 {
        code(&self.big.layer, node).min(self.layers - 1) * self.subs
            + code(&self.big.sublayer, node).min(self.subs - 1)
    }

    /// Its country.
    pub(super) fn country(&self, node: usize) -> u32 {
        code(&self.big.country, node).min(self.lands - 1)
    }

    pub(super) fn land(&self, block: u32, country: u32) -> u32 {
        block * self.lands + country
    }

    /// The name of a block: that of its sublayer; of its layer where there are no sublayers.
    pub(super) fn block_name(&self, block: u32) -> &'a str {
        if self.big.sublayers.count() == 0 {
            self.big.layers.get(block / self.subs)
        } else {
            self.big.sublayers.get(block % self.subs)
        }
    }

    pub(super) fn country_name(&self, country: u32, lang: Lang) -> String {
        text::country(given(self.big.countries.get(country), lang), lang)
    }
}

/// How far a block is open.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Opened {
    #[default]
    Closed,
    ToCountries,
    ToOrganisations,
}

/// The groups of a large chain: how large each is, and what shows it.
pub(super) struct Groups<'a> {
    pub(super) numbers: Numbers<'a>,
    /// Organisations of a block, and of a land.
    pub(super) block_sizes: Vec<u32>,
    land_sizes: Vec<u32>,
    pub(super) opened: Vec<Opened>,
    /// Block → sublayer of what is shown.
    pub(super) sublayers: Vec<u32>,
    /// Closed block, and closed land → entity of what is shown, or `NONE`.
    pub(super) block_entities: Vec<u32>,
    pub(super) land_entities: Vec<u32>,
}

impl<'a> Groups<'a> {
    pub(super) fn new(big: &'a ColumnarChain) -> Self {
        let numbers = Numbers::new(big);
        let blocks = (numbers.layers * numbers.subs) as usize;
        let lands = (numbers.layers * numbers.subs * numbers.lands) as usize;
        let mut groups = Self {
            numbers,
            block_sizes: vec![0; blocks],
            land_sizes: vec![0; lands],
            opened: vec![Opened::Closed; blocks],
            sublayers: vec![NONE; blocks],
            block_entities: vec![NONE; blocks],
            land_entities: vec![NONE; lands],
        };
        for node in 0..big.label.len() {
            let (block, country) = (groups.numbers.block(node), groups.numbers.country(node));
            bump(&mut groups.block_sizes, block);
            bump(&mut groups.land_sizes, groups.numbers.land(block, country));
        }
        groups
    }

    pub(super) fn land_size(&self, block: u32, country: u32) -> u32 {
        code(&self.land_sizes, self.numbers.land(block, country) as usize)
    }
}
