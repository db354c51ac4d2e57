//! Sums of money and measured values with their units.

use super::number::{NOTHING, compact, number, percent, push_decimal, push_myriads, push_scaled, signed};
use crate::data::{Lang, funding::Money};

/// A sum as the source prints it: `약 66억 달러`, `about US$6.6bn`, `최대 1,000억 달러`, `at least ₩260bn`.
///
/// A bound stands before `approx`. Bounds of ±2 and beyond read `… 초과`/`more than` and `… 미만`/`less than`.
/// A sum that is not a finite number reads `비공개`/`undisclosed`.
pub fn money(sum: &Money, lang: Lang) -> String {
    if !sum.value.is_finite() {
        return match lang {
            Lang::Ko => "비공개".into(),
            Lang::En => "undisclosed".into(),
        };
    }
    let (before, after) = match (lang, sum.bound, sum.approx) {
        (Lang::Ko, 1, _) => ("최소 ", ""),
        (Lang::Ko, -1, _) => ("최대 ", ""),
        (Lang::Ko, 2.., _) => ("", " 초과"),
        (Lang::Ko, ..=-2, _) => ("", " 미만"),
        (Lang::Ko, 0, true) => ("약 ", ""),
        (Lang::En, 1, _) => ("at least ", ""),
        (Lang::En, -1, _) => ("up to ", ""),
        (Lang::En, 2.., _) => ("more than ", ""),
        (Lang::En, ..=-2, _) => ("less than ", ""),
        (Lang::En, 0, true) => ("about ", ""),
        (_, 0, false) => ("", ""),
    };
    [before, &plain(sum.value, &sum.currency, lang), after].concat()
}

/// [`money`] with the source's own won wording behind it where there is one, in Korean: `66억 달러(약 9조 원)`.
pub fn money_with_won(sum: &Money, lang: Lang) -> String {
    let mut out = money(sum, lang);
    if lang == Lang::Ko && sum.currency != "KRW" && sum.value.is_finite() {
        let won = sum.krw_text.trim();
        if !won.is_empty() {
            out.push('(');
            out.push_str(won);
            out.push(')');
        }
    }
    out
}

/// A sum in US dollars: `66억 달러`, `US$6.6bn`. NaN reads “–”.
pub fn usd(v: f64, lang: Lang) -> String {
    plain(v, "USD", lang)
}

/// A value with the unit that a market-share table states: `92%`, `1,737억 달러`/`US$173.7bn`, `53개사`/`53 companies`.
/// A unit that is not known here is printed as it stands, after the number.
pub fn value(v: f64, unit: &str, lang: Lang) -> String {
    let unit = unit.trim();
    if !v.is_finite() {
        return NOTHING.into();
    }
    if unit == "%" {
        return percent(v, lang);
    }
    if unit.is_empty() || unit == "mixed" {
        return number(v, lang, 2);
    }
    let (first, rest) = unit.split_once(' ').unwrap_or((unit, ""));
    if first.len() == 3 && first.bytes().all(|b| b.is_ascii_uppercase()) && (rest.is_empty() || scale(rest).is_some()) && is_currency(first) {
        return plain(v * scale(rest).unwrap_or(1.0), first, lang);
    }
    if let Some(factor) = scale(first) {
        let count = v * factor;
        return match (lang, rest) {
            (Lang::Ko, "") => compact(count, lang),
            (Lang::Ko, "parameters") => ["매개변수 ", &compact(count, lang), " 개"].concat(),
            (Lang::Ko, rest) => counted(count, rest, lang),
            (Lang::En, "") => short(count),
            (Lang::En, rest) => [&short(count), " ", rest].concat(),
        };
    }
    counted(v, unit, lang)
}

/// A count and the thing counted.
fn counted(v: f64, unit: &str, lang: Lang) -> String {
    let digits = number(v, lang, 2);
    if lang == Lang::Ko {
        let (before, after) = match unit {
            "companies" => ("", "개사"),
            "regions" => ("", "개 지역"),
            "zones" => ("", "개 영역"),
            "models" => ("모델 ", "개"),
            "parameters" => ("매개변수 ", " 개"),
            "languages" => ("", "개 언어"),
            "countries" => ("", "개국"),
            "people" => ("", "명"),
            "hours" => ("", "시간"),
            "s" => ("", "초"),
            "x" => ("", "배"),
            "views" => ("조회 ", "회"),
            "GPUs" => ("GPU ", "개"),
            "CPUs" => ("CPU ", "개"),
            "H100 GPUs" => ("H100 GPU ", "개"),
            "H100 equivalents" => ("H100 환산 ", "개"),
            "% faster" => return [&digits, "% 빠름"].concat(),
            "x better" => return [&digits, "배 나음"].concat(),
            _ => return after_number(digits, unit),
        };
        let many = if v.abs() >= 1e4 { compact(v, lang) } else { digits };
        // After 만, 억 … the counter stands apart.
        let gap = if many.ends_with(['만', '억', '조', '경']) && !after.starts_with(' ') { " " } else { "" };
        return [before, &many, gap, after].concat();
    }
    let one = v == 1.0;
    let single = match unit {
        "x" => return digits + "×",
        "x better" => return digits + "× better",
        "companies" if one => "company",
        "countries" if one => "country",
        "people" if one => "person",
        "regions" | "zones" | "models" | "parameters" | "languages" | "hours" | "views" | "GPUs" | "CPUs" | "H100 GPUs" | "H100 equivalents" if one => {
            unit.trim_end_matches('s')
        }
        _ => unit,
    };
    after_number(digits, single)
}

/// The number, and the unit after it; signs like `%` and `°` stand close.
fn after_number(mut digits: String, unit: &str) -> String {
    if unit.starts_with(char::is_alphanumeric) {
        digits.push(' ');
    }
    digits.push_str(unit);
    digits
}

/// `m`, `bn`, `tn` as English papers write them; everything below a million with all its digits.
fn short(v: f64) -> String {
    signed(v, push_short)
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

fn is_currency(code: &str) -> bool {
    code == "USD" || korean_currency(code).is_some()
}

fn korean_currency(code: &str) -> Option<&'static str> {
    Some(match code {
        "USD" => "달러",
        "KRW" => "원",
        "CNY" => "위안",
        "EUR" => "유로",
        "JPY" => "엔",
        "GBP" => "파운드",
        "TWD" => "대만 달러",
        "HKD" => "홍콩 달러",
        "SGD" => "싱가포르 달러",
        "CAD" => "캐나다 달러",
        "AUD" => "호주 달러",
        "INR" => "루피",
        "CHF" => "스위스 프랑",
        "SEK" => "스웨덴 크로나",
        "AED" => "디르함",
        "ILS" => "셰켈",
        _ => return None,
    })
}

fn english_sign(code: &str) -> Option<&'static str> {
    Some(match code {
        "USD" => "US$",
        "KRW" => "₩",
        "CNY" => "CN¥",
        "EUR" => "€",
        "JPY" => "¥",
        "GBP" => "£",
        "TWD" => "NT$",
        "HKD" => "HK$",
        "SGD" => "S$",
        "CAD" => "C$",
        "AUD" => "A$",
        "INR" => "₹",
        _ => return None,
    })
}

/// A sum without any word of doubt.
fn plain(v: f64, currency: &str, lang: Lang) -> String {
    match lang {
        Lang::Ko => {
            let mut out = signed(v, push_myriads);
            if !v.is_nan() {
                out.push(' ');
                out.push_str(korean_currency(currency).unwrap_or(currency.trim()));
            }
            out
        }
        Lang::En => {
            let digits = short(v);
            if v.is_nan() {
                return digits;
            }
            let (minus, digits) = match digits.strip_prefix('−') {
                Some(rest) => ("−", rest),
                None => ("", digits.as_str()),
            };
            match english_sign(currency) {
                Some(sign) => [minus, sign, digits].concat(),
                None if currency.trim().is_empty() => [minus, digits].concat(),
                None => [minus, currency.trim(), " ", digits].concat(),
            }
        }
    }
}
