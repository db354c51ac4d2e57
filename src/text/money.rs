//! Sums of money and measured values with their units.

use super::number::{MINUS, NOTHING, compact, number, percent, push_decimal, push_myriads, push_scaled, signed};
use super::particle::is_letter;
use super::words::{fill, look_up, say};
use crate::data::words::{halves, trim};
use crate::data::{Lang, funding::Money};

/// A sum as the source prints it: `약 66억 달러`, `about US$6.6bn`, `최대 1,000억 달러`, `at least ₩260bn`.
///
/// A bound stands before `approx`. Bounds of ±2 and beyond read `… 초과`/`more than` and `… 미만`/`less than`.
/// A sum that is not a finite number reads `비공개`/`undisclosed`.
pub fn money(sum: &Money, lang: Lang) -> String {
    if !sum.value.is_finite() {
        return say(lang, "비공개|undisclosed").to_owned();
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

/// A value with the unit that a market-share table states: `92%`, `1,737억 달러`/`US$173.7bn`, `53개사`/`53 companies`.
/// A unit that is not known here is printed as it stands, after the number.
pub fn value(v: f64, unit: &str, lang: Lang) -> String {
    let unit = trim(unit);
    if !v.is_finite() {
        return NOTHING.into();
    }
    if unit == "%" {
        return percent(v, lang);
    }
    if unit.is_empty() || unit == "mixed" {
        return number(v, lang, 2);
    }
    let (first, rest) = halves(unit, b' ').unwrap_or((unit, ""));
    if first.len() == 3 && first.bytes().all(|b| b.is_ascii_uppercase()) && (rest.is_empty() || scale(rest).is_some()) && look_up(CURRENCIES, first).is_some() {
        return plain(v * scale(rest).unwrap_or(1.0), first, lang);
    }
    if let Some(factor) = scale(first) {
        let count = v * factor;
        return match (lang, rest) {
            (Lang::Ko, "") => compact(count, lang),
            (Lang::Ko, "parameters") => fill(lang, "매개변수 {0} 개", &[&compact(count, lang)]),
            (Lang::Ko, rest) => counted(count, rest, lang),
            (Lang::En, "") => short(count),
            (Lang::En, rest) => fill(lang, "{0} {1}", &[&short(count), rest]),
        };
    }
    counted(v, unit, lang)
}

/// Korean counters.
const COUNTERS: &str = "companies={0}개사;regions={0}개 지역;zones={0}개 영역;models=모델 {0}개;parameters=매개변수 {0} 개;languages={0}개 언어;countries={0}개국;\
    people={0}명;hours={0}시간;s={0}초;x={0}배;views=조회 {0}회;GPUs=GPU {0}개;CPUs=CPU {0}개;H100 GPUs=H100 GPU {0}개;H100 equivalents=H100 환산 {0}개";

/// What English says of one.
const ONE: &str = "companies=company;countries=country;people=person;regions=region;zones=zone;models=model;parameters=parameter;languages=language;\
    hours=hour;views=view;GPUs=GPU;CPUs=CPU;H100 GPUs=H100 GPU;H100 equivalents=H100 equivalent";

/// A count and the thing counted.
fn counted(v: f64, unit: &str, lang: Lang) -> String {
    let digits = number(v, lang, 2);
    match (lang, unit) {
        (Lang::Ko, "% faster") => digits + "% 빠름",
        (Lang::Ko, "x better") => digits + "배 나음",
        (Lang::Ko, _) => {
            let Some(words) = look_up(COUNTERS, unit) else { return after_number(digits, unit) };
            let mut many = if v.abs() >= 1e4 { compact(v, lang) } else { digits };
            // After 만, 억 … the counter stands apart.
            if matches!(many.chars().next_back(), Some('만' | '억' | '조' | '경')) && halves(words, b'}').is_some_and(|(_, after)| !after.starts_with(' '))
            {
                many.push(' ');
            }
            fill(lang, words, &[&many])
        }
        (Lang::En, "x") => digits + "×",
        (Lang::En, "x better") => digits + "× better",
        (Lang::En, _) => after_number(digits, if v == 1.0 { look_up(ONE, unit).unwrap_or(unit) } else { unit }),
    }
}

/// The number, and the unit after it; signs like `%` and `°` stand close.
fn after_number(mut digits: String, unit: &str) -> String {
    if unit.starts_with(is_letter) {
        digits.push(' ');
    }
    digits.push_str(unit);
    digits
}

/// `m`, `bn`, `tn` as English papers write them; everything below a million with all its digits.
fn short(v: f64) -> String {
    signed(v, &push_short)
}

fn push_short(out: &mut String, v: f64) {
    if v < 999_999.5 {
        push_decimal(out, v, if v < 1e3 { 2 } else { 0 });
    } else {
        push_scaled(out, v / 1e3, 999.95, &["m", "bn", "tn"]);
    }
}

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
    let digits = if lang == Lang::Ko { signed(v, &push_myriads) } else { short(v) };
    if v.is_nan() {
        return digits;
    }
    let (minus, digits) = match digits.strip_prefix(MINUS) {
        Some(rest) => ("−", rest),
        None => ("", digits.as_str()),
    };
    let words = match look_up(CURRENCIES, currency) {
        Some(_) => "{0}{1} {2}|{0}{2}{1}",
        None if trim(currency).is_empty() => "{0}{1}",
        None => "{0}{1} {2}|{0}{2} {1}",
    };
    fill(lang, words, &[minus, digits, look_up(CURRENCIES, currency).map_or(trim(currency), |names| say(lang, names))])
}
