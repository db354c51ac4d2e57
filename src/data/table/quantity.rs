//! Cells that should be numbers: what number, power of ten and unit they hold, what is unknown, and
//! what can be read in two ways. Numbers stay decimal text, as exact as they were written.

use super::dates::month;
use super::figures::{begins, figures};
pub use super::heading::heading;
pub use super::units::letter;
use super::units::{MAX_BYTES, Words, after_word, eastern, has, is_letter, known, lists, plain};

/// What a cell that should be a number holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A number.
    Number(Quantity),
    /// Nothing, or a word for a number that nobody has or tells.
    Unknown(Unknown),
    /// The two numbers that it may be, as JSON writes them: in groups of digits, and with decimals.
    Doubtful(String, String),
    /// Anything else: a date, a name, a range.
    NoNumber,
}

/// Why there is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The cell is empty.
    Empty,
    /// There is none to be had: `-`, `N/A`, `미상`.
    NotAvailable,
    /// It is kept secret: `비공개`, `undisclosed`.
    Undisclosed,
}

/// A number of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// A JSON number without its scale, `-1234.5`.
    pub digits: String,
    /// The power of ten of all words and exponents: 억 8, bn 9.
    pub power: i32,
    /// What it counts; its own power is 0.
    pub unit: Unit,
    /// «about».
    pub approx: bool,
    /// «at least» and its like.
    pub bound: Bound,
}

/// On which side of a number the truth may lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Bound {
    /// It is the number.
    #[default]
    None,
    /// `≥`, 이상
    AtLeast,
    /// `>`, 초과
    MoreThan,
    /// `≤`, 이하
    UpTo,
    /// `<`, 미만
    LessThan,
}

/// What numbers count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// The power of ten that a heading says: 억원 8.
    pub power: i32,
    /// The currency by ISO 4217.
    pub currency: Option<&'static str>,
    /// Shares in a hundred.
    pub percent: bool,
    /// A heading's «est.»: all its numbers are estimates.
    pub approx: bool,
    /// What is counted, as written: 개, models, TWh; `¥` where it may be yen or yuan.
    pub name: String,
}

/// What separates decimals in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// Words for a number that is not there.
const NOT_AVAILABLE: &str = "-|:|--|–|—|―|n/a|n.a.|n.a|na|#n/a|nan|null|none|.|..|...|…|x|?|n.d.|n/d|k.a.|미상|불명|집계 중|집계중|알 수 없음|해당 없음|해당없음|不明|該当なし|unknown";
/// Words for a number that is kept secret.
const UNDISCLOSED: &str =
    "비공개|미공개|비밀|대외비|undisclosed|not disclosed|confidential|非公開|未公開|非公表";

/// «about» in front of a number, and behind.
const ABOUT: &str =
    "~|≈|≃|about|approximately|approx.|approx|around|roughly|circa|ca.|c.|약|대략|約|およそ";
const ABOUT_AFTER: &str =
    "정도|내외|가량|쯤|程度|前後|(est.)|(est)|est.|(e)|(E)|(추정)|(추산)|(예상)|추정|추산|(推定)";

/// Bounds in front of a number, and behind.
const BOUNDS: &[(Bound, &str, &str)] = &[
    (
        Bound::AtLeast,
        "≥|>=|at least|최소|min.|少なくとも|最低",
        "이상|以上|or more|+",
    ),
    (Bound::MoreThan, ">|more than|over", "초과|超"),
    (
        Bound::UpTo,
        "≤|<=|up to|at most|최대|max.|最大",
        "이하|以下|or less",
    ),
    (Bound::LessThan, "<|less than|under|fewer than", "미만|未満"),
];

/// Words behind a number that make it a date, not a count.
const OF_DATES: &str = "년|월|일|분기|시|年|月|日|時|年度|년도|am|pm";

/// Reads a cell in a column whose [`decimal`] is known. A shape that means two things although the
/// column decides for the comma is doubtful: `1,234` beside `42,4`.
pub fn cell(text: &str, decimal: Decimal) -> Cell {
    read(text, decimal, false)
}

/// Reads a cell of which the author has said what separates decimals: nothing is doubtful then.
pub fn settled(text: &str, decimal: Decimal) -> Cell {
    read(text, decimal, true)
}

fn read(text: &str, decimal: Decimal, settled: bool) -> Cell {
    let text = text.trim();
    if text.is_empty() {
        return Cell::Unknown(Unknown::Empty);
    }
    if text.len() > MAX_BYTES {
        return Cell::NoNumber;
    }
    let text = plain(text);
    let text = text.trim();
    // Most cells are plain numbers or names, and need no lists of words.
    let has_digit = text.bytes().any(|b| b.is_ascii_digit());
    if !begins(text) {
        let bare = text.trim_matches(['(', ')', '[', ']']).trim();
        if lists(UNDISCLOSED, bare) {
            return Cell::Unknown(Unknown::Undisclosed);
        }
        if lists(NOT_AVAILABLE, without_notes(text)) {
            return Cell::Unknown(Unknown::NotAvailable);
        }
        if !has_digit {
            return Cell::NoNumber;
        }
    }
    let Some(Parsed {
        mut quantity,
        decimals,
        mark,
        german,
        ..
    }) = parse(text)
    else {
        return Cell::NoNumber;
    };
    let Some(decimals) = decimals else {
        return Cell::Number(quantity);
    };
    let comma = decimal == Decimal::Comma;
    if !settled && (comma && mark == ',' || !comma && german) {
        let other = Quantity {
            digits: decimals,
            ..quantity.clone()
        };
        return Cell::Doubtful(json_number(&quantity, 0), json_number(&other, 0));
    }
    if comma == (mark == ',') {
        quantity.digits = decimals;
    }
    Cell::Number(quantity)
}

/// What separates decimals in a column, as its cells prove it. A file whose cells `;` separates may
/// be of either kind, so that `None` comes back where cells as `1.234` mean two things and nothing
/// decides; in another file the point does.
pub fn decimal<'a>(cells: impl Iterator<Item = &'a str>, semicolon: bool) -> Option<Decimal> {
    let (mut point, mut comma, mut doubtful) = (false, false, false);
    for text in cells.map(str::trim).filter(|text| text.len() <= MAX_BYTES) {
        // Nothing to learn from what has no mark.
        if !text.contains([',', '.', '，', '．']) {
            continue;
        }
        let Some(parsed) = parse(plain(text).trim()) else {
            continue;
        };
        doubtful |= parsed.decimals.is_some() && !parsed.german;
        point |= parsed.evidence == Some(Decimal::Point);
        comma |= parsed.evidence == Some(Decimal::Comma) || parsed.german;
    }
    match (point, comma) {
        (true, true) | (false, false) if doubtful && (semicolon || point) => None,
        (false, true) => Some(Decimal::Comma),
        _ => Some(Decimal::Point),
    }
}

/// A quantity as JSON writes a number, times a power of ten: `1000e8`, plain digits where there is
/// none.
pub fn json_number(quantity: &Quantity, extra_power: i32) -> String {
    match quantity.power.saturating_add(extra_power) {
        0 => quantity.digits.clone(),
        power => {
            let sign = if power < 0 { "-" } else { "" };
            let figures = (power.unsigned_abs() as usize).to_string();
            [&quantity.digits, "e", sign, &figures].concat()
        }
    }
}

/// A number as it was written.
struct Parsed {
    /// The number; of two readings the one in groups of digits.
    quantity: Quantity,
    /// The digits of the reading with decimals, where there are two.
    decimals: Option<String>,
    /// The mark that may be either.
    mark: char,
    /// What the number proves for its column.
    evidence: Option<Decimal>,
    german: bool,
}

fn parse(text: &str) -> Option<Parsed> {
    let mut approx = false;
    let mut bound = Bound::None;
    let text = qualified(without_notes(text), &mut approx, &mut bound)?;
    // Accounting writes what is below zero in brackets.
    let inside = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let mut negative = inside.is_some();
    let mut signed = negative;
    if negative && (approx || bound != Bound::None) {
        return None;
    }
    let mut rest = inside.unwrap_or(text).trim();
    let mut words = Words::default();
    for _ in 0..4 {
        if begins(rest) {
            break;
        }
        let unsigned = rest.strip_prefix(['-', '–', '+']);
        if let (false, Some(after)) = (signed, unsigned) {
            (signed, negative) = (true, !rest.starts_with('+'));
            rest = after.trim_start();
        } else {
            rest = words.currency(rest)?.trim_start();
        }
    }
    let (number, rest) = figures(rest, &mut approx)?;
    let name = words.take(rest, true)?;
    let between = rest
        .get(..rest.len() - name.len())
        .filter(|_| !words.has_letter());
    if !name.is_empty() && !names(name, between.is_some_and(|text| !text.ends_with(' '))) {
        return None;
    }
    let german = words.german;
    let unit = words.done(name)?;
    let decided = number.decimals.is_some() && text.chars().any(eastern);
    let evidence = match number.mark {
        // Where Korean, Japanese or Chinese stands, a comma groups digits and a point separates.
        ',' | '.' if decided => Some(Decimal::Point),
        _ => number.evidence,
    };
    let sign = |digits: String| match negative && digits.bytes().any(|b| matches!(b, b'1'..=b'9')) {
        true => ["-", &digits].concat(),
        false => digits,
    };
    let (mut digits, mut decimals) = (number.digits, number.decimals);
    if let (true, '.') = (decided, number.mark) {
        digits = decimals.take()?;
    }
    let quantity = Quantity {
        digits: sign(digits),
        power: number.power + unit.power,
        unit: Unit { power: 0, ..unit },
        approx,
        bound,
    };
    Some(Parsed {
        quantity,
        decimals: decimals.filter(|_| !decided).map(sign),
        mark: number.mark,
        evidence,
        german,
    })
}

/// A text without marks of footnotes behind it: `*`, `†`, `‡`, `[1]`.
fn without_notes(text: &str) -> &str {
    let mut text = text.trim_end();
    loop {
        let note = text
            .strip_suffix(']')
            .and_then(|rest| rest.rsplit_once('['))
            .filter(|(_, note)| note.len() < 4 && note.bytes().all(|b| b.is_ascii_digit()));
        text = match (note, text.strip_suffix(['*', '†', '‡'])) {
            (Some((rest, _)), _) | (None, Some(rest)) => rest.trim_end(),
            _ => return text,
        };
    }
}

/// A text without words for «about» and bounds. `None` for two bounds.
fn qualified<'a>(text: &'a str, approx: &mut bool, bound: &mut Bound) -> Option<&'a str> {
    let mut rest = text.trim();
    let front = |rest: &'a str, list: &str| list.split('|').find_map(|word| after_word(rest, word));
    let back = |rest: &'a str, list: &str| list.split('|').find_map(|word| rest.strip_suffix(word));
    loop {
        if begins(rest) && rest.ends_with(|c: char| c.is_ascii_digit()) {
            return Some(rest);
        }
        let about = front(rest, ABOUT).or_else(|| back(rest, ABOUT_AFTER));
        let bounded = || {
            BOUNDS.iter().find_map(|(found, before, after)| {
                let rest = front(rest, before).or_else(|| back(rest, after))?;
                Some((*found, rest))
            })
        };
        rest = if let Some(after) = about {
            *approx = true;
            after.trim()
        } else if let Some((found, after)) = bounded() {
            if *bound != Bound::None {
                return None;
            }
            *bound = found;
            after.trim()
        } else {
            return Some(rest);
        };
    }
}

/// Whether what follows a number, be it at once or behind a space, can be what it counts.
fn names(name: &str, attached: bool) -> bool {
    let sign = |c: char| is_letter(c) || has("/%°℃‰µ", c);
    let long = name == "%" || name.len() > 120;
    if long || name.bytes().any(|b| b.is_ascii_digit()) || !name.starts_with(sign) {
        return false;
    }
    if attached && !name.starts_with('/') {
        return known(name, true);
    }
    let first = name.split([' ', '.', ',']).next().unwrap_or_default();
    name.split(' ').count() <= 3 && !lists(OF_DATES, first) && month(first).is_none()
}
