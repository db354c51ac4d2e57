//! The shipped value chain as it was when it was looked at, and how often its lines cross.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/chain.rs"]
mod common;

use ai_atlas::data::Lang;
use common::{drawn_crossings, drawn_lines, shipped, view};

#[test]
fn the_shipped_chain_crosses_no_more_than_it_did() {
    let lines = drawn_lines(&shipped().picture(&view(1200.0, Lang::En)));
    assert_eq!(lines.len(), 114);
    let sum = drawn_crossings(&lines);
    println!("{sum} crossings");
    assert!(sum <= 950, "{sum} crossings");
}

/// The shipped chain in every framework, wide and narrow, in both languages, as `ai-atlas svg`
/// draws it. The first framework's pictures are kept whole, of the others the lines that differ
/// from it. `ATLAS_GOLDEN=1` writes them anew: then look at them.
#[test]
fn the_shipped_chain_looks_as_it_did_when_it_was_looked_at() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    let fresh = std::env::var_os("ATLAS_GOLDEN").is_some();
    let mut compared = 0;
    for (form, width) in [("wide", 1200), ("phone", 360)] {
        for lang in ["ko", "en"] {
            let mut first = String::new();
            for framework in ["nia", "mckinsey", "adl", "ubs"] {
                let out = std::process::Command::new(env!("CARGO_BIN_EXE_ai-atlas"))
                    .args([
                        "svg",
                        concat!(env!("CARGO_MANIFEST_DIR"), "/data/value-chain.json"),
                        &format!("width={width}"),
                        &format!("lang={lang}"),
                        &format!("framework={framework}"),
                    ])
                    .output();
                let svg = out
                    .map(|o| {
                        String::from_utf8_lossy(&o.stdout)
                            .replace(concat!("AI Atlas ", env!("CARGO_PKG_VERSION")), "AI Atlas")
                    })
                    .unwrap_or_default();
                assert!(svg.starts_with("<svg"), "{framework}");
                let kept = if first.is_empty() {
                    first.clone_from(&svg);
                    svg
                } else {
                    let known: Vec<&str> = first.lines().collect();
                    svg.lines()
                        .filter(|line| !known.contains(line))
                        .map(|line| format!("{line}\n"))
                        .collect()
                };
                let file = format!(
                    "{folder}/chain-{framework}-{form}-{lang}.{}",
                    if framework == "nia" { "svg" } else { "lines" }
                );
                if fresh {
                    assert!(
                        std::fs::create_dir_all(folder).is_ok()
                            && std::fs::write(&file, &kept).is_ok(),
                        "{file}"
                    );
                }
                let golden = std::fs::read_to_string(&file).unwrap_or_default();
                let differs = kept.lines().zip(golden.lines()).find(|(a, b)| a != b);
                assert!(kept == golden, "{file}: {:?}", differs);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 16);
}
