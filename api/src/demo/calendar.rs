//! When people in a French company are at work: local time, weekends, public holidays, the summer and Christmas.

use chrono::{Datelike, Days, NaiveDate};
use domain::time::{Day, Time};

use crate::demo::chance::Chance;

/// Seconds since 1970-01-01T00:00:00Z: nothing in the demonstration is finer.
pub(super) type Second = i64;

pub(super) const DAY: Second = 86_400;
pub(super) const HOUR: Second = 3_600;
pub(super) const MINUTE: Second = 60;

/// How much is done in each hour from 7 to 19 o'clock.
const HOURS: [usize; 13] = [4, 12, 22, 20, 14, 5, 9, 20, 20, 16, 12, 5, 2];

/// The instant a number of seconds stands for.
pub(super) fn time(at: Second) -> Time {
    Time::try_from_micros(at * 1_000_000).unwrap_or_default()
}

/// Seconds after midnight in Paris, on a day.
pub(super) fn in_paris(day: Day, seconds: Second) -> Second {
    let summer = summer_time(day.date());
    Second::from(day.0) * DAY + seconds - if summer { 2 * HOUR } else { HOUR }
}

/// A time of a day at which people are at work.
pub(super) fn at_work(day: Day, chance: &mut Chance) -> Second {
    let hour = 7 + Second::try_from(chance.weighted(&HOURS)).unwrap_or_default();
    in_paris(day, hour * HOUR + chance.between(0, HOUR - 1))
}

/// How many of a hundred acts of an ordinary day are done on this day.
pub(super) fn pulse(day: Day) -> usize {
    let date = day.date();
    if date.weekday().number_from_monday() > 5 {
        return 2;
    }
    if public_holiday(date) {
        return 1;
    }
    let day_of_week = [104, 112, 106, 108, 78][date.weekday().num_days_from_monday() as usize % 5];
    let season = match (date.month(), date.day()) {
        (12, 22..) | (1, 1..=3) => 18,
        (7, 20..) => 60,
        (8, 1..=23) => 32,
        (8, 24..) => 70,
        _ if bridge(date) => 45,
        _ => 100,
    };
    day_of_week * season / 100
}

/// Whether people work on this day.
pub(super) fn working(day: Day) -> bool {
    pulse(day) > 2
}

/// The same day, or the next on which people work.
pub(super) fn next_working(mut day: Day) -> Day {
    while !working(day) {
        day = Day(day.0 + 1);
    }
    day
}

/// The number of this day's year: public for what is written into titles.
pub(super) fn year(day: Day) -> i32 {
    day.date().year()
}

/// From the last Sunday of March to the last Sunday of October, as in Directive 2000/84/EC.
fn summer_time(date: NaiveDate) -> bool {
    let last_sunday = |month| {
        let end = NaiveDate::from_ymd_opt(date.year(), month, 31).unwrap_or_default();
        end - Days::new(end.weekday().num_days_from_sunday().into())
    };
    last_sunday(3) <= date && date < last_sunday(10)
}

/// The eleven public holidays of metropolitan France (Code du travail, art. L3133-1).
pub(super) fn public_holiday(date: NaiveDate) -> bool {
    let fixed = matches!(
        (date.month(), date.day()),
        (1 | 5 | 11, 1) | (5, 8) | (7, 14) | (8, 15) | (11, 11) | (12, 25)
    );
    let after_easter = date.num_days_from_ce() - easter(date.year()).num_days_from_ce();
    fixed || matches!(after_easter, 1 | 39 | 50)
}

/// A Friday after, or a Monday before, a public holiday: many make a long weekend of it.
fn bridge(date: NaiveDate) -> bool {
    match date.weekday() {
        chrono::Weekday::Fri => public_holiday(date - Days::new(1)),
        chrono::Weekday::Mon => public_holiday(date + Days::new(1)),
        _ => false,
    }
}

/// Easter Sunday by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, ch. 8).
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, month.unsigned_abs(), day.unsigned_abs()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        let dates = [2024, 2025, 2026, 2027].map(|year| easter(year).to_string());
        assert_eq!(dates, ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28"]);
    }

    #[test]
    fn nobody_works_on_public_holidays_and_weekends() {
        // Easter Monday, Ascension, Whit Monday, Bastille Day, a Sunday.
        for text in ["2026-04-06", "2026-05-14", "2026-05-25", "2026-07-14", "2026-03-01"] {
            assert!(!working(day(text)), "{text}");
        }
        assert_eq!(next_working(day("2026-04-04")), day("2026-04-07"));
        assert!(pulse(day("2025-08-12")) < pulse(day("2025-09-16")) / 2);
    }

    #[test]
    fn paris_is_two_hours_ahead_in_summer_and_one_in_winter() {
        for (text, hour) in [
            ("2026-03-28", "08:00:00Z"),
            ("2026-03-29", "07:00:00Z"),
            ("2026-10-24", "07:00:00Z"),
            ("2026-10-25", "08:00:00Z"),
        ] {
            assert_eq!(time(in_paris(day(text), 9 * HOUR)).to_string(), format!("{text}T{hour}"));
        }
    }
}
