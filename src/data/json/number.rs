//! Numbers as JSON spells them, and as people write them in a cell of a table.

/// A number as people write it in a cell: `1,234.5`, `92%`, `$5`, `약 7`. Commas stand before three
/// digits, or they may be decimal ones. `www/host/cell-values.js` has the same rule for columns of
/// texts; `tests/fixtures/cells.json` holds both to it.
#[cfg(feature = "tables")]
pub(in crate::data) fn cell_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let text = ["~", "≈", "약 "]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(text)
        .trim_start();
    let text = text.trim_end_matches('%').trim_end();
    let text = text.strip_prefix("US").unwrap_or(text);
    let text = text.strip_prefix(['$', '₩', '+']).unwrap_or(text);
    if !text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) || text.len() > 40 {
        return None;
    }
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if !whole.bytes().any(|byte| byte == b',') {
        return plain_number(text);
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().trim_start_matches('-');
    if !(1..=3).contains(&first.len()) || groups.any(|group| group.len() != 3) {
        return None;
    }
    plain_number(&text.replace(',', ""))
}

/// A number as JSON spells it.
pub(super) fn plain_number(text: &str) -> Option<f64> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (front, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, part) = front.split_once('.').unwrap_or((front, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let spelled = digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && digits(part)
        && digits(exponent);
    spelled.then(|| number(text))
}

/// The number that is spelled so, as JSON spells numbers; what is too large for a float is
/// infinite, one bad field of one row and not a bad file.
pub(in crate::data) fn number(text: &str) -> f64 {
    short_number(text).unwrap_or_else(|| long_number(text))
}

/// A number of few digits, exactly: both parts are floats themselves, so that it is rounded once.
fn short_number(text: &str) -> Option<f64> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (negative, whole) = whole
        .strip_prefix('-')
        .map_or((false, whole), |whole| (true, whole));
    let value = whole
        .bytes()
        .chain(part.bytes())
        .try_fold(0_u64, |value, digit| {
            value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
        })?;
    let (below, figures) = exponent
        .strip_prefix('-')
        .map_or((false, exponent), |figures| (true, figures));
    let figures = figures.trim_start_matches('+');
    // No float has an exponent of more figures.
    if !(1..=4).contains(&figures.len()) {
        return None;
    }
    let power = figures
        .bytes()
        .fold(0, |power, digit| power * 10 + i32::from(digit & 15));
    let power =
        (if below { -power } else { power }).checked_sub(i32::try_from(part.len()).ok()?)?;
    let scale = TENS
        .get(power.unsigned_abs() as usize)
        .filter(|_| value < 1 << 53)?;
    let number = if power < 0 {
        value as f64 / scale
    } else {
        value as f64 * scale
    };
    Some(if negative { -number } else { number })
}

/// Powers of ten that are floats.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Any other. Browsers read them as std does, whose table of powers would weigh more than all of
/// this.
fn long_number(text: &str) -> f64 {
    #[cfg(target_arch = "wasm32")]
    return js_sys::parse_float(text);
    #[cfg(not(target_arch = "wasm32"))]
    return text.parse().unwrap_or(f64::NAN);
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]
mod tests {
    use super::*;
    use crate::data::Texts;
    use crate::data::Value;

    #[test]
    fn cells_read_as_numbers_as_the_fixture_says() {
        let texts = Texts::new();
        let file =
            Value::parse(include_str!("../../../tests/fixtures/cells.json"), &texts).unwrap();
        let Value::Row(cells) = file else {
            panic!("an object")
        };
        assert!(cells.len() > 30);
        for (text, number) in cells {
            assert_eq!(
                cell_number(text),
                Some(number.number()).filter(|number| !number.is_nan()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_number_is_the_float_that_std_reads() {
        for text in [
            "0",
            "-0",
            "7",
            "-1.50",
            "0.1",
            "123456789.123456",
            "9007199254740993",
            "1e22",
            "1e23",
            "12e-22",
            "0.30000000000000004",
            "1e999",
            "1E-400",
        ] {
            let wanted: f64 = text.parse().unwrap();
            assert_eq!(number(text).to_bits(), wanted.to_bits(), "{text}");
        }
        let mut seed = 1_u64;
        for _ in 0..100_000 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let text = format!(
                "{}.{}e{}",
                seed >> 44,
                (seed >> 20) & 0xFFFFF,
                (seed % 60) as i64 - 30
            );
            assert_eq!(number(&text), text.parse::<f64>().unwrap(), "{text}");
        }
    }
}
