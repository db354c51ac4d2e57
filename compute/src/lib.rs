//! What AI Atlas computes over many numbers: layouts, the kernels' references and the raster. A
//! crate of its own because everything else is optimised for size alone, which its loops would pay
//! for; `ai_atlas` has its modules under the same names.
#![forbid(unsafe_code)]

pub mod abi;
pub mod civil;
pub mod clip;
pub mod kernel;
pub mod layout;
pub mod raster;
pub mod scene;
