//! Which parts of a source text are literals: strings, templates and regular expressions. No parser:
//! it knows quotes, comments and what may stand before a regular expression.

/// The columns of one line that lie in a literal, as (first, one past the last).
pub(crate) type Spans = Vec<(usize, usize)>;

/// For each line of a text the spans of its literals. `language` is the ending of the file.
pub(crate) fn literals(text: &str, language: &str) -> Vec<Spans> {
    let chars: Vec<char> = text.chars().collect();
    let mut scanner = Scanner {
        chars: &chars,
        language,
        at: 0,
    };
    let mut found = Vec::new();
    while scanner.at < chars.len() {
        let from = scanner.at;
        if scanner.literal() {
            found.push((from, scanner.at));
        } else if !scanner.comment() {
            scanner.at += 1;
        }
    }
    by_line(&chars, &found)
}

fn by_line(chars: &[char], found: &[(usize, usize)]) -> Vec<Spans> {
    let mut lines = vec![Vec::new()];
    let mut rest = found.iter().copied().peekable();
    let mut start = 0;
    for (at, _) in chars
        .iter()
        .chain(&['\n'])
        .enumerate()
        .filter(|(_, c)| **c == '\n')
    {
        while let Some((from, to)) = rest.peek().copied() {
            if from >= at {
                break;
            }
            if let Some(line) = lines.last_mut() {
                line.push((from.max(start) - start, to.min(at) - start));
            }
            if to > at {
                break;
            }
            rest.next();
        }
        start = at + 1;
        lines.push(Vec::new());
    }
    lines.pop();
    lines
}

struct Scanner<'a> {
    chars: &'a [char],
    language: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn char(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn script(&self) -> bool {
        matches!(self.language, "js" | "mjs" | "ts")
    }

    /// Moves behind a literal that begins here.
    fn literal(&mut self) -> bool {
        match (self.char(0), self.language) {
            ('r', "rs") => self.raw(),
            ('\'', "rs") => self.character(),
            ('"', _) if self.language != "wgsl" => self.until('"', true),
            ('\'', "sh") => self.until('\'', false),
            ('\'', "js" | "mjs" | "ts" | "css") => self.until('\'', true),
            ('`', _) if self.script() => self.template(),
            ('/', _) if self.script() => self.regular_expression(),
            _ => false,
        }
    }

    fn until(&mut self, end: char, escapes: bool) -> bool {
        self.at += 1;
        while self.at < self.chars.len() && self.char(0) != end {
            self.at += if escapes && self.char(0) == '\\' {
                2
            } else {
                1
            };
        }
        self.at += 1;
        true
    }

    /// `r"…"`, `r#"…"#`.
    fn raw(&mut self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.chars.get(at));
        let hashes = (1..).take_while(|ahead| self.char(*ahead) == '#').count();
        if before.is_some_and(|c| (c.is_alphanumeric() || *c == '_') && *c != 'b')
            || self.char(1 + hashes) != '"'
        {
            return false;
        }
        self.at += 2 + hashes;
        let ends = |at: usize| {
            self.chars.get(at) == Some(&'"')
                && (1..=hashes).all(|more| self.chars.get(at + more) == Some(&'#'))
        };
        let end = (self.at..self.chars.len()).find(|at| ends(*at));
        self.at = end.map_or(self.chars.len(), |at| at + 1 + hashes);
        true
    }

    /// `'a'` and not a lifetime.
    fn character(&mut self) -> bool {
        if self.char(1) == '\\' {
            return self.until('\'', true);
        }
        if self.char(2) != '\'' {
            return false;
        }
        self.at += 3;
        true
    }

    /// All of a template, with what stands in its holes.
    fn template(&mut self) -> bool {
        self.at += 1;
        let mut depth = 0;
        while self.at < self.chars.len() {
            match self.char(0) {
                '`' if depth == 0 => break,
                '`' => {
                    self.template();
                    continue;
                }
                '$' if self.char(1) == '{' && depth == 0 => {
                    depth = 1;
                    self.at += 1;
                }
                '{' if depth > 0 => depth += 1,
                '}' if depth > 0 => depth -= 1,
                '\\' => self.at += 1,
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
        true
    }

    /// Where a value is expected a `/` begins one.
    fn regular_expression(&mut self) -> bool {
        if matches!(self.char(1), '/' | '*') {
            return false;
        }
        let before = self.chars.get(..self.at).unwrap_or_default();
        let last = before.iter().rev().find(|c| !c.is_whitespace());
        if last.is_some_and(|c| !"(,=:[!&|?{};+<>".contains(*c)) {
            return false;
        }
        self.at += 1;
        let mut class = false;
        while self.at < self.chars.len() && self.char(0) != '\n' {
            match self.char(0) {
                '/' if !class => break,
                '[' => class = true,
                ']' => class = false,
                '\\' => self.at += 1,
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
        true
    }

    /// Moves behind a comment that begins here.
    fn comment(&mut self) -> bool {
        let line = match self.language {
            "sh" => {
                self.char(0) == '#'
                    && self
                        .at
                        .checked_sub(1)
                        .and_then(|at| self.chars.get(at))
                        .is_none_or(|c| c.is_whitespace())
            }
            "css" => false,
            _ => self.char(0) == '/' && self.char(1) == '/',
        };
        if line {
            while self.at < self.chars.len() && self.char(0) != '\n' {
                self.at += 1;
            }
            return true;
        }
        if self.language == "sh" || self.char(0) != '/' || self.char(1) != '*' {
            return false;
        }
        self.at += 2;
        while self.at < self.chars.len() && (self.char(0) != '*' || self.char(1) != '/') {
            self.at += 1;
        }
        self.at += 2;
        true
    }
}
