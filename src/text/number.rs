//! Digits: grouping, rounding, 만·억·조·경 and K·M·B·T. Integer arithmetic throughout: the float
//! formatting of std weighs more than all of this.

use super::i18n::{fill, say};
use crate::data::Lang;

/// What stands where there is no number.
pub(super) const NOTHING: &str = "–";
pub(super) const MINUS: &str = "−";
/// From here on a number is printed as a power of ten.
const ASTRONOMIC: f64 = 1e18;
/// What stands before every three digits, what before decimals, and from how many digits on there
/// are groups.
const MARKS: &str = ",.4|,.4";
/// Steps of a short form: how many zeros each has, and their names, with what stands between two of
/// them. A step without a name is passed over.
const COMPACT_STEPS: &str = "4,만 ,억 ,조 ,경 |3,K,M,B,T";
/// The same of sums of money, which have all their digits below a million where steps are
/// thousands.
pub(super) const CURRENCY_STEPS: &str = "4,만 ,억 ,조 ,경 |3,,m,bn,tn";

/// A number with grouped digits, at most `max_decimals` (≤ 6; ≤ 3 from 10⁹, none from 10¹²)
/// decimals and no trailing zeros: `12,345.6`. What is not nothing is not printed as 0: `0.0004` has
/// the decimals that it needs, `1×10^−7` is a power.
///
/// NaN is “–”, infinity “∞”, and from 10¹⁸ on a power of ten is printed.
pub fn number(v: f64, lang: Lang, max_decimals: u8) -> String {
    signed(v, lang, &|out, v, marks| {
        push_decimal(out, v, max_decimals, marks)
    })
}

/// How many, with grouped digits.
pub fn count(n: usize, lang: Lang) -> String {
    let mut out = String::new();
    push_grouped(&mut out, n as u64, &marks(lang));
    out
}

/// A value that is already in per cent: `61.7%`, at most one decimal; two below one per cent. What
/// is less than all is not printed as all.
pub fn percent(v: f64, lang: Lang) -> String {
    if v.is_nan() {
        return NOTHING.into();
    }
    let (words, v) = if (99.95..100.0).contains(&v) {
        ("> {0}%|> {0}%", 99.9)
    } else {
        ("{0}%|{0}%", v)
    };
    fill(
        lang,
        words,
        &[&number(v, lang, if v.abs() < 1.0 { 2 } else { 1 })],
    )
}

/// A short form in the units of the language: `66억`, `1조 2,000억` (at most two units), `6.6B`.
pub fn compact(v: f64, lang: Lang) -> String {
    let mut out = short(v, COMPACT_STEPS, lang);
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// A short form in steps that stand as [`COMPACT_STEPS`] does; what stands behind the name of a step stays,
/// for the counter that may follow.
pub(super) fn short(v: f64, steps: &str, lang: Lang) -> String {
    let (zeros, names) = say(lang, steps).split_once(',').unwrap_or_default();
    let push = if zeros == "4" {
        push_myriads
    } else {
        push_thousands
    };
    signed(v, lang, &|out, v, marks| push(out, v, names, marks))
}

/// Whether the language counts in ten thousands.
pub(super) fn in_myriads(lang: Lang) -> bool {
    say(lang, COMPACT_STEPS).starts_with('4')
}

/// What [`MARKS`] says.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    thousands: char,
    decimals: char,
    least: u32,
}

fn marks(lang: Lang) -> Marks {
    let mut signs = say(lang, MARKS).chars();
    let mut next = || signs.next().unwrap_or('4');
    Marks {
        thousands: next(),
        decimals: next(),
        least: u32::from(next()) & 15,
    }
}

/// Sign and the values that are no numbers; the rest gets a finite value of zero or more.
pub(super) fn signed(v: f64, lang: Lang, push: &dyn Fn(&mut String, f64, &Marks)) -> String {
    if v.is_nan() {
        return NOTHING.into();
    }
    let (mut digits, marks) = (String::new(), marks(lang));
    if v.is_infinite() {
        digits.push('∞');
    } else if v.abs() >= 1e21 {
        push_power(&mut digits, v.abs(), &marks);
    } else {
        push(&mut digits, v.abs(), &marks);
    }
    // A value that rounds to nothing has no sign.
    if v < 0.0 && digits.contains(|c: char| c == '∞' || ('1'..='9').contains(&c)) {
        digits.insert_str(0, MINUS);
    }
    digits
}

/// `12,345.6`; `v` is finite and not below zero.
pub(super) fn push_decimal(out: &mut String, v: f64, max_decimals: u8, marks: &Marks) {
    if v >= ASTRONOMIC {
        return push_power(out, v, marks);
    }
    // A double has fifteen digits to give: those before the point leave the rest for the decimals.
    let room = if v < 1e9 { 6 } else { 3 * u32::from(v < 1e12) };
    let mut decimals = u32::from(max_decimals).min(room);
    let mut unit = 10_u64.pow(decimals);
    while v > 0.0 && rounded(v * unit as f64) == 0 {
        if decimals == room {
            return push_power(out, v, marks);
        }
        decimals += 1;
        unit *= 10;
    }
    let scaled = rounded(v * unit as f64);
    push_grouped(out, scaled / unit, marks);
    let rest = scaled % unit;
    if rest > 0 {
        out.push(marks.decimals);
        out.push_str(format!("{rest:0width$}", width = decimals as usize).trim_end_matches('0'));
    }
}

/// Half up, as a reader expects it of the printed decimals: 1.005 is a little less than that in
/// binary, yet rounds to 1.01.
fn rounded(v: f64) -> u64 {
    (v + (v * f64::EPSILON).min(0.01) + 0.5) as u64
}

/// Digits with a mark before every three.
fn push_grouped(out: &mut String, n: u64, marks: &Marks) {
    let digits = n.to_string();
    let grouped = digits.len() >= marks.least as usize;
    for (at, digit) in digits.char_indices() {
        if grouped && at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(marks.thousands);
        }
        out.push(digit);
    }
}

/// `1.5×10^18`, `1×10^−7`.
fn push_power(out: &mut String, v: f64, marks: &Marks) {
    let (mut mantissa, mut exponent) = (v, 0_i32);
    while mantissa >= 10.0 {
        mantissa /= 10.0;
        exponent += 1;
    }
    while mantissa < 1.0 {
        mantissa *= 10.0;
        exponent -= 1;
    }
    if mantissa >= 9.95 {
        mantissa = 1.0;
        exponent += 1;
    }
    push_decimal(out, mantissa, 1, marks);
    out.push_str("×10^");
    if exponent < 0 {
        out.push_str(MINUS);
    }
    push_grouped(out, exponent.unsigned_abs().into(), marks);
}

/// Groups of ten thousand, the two largest of them.
fn push_myriads(out: &mut String, v: f64, mut names: &str, marks: &Marks) {
    if v < 1e4 {
        let decimals = if v < 100.0 { 2 } else { u8::from(v < 1e3) };
        return push_decimal(out, v, decimals, marks);
    }
    // Rounded to the second unit first: 9,999억 9,999.6만 is 1조.
    let (mut second, mut lower) = (1.0, "");
    loop {
        let count = rounded(v / second);
        let (name, names_left) = names.split_once(',').unwrap_or((names, ""));
        if count < 100_000_000 || names_left.is_empty() {
            push_grouped(out, count / 10_000, marks);
            out.push_str(name);
            let rest = count % 10_000;
            if rest > 0 {
                push_grouped(out, rest, marks);
                out.push_str(lower);
            }
            return;
        }
        second *= 1e4;
        (names, lower) = (names_left, name);
    }
}

/// Groups of a thousand, with two decimals below ten and one above; below ten thousand no name is
/// needed.
fn push_thousands(out: &mut String, v: f64, mut names: &str, marks: &Marks) {
    let cents = names.starts_with(',');
    let (mut unit, mut step, mut name) = (1.0, 1.0_f64, "");
    while !names.is_empty() {
        let (next, rest) = names.split_once(',').unwrap_or((names, ""));
        step *= 1e3;
        // A name applies once the value, rounded as it will be printed, reaches it: 999,960 is 1M,
        // not 1,000K.
        let printed = if unit == 1.0 {
            v.round()
        } else {
            rounded(v / unit * 10.0) as f64 / 10.0 * unit
        };
        if printed < step.max(1e4) {
            break;
        }
        if !next.is_empty() {
            (unit, name) = (step, next);
        }
        names = rest;
    }
    let shown = v / unit;
    let decimals = if unit == 1.0 && shown >= 1e3 {
        0
    } else {
        1 + u8::from(shown < 9.995 || unit == 1.0 && cents)
    };
    push_decimal(out, shown, decimals, marks);
    out.push_str(name);
}
