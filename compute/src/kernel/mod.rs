//! What every compute shader means, as the plainest Rust loop: the documentation, the test oracle,
//! and what runs where no GPU does. Not here: wgpu.
//!
//! `shaders/kernel/NAME.wgsl` computes what `kernel::NAME` does, and `tests/kernels.rs` compares
//! the two, natively and in the browser. What is decided is decided on integers, or by comparing
//! single numbers, and what is summed is summed in integers: there the two agree bit for bit. Only
//! where a place is multiplied and added may a GPU round otherwise, and each function says by how
//! much.
//!
//! No shader has a barrier, a subgroup or a wait for another invocation: each invocation has a
//! piece of the work that nobody else has, and what a pass wrote is read by the next. So one form
//! serves software adapters and real ones.

mod bin;
mod cull;
mod relax;
mod tree;
mod tween;

pub use bin::{Events, RUN, bin};
pub use cull::{cull, words};
pub use relax::{Nodes, relax};
pub use tree::{LEAVES, Leaves, PARTS, tree};
pub use tween::{mixed, tween};

/// Invocations of a workgroup, in every kernel.
pub const GROUP: u32 = 256;

/// The kernels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kernel {
    /// [`bin()`].
    Bin,
    /// [`cull()`].
    Cull,
    /// [`relax()`].
    Relax,
    /// [`tree()`].
    Tree,
    /// [`tween()`].
    Tween,
}

/// From how many rows on a kernel is worth its passes on a GPU. A pass costs some 10 µs before it
/// does anything.
pub const fn least(kernel: Kernel) -> u32 {
    match kernel {
        Kernel::Tween | Kernel::Relax => 16_384,
        Kernel::Bin | Kernel::Cull | Kernel::Tree => 65_536,
    }
}

/// Whether a GPU is the better place for a kernel's work, what it writes staying there. Who reads
/// it back waits 2 to 3 ms more. Where the CPU does a GPU's work, never: every twin is 2 to 100
/// times as fast as its shader there (`make bench-kernels`, which says of the adapter that it finds
/// what this function chooses beside what the clocks say).
pub const fn wins(kernel: Kernel, rows: u32, software: bool) -> bool {
    !software && rows >= least(kernel)
}

/// How many workgroups so many invocations take.
pub const fn groups(invocations: u32) -> u32 {
    invocations.div_ceil(GROUP)
}

/// The smallest normal number: GPUs may take anything nearer to nothing for nothing, so everybody
/// does.
fn settled(side: f32) -> f32 {
    if side.abs() < f32::MIN_POSITIVE {
        0.0
    } else {
        side
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_kernel_is_chosen_on_a_software_adapter_and_few_rows_stay_on_the_cpu() {
        for kernel in [
            Kernel::Bin,
            Kernel::Cull,
            Kernel::Relax,
            Kernel::Tree,
            Kernel::Tween,
        ] {
            assert!(
                !wins(kernel, u32::MAX, true)
                    && !wins(kernel, 1_000, false)
                    && wins(kernel, 1_000_000, false)
            );
        }
        assert_eq!(
            [groups(0), groups(1), groups(256), groups(257)],
            [0, 1, 1, 2]
        );
    }
}
