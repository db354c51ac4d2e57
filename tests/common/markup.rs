//! SVG for tests: drawn, and taken apart.
#![allow(dead_code, reason = "each test binary needs a part of it")]

use ai_atlas::render::svg::Paper;

/// Whether tags open and close in order; the names of all elements on the way.
pub(crate) fn elements(svg: &str) -> Result<Vec<String>, String> {
    let (mut open, mut seen) = (Vec::new(), Vec::new());
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag
            .split_once('>')
            .ok_or_else(|| format!("no end: {tag}"))?;
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or("")
            .to_string();
        if tag.starts_with('/') {
            if open.pop().as_ref() != Some(&name) {
                return Err(format!("{name} closes what is not open"));
            }
        } else {
            seen.push(name.clone());
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    if open.is_empty() {
        Ok(seen)
    } else {
        Err(format!("{open:?} stay open"))
    }
}

pub(crate) const WHOLE: Paper<'_> = Paper {
    bare: false,
    font: "",
};

pub(crate) const BARE: Paper<'_> = Paper {
    bare: true,
    font: "",
};
