//! What every compute shader means, as the plainest Rust loop: the documentation, the test oracle, and what runs where no GPU does. Not here: wgpu.
//!
//! `shaders/kernel/NAME.wgsl` computes what `kernel::NAME` does, and `tests/kernels.rs` compares the two, natively and in the browser. What is decided is
//! decided on integers, or by comparing single numbers, and what is summed is summed in integers: there the two agree bit for bit. Only where a place is
//! multiplied and added may a GPU round otherwise, and each function says by how much.
//!
//! No shader has a barrier, a subgroup or a wait for another invocation: each invocation has a piece of the work that nobody else has, and what a pass
//! wrote is read by the next. So one form serves software adapters and real ones.

mod bin;
mod cull;
mod relax;
mod tree;
mod tween;

pub use bin::{Events, RUN, bin};
pub use cull::{cull, words};
pub use relax::{Nodes, relax};
pub use tree::{LEAVES, Leaves, PARTS, tree};
pub use tween::tween;

/// Invocations of a workgroup, in every kernel.
pub const GROUP: u32 = 256;

/// How many workgroups so many invocations take.
pub const fn groups(invocations: u32) -> u32 {
    invocations.div_ceil(GROUP)
}

/// The smallest normal number: GPUs may take anything nearer to nothing for nothing, so everybody does.
fn settled(side: f32) -> f32 {
    if side.abs() < f32::MIN_POSITIVE { 0.0 } else { side }
}
