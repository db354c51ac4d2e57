//! Digits: grouping, rounding, 만·억·조·경 and K·M·B·T. Integer arithmetic throughout: the float formatting of std weighs more than all of this.

use crate::data::Lang;

/// What stands where there is no number.
pub(super) const NOTHING: &str = "–";
pub(super) const MINUS: &str = "−";
/// From here on a number is printed as a power of ten.
const ASTRONOMIC: f64 = 1e18;

/// A number with grouped digits, at most `max_decimals` (≤ 6; ≤ 3 from 10⁹, none from 10¹²) decimals and no trailing zeros: `12,345.6`.
///
/// Both languages group by thousands. NaN is “–”, infinity “∞”, and from 10¹⁸ on a power of ten is printed.
pub fn number(v: f64, _lang: Lang, max_decimals: u8) -> String {
    signed(v, &|out, v| push_decimal(out, v, max_decimals))
}

/// How many, with grouped digits.
pub fn count(n: usize) -> String {
    let mut out = String::new();
    push_grouped(&mut out, n as u64);
    out
}

/// A value that is already in per cent: `61.7%`, at most one decimal; two below one per cent.
pub fn percent(v: f64, lang: Lang) -> String {
    if v.is_nan() {
        return NOTHING.into();
    }
    let mut out = number(v, lang, if v.abs() < 1.0 { 2 } else { 1 });
    out.push('%');
    out
}

/// A short form in the units of the language: `66억`, `1조 2,000억` (at most two units), `6.6B`.
pub fn compact(v: f64, lang: Lang) -> String {
    match lang {
        Lang::Ko => signed(v, &push_myriads),
        Lang::En => signed(v, &|out, v| push_scaled(out, v, 1e4, &["K", "M", "B", "T"])),
    }
}

/// Sign and the values that are no numbers; the rest gets a finite value of zero or more.
pub(super) fn signed(v: f64, push: &dyn Fn(&mut String, f64)) -> String {
    if v.is_nan() {
        return NOTHING.into();
    }
    let mut digits = String::new();
    if v.is_infinite() {
        digits.push('∞');
    } else if v.abs() >= 1e21 {
        push_power(&mut digits, v.abs());
    } else {
        push(&mut digits, v.abs());
    }
    // A value that rounds to nothing has no sign.
    if v < 0.0 && digits.contains(|c: char| c == '∞' || ('1'..='9').contains(&c)) {
        digits.insert_str(0, MINUS);
    }
    digits
}

/// `12,345.6`; `v` is finite and not below zero.
pub(super) fn push_decimal(out: &mut String, v: f64, max_decimals: u8) {
    if v >= ASTRONOMIC {
        return push_power(out, v);
    }
    // A double has fifteen digits to give: those before the point leave the rest for the decimals.
    let room = if v < 1e9 { 6 } else { 3 * u32::from(v < 1e12) };
    let decimals = u32::from(max_decimals).min(room);
    let unit = 10_u64.pow(decimals);
    let scaled = rounded(v * unit as f64);
    push_grouped(out, scaled / unit);
    let mut rest = scaled % unit;
    let mut place = unit;
    if rest > 0 {
        out.push('.');
    }
    while rest > 0 {
        place /= 10;
        push_digit(out, rest / place);
        rest %= place;
    }
}

/// Half up, as a reader expects it of the printed decimals: 1.005 is a little less than that in binary, yet rounds to 1.01.
pub(super) fn rounded(v: f64) -> u64 {
    (v + (v * f64::EPSILON).min(0.01) + 0.5) as u64
}

fn push_digit(out: &mut String, digit: u64) {
    out.push(char::from(b'0' + (digit % 10) as u8));
}

/// Digits with a comma before every three.
pub(super) fn push_grouped(out: &mut String, n: u64) {
    let mut place: u64 = 1;
    let mut places = 1;
    while n / place >= 10 {
        place *= 10;
        places += 1;
    }
    while places > 0 {
        push_digit(out, n / place);
        place = (place / 10).max(1);
        places -= 1;
        if places > 0 && places % 3 == 0 {
            out.push(',');
        }
    }
}

/// `1.5×10^18`.
fn push_power(out: &mut String, v: f64) {
    let (mut mantissa, mut exponent) = (v, 0);
    while mantissa >= 10.0 {
        mantissa /= 10.0;
        exponent += 1;
    }
    if mantissa >= 9.95 {
        mantissa = 1.0;
        exponent += 1;
    }
    push_decimal(out, mantissa, 1);
    out.push_str("×10^");
    push_grouped(out, exponent);
}

/// Korean: groups of ten thousand, the two largest of them.
pub(super) fn push_myriads(out: &mut String, v: f64) {
    const UNITS: [(u64, &str); 5] = [(10_000_000_000_000_000, "경"), (1_000_000_000_000, "조"), (100_000_000, "억"), (10_000, "만"), (1, "")];
    if v < 1e4 {
        let decimals = if v < 100.0 { 2 } else { u8::from(v < 1e3) };
        return push_decimal(out, v, decimals);
    }
    if v >= ASTRONOMIC {
        push_decimal(out, v / 1e16, 0);
        return out.push('경');
    }
    // Round to the second unit first: 9,999억 9,999.6만 is 1조.
    let top = UNITS.iter().position(|&(unit, _)| v >= unit as f64).unwrap_or(4);
    let low = UNITS.get(top + 1).map_or(1, |&(unit, _)| unit);
    let mut rest = rounded(v / low as f64) * low;
    let start = out.len();
    for &(unit, name) in &UNITS {
        let count = rest / unit;
        rest %= unit;
        if count > 0 {
            if out.len() > start {
                out.push(' ');
            }
            push_grouped(out, count);
            out.push_str(name);
        }
    }
}

/// English: thousands, of which `from` says where they begin, with two decimals below ten and one above.
pub(super) fn push_scaled(out: &mut String, v: f64, from: f64, names: &[&str]) {
    let mut unit = 1.0;
    let mut name = "";
    // A name applies once the value, rounded as it will be printed, reaches it: 999,960 is 1M, not 1,000K.
    for (step, next) in names.iter().enumerate() {
        let next_unit = unit * 1e3;
        let least = if step == 0 { from } else { next_unit };
        let printed = if unit == 1.0 { v } else { rounded(v / unit * 10.0) as f64 / 10.0 * unit };
        if printed < least {
            break;
        }
        unit = next_unit;
        name = next;
    }
    let shown = v / unit;
    let decimals = if unit == 1.0 && shown >= 1e3 {
        0
    } else if shown < 9.995 {
        2
    } else {
        1
    };
    push_decimal(out, shown, decimals);
    out.push_str(name);
}
