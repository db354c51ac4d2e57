//! The words of units, one list for headings and cells: powers of ten, currencies, per cent, what
//! is counted.

use super::quantity::Unit;

/// Beyond this many bytes a text is a sentence, neither a quantity nor a heading with a unit.
pub(super) const MAX_BYTES: usize = 400;

/// Words that are powers of ten wherever they stand.
const SCALES: &[(i32, &str)] = &[
    (12, "lakh crores|lakh crore|lakh cr"),
    (3, "thousands|thousand"),
    (5, "lakhs|lakh"),
    (6, "millions|million|millionen|mio.|mio|mln|mn"),
    (7, "crores|crore"),
    (
        9,
        "billions|billion|milliarden|milliards|milliard|mrd.|mrd|mds|md|bn",
    ),
    (12, "trillions|trillion|trn|tn"),
];
/// Those of them that are German, which puts a comma before decimals.
const GERMAN: &str = "millionen|milliarden|mio.|mio|mrd.|mrd";

/// Thousands in headings, as accountants write them.
const THOUSANDS: &str = "'000s|'000|000s|000";

/// Letters that are powers of ten beside a currency only: elsewhere `m` may be metres.
const LETTERS: &[(i32, &str)] = &[(3, "k"), (6, "mm|m"), (7, "cr"), (9, "b"), (12, "t")];

/// A dollar of which nothing says whose: another word may, else it is that of the United States.
const DOLLAR: &str = "$";
/// A yen or a yuan: another word must say which.
const YEN: &str = "¥";

/// What currencies are called, those with more words first. Capital letters or not.
const CURRENCIES: &str = "TWD=대만 달러|대만달러|Taiwan dollars|台湾ドル|新台幣|NT$|TWD;\
    HKD=홍콩 달러|Hong Kong dollars|홍콩달러|香港ドル|HK$|HKD;\
    SGD=싱가포르 달러|Singapore dollars|싱가포르달러|S$|SGD;\
    CAD=캐나다 달러|Canadian dollars|캐나다달러|CA$|C$|CAD;\
    AUD=호주 달러|Australian dollars|호주달러|AU$|A$|AUD;\
    USD=미국 달러|미국달러|미 달러|미달러|米ドル|美元|U.S. dollars|U.S. dollar|US dollars|US dollar|US$|US $|U.S.$|USD;\
    BRL=R$;\
    CNY=위안화|위안|人民元|人民币|元|yuan|RMB|CN¥|CNY;\
    JPY=엔화|엔|円|yen|JP¥|JPY;\
    KRW=원화|원|₩|ウォン|won|KRW;\
    EUR=유로화|유로|ユーロ|€|euros|euro|EUR;\
    GBP=파운드|£|GBP;\
    CHF=스위스 프랑|CHF;\
    INR=₹|INR;\
    ILS=₪;\
    VND=₫;\
    THB=฿;\
    TRY=₺;\
    RUB=₽;\
    $=달러|불|ドル|弗|dollars|dollar|$;\
    ¥=¥";

/// Codes that are words in small letters, so that they count in capital letters only.
const CODES: &str =
    "SEK|NOK|DKK|PLN|CZK|HUF|BRL|ILS|AED|SAR|QAR|VND|THB|TRY|RUB|UAH|IDR|MYR|PHP|MXN|ZAR|NZD";

/// What is said of a share in a hundred.
const PERCENT: &str = "%|퍼센트|パーセント|percent|per cent|prozent|pct";

/// What makes percentage points of them, which are no shares.
const POINTS: &str = "points|point|포인트|ポイント";

/// What is counted, in Korean and Japanese.
const COUNTED: &str = "개|개사|개국|개소|개월|개 기업|명|인|건|곳|대|회|종|배|점|톤|사|기|권|편|주|장|팀|위|가구|社|件|人|名|台|個|回|本|倍|基|か国|カ国|ヶ国|か所|カ所|ヶ所";

/// What stands without a space behind a number although it is in Latin letters. `3D` and `42dot` are
/// names.
const MEASURES: &str = "TWh|GWh|MWh|kWh|Wh|TW|GW|MW|kW|MVA|GJ|TJ|PJ|EJ|EB|PB|TB|GB|MB|kB|KB|Gbps|Mbps|TFLOPS|PFLOPS|EFLOPS|TOPS|FLOP|FLOPS|km|km²|m²|m³|ha|cm|nm|kg|g|Mt|Gt|kt|tCO₂|ms|h|GHz|MHz|pp|bp|bps|x|px|dB|°C|℃|°|‰|%p";

/// A text in which signs have one form each: full-width letters are narrow, spaces and minus signs
/// alike.
pub(super) fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| {
            Some(match c {
                '\u{FF01}'..='\u{FF5E}' => {
                    char::from_u32(u32::from(c) - 0xFF01 + 0x21).unwrap_or(c)
                }
                '\u{FFE5}' => '¥',
                '\u{FFE6}' => '₩',
                '\u{FFE1}' => '£',
                '\u{2212}' => '-',
                '\u{301C}' | '\u{223C}' => '~',
                '\u{2019}' => '\'',
                // Marks of direction and byte order, which nobody sees.
                '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}' => return None,
                c if c.is_whitespace() => ' ',
                c => c,
            })
        })
        .collect()
}

/// Whether a sign is among some. `contains` brings std's search for texts in texts.
pub(super) fn has(signs: &str, c: char) -> bool {
    signs.chars().any(|sign| sign == c)
}

/// A text with blanks in place of some signs.
pub(super) fn with_blanks(text: &str, signs: &str) -> String {
    text.chars()
        .map(|c| if has(signs, c) { ' ' } else { c })
        .collect()
}

/// Whether a sign is a letter of any script that tables are written in. The tables of Unicode weigh
/// more than all words of units.
pub(in crate::data) fn is_letter(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | 'ª' | 'µ' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{2C1}'
        | '\u{370}'..='\u{1FFF}' | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{3035}'
        | '\u{3041}'..='\u{3096}' | '\u{309D}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{318E}' | '\u{31A0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FDFF}'
        | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' | '\u{FF66}'..='\u{FFDC}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// The first 80 characters of a text.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Whether a letter belongs to Korean, Japanese or Chinese.
pub(super) fn eastern(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

/// What follows a word in front of a text. A word in letters does not end within another; one of
/// Korean ends where Latin letters or digits begin, and the other way round.
pub(super) fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (front, rest) = text.split_at_checked(word.len())?;
    let inside = || match (word.chars().next_back(), rest.chars().next()) {
        (Some(last), Some(next)) if is_letter(last) => {
            (is_letter(next) || next.is_ascii_digit()) && eastern(last) == eastern(next)
        }
        _ => false,
    };
    (front.eq_ignore_ascii_case(word) && !inside()).then_some(rest)
}

/// The first word of a list, between `|`, that stands in front, and what follows.
fn front<'a>(text: &'a str, list: &'static str) -> Option<(&'static str, &'a str)> {
    list.split('|')
        .find_map(|word| Some((word, after_word(text, word)?)))
}

/// Whether a list, between `|`, has a word, capital letters or not.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.split('|').any(|one| one.eq_ignore_ascii_case(word))
}

/// The power of ten of a word in front of a text, and what follows.
fn scale<'a>(text: &'a str, words: &[(i32, &'static str)]) -> Option<(i32, &'a str)> {
    words
        .iter()
        .find_map(|(power, list)| Some((*power, front(text, list)?.1)))
}

/// The power of ten of a letter of Korean, Japanese or Chinese: below ten thousand they multiply what
/// follows, too.
fn ten(letter: char) -> Option<i32> {
    Some(match letter {
        '십' | '十' => 1,
        '백' | '百' => 2,
        '천' | '千' => 3,
        '만' | '万' | '萬' => 4,
        '억' | '億' | '亿' => 8,
        '조' | '兆' => 12,
        '경' | '京' => 16,
        _ => return None,
    })
}

/// The powers of ten in front of a text, as `백만`: of the small ones, of those from `만` on, and what
/// follows.
pub(super) fn tens(text: &str) -> (i32, i32, &str) {
    let (mut small, mut big, mut rest) = (0, 0, text);
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        match ten(letter) {
            Some(power @ ..4) if big == 0 && small == 0 => small = power,
            // `5경기` are five games.
            Some(16) if after.starts_with(|c: char| is_letter(c) && !has("원円", c)) => {
                break;
            }
            Some(power @ 4..) => big += power,
            _ => break,
        }
        rest = after;
    }
    (small, big, rest)
}

/// The power of ten of a letter alone, `k`, `m`, `mm`, `b` or `t`: what a cell names as its unit is
/// one where its heading says a currency.
pub fn letter(name: &str) -> Option<i32> {
    scale(name, LETTERS)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(power, _)| power)
}

/// The currency in front of a text, and what follows.
fn currency(text: &str) -> Option<(&'static str, &str)> {
    // `USDm`, `KRWbn`, `USD5`: a code is written as one word with what is multiplied.
    let joined = |list: &'static str| {
        list.split('|').find_map(|word| {
            let rest = text.strip_prefix(word)?;
            let code = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
            let more = rest.starts_with(|c: char| c.is_ascii_digit())
                || scale(rest, SCALES)
                    .or_else(|| scale(rest, LETTERS))
                    .is_some();
            (code && more).then_some(rest)
        })
    };
    let first = text.bytes().next()?;
    let capital = first.is_ascii_uppercase();
    if first.is_ascii_digit() || first == b' ' {
        return None;
    }
    let named = CURRENCIES.split(';').find_map(|line| {
        let (code, list) = line.split_once('=')?;
        let rest = front(text, list).map(|(_, rest)| rest);
        let whole = || capital.then(|| joined(list)).flatten();
        Some((code, rest.or_else(whole)?))
    });
    let coded = || {
        let code = CODES.split('|').find(|code| text.starts_with(*code))?;
        let rest = after_word(text, code).or_else(|| joined(CODES))?;
        Some((code, rest))
    };
    named.or_else(|| capital.then(coded).flatten())
}

/// What follows a word for per cent.
fn percent(text: &str) -> Option<&str> {
    let (_, rest) = front(text, PERCENT)?;
    let points = after_word(rest, "p").is_some() || front(rest.trim_start(), POINTS).is_some();
    (!points).then_some(rest)
}

/// Whether a name is that of something counted or measured. In a cell more may follow the word.
pub(super) fn known(name: &str, in_cell: bool) -> bool {
    let first = name.split(['/', ' ']).next().unwrap_or_default();
    let counted = |word: &str| name == word || in_cell && name.starts_with(word);
    MEASURES.split('|').any(|word| word == first) || COUNTED.split('|').any(counted)
}

/// The unit that words make, while they are read.
#[derive(Clone, Default)]
pub(super) struct Words<'a> {
    pub(super) unit: Unit,
    /// From a letter on that is a power of ten if there is a currency.
    letter: Option<(i32, &'a str)>,
    /// Whether a word of German stands there, which puts a comma before decimals.
    pub(super) german: bool,
}

impl<'a> Words<'a> {
    /// Takes a currency from the front. `None` if there is none, or another than before.
    pub(super) fn currency(&mut self, text: &'a str) -> Option<&'a str> {
        let (code, rest) = currency(text)?;
        self.has(code)?;
        Some(rest)
    }

    /// Notes a currency. `None` where there was another.
    fn has(&mut self, code: &'static str) -> Option<()> {
        let both = |general: &str, special: &str| match general {
            DOLLAR => special.ends_with('D'),
            YEN => matches!(special, "JPY" | "CNY"),
            _ => false,
        };
        match self.unit.currency {
            Some(had) if had == code || both(code, had) => {}
            Some(had) if !both(had, code) => return None,
            _ => self.unit.currency = Some(code),
        }
        Some(())
    }

    /// Multiplies, once: «bn bn» is a slip of the pen.
    fn scale(&mut self, power: i32) -> Option<()> {
        if self.unit.power != 0 {
            return None;
        }
        self.unit.power = power;
        Some(())
    }

    /// Takes all words of units from the front and says what follows. `None` if two contradict.
    pub(super) fn take(&mut self, text: &'a str, in_cell: bool) -> Option<&'a str> {
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (small, big, after) = tens(rest);
            rest = if small + big != 0 && !in_cell && ends(after) {
                self.scale(small + big)?;
                after
            } else if let Some((_, after)) = front(rest, THOUSANDS).filter(|_| !in_cell) {
                self.scale(3)?;
                after
            } else if let Some((power, after)) = scale(rest, SCALES) {
                self.german |= front(rest, GERMAN).is_some();
                self.scale(power)?;
                after
            } else if let Some(after) = percent(rest).filter(|_| !self.unit.percent) {
                self.unit.percent = true;
                after
            } else if let Some((code, after)) = currency(rest) {
                self.has(code)?;
                after
            } else if let (None, Some((power, after))) = (self.letter, scale(rest, LETTERS)) {
                self.letter = Some((power, rest));
                after
            } else {
                // «in billions of dollars»; «of total» is told as it stands.
                match front(rest, "in|of").map(|(_, after)| after.trim_start()) {
                    Some(after)
                        if !in_cell
                            && (currency(after).is_some() || scale(after, SCALES).is_some()) =>
                    {
                        after
                    }
                    _ => return Some(rest),
                }
            };
            rest = rest.trim_start();
        }
        Some(rest)
    }

    /// The unit, with what is counted. A letter that is no power of ten is the name, as written.
    /// `None` if the letter can be two powers of ten.
    pub(super) fn done(mut self, name: &str) -> Option<Unit> {
        let mut name = name.trim_end();
        match (self.letter, self.unit.currency) {
            // `T€` are thousands in German.
            (Some((12, _)), Some("EUR" | "CHF")) => return None,
            (Some((power, _)), Some(_)) => self.scale(power)?,
            (Some((_, written)), None) => name = written.trim_end(),
            _ => {}
        }
        self.unit.name = cut(name);
        match self.unit.currency {
            Some(DOLLAR) => self.unit.currency = Some("USD"),
            Some(YEN) => {
                self.unit.currency = None;
                let joint = if name.is_empty() { "" } else { " " };
                self.unit.name = cut(&[YEN, joint, name].concat());
            }
            _ => {}
        }
        Some(self.unit)
    }

    /// Whether a letter waits for a currency.
    pub(super) fn has_letter(&self) -> bool {
        self.letter.is_some()
    }
}

/// Whether powers of ten end before this text: `조사` and `만기` in a heading are words.
fn ends(after: &str) -> bool {
    !after.starts_with(is_letter)
        || currency(after).is_some()
        || lists("명|개|대|건|톤|人|名|個|件|社|台", after)
}
