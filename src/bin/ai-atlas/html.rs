//! A picture as a static `<figure>`: SVG or the address of an image, words, sources, the table,
//! JSON-LD. No script runs in it, and it needs no style.

use ai_atlas::data::Lang;
use ai_atlas::text;
use ai_atlas::widget::{Citation, Figure, Table};

use crate::file::quoted;

/// What the editor adds to the picture.
#[derive(Default)]
pub(crate) struct Wishes {
    /// Address of the uploaded image; without it the SVG stands in the figure.
    pub(crate) image: Option<String>,
    /// Address of one for narrow screens: `html FILE width=360` and the like have letters that can
    /// be read there.
    pub(crate) phone: Option<String>,
    /// Words for those who do not see the picture; without them those of the data.
    pub(crate) alt: Option<String>,
}

/// The figure. `svg` is its picture alone, without words around it.
pub(crate) fn figure(
    picture: &Figure,
    table: &Table,
    svg: &str,
    lang: Lang,
    wishes: &Wishes,
) -> String {
    let code = lang.code();
    let alt = wishes.alt.clone().unwrap_or_else(|| alt(picture, lang));
    let mut out = format!(
        "<figure class=\"ai-atlas\" lang=\"{code}\">\n<figcaption>\n<p><strong>{}</strong></p>\n",
        escape(&picture.title)
    );
    for line in lines(picture).into_iter().skip(1) {
        out += &format!("<p>{}</p>\n", escape(line));
    }
    out += "</figcaption>\n";
    out += &image(svg, &picture.title, &alt, wishes);
    let howto = if picture.howto.is_empty() {
        String::new()
    } else {
        text::fill(lang, "읽는 법: {0}|How to read: {0}", &[&picture.howto])
    };
    for note in core::iter::once(&howto)
        .chain(&picture.notes)
        .filter(|note| !note.is_empty())
    {
        out += &format!("<p><small>{}</small></p>\n", escape(note));
    }
    out += &format!(
        "<details>\n<summary>{}</summary>\n{}\n</details>\n",
        text::say(lang, "데이터를 표로 보기|The data as a table"),
        rows(table)
    );
    let sources: Vec<String> = picture.sources.iter().map(link).collect();
    if !sources.is_empty() {
        out += &format!(
            "<p><small>{}{}</small></p>\n",
            text::say(lang, "출처: |Source: "),
            sources.join(" · ")
        );
    }
    if !picture.credit.is_empty() {
        out += &format!("<p><small>{}</small></p>\n", escape(&picture.credit));
    }
    out + &format!(
        "<script type=\"application/ld+json\">{}</script>\n</figure>\n",
        dataset(picture, &alt, code)
    )
}

/// What the picture says, the title first, nothing twice.
fn lines(picture: &Figure) -> Vec<&str> {
    let mut said: Vec<&str> = Vec::new();
    for line in [&picture.title, &picture.takeaway, &picture.subline] {
        // A file without a title of its own leaves the dot that would follow it.
        let line = line.trim_start_matches([' ', '·']);
        if !line.is_empty() && !said.contains(&line) {
            said.push(line);
        }
    }
    said
}

/// Words for those who do not see the picture, as far as the data says them.
pub(crate) fn alt(picture: &Figure, lang: Lang) -> String {
    let ended = |line: &str| {
        let mut line = line.to_string();
        text::stop(&mut line, lang);
        line
    };
    lines(picture)
        .into_iter()
        .map(ended)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The SVG in the width of the column, named for those who do not see it, or an image element of
/// its size.
fn image(svg: &str, title: &str, alt: &str, wishes: &Wishes) -> String {
    let (tag, rest) = svg.split_once('>').unwrap_or((svg, ""));
    let sized = |name: &str| {
        let (_, value) = tag.split_once(&format!(" {name}=\""))?;
        value.split_once('"').map(|(value, _)| value.to_string())
    };
    let Some(address) = &wishes.image else {
        if svg.is_empty() {
            return String::new(); // there is nothing to show, or far too much
        }
        // Without a height of its own it keeps its proportions in any column.
        let size = |name| sized(name).map_or(String::new(), |value| format!(" {name}=\"{value}\""));
        let fluid =
            tag.replacen(&size("height"), "", 1)
                .replacen(&size("width"), " width=\"100%\"", 1);
        return format!(
            "{fluid}>\n<title>{}</title>\n<desc>{}</desc>{rest}",
            escape(title),
            escape(alt)
        );
    };
    // Whole numbers: what HTML takes as the size that keeps the page from jumping.
    let whole = |name| {
        sized(name)
            .and_then(|value| value.parse::<f32>().ok())
            .unwrap_or(0.0)
            .round()
    };
    let image = format!(
        "<img src=\"{}\" alt=\"{}\" width=\"{}\" height=\"{}\" loading=\"lazy\">\n",
        escape(address),
        escape(alt),
        whole("width"),
        whole("height")
    );
    match &wishes.phone {
        Some(phone) => format!(
            "<picture>\n<source media=\"(max-width: 479px)\" srcset=\"{}\">\n{image}</picture>\n",
            escape(phone)
        ),
        None => image,
    }
}

fn link(reference: &Citation) -> String {
    let text = escape(&reference.text);
    match &reference.url {
        Some(url) => format!(
            "<a href=\"{}\" rel=\"noopener noreferrer nofollow\">{text}</a>",
            escape(url)
        ),
        None => text,
    }
}

/// schema.org's Dataset: what search engines read. Only what the file says.
fn dataset(picture: &Figure, description: &str, lang: &str) -> String {
    let mut out = format!(
        "{{\"@context\":\"https://schema.org\",\"@type\":\"Dataset\",\"name\":{},\"description\":{},\"inLanguage\":\"{lang}\"",
        quoted(&picture.title),
        quoted(description)
    );
    let works: Vec<String> = picture
        .sources
        .iter()
        .map(|source| {
            let url = source
                .url
                .as_ref()
                .map_or(String::new(), |url| format!(",\"url\":{}", quoted(url)));
            format!(
                "{{\"@type\":\"CreativeWork\",\"name\":{}{url}}}",
                quoted(&source.text)
            )
        })
        .collect();
    if !works.is_empty() {
        out += &format!(",\"isBasedOn\":[{}]", works.join(","));
    }
    if !picture.credit.is_empty() {
        out += &format!(",\"creditText\":{}", quoted(&picture.credit));
    }
    out + "}"
}

/// Text that stands in HTML, in an attribute too.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A table as HTML.
pub(crate) fn rows(table: &Table) -> String {
    let mut out = format!(
        "<table><caption>{}</caption><thead><tr>",
        escape(&table.caption)
    );
    for cell in &table.head {
        out += &format!("<th scope=\"col\">{}</th>", escape(cell));
    }
    out += "</tr></thead><tbody>\n";
    for row in &table.rows {
        out += "<tr>";
        for cell in row {
            out += &format!("<td>{}</td>", escape(cell));
        }
        out += "</tr>\n";
    }
    out + "</tbody></table>"
}
