//! Sums of money and measured values with their units.

use super::i18n::{fill, look_up, say};
use super::letters::is_letter;
use super::number::{CURRENCY_STEPS, MINUS, NOTHING, in_myriads, number, percent, short};
use crate::data::{Lang, funding::Money};

/// A sum as the source prints it: `약 66억 달러`, `about US$6.6bn`, `최대 1,000억 달러`, `at least ₩260bn`.
///
/// A bound stands before `approx`. Bounds of ±2 and beyond read `… 초과`/`more than` and `… 미만`/`less
/// than`. A sum that is not a finite number reads `미기재`/`not given`.
pub fn money(sum: &Money, lang: Lang) -> String {
    if !sum.value.is_finite() {
        return say(lang, "미기재|not given").to_owned();
    }
    let words = match sum.bound {
        1 => "최소 {0}|at least {0}",
        -1 => "최대 {0}|up to {0}",
        2.. => "{0} 초과|more than {0}",
        ..=-2 => "{0} 미만|less than {0}",
        0 if sum.approx => "약 {0}|about {0}",
        0 => "{0}",
    };
    fill(lang, words, &[&plain(sum.value, &sum.currency, lang)])
}

/// A sum in US dollars: `66억 달러`, `US$6.6bn`. NaN reads “–”.
pub fn usd(v: f64, lang: Lang) -> String {
    plain(v, "USD", lang)
}

/// A value with the unit that a market-share table states: `92%`, `1,737억 달러`/`US$173.7bn`,
/// `53개사`/`53 companies`. A unit that is not known here is printed as it stands, after the number.
pub fn value(v: f64, unit: &str, lang: Lang) -> String {
    let unit = unit.trim();
    if !v.is_finite() {
        return NOTHING.into();
    }
    if unit == "%" {
        return percent(v, lang);
    }
    if unit.is_empty() || unit == "mixed" {
        // Nobody counts the digits of billions.
        return if v.abs() < LONG {
            number(v, lang, 2)
        } else {
            short(v, CURRENCY_STEPS, lang).trim().to_owned()
        };
    }
    let (first, rest) = unit.split_once(' ').unwrap_or((unit, ""));
    if first.len() == 3
        && first.bytes().all(|b| b.is_ascii_uppercase())
        && (rest.is_empty() || scale(rest).is_some())
        && look_up(CURRENCIES, first).is_some()
    {
        return plain(v * scale(rest).unwrap_or(1.0), first, lang);
    }
    let factor = scale(first);
    let (v, unit) = factor.map_or((v, unit), |factor| (v * factor, rest));
    let words = look_up(COUNTERS, unit);
    let eastern = words.is_some() || unit.starts_with(|c| matches!(c, '가'..='힣' | '一'..='鿿'));
    let many = v.abs() >= 1e4 && eastern && in_myriads(lang) || v.abs() >= LONG;
    let digits = if factor.is_some() || many {
        short(v, CURRENCY_STEPS, lang)
    } else {
        number(v, lang, 2)
    };
    match words {
        Some(words) => fill(lang, words, &[&digits]),
        // Signs like `%` and `°` stand close, and so do Korean words of counting: `40개`.
        None => fill(
            lang,
            if unit.starts_with(is_letter) && !unit.starts_with(|c| matches!(c, '가'..='힣')) {
                "{0} {1}"
            } else {
                "{0}{1}"
            },
            &[digits.trim(), unit],
        ),
    }
}

/// An amount in a currency, or of anything else: `US$6.6bn`, `26.86 TWh`, `3`.
pub fn amount(v: f64, unit: &str, lang: Lang) -> String {
    if unit.is_empty() || look_up(CURRENCIES, unit).is_some() {
        return plain(v, unit, lang);
    }
    fill(
        lang,
        "{0} {1}",
        &[short(v, CURRENCY_STEPS, lang).trim(), unit],
    )
}

/// From here on a number is written with a word for its power.
const LONG: f64 = 1e9;

/// Whether a unit is a currency alone, which every value has beside it.
pub fn is_currency(unit: &str) -> bool {
    look_up(CURRENCIES, unit).is_some()
}

/// A count and the thing counted.
const COUNTERS: &str = "companies={0}개사|{0} compan{0y|ies};regions={0}개 지역|{0} region{0|s};zones={0}개 영역|{0} zone{0|s};models=모델 {0}개|{0} model{0|s};\
    parameters=매개변수 {0}개|{0} parameter{0|s};languages={0}개 언어|{0} language{0|s};countries={0}개국|{0} countr{0y|ies};people={0}명|{0} {0person|people};\
    hours={0}시간|{0} hour{0|s};s={0}초|{0} s;x={0}배|{0}×;x better={0}배 나음|{0}× better;% faster={0}% 빠름|{0}% faster;views=조회 {0}회|{0} view{0|s};\
    GPUs=GPU {0}개|{0} GPU{0|s};CPUs=CPU {0}개|{0} CPU{0|s};H100 GPUs=H100 GPU {0}개|{0} H100 GPU{0|s};H100 equivalents=H100 환산 {0}개|{0} H100 equivalent{0|s}";

/// What a word for a power of a thousand means.
fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "k" => 1e3,
        "m" => 1e6,
        "bn" => 1e9,
        "tn" => 1e12,
        _ => return None,
    })
}

/// Korean names and English signs; where English has no sign the code stands.
const CURRENCIES: &str = "USD=달러|US$;KRW=원|₩;CNY=위안|CN¥;EUR=유로|€;JPY=엔|¥;GBP=파운드|£;TWD=대만 달러|NT$;HKD=홍콩 달러|HK$;SGD=싱가포르 달러|S$;\
    CAD=캐나다 달러|C$;AUD=호주 달러|A$;INR=루피|₹;CHF=스위스 프랑|CHF ;SEK=스웨덴 크로나|SEK ;AED=디르함|AED ;ILS=셰켈|ILS ";

/// A sum without any word of doubt.
fn plain(v: f64, currency: &str, lang: Lang) -> String {
    let digits = short(v, CURRENCY_STEPS, lang);
    if v.is_nan() {
        return digits;
    }
    let digits = digits.trim();
    let (minus, digits) = digits
        .strip_prefix(MINUS)
        .map_or(("", digits), |rest| (MINUS, rest));
    let words = match look_up(CURRENCIES, currency) {
        Some(_) => "{0}{1} {2}|{0}{2}{1}",
        None if currency.trim().is_empty() => "{0}{1}",
        None => "{0}{1} {2}|{0}{2} {1}",
    };
    fill(
        lang,
        words,
        &[
            minus,
            digits,
            look_up(CURRENCIES, currency).map_or(currency.trim(), |names| say(lang, names)),
        ],
    )
}

/// Words of money, in names that say a sum.
const MONEY_WORDS: [&str; 19] = [
    "$",
    "€",
    "£",
    "¥",
    "₩",
    "원",
    "달러",
    "유로",
    "위안",
    "엔",
    "won",
    "yen",
    "yuan",
    "USD",
    "EUR",
    "KRW",
    "ドル",
    "円",
    "ウォン",
];

/// Whether a name says a sum already: a number of its digits in it, and a word of money.
pub fn says_sum(name: &str, sum: f64) -> bool {
    let digits = digits_of(sum);
    let mut numbers = name
        .split(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
        .filter_map(|number| {
            let number: String = number.chars().filter(char::is_ascii_digit).collect();
            number.parse::<u64>().ok()
        });
    let counts = numbers.any(|number| number > 0 && digits_of(number as f64) == digits);
    counts && MONEY_WORDS.iter().any(|word| name.contains(word))
}

/// The digits of a sum as a whole number without zeros at its end: 66 of 6,600,000,000 and of 6.6.
fn digits_of(mut sum: f64) -> f64 {
    for _ in 0..6 {
        if sum.fract() == 0.0 {
            break;
        }
        sum *= 10.0;
    }
    sum = sum.round();
    while sum >= 10.0 && (sum / 10.0).fract() == 0.0 {
        sum /= 10.0;
    }
    sum
}
