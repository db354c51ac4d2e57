//! Phrases that all widgets use: citations, dates, statuses, lists. Not here: numbers, money and
//! languages (`text`).

use super::{Citation, Table};
use crate::data::{Cite, Lang, Source, Status, UNNAMED, When};
use crate::text::{self, also, append, push, say};

/// A citation in one line: who, when, where in the document, after whom.
pub(super) fn cite(cite: &Cite, sources: &[Source], lang: Lang) -> Citation {
    let Some(source) = sources.get(cite.source) else {
        return Citation::default();
    };
    let publisher = source.publisher.get(lang);
    let mut text = String::from(if publisher.is_empty() {
        source.title.get(lang)
    } else {
        publisher
    });
    append(&mut text, ", ", &source.date);
    append(&mut text, ", ", &cite.locator);
    if let Some(outside) = &cite.attributed_to {
        push(&mut text, lang, " (원자료: {0})| (data: {0})", &[outside]);
    }
    if cite.title_only {
        text.push_str(say(
            lang,
            " — 참고 문헌 제목에만 나옴| — only in the title of a cited item",
        ));
    }
    Citation {
        text,
        url: source.url.clone(),
    }
}

/// Citations, a line each.
pub(super) fn cites(list: &[Cite], sources: &[Source], lang: Lang) -> Vec<Citation> {
    let mut lines = Vec::new();
    for one in list {
        lines.push(cite(one, sources, lang));
    }
    lines
}

/// Citations in one cell of the table.
pub(super) fn cites_cell(list: &[Cite], sources: &[Source], lang: Lang) -> String {
    let mut cell = String::new();
    for one in list {
        append(&mut cell, say(lang, "; |; "), cite(one, sources, lang).text);
    }
    cell
}

/// The date in words; nothing where there is none.
pub(super) fn date_words(when: Option<When>, lang: Lang) -> String {
    when.map_or(String::new(), |when| text::when(&when, lang))
}

/// The status in words; «reported» where nothing else is to be said.
pub(super) fn status_words(status: &Status, lang: Lang) -> Vec<String> {
    let mut words = text::status(status, lang);
    if words.is_empty() {
        words.push(text::reported(lang));
    }
    words
}

/// The status as it is said of a stop of the keyboard: a number that is reported as it stands needs
/// no word.
pub(super) fn reservations(mut words: Vec<String>, lang: Lang) -> String {
    let plain = text::reported(lang);
    words.retain(|word| *word != plain);
    let mut line = String::new();
    for word in &words {
        also(&mut line, lang, trim_signs(word));
    }
    line
}

/// Without the signs that words beside it say as well.
pub(super) fn trim_signs(text: &str) -> &str {
    text.trim_matches(['≈', '≥', '≤', '>', '<', '†', ' '])
}

/// The place of the largest; none of several that are equally large.
pub(super) fn lone_largest(sizes: &[f64]) -> Option<usize> {
    let (mut largest, mut max) = (None, 0.0);
    for (at, &size) in sizes.iter().enumerate() {
        if size > max {
            (largest, max) = (Some(at), size);
        } else if size == max {
            largest = None;
        }
    }
    largest
}

/// A figure with the marks of its status: a bound or ≈ before it, † after a disputed one.
pub(super) fn marked(figure: &str, status: &Status, lang: Lang) -> String {
    let words = match status.bound {
        1 => "≥ {0}{1}",
        2.. => "> {0}{1}",
        -1 => "≤ {0}{1}",
        ..=-2 => "< {0}{1}",
        0 if status.approx => "≈ {0}{1}",
        0 => "{0}{1}",
    };
    text::fill(
        lang,
        words,
        &[figure, if status.disputed { "†" } else { "" }],
    )
}

/// The last row of a table that does not have all rows: how many it has.
pub(super) fn cut_row(table: &mut Table, all: usize, lang: Lang) {
    let rows = table.rows.len();
    if rows < all {
        let counts = [text::count(all, lang), text::count(rows, lang)];
        let [all, rows] = &counts;
        table.row();
        table.cell(text::fill(
            lang,
            "모두 {0}줄 가운데 처음 {1}줄|The first {1} of {0} rows",
            &[all, rows],
        ));
        for _ in 1..table.head.len() {
            table.cell("");
        }
    }
}

/// A name of a dictionary, or words for rows that have none.
pub(super) fn given(name: &str, lang: Lang) -> &str {
    if name == UNNAMED {
        say(lang, "미기재|Not given")
    } else {
        name
    }
}

/// A list of equals.
pub(super) fn joined(words: &[String], lang: Lang) -> String {
    let mut line = String::new();
    for word in words {
        also(&mut line, lang, word);
    }
    line
}

/// How near the view is, at the end of the status.
pub(super) fn nearness(status: &mut String, near: f64, lang: Lang) {
    let percent = text::count((near * 100.0).round() as usize, lang);
    also(
        status,
        lang,
        text::fill(lang, "{0}%로 확대|zoomed to {0}%", &[&percent]),
    );
}
