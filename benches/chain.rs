//! What `make bench-chain` measures, as wasm: the layouts that readers run, called from `benches/chain.mjs`.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, reason = "called by a script beside this file")]

use ai_atlas::layout::graph::{Graph, NONE};
use ai_atlas::layout::layered::layered;
use ai_atlas::layout::sankey::sankey;
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
pub fn flow(layer: &[u32], from: &[u32], to: &[u32], weight: &[f32], height: f32, gap: f32) -> Vec<f32> {
    let graph = graph(layer, from, to, weight);
    let laid = sankey(&graph, height, 0.0, gap);
    let mut out = vec![0.0; layer.len() * 2];
    for (node, &of) in graph.node_of.iter().enumerate() {
        out[of as usize * 2] = laid.top[node];
        out[of as usize * 2 + 1] = laid.height[node];
    }
    out
}

/// For every link: its position in each layer from its lower end to its higher end, one link after the other; a link in between takes as many as it has layers.
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
