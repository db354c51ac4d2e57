//! `ai-atlas`: the library without a browser. `check FILE…` validates data files, `svg FILE
//! [KEY=VALUE …]` draws one, `html FILE [KEY=VALUE …]` makes a static figure of it, `table FILE
//! [LANG]` prints its HTML table, `fill PAGE DATA-FOLDER` prints a page with a table in place of
//! every `<!-- table:KIND -->`, `formats [ko|en]` prints the headings and units that are understood.

#[cfg(not(target_arch = "wasm32"))]
mod cli;
#[cfg(not(target_arch = "wasm32"))]
mod file;
#[cfg(not(target_arch = "wasm32"))]
mod formats;
#[cfg(not(target_arch = "wasm32"))]
mod html;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::run()
}

/// There is no command line in a browser, but cargo builds every program beside the tests that run
/// there.
#[cfg(target_arch = "wasm32")]
fn main() {}
