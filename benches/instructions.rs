//! What `make bench-instructions` counts: a treemap of as many leaves as the first argument says, a
//! thousand a group, grouped, summed, sorted and laid out as often as the second says.
#![allow(missing_docs, reason = "run by a script beside this file")]

use ai_atlas::layout::treemap::{Limits, Tree};

fn main() {
    let said = |at| std::env::args().nth(at).and_then(|a| a.parse::<u32>().ok());
    let (leaves, times) = (said(1).unwrap_or(100_000), said(2).unwrap_or(1));
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_add(0x6d2b_79f5);
        let mut t = (seed ^ (seed >> 15)).wrapping_mul(1 | seed);
        t = t.wrapping_add((t ^ (t >> 7)).wrapping_mul(61 | t)) ^ t;
        f64::from(t ^ (t >> 14)) / 4_294_967_296.0
    };
    let values: Vec<f64> = (0..leaves).map(|_| next().powi(4) + 1e-6).collect();
    let codes: Vec<u32> = (0..leaves).map(|i| i / 1000).collect();
    let mut check = 0.0;
    for _ in 0..times {
        let (tree, _) = Tree::grouped(values.clone(), &[&codes], &[leaves.div_ceil(1000) as usize]);
        let laid = tree.lay(tree.leaves(), 0, [0.0, 0.0, 960.0, 540.0], &Limits::ALL);
        check += laid.tiles.last().map_or(0.0, |t| t[2]);
    }
    assert!(check > 0.0, "nothing was laid out");
    println!("{check}");
}
