//! A data file as an editor has it, JSON or CSV, and the line of it that an issue is about.

use ai_atlas::data::Lang;
use ai_atlas::error::{Code, Error, Issue};
use ai_atlas::text;
use ai_atlas::widget::{self, Widget};

/// A file that could be read.
pub(crate) struct Open {
    /// The widget that draws it, holding it.
    pub(crate) widget: Box<dyn Widget>,
    /// What was left out, with the line of the file it stands in.
    pub(crate) issues: Vec<(usize, Issue)>,
}

/// The kinds of files, in the order in which a JSON file is tried.
const KINDS: [&str; 3] = ["value-chain", "market-share", "funding-timeline"];
/// Headings that only a table of shares has; timelines have amounts.
const SHARES: [&str; 5] = ["value", "share", "값", "점유율", "비중"];

/// Opens a data file as whichever widget accepts it, or as the one that is named.
///
/// # Errors
/// A sentence in the language, with file and line.
pub(crate) fn open(file: &str, kind: Option<&str>, lang: Lang) -> Result<Open, String> {
    let bytes = std::fs::read(file).map_err(|e| format!("{file}: {e}"))?;
    let wrong = |error: &Error| {
        // `12:5` and `line 12` of a detail become the line that editors and terminals jump to.
        let line = error.detail().split_once(':').filter(|_| error.code() == "not-json").map(|(line, _)| line).or(error.detail().strip_prefix("line "));
        let line = line.filter(|line| line.parse::<usize>().is_ok()).map_or(String::new(), |line| format!("{line}:"));
        format!("{file}:{line} {}", text::error(error, lang))
    };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    if let Some(code) = foreign(bytes) {
        return Err(wrong(&Error::new(code, "")));
    }
    let is_table = match file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()) {
        Some(ending) if ending == "csv" || ending == "tsv" => true,
        Some(ending) if ending == "json" => false,
        // As for an address, what the file begins with decides.
        _ => !matches!(bytes.iter().find(|byte| !byte.is_ascii_whitespace()), Some(b'{' | b'[')),
    };
    let text = core::str::from_utf8(bytes).map_err(|error| wrong(&Error::new(Code::NotText, error.valid_up_to().to_string())))?;
    let table = if is_table { Some(table(text).map_err(|line| wrong(&Error::new(Code::BadTable, format!("line {line}"))))?) } else { None };
    let mut order: Vec<&str> = kind.map_or(KINDS.to_vec(), |kind| vec![kind]);
    if let Some(table) = &table
        && kind.is_none()
        && !table.head.iter().any(|name| SHARES.contains(&name.to_lowercase().as_str()))
    {
        order = vec!["value-chain", "funding-timeline", "market-share"];
    }
    let source = table.as_ref().map_or_else(|| text.to_string(), Lines::json);
    let mut last = format!("{file}: {}", kind.unwrap_or_default());
    for kind in order {
        let Some(mut widget) = widget::make(kind) else { continue };
        match widget.load(source.as_bytes(), is_table) {
            Ok(issues) => {
                let placed = |mut issue: Issue| match &table {
                    Some(table) => {
                        let line = table.line(&issue.place);
                        issue.place = format!("line {line}"); // the widget counts records
                        (line, issue)
                    }
                    None => (line_of(text, &issue.place, issue.field), issue),
                };
                return Ok(Open { issues: issues.into_iter().map(placed).collect(), widget });
            }
            Err(error) if error.code() == "wrong-kind" || (is_table && !error.detail().starts_with("line ")) => last = wrong(&error),
            Err(error) => return Err(wrong(&error)),
        }
    }
    Err(last)
}

/// What a file is that is neither JSON nor a table: as `www/host/input.js` tells it.
fn foreign(bytes: &[u8]) -> Option<Code> {
    // A ZIP archive, which is what `.xlsx` is, or what `.xls` was.
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Some(Code::Workbook);
    }
    let begin: Vec<u8> = bytes.trim_ascii_start().iter().take(15).map(u8::to_ascii_lowercase).collect();
    ([&b"<!doctype html"[..], b"<html", b"<head", b"<body", b"<!--"].iter().any(|tag| begin.starts_with(tag))).then_some(Code::WebPage)
}

/// The records of a table, and the line each begins in, counted from 1.
struct Lines {
    head: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
}

/// Reads CSV as `www/host/csv.js` does: RFC 4180, also with `;` or tab; what no quotation mark ends is an error, with its line.
fn table(text: &str) -> Result<Lines, usize> {
    // What stands in quotation marks separates nothing, be it a comma or the end of a line.
    let mut inside = false;
    let outside = |c: &char| {
        inside ^= *c == '"';
        !inside && *c != '"'
    };
    let first: String = text.trim_start_matches(['\r', '\n']).chars().filter(outside).take_while(|c| !matches!(c, '\r' | '\n')).collect();
    let comma = [',', ';', '\t'].into_iter().reduce(|a, b| if first.matches(b).count() > first.matches(a).count() { b } else { a }).unwrap_or(',');
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let mut chars = text.chars().peekable();
    let mut line = 1;
    while chars.peek().is_some() {
        let (begin, mut row) = (line, Vec::new());
        loop {
            let mut cell = String::new();
            if chars.next_if_eq(&'"').is_some() {
                loop {
                    match chars.next() {
                        Some('"') if chars.next_if_eq(&'"').is_none() => break,
                        Some(c) => {
                            line += usize::from(c == '\n');
                            cell.push(c);
                        }
                        None => return Err(begin),
                    }
                }
            }
            while let Some(c) = chars.next_if(|c| *c != comma && *c != '\n' && *c != '\r') {
                cell.push(c);
            }
            row.push(cell);
            if chars.next_if_eq(&comma).is_none() {
                break;
            }
        }
        let carriage = chars.next_if_eq(&'\r').is_some();
        line += usize::from(chars.next_if_eq(&'\n').is_some() || carriage);
        if row.len() > 1 || row.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push((begin, row));
        }
    }
    let mut rows = rows.into_iter();
    let head = rows.next().map_or(Vec::new(), |(_, row)| row.iter().map(|cell| cell.trim().to_string()).collect());
    Ok(Lines { head, rows: rows.collect() })
}

impl Lines {
    /// `{"head":[…],"rows":[[…]]}`.
    fn json(&self) -> String {
        let list = |cells: &[String]| format!("[{}]", cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
        let rows: Vec<String> = self.rows.iter().map(|(_, row)| list(row)).collect();
        format!("{{\"head\":{},\"rows\":[{}]}}", list(&self.head), rows.join(","))
    }

    /// The line of a place that counts records, `line 12`, the header being 1.
    fn line(&self, place: &str) -> usize {
        let record = place.strip_prefix("line ").and_then(|number| number.parse::<usize>().ok()).unwrap_or(1);
        record.checked_sub(2).and_then(|row| self.rows.get(row)).map_or(1, |(line, _)| *line)
    }
}

/// A text as JSON writes it; `<` is escaped too, so that it can stand in a page's script element.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '<' | '\0'..='\u{1F}' | '\u{2028}' | '\u{2029}' => out += &format!("\\u{:04x}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// The line of valid JSON in which a field of a place begins (`tables[3].items[0]`, `value`), counted from 1. A field that is not there is
/// looked for in the objects of its row, and then the row itself is the answer. `www/builder/lines.js` is the same; `tests/fixtures/lines.json` holds both to it.
pub(crate) fn line_of(text: &str, place: &str, field: &str) -> usize {
    let mut scan = Scan { text: text.as_bytes(), at: 0 };
    scan.space();
    'path: for step in place.split('.').filter(|step| !step.is_empty()) {
        let mut parts = step.split(['[', ']']).filter(|part| !part.is_empty());
        if !scan.member(parts.next().unwrap_or("")) {
            break;
        }
        for index in parts {
            if !index.parse().is_ok_and(|index| scan.element(index)) {
                break 'path;
            }
        }
    }
    let row = scan.at;
    if !field.is_empty() && !scan.member(field) {
        scan.at = row;
        scan.inside(field);
    }
    1 + scan.text.get(..scan.at).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count()
}

struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn now(&self) -> u8 {
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn space(&mut self) {
        while self.now().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    /// Passes a text; answers with what stands between its quotation marks.
    fn string(&mut self) -> &[u8] {
        let begin = self.at + 1;
        self.at = begin;
        while self.at < self.text.len() && self.now() != b'"' {
            self.at += if self.now() == b'\\' { 2 } else { 1 };
        }
        let end = self.at.min(self.text.len());
        self.at += 1;
        self.text.get(begin..end).unwrap_or_default()
    }

    /// Passes a value of any kind.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.text.len() {
            match self.now() {
                b'"' => {
                    self.string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return,
                b'}' | b']' => depth -= 1,
                b',' if depth == 0 => return,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// Goes through the members of the object that begins here, standing at each value; stops where `found` says so and answers whether it did.
    fn members(&mut self, mut found: impl FnMut(&mut Self, &[u8]) -> bool) -> bool {
        if self.now() != b'{' {
            return false;
        }
        self.at += 1;
        loop {
            self.space();
            if self.now() != b'"' {
                return false;
            }
            let key = self.string().to_vec();
            self.space();
            self.at += 1;
            self.space();
            if found(self, &key) {
                return true;
            }
            self.skip();
            self.space();
            if self.now() != b',' {
                return false;
            }
            self.at += 1;
        }
    }

    /// From an object to its member.
    fn member(&mut self, name: &str) -> bool {
        let begin = self.at;
        let found = self.members(|_, key| key == name.as_bytes());
        if !found {
            self.at = begin;
        }
        found
    }

    /// From an object to a member of one of its objects.
    fn inside(&mut self, name: &str) {
        let begin = self.at;
        if !self.members(|scan, _| scan.member(name)) {
            self.at = begin;
        }
    }

    /// From a list to its element.
    fn element(&mut self, index: usize) -> bool {
        let begin = self.at;
        if self.now() == b'[' {
            self.at += 1;
            for _ in 0..index {
                self.skip();
                if self.now() != b',' {
                    self.at = begin;
                    return false;
                }
                self.at += 1;
            }
            self.space();
            return true;
        }
        false
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_lines_that_the_fixture_says() {
        // A case a line: place, field, line, text with ¶ for the end of a line.
        let cases: Vec<&str> = include_str!("../../../tests/fixtures/lines.tsv").lines().skip(1).collect();
        assert!(cases.len() > 10);
        for case in cases {
            let [place, field, line, text] = *case.split('\t').collect::<Vec<_>>() else { panic!("{case}") };
            assert_eq!(line_of(&text.replace('¶', "\n"), place, field), line.parse::<usize>().unwrap(), "{case}");
        }
    }

    #[test]
    fn records_keep_their_lines_across_empty_lines_and_lines_in_cells() {
        let lines = table("label,value\r\n\r\nA,1\r\n\"B\r\nb\",2\nC,\"3\"\"\"\n").unwrap();
        assert_eq!(lines.head, ["label", "value"]);
        assert_eq!(
            lines.rows.iter().map(|(line, row)| (*line, row.join("|"))).collect::<Vec<_>>(),
            [(3, "A|1".to_string()), (4, "B\r\nb|2".to_string()), (6, "C|3\"".to_string())]
        );
        assert_eq!((lines.line("line 2"), lines.line("line 4"), lines.line("line 9")), (3, 6, 1));
        assert_eq!(table("a,b\nc,\"d\n\n").err(), Some(2));
        assert_eq!(table("a;b\n1,5;2").unwrap().rows[0].1, ["1,5", "2"]);
    }

    #[test]
    fn what_stands_in_quotation_marks_separates_nothing() {
        let lines = table("\"value (US$, bn, est.)\";\"label\"\n10;A").unwrap();
        assert_eq!(
            (lines.head, lines.rows[0].1.clone()),
            (vec!["value (US$, bn, est.)".to_string(), "label".to_string()], vec!["10".to_string(), "A".to_string()])
        );
        assert_eq!(table("\"a\nb, c\";d\n1;2").unwrap().head, ["a\nb, c", "d"]);
    }

    #[test]
    fn a_workbook_and_a_web_page_are_called_so() {
        for (bytes, words) in [
            (&b"PK\x03\x04\x14\0"[..], "This is an Excel workbook"),
            (b"\xD0\xCF\x11\xE0\xA1", "This is an Excel workbook"),
            (b"\n<!DOCTYPE html><html>", "answers with a web page"),
        ] {
            let file = std::env::temp_dir().join(format!("ai-atlas-{}-{}.csv", std::process::id(), words.len()));
            std::fs::write(&file, bytes).unwrap();
            let said = open(&file.to_string_lossy(), None, Lang::En).err().unwrap();
            std::fs::remove_file(&file).unwrap();
            assert!(said.contains(words), "{said}");
        }
        assert_eq!(foreign(b"label,value\nPK,1"), None);
    }
}
