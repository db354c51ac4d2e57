//! Makes shader text small: what readers download is compressed, and names that are short compress best. Knows tokens, not grammar.

use std::collections::{BTreeMap, BTreeSet};

/// A word (name or number), a punctuation character, or a preprocessor line; `apart` when white space stood before it.
struct Token<'a> {
    text: &'a str,
    apart: bool,
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for line in source.lines() {
        let mut rest = line.split("//").next().unwrap_or_default();
        let mut apart = true;
        while let Some(first) = rest.chars().next() {
            let number = first.is_ascii_digit();
            let mut end = match first {
                '#' => rest.len(),
                _ if is_word(first) => rest.find(|c: char| !(is_word(c) || number && c == '.')).unwrap_or(rest.len()),
                _ => first.len_utf8(),
            };
            // 1e-6 is one word.
            if number && rest[..end].ends_with('e') && rest[end..].starts_with('-') {
                end += 1 + rest[end + 1..].find(|c: char| !is_word(c)).unwrap_or(rest.len() - end - 1);
            }
            if first.is_whitespace() {
                apart = true;
            } else {
                found.push(Token { text: &rest[..end], apart });
                apart = false;
            }
            rest = &rest[end..];
        }
    }
    found
}

fn joined<'a>(tokens: impl Iterator<Item = Token<'a>>) -> String {
    let mut text = String::new();
    for token in tokens {
        let (last, next) = (text.chars().last(), token.text.chars().next());
        if let (Some(last), Some(next)) = (last, next) {
            let words = is_word(last) && is_word(next);
            // Two operators must not become a third.
            let operators = token.apart && "+-<>=&|!/*".contains(last) && "+-<>=&|/*".contains(next);
            if next == '#' || (last != '\n' && (words || operators)) {
                text.push(if next == '#' { '\n' } else { ' ' });
            }
        }
        text.push_str(token.text);
        if token.text.starts_with('#') {
            text.push('\n');
        }
    }
    text
}

/// GLSL as naga writes it, without white space, and its numbered temporaries named anew in every function, so that functions look alike.
pub(crate) fn glsl(source: &str) -> String {
    let all = tokens(source);
    let mut depth = 0_i32;
    let mut names: BTreeMap<&str, String> = BTreeMap::new();
    let mut texts = Vec::with_capacity(all.len());
    for token in &all {
        depth += i32::from(token.text == "{") - i32::from(token.text == "}");
        if depth == 0 {
            names.clear();
        }
        let number = token.text.strip_prefix("_e").unwrap_or_default();
        let temporary = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let next = names.len();
        texts.push(if temporary { names.entry(token.text).or_insert_with(|| format!("_{}", short(next))).clone() } else { token.text.to_owned() });
    }
    joined(all.iter().zip(&texts).map(|(token, text)| Token { text, apart: token.apart }))
}

/// A, B, … Z, AA, AB, …
fn short(i: usize) -> String {
    let letter = |i: usize| char::from(b'A' + (i % 26) as u8);
    if i < 26 { letter(i).to_string() } else { format!("{}{}", letter(i / 26 - 1), letter(i)) }
}

/// WGSL with short names and without constants and structs that nothing uses. `kept` names stay: the entry points. What stands in `shared`
/// gets the same names in every shader that has it: what looks alike costs nothing.
pub(crate) fn wgsl(source: &str, shared: &str, kept: &[&str]) -> String {
    let all = tokens(source);
    let before_all = tokens(shared);
    let text = |at: usize| all.get(at).map_or("", |t| t.text);
    let uses = |name: &str| all.iter().filter(|t| t.text == name).count();

    // What is declared: after a keyword, or before a colon. A member is also what follows a dot.
    let (mut declared, mut members) = (BTreeSet::new(), BTreeSet::new());
    let mut inside_struct = false;
    let mut unused = vec![false; all.len()];
    for at in 0..all.len() {
        let word = text(at);
        if ["fn", "let", "const", "struct"].contains(&word) || (word == "var" && text(at + 1) != "<") {
            declared.insert(text(at + 1));
        }
        if word.starts_with(is_word) && text(at + 1) == ":" {
            declared.insert(word);
            if inside_struct {
                members.insert(word);
            }
        }
        let ends = match word {
            "const" => ";",
            "struct" => "}",
            _ => "",
        };
        inside_struct = (inside_struct || word == "struct") && word != "}";
        if !ends.is_empty() && uses(text(at + 1)) == 1 {
            let length = all[at..].iter().position(|t| t.text == ends).unwrap_or(0);
            unused[at..=at + length].fill(true);
        }
    }
    // Short names are not worth a shorter one, and might be a swizzle.
    declared.retain(|name| name.len() > 2 && !kept.contains(name));
    let mut by_use: Vec<_> = declared.into_iter().collect();
    let shared_uses = |name: &str| before_all.iter().filter(|t| t.text == name).count();
    by_use.sort_by_key(|name| std::cmp::Reverse((shared_uses(name), uses(name), std::cmp::Reverse(*name))));
    let names: BTreeMap<&str, String> = by_use.into_iter().enumerate().map(|(i, name)| (name, short(i))).collect();

    let renamed = all.iter().enumerate().filter(|(at, _)| !unused[*at]).map(|(at, token)| {
        let before = if at == 0 { "" } else { text(at - 1) };
        // A built-in value keeps its name: @builtin(vertex_index). After a dot stands a member or a swizzle.
        let attribute = before == "(" && at >= 2 && ["builtin", "interpolate"].contains(&text(at - 2));
        let renamed = names.get(token.text).filter(|_| !attribute && before != "@" && (before != "." || members.contains(token.text)));
        Token { text: renamed.map_or(token.text, String::as_str), apart: token.apart }
    });
    joined(renamed)
}
