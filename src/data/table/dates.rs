//! Dates of tables, to the texts that `data::calendar` reads: `2024`, `2024-Q3`, `2024-05`,
//! `2024-05-13`, each also with `~` for «about» and `-` before the year for BC. Nothing is guessed:
//! neither a century, nor which of two numbers is the month.

use super::spans;
use super::units::{has, is_letter, lists, plain};

/// Which number of `05/03/2024` comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

/// What a cell that should be a date holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A date, and the last part of a period that no single date names: `2024년 상반기` is from
    /// `2024-01` to `2024-06`.
    Date(String, Option<String>),
    /// Two dates, the first if the day comes first.
    Doubtful(String, String),
    /// Nothing, or a word for a date that nobody knows.
    Unknown,
    /// Anything else.
    NoDate,
    /// A date whose year has two digits and thus no century.
    ShortYear,
    /// A date of which a part was not understood: `2024년 말`, `spring 2024`.
    Coarse(String),
}

/// Beyond this many bytes a text is a sentence.
const MAX_BYTES: usize = 80;

const UNKNOWN: &str = "-|--|–|—|―|.|…|...|?|n/a|n.a.|na|#n/a|nan|null|none|unknown|미정|미상|불명|추후 공개|tbd|tba|tbc|未定|不明";
const ABOUT: &str = "~|≈|약|대략|約|about |approx. |around |circa |ca. |c. ";
const ABOUT_AFTER: &str = "경|쯤|무렵|頃|ごろ";
const BC_BEFORE: &str = "기원전|紀元前";
const BC_AFTER: &str = "bce|bc|b.c.e.|b.c.";

const MONTHS: &str =
    "january|february|march|april|may|june|july|august|september|october|november|december";
/// Years of dates in one number, `20240513`: beyond them it is a number.
const LIKELY_YEARS: core::ops::Range<u32> = 1500..2200;

/// Words that say nothing of a date.
const IDLE: &str = "mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|st|nd|rd|th";
/// Days of the week in brackets behind a date.
const WEEKDAYS: &str = "월화수목금토일月火水木金土日";

/// The parts of a Korean or Japanese date, and the letters for them in a form.
const PARTS: &[(&str, &str)] = &[
    ("년", "y"),
    ("年", "y"),
    ("월", "m"),
    ("月", "m"),
    ("일", "d"),
    ("日", "d"),
    ("분기", "Q"),
    ("四半期", "Q"),
    ("상반기", "a"),
    ("하반기", "b"),
    ("제", ""),
    ("第", ""),
];

/// The number of a month by its English name.
pub(super) fn month(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let named = |name: &&str| {
        **name == word
            || word.len() == 3 && name.starts_with(&word)
            || *name == "september" && word == "sept"
    };
    (1..)
        .zip(MONTHS.split('|'))
        .find(|(_, name)| named(name))
        .map(|(number, _)| number)
}

/// The order that the dates of a column prove. `None` where none does, or two prove two.
pub fn order<'a>(cells: impl Iterator<Item = &'a str>) -> Option<Order> {
    let (mut day, mut month) = (false, false);
    // Most cells are no dates, and need not be taken apart.
    let marked = |text: &&str| {
        let mark = |b: u8| b >= 0x80 || b"/-.".contains(&b);
        (8..=MAX_BYTES).contains(&text.len()) && text.bytes().any(mark)
    };
    for text in cells.filter(marked) {
        if let Some((first, second, _)) = Form::of(split_time(&simple(text)).0).numeric() {
            day |= (13..=31).contains(&first) && second <= 12;
            month |= (13..=31).contains(&second) && first <= 12;
        }
    }
    match (day, month) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// Reads a cell, in a column whose [`order`] may be known.
pub fn date(text: &str, order: Option<Order>) -> Reading {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return Reading::NoDate;
    }
    let text = simple(text);
    if text.is_empty() || lists(UNKNOWN, &text) {
        return Reading::Unknown;
    }
    // The first year of an era has no number: `令和元年`.
    if !text.bytes().any(|b| b.is_ascii_digit()) && !has(&text, '元') {
        return Reading::NoDate;
    }
    let (text, about) = about(spans::without_note(&text));
    let reading = before_christ(text)
        .or_else(|| spans::span(text, order))
        .unwrap_or_else(|| whole(text, order));
    let mark = |text: String| {
        if about { ["~", &text].concat() } else { text }
    };
    match reading {
        Reading::Date(from, to) => Reading::Date(mark(from), to.map(mark)),
        Reading::Doubtful(one, other) => Reading::Doubtful(mark(one), mark(other)),
        Reading::Coarse(date) => Reading::Coarse(mark(date)),
        other => other,
    }
}

/// Reads a date in three columns; the month is a number or a name. Day and month may be empty.
pub fn parts(year: &str, month_text: &str, day: &str) -> Reading {
    let year = match date(year, None) {
        Reading::Date(year, None) if is_year(&year) => year,
        Reading::Unknown => return Reading::Unknown,
        Reading::ShortYear => return Reading::ShortYear,
        _ if year.trim().len() == 2 && year.trim().bytes().all(|b| b.is_ascii_digit()) => {
            return Reading::ShortYear;
        }
        _ => return Reading::NoDate,
    };
    let number = |text: &str, ends: &[char]| -> Option<u32> {
        let text = plain(text);
        let digits = text.trim_end_matches(ends).trim();
        let sound = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        sound.then(|| whole_number(digits))
    };
    let open = |text: &str| text.trim().is_empty() || lists(UNKNOWN, text.trim());
    let found = number(month_text, &['월', '月'])
        .or_else(|| month(plain(month_text).trim_end_matches('.')));
    match (found, number(day, &['일', '日'])) {
        (None, None) if open(month_text) && open(day) => Reading::Date(year, None),
        (Some(month @ 1..=12), None) if open(day) => {
            Reading::Date([&year, "-", &figures(month, 2)].concat(), None)
        }
        (Some(month @ 1..=12), Some(day @ 1..=31)) => Reading::Date(
            [&year, "-", &figures(month, 2), "-", &figures(day, 2)].concat(),
            None,
        ),
        _ => Reading::NoDate,
    }
}

/// Whether a text is a year and no more.
fn is_year(text: &str) -> bool {
    let text = text.strip_prefix('~').unwrap_or(text);
    let text = text.strip_prefix('-').unwrap_or(text);
    text.len() == 4
}

/// A text in small letters, its signs in one form each.
fn simple(text: &str) -> String {
    plain(text).trim().to_ascii_lowercase()
}

/// A text without «about», and whether it had it.
fn about(text: &str) -> (&str, bool) {
    let front = ABOUT.split('|').find_map(|word| text.strip_prefix(word));
    let back = || {
        ABOUT_AFTER
            .split('|')
            .find_map(|word| text.strip_suffix(word))
    };
    front
        .or_else(back)
        .map_or((text, false), |rest| (rest.trim(), true))
}

/// A year before Christ: 44 BC is the year -43 of astronomers, who have a year 0.
fn before_christ(text: &str) -> Option<Reading> {
    let front = BC_BEFORE
        .split('|')
        .find_map(|word| text.strip_prefix(word));
    let back = || BC_AFTER.split('|').find_map(|word| text.strip_suffix(word));
    let year = front.or_else(back)?.trim();
    let digits = year.trim_end_matches(['년', '年']).trim();
    let sound = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    Some(match whole_number(digits) {
        year @ 1.. if sound => Reading::Date(year_text(year - 1, year > 1), None),
        _ => Reading::NoDate,
    })
}

/// The number of a text of digits; what has more of them than a date does is no matter.
pub(super) fn whole_number(digits: &str) -> u32 {
    digits.bytes().fold(0, |number: u32, digit| {
        let digit = u32::from(digit.wrapping_sub(b'0'));
        number.wrapping_mul(10).wrapping_add(digit)
    })
}

/// The last so many digits of a number.
pub(super) fn figures(number: u32, digits: u32) -> String {
    let digit = |at: u32| char::from_digit(number / 10_u32.pow(at) % 10, 10);
    (0..digits).rev().filter_map(digit).collect()
}

fn year_text(year: u32, negative: bool) -> String {
    [if negative { "-" } else { "" }, &figures(year, 4)].concat()
}

/// A text without its time of day, and that: `T09:30`. Midnight behind a space is what spreadsheets
/// write behind dates.
fn split_time(text: &str) -> (&str, String) {
    let found = || {
        let (before, _) = text.split_once(':')?;
        let at = before.rfind(['t', ' '])?;
        let (day, time) = text.split_at_checked(at)?;
        let clock = time.get(1..)?.to_ascii_uppercase();
        let sound = clock.starts_with(|c: char| c.is_ascii_digit())
            && clock.bytes().all(|b| b"0123456789:.+-Z".contains(&b));
        let midnight = time.starts_with(' ') && clock.bytes().all(|b| b"0:.".contains(&b));
        sound.then(|| {
            let time = if midnight {
                String::new()
            } else {
                ["T", &clock].concat()
            };
            (day.trim_end(), time)
        })
    };
    found().unwrap_or((text, String::new()))
}

/// Reads a date that may have a time.
pub(super) fn whole(text: &str, order: Option<Order>) -> Reading {
    let (day, time) = split_time(text);
    let negative = day.strip_prefix('-');
    let form = Form::of(negative.unwrap_or(day));
    if negative.is_some() && !form.letters.starts_with('Y') {
        return Reading::NoDate;
    }
    let timed = |date: String| [date.as_str(), &time].concat();
    match form.read(negative.is_some(), order) {
        reading if day.len() == text.len() => reading,
        // Only a day has a time.
        Reading::Date(from, None)
            if from.matches('-').count() == 2 + usize::from(negative.is_some()) =>
        {
            Reading::Date(timed(from), None)
        }
        Reading::Doubtful(one, other) => Reading::Doubtful(timed(one), timed(other)),
        Reading::ShortYear => Reading::ShortYear,
        _ => Reading::NoDate,
    }
}

/// What a date is made of: `Y` a number of four digits, `n` of one or two, `S` of six, `E` of eight,
/// `M` the name of a month, `Q` and `H` quarter and half, `y`, `m` and `d` their words in Korean and
/// Japanese, `a` and `b` the halves; joints as they stand, `X` what is no part of a date.
#[derive(Default)]
struct Form {
    letters: String,
    numbers: Vec<u32>,
    month: u32,
}

impl Form {
    fn of(text: &str) -> Self {
        let mut form = Self::default();
        let mut rest = without_weekday(text).trim();
        while let Some(first) = rest.chars().next() {
            let same = |c: char| {
                if first.is_ascii_digit() {
                    c.is_ascii_digit()
                } else {
                    is_letter(c) && c.is_ascii() == first.is_ascii()
                }
            };
            let after = rest.trim_start_matches(same);
            let (token, after) = if after.len() < rest.len() {
                (rest.strip_suffix(after).unwrap_or_default(), after)
            } else {
                rest.split_at_checked(first.len_utf8()).unwrap_or_default()
            };
            form.add(first, token);
            rest = after.trim_start();
        }
        // `2024. 3. 5.` ends with a point as each part does.
        if form.letters.starts_with("Y.") && form.letters.ends_with('.') {
            form.letters.pop();
        }
        form
    }

    fn add(&mut self, first: char, token: &str) {
        if first.is_ascii_digit() {
            self.letters.push(match token.len() {
                1 | 2 => 'n',
                4 => 'Y',
                6 => 'S',
                8 => 'E',
                _ => 'X',
            });
            self.numbers.push(whole_number(token));
        } else if let Some(month) = month(token) {
            self.letters.push('M');
            self.month = month;
        } else if lists("q|h", token) {
            self.letters.push_str(&token.to_ascii_uppercase());
        } else if is_letter(first) && !first.is_ascii() {
            self.eastern(token);
        } else if first == '.' && self.letters.ends_with('M') || first == ',' || lists(IDLE, token)
        {
            // `Mar.`, `Tue, 5th`.
        } else {
            self.letters
                .push(if has("-./'", first) { first } else { 'X' });
        }
    }

    fn eastern(&mut self, token: &str) {
        let mut rest = token;
        while !rest.is_empty() {
            let part = PARTS
                .iter()
                .find_map(|(word, letter)| Some((*letter, rest.strip_prefix(word)?)));
            let (letter, after) = part.unwrap_or(("X", ""));
            self.letters.push_str(letter);
            rest = after;
        }
    }

    /// The numbers of `05/03/2024`.
    fn numeric(&self) -> Option<(u32, u32, u32)> {
        match (self.letters.as_str(), self.numbers.as_slice()) {
            ("n/n/Y" | "n-n-Y" | "n.n.Y", [first, second, year]) => Some((*first, *second, *year)),
            _ => None,
        }
    }

    fn read(&self, negative: bool, order: Option<Order>) -> Reading {
        let year = |y: u32| year_text(y, negative);
        let month = |y: u32, m: u32| match m {
            1..=12 => Reading::Date([&year(y), "-", &figures(m, 2)].concat(), None),
            _ => Reading::NoDate,
        };
        let day = |y: u32, m: u32, d: u32| match (m, d) {
            (1..=12, 1..=31) => Reading::Date(
                [&year(y), "-", &figures(m, 2), "-", &figures(d, 2)].concat(),
                None,
            ),
            _ => Reading::NoDate,
        };
        let quarter = |y: u32, q: u32| match q {
            1..=4 => Reading::Date([&year(y), "-Q", &figures(q, 1)].concat(), None),
            _ => Reading::NoDate,
        };
        let half = |y: u32, h: u32| {
            let (from, to) = match h {
                1 => ("01", "06"),
                2 => ("07", "12"),
                _ => return Reading::NoDate,
            };
            let part = |month: &str| [&year(y), "-", month].concat();
            Reading::Date(part(from), Some(part(to)))
        };
        // The letters say how many numbers there are, and of what length.
        let mut numbers = self.numbers.iter().copied();
        let (one, two, three) = (numbers.next(), numbers.next(), numbers.next());
        let (one, two) = (one.unwrap_or(0), two.unwrap_or(0));
        let is = |forms: &str| forms.split('|').any(|form| form == self.letters);
        if is("Y|Yy") {
            Reading::Date(year(one), None)
        } else if is("Y-n|Y.n|Y/n|Yn|Yynm|Yyn") {
            month(one, two)
        } else if is("n/Y|n-Y") {
            month(two, one)
        } else if is("Y-n-n|Y.n.n|Y/n/n|Ynn|Yynmnd") {
            day(one, two, three.unwrap_or(0))
        } else if is("MY|M-Y|M/Y|YM|Y-M") {
            month(one, self.month)
        } else if is("nMY|n-M-Y|n/M/Y|MnY|M-n-Y") {
            day(two, self.month, one)
        } else if is("YMn|Y-M-n") {
            day(one, self.month, two)
        } else if is("QnY|Qn-Y|Qn/Y|nQY|nQ-Y|nQ/Y") {
            quarter(two, one)
        } else if is("YQn|Y-Qn|Y.Qn|Y/Qn|YnQ|Y-nQ|Y.nQ|Y/nQ|YynQ") {
            quarter(one, two)
        } else if is("HnY|Hn-Y|Hn/Y|nHY|nH-Y|nH/Y") {
            half(two, one)
        } else if is("YHn|Y-Hn|Y.Hn|Y/Hn|YnH|Y-nH") {
            half(one, two)
        } else if is("Yya|Ya") {
            half(one, 1)
        } else if is("Yyb|Yb") {
            half(one, 2)
        } else if is("S") {
            // `200112` is December 2001 or a day of January 20.
            match (one / 100 % 100, one % 100) {
                (1..=12, 1..=31) => Reading::ShortYear,
                _ if LIKELY_YEARS.contains(&(one / 100)) => month(one / 100, one % 100),
                _ => Reading::NoDate,
            }
        } else if is("E") && LIKELY_YEARS.contains(&(one / 10_000)) {
            day(one / 10_000, one / 100 % 100, one % 100)
        } else {
            self.two_ways(order, &day)
        }
    }

    /// Reads `05/03/2024`, and what has no century.
    fn two_ways(&self, order: Option<Order>, day: &dyn Fn(u32, u32, u32) -> Reading) -> Reading {
        if let Some((first, second, year)) = self.numeric() {
            let readings = (day(year, second, first), day(year, first, second));
            return match (readings, order) {
                ((Reading::NoDate, only) | (only, Reading::NoDate), _) => only,
                ((one, other), _) if one == other => one,
                ((one, _), Some(Order::DayFirst)) => one,
                ((_, other), Some(Order::MonthFirst)) => other,
                ((Reading::Date(one, _), Reading::Date(other, _)), None) => {
                    Reading::Doubtful(one, other)
                }
                _ => Reading::NoDate,
            };
        }
        let short = "n.n.n|n.n.n.|n/n/n|n-n-n|nynmnd|nynm|ny|'n|'n.n|'n.n.n|M-n|M'n|M-'n|M/n|nMn|n-M-n|n/M/n|nM'n|Mn'n|nQn|nQ'n|Qn'n|Qnn|Qn-n|Qn/n|nHn|nH'n|Hn'n|Hnn|Hn-n|Hn/n|nya|nyb|nynQ";
        if short.split('|').any(|form| form == self.letters) {
            return Reading::ShortYear;
        }
        Reading::NoDate
    }
}

/// A text without a day of the week in brackets behind it, `2024.3.5(화)`.
fn without_weekday(text: &str) -> &str {
    text.strip_suffix(')')
        .and_then(|rest| rest.rsplit_once('('))
        .filter(|(_, day)| {
            WEEKDAYS
                .chars()
                .any(|known| day.strip_prefix(known) == Some(""))
        })
        .map_or(text, |(rest, _)| rest)
}
