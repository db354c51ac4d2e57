//! What the documents name is there: files, names in them, targets of the Makefile.

use super::{files, read, root};
use std::path::Path;

/// The documents, from the root.
fn documents() -> Vec<String> {
    files("docs")
        .into_iter()
        .filter(|file| file.ends_with(".md"))
        .chain(["README.md", "CONTRIBUTING.md"].map(str::to_string))
        .collect()
}

/// What a document names that is not there: files that it links to and targets of the Makefile.
fn dead_references(file: &str, text: &str, makefile: &str) -> Vec<String> {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    let links = text.split("](").skip(1).filter_map(|rest| {
        let to = rest.split([')', '#']).next()?;
        let ours = !to.is_empty() && !to.contains(':');
        (ours && !root().join(folder).join(to).exists()).then(|| to.to_string())
    });
    let targets = text.split("`make ").skip(1).filter_map(|rest| {
        let target = rest.split(['`', ' ']).next()?;
        let there = target.contains('…') || makefile.contains(&format!("\n{target}:"));
        (!there).then(|| format!("make {target}"))
    });
    links.chain(targets).collect()
}

#[test]
fn what_the_documents_link_to_and_the_commands_that_they_name_are_there() {
    let makefile = read("Makefile");
    let all = documents();
    assert!(all.len() > 10, "{all:?}");
    for file in all {
        let dead = dead_references(&file, &read(&file), &makefile);
        assert!(dead.is_empty(), "{file}: {dead:?}");
    }
    let bad = "[a](nowhere.md#b) [c](https://example.org) [d](#e) `make nothing X=1` `make test`";
    assert_eq!(
        dead_references("docs/x.md", bad, &makefile),
        ["nowhere.md", "make nothing"]
    );
}

/// Whether a word in a document is the path of a file of ours; `NAME` stands for any.
fn is_path(word: &str) -> bool {
    let ours = |folder: &str| !folder.is_empty() && root().join(folder).is_dir();
    let stem = word
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .split('.')
        .next();
    word.split_once('/').is_some_and(|(folder, _)| ours(folder))
        && !word.contains([' ', '*', '<'])
        && word.contains('.')
        && !stem.is_some_and(|stem| stem.chars().all(char::is_uppercase))
}

/// Names that a document says are in a file and that are not, as «`NAME` of `file`» or, of several,
/// «`A` and `B` of `one`, `two` and `three`»; and files that are not there.
fn lost_names(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut lost = Vec::new();
    for line in text.lines() {
        let parts: Vec<&str> = line.split('`').collect();
        let (mut names, mut held): (Vec<&str>, bool) = (Vec::new(), false);
        for pair in parts.as_chunks::<2>().0 {
            let [before, word] = *pair;
            let goes_on = [", ", " and "].contains(&before);
            if !is_path(word) {
                if !goes_on || held {
                    names.clear();
                }
                names.push(word);
                held = false;
                continue;
            }
            held = before == " of " || goes_on && held;
            if !root().join(word).is_file() {
                lost.push(word.to_string());
            } else if held {
                let file = read(word);
                let gone = |name: &&&str| {
                    name.chars().all(is_word) && !file.split(|c| !is_word(c)).any(|w| w == **name)
                };
                lost.extend(
                    names
                        .iter()
                        .filter(gone)
                        .map(|name| format!("{name} of {word}")),
                );
            }
        }
    }
    lost
}

#[test]
fn names_that_a_document_says_are_in_a_file_are_there() {
    for file in documents() {
        assert_eq!(lost_names(&read(&file)), Vec::<String>::new(), "{file}");
    }
    let bad = "`KINDS` of `www/embed.js` and `www/builder.js`, `NONE` and `MENUS` of `www/builder/roles.js`\n\
               in `src/none.rs`, `lang/TAG.json`, `LINKS` of `src/data/table/chain.rs`";
    assert_eq!(
        lost_names(bad),
        [
            "KINDS of www/builder.js",
            "NONE of www/builder/roles.js",
            "src/none.rs"
        ]
    );
}

#[test]
fn the_readme_is_under_two_hundred_lines_and_every_document_is_in_it() {
    let readme = read("README.md");
    assert!(readme.lines().count() < 200);
    for file in documents().iter().filter(|f| f.starts_with("docs/")) {
        assert!(readme.contains(&format!("]({file})")), "{file}");
    }
}
