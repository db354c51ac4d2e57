//! Where everything stands: layers as columns or bands, organisations in the blocks of their
//! sublayers, relations in the gutters between them. Not here: the geometry itself
//! (`layout::layered`), and what anything looks like (`draw`).

use super::chain::Chain;
use super::headings::block_name;
use super::labels::short_name;
use super::steps::MAX_WORD_CSS;
use crate::data;
use crate::data::sanitize::cut;
use crate::data::value_chain::ValueChain;
use crate::layout::layered::column_layout::{self, Block, Chip, Layer, Measure};
use crate::layout::layered::edge_routing::{self, Edge, RoutingGrid};
use crate::layout::order;
use crate::widget::View;

/// A name or heading has no more lines than this; what needs more loses its last words.
pub(super) const MAX_LINES: usize = 4;
/// Text size of a chip, CSS px.
pub(super) const NAME: f32 = 12.0;
/// What a chip takes besides its name: the bar, the space after it, the space at the end. CSS px.
pub(super) const CHIP_PAD: f32 = 15.0;

/// Below this width the layers are bands.
const BANDS_BELOW: f32 = 700.0;
/// No column is narrower than this, CSS px, without what a chip takes besides its name.
const MIN_COLUMN: f32 = 66.0;
/// Text size of a block's heading, CSS px.
const HEADING: f32 = 11.0;
/// How often organisations change places in search of fewer crossings.
const ROUNDS: usize = 5;
/// What is looked at of a name for its place in the picture, characters: more than any box holds.
/// Files may have names of thousands.
const MAX_SET: usize = 400;

/// Sizes of layers side by side and of layers below each other.
const COLUMNS: Measure = Measure {
    layer_head: 64.0,
    block_head: 19.0,
    block_gap: 8.0,
    chip: 20.0,
    chip_gap: 3.0,
    column_gap: 26.0,
    layer_gap: 38.0,
};
/// Sizes of columns that follow from the relations, and where several of them stand below each
/// other.
const STEPS: Measure = Measure {
    layer_head: 0.0,
    block_gap: 3.0,
    ..COLUMNS
};
/// Of few organisations each has more room.
const SPARSE_STEPS: Measure = Measure {
    chip: 30.0,
    chip_gap: 12.0,
    block_gap: 12.0,
    ..STEPS
};
const FOLDED_STEPS: Measure = Measure {
    block_gap: 14.0,
    ..STEPS
};
const STACKS: Measure = Measure {
    layer_head: 44.0,
    block_head: 18.0,
    block_gap: 5.0,
    chip: 20.0,
    chip_gap: 3.0,
    column_gap: 34.0,
    layer_gap: 12.0,
};

/// Where everything stands: what the router needs and what it found.
#[derive(Default)]
pub(super) struct Layout {
    /// Layers stand side by side; else they are bands.
    pub(super) wide: bool,
    /// Organisation → the chip where its relations are tied, or `usize::MAX`.
    pub(super) homes: Vec<usize>,
    /// An edge for each relation, then the threads.
    pub(super) edges: Vec<Edge>,
    /// How many of them are relations.
    pub(super) links: usize,
    pub(super) height: f32,
    grid: RoutingGrid,
    /// Chip → organisation.
    items: Vec<usize>,
}

impl Layout {
    /// Gives everything its place and every relation its way. `focus` is the organisation that is
    /// looked at: a quiet thread joins its chips.
    pub(super) fn new(
        chain: &Chain,
        layers: &mut [Layer],
        view: &View,
        focus: Option<usize>,
    ) -> Self {
        // Columns that follow from the relations are as many as the width holds.
        let wide = view.width_css >= BANDS_BELOW || chain.steps.is_some();
        let planner = Planner {
            chain,
            view,
            wide,
            measure: match &chain.steps {
                Some(steps) if steps.folds_into(layers.len()) => &FOLDED_STEPS,
                Some(steps) if steps.is_sparse() => &SPARSE_STEPS,
                Some(_) => &STEPS,
                None if wide => &COLUMNS,
                None => &STACKS,
            },
        };
        planner.set_min_widths(layers);
        mentions_last(layers, &planner.attach_edges(layers, 0.0));
        planner.choose_columns(layers);
        planner.reduce_crossings(layers);
        let mut layout = planner.assign_positions(layers);
        layout.links = layout.edges.len();
        if let Some(focus) = focus {
            layout.add_threads(layers, focus);
        }
        edge_routing::route(&layout.grid, &mut layout.edges);
        layout
    }

    /// Whether a relation runs back in the lane at the foot.
    pub(super) fn has_returns(&self) -> bool {
        self.edges
            .iter()
            .any(|edge| edge.returns && !edge.lanes.is_empty())
    }

    /// What joins the chips of the organisation that is looked at: it takes no room, so nothing
    /// moves for it.
    fn add_threads(&mut self, layers: &[Layer], focus: usize) {
        let mut before = None;
        let mut threads = Vec::new();
        let halves: Vec<bool> = layers
            .iter()
            .flat_map(|l| &l.blocks)
            .flat_map(|b| &b.chips)
            .map(|c| c.half > 0)
            .collect();
        for (chip, &item) in self.items.iter().enumerate() {
            // One of two in a row does not reach the gutter: its ring is enough.
            if item == focus && halves.get(chip) == Some(&false) {
                if let Some(from) = before {
                    threads.push(Edge::new(from, chip, 0.0));
                }
                before = Some(chip);
            }
        }
        edge_routing::plan(&self.grid, &mut threads);
        self.edges.append(&mut threads);
    }
}

/// Layers, sublayers and organisations by their numbers, in the order of the file, without what is
/// empty. Who has no role (people, mostly) stands at the end of the last layer, in a block whose
/// number no sublayer has.
pub(super) fn layers(chain: &Chain, view: &View) -> Vec<Layer> {
    let data = &chain.data;
    if let Some(steps) = &chain.steps {
        return steps.layers(view.width_css, STEPS.layer_gap, least_column(chain, view));
    }
    let mut layers: Vec<Layer> = Vec::new();
    for at in 0..data.layers.len() {
        let mut layer = Layer::of(at);
        layer.dealt = chain.aggregated;
        for (item, sublayer) in data.sublayers.iter().enumerate() {
            if sublayer.layer == at {
                add_block(data, &mut layer, item);
            }
        }
        if !layer.blocks.is_empty() {
            layers.push(layer);
        }
    }
    if layers.is_empty() {
        layers.push(Layer::of(usize::MAX));
    }
    if let Some(last) = layers.last_mut() {
        add_block(data, last, usize::MAX);
    }
    layers
}

/// The narrowest column that holds every name of a chain, a long one broken.
fn least_column(chain: &Chain, view: &View) -> f32 {
    let mut longest = MIN_COLUMN;
    for item in 0..chain.data.entities.len() {
        let name = cut(short_name(&chain.data, item, view.lang), MAX_SET);
        longest = longest.max(longest_word(name, view));
    }
    longest + CHIP_PAD
}

/// The width of the longest word of a name, CSS px, up to that of the longest that has room.
fn longest_word(name: &str, view: &View) -> f32 {
    let mut longest = 0.0_f32;
    for word in name.split(' ') {
        longest = longest.max(view.metrics.width(word, NAME, false));
    }
    longest.min(MAX_WORD_CSS)
}

/// The organisations of a sublayer as a block at the end of a layer.
fn add_block(data: &ValueChain, layer: &mut Layer, item: usize) {
    let mut block = Block::of(item);
    for (item, entity) in data.entities.iter().enumerate() {
        let here = if block.item == usize::MAX {
            entity.roles.is_empty()
        } else {
            entity.roles.iter().any(|r| r.sublayer == block.item)
        };
        if here {
            block.chips.push(Chip {
                item,
                ..Chip::default()
            });
        }
    }
    if !block.chips.is_empty() {
        layer.blocks.push(block);
    }
}

/// In every block first those whose relations are tied there, then the mentions.
fn mentions_last(layers: &mut [Layer], layout: &Layout) {
    let mut at = 0;
    for block in layers.iter_mut().flat_map(|l| &mut l.blocks) {
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for mut chip in core::mem::take(&mut block.chips) {
            chip.mention = layout.homes.get(chip.item) != Some(&at);
            at += 1;
            if chip.mention {
                last.push(chip)
            } else {
                first.push(chip)
            }
        }
        first.append(&mut last);
        block.chips = first;
    }
}

/// Puts the chips that have relations, within their block and among the places that they have, in
/// the order of where their relations lead.
fn sort_by_barycenter(layers: &mut [Layer], layout: &Layout) {
    let mut sums = vec![(0.0_f32, 0.0_f32); layout.items.len()];
    for edge in &layout.edges {
        let Some((left, right)) = edge.chips(&layout.grid) else {
            continue;
        };
        let leads = edge.leads();
        for (chip, y) in [(left, leads.0), (right, leads.1)] {
            if let Some(sum) = sums.get_mut(chip) {
                *sum = (sum.0 + y, sum.1 + 1.0);
            }
        }
    }
    let mut at = 0;
    for block in layers.iter_mut().flat_map(|l| &mut l.blocks) {
        let (mut keys, mut places) = (Vec::new(), Vec::new());
        for place in 0..block.chips.len() {
            if let Some(&(sum, count)) = sums.get(at + place)
                && count > 0.0
            {
                keys.push(f64::from(sum / count));
                places.push(place);
            }
        }
        at += block.chips.len();
        let mut sorted = Vec::new();
        for (_, ix) in order(&keys) {
            if let Some(chip) = places.get(ix).and_then(|&place| block.chips.get(place)) {
                sorted.push(chip.clone());
            }
        }
        for (&place, chip) in places.iter().zip(sorted) {
            if let Some(slot) = block.chips.get_mut(place) {
                *slot = chip;
            }
        }
    }
}

/// What all steps of one layout know.
struct Planner<'a> {
    chain: &'a Chain,
    view: &'a View,
    wide: bool,
    measure: &'static Measure,
}

impl Planner<'_> {
    /// The beginning of a chip's name, as much as a picture could show of it.
    fn name(&self, chip: &Chip) -> &str {
        cut(
            short_name(&self.chain.data, chip.item, self.view.lang),
            MAX_SET,
        )
    }

    /// No column is narrower than the longest word of its names that has room.
    fn set_min_widths(&self, layers: &mut [Layer]) {
        for layer in layers {
            let mut longest = MIN_COLUMN;
            for chip in layer.blocks.iter().flat_map(|b| &b.chips) {
                longest = longest.max(longest_word(self.name(chip), self.view));
            }
            layer.least = (longest + CHIP_PAD).min(self.view.width_css);
        }
    }

    /// The columns, and how many lines names and headings have there. The width of a column decides
    /// which names need two lines, and their number decides the columns: a second look settles it.
    fn choose_columns(&self, layers: &mut [Layer]) {
        let width = self.view.width_css;
        let stacks = ((width + STACKS.column_gap) / 150.0).clamp(1.0, 4.0) as usize;
        for _ in 0..3 {
            if self.wide {
                column_layout::columns(layers, width, self.measure);
            } else {
                column_layout::stacks(layers, width, stacks, self.measure);
            }
            for block in layers.iter_mut().flat_map(|l| &mut l.blocks) {
                self.set_lines(block);
            }
            let layout = self.attach_edges(layers, width);
            let needs = edge_routing::needs(&layout.grid, &layout.edges);
            column_layout::lend(layers, &[], &needs, !self.wide);
        }
    }

    /// How many lines a block's heading and names have in its column.
    fn set_lines(&self, block: &mut Block) {
        let column = block.rect[2] - block.rect[0];
        let heading = block_name(&self.chain.data, block, self.view.lang);
        block.lines = self.lines(heading, HEADING, column).min(2);
        block.bare = heading.is_empty();
        let mut before: Option<&mut Chip> = None;
        for chip in &mut block.chips {
            let name = self.name(chip);
            chip.lines = self.lines(name, NAME, column - CHIP_PAD + 4.0);
            // On a phone two mentions that are short share a row.
            chip.half = 0;
            let half = (column - STACKS.chip_gap) / 2.0 - CHIP_PAD - 1.0;
            let small =
                !self.wide && chip.mention && self.view.metrics.fits(name, NAME, true, half);
            match before.take() {
                Some(left) if small => (left.half, chip.half) = (1, 2),
                _ if small => before = Some(chip),
                _ => {}
            }
        }
    }

    /// How many lines a text needs; one where it cannot be broken to fit.
    fn lines(&self, words: &str, size: f32, width: f32) -> u32 {
        self.view
            .metrics
            .lines(words, size, false, width)
            .map_or(1, |l| l.len().min(MAX_LINES) as u32)
    }

    /// Within their blocks the organisations that have relations change places while that saves
    /// crossings.
    fn reduce_crossings(&self, layers: &mut [Layer]) {
        let (width, stacked) = (self.view.width_css, !self.wide);
        let mut best = (usize::MAX, layers.to_vec());
        let mut layout = self.attach_edges(layers, width);
        for _ in 0..ROUNDS {
            let room = edge_routing::plan(&layout.grid, &mut layout.edges);
            let needs = edge_routing::needs(&layout.grid, &layout.edges);
            column_layout::lend(layers, &room, &needs, stacked);
            column_layout::stand(layers, self.measure, stacked);
            layout.grid = column_layout::routing_grid(layers, width, stacked);
            let count = edge_routing::tangles(&layout.grid, &mut layout.edges);
            if count < best.0 {
                best = (count, layers.to_vec());
            }
            sort_by_barycenter(layers, &layout);
            column_layout::stand(layers, self.measure, stacked);
            layout = self.attach_edges(layers, width);
        }
        layers.clone_from_slice(&best.1);
    }

    /// Where the layers stand in the end, with the room that their relations need.
    fn assign_positions(&self, layers: &mut [Layer]) -> Layout {
        let (width, stacked) = (self.view.width_css, !self.wide);
        column_layout::stand(layers, self.measure, stacked);
        let mut layout = self.attach_edges(layers, width);
        let needs = edge_routing::needs(&layout.grid, &layout.edges);
        column_layout::lend(layers, &[], &needs, stacked);
        column_layout::stand(layers, self.measure, stacked);
        layout = self.attach_edges(layers, width);
        let room = edge_routing::plan(&layout.grid, &mut layout.edges);
        column_layout::lend(layers, &room, &needs, stacked);
        let height = column_layout::stand(layers, self.measure, stacked);
        layout.grid = column_layout::routing_grid(layers, width, stacked);
        layout.height = height;
        layout
    }

    /// The chips as the router knows them, and every relation between the chips where its ends are
    /// at home.
    fn attach_edges(&self, layers: &[Layer], width: f32) -> Layout {
        let data = &self.chain.data;
        let mut layout = Layout {
            wide: self.wide,
            grid: column_layout::routing_grid(layers, width, !self.wide),
            ..Layout::default()
        };
        (layout.items, layout.homes) = homes(data, layers);
        let home = |entity: usize| layout.homes.get(entity).copied().unwrap_or(usize::MAX);
        for (ix, link) in data.links.iter().enumerate() {
            let merged = self.chain.merged.get(ix) == Some(&true);
            // A line that is at home nowhere is not drawn and takes no room.
            let home = |entity: usize| if merged { usize::MAX } else { home(entity) };
            let width_css = self.chain.width_css(link);
            let mut edge = Edge::new(home(link.from), home(link.to), width_css);
            // In bands the foot is far away.
            edge.returns = self.wide
                && self.chain.closes_cycle.get(ix) == Some(&true)
                && edge.runs_back(&layout.grid);
            layout.edges.push(edge);
        }
        layout
    }
}

/// Of every chip its organisation, and of every organisation the chip where it is at home: the
/// first of its chips in its main layer, else the first.
fn homes(data: &ValueChain, layers: &[Layer]) -> (Vec<usize>, Vec<usize>) {
    let mut items = Vec::new();
    let mut homes = vec![usize::MAX; data.entities.len()];
    let mut settled = vec![false; data.entities.len()];
    for layer in layers {
        let own = data
            .layers
            .get(layer.item)
            .map_or(data::Layer::Context, |l| l.layer);
        for chip in layer.blocks.iter().flat_map(|b| &b.chips) {
            let main = data.entities.get(chip.item).is_some_and(|e| e.main == own);
            if let (Some(home), Some(settled)) =
                (homes.get_mut(chip.item), settled.get_mut(chip.item))
                && (*home == usize::MAX || main && !*settled)
            {
                (*home, *settled) = (items.len(), main);
            }
            items.push(chip.item);
        }
    }
    (items, homes)
}
