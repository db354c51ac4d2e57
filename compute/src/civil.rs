//! Days and dates of the Gregorian calendar, by arithmetic alone (Howard Hinnant,
//! “chrono-Compatible Low-Level Date Algorithms”).

/// Years beyond this, before or after, are clamped: no axis can show them and no loop may run over
/// them.
pub const MAX_YEAR: i32 = 9999;

/// Days since 1970-01-01 of a civil date. The year is clamped to ±[`MAX_YEAR`], month and day to
/// 1–12 and 1–31; a day that the month does not have counts on into the next month.
pub fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let (month, day) = (month.clamp(1, 12) as i32, day.clamp(1, 31) as i32);
    // Years begin in March, so that the leap day is the last day of its year.
    let year = year.clamp(-MAX_YEAR, MAX_YEAR) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month 1–12 and day 1–31 of a day, which is clamped to the years ±[`MAX_YEAR`].
pub fn civil_from_days(day: i32) -> (i32, u32, u32) {
    let day = day.clamp(
        days_from_civil(-MAX_YEAR, 1, 1),
        days_from_civil(MAX_YEAR, 12, 31),
    ) + 719_468;
    let era = day.div_euclid(146_097);
    let day_of_era = day.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = (shifted + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i32::from(month <= 2);
    (
        year,
        month as u32,
        (day_of_year - (153 * shifted + 2) / 5 + 1) as u32,
    )
}
