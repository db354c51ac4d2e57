//! What `make bench-chain` measures, as wasm: the layouts that readers run, called from
//! `benches/chain.mjs`.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, reason = "called by a script beside this file")]

use ai_atlas::data::{Column, Lang};
use ai_atlas::layout::layered::crossing_reduction::layered;
use ai_atlas::layout::layered::graph::{Graph, NONE};
use ai_atlas::layout::sankey::sankey;
use ai_atlas::text::count;
use ai_atlas::widget::{Figure, View, Widget, make};
use wasm_bindgen::prelude::wasm_bindgen;

fn graph(layer: &[u32], from: &[u32], to: &[u32], weight: &[f32]) -> Graph {
    let mut key = Vec::with_capacity(layer.len());
    for node in 0..layer.len() {
        key.push(node as u32);
    }
    Graph::new(&key, layer, from, to, weight)
}

/// Upper edge and height of every node in the caller's order.
#[wasm_bindgen]
pub fn flow(
    layer: &[u32],
    from: &[u32],
    to: &[u32],
    weight: &[f32],
    height: f32,
    gap: f32,
) -> Vec<f32> {
    let graph = graph(layer, from, to, weight);
    let laid = sankey(&graph, height, 0.0, gap);
    let mut out = vec![0.0; layer.len() * 2];
    for (node, &of) in graph.node_of.iter().enumerate() {
        out[of as usize * 2] = laid.top[node];
        out[of as usize * 2 + 1] = laid.height[node];
    }
    out
}

/// For every link: its position in each layer from its lower end to its higher end, one link after
/// the other; a link in between takes as many as it has layers.
#[wasm_bindgen]
pub fn layers(layer: &[u32], from: &[u32], to: &[u32]) -> Vec<u32> {
    let graph = graph(layer, from, to, &[]);
    let laid = layered(&graph, 4);
    let mut starts = vec![NONE; from.len()];
    for (link, &of) in graph.link_of.iter().enumerate() {
        starts[of as usize] = link as u32;
    }
    let mut out = Vec::new();
    for &link in &starts {
        if link == NONE {
            continue;
        }
        let link = link as usize;
        let (low, high) = (graph.low[link] as usize, graph.high[link] as usize);
        out.push(laid.at[low]);
        for lane in 0..graph.layer[high] - graph.layer[low] - 1 {
            out.push(laid.at[(laid.lane[link] + lane) as usize]);
        }
        out.push(laid.at[high]);
    }
    out.push(laid.crossings as u32);
    out
}

/// Crossings of a graph whose layers the links decide.
#[wasm_bindgen]
pub fn free(nodes: u32, from: &[u32], to: &[u32]) -> u32 {
    let mut key = Vec::new();
    for node in 0..nodes {
        key.push(node);
    }
    layered(&Graph::new(&key, &[], from, to, &[]), 8).crossings as u32
}

/// A widget that holds a large chain, and its picture.
#[wasm_bindgen]
pub struct Large(Box<dyn Widget>, Figure);

#[wasm_bindgen]
impl Large {
    /// Codes of layers, sublayers and countries for each node; ends and amounts for each link.
    #[wasm_bindgen(constructor)]
    pub fn new(
        layer: Vec<u32>,
        sublayer: Vec<u32>,
        country: Vec<u32>,
        from: Vec<u32>,
        to: Vec<u32>,
        amount: Vec<f64>,
    ) -> Self {
        let names = |what: &str, n: u32| {
            let mut names = Vec::new();
            for i in 0..n {
                let mut name = String::from(what);
                name.push_str(&count(i as usize, Lang::En));
                names.push(name);
            }
            names
        };
        let mut label = Vec::new();
        for node in 0..layer.len() as u32 {
            label.push(node);
        }
        let dictionary = |name: &str, codes: Vec<u32>, names: Vec<String>| Column {
            name: name.to_string(),
            codes,
            names,
            ..Column::default()
        };
        let nodes = label.len() as u32;
        let columns = vec![
            dictionary("nodes.label", label, names("organisation ", nodes)),
            dictionary("nodes.layer", layer, names("layer ", 8)),
            dictionary("nodes.sublayer", sublayer, names("sublayer ", 40)),
            dictionary("nodes.country", country, names("C", 20)),
            dictionary("links.from", from, Vec::new()),
            dictionary("links.to", to, Vec::new()),
            Column {
                name: "links.amount".to_string(),
                numbers: amount,
                ..Column::default()
            },
        ];
        let mut widget = make("value-chain").unwrap_or_else(|| unreachable!());
        assert!(widget.columns(columns).is_ok(), "the columns were refused");
        Self(widget, Figure::default())
    }

    /// Lays out and keeps the picture; returns how many ribbons it has.
    pub fn picture(&mut self, hover: u32) -> usize {
        self.1 = self.0.picture(&View {
            width_css: 1200.0,
            hover,
            from_day: f64::NAN,
            to_day: f64::NAN,
            today: f64::NAN,
            ..View::default()
        });
        self.1.scene.ribbons.len()
    }

    /// How many of the points of a grid lie on something.
    pub fn picks(&self, side: u32) -> u32 {
        let [width, height] = self.1.scene.size_css;
        let mut hits = 0;
        for at in 0..side * side {
            let point = [
                (at % side) as f32 / side as f32 * width,
                (at / side) as f32 / side as f32 * height,
            ];
            hits += u32::from(self.0.pick(&self.1, point).is_some());
        }
        hits
    }
}

/// Bytes of the memory that this wasm has.
#[wasm_bindgen]
pub fn held() -> usize {
    core::arch::wasm32::memory_size(0) * 65_536
}
