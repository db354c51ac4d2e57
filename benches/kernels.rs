//! What `make bench-kernels` measures: natively every kernel by the GPU's own clock beside its twin, and one draw of what `cull` leaves; as wasm the twins alone.
//!
//! The native program needs no network and no file: `cargo build --profile bench --example bench-kernels` makes it, and it can be carried to a machine with a
//! GPU and a Vulkan driver. It prints a line of JSON for each figure. Goals are held against a GPU only; on an adapter of the CPU it says so.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, unreachable_pub, reason = "a program for developers")]

#[allow(dead_code, reason = "the tests read the rest")]
#[path = "../tests/kernels/cases.rs"]
mod cases;
#[cfg(not(target_arch = "wasm32"))]
#[allow(dead_code, reason = "the tests read the rest")]
#[path = "../tests/kernels/gpu.rs"]
mod gpu;

#[cfg(target_arch = "wasm32")]
mod laps {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A twin with inputs of one size.
    #[wasm_bindgen]
    pub struct Lap(super::cases::Job);

    #[wasm_bindgen]
    impl Lap {
        #[wasm_bindgen(constructor)]
        pub fn new(kernel: &str, size: usize) -> Self {
            Self(super::cases::timed(kernel, size))
        }

        pub fn run(&mut self) {
            (self.0.lap)();
        }
    }
}

#[cfg(target_arch = "wasm32")]
#[allow(dead_code, reason = "a library has no start")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::main();
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::cases::{self, KERNELS};
    use super::gpu::{Gpu, now};
    use ai_atlas::kernel::{self, Kernel};
    use std::time::Instant;

    /// Sizes that are timed.
    const SIZES: [usize; 5] = [1_000, 10_000, 100_000, 262_144, 1_000_000];

    pub fn main() {
        let gpu = now(Gpu::open());
        assert!(gpu.timed, "{} has no clock", gpu.name);
        // Where the CPU computes, fewer times: it is the figures of a GPU that matter.
        let times = if gpu.software { 5 } else { 100 };
        println!("{{\"what\":\"adapter\",\"name\":{:?},\"software\":{},\"goals_checked\":{}}}", gpu.name, gpu.software, !gpu.software);
        for kernel in KERNELS {
            let mut crossover = None;
            for size in SIZES {
                let mut job = cases::timed(kernel, size);
                let prepared = gpu.prepare(&job);
                let mut stamps = now(gpu.run(&prepared, times.min(20)));
                let wanted = (job.twin)();
                let compared = cases::compare(&now(gpu.read(&job, &prepared)), &wanted);
                drop(wanted);
                stamps.clear();
                stamps.extend(now(gpu.run(&prepared, times)));
                let gpu_ms = median(stamps);
                let wall_ms = median((0..times.min(20)).map(|_| clocked(|| drop(now(gpu.run(&prepared, 1))))).collect());
                (job.lap)();
                let twin_ms = median((0..7).map(|_| clocked(&mut job.lap)).collect());
                let ratio = twin_ms / gpu_ms;
                if ratio <= 1.0 {
                    crossover = None;
                } else if crossover.is_none() {
                    crossover = Some(size);
                }
                let chosen = kernel::wins(choice(kernel), size as u32, gpu.software);
                let goal = goal(kernel, size).map_or(String::new(), |(most_ms, least)| {
                    let ok = if gpu.software { "null".to_owned() } else { (gpu_ms <= most_ms && ratio >= least).to_string() };
                    format!(",\"goal_ms\":{most_ms},\"goal_ratio\":{least},\"ok\":{ok}")
                });
                println!(
                    "{{\"what\":\"kernel\",\"kernel\":\"{kernel}\",\"n\":{size},\"gpu_ms\":{gpu_ms:.4},\"gpu_wall_ms\":{wall_ms:.3},\"twin_native_ms\":{twin_ms:.4},\"ratio\":{ratio:.2},\"same_as_twin\":{},\"engine_chooses\":\"{}\"{goal}}}",
                    compared.same(),
                    if chosen { "gpu" } else { "twin" }
                );
            }
            let crossover = crossover.map_or("null".to_owned(), |n| n.to_string());
            println!("{{\"what\":\"crossover\",\"kernel\":\"{kernel}\",\"gpu_faster_than_native_twin_from\":{crossover}}}");
        }
    }

    fn choice(kernel: &str) -> Kernel {
        match kernel {
            "bin" => Kernel::Bin,
            "cull" => Kernel::Cull,
            "relax" => Kernel::Relax,
            "tree" => Kernel::Tree,
            _ => Kernel::Tween,
        }
    }

    /// Most ms, and least how many times as fast as the native twin: what a GPU of a data centre should do.
    fn goal(kernel: &str, size: usize) -> Option<(f64, f64)> {
        match (kernel, size) {
            ("tree", 1_000_000) => Some((2.0, 20.0)),
            ("relax", 100_000) => Some((1.5, 0.0)),
            ("cull", 1_000_000) => Some((1.0, 0.0)),
            _ => None,
        }
    }

    fn clocked(mut run: impl FnMut()) -> f64 {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1000.0
    }

    fn median(mut of: Vec<f64>) -> f64 {
        of.sort_by(f64::total_cmp);
        of.get(of.len() / 2).copied().unwrap_or(f64::NAN)
    }
}
