//! A time axis with its ticks, and areas for amounts. Time is in days since 1970-01-01, as
//! fractions of days where a screen needs them: in 64 bits a day of the year 9999 is known to a
//! microsecond, and what leaves for 32 bits is a place on the screen, never a time.

use crate::civil::{civil_from_days, days_from_civil};

/// No axis reaches beyond the years −9999 and 9999.
const FIRST_DAY: f64 = -4_371_587.0;
const LAST_DAY: f64 = 2_932_896.0;
/// No axis has more ticks than this, whatever is asked.
pub const MAX_TICKS: usize = 200;

/// A straight map from days to x.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Time {
    /// Day at `x0`.
    pub from_day: f64,
    /// Day at `x1`.
    pub to_day: f64,
    /// Where `from_day` is, in the caller's space.
    pub x0: f64,
    /// Where `to_day` is.
    pub x1: f64,
}

/// What begins on a day, the largest that does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A minute or an hour.
    Minute,
    /// Only a day.
    Day,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A year.
    Year,
}

/// A place on the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tick {
    /// Days since 1970-01-01.
    pub day: i32,
    /// Minutes of that day, 0–1439.
    pub minute: u32,
    /// What begins there.
    pub level: Level,
}

impl Tick {
    /// In days since 1970-01-01.
    pub fn at(&self) -> f64 {
        f64::from(self.day) + f64::from(self.minute) / MINUTES as f64
    }
}

impl Time {
    /// Where a day is. An axis without length has every day in its middle; a day that is no number
    /// is at `x0`.
    pub fn x(&self, day: f64) -> f64 {
        along(day, (self.from_day, self.to_day), (self.x0, self.x1))
    }

    /// Which day is at `x`. Inverse of [`Time::x`].
    pub fn day(&self, x: f64) -> f64 {
        along(x, (self.x0, self.x1), (self.from_day, self.to_day))
    }

    /// Ticks from the earlier to the later bound, both included, in the finest step that needs no
    /// more than `max` (≤ 200) of them: 1, 5, 15, 30 minutes, 1, 3, 6, 12 hours, days, four or two
    /// a month, months, quarters, half years, then 1, 2, 5, 10 … years. Strictly increasing. Bounds
    /// beyond the years ±9999 are cut; a bound that is no number gives no ticks.
    pub fn ticks(&self, max: usize) -> Vec<Tick> {
        let max = max.min(MAX_TICKS) as i64;
        let mut ticks = Vec::new();
        if self.from_day.is_nan() || self.to_day.is_nan() {
            return ticks;
        }
        let cut = |day: f64| day.clamp(FIRST_DAY, LAST_DAY) * MINUTES as f64;
        let (low, high) = (
            cut(self.from_day.min(self.to_day)).ceil() as i64,
            cut(self.from_day.max(self.to_day)).floor() as i64,
        );
        for step in &STEPS {
            let (first, last) = (step.index_from(low), step.index_until(high));
            if first <= last && last - first < max {
                for index in first..=last {
                    ticks.push(tick(step.minute(index)));
                }
                break;
            }
        }
        ticks
    }
}

/// How far a value is between two, brought between two others.
fn along(value: f64, from: (f64, f64), to: (f64, f64)) -> f64 {
    let part = (value - from.0) / (from.1 - from.0);
    let part = if from.0 == from.1 {
        0.5
    } else if part.is_nan() {
        0.0
    } else {
        part
    };
    let at = to.0 + (to.1 - to.0) * part;
    if at.is_finite() { at } else { to.0 }
}

/// Minutes of a day.
const MINUTES: i64 = 1440;

/// A regular walk through the calendar. Every kind has a closed form from index to minute and back.
#[derive(Debug, Clone, Copy)]
enum Step {
    Minutes(i64),
    /// So many a month (≤ 4), a week or two apart from the first on.
    InMonth(i64),
    Months(i64),
}

const STEPS: [Step; 28] = [
    Step::Minutes(1),
    Step::Minutes(5),
    Step::Minutes(15),
    Step::Minutes(30),
    Step::Minutes(60),
    Step::Minutes(3 * 60),
    Step::Minutes(6 * 60),
    Step::Minutes(12 * 60),
    Step::Minutes(MINUTES),
    Step::InMonth(4),
    Step::InMonth(2),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(2 * 12),
    Step::Months(5 * 12),
    Step::Months(10 * 12),
    Step::Months(20 * 12),
    Step::Months(50 * 12),
    Step::Months(100 * 12),
    Step::Months(200 * 12),
    Step::Months(500 * 12),
    Step::Months(1_000 * 12),
    Step::Months(2_000 * 12),
    Step::Months(5_000 * 12),
    Step::Months(10_000 * 12),
    Step::Months(20_000 * 12),
];

impl Step {
    /// The minute of an index, since 1970.
    fn minute(self, index: i64) -> i64 {
        match self {
            Step::Minutes(minutes) => index * minutes,
            // Four a month: the 1st, 8th, 15th, 22nd; two: the 1st and 16th.
            Step::InMonth(count) => {
                month_start(index.div_euclid(count))
                    + index.rem_euclid(count) * (30 / count) * MINUTES
            }
            Step::Months(months) => month_start(index * months),
        }
    }

    /// The last index that is not after a minute.
    fn index_until(self, minute: i64) -> i64 {
        let (year, month, of_month) = civil_from_days(minute.div_euclid(MINUTES) as i32);
        let month = i64::from(year) * 12 + i64::from(month) - 1;
        match self {
            Step::Minutes(minutes) => minute.div_euclid(minutes),
            Step::InMonth(count) => {
                month * count + ((i64::from(of_month) - 1) / (30 / count)).min(count - 1)
            }
            Step::Months(months) => month.div_euclid(months),
        }
    }

    /// The first index that is not before a minute.
    fn index_from(self, minute: i64) -> i64 {
        let until = self.index_until(minute);
        if self.minute(until) == minute {
            until
        } else {
            until + 1
        }
    }
}

/// First minute of a month that is counted from January of year 0.
fn month_start(month: i64) -> i64 {
    i64::from(days_from_civil(
        month.div_euclid(12) as i32,
        month.rem_euclid(12) as u32 + 1,
        1,
    )) * MINUTES
}

fn tick(minute: i64) -> Tick {
    let (day, minute) = (
        minute.div_euclid(MINUTES) as i32,
        minute.rem_euclid(MINUTES) as u32,
    );
    let level = match civil_from_days(day) {
        _ if minute > 0 => Level::Minute,
        (_, 1, 1) => Level::Year,
        (_, 4 | 7 | 10, 1) => Level::Quarter,
        (_, _, 1) => Level::Month,
        _ => Level::Day,
    };
    Tick { day, minute, level }
}

/// How an amount becomes an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Area {
    /// Proportional: twice the amount is twice the area.
    #[default]
    Linear,
    /// Each tenfold amount adds the same area.
    Log,
}

/// Radius of a circle whose area stands for `value`, between `r_min` and `r_max`, both for
/// `largest`'s sake in the same px.
///
/// Linear: area is proportional to the value and `largest` has radius `r_max`; nothing is smaller
/// than `r_min`, so that it can be seen. Log: the area grows from that of `r_min` at `smallest` to
/// that of `r_max` at `largest` with the logarithm of the value. A value that is not a number above
/// zero has radius 0; one beyond `largest` has `r_max`.
pub fn area_radius(
    value: f64,
    smallest: f64,
    largest: f64,
    r_min: f64,
    r_max: f64,
    area: Area,
) -> f64 {
    let (low, high) = (r_min.max(0.0), r_max.max(r_min).max(0.0));
    if value.is_nan() || value <= 0.0 || !high.is_finite() {
        return 0.0;
    }
    let share = match area {
        Area::Linear => value / largest,
        Area::Log => (value / smallest).ln() / (largest / smallest).ln(),
    };
    // Bounds that say nothing (equal, swapped, not numbers) leave every value the largest circle.
    let share =
        if share.is_finite() && largest > 0.0 && (area == Area::Linear || largest > smallest) {
            share.clamp(0.0, 1.0)
        } else {
            1.0
        };
    match area {
        Area::Linear => (high * share.sqrt()).max(low),
        Area::Log => (low * low + (high * high - low * low) * share).sqrt(),
    }
}
