//! The rules of the tree, as tests: who may name what, twins, the architecture in the crate's
//! documentation, nothing to be kept in sync by hand.
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a test says what is wrong by failing"
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "tidy/documents.rs"]
mod documents;
#[path = "tidy/exceeding.rs"]
mod exceeding;
#[path = "tidy/limits.rs"]
mod limits;
#[path = "tidy/literals.rs"]
mod literals;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files under a folder, as paths from the root with `/`.
fn files(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(inside) = path.strip_prefix(root()) {
                found.push(inside.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The code of a Rust file without comments and without what is compiled for tests alone, as rustfmt
/// sets it: an item ends with a `;`, or where a `}` stands below its first letter.
fn code(text: &str) -> String {
    let mut lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let mut kept = Vec::new();
    while let Some(line) = lines.next() {
        if line.trim_start() != "#[cfg(test)]" {
            kept.push(line);
            continue;
        }
        let indent = " ".repeat(line.len() - line.trim_start().len());
        let is_end = |line: &str| {
            let at_indent = line.strip_prefix(&indent).unwrap_or("");
            at_indent.starts_with('}')
                || !at_indent.starts_with([' ', '#']) && line.ends_with([';', '}'])
        };
        lines.find(|line| is_end(line));
    }
    kept.join("\n")
}

#[test]
fn code_that_follows_tests_is_code() {
    let text = "use a;\n#[cfg(test)]\nuse crate::b;\n// crate::c\n#[cfg(test)]\n#[cfg(unix)]\nmod tests {\n    use d;\n    fn e() {\n    }\n}\nfn f() {\n    #[cfg(test)]\n    let g = h;\n    i();\n}";
    assert_eq!(code(text), "use a;\nfn f() {\n    i();\n}");
}

/// The Rust files of both crates.
fn sources() -> Vec<String> {
    ["compute/src", "src"]
        .iter()
        .flat_map(|folder| files(folder))
        .filter(|file| file.ends_with(".rs"))
        .collect()
}

/// The arrow: each module with those that it may name. The first ones are the member crate
/// `compute`, which names nothing of the other.
const MAY_NAME: [(&str, &[&str]); 14] = [
    ("civil", &[]),
    ("abi", &[]),
    ("layout", &["civil"]),
    ("kernel", &["abi"]),
    ("scene", &["abi"]),
    ("clip", &["abi", "scene"]),
    ("raster", &["abi", "scene", "clip"]),
    ("error", &[]),
    ("data", &["error"]),
    ("text", &["error", "data", "layout::scale"]),
    (
        "widget",
        &["error", "abi", "data", "layout", "kernel", "text", "scene"],
    ),
    (
        "protocol",
        &["error", "abi", "data", "text", "scene", "widget"],
    ),
    // Paper has the words too: the painter for it takes a whole picture.
    (
        "render",
        &["abi", "data", "kernel", "text", "scene", "widget"],
    ),
    (
        "web",
        &[
            "error", "data", "text", "scene", "widget", "protocol", "render",
        ],
    ),
];
/// Of these the first stand in the member crate.
const IN_COMPUTE: usize = 7;

/// Every module of ours that a file names, with one level more for modules that are named in part.
fn named(code: &str) -> Vec<String> {
    let word = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    code.split("crate::")
        .skip(1)
        // A list, `use crate::{…}`, names «» here and is refused: one line a module is easier to
        // read too.
        .map(|rest| {
            let first = word(rest);
            match rest.get(first.len()..).and_then(|r| r.strip_prefix("::")) {
                Some(more) if !word(more).is_empty() => format!("{first}::{}", word(more)),
                _ => first,
            }
        })
        .collect()
}

/// What a module names although the arrow does not lead there.
fn against_the_arrow(module: &str, code: &str) -> Vec<String> {
    let allowed = MAY_NAME
        .iter()
        .find(|(m, _)| *m == module)
        .unwrap_or_else(|| panic!("{module} has no place on the arrow"))
        .1;
    named(code)
        .into_iter()
        .filter(|name| {
            let first = name.split("::").next().unwrap_or("");
            first != module && !allowed.iter().any(|a| name == a || first == *a)
        })
        .collect()
}

fn module_of(file: &str) -> &str {
    file.trim_start_matches("compute/")
        .trim_start_matches("src/")
        .split(['/', '.'])
        .next()
        .unwrap_or("")
}

#[test]
fn modules_name_only_what_stands_left_of_them() {
    let mut checked = 0;
    for file in sources()
        .iter()
        .filter(|f| !f.starts_with("src/bin/") && !f.ends_with("src/lib.rs"))
    {
        let wrong = against_the_arrow(module_of(file), &code(&read(file)));
        assert!(wrong.is_empty(), "{file} names {wrong:?}");
        checked += 1;
    }
    assert!(checked > 30, "only {checked} files");
}

#[test]
fn a_module_that_names_the_wrong_one_is_found() {
    assert_eq!(
        against_the_arrow("layout", "use crate::widget::Palette;"),
        ["widget::Palette"]
    );
    assert_eq!(
        against_the_arrow("layout", "use crate::civil::civil_from_days;"),
        Vec::<String>::new()
    );
    assert_eq!(
        against_the_arrow("layout", "use crate::data::Lang;"),
        ["data::Lang"]
    );
}

/// Crates that only some files may name.
const CRATES: [(&str, &[&str]); 11] = [
    ("wgpu", &["src/render/webgpu/"]),
    (
        "web_sys",
        &[
            "src/web/",
            "src/render/webgl2.rs",
            "src/render/webgpu/surface.rs",
            "src/render/webgpu/mod.rs",
        ],
    ),
    (
        "js_sys",
        &[
            "src/data/json/",
            "src/web/",
            "src/render/mod.rs",
            "src/render/webgl2.rs",
            "src/render/webgpu/",
        ],
    ),
    (
        "wasm_bindgen",
        &["src/web/", "src/render/webgl2.rs", "src/render/webgpu/"],
    ),
    ("serde_json", &["src/data/"]),
    ("csv_core", &["src/data/"]),
    ("typed_arena", &["src/data/value.rs"]),
    ("serde", &["src/data/json/", "src/protocol/", "src/web/"]),
    ("serde_wasm_bindgen", &["src/web/"]),
    ("tsify", &["src/protocol/"]),
    (
        "bytemuck",
        &[
            "compute/src/abi.rs",
            "compute/src/clip.rs",
            "src/render/",
            "src/protocol/",
        ],
    ),
];

fn forbidden_crates(file: &str, code: &str) -> Vec<&'static str> {
    CRATES
        .iter()
        .filter(|(name, homes)| {
            code.contains(&format!("{name}::")) && !homes.iter().any(|h| file.starts_with(h))
        })
        .map(|(name, _)| *name)
        .collect()
}

#[test]
fn crates_are_named_only_where_they_belong() {
    for file in &sources() {
        let wrong = forbidden_crates(file, &code(&read(file)));
        assert!(wrong.is_empty(), "{file} names {wrong:?}");
    }
    assert_eq!(
        forbidden_crates("compute/src/layout/mod.rs", "use wgpu::Device;"),
        ["wgpu"]
    );
}

/// Kernels without a CPU reference: `shaders/kernel/NAME.wgsl` and `compute/src/kernel/NAME.rs` come in
/// pairs.
fn without_reference(shaders: &[String], references: &[String]) -> Vec<String> {
    let names = |list: &[String], folder: &str, ending: &str| -> Vec<String> {
        list.iter()
            .filter_map(|f| {
                f.strip_prefix(folder)?
                    .strip_suffix(ending)
                    .map(str::to_string)
            })
            .filter(|n| n != "mod")
            .collect()
    };
    let (gpu, cpu) = (
        names(shaders, "shaders/kernel/", ".wgsl"),
        names(references, "compute/src/kernel/", ".rs"),
    );
    gpu.iter()
        .filter(|n| !cpu.contains(n))
        .chain(cpu.iter().filter(|n| !gpu.contains(n)))
        .cloned()
        .collect()
}

#[test]
fn every_kernel_has_its_reference() {
    assert_eq!(
        without_reference(&files("shaders/kernel"), &files("compute/src/kernel")),
        Vec::<String>::new()
    );
    let one = |name: &str| vec![name.to_string()];
    assert_eq!(
        without_reference(
            &one("shaders/kernel/cull.wgsl"),
            &one("compute/src/kernel/bin.rs")
        ),
        ["cull", "bin"]
    );
}

#[test]
fn the_crate_documentation_is_the_architecture_in_under_seventy_lines_and_short_tables() {
    let lib = read("src/lib.rs");
    let doc: Vec<&str> = lib.lines().filter(|l| l.starts_with("//!")).collect();
    let lines = doc
        .iter()
        .position(|line| line.contains("# Where to change what"))
        .expect("the table is in the documentation");
    assert!(lines < 70, "{lines} lines of architecture");
    // A table for each topic, short enough to be looked through.
    for topic in doc[lines..].split(|line| line.ends_with("| file | there |")) {
        assert!(topic.len() < 25, "{} lines: {topic:#?}", topic.len());
    }
    let compute = read("compute/src/lib.rs");
    for (at, (module, _)) in MAY_NAME.iter().enumerate() {
        let declared = if at < IN_COMPUTE { &compute } else { &lib };
        assert!(
            declared.contains(&format!("pub mod {module};")),
            "{module} is not declared"
        );
        assert!(
            doc.iter().any(|l| l.contains(&format!("`{module}`"))),
            "{module} is not in the documentation"
        );
    }
    let declared = lib
        .lines()
        .chain(compute.lines())
        .filter(|l| l.starts_with("pub mod "))
        .count();
    assert_eq!(
        declared,
        MAY_NAME.len(),
        "a module has no place on the arrow"
    );
}

/// Rows of "where to change what" that lead nowhere: no such file, or nothing of that name in it.
fn lost_rows(doc: &str) -> Vec<String> {
    let names = |row: &str| -> Vec<String> {
        let parts = row.split('`').skip(1).step_by(2);
        parts.map(str::to_string).collect()
    };
    // A private method of the host has a # before its name.
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '#';
    let leads = |row: &&str| {
        let [file, name] = &names(row)[..] else {
            return false;
        };
        root().join(file).is_file() && read(file).split(|c| !is_word(c)).any(|word| word == name)
    };
    let rows = doc
        .lines()
        .filter(|row| row.starts_with("//! | ") && row.contains('`'));
    rows.filter(|row| !leads(row)).map(str::to_string).collect()
}

#[test]
fn where_to_change_what_leads_somewhere() {
    let lib = read("src/lib.rs");
    let (_, table) = lib
        .split_once("# Where to change what")
        .expect("the table is in the documentation");
    assert!(table.matches("//! | ").count() > 30);
    assert_eq!(lost_rows(table), Vec::<String>::new());
    for lost in [
        "//! | a | `src/none.rs` | `lib` |",
        "//! | a | `src/lib.rs` | `nothing_of_that_name` |",
        "//! | a | `src/lib.rs` |",
    ] {
        assert_eq!(lost_rows(lost), [lost]);
    }
}

#[test]
fn every_source_file_says_first_what_it_is() {
    for file in &sources() {
        assert!(read(file).starts_with("//! "), "{file}");
    }
    // What an editor checks as it is typed; `make check` checks all of them. What is packed for npm is
    // text that tools/npm.mjs fills in.
    let scripts = files("www").into_iter().filter(|file| {
        file.ends_with(".js") && !file.starts_with("www/npm/") && !file.starts_with("www/pkg/")
    });
    for file in scripts {
        assert!(read(&file).starts_with("// @ts-check\n// "), "{file}");
    }
}

#[test]
fn nothing_has_to_be_kept_in_sync_by_hand_and_no_path_of_a_machine_is_committed() {
    let own = "tests/tidy.rs";
    let phrases = ["keep in sync", "kept in sync", "TODO", "FIXME"];
    let paths = ["/home/", "/root/", "/work/", "/tmp/"];
    let folders = [
        "compute", "src", "shaders", "tests", "tools", "www", "data", "benches",
    ];
    for file in folders
        .iter()
        .flat_map(|f| files(f))
        .filter(|f| f != own && !f.starts_with("www/pkg/"))
    {
        let Ok(text) = fs::read_to_string(root().join(&file)) else {
            continue;
        };
        for phrase in phrases.iter().chain(&paths) {
            assert!(!text.contains(phrase), "{file} has «{phrase}»");
        }
    }
}

#[test]
fn what_readers_download_builds_no_html_from_strings() {
    let sinks = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "DOMParser",
        "localStorage",
        "sessionStorage",
        "document.cookie",
    ];
    let mut checked = 0;
    for file in files("www")
        .iter()
        .filter(|f| f.ends_with(".js") && !f.starts_with("www/pkg/"))
    {
        let text = read(file);
        for sink in sinks {
            assert!(!text.contains(sink), "{file} has «{sink}»");
        }
        checked += 1;
    }
    assert!(checked > 5);
}

#[test]
fn every_heading_that_a_table_may_have_is_documented() {
    for (lang, document) in [("en", "docs/formats.md"), ("ko", "docs/formats.ko.md")] {
        let printed = Command::new(env!("CARGO_BIN_EXE_ai-atlas"))
            .args(["formats", lang])
            .output()
            .expect("the command line");
        let printed = String::from_utf8_lossy(&printed.stdout);
        assert!(
            printed == read(document),
            "{document} is not what `ai-atlas formats {lang}` prints"
        );
    }
}
