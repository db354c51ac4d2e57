//! The columns of a chain of which nobody says the layers: they follow from the relations, which
//! lead from left to right. They have no names, for nobody gives them any. Not here: where columns
//! and chips stand (`layout`).

use super::layout::CHIP_PAD;
use crate::data::value_chain::{Link, ValueChain};
use crate::layout::layered::column_layout::{Block, Chip, Layer};
use crate::layout::layered::crossing_reduction::layered;
use crate::layout::layered::flow_levels::flow_levels;
use crate::layout::layered::graph::Graph;

/// A block of organisations that stand in one column because of their relations, and one of those
/// that have none. No sublayer has these numbers.
pub(super) const STEP: usize = usize::MAX - 1;
pub(super) const ALONE: usize = usize::MAX - 2;

/// A block of all organisations, which are too many for an order.
pub(super) const CROWD: usize = usize::MAX - 3;

/// Organisations of one block: in a tall column relations run between blocks.
const MAX_IN_BLOCK: usize = 12;
/// Organisations of a column that is short.
const MAX_SPARSE: usize = 8;
/// Blocks of one step: more would be more ways than a search for the best has time for.
const MAX_BLOCKS: usize = 30;
/// Relations up to which columns follow from them: the ways of more would take too long to find,
/// and nobody could follow them with the eye.
const MAX_LINKS: usize = 2_000;
/// Columns that relations pass, all added up, up to which an order with few crossings is looked
/// for.
const MAX_PASSED: u64 = 200_000;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Steps {
    /// The organisations of each step, in an order that crosses few relations.
    steps: Vec<Vec<usize>>,
    /// The organisations without relations.
    alone: Vec<usize>,
    /// Some relation leads from one to another.
    pub(super) directed: bool,
    /// There are too many relations: all organisations stand in one column, in no order.
    pub(super) unordered: bool,
}

impl Steps {
    /// The steps of a chain without layers.
    pub(super) fn of(data: &ValueChain) -> Self {
        let nodes = data.entities.len();
        if data.links.len() > MAX_LINKS {
            return Self {
                steps: vec![(0..nodes).collect()],
                unordered: true,
                ..Self::default()
            };
        }
        let links = flow(data);
        let mut linked = vec![false; nodes];
        for link in &data.links {
            for end in [link.from, link.to] {
                if let Some(linked) = linked.get_mut(end) {
                    *linked = true;
                }
            }
        }
        let (from, to): (Vec<u32>, Vec<u32>) = links
            .iter()
            .map(|link| (link.from as u32, link.to as u32))
            .unzip();
        let levels = flow_levels(nodes, &from, &to);
        let keys: Vec<u32> = (0..nodes as u32).collect();
        let graph = Graph::in_layers(&keys, &levels, &from, &to, &[]);
        let mut out = Self {
            directed: data.links.iter().any(|l| l.relation.info().directed),
            ..Self::default()
        };
        for place in places(&graph) {
            let (Some(&node), Some(&level)) = (
                graph.node_of.get(place as usize),
                graph.layer.get(place as usize),
            ) else {
                // A lane of a long relation.
                continue;
            };
            if linked.get(node as usize) != Some(&true) {
                continue;
            }
            let level = level as usize;
            if out.steps.len() <= level {
                out.steps.resize_with(level + 1, Vec::new);
            }
            if let Some(step) = out.steps.get_mut(level) {
                step.push(node as usize);
            }
        }
        out.steps.retain(|step| !step.is_empty());
        out.alone = (0..nodes).filter(|&node| !linked[node]).collect();
        out
    }

    /// The columns that a width holds: one for each step, or several steps below each other where
    /// there are more. `least` is the narrowest column with its gap.
    pub(super) fn layers(&self, width: f32, gap: f32, least: f32) -> Vec<Layer> {
        let most = ((width + gap) / (least + gap)).max(1.0) as usize;
        let columns = match self.steps.len() {
            0 => most.min(self.alone.len()).max(1),
            steps => most.min(steps),
        };
        let mut layers = Vec::new();
        layers.resize_with(columns, || Layer::of(usize::MAX));
        let tallest = self.tallest(columns);
        let (mut at, mut height) = (0, 0);
        for (nth, step) in self.steps.iter().enumerate() {
            // On to the next column where this one is full, and where there are as many columns
            // left as steps.
            let full = height > 0 && height + step.len() > tallest;
            let left = self.steps.len() - nth;
            if height > 0 && at + 1 < columns && (full || left < columns - at) {
                (at, height) = (at + 1, 0);
            }
            height += step.len();
            if let Some(layer) = layers.get_mut(at) {
                let item = if self.unordered { CROWD } else { STEP };
                add_blocks(layer, item, step);
            }
        }
        let each = self.alone.len().div_ceil(columns).max(1);
        for (layer, alone) in layers.iter_mut().zip(self.alone.chunks(each)) {
            let item = if self.steps.is_empty() { STEP } else { ALONE };
            add_blocks(layer, item, alone);
        }
        layers
    }

    /// Whether so many columns hold several steps each.
    pub(super) fn folds_into(&self, columns: usize) -> bool {
        self.steps.len() > columns
    }

    /// Whether all columns are short.
    pub(super) fn is_sparse(&self) -> bool {
        self.steps.iter().all(|step| step.len() <= MAX_SPARSE)
    }

    /// The height of the tallest column, in organisations, where the steps stand in so many as
    /// evenly as can be.
    fn tallest(&self, columns: usize) -> usize {
        let sizes: Vec<usize> = self.steps.iter().map(Vec::len).collect();
        let mut low = sizes.iter().copied().max().unwrap_or(0);
        let mut high = sizes.iter().sum::<usize>().max(low);
        while low < high {
            let middle = low.midpoint(high);
            let (mut needed, mut height) = (1, 0);
            for &size in &sizes {
                if height + size > middle {
                    (needed, height) = (needed + 1, 0);
                }
                height += size;
            }
            if needed <= columns {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// The relations that say what comes before what: those that lead from one to the other; of others
/// only those of organisations that have none such, and as they are written down.
fn flow(data: &ValueChain) -> Vec<&Link> {
    let mut led = vec![false; data.entities.len()];
    let is_directed = |link: &Link| link.relation.info().directed;
    for link in data.links.iter().filter(|link| is_directed(link)) {
        for end in [link.from, link.to] {
            if let Some(led) = led.get_mut(end) {
                *led = true;
            }
        }
    }
    let leads = |end: usize| led.get(end) == Some(&true);
    let mut flow: Vec<&Link> = data.links.iter().collect();
    flow.retain(|link| is_directed(link) || !leads(link.from) || !leads(link.to));
    flow
}

/// The places of a graph, layer after layer, in an order that crosses few links; as they are in the
/// file where that would be too much to look for.
fn places(graph: &Graph) -> Vec<u32> {
    let layer = |node: &u32| u64::from(graph.layer.get(*node as usize).copied().unwrap_or(0));
    let mut passed = 0;
    for (low, high) in graph.low.iter().zip(&graph.high) {
        passed += layer(high).saturating_sub(layer(low));
    }
    if passed > MAX_PASSED {
        return (0..graph.node_of.len() as u32).collect();
    }
    layered(graph, 8).order
}

/// Organisations as blocks without space between.
fn add_blocks(layer: &mut Layer, item: usize, organisations: &[usize]) {
    let mut size = MAX_IN_BLOCK.max(organisations.len().div_ceil(MAX_BLOCKS));
    if item == CROWD {
        size = usize::MAX;
    }
    for some in organisations.chunks(size) {
        let mut block = Block::of(item);
        for &item in some {
            block.chips.push(Chip {
                item,
                ..Chip::default()
            });
        }
        layer.blocks.push(block);
    }
}

/// The narrowest column that holds a word of a name, CSS px; a longer word is cut.
pub(super) const MAX_WORD_CSS: f32 = 150.0 - CHIP_PAD;
