//! Every kernel gives what its twin gives: natively on whatever Vulkan driver answers, and in the
//! browser on its WebGPU.
//!
//! Outputs are poisoned before the run and compared to the last word, what nobody should have
//! written too. Without an adapter nothing could be compared, so the tests fail.
//! `ATLAS_KERNEL_SIZES=0,65,1000` tries other sizes, `ATLAS_KERNEL_SEED=7` another seed than a new
//! one.
//!
//! `cargo test --test kernels -- --nocapture` or `wasm-pack test --headless --chrome -- --test
//! kernels`
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    unreachable_pub,
    reason = "a test fails by panicking"
)]

#[allow(dead_code, reason = "the bench reads the rest")]
#[path = "kernels/cases.rs"]
mod cases;
#[allow(dead_code, reason = "the bench reads the rest")]
#[path = "kernels/gpu.rs"]
mod gpu;

use cases::{Compared, KERNELS, compare, job};
use gpu::Gpu;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::{console_log as say, wasm_bindgen_test};
#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
#[cfg(not(target_arch = "wasm32"))]
use std::println as say;

/// Seeds that are tried every time.
const SEEDS: [u64; 2] = [1, 20_261_122];

/// What the software adapter of a browser gets through in a few seconds is less than what a driver
/// on the machine does.
fn sizes() -> Vec<usize> {
    #[cfg(not(target_arch = "wasm32"))]
    if let Ok(list) = std::env::var("ATLAS_KERNEL_SIZES") {
        return list.split(',').map(|n| n.parse().unwrap()).collect();
    }
    if cfg!(target_arch = "wasm32") {
        vec![0, 1, 63, 64, 65, 1_000, 100_000]
    } else {
        vec![0, 1, 63, 64, 65, 1_000, 100_000, 1_000_000]
    }
}

/// A seed that nobody has tried, said so that it can be tried again.
#[cfg(not(target_arch = "wasm32"))]
fn new_seed() -> u64 {
    let now = || {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_nanos() as u64
    };
    std::env::var("ATLAS_KERNEL_SEED").map_or_else(|_| now(), |seed| seed.parse().unwrap())
}
#[cfg(target_arch = "wasm32")]
fn new_seed() -> u64 {
    js_sys::Date::now() as u64
}

/// What a GPU makes of a job, beside what the twin does.
async fn tried(
    gpu: &Gpu,
    kernel: &str,
    size: usize,
    seed: u64,
) -> (Vec<Vec<u32>>, Vec<cases::Answer>) {
    let job = job(kernel, size, seed);
    let prepared = gpu.prepare(&job);
    gpu.run(&prepared, 1).await;
    (gpu.read(&job, &prepared).await, (job.twin)())
}

async fn parity() {
    let gpu = Gpu::open().await;
    let fresh = new_seed();
    say!(
        "adapter: {}; kernels: {}; sizes: {:?}; seeds: {SEEDS:?} and, new, {fresh}",
        gpu.name,
        KERNELS.join(", "),
        sizes()
    );
    let mut wrong = Vec::new();
    for kernel in KERNELS {
        let mut all = Compared::default();
        let mut cases = 0;
        for size in sizes() {
            for seed in SEEDS.into_iter().chain([fresh]) {
                let (found, wanted) = tried(&gpu, kernel, size, seed).await;
                let compared = compare(&found, &wanted);
                if !compared.same() {
                    wrong.push(format!("{kernel}, {size}, seed {seed}: {compared:?}"));
                }
                all.add(compared);
                cases += 1;
            }
        }
        say!(
            "{kernel}: {cases} cases, {} words compared, {} of them written, {} not the same to the bit but near enough, {} wrong",
            all.words,
            all.written,
            all.near,
            all.wrong
        );
        assert!(all.written > 1000, "{kernel}: next to nothing was compared");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// One element that differs, anywhere, is seen; so are outputs that nothing was written to, and
/// nothing at all.
async fn a_corrupt_element() {
    let gpu = Gpu::open().await;
    for kernel in KERNELS {
        let (found, wanted) = tried(&gpu, kernel, 1_000, 3).await;
        assert!(compare(&found, &wanted).same(), "{kernel}");
        let mut corrupted = 0;
        for (output, answer) in wanted.iter().enumerate() {
            let words = answer.words.len();
            let behind = answer.behind.map(|_| found[output].len() - 1);
            for at in [0, words / 2, words.saturating_sub(1)]
                .into_iter()
                .filter(|at| *at < words)
                .chain(behind)
            {
                let mut spoilt = found.clone();
                spoilt[output][at] ^= 1 << 22;
                assert!(
                    !compare(&spoilt, &wanted).same(),
                    "{kernel}: word {at} of output {output} went unnoticed"
                );
                corrupted += 1;
            }
        }
        let poisoned: Vec<_> = found
            .iter()
            .map(|words| vec![cases::POISON; words.len()])
            .collect();
        assert!(
            !compare(&poisoned, &wanted).same(),
            "{kernel}: a run that wrote nothing went unnoticed"
        );
        assert!(corrupted > 1, "{kernel}: nothing was corrupted");
        say!("{kernel}: {corrupted} corrupted words were noticed");
    }
    assert!(
        !compare(&[], &[]).same(),
        "nothing compared must not count as equal"
    );
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_kernel_gives_what_its_twin_gives() {
    gpu::now(parity());
}
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test]
async fn every_kernel_gives_what_its_twin_gives() {
    parity().await;
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn a_corrupt_element_is_noticed_in_every_kernel() {
    gpu::now(a_corrupt_element());
}
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test]
async fn a_corrupt_element_is_noticed_in_every_kernel() {
    a_corrupt_element().await;
}
