//! The civil calendar in closed form: no tables, no loops, proleptic Gregorian.

/// Days from 1970-01-01 to a civil date. `y` may be negative (0 is 1 BC), `m` is 1..=12, `d` counts from 1.
///
/// Months beyond 12 and days beyond the month's end carry on into the following time, so `(2024, 14, 1)` is 1 February 2025;
/// month 0 and day 0 are the ones before the first. Exact for every year from −9999 to 9999 and far beyond; saturates, never panics.
pub fn days_from_civil(y: i32, m: u32, d: u32) -> i32 {
    // A year that begins in March puts the leap day last, which makes the days before a month one linear formula.
    let months = i64::from(y) * 12 + i64::from(m) - 3;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + i64::from(d) - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    days.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32
}

/// Year, month (1..=12) and day (1..=31) of a day counted from 1970-01-01. Inverse of [`days_from_civil`] for every `i32`.
pub fn civil_from_days(day: i32) -> (i32, u32, u32) {
    let days = i64::from(day) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let d = day_of_year - (153 * month + 2) / 5 + 1;
    let m = if month < 10 { month + 3 } else { month - 9 };
    let y = era * 400 + year_of_era + i64::from(m <= 2);
    (y as i32, m as u32, d as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_have_their_known_numbers() {
        for (y, m, d, day) in [
            (1970, 1, 1, 0),
            (1969, 12, 31, -1),
            (2000, 2, 29, 11_016),
            (2000, 3, 1, 11_017),
            (2024, 12, 16, 20_073),
            (1, 1, 1, -719_162),
            (0, 3, 1, -719_468),
            (9999, 12, 31, 2_932_896),
        ] {
            assert_eq!(days_from_civil(y, m, d), day, "{y}-{m}-{d}");
            assert_eq!(civil_from_days(day), (y, m, d));
        }
    }

    #[test]
    fn every_day_of_twenty_thousand_years_comes_back_and_follows_the_day_before() {
        let (first, last) = (days_from_civil(-9999, 1, 1), days_from_civil(9999, 12, 31));
        let mut before = civil_from_days(first - 1);
        for day in first..=last {
            let now = civil_from_days(day);
            assert_eq!(days_from_civil(now.0, now.1, now.2), day);
            let next = (before.0, before.1, before.2 + 1) == now
                || (now.2 == 1 && (before.0, before.1 + 1) == (now.0, now.1))
                || (now.1 == 1 && now.2 == 1 && before.1 == 12 && before.2 == 31 && before.0 + 1 == now.0);
            assert!(next, "{before:?} is followed by {now:?}");
            before = now;
        }
    }

    #[test]
    fn dates_beyond_the_month_carry_and_extremes_do_not_panic() {
        assert_eq!(days_from_civil(2024, 14, 1), days_from_civil(2025, 2, 1));
        assert_eq!(days_from_civil(2024, 1, 32), days_from_civil(2024, 2, 1));
        assert_eq!(days_from_civil(2024, 0, 1), days_from_civil(2023, 12, 1));
        let _ = (days_from_civil(i32::MIN, 0, 0), days_from_civil(i32::MAX, u32::MAX, u32::MAX));
        let _ = (civil_from_days(i32::MIN), civil_from_days(i32::MAX));
    }
}
