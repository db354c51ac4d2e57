//! What readers download holds no shader compiler and no native GPU driver: WGSL is translated when
//! the library is built.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::process::Command;

#[test]
fn the_wasm_links_no_shader_compiler_and_no_native_backend() {
    let out = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--edges",
            "normal",
            "--target",
            "wasm32-unknown-unknown",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let tree = String::from_utf8(out.stdout).unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let names: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    // The question was really asked: an empty tree holds nothing bad either.
    for wanted in ["ai-atlas", "wgpu", "web-sys"] {
        assert!(
            names.contains(&wanted),
            "{wanted} is not in the tree:\n{tree}"
        );
    }
    for unwanted in ["naga", "wgpu-core", "wgpu-hal", "glow"] {
        assert!(!names.contains(&unwanted), "{unwanted} is linked:\n{tree}");
    }
}
